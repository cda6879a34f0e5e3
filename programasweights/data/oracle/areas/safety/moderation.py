"""House rules and their exceptions, bad language."""

import re

from programasweights.data.oracle.areas.fuzzy_classification._banks import (
    bank,
    capital,
    chain,
    say,
)
from programasweights.data.oracle.banks import names, noise, prose
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Safety and quality")

_PLAIN_POSTS = bank("""I loved the part about {city} / does anyone know when the {noun} opens? / thank you for the photos from {month} / my {item} has served me for {n} years / the talk on {day} was a bit long / I will be in {city} on {day} / what a lovely {noun} / I do not agree with {first}, but it was a fair point / the recipe worked on the second try / can
someone explain step {n}? / greetings from {city} / the new layout is easier to read / I learned a lot here / {first} asked about the {noun} last week / our club meets at {clock} / the weather in {city} was fine / I read it on the train / there are {num} steps up to the tower / it took me {n} hours / nice work, {first}""")
_BREACHES = {
    "phone": bank("""call me on {phone} / my number is {phone} / text me: {phone} / ring {phone} after {clock} / you can reach me at {phone}"""),
    "link": bank("""see {url} / more at {url} / I found it here: {url} / {url} explains it / look at {url} please"""),
    "sale": bank("""I sell my {item} for {money} / {item} for sale, {money} / who wants to buy my {item}? {money} / I am getting rid of my {item}, {money} and it is yours / buy my used {item}, only {money}"""),
    "insult": bank("""{first}, you are an idiot / you are all fools / shut up, {first}, you moron / {first} is a stupid clown / you brainless donkey, {first} / what a dimwit you are, {first}"""),
    "spoiler": bank("""the murderer is {first}, by the way / in the last episode {first} dies / they find the treasure in {city} at the end of the film / spoiler: {first} turns out to be the thief / the final scene shows that it was all a dream"""),
}  # fmt: skip
_RULES = {
    "phone": ("no phone numbers", "phone numbers are forbidden", "do not post phone numbers"),
    "link": ("no links", "links are forbidden", "do not post web addresses"),
    "sale": ("no selling", "offers for sale are forbidden", "do not offer things for sale"),
    "insult": ("no insults", "insults are forbidden", "do not insult anyone"),
    "spoiler": (
        "do not give away the end of a story",
        "no endings of films or series",
        "spoilers are forbidden",
    ),
}
_ORDERS = (
    ("phone", "link", "insult"),
    ("insult", "sale", "link"),
    ("link", "spoiler", "phone"),
    ("sale", "phone", "spoiler"),
    ("insult", "spoiler", "sale", "link"),
    ("phone", "sale", "link", "insult"),
    ("spoiler", "insult", "phone", "sale"),
)


def _rule_lists() -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for order in _ORDERS:
        for wording in range(3):
            for mark in ("({})", "{})"):
                made[
                    "; ".join(f"{mark.format(n)} {_RULES[kind][wording]}" for n, kind in enumerate(order, 1))
                ] = order
    return made


def _breach(draw: Draw, kind: str) -> str:
    return say(draw, _BREACHES[kind], phone=names.phone(draw), url=names.url(draw))


@area.family(
    "house rules",
    "[check|test] the post against the rules {rules}. [List|Write|Give] the numbers of all rules that it breaks, lowest first, [separated by|divided by] {separator}, or {none} if it breaks none",
    "Rules: {rules}. [Numbers of the broken ones|Which are broken? Numbers only], in ascending order, {separator} between them; none broken: {none}",
    "I moderate a small forum with these rules: {rules}. For every post I want to see which rules it breaks. [Return|Give me] their numbers (no brackets) from low to high with {separator} between them. [A post may break several rules.|Several rules can be broken at once.] When a post is fine, [return|write] {none}.",
    given="a forum post",
    difficulty=3,
    rules=choice(_rule_lists()),
    separator=separator(),
    none=missing("ok", "fine", "clean"),
)  # fmt: skip
def forum_rules_broken(draw: Draw, p: Values) -> Pair:
    broken = draw.some(tuple(_BREACHES), draw.pick((0, 1, 1, 2, 2, 3)))
    parts = [_breach(draw, kind) for kind in broken] + [
        chain(draw, t) for t in draw.some(_PLAIN_POSTS, 1 if not broken else 0, 2)
    ]
    text = " ".join(capital(part) + ("" if part[-1] in "?!" else ".") for part in draw.mix(parts))
    return noise.untidy(draw, text), p.separator.join(
        str(n) for n, kind in enumerate(p.rules, 1) if kind in broken
    ) or p.none


_OUR = (
    "gardenhelp.org",
    "our-town.net",
    "bikeclub.eu",
    "example-school.edu",
    "cookbook.io",
    "chessfriends.com",
    "trailmap.info",
    "openlibrary.example",
    "mathcircle.org",
    "birdwatch.net",
)


@area.family(
    "house rules",
    "[decide|say] whether the comment may stay: {keep} if all web addresses in it lead to {ours} or its subdomains (or there are none), {drop} if [at least one|any] leads elsewhere",
    "Only links to {ours} (subdomains included) are allowed in comments: {drop} if a comment has any other link, otherwise {keep}",
    "People may comment on our pages, without advertising for others. The only links we accept point to {ours} or to something like forum.{ours} in front of the same domain. [Answer|Return] {drop} as soon as there is one link to another host, even if the address merely contains our name somewhere, and {keep} for all other comments, links or not.",
    given="a comment",
    difficulty=3,
    ours=choice(*_OUR),
    labels=labels(keep=("keep", "allowed", "publish"), drop=("drop", "forbidden", "delete")),
)  # fmt: skip
def only_own_links_in_comment(draw: Draw, p: Values) -> Pair:
    bad = draw.chance(0.5)
    path = draw.pick(("", "/", "/page/{}", "/news?id={}", "/{}-help")).format(draw.randint(2, 999))
    own = (
        draw.pick(
            ("https://{}", "http://{}", "https://www.{}", "https://forum.{}", "www.{}", "https://m.{}")
        ).format(p.ours)
        + path
    )
    name = p.ours.split(".")[0]
    foreign = draw.pick(
        (
            names.url(draw),
            f"https://{p.ours}.{names.domain(draw)}{path}",
            f"https://{name}.{draw.pick(('biz', 'shop', 'click', 'xyz'))}{path}",
            f"http://my-{p.ours}{path}",
            f"https://{names.domain(draw)}/{p.ours}",
        )
    )
    links = ([foreign] if bad else []) + ([own] if draw.chance(0.3 if bad else 0.9) else [])
    said = [
        draw.pick(
            (
                "See {} for more",
                "I found this: {} and it helped",
                "Look here {}",
                "{} has the answer",
                "It is on {} somewhere",
                "({} is the page I mean)",
            )
        ).format(link)
        for link in draw.mix(links)
    ]
    parts = draw.mix(said + [capital(chain(draw, t)) for t in draw.some(_PLAIN_POSTS, 1, 2)])
    return noise.untidy(draw, "\n".join(parts)), p.labels["drop" if bad else "keep"]


_GOODS = {
    "knives": bank("""hunting knife, {n} inch blade / pocket knife with a bone handle / old army knife / throwing knives, set of {n} / folding knife, hardly used"""),
    "kitchen knives": bank("""bread knife, serrated / chef's knife for the kitchen / vegetable knife, {n} cm / cheese knife with wooden handle / set of {n} steak knives"""),
    "animals": bank("""{n} kittens looking for a home / young rabbit, brown / parrot with cage / pony, {n} years old / puppies, ready in {month}"""),
    "aquarium fish": bank("""{n} goldfish for your aquarium / neon tetras, group of {n} / guppies from my own aquarium / angelfish, {n} cm / {n} small catfish for the tank"""),
    "alcohol": bank("""bottle of vodka / {n} crates of beer / old whisky, unopened / gin from {city} / rum, {n} years old"""),
    "cooking wine": bank("""cooking wine, {n} bottles / bottle of cooking wine for sauces / cooking wine, white, cheap / box of cooking wine from {city}"""),
    "medicines": bank("""painkillers, pack of {n}0 / antibiotics, left over / sleeping pills, unopened / blood pressure tablets / strong cough medicine"""),
    "plasters": bank("""box of {num} plasters / sticking plasters for children / plasters, waterproof / plasters in {n} sizes"""),
    "else": bank("""{item}, hardly used / wooden {noun} from {city} / {item} with cable / {n} books about {city} / blue {item}, like new / pair of boots, size 4{n} / jigsaw puzzle, {num} pieces / curtains, {n} metres / old map of {city}"""),
}  # fmt: skip
_EXCEPTIONS = {
    "knives": "kitchen knives",
    "animals": "aquarium fish",
    "alcohol": "cooking wine",
    "medicines": "plasters",
}


def _bans() -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for kind, exception in _EXCEPTIONS.items():
        for other in _EXCEPTIONS:
            if other != kind:
                made[f"{kind} (except {exception}) and {other} of any kind, {_EXCEPTIONS[other]} too"] = (
                    kind,
                    other,
                    _EXCEPTIONS[other],
                )
                made[
                    f"{kind}, though {exception} are fine, and {other}, {_EXCEPTIONS[other]} included".replace(
                        "cooking wine are", "cooking wine is"
                    )
                ] = (kind, other, _EXCEPTIONS[other])
                made[f"{kind} and {other}, the exceptions being {exception} and {_EXCEPTIONS[other]}"] = (
                    kind,
                    other,
                )
    return made


@area.family(
    "house rules",
    "[check|decide] whether the offer is allowed on a flea market site that bans {banned}: {ok} if it is, {bad} if it is banned. Everything else may be sold",
    "Banned: {banned}. All else is fine. Offer allowed -> {ok}, banned -> {bad}",
    "I run a flea market for our town on the web. What may not be sold: {banned}. Nothing else is forbidden. [Tell me|Say] for each offer whether it can go online ({ok}) or has to be turned down ({bad}).",
    given="an offer on a flea market",
    difficulty=3,
    banned=choice(_bans()),
    labels=labels(ok=("allowed", "ok", "accept"), bad=("banned", "forbidden", "reject")),
)  # fmt: skip
def offer_banned_with_exceptions(draw: Draw, p: Values) -> Pair:
    allowed = [kind for kind in _GOODS if kind not in p.banned]
    bad = draw.chance(0.5)
    if bad:
        kind = draw.pick(p.banned)
    else:
        near = [kind for kind in allowed if kind in _EXCEPTIONS.values()]
        kind = draw.pick(near) if near and draw.chance(0.6) else draw.pick(allowed)
    text = capital(say(draw, _GOODS[kind]))
    price = draw.pick(("{}", "asking {}", "{} or best offer", "price: {}", "yours for {}")).format(
        draw.pick(("${}", "€{}", "£{}", "{} euros")).format(draw.randint(3, 70))
    )
    where = draw.pick(("", "", "pick-up in {}", "can be posted from {}", "{}, near the station")).format(
        names.city(draw)
    )
    rest = [r for r in (price, where) if r]
    return noise.untidy(draw, text + draw.pick((" - ", ", ", ". ", "\n")) + ", ".join(rest)), p.labels[
        "bad" if bad else "ok"
    ]


_SWEARS = ("damn", "hell", "crap", "bloody", "bugger", "darn", "sod", "arse", "dang", "heck")
_SWEAR_LINES = bank(
    """what the {x} is this / oh {x}, I missed the bus to {city} / this {x} {noun} again / {x}! The {item} fell on the floor / why is the {x} printer never on / {first} said "{x}" twice / {x} it all, I am going home / that was a {x} long day / no {x} way / where the {x} is my {noun} / who wrote this {x} / it is {x} cold in {city}"""
)
_CLEAN_LINES = bank("""see you on {day} / the {noun} looks good / hello from the shelf / I said hello to {first} / the shell on the beach / a scrap of paper / the sodium in the soup / {first} paid {money} / we met at {clock} / she told me to shell the peas / the arsenal won on {day}""")  # fmt: skip


def _swear_lists() -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for start in range(len(_SWEARS)):
        for size in (3, 4):
            chosen = tuple(_SWEARS[(start + 3 * k) % len(_SWEARS)] for k in range(size))
            made[", ".join(chosen)] = chosen
    return made


@area.family(
    "bad language",
    "[mask|hide|censor] these words in the [text|message], in any letter case but only as whole words: {words}. {how}. [All else|Everything else] remains unchanged",
    "[Words to mask|Bad words|Block list]: {words} (whole words, any letter case). {how}. [Rest unchanged|No other change].",
    "Our game chat is read by children, so these words have to go: {words}. They count in capitals, too, but not as part of a longer word. {how}. [Return the message otherwise as it was.|Leave other words alone, rude or not.]",
    given="a chat message",
    words=choice(_swear_lists()),
    how=choice({
        "Keep the first letter and put an asterisk for each further letter": "first*", "The first letter stays, every other letter turns into *": "first*",
        "Put an asterisk for each letter": "*", "Every letter becomes *": "*", "Replace each of them by ***": "***", "Write *** for each of them, however long it is": "***",
        "Replace each by [bleep]": "[bleep]", "Put [bleep] in their place": "[bleep]", "Keep first and last letter and put a hyphen for each letter between": "ends-", "Only the letters between the first and the last turn into hyphens": "ends-",
    }),
)  # fmt: skip
def listed_words_masked(draw: Draw, p: Values) -> Pair:
    lines = []
    for line in draw.some(_SWEAR_LINES, 1, 2) + draw.some(_CLEAN_LINES, 0, 1):
        word = (
            draw.pick(p.words) if draw.chance(0.75) else draw.pick([w for w in _SWEARS if w not in p.words])
        )
        lines.append(chain(draw, line, x=word.upper() if draw.chance(0.2) else word))
    text = draw.pick((". ", ", ", "\n", "... ")).join(
        capital(line) if draw.chance(0.6) else line for line in draw.mix(lines)
    )

    def masked(found: re.Match[str]) -> str:
        word = found.group()
        if p.how == "first*":
            return word[0] + "*" * (len(word) - 1)
        if p.how == "ends-":
            return word[0] + "-" * (len(word) - 2) + word[-1]
        return "*" * len(word) if p.how == "*" else str(p.how)

    return text, re.sub(rf"\b(?:{'|'.join(p.words)})\b", masked, text, flags=re.IGNORECASE)


_WHOLE = r"(?<!['’\w-])[^\W\d_]{2,}(?!['’\w-])"
"""A word without apostrophes and hyphens."""


def _ended(text: str) -> str:
    text = text.replace("!", ".")
    return text if text[-1] in ".?" else text + "."


@area.family(
    "bad language",
    "[check|judge] the tone by its form alone: {caps} if [at least|no fewer than] {words} words (of two or more letters) are in capitals throughout, otherwise {marks} if there are {signs} or more exclamation marks in the text, otherwise {ok}",
    "{words}+ words (2+ letters) all in capitals -> {caps}; if not, {signs}+ exclamation marks in all -> {marks}; else {ok}",
    "I want to warn people who shout in our chat. [First rule|Rule one]: a message with {words} or more words that are written in capitals only (single letters such as I do not count) gets {caps}. [Second rule|Rule two], if the first one does not apply: {signs} or more exclamation marks anywhere in the message make it {marks}. All others: {ok}.",
    given="a chat message",
    difficulty=3,
    words=number(2, 4),
    signs=number(2, 5),
    labels=labels(caps=("caps", "shouting", "loud"), marks=("marks", "excited", "exclaiming"), ok=("ok", "calm", "fine")),
)  # fmt: skip
def shouting_by_capitals_or_marks(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("caps", "marks", "ok"))
    text = prose.chat(draw)
    text = _ended(capital(text))
    words = re.findall(r"[^\W\d_]+", re.sub(r"\b[A-Z]{2,}\b", "", text))
    while len(words) < p.words + 2:
        text += " " + _ended(capital(prose.chat(draw)))
        words = re.findall(r"[^\W\d_]+", text)
    long = list(
        dict.fromkeys(
            w
            for w in re.findall(_WHOLE, text)
            if not w.isupper() and text.count(w) == 1 and w not in ("am", "pm")
        )
    )
    wanted = draw.randint(p.words, p.words + 2) if kind == "caps" else draw.randint(0, p.words - 1)
    for word in draw.some(long, wanted):
        text = text.replace(word, word.upper())
    signs = (
        draw.randint(p.signs, p.signs + 2)
        if kind == "marks" or (kind == "caps" and draw.chance(0.4))
        else draw.randint(0, p.signs - 1)
    )
    text = text.rstrip(".") + "!" * signs
    caps = sum(w.isupper() for w in re.findall(_WHOLE, text))
    found = "caps" if caps >= p.words else "marks" if text.count("!") >= p.signs else "ok"
    return text, p.labels[found]
