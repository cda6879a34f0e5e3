"""The final answer of a worked solution, and numbers in one form."""

from fractions import Fraction

from programasweights.data.oracle.areas.answer_extraction._banks import capital, solved
from programasweights.data.oracle.banks import noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, number, token

__all__ = ["area"]

area = Area("Reasoning and answer extraction")

_ENDINGS = ("The answer is {v} {u}.", "So the final answer is {v}.", "#### {v}", "Therefore, \\boxed{{{v}}}.", "Final answer: {v} {u}", "**Answer: {v}**",
            "Hence we get {v} {u} in total. Done.", "=> {v}", "That gives us {v} {u}, which is what was asked for.")  # fmt: skip
_BROKEN = (
    "Now we only have to",
    "Next we would need to look at the rest, but",
    "The final answer is",
    "Let me check this once more: the",
    "So the answer must be",
)


@area.family(
    "final answer",
    "extract the final answer of the worked solution [as a bare number|, only the number]{form}; if the solution breaks off before stating one, [write|answer] {none}",
    "Final result of the [reasoning|chain of thought|solution] -> number[ only|] (no words){form}. Broken off without a result: {none}",
    "I grade [math answers of language models|model outputs on word problems] automatically. The input is a solution with intermediate results; I need the number that it gives as its final answer, without unit or markup{form}. "
    "Some outputs are cut off before the answer comes; for those write {none}.",
    given="a worked solution",
    form=choice({"": "{}", ", in digits": "{}", ", followed by '.0'": "{}.0", ", in square brackets": "[{}]", ", after an equals sign and a space": "= {}", ", padded with zeros to six digits": "{:06d}"}),
    none=missing("cut off", "no answer"),
)  # fmt: skip
def final_number_of_solution(draw: Draw, p: Values) -> Pair:
    case = solved(draw)
    broken = draw.chance(0.15)
    steps = case.steps[:-1] if broken else case.steps
    text = draw.pick((" ", "\n")).join(steps)
    end = draw.pick(_BROKEN) if broken else draw.pick(_ENDINGS).format(v=case.answer, u=case.unit)
    start = (
        f"{case.question}\n"
        if draw.chance(0.4)
        else draw.pick(("", "Let's think step by step. ", "Sure! ", "Okay. ", "Solution\n"))
    )
    text = start + text + draw.pick((" ", "\n", "\n\n")) + end
    return noise.untidy(draw, text), p.none if broken else p.form.format(case.answer)


_BOXES = (
    "42",
    "x = 3",
    "\\frac{1}{2}",
    "17.5",
    "(2, 5)",
    "\\sqrt{3}",
    "B",
    "\\text{no}",
    "2^{10}",
    "-8",
    "\\{1, 2, 3\\}",
    "x^2 + 1",
    "90^\\circ",
    "\\frac{3\\pi}{4}",
    "1{,}024",
    "e^{-x}",
)


@area.family(
    "final answer",
    "[give|extract|return] what is inside the {which} \\boxed{{...}} of the LaTeX text, exactly as it is [there|written]; {none} if there is no \\boxed",
    "[Content|Inside|Text] of the {which} \\boxed (keep inner braces, drop the outer ones). [No \\boxed at all|Nothing boxed|No box] -> {none}",
    "Our [math benchmark|grader] compares what models put into \\boxed{{}}. A solution may have several boxes; we count the {which} one. Return the text between its outer braces unchanged, [nested braces included|with any inner braces], or {none} if nothing is boxed.",
    given="a solution in LaTeX",
    difficulty=2,
    which=choice({"last": -1, "final": -1, "first": 0}),
    none=missing("unboxed", "no box"),
)
def content_of_a_box(draw: Draw, p: Values) -> Pair:
    boxes = draw.some(_BOXES, draw.pick((0, 1, 1, 2, 2, 3)))
    parts = [
        draw.pick(
            (
                "We start with $x + 2 = 5$.",
                "By symmetry the sum is $\\frac{n}{2}$.",
                "First consider the case $n = 1$.",
                "Note that $2^{3} = 8$.",
                "Simplify the fraction.",
            )
        )
    ]
    for n, box in enumerate(boxes):
        parts.append(
            draw.pick(
                (
                    "So we get $\\boxed{{{}}}$.",
                    "This yields \\boxed{{{}}}.",
                    "Hence, $$\\boxed{{{}}}$$",
                    "Part {k}: $\\boxed{{{}}}$",
                )
            )
            .replace("{k}", str(n + 1))
            .format(box)
        )
        parts.append(
            draw.pick(
                (
                    "Now check the next case.",
                    "",
                    "Here we used $a_{1} = 4$.",
                    "That can be verified by hand.",
                    "I was not asked to box \\frac{2}{7}.",
                )
            )
        )
    if not boxes:
        parts.append(
            draw.pick(
                (
                    "So the answer is $\\frac{5}{6}$.",
                    "The answer: {12}.",
                    "Result: $x = 7$.",
                    "We find 19 in all.",
                    "Thus \\fbox is not needed: 4.",
                )
            )
        )
    text = draw.pick((" ", "\n")).join(part for part in parts if part)
    return text, boxes[p.which] if boxes else p.none


_TAKES = (
    "It should be {}.",
    "I think it's {}.",
    "That makes {}.",
    "My answer: {}.",
    "I'd go with {}.",
    "The result is {}.",
)
_RETRACT = (
    "Wait, no, I forgot something. {}",
    "Hmm, that's wrong. {}",
    "Actually, let me recompute. {}",
    "Sorry, my mistake! {}",
    "No, scratch that. {}",
    "Hold on - I misread the question. {}",
    "Oops. {}",
)
_KEEP = (
    "Let me double-check... yes, that holds.",
    "I checked it twice.",
    "Not {}, as some would say.",
    "({} would be the answer to another question.)",
    "It can't be {}, by the way.",
    "I am sure now.",
)


@area.family(
    "final answer",
    "return the number that is the {which} answer the writer commits to; {none} if no answer is given",
    "{which} answer [given|put forward] ([the writer may change their mind|answers may be corrected on the way]), as digits. [None given|No answer at all]: {none}",
    "In our quiz log people [and bots|] think aloud and correct themselves. We score the {which} answer that was put forward, not numbers that are only mentioned or ruled out. Output that number, or {none} [when nobody answers anything|if the entry has no answer].",
    "Answers may be taken back and replaced. [Output|Give] the {which} one that was given, as a number, {none} when there is none",
    given="a spoken answer",
    which=choice(
        {"last": -1, "final": -1, "first": 0, "original, uncorrected": 0, "most recent": -1, "initial": 0}
    ),
    none=missing("no answer"),
)
def answer_after_corrections(draw: Draw, p: Values) -> Pair:
    values = draw.some(range(3, 200), 8)
    count = draw.pick((0, 1, 1, 2, 2, 2, 3, 3))
    parts = [
        draw.pick(
            (
                "Okay, so.",
                "Let me see.",
                f"There are {values[7]} rows in the table.",
                "Good question!",
                f"We have {values[6]} and a bit of change.",
                "Alright...",
            )
        )
    ]
    for n in range(count):
        said = draw.pick(_TAKES).format(values[n])
        parts.append(said if n == 0 else draw.pick(_RETRACT).format(said))
    if count == 0:
        parts.append(
            draw.pick(
                (
                    "I have no idea, sorry.",
                    "I give up.",
                    "Can you repeat the question?",
                    "Hmm, I'd have to look that up.",
                )
            )
        )
    elif draw.chance(0.6):
        parts.append(draw.pick(_KEEP).format(values[5]))
    return noise.untidy(draw, " ".join(parts)), str(values[:count][p.which]) if count else p.none


_LINES = (
    "Paris",
    "42",
    "three apples",
    "x = 7",
    "No",
    "C",
    "the second one",
    "12.5 kg",
    "Tuesday",
    "1,200",
    "Marie Curie",
    "it depends on the weather",
    "blue, green",
    "a queue",
    "O(n log n)",
    "7:45 pm",
    "0",
    "not enough data",
)


@area.family(
    "final answer",
    "return what stands after {mark} on the same line, without spaces around it; if {mark} comes more than once, take the {which} one; {none} if it is not there",
    "Text after {mark} up to the end of the line ({which} one if repeated), trimmed. Not present: {none}",
    "The models in our [benchmark|pipeline] were told to put their answer after {mark}. Fetch that answer: the rest of the line on which the mark stands, with spaces at both ends removed. If the mark occurs several times, use the {which} one. If a model ignored the instruction, output {none}.",
    given="a model's output",
    mark=token("####", "Final answer:", "ANSWER:", ">>>", "Answer =", "[[result]]", "=>", "SOLUTION:", "A:", "Result ->", "@@"),
    which=choice({"last": -1, "first": 0}),
    none=missing("no mark"),
)  # fmt: skip
def answer_after_a_mark(draw: Draw, p: Values) -> Pair:
    case = solved(draw)
    count = draw.pick((0, 1, 1, 1, 2, 2))
    answers = draw.some(_LINES, count)
    parts = case.steps
    for answer in answers:
        parts.append(f"{p.mark}{draw.pick((' ', '  ', ''))}{answer}{draw.pick(('', '', ' '))}")
        if draw.chance(0.5):
            parts.append(
                draw.pick(
                    ("Hope that helps!", "I am fairly sure about this.", "Let me check that again.", "Done.")
                )
            )
    if not answers:
        parts.append(
            draw.pick(("I think it is {}.", "My conclusion is {}", "So, {}.", "It comes to {}")).format(
                draw.pick(_LINES)
            )
        )
    return "\n".join(parts), answers[p.which] if answers else p.none


_MEASURES = (
    "km",
    "kg",
    "dollars",
    "euros",
    "%",
    "minutes",
    "litres",
    "m/s",
    "degrees",
    "square metres",
    "people",
    "points",
    "$",
    "€",
    "£",
)


@area.family(
    "number normalisation",
    "[write|give|rewrite] the number in the [answer|reply] with exactly {places} decimals after {mark} and {groups}, without unit; round half away from zero[ if needed|]. [In the input a comma groups thousands and a point comes before decimals.|Input uses 1,234.5 style.]",
    "[Answer|Reply|Input] (1,234.5 style) -> [bare|plain|clean] number: {places} decimals ([halves away from zero|round halves away from zero]), decimal mark: {mark}, {groups}, no unit",
    "[Students|Test takers|Users] type their numeric answers in all sorts of ways (units, currency signs, commas between thousands, a point before decimals, extra words). For the comparison with the key I need each as a plain number with {places} decimals after {mark} and {groups}, "
    "rounding halves away from zero. There is one number in every answer.",
    given="a student's answer",
    places=number(2, 5),
    mark=choice({"a decimal point": ".", "a decimal comma": ",", "a point": ".", "a comma": ","}),
    groups=choice(
        {
            "nothing between thousands": "",
            "no thousands separator": "",
            "a space between thousands": " ",
            "an apostrophe between thousands": "'",
        }
    ),
)
def plain_number_from_answer(draw: Draw, p: Values) -> Pair:
    digits = draw.randint(0, 4)
    value = Fraction(
        draw.randint(1, draw.pick((99, 999, 99_999, 2_500_000))) * 10 + draw.randint(1, 9), 10**digits
    )
    scaled = int(value * 10**p.places + Fraction(1, 2))
    negative = scaled > 0 and draw.chance(0.15)
    shown = f"{int(value):,}" if draw.chance(0.7) else str(int(value))
    if digits:
        shown += "." + str(int(value % 1 * 10**digits)).zfill(digits)
    unit = draw.pick(("degrees", "points", "%", "$", "€", "dollars") if negative else _MEASURES)
    minus = draw.pick(("-", "minus ")) if negative else ""
    full = f"{minus}{unit}{shown}" if unit in "$€£" else f"{minus}{shown}{'' if unit == '%' else ' '}{unit}"
    if draw.chance(0.2):
        full = minus + shown
    text = draw.pick(
        (
            "{}",
            "The answer is {}.",
            "ans: {}",
            "approx. {}",
            "I got {}!",
            "= {}",
            "it's {} I think",
            "{} (rounded)",
            "Final: **{}**",
            "x = {}",
            "about {} or so",
        )
    ).format(full)
    whole = f"{scaled // 10**p.places:,}".replace(",", p.groups)
    out = f"{whole}{p.mark}{scaled % 10**p.places:0{p.places}d}"
    return noise.untidy(draw, text), f"-{out}" if negative else out


_SHARES = tuple(
    (Fraction(a, b), words.split("/"))
    for a, b, words in ((1, 2, "one half/a half"), (1, 4, "one quarter/a quarter/one fourth"), (3, 4, "three quarters/three fourths"), (1, 5, "one fifth/a fifth"),
                        (2, 5, "two fifths"), (3, 5, "three fifths"), (4, 5, "four fifths"), (1, 10, "one tenth/a tenth"), (3, 10, "three tenths"), (7, 10, "seven tenths"),
                        (9, 10, "nine tenths"), (1, 8, "one eighth"), (3, 8, "three eighths"), (5, 8, "five eighths"), (7, 8, "seven eighths"), (1, 20, "one twentieth"),
                        (3, 20, "three twentieths"), (7, 20, "seven twentieths"), (1, 25, "one twenty-fifth"), (13, 20, "thirteen twentieths"), (1, 50, "one fiftieth"))
)  # fmt: skip
_SHARE_FORMS = {
    "a percentage like 12.5%": "percent",
    "a percentage without a space before the sign (37.5%)": "percent",
    "a decimal like 0.125": "decimal",
    "a decimal number with a leading zero and no zeros at the end": "decimal",
    "a fraction in lowest terms like 1/8": "fraction",
    "a reduced fraction with a slash": "fraction",
    "the number of percent without the sign": "bare",
}


@area.family(
    "number normalisation",
    "convert the share in the answer to {form}; if the answer [gives|names] no share, write {none}",
    "Share (fraction, percent, decimal or words) -> {form}. No share in it: {none}",
    "Answers to 'what part is it?' come as percentages, fractions, decimals between 0 and 1, or in words, and I want them in one form. Write {form}, or {none} if there is no such number in the answer.",
    "[Bring|Put] the proportion into one form: {form}; {none} [if none is stated|when there is none]",
    given="a short answer",
    difficulty=3,
    form=choice(_SHARE_FORMS),
    none=missing("no share"),
)
def share_in_one_form(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.12):
        said = draw.pick(
            (
                "I don't know",
                "hard to say",
                "quite a lot of them",
                "most of them, I guess",
                "no idea",
                "skip this one",
                "it wasn't in the text",
                "ask somebody else",
                "many, but who knows how many",
            )
        )
        return noise.untidy(draw, draw.pick(("{}", "{}.", "Hmm, {}", "Sorry, {}")).format(said)), p.none
    value, in_words = draw.pick(_SHARES)
    scale = draw.pick((1, 1, 1, 2, 3, 5))
    percent = f"{float(value * 100):g}"
    given = draw.pick(
        (
            f"{percent}%",
            f"{percent} %",
            f"{percent} percent",
            f"{value.numerator * scale}/{value.denominator * scale}",
            f"{float(value):g}",
            f"{float(value):.3f}",
            draw.pick(in_words),
            f"{value.numerator} out of {value.denominator}",
        )
    )
    text = draw.pick(
        (
            "{}",
            "The answer is {}.",
            "it's {}",
            "I'd say {}",
            "{} of the total",
            "So it is {} of all of them.",
            "**{}**",
            "{} (see above)",
        )
    ).format(given)
    out = {
        "percent": f"{percent}%",
        "bare": percent,
        "decimal": f"{float(value):g}",
        "fraction": f"{value.numerator}/{value.denominator}",
    }[p.form]
    return noise.untidy(draw, capital(text)), out
