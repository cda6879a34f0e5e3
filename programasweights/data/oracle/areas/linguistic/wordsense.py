"""Linguistic analysis: word classes, words of like and opposite meaning, loan words, figures of speech, connectives."""

from programasweights.data.oracle.areas.linguistic._banks import ACTIONS, CASES, LAYOUTS, cased
from programasweights.data.oracle.areas.traditional_nlp._banks import bank, capital, edges, say
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Linguistic analysis")

_CLASSES = {
    "noun": bank("""I need a new *{x}* for my room / the *{x}* was too long / give me that *{x}*, please / his *{x}* made me smile / there is no *{x}* today / we had a good *{x}* on {day} / what a *{x}*! / {first}'s *{x}* took an hour / after the *{x}* we went home / a short *{x}* would help / another *{x}*, please / the *{x}* of {first} was a surprise"""),
    "verb": bank("""I want to *{x}* / they *{x}* every {day} / please *{x}* again / can you *{x}* for me? / we never *{x}* here / don't *{x}* so much / {first} and I *{x}* together / you should *{x}* more / let's *{x}* now / who will *{x}* next? / to *{x}* is human / I *{x}* whenever I can"""),
}  # fmt: skip
_BOTH = "walk drink dance answer visit call help work sleep talk smile laugh move change try run turn start hope look climb swim fight guess cook push rest shout stop wait cry attempt report search repair reply".split()
_ADJ = bank(
    """the *{x}* {noun} is mine / it was rather *{x}* / what a *{x}* {noun}! / {first} looks *{x}* / I am too *{x}* for that / the {noun} is not *{x}* / a *{x}* {noun} stood there / how *{x}* you are / the most *{x}* {noun} of all / {first} felt *{x}* on {day} / is the {noun} *{x}*?"""
)
_ADV = bank(
    """{first} sang *{x}* / they *{x}* opened the {noun} / she *{x}* agreed / we drove home *{x}* / *{x}*, {first} closed the door / {first} spoke *{x}* about {city} / he *{x}* put down the {noun} / did they act *{x}*? / the {noun} was *{x}* repaired / read it *{x}*"""
)
_ADJECTIVES = "happy proud tired old curious angry honest lonely famous careful polite nervous clever noisy hungry lazy strange patient silent gentle brave generous".split()
_LY = "slowly quickly carefully quietly gladly badly angrily proudly secretly bravely calmly politely loudly happily gently nervously patiently eagerly".split()
_FALSE_LY = ("friendly", "lonely", "ugly", "silly", "lovely", "lively", "elderly", "cowardly")


@area.family(
    "parts of speech",
    "[name|tell] the word class of the word between asterisks in this sentence: {noun}, {verb}, {adjective} or {adverb}, where {noun} means a thing or act used as a noun, {verb} a verb, {adjective} a word that describes a noun, {adverb} a word that tells how something is done",
    "POS of the *marked* word in context: noun {noun} / verb {verb} / adjective {adjective} / adverb {adverb}. The same word can be a noun here and a verb there[; -ly is no proof|]",
    "I [colour|mark] words by their class in a reading book. The word in question stands between asterisks. [Go by its use in the sentence|Its use in the sentence decides], since 'walk' may be a noun or a verb. [Answer|Return] {noun} for nouns, {verb} for verbs in any use, {adjective} for adjectives (also friendly, lonely), {adverb} for adverbs such as slowly.",
    given="a sentence with a marked word",
    difficulty=2,
    labels=labels(noun=("noun", "NOUN", "N"), verb=("verb", "VERB", "V"), adjective=("adjective", "ADJ", "A"), adverb=("adverb", "ADV", "R")),
)  # fmt: skip
def class_of_the_marked_word(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("noun", "verb", "adjective", "adverb"))
    if kind in _CLASSES:
        text = say(draw, _CLASSES[kind], x=draw.pick(_BOTH))
    elif kind == "adjective":
        text = say(draw, _ADJ, x=draw.pick(_FALSE_LY if draw.chance(0.35) else _ADJECTIVES))
    else:
        text = say(draw, _ADV, x=draw.pick(_LY))
    text = capital(text) if text[0] != "*" else "*" + capital(text[1:])
    return text.replace("a *a", "an *a").replace("a *o", "an *o").replace("a *h", "a *h").replace(
        "a *e", "an *e"
    ).replace("a *u", "an *u") + ("" if text[-1] in "?!" else "."), p.labels[kind]


_WORD_CLASSES = {
    "nouns": "n",
    "verbs": "v",
    "adjectives": "a",
    "adverbs of manner (words in -ly)": "r",
    "adverbs in -ly": "r",
    "describing words (adjectives)": "a",
    "nouns (names of people not counted)": "n",
    "verbs (each sentence has one)": "v",
}
_DESCRIBING = tuple(
    "heavy red old broken tiny wooden expensive dusty yellow strange new cheap wet shiny empty round".split()
)
_THINGS = tuple(
    "ladder kettle lamp piano mirror carpet radio tent boat bench statue chair box ticket camera suitcase key map".split()
)
_DOERS = tuple("gardener teacher waiter farmer pilot baker judge doctor nurse sailor painter butcher".split())


@area.family(
    "parts of speech",
    "[list|extract] the {kind} of the text, {case}, in their order, separated by {separator}; [write|give] {none} if there are none",
    "All {kind}, {case}, text order, joined by {separator}; none there: {none}",
    "For a [vocabulary list|word game] I pull the {kind} out of short sentences. Keep the form they have in the text, write them {case}, as often as they occur and in their order, with {separator} between them. If there is not one, [put|give] {none}.",
    given="one or two short sentences",
    difficulty=2,
    kind=choice(_WORD_CLASSES),
    case=choice(CASES),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def words_of_the_asked_class(draw: Draw, p: Values) -> Pair:
    said, found = [], []
    for _ in range(draw.randint(1, 2)):
        parts: list[tuple[str, str]] = [("the", "")]
        parts += (
            [(draw.pick(("young", "tired", "friendly", "tall", "angry")), "a")] if draw.chance(0.4) else []
        )
        parts.append((draw.pick(_DOERS), "n"))
        parts += [(draw.pick(_LY), "r")] if draw.chance(0.45) else []
        parts.append((draw.pick(ACTIONS)[2], "v"))
        parts.append(("the", ""))
        parts += [(draw.pick(_DESCRIBING), "a")] if draw.chance(0.5) else []
        parts.append((draw.pick(_THINGS), "n"))
        if draw.chance(0.3):
            parts += [
                (draw.pick(("near", "behind", "under")), ""),
                ("the", ""),
                (draw.pick(("bridge", "church", "window", "tree")), "n"),
            ]
        said.append(capital(" ".join(w for w, _ in parts)) + ".")
        found += [cased(p.case, w) for w, kind in parts if kind == p.kind]
    return " ".join(said), p.separator.join(found) or p.none


_ALIKE = tuple(tuple(pair.split("/")) for pair in """big/large small/little begin/start end/finish rich/wealthy clever/smart fast/quick shut/close angry/furious scared/afraid happy/glad sad/unhappy ill/sick buy/purchase answer/reply gift/present error/mistake reply/response choose/select
brave/courageous odd/strange quiet/silent hard/difficult simple/easy near/close correct/right wrong/incorrect rubbish/garbage autumn/fall shop/store film/movie doctor/physician kid/child home/house road/street street/lane stone/rock sea/ocean boat/ship tired/weary famous/well-known
enormous/huge tiny/minute freezing/icy jump/leap shout/yell help/assist repair/mend hide/conceal begin/commence allow/permit forbid/prohibit collect/gather alter/change trip/journey danger/peril purchase/buy liberty/freedom courage/bravery""".split()
    if pair not in ("home/house", "road/street", "street/lane", "boat/ship", "near/close", "reply/response", "purchase/buy", "angry/furious", "freezing/icy", "sea/ocean"))  # fmt: skip
_OPPOSITE = tuple(tuple(pair.split("/")) for pair in """hot/cold old/new tall/short rich/poor strong/weak early/late full/empty open/closed wet/dry light/dark heavy/light thick/thin wide/narrow deep/shallow loud/quiet clean/dirty cheap/expensive hard/soft brave/cowardly guilty/innocent
alive/dead awake/asleep buy/sell win/lose push/pull arrive/depart begin/end remember/forget love/hate give/take laugh/cry borrow/lend accept/refuse attack/defend victory/defeat friend/enemy peace/war entrance/exit question/answer success/failure summer/winter day/night north/south
beginning/end increase/decrease float/sink build/destroy polite/rude sharp/blunt rough/smooth ancient/modern generous/stingy lazy/hard-working above/below inside/outside always/never import/export maximum/minimum optimist/pessimist teach/learn praise/blame""".split()
    if pair not in ("teach/learn", "open/closed", "light/dark", "give/take"))  # fmt: skip
_STRAY = tuple(
    "banana Tuesday kettle purple seven village piano engine triangle pepper window dentist carpet ocean jacket butter library monkey salad pencil tractor elbow copper island violin ticket forest candle".split()
)


@area.family(
    "word meaning",
    "[compare|look at] the two words: {same} if they mean (nearly) the same, {opposite} if they are opposites, {neither} if they are neither",
    "Word pair: synonyms {same} | antonyms {opposite} | [neither of the two|anything else] {neither}",
    "For a [crossword|thesaurus] I sort pairs of words. [Put|Write] {same} when one could [stand for|replace] the other in most sentences, {opposite} when one is the contrary of the other, and {neither} [for all other pairs|when neither is true].",
    given="two words",
    difficulty=1,
    labels=labels(same=("synonyms", "same"), opposite=("antonyms", "opposite"), neither=("neither", "other")),
)
def like_or_opposite_words(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("same", "opposite", "neither"))
    if kind == "neither":
        first, second = draw.pick(
            (
                draw.some(_STRAY, 2),
                [draw.pick(draw.pick(_ALIKE)), draw.pick(_STRAY)],
                [draw.pick(draw.pick(_OPPOSITE)), draw.pick(_STRAY)],
            )
        )
    else:
        first, second = draw.mix(draw.pick(_ALIKE if kind == "same" else _OPPOSITE))
    form = draw.pick(
        (
            "{} / {}",
            "{}, {}",
            "{} - {}",
            "{} and {}",
            "{}\n{}",
            "1) {} 2) {}",
            "{} vs. {}",
            "{}; {}",
            "{} | {}",
        )
    )
    text = form.format(first, second)
    return draw.pick((text, text, text.upper(), capital(text), f" {text}", f"{text}.")), p.labels[kind]


@area.family(
    "word meaning",
    "[pick|choose] from the list the word that means {relation} the word before the colon and [return|write] it {case}; {none} if the list has no such word",
    "Before the colon: a word. After it: candidates. Which one means {relation} it? Answer {case}; no candidate fits: {none}",
    "I make multiple-choice [tests|quizzes]. A word is followed by a colon and a few candidates. [Tell|Give] me the candidate that means {relation} that word, {case}. Beware: the list may also hold a word of the contrary relation. When none is right, [answer|give] {none}.",
    given="a word and a list of candidates",
    difficulty=2,
    relation=choice({"the same as": 0, "(nearly) the same as": 0, "the opposite of": 1, "the contrary of": 1}),
    case=choice(CASES),
    none=missing(),
)  # fmt: skip
def candidate_with_the_asked_meaning(draw: Draw, p: Values) -> Pair:
    word, same, contrary = draw.pick(_TRIPLES)
    right, wrong = (same, contrary) if p.relation == 0 else (contrary, same)
    there = draw.chance(0.78)
    options = ([right] if there else []) + ([wrong] if draw.chance(0.8) else [])
    options += draw.some(_STRAY, 4 - len(options))
    form = draw.pick(("{}: {}", "{}: {}?", "{} : {}")).format(
        word, draw.pick((", ", " / ", "; ")).join(draw.mix(options))
    )
    return draw.pick((form, form, capital(form))), cased(p.case, right) if there else p.none


_TRIPLES = tuple(tuple(line.split("/")) for line in """big/large/small rich/wealthy/poor quick/fast/slow begin/start/end glad/happy/sad clever/smart/stupid silent/quiet/loud brave/courageous/cowardly huge/enormous/tiny correct/right/wrong difficult/hard/easy ancient/old/modern shut/closed/open
unclean/dirty/clean assist/help/hinder allow/permit/forbid hide/conceal/reveal buy/purchase/sell shout/yell/whisper liberty/freedom/slavery strange/odd/normal courteous/polite/rude broad/wide/narrow damp/wet/dry depart/leave/arrive icy/freezing/hot
lazy/idle/hard-working foe/enemy/friend simple/easy/difficult bold/brave/timid artificial/fake/real vacant/empty/full stiff/rigid/flexible fortunate/lucky/unlucky gather/collect/scatter defend/protect/attack triumph/victory/defeat hate/detest/love
repair/mend/break error/mistake/-""".split() if not line.endswith("-") and not line.startswith("icy"))  # fmt: skip

_LOANS = {
    "german": "kindergarten rucksack poltergeist zeitgeist schadenfreude wanderlust doppelganger pretzel sauerkraut schnitzel strudel bratwurst dachshund schnapps leitmotif wunderkind hinterland angst blitzkrieg weltschmerz ersatz".split(),
    "french": "ballet croissant café boutique bouquet brunette chauffeur chic cliché cuisine dossier entrepreneur fiancé gourmet menu sabotage souvenir silhouette rendezvous baguette mayonnaise garage".split(),
    "italian": "pizza spaghetti piano opera cello broccoli cappuccino espresso lasagne soprano libretto mozzarella zucchini studio gondola fresco maestro ravioli paparazzi stiletto".split(),
    "spanish": "siesta tornado patio mosquito embargo guerrilla fiesta matador plaza tortilla burrito armadillo flamenco macho rodeo sombrero ".split(),
    "japanese": "sushi karate kimono tsunami haiku karaoke origami samurai emoji manga sudoku judo bonsai geisha futon ninja anime wasabi sumo".split(),
}  # fmt: skip
_LOAN_LINES = bank(
    """{x} / the word {x} / {x}, as in the dictionary / where does the word {x} come from? / etymology of {x} / "{x}" / {x}? / I like the word {x} / on my list: {x} / {first} learned the word {x} today / {x} (noun)"""
)


@area.family(
    "word meaning",
    "[tell|say] from which language English took the word in the input: {german} for German, {french} for French, {italian} for Italian, {spanish} for Spanish, {japanese} for Japanese",
    "Loan word -> language English borrowed it from: German {german}, French {french}, Italian {italian}, Spanish {spanish}, Japanese {japanese}",
    "My [museum|blog] shows words that wandered into English. [Assign|Sort] the word that is asked about to the language English got it from: Japanese is {japanese}, Spanish {spanish}, French {french}, Italian {italian}, German {german}. [Other words in the line do not matter.|]",
    given="a line about an English loan word",
    difficulty=1,
    labels=labels(german=("German", "de"), french=("French", "fr"), italian=("Italian", "it"), spanish=("Spanish", "es"), japanese=("Japanese", "ja")),
)  # fmt: skip
def origin_of_a_loan_word(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_LOANS))
    text = say(draw, _LOAN_LINES, x=draw.pick(_LOANS[kind]))
    return edges(draw, draw.pick((text, text, capital(text), text.upper()))), p.labels[kind]


_FIGURES = {
    "simile": bank("""{first} is as [brave as a lion|busy as a bee|stubborn as a mule|quiet as a mouse] / the {noun} shone like a star / her voice was like warm honey / he fought like a tiger / as light as a feather, the {noun} flew away / the lake lay there like a mirror / {first} swims like a fish / the old {noun} creaked like a tired horse / my hands were as cold as ice / the news spread like fire / {first} eats like a bird / white as snow was the {noun}"""),
    "hyperbole": bank("""I have told you a million times / my school bag weighs ten million tons / I'm so hungry I could eat a whole elephant / {first} took ten thousand years to find the {noun} / my feet are killing me, I walked around the world today / I cried an ocean of tears over the {noun} / there were a billion people at the {noun} shop / I'll die of boredom before {day} / {first} has told that joke since the dawn of time / the queue was a thousand miles long / we waited for ages, until the end of time / it is so loud that they hear it on the moon"""),
    "personification": bank("""the wind whispered through the old {noun} / the sun smiled down on {city} / my {noun} refuses to work on {day}s / the waves danced on the shore / the city of {city} never sleeps and keeps one eye open / death knocked at the door / the {noun} begged for a coat of paint / the leaves waved goodbye to the tree / the alarm clock yelled at {first} / opportunity knocked and {first} opened / the old {noun} groaned and complained / the flowers nodded politely / the moon watched over {city}"""),
    "literal": bank("""{first} put the {noun} on the table / the {noun} costs {money} / the train to {city} leaves at {clock} / we bought {n} {nouns} on {day} / {first} lives in {city} / the {noun} weighs {n} kilos / it rained in {city} on {day} / {first} likes the {noun} / the {noun} was repaired in {month} / there are {n} {nouns} in the room / the shop opens at {clock} / {first} phoned {man} on {day}"""),
}  # fmt: skip


@area.family(
    "figures and connectives",
    "[name|identify] the figure of speech: {simile} for a comparison with 'like' or 'as ... as', {hyperbole} for an exaggeration that cannot be true, {personification} for a thing that acts like a human being, {literal} for plain language",
    "Figure of speech: like / as...as comparison {simile}, wild exaggeration {hyperbole}, thing acting as a person {personification}, plain statement {literal}",
    "I collect figures of speech for [my pupils|a poetry class]. [Label|Mark] each line: {simile} if something is compared by means of like or as, {personification} if something that is not alive, or a plant, does what only people do, {hyperbole} if the speaker overstates beyond all measure, {literal} if everything is meant as it is said.",
    given="a line of text",
    difficulty=2,
    labels=labels(simile=("simile", "comparison"), hyperbole=("hyperbole", "exaggeration"), personification=("personification", "person"), literal=("literal", "plain")),
)  # fmt: skip
def figure_of_speech_in_a_line(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_FIGURES))
    text = capital(say(draw, _FIGURES[kind]))
    return edges(draw, text + draw.pick((".", "", ".", "!"))), p.labels[kind]


_REASONS = tuple(tuple(line.split("/")) for line in """the road was icy/the bus was late;the shop was closed/we bought nothing;it rained all day/the match was cancelled;the battery was empty/the phone went off;nobody had watered it/the plant died;the music was too loud/the baby woke up;she had forgotten the key/she could not get in
the bridge was closed/we took the ferry;he had eaten too much/he felt sick;the window was open/the room was cold;they had no tickets/they were sent home;the lift was broken/we took the stairs;the soup was too salty/nobody ate it;the fog was thick/the plane could not land;the price had doubled/fewer people came
the dog was hungry/it barked all night;her train was late/she missed the concert;the lamp was broken/the hall was dark;he had lost his glasses/he could not read the sign;the fridge was empty/they ordered a pizza""".replace("\n", ";").split(";"))  # fmt: skip
_LINKS = {
    "'because' with the result first": "{r} because {c}", "the word 'because' between them, the result coming first": "{r} because {c}", "'so', the cause coming first and a comma before so": "{c}, so {r}", "'so' (cause first, comma before it)": "{c}, so {r}",
    "'since' at the beginning (cause, comma, result)": "since {c}, {r}", "'as' at the beginning (cause, comma, result)": "as {c}, {r}", "'therefore', as in: cause; therefore, result": "{c}; therefore, {r}", "'which is why', as in: cause, which is why result": "{c}, which is why {r}",
    "'for', as in: result, for cause": "{r}, for {c}", "'and so', the cause coming first, without a comma": "{c} and so {r}",
}  # fmt: skip


@area.family(
    "figures and connectives",
    "[join|link] the two sentences into one with {link}, {layout}. One of them is the cause of the other, in whatever order they come; [find out which|mind which is which]. One capital at the start, one full stop at the end",
    "[Merge|Combine] cause and result with {link}; [output|write it] {layout}. [Order of the input may be either|The cause may come first or second]; one sentence, one full stop",
    "My [writing coach|story app] joins short sentences. It gets two, one of which is the reason for the other; sometimes the reason comes first, sometimes last. Make one sentence of them with {link}, {layout}. Apart from the capital letter at the start and the full stop nothing is changed.",
    given="two short sentences",
    difficulty=3,
    link=choice(_LINKS),
    layout=choice({said: form for said, form in LAYOUTS.items() if form not in ("{}.", "{};")}),
)
def cause_and_result_joined(draw: Draw, p: Values) -> Pair:
    cause, result = draw.pick(_REASONS)
    first, second = draw.mix((cause, result))
    text = draw.pick((" ", " ", "\n")).join((capital(first) + ".", capital(second) + "."))
    return edges(draw, text), p.layout.format(capital(p.link.format(c=cause, r=result)) + ".")


_GAPS = {
    "because": bank("""we stayed inside ___ it was raining / ___ the key was lost, nobody could get in / {first} took a taxi ___ the last bus was gone / I ate {n} apples ___ I was very hungry / ___ the bridge was closed, we took the ferry / she put on a coat ___ it was cold / {first} cannot pay ___ the purse was stolen / ___ the lift is broken, we take the stairs"""),
    "although": bank("""we went out ___ it was raining hard / ___ {first} had the key, the door stayed shut / {first} walked ___ the bus was free and on time / ___ I had already eaten {n} apples, I was still hungry / ___ it was freezing, she wore no coat / {first} passed the test ___ he had not learned at all / ___ the {noun} was cheap, nobody bought it / ___ he is rich, {first} never pays"""),
    "unless": bank("""we will miss the train ___ we leave at once / ___ you hurry, you will be late / the plant will die ___ you water it / ___ somebody pays the bill by {day}, they will switch off the power / the soup will burn ___ you turn down the heat / the dog will run away ___ you shut the gate / ___ it stops soon, the rain will flood the cellar / {first} will fail the test ___ he learns more"""),
    "until": bank("""wait here ___ I come back / count slowly ___ you reach {num} / read on ___ you get to page {num} / we drove south ___ we reached the sea / {first} worked from dawn ___ the sun went down / the shop is open from nine ___ the bell rings at six / they walked and walked ___ they came to {city} / stay in bed from now ___ I tell you to get up"""),
}  # fmt: skip


@area.family(
    "figures and connectives",
    "[choose|find|pick] the conjunction for the gap, [one of because, although, unless and until|because, although, unless or until], and [return|give|write] {form}[. Only one makes sense|]",
    "[Gap|Missing word] = because / although / unless / until? [Answer|Output|Return]: {form}",
    "I [correct|prepare|print] gap exercises on conjunctions [for my pupils|for a textbook|]. Only one of because, although, unless and until makes sense in each of them. For each one [return|give me|write] {form}.",
    given="a sentence with a gap",
    difficulty=2,
    form=choice({"the word in lower case": "w", "that word in small letters": "w", "the word in capital letters": "W", "its first letter as a capital": "1", "the full sentence with the word filled in": "s", "the completed sentence": "s", "the word with its number of letters in brackets after it, as in because (7)": "n",
                 "the word in lower case between two asterisks": "*{}*", "the word in lower case in square brackets": "[{}]", "the word in lower case and a full stop": "{}.", "the last letter of the word, in lower case": "-1", "the word in lower case, with # before it": "#{}"}),
)  # fmt: skip
def conjunction_for_the_gap(draw: Draw, p: Values) -> Pair:
    word = draw.pick(tuple(_GAPS))
    text = capital(say(draw, _GAPS[word])) + "."
    filled = text.replace("___", capital(word) if text.startswith("___") else word)
    made = {
        "w": word,
        "W": word.upper(),
        "1": word[0].upper(),
        "s": filled,
        "n": f"{word} ({len(word)})",
        "-1": word[-1],
    }.get(p.form) or p.form.format(word)
    return text.replace("___", draw.pick(("___", "...", "_____"))), made
