"""Business logic: discounts, shipping, returns and warranty, states of orders."""

from collections.abc import Callable

from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, number, token

__all__ = ["area"]

area = Area("Business logic")

_GOODS = tuple(
    "lamp/kettle/tent/office chair/rain "
    "jacket/router/blender/camera/suitcase/desk/toaster/bookshelf/drill/helmet/yoga "
    "mat/printer/bicycle/sofa/backpack/keyboard".split("/")
)
_MEMBER = {
    True: ("club member", "customer has a member card", "member since 2019", "she is a member", "logged in as member",
    "member: yes", "joined the club last week", "paying member"),
    False: ("guest checkout", "not a member", "no member card", "membership expired in May", "member: no",
    "thinks about joining the club", "former member", "new customer without a card"),
}  # fmt: skip


def _sum(draw: Draw, amount: int) -> str:
    return draw.pick(("{} euros", "€{}", "{} €", "EUR {}", "{}.00 euros", "€{}.00")).format(amount)


@area.family(
    "discounts",
    "[work out|give] the discount in percent: {rate} for orders of {limit} euros or more, {more} for members of the "
    "club, and both added up for members who order that much; 0 if neither applies. An expired membership does not "
    "count. [Write only the number.|Number only.]",
    "Discount % (number only): order >= {limit} euros: {rate}; member: {more}; both: the sum; else 0. [Expired or "
    "former membership = no member.|Former members are no members.]",
    "I run a small [web shop|shop]. Whoever orders for at least {limit} euros gets {rate} percent off. Members get "
    "{more} percent, and if their order is that large they get the two percentages added. [People whose membership "
    "has ended count as ordinary customers.|Ended memberships do not count.] "
    "For each order tell me the percentage as a bare number, 0 where there is none.",
    given="a note about an order",
    difficulty=3,
    limit=number(40, 200, 10),
    rate=number(5, 20, 5),
    more=number(2, 4),
)  # fmt: skip
def discount_for_size_and_membership(draw: Draw, p: Values) -> Pair:
    large, member = draw.chance(0.5), draw.chance(0.5)
    amount = (
        draw.pick((p.limit, p.limit + draw.randint(1, 9), draw.randint(p.limit, 3 * p.limit)))
        if large
        else draw.pick((p.limit - draw.randint(1, 9), draw.randint(5, p.limit - 1)))
    )
    parts = draw.mix(
        (_sum(draw, amount), draw.pick(_MEMBER[member]), f"{draw.randint(1, 9)} x {draw.pick(_GOODS)}")
    )
    text = draw.pick((", ", "; ", " / ", "\n")).join(parts)
    return noise.untidy(draw, draw.pick(("", "", "Order: ", "new order, ")) + text), str(
        p.rate * large + p.more * member
    )


_CASINGS: tuple[Callable[[str], str], ...] = (str, str, str.lower, str.title)
_CODES = "SUMMER WELCOME FRIEND BDAY APP SHIP NEWS LUCKY SPRING".split()


@area.family(
    "discounts",
    "[check|decide] whether the coupon codes may be used together: {bad} if there are more than {most}, if two begin "
    "with the same letters before their digits, or if a code that begins with {solo} stands beside another one; "
    "{good} in all other cases. Letter case does not matter",
    "Coupons: at most {most}; no two with the same letters; {solo} codes only alone. Rule broken: {bad}, fine: "
    "{good}. [Case-insensitive.|Any letter case.]",
    "Customers of ours [type|enter] several coupon codes, each made of letters and then digits. Up to {most} may be "
    "combined, never two with the same letters (whatever their digits are), and a code starting with {solo} can only "
    "be used on its own. "
    "Answer {good} if the order keeps to this and {bad} if not; upper and lower case are the same.",
    given="a line with coupon codes",
    difficulty=3,
    most=number(2, 3),
    solo=token("VIP", "STAFF", "OUTLET", "MEGA", "GOLD"),
    labels=labels(good=("ok", "valid", "accept"), bad=("rejected", "invalid", "refuse")),
)  # fmt: skip
def coupon_codes_combined(draw: Draw, p: Values) -> Pair:
    good = draw.chance(0.5)
    fault = "" if good else draw.pick(("many", "same", "solo"))
    count = p.most + draw.randint(1, 2) if fault == "many" else draw.randint(2 if fault else 1, p.most)
    heads = draw.some(_CODES, count)
    if fault == "same":
        heads[1] = heads[0]
    elif fault == "solo":
        heads[0] = p.solo
    elif good and draw.chance(0.3):
        heads = [p.solo]
    case = draw.pick(_CASINGS)
    codes = [case(f"{head}{draw.pick((5, 10, 15, 20, 25, 50))}") for head in draw.mix(heads)]
    form = draw.pick(
        (
            "{}",
            "codes: {}",
            "please use {}",
            "I have {} :)",
            "Coupons entered: {}",
            "cart 4411, {}",
            "apply {} thx",
        )
    )
    return form.format(draw.pick((", ", " + ", " and ", " ", "; ")).join(codes)), p.labels[
        "good" if good else "bad"
    ]


@area.family(
    "discounts",
    "[compare|look at] the two vouchers for the order and answer {first} if the first saves more, {second} if the "
    "second does and {same} if both save the same. [A voucher with a minimum is worth nothing below it.|Below its "
    "minimum a voucher saves nothing.]",
    "Which voucher saves more on this order? first {first}, second {second}, equal {same}. Minimum order value not "
    "reached = saves 0.",
    "Only one voucher can be used per order, so my checkout should pick the better of the two. Voucher one saves "
    "more: {first}. Voucher two saves more: {second}. No difference: {same}. Mind that some vouchers ask for a "
    "minimum order value, and [below it they give nothing|are void if the order is smaller].",
    given="an order with two vouchers",
    difficulty=3,
    labels=labels(first=("first", "A", "one"), second=("second", "B", "two"), same=("equal", "same", "tie")),
)  # fmt: skip
def better_of_two_vouchers(draw: Draw, p: Values) -> Pair:
    total = draw.randrange(20, 300, 20)
    kind = draw.pick(("first", "second", "same"))
    rate = draw.pick((5, 10, 15, 20, 25))
    saving = total * rate // 100
    minimum = draw.pick((0, 0, total - draw.randint(0, 10), total + draw.randint(5, 60)))
    if kind == "same":
        fixed, minimum = saving, 0 if minimum > total else minimum
    else:
        fixed = max(1, saving + draw.pick((-5, -3, -1, 1, 2, 4, 8)))
    shown = [
        f"{rate}% off",
        f"{fixed} euros off"
        + (
            draw.pick((" from {} euros", " (minimum order {} euros)", ", valid from {} euros")).format(
                minimum
            )
            if minimum
            else ""
        ),
    ]
    values = [saving, 0 if minimum > total else fixed]
    if draw.chance(0.5):
        shown.reverse()
        values.reverse()
    answer = "same" if values[0] == values[1] else "first" if values[0] > values[1] else "second"
    form = draw.pick(
        (
            "Order {t} euros. Vouchers: {a} | {b}",
            "cart total {t} euros\n1) {a}\n2) {b}",
            "{t} euros; {a}; {b}",
            "Basket: {t} euros - {a} - or {b}",
        )
    )
    return form.format(t=total, a=shown[0], b=shown[1]), p.labels[answer]


_EU = {
    "Germany": "Berlin",
    "France": "Lyon",
    "Spain": "Seville",
    "Italy": "Turin",
    "Austria": "Graz",
    "Poland": "Krakow",
    "Portugal": "Porto",
    "Ireland": "Cork",
    "Greece": "Athens",
    "Sweden": "Malmo",
    "Belgium": "Ghent",
}
_FAR = {
    "USA": "Denver",
    "Japan": "Osaka",
    "Brazil": "Recife",
    "Canada": "Halifax",
    "Australia": "Perth",
    "India": "Pune",
    "Kenya": "Nairobi",
    "Mexico": "Puebla",
    "South Korea": "Busan",
    "Chile": "Santiago",
    "Egypt": "Cairo",
}


@area.family(
    "shipping",
    "[give|work out] the shipping fee in euros: {home} within {country}, {europe} to other EU countries, {world} to "
    "the rest of the world; plus {heavy} if the parcel weighs more than {weight} kg. [Only the number.|Bare number.]",
    "Fee in euros (number only): {country} {home}, rest of the EU {europe}, elsewhere {world}; over {weight} kg add "
    "{heavy}",
    "We send parcels from {country}. A parcel inside {country} costs {home} euros, one to another country of the "
    "European Union {europe} and one to anywhere else {world}. [Heavy parcels|Parcels] of more than {weight} kg cost "
    "{heavy} euros extra. Tell me the total fee as a plain number.",
    given="a shipping request",
    difficulty=3,
    country=choice("Germany", "France", "Spain", "Italy", "Austria", "Poland"),
    home=number(3, 6),
    europe=number(8, 12),
    world=number(18, 25),
    heavy=number(2, 7),
    weight=number(5, 15),
)
def shipping_fee_by_region(draw: Draw, p: Values) -> Pair:
    zone = draw.pick(("home", "europe", "world"))
    country = (
        p.country
        if zone == "home"
        else draw.pick([c for c in (_EU if zone == "europe" else _FAR) if c != p.country])
    )
    city = {**_EU, **_FAR}[country]
    heavy = draw.chance(0.5)
    weight = (
        draw.pick((f"{p.weight + draw.randint(1, 15)}", f"{p.weight}.{draw.randint(1, 9)}"))
        if heavy
        else draw.pick(
            (
                f"{p.weight}",
                f"{draw.randint(1, p.weight - 1)}",
                f"{draw.randint(1, p.weight - 1)}.{draw.randint(1, 9)}",
            )
        )
    )
    form = draw.pick(
        (
            "Parcel to {t}, {c}, {w} kg",
            "{w} kg to {t} ({c})",
            "{g}, {w} kg, destination {c}",
            "How much for a {g} of {w} kg to {c}?",
            "to: {t}, {c}\nweight: {w} kg",
            "customer in {t}, {c}: {g}, {w} kg",
            "{c} / {w} kg / {g}",
            "ship {w}kg to {c} pls",
        )
    )
    fee = {"home": p.home, "europe": p.europe, "world": p.world}[zone] + p.heavy * heavy
    return form.format(t=city, c=country, w=weight, g=draw.pick(_GOODS)), str(fee)


@area.family(
    "shipping",
    "[put|sort] the parcel into a class: {small} if no side is longer than {low} cm and it weighs at most {light} "
    "kg, {middle} if it is more than that but no side is longer than {high} cm and it weighs at most {heavy} kg, "
    "{large} for [everything else|all others]",
    "{small}: longest side up to {low} cm AND up to {light} kg. {middle}: up to {high} cm and up to {heavy} kg. "
    "{large}: the rest. [Smallest class that fits.|Take the smallest class that fits.]",
    "Our courier has three prices. A parcel is {small} as long as its longest side is {low} cm or less and its "
    "weight {light} kg or less. Otherwise it is {middle}, up to {high} cm and {heavy} kg. If it is longer or heavier "
    "than that, it is {large}.",
    given="the measures of a parcel",
    difficulty=3,
    low=number(25, 40, 5),
    light=number(2, 5),
    high=number(60, 120, 10),
    heavy=number(10, 20),
    labels=labels(
        small=("small", "S", "packet"), middle=("medium", "M", "parcel"), large=("large", "L", "freight")
    ),
)
def class_of_a_parcel(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("small", "middle", "large"))
    limits = {"small": (p.low, p.light), "middle": (p.high, p.heavy)}
    if kind == "small":
        side, weight = draw.randint(10, p.low), draw.randint(1, p.light)
    else:
        below, above = (
            ((p.low, p.light), (p.high, p.heavy))
            if kind == "middle"
            else (limits["middle"], (p.high + 80, p.heavy + 15))
        )
        long, heavy = draw.pick(((True, False), (False, True), (True, True)))
        side = draw.randint(below[0] + 1, above[0]) if long else draw.randint(10, below[0])
        weight = draw.randint(below[1] + 1, above[1]) if heavy else draw.randint(1, below[1])
    sides = draw.mix((side, draw.randint(5, side), draw.randint(5, side)))
    form = draw.pick(
        (
            "{} x {} x {} cm, {} kg",
            "{}x{}x{} cm / {} kg",
            "L {} cm, W {} cm, H {} cm, weight {} kg",
            "parcel {} by {} by {} cm and {} kg",
            "{} * {} * {} cm ({} kg)",
        )
    )
    return draw.pick(("", "", f"{draw.pick(_GOODS)}: ", "box, ")) + form.format(*sides, weight), p.labels[
        kind
    ]


_STATES = {
    "broken": ("arrived broken", "came with a crack", "was damaged when I unpacked it",
    "was already defective on arrival", "got smashed in transit", "does not even turn on, faulty from day one"),
    "sealed": ("still sealed", "never opened", "unopened, in its original box", "the seal is intact",
    "I have not opened it", "still in the plastic wrap"),
    "opened": ("opened and tried once", "box is open, works fine", "I unpacked it but don't like it",
    "used a few times, no faults", "opened it, wrong colour for my room",
    "works well, I just opened it and changed my mind"),
}  # fmt: skip


@area.family(
    "returns and warranty",
    "[decide|say] what to do with the return: {refund} if the thing was damaged on arrival and came no more than "
    "{long} days ago, or if it is unopened and came no more than {short} days ago; {swap} if it was opened, is not "
    "damaged and came no more than {short} days ago; {refuse} in all other cases",
    "Returns. Damaged on arrival, up to {long} days: {refund}. Unopened, up to {short} days: {refund}. Opened but "
    "fine, up to {short} days: {swap}. [Anything later|Later than that]: {refuse}.",
    "My shop takes things back like this: what arrived broken is refunded within {long} days, what is unopened is "
    "refunded within {short} days, and what was opened but is all right can be exchanged within {short} days (the "
    "last day still counts). Write {refund} for a refund, {swap} for an exchange and {refuse} when the time is over.",
    given="a customer's return request",
    difficulty=3,
    short=number(10, 20),
    long=number(30, 60, 5),
    labels=labels(refund=("refund", "money back", "R"), swap=("exchange", "swap", "E"), refuse=("refuse", "rejected",
    "X")),
)  # fmt: skip
def return_by_days_and_state(draw: Draw, p: Values) -> Pair:
    answer = draw.pick(("refund", "swap", "refuse"))
    state = {
        "refund": draw.pick(("broken", "sealed")),
        "swap": "opened",
        "refuse": draw.pick(("broken", "sealed", "opened")),
    }[answer]
    limit = p.long if state == "broken" else p.short
    days = (
        limit + draw.randint(1, 40)
        if answer == "refuse"
        else draw.pick((limit, draw.randint(1, limit), limit - 1))
    )
    form = draw.pick(
        (
            "The {g} {d}, {s}.",
            "{G}, {d}. {S}.",
            "{S} ({d}): {g}",
            "Hi, I want to return the {g}. {S}. {D}.",
            "return request: {g} / {d} / {s}",
            "{D}. {S}. Can I send the {g} back?",
            "{g} - {s} - {d}",
        )
    )
    when = draw.pick(
        (
            "delivered {n} days ago",
            "got it {n} days ago",
            "it came {n} days ago",
            "received {n} days ago",
            "bought and delivered {n} days ago",
        )
    ).format(n=days)
    thing, state_text = draw.pick(_GOODS), draw.pick(_STATES[state])
    return form.format(
        g=thing,
        G=thing.capitalize(),
        d=when,
        D=when.capitalize(),
        s=state_text,
        S=state_text[0].upper() + state_text[1:],
    ), p.labels[answer]


_FAULTS = {
    "defect": ("stopped working overnight", "the motor hums but does not turn", "the screen stays black",
    "a seam came apart by itself", "no longer heats", "makes a grinding noise and stops",
    "switches itself off after a minute", "the hinge broke during normal use"),
    "abuse": ("I dropped it down the stairs", "fell into the bath", "my dog chewed it", "I spilled coffee into it",
    "ran over it with the car", "opened it and cut the wrong cable", "left it out in the rain for a week",
    "sat on it"),
    "battery": ("the battery holds no charge", "battery is dead", "battery swells",
    "its battery lasts only ten minutes"),
}  # fmt: skip


@area.family(
    "returns and warranty",
    "[tell|decide] whether the warranty covers the case: {yes} if the fault came by itself and the thing is at most "
    "{months} months old (a battery: at most {cell} months), {no} if it is older or if the customer [caused the "
    "damage|broke it]",
    "Warranty {months} months, batteries {cell} months (last month included). Damage done by the owner is never "
    "covered. Covered {yes}, not covered {no}",
    "We give a warranty of {months} months on everything except batteries, which have only {cell} months; a thing of "
    "exactly that age is still covered. Accidents and misuse by the owner are excluded at any age. Reply {yes} for a "
    "case we have to repair for free and {no} for the others.",
    given="a repair request",
    difficulty=3,
    months=number(18, 36, 6),
    cell=number(4, 12),
    labels=labels(yes=("covered", "yes", "warranty"), no=("not covered", "no", "customer pays")),
)  # fmt: skip
def warranty_case(draw: Draw, p: Values) -> Pair:
    covered = draw.chance(0.5)
    fault = draw.pick(("defect", "battery")) if covered else draw.pick(("defect", "battery", "abuse"))
    limit = p.cell if fault == "battery" else p.months
    age = (
        draw.randint(1, p.months)
        if fault == "abuse"
        else draw.pick((limit, draw.randint(1, limit)))
        if covered
        else draw.pick((limit + 1, limit + draw.randint(2, 14)))
    )
    form = draw.pick(
        (
            "{g}, {a} months old: {f}",
            "My {g} is {a} months old, {f}",
            "bought the {g} {a} months ago, now {f}",
            "{f} ({g}, {a} months)",
            "{g} / age {a} months / {f}",
            "Hello, {f}. It is a {g} that I bought {a} months ago.",
        )
    )
    text = form.format(
        g=draw.pick(
            ("drill", "camera", "e-bike", "tablet", "vacuum cleaner", "speaker", "headset", "toothbrush")
        ),
        a=age,
        f=draw.pick(_FAULTS[fault]),
    )
    return text.replace(" 1 months", " 1 month"), p.labels["yes" if covered else "no"]


_STATUS: dict[str, tuple[str, ...]] = {
    "made": ("We are packing your {g}.", "Your order of a {g} has been received and will be prepared now.",
    "payment in, {g} is being picked in the warehouse",
    "Thanks for your order! The {g} is getting ready for dispatch.", "order {k} accepted, packing starts tomorrow",
    "Your {g} is in production.", "The warehouse is working on order {k}."),
    "sent": ("Your {g} is on its way!", "order {k} left our warehouse this morning",
    "The courier has picked up your {g}.", "shipped today, tracking number {k}",
    "Your parcel with the {g} is in transit.", "Good news: order {k} has been handed to the carrier.",
    "out for delivery: {g}"),
    "late": ("Unfortunately your {g} will arrive a week later than planned.", "order {k} is held up at customs",
    "Strike at the carrier: expect your {g} some days later.", "Sorry, the {g} is delayed until {d}.",
    "We need more time for order {k}, new date {d}.", "the lorry with your {g} broke down, it will take longer"),
    "done": ("Your {g} was delivered at 10:42.", "order {k} handed over to your neighbour",
    "We left the {g} at your door.", "parcel {k} was signed for by {n}",
    "Your {g} has arrived at the pick-up shop and was collected by you on {d}.", "delivery complete: {g}",
    "Your parcel is in your letter box."),
    "off": ("Order {k} has been cancelled as you asked.", "We had to cancel your {g}, the money is on its way back.",
    "Your order {k} was called off because the payment failed.",
    "the {g} is sold out for good, so we have stopped your order", "Cancellation of order {k} confirmed.",
    "Your order for a {g} will not be carried out; no charge was made."),
}  # fmt: skip


@area.family(
    "orders",
    "[read|take] the shop's message and give the state of the order: {made} if it is being prepared, {sent} if it is "
    "on its way as planned, {late} if it is delayed, {done} if it has been delivered, {off} if it was cancelled",
    "Order state from the message: in preparation {made}; under way {sent}; delayed {late}; delivered {done}; "
    "cancelled {off}",
    "I track what I buy in a [table|spreadsheet]. Shops write in all sorts of ways, and I want one word for each "
    "mail: {made} while they still pack or make the thing, {sent} once it has left, {late} if they announce a delay, "
    "{done} when it has been handed over or put down at its place, {off} when the order is dead.",
    given="a message from a shop",
    labels=labels(made=("preparing", "open", "processing"), sent=("shipped", "under way", "sent"), late=("delayed",
    "late", "on hold"), done=("delivered", "arrived", "done"), off=("cancelled", "void", "dead")),
)  # fmt: skip
def order_state_in_a_message(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_STATUS))
    text = draw.pick(_STATUS[kind]).format(
        g=draw.pick(_GOODS),
        k=draw.randint(1000, 99999),
        d=draw.pick(words.KINDS["weekday"]),
        n=names.last_name(draw),
    )
    front = draw.pick(
        (
            "",
            "",
            f"Hello {names.first_name(draw)}, ",
            "[shop] ",
            "Update: ",
            f"Order {draw.randint(1000, 9999)}: ",
        )
    )
    text += "" if text[-1] in ".!?" else "."
    return front + text + draw.pick(
        ("", "", " Your shop team", " Do not reply to this mail.", " Thank you for shopping with us!")
    ), p.labels[kind]
