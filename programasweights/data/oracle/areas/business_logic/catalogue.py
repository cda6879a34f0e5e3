"""Business logic: product codes."""

from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing

__all__ = ["area"]

area = Area("Business logic")

_KIND = {"TS": "T-shirt", "HD": "hoodie", "CP": "cap", "JK": "jacket", "SK": "socks"}
_COLOUR = {"RD": "red", "BL": "blue", "GN": "green", "BK": "black", "WH": "white"}
_SIZE = {"S": "small", "M": "medium", "L": "large", "X": "extra large"}
_WHERE = {"P": "Porto", "L": "Lodz", "D": "Dhaka", "H": "Hanoi"}


def _scheme(table: dict[str, str]) -> str:
    return ", ".join(f"{key} {value}" for key, value in table.items())


@area.family(
    "product codes",
    "[decode|read] the article number and [give|return] {part}; letter case does not matter; [if it is none of "
    "these|for any other code], write {none}",
    "Article number -> {part}. Any letter case. [Unknown code|Code not listed]: {none}",
    "Our article numbers consist of four parts divided by hyphens. [I need|Tell me] {part}. Numbers come in upper "
    "and lower case, that makes no difference. When that part holds none of the codes named here, say {none}.",
    given="an article number",
    part=choice({
        f"what the first of the four parts stands for ({_scheme(_KIND)})": (0, tuple(_KIND.items())),
        f"the colour, which the second of the four parts gives ({_scheme(_COLOUR)})": (1, tuple(_COLOUR.items())),
        f"the size from the third part of four ({_scheme(_SIZE)})": (2, tuple(_SIZE.items())),
        f"the factory: the first letter of the last part shows it ({_scheme(_WHERE)})": (3, tuple(_WHERE.items())),
        f"the colour from the second part ({_scheme(dict(list(_COLOUR.items())[:3]))})": (1,
        tuple(list(_COLOUR.items())[:3])), f"the kind of garment from the first part "
        f"({_scheme(dict(list(_KIND.items())[2:]))})": (0, tuple(list(_KIND.items())[2:])),
    }),
    none=missing("unknown"),
)  # fmt: skip
def article_number_decoded(draw: Draw, p: Values) -> Pair:
    place, table = p.part
    parts = [
        draw.pick(tuple(_KIND)),
        draw.pick(tuple(_COLOUR)),
        draw.pick(tuple(_SIZE)),
        draw.pick(tuple(_WHERE)) + f"{draw.randint(10, 99)}",
    ]
    if draw.chance(0.2):
        parts[place] = {0: "ZZ", 1: "YQ", 2: "K", 3: f"T{draw.randint(10, 99)}"}[place]
    code = "-".join(parts)
    key = parts[place][0] if place == 3 else parts[place]
    form = draw.pick(("{}", "{}", "art. {}", "item {} x2", "No. {}"))
    return form.format(code.lower() if draw.chance(0.33) else code), dict(table).get(key, p.none)


@area.family(
    "product codes",
    "[build|make|put together] the article [number|code] from the description: {order}, joined by {joint}. "
    "[Codes|The codes are|Use these codes]: TS T-shirt, HD hoodie, CP cap, JK jacket, SK socks; RD red, BL blue, GN "
    "green, BK black, WH white; S small, M medium, L large, X extra large",
    "[Codes|Code list|Abbreviations]: T-shirt TS, hoodie HD, cap CP, jacket JK, socks SK / red RD, blue BL, green "
    "GN, black BK, white WH / small S, medium M, large L, extra large X. [Article number|Result|Output] = {order}, "
    "with {joint} between.",
    "[We write|Our shop writes|Our warehouse writes] article numbers as {order}, [putting|with] {joint} between the "
    "parts. The codes are TS, HD, CP, JK and SK for T-shirt, hoodie, cap, jacket and socks, RD, BL, GN, BK and WH "
    "for red, blue, green, black and white, and S, M, L, X for small, medium, large and extra large. "
    "[Turn|Translate] the description into such a number.",
    given="a description of an article",
    order=choice({
        "kind, colour, size": "kcs", "kind code, then size, then colour": "ksc", "colour, kind, size": "cks",
        "size first, then kind, then colour": "skc", "size, colour, kind": "sck",
        "the codes for colour, size and kind in this order": "csk",
        "kind and colour (the size is left out)": "kc", "colour and size (the kind is left out)": "cs",
    }),
    joint=choice({"a hyphen": "-", "a dot": ".", "an underscore": "_", "a slash": "/", "no character at all": "",
    "a space": " ", "a colon": ":"}),
)  # fmt: skip
def article_number_built(draw: Draw, p: Values) -> Pair:
    kind, colour, size = draw.pick(tuple(_KIND)), draw.pick(tuple(_COLOUR)), draw.pick(tuple(_SIZE))
    form = draw.pick(
        (
            "{c} {k}, {s}",
            "{k} in {c}, size {s}",
            "one {s} {c} {k} please",
            "{s} {k}, {c}",
            "{K} / {C} / {S}",
            "I'd like the {k} in {s}, {c} if you have it",
            "{c} {k} ({s})",
        )
    )
    text = form.format(
        c=_COLOUR[colour],
        k=_KIND[kind],
        s=_SIZE[size],
        K=_KIND[kind].upper(),
        C=_COLOUR[colour].upper(),
        S=_SIZE[size].upper(),
    )
    return text, p.joint.join({"k": kind, "c": colour, "s": size}[x] for x in p.order)
