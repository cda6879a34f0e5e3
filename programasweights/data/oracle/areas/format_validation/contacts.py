"""Format validation: e-mail and web addresses, telephone numbers, versions, colour codes."""

import re

from programasweights.data.oracle.areas.core_text._banks import recased
from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, number, token, yes_no

__all__ = ["area"]

area = Area("Format validation")


def _plain_email(draw: Draw) -> str:
    return re.sub(r"[^a-z0-9@._-]", "", names.email(draw)).replace("..", ".").replace(".@", "@").lstrip(".-_")


def _email_flaw(text: str) -> str:
    """The first flaw: space, at, dot or none (fine)."""
    if " " in text:
        return "space"
    if text.count("@") != 1 or text.startswith("@") or text.endswith("@"):
        return "at"
    host = text.split("@")[1]
    return "fine" if "." in host and not host.startswith(".") and not host.endswith(".") else "dot"


def _email_with(draw: Draw, flaw: str) -> str:
    text = _plain_email(draw)
    user, host = text.split("@")
    if draw.chance(0.2):
        user += draw.pick(("+shop", ".work", "_2", "-x"))
        text = f"{user}@{host}"
    if flaw == "space":
        return draw.pick(
            (
                f"{user} @{host}",
                f"{user}@ {host}",
                f"{user} {user}@{host}",
                f"{user}@{host.replace('.', ' .', 1)}",
                f"{user[:2]} {user[2:]}@{host}",
            )
        )
    if flaw == "at":
        return draw.pick(
            (
                f"{user}{host}",
                f"{user}@@{host}",
                f"{user}@{user}@{host}",
                f"@{host}",
                f"{user}.{host}",
                f"{user}@",
                f"{user}(at){host}",
            )
        )
    if flaw == "dot":
        return draw.pick(
            (
                f"{user}@{host.replace('.', '')}",
                f"{user}@{host}.",
                f"{user}@.{host}",
                f"{user}@{host.split('.')[0]}",
            )
        )
    return text


@area.family(
    "contact details",
    "[check|test] the e-mail address in this order: {space} if it contains a space, {at} if it does not have "
    "exactly one @ with something on both sides, {dot} if there is no dot inside the part after the @ (a dot as "
    "its first or last sign does not do), {fine} if none of this is wrong",
    "E-mail check, first hit wins: any space -> {space}; not exactly one @ between two parts -> {at}; no dot in "
    "the domain, or domain begins or ends with one -> {dot}; else {fine}",
    "Our [newsletter form|sign-up page] should tell people what is wrong with the address they typed. Look for "
    "blanks first ({space}), then for the at sign: there must be just one, with text before and after it ({at}); "
    "then at the domain, which needs a dot that is neither its first nor its last character ({dot}). A good "
    "address gets {fine}.",
    given="an e-mail address as typed",
    labels=labels(space=("space", "blank", "has space"), at=("at sign", "at", "no at"), dot=("domain", "dot",
        "no dot"), fine=("ok", "valid", "fine")),
)  # fmt: skip
def what_is_wrong_with_the_email(draw: Draw, p: Values) -> Pair:
    text = _email_with(draw, draw.pick(("space", "at", "dot", "fine")))
    return text, p.labels[_email_flaw(text)]


@area.family(
    "contact details",
    "[decide|check] whether the e-mail address is accepted: {yes} if it has exactly one @ with text on both "
    "sides, no spaces, and ends in {first} or {second}; {no} otherwise. [Capitals do not matter|Letter case is "
    "ignored]",
    "{yes}: one @ between two parts, no blanks, ending {first} or {second} (any case). {no}: the rest.",
    "Only people from certain places may register, so the address must end in {first} or {second} (in small or "
    "capital letters), besides having a single @ with something before and after it and no blanks. [Return|Say] "
    "{yes} if they may register with it, {no} if not.",
    given="an e-mail address",
    first=choice(".com", ".org", ".net", ".info"),
    second=choice(".edu", ".de", ".fr", ".co.uk", ".biz", ".gov", ".io"),
    labels=yes_no(),
)
def email_with_accepted_ending(draw: Draw, p: Values) -> Pair:
    user = _plain_email(draw).split("@")[0]
    middle = draw.pick((names.last_name, words.noun))(draw).lower()
    host = re.sub(r"[^a-z]", "", middle) or "acme"
    ending, wanted = draw.pick((p.first, p.second)), draw.chance(0.5)
    text = f"{user}@{host}{ending}"
    if not wanted:
        kind = draw.randrange(4)
        others = [
            e
            for e in (".com", ".org", ".net", ".de", ".fr", ".it", ".eu", ".info", ".us")
            if e not in (p.first, p.second)
        ]
        if kind < 2:
            text = f"{user}@{host}{draw.pick((draw.pick(others), ending + draw.pick(others)))}"
        elif kind == 2:
            text = draw.pick((f"{user}{host}{ending}", f"{user}@@{host}{ending}", f"@{host}{ending}"))
        else:
            text = draw.pick((f"{user} @{host}{ending}", f"{user}@{host} {ending}"))
    text = text.upper() if draw.chance(0.15) else text
    right = _email_flaw(text) == "fine" and text.lower().endswith((p.first, p.second))
    return text, p.labels["yes" if right else "no"]


@area.family(
    "web addresses",
    "[normalise|clean] the web address: {scheme}, host [in small letters|in lower case], {www}, no slash at the "
    "very end; {bad} if there is no dot in the host or a space anywhere",
    "[URL canonical form|Canonical URL]: {scheme}; lower-case host; {www}; drop a final slash. No dot in the "
    "host, or a space in the address: {bad}.",
    "I [compare|deduplicate] links that people typed. [Bring each to|Put each into] one form: {scheme}, the host "
    "all in small letters (the path keeps its capitals), {www}, and no slash at the end. Something with a space "
    "in it or with a host without a dot is no address: [answer|return] {bad}.",
    given="a web address as typed",
    difficulty=3,
    scheme=choice({"always with https:// in front": "https://",
        "https:// at the front whatever was there": "https://", "without http:// or https://": "",
        "the scheme taken off": ""}),
    www=choice({"a leading www. removed": False, "www. at the front left out": False,
        "a leading www. kept if there is one": True, "www. kept where it is": True}),
    bad=token("invalid", "INVALID", "error", "ERR", "?", "no url", "null", "bad link", "-", "reject"),
)  # fmt: skip
def web_address_normalised(draw: Draw, p: Values) -> Pair:
    host = draw.pick(("", "www.", "www.", "shop.")) + names.domain(draw)
    path = draw.pick(
        ("", "", "/", "/About", "/p/{}", "/docs/Index.html", "/item/{}/", "/search?q=Lamp", "/Blog/")
    ).format(draw.randint(2, 999))
    kind = draw.randrange(8)
    if kind == 0:
        host = host.split(".")[-2]
    elif kind == 1:
        host = host.replace(".", draw.pick((" .", ". ")), 1)
    typed = recased(draw, "==ut", host)
    text = draw.pick(("", "http://", "https://", "https://")) + typed + path
    if "." not in host or " " in host:
        return text, p.bad
    return text, p.scheme + (host if p.www else host.removeprefix("www.")) + path.rstrip("/")


@area.family(
    "web addresses",
    "[check|examine] the link: {scheme} if it does not begin with http:// or https://, else {space} if there is a "
    "space in it, [else|otherwise] {host} if the host (up to the next slash, if any) has no dot, [else|otherwise] "
    "{fine}",
    "Link check, in this order: no http(s):// -> {scheme}; contains a space -> {space}; host without a dot -> "
    "{host}; ok -> {fine}",
    "Editors paste links into our [pages|newsletter], often damaged. The first thing that is wrong decides: "
    "{scheme} for a link without http:// or https:// at its start, {space} for one with a blank somewhere, {host} "
    "for one whose host part (between // and the next slash) lacks a dot, {fine} for a good one.",
    given="a link",
    labels=labels(scheme=("scheme", "no scheme", "protocol"), space=("space", "blank", "whitespace"), host=("host",
        "no dot", "domain"), fine=("ok", "valid", "good")),
)  # fmt: skip
def what_is_wrong_with_the_link(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("scheme", "space", "host", "fine"))
    host = draw.pick(("", "www.", "shop.")) + names.domain(draw)
    path = draw.pick(
        ("", "/", "/about", "/p/{}", "/docs/v1.2/index.html", "/search?q=lamp", "/a.b/{}")
    ).format(draw.randint(2, 999))
    scheme = draw.pick(("http://", "https://", "https://"))
    if wanted == "scheme":
        scheme = draw.pick(("", "", "ftp://", "http:/", "https:", "htp://", "//", "mailto:"))
    elif wanted == "host":
        host = host.split(".")[-2] if draw.chance(0.8) else "localhost"
    text = scheme + host + path
    if wanted == "space":
        at = draw.randint(len(scheme) + 1, len(text) - 1)
        text = text[:at] + " " + text[at:]
    return text, p.labels[wanted]


_COUNTRIES = {
    "+49 (Germany)": "+49",
    "+44 (United Kingdom)": "+44",
    "+33 (France)": "+33",
    "+48 (Poland)": "+48",
    "+31": "+31",
    "+41": "+41",
    "+46": "+46",
    "+61": "+61",
    "+34": "+34",
    "+39": "+39",
}


@area.family(
    "contact details",
    "[normalise|bring] the phone number to its international form without spaces or signs: a leading 00 becomes "
    "+, a leading single 0 becomes {country}, a number that begins with + keeps its code; {bad} if it begins with "
    "anything else or has fewer than {low} digits in the end",
    "Phone -> +digits. 00 -> +; single leading 0 -> {country}; + stays; remove spaces, hyphens, slashes, "
    "brackets, dots. Other start, or under {low} digits in the result: {bad}.",
    "Our [address book|customer list] has numbers in every style. I want a plus and digits only: replace 00 at "
    "the start by +, replace one 0 at the start by our country code {country}, leave numbers with + as they are, "
    "and drop blanks, dots, slashes, hyphens and brackets. A number that starts otherwise, or comes to fewer than "
    "{low} digits, gets {bad}.",
    given="a phone number as typed",
    difficulty=3,
    country=choice(_COUNTRIES),
    low=number(8, 11),
    bad=token("invalid", "INVALID", "error", "ERR", "?", "no number", "null", "check", "-", "wrong"),
)
def phone_in_international_form(draw: Draw, p: Values) -> Pair:
    digits = str(draw.randint(2, 9)) + "".join(draw.pick("0123456789") for _ in range(draw.randint(8, 10)))
    kind = draw.randrange(8)
    if kind == 0:
        digits = digits[: draw.randint(3, 5)]
    code = draw.pick(("1", "49", "44", "351", "90", "7"))
    cuts = [digits[:3], digits[3:6], digits[6:]]
    joint = draw.pick((" ", "-", " ", ".", "/", ""))
    body = joint.join(c for c in cuts if c)
    style = draw.randrange(4)
    if kind == 1:
        text = draw.pick(
            (body, f"{cuts[0]}-{cuts[1]}{cuts[2]}", f"ext. {draw.randint(10, 99)}", "see website")
        )
    elif style == 0:
        text = f"+{code}{draw.pick((' ', '', '-'))}{body}"
    elif style == 1:
        text = f"00{code}{draw.pick((' ', '', '-'))}{body}"
    else:
        text = draw.pick(("0{}", "0{}", "(0{}")).format(body)
        text = text.replace("(" + "0" + cuts[0], f"(0{cuts[0]})", 1) if text.startswith("(") else text
    bare = re.sub(r"[ ./()-]", "", text)
    bare = "+" + bare[2:] if bare.startswith("00") else p.country + bare[1:] if bare.startswith("0") else bare
    return text, bare if re.fullmatch(rf"\+\d{{{p.low},}}", bare) else p.bad


@area.family(
    "contact details",
    "[check|say] whether it can be a phone number: {yes} if it has between {low} and {high} digits and nothing "
    "else but spaces, hyphens, round brackets and perhaps one + at the very beginning, {no} if not",
    "Phone shape ok? {low} to {high} digits; besides them only spaces, hyphens, ( ) and a + in first place. "
    "Right: {yes}. Wrong: {no}.",
    "I [screen|clean] a phone column. A value passes if it holds at least {low} and at most {high} digits; "
    "spaces, hyphens and round brackets are allowed, also one plus sign as the first character, but no other "
    "signs and no letters. [Return|Answer] {yes} when it passes and {no} when it does not.",
    given="a phone field",
    difficulty=3,
    low=number(6, 8),
    high=number(11, 13),
    labels=yes_no(),
)
def phone_shape_acceptable(draw: Draw, p: Values) -> Pair:
    right = draw.chance(0.5)
    kind = "fine" if right else draw.pick(("few", "many", "sign", "letter", "plus"))
    size = draw.randint(p.low, p.high)
    size = (
        draw.randint(4, p.low - 1)
        if kind == "few"
        else p.high + draw.randint(1, 4)
        if kind == "many"
        else size
    )
    digits = "".join(draw.pick("0123456789") for _ in range(size))
    cut = draw.randint(1, max(1, min(4, size - 1)))
    text = draw.pick(("{}-{}", "{} {}", "({}) {}", "{}{}", "+{} {}", "+{}-{}", "+{}{}")).format(
        digits[:cut], digits[cut:]
    )
    at = draw.randint(2, len(text) - 1)
    if kind == "sign":
        text = text[:at] + draw.pick("/.,:*_#") + text[at:]
    elif kind == "letter":
        text = draw.pick(
            (text[:at] + draw.pick("xOlB") + text[at:], text + " ext", "tel " + text, text + " (home)")
        )
    elif kind == "plus":
        text = draw.pick((text[:at] + "+" + text[at:], text + "+"))
    return text, p.labels["yes" if right else "no"]


@area.family(
    "versions",
    "[check|say] whether the text is a version number of {count} whole numbers with dots between them, none with "
    "a needless zero in front, {v}: {yes} if it is, {no} otherwise",
    "{yes} = exactly {count} numbers divided by dots, no leading zeros (0 itself is fine), {v}; {no} = anything else",
    "Our [release script|package index] only takes versions made of {count} numbers, [such as|like] 1 or 10 or 0 "
    "but not 01, with single dots in between, {v}. Suffixes such as -beta are not allowed. [Answer|Return|Write] "
    "{yes} for a good version and {no} for a bad one.",
    given="a version string",
    count=number(2, 4),
    v=choice({"and with a small v before it": "v", "always preceded by the letter v in lower case": "v",
        "without a v before it": "", "nothing before it": ""}),
    labels=yes_no(),
)  # fmt: skip
def version_of_stated_shape(draw: Draw, p: Values) -> Pair:
    parts = [str(draw.pick((draw.randint(0, 9), draw.randint(0, 30)))) for _ in range(p.count)]
    good = p.v + ".".join(parts)
    text = good
    if draw.chance(0.5):
        at = draw.randrange(p.count)
        zero = [f"0{part}" if k == at else part for k, part in enumerate(parts)]
        text = draw.pick((
            p.v + ".".join(zero), p.v + ".".join([*parts, str(draw.randint(0, 9))]), p.v + ".".join(parts[1:]),
            good + draw.pick(("-beta", "b", "-rc1", ".x", "a1", ".")), ("v" if not p.v else "") + ".".join(parts),
            "V" + ".".join(parts), p.v + draw.pick((",", "-", "..", " . ")).join(parts),
            p.v + ".".join(["x" if k == at else part for k, part in enumerate(parts)]),
        ))  # fmt: skip
    right = re.fullmatch(p.v + r"\.".join([r"(0|[1-9]\d*)"] * p.count), text)
    return text, p.labels["yes" if right else "no"]


@area.family(
    "versions",
    "[bring|normalise] the version to three numbers with dots, {prefix}: add .0 for missing ones, [drop "
    "zeros|leave out zeros] in front of a number, {suffix}; {bad} if it does not begin with a number (after a "
    "possible v) or has more than three",
    "Version -> X.Y.Z, {prefix}; [fill with 0|missing ones are 0]; no leading zeros; {suffix}; leading v in the "
    "input is ignored. No number at the start, or over three numbers: {bad}.",
    "[Packages|Our plugins|Suppliers] report their versions as v2, 2.1, 2.01.0 or 2.1-beta. I want three numbers "
    "each time, {prefix}, the missing ones being 0 and without needless zeros; {suffix}. A v at the start of the "
    "input (or V) means nothing. If there are four or more numbers with dots, or no number to begin with, return "
    "{bad}.",
    given="a version string",
    difficulty=3,
    prefix=choice({"with a v in front": "v", "preceded by a small v": "v", "without anything in front": "",
        "no v in front": "", "with release- in front": "release-"}),
    suffix=choice({"a suffix after a hyphen (like -beta) is left out": False,
        "anything from a hyphen on is dropped": False,
        "a suffix after a hyphen (like -beta) stays at the end": True,
        "what follows a hyphen is kept, hyphen included": True}),
    bad=token("invalid", "INVALID", "error", "ERR", "?", "unknown", "null", "no version", "-", "n/a"),
)  # fmt: skip
def version_in_three_parts(draw: Draw, p: Values) -> Pair:
    numbers = [
        draw.pick((draw.randint(0, 9), draw.randint(0, 24))) for _ in range(draw.pick((1, 2, 2, 3, 3, 4)))
    ]
    suffix = draw.pick(("", "", "", "-beta", "-rc1", "-dev", "-alpha"))
    text = (
        draw.pick(("", "v", "v", "V"))
        + ".".join(f"{n:02}" if draw.chance(0.12) else str(n) for n in numbers)
        + suffix
    )
    if draw.chance(0.1):
        return draw.pick(
            ("latest", "stable", "beta", "next", "v", "dev-{}", "nightly", "x.y", "release {}")
        ).format(numbers[0]), p.bad
    if len(numbers) > 3:
        return text, p.bad
    full = (*numbers, 0, 0)[:3]
    return text, p.prefix + ".".join(map(str, full)) + (suffix if p.suffix else "")


@area.family(
    "colours",
    "[name|tell] the notation of the colour: {hexa} for # with 3 or 6 hexadecimal digits, {rgb} for rgb(...) with "
    "three whole numbers from 0 to 255, {word} for the English name of a colour, {bad} for anything else, wrong "
    "values included",
    "Colour value -> {hexa} (# + 3 or 6 hex digits), {rgb} (rgb(r, g, b), each 0-255), {word} (colour name in "
    "English), {bad} (everything else)",
    "The theme editor lets people type colours. Tell me what they typed: {hexa} when it is a hash sign with "
    "exactly three or six digits from 0-9 and a-f (either case), {rgb} when it is rgb( ) with three whole numbers "
    "up to 255, {word} when it is a plain colour name such as red, and {bad} when it is none of these or its "
    "digits or numbers are out of bounds.",
    given="a colour as typed",
    labels=labels(hexa=("hex", "hash", "hexadecimal"), rgb=("rgb", "function", "numbers"), word=("name", "word",
        "named"), bad=("invalid", "error", "none")),
)  # fmt: skip
def notation_of_a_colour(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("hexa", "rgb", "word", "bad"))
    text = _colour(draw, wanted)
    return text, p.labels[wanted]


def _hex_digits(draw: Draw, size: int) -> str:
    made = "".join(draw.pick("0123456789abcdef") for _ in range(size))
    return made.upper() if draw.chance(0.4) else made


def _colour(draw: Draw, kind: str) -> str:
    values = [draw.randint(0, 255) for _ in range(3)]
    joint = draw.pick((", ", ","))
    if kind == "hexa":
        return "#" + _hex_digits(draw, draw.pick((3, 6, 6)))
    if kind == "rgb":
        return f"rgb({joint.join(map(str, values))})"
    if kind == "word":
        return recased(draw, "==uc", draw.pick(words.KINDS["colour"][:10]))
    values[draw.randrange(3)] = draw.randint(256, 400)
    digits = _hex_digits(draw, 5)
    at = draw.randrange(6)
    return draw.pick((
        f"rgb({joint.join(map(str, values))})", f"rgb({joint.join(map(str, values[:2]))})", "#" + _hex_digits(draw, draw.pick((2, 4, 5, 7))),
        "#" + digits[:at] + draw.pick("ghkxz") + digits[at:], "#", draw.pick(words.NOUNS), _hex_digits(draw, 6) + "#",
    ))  # fmt: skip


@area.family(
    "colours",
    "[bring|normalise] the hexadecimal colour to six digits, {case}, {hash}; [of three digits each one is "
    "doubled|each of only three digits is doubled]; {bad} if it is not three or six hexadecimal digits with or "
    "without #",
    "[Hex colour|Hex code] -> 6 digits, {case}, {hash}; abc = aabbcc; not 3 or 6 hex digits (optional #): {bad}",
    "[Designers|Customers|Our editors] send colours as #abc, A1B2C3 or #a1b2c3. I store them with six digits, "
    "{case} and {hash}. Short ones are stretched by writing each of the three digits twice. [If there are more, "
    "fewer or wrong signs|For any other number of signs, or wrong ones], [write|store] {bad}.",
    given="a colour code",
    case=choice({"letters in capitals": True, "upper-case letters": True, "letters in lower case": False,
        "small letters": False}),
    hash=choice({"with # in front": "#", "a # at the front": "#", "without #": "", "no # before it": "",
        "with 0x in front": "0x"}),
    bad=token("invalid", "INVALID", "error", "ERR", "?", "no colour", "null", "-", "none", "reject"),
)  # fmt: skip
def hex_colour_in_six_digits(draw: Draw, p: Values) -> Pair:
    digits = _hex_digits(draw, draw.pick((3, 3, 6, 6, 6, 5, 4)))
    if draw.chance(0.12):
        digits = digits[:-1] + draw.pick("ghxzo")
    text = draw.pick(("#", "#", "")) + digits
    if not re.fullmatch(r"[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", digits):
        return text, p.bad
    full = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    return text, p.hash + (full.upper() if p.case else full.lower())
