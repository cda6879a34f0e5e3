"""Traditional NLP: what words refer to, texts that say the same, kinds of questions, and short summaries."""

import re

from programasweights.data.oracle.areas.traditional_nlp._banks import (
    CITIES,
    LETTER_CASES,
    MEN,
    WOMEN,
    bank,
    capital,
    edges,
    fill,
    other,
    say,
)
from programasweights.data.oracle.banks import noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator, token

__all__ = ["area"]

area = Area("Traditional NLP")

_SCENES = bank("""{w} lent {m} a {noun} / {m} and {w} carried the {noun} upstairs / {w} showed {m} the {noun} / {m} bought the {noun} from {w} / Yesterday {w} and {m} looked for the {noun} / {m} found a {noun} in the street and called {w} / {w} broke the {noun} that belonged to {m} /
{m} wanted to wash the {noun} with {w} / {w} dreamt of a {noun} and told {m} about the dream / {w} left a {noun} at the door for {m} / {m} asked {w} to paint the {noun} / {w} won the {noun} in a bet with {m}""")  # fmt: skip
_REFS = {
    "woman": bank("""*She* was late again / Nobody had thanked *her* / The neighbours knew *her* well / After a while *she* went home / Rain had ruined *her* hair / *Her* hands were cold / "I like it", *she* said / {x} smiled at *her* / On {day} *she* moved to {city} / Then *her* phone rang / *She* had slept badly"""),
    "man": bank("""*He* was late again / Nobody had thanked *him* / The neighbours knew *him* well / After a while *he* went home / Rain had ruined *his* hair / *His* hands were cold / "I like it", *he* said / {x} smiled at *him* / On {day} *he* moved to {city} / Then *his* phone rang / *He* had slept badly"""),
    "both": bank("""*They* laughed about that for days / Nobody had thanked *them* / The neighbours watched *them* / After a while *they* went home together / *Their* hands were cold / "We like it", *they* both said / On {day} *they* moved to {city} / {x} joined *them* / *They* shook hands"""),
    "thing": bank("""*It* was brand new / Nobody had cleaned *it* for years / *It* weighed {n} kilos / *Its* price was {money} / *It* had been made in {country} / Someone had repaired *it* with glue / *It* smelled of paint / *Its* colour was a pale grey / *It* was older than the house"""),
}  # fmt: skip


@area.family(
    "references and acronyms",
    "[resolve|look up|replace] the [marked pronoun|pronoun between asterisks]: [return|give|write] what it [refers to|stands for], names as in the text {case}; if it refers to two people, both in the order in which the text names them, with {link} between them; if to a thing, the bare noun without 'the' or 'a'",
    "[Who or what is|Whom or what means] the *pronoun*? [Output|Answer] {case}. Two people: both, [text order|in the order of the text], {link} between. [Thing: noun only, no article|A thing: just the noun]",
    "I [prepare|make] texts for people who cannot follow pronouns. One pronoun in the text is marked with asterisks. [Tell|Give] me whom or what it stands for, {case}: the name of the woman or the man, or, when it means the two together, both names in text order linked by {link}, "
    "or the noun without its article when it is a thing.",
    given="a text with a marked pronoun",
    difficulty=2,
    case=choice({"in the letter case of the text": "str", "with the capitals as they are": "str", "in capital letters": "upper", "all in upper case": "upper", "all in lower case": "lower", "in small letters throughout": "lower"}),
    link=choice({"a plus sign and a space on either side": " + ", '"and"': " and ", "the word and": " and ", "a slash without spaces": "/", "a comma and a space": ", ", "an ampersand with spaces": " & ", "a semicolon and a space": "; "}),
)  # fmt: skip
def what_the_marked_pronoun_means(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_REFS))
    woman, man, noun = draw.pick(WOMEN), draw.pick(MEN), fill(draw, "{noun}")
    scene = fill(draw, draw.pick(_SCENES), w=woman, m=man, noun=noun)
    text = f"{scene}. {fill(draw, draw.pick([t for t in _REFS[kind] if '{x}' not in t or kind in ('woman', 'man')]), x=man if kind == 'woman' else woman)}."
    both = sorted((woman, man), key=lambda name: re.search(rf"\b{name}\b", scene).start())  # type: ignore[union-attr]
    found = {"woman": woman, "man": man, "both": p.link.join(both), "thing": noun}[kind]
    return text, LETTER_CASES[p.case](found)


_LONG = (tuple("Northern Central Royal European Global Rural Maritime Urban National Alpine United Open Baltic".split()),
         tuple("Water Energy Housing Transport Fishing Language Weather Railway Music Forest Data Health Sailing Bridge".split()),
         tuple("Board Agency Institute Council Society Union Fund Trust Office Forum Network League Bureau".split()))  # fmt: skip
_ACRO = bank(
    """The {l} ({a}) was founded in {year}. / {first} works for the {l} ({a}). / A spokesman of the {a} ({l}) denied it. / Money comes from the {l} ({a}) in {city}. / The {a} ({l}) has {num} members. / According to the {l} ({a}), {nouns} are getting dearer. / She once led the {l} ({a})."""
)
_ACRO_NOISE = bank(
    """The BBC reported on it (see page {n}). / {first} (aged 4{n}) disagrees. / It rained all day (as usual). / The bill (about {money}) is still open. / The USA was not there. / Tickets (VIP only) are sold out. / Nobody from {city} (or {country}) came. / The report has {num} pages (in English)."""
)
_ACRO_FORMS = {
    "as ABC = Long Name": "{a} = {l}", "in the form ABC: Long Name": "{a}: {l}", "as Long Name (ABC)": "{l} ({a})", "like ABC -> Long Name": "{a} -> {l}", "in the form Long Name = ABC": "{l} = {a}", "as ABC [Long Name]": "{a} [{l}]",
}  # fmt: skip


@area.family(
    "references and acronyms",
    "[list|collect] the acronyms that the text explains, with their long names, {form}, [one per line|each on a line of its own], in the order of the text; {none} if it explains none. [Acronyms without an explanation do not count.|Skip unexplained ones.]",
    "Acronym table {form}, one line each, text order. Only those whose full name stands in the text right before or after the brackets; [if there are none|none there]: {none}",
    "At the end of each [report|chapter] we print a list of abbreviations. [Collect|Find] every abbreviation that is introduced together with its full name, either as 'Full Name (FN)' or as 'FN (Full Name)', and write the pairs {form}, one to a line, as they come. "
    "Abbreviations that are never spelled out are left aside. A text with nothing to list gives {none}.",
    given="a paragraph of a report",
    difficulty=2,
    form=choice(_ACRO_FORMS),
    none=missing(),
)
def explained_acronyms_listed(draw: Draw, p: Values) -> Pair:
    pairs: dict[str, str] = {}
    for _ in range(draw.pick((0, 1, 1, 2, 2, 3))):
        parts = [draw.pick(group) for group in _LONG]
        if draw.chance(0.4):
            parts = (
                [parts[2], draw.pick(("for", "of")), *parts[:2]]
                if draw.chance(0.5)
                else [parts[0], parts[1], draw.pick(("Research", "Safety", "Planning")), parts[2]]
            )
        pairs.setdefault("".join(w[0] for w in parts if w[0].isupper()), " ".join(parts))
    lines = [say(draw, _ACRO, a=a, l=long) for a, long in pairs.items()]
    for text in draw.some(_ACRO_NOISE, 1, 2):
        lines.insert(draw.randint(0, len(lines)), fill(draw, text))
    return " ".join(lines), "\n".join(p.form.format(a=a, l=long) for a, long in pairs.items()) or p.none


_SAME = tuple(bank(line) for line in ["{a} sold the {x} to {b} {t} / {b} bought the {x} from {a} {t} / the {x} was sold to {b} by {a} {t} / it was {b} who bought {a}'s {x} {t}", "{a} taught {b} how to use the {x} {t} / {b} learned from {a} how one uses the {x} {t} / {t}, {a} gave {b} a lesson in using the {x} / {b} was taught by {a} how to use the {x} {t}", "{a} is taller than {b}, says the {x} seller / the {x} seller says that {b} is shorter than {a} / according to the {x} seller, {a} is the taller one, {b} the shorter one / {b} is less tall than {a}, the {x} seller says", "{a} lent {b} the {x} {t} / {b} borrowed the {x} from {a} {t} / {t}, {b} got the {x} from {a} as a loan / the {x} was lent to {b} by {a} {t}", "{a} came home before {b} did, and the {x} was gone / the {x} was gone, and {b} got home later than {a} / {a} was home earlier than {b}; the {x} had disappeared / the {x} had vanished; {b} came home after {a}", "{a} gave {b} the {x} as a present {t} / {b} received the {x} as a present from {a} {t} / the {x} was a present that {b} got from {a} {t} / {t}, {b} got the {x} as a present from {a}", "{a} beat {b} at chess near the {x} {t} / {b} lost to {a} at chess near the {x} {t} / {a} won a game of chess against {b} {t} near the {x} / {t}, {b} was beaten by {a} at chess near the {x}", "{a} sent {b} a picture of the {x} {t} / {b} got a picture of the {x} from {a} {t} / {t}, a picture of the {x} was sent to {b} by {a} / {b} was sent a picture of the {x} by {a} {t}", "{a} is the boss of {b} and pays for the {x} / {b} works under {a}, who pays for the {x} / {a}, who pays for the {x}, is {b}'s superior / {b}'s boss is {a}, who also pays for the {x}", "{a} accused {b} of having broken the {x} / {b} was accused by {a} of having broken the {x} / {a} said that it was {b} who had broken the {x} / according to {a}, the {x} was broken by {b}"])  # fmt: skip
_TIMES = tuple(bank(line) for line in ["on Monday / on the first day of the working week", "in 2019 / in the year 2019", "two weeks ago / a fortnight ago", "at noon / at twelve in the daytime", "yesterday / the day before today", "on Sunday / on the day after Saturday", "in December / in the last month of the year", "three months ago / a quarter of a year ago"])  # fmt: skip


@area.family(
    "similarity of texts",
    "compare the two sentences: {same} if they say the same in other words, {different} if [who did what, the thing or the time|any fact] is not the same",
    "Paraphrase detection: same facts, other words = {same}; [a fact changed|any change of fact] (roles swapped, other thing, other time) = {different}",
    "We [remove|merge] duplicate [entries|remarks] from a collection of facts. Two sentences come in, one per line. If they [report|describe] the very same thing in different words, [answer|return] {same}. If something differs - somebody else did it, "
    "the two people have changed places, another object, another time - [answer|return] {different}.",
    given="two sentences",
    difficulty=3,
    labels=labels(same=("paraphrase", "same", "duplicate"), different=("different", "not the same", "distinct")),
)  # fmt: skip
def same_fact_in_other_words(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("same", "different"))
    forms = draw.some(draw.pick(_SAME), 2)
    a, b = draw.some(WOMEN + MEN, 2)
    thing, when = fill(draw, "{noun}"), draw.pick(_TIMES)
    facts = {"a": a, "b": b, "x": thing, "t": draw.pick(when)}
    second = dict(facts, t=draw.pick(when))
    if kind == "different":
        change = draw.randrange(4 if "{t}" in forms[0] else 3)
        if change == 0:
            second |= {"a": b, "b": a}
        elif change == 1:
            second["x"] = other(draw, lambda d: fill(d, "{noun}"), thing)
        elif change == 2:
            second[draw.pick(("a", "b"))] = draw.pick([n for n in WOMEN + MEN if n not in (a, b)])
        else:
            second["t"] = draw.pick(draw.pick([t for t in _TIMES if t is not when]))
    said = [
        capital(fill(draw, form, **values)) + "." for form, values in zip(forms, (facts, second), strict=True)
    ]
    return "\n".join(said), p.labels[kind]


_FAQ = tuple(bank(line) for line in ["How can I change my password? / I want a new password, where do I set it? / my old password is unsafe, how do I get rid of it / where's the place to pick another password?", "When will my parcel arrive? / how long does delivery take? / I'm still waiting for my order, when does it come / what is the delivery date of my order?", "How do I return an article? / I want to send something back, how does that work? / it doesn't fit, where do I send it back / can I give goods back, and how?", "Which ways of paying do you accept? / can I pay by card or by invoice? / is cash on delivery possible? / what payment methods are there", "How do I delete my account? / I want to leave, please remove my profile / close my account, how? / how can I get out of here and have my account erased", "Do you ship abroad? / I live in Norway, can you deliver there? / is delivery to other countries possible / do you send parcels across the border?", "Where can I find my invoice? / I need the bill for my tax return / how do I download an invoice / my company wants a bill, where is it?", "How do I reach you by phone? / what's your telephone number? / can I call somebody / I want to talk to a person on the phone, which number?", "How long does the warranty last? / for how many years is the device under guarantee? / is my machine still covered by the warranty after two years / guarantee period?", "Can I change the address of my order? / I typed the wrong street, can you correct where it goes / I've moved, please deliver to my new home / is it too late to send the parcel to a different address?", "Do you have a shop in town? / where is your store, can I come by? / is there a branch near me that I can visit / I'd like to see things in a real shop", "Are there discounts for students? / I'm at university, do I get a lower price / student rebate? / do young people in education pay less?", "How do I stop the newsletter? / unsubscribe me from your mails please / I get too many news mails, how to turn them off / no more newsletters for me, how?", "Is this article in stock? / do you have it ready to ship or is it sold out / will it be available again / how many pieces of it are left?"])  # fmt: skip


@area.family(
    "similarity of texts",
    "[find|pick] the known question that [means the same as|asks for the same thing as] the new one and [return|give] its {mark}; {none} if none of them does",
    "FAQ matching: {mark} of the listed question with the same meaning as the new one, else {none}",
    "Our FAQ has a few questions, each with a {mark} in front. Below them [stands|is] what a customer has typed. [Tell|Give] me the {mark} of the entry that [answers|fits] the customer's question, and only that; wording does not matter. [If no entry asks for the same thing|If there is no such entry], [write|answer] {none}.",
    given="known questions and a new one",
    difficulty=2,
    mark=choice({"number": "1", "letter": "A", "Roman numeral": "I", "code": "Q"}),
    none=missing("new", "0"),
)
def known_question_with_same_meaning(draw: Draw, p: Values) -> Pair:
    known = draw.some(_FAQ, draw.randint(4, 6))
    asked = known.pop() if draw.chance(0.25) else draw.pick(known)
    first = draw.randint(10, 80)
    marks = {
        "1": "123456",
        "A": "ABCDEF",
        "I": ["I", "II", "III", "IV", "V", "VI"],
        "Q": [f"Q{first + 7 * n}" for n in range(6)],
    }[p.mark]
    stop = ": " if p.mark == "Q" else draw.pick((". ", ") "))
    lines = [f"{mark}{stop}{forms[0]}" for mark, forms in zip(marks, known, strict=False)]
    new = draw.pick(asked[1:])
    new = noise.typos(draw, new) if draw.chance(0.2) else capital(new) if draw.chance(0.4) else new
    head = draw.pick(("New question:", "Customer:", "New:", "Asked:"))
    return "\n".join(lines) + f"\n\n{head} {new}", marks[known.index(asked)] if asked in known else p.none


@area.family(
    "similarity of texts",
    "[list|return] the words of {size} or more letters that occur in both lines, in lower case and in alphabetical order, separated by {separator}; {none} if [they share none|there are none]. [Upper and lower case are the same|Case does not count], and only the exact form counts",
    "Shared vocabulary: words with {size}+ letters found in line 1 and line 2 (case ignored, same form). Lower case, A to Z, each once, joined by {separator}. Nothing shared: {none}",
    "To see how close two [headlines|titles] are, I look at the words they have in common. Take only words with at least {size} letters, treat capitals and small letters alike, and count a plural as another word. [Return|Output] these words in small letters, sorted alphabetically, with {separator} between them, or {none} if no such word is in both lines.",
    given="two lines of text",
    difficulty=3,
    size=number(3, 6),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def words_shared_by_two_lines(draw: Draw, p: Values) -> Pair:
    nouns = [fill(draw, "{noun}") for _ in range(4)]
    first, second = draw.some(_TITLES, 2)
    a = fill(draw, first, x=nouns[0], y=nouns[1])
    b = fill(draw, second, x=draw.pick(nouns[:3]), y=draw.pick(nouns[1:]))
    b = b.upper() if draw.chance(0.15) else b
    sets = [re.findall(rf"[^\W\d_]{{{p.size},}}", line.lower()) for line in (a, b)]
    return f"{a}\n{b}", p.separator.join(sorted(set(sets[0]) & set(sets[1]))) or p.none


_TITLES = bank("""Old {x} found behind the {y} / The {x} that nobody wanted / How to paint a {x} without a {y} / The secret of the old {x} / A {x} and a {y} for {money} / Nobody wanted the {x}, says report / Mayor opens {x} near old {y} / New {y} replaces {x} after storm / After the storm: who repairs the {x}? /
Report: {x} cheaper than {y} / Storm damages {x} and {y} / {x} stolen, mayor offers reward / Paint your {x} yourself / Ten things about the {x} you never knew / Why the {y} needs a {x} / Thief returns {x} after ten years / The last {y} / Never buy a {x} near a {y}""")
_SORTS = {
    "person": bank("""who [wrote|sold|repaired] the {noun}? / whose {noun} is this? / what is the name of the woman who bought the {noun}? / which actor plays the thief? / who was the first to climb the mountain? / which of your colleagues lives in {city}? / tell me who opened the {noun} / by whom was the {noun} found? / to whom did they give the {noun}?"""),
    "place": bank("""where [is|was] the {noun} [sold|found|built]? / in which country is {city}? / what is the capital of {country}? / which town has the oldest {noun}? / where do they keep the {noun}? / tell me where {first} lives / from which city does {first} come? / at which station do I get off? / which street leads to the {noun}?"""),
    "time": bank("""when [does|did] the {noun} [open|arrive|break]? / in which year was {firm} founded? / what time does the train to {city} leave? / on which day do they meet? / at what hour is dinner? / since when have you had the {noun}? / until when can I return the {noun}? / tell me when {first} was born / in what month does it rain most?"""),
    "number": bank("""how many {nouns} are there in {city}? / how much does the {noun} [cost|weigh]? / how [tall|deep|long|heavy] is the {noun}? / what is the price of the {noun}? / how many people work for {firm}? / how often a week does the bus run? / what percentage of {nouns} is sold? / what is {num} divided by {n}? / how old is {first} in years?"""),
    "reason": bank("""why [is|was] the {noun} [so expensive|not there|painted white]? / for what reason did {first} leave? / what caused the fire in {city}? / why did {firm} close? / what is the reason for the delay? / how come {first} is not here? / what made {first} sell the {noun}? / tell me why you hate the {noun} / why do {nouns} rust?"""),
    "truth": bank("""is the {noun} [still open|for sale|made of wood]? / did {first} [sell|paint|lose] the {noun}? / are there {nouns} in {city}? / can {first} repair a {noun}? / has the train to {city} left? / do {nouns} float? / will {firm} be closed on {day}? / was {first} ever in {country}? / does the {noun} belong to {first}?"""),
}  # fmt: skip


@area.family(
    "questions and summaries",
    "[classify|sort] the question by what a right answer would be: {person} for [a person|somebody's name], {place} for a place, {time} for a [time or date|date or time], {number} for a [number or an amount|quantity], {reason} for a [reason|cause], {truth} for yes or no",
    "Expected answer type: human {person}, location {place}, point in time {time}, quantity {number}, cause {reason}, yes/no {truth}",
    "My question answering system first [decides|guesses] what kind of thing it has to look for. [Return|Give] {person} if the answer is somebody's name, {place} if it is somewhere on the map or in a building, {time} if it is a moment, day or year, {number} if it is a count, price or measure, "
    "{reason} if it is an explanation, and {truth} if yes or no would do.",
    given="a question",
    difficulty=1,
    labels=labels(person=("person", "HUM"), place=("place", "LOC"), time=("time", "TIME"), number=("number", "NUM"), reason=("reason", "WHY"), truth=("yes/no", "BOOL")),
)  # fmt: skip
def kind_of_answer_wanted(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_SORTS))
    text = say(draw, _SORTS[kind])
    if text.startswith("tell me"):
        text = text.rstrip("?") + draw.pick((".", "", ", please"))
    elif draw.chance(0.3):
        text = draw.pick(("hello, ", "one question: ", f"hi {draw.pick(WOMEN)}, ", "sorry, ")) + text
    text = capital(text) if draw.chance(0.8) else text
    return (text.rstrip("?") if draw.chance(0.15) else text), p.labels[kind]


_MATCH = bank(
    """{w} beat {l} {x}-{y} <where>. / {l} lost {y}-{x} to {w} <where>. / {w} won the match against {l} by {x} goals to {y} <where>. / <Where>, {l} went down {y}-{x} against {w}. / {l} had no chance against {w} and lost by {y} goals to {x} <where>. / It ended {x}-{y} for {w} <where>; {l} left the pitch in silence."""
)
_DRAWN = bank(
    """{w} and {l} drew {x}-{x} <where>. / No winner <where>: {w} against {l} ended {x}-{x}. / {w} and {l} shared the points <where>, it ended {x}-{x}. / It was {x}-{x} between {l} and {w} <where> when the whistle blew."""
)
_COLOUR = bank(
    """{num},000 people watched. / The referee, {person}, showed {n} yellow cards. / {person} scored in minute {n}. / It rained all evening. / At half-time nobody had scored yet. / The last time they met, it was 7-6. / {person} missed a penalty. / The lights went out for {n} minutes."""
)
_LINES = {"as Winner x-y Loser": "{w} {x}-{y} {l}", "in the form Winner beat Loser x:y": "{w} beat {l} {x}:{y}", "like this: Loser lost to Winner (y-x)": "{l} lost to {w} ({y}-{x})", "as x-y Winner/Loser": "{x}-{y} {w}/{l}", "in the form Winner (x goals), Loser (y goals)": "{w} ({x} goals), {l} ({y} goals)",
          "with just the winner and the score, as Winner, x-y": "{w}, {x}-{y}", "with the loser alone, as Loser (lost)": "{l} (lost)"}  # fmt: skip


@area.family(
    "questions and summaries",
    "[sum up|summarise] the match report in one line {form}, where x are the winner's goals and y the loser's; if nobody won, [just write|write only] {tie}",
    "One-line result {form} (x = goals of the winner, y = goals of the loser). Draw: {tie}",
    "I run a [ticker|results page] for amateur football. Each report becomes one line {form}. x is what the winning team scored, y what the losing team scored; the town where they played, spectators and cards are left out. When a match has no winner, the line is simply {tie}.",
    given="a report of a football match",
    difficulty=2,
    form=choice(_LINES),
    tie=token("draw", "DRAW", "tie", "no winner", "drawn", "-", "X", "even", "undecided", "[draw]"),
)
def result_line_of_a_match_report(draw: Draw, p: Values) -> Pair:
    w, lost, place = draw.some(CITIES, 3)
    y = draw.randint(0, 4)
    facts = {"w": w, "l": lost, "x": str(draw.randint(y + 1, y + 4)), "y": str(y)}
    tied = draw.chance(0.25)
    text = say(draw, _DRAWN if tied else _MATCH, **(facts | {"x": str(y)} if tied else facts))
    where = draw.pick(
        ("on {day}", "in {place} on {day}", "in the cup final in {place}", "last {day}", "in {place}")
    )
    where = fill(draw, where, place=place)
    text = text.replace("<where>", where).replace("<Where>", capital(where))
    for extra in draw.some(_COLOUR, 0, 2):
        text = f"{text} {fill(draw, extra)}" if draw.chance(0.7) else f"{fill(draw, extra)} {text}"
    return text, p.tie if tied else p.form.format(**facts)


_STORY = bank("""The {x} was found in {city}. / {person} had painted the {x} white. / Nobody claimed the {y}. / The {y} and the {x} belong to the town. / A storm had damaged the {y}. / {first} wants to keep the {z}. / It will be repaired by {month}. / The mayor likes the {z}. / The {z} costs {money}. /
Thieves broke into the {z}. / {person} took a photo of the {y}. / In {month} the {x} will be moved. / The police are still looking for witnesses. / A thief stole the {x} from the {y}. / The {z} stood beside the {x} for years. / Children play near the {y}.""")
_HEADS = bank(
    """{x} and {y} found / Thief took {x} from {y} / Who wants this {x}? / Storm hits {y} and {x} / Mayor moves {x} / Police: {y} stolen / {x} near {y} repaired / White {x} for sale / {y}, {x} and the mayor"""
)


@area.family(
    "questions and summaries",
    "[choose|pick] the sentence of the story that has the most words in common with the headline (first line) and [return|write] {form}. [Only words of {size} letters or more count|Count only words with at least {size} letters], capitals or not, each word once, in exactly the same form; if several sentences have the most, take the {tie} one. [Some sentence always shares a word.|]",
    "Extractive summary: sentence with the largest overlap with the headline (line 1). Distinct words, {size}+ letters, case ignored, no stemming. Tie: the {tie} such sentence. Output {form}",
    "My summaries consist of one sentence of the story. The rule: [compare|check] every sentence with the headline in the first line; count the different words of {size} or more letters they share, whatever the letter case; the sentence with the highest count wins, and of equal ones the {tie}. [Return|Give] {form}.",
    given="a headline and a story",
    difficulty=3,
    size=number(3, 5),
    tie=choice("first", "last"),
    form=choice({"the sentence itself": "text", "that sentence as it stands": "text", "the number of the sentence (the first is 1)": "number", "the position of the sentence, counted from 1": "number", "the first word of that sentence": "word", "just the last word of that sentence without the full stop": "end"}),
)  # fmt: skip
def sentence_nearest_to_headline(draw: Draw, p: Values) -> Pair:
    while True:
        things: dict[str, str] = {}
        for key in "xyz":
            things[key] = other(draw, lambda d: fill(d, "{noun}"), *things.values())
        head = capital(say(draw, _HEADS, **things))
        said = [fill(draw, t, **things) for t in draw.some(_STORY, 2, 5)]
        wanted = set(re.findall(rf"[^\W\d_]{{{p.size},}}", head.lower()))
        shared = [len(wanted & set(re.findall(rf"[^\W\d_]{{{p.size},}}", s.lower()))) for s in said]
        if max(shared):
            break
    best = [n for n, count in enumerate(shared) if count == max(shared)]
    at = best[0] if p.tie == "first" else best[-1]
    found = {
        "text": said[at],
        "number": str(at + 1),
        "word": said[at].split()[0],
        "end": said[at].split()[-1].rstrip("."),
    }[p.form]
    return edges(draw, f"{head}\n{' '.join(said)}"), found
