"""Steps of a solution, and dates and amounts in letters and bills."""

from programasweights.data.oracle.areas.answer_extraction._banks import capital, solved
from programasweights.data.oracle.banks import dates, names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, number

__all__ = ["area"]

area = Area("Reasoning and answer extraction")


def _numbered(draw: Draw, steps: list[str]) -> str:
    form = draw.pick(("{n}. {s}", "Step {n}: {s}", "({n}) {s}", "{n}) {s}"))
    return draw.pick(("\n", "\n", "  ")).join(form.format(n=n, s=s) for n, s in enumerate(steps, 1))


_ERROR_FORMS = {
    "the number of that step": "{n}",
    "that step's number": "{n}",
    "the number of that step after 'step '": "step {n}",
    "the wrong result in that step": "{w}",
    "the result that the step should have had": "{r}",
    "the step's number and the right result with a colon between, like 2:35": "{n}:{r}",
    "the step's number in square brackets": "[{n}]",
}


@area.family(
    "step checking",
    "find the [first step|step] that is calculated wrongly and [give|return] {form}; {none} if all the arithmetic is right",
    "Arithmetic slip in the steps? Output {form}; no slip: {none}",
    "I [check|mark] worked solutions. Each calculation in the steps is to be checked on its own, with the numbers as they stand there; one at most is wrong. For a wrong one, output {form}. If every calculation is right, output {none}.",
    given="a solution in numbered steps",
    difficulty=3,
    form=choice(_ERROR_FORMS),
    none=missing("all correct", "no error", "ok"),
)
def step_with_a_slip(draw: Draw, p: Values) -> Pair:
    case = solved(draw, draw.randint(0, 2))
    steps = list(case.steps)
    at = draw.randrange(len(steps))
    right = case.sums[at][3]
    if draw.chance(0.2):
        return _numbered(draw, steps), p.none
    wrong = right + draw.pick((-10, 10, -1, 1, -2, 2, 100, 9))
    wrong = right + 3 if wrong < 1 else wrong
    steps[at] = steps[at].replace(f"= {right}", f"= {wrong}")
    value = wrong
    for later in range(at + 1, len(steps)):
        # The steps that follow go on with the wrong number, correctly.
        before, sign, y, after = case.sums[later]
        result = {"+": value + y, "-": value - y, "*": value * y}[sign]
        for mark in ("×", "*", "x", "+", "-"):
            steps[later] = steps[later].replace(
                f"{before} {mark} {y} = {after}", f"{value} {mark} {y} = {result}"
            )
        value = result
    return _numbered(draw, steps), p.form.format(n=at + 1, w=wrong, r=right)


_STEP_ASKS = {
    "how many steps there are": "count",
    "the number of steps": "count",
    "the number calculated in the last step": "last",
    "the result of the first step": "first",
    "the largest result of any step": "max",
    "the smallest result of any step": "min",
}


@area.family(
    "step checking",
    "[give|write|return|output] {asked} in the solution, in digits; {none} if it has no numbered steps",
    "{asked} (digits) [in the worked solution|in the chain of steps]. No numbered steps in it: {none}",
    "We compare how models [work|reason] and log a few figures for each solution. The figure needed here is {asked}, written in digits. A result is the number after an equals sign. Log {none} for an output that has no numbered steps.",
    given="a model's solution",
    difficulty=2,
    asked=choice(_STEP_ASKS),
    none=missing("no steps"),
)
def figures_of_the_steps(draw: Draw, p: Values) -> Pair:
    case = solved(draw, draw.randint(0, 3))
    if draw.chance(0.12):
        return draw.pick(
            (
                "The answer is {}.",
                "I'd say {}, but I can't explain it.",
                "{}",
                "Clearly, it must be {}.",
                "My guess: {}",
            )
        ).format(case.answer), p.none
    text = _numbered(draw, case.steps)
    if draw.chance(0.5):
        text = f"{case.question}\n{text}"
    if draw.chance(0.5):
        text += (
            f"\n{draw.pick(('So the answer is', 'Answer:', 'Final answer:', 'Done! It is'))} {case.answer}."
        )
    results = [result for *_, result in case.sums]
    out = {
        "count": len(results),
        "last": results[-1],
        "first": results[0],
        "max": max(results),
        "min": min(results),
    }[p.asked]
    return text, str(out)


@area.family(
    "step checking",
    "copy the text of step {step} without its number; {none} if there are fewer steps",
    "Step {step}, [text only|without the number in front]; [does not exist|no such step]: {none}",
    "Our [tutor app|help window] shows one step of a [guide|solution] at a time. Take step {step} out of the text as it is, but leave off the number or 'Step' mark before it. If the [guide|text] does not have that many steps, show {none}.",
    "[Return|Give] step number {step} [word for word|unchanged], without its label; {none} [if missing|when the steps end before it]",
    given="a list of numbered steps",
    difficulty=1,
    step=number(1, 6),
    none=missing("no such step", "end"),
)
def text_of_one_step(draw: Draw, p: Values) -> Pair:
    count = (
        draw.randint(max(2, p.step - 1), p.step + 3)
        if draw.chance(0.85)
        else draw.randint(1, max(1, p.step - 1))
    )
    steps = [step.format(n=draw.randint(2, 40)) for step in draw.some(_DOINGS, count)]
    form = draw.pick(("{n}. {s}", "Step {n}: {s}", "({n}) {s}", "{n}) {s}", "Step {n} - {s}"))
    text = draw.pick(("\n", "\n", " ")).join(form.format(n=n, s=s) for n, s in enumerate(steps, 1))
    return text, steps[p.step - 1] if p.step <= count else p.none


_DOINGS = ("Open the box and check the parts.", "Mix {n} grams of flour with the water.", "Wait for {n} minutes.", "Press the red button twice.", "Tighten all screws by hand.", "Log in with your new password.",
           "Let the paint dry for {n} hours.", "Write down the number on the back.", "Turn the oven to {n}0 degrees.", "Connect the cable to the left socket.", "Read the terms and accept them.", "Clean the filter with cold water.",
           "Send the form to the office.", "Put the lid back on.", "Take {n} photos of the damage.", "Restart the computer.")  # fmt: skip


_DATE_KINDS = {
    "the date by which payment is due": "due", "the due date": "due", "the date on which the letter was written": "written", "the date of the letter": "written", "the delivery date": "delivery",
    "the date of delivery": "delivery", "the date on which the contract ends": "end", "the last day of the contract": "end",
}  # fmt: skip
_DATE_SAYS = {
    "due": ("please pay by {d}", "payment is due on {d}", "we expect your payment no later than {d}", "the invoice must be settled by {d}"),
    "written": ("this letter was written on {d}", "date of this letter: {d}", "we are writing to you today, {d}", "letter dated {d}"),
    "delivery": ("the goods will be delivered on {d}", "delivery: {d}", "our van brings everything on {d}", "you will receive the parcel on {d}"),
    "end": ("the contract ends on {d}", "your contract runs until {d}", "end of contract: {d}", "the last day of the contract is {d}"),
    "other": ("our shop was founded on {d}", "we will be closed on {d}", "you called us on {d}", "the prices were last changed on {d}"),
}  # fmt: skip


@area.family(
    "dates and amounts",
    "extract {kind} from the letter and write it as {form}; {none} if the letter does not give it",
    "{kind} -> {form}; not given: {none}",
    "My [office|practice] gets letters full of dates, and only one kind matters for this column: {kind}. Write it in the form {form}. Leave all other dates aside; if the one I want is not in the letter, write {none}.",
    "[Find|Pull out] {kind} and give it in the form {form}, {none} if [absent|not stated]",
    given="a letter",
    kind=choice(_DATE_KINDS),
    form=choice(dates.FORMATS),
    none=missing("no date"),
)
def date_of_one_kind(draw: Draw, p: Values) -> Pair:
    kinds = draw.some([k for k in _DATE_SAYS if k != p.kind], 1, 3)
    if draw.chance(0.87):
        kinds = draw.mix([*kinds, p.kind])
    days = {kind: dates.date(draw, 2015, 2030) for kind in kinds}
    said = [draw.pick(_DATE_SAYS[kind]).format(d=dates.written(draw, days[kind])) for kind in kinds]
    mark = draw.pick((". ", ".\n", "; "))
    body = mark.join(said if mark == "; " else map(capital, said)) + "."
    text = f"Dear {names.full_name(draw)},{draw.pick((' ', chr(10)))}{capital(body)}" + draw.pick(
        ("", " Kind regards", f"\n{names.company(draw)}")
    )
    return noise.untidy(draw, text), days[p.kind].strftime(p.form) if p.kind in kinds else p.none


_AMOUNTS = {
    "the total including tax": "total", "the amount to be paid in the end": "total", "the tax": "tax", "the amount of the tax alone": "tax", "the shipping cost": "shipping",
    "what is charged for shipping": "shipping", "the sum of the goods before tax and shipping": "goods", "the discount": "discount", "the amount of the discount": "discount",
}  # fmt: skip
_AMOUNT_NAMES = {
    "total": ("Total", "Total incl. tax", "TO PAY", "Grand total", "Amount payable"),
    "tax": ("Tax", "VAT", "VAT 20%", "Sales tax", "plus tax"),
    "shipping": ("Shipping", "Delivery charge", "Shipping & handling", "Postage"),
    "goods": ("Goods", "Subtotal (goods)", "Sum of goods", "Items, net"),
    "discount": ("Discount", "Voucher discount", "Loyalty discount", "Discount for members"),
}  # fmt: skip
_AMOUNT_FORMS = {
    "as a number with two decimals, no currency": "{u}.{c:02d}", "in cents, without decimals": "{t}", "with the euro sign in front, like €7.50": "€{u}.{c:02d}",
    "with a decimal comma and no currency": "{u},{c:02d}", "followed by a space and EUR, like 7.50 EUR": "{u}.{c:02d} EUR",
}  # fmt: skip


@area.family(
    "dates and amounts",
    "give {kind} on the bill {form}; {none} if the bill does not list it",
    "{kind}, {form}; not on the bill: {none}",
    "For [bookkeeping|expense claims] I photograph bills and get their text. From it I need {kind}, {form}, and nothing else. All amounts are in euros. If the bill has no such line, write {none}.",
    "[Read|Take] {kind} from the text of the bill and write it {form} ({none} [if there is none|when it is not there])",
    given="the text of a bill",
    kind=choice(_AMOUNTS),
    form=choice(_AMOUNT_FORMS),
    none=missing("not listed"),
)
def amount_of_one_kind(draw: Draw, p: Values) -> Pair:
    values = {
        "goods": draw.randint(500, 40_000),
        "shipping": draw.randint(290, 1990),
        "discount": draw.randint(100, 490),
    }
    listed = ["goods", *(k for k in ("shipping", "discount") if draw.chance(0.75))]
    net = (
        values["goods"]
        + (values["shipping"] if "shipping" in listed else 0)
        - (values["discount"] if "discount" in listed else 0)
    )
    values["tax"] = net // 5
    values["total"] = net + values["tax"]
    listed += ["tax", "total"]
    if p.kind in listed and draw.chance(0.1):
        listed.remove(p.kind)
    comma = draw.chance(0.25)
    lines = []
    for kind in listed:
        amount = f"{values[kind] // 100}.{values[kind] % 100:02d}"
        amount = draw.pick(("€{}", "{} EUR", "{} €", "{}")).format(
            amount.replace(".", ",") if comma else amount
        )
        lines.append(
            draw.pick(("{n}: {a}", "{n} {a}", "{n} .... {a}", "{n}  {a}")).format(
                n=draw.pick(_AMOUNT_NAMES[kind]), a=amount
            )
        )
    text = draw.pick(
        (
            f"{names.company(draw)}\n",
            f"Bill no. {draw.randint(100, 9999)}\n",
            "",
            f"Table {draw.randint(1, 30)}\n",
        )
    ) + draw.pick(("\n", "\n", " / ")).join(lines)
    if p.kind not in listed:
        return text, p.none
    v = values[p.kind]
    return text, p.form.format(u=v // 100, c=v % 100, t=v)
