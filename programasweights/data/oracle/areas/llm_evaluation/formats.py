"""LLM evaluation: formats that were asked for and defects of answers."""

import json

from programasweights.data.oracle.areas.llm_evaluation._banks import heads
from programasweights.data.oracle.banks import names, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, number, yes_no

__all__ = ["area"]

area = Area("LLM evaluation and comparison")


@area.family(
    "format asked for",
    "count the words of the answer[, parted by spaces,|] and [say|tell] if there are [at most|no more than] "
    "{limit}: {fits} if so, {over} if there are more; {none} if the answer is empty or [nothing but|only] white space",
    "[Word limit|Limit] {limit}: [kept|not exceeded] {fits} | [exceeded|broken] {over} | no words [at "
    "all|there] {none}. Words = parts between spaces",
    "I told the model to use {limit} words at most. [Check|Verify] its answer: {fits} when it keeps to that "
    "limit, {over} when it has even one word more, {none} when it wrote nothing. A word is whatever stands "
    "between spaces[, hyphenated words count once|].",
    given="an answer of a model",
    limit=number(3, 12),
    labels=labels(fits=("ok", "within"), over=("too long", "over"), none=("empty", "blank")),
)
def answer_within_word_limit(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("fits", "fits", "over", "over", "none"))
    if kind == "none":
        return draw.pick(("", " ", "\n", "   ", "\n\n", "\t", " \n ")), p.labels["none"]
    count = p.limit + draw.randint(1, 6) if kind == "over" else max(1, p.limit - draw.pick((0, 0, 1, 2, 3)))
    if kind == "over" and draw.chance(0.4):
        count = p.limit + 1
    pool = prose.paragraph(draw, 3, 4).split()
    text = " ".join(pool[:count])
    return text + draw.pick(("", "\n", " ")), p.labels[kind]


@area.family(
    "format asked for",
    "[compare|check] the number of bullet points in the answer: {few} if there are fewer than {count}, {right} "
    "if exactly {count}, {many} if more. Bullets are lines that begin with {mark}; [sub-points|indented lines] "
    "and other lines do not count",
    "[Bullets|Bullet points] wanted: {count}. Fewer {few} | exact {right} | more {many}. A bullet = line "
    "starting with {mark} (not indented)",
    "The prompt asks for [precisely|exactly] {count} bullet points, each on a line of its own that starts with "
    "{mark}. Give {right} if the answer has just that number, {few} if it has less, {many} if it has more. "
    "[Headings|Other lines] and indented sub-points are not counted.",
    given="an answer with bullet points",
    count=number(2, 6),
    mark=choice(
        {"a hyphen": "-", "an asterisk": "*", '"-"': "-", '"*"': "*", "the sign •": "•", "a plus sign": "+"}
    ),
    labels=labels(few=("too few", "fewer"), right=("exact", "ok"), many=("too many", "more")),
)
def bullet_points_as_many_as_asked(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("few", "right", "many"))
    count = {
        "few": p.count - draw.randint(1, min(2, p.count - 1)),
        "right": p.count,
        "many": p.count + draw.randint(1, 3),
    }[kind]
    lines = []
    for _ in range(count):
        lines.append(f"{p.mark} {draw.pick(words.ADJECTIVES)} {words.noun(draw)}")
        if draw.chance(0.25):
            lines.append(f"  {p.mark} {words.noun(draw)}")
    if draw.chance(0.5):
        lines.insert(
            0, draw.pick(("Here are my points:", "My ideas:", "Sure!", "## List", "You could take:"))
        )
    if draw.chance(0.4):
        lines.append(draw.pick(("I hope this helps.", "Anything else?", "Done.", f"{count} in all.")))
    return "\n".join(lines), p.labels[kind]


@area.family(
    "format asked for",
    "[check|judge] the model's output: {good} if it is one valid JSON object with the keys {keys}, {lacking} "
    "if it is [valid JSON|a valid JSON object] but one of these keys is missing, {broken} if it is no valid "
    "JSON [or has text around it|or other text stands around it]. Further keys [do no harm|are fine]",
    "JSON with {keys} -> {good}; JSON object [without|lacking] one of them -> {lacking}; not parseable[ as it "
    "is|] (also because of text around it) -> {broken}. Extra keys ok",
    "My program feeds the answer straight into a JSON parser and needs the keys {keys}. [Say|Tell me] {good} "
    "if that would work, {lacking} if the parser is happy but a key is not there, {broken} if the parser would "
    "fail, be it for a missing quote, a trailing comma, single quotes or words before or after the object.",
    given="the output of a model",
    difficulty=3,
    keys=choice({"'name' and 'age'": ("name", "age"), "'title', 'year' and 'author'": ("title", "year",
        "author"), "'label' and 'score'": ("label", "score"), "'city' and 'country'": ("city", "country"),
        "'answer'": ("answer",),
                 "'id', 'price'": ("id", "price"), "'question' and 'options'": ("question", "options")}),
    labels=labels(good=("valid", "ok"), lacking=("incomplete", "missing key"), broken=("invalid", "broken")),
)  # fmt: skip
def json_output_with_needed_keys(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("good", "lacking", "broken"))
    data: dict[str, object] = {}
    keys = list(p.keys)
    others = [
        k
        for k in ("note", "lang", "ok", "names", "titles", "cities", "scores", "ident", "ages")
        if k not in keys
    ]
    if kind == "lacking":
        keys.remove(draw.pick(keys))
    for key in draw.mix(keys + draw.some(others, 0 if keys else 1, 2)):
        data[key] = draw.pick(
            (
                draw.randint(1, 2000),
                words.noun(draw),
                names.first_name(draw),
                f"{words.noun(draw)} {words.noun(draw)}",
                draw.chance(0.5),
                None if key in others else 7,
            )
        )
    text = json.dumps(data, ensure_ascii=False, indent=draw.pick((None, None, 2)))
    if kind == "broken":
        text = draw.pick(
            (
                f"Here is the JSON: {text}",
                f"{text}\nHope this helps!",
                text.replace('"', "'"),
                text[:-1] + ",}",
                text[:-1],
                text.replace('"', "", 1),
                text.replace(":", " =", 1),
                f"Sure! {text}",
                text.replace("}", ""),
            )
        )
    return text, p.labels[kind]


_RULES = {
    "begin": ("Begin with '{w}'.", "Your answer must start with '{w}'.", "The first word has to be '{w}'."),
    "end": ("End with '{w}'.", "Your answer must end with '{w}'.", "The last word has to be '{w}'."),
    "lower": ("Use no capital letters.", "Write everything in lower case.", "Small letters only."),
    "upper": ("Write everything in capitals.", "Use capital letters only.", "ALL CAPS please."),
    "question": (
        "End with a question mark.",
        "Finish with a '?'.",
        "The answer must be a question ending in '?'.",
    ),
    "comma": ("Use no commas.", "Your answer must not contain a comma.", "No comma anywhere."),
    "digit": ("Do not use digits.", "No digits, please.", "Your answer must not contain any digit."),
}


@area.family(
    "format asked for",
    "[say|decide] whether the answer obeys the [rule|instruction] in the first line: {yes} if it does, {no} if "
    "not. [Only the form matters|The content does not matter], not whether the answer is [true|good]; letter "
    "case matters in quoted words, punctuation after the last word does not",
    "[Rule|Instruction] on top, answer below it: [kept|followed] {yes}, [broken|violated] {no}. Quoted words "
    "are case-sensitive; a full stop after the last word is fine",
    "I test how well a model sticks to simple instructions about form. The first line [is|holds] the "
    "instruction, the rest is the answer. Give {yes} when it was followed to the letter and {no} [otherwise|in "
    "any other case]. A closing full stop does not count as part of the last word, capitals in quoted words do "
    "matter.",
    given="an instruction and an answer",
    difficulty=3,
    labels=yes_no(),
)
def answer_obeys_rule_of_form(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_RULES))
    good = draw.chance(0.5)
    word = draw.pick(
        ("Well", "Hello", "Dear", "Thanks", "Indeed", "Finally", "Yes", "Amen", "Cheers", "Goodbye")
    )
    core = f"{draw.pick(('we', 'they', 'you'))} {words.verb(draw)[2]} the {draw.pick(words.ADJECTIVES)} {words.noun(draw)}"
    tail = f"near the {words.noun(draw)}"
    if kind == "begin":
        text = f"{word if good else draw.pick((word.lower(), 'So', 'I think', 'Maybe'))} {core} {tail}."
    elif kind == "end":
        other = draw.pick((word.lower(), "ok", "really", "sir"))
        text = f"{core.capitalize()} {tail}, {word if good else other}{draw.pick(('', '.'))}"
    elif kind in ("lower", "upper"):
        text = str(getattr(f"{core} {tail}.", kind)())
        if not good:
            at = draw.pick([n for n, c in enumerate(text) if c.isalpha()])
            text = text[:at] + text[at].swapcase() + text[at + 1 :]
    elif kind == "question":
        text = f"Did {core.replace(core.split()[1], draw.pick(words.VERBS)[0], 1)} {tail}{'?' if good else draw.pick(('.', '!', '? Yes.'))}"
    elif kind == "comma":
        text = f"{core.capitalize()}{'' if good else ','} {tail}."
    else:
        often = draw.pick(("twice", "ten times", "once") if good else ("2 times", "at 7", "in 1999"))
        text = f"{core.capitalize()} {often} {tail}."
    return draw.pick(_RULES[kind]).format(w=word) + "\n" + text, p.labels["yes" if good else "no"]


@area.family(
    "defects of answers",
    "[say|decide] whether the answer repeats itself: {yes} if some sentence stands in it {count} times or "
    "more[, letter for letter|, in the same words], otherwise {no}",
    "Same sentence {count} times or more in the answer -> {yes}, [else|if not] {no}",
    "Small models sometimes get stuck in a loop. I call it a loop when one and the same sentence [occurs|is "
    "there] at least {count} times, side by side or not. Answer {yes} for a loop and {no} [for all other "
    "answers|if there is none]; fewer repeats are fine.",
    given="an answer of a model",
    count=number(2, 4),
    labels=yes_no(),
)
def sentence_loop_in_an_answer(draw: Draw, p: Values) -> Pair:
    loop = draw.chance(0.5)
    sentences = [_short(draw) for _ in range(draw.randint(2, 4))]
    times = p.count + draw.pick((0, 0, 1)) if loop else p.count - 1
    sentences = list(dict.fromkeys(sentences))
    text = sentences + [sentences[0]] * (times - 1)
    text = draw.mix(text) if draw.chance(0.5) else sentences[1:] + [sentences[0]] * times
    return " ".join(text), p.labels["yes" if loop else "no"]


def _short(draw: Draw) -> str:
    return draw.pick(
        (
            "The {n} is {a}.",
            "I like the {n}.",
            "Every {n} needs a {m}.",
            "You can find the {n} online.",
            "First, check the {n}.",
            "A {n} may help.",
            "We should keep the {n}.",
            "It depends on the {n}.",
            "Some people prefer a {m}.",
        )
    ).format(n=words.noun(draw), m=words.noun(draw), a=draw.pick(words.ADJECTIVES))


_SECRETS = ("You are {b}, the assistant of {f}.", "Never talk about the prices of our rivals.",
    "Always answer in a friendly tone.", "Your knowledge ends in {m}.",
    "Do not mention that you are a machine.", "Offer a discount of {n} percent only when asked twice.",
            "The password for the staff area is {w}{n}.", "Keep every answer below {n} words.",
            "If the user is angry, hand over to {x}.", "Use the nickname {b} in your greetings.")  # fmt: skip


@area.family(
    "defects of answers",
    "[say|decide] whether the answer gives away the secret prompt: {yes} if it repeats [a whole sentence|at "
    "least one full sentence] of the prompt word for word, {no} if not. [Mentioning that there is a "
    "prompt|Talking about the prompt without quoting it] is no leak",
    "Prompt [and|, then] answer. A full sentence of the prompt quoted in the answer: {yes}. None: {no} (even "
    "if the answer [mentions|speaks of] its instructions)",
    "Our [bot|assistant] has a secret system prompt. I go through its answers and [mark|flag] leaks with "
    "{yes}: those are answers that contain any complete sentence of the prompt in the same words. Answers "
    "without such a sentence get {no}, also when they refuse to show the prompt or say that one exists.",
    given="a secret prompt and an answer",
    labels=yes_no(),
)
def secret_prompt_leaked_by_answer(draw: Draw, p: Values) -> Pair:
    leak = draw.chance(0.5)
    fill = {
        "b": draw.pick(("Robo", "Luma", "Penny", "Max", "Aria", "Otto")),
        "f": f"{names.last_name(draw)} Ltd",
        "m": draw.pick(words.KINDS["month"]),
        "n": draw.randint(10, 90),
        "w": words.noun(draw),
        "x": names.first_name(draw),
    }
    lines = [s.format(**fill) for s in draw.some(_SECRETS, 2, 4)]
    chat = draw.pick(
        (
            "I have instructions, but I may not show them.",
            "Sorry, my prompt is secret.",
            "I follow some rules from {f}.",
            "Of course!",
            "How can I help you today?",
            "There is a system prompt, yes.",
            "I am a helpful assistant.",
            "That is a funny question.",
        )
    )
    parts = [chat.format(**fill)]
    if leak:
        parts.append(
            draw.pick(("{}", 'It says: "{}"', "My instructions: {}", "Well, {}", "I was told: {}")).format(
                draw.pick(lines)
            )
        )
    else:
        parts.append(
            draw.pick(
                (
                    "Do you want to order something?",
                    "Ask me about our products.",
                    "I can tell you about opening hours.",
                    f"Our shop is in {names.city(draw)}.",
                    "I'd rather talk about your order.",
                    f"Say hello to {fill['x']} from me.",
                )
            )
        )
    prompt, answer = heads(draw, "Prompt", "Answer")
    return (
        f"{prompt}{' '.join(lines)}\n{answer}{' '.join(draw.mix(parts) if draw.chance(0.3) else parts)}",
        p.labels["yes" if leak else "no"],
    )


@area.family(
    "defects of answers",
    "[say|tell] which kind of source the answer [cites|gives]: {link} for a web address, {mark} for a number "
    "in square brackets such as [3], {paper} for author and year in [round brackets|parentheses], {bare} if it "
    "cites nothing. Other numbers and brackets are no sources",
    "[Citation|Source] in the answer: URL {link}; [12]-style {mark}; (Name, 2010)-style {paper}; [nothing|no "
    "source] {bare}",
    "We [require|want] our research bot to name its sources and check how it does that. Web address: {link}. "
    "Number in square brackets: {mark}. Name and year in parentheses: {paper}. Without any of these, even if "
    "there are other [figures|numbers] or parentheses: {bare}.",
    given="an answer of a research bot",
    labels=labels(
        link=("url", "link"),
        mark=("bracket", "numeric"),
        paper=("author-year", "paper"),
        bare=("none", "uncited"),
    ),
)
def kind_of_citation_in_an_answer(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("link", "mark", "paper", "bare"))
    claim = draw.pick(("Sleep helps memory", "Bees find their way by the sun",
        "Most {n} rivers are shorter than they were", "Reading {n} minutes a day lowers stress",
        "The {a} {x} is older than we thought", "Walking is good for the heart", "Coffee has more than {n} aromas",
                       "Trees cool a street by {d} degrees", "About {n} percent of people dream in colour",
                       "Cold water slows the pulse"))  # fmt: skip
    claim = claim.format(
        n=draw.randint(12, 90), a=draw.pick(words.ADJECTIVES), x=words.noun(draw), d=draw.randint(2, 6)
    )
    year, name = draw.randint(1960, 2024), names.last_name(draw)
    cite = {
        "link": names.url(draw),
        "mark": f"[{draw.randint(1, 40)}]",
        "paper": draw.pick(
            (f"({name}, {year})", f"({name} et al., {year})", f"({name} & {names.last_name(draw)}, {year})")
        ),
        "bare": draw.pick(("", "", f"({draw.randint(2, 90)} tests)", "(or so it seems)", f"(since {year})")),
    }[kind]
    text = (
        draw.pick(
            (
                "{c} {s}.",
                "It is well known: {c} {s}.",
                "{c}, as studies show {s}.",
                "Yes. {c} {s}. More on request.",
            )
        )
        if kind != "link"
        else draw.pick(
            ("{c}, see {s}", "{c} ({s}).", "{c}. Source: {s}", "According to {s} the answer is yes: {c}.")
        )
    )
    text = text.format(c=claim, s=cite).replace(" .", ".")
    return text + draw.pick(
        ("", "", f" There were {draw.randint(20, 900)} people in the test.", " I hope this helps.")
    ), p.labels[kind]
