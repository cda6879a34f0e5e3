"""Linguistic analysis: endings, syllables, first letters, palindromes and letter rules."""

import re
from collections import Counter
from collections.abc import Callable

from programasweights.data.oracle.areas.linguistic._banks import VERBS
from programasweights.data.oracle.areas.traditional_nlp._banks import bank, capital, edges, fill
from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, number, separator, yes_no

__all__ = ["area"]

area = Area("Linguistic analysis")

_ENDINGS = {
    "ight": "light night right sight fright bright flight might fight tight knight".split(), "ound": "sound round ground found hound mound pound bound around".split(), "ake": "cake lake snake bake brake shake rake wake mistake".split(), "ation": "nation station vacation relation donation creation".split(),
    "ain": "rain train brain chain grain plain stain again captain".split(), "ock": "clock rock sock lock block knock shock frock".split(), "ing": "ring king wing spring string sing bring thing".split(), "ose": "nose rose hose close those chose suppose".split(), "ear": "ear hear near year dear clear bear pear".split(),
    "all": "ball wall hall tall small fall call stall".split(), "ine": "wine line pine nine mine machine magazine".split(), "ust": "dust rust must trust crust just".split(), "ower": "flower tower shower power lower".split(), "ank": "bank tank thank blank plank".split(),
}  # fmt: skip


@area.family(
    "sounds and letters",
    "[list|find] the words after the colon that end in the same {size} letters as the word before it, [in their order|in the order given], separated by {separator}; {none} if there are none. [Spelling counts, not sound.|Look at the letters, not at the sound.]",
    "Eye rhymes: which candidates share the last {size} letters with the word before the colon? [Keep the order|Same order], {separator} between them, {none} if nobody does",
    "I write [songs|children's verses] and collect words with the same ending. A word is followed by a colon and candidates. [Give me|Return] the candidates whose last {size} letters are the same as those of the word (by spelling, whatever they sound like), in their order, with {separator} between them. If no candidate fits, [give me|return] {none}.",
    given="a word and candidates",
    difficulty=2,
    size=number(2, 4),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def candidates_with_same_ending(draw: Draw, p: Values) -> Pair:
    group = _ENDINGS[draw.pick(tuple(_ENDINGS))]
    word, *rest = draw.some(group, min(len(group), draw.randint(2, 4)))
    rest = rest if draw.chance(0.8) else []
    far = [w for g in _ENDINGS.values() for w in g if g is not group]
    listed = draw.mix(rest + draw.some(far, draw.randint(2, 4)))
    found = [w for w in listed if len(word) >= p.size and w[-p.size :] == word[-p.size :]]
    text = f"{word}: {draw.pick((', ', ' / ', ' ')).join(listed)}"
    return draw.pick((text, text, capital(text))), p.separator.join(found) or p.none


def _groups(word: str, silent: bool, y: bool) -> int:
    count = len(re.findall(r"[aeiouy]+" if y else r"[aeiou]+", word))
    if silent and re.search(r"[^aeiouy]e$", word):
        count -= 1
    return max(count, 1)


_SYLLABLE_WORDS = tuple(words.NOUNS) + tuple(words.ADJECTIVES) + tuple(w for kind in ("animal", "fruit", "vegetable", "tool", "instrument", "garment") for w in words.KINDS[kind]) + tuple("banana umbrella chocolate elephant telephone dictionary yesterday difficult imagine photograph calendar beautiful tomato potato crocodile medicine adventure microphone".split())  # fmt: skip


@area.family(
    "sounds and letters",
    "[estimate|count|compute] the syllables of the word by this [rule|crude rule|simple rule]: {vowels}; [count each unbroken run of vowels as one syllable|each run of vowels without a break is one syllable]; {final}; the result is at least 1. [Give|Return] {form}",
    "[Syllables, crude rule|Syllable count (rough)|Rough syllables]: {vowels}; one per run of vowels; {final}; minimum 1. [Output|Answer]: {form}",
    "My [readability score|haiku checker|poem counter] needs a syllable count that anyone can check by hand, so stick to the rule even where it is wrong: {vowels}; every group of vowels in a row is one syllable; {final}; no word has fewer than one. [Give me|Return] {form}.",
    given="an English word",
    difficulty=3,
    vowels=choice({"vowels are a, e, i, o, u and y": True, "a, e, i, o, u, y are the vowels": True, "vowels are a, e, i, o, u (y is none)": False, "the vowels are a, e, i, o and u, not y": False}),
    final=choice({"take one off if the word ends in e after a letter that is no vowel and no y": True, "a final e after a consonant (y is no consonant here) takes one off": True, "a final e counts like any other vowel": False, "an e at the end is no exception": False}),
    form=choice({"the number in digits": "{n}", "just the number": "{n}", "the word in lower case, an equals sign and the number (no spaces)": "{w}={n}", "the number followed by a space and 'syl.'": "{n} syl.", "the number in round brackets": "({n})", "the number as an English word in lower case": "word"}),
)  # fmt: skip
def syllables_by_a_crude_rule(draw: Draw, p: Values) -> Pair:
    wanted = draw.randint(1, 4)
    word = draw.pick(_SYLLABLE_WORDS)
    for _ in range(20):
        if _groups(word, p.final, p.vowels) == wanted:
            break
        word = draw.pick(_SYLLABLE_WORDS)
    count = _groups(word, p.final, p.vowels)
    made = words.number_word(count) if p.form == "word" else p.form.format(n=count, w=word)
    return edges(draw, draw.pick((word, word, capital(word), word.upper()))), made


_LETTERS = "bcdfhlmprst"
_TONGUE = {
    letter: tuple(sorted(w for w in {*words.NOUNS, *words.ADJECTIVES, *words.KINDS["animal"], *words.KINDS["garment"], *words.KINDS["profession"]} if w[0] == letter)) for letter in _LETTERS
}  # fmt: skip
_PATTERNS = bank(
    """{a} {b} {c} / the {a} {b} and the {c} {d} / {a}, {b}, {c}, {d} / my {a} {b} {c} {d} / one {a} {b}, one {c} {d} / {a} and {b} / {a} {b} {c} {d} {e} / some {a} {b} {c} in {city} / no {a}, no {b}, no {c} / {a} {b} or {c} {d}?"""
)


@area.family(
    "sounds and letters",
    "[find|name] the letter with which the most words of the line begin ({skip}) and [return|write] it {case}; if two or more letters tie for the most, [return|write] {none}. [Case does not matter.|A capital counts like a small letter.]",
    "Alliteration: most frequent initial letter ({skip}; case ignored), {case}; tie = {none}",
    "I [score|judge] advertising slogans for alliteration. Which letter starts the largest number of words? Upper and lower case are the same; {skip}. [Give|Answer] that letter {case}, or {none} if several letters share first place.",
    given="a slogan",
    difficulty=3,
    skip=choice({"counting every word": (), "all words count": (), "leaving out the, a and and": ("the", "a", "and"), "not counting the words the, and, in, no": ("the", "and", "in", "no"), "without the words my, one, some, or": ("my", "one", "some", "or")}),
    case=choice({"as a capital": "{}", "in upper case": "{}", "in lower case": "v", "as a small letter": "v", "as a capital in double quotes": '"{}"', "as a capital followed by a full stop": "{}.", "as a capital between two hyphens": "-{}-"}),
    none=missing("tie"),
)  # fmt: skip
def most_frequent_initial(draw: Draw, p: Values) -> Pair:
    first, second = draw.some(_LETTERS, 2)
    line = draw.pick(_PATTERNS)
    chosen = {key: draw.pick(_TONGUE[first if draw.chance(0.7) else second]) for key in "abcde"}
    text = fill(draw, line, **chosen)
    text = draw.pick((text, capital(text), capital(text) + "!", " ".join(capital(w) for w in text.split())))
    counts = Counter(w[0].upper() for w in re.findall(r"[^\W\d_]+", text) if w.lower() not in p.skip)
    top = counts.most_common(2)
    if len(top) > 1 and top[0][1] == top[1][1]:
        return text, p.none
    return text, top[0][0].lower() if p.case == "v" else p.case.format(top[0][0])


_PALINDROMES = bank("""level / radar / kayak / civic / rotor / noon / refer / madam / racecar / deed / stats / tenet / never odd or even / step on no pets / was it a car or a cat I saw / top spot / no lemon, no melon / taco cat / don't nod / evil olive / madam, I'm Adam / a man, a plan, a canal: Panama / Eva, can I see bees in a cave? / nurses run / borrow or rob / live on, time, emit no evil /
race car / my gym / yo, banana boy / too bad I hid a boot / rise to vote, sir / no devil lived on / mr. owl ate my metal worm / now I won / red rum, sir, is murder / dammit, I'm mad / was it a rat I saw? / ten animals I slam in a net / draw, o coward / Hannah / Otto / Anna / Bob""")  # fmt: skip
_NEARLY = bank(
    """lever / radio / kayaks / civil / motor / moon / referee / madame / race cars / need / status / tent / never odd nor even / step on my pets / was it a car or a bat I saw / top spots / no lemon, no lime / taco cats / don't sod / evil olives / madam, I'm Alan / a man, a plan, a channel: Panama / nurses ran / borrow or lend / my gum / yo, banana boat / rise to note, sir / no devil lives on / mr. owl ate my mental worm / now I win / was it a rat I see? / ten animals I slam in a pen / Hanna / Otta / Anne / Rob"""
)


@area.family(
    "sounds and letters",
    "[check|test] if the line reads the same from the back, {ignored}: {yes} if it does, {no} if it does not. [All other characters count.|]",
    "Palindrome, {ignored}? {yes} / not one: {no}",
    "My puzzle [site|column] collects palindromes. [Return|Say] {yes} if the line, read letter by letter from its end, is the same again, {ignored}, and {no} if it is not.",
    given="a line of text",
    difficulty=3,
    ignored=choice({"ignoring spaces, punctuation and letter case": "spc", "if spaces, punctuation and capitals are left out of account": "spc", "ignoring spaces and punctuation, but not letter case": "sp", "if spaces and punctuation do not count, though capitals do": "sp", "ignoring letter case only (spaces and punctuation count)": "c",
                    "if only capitals and small letters are taken as equal": "c"}),
    labels=yes_no(),
)  # fmt: skip
def reads_the_same_from_the_back(draw: Draw, p: Values) -> Pair:
    def same(text: str) -> bool:
        kept = text if p.ignored == "c" else re.sub(r"[^A-Za-z]", "", text)
        kept = kept.lower() if "c" in p.ignored else kept
        return kept == kept[::-1]

    wanted, text = draw.chance(0.5), ""
    for _ in range(30):
        text = draw.pick(_PALINDROMES if wanted or draw.chance(0.5) else _NEARLY)
        text = draw.pick((text, text, text.lower(), text.upper(), capital(text), capital(text) + "."))
        if same(text) == wanted:
            break
    return text, p.labels["yes" if same(text) else "no"]


_ORDER = tuple(v[0] for v in VERBS if len(v[0]) > 2)
_RULES = {
    "with a double letter (two equal letters in a row)": "double", "that have the same letter twice in a row": "double", "that begin and end with the same letter": "ends", "whose first and last letters are equal": "ends", "without the letter e": "noe", "that have no e in them": "noe",
    "that begin with a vowel (a, e, i, o, u)": "vowel", "whose first letter is one of a, e, i, o, u": "vowel", "that contain the letters ou next to each other": "ou", "in which ou occurs": "ou", "in which no letter occurs twice": "unique", "whose letters are all different": "unique",
}  # fmt: skip
_HITS: dict[str, Callable[[str], bool]] = {
    "double": lambda w: re.search(r"(.)\1", w) is not None, "ends": lambda w: w[0] == w[-1], "noe": lambda w: "e" not in w, "vowel": lambda w: w[0] in "aeiou", "ou": lambda w: "ou" in w, "unique": lambda w: len(set(w)) == len(w),
}  # fmt: skip
_MIXED = (
    tuple(words.NOUNS)
    + _ORDER
    + tuple(words.ADJECTIVES)
    + tuple(
        "level stats trust radar health noon window refer plump dead kick test text rotor America orange owl uncle ivory apple egg area extreme tent blurb".lower().split()
    )
)


@area.family(
    "sounds and letters",
    "[list|pick out] the words {rule}, in their order, {glue}; [write|give] {none} if there are none. [Capitals count as small letters.|Letter case does not matter.]",
    "Words {rule} (case ignored): [same order|input order], {glue}; none: {none}",
    "For a [word puzzle|spelling game] I filter word lists. Keep the words {rule}, [and leave out the rest|drop the others]; the order stays, letter case plays no part, and the words appear as they are in the input, {glue}. If the list has no such word, [write|put] {none}.",
    given="a list of words",
    difficulty=3,
    rule=choice(_RULES),
    glue=choice({"separated by commas without spaces": ",", "joined by hyphens": "-", "separated by a comma and a space": ", ", "one per line": "\n", "separated by single spaces": " ", "joined with plus signs": "+", "separated by semicolons without spaces": ";"}),
    none=missing(),
)  # fmt: skip
def words_by_a_letter_rule(draw: Draw, p: Values) -> Pair:
    hit = _HITS[p.rule]
    good = [w for w in _MIXED if hit(w)]
    bad = [w for w in _MIXED if not hit(w)]
    listed = draw.mix(draw.some(good, 0, 3) + draw.some(bad, 1, 3))
    listed = [w.capitalize() if draw.chance(0.15) else w for w in dict.fromkeys(listed)]
    return draw.pick((", ", " ", "; ", "\n")).join(listed), p.glue.join(
        w for w in listed if hit(w.lower())
    ) or p.none
