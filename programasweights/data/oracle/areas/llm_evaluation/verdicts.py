"""LLM evaluation: comparing answers, verdicts and scores of judges, rubrics, votes."""

from programasweights.data.oracle.areas.llm_evaluation._banks import REFUSALS, fact, heads, story, worded
from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, token

__all__ = ["area"]

area = Area("LLM evaluation and comparison")


@area.family(
    "choice between two answers",
    "[pick|choose] the better answer by the reference: a right answer beats a wrong one; if both are right, "
    "the {order} one (in characters) wins; if both are wrong, [nobody does|none wins]. Write {first} for "
    "answer 1, {second} for answer 2, {none} [if both are wrong|for two wrong ones]",
    "Two answers + reference. Right beats wrong, both right -> the {order} one in characters, both wrong -> "
    "{none}. [Winner|Verdict]: answer 1 {first}, answer 2 {second}",
    "To compare two models I need a winner for every question. What counts [first|most] is whether the answer "
    "agrees with the reference. If both do, I prefer the {order} answer, counted in characters. [Report|Write] "
    "{first} when answer 1 wins, {second} when answer 2 wins and {none} when both are wrong.",
    given="a question with reference and two answers",
    difficulty=3,
    order=choice({"shorter": -1, "longer": 1, "more concise": -1, "more wordy": 1}),
    labels=labels(first=("A", "first"), second=("B", "second"), none=("tie", "neither")),
)
def better_answer_by_correctness_and_length(draw: Draw, p: Values) -> Pair:
    question, right, wrong, sentence = fact(draw)
    goal = draw.pick(("first", "second", "none"))
    long = sentence.format(right)
    if goal == "none":
        one = worded(draw, sentence, wrong)
        two = worded(draw, sentence, wrong) if draw.chance(0.6) else draw.pick(REFUSALS["unknown"])
        answers = draw.mix([one, two])
    elif draw.chance(0.5):
        answers = [worded(draw, sentence, right), worded(draw, sentence, wrong)]
        answers = answers if goal == "first" else answers[::-1]
    else:
        brief = draw.pick((right, f"{right}.", long))
        wordy = draw.pick(
            (
                "Good question! {}",
                "Sure, I can help with that. {}",
                "{} Let me know if you need more help.",
                "I looked this up for you. {}",
                "{} That is all there is to say about it.",
            )
        ).format(long)
        answers = [brief, wordy] if (p.order < 0) == (goal == "first") else [wordy, brief]
    q, ref, a, b = heads(draw, "Question", "Reference", "Answer 1", "Answer 2")
    return f"{q}{question}\n{ref}{right}\n{a}{answers[0]}\n{b}{answers[1]}", p.labels[goal]


@area.family(
    "choice between two answers",
    "count the key facts [in|of] each answer and name the one with {side}: {a} for answer A, {b} for answer B, "
    "{tie} if both have equally many. A changed [value|name or number] is not the fact",
    "Key facts on top, then A and B. {side} wins: A {a} / B {b}; [same number|equal count] {tie}. Changed "
    "values do not count",
    "My rule for comparing two [answers|summaries] is simple: the one with {side} of the list wins. "
    "[Write|Give] {a} if that is A, {b} if that is B and {tie} for a draw. Length and style are [of no "
    "interest|irrelevant], and a fact with a wrong name or number does not count.",
    given="key facts and two answers",
    difficulty=3,
    side=choice(
        {
            "more of the key facts": 1,
            "the larger number of key facts": 1,
            "fewer of the key facts": -1,
            "the smaller number of key facts": -1,
        }
    ),
    labels=labels(a=("A", "first"), b=("B", "second"), tie=("tie", "draw")),
)
def answer_with_more_key_facts(draw: Draw, p: Values) -> Pair:
    _, facts = story(draw)
    wanted = draw.some(tuple(facts), 3, 5)
    goal = draw.pick(("a", "b", "tie"))
    high = draw.randint(1, len(wanted))
    low = high if goal == "tie" else draw.randint(max(0, high - 2), high - 1)
    counts = (high, low) if (goal == "a") == (p.side > 0) else (low, high)
    texts = []
    for count in counts:
        parts = []
        for place, key in enumerate(draw.mix(wanted)):
            said, sentence, wrong = facts[key]
            if place < count:
                parts.append(sentence)
            elif draw.chance(0.5):
                parts.append(sentence.replace(said, wrong))
        texts.append(
            " ".join(draw.mix(parts))
            or draw.pick(("I am not sure.", "There is little to say.", "Let me check that for you."))
        )
    k, a, b = heads(draw, "Key facts", "A", "B")
    return f"{k}{'; '.join(facts[w][0] for w in wanted)}\n{a}{texts[0]}\n{b}{texts[1]}", p.labels[goal]


_GOOD = (
    "{x} is well written.",
    "{x} gives more detail.",
    "I like the examples in {x}.",
    "{x} is polite.",
    "{x} is easy to read.",
    "{x} starts strongly.",
    "{x} has a nice structure.",
    "{x} is quick to the point.",
)
_BAD = (
    "{x} has a small mistake.",
    "{x} is a bit long.",
    "{x} forgets one point.",
    "{x} repeats itself.",
    "{x} could be clearer.",
    "{x} misses the last part of the question.",
    "{x} sounds unsure.",
)
_WINS = ("So I prefer {x}.", "All in all, {x} is better.", "My verdict: {x}.", "The winner is {x}.",
    "In the end {x} is the better answer.", "Overall {x} wins, if only just.", "I would choose {x}.",
    "Therefore, {x} beats {y}.", "[[{x}]]",
         "Final decision: {x}", "After all this I go with {x}.", "That is why {y} loses to {x}.")  # fmt: skip
_TIES = (
    "So it is a tie.",
    "All in all, both are equally good.",
    "I cannot prefer one of them.",
    "My verdict: a draw.",
    "In the end neither is better.",
    "Final decision: tie",
    "They are on a par.",
    "I would not choose between them; same quality.",
)


@area.family(
    "verdicts of judges",
    "[read|find] the final verdict in the judge's text: {a} if {name} A wins, {b} if {name} B wins, {tie} if "
    "[they are equal|it is a draw]. [Praise and criticism on the way|Remarks before the verdict] do not count, "
    "only the conclusion",
    "[Judge's text|Verdict text] -> {name} A preferred {a}, {name} B preferred {b}, [equal|draw] {tie}. Final "
    "conclusion only",
    "A judge model rambles on before it decides which {name} is better, and sometimes puts the decision in "
    "front. I only need the outcome: {a} for A, {b} for B, {tie} when it [does not prefer either|sees no "
    "difference]. Good and bad things said about single points [are not the outcome|must not confuse you].",
    given="the text of a judge",
    name=choice("answer", "response", "assistant", "model"),
    labels=labels(a=("A", "first"), b=("B", "second"), tie=("tie", "C")),
)
def winner_of_a_rambling_verdict(draw: Draw, p: Values) -> Pair:
    goal = draw.pick(("a", "b", "tie"))
    first, second = f"{p.name.capitalize()} A", f"{p.name.capitalize()} B"
    x, y = (second, first) if goal == "b" else (first, second)
    remarks = [
        draw.pick(_GOOD + _BAD).format(x=draw.pick((first, second))) for _ in range(draw.randint(1, 4))
    ]
    if goal != "tie" and draw.chance(0.4):
        remarks.append(draw.pick(_GOOD).format(x=y))
    remarks = list(dict.fromkeys(remarks))
    final = draw.pick(_TIES) if goal == "tie" else draw.pick(_WINS).format(x=x, y=y)
    parts = (
        [final, *remarks]
        if draw.chance(0.15) and final[:2] not in ("So", "[[", "Th", "Af")
        else [*remarks, final]
    )
    return draw.pick((" ", " ", "\n")).join(parts), p.labels[goal]


@area.family(
    "verdicts of judges",
    "[get|extract|read] the judge's final score and write it {form}. If several scores are named, [the last "
    "one is final|take the last one]; marks for single criteria such as style are no final score; {none} if "
    "there is no final score",
    "Judge's text -> final score {form}. [Several final scores|More than one]: the last. Scores of single "
    "criteria [ignored|do not count]. [No final score|None]: {none}",
    "The judge model gives marks from 1 to 10 in free text. [Pull out|Get me] the overall mark, {form}. "
    "Sometimes it corrects itself, then the last overall mark is valid. Marks for clarity, style or length "
    "alone are not [overall marks|what I need]. If it never gives an overall mark, [write|put] {none}.",
    given="the text of a judge",
    difficulty=3,
    form=choice({"as a bare number": "{n}", "as n/10": "{n}/10", "in percent (7 is 70%)": "{n}0%",
        "as a plain number": "{n}",
        "as a decimal between 0 and 1 with one digit after the point (7 is 0.7, 10 is 1.0)": "dec",
        "in double square brackets, like [[7]]": "[[{n}]]"}),
    none=missing(),
)  # fmt: skip
def final_score_in_the_text_of_a_judge(draw: Draw, p: Values) -> Pair:
    score, other = draw.sample(range(1, 11), 2)
    finals = (
        "Score: {n}",
        "Overall: {n}/10",
        "Final score: {n}",
        "[[{n}]]",
        "I give it {n} out of 10 overall.",
        "Overall rating: {n}",
        "So my overall mark is {n}.",
        "Total: {n} / 10",
        "Final rating {n} of 10.",
    )
    parts = [
        draw.pick(
            (
                "Clarity: {n}/10.",
                "Style {n}.",
                "Length: {n} of 10.",
                "For grammar I would say {n}/10.",
                "Clarity gets {n}.",
                "Style: {n}/10",
            )
        ).format(n=draw.randint(1, 10))
        for _ in range(draw.randint(0, 2))
    ]
    parts += draw.some(
        (
            "The answer is polite.",
            f"It names {draw.randint(2, 9)} examples.",
            f"About {draw.randint(20, 300)} words.",
            "One step is missing.",
            "The tone fits.",
            "It took a while to get to the point.",
            f"Example {draw.randint(1, 4)} is odd.",
        ),
        1,
        2,
    )
    parts = draw.mix(parts)
    there = draw.chance(0.85)
    if there and draw.chance(0.3):
        parts += [
            draw.pick(finals).format(n=other),
            draw.pick(
                ("No, wait.", "On second thoughts, I change it.", "Hmm, that was too quick.", "Correction:")
            ),
        ]
    if there:
        parts.append(draw.pick(finals).format(n=score))
        if draw.chance(0.2):
            parts.append(draw.pick(("Thank you.", "End of review.", "I hope this is fair.")))
    said = f"{score / 10:.1f}" if p.form == "dec" else p.form.format(n=score)
    return draw.pick((" ", "\n")).join(parts), said if there else p.none


@area.family(
    "verdicts of judges",
    "[compare|combine] the two verdicts of a judge who saw the same two answers twice, the second time in "
    "swapped order: {x} if both times the answer called {one} wins, {y} if both times {two} wins, {bias} if "
    "[they disagree|the verdicts do not agree]. In the second round '1' means the answer that was '2' before",
    "Round 1: answer 1 = {one}, answer 2 = {two}; round 2: swapped. Same winner {one} {x}, same winner {two} "
    "{y}, [different winners|otherwise] {bias}",
    "To find position bias I ask the judge twice. In round 1 answer 1 is {one} and answer 2 is {two}; in round "
    "2 it is the other way round. [Give|Report] {x} if {one} wins both rounds, {y} if {two} wins both and "
    "{bias} if each of them wins [once|one round].",
    given="two verdicts",
    difficulty=3,
    one=choice("Alpha", "Falcon", "Old", "Red", "Base"),
    two=choice("Beta", "Heron", "New", "Blue", "Tuned"),
    labels=labels(x=("first", "X"), y=("second", "Y"), bias=("inconsistent", "bias")),
)
def winner_after_swapping_positions(draw: Draw, p: Values) -> Pair:
    goal = draw.pick(("x", "y", "bias"))
    first = {"x": 1, "y": 2}.get(goal, draw.randint(1, 2))
    second = 3 - first if goal != "bias" else first
    says = (
        "Answer {n} is better.",
        "{n}",
        "Winner: {n}",
        "I prefer answer {n}.",
        "Answer {n} wins, answer {m} is weaker.",
        "[[{n}]]",
        "Answer {m} is worse than answer {n}.",
        "Clearly answer {n}.",
    )
    lines = [draw.pick(says).format(n=n, m=3 - n) for n in (first, second)]
    one, two = heads(draw, "Round 1", "Round 2")
    return f"{one}{lines[0]}\n{two}{lines[1]}", p.labels[goal]


_CRITERIA = ("accuracy", "style", "completeness", "clarity", "safety", "grammar", "format", "tone")


@area.family(
    "rubrics and checklists",
    "[add up|sum|total] the points of the [rubric|score sheet], {double}, and write the total {form}. [Only "
    "the points reached count|Count the points reached], not the possible ones",
    "[Rubric|Score sheet|Marks]: [sum|total] of the points reached, {double}; [total|result] {form}",
    "[Human graders fill in|Our judge fills in|Three of us fill in] a rubric with points for each criterion, "
    "for example 'accuracy 3/5'. [I need|Give me] the total of the points that were reached, {double}. "
    "[Write|Give] it {form}.",
    given="a filled rubric",
    difficulty=3,
    double=choice({f"{name} counted twice": name for name in _CRITERIA[:6]} | {"every criterion counted once": "", "with equal weight for all": ""}),
    form=choice({"as a number": "{n}", "as 'total=n'": "total={n}", "as 'n points'": "{n} points",
        "as a bare number": "{n}", "as 'sum: n'": "sum: {n}"}),
)  # fmt: skip
def rubric_points_added_up(draw: Draw, p: Values) -> Pair:
    shown = draw.some(_CRITERIA, 2, 5)
    if p.double and p.double not in shown and draw.chance(0.8):
        shown[draw.randrange(len(shown))] = p.double
    best = draw.pick((3, 4, 5, 10))
    points = {name: draw.randint(0, best) for name in shown}
    form = draw.pick(
        ("{c}: {n}/{b}", "{c} {n} of {b}", "{c}: {n} ({b} possible)", "- {c}: {n}/{b}", "{c} = {n} / {b}")
    )
    shape = draw.pick((False, True))
    lines = [form.format(c=c.capitalize() if shape else c, n=n, b=best) for c, n in points.items()]
    if draw.chance(0.3):
        lines.append(
            draw.pick(("Grader: {w}", "Checked by {w}", "Remark: fine, {w}")).format(w=names.last_name(draw))
        )
    total = sum(n * (2 if c == p.double else 1) for c, n in points.items())
    return "\n".join(lines) if form[0] == "-" or draw.chance(0.6) else "; ".join(lines), p.form.format(
        n=total
    )


@area.family(
    "rubrics and checklists",
    "[decide|say] by the checklist if the answer passes: {passed} if at least {least} points are met, {failed} "
    "if fewer are. [Met is marked by|A point is met if it has] yes, ok, a tick or [x]; no, a cross or [ ] mean "
    "not met",
    "[Checklist|Instruction checks]: {least} or more met -> {passed}, fewer -> {failed}. (yes/ok/✓/[x] = met; "
    "no/✗/[ ] = not)",
    "A judge checks every instruction of a prompt one by one. I [let an answer pass|accept an answer] when "
    "{least} instructions or more were followed, so give {passed} in that case and {failed} if [it is "
    "fewer|fewer were followed]. Marks such as yes, ok, ✓ and [x] mean followed; no, ✗ and [ ] mean not followed.",
    given="a checklist",
    least=number(2, 5),
    labels=labels(passed=("pass", "accepted"), failed=("fail", "rejected")),
)
def checklist_with_enough_points_met(draw: Draw, p: Values) -> Pair:
    passed = draw.chance(0.5)
    met = p.least + draw.pick((0, 0, 1)) if passed else p.least - draw.pick((1, 1, 2))
    met = max(0, met)
    total = max(met, p.least) + draw.randint(0 if met < p.least else 1, 2)
    points = draw.some(("answers in English", "uses bullet points", "names a source", "stays under 100 words",
        "greets the user", "gives an example", "has no typos", "mentions the price", "ends with a question",
        "uses the given name", "avoids jargon", "states the date",
                        "keeps the order", "says thank you"), total)  # fmt: skip
    good, bad, form = draw.pick(
        (
            ("yes", "no", "{t}: {m}"),
            ("✓", "✗", "{m} {t}"),
            ("[x]", "[ ]", "{m} {t}"),
            ("ok", "no", "{t} - {m}"),
            ("[x]", "[ ]", "- {m} {t}"),
            ("YES", "NO", "{t} ({m})"),
            ("✓", "✗", "{t} {m}"),
            ("yes", "no", "{n}. {m}, {t}"),
        )
    )
    marks = draw.mix([good] * met + [bad] * (total - met))
    lines = [form.format(t=t, m=m, n=n) for n, (t, m) in enumerate(zip(points, marks, strict=True), 1)]
    return "\n".join(lines), p.labels["passed" if met >= p.least else "failed"]


@area.family(
    "several answers",
    "[say|decide] how the two answers to the question relate: {same} if they give the same [result|answer], "
    "{clash} if they give different ones, {lone} if only one of them gives an answer [at all|and the other does not]",
    "Two models, one question: same result {same}, [contradiction|different results] {clash}, [one does not "
    "answer|only one answers] {lone}",
    "I ask two models the same thing and look for contradictions. Use {same} when their results agree, however "
    "they are worded, {clash} when the results cannot both be true, and {lone} when one of them "
    "[refuses|declines] or does not know while the other answers.",
    given="a question and two answers",
    labels=labels(same=("agree", "same"), clash=("contradict", "conflict"), lone=("one only", "single")),
)
def agreement_of_two_models(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("same", "clash", "lone"))
    question, right, wrong, sentence = fact(draw)
    base = right if draw.chance(0.7) else wrong
    other = {"same": base, "clash": wrong if base == right else right, "lone": ""}[kind]
    texts = [
        worded(draw, sentence, base),
        worded(draw, sentence, other) if other else draw.pick(REFUSALS["unknown"]),
    ]
    q, a, b = heads(draw, "Question", "Model 1", "Model 2")
    one, two = draw.mix(texts)
    return f"{q}{question}\n{a}{one}\n{b}{two}", p.labels[kind]


@area.family(
    "several answers",
    "[find|give|write] the answer that {rule} of the samples, in lower case; letter case, a closing full stop "
    "and spaces make no difference. If [no answer|none] does, write {none}",
    "[Samples|Sampled answers], one per line -> the one that {rule} of them, lower case ([case|capitals], "
    "final full stop and spaces [ignored|do not matter]); [else|otherwise] {none}",
    "I [sample|ask] a model several times and take a vote. Two samples are the same if they differ only in "
    "capitals, spaces at the ends or a full stop at the end. [Tell me|Return] the answer, in small letters and "
    "without full stop, that {rule} of the samples, or {none} if there is no such answer.",
    given="answers sampled from a model",
    rule=choice({"is given by more than half": "half", "makes up a strict majority (more than 50%)": "half",
        "occurs in at least three": "three", "stands in three or more": "three", "is found in all": "all",
        "is shared by every one": "all"}),
    none=token("none", "tie", "no consensus", "unsure", "-", "undecided", "N/A", "split", "no majority"),
)  # fmt: skip
def vote_over_sampled_answers(draw: Draw, p: Values) -> Pair:
    pool = [
        a.lower()
        for a in draw.sample(
            (
                "Paris",
                "Lyon",
                "Rome",
                "Oslo",
                "42",
                "17",
                "1989",
                "blue",
                "green",
                "cat",
                "yes",
                "no",
                "maybe",
                "north",
                "the left one",
                "two apples",
                "Mars",
                "Venus",
                "gold",
                "B",
                "C",
            ),
            3,
        )
    ]
    size = draw.randint(3, 6)
    if p.rule == "three":
        top = draw.pick((2, 3, 3, 4)) if size > 3 else draw.pick((2, 3))
    elif p.rule == "all":
        top = size if draw.chance(0.6) else size - 1
    else:
        top = size // 2 + (1 if draw.chance(0.65) else 0)
    top = min(top, size)
    rest = [pool[1 + n % 2] for n in range(size - top)]
    samples = draw.mix([pool[0]] * top + rest)
    counts = {a: samples.count(a) for a in pool}
    need = {"half": size // 2 + 1, "three": 3, "all": size}[p.rule]
    found = [a for a in pool if counts[a] >= need]
    lines = []
    for text in samples:
        text = draw.pick((text, text, text.capitalize(), text.upper()))
        lines.append(draw.pick(("{}", "{}", "{}.", " {}", "{} ", "{}. ")).format(text))
    out = found[0] if len(found) == 1 else p.none
    return "\n".join(lines), out
