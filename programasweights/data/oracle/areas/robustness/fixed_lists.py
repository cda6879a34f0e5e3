"""Robustness: free wording mapped to a fixed list - sizes, colours, answers."""

from programasweights.data.oracle.areas.robustness._banks import cased
from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("Robustness to variations")

_SIZES = (
    ("small", "s", "Small", "size s", "sml", "smal", "the small one", "little size, i.e. small", "SMALL"),
    ("medium", "m", "Medium", "med", "size m", "medum", "in medium", "the medium one", "MEDIUM", "med."),
    ("large", "l", "Large", "size L", "lrg", "larg", "in large", "the large one", "LARGE", "lge"),
    (
        "extra large",
        "XL",
        "x-large",
        "xl",
        "X large",
        "extra-large",
        "size XL",
        "xlarge",
        "XLARGE",
        "extra lrg",
    ),
)


@area.family(
    "values to a fixed list",
    "[say|tell] which size is meant, as {codes}, for small, medium, large and extra large in this order[, "
    "however it is written|]; {none} if [no size is given|the text gives none of these sizes]",
    "[Size|Clothing size] in any spelling (small, medium, large, extra large) -> {codes}, in this order. [No "
    "such size|Anything else]: {none}",
    "[People|Customers] type the size of a T-shirt any way they like: x-large, med, 'size s'. Our system knows "
    "four values, {codes}, which stand for small, medium, large and extra large in that order. [Give|Return] "
    "the right one, or {none} when none of the four sizes is named.",
    given="a size typed by a customer",
    codes=choice({"S, M, L or XL": ("S", "M", "L", "XL"), "1, 2, 3 or 4": ("1", "2", "3", "4"),
        "small, medium, large or xlarge": ("small", "medium", "large", "xlarge"),
        "SM, MD, LG or XL": ("SM", "MD", "LG", "XL"),
                  "A, B, C or D": ("A", "B", "C", "D"), "36, 40, 44 or 48": ("36", "40", "44", "48"),
                  "s, m, l or x": ("s", "m", "l", "x"), "10, 20, 30 or 40": ("10", "20", "30", "40")}),
    none=missing("?"),
)  # fmt: skip
def size_of_any_spelling_to_code(draw: Draw, p: Values) -> Pair:
    colour = draw.pick(words.KINDS["colour"])
    frame = draw.pick(
        (
            "{}",
            "{}",
            "{} please",
            "{}, {c}",
            "{c}, {}",
            "{}!",
            " {}",
            "{} ({c})",
            "I take {}",
            "{n} x {}",
            "{} thx",
            "{c} / {}",
            "shirt {}",
        )
    )
    if draw.chance(0.15):
        return frame.format(
            draw.pick(
                (
                    "one size",
                    "don't know",
                    "same as last time",
                    "the usual",
                    "any",
                    "child's size",
                    "?",
                    "not sure",
                )
            ),
            c=colour,
            n=draw.randint(2, 9),
        ), p.none
    number = draw.randrange(4)
    return frame.format(draw.pick(_SIZES[number]), c=colour, n=draw.randint(2, 9)), p.codes[number]


_ANSWERS = {
    "yes": ("yep", "yeah", "sure", "of course", "absolutely", "Y", "ya", "yup!", "definitely", "ok",
    "okay, let's do it", "sounds good, yes", "YES!!", "aye", "affirmative", "certainly", "why not, go ahead",
    "by all means", "fine by me",
            "no objections, do it", "please do", "yesss", "of cousre", "right, agreed"),
    "no": ("nope", "nah", "no way", "not at all", "N", "never", "no thanks", "I'd rather not", "absolutely not",
    "certainly not", "NO!!", "negative", "please don't", "not a chance", "I have to decline", "sorry, no",
    "no, that's not ok",
           "don't do it", "nooo", "definitly not", "forget it", "under no circumstances", "I said no",
           "that's a no from me"),
    "open": ("maybe", "not sure", "let me think about it", "I'll tell you tomorrow", "hmm", "perhaps", "dunno",
    "ask me later", "possibly", "it depends", "I can't say yet", "who knows", "we'll see",
    "need to check first", "maybe yes, maybe no",
             "undecided", "could be", "idk", "what was the question?", "no idea", "can I answer next week?",
             "still thinking"),
}  # fmt: skip


@area.family(
    "values to a fixed list",
    "[read|map] the free answer: {yes} if the person agrees, {no} if the person refuses, {open} if the "
    "[answer|reply] leaves it open",
    "[Free answer|Reply] to a yes/no question -> agrees {yes} | refuses {no} | neither [of both|yet] {open}",
    "Our bot asks 'Shall I book it?' and [people|users] answer in [a hundred|all sorts of] ways. [Put|Sort] "
    "each answer into one of three: {yes} for every kind of consent, {no} for every kind of refusal, and "
    "{open} when [they have not decided|"
    "nothing is decided] or did not answer the question.",
    "Does the reply [accept|agree]? Consent is {yes}, refusal is {no}, [anything undecided|no decision] is "
    "{open}. [Spelling, capitals and emoji do not matter|Do not mind typos or emoji].",
    given="a reply to a yes-or-no question",
    difficulty=1,
    labels=labels(yes=("yes", "accept"), no=("no", "reject"), open=("unclear", "open")),
)
def free_answer_to_yes_no_or_open(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_ANSWERS))
    text = draw.pick(_ANSWERS[kind])
    text = cased(draw, text, "", "", "upper", "lower", "capitalize")
    text = draw.pick(
        (
            "{}",
            "{}",
            "{}",
            "hi {f}, {}",
            "{}, {f}",
            "{} :)",
            "{}...",
            "well, {}",
            "  {}",
            "{}\n\nsent from my phone",
            "{} 🙂",
            "honestly? {}",
        )
    ).format(text, f=names.first_name(draw))
    return text, p.labels[kind]


@area.family(
    "values to a fixed list",
    "[say|tell] which [basic colour|basic colour word] the text means, {case}: red, blue, green, yellow or "
    "brown. [Fancy|Special] names, typos and other spelling count as well; {none} if no colour is named",
    "[Colour as typed|Free colour name] -> red / blue / green / yellow / brown, {case}; [no colour|without a "
    "colour]: {none}",
    "[Sellers|Vendors] on our site invent colour names such as 'navy', 'lime green' or 'darkred'. [Map|Reduce] "
    "them to the basic colours red, blue, green, yellow and brown and write the word {case}. [When|If] the "
    "text names no colour at all, "
    "write {none}.",
    given="a colour typed by a seller",
    case=choice(
        {
            "in small letters": "lower",
            "in lower case": "lower",
            "in capitals": "upper",
            "with a capital first letter": "capitalize",
            "all in upper case": "upper",
        }
    ),
    none=missing("?"),
)
def colour_of_any_name_to_basic(draw: Draw, p: Values) -> Pair:
    bank = {
        "red": ("crimson", "dark red", "darkred", "cherry red", "scarlet", "ruby red", "red", "Red!!",
        "wine red", "fire-engine red", "redd", "brick-red"),
        "blue": ("navy", "navy blue", "sky blue", "royal-blue", "light blue", "bleu", "baby blue",
        "cobalt blue", "ice blue", "blue", "BLUE", "ocean blue"),
        "green": ("lime green", "forest green", "emerald green", "dark-green", "grass green", "light green",
        "green", "gren", "mint green", "moss green", "GREEN"),
        "yellow": ("lemon yellow", "bright yellow", "yelow", "sunflower yellow", "yellow", "pale yellow",
        "canary yellow", "YELLOW", "sunny yellow", "neon yellow"),
        "brown": ("chocolate brown", "chestnut brown", "dark brown", "brwon", "brown", "light-brown",
        "coffee brown", "BROWN", "hazel brown", "nut brown"),
    }  # fmt: skip
    frame = draw.pick(
        (
            "{}",
            "{}",
            " {}",
            "{}, size {s}",
            "colour: {}",
            "{} {t}",
            "{t} in {}",
            "{}.",
            "col. {}",
            "{}/{s}",
            "{} (new!)",
        )
    )
    fill = {
        "s": draw.pick("SML"),
        "t": draw.pick(
            ("shirt", "sofa", "bike", "lamp", "scarf", "helmet", "bag", "tent", "wall paint", "cap")
        ),
    }
    if draw.chance(0.13):
        return frame.format(
            draw.pick(
                ("as shown", "see picture", "standard", "any", "n/a", "patterned", "unknown", "to be chosen")
            ),
            **fill,
        ), p.none
    colour = draw.pick(tuple(bank))
    return frame.format(draw.pick(bank[colour]), **fill), str(getattr(colour, p.case)())
