"""Business logic: prices and amounts."""

from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels

__all__ = ["area"]

area = Area("Business logic")

_MARKS = {"USD": "$", "EUR": "€", "GBP": "£"}
_SPENT = (
    "{}",
    "Total: {}",
    "we paid {} for it",
    "{} incl. delivery",
    "price {}",
    "Amount due: {}",
    "refund of {}",
    "It costs {}.",
    "only {} today!",
    "invoice 7 over {}",
    "{} please",
    "quote: {}, valid 30 days",
)


@area.family(
    "prices and amounts",
    "[read|find|take] the amount of money [in the text|] and [write|output] it as a plain number with two decimals "
    "and {mark} as decimal mark, without thousands separators, {code}. In the text, [a dot or comma|a dot or a "
    "comma] with exactly two digits after it at the end of the number [is the decimal mark|marks the decimals], "
    "[every other one separates thousands|all others separate thousands]",
    "[Amount|Money amount|Sum of money] -> two decimals, decimal mark {mark}, no thousands separators, {code}. "
    "Input: last dot/comma followed by exactly 2 digits = decimals; [otherwise it groups thousands|any other groups "
    "thousands].",
    "[Our suppliers write|My customers write|Banks and shops write] amounts in every possible way, 1.200,50 € as "
    "well as USD 1,200.50. [Normalise them|I want them all alike|Make them uniform]: digits only, {mark} before "
    "exactly two decimals, no separators for thousands, {code}. If the number ends in a dot or comma and two digits, "
    "these are the decimals; [other dots, commas and apostrophes only group thousands|anything else that divides the "
    "number groups thousands].",
    given="a text with an amount",
    difficulty=3,
    mark=choice({"a dot": ".", "a comma": ",", "a point": "."}),
    code=choice({
        "followed by a space and the currency as USD, EUR or GBP": "{a} {c}",
        "with the currency code (USD, EUR, GBP) and a space in front": "{c} {a}", "without any currency": "{a}",
        "no currency sign or code": "{a}", "with the currency code USD, EUR or GBP directly behind": "{a}{c}",
        "with the sign $, € or £ directly in front": "{s}{a}",
        "with the sign $, € or £ after it and a space in between": "{a} {s}",
        "with the code USD, EUR or GBP in round brackets behind it, after a space": "{a} ({c})",
    }),
)  # fmt: skip
def amount_normalised(draw: Draw, p: Values) -> Pair:
    whole = draw.pick(
        (draw.randint(1, 99), draw.randint(100, 999), draw.randint(1000, 99999), draw.randint(1000, 9999999))
    )
    cents = draw.pick((None, 0, 50, 99, draw.randint(1, 98)))
    group, point = draw.pick(((",", "."), (".", ","), ("'", "."), ("", "."), ("", ","), (" ", ",")))
    shown = f"{whole:,}".replace(",", group) + ("" if cents is None else f"{point}{cents:02d}")
    code = draw.pick(tuple(_MARKS))
    text = draw.pick(("{s}{a}", "{a} {s}", "{c} {a}", "{a} {c}", "{s} {a}", "{a}{s}")).format(
        s=_MARKS[code], c=code, a=shown
    )
    plain = f"{whole}{p.mark}{cents or 0:02d}"
    return noise.untidy(draw, draw.pick(_SPENT).format(text)), p.code.format(a=plain, c=code, s=_MARKS[code])


_WARES = {
    "g": ("flour", "rice", "coffee", "nuts", "cheese"),
    "ml": ("olive oil", "shampoo", "juice", "paint"),
    "pieces": ("eggs", "nappies", "batteries", "screws", "tea bags"),
    "m": ("rope", "cable", "ribbon", "hose"),
}


@area.family(
    "prices and amounts",
    "[compare|look at] the two offers and say which is cheaper per {noun}: {first} for the first, {second} for the "
    "second, {same} if both cost the same per {noun}",
    "Cheaper by the {noun}? offer one {first}, offer two {second}, no difference {same}",
    "Shops like to hide what things [really|actually] cost. Work out the price per {noun} of both offers and reply "
    "{first} if the one named first is the better deal, {second} if it is the other one, and {same} where neither "
    "is. [The shops' own claims do not count.|Ignore words such as super deal.]",
    given="two offers",
    difficulty=3,
    noun=choice({"unit": 0, "unit of quantity": 0}),
    labels=labels(first=("first", "A", "left"), second=("second", "B", "right"), same=("equal", "same", "tie")),
)  # fmt: skip
def cheaper_per_unit(draw: Draw, p: Values) -> Pair:
    unit = draw.pick(tuple(_WARES))
    sizes = draw.some(
        {
            "g": (100, 200, 250, 400, 500, 1000),
            "ml": (100, 200, 250, 500, 750, 1000),
            "pieces": (4, 6, 10, 12, 20, 24, 50),
            "m": (2, 5, 10, 20, 50),
        }[unit],
        2,
    )
    answer = draw.pick(("first", "second", "same"))
    base = {
        "g": draw.pick((1, 2, 3)),
        "ml": draw.pick((1, 2, 3)),
        "pieces": draw.randrange(10, 60, 5),
        "m": draw.randrange(20, 200, 10),
    }[unit]
    cents = [size * base for size in sizes]
    if answer != "same":
        place = 0 if answer == "first" else 1
        cents[1 - place] = round(cents[1 - place] * draw.pick((1.2, 1.35, 1.5, 1.8)))
    claims = ("", "", " (super deal!)", " - family pack", ", today only")
    made = [
        f"{size} {unit} for €{price / 100:.2f}{draw.pick(claims)}"
        for size, price in zip(sizes, cents, strict=True)
    ]
    thing = draw.pick(_WARES[unit])
    form = draw.pick(
        (
            "{t}: {a} or {b}",
            "A) {t}, {a}\nB) {t}, {b}",
            "{t}\n{a}\n{b}",
            "{a} / {b} ({t})",
            "shop 1 sells {t}, {a}; shop 2, {b}",
        )
    )
    return form.format(t=thing, a=made[0], b=made[1]), p.labels[answer]


@area.family(
    "prices and amounts",
    "[say|tell] whether the price {question}: {incl} if tax (VAT, sales tax) is included, {plus} if tax comes on "
    "top, {open} if the text does not say. [Delivery and other costs are not tax.|Shipping is no tax.]",
    "Price {question}: tax included = {incl}; tax to be added = {plus}; nothing said about tax = {open}. [Shipping "
    "does not count.|Shipping costs are something else.]",
    "For our price comparison I have to know if a price {question}. Suppliers write gross, net, incl. or plus VAT "
    "and so on. Answer {incl} for prices with the tax in them, {plus} for those to which it is still added, {open} "
    "if tax is not mentioned at all (remarks on shipping, tips or fees do not help).",
    given="an offer",
    question=choice({"includes VAT": 0, "is with or without tax": 0, "already contains the tax": 0,
    "is a gross price": 0}),
    labels=labels(incl=("included", "gross", "incl"), plus=("excluded", "net", "plus"), open=("unknown", "not stated",
    "unclear")),
)  # fmt: skip
def tax_in_the_price(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("incl", "plus", "open"))
    bank = {
        "incl": (
            "{m} incl. VAT",
            "{m}, VAT included",
            "{m} gross",
            "{m} all taxes included",
            "{m} (tax inclusive)",
            "price {m}, sales tax already in it",
            "{m} with VAT",
            "total including 20% VAT: {m}",
            "{m}, tax is part of the price",
            "You pay {m}. That includes VAT.",
        ),
        "plus": (
            "{m} plus VAT",
            "{m} excl. VAT",
            "{m} net",
            "{m} + 20% tax",
            "{m} before tax",
            "{m}, VAT will be added",
            "{m} ex VAT",
            "{m} without sales tax",
            "{m} (tax not included)",
            "VAT comes on top of the {m}",
        ),
        "open": (
            "{m} per piece",
            "{m}, free shipping",
            "{m} incl. delivery",
            "{m} plus shipping",
            "{m} for members",
            "only {m}",
            "{m} each, from ten pieces 5% off",
            "{m} including batteries",
            "our price: {m}",
            "{m} without cable",
            "net weight 2 kg, {m}",
        ),
    }[kind]
    money = draw.pick(("€{}", "{} euros", "${}", "£{}")).format(draw.randint(5, 900))
    text = draw.pick(bank).format(m=money)
    front = draw.pick(("", f"{names.product(draw).capitalize()}: ", "Offer: ", f"{names.product(draw)}, "))
    return front + text + draw.pick(
        ("", "", ", delivery in 3 days", "; valid until Friday", ". Payment in 14 days.")
    ), p.labels[kind]
