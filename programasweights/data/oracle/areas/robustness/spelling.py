"""Robustness: typing errors and disguised spelling."""

import difflib
import re

from programasweights.data.oracle.areas.robustness._banks import cased
from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("Robustness to variations")

_REQUESTS = {
    "parcel": ("where is my parcel", "my package has not arrived yet",
    "the tracking number shows nothing since monday", "the courier left "
               "my box at the wrong door", "when will you deliver my order", "the delivery is five days late",
               "my shipment is stuck at customs",
               "the driver never rang my bell", "has my order been shipped already",
               "the parcel was delivered to somebody else"),
    "money": ("you charged my card twice", "the amount on the invoice is wrong",
    "i need a receipt for my payment", "why did you take forty "
              "euros from my account", "please send me the bill again", "my refund has not been paid yet",
              "the discount was not taken off the price",
              "the payment by card was declined", "there is an unknown fee on my bill", "can i pay by bank transfer"),
    "login": ("i forgot my password", "the app says my username is unknown", "i cannot log in since the update",
    "my account is locked after three "
              "attempts", "the reset mail for my password never comes", "the code for signing in does not work",
              "it logs me out every minute",
              "how do i change my password", "the sign in page only shows an error", "someone else uses my account"),
    "leave": ("please cancel my subscription", "i want to end my contract",
    "how can i close my account for good", "stop my membership at the end "
              "of the month", "i do not want to renew my plan", "delete my profile and end everything",
              "i would like to quit the service",
              "cancel my plan before the next month", "terminate my contract please",
              "i no longer want to be a member"),
}  # fmt: skip


def _messy(draw: Draw, text: str) -> str:
    """Badly typed, but still clear."""
    text = noise.typos(draw, text, draw.randint(1, 4))
    kind = draw.randrange(6)
    if kind == 0:
        text = text.upper()
    elif kind == 1:
        text = "".join(c.upper() if draw.chance(0.3) else c for c in text)
    elif kind == 2:
        text = text.capitalize() + draw.pick(("?", ".", "!!", "..."))
    elif kind == 3:
        text = re.sub(" ", lambda _: draw.pick((" ", "  ", " ", " .. ")), text)
    return (
        draw.pick(("", "", "", "hi ", "HELLO!! ", "hey, ", "urgnet: ", "pls help "))
        + text
        + draw.pick(("", "", "", " thx", " ???", " :("))
    )


@area.family(
    "typing errors",
    "sort the [badly typed|hastily typed|messy] request: {parcel} for anything about delivery, {money} for "
    "payments, bills and refunds, {login} for "
    "passwords and [signing in|access to the account], {leave} if the [user|customer] wants to end the "
    "[contract|plan] or account",
    "[Request|Message] full of typos -> label. Delivery {parcel}, [money|payments] {money}, [login "
    "trouble|password and login] {login}, wants to "
    "[quit|end it] {leave}",
    "Our customers type on their phones and make lots of mistakes. [Find out|Work out] what they mean all the "
    "same and answer {parcel} when it is about "
    "a delivery, {money} when it is about a payment or a bill, {login} when they cannot get into their account "
    "[or forgot a password|], and {leave} when "
    "they want to stop being a customer.",
    given="a support request",
    labels=labels(
        parcel=("delivery", "shipping"),
        money=("billing", "payment"),
        login=("login", "access"),
        leave=("cancel", "churn"),
    ),
)
def topic_of_a_badly_typed_request(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_REQUESTS))
    return _messy(draw, draw.pick(_REQUESTS[kind])), p.labels[kind]


_LISTS = (
    ("Berlin", "Hamburg", "Munich", "Cologne", "Dresden"),
    ("banana", "cherry", "pineapple", "strawberry", "apricot"),
    ("Sales", "Marketing", "Accounting", "Research", "Logistics"),
    ("kitchen", "bathroom", "garage", "basement", "balcony"),
    ("Thursday", "Saturday", "Monday", "Wednesday"),
    ("violin", "trumpet", "clarinet", "guitar", "accordion"),
    ("Portugal", "Norway", "Canada", "Vietnam", "Morocco"),
    ("invoice", "contract", "reminder", "application", "certificate"),
    ("Python", "JavaScript", "Haskell", "Fortran", "Kotlin"),
    ("cotton", "leather", "polyester", "velvet", "linen"),
    ("manager", "engineer", "designer", "assistant", "director"),
    ("pending", "shipped", "delivered", "returned", "cancelled"),
)


def _slip(draw: Draw, word: str) -> str:
    """The word with one or two letters wrong."""
    for _ in range(draw.randint(1, 2)):
        at = draw.randint(1, len(word) - 2)
        kind = draw.randrange(4)
        if kind == 0:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif kind == 1 and len(word) > 5:
            word = word[:at] + word[at + 1 :]
        elif kind == 2:
            word = word[:at] + word[at] + word[at:]
        else:
            word = word[:at] + draw.pick("aeiourstnl") + word[at + 1 :]
    return word


@area.family(
    "typing errors",
    "match the [entry|input] to one of these: {items}. It may be misspelt or in odd letter case; write the "
    "[listed|correct] spelling, or {none} if it is "
    "clearly none of them",
    "[Allowed values|Valid values|Known values]: {items}. [Map|Correct] the (perhaps mistyped) [input|entry] "
    "to the right one, spelled as here; anything else "
    "-> {none}",
    "In our form people type freely what should be one of {items}. Mistakes of a letter or two, capitals, "
    "spaces and punctuation do not matter. [Give me|Return] "
    "the value as I [wrote it|listed it], or {none} when the [entry|text] is something quite different.",
    given="an entry from a form",
    items=choice({", ".join(v): v for v in _LISTS}),
    none=missing("other", "unknown"),
)
def misspelt_entry_to_listed_value(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.22):
        other = draw.pick([v for v in _LISTS if v != p.items])
        meant, text = p.none, draw.pick(other)
        if difflib.get_close_matches(text.lower(), [i.lower() for i in p.items], 1, 0.55):
            text = "zoo ticket"
    else:
        meant = draw.pick(p.items)
        text = _slip(draw, meant) if draw.chance(0.8) else meant
        if difflib.get_close_matches(text.lower(), [i.lower() for i in p.items], 1, 0)[0] != meant.lower():
            text = meant
    text = cased(draw, text, "", "lower", "upper", "swapcase", "capitalize")
    return draw.pick(("{}", "{}", " {}", "{} ", "{}.", "{}!", '"{}"', "{}\n", "- {}", "({})", "{} ?")).format(
        text
    ), meant


_LEET = {
    "4=a, 3=e, 1=i, 0=o, 5=s, 7=t": (("a", "4"), ("e", "3"), ("i", "1"), ("o", "0"), ("s", "5"), ("t", "7")),
    "4 = a, 3 = e, 1 = l, 0 = o, $ = s, 7 = t": (
        ("a", "4"),
        ("e", "3"),
        ("l", "1"),
        ("o", "0"),
        ("s", "$"),
        ("t", "7"),
    ),
    "@ for a, 3 for e, ! for i, 0 for o, 5 for s, + for t": (
        ("a", "@"),
        ("e", "3"),
        ("i", "!"),
        ("o", "0"),
        ("s", "5"),
        ("t", "+"),
    ),
    "4 for a, 3 for e, 1 for i, 0 for o": (("a", "4"), ("e", "3"), ("i", "1"), ("o", "0")),
    "@=a, 8=b, 3=e, 6=g, 0=o, 7=t": (("a", "@"), ("b", "8"), ("e", "3"), ("g", "6"), ("o", "0"), ("t", "7")),
}
_PLAIN = ("meet me at the {n}", "the {n} is behind the {m}", "never trust a {n}", "this {n} is mine",
    "who wants a {a} {n}", "we are the best",
          "hide the {n} under the {m}", "the {a} {n} wins again", "see you at the {n} tonight",
          "secret {n} inside", "no {n} left here",
          "your {n} is gone", "join the {a} side", "open the {n} now", "i like {a} things",
          "message from the {n}", "nobody saw the {a} {n}")  # fmt: skip


def _plain(draw: Draw) -> str:
    text = draw.pick(_PLAIN)
    return text.format(n=words.noun(draw), m=words.noun(draw), a=draw.pick(words.ADJECTIVES))


@area.family(
    "disguised spelling",
    "[turn|translate|change] the leetspeak back into [plain|normal|ordinary] text. [These characters stand for "
    "letters|Read the characters like this]: {table}. "
    "[Write|Give] the [result|text] {case}",
    "[Leetspeak|Leet|1337] -> [plain text|normal words], {table}; [output|result|everything] {case}[, spaces kept|]",
    "[Players in our game|Users of our forum|Spammers] write [words|messages] with digits and signs in place "
    "of letters to get round the [filter|word filter]: {table}. "
    "[Undo it|Reverse that], change nothing else, and [write|give] the whole text {case}.",
    given="a chat line",
    table=choice(_LEET),
    case=choice({"in lower case": "lower", "in capitals": "upper", "in small letters only": "lower",
        "in capital letters": "upper",
                 "in lower case except for a capital at the very start": "capitalize"}),
)  # fmt: skip
def leetspeak_back_to_letters(draw: Draw, p: Values) -> Pair:
    plain = _plain(draw)
    share = draw.pick((0.4, 0.7, 1.0))
    signs = dict(p.table)
    text = "".join(signs[c] if c in signs and draw.chance(share) else c for c in plain)
    text = cased(draw, text, "", "", "upper", "title")
    return text, str(getattr(plain, p.case)())


@area.family(
    "disguised spelling",
    "[join|put together] the letters that are pulled apart[ in the text|]. [Between letters there is|Letters "
    "are parted by] one space, dot, hyphen or underscore, between words "
    "{gap}; [write|give] the words {case}, with single spaces",
    "[S p a c e d|P.u.l.l.e.d a-p-a-r-t] letters -> [words|normal words]. One space, dot, hyphen or underscore "
    "= inside a word; {gap} = [between words|next word]. Result {case}, [one space between words|"
    "single spaces]",
    "[Spammers|Some users|Trolls] write l-i-k-e t-h-i-s or with dots and spaces[ to fool the filter|]. [Please "
    "restore|Restore|Rebuild] the words: a single space, dot, hyphen or underscore stands between the letters of "
    "a word and {gap} stands between two words. [The words shall|They must] come out {case} with one space "
    "between them.",
    given="a disguised text",
    gap=choice(
        {
            "a slash": " / ",
            "three spaces": "   ",
            "a vertical bar": " | ",
            "two or more spaces": "  ",
            "a plus sign": " + ",
        }
    ),
    case=choice(
        {
            "in lower case": "lower",
            "in capitals": "upper",
            "with a capital letter at the start of each word": "title",
        }
    ),
)
def spaced_out_letters_joined(draw: Draw, p: Values) -> Pair:
    plain = _plain(draw)
    inner = draw.pick((" ", " ", ".", "-", "_"))
    text = p.gap.join(inner.join(w) for w in plain.split())
    text = cased(draw, text, "", "upper")
    return text, str(getattr(plain, p.case)())


@area.family(
    "disguised spelling",
    "[shorten|cut] stretched [spelling|writing] [in the message|in the text]: [any run of|every run of|each "
    "run of] three or more of the same {unit} becomes "
    "{count}; {case}. [Leave|Keep] everything else[ as it is|], also real doubles",
    "[Stretched|Drawn-out] [text|chat]: runs of 3+ equal {unit}s -> {count}, runs of two [stay|are kept]; {case}",
    "[Chat users|People in our chat|Teenagers] write things like 'sooooo goood!!!!'. Before I [search|compare] "
    "the messages I want this tidied: wherever the same {unit} "
    "stands three times or more in a row, keep {count}. Pairs such as in 'good' are fine, nothing else "
    "changes[ in the text|]; {case}.",
    given="a chat message",
    unit=choice({"letter": "[A-Za-z]", "letter or punctuation mark": "[A-Za-z!?.]", "punctuation mark": "[!?.]",
        "letter (not punctuation)": "[A-Za-z]"}),
    count=choice({"exactly one": 1, "just one": 1, "exactly two": 2, "two of it": 2}),
    case=choice({"leave the letter case alone": "", "at the end turn all letters into small ones": "lower",
        "the letter case stays": "",
                 "finally put the whole text in lower case": "lower", "then write all of it in capitals": "upper"}),
)  # fmt: skip
def stretched_runs_shortened(draw: Draw, p: Values) -> Pair:
    base = draw.pick(("that was so good", "no way", "please come home", "yes we did it", "I love this {n}",
        "what a {a} day", "hello everybody", "help me with the {n}",
                      "where are you", "stop it now", "the {n} is really {a}", "see you soon", "I need sleep",
                      "well done {w}", "happy birthday {w}", "wow a new {n}",
                      "come on {w}, hurry up", "oh my, a {a} {n}", "my {n} is so cool"))  # fmt: skip
    text = base.format(n=words.noun(draw), a=draw.pick(words.ADJECTIVES), w=names.first_name(draw))
    spots = [m.start() for m in re.finditer(r"[aeioulmsy](?=[a-z ,]|$)", text)]
    for at in sorted(draw.some(spots, 1, 3), reverse=True):
        text = text[:at] + text[at] * draw.randint(2, 6) + text[at + 1 :]
    text += draw.pick(("", "!", "!!!", "!!!!!", "...", "???", "??", ".", "......"))
    if draw.chance(0.2):
        text = text.upper()
    out = re.sub(rf"({p.unit})\1\1+", lambda m: m.group(1) * p.count, text)
    return text, str(getattr(out, p.case)()) if p.case else out
