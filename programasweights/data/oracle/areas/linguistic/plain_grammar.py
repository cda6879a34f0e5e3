"""Linguistic analysis: tense, voice, number, articles and other forms of single sentences."""

import re

from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, yes_no

__all__ = ["area"]

area = Area("Linguistic analysis")

_TIMES = {
    "past": ("yesterday", "last week", "in 2019", "two days ago"),
    "present": ("every day", "on Mondays", "as a rule", "twice a week"),
    "future": ("tomorrow", "next week", "in two years", "on the first day of next month"),
}


def _the(draw: Draw) -> str:
    adjective = f"{draw.pick(words.ADJECTIVES)} " if draw.chance(0.5) else ""
    return f"the {adjective}{words.noun(draw)}"


@area.family(
    "tense",
    "[determine|find] the tense of the verb: {past} if the action lies in the past, {present} if it happens regularly or now, {future} if it is still to come",
    "Verb in the sentence -> {past} (it is over), {present} (habit or now), {future} (yet to happen)",
    "I make exercises for language learners and sort sentences by time. Write {future} for sentences about what will happen, {present} for what happens now or again and again, and {past} for what has already happened.",
    given="a sentence",
    difficulty=1,
    tense=labels(
        past=("past", "PAST", "then"), present=("present", "PRES", "now"), future=("future", "FUT", "later")
    ),
)
def time_of_the_action(draw: Draw, p: Values) -> Pair:
    tense = draw.pick(tuple(_TIMES))
    base, third, past, done, _ = words.verb(draw)
    who, what = names.first_name(draw), _the(draw)
    form = {"past": draw.pick((f"{past}", f"has {done}")), "present": third, "future": draw.pick((f"will {base}", f"is going to {base}"))}[tense]  # fmt: skip
    when = "" if form.startswith("has") else " " + draw.pick(_TIMES[tense])
    return noise.untidy(draw, f"{who} {form} {what}{when if draw.chance(0.6) else ''}."), p.tense[tense]


@area.family(
    "voice",
    "[say|decide] whether the sentence is in the active voice ({active}) or in the passive voice ({passive})",
    "{passive} if the subject has something done to it (passive voice), {active} if the subject acts (active voice)",
    "Our style guide forbids the passive. Mark every sentence whose subject does nothing but has something done to it with {passive}, and every other one with {active}.",
    given="a sentence",
    voice=labels(active=("active", "A", "act"), passive=("passive", "P", "pass")),
)
def active_or_passive_sentence(draw: Draw, p: Values) -> Pair:
    base, _, past, done, doing = words.verb(draw)
    who, what = names.first_name(draw), _the(draw)
    if draw.chance(0.5):
        text = draw.pick((f"{who} {past} {what}.", f"{who} is {doing} {what}.", f"{who} has {done} {what} again.", f"{who} will {base} {what} by {names.first_name(draw)}'s house."))  # fmt: skip
        return noise.untidy(draw, text), p.voice["active"]
    text = draw.pick((f"{what} was {done} by {who}.", f"{what} is being {done}.", f"{what} has been {done} again.", f"{what} will be {done} tomorrow."))  # fmt: skip
    return noise.untidy(draw, text[0].upper() + text[1:]), p.voice["passive"]


@area.family(
    "voice",
    "[name|give|write down] the [one who acts|doer|person who acts] in the passive sentence, that is, whoever stands after 'by', {case}; {none} if the sentence does not say who did it",
    "Who did it? Name after 'by' in the passive sentence, {case}. Not said: {none}",
    "In reports I look for the person behind a passive such as 'The door was opened by Ann'. Give me that person's name {case}. A 'by' that tells of a time ('by Monday') names nobody. If the doer is left out, give {none}.",
    given="a passive sentence",
    case=choice({"in capitals": "upper", "in small letters": "lower", "as it is written": "same"}),
    none=missing("nobody", "unknown"),
)
def doer_of_a_passive_sentence(draw: Draw, p: Values) -> Pair:
    done, what, who = words.verb(draw)[3], _the(draw), names.full_name(draw)
    known = draw.chance(0.65)
    when = draw.pick(("", " in May", " by Monday", " by the end of the week", " near the station", " again"))
    by = f" by {who}" if known else ""
    text = f"{what} {draw.pick(('was', 'has been', 'will be'))} {done}{by}{when}."
    answer = {"upper": who.upper(), "lower": who.lower(), "same": who}[p.case] if known else p.none
    return text[0].upper() + text[1:], answer


@area.family(
    "sentence types",
    "name the type of the sentence: {question} for a question, {command} for a request or an order, {statement} for a statement of fact; [punctuation is missing|the marks at the end are missing], so judge by the words",
    "Type by wording (no end marks): asks {question} / tells somebody to do something {command} / tells a fact {statement}",
    "Our speech recogniser gives sentences without marks at the end. Tag each one: {statement} if it tells a fact, {question} if it asks something, {command} if it tells somebody to do something.",
    given="a sentence without an end mark",
    types=labels(
        question=("question", "Q", "ask"),
        command=("command", "C", "order"),
        statement=("statement", "S", "tell"),
    ),
)
def type_of_unmarked_sentence(draw: Draw, p: Values) -> Pair:
    base, third, past, _, _ = words.verb(draw)
    who, what = names.first_name(draw), _the(draw)
    kind = draw.pick(("question", "command", "statement"))
    text = {
        "question": draw.pick((f"did {who} {base} {what}", f"when does {who} {base} {what}", f"who {past} {what}", f"can you {base} {what} today {who}", f"why did they {base} {what}")),
        "command": draw.pick((f"{base} {what} please", f"please {base} {what} before noon", f"{who} {base} {what} at once", f"do not {base} {what}", f"let us {base} {what}")),
        "statement": draw.pick((f"{who} {past} {what}", f"{who} never {third} {what}", f"nobody {past} {what}", f"my uncle {third} {what} on Sundays", f"they {past} {what} in May")),
    }[kind]  # fmt: skip
    if kind == "question" and text.startswith("can you"):
        text = f"did you ever {base} {what}"
    return text if draw.chance(0.7) else text.capitalize().replace(who.lower(), who), p.types[kind]


@area.family(
    "connectives",
    "say how the second half of the sentence relates to the first: {cause} if it gives the reason, {contrast} if it is an unexpected opposite, {result} if it is the consequence, {time} if it only tells when",
    "Link between the halves -> {cause} (reason), {contrast} (opposite of what one expects), {result} (consequence), {time} (merely when)",
    "For an essay checker I label the second part of each sentence. {result}: it follows from the first part. {cause}: it explains the first part. {time}: it tells when the first part happens. {contrast}: it is the opposite of what the first part makes one expect.",
    given="a sentence of two parts",
    links=labels(
        cause=("cause", "reason"),
        contrast=("contrast", "but"),
        result=("result", "effect"),
        time=("time", "when"),
    ),
)
def relation_of_the_second_half(draw: Draw, p: Values) -> Pair:
    who = names.first_name(draw)
    kind = draw.pick(tuple(_LINKS))
    first, second = draw.pick(_LINKS[kind])
    return noise.untidy(draw, f"{first.format(who)}{draw.pick((' ', ' '))}{second}."), p.links[kind]


_LINKS = {
    "cause": (
        ("{} stayed at home", "because the buses were on strike"), ("{} opened the window", "since the room was full of smoke"), ("The match was called off", "because the pitch was frozen"), ("{} is learning Danish", "because the new job is in Aarhus"), ("We ate late", "as the oven was broken"),
        ("{} cannot drive", "because the car has a flat tyre"), ("The shop is closed", "as the owner is ill"), ("{} took an umbrella", "since the sky was black"), ("Nobody answered", "because the phone was switched off"), ("The plants died", "since nobody had watered them"),
    ),
    "contrast": (
        ("{} went for a swim", "although the water was icy"), ("The car is twenty years old,", "but it still runs perfectly"), ("{} trained every day,", "yet came last"), ("It rained all week,", "but the cellar stayed dry"), ("{} hates crowds", "although the office is at a stadium"),
        ("The film is long,", "yet nobody was bored"), ("{} was invited,", "but did not come"), ("The soup looks awful", "though it tastes delicious"), ("We left early,", "yet we missed the train"), ("The hotel is cheap", "although it lies on the beach"),
    ),
    "result": (
        ("{} lost the key,", "so we had to climb in through the window"), ("The road was blocked;", "therefore we turned back"), ("{} slept badly", "and is tired for that reason"), ("The milk was sour,", "so we threw it away"), ("{} passed the exam;", "as a result, the whole family celebrated"),
        ("The lamp was broken,", "so they sat in the dark"), ("It had snowed all night;", "consequently the school stayed closed"), ("{} saved for years", "and could therefore buy a boat"), ("The price fell by half,", "so many people bought two"), ("{} was late,", "so the meeting began with a delay"),
    ),
    "time": (
        ("{} called", "while we were having lunch"), ("The lights went out", "when the clock struck nine"), ("{} reads the paper", "before the others get up"), ("We cleaned the kitchen", "after the guests had left"), ("{} lived in Kyoto", "until the war ended"),
        ("The band played", "as the ship was leaving the harbour"), ("{} sang", "while the bread was in the oven"), ("They met again", "after ten years had passed"), ("{} waters the garden", "whenever evening comes"), ("I shall write", "once I have arrived"),
    ),
}  # fmt: skip


@area.family(
    "contractions",
    "[write out|expand|spell out] the [contractions|short forms] of the sentence in full (such as don't = do not){limit}; {none} if there is none to write out",
    "Contractions -> full forms{limit} ({none} if the sentence has none of them)",
    "Our legal texts must not hold short forms like can't or we're. Return the sentence with the short forms written out{limit}, everything else as it was, or {none} if there is nothing to change.",
    given="a sentence",
    limit=choice(
        {
            ", only those with not": "n't",
            ", only those that do not come from not": "other",
            ", all of them": "",
        }
    ),
    none=missing("no change", "unchanged"),
)
def contractions_in_full(draw: Draw, p: Values) -> Pair:
    full = {"don't": "do not", "can't": "cannot", "isn't": "is not", "won't": "will not", "didn't": "did not", "we're": "we are", "they're": "they are", "I'm": "I am", "we'll": "we will", "you're": "you are", "I've": "I have"}  # fmt: skip
    parts = draw.some(("we don't need it", "they're late again", "I'm in the garden", "you can't miss it", "it isn't cheap", "we'll call you", "she didn't say so", "I've seen it", "you're right", "we're nearly there", "it won't rain", "the bus is late", "nobody knows why", "that is all"), 1, 3)  # fmt: skip
    text = ", and ".join(parts)
    made = text
    for short, long in full.items():
        if p.limit == "" or (p.limit == "n't") == short.endswith("n't"):
            made = re.sub(rf"\b{re.escape(short)}(?!\w)", long, made)
    return text, made if made != text else p.none


@area.family(
    "word play",
    "[decide|say] whether the two words are anagrams of each other, that is, made of the same letters: {yes} if they are, {no} if not[; letter case and spaces do not matter|; ignore letter case and spaces]",
    "{yes} = same letters in another order (case and spaces ignored), {no} = anything else",
    "For a puzzle site I check pairs that readers send in. Two texts are a good pair if one uses exactly the letters of the other, each as often, whatever the spaces and capitals. Good pairs get {yes}, all others {no}.",
    given="a pair of words",
    labels=yes_no(),
)
def pair_is_an_anagram(draw: Draw, p: Values) -> Pair:
    one = draw.pick(("listen", "stream", "angel", "night", "study", "bored", "state", "cider", "below", "break", "cares", "heart", "least", "peach", "spare", "trade", "verse", "thing", "lemon", "save"))  # fmt: skip
    other = {"listen": "silent", "stream": "master", "angel": "glean", "night": "thing", "study": "dusty", "bored": "robed", "state": "taste", "cider": "cried", "below": "elbow", "break": "baker", "cares": "races", "heart": "earth", "least": "stale", "peach": "cheap", "spare": "pears", "trade": "rated", "verse": "serve", "thing": "night", "lemon": "melon", "save": "vase"}[one]  # fmt: skip
    good = draw.chance(0.5)
    if not good:
        other = draw.pick((other[:-1] + draw.pick("xzq"), other + draw.pick("aes"), other[1:]))
    pair = [one, other] if draw.chance(0.5) else [other, one]
    pair = [draw.pick((w, w, w.upper(), w.capitalize())) for w in pair]
    return draw.pick((" / ", ", ", " - ", " and ", "\n")).join(pair), p.labels["yes" if good else "no"]


@area.family(
    "ordinals",
    "[find|take] the {nth} number in the text and write it as {how}; {none} if the text has no such number",
    "{nth} number in the text -> {how} ({none} if there is none at that place)",
    "I prepare texts for reading aloud. Take the {nth} number that occurs in the text and write it as {how}; if the text has no such number, write {none}.",
    given="a text",
    how=choice(
        {
            "a word (seven)": "word",
            "an ordinal in digits (7th)": "th",
            "a number word in capitals (SEVEN)": "WORD",
        }
    ),
    nth=choice({"first": 0, "second": 1, "last": -1}),
    none=missing(),
)
def number_of_a_text_in_words(draw: Draw, p: Values) -> Pair:
    values = [draw.randint(2, 99) for _ in range(draw.pick((0, 1, 2, 2, 3)))]
    forms = (
        "{} chairs were broken.",
        "We counted {} boats.",
        "Page {} is missing.",
        "Bus {} is full.",
        "It took {} days.",
    )
    text = " ".join([draw.pick(("Hello.", "Dear all,", "News from the yard:")), *(f.format(v) for f, v in zip(draw.mix(forms), values, strict=False))])  # fmt: skip
    if len(values) <= (1 if p.nth == 1 else 0):
        return text, p.none
    value = values[p.nth]
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return text, {"word": words.number_word(value), "WORD": words.number_word(value).upper(), "th": f"{value}{ending}"}[p.how]  # fmt: skip


@area.family(
    "agreement",
    "[decide|say] whether subject and verb of the sentence agree in number: {good} if they do, {bad} if they do not",
    "Verb fits its subject in number? {good} if so, {bad} if not (the dogs barks = not)",
    "I correct homework. Mark a sentence with {bad} when the verb has the wrong number for its subject, as in 'the dogs barks', and with {good} when there is nothing of this kind. Other slips do not count.",
    given="a sentence",
    marks=labels(good=("right", "ok", "fine"), bad=("wrong", "error", "faulty")),
)
def verb_agrees_with_subject(draw: Draw, p: Values) -> Pair:
    base, third, _, _, doing = words.verb(draw)
    many, good = draw.chance(0.5), draw.chance(0.5)
    noun = words.noun(draw)
    place = draw.pick(
        ("", " near the station", " behind the houses", " with the red hats", " from the village")
    )
    subject = f"The {words.plural(noun) if many else noun}{place}"
    plural_verb = many == good
    verb = draw.pick(((base, third), (f"are {doing}", f"is {doing}"), (f"have to {base}", f"has to {base}")))
    return f"{subject} {verb[0] if plural_verb else verb[1]} {_the(draw)}{draw.pick(('', ' today', ' every day'))}.", p.marks["good" if good else "bad"]  # fmt: skip
