"""Business logic: purchase orders, delivery dates, stock, loyalty."""

from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, number

__all__ = ["area"]

area = Area("Business logic")

_PARTS = tuple(
    "M6 bolts/steel pipes/oak boards/LED bulbs/printer paper/coffee beans/rubber seals/cardboard "
    "boxes/safety gloves/paint brushes/copper wire/air filters/shelf brackets/door handles/brake pads/flour bags".split(
        "/"
    )
)


@area.family(
    "orders",
    "[compare|match] the purchase order with the invoice and [say|report] the first thing that differs, checked in "
    "this order: {item} for the article, {count} for the quantity, {price} for the unit price; {fine} if all three "
    "agree",
    "PO vs invoice: article differs {item}, else quantity differs {count}, else unit price differs {price}, else "
    "{fine}",
    "Before we pay, the invoice has to match our purchase order. Answer {fine} if article, quantity and price per "
    "piece are the same. If not, name the first difference in this order: article ({item}), quantity ({count}), "
    "price per piece ({price}). [Spelling in capitals and the currency sign do not matter.|Letter case and the way "
    "the price is written do not matter.]",
    given="a purchase order and an invoice",
    labels=labels(item=("article", "item", "A"), count=("quantity", "count", "Q"), price=("price", "cost", "P"),
    fine=("match", "ok", "pay")),
)  # fmt: skip
def order_against_invoice(draw: Draw, p: Values) -> Pair:
    answer = draw.pick(("item", "count", "price", "fine"))
    item, count, price = (
        draw.pick(_PARTS),
        draw.randint(2, 400),
        draw.randint(2, 90) + draw.pick((0.0, 0.5, 0.25, 0.99)),
    )
    later = {"item": ("count", "price"), "count": ("price",), "price": (), "fine": ()}[answer]
    changed = [
        key for key in ("item", "count", "price") if key == answer or (key in later and draw.chance(0.3))
    ]
    second = (
        draw.pick([x for x in _PARTS if x != item]) if "item" in changed else item,
        draw.pick((count + 1, count * 10, count - 1)) if "count" in changed else count,
        price + draw.pick((1.0, 0.1, 10.0)) if "price" in changed else price,
    )
    forms = draw.some(
        (
            "{n} x {i} at {p:.2f}",
            "{i}: {n} pcs, {p:.2f} each",
            "{n} {I}, unit price {p:.2f}",
            "{i}; {n}; {p:.2f}",
        ),
        2,
    )
    rows = ((item, count, price), second)
    lines = [
        form.format(i=i, I=i.upper(), n=n, p=cost) for form, (i, n, cost) in zip(forms, rows, strict=True)
    ]
    return draw.pick(
        ("PO: {}\nInvoice: {}", "ordered: {}\nbilled: {}", "Purchase order 4471: {}\nInvoice 90211: {}")
    ).format(*lines), p.labels[answer]


_DAYS = words.KINDS["weekday"]


@area.family(
    "orders",
    "[work out|give|name] the weekday on which the order is delivered: orders before {hour} on a working day (Monday "
    "to Friday) leave the same day, [all others|later ones and those of the weekend] leave on the next working day; "
    "delivery is {days} working days after that. [Answer with the English name of the day.|Write the weekday in "
    "English.]",
    "[Weekday of delivery.|Delivery day (weekday).|On which weekday does it arrive?] Before {hour} Mon-Fri: ships "
    "that day, otherwise (also Sat/Sun) next working day; then + {days} working days. [Day name only.|Only the name "
    "of the day.]",
    "[Our parcels|Parcels of ours|The parcels of our shop] leave Monday to Friday. What is ordered before {hour} "
    "leaves the same day, anything at {hour} or later, and anything ordered on Saturday or Sunday, leaves on the "
    "next working day. It arrives {days} working days after it left[; Saturdays and Sundays do not count|, not "
    "counting Saturdays and Sundays]. [On which weekday does the order arrive?|Give the weekday on which the order "
    "arrives.|Tell the customer the weekday of arrival.]",
    given="the time of an order",
    difficulty=3,
    hour=choice({"10:00": 10, "11:00": 11, "noon (12:00)": 12, "13:00": 13, "2 pm": 14, "14:00": 14, "15:00": 15,
    "4 pm": 16, "17:00": 17}),
    days=number(1, 4),
)  # fmt: skip
def weekday_of_delivery(draw: Draw, p: Values) -> Pair:
    day, early = draw.randrange(7), draw.chance(0.5)
    clock = (
        draw.randint(6, p.hour - 1) if early else draw.randint(p.hour, 22),
        draw.pick((0, 5, 15, 30, 45, 59)),
    )
    form = draw.pick(
        (
            "ordered on {d} at {h}:{m:02d}",
            "{d} {h}:{m:02d}",
            "Order came in {d}, {h}:{m:02d}",
            "{k}: {d}, {h}:{m:02d} h",
            "{D} / {h}:{m:02d}",
            "placed {d} at {h}:{m:02d} by {n}",
        )
    )
    leaves = day if day < 5 and early else day + 1
    leaves = 0 if leaves >= 5 else leaves
    text = form.format(
        d=_DAYS[day],
        D=_DAYS[day][:3].upper(),
        h=clock[0],
        m=clock[1],
        k=draw.randint(1000, 9999),
        n=names.first_name(draw),
    )
    return text, _DAYS[(leaves + p.days) % 5]


_SUPPLY = (
    "{i}: {s} in stock, {o} on order",
    "{i} - stock {s}, incoming {o}",
    "We have {s} {i} left and {o} more are coming.",
    "{s} {i} on the shelf; {o} ordered last week",
    "stock {s} / on order {o} / {i}",
    "{i}: {o} on the way, {s} here",
    "counted {s} {i} today, supplier still owes us {o}",
)


@area.family(
    "stock",
    "[say|work out|calculate] [how many pieces to order|how much to order]: if stock plus what is already on order "
    "is below {low}, order as many as are missing to {full}; otherwise 0. [Number only.|Only the number.]",
    "[Reorder quantity|How many to order|Order quantity]: (stock + on order) < {low} -> [fill up to|order what is "
    "missing to] {full}, else 0. [Answer with the number.|Just the number.]",
    "[I check|We check] [my storeroom|the shelves|the stock] [every evening|once a week]. What is there and what has "
    "been ordered already are added; with fewer than {low} pieces I order exactly what is missing to {full}, with "
    "{low} or more I order nothing (0). [How many pieces do I order?|Tell me the number of pieces to order.]",
    given="a stock note",
    difficulty=3,
    low=number(10, 40, 5),
    full=number(50, 100, 10),
)
def pieces_to_reorder(draw: Draw, p: Values) -> Pair:
    needed = draw.chance(0.7)
    total = draw.randint(1, p.low - 1) if needed else draw.pick((p.low, draw.randint(p.low, p.low + 40)))
    coming = draw.pick((0, draw.randint(0, total), draw.randint(0, total)))
    text = draw.pick(_SUPPLY).format(i=draw.pick(_PARTS), s=total - coming, o=coming)
    return text, str(p.full - total if total < p.low else 0)


@area.family(
    "stock",
    "[list|name] the articles that {rule}, in their order, joined by {joint}; [if there are none|none of them]: "
    "{none}",
    "Articles that {rule}, [same order|in order], joined by {joint}; {none} if no article does",
    "Every Friday I look through the stock list. [Tell me|Give me] which articles {rule} (names only, in the order "
    "of the list, with {joint} in between), or {none} if there is no such article.",
    given="a stock list",
    rule=choice({
        "have fewer than 10 pieces left": ("<", 10), "are down to 5 pieces or fewer": ("<", 6),
        "have 20 pieces or more": (">", 19), "have more than 50 pieces": (">", 50),
        "are out of stock (0 pieces)": ("<", 1), "have fewer than 20 pieces left": ("<", 20),
        "have at least one piece but fewer than 10": ("1", 10), "have more than 100 pieces": (">", 100),
    }),
    joint=choice({"commas and a space": ", ", "a semicolon and a space": "; ", "line breaks": "\n",
    "a plus sign with spaces around it": " + ", "a slash without spaces": "/"}),
    none=choice("none", "nothing", "all fine", "ok", "-", "NONE", "n/a"),
)  # fmt: skip
def articles_by_stock(draw: Draw, p: Values) -> Pair:
    sign, limit = p.rule
    form = draw.pick(("{i}: {n}", "{i} - {n} pcs", "{n} x {i}", "{i} ({n})", "{i}; {n}"))
    rows = [
        (
            item,
            draw.pick(
                (
                    0,
                    draw.randint(1, 9),
                    draw.randint(10, 19),
                    draw.randint(20, 50),
                    draw.randint(51, 100),
                    draw.randint(101, 400),
                )
            ),
        )
        for item in draw.some(_PARTS, 2, 5)
    ]
    found = [
        item
        for item, count in rows
        if (count > limit if sign == ">" else count < limit and (sign == "<" or count > 0))
    ]
    return "\n".join(form.format(i=item, n=count) for item, count in rows), p.joint.join(found) or p.none


_TIERS = ("low", "middle", "high")


@area.family(
    "loyalty",
    "[find|give] the customer's level: {low} with fewer than {first} points, {middle} from {first} points, {high} "
    "from {second} points; who has been a customer for {years} years or more [moves|goes] one level up (the top "
    "level stays)",
    "Level by points: < {first} {low}; {first} to {second} {middle} (the upper limit not included); {second} and up "
    "{high}. Customer for at least {years} years: one level higher, if there is one.",
    "Our loyalty scheme has three levels. Below {first} points you are on {low}, from {first} on you are on "
    "{middle}, from {second} on you are on {high}. As a thank-you, customers of at least {years} years are placed "
    "one level above that, except that nothing is above {high}. Which level is this customer on?",
    given="a customer record",
    difficulty=3,
    first=number(100, 400, 50),
    second=number(500, 1500, 100),
    years=number(3, 10),
    labels=labels(
        low=("bronze", "basic", "blue"), middle=("silver", "plus", "green"), high=("gold", "premium", "black")
    ),
)
def loyalty_level(draw: Draw, p: Values) -> Pair:
    band = draw.randrange(3)
    points = (
        draw.randint(0, p.first - 1),
        draw.randint(p.first, p.second - 1),
        draw.randint(p.second, 2 * p.second),
    )[band]
    points = draw.pick((points, points, (p.first - 1, p.first, p.second)[band]))
    old = draw.chance(0.4)
    years = draw.randint(p.years, 20) if old else draw.randint(1, p.years - 1)
    form = draw.pick(
        (
            "{n}: {k} points, customer for {y} years",
            "{k} points / {y} years with us / {n}",
            "{n} has been with us for {y} years and has {k} points.",
            "points {k}; years {y}",
            "customer since {y} years, {k} pts",
            "{n} ({y} years), {k} points",
        )
    )
    text = (
        form.format(n=names.full_name(draw), k=points, y=years)
        .replace(" 1 years", " 1 year")
        .replace("(1 years", "(1 year")
    )
    return text, p.labels[_TIERS[min(2, band + old)]]


@area.family(
    "loyalty",
    "[count|work out] the points for the purchase: one point for every full {step} euros, and {times} as many if it "
    "was made on a {day}. [Only the number.|Write the number.]",
    "[Points|Points for this purchase|Bonus points] = [whole multiples|full multiples] of {step} euros; {day}: "
    "{times} as many. [Number only.|Just the number.]",
    "In our [café|bookshop] customers collect points. They get 1 point per {step} euros spent (leftover cents and "
    "euros below the next step do not count), but on a {day} they get {times} as many. How many points does this "
    "purchase bring? [Answer with a number.|]",
    given="a purchase",
    difficulty=3,
    step=choice("2", "5", "10", "20"),
    times=choice({"twice": 2, "two times": 2, "three times": 3, "five times": 5}),
    day=choice(*_DAYS),
)
def points_for_a_purchase(draw: Draw, p: Values) -> Pair:
    step = int(p.step)
    amount = draw.randint(0, 12) * step + draw.randrange(step) + draw.pick((0.0, 0.5, 0.99, 0.2))
    day = p.day if draw.chance(0.5) else draw.pick([d for d in _DAYS if d != p.day])
    form = draw.pick(
        (
            "{d}, {a:.2f} euros",
            "€{a:.2f} on {d}",
            "{a:.2f} € spent, {d} afternoon",
            "receipt 4410, {d}: {a:.2f} euros",
            "{d} {a:.2f} EUR",
            "total {a:.2f} euros ({d})",
        )
    )
    return form.format(d=day, a=amount), str(int(amount) // step * (p.times if day == p.day else 1))
