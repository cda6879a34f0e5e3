"""PII and privacy: secrets, identity numbers."""

import re
import string

from programasweights.data.oracle.areas.pii import _banks as banks
from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, number, token, yes_no

__all__ = ["area"]

area = Area("PII and privacy")


def _mixed(draw: Draw, length: int) -> str:
    return "".join(draw.pick(string.ascii_letters + string.digits) for _ in range(length))


_KEY_LINES = ("export API={k}", "here is the key: {k}", "curl -H 'Authorization: {k}' https://api.example",
    "it worked with {k} yesterday", "client = Client(\"{k}\")", "use {k} for staging", "the old one ({k}) is revoked",
    "config: {{'key': '{k}', 'retries': 3}}",
              "{k}", "Why do I get 401 with {k}?", "please rotate {k} asap", "login=bot, pass={k}",
              "pasted by mistake -> {k}", "build 4412 uses {k}")  # fmt: skip


@area.family(
    "secrets",
    "replace every secret key in the text by {token} and leave the rest; a key is {prefix} followed directly by "
    "{size} or more letters or digits. [Anything shorter is no key.|With fewer characters it is no key.]",
    "Mask keys: {prefix} + at least {size} letters/digits -> {token} (prefix included). [Shorter ones stay.|Too "
    "short = leave it.] [Rest as is.|Rest unchanged.]",
    "People paste access keys into our [tickets|chat]. Ours begin with {prefix}, and then come at least {size} "
    "letters or digits without a break. Put {token} in place of each whole key; strings with another beginning or "
    "with fewer characters after it are not keys and stay.",
    given="a message or a piece of code",
    difficulty=3,
    prefix=token("sk-", "AKX", "ghx_", "tok_", "pat-", "key-", "xoz-", "LIVE_", "pk.", "zz:"),
    size=number(6, 12),
    token=token("[KEY]", "***", "<secret>", "REDACTED", "xxxx", "{{KEY}}", "(key removed)", "KEY_HERE"),
)  # fmt: skip
def keys_of_a_shape_masked(draw: Draw, p: Values) -> Pair:
    shown, hidden = [], []
    for line in draw.some(_KEY_LINES, 1, 3):
        kind = draw.pick(("key", "key", "short", "other"))
        prefix = (
            draw.pick([x for x in ("sq-", "AKY", "gh-", "top_", "kez_", "id-", "test_") if x != p.prefix])
            if kind == "other"
            else p.prefix
        )
        key = prefix + _mixed(
            draw, draw.randint(2, max(3, p.size - 2)) if kind == "short" else draw.randint(p.size, p.size + 8)
        )
        shown.append(line.format(k=key))
        hidden.append(line.format(k=p.token if kind == "key" else key))
    joint = draw.pick(("\n", "\n", " / "))
    return joint.join(shown), joint.join(hidden)


_SETTINGS = {
    "password": ("hunter22", "Sommer!2024", "p4ssw0rd", "letmein", "tr0ub4dor"), "api_key": ("9f8a7c", "AB12-CD34",
    "k_5512"), "token": ("eyJhbGci", "t-88812", "abcdef123"), "secret": ("s3cr3t", "moon-river", "zx81"),
    "user": ("admin", "deploy", "kira"),
    "host": ("db.local", "10.0.0.5", "mail.example"), "port": ("5432", "8080", "25"), "debug": ("true", "false"),
    "region": ("eu-west", "us-1"), "timeout": ("30", "5"), "db_password": ("qwert-11", "pg!pass"),
    "token_ttl": ("3600", "900"), "password_min_length": ("8", "12"),
}  # fmt: skip


@area.family(
    "secrets",
    "[replace|overwrite] the value of {keys} in the [settings|config file] by {token}; a key must match exactly[, "
    "letter case aside|, upper or lower case does not matter]; all other lines stay as they are",
    "[Settings file|Config|Configuration]: value of {keys} -> {token}. [Exact key names only|Only these exact keys] "
    "(any letter case), longer names that contain them stay.",
    "[Before I paste|Whenever I paste] a settings file into a [ticket|forum], the value of {keys} has to become "
    "{token}. The key itself stays, and so does every other line, [even|also] if a longer key contains one of these "
    "words. Keys may be in upper or lower case. Same format as before.",
    given="a settings file",
    keys=choice({
        "password": ("password",), "password and token": ("password", "token"), "secret": ("secret",),
        "api_key": ("api_key",), "api_key and secret": ("api_key", "secret"), "token": ("token",),
        "password, secret and api_key": ("password", "secret", "api_key"),
        "user and password": ("user", "password"), "host and user": ("host", "user"), "db_password": ("db_password",),
    }),
    token=token("***", "CHANGEME", "<hidden>", "xxx", "REDACTED", "...", "secret!", "your-value-here"),
)  # fmt: skip
def settings_values_hidden(draw: Draw, p: Values) -> Pair:
    chosen = draw.mix(
        draw.some(p.keys, 0 if draw.chance(0.1) else 1, len(p.keys))
        + draw.some([k for k in _SETTINGS if k not in p.keys], 1, 3)
    )
    form = draw.pick(("{k}={v}", "{k}: {v}", "{k} = {v}", '{k} = "{v}"', "export {k}={v}"))
    upper = draw.chance(0.4)
    shown, hidden = [], []
    for key in chosen:
        name, value = key.upper() if upper else key, draw.pick(_SETTINGS[key])
        shown.append(form.format(k=name, v=value))
        hidden.append(form.format(k=name, v=p.token if key in p.keys else value))
    return "\n".join(shown), "\n".join(hidden)


_GIVEN_AWAY = ("the wifi password is {w}", "My PIN is {d}, please use it", "log in as admin with {w}",
    "password: {w}", "pw = {w}", "I set it to {w} for now", "the code for the safe is {d}", "user kim, pass {w}",
    "alarm code {d}, don't forget to press enter",
               "You can use my account: kim / {w}", "the new passphrase is \"{w} {v}\"",
               "type {w} when it asks for the password", "the door opens with {d}#",
               "the key is under... just kidding, the code is {d}", "my card's PIN, {d}, is on the back",
               "root:{w}@db.local works for me")  # fmt: skip
_ONLY_NAMED = ("I forgot my password again", "Please reset the PIN of my card", "never tell anyone your password",
    "the password must have {s} characters", "who knows the code for the safe?", "Password changed on {t}",
    "I won't write the code here, call me", "login failed {s} times",
               "my password does not work any more!", "the wifi password is on the note in the kitchen",
               "we rotate all keys every {s} months", "Your passphrase expires in {s} days",
               "is the alarm code still the same?", "I sent you the password by SMS", "too many wrong PINs, blocked",
               "order {d} is missing a key for the drawer", "the password field is too short")  # fmt: skip


@area.family(
    "secrets",
    "[decide|say] whether the message gives away a secret, i.e. contains the actual password, PIN or code itself: "
    "{yes} if it does, {no} if it [only talks about one|merely mentions passwords or codes]",
    "{yes} = an actual password/PIN/access code can be read in it; {no} = none revealed[, talk about passwords is "
    "fine|, mentioning passwords is fine]",
    "A bot in our team chat should warn people who post [secrets|credentials]. Answer {yes} when the text itself "
    "shows the value of a password, PIN or access code, no matter how it is introduced. Answer {no} when it only "
    "speaks of passwords, asks for one or says where to find it.",
    given="a chat message",
    labels=yes_no(),
)  # fmt: skip
def secret_given_away(draw: Draw, p: Values) -> Pair:
    wanted = draw.chance(0.5)
    word = draw.pick(("{a}{n}", "{A}-{n}!", "{a}_{b}{n}", "{A}{n}$", "{n}{a}{n}")).format(
        a=words.noun(draw).replace(" ", ""),
        b=words.noun(draw).replace(" ", ""),
        A=words.noun(draw).title().replace(" ", ""),
        n=draw.randint(10, 2030),
    )
    text = draw.pick(_GIVEN_AWAY if wanted else _ONLY_NAMED).format(
        w=word,
        v=words.noun(draw),
        d=draw.randint(1000, 9999),
        s=draw.randint(3, 12),
        t=draw.pick(words.KINDS["weekday"]),
    )
    front = draw.pick(("", "", "", f"hey {banks.given_name(draw)}, ", "fyi ", "@all ", "Hi! "))
    return front + text + draw.pick(("", "", " thx", "!", " 🙏", "\n-- sent from my phone")), p.labels[
        "yes" if wanted else "no"
    ]


_SHAPES = {
    "two capital letters followed by six digits": "AA999999",
    "one capital letter followed by eight digits": "A99999999",
    "three digits, a hyphen, two digits, a hyphen and four digits": "999-99-9999",
    "nine digits in a row": "999999999",
    "two digits, a slash and five digits": "99/99999", "three capital letters, a hyphen and five digits": "AAA-99999",
    "four digits, one capital letter and four digits": "9999A9999",
    "six digits, a hyphen and four digits": "999999-9999",
    "one capital letter, a hyphen, six digits, a hyphen and one digit": "A-999999-9",
    "two capital letters, seven digits and one capital letter": "AA9999999A",
}  # fmt: skip
_ID_LINES = ("ID {x}", "passport {x}", "my number is {x}", "document no. {x} shown at the desk", "({x})", "Ref: {x}",
    "card {x} expired", "he gave {x} as his number", "{x}", "checked {x}, photo matches", "student no. {x}",
    "copy of {x} attached", "new permit {x} since May", "insured under {x}", "see also {x}")  # fmt: skip


def _shaped(draw: Draw, shape: str) -> str:
    return "".join(
        draw.pick("ABCDEFGHJKLMNPRSTUVWXYZ") if c == "A" else draw.pick("0123456789") if c == "9" else c
        for c in shape
    )


def _id_text(draw: Draw, shape: str, wanted: int) -> tuple[str, list[str]]:
    """A text with this many numbers of the shape and some of other shapes, and those of the shape in order."""
    shapes = draw.mix([shape] * wanted + draw.some([s for s in _SHAPES.values() if s != shape], 1, 3))
    values = [_shaped(draw, s) for s in shapes]
    lines = [line.format(x=v) for line, v in zip(draw.some(_ID_LINES, len(values)), values, strict=True)]
    return draw.pick((", ", "\n", "; ", " - ")).join(lines), [
        v for v, s in zip(values, shapes, strict=True) if s == shape
    ]


@area.family(
    "identity numbers",
    "[extract|find] the {which} id number of this shape in the text: {shape}. Copy it exactly; numbers of other "
    "shapes are something else; {none} if there is none",
    "{which} id in the text. Shape of an id: {shape}. [Anything else is no id.|Ignore everything else.] None there: "
    "{none}",
    "Our visitors' ids consist of {shape}. The note of the front desk may hold other numbers as well. [Return|Give "
    "me] the {which} id exactly as written, or {none} if no number in the note [has|fits] that shape.",
    given="a note of the front desk",
    which=choice({"first": 0, "last": -1}),
    shape=choice(_SHAPES),
    none=missing(),
)
def id_number_of_a_shape(draw: Draw, p: Values) -> Pair:
    text, found = _id_text(draw, p.shape, draw.pick((0, 1, 1, 2, 2)))
    return text, found[p.which] if found else p.none


@area.family(
    "identity numbers",
    "[replace|overwrite] {part} of each id in the text by {mark} (an id is made of {shape}), one {mark} for one "
    "digit; [letters, hyphens and slashes|all other signs] stay, and so do numbers of any other shape",
    "Id = {shape}. Mask {part} with {mark} (one per digit) in every id; [everything else|other numbers and text] "
    "unchanged.",
    "Please make our front desk notes safe to share. An id consists of {shape}; in each one of them {part} must be "
    "turned into {mark}, digit by digit, while letters, hyphens and slashes remain. Other numbers [are harmless|are "
    "no ids] and stay.",
    given="a note of the front desk",
    difficulty=3,
    shape=choice(_SHAPES),
    part=choice({"all digits": "all", "every digit": "all", "all digits but the last two": "tail",
    "every digit except the last two": "tail", "the first two digits": "head", "the last three digits": "end"}),
    mark=token("*", "#", "x", "X", "•", "?", "_"),
)  # fmt: skip
def digits_of_ids_masked(draw: Draw, p: Values) -> Pair:
    text, found = _id_text(draw, p.shape, draw.pick((0, 1, 1, 1, 2)))
    hidden = text
    for value in found:
        places = [m.start() for m in re.finditer(r"\d", value)]
        chosen = {"all": places, "tail": places[:-2], "head": places[:2], "end": places[-3:]}[p.part]
        hidden = hidden.replace(value, "".join(p.mark if n in chosen else c for n, c in enumerate(value)))
    return text, hidden


_PLATES = {
    "two letters, two digits, a space and three letters": "AA99 AAA",
    "one to three letters, a hyphen, two letters, a space and one to four digits": "long",
    "three letters, a hyphen and four digits": "AAA-9999",
    "two letters, a hyphen, three digits, a hyphen and two letters": "AA-999-AA",
    "four digits, a space and three letters": "9999 AAA", "one digit, three letters and three digits": "9AAA999",
}  # fmt: skip
_PLATE_LINES = (
    "red van {x} in front of gate {g}",
    "{x} parked on the lawn again!",
    "The car with the plate {x} left at {t}.",
    "plate: {x}, fine ${f}",
    "Who owns {x}? lights are on",
    "camera {g}: {x} at {t}",
    "{x} and its trailer block row {g}",
    "saw {x} twice at {t}",
    "Visitor pass {f} for {x}",
    "{n} drives {x}",
    "nobody at gate {g}",
    "Ticket {f} was paid",
)


@area.family(
    "identity numbers",
    "[replace|mask] every licence plate ([all in capitals|capital letters], {shape}) in the [text|post] by {token}; "
    "[everything else stays|leave the rest]",
    "[Licence plates|Car plates|Number plates] -> {token}. [A plate is|Shape of a plate:] {shape}, letters in "
    "capitals. [No other change.|Gate numbers, times, fines stay.]",
    "[Residents|People|Neighbours] report cars in our forum, and the plates [must not be public|should not be seen]. "
    "Plates here have {shape}, always in capitals. Put {token} for each plate and [leave|keep] the rest of the post.",
    given="a post of a residents' forum",
    shape=choice(_PLATES),
    token=token("[PLATE]", "***", "<plate>", "XX", "(plate)", "---", "hidden", "[car]", "█"),
)
def licence_plates_hidden(draw: Draw, p: Values) -> Pair:
    lines = []
    for line in draw.some(_PLATE_LINES, 1, 3):
        shape = "A" * draw.randint(1, 3) + "-AA " + "9" * draw.randint(1, 4) if p.shape == "long" else p.shape
        lines.append(
            (
                line.format(
                    x="{x}",
                    g=draw.randint(1, 9),
                    t=f"{draw.randint(7, 22)}:{draw.randint(10, 59)}",
                    f=draw.randint(20, 999),
                    n=banks.given_name(draw),
                ),
                _shaped(draw, shape),
            )
        )
    joint = draw.pick(("\n", " / ", "\n"))
    return joint.join(line.format(x=x) for line, x in lines), joint.join(
        line.format(x=p.token) for line, _ in lines
    )
