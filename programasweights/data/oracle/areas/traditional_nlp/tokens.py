"""Traditional NLP: sentences, tokens, stop words, keywords, and texts put back into shape."""

import re
from collections import Counter

from programasweights.data.oracle.areas.traditional_nlp._banks import (
    CITIES,
    LETTER_CASES,
    MEN,
    WOMEN,
    bank,
    capital,
    edges,
    fill,
    person,
    say,
)
from programasweights.data.oracle.banks import prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, number, separator

__all__ = ["area"]

area = Area("Traditional NLP")

_TRICKY = bank("""Dr. {last} saw {n} patients before noon. / The parcel weighs {n}.5 kg and costs ${n}.99. / Mr. and Mrs. {last} live at {num} St. James Road. / We need fruit, e.g. apples or figs, for the cake. / Version {n}.{m} came out in {month}. /
Prof. {last} teaches at 9 a.m. on {day}s. / Is that you, {first}? / Wait! / The firm {last} Inc. has moved to {city}. / Approx. {num} people signed the letter. / Nobody answered... / She asked: why not? / What a day! / See fig. {n} on p. {num}. /
I bought pens, paper, etc. for {first}. / {first} J. {last} wrote it. / Room No. {num} is free. / The flat measures {num}.{m} sq. metres. / It starts at {n} p.m. sharp. / The U.S. team arrived in {city}. / Visit www.example.com for more. / Tickets cost {money} incl. tax. /
Who wrote this?! / The house was built by J. R. {last} in {year}. / Our train left on time. / Ask Ms. {last} about the {noun}. / Stop it!! / We stay, i.e. nothing has changed. / It is Gen. {last} vs. Capt. {first} today.""")  # fmt: skip
_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "last but one": -2}


@area.family(
    "sentences and tokens",
    "[return|copy] the {place} sentence of the text. Full stops in abbreviations, initials and numbers (Dr., e.g., 2.5) do not end a sentence. [If the text has too few sentences|If there is none], [write|return] {none}",
    "Sentence splitter: output the {place} sentence, {none} if there are not so many. [Beware of|Mind] Dr., p.m., 3.5 and the like: no boundary there",
    "My [splitter|script] cuts texts at every full stop, which breaks at 'Dr.' or '2.5'. I want it done right: find the sentences (each ends in a full stop, question mark, exclamation mark or several of these) and [give|return] the {place} one, unchanged. "
    "Dots after abbreviations or initials and inside numbers and addresses end nothing. Too short a text [gives|yields] {none}.",
    given="a text",
    difficulty=3,
    place=choice(_PLACES),
    none=missing(),
)
def sentence_despite_abbreviations(draw: Draw, p: Values) -> Pair:
    low = p.place + 1 if p.place >= 0 else -p.place
    count = draw.randint(low, low + 3) if low == 1 or draw.chance(0.85) else draw.randint(1, low - 1)
    said = [
        fill(draw, t, last=person(draw).split()[1], m=str(draw.randint(1, 9)))
        for t in draw.some(_TRICKY, max(count, 1))
    ]
    found = said[p.place] if -len(said) <= p.place < len(said) else p.none
    return edges(draw, " ".join(said)), capital(found) if found == p.none else found


_PHRASES = bank("""the {adjective} {noun} isn't here / well-known {nouns} are in {city} / I'd say: no / {first}'s {noun} costs {money} / it's a {four}-year-old {noun} / we don't know, do we / a part-time job in {city} / {n} {nouns}, {num} {nouns} / can't you wait, {first} / e-mail me / they've left; we haven't /
up-to-date maps of {city} / that's {first}, not {man} / half-price {nouns} / the {noun} (old) and the {noun} (new) / "yes" is what he said / a sugar-free cake / you'll see / long-term plans: none / {woman} said hello""")  # fmt: skip


@area.family(
    "sentences and tokens",
    "[cut|split] the text into [tokens|its tokens], {marks}. {hyphens}; a word with an apostrophe [such as don't|like isn't] is one token. [Put|Write] {separator} between the tokens, [and leave the letter case|keep upper and lower case]",
    "Tokens, {marks}, joined by {separator}. {hyphens}; [don't, isn't, Anna's|don't and the like] = one token each. [Case unchanged|Keep case]",
    "Before indexing, every text has to be cut into tokens, {marks}. {hyphens}. Contractions and genitives (don't, Anna's) stay whole. Nothing is changed otherwise. The output is the row of tokens with {separator} between them.",
    given="a short text",
    difficulty=3,
    marks=choice({"with every punctuation mark as a token of its own": True, "each punctuation mark being a separate token": True, "without punctuation marks": False, "with all punctuation marks left out": False}),
    hyphens=choice({"A word with hyphens is one token": True, "Words with hyphens stay in one piece": True, "A word with hyphens is cut at its hyphens, which disappear": False,
                    "Words with hyphens are split into their parts and the hyphens are dropped": False}),
    separator=choice({"a vertical bar with a space on either side": " | ", "a vertical bar without spaces": "|", "single spaces": " ", "line breaks": "\n", "tabs": "\t", "newlines": "\n", '" / "': " / ",
                      "slashes without spaces": "/", "underscores": "_"}),
)  # fmt: skip
def tokens_by_stated_rules(draw: Draw, p: Values) -> Pair:
    said = [
        fill(draw, t, money=str(draw.randint(2, 99)), four=str(draw.randint(2, 7)))
        for t in draw.some(_PHRASES, 1, 3)
    ]
    text = capital(draw.pick((", ", ". ", "; ", "! ")).join(said)) + draw.pick((".", "!", "?", ""))
    plain = text if p.hyphens else re.sub(r"(?<=\w)-(?=\w)", " ", text)
    found = re.findall(r"\w+(?:['-]\w+)*|[^\w\s]", plain)
    return text, p.separator.join(t for t in found if p.marks or t[0].isalnum())


_STOPS = ("the a an of in on", "the a and or is was", "the a to at for by with", "is are was were be", "and or but so the", "in on at from to the", "the a of and in is to", "it is the a that this",
          "my your his her our the", "the a an and near was on")  # fmt: skip


@area.family(
    "stop words and keywords",
    "[remove|drop|delete] these stop words from the text, in any letter case: {stops}. [Also remove all punctuation marks|Punctuation marks go as well] except apostrophes inside words. [Return|Write] the other words in {case}, with {separator} between them, or {none} if nothing is left",
    "Stop word filter. List: {stops}. [Compare without regard to case|Case is ignored]; punctuation out (an apostrophe in a word stays); remaining words in {case}, joined with {separator}; all gone = {none}",
    "For [my search index|a word cloud] I throw away the words {stops}, whether capitalised or not, and all punctuation (only an apostrophe within a word stays). What I need back are the remaining words in their order, in {case}, divided by {separator}; {none} if no word remains.",
    given="a text",
    difficulty=2,
    stops=choice({", ".join(s.split()): tuple(s.split()) for s in _STOPS}),
    case=choice({"lower case": "lower", "small letters": "lower", "capital letters": "upper", "upper case": "upper", "the letter case of the text": "str", "their original letter case": "str"}),
    separator=choice({"single spaces": " ", "commas without spaces": ",", "a comma and a space": ", ", "vertical bars without spaces": "|", "line breaks": "\n", "underscores": "_", "plus signs without spaces": "+"}),
    none=missing(),
)  # fmt: skip
def stop_words_of_a_list_dropped(draw: Draw, p: Values) -> Pair:
    texts = (
        prose.statement(draw),
        f"{prose.chat(draw)}",
        say(draw, _STOPPY),
        f"{say(draw, _STOPPY)} {prose.statement(draw)}",
        " ".join(draw.some(p.stops, 2, 4)),
        say(draw, _STOPPY),
    )
    text = texts[min(draw.randrange(20), 5)] if draw.chance(0.3) else texts[draw.pick((2, 3, 5))]
    text = re.sub(r"[^\w\s.,:;!?']|(?<=\d)[.:](?=\d)", "", text)
    found = [w for w in re.findall(r"\w+(?:'\w+)*", text) if w.lower() not in p.stops]
    form = LETTER_CASES[p.case]
    return text, p.separator.join(form(w) for w in found) or p.none


_STOPPY = bank("""The {noun} is in the {noun}, and that is the end of it. / A letter from {first} was on the table near the {noun}. / My {noun} and your {noun} are the best in {city}! / Is this the key to the {noun} or to the {noun}? / We were at the {noun}, but it was so {adjective}. /
Her {noun} is {adjective}, his is not. / THE {NOUN} IS BY THE DOOR. / This is a {noun}; that is an old {noun}. / To be or not to be near the {noun}. / Our trip to {city} was for the {nouns}, not for the food. / In {month} the {noun} and the {noun} are closed.""".replace("{NOUN}", "[DOOR|LAMP|CAR]"))  # fmt: skip
_TERMS = tuple(
    """solar battery panel garden tomato compost bicycle brake saddle camera lens tripod loan interest mortgage bread yeast oven server backup router
tunnel bridge railway vaccine dose clinic visa passport border novel poem editor whale harbour ferry glacier summit cable""".split()
)
_AROUND = bank("""The {a} and the {b} belong together. / Nobody can use a {a} without a {b}. / First comes the {a}, then the {b}. / Every {a} has its price. / A good {a} lasts for years. / We looked at the {a} for an hour. / The {b} is new, the {a} is old. / Where there is a {b}, there is a {a}. /
Ask for the {a}. / {first} knows all about this {a}. / About the {b} they said nothing. / Who invented the {a}? / This {b} needs another {a}. / People in {city} love their {a}.""")  # fmt: skip


@area.family(
    "stop words and keywords",
    "[find|list] the keywords of the text: words of at least {size} letters that occur {times} or more times[, in any letter case|]. [Write|Give] them in lower case, [in the order of their first appearance|ordered by where they first appear], with {separator} between them; {none} if there are none. [Plurals count as other words.|A plural is a word of its own.]",
    "Keywords = words with {size}+ letters, {times}+ occurrences ([case ignored|any case], exact form only). Lower case, order of first occurrence, joined by {separator}; else {none}",
    "I tag blog posts with a crude but predictable rule: a word is a keyword if it has {size} or more letters and the text contains it {times} times or more often. Upper and lower case are the same, other forms of a word (plurals) are not. "
    "List the keywords in small letters by first appearance, {separator} in between, and [write|put] {none} if nothing qualifies.",
    given="a short article",
    difficulty=3,
    size=number(4, 7),
    times=number(2, 3),
    separator=separator(),
    none=missing(),
)
def keywords_by_frequency(draw: Draw, p: Values) -> Pair:
    topics = draw.some(_TERMS, 3)
    said = [
        fill(draw, t, a=topics[min(draw.randrange(4), 2)], b=draw.pick(topics))
        for t in draw.some(_AROUND, 2, 5)
    ]
    text = " ".join(said)
    counts = Counter(w.lower() for w in re.findall(r"[^\W\d_]+", text))
    found = [w for w, n in counts.items() if len(w) >= p.size and n >= p.times]
    return text, p.separator.join(found) or p.none


_GRAMS = {
    "pairs of neighbouring words (bigrams)": 2,
    "word bigrams": 2,
    "word trigrams (three words in a row)": 3,
    "runs of three words": 3,
}


@area.family(
    "stop words and keywords",
    "[list|write down] all {size} of the text from left to right, in lower case[ and without punctuation|, punctuation removed], the words of one joined by {glue} and the items separated by {separator}; {none} if the text is too short",
    "N-grams: {size}. [Lower case, no punctuation|No punctuation, all lower case]. Inside an item: {glue}. Between items: {separator}. Text too short: {none}",
    "I [need features for|feed] a text classifier. Take the words of the [query|text] (small letters, punctuation marks dropped), form all {size} in order, link the words inside each with {glue}, and put {separator} between one and the next. A text with too few words gives {none}.",
    given="a search query",
    difficulty=3,
    size=choice(_GRAMS),
    glue=choice({"underscores": "_", "an underscore": "_", "hyphens": "-", "plus signs": "+", "a hyphen": "-", "full stops": "."}),
    separator=choice({"single spaces": " ", "commas without spaces": ",", "a comma and a space": ", ", "line breaks": "\n", '" | "': " | ", "semicolons without spaces": ";"}),
    none=missing(),
)  # fmt: skip
def word_runs_of_a_query(draw: Draw, p: Values) -> Pair:
    text = say(draw, _QUERIES)
    text = draw.pick((text, capital(text), text.upper() if draw.chance(0.3) else text)) + draw.pick(
        ("", "", "?", "!", "...")
    )
    found = re.findall(r"[^\W_]+", text.lower())
    grams = [p.glue.join(found[n : n + p.size]) for n in range(len(found) - p.size + 1)]
    return text, p.separator.join(grams) or p.none


_QUERIES = bank(
    """cheap {noun} {city} / {noun} / how to repair a {noun} / best {noun} under {num} / {city} {noun} rental, {month} / {adjective} {noun} / {person} / weather {city} / where to buy {nouns} in {city} / {noun} vs {noun} / {first} {city} {noun} / {firm} opening hours / who is {person} / used {noun} for sale / {nouns} / {noun}, {noun}, {noun}"""
)
_SLIPS = tuple(tuple(pair.split(":")) for pair in """accommodation:accomodation address:adress argument:arguement beautiful:beatiful because:becuase beginning:begining believe:beleive business:buisness calendar:calender
cemetery:cemetary colleague:collegue committee:comittee definitely:definately different:diffrent disappeared:dissapeared embarrassing:embarassing environment:enviroment existence:existance familiar:familier February:Febuary foreign:foriegn
friend:freind government:goverment grammar:grammer guarantee:garantee height:heigth immediately:immediatly independent:independant interesting:intresting knowledge:knowlege library:libary machine:mashine maintenance:maintainance
mysterious:misterious necessary:neccessary neighbour:nieghbour occasion:ocassion occurred:occured parliament:parliment piece:peice possession:posession professor:proffesor pronunciation:pronounciation questionnaire:questionaire received:recieved
restaurant:restaraunt rhythm:rythm sandwich:sandwhich schedule:shedule secretary:secratary separate:seperate similar:similer surprise:suprise tomorrow:tommorow umbrella:umbrela until:untill vegetable:vegtable weather:wether Wednesday:Wendesday weird:wierd
which:wich writing:writting yesterday:yesturday""".split())  # fmt: skip
_SLIP_TEXTS = bank(
    """{first} wrote the word {w} on a slip of paper / the word of the day is {w} / please spell {w} for me / I looked up {w} in the dictionary of {first} / the note said {w} and nothing else / {first} asked how {w} is spelt / the password is {w} / on the wall in {city} somebody had painted {w} / they shouted {w} in the street"""
)
_SLIP_OWN = {
    "received": "{first} {w} a parcel on {day}", "separate": "we have {w} rooms in {city}", "definitely": "I will {w} come to {city}", "beginning": "the {w} of the film is slow", "neighbour": "my {w} {first} sold the {noun}", "weird": "that is a {w} {noun}",
    "tomorrow": "see you {w} at {clock}", "restaurant": "the {w} in {city} is closed", "which": "{w} {noun} is yours?", "until": "we wait {w} {clock}", "friend": "{first} is my best {w}", "government": "the {w} of {country} fell",
    "necessary": "a {noun} is not {w}", "because": "I left {w} of the noise", "library": "the {w} opens on {day}", "beautiful": "what a {w} {noun}!", "committee": "the {w} meets on {day}", "calendar": "it is in my {w} for {month}", "address": "what is the {w} of {first}?",
    "different": "I want a {w} {noun}", "surprise": "it was a {w} for {first}", "vegetable": "{first} eats no {w} at all", "knowledge": "without my {w} they sold the {noun}", "environment": "it is bad for the {w}", "believe": "I {w} you, {first}", "guarantee": "the {noun} has no {w}",
    "schedule": "we are behind {w} in {city}", "business": "{first} has a {w} in {city}", "argument": "that is no good {w}", "occurred": "the accident {w} in {city}", "yesterday": "{w} I met {first}", "foreign": "a {w} language is useful in {city}", "umbrella": "take your {w} to {city}",
    "height": "measure the {w} of the {noun}", "piece": "a {w} of cake for {first}", "immediately": "call {first} {w}", "Wednesday": "on {w} we fly to {city}", "February": "in {w} it snowed in {city}", "parliament": "the {w} votes on {day}", "sandwich": "{first} ate a {w}",
    "interesting": "an {w} {noun}", "professor": "our {w} lives in {city}", "existence": "nobody doubts its {w}", "familiar": "{first} looks {w} to me", "similar": "my {noun} is {w} to yours", "writing": "{first} is {w} a book about {city}", "secretary": "ask my {w}, {first}",
}  # fmt: skip
_SLIP_FORMS = {
    "the whole text with the word corrected": "{t}", "the text with only that word put right": "{t}", "the wrong word, an arrow (->) and the right word, with spaces around the arrow": "{w} -> {r}",
    "just the correct spelling of that word": "{r}", "only the word in its right spelling": "{r}", "the right spelling, with the wrong one in round brackets after it": "{r} ({w})", "just the misspelt word as it stands": "{w}",
    "the wrong word, an equals sign and the right word, without spaces": "{w}={r}",
}  # fmt: skip


@area.family(
    "texts put back into shape",
    "[find|look for] the misspelt word and [return|give] {form}; a text has one such word or none. [Answer|Write] {none} if all [words are|is] spelt correctly. [British spelling|Spelling as in Britain]; names are right as they are",
    "Spell check, at most one mistake per text. Output {form}; no mistake: {none}. British English, [names are fine|leave names alone]",
    "I proofread subtitles. A line has one spelling mistake or none at all, in an ordinary English word (British spelling; names of people and places are always right). For a line with a mistake [give me|return] {form}. For a line without one, [give me|return] {none}.",
    given="a line of text",
    difficulty=2,
    form=choice(_SLIP_FORMS),
    none=missing("correct", "ok"),
)  # fmt: skip
def the_one_misspelt_word(draw: Draw, p: Values) -> Pair:
    right, wrong = draw.pick(_SLIPS)
    template = _SLIP_OWN[right] if right in _SLIP_OWN and draw.chance(0.75) else draw.pick(_SLIP_TEXTS)
    clean = draw.chance(0.2)
    made = capital(fill(draw, template, w="\0")) + draw.pick(("", ".", "")).replace("?.", "?")
    made = re.sub(r"([?!])\.$", r"\1", made)
    right, wrong = (capital(right), capital(wrong)) if made.startswith("\0") else (right, wrong)
    made, text = made.replace("\0", right), made.replace("\0", right if clean else wrong)
    return text, p.none if clean else p.form.format(t=made, w=wrong, r=right)


_CASED = bank("""{First} and I met {person} in {City} on {Day}. / Did {First} call from {Country}? / In {Month}, {Person} moved to {City}. / My boss, Mr {Last}, hates {Day}s. / {City} is nicer than {City2}, isn't it? / I think {First} speaks English. / We flew from {City} to {City2}. / The {noun} is in {First}'s garage. /
It rains a lot in {Country}. / Where is the {noun}? / Nobody told me that {First} was in {City}. / Can I borrow the {noun} on {Day}? / They arrive on {n} {Month}. / The old {noun} was sold. / Thank you, {First}! / I'm going to {Country} with {First}. / Who took my {noun}? / {Person} paid {money} for it.""")  # fmt: skip


@area.family(
    "texts put back into shape",
    "[restore|put back|give back] the usual capital letters [in|to] [the|this] text, which [is|has been typed] {state}: in names of people, towns and countries, in days, months and languages, in titles such as Mr, and in the word I. {starts}. [Change nothing else|All else stays as it is]",
    "Truecasing. Text is {state}. [Capitals only for|Capitalise] [people, places|names of people and places], weekdays, months, languages, Mr and I; [everything else|the rest] small. {starts}",
    "The [speech recogniser|old teleprinter|form] gives us texts {state}. [Return|Give back] the same text with [normal|ordinary] English capitals: I, names (persons, towns, countries, languages), weekdays, months, Mr. {starts}. [No other letter is a capital.|All other letters are small.] Leave words, marks and spaces alone.",
    "Text {state}, [please|] make the case right. Capital letter for: [names|each name] of a person, town or country, day, month, language, Mr, I. {starts}. [Small letters otherwise.|All the rest small.]",
    given="a text without normal capitals",
    difficulty=2,
    state=choice({"all in lower case": "lower", "completely in small letters": "lower", "all in capitals": "upper", "completely in upper case": "upper", "in random letter case": "mixed", "in a wild mix of small letters and capitals": "mixed"}),
    starts=choice({"The first letter of each sentence is a capital, too": True, "Sentences begin with a capital letter": True, "The start of a sentence is no reason for a capital": False,
                   "A sentence gets no capital at its start unless it starts with one of these words": False}),
)  # fmt: skip
def usual_capitals_restored(draw: Draw, p: Values) -> Pair:
    text = " ".join(
        fill(draw, t.replace("{person}", "{Person}"), First=draw.pick(WOMEN + MEN), Person=person(draw), Last=person(draw).split()[1], City=draw.pick(CITIES), City2=draw.pick(CITIES),
             Country=draw.pick(words.KINDS["country"]), Day=draw.pick(words.KINDS["weekday"]), Month=draw.pick(words.KINDS["month"]))
        for t in draw.some(_CASED, 1, 3)
    )  # fmt: skip
    if re.search(r"\b\w*[a-z][A-Z]|ß|ı|İ", text):
        return usual_capitals_restored(draw, p)
    if not p.starts:
        text = re.sub(
            r"(?:^|(?<=[.?!] ))(?:They|Nobody|The|My|Did|Where|Who|Can|It|In|We|Thank)\b",
            lambda m: m.group().lower(),
            text,
        )
    shown = text.lower() if p.state == "lower" else text.upper()
    if p.state == "mixed":
        shown = "".join(c.upper() if draw.chance(0.5) else c.lower() for c in text)
    return shown, text


_ASKED = bank(
    """Where is the {noun} / Who took my {noun} / Did you see {first} / How much is the {noun} / Is it far to {city} / Why are we here / Can you help {first} / What time is it in {city} / Do they sell {nouns} / When does the {noun} open / Are you coming on {day} / Has {first} called"""
)
_TOLD = bank(
    """The {noun} was in the cellar / We met {first} at {clock} / My {noun} is broken / {first} lives in {city} / They sold the {noun} for {money} / You can leave it here / It rained on {day} / The bus to {city} is late / Nobody answered the phone / {first} bought {n} {nouns} / She put the {noun} away / There are {n} {nouns} left"""
)
_CRIED = bank(
    """What a [beautiful|terrible|strange] {noun} / How [kind|clever|silly] of you / What a [day|mess|surprise] / Happy birthday, {first} / Help / Hooray, we won / Ouch, that hurts / What [wonderful|awful] weather"""
)


@area.family(
    "texts put back into shape",
    "[add|put back|insert] the missing marks at the ends of the sentences: a question mark after questions, {cry} after exclamations such as 'What a day'[, calls for help|] and good wishes, {stop} after all other sentences. [Each sentence is on a line of its own|One sentence per line]; [change nothing else|no other change]",
    "End marks are missing. [Per line|On every line]: question -> ?, exclamation (What a ..., Hooray, [Help|Ouch], good wishes) -> {cry}, [statement|anything else|other sentence] -> {stop}. [Keep the lines|Lines stay as they are]",
    "Our [speech recogniser|transcript|captioning tool] leaves out the marks at the end of sentences, and each sentence is on [its own line|a line of its own]. [Return|Give me] the lines with the marks: questions get a question mark, statements get {stop}, and outcries or good wishes like 'How nice of you' or 'Happy birthday' get {cry}.",
    given="a transcript with one sentence a line",
    difficulty=2,
    cry=choice({"an exclamation mark": "!", "a single exclamation mark": "!", "three exclamation marks": "!!!", "two exclamation marks": "!!"}),
    stop=choice({"a full stop": ".", "a period": ".", "a semicolon": ";", "nothing at all": "", "three dots": "...", "a space and a vertical bar": " |"}),
)  # fmt: skip
def end_marks_of_a_transcript(draw: Draw, p: Values) -> Pair:
    kinds = [draw.randrange(3) for _ in range(draw.randint(1, 4))]
    said = [capital(say(draw, (_ASKED, _TOLD, _CRIED)[kind])) for kind in kinds]
    lower = draw.chance(0.15)
    said = [line.lower() if lower else line for line in said]
    return "\n".join(said), "\n".join(
        line + ("?", p.stop, p.cry)[kind] for line, kind in zip(said, kinds, strict=True)
    )


_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
_DICTATED = bank("""the {noun} costs <money> / <time> on the <date> would suit me / about <percent> of the {nouns} are broken / please transfer <money> by the <date> / our train leaves at <time> / the rent goes up by <percent> / meet me at <time> in {city} / {first} was born on the <date> / sales fell by <percent> in {month} /
the party is on the <date> / I paid <money> for the {noun} / the shop opens at <time> / <percent> of the voters stayed at home / tell {first} to call me at <time> / the fine is <money> / add <percent> for service""")  # fmt: skip
_COINS = {
    "dollars": ("dollars", "${}"),
    "euros": ("euros", "€{}"),
    "pounds": ("pounds", "£{}"),
    "yen": ("yen", "¥{}"),
}


@area.family(
    "texts put back into shape",
    "[write|type|return] the dictated [text|note] with figures: [times|clock times] {time}, percentages as in 25%, sums {money}, dates {date}. [Everything else stays as it is|Leave all other words alone]",
    "[Spoken -> written form|Inverse text normalisation|Numbers of a dictated text in figures]. Clock times {time}; per cent as 25%; money {money}; dates {date}; [no other change|rest untouched]",
    "I dictate my [mails|notes|reports], and the recogniser spells out every number. Turn the text into what one would type: sums of money {money}, times of day {time}, dates {date}, and percentages with the sign right after the number (25%). The remaining words must not change.",
    given="a dictated text",
    difficulty=3,
    time=choice({"as in 4:30 pm": "{h}:{m:02d} {x}", "like 4:30 p.m.": "{h}:{m:02d} {d}", "in the 24-hour form 16:30": "{t:02d}:{m:02d}", "like 16.30 (24 hours)": "{t:02d}.{m:02d}", "like 4:30pm": "{h}:{m:02d}{x}"}),
    money=choice({"with the sign in front, as in $40 or €40": "sign", "with the sign before the figure (€7)": "sign", "in digits with the word, as in 40 dollars": "word", "as a figure and a word (7 euros)": "word"}),
    date=choice({"as in 3 May (no the, no of)": "{d} {m}", "as in May 3 instead of the third of May": "{m} {d}", "like 03 May for the third of May": "{d:02d} {m}", "like 3. May for the third of May": "{d}. {m}"}),
)  # fmt: skip
def dictated_text_with_figures(draw: Draw, p: Values) -> Pair:
    text = capital(fill(draw, draw.pick([t for t in _DICTATED if "<" in t])))
    while "<" not in text:
        text = capital(fill(draw, draw.pick(_DICTATED)))
    if draw.chance(0.4):
        text += " and " + fill(draw, draw.pick(_DICTATED))
    said = written = text
    for kind in re.findall(r"<\w+>", text):
        spoken, typed = _quantity(draw, kind, p)
        said, written = said.replace(kind, spoken, 1), written.replace(kind, typed, 1)
    # A date in figures has no article before it.
    return capital(said.replace("\0", "")), re.sub(r"\bthe \0", "", written).replace("\0", "")


def _quantity(draw: Draw, kind: str, p: Values) -> tuple[str, str]:
    if kind == "<money>":
        count, coin = draw.randint(2, 999), draw.pick(tuple(_COINS))
        return f"{words.number_word(count)} {coin}", (
            _COINS[coin][1] if p.money == "sign" else "{} " + coin
        ).format(count)
    if kind == "<percent>":
        count = draw.randint(2, 99)
        return f"{words.number_word(count)} {draw.pick(('per cent', 'percent'))}", f"{count}%"
    if kind == "<date>":
        day, month = draw.randint(1, 20), draw.pick(words.KINDS["month"])
        return f"\0{_ORDINALS[day - 1]} of {month}", "\0" + p.date.format(d=day, m=month)
    hour, afternoon, part = draw.randint(1, 11), draw.chance(0.5), draw.randrange(4)
    minute = (0, 15, 30, 45)[part]
    spoken = (
        f"{_HOURS[hour - 1]} o'clock",
        f"a quarter past {_HOURS[hour - 1]}",
        f"half past {_HOURS[hour - 1]}",
        f"a quarter to {_HOURS[hour]}",
    )[part]
    if part == 3 and hour == 11:
        return _quantity(draw, kind, p)
    spoken += draw.pick(
        (" in the afternoon", " pm")
        if afternoon and hour < 5
        else (" in the evening", " pm")
        if afternoon and hour >= 5
        else (" in the morning", " am")
    )
    typed = p.time.format(
        h=hour,
        m=minute,
        x="pm" if afternoon else "am",
        d="p.m." if afternoon else "a.m.",
        t=hour + 12 * afternoon,
    )
    return spoken, typed
