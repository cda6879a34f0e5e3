"""Integration with code: configuration, feature flags, data formats, mapping of fields and values."""

import json
import re
from collections.abc import Callable
from typing import Any

from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Integration with code")

_SETTINGS: dict[str, tuple[str, ...]] = {
    "port": ("8080", "3000", "5432", "443", "9000"), "host": ("localhost", "db.local", "10.0.0.5", "mail.example"),
    "timeout": ("5", "30", "60", "120"), "retries": ("0", "3", "5", "10"), "level": ("info", "debug", "error"),
    "region": ("eu-west", "us-1", "asia"), "workers": ("1", "2", "4", "8"), "theme": ("dark", "light", "blue"),
    "language": ("en", "de", "fr", "pt"), "cache": ("on", "off"),
}  # fmt: skip


def _settings(draw: Draw, low: int, high: int) -> dict[str, str]:
    return {key: draw.pick(_SETTINGS[key]) for key in draw.some(tuple(_SETTINGS), low, high)}


@area.family(
    "configuration",
    "[apply|make|carry out] the change in the last line to the settings above it and [output|return|give back] "
    "{output}; a key that does not exist yet is added at the end, and every line keeps the form key{form}value",
    "[Settings, empty line, wish.|Input: settings, an empty line, a wish.|First settings, then an empty line, then a "
    "wish.] [Output|Give] {output} after the change; [new keys go to the end|unknown keys are appended]; form "
    "key{form}value.",
    "[Users change|People change|Colleagues change] settings by telling [our bot|an assistant] what they want. The "
    "input has the settings (key{form}value), an empty line and the wish. Carry the wish out and give back {output}. "
    "If the key is not there yet, add a line for it at the end.",
    given="settings and a wish",
    difficulty=3,
    output=choice({"only the changed or added line": "line", "just the line that changed or was added": "line",
    "all settings": "all", "the complete settings": "all",
    "only the names of all keys, joined by a comma and a space,": "keys",
    "the old and the new value as old -> new, with none as the old value of a new key,": "both",
    "the changed or added line and, after a space, # changed": "mark"}),
    form=choice({"=": "=", ": ": ": ", " = ": " = ", " -> ": " -> ", " ": " ", ":": ":"}),
)  # fmt: skip
def setting_changed_by_wish(draw: Draw, p: Values) -> Pair:
    settings = _settings(draw, 2, 5)
    key = (
        draw.pick(tuple(settings))
        if draw.chance(0.75)
        else draw.pick([k for k in _SETTINGS if k not in settings])
    )
    value = draw.pick([v for v in _SETTINGS[key] if v != settings.get(key)])
    wish = draw.pick(
        (
            "set {k} to {v}",
            "please change {k} to {v}",
            "{k} should be {v}",
            "I want {k} to be {v}",
            "use {v} as {k}",
            "make the {k} {v} please",
            "{k} must be {v} from now on",
            "can you put {k} on {v}?",
        )
    ).format(k=key, v=value)
    shown = "\n".join(f"{k}{p.form}{v}" for k, v in settings.items())
    old = settings.get(key, "none")
    settings[key] = value
    line = f"{key}{p.form}{value}"
    answer = {
        "line": line,
        "mark": f"{line} # changed",
        "keys": ", ".join(settings),
        "both": f"{old} -> {value}",
        "all": "\n".join(f"{k}{p.form}{v}" for k, v in settings.items()),
    }[p.output]
    return f"{shown}\n\n{wish}", answer


@area.family(
    "configuration",
    "[give|find] the value of {key} in the environment file: lines that start with # do not count, quotes around the "
    "value are dropped, and if it is set several times the {which} one counts; {none} if it is not set. [Names must "
    "match exactly.|The name must be exactly the same.]",
    "Value of {key} from .env ({which} assignment counts; comments ignored; quotes stripped; exact name). Not set: "
    "{none}",
    "I need the value of {key} from an environment file. Take it without quotes. Ignore lines that are commented out "
    "with #. If the variable is assigned more than once, the {which} assignment holds. Variables whose names merely "
    "contain it are others. If it is never set, [answer|write] {none}.",
    given="an environment file",
    difficulty=3,
    key=choice(
        "PORT", "DB_URL", "API_KEY", "DEBUG", "LOG_LEVEL", "HOST", "SECRET", "REGION", "TOKEN", "CACHE_DIR"
    ),
    which=choice({"last": -1, "first": 0}),
    none=missing(),
)
def value_of_a_variable(draw: Draw, p: Values) -> Pair:
    lines, found = [], []
    kinds = draw.mix(
        [
            draw.pick(("set", "set", "comment", "near", "other")),
            draw.pick(("set", "comment", "near", "other")),
            "other",
            draw.pick(("near", "other", "set")),
        ]
    )
    for kind in kinds:
        value = draw.pick(
            (
                f"{draw.randint(1000, 9999)}",
                words.noun(draw).replace(" ", "-"),
                f"{draw.pick(('prod', 'test', 'dev'))}-{draw.randint(1, 99)}",
                names.domain(draw),
            )
        )
        shown = draw.pick(("{}", "{}", '"{}"', "'{}'")).format(value)
        if kind == "other":
            name = draw.pick(
                [
                    k
                    for k in ("USER_NAME", "PATH_PREFIX", "SHOP", "THEME", "MAIL_FROM", "WORKERS")
                    if k != p.key
                ]
            )
        else:
            name = draw.pick((f"OLD_{p.key}", f"{p.key}_2", f"TEST_{p.key}")) if kind == "near" else p.key
        lines.append(
            draw.pick(
                ("# {}={}", "#{}={}") if kind == "comment" else ("{}={}", "{}={}", "export {}={}")
            ).format(name, shown)
        )
        found += [value] if kind == "set" else []
    return "\n".join(lines), found[p.which] if found else p.none


_FLAGS = (
    "new_cart",
    "dark_mode",
    "fast_search",
    "gift_cards",
    "chat_bot",
    "one_click",
    "map_view",
    "voice_input",
    "night_sale",
    "live_prices",
    "photo_upload",
    "beta_login",
)


@area.family(
    "configuration",
    "[list|give] the feature flags that are {state} for {group} users, in their order, separated by {separator}; "
    "{none} if there are none. A flag is on for the groups named behind it; all means every group, off means nobody",
    "Flags {state} for {group} users, in order, joined by {separator}; none: {none}. (Each flag lists its groups; "
    "all = everyone, off = no one.)",
    "Each line of the file has a feature flag and the groups of users who get it; the word all stands for every "
    "group and off for nobody. Which flags are {state} for somebody in the {group} group? [Names of the flags "
    "only|Only the names], in the order of the file, {separator} between them, or {none}.",
    given="a file of feature flags",
    difficulty=3,
    state=choice({"on": True, "switched on": True, "off": False, "not switched on": False}),
    group=choice("beta", "staff", "trial", "admin", "guest", "mobile"),
    separator=separator(),
    none=missing(),
)
def flags_for_a_group(draw: Draw, p: Values) -> Pair:
    form = draw.pick(("{f}: {g}", "{f} = {g}", "{f} -> {g}", "{f} [{g}]"))
    lines, found = [], []
    for flag in draw.some(_FLAGS, 2, 5):
        others = draw.some(
            [g for g in ("beta", "staff", "trial", "admin", "guest", "mobile") if g != p.group], 1, 2
        )
        groups = draw.pick(
            (["all"], ["off"], others, draw.mix([p.group, *others]), draw.mix([p.group, *others]), others)
        )
        lines.append(form.format(f=flag, g=", ".join(groups)))
        found += [flag] if (p.group in groups or groups == ["all"]) == p.state else []
    return "\n".join(lines), p.separator.join(found) or p.none


_SAMPLES: dict[str, Callable[[Draw], object]] = {
    "first_name": names.first_name,
    "last_name": names.last_name,
    "order_id": lambda d: d.pick((d.randint(1, 99999), f"A{d.randint(10, 999)}")),
    "created_at": lambda d: f"20{d.randint(19, 26)}-{d.randint(1, 12):02d}-{d.randint(1, 28):02d}",
    "unit_price": lambda d: d.randint(10, 9999) / 10,
    "is_active": lambda d: d.chance(0.5),
    "zip_code": lambda d: str(d.randint(10000, 99999)),
    "phone_number": lambda d: d.pick((None, names.phone(d))),
    "item_count": lambda d: d.randint(0, 50),
    "tax_rate": lambda d: d.pick((0.2, 0.07, 0.19, None)),
    "has_paid": lambda d: d.pick((True, False, None)),
    "user_note": lambda d: d.pick((None, words.noun(d), "call_back later")),
    "size": lambda d: d.pick(("S", "M", "L", d.randint(30, 50))),
    "city": lambda d: d.pick(("Lyon", "Porto", "Graz", "York", "Basel")),
    "street": lambda d: f"{d.randint(1, 99)} {d.pick(('Mill', 'Park', 'High'))} Road",
    "name": names.first_name,
    "stock": lambda d: d.randint(0, 400),
    "price": lambda d: d.randint(1, 900),
    "color": lambda d: d.pick(words.KINDS["colour"]),
    "open": lambda d: d.chance(0.5),
}
_KEYS = tuple(key for key in _SAMPLES if "_" in key)


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _renamed(key: str, way: str) -> str:
    if way == "camel":
        return _camel(key)
    if way == "upper":
        return key.upper()
    if way == "kebab":
        return key.replace("_", "-")
    return key.partition("_")[0] if way == "head" else way + key


def _dropped(value: object, drop: str) -> bool:
    if drop == "null":
        return value is None
    return drop == "number" and isinstance(value, int | float) and not isinstance(value, bool)


@area.family(
    "data formats",
    "[rename|change|rewrite] [the keys|all keys] of the JSON object {way}{drop}; values and order stay. [One line, a "
    "space after each colon and comma.|Write it on one line with a space after colons and commas.]",
    "[JSON keys|Keys of the JSON|All keys of the object] {way}{drop}; [values untouched|values as they are], same "
    "order, [one line|on one line], a space after colons and commas",
    "[Our two services|Our app and the server|Two of our systems] do not agree on names, so the keys of each object "
    "must be changed {way}{drop}. The values stay as they are, and so does the order. [I need one line of JSON|Give "
    "me one line of JSON] with a space after every colon and comma.",
    given="a JSON object",
    difficulty=3,
    way=choice({
        "from snake_case to camelCase": "camel", "from words with underscores to camelCase": "camel",
        "to capitals": "upper", "to upper case": "upper", "from underscores to hyphens": "kebab",
        "by putting src_ in front of each": "src_", "by putting an underscore in front of each": "_",
        "so that each keeps only its part before the first underscore": "head",
    }),
    drop=choice({
        "": "", ", and entries whose value is null are left out": "null", "; entries with null are dropped": "null",
        " (nulls are kept)": "",
        ", and entries whose value is a number (no quotes) are left out": "number",
    }),
)  # fmt: skip
def json_keys_renamed(draw: Draw, p: Values) -> Pair:
    data = {key: _SAMPLES[key](draw) for key in draw.some(_KEYS, 2, 4)}
    if p.drop == "null" and draw.chance(0.5):
        data[draw.pick(("phone_number", "tax_rate", "has_paid", "user_note"))] = None
    made = {_renamed(key, p.way): value for key, value in data.items() if not _dropped(value, p.drop)}
    text = json.dumps(data, ensure_ascii=False, indent=draw.pick((None, None, 2)))
    return text, json.dumps(made, ensure_ascii=False)


def _nested(draw: Draw, depth: int) -> dict[str, object]:
    plain = draw.some(("size", "city", "street", "name", "stock", "price", "color", "open", "zip_code"), 1, 3)
    made: dict[str, object] = {key: _SAMPLES[key](draw) for key in plain}
    for key in draw.some(("owner", "address", "product", "shop", "contact", "parent"), 1, 2) if depth else ():
        made[key] = _nested(draw, depth - 1)
    return dict(draw.mix(tuple(made.items())))


def _flat(data: dict[str, Any], joint: str, front: str = "") -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    for key, value in data.items():
        rows += (
            _flat(value, joint, f"{front}{key}{joint}") if isinstance(value, dict) else [(front + key, value)]
        )
    return rows


@area.family(
    "data formats",
    "[flatten|unfold|unroll] the [JSON|JSON object]: one line for each single value, with the path of keys joined by "
    "{joint}, then {between}, then the value, text {text}; true and false in small letters, in the order of the input",
    "[Flatten JSON|Nested JSON to lines|Flat lines from JSON]: path, {between}, value (path joined by {joint}; "
    "strings {text}; booleans true/false; same order)",
    "[I compare|We compare|I search] nested objects with a line-based tool. [Write|Put] each single value of the "
    "JSON on a line of its own: the keys that lead to it, joined by {joint}, then {between}, then the value, text "
    "{text}. [Keep the order.|Same order as in the input.] Booleans are true or false.",
    given="a nested JSON object",
    difficulty=3,
    joint=choice({"dots": ".", "slashes": "/", "underscores": "_", "colons": ":",
    "a greater-than sign without spaces": ">", "hyphens": "-", "double underscores": "__"}),
    between=choice({
        "an equals sign": "=", "an equals sign with a space on either side": " = ", "a colon and a space": ": ",
        "a tab": "\t", "a single space": " ", "an arrow (->) with a space on either side": " -> ",
    }),
    text=choice({"without quotes": False, "in double quotes": True, "in its quotes": True,
    "with its quotes removed": False}),
)  # fmt: skip
def json_flattened(draw: Draw, p: Values) -> Pair:
    data = _nested(draw, draw.pick((0, 1, 1, 2)))
    if len(_flat(data, p.joint)) > 9:
        data = _nested(draw, 0)
    lines = []
    for path, value in _flat(data, p.joint):
        shown = value if isinstance(value, str) and not p.text else json.dumps(value, ensure_ascii=False)
        lines.append(f"{path}{p.between}{shown}")
    return json.dumps(data, ensure_ascii=False, indent=draw.pick((None, 2))), "\n".join(lines)


@area.family(
    "data formats",
    "[turn|convert|rewrite] the [indented settings|settings] [into|as] one line of JSON; indented lines belong to "
    "the key above them; {numbers}, {flags}, everything else is text. [A space after each colon and comma.|Put a "
    "space after colons and commas.]",
    "[Indented key: value lines|Indented settings|Lines of key: value with indentation] -> JSON [on one line|in one "
    "line] ([nesting by indentation|indented lines = nested object]; {numbers}; {flags}; rest strings; [a space "
    "after colons and commas|with a space after each colon and comma])",
    "[I have settings in a simple YAML style and need JSON|My settings are in a simple YAML style, but the tool "
    "wants JSON|We get simple YAML and need JSON]: a key without a value opens an object, which holds the indented "
    "lines below it. As for values, {numbers}, {flags}, and the rest are strings in double quotes. [One line, with a "
    "space after every colon and comma.|All on one line, a space after colons and commas.]",
    given="settings in indented lines",
    difficulty=3,
    numbers=choice({"whole numbers become numbers": True, "digits become numbers without quotes": True,
    "numbers stay text in quotes": False, "numbers are put in quotes like text": False}),
    flags=choice({
        "yes and no become true and false": "bool", "yes and no become booleans (true, false)": "bool",
        "yes and no remain text": "text", "yes and no become the numbers 1 and 0": "int",
        'yes and no become "on" and "off"': "switch",
    }),
)  # fmt: skip
def indented_settings_to_json(draw: Draw, p: Values) -> Pair:
    def meant(value: str) -> object:
        if value in ("yes", "no") and p.flags != "text":
            on = value == "yes"
            return on if p.flags == "bool" else int(on) if p.flags == "int" else "on" if on else "off"
        return int(value) if value.isdigit() and p.numbers else value

    plain = {
        "name": (names.first_name(draw), "shop"), "port": ("8080", "443", "25"), "cache": ("yes", "no"),
        "theme": ("dark", "light"), "debug": ("yes", "no"), "limit": (str(draw.randint(1, 999)), "low"),
        "region": ("eu-west", "us-1"), "retries": ("0", "3", "5"), "language": ("en", "fr", "de"), "beta": ("no",
        "yes"),
    }  # fmt: skip
    nested = {
        "host": ("db.local", "localhost"),
        "size": (str(draw.randint(2, 90)), "large"),
        "active": ("yes", "no"),
        "owner": (names.first_name(draw), "root"),
        "level": ("info", "3", "debug"),
    }
    lines: list[str] = []
    made: dict[str, object] = {}
    for key in draw.some((*plain, "server", "mail", "backup", "log"), 2, 4):
        if key in plain:
            value = draw.pick(plain[key])
            lines.append(f"{key}: {value}")
            made[key] = meant(value)
        else:
            inner = {k: draw.pick(nested[k]) for k in draw.some(tuple(nested), 1, 3)}
            lines += [f"{key}:", *(f"  {k}: {v}" for k, v in inner.items())]
            made[key] = {k: meant(v) for k, v in inner.items()}
    return "\n".join(lines), json.dumps(made, ensure_ascii=False)


_HEADERS: dict[str, tuple[str, ...]] = {
    "mail": ("E-Mail", "email addr.", "Mail address", "EMAIL", "e_mail", "Contact e-mail", "cust_email",
    "Electronic mail"), "phone": ("Tel.", "Phone no.", "telephone", "MOBILE", "cell phone", "phone_number", "Tel/Fax",
    "Contact number (phone)"), "town": ("City", "Town", "TOWN/CITY", "place of residence", "city_name",
    "Municipality", "Home town"),
    "code": ("ZIP", "Postcode", "postal code", "ZIP Code", "post_code", "PLZ / zip", "zipcode"), "born": ("DOB",
    "Date of birth", "birthday", "birth_date", "Born on", "BIRTHDATE", "B-day"), "other": ("Notes", "Shoe size",
    "Colour", "remarks", "Price", "discount", "Last login", "Order no.", "comment", "Weight (kg)"),
}  # fmt: skip


@area.family(
    "mapping",
    "[map|assign] the column header to one of our fields: {mail} for e-mail, {phone} for any telephone number, "
    "{town} for the town, {code} for the postal code, {born} for the date of birth, {other} for [everything else|all "
    "other columns]",
    "CSV header -> e-mail {mail}, telephone {phone}, town {town}, postal code {code}, date of birth {born}, anything "
    "else {other}",
    "Customers upload tables, and every one of them names the columns differently. I want to know which of our "
    "fields a header means: {mail} (e-mail address), {phone} (telephone, mobile or not), {town} (town or city), "
    "{code} (postal code), {born} (date of birth), or {other} if it is none of these.",
    given="the header of a column",
    labels=labels(mail=("email", "mail", "contact.email"), phone=("phone", "tel", "contact.phone"), town=("city",
    "town", "address.city"), code=("zip", "postcode", "address.zip"), born=("birth_date", "dob", "person.born"),
    other=("skip", "ignore", "none")),
)  # fmt: skip
def column_header_to_field(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_HEADERS))
    header = draw.pick(_HEADERS[kind])
    text = draw.pick((header, header, header.upper(), header.lower()))
    return draw.pick(
        ("{}", "{}", " {}", "{} ", "{} *", "{}:", '"{}"', "customer {}", "[{}]", "{} (required)", "1. {}")
    ).format(text), p.labels[kind]


_PAYMENTS: dict[str, tuple[str, ...]] = {
    "card": ("paid with my Visa", "credit card", "Mastercard ending in 4471", "charged to the customer's debit card",
    "Amex", "I used my card at the terminal", "card payment, chip and PIN", "VISA ***7710"), "cash": ("cash",
    "paid in notes and coins", "customer paid cash at the counter", "a 50 euro note, 12 back", "cash on delivery",
    "handed over 20 in coins"),
    "bank": ("bank transfer", "wired the money on Friday", "standing order", "direct debit from my account",
    "SEPA credit transfer", "transferred it from my bank account", "payment by giro"), "gift": ("gift card",
    "paid with a voucher", "used the rest of my gift voucher", "store credit", "redeemed a gift code",
    "with the voucher from my aunt"), "open": ("not paid yet", "will pay later", "unpaid", "still owes us the money",
    "promised to pay next week", "payment outstanding"),
}  # fmt: skip


@area.family(
    "mapping",
    "[map|reduce] the remark on a payment to our code: {card} for credit and debit cards, {cash} for notes and "
    "coins, {bank} for transfers and debits between bank accounts, {gift} for vouchers and store credit, {open} if "
    "nothing has been paid so far",
    "Payment remark -> code. Card {card}, cash {cash}, bank transfer/direct debit {bank}, voucher/gift card/store "
    "credit {gift}, not paid {open}",
    "The old till let people type how a customer paid, the new one needs a fixed code: {card} if a card of any make "
    "was used, {cash} for cash, {bank} if the money came from a bank account by transfer or debit, {gift} if a "
    "voucher or credit of the shop was used up, {open} when the money has not come.",
    given="a remark on a payment",
    labels=labels(card=("CARD", "CC", "card_payment"), cash=("CASH", "CA", "cash_payment"), bank=("BANK", "BT",
    "bank_transfer"), gift=("VOUCHER", "GV", "gift_voucher"), open=("OPEN", "NP", "not_paid")),
)  # fmt: skip
def payment_remark_to_code(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_PAYMENTS))
    text = draw.pick(_PAYMENTS[kind])
    text = draw.pick(
        ("{}", "{}", "order {k}: {}", "{} ({n})", "{n}, {}", "receipt {k}, {}", "{}, {d}")
    ).format(text, k=draw.randint(100, 9999), n=names.last_name(draw), d=draw.pick(words.KINDS["weekday"]))
    return noise.casual(
        draw, text, keep=re.findall(r"[a-z]+", " ".join(sum(_PAYMENTS.values(), ())))
    ), p.labels[kind]
