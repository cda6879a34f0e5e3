"""Linguistic analysis: tense and voice, and the parts of a sentence."""

from programasweights.data.oracle.areas.linguistic._banks import (
    ACTIONS,
    DOINGS,
    LAYOUTS,
    OBJECTS,
    PLACES,
    SUBJECTS,
    finished,
)
from programasweights.data.oracle.areas.traditional_nlp._banks import (
    LETTER_CASES,
    MEN,
    WOMEN,
    bank,
    edges,
    fill,
    say,
)
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("Linguistic analysis")

_WHEN = {"past": ("yesterday", "last week", "in 2019", "two days ago", ""), "perfect": ("already", "since Monday", "for years", ""), "present": ("every day", "on Sundays", "at the moment", ""),
         "future": ("tomorrow", "next week", "one day", "")}  # fmt: skip


def _subject(draw: Draw) -> str:
    return draw.pick(draw.pick((SUBJECTS, WOMEN, MEN)))


def _is_plural(text: str) -> bool:
    return text.endswith(("s", "letters", "maps")) and not text.endswith("ss")


@area.family(
    "tense and voice",
    "[name|tell] the tense of the sentence [by the form of its verb|from its verb form]: {past} for [simple past or past progressive|was/were + -ing and the simple past], {perfect} for has/have with a participle, {present} for simple present or am/is/are + -ing, {future} for will or going to",
    "Tense by verb form. past (also was ...-ing) {past} | present perfect {perfect} | present (also is ...-ing) {present} | will, is going to {future}",
    "I tag sentences for a [grammar|language] course. There are four tags: {past} if the verb is in the past (he worked, he was working), {perfect} if it is in the present perfect (he has worked), {present} if it is in the present (he works, he is working), {future} if the future is meant by will or going to. "
    "[Go by the verb, not by words of time.|Words such as tomorrow are no proof, the verb form is.]",
    given="a sentence",
    difficulty=2,
    labels=labels(past=("past", "preterite"), perfect=("perfect", "present perfect"), present=("present", "pres"), future=("future", "fut")),
)  # fmt: skip
def tense_of_a_sentence(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("past", "perfect", "present", "future"))
    base, third, past, done, going, rest = draw.pick(DOINGS)
    plural = draw.chance(0.35)
    who = (
        draw.pick(("they", "we", "the neighbours", "her parents", "both boys"))
        if plural
        else draw.pick(("he", "she", _subject(draw)))
    )
    not_ = draw.chance(0.2)
    be = ("are", "were", "have") if plural else ("is", "was", "has")
    no = " not" if not_ else ""
    forms = {
        "past": (f"{be[1]}{no} {going}", f"did not {base}" if not_ else past),
        "perfect": (f"{be[2]}{no} {done}", f"{be[2]} {'never' if not_ else 'often'} {done}"),
        "present": (
            f"{be[0]}{no} {going}",
            f"{'do' if plural else 'does'} not {base}" if not_ else base if plural else third,
        ),
        "future": (f"will{no} {base}", f"{be[0]}{no} going to {base}"),
    }[kind]
    when = draw.pick(_WHEN[kind])
    text = f"{who} {draw.pick(forms)} {rest}"
    text = (
        f"{text} {when}"
        if when not in ("already", "since Monday", "for years") or kind == "perfect"
        else text
    )
    if when == "already" or (not_ and when):
        text = text.removesuffix(f" {when}")
    if when == "at the moment" and going not in text:
        text = text.removesuffix(" at the moment")
    if when in ("every day", "on Sundays") and going in text:
        text = text.removesuffix(f" {when}")
    text = text.strip()
    return edges(draw, text if draw.chance(0.3) else finished(text)), p.labels[kind]


_TARGETS = {
    "the simple past": "past",
    "the past (simple past)": "past",
    "the future with will": "future",
    "the future (will)": "future",
    "the present progressive (is or are + -ing)": "going",
    "the present perfect (has or have + participle)": "perfect",
    "the simple present": "present",
}


@area.family(
    "tense and voice",
    "[rewrite|put] the sentence in {tense}[, changing only the verb|; only the verb changes], and [return|write] it {layout}. If it is in that tense already, [leave it as it is|it stays as it is]",
    "Sentence -> {tense}; nothing else changes. Written {layout}. [Already so: unchanged|If already in it: same sentence]",
    "My [story generator|game] writes its texts in different tenses and I need them all in {tense}. Change the verb (and helping verbs) and leave all other words and the full stop alone. A sentence that is in this tense already stays. Write the result {layout}.",
    given="a simple sentence",
    difficulty=2,
    tense=choice(_TARGETS),
    layout=choice({k: v for k, v in LAYOUTS.items() if v not in ("{}.", "{};")}),
)  # fmt: skip
def sentence_in_another_tense(draw: Draw, p: Values) -> Pair:
    base, third, past, done, going, rest = draw.pick(DOINGS)
    plural = draw.chance(0.4)
    who = (
        draw.pick(("they", "we", "the neighbours", "her parents", "both boys", "you"))
        if plural
        else draw.pick(("he", "she", _subject(draw)))
    )
    forms = {
        "past": past,
        "future": f"will {base}",
        "going": f"{'are' if plural else 'is'} {going}",
        "perfect": f"{'have' if plural else 'has'} {done}",
        "present": base if plural else third,
    }
    shown = draw.pick([k for k in forms if k != p.tense]) if draw.chance(0.85) else p.tense
    tail = draw.pick(("", "", " at noon", " after lunch", " in the rain"))
    return edges(draw, finished(f"{who} {forms[shown]} {rest}{tail}")), p.layout.format(
        finished(f"{who} {forms[p.tense]} {rest}{tail}")
    )


def _passive(draw: Draw, tense: str, verb: tuple[str, ...], thing: str, by: str) -> str:
    be = {
        "past": ("was", "were"),
        "present": ("is", "are"),
        "future": ("will be", "will be"),
        "perfect": ("has been", "have been"),
    }[tense][_is_plural(thing)]
    return f"{thing} {be} {verb[3]}{f' by {by}' if by else ''}"


def _active(tense: str, verb: tuple[str, ...], who: str, thing: str) -> str:
    return f"{who} { {'past': verb[2], 'present': verb[1], 'future': f'will {verb[0]}', 'perfect': f'has {verb[3]}'}[tense] } {thing}"


_TENSES = ("past", "past", "present", "future", "perfect")


@area.family(
    "tense and voice",
    "[turn|change] the sentence into the {voice} voice, keeping the tense, and [return|write] it {layout}; {same} if it is in that voice already",
    "-> {voice} voice, same tense, [written|output] {layout}; {same} if nothing needs to be changed",
    "I [check|prepare] exercises on voice: 'The judge opened the box.' becomes 'The box was opened by the judge.' and the other way round. Every sentence names who does it and what it is done to. [Put|Rewrite] it into the {voice} voice in the same tense and write it {layout}. If it already is in that voice, [answer|write] {same}.",
    given="a sentence",
    difficulty=3,
    voice=choice("active", "passive"),
    layout=choice({k: v for k, v in LAYOUTS.items() if v not in ("{}.", "{};")}),
    same=missing("ok", "unchanged"),
)  # fmt: skip
def sentence_in_the_other_voice(draw: Draw, p: Values) -> Pair:
    verb, thing, who, tense = draw.pick(ACTIONS), draw.pick(OBJECTS), _subject(draw), draw.pick(_TENSES)
    forms = {
        "passive": finished(_passive(draw, tense, verb, thing, who)),
        "active": finished(_active(tense, verb, who, thing)),
    }
    other = "active" if p.voice == "passive" else "passive"
    if draw.chance(0.2):
        return edges(draw, forms[p.voice]), p.same
    return edges(draw, forms[other]), p.layout.format(forms[p.voice])


_SLOTS = {
    "the subject": "who", "the subject (who or what does it)": "who", "the direct object": "what", "the direct object (what it is done to)": "what", "the place": "where", "the words that tell where": "where", "the time": "when", "the words that tell when": "when",
    "the manner": "how", "the word that tells how": "how",
}  # fmt: skip
_TIMES = (
    "on Monday",
    "yesterday",
    "last night",
    "in March",
    "two days ago",
    "at noon",
    "before lunch",
    "last summer",
    "this morning",
)
_MANNERS = ("carefully", "quickly", "secretly", "gladly", "slowly", "quietly", "badly", "angrily", "calmly")


@area.family(
    "sentence parts",
    "[find|return] {part} of the sentence, {form}, with all its words; {none} if the sentence has none",
    "Sentence part wanted: {part}, complete, {form}. [Missing|Not there]: {none}",
    "I [split|take apart] sentences of a reading book. Out of each I need {part}, that is all words that belong to it (also 'the', 'in' and so on), {form}. If the sentence says nothing of the sort, [write|answer] {none}.",
    given="a sentence",
    difficulty=2,
    part=choice(_SLOTS),
    form=choice({"in lower case": "{}", "in small letters": "{}", "in lower case between square brackets": "[{}]", "in lower case between round brackets": "({})", "in lower case and between double quotes": '"{}"', "in capital letters": "^", "in upper case": "^"}),
    none=missing(),
)  # fmt: skip
def sentence_part_asked_for(draw: Draw, p: Values) -> Pair:
    verb = draw.pick(ACTIONS)
    parts = {
        "who": _subject(draw),
        "what": draw.pick(OBJECTS),
        "where": draw.pick(PLACES),
        "when": draw.pick(_TIMES),
        "how": draw.pick(_MANNERS),
    }
    for key in ("where", "when", "how"):
        if draw.chance(0.3):
            parts[key] = ""
    alone = draw.chance(0.25)
    who, what, where, when, how = parts.values()
    if alone:
        parts["what"] = ""
        core = f"{who} {how} {draw.pick(('slept', 'waited', 'danced', 'sang', 'worked', 'laughed'))}"
    else:
        core = f"{who} {how} {verb[2]} {what}"
    text = f"{when}, {core} {where}" if when and draw.chance(0.4) else f"{core} {where} {when}"
    found = parts[p.part].lower()
    made = found.upper() if p.form == "^" else p.form.format(found)
    return finished(" ".join(text.split())), made if found else p.none


_MAIN = bank(
    """{w} stayed at home / the children laughed / I bought the {noun} / we missed the train / {m} sold the {noun} / nobody answered / the {noun} broke / they moved to {city} / {w} called a doctor / the shop closed early / the dog barked / my aunt opened the window"""
)
_SUB = {
    "cause": bank("""because {c} / since {c} / as {c}"""), "contrast": bank("""although {c} / even though {c} / though {c}"""), "condition": bank("""if {c} / unless {c} / provided that {c}"""),
    "time": bank("""when {c} / before {c} / after {c} / until {c} / as soon as {c}"""), "purpose": bank("""so that {d} / in order that {d}"""),
}  # fmt: skip
_CLAUSES = bank(
    """it rained / the bus was late / {m} was ill / the {noun} was too heavy / the lights went out / the bell rang / somebody shouted / the {noun} was gone / the guests arrived / prices went up / the water was cold / the road was closed"""
)
_AIMS = bank(
    """everybody could hear it / nobody would notice / the baby could sleep / {m} could rest / the {noun} would be safe / they could see the sea"""
)


def _clause(draw: Draw, kind: str) -> str:
    phrase = draw.pick(_SUB[kind])
    return fill(draw, phrase, c=say(draw, _CLAUSES, m=draw.pick(MEN)), d=say(draw, _AIMS, m=draw.pick(MEN)))


@area.family(
    "sentence parts",
    "[return|copy] the {which} of the sentence, {form}; if the sentence has only one clause, [return|write] {none}",
    "Sentence with two clauses -> its {which}, {form}. Only one clause: {none}",
    "I simplify [long sentences|leaflets] by cutting them into their clauses. One of the clauses may begin with a word like because, although, if, when or so that; that is the subordinate clause, the other one is the main clause. [Give me|Return] the {which}, {form}, without a comma or full stop at its end. "
    "If there is a single clause only, [give|return] {none}.",
    given="a sentence",
    difficulty=2,
    which=choice("main clause", "subordinate clause"),
    form=choice({"beginning with a small letter unless it begins with a name or I": "str", "with a small first letter (but names and I keep their capital)": "str", "in capital letters": "upper", "all in upper case": "upper", "all in lower case": "lower", "in small letters throughout": "lower"}),
    none=missing(),
)  # fmt: skip
def clause_of_the_asked_kind(draw: Draw, p: Values) -> Pair:
    main = say(draw, _MAIN, w=draw.pick(WOMEN), m=draw.pick(MEN))
    sub = _clause(draw, draw.pick(tuple(_SUB)))
    if draw.chance(0.2):
        return finished(f"{main}{draw.pick(('', ' last night', ' again', ' in the end'))}"), p.none
    text = f"{sub}, {main}" if draw.chance(0.5) else f"{main} {sub}"
    return finished(text), LETTER_CASES[p.form](main if p.which == "main clause" else sub)
