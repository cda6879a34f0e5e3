"""Linguistic analysis: forms of verbs, nouns and adjectives, articles, and how words are made of parts."""

import re

from programasweights.data.oracle.areas.linguistic._banks import CASES, LAYOUTS, VERBS, cased
from programasweights.data.oracle.areas.traditional_nlp._banks import bank, capital, edges, fill, say
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Linguistic analysis")

_VERB_FORMS = {
    "the simple past": 2, "the past tense (simple past)": 2, "the past participle": 3, "the participle used after 'have'": 3, "the -ing form": 4, "the present participle (-ing)": 4,
    "the third person singular of the present (he, she, it)": 1, "the present form that goes with 'she'": 1, "the base form (infinitive without to)": 0, "the dictionary form": 0,
}  # fmt: skip


@area.family(
    "verb forms",
    "[give|write|return] {form} of the verb, {case}, {layout}. [It may be entered in any of its forms, with or without 'to'.|The input may be any form of the verb, perhaps with 'to'.] British spelling",
    "Verb -> {form}, {case}, {layout}. [Input in whatever form|Any form comes in], 'to' ignored. British spelling",
    "I [build|make] a vocabulary trainer. People type an English verb in some form ('to go', 'went', 'goes') and I [show|store] {form}, {case}, {layout}. Irregular verbs included; British spelling.",
    given="an English verb",
    difficulty=2,
    form=choice(_VERB_FORMS),
    case=choice(CASES),
    layout=choice(LAYOUTS),
)  # fmt: skip
def verb_in_the_asked_form(draw: Draw, p: Values) -> Pair:
    verb = draw.pick(VERBS)
    shown = verb[draw.pick((0, 0, 2, 3, 4, 1))]
    if (
        shown in ("found", "fell", "saw", "felt", "putting", "rose", "left", "spoke")
        or sum(shown in forms for forms in VERBS) > 1
    ):
        shown = verb[0]
    text = f"to {shown}" if shown == verb[0] and draw.chance(0.4) else shown
    text = draw.pick((text, text, text.upper(), text.capitalize(), f"{text}."))
    return edges(draw, text), p.layout.format(cased(p.case, verb[p.form]))


_GAPS = bank(
    """she has never ___ it / yesterday they ___ it / he ___ it every day / they are ___ it right now / we have just ___ it / last week I ___ it / my sister ___ it each morning / look, he is ___ it"""
)
_GAP_FORMS = (3, 2, 1, 4, 3, 2, 1, 4)
_TRANSITIVE = tuple(v for v in VERBS if v[0] in "bite blow break bring build buy catch choose cut do draw drink drive eat feed find fly forget freeze give hide hit hold keep lead leave lose make pay ride ring see sell send shake shut sing spend steal sweep take teach tear throw wear win write carry stop plan try play watch wash tie enjoy visit fix".split())  # fmt: skip
_FILLED = {
    "the missing form alone": "{v}", "only the word for the gap": "{v}", "the whole sentence with the gap filled": "{s}", "the completed sentence": "{s}", "the verb form in round brackets": "({v})", "the missing form between two asterisks, like *this*": "*{v}*",
}  # fmt: skip


@area.family(
    "verb forms",
    "[put|set|bring] the verb in brackets into the form that the gap [needs|asks for] and [return|give|write] {form}, {case}[. Regular and irregular verbs|. One word goes into the gap|]",
    "[Fill ___ with|For the gap:] the right form of the verb in brackets. [Output|Answer|Return]: {form}, {case}",
    "I [write|check] exercises for learners of English: a sentence with a gap (___) and the verb in brackets after it. Only one word is missing, and helping verbs such as 'has' or 'are' are there already. [Give me|Return] {form}, {case}. The brackets with the verb do not appear in the answer.",
    given="an exercise with a gap",
    difficulty=2,
    form=choice(_FILLED),
    case=choice({**{k: v for k, v in CASES.items() if v != "capital"}, "in normal letter case (I and the first word of a sentence have capitals)": "normal", "with the usual capitals of English": "normal"}),
)  # fmt: skip
def gap_filled_with_verb_form(draw: Draw, p: Values) -> Pair:
    verb, at = draw.pick(_TRANSITIVE), draw.randrange(len(_GAPS))
    thing = fill(draw, draw.pick(("the {noun}", "a {noun}", "{first}'s {noun}", "the {nouns}")))
    # Some verbs need other objects than things.
    sentence = capital(
        _GAPS[at].replace(
            " it",
            f" {thing}"
            if verb[0]
            in "bring build buy carry catch choose draw fix find forget hide hold keep lose make paint see sell send steal take throw try wash watch break tie plan".split()
            else " it",
        )
    )
    form = verb[_GAP_FORMS[at]]
    made = p.form.format(v=form, s=sentence.replace("___", form) + ".")
    return f"{sentence} ({verb[0]}).".replace(
        "___", draw.pick(("___", "____", "_____"))
    ), made if p.case == "normal" else cased(p.case, made)


_PLURALS = tuple(tuple(pair.split(":")) for pair in """child:children man:men woman:women foot:feet tooth:teeth goose:geese mouse:mice ox:oxen knife:knives wife:wives leaf:leaves loaf:loaves shelf:shelves wolf:wolves half:halves thief:thieves
life:lives calf:calves potato:potatoes tomato:tomatoes hero:heroes echo:echoes piano:pianos photo:photos radio:radios zoo:zoos baby:babies city:cities lady:ladies story:stories berry:berries key:keys monkey:monkeys toy:toys day:days
box:boxes bus:buses dish:dishes church:churches watch:watches glass:glasses fox:foxes bush:bushes crisis:crises analysis:analyses oasis:oases thesis:theses phenomenon:phenomena criterion:criteria table:tables window:windows
house:houses horse:horses bridge:bridges roof:roofs cliff:cliffs belief:beliefs chief:chiefs passer-by:passers-by policeman:policemen grandchild:grandchildren toothbrush:toothbrushes bookshelf:bookshelves kiss:kisses quiz:quizzes
match:matches tax:taxes army:armies valley:valleys cup:cups pen:pens garden:gardens stranger:strangers diagnosis:diagnoses hypothesis:hypotheses basis:bases butterfly:butterflies dictionary:dictionaries nurse:nurses witness:witnesses
housewife:housewives dormouse:dormice snowman:snowmen eyelash:eyelashes peach:peaches branch:branches brush:brushes lens:lenses""".split())  # fmt: skip


@area.family(
    "nouns and articles",
    "[give|write] {form} of the noun, {case}, {layout}; [leave out|drop] an article or number in front of it",
    "Noun -> {form}, {case}, {layout}. [Articles and numbers before it go|No article, no number]",
    "My [label printer|shop software] gets English nouns from a form, some in the singular, some in the plural, at times with 'the', 'a' or a number before them. [Give me|Return] {form}, {case}, {layout}, but no longer with an article or number. Irregular nouns must be right, too.",
    given="an English noun",
    difficulty=2,
    form=choice({"the plural": "plural", "the plural form": "plural", "the singular": "singular", "the singular form": "singular", "the other number (plural for a singular, singular for a plural)": "other", "the form in the opposite number": "other"}),
    case=choice(CASES),
    layout=choice(LAYOUTS),
)  # fmt: skip
def noun_in_the_asked_number(draw: Draw, p: Values) -> Pair:
    one, many = draw.pick(_PLURALS)
    single = draw.chance(0.7 if p.form == "plural" else 0.3 if p.form == "singular" else 0.5)
    shown = one if single else many
    article = "an" if one[0] in "aeiou" else "a"
    text = draw.pick(
        (
            "{}",
            "{}",
            "{}",
            "the {}",
            f"{article} {{}}" if single else f"{draw.randint(2, 9)} {{}}",
            "one {}" if single else "many {}",
        )
    ).format(shown)
    text = draw.pick((text, text, text.capitalize(), text.upper()))
    found = {"plural": many, "singular": one, "other": many if single else one}[p.form]
    return edges(draw, text), p.layout.format(cased(p.case, found))


_AN = bank(
    """hour / honest answer / heir to the throne / umbrella / MP / X-ray / FBI agent / 8-year-old girl / old bridge / unusual idea / apple / egg / honour / uncle of mine / SMS / 11-page letter / eagle / orange scarf / important call / ugly vase / hourly bus / oak tree / island / NGO / L-shaped desk / email / hourglass / onion / urgent letter / 18-hole golf course / hourly rate / upstairs window / ant"""
)
_A = bank(
    """university / European city / one-way street / unicorn / uniform / useful tool / house / ukulele / hotel / UFO / usual mistake / member / eulogy / year / young man / dog / cup of tea / one-eyed cat / unique chance / 9-page letter / USB cable / yellow scarf / user / ewe / hundred times / European passport / uranium mine / 10-minute walk / window seat / hybrid car / utility bill / universal key"""
)
_ARTICLE_LINES = bank(
    """I need _ {x} / She was talking about _ {x} and _ {y} / It takes more than _ {x} to win / He drew _ {x} next to _ {y} / Who would want _ {x}? / There was _ {x} behind _ {y} / We saw _ {x}, _ {y} and _ {z} / Never trust _ {x} / Is that _ {x} or _ {y}? / They talked of _ {x}, as if it were _ {y} / _ {x} is not _ {y}"""
)
_ARTICLE_FORMS = {"the whole text with a or an in place of each gap": "text", "the text with the gaps filled": "text", "just the articles in order, separated by commas without spaces": ",", "only the articles, in order, with single spaces between them": " ", "the articles in order joined by hyphens": "-",
                  "the number of gaps that need an": "count", "how many of the gaps take an (in digits)": "count"}  # fmt: skip


@area.family(
    "nouns and articles",
    "[decide|choose] between a and an for each gap (_) and [return|give] {form}. [Go by|It depends on] the sound of the next word, not its first letter[: an hour, a unit|]. [At the start of a sentence|As the first word] it is A or An in a full text[, else small letters|]",
    "a/an for every _: {form}. [Sound decides (an hour, a unit)|By sound, not by letter]; capital only [at the start of a full text|if it opens the full text]",
    "My mail templates have gaps where 'a' or 'an' must stand (the mark is _). Fill them by the sound that follows, so 'an hour' but 'a university', and give me {form}. An article that opens the whole text is capitalised; articles given on their own are in small letters.",
    given="a text with gaps for articles",
    difficulty=2,
    form=choice(_ARTICLE_FORMS),
)  # fmt: skip
def articles_for_the_gaps(draw: Draw, p: Values) -> Pair:
    line = draw.pick(_ARTICLE_LINES)
    picked = {key: draw.pick((_AN, _A)) for key in "xyz" if f"{{{key}}}" in line}
    text = line.format(**{key: draw.pick(group) for key, group in picked.items()}) + (
        "" if line.endswith("?") else "."
    )
    found = ["an" if group is _AN else "a" for group in picked.values()]
    gap = draw.pick(("_", "_", "__", "___"))
    if p.form == "text":
        made = text
        for article in found:
            made = re.sub(r"(?<!\w)_(?!\w)", article, made, count=1)
        return text.replace("_ ", f"{gap} "), capital(made)
    return text.replace("_ ", f"{gap} "), str(found.count("an")) if p.form == "count" else p.form.join(found)


_DEGREES = tuple(tuple(line.split("/")) for line in """old/older/oldest small/smaller/smallest fast/faster/fastest cheap/cheaper/cheapest young/younger/youngest long/longer/longest high/higher/highest strong/stronger/strongest
nice/nicer/nicest large/larger/largest late/later/latest safe/safer/safest big/bigger/biggest hot/hotter/hottest thin/thinner/thinnest fat/fatter/fattest sad/sadder/saddest wet/wetter/wettest happy/happier/happiest easy/easier/easiest
busy/busier/busiest heavy/heavier/heaviest early/earlier/earliest dirty/dirtier/dirtiest funny/funnier/funniest noisy/noisier/noisiest good/better/best bad/worse/worst dry/drier/driest wide/wider/widest warm/warmer/warmest
rich/richer/richest deep/deeper/deepest thick/thicker/thickest tall/taller/tallest loud/louder/loudest brave/braver/bravest lucky/luckier/luckiest pretty/prettier/prettiest lazy/lazier/laziest""".split())  # fmt: skip
_LONG_ADJECTIVES = "expensive dangerous beautiful difficult important interesting famous careful comfortable boring useful modern curious popular delicious generous reliable patient independent powerful serious nervous valuable ambitious".split()


@area.family(
    "comparison",
    "[give|write] the {degree} of the adjective{article}, {case}, {layout}. [British spelling; for long adjectives use {helper}|Long adjectives take {helper}; British spelling]",
    "Adjective -> {degree}{article}, {case}, {layout}; [long ones|longer ones|polysyllabic ones] with {helper}",
    "For a [learning app|quiz], I enter an adjective and want its {degree}{article} back, {case}, {layout}. Short ones get an ending, long ones (expensive, careful ...) get {helper} before them, irregular ones have forms of their own.",
    given="an English adjective",
    difficulty=1,
    degree=choice({"comparative": 1, "comparative form": 1, "superlative": 2, "superlative form": 2}),
    article=choice({" with 'than' after it if it is a comparative, with 'the' before it if it is a superlative": True, " (comparatives followed by 'than', superlatives preceded by 'the')": True, " without 'than' or 'the'": False, ", neither 'than' nor 'the' with it": False}),
    helper=choice({"more or most": True, "the words more and most": True}),
    case=choice(CASES),
    layout=choice(LAYOUTS),
)  # fmt: skip
def adjective_compared(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.65):
        word, *forms = draw.pick(_DEGREES)
    else:
        word = draw.pick(_LONG_ADJECTIVES)
        forms = [f"more {word}", f"most {word}"]
    made = forms[p.degree - 1]
    if p.article:
        made = f"{made} than" if p.degree == 1 else f"the {made}"
    return edges(draw, draw.pick((word, word, word.capitalize(), word.upper()))), p.layout.format(
        cased(p.case, made)
    )


_BASE = bank(
    """it is as *{b}* as ever / what a *{b}* {noun}! / the {noun} is *{b}* / I want a *{b}* {noun} / how *{b}* is it? / it was not *{b}* at all / the *{b}* {noun} in {city}"""
)
_MORE = bank(
    """this one is *{c}* than mine / the {noun} gets *{c}* every year / have you seen a *{c}* {noun}? / {first} is much *{c}* now / it could not be *{c}* / the *{c}* of the two {nouns} / I feel *{c}* today"""
)
_MOST = bank(
    """it is the *{s}* {noun} in {city} / of all {nouns} this is the *{s}* / our *{s}* {noun} yet / who has the *{s}* {noun}? / the *{s}* day of the year / {first}'s *{s}* {noun} / this is the *{s}* I have ever seen"""
)


@area.family(
    "comparison",
    "[name|tell] the degree of the adjective between asterisks: {base} for the plain form, {more} for a comparative, {most} for a superlative",
    "Degree of the *marked* adjective: not compared {base} / comparative (older, more useful) {more} / superlative (oldest, most useful) {most}",
    "I [count|collect] comparisons in advertising. One adjective in the line is marked with asterisks (with its more or most). [Return|Give] {base} if the adjective is in its basic form, {more} if it is a comparative, {most} if it is a superlative.",
    given="a line with a marked adjective",
    difficulty=1,
    labels=labels(base=("positive", "base"), more=("comparative", "comp"), most=("superlative", "sup")),
)
def degree_of_marked_adjective(draw: Draw, p: Values) -> Pair:
    word, more, most = (
        draw.pick(_DEGREES)
        if draw.chance(0.6)
        else ((w := draw.pick(_LONG_ADJECTIVES)), f"more {w}", f"most {w}")
    )
    kind = draw.pick(("base", "more", "most"))
    text = say(draw, {"base": _BASE, "more": _MORE, "most": _MOST}[kind], b=word, c=more, s=most)
    text = capital(text) if draw.chance(0.8) else text
    return text + ("" if text[-1] in "?!" else draw.pick((".", ""))), p.labels[kind]


_NEGATIVE = "unhappy unfair unlock unknown untidy unusual unkind unwell unpack uncertain impossible impolite impatient immoral illegal illogical illegible irregular irresponsible irrelevant incorrect informal invisible inexpensive incomplete dishonest disagree dislike disappear disobey dissatisfied nonsmoker nonstop nonfiction".split()
_SEEMING = "uncle under until university unique universe important immediately illness illustrate irritate ink index interest dish district distance disco noon none nonetheless uniform umpire imitate dinner dirty ignore imagine".split()
_WORD_LINES = bank(
    """{a}, {b} and {c} are words on my list / do you know {a}, {b} and {c}? / {a} comes before {b} / my words for today: {a}, {b}, {c}, {d} / {first} wrote {a} on the board, then {b} / in the dictionary: {a}, {b}; elsewhere: {c} / the words {a}, {b}, {c}, {d} were printed in red / is {a} spelled like {b}?"""
)


@area.family(
    "word formation",
    "[list|find] the words in which a prefix (un-, in-, im-, il-, ir-, dis-, non-) turns the meaning into its opposite, such as unfair, but not uncle, {case}, in text order, separated by {separator}; {none} if there are none",
    "Negated by prefix (un/in/im/il/ir/dis/non): list these words {case}, [order of the text|as they come], joined by {separator}; [words like uncle or important do not count|beware of uncle, important etc.]; none: {none}",
    "For a [worksheet|lesson] on prefixes I need the words of the text that consist of a negative prefix and a word that exists without it (un+fair, im+polite, dis+agree). Words that only begin with the same letters, like uncle or interest, are traps. Write the right ones {case}, with {separator} between them, or {none}.",
    given="a text about words",
    difficulty=2,
    case=choice(CASES),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def words_with_negative_prefix(draw: Draw, p: Values) -> Pair:
    line = draw.pick(_WORD_LINES)
    keys = [key for key in "abcd" if f"{{{key}}}" in line]
    wanted = draw.randint(0, len(keys))
    words = draw.mix(draw.some(_NEGATIVE, wanted) + draw.some(_SEEMING, len(keys) - wanted))
    found = [cased(p.case, w) for w in words if w in _NEGATIVE]
    text = capital(fill(draw, line, **dict(zip(keys, words, strict=True))))
    return text + ("" if text[-1] == "?" else "."), p.separator.join(found) or p.none


_FAMILIES = tuple(tuple(line.split("/")) for line in """happy/happiness/happily kind/kindness/kindly dark/darkness/darkly strong/strength/strongly deep/depth/deeply wide/width/widely true/truth/truly free/freedom/freely wise/wisdom/wisely brave/bravery/bravely
cruel/cruelty/cruelly safe/safety/safely certain/certainty/certainly honest/honesty/honestly difficult/difficulty/- possible/possibility/possibly responsible/responsibility/responsibly active/activity/actively real/reality/really equal/equality/equally
patient/patience/patiently silent/silence/silently violent/violence/violently different/difference/differently important/importance/importantly elegant/elegance/elegantly hungry/hunger/hungrily angry/anger/angrily proud/pride/proudly
hot/heat/hotly dangerous/danger/dangerously beautiful/beauty/beautifully successful/success/successfully noisy/noise/noisily lucky/luck/luckily healthy/health/healthily easy/ease/easily weak/weakness/weakly
sad/sadness/sadly lazy/laziness/lazily polite/politeness/politely generous/generosity/generously curious/curiosity/curiously anxious/anxiety/anxiously loyal/loyalty/loyally accurate/accuracy/accurately private/privacy/privately
secret/secrecy/secretly efficient/efficiency/efficiently warm/warmth/warmly long/length/- just/justice/justly jealous/jealousy/jealously miserable/misery/miserably heroic/heroism/heroically""".split())  # fmt: skip
_MEMBERS = {
    "the noun": 1,
    "the noun for the quality": 1,
    "the adverb": 2,
    "the adverb in -ly": 2,
    "the adjective": 0,
    "the adjective of the same family": 0,
}


@area.family(
    "word formation",
    "[give|name] {member} that belongs to the same word family as the input, {case}, {layout}; if the input is that form itself, [repeat it|give it again]. [Take the everyday word (happy - happiness - happily).|]",
    "Word family, [as in|e.g.] honest - honesty - honestly: output {member}, {case}, {layout} (the input may already be it)",
    "My [writing tool|crossword helper] suggests other forms of a word. The input is an adjective, the noun that names its quality, or its adverb, for instance honest, honesty or honestly. [Return|Suggest] {member}, {case}, {layout}. If that is what came in, it comes back.",
    given="an English word",
    difficulty=2,
    member=choice(_MEMBERS),
    case=choice(CASES),
    layout=choice(LAYOUTS),
)  # fmt: skip
def member_of_a_word_family(draw: Draw, p: Values) -> Pair:
    group = draw.pick([g for g in _FAMILIES if g[p.member] != "-"])
    shown = draw.pick(
        [w for n, w in enumerate(group) if w != "-" and (n != p.member or draw.chance(0.25))] or [group[0]]
    )
    return edges(draw, draw.pick((shown, shown, shown.capitalize(), shown.upper()))), p.layout.format(
        cased(p.case, group[p.member])
    )


_COMPOUNDS = tuple(tuple(w.split("+")) for w in """rain+bow sun+flower tooth+brush foot+ball butter+fly snow+man fire+place book+shelf bed+room key+board news+paper water+fall black+berry green+house card+board hand+bag arm+chair air+port rail+way birth+day week+end post+man
door+bell light+house pan+cake cup+cake sea+shell star+fish horse+shoe eye+brow fire+man cow+boy moon+light day+dream earth+quake grand+mother jelly+fish lady+bird note+book pop+corn sand+castle tea+pot wheel+chair wind+mill home+work time+table
dish+washer hair+cut lip+stick basket+ball drum+stick egg+shell farm+yard ear+ring goal+keeper honey+moon nut+shell pea+nut rattle+snake sauce+pan thunder+storm tooth+paste wall+paper""".split())  # fmt: skip
_PLAIN = "elephant garden window letter winter market ladder dinner pillow kitchen yellow summer basket mountain river orange doctor planet tiger banana lemon finger hammer mirror guitar picture forest potato tomato sugar flower monster dragon camel zebra coffee castle".split()
_JOINS = {
    "a plus sign with a space on either side": " + ",
    "a hyphen": "-",
    "a vertical bar without spaces": "|",
    "a single space": " ",
    "a slash": "/",
    "a plus sign without spaces": "+",
    "an underscore": "_",
    "a middle dot (·)": "·",
}


@area.family(
    "word formation",
    "[split|divide] the compound into the two words it is made of, {case}, with {join} between them; [write|answer] {none} if the word is not made of two English words[ with a meaning of their own|]",
    "Compound splitter: two parts {case}, {join} in between; [no compound|simple word] -> {none}",
    "For a [reading aid|spelling course] we show long words in pieces. If the word is a compound such as blackbird, [return|give] its two parts {case} with {join} between them. Words that are no compounds of two words, like hammer or mountain, give {none}.",
    given="an English word",
    difficulty=2,
    case=choice(CASES),
    join=choice(_JOINS),
    none=missing("simple", "no compound"),
)  # fmt: skip
def compound_word_split(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.3):
        return edges(draw, draw.pick(_PLAIN)), p.none
    first, second = draw.pick(_COMPOUNDS)
    text = draw.pick(
        (first + second, first + second, (first + second).capitalize(), (first + second).upper())
    )
    return edges(draw, text), cased(p.case, f"{first}{p.join}{second}")
