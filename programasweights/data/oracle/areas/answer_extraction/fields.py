"""Quotes and code in answers, and fields of mixed output."""

import json
from collections.abc import Callable

from programasweights.data.oracle.areas.answer_extraction._banks import capital
from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing

__all__ = ["area"]

area = Area("Reasoning and answer extraction")

_QUOTED = ("the lift stopped between two floors", "nobody told us about the fee", "rain is likely after noon", "all seats had been sold by Friday", "the engine runs on gas", "we never met again", "the soup was cold",
           "prices will rise in May", "the report was never finished", "I saw two men and a dog", "this door must stay shut", "the data is kept for ten days")  # fmt: skip
_SOURCES = (
    "As the text says, {q}",
    "The evidence is in line {n}: {q}",
    "Quote: {q}",
    "In paragraph {n} we read {q}",
    "The witness stated: {q}",
    "Support: {q}",
    "See page {n}: {q}",
)
_QUOTE_ENDS = {"first": 0, "last": -1}


@area.family(
    "quotes and code",
    "extract the {which} passage that the answer quotes, {form}; {none} if it quotes nothing",
    "{which} quotation in the answer, {form}. No quotation: {none}",
    "Our model has to back its answers by quoting the source, and a script then searches for the quote. From the answer, take the {which} passage that stands in double quotation marks and output it {form}. Answers that quote nothing: {none}.",
    given="an answer with evidence",
    which=choice({"first": 0, "last": -1, "longest": "long", "shortest": "short"}),
    form=choice({"without the quotation marks": "{}", "with straight double quotation marks": '"{}"', "without quotation marks, in lower case": "lower", "in square brackets, without quotation marks": "[{}]", "without quotation marks, all capitals": "upper"}),
    none=missing("no quote"),
)  # fmt: skip
def quoted_passage(draw: Draw, p: Values) -> Pair:
    count = draw.pick((0, 1, 2, 2, 3))
    pool = draw.mix(_QUOTED)
    quotes: list[str] = []
    for quote in pool:
        if len(quotes) < count and all(
            (len(quote) - len(q)) * (len(quote.split()) - len(q.split())) > 0 for q in quotes
        ):
            quotes.append(capital(quote) if draw.chance(0.5) else quote)
    marks = draw.pick(('"{}"', '"{}"', "“{}”"))
    parts = [
        draw.pick(
            (
                "The claim is right.",
                "I believe it is wrong.",
                "My answer: yes.",
                f"It's option {draw.pick('ABC')}.",
                "The answer is no.",
            )
        )
    ]
    for quote in quotes:
        parts.append(draw.pick(_SOURCES).format(q=marks.format(quote), n=draw.randint(2, 30)) + ".")
    if not quotes:
        parts.append(
            draw.pick(
                (
                    "The text hints that {}.",
                    "I have no evidence, but I think that {}.",
                    "It seems to me that {}.",
                    "One could say that {}.",
                )
            ).format(draw.pick(_QUOTED))
        )
    text = draw.pick((" ", "\n")).join(parts)
    if not quotes:
        return text, p.none
    quote = (
        sorted(quotes, key=len)[-1 if p.which == "long" else 0]
        if isinstance(p.which, str)
        else quotes[p.which]
    )
    return text, {"lower": quote.lower(), "upper": quote.upper()}.get(p.form, p.form.replace("{}", quote))


_SNIPPETS = {
    "python": ("print(sum(x))", "for n in range(3):\n    print(n)", "import math\nmath.sqrt(16)", "x = [n * n for n in data]", "def area(r):\n    return 3.14 * r * r", "assert total == 42"),
    "bash": ("ls -la /tmp", "grep -rn 'todo' src", "mkdir out && cd out", "tar xzf data.tar.gz", "chmod +x run.sh\n./run.sh", "curl -s localhost:8080"),
    "sql": ("SELECT name FROM users;", "DELETE FROM cart WHERE id = 7;", "SELECT COUNT(*)\nFROM orders;", "UPDATE items SET price = 5;", "DROP TABLE old_logs;"),
    "javascript": ("console.log(a + b);", "const xs = [1, 2, 3];", "let n = 0;\nn += 1;", "fetch('/api/items');", "document.title = 'Hi';"),
}  # fmt: skip


@area.family(
    "quotes and code",
    "return the {which} {language} code block of the reply, [without the fence lines|only the code between the fences]; {none} if there is no {language} block",
    "Code in the {which} ```{language} block (fences dropped, code unchanged); no such block: {none}",
    "I run code that a chat model writes. The reply is Markdown and may hold blocks in several languages. Take the {which} block marked as {language} and give its content exactly as it is, without the lines with backticks. If none is marked as {language}, output {none}.",
    given="a reply in Markdown",
    which=choice({"first": 0, "last": -1}),
    language=choice(*_SNIPPETS),
    none=missing("no code"),
)
def fenced_code_block(draw: Draw, p: Values) -> Pair:
    kinds = [draw.pick(list(_SNIPPETS)) for _ in range(draw.randint(1, 2))]
    kinds = draw.mix(kinds + [p.language] * draw.pick((0, 1, 1, 2)))[:3]
    parts, found = (
        [draw.pick(("Sure, here you go:", "You can do it like this.", "Try this:", "Here is the fix."))],
        [],
    )
    for kind in kinds:
        code = draw.pick(_SNIPPETS[kind])
        parts += [
            f"```{kind}\n{code}\n```",
            draw.pick(
                (
                    "Test it first.",
                    f"You can also use `{draw.pick(_SNIPPETS[p.language][-1:])}`.",
                    "That should work.",
                    "Mind the spaces.",
                    "Try it first on a copy.",
                )
            ),
        ]
        if kind == p.language:
            found.append(code)
    return "\n".join(parts), found[p.which] if found else p.none


_THOUGHTS = (
    "The user wants a short answer.",
    "12 + 30 = 42, so 42?",
    "Maybe it is Paris... or Lyon.",
    "I must not forget the unit.",
    "Hmm, let me count again.",
    "Answer: 17? No, that was the other one.",
    "This is a trick question.",
    "Let me think about the dates first.",
)


@area.family(
    "quotes and code",
    "[remove|cut] everything from <{tag}> to </{tag}>, the tags too, and return the rest without spaces or line breaks at its ends; {none} if nothing is left",
    "drop <{tag}>...</{tag}> blocks (tags and content), trim the rest; empty -> {none}",
    "Our [model|assistant] writes its private thoughts between <{tag}> and </{tag}> before it answers. Users must see the answer only: everything outside of such a part, without white space before and after. If a reply consists of thoughts alone, show {none}. Other tags are part of the answer.",
    given="a model's raw output",
    difficulty=1,
    tag=choice("think", "thinking", "reasoning", "scratchpad", "thought", "analysis", "inner", "notes"),
    none=missing("no answer", "(no answer)"),
)
def answer_without_thoughts(draw: Draw, p: Values) -> Pair:
    thoughts = draw.pick((" ", "\n")).join(draw.some(_THOUGHTS, 1, 3))
    block = draw.pick((f"<{p.tag}>{thoughts}</{p.tag}>", f"<{p.tag}>\n{thoughts}\n</{p.tag}>"))
    answer = draw.pick(
        (
            "It is {x}.",
            "{x}",
            "The answer is <b>{x}</b>.",
            "Final answer: {x}",
            "<p>{x}</p>",
            "{x}, I am sure.",
            "Good question! {x}.",
        )
    ).format(
        x=draw.pick(
            (
                str(draw.randint(2, 999)),
                names.city(draw),
                names.full_name(draw),
                words.noun(draw),
                "option B",
                "no",
            )
        )
    )
    if draw.chance(0.12):
        return block + draw.pick(("", "\n", "\n\n")), p.none
    if draw.chance(0.1):
        return answer, answer
    return draw.pick(("", "", "\n")) + block + draw.pick(("\n\n", "\n", "")) + answer + draw.pick(
        ("", "\n")
    ), answer


_JSON_KEYS: dict[str, Callable[[Draw], object]] = {
    "answer": lambda d: d.pick(("Lima", "42", "yes", "a queue", "B", "the red one", "no", "Tuesday", "Marie")), "score": lambda d: d.randint(0, 100), "reason": lambda d: d.pick(("found in line 3", "no proof", "two sources agree", "the dates match")),
    "done": lambda d: d.chance(0.5), "name": lambda d: names.first_name(d), "language": lambda d: d.pick(("en", "de", "fr", "pl")), "total": lambda d: d.randint(1, 9000) / 4, "label": lambda d: d.pick(("spam", "ham", "news", "ads")),
}  # fmt: skip


@area.family(
    "structured fields",
    'return the value of "{key}" from the JSON in the reply (texts without quotes, true and false in lower case); {none} if the JSON has no such key or there is no JSON',
    '"{key}" of the JSON object inside the text -> bare value, as JSON writes it but without quotes. Key or JSON absent: {none}',
    'The model was told to reply in JSON only but chats around it. I need the value of "{key}" from the object: [strings|texts] without their quotation marks, numbers and true/false as they stand. Output {none} if the object lacks that key, or if the reply has no object at all.',
    given="a reply with some JSON",
    difficulty=1,
    key=choice(*_JSON_KEYS),
    none=missing("no key"),
)
def json_value_in_chatter(draw: Draw, p: Values) -> Pair:
    keys = draw.some([k for k in _JSON_KEYS if k != p.key], 1, 4)
    keys = draw.mix([*keys, p.key]) if draw.chance(0.87) else keys
    made = {key: _JSON_KEYS[key](draw) for key in keys}
    if draw.chance(0.06):
        body, made = f"{p.key}? I can't say, sorry.", {}
    else:
        body = json.dumps(made, ensure_ascii=False, indent=draw.pick((None, None, 2)))
    before = draw.pick(
        ("", "Sure! ", "Here is the JSON:\n", "```json\n", f"The {p.key} is in here: ", "Output -> ")
    )
    after = (
        "\n```"
        if before.startswith("```")
        else draw.pick(("", " Hope this helps!", "\nLet me know.", " (checked twice)"))
    )
    value = made.get(p.key)
    shown = p.none if p.key not in made else value if isinstance(value, str) else json.dumps(value)
    return before + body + after, shown


_TOOLS = {"search": ("weather in Oslo", "oldest bridge", "price of copper", "train to Porto"), "calculate": ("12*7", "sqrt(81)", "450/3", "2**8"), "lookup": ("page 12", "order 4471", "table 3", "user 88"),
          "translate": ("good morning", "the invoice", "see you soon"), "email": ("anna@corp.example", "info@shop.example"), "finish": ("42", "yes", "Lisbon", "no result")}  # fmt: skip
_ACTION_ASKS = {
    "the name of the tool": "name", "the tool's name": "name", "what stands between the brackets": "input", "the argument without the brackets": "input", "tool and argument with a colon and a space between": "both", "the tool's name in capital letters": "upper",
}  # fmt: skip


@area.family(
    "structured fields",
    "find the {which} line that starts with 'Action:' and has the form tool[argument], and return {asked}; {none} if there is no such line",
    "Agent log -> {asked} ({which} 'Action: tool[argument]' line); no action: {none}",
    "My agent loop must know what the model [wants|decided] to do. The log has lines such as 'Thought: ...', 'Observation: ...' and 'Action: tool[argument]'. From the {which} action line, give {asked}. Thoughts that merely mention a tool are no actions. Without an action line, give {none}.",
    given="an agent's log",
    which=choice({"first": 0, "last": -1}),
    asked=choice(_ACTION_ASKS),
    none=missing("no action"),
)
def action_of_an_agent(draw: Draw, p: Values) -> Pair:
    lines, actions = [], []
    for _ in range(draw.randint(1, 3)):
        tool = draw.pick(list(_TOOLS))
        argument = draw.pick(_TOOLS[tool])
        lines.append(
            draw.pick(
                (
                    "Thought: I could use {t}[{a}] later.",
                    "Thought: let me look at this first.",
                    "Thought: I need a tool for that.",
                    "Thought: {t} may help.",
                )
            ).format(t=draw.pick(list(_TOOLS)), a="x")
        )
        if draw.chance(0.8):
            lines.append(f"Action: {tool}[{argument}]")
            actions.append((tool, argument))
            if draw.chance(0.7):
                lines.append(
                    draw.pick(
                        (
                            "Observation: 3 results.",
                            "Observation: nothing found.",
                            f"Observation: {draw.randint(2, 900)}",
                            "Observation: ok",
                        )
                    )
                )
    if not actions:
        return "\n".join(lines), p.none
    tool, argument = actions[p.which]
    return "\n".join(lines), {
        "name": tool,
        "upper": tool.upper(),
        "input": argument,
        "both": f"{tool}: {argument}",
    }[p.asked]
