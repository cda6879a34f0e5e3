"""Core text processing: choosing words, properties of a text, replacing, counting words."""

import re

from programasweights.data.oracle.areas.core_text._banks import (
    digits_or_word,
    number_text,
    plain_first_name,
    recased,
    with_articles,
)
from programasweights.data.oracle.banks import names, noise, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator, token, yes_no

__all__ = ["area"]

area = Area("Core text processing")


@area.family(
    "selection of words",
    "[list|give|write down|return] the words of the text that have {size} or more letters, [in their order|in the "
    "same order], [separated by|divided by] {separator}; if there are none, [write|answer|say] {none}",
    "[find|pick out|extract] every word [of|with] at least {size} letters and join them with {separator}. [Ignore "
    "punctuation.|Punctuation does not belong to a word.] [No such word|Nothing found]: {none}.",
    "Words of {size}+ letters, [joined with|joined by|put together with] {separator} ({none} if no such word)",
    given="a sentence",
    size=number(6, 10),
    separator=separator(),
    none=missing(),
)
def words_of_some_length(draw: Draw, p: Values) -> Pair:
    text = noise.untidy(draw, prose.sentence(draw))
    found = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) >= p.size]
    return text, p.separator.join(found) or p.none


_TAGS = tuple(
    """sunset travel MondayMood coffee running vegan DIY gardening Berlin sale newarrivals throwback podcast hiking
    StreetArt weekend bookclub opensource python fashion homeoffice rescue dogs foodie BlackFriday giveaway
    startup 3dprinting
    yoga lowcarb photography climate hiring webdev catsofinstagram backtoschool roadtrip RetroGaming""".split()
)
_POSTS = (
    "Best {thing} in town {t}", "finally done with the {thing} {t}", "Look what we found near the {thing}!! {t}",
    "Thanks {u} for the {thing}, you made my week", "{t} is trending again and nobody knows why",
    "New {thing} is live, come and see {t}",
    "Big shoutout to {u} and the whole crew", "cant believe {u} has never tried a {thing}",
    "Week 3 of my {thing} challenge {t}",
    "Write to us at {mail} or ask {u}", "Our {thing} sells out every Friday, order early",
    "Issue 12 is out now: all about the {thing}",
    "slow morning, good {thing}", "{u} please restock the {thing}, we beg you {t}",
    "no plan, just a {thing} and some rain",
    "Learning C# was easier than fixing this {thing}",
)  # fmt: skip


def _user(draw: Draw) -> str:
    return "@" + draw.pick((plain_first_name(draw).lower(), re.sub(r"\W", "_", names.username(draw))))


@area.family(
    "selection of words",
    "[list|extract|collect] {what} in the post, {sign}, [in the order of the text|in the order in which they "
    "come], [separated by|divided by] {separator}. [If there are none|When there is none], [write|return|answer] "
    "{none}",
    "{what} from the post, {sign}, [joined with|joined by|put together with] {separator} ([else|otherwise] {none})",
    "I am building a small [dashboard|archive] of our social media posts and need {what}, {sign}. [Keep their "
    "order and spelling|Keep order and letter case], [put|place] {separator} between them and leave out commas or "
    "other marks that follow them. Posts without any get {none}.",
    given="a social media post",
    difficulty=1,
    what=choice({
        "the hashtags (words that start with #)": "#", "all words that begin with #": "#",
        "every hashtag (#...)": "#",
        "the mentions (words that start with @)": "@", "all words that begin with @": "@",
        "every user mention (@...)": "@",
    }),
    sign=choice({"with the sign": True, "sign included": True, "without the sign": False, "the sign removed": False}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def tags_in_a_post(draw: Draw, p: Values) -> Pair:
    parts = []
    for template in draw.some(_POSTS, 1, 3):
        tags = draw.pick((" ", ", ", " ")).join("#" + tag for tag in draw.some(_TAGS, 1, 3))
        parts.append(
            template.format(
                t=tags if draw.chance(0.7) else "🙌",
                u=_user(draw),
                thing=words.noun(draw),
                mail=names.email(draw),
            )
        )
    text = with_articles(draw.pick((" ", "\n", ". ", "! ")).join(parts))
    found = re.findall(rf"(?<!\S){p.what}\w+", text)
    return text, p.separator.join(found if p.sign else [f[1:] for f in found]) or p.none


_BITS = tuple(
    """ok/thanks/on my way/see you there/sounds good to me/no problem at all/sure, why not
    /call me later/got it/yes please
    /not today,
        sorry/all good here/let me check first/what a day/never mind/good luck tomorrow/maybe next week then/fine
    /can you repeat that/I have no idea/wait for me/great news/happy to help/please be quick
    /that is too late for me""".replace("\n    ", "").split("/")
)  # fmt: skip


def _text_of_words(draw: Draw, count: int) -> str:
    """A message of exactly this many words."""
    parts: list[str] = []
    left = count
    while left:
        bit = draw.pick(_BITS) if left < 7 or draw.chance(0.2) else prose.sentence(draw)
        size = len(bit.split())
        if size <= left:
            parts.append(bit if bit[-1] in ".!?" else bit + draw.pick((".", "!", ".")))
            left -= size
    return " ".join(parts)


@area.family(
    "properties of a text",
    "[sort|put] the message into a size class by its number of words: {short} for {low} words or fewer, {large} "
    "for more than {high}, {middle} for [anything|all] in between. [Words are what stands between spaces.|A word "
    "is whatever stands between spaces.]",
    "Length class: up to {low} words = {short}; over {high} words = {large}; [otherwise|else|if not] {middle}",
    "Our [chat tool|inbox] shows messages in three layouts. [Count the words|Look at how many words the message "
    "has] (split at spaces): if it has at most {low}, answer {short}; if it has more than {high}, answer {large}; "
    "[everything else|any other message] is {middle}.",
    given="a chat message",
    difficulty=3,
    low=number(3, 6),
    high=number(10, 16),
    labels=labels(short=("short", "S", "brief", "small"), middle=("medium", "M", "normal", "mid"), large=("long",
        "L", "lengthy", "big")),
)  # fmt: skip
def message_length_class(draw: Draw, p: Values) -> Pair:
    band = draw.pick(("short", "middle", "large"))
    low, high = {"short": (1, p.low), "middle": (p.low + 1, p.high), "large": (p.high + 1, p.high + 20)}[band]
    return noise.untidy(draw, _text_of_words(draw, draw.randint(low, high))), p.labels[band]


_IGNORED = {
    "letter case": "c", "upper and lower case": "c", "spaces": "s", "spacing": "s", "punctuation": "p",
    "letter case and spaces": "cs", "spaces and capitals": "cs", "letter case and punctuation": "cp",
    "capitals and punctuation": "cp",
    "spaces, capitals and punctuation": "csp", "letter case, spacing and punctuation": "csp",
}  # fmt: skip


def _reduced(text: str, ignored: str) -> str:
    if "c" in ignored:
        text = text.lower()
    if "s" in ignored:
        text = text.replace(" ", "")
    return re.sub(r"[^\w\s]", "", text) if "p" in ignored else text


@area.family(
    "properties of a text",
    "[compare|look at] the two lines and [say|tell] whether they are the same text if differences in {ignored} do "
    "not count: {yes} if they are, {no} if not. [Every other difference counts|All else must be equal]",
    "{yes} = both lines equal, ignoring only {ignored}; {no} = they differ in something else",
    "I need to [catch|find] duplicate [titles|entries] in an export. Two lines come in. [Return|Give|Write] {yes} "
    "if they agree apart from {ignored}, and {no} if anything more than that is different, [be it|even if it is] "
    "one letter or one digit.",
    given="two lines",
    ignored=choice(_IGNORED),
    labels=yes_no(),
)
def equal_apart_from_form(draw: Draw, p: Values) -> Pair:
    first = draw.pick((prose.headline, prose.note, prose.statement))(draw)
    second = first
    wanted = draw.chance(0.5)
    for kind in draw.some("csp", 1, 2) if not wanted else [k for k in p.ignored if draw.chance(0.8)]:
        if kind == "c":
            second = recased(draw, "ult", second)
        elif kind == "s":
            second = (
                second.replace(" ", "  ") if draw.chance(0.5) else second.replace(" ", "", draw.randint(1, 3))
            )
        else:
            second = second[:-1] if second[-1] == "." else second + draw.pick((".", "!", " ...", "?"))
            second = second.replace(" ...", "...")
    if not wanted and draw.chance(0.5):
        second = noise.typos(draw, second) if draw.chance(0.6) else second.replace("the ", "a ", 1)
    same = _reduced(first, p.ignored) == _reduced(second, p.ignored)
    return f"{first}\n{second}", p.labels["yes" if same else "no"]


@area.family(
    "replacement",
    "replace [every|each] number (run of digits) in the text [by|with] {token} and leave [everything else|the "
    "rest] as it is",
    "[mask|hide|blank out] [all|the] numbers: [put|write] {token} in place of each run of digits[, nothing else "
    "changes|]",
    "[Digits|Numbers] (any run of [them|digits]) -> {token}; [keep all other characters|all else stays|everything "
    "else as it was]",
    given="a note",
    token=token(
        "#", "<num>", "[NUMBER]", "N", "***", "{n}", "NUM", "0", "_", "[...]", "<NUMBER>", "x", "???"
    ),
)
def mask_numbers(draw: Draw, p: Values) -> Pair:
    text = prose.sentence(draw)
    if not re.search(r"\d", text) and draw.chance(0.8):
        text = prose.note(draw) + draw.pick((" Ref {}.", " ({})", " x{}", " #{}")).format(
            draw.randint(2, 9999)
        )
    return text, re.sub(r"\d+", p.token.replace("\\", r"\\"), text)


_TERM_SENTENCES = (
    "The {o} asked for a copy.", "{O} and agent met on {day}.", "Send it to the {o} before {day}.",
    "Each {o} gets one key.",
    "{O} support is closed on {day}.", "A new {o} signed up.", "Most {o}s never read this.",
    "The {o} called {first} twice.",
    "Thank you for being a {o}!", "Is the {o} list up to date?", "{first} is our oldest {o}.", "{O}s pay on {day}.",
    "no {o} may enter the lab",
    "When a {o} leaves, tell {first}.", "One {o}, one seat.", "Every {o} and every {o} of the {noun} was asked.",
    "The {noun} was {past} on {day}.",
    "{first} {past} the {noun}.",
)  # fmt: skip


@area.family(
    "replacement",
    "replace the word {old} by {new}, also where it begins with a capital (then the new word gets one too); "
    "longer words [such as its plural|that contain it] stay, and so does everything else",
    "{old} -> {new}. Whole words only (plural untouched), keep a capital at the start of the word, [no other "
    "changes|rest unchanged]",
    "Our [house style|legal team] wants {new} in place of {old} in all texts. [Rewrite|Return] the text with that "
    "word exchanged wherever it stands on its own; keep the capital if it had one; do not touch the plural or "
    "other words.",
    given="a text from our handbook",
    old=token("client", "user", "customer", "guest", "patient", "student", "tenant", "shopper", "reader", "buyer",
        "visitor", "player", "driver"),
    new=token("member", "partner", "participant", "person", "contact", "supporter", "colleague", "friend",
        "subscriber", "citizen"),
)  # fmt: skip
def house_term_exchanged(draw: Draw, p: Values) -> Pair:
    made = [
        s.format(o=p.old, O=p.old.capitalize(), day=draw.pick(words.KINDS["weekday"]), first=plain_first_name(draw),
                 noun=words.noun(draw), past=words.verb(draw)[2])
        for s in draw.some(_TERM_SENTENCES, 1, 4)
    ]  # fmt: skip
    text = " ".join(made)
    text = re.sub(rf"\b{p.old}\b", p.new, text)
    return " ".join(made), re.sub(rf"\b{p.old.capitalize()}\b", p.new[0].upper() + p.new[1:], text)


_COUNTED = tuple(
    """order room ticket train meeting coffee garden key report window parcel server invoice password bridge letter
""".split()
)
_COUNTED_SENTENCES = (
    "the {w} is here", "where is my {w}", "{W}!", "I saw the {w} on {day}", "no {w} today", "{first} lost the {w}",
    "two {w}s were left",
    "another {w}, another day", "the {w} and the {noun}", "{W} first, {noun} later", "we talked about {w}s",
    "{first} {past} the {noun}",
    "that {w} again", "please {base} the {noun}", "A {noun} is not a {w}", "my {w}, your {w}", "see you on {day}",
    "THE {U}",
)  # fmt: skip


@area.family(
    "counting",
    "count how [often|many times] the word {word} [occurs|appears], [capitals or not|in any letter case]; plurals "
    "and longer words [do not count|are not counted]. Write the number {form}",
    "How many times is {word} in the text? Whole word only, [so not its plural,|plurals are something else,] "
    "letter case [does not matter|is ignored]; the result {form}.",
    "I [track|measure] how often people say {word} in our [chat|forum]. Give the count for one message {form}. "
    "Upper case, lower case and repeats all count; a plural or another word that merely contains it [does "
    "not|doesn't].",
    given="a message",
    difficulty=3,
    word=token(*_COUNTED),
    form=digits_or_word(),
)
def occurrences_of_a_word(draw: Draw, p: Values) -> Pair:
    pool = [s for s in _COUNTED_SENTENCES if "{w}" in s.lower() or "{U}" in s]
    chosen = draw.some(pool, 0, 4) + draw.some([s for s in _COUNTED_SENTENCES if s not in pool], 1)
    other = draw.pick([w for w in _COUNTED if w != p.word])
    made = [
        s.format(w=p.word, W=p.word.capitalize(), U=p.word.upper(), day=draw.pick(words.KINDS["weekday"]),
                 first=plain_first_name(draw), noun=other, past=words.verb(draw)[2], base=words.verb(draw)[0])
        for s in draw.mix(chosen)
    ]  # fmt: skip
    text = with_articles(draw.pick((". ", "; ", "\n", " / ", "... ")).join(made))
    return text, number_text(len(re.findall(rf"\b{p.word}\b", text, re.IGNORECASE)), p.form)
