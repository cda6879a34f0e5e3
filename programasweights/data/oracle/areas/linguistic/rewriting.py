"""Linguistic analysis: reported speech, negation, questions, pronouns, errors, and forms of spelling."""

import re

from programasweights.data.oracle.areas.linguistic._banks import DOINGS, LAYOUTS, SUBJECTS, finished
from programasweights.data.oracle.areas.traditional_nlp._banks import (
    MEN,
    WOMEN,
    bank,
    capital,
    edges,
    fill,
    say,
)
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, separator

__all__ = ["area"]

area = Area("Linguistic analysis")

_AROUND = {said: form for said, form in LAYOUTS.items() if form not in ("{}.", "{};")}

_SHIFTS = tuple(tuple(line.split("|")) for line in """am tired|was tired|is tired
am not hungry|was not hungry|is not hungry
have lost the key|had lost the key|has lost the key
will call tomorrow|would call the next day|will call tomorrow
can swim|could swim|can swim
cannot find the way|could not find the way|cannot find the way
like the soup|liked the soup|likes the soup
live in Oslo|lived in Oslo|lives in Oslo
am waiting for the bus|was waiting for the bus|is waiting for the bus
know the answer|knew the answer|knows the answer
must go home|had to go home|must go home
have seen a ghost|had seen a ghost|has seen a ghost
will pay|would pay|will pay
want a cup of tea|wanted a cup of tea|wants a cup of tea
do not eat meat|did not eat meat|does not eat meat
am going to sell the van|was going to sell the van|is going to sell the van
play the flute|played the flute|plays the flute
need help|needed help|needs help
hate Mondays|hated Mondays|hates Mondays
may be late|might be late|may be late
drive a bus|drove a bus|drives a bus
have no money|had no money|has no money
can hear music|could hear music|can hear music
do not know the way|did not know the way|does not know the way""".split("\n"))  # fmt: skip


@area.family(
    "changing a sentence",
    "[turn|rewrite] the quotation into reported speech {form}; write it {layout}. {shift}[. Replace I by he or she, according to the name|; I becomes he or she to fit the name]",
    "Direct -> reported speech, {form}, {layout}. {shift}. I -> he/she [as the name requires|by the name]",
    "I [edit|shorten] interviews and want short quotations in reported speech: {form}, {layout}. {shift}. The speaker's I becomes he for a man's name and she for a woman's. [The result is one sentence with a full stop.|End with a full stop.]",
    given="a quotation with its speaker",
    difficulty=3,
    form=choice({"starting with the name, as in 'Anna said that ...'": "{n} said that {p} {x}.", "in the pattern 'Anna said that ...'": "{n} said that {p} {x}.", "without 'that', as in 'Anna said ...'": "{n} said {p} {x}.",
                 "with 'According to' and the name, as in 'According to Anna, ...'": "According to {n}, {p} {x}.", "with the name at the end, as in '..., said Anna.'": "{P} {x}, said {n}."}),
    shift=choice({"Move the tense back (am -> was, will -> would, have -> had, can -> could, must -> had to, may -> might, tomorrow -> the next day)": 1, "Shift present to past, will to would, can to could, must to had to, may to might, have to had, and tomorrow to the next day": 1,
                  "Keep the tense and words like tomorrow; only the verb takes the form for he or she": 2, "Leave the tense as it is (and tomorrow, too), just fit the verb to he or she": 2}),
    layout=choice(_AROUND),
)  # fmt: skip
def quotation_into_reported_speech(draw: Draw, p: Values) -> Pair:
    woman = draw.chance(0.5)
    name, pronoun = draw.pick(WOMEN if woman else MEN), "she" if woman else "he"
    said = draw.pick(_SHIFTS)
    text = draw.pick(
        ('"I {x}," said {n}.', '{n} said: "I {x}."', '"I {x}," {n} said.', '{n}: "I {x}"', "{n}: I {x}.")
    ).format(x=said[0], n=name)
    return edges(draw, text), p.layout.format(
        p.form.format(n=name, p=pronoun, P=pronoun.capitalize(), x=said[p.shift])
    )


_NOT = {
    "in full (does not, is not, will not)": False,
    "without contractions": False,
    "with contractions (doesn't, isn't, won't, hasn't)": True,
    "in the short form (isn't, don't, won't ...)": True,
}
_SHORT = {
    "does not": "doesn't",
    "do not": "don't",
    "is not": "isn't",
    "are not": "aren't",
    "will not": "won't",
    "has not": "hasn't",
    "have not": "haven't",
    "did not": "didn't",
    "can not": "can't",
    "was not": "wasn't",
    "were not": "weren't",
}


def _spoken_forms(draw: Draw) -> tuple[str, str, str, str, str]:
    """Subject, helping verb, the verb after it, the verb without help, and the rest of a simple sentence."""
    base, third, past, done, going, rest = draw.pick(DOINGS)
    plural = draw.chance(0.4)
    who = (
        draw.pick(("they", "we", "the neighbours", "her parents", "both boys"))
        if plural
        else draw.pick(("he", "she", *SUBJECTS[:9], draw.pick(WOMEN), draw.pick(MEN)))
    )
    kind = draw.randrange(5)
    help_, verb, plain = (
        ("do" if plural else "does", base, base if plural else third), ("did", base, past), ("are" if plural else "is", going, ""), ("will", base, ""), ("have" if plural else "has", done, ""),
    )[kind]  # fmt: skip
    return who, help_, verb, plain, rest


@area.family(
    "changing a sentence",
    "[make|turn] the sentence negative, {short}; if it is negative already, make it [positive|affirmative]. [Write|Return] the result {layout}. [Nothing else changes|The tense stays]",
    "Flip the negation: positive -> negative {short}, negative -> positive. [Same tense, rest unchanged|Tense and other words stay]. [Output|Write it] {layout}",
    "I [write|make] true-or-false questions and need the opposite of a sentence. A statement without not gets it, {short} (with do, does or did where English needs it); a statement with not, in full or short form, loses it again. Tense and the other words stay as they are. [Return|Write] the new sentence {layout}.",
    given="a sentence",
    difficulty=2,
    short=choice(_NOT),
    layout=choice(_AROUND),
)
def negation_flipped(draw: Draw, p: Values) -> Pair:
    who, help_, verb, plain, rest = _spoken_forms(draw)
    positive = f"{who} {plain or f'{help_} {verb}'} {rest}"
    wanted = _SHORT[f"{help_} not"] if p.short else f"{help_} not"
    shown = draw.pick((_SHORT[f"{help_} not"], f"{help_} not"))
    if draw.chance(0.55):
        return edges(draw, finished(positive)), p.layout.format(finished(f"{who} {wanted} {verb} {rest}"))
    return edges(draw, finished(f"{who} {shown} {verb} {rest}")), p.layout.format(finished(positive))


@area.family(
    "changing a sentence",
    "[turn|change] the statement into {kind}, in the same tense and with a question mark at its end, and [write|return] the whole {layout}",
    "Statement -> {kind}; [same tense|tense unchanged], question mark at the end; [written|output] {layout}",
    "For a [quiz|reading test] I need questions from plain statements: {kind}. [Keep the tense|The tense stays], use do, does or did where English needs it, and [put|set] a question mark at the end instead of the full stop. [Return|Write] the question {layout}.",
    given="a statement",
    difficulty=3,
    kind=choice({"a yes/no question (Does she ...?)": "yes", "a question to be answered by yes or no": "yes", "a question with 'Who' that asks for the subject (Who works ...?)": "who", "a 'Who' question whose answer is the subject, with a singular verb": "who",
                 "a question with 'Why' at its start": "why", "a 'Why' question": "why", "a statement with a question tag (..., does he?/..., doesn't he?) as in 'She works here, doesn't she?'": "tag", "a tag question ('They came, didn't they?')": "tag"}),
    layout=choice(_AROUND),
)  # fmt: skip
def statement_into_question(draw: Draw, p: Values) -> Pair:
    who, help_, verb, plain, rest = _spoken_forms(draw)
    text, asked = _asked(draw, p.kind, who, help_, verb, plain, rest)
    return text, p.layout.format(asked)


def _asked(draw: Draw, kind: str, who: str, help_: str, verb: str, plain: str, rest: str) -> tuple[str, str]:
    text = finished(f"{who} {plain or f'{help_} {verb}'} {rest}")
    if kind == "who":
        single = {"do": "does", "are": "is", "have": "has"}.get(help_, help_)
        third = (
            next(forms[1] for forms in DOINGS if forms[0] == verb)
            if plain and help_ in ("do", "does")
            else plain
        )
        return text, f"Who {third or f'{single} {verb}'} {rest}?"
    if kind == "tag":
        pronoun = (
            who
            if who in ("he", "she", "they", "we")
            else "they"
            if help_ in ("do", "are", "have") or who in ("the neighbours", "her parents", "both boys")
            else "she"
            if who in WOMEN
            else "he"
        )
        if pronoun == "he" and who not in (*MEN, "he"):
            who = draw.pick(MEN)
            text = finished(f"{who} {plain or f'{help_} {verb}'} {rest}")
        return text, f"{text[:-1]}, {_SHORT[f'{help_} not']} {pronoun}?"
    inner = who[0].lower() + who[1:] if who not in WOMEN + MEN else who
    return text, capital(f"{'why ' if kind == 'why' else ''}{help_} {inner} {verb} {rest}?")


_PEOPLE_SETS = bank("""my aunt:she / the old woman:she / the queen:she / his sister:she / my father:he / the king:he / her brother:he / the old man:he / the table:it / the big house:it / our car:it / this idea:it / the weather:it / my keys:they / the children:they / Anna and Peter:they / the neighbours:they / two old dogs:they / my friends:they /
my brother and I:we / Maria and I:we / you and your sister:you / you and Tom:you / the scissors:they / his glasses:they / the girls:they / this letter:it / my uncle:he / her grandmother:she / your boss and you:you / the twins and I:we / the birds:they / the news:it / Mrs Miller:she / Mr Jones:he / the cups and plates:they / her husband:he / the bride:she / his son:he / our garden:it / the snow:it / the buses:they / you and I:we""")
_PRONOUNS = {"I": "I me my mine myself", "you": "you you your yours yourselves", "he": "he him his his himself", "she": "she her her hers herself", "it": "it it its its itself", "we": "we us our ours ourselves", "they": "they them their theirs themselves"}  # fmt: skip
_FORMS = {"the subject pronoun (he, they ...)": 0, "the personal pronoun as a subject": 0, "the object pronoun (him, them ...)": 1, "the personal pronoun as an object": 1, "the possessive that stands before a noun (his, their ...)": 2, "the possessive determiner (my, our ... as before a noun)": 2,
          "the reflexive pronoun (-self or -selves)": 4, "the pronoun in -self or -selves": 4}  # fmt: skip


@area.family(
    "pronouns and errors",
    "[replace|represent] the words by {form}: [return|write] that one word {case}. [Groups with I count as we, groups with you (and no I) as you.|]",
    "Noun phrase -> {form}, {case}; [X and I = we, you and X = you|'and I' means we, 'you and' means you]",
    "My [exercise generator|text adventure] has to avoid repeating names. Given some words for a person, a thing or a group, [return|give] {form} that goes with them, {case}. Men and boys are he, women and girls she, things it; a group with I in it is we, a group with you but without I is you.",
    given="words for somebody or something",
    difficulty=1,
    form=choice(_FORMS),
    case=choice({"in lower case": "{}", "in small letters": "{}", "in capital letters": "^", "in upper case": "^", "in lower case within round brackets": "({})", "in lower case, followed by a full stop": "{}.", "in lower case between two hyphens": "-{}-", "in lower case between double quotes": '"{}"', "in lower case with # before it": "#{}"}),
)  # fmt: skip
def pronoun_for_the_words(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("given", "given", "name", "pair", "mine"))
    if kind == "given":
        text, who = draw.pick(_PEOPLE_SETS).split(":")
    elif kind == "name":
        text, who = draw.pick(
            (
                (draw.pick(WOMEN), "she"),
                (draw.pick(MEN), "he"),
                (fill(draw, "the {noun}"), "it"),
                (fill(draw, "the {nouns}"), "they"),
                (fill(draw, "{first}'s {noun}"), "it"),
            )
        )
    elif kind == "pair":
        text, who = (
            fill(
                draw, draw.pick(("{first} and the {nouns}", "{woman} and {man}", "the {noun} and the {noun}"))
            ),
            "they",
        )
    else:
        text, who = draw.pick(
            (
                (fill(draw, "{first} and I"), "we"),
                (fill(draw, "you and {first}"), "you"),
                (fill(draw, "{first}, {man} and I"), "we"),
            )
        )
    word = _PRONOUNS[who].split()[p.form]
    return draw.pick((text, text, capital(text))), word.upper() if p.case == "^" else p.case.format(word)


_AGREE = bank("""the list of {nouns} <is> on the table / {first} and {man} <are> late / one of the {nouns} <is> broken / the {nouns} in the box <are> old / everybody <is> here / the colour of the {nouns} <is> blue / both {nouns} <are> mine / my keys <are> in the car / the news <is> good / each of the {nouns} <has> a number /
the children <play> outside / the girl with the {nouns} <plays> outside / {first} <goes> to {city} every day / the {nouns} near the {noun} <belong> to {first} / a box of {nouns} <stands> in the hall / my brother and I <live> in {city} / {first} <doesn't> like {nouns} / they <don't> know {first} / there <are> {n} {nouns} in the room / there <is> a {noun} in the room /
he <has> no time / the {noun} and the {noun} <were> sold / the owner of the {nouns} <was> away / the trousers <are> wet / two of them <live> in {city} / nobody <wants> the {noun} / my parents <have> a {noun} / she <writes> to {first} / the price of the {nouns} <goes> up""")  # fmt: skip
_WRONG = {
    "is": "are",
    "are": "is",
    "has": "have",
    "have": "has",
    "was": "were",
    "were": "was",
    "play": "plays",
    "plays": "play",
    "goes": "go",
    "belong": "belongs",
    "stands": "stand",
    "live": "lives",
    "doesn't": "don't",
    "don't": "doesn't",
    "wants": "want",
    "writes": "write",
}
_FIXES = {
    "just the right verb form": "{r}",
    "only the verb form that is right": "{r}",
    "the wrong and the right form with an arrow between them, as in is -> are": "{w} -> {r}",
    "the wrong and the right form with a slash between them (is/are)": "{w}/{r}",
    "the whole sentence with the verb corrected": "{s}",
    "the corrected sentence": "{s}",
    "the wrong verb form only": "{w}",
    "the verb form that is wrong, nothing else": "{w}",
}


@area.family(
    "pronouns and errors",
    "[check|test] whether the verb agrees with its subject (he goes, they go); if not, [return|write] {form}; if it does, [return|write] {none}. [Look for the real subject: in 'the list of books' it is 'the list'.|The noun next to the verb may not be its subject.]",
    "Subject-verb agreement. [Error|Mistake] -> {form}; no error -> {none}. There is one at most[; mind 'the list of books is'|]",
    "I proofread texts by people who learn English. Their sentences have at most one mistake: a verb in the singular for a plural subject or the other way round. If there is one, [give me|return] {form}. If the sentence is right, [give me|return] {none}.",
    given="a sentence by a learner",
    difficulty=3,
    form=choice(_FIXES),
    none=missing("ok", "correct"),
)
def agreement_of_verb_and_subject(draw: Draw, p: Values) -> Pair:
    line = capital(say(draw, _AGREE)) + "."
    right = re.search(r"<([\w']+)>", line).group(1)  # type: ignore[union-attr]
    if draw.chance(0.25):
        return line.replace(f"<{right}>", right), p.none
    wrong = _WRONG[right]
    return line.replace(f"<{right}>", wrong), p.form.format(
        r=right, w=wrong, s=line.replace(f"<{right}>", right)
    )


_SOUNDS = bank("""<their:there,they're> {noun} is broken / I saw <their:there,they're> new {noun} / <they're:their,there> waiting for {first} / do you know if <they're:their,there> at home? / put it over <there:their,they're> / <there:their,they're> are {n} {nouns} / <your:you're> {noun} is here / I like <your:you're> {noun} / <you're:your> late again / I think <you're:your> right /
the {noun} lost <its:it's> handle / every town has <its:it's> {noun} / <it's:its> raining in {city} / {first} says <it's:its> too late / the {noun} is <too:to,two> heavy / we go <to:too,two> {city} / I have <two:to,too> {nouns} / this is older <than:then> that / {first} is taller <than:then> me / first we eat, <then:than> we talk /
<whose:who's> {noun} is this? / <who's:whose> at the door? / I <knew:new> him / {first} bought a <new:knew> {noun} / I can't <hear:here> you / come <here:hear>, {first} / we <know:no> {first} / there is <no:know> {noun} / the <weather:whether> is bad / I don't know <whether:weather> {first} is ill / we sat by the <sea:see> / I can <see:sea> the {noun} /
please <write:right> to {first} / turn <right:write> at the {noun} / a <piece:peace> of cake / war and <peace:piece> / I <won:one> the race / only <one:won> {noun} is left""")  # fmt: skip


@area.family(
    "pronouns and errors",
    "[find|look for] the word that was confused with one that sounds [the same|alike] (their/there, its/it's, then/than ...) and [return|give] {form}; {none} if every word is right. There is at most one",
    "Homophone check (your/you're, to/too, see/sea ...), one slip at most: {form}; nothing wrong: {none}",
    "My dictation program [mixes up|confuses] words that sound alike, such as there and their or no and know. A sentence holds one such slip or none. For a slip, [return|give me] {form}, in the letter case of the text. For a right sentence, [return|give me] {none}.",
    given="a dictated sentence",
    difficulty=2,
    form=choice({k.replace("verb form", "word").replace("right verb", "right").replace("the verb corrected", "the word corrected").replace("wrong and the right form", "wrong and the right word").replace("is -> are", "there -> their").replace("is/are", "there/their"): v for k, v in _FIXES.items()}),
    none=missing("ok", "correct"),
)  # fmt: skip
def word_of_the_same_sound(draw: Draw, p: Values) -> Pair:
    line = say(draw, _SOUNDS)
    line = capital(line[1:] if line[0] == "<" else line) if line[0] != "<" else line
    found = re.search(r"<([\w']+):([\w',]+)>", line)
    right, wrong = found.group(1), draw.pick(found.group(2).split(","))  # type: ignore[union-attr]
    if line[0] == "<":
        right_, wrong = capital(right), capital(wrong)
    else:
        right_ = right
    end = "" if line[-1] == "?" else "."
    good = line.replace(found.group(), right_) + end  # type: ignore[union-attr]
    if draw.chance(0.25):
        return good, p.none
    return line.replace(found.group(), wrong) + end, p.form.format(r=right_, w=wrong, s=good)  # type: ignore[union-attr]


_PAIRS = tuple(
    tuple(pair.split("="))
    for pair in """I'm=I am|we're=we are|they're=they are|you're=you are|I'll=I will|we'll=we will|they'll=they will|don't=do not|doesn't=does not|didn't=did not|isn't=is not|aren't=are not|wasn't=was not|weren't=were not|won't=will not|can't=cannot|couldn't=could not|shouldn't=should not|wouldn't=would not|I've=I have|we've=we have|they've=they have|haven't=have not|hasn't=has not|mustn't=must not""".split(
        "|"
    )
)
_CONTRACTED = bank("""I'm sure that we're late / they're in {city} and don't call / {first} doesn't know that I've moved / we'll wait if you can't come / it isn't {first}'s {noun} / you're right, they haven't paid / {first} didn't see the {noun}, I'm afraid / we've lost, but it wasn't our fault / they won't sell the {noun} / I'll ask why they aren't here / we couldn't find {first}'s {noun} /
you shouldn't touch the {noun} / {first} hasn't been to {city} / they weren't at home / I don't think that they'll come / we're sorry, but we can't help / I wouldn't say that / you mustn't tell {first} / they've sold {first}'s {noun} / I'm glad you didn't ask""")  # fmt: skip


@area.family(
    "spelling and style",
    "[contract|shorten] the full forms in the sentence, {which}, and [return|write] the sentence {layout}; [leave all else as it is|nothing else changes]",
    "Short forms wanted: {which}. [All other words stay|Rest unchanged]. [Output|Write it] {layout}",
    "Our [chat bot|narrator] sounds stiff because it never says I'm or don't. [Rewrite|Return] each sentence with the usual short forms, {which}. Write it {layout}. [If nothing can be shortened, the words stay as they are.|Sentences without such forms keep their words.]",
    given="a sentence",
    difficulty=2,
    which=choice({"with not only (do not -> don't, cannot -> can't), other full forms stay": "not", "only those of a verb and not (is not -> isn't, cannot -> can't)": "not",
                  "only those of a pronoun and am, are, have or will (I am -> I'm), but not where not follows": "pronoun", "only pronoun and verb (we are -> we're, they will -> they'll), unless not comes next": "pronoun",
                  "of both kinds: a verb and not (isn't, can't; this one first), a pronoun and am, are, have, will (I'm, they've)": "all", "all of them: not is joined to the verb before it (haven't), else the verb to the pronoun (we've)": "all"}),
    layout=choice(_AROUND),
)  # fmt: skip
def full_forms_contracted(draw: Draw, p: Values) -> Pair:
    short = capital(say(draw, _CONTRACTED)) + "."

    def spelled(which: str) -> str:
        text = short
        for brief, full in _PAIRS:
            if which == "all" or (which == "not") == brief.endswith("n't"):
                text = re.sub(rf"\b{brief}\b", full, text)
                text = re.sub(rf"\b{capital(brief)}\b", capital(full), text)
        return text

    made = {"all": short, "not": spelled("pronoun"), "pronoun": spelled("not")}[p.which]
    return draw.pick((spelled("all"), spelled("all"), spelled("all"), made)), p.layout.format(made)


_SPELLINGS = tuple(tuple(pair.split(":")) for pair in """colour:color neighbour:neighbor harbour:harbor favourite:favorite flavour:flavor labour:labor honour:honor centre:center theatre:theater fibre:fiber pyjamas:pajamas jewellery:jewelry travelled:traveled cancelled:canceled
traveller:traveler defence:defense offence:offense aluminium:aluminum plough:plow mould:mold humour:humor rumour:rumor behaviour:behavior colourful:colorful honourable:honorable counsellor:counselor marvellous:marvelous woollen:woolen neighbourhood:neighborhood armour:armor vapour:vapor kilometre:kilometer savoury:savory
parlour:parlor odour:odor splendour:splendor labelled:labeled modelling:modeling sceptical:skeptical paediatric:pediatric manoeuvre:maneuver""".split())  # fmt: skip
_SPELL_LINES = bank(
    """write {a} and {b} on the board / the word {a} comes before {b} / {first} wrote {a}, then {b} / is {a} on the list? / my list: {a}, {b} and {c} / they looked up {a} and {b} / {first} misread {a}, {b} and then {c} / the labels said {a}, {b}, {c} / headings: {a} / {b} / {c} / the sign reads {a}; the leaflet reads {b} / search for {a} or {b} / {first}'s words: {a}; {b}; {c}""".replace(
        " {a} / {b} / {c} ", " {a} | {b} | {c} "
    )
)


@area.family(
    "spelling and style",
    "[find|list] the words in {wrong} spelling and [return|give] {form}, in text order, separated by {separator}; {none} if there are none",
    "Spot {wrong} spelling. Output {form}, in the order of the text, joined by {separator}; nothing found: {none}",
    "Our [catalogue|website] has mixed spellings. [Show|Return] me {form} for every word in {wrong} spelling, in the order of the text, with {separator} between them. [A text without such words gives|If there is no such word, write] {none}.",
    given="a text",
    difficulty=2,
    wrong=choice("American", "British"),
    form=choice({"them as they are": "{w}", "these words": "{w}", "the form used on the other side of the Atlantic": "{r}", "the spelling of the other country": "{r}", "each with the other spelling in round brackets after it": "{w} ({r})", "each as it is and as it is written on the other side of the Atlantic, with a slash between the two": "{w}/{r}"}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def british_or_american_spellings(draw: Draw, p: Values) -> Pair:
    line = draw.pick(_SPELL_LINES)
    found, words = [], {}
    for key, pair in zip("abc", draw.some(_SPELLINGS, 3), strict=True):
        at = draw.randrange(2)
        words[key] = pair[at]
        if f"{{{key}}}" in line and at == (p.wrong == "American"):
            found.append(p.form.format(w=pair[at], r=pair[1 - at]))
    text = fill(draw, line, **words)
    return capital(text) + ("" if text[-1] == "?" else "."), p.separator.join(found) or p.none


_PLAIN_WORDS = tuple(tuple(pair.split(":")) for pair in """buy:purchase get:obtain help:assist ask:enquire start:commence end:terminate need:require try:attempt show:demonstrate tell:inform use:utilise keep:retain fix:repair check:verify send:dispatch choose:select give:provide build:construct live:reside""".split())  # fmt: skip
_OFFICE = bank(
    """please {x} before noon / {first} wants to {x} in {city} / they {x} and then they {y} / you may {x} or {y} / {first} and I {x} in {city} / do you want to {x}? / first {x}, then {y} / when we {x}, we also {y} / it is time to {x} and {y} / who will {x} on {day}? / I never {x} without {first} / all of them {x}, some {y} / why not {x} with us?"""
)


@area.family(
    "spelling and style",
    "[rewrite|return|give back] the text in a more {style} [register|style] with [this list only|the help of this list only]: {words}. Each word of the left column is replaced by the one to its right; [all else stays|nothing else changes]",
    "[Word list|Swap list|Register list] ({style} on the right): {words}. Replace left by right in the text, [whole words, no other change|only these words]",
    "For [a letter generator|our style tool] I keep a small list that makes a text more {style}: {words}. [Apply it|Exchange the words] to the text: what stands on the left becomes what stands on the right; every other word and mark is kept. [A text without such words does not change.|]",
    given="a text",
    difficulty=1,
    style=choice("formal", "official", "polished"),
    words=choice({"; ".join(f"{a} - {b}" for a, b in group): group for group in (
        tuple(_PLAIN_WORDS[n] for n in picked) for picked in ((0, 1, 2, 3, 4), (2, 5, 8, 9, 11), (1, 6, 7, 12, 13), (0, 10, 14, 15, 16), (3, 4, 5, 17, 18), (8, 9, 10, 11, 12, 13), (1, 2, 6, 7, 14, 16), (15, 16, 17, 18, 0, 4)))}),
)  # fmt: skip
def register_by_a_word_list(draw: Draw, p: Values) -> Pair:
    swaps = dict(p.words)
    pool = [a for a, _ in _PLAIN_WORDS]
    parts = []
    for _ in range(draw.randint(1, 3)):
        x = draw.pick(list(swaps)) if draw.chance(0.75) else draw.pick(pool)
        parts.append(say(draw, _OFFICE, x=x, y=draw.pick(pool)))
    text = " ".join(capital(part) + ("" if part[-1] == "?" else ".") for part in parts)
    return text, re.sub(r"\b[a-z]+\b", lambda m: swaps.get(m.group(), m.group()), text)
