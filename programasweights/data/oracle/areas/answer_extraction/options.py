"""Options of multiple-choice questions: the one that was chosen, and the options as data."""

import json

from programasweights.data.oracle.areas.answer_extraction._banks import capital, options_text, quiz
from programasweights.data.oracle.banks import noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing

__all__ = ["area"]

area = Area("Reasoning and answer extraction")

_LETTER_FORMS = {
    "the letter in upper case": "{u}",
    "the capital letter": "{u}",
    "the letter in lower case": "{l}",
    "the number of the option (A is 1, B is 2 and so on)": "{n}",
    "the option's index, A being 0": "{i}",
    "the capital letter in round brackets": "({u})",
    "the capital letter followed by a closing bracket": "{u})",
}


def _lettered(form: str, at: int) -> str:
    return form.format(u="ABCDE"[at], l="abcde"[at], n=at + 1, i=at)


_CHOSEN = (
    "I would pick {x}.",
    "the answer must be {x}",
    "So {x} it is.",
    "My choice: ({x})",
    "Answer: {x}.",
    "which leaves only {x}.",
    "{x} is correct.",
    "**{x}**",
    "I'm going with option {x}.",
    "That's {x}, definitely.",
    "The right one is {x}!",
)
_RULED = (
    "{x} can't be right because the text says otherwise.",
    "At first sight {x} looks good, but it isn't.",
    "Many people would say {x}.",
    "{x} is clearly wrong.",
    "I was thinking about {x} for a moment.",
    "Option {x} is a trap.",
)
_UNDECIDED = (
    "I can't decide between {x} and {y}.",
    "Either {x} or {y}, no idea which.",
    "None of the options convinces me.",
    "I'd need more information to choose.",
    "All of them seem possible.",
)


@area.family(
    "option letters",
    "say which option the writer chooses in the end: [give|write|output] {form}, or {none} if [no choice is made|they do not settle on one]",
    "Chosen option in the rambling -> {form}; undecided -> {none}",
    "I evaluate models on multiple-choice tests, and they [ramble|talk a lot] before and after their choice. From the output, find the option that was finally chosen (not those that were only discussed or rejected) and return {form}. If there is no choice, return {none}.",
    given="an answer to a multiple-choice question",
    form=choice(_LETTER_FORMS),
    none=missing("undecided", "?"),
)
def letter_from_rambling(draw: Draw, p: Values) -> Pair:
    at, *others = draw.some(range(5), 4)
    letters = ["ABCDE"[n] for n in others]
    parts = [draw.pick(_RULED).format(x=letter) for letter in letters[: draw.randrange(3)]]
    if draw.chance(0.15):
        parts.append(draw.pick(_UNDECIDED).format(x="ABCDE"[at], y=letters[2]))
        return noise.untidy(draw, " ".join(parts)), p.none
    parts.append(capital(draw.pick(_CHOSEN).format(x="ABCDE"[at])))
    if draw.chance(0.3):
        parts.append(
            draw.pick(
                (
                    "The others don't fit.",
                    f"({letters[2]} was tempting.)",
                    "Hope I'm right.",
                    f"Not {letters[2]}.",
                )
            )
        )
    return noise.untidy(draw, draw.pick((" ", "\n")).join(parts)), _lettered(p.form, at)


_TEXT_FORMS = {
    "exactly as in the list": "{}",
    "as it stands there": "{}",
    "in capital letters": "upper",
    "in double quotes": '"{}"',
    "with its letter and a colon before it, like C: copper": "letter",
    "in square brackets": "[{}]",
}


@area.family(
    "option letters",
    "write the text of the option that the [reply|respondent] picked, {form}; {none} if [the letter picked is not among the options|there is no such option]",
    "Letter in the reply -> text of that option, {form}. Letter without an option: {none}",
    "Our [survey tool|quiz bot] stores only 'Reply: B'. I need the words behind it. Look up the option that the reply names and write its text {form}; [if the list has no option with that letter|for a letter that is not in the list], write {none}.",
    given="a question with options and a reply",
    difficulty=1,
    form=choice(_TEXT_FORMS),
    none=missing("no such option", "invalid"),
)
def text_behind_a_letter(draw: Draw, p: Values) -> Pair:
    case = quiz(draw, 2, 5)
    at = draw.randrange(len(case.options))
    if draw.chance(0.12) and len(case.options) < 5:
        at = len(case.options)
    letter = "ABCDE"[at] if draw.chance(0.7) else "abcde"[at]
    reply = draw.pick(
        (
            "Reply: {}",
            "Answer: {}.",
            "User chose {}",
            "-> {}",
            "reply = ({})",
            "I think {}",
            "It's {}, isn't it?",
        )
    ).format(letter)
    text = f"{case.question}\n{options_text(draw, case.options)}\n{reply}"
    if at == len(case.options):
        return text, p.none
    option = case.options[at]
    out = {"upper": option.upper(), "letter": f"{'ABCDE'[at]}: {option}"}.get(
        p.form, p.form.replace("{}", option)
    )
    return text, out


_IN_WORDS = (
    "It is {o}.",
    "I'd say {o}, because I read about it.",
    "{o}, I'm sure",
    "the answer is {o}",
    "Definitely {o}!",
    "Pretty sure it's {o}",
    "not {w}, but {o}",
    "{w}? No, {o}.",
    "I first thought {w}, but it has to be {o}.",
)


@area.family(
    "option letters",
    "find the option that the reply settles on and return {form}; {none} if [it settles on none of them|what it settles on is not an option]",
    "[Reply in words|Free-text reply|Spoken reply] -> {form}, for the matching option. [Matches no option|Off the list]: {none}",
    "People answer our multiple-choice questions [by voice|in free text], so the reply holds words and not a letter. Map the reply to the option it settles on and return {form}. If the reply settles on something that is not offered, or on nothing, return {none}.",
    given="a question with options and a reply in words",
    form=choice(_LETTER_FORMS),
    none=missing("no such option", "off the list"),
)
def letter_for_an_answer_in_words(draw: Draw, p: Values) -> Pair:
    case = quiz(draw, 3, 4)
    at = draw.randrange(len(case.options))
    wrong = draw.pick([o for o in case.options if o != case.options[at]])
    outside = draw.chance(0.15)
    named = (
        draw.pick(
            ("the weather", "a banana", "my cousin", "purple", "none of those", "something else", "Tuesday")
        )
        if outside
        else case.options[at]
    )
    reply = capital(draw.pick(_IN_WORDS).format(o=named, w=wrong))
    head = draw.pick(("Reply: ", "User: ", "> ", "Caller says: "))
    return (
        f"{case.question}\n{options_text(draw, case.options)}\n{head}{reply}",
        p.none if outside else _lettered(p.form, at),
    )


_JSON_FORMS = {
    "an object from capital letters to texts": "upper",
    "an object with the letters in lower case as keys": "lower",
    "an array of the texts in their order": "list",
    "an array of the texts, all in lower case": "low-list",
    'an array of objects with the keys "id" (capital letter) and "text"': "rows",
}


@area.family(
    "multiple choice to data",
    "turn the options of the question into JSON on one line: {form}, [with a space after every comma and colon|Python's json.dumps style]; if the text has no options, write {none}",
    "[Answer options|Options|Choices] -> JSON ({form}), one line, space after commas and colons; [no options|none there|open question]: {none}",
    "I import [old quizzes|exam sheets] into an app. From each question take the answer options, without the question itself, and give them as {form}, in JSON on a single line with one space after each comma and colon. For questions without options write {none}.",
    given="a quiz question",
    form=choice(_JSON_FORMS),
    none=missing("open question"),
)
def options_as_json(draw: Draw, p: Values) -> Pair:
    case = quiz(draw, 2, 4)
    if draw.chance(0.12):
        return f"{draw.randint(1, 40)}. {case.question}" + draw.pick(
            ("", " Explain briefly.", " ________", " (2 points)")
        ), p.none
    text = draw.pick(
        (f"{case.question}\n", f"Q{draw.randint(1, 30)}: {case.question}\n", f"{case.question} ")
    ) + options_text(draw, case.options)
    letters = "ABCDE"[: len(case.options)]
    made: object = {
        "upper": dict(zip(letters, case.options, strict=True)),
        "lower": dict(zip(letters.lower(), case.options, strict=True)),
        "list": case.options,
        "low-list": [o.lower() for o in case.options],
        "rows": [{"id": i, "text": o} for i, o in zip(letters, case.options, strict=True)],
    }[p.form]
    return text, json.dumps(made, ensure_ascii=False)


_ITEM_PARTS = {
    "the question without its number and without the options": "stem",
    "the question alone, without its number and options": "stem",
    "how many options there are (in digits)": "count",
    "the text of the last option": "last",
    "the text of the first option": "first",
    "the letter of the last option": "letter",
    "the number of the question (digits only)": "number",
}


@area.family(
    "multiple choice to data",
    "give {part}; if the item has no options, give {none} [instead|whatever was asked for]",
    "Quiz item -> {part}. Items without options: {none}",
    "I am splitting [scanned|copied] multiple-choice items into columns. For the column at hand I need {part}. Items that turn out to have no options get {none} in every column.",
    "[Output|Return] {part}, or {none} for an item without options",
    given="a numbered quiz item",
    difficulty=1,
    part=choice(_ITEM_PARTS),
    none=missing("no options"),
)
def part_of_a_quiz_item(draw: Draw, p: Values) -> Pair:
    case = quiz(draw, 2, 5)
    place = draw.randint(1, 60)
    head = draw.pick(("{}. {}", "Q{}: {}", "Question {}\n{}", "({}) {}", "No. {} - {}")).format(
        place, case.question
    )
    if draw.chance(0.12):
        return head + draw.pick(("", "\nYour answer: ______", "\n(Write two sentences.)")), p.none
    parts = {
        "stem": case.question,
        "count": str(len(case.options)),
        "last": case.options[-1],
        "first": case.options[0],
        "letter": "ABCDE"[len(case.options) - 1],
        "number": str(place),
    }
    return f"{head}\n{options_text(draw, case.options)}", parts[p.part]
