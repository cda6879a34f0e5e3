"""Rules and who falls under them, sets and syllogisms, word problems, and things that change hands."""

from functools import cache
from itertools import product

from programasweights.data.oracle.areas.inference._banks import (
    capital,
    joined,
    number_or_word,
    people,
)
from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Inference and reasoning")

_PAPERS = {
    "a driving licence": ("a driving licence", "driving licence"),
    "a student card": ("a student card", "student card"),
    "a library card": ("a library card", "library card"),
    "a club membership": ("a club membership", "club membership"),
    "a first-aid certificate": ("a first-aid certificate", "first-aid certificate"),
    "a work permit": ("a work permit", "work permit"),
}


@area.family(
    "rules and eligibility",
    "decide on the application: {grant} if the writer is at least {age} years old and has {paper}, {refuse} if at least one of these is clearly not met, "
    "{ask} if [nothing speaks against it but something is not said|neither is failed but one or both are not stated]",
    "Needs: age {age}+ AND {paper}. Both stated and met = {grant}; at least one failed = {refuse}; otherwise (information missing) = {ask}",
    "We [lend out|rent out|share] equipment. To sign up, people must be {age} or older and must have {paper}. Each input is what somebody wrote about themselves. Return {grant} if both hold, "
    "{refuse} as soon as one is shown not to hold (even if the other is not mentioned), and {ask} if we still have to ask because a point is not mentioned.",
    given="an application",
    difficulty=3,
    age=number(16, 30),
    paper=choice(_PAPERS),
    labels=labels(
        grant=("approve", "eligible", "accept"),
        refuse=("reject", "not eligible", "decline"),
        ask=("ask", "incomplete", "pending"),
    ),
)
def application_with_two_conditions(draw: Draw, p: Values) -> Pair:
    old, has = draw.pick(
        ((1, 1), (1, 1), (1, 0), (0, 1), (0, 0), (-1, 1), (1, -1), (-1, 0), (0, -1), (-1, -1), (0, 1), (1, 0))
    )
    said = []
    if old:
        age = p.age + draw.pick((0, 1, 2, 5, 12, 30)) if old > 0 else p.age - draw.pick((1, 2, 3, 1))
        said.append(
            draw.pick(
                ("I'm {n} years old", "I am {n}", "my age is {n}", "I turned {n} last month", "age: {n}")
            ).format(n=age)
        )
    article, bare = p.paper
    if has > 0:
        said.append(
            draw.pick(
                ("I have {a}", "I do have {a}", "I got {a} last spring", "I can bring {my}, which is valid")
            ).format(a=article, my=f"my {bare}")
        )
    elif has < 0:
        said.append(
            draw.pick(
                ("I don't have {a}", "I have no {b}", "I never got {a}", "I don't have {a} yet")
            ).format(a=article, b=bare)
        )
    if draw.chance(0.5) or not said:
        other = draw.pick([v for v in _PAPERS.values() if v != p.paper])[0]
        said.append(draw.pick(("I live in {c}", "I have {o}", "my brother is {n} and already signed up", "I need it for {n} days", "I work as a {j}")).format(
            c=names.city(draw), o=other, n=draw.randint(15, 60), j=draw.pick([j for j in words.KINDS["profession"] if j[0] not in "aeiou"])
        ))  # fmt: skip
    said = draw.mix(said)
    text = draw.pick(("Hi, ", "Hello! ", "", f"{names.full_name(draw)} here. ", "Dear team, "))
    text += capital(draw.pick((", ", ". ", " and ")).join(said)) + "."
    found = "refuse" if min(old, has) < 0 else "grant" if old and has else "ask"
    return noise.untidy(draw, text), p.labels[found]


_STATES = tuple(
    tuple(line.split("/"))
    for line in """the alarm is on/the alarm is not on;the front door is locked/the front door is not locked;the heating runs/the heating does not run
the lights are red/the lights are not red;the window is open/the window is not open;the pump works/the pump does not work
the fan turns/the fan does not turn;the garage is empty/the garage is not empty;the tank is full/the tank is not full
the siren sounds/the siren does not sound;the shop is open/the shop is not open;the lift moves/the lift does not move
the camera records/the camera does not record;the server is up/the server is not up;the blinds are down/the blinds are not down
the gate is shut/the gate is not shut;the oven is hot/the oven is not hot;the battery is low/the battery is not low""".replace(
        "\n", ";"
    ).split(";")
)


@area.family(
    "rules and eligibility",
    "apply the rules to what is known and judge the statement after 'Check': {true} if it [follows|can be derived], {false} if its opposite follows, {open} if neither does",
    "Rules + facts -> is the 'Check' line certainly true ({true}), certainly false ({false}) or not determined ({open})?",
    "Our [building control|smart home] has rules of the kind 'if A, then B', and they always hold. The input gives some of the rules, one thing that is the case, and a line to check. Put {true} if the checked line must be the case, "
    "{false} if it cannot be the case, {open} if one cannot know. A rule does not work backwards: from B alone nothing follows about A.",
    given="a set of rules with a fact and a line to check",
    difficulty=3,
    labels=labels(
        true=("true", "yes", "holds"),
        false=("false", "no", "fails"),
        open=("unknown", "open", "undetermined"),
    ),
)
def chained_if_then_rules(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("true", "false", "open"))
    length = draw.randint(2, 4)
    states = draw.some(_STATES, length + 3)
    signs = [0, *(draw.randrange(2) if n == length - 1 else 0 for n in range(1, length))]
    rules = [(states[n][0], states[n + 1][signs[n + 1]]) for n in range(length - 1)]
    extra = (states[length][0], states[length + 1][draw.randrange(2)])
    if draw.chance(0.6):
        rules.append(extra)
    fact = states[0][0]
    at = draw.randint(1, length - 1)
    check = states[at][signs[at] if found == "true" else 1 - signs[at]]
    if found == "open":
        kind = draw.randrange(3)
        if kind == 0:
            fact, check = states[at][signs[at]], states[0][draw.randrange(2)]
        elif kind == 1:
            check = draw.pick((extra[0], states[length + 2][0], states[length + 2][1]))
        else:
            fact = states[length + 2][0]
    said = [
        draw.pick(("If {a}, then {b}.", "If {a}, {b}.", "When {a}, {b}.", "{B} whenever {a}.")).format(
            a=a, b=b, B=capital(b)
        )
        for a, b in draw.mix(rules)
    ]
    known = draw.pick(("Now {f}.", "Known: {f}.", "At the moment {f}.", "Fact: {f}.")).format(f=fact)
    lines = [*said, known] if draw.chance(0.7) else [known, *said]
    return draw.pick((" ", "\n")).join(lines) + f"\nCheck: {check}{draw.pick(('', '.'))}", p.labels[found]


_FORMS = ("All {a} are {b}", "No {a} are {b}", "Some {a} are {b}", "Some {a} are not {b}")
_CELLS = tuple(product((False, True), repeat=3))


def _holds(form: int, a: int, b: int, cells: tuple[tuple[bool, ...], ...]) -> bool:
    both, only = any(c[a] and c[b] for c in cells), any(c[a] and not c[b] for c in cells)
    return (not only, not both, both, only)[form]


@cache
def _verdicts() -> dict[str, tuple[tuple[tuple[int, int, int], ...], ...]]:
    """Two premises (about M and P, S and M) and a conclusion (about S and P), by what the premises say of it."""
    every = [tuple(c for n, c in enumerate(_CELLS) if mask >> n & 1) for mask in range(256)]
    models = [cells for cells in every if all(any(c[t] for c in cells) for t in range(3))]
    found: dict[str, list[tuple[tuple[int, int, int], ...]]] = {"follows": [], "clash": [], "open": []}
    firsts, seconds = (
        [(f, *pair) for f in range(4) for pair in ((1, 2), (2, 1))],
        [(f, *pair) for f in range(4) for pair in ((0, 1), (1, 0))],
    )
    for first, second in product(firsts, seconds):
        fits = [m for m in models if _holds(*first, m) and _holds(*second, m)]
        for form in range(4):
            values = {_holds(form, 0, 2, m) for m in fits}
            found["follows" if values == {True} else "clash" if values == {False} else "open"].append(
                (first, second, (form, 0, 2))
            )
    return {key: tuple(rows) for key, rows in found.items()}


_TERMS = """bakers cyclists painters swimmers pilots vegetarians gamblers lawyers smokers poets dancers twins farmers hikers drummers collectors
early birds chess players zorks mips blickets wugs tulgs neighbours of mine volunteers teachers doctors left-handers nurses sailors""".replace("\n", " ").replace("early birds", "early-birds").replace("chess players", "chess-players").replace("neighbours of mine", "neighbours-of-mine").split()  # fmt: skip


@area.family(
    "sets and logic",
    "check the conclusion against the two premises: {follows} if it must be true, {clash} if it must be false, {open} otherwise. Every group named has members; 'some' is at least one[, perhaps all|]",
    "Syllogism. must be true -> {follows}; must be false -> {clash}; could be either -> {open}. [Assume that no group is empty.|No group is empty.] 'Some' = one or more",
    "I [teach logic|mark logic exercises|train debaters] and want automatic feedback. The input has two premises and a conclusion about groups of people or creatures. Take the premises as true, whatever the world is like; no group is empty, "
    "and 'some' means at least one. Reply {follows} if the conclusion is then necessarily true, {clash} if it is necessarily false, and {open} if both are possible.",
    given="an argument with two premises and a conclusion",
    difficulty=3,
    labels=labels(
        follows=("valid", "must be true", "follows"),
        clash=("contradicted", "must be false", "impossible"),
        open=("open", "could be either", "undecided"),
    ),
)
def syllogism_with_three_verdicts(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("follows", "clash", "open"))
    rows = draw.pick(_verdicts()[found])
    terms = [t.replace("-", " ") if t != "left-handers" else t for t in draw.some(_TERMS, 3)]
    first, second, conclusion = (_FORMS[f].format(a=terms[a], b=terms[b]) for f, a, b in rows)
    if draw.chance(0.5):
        first, second = second, first
    form = draw.pick(
        (
            "{a}. {b}. Therefore: {c}.",
            "{a}. {b}.\nConclusion: {c}.",
            "1. {a}\n2. {b}\n=> {c}",
            "{a} and {d}. So {e}.",
            "P1: {a}\nP2: {b}\nC: {c}",
        )
    )
    text = form.format(
        a=first,
        b=second,
        c=conclusion,
        d=second[0].lower() + second[1:],
        e=conclusion[0].lower() + conclusion[1:],
    )
    return noise.untidy(draw, text), p.labels[found]


_SET_WISHES = {
    "were there on both days": "both",
    "came on both days": "both",
    "came on the first day but not on the second": "first",
    "missed the second day but came on the first": "first",
    "came on the second day only": "second",
    "were new on the second day": "second",
    "came on exactly one of the two days": "one",
    "came on at least one of the days": "any",
}


@area.family(
    "sets and logic",
    "list the people who {wish}, in the order in which they first appear in the text, separated by {separator}; {none} if there is nobody",
    "From two days' attendance: names of those who {wish}. Order of first appearance, joined by {separator}; nobody: {none}",
    "I [organise|run] a two-day [course|workshop|fair] and get the attendance as a message about the first day and then the second. Send back the names of everybody who {wish}; keep the order of the message, name nobody twice, "
    "put {separator} between names, and send {none} if no name is left.",
    given="an attendance note for two days",
    wish=choice(_SET_WISHES),
    separator=separator(),
    none=missing("nobody"),
)
def attendance_on_two_days(draw: Draw, p: Values) -> Pair:
    who = people(draw, draw.randint(3, 6))
    shared = draw.some(who, 0, len(who) - 1)
    only = draw.pick(("first", "second", "mixed", "mixed"))
    first, second = [], []
    for name in who:
        side = draw.pick(("first", "second")) if only == "mixed" else only
        if name in shared or side == "first":
            first.append(name)
        if name in shared or side == "second":
            second.append(name)
    second = draw.mix(second)
    a, b = draw.pick(
        (
            ("On day one came", "on day two"),
            ("Day 1:", "Day 2:"),
            ("First day:", "second day:"),
            ("On Saturday we had", "on Sunday"),
        )
    )
    text = f"{a} {joined(first) if first else 'nobody'}{draw.pick(('; ', '. '))}{b} {joined(second) if second else 'nobody'}."
    text = ". ".join(capital(part) for part in text.split(". "))
    wanted = {
        "both": [n for n in first if n in second],
        "first": [n for n in first if n not in second],
        "second": [n for n in second if n not in first],
        "one": [n for n in first if n not in second] + [n for n in second if n not in first],
        "any": first + [n for n in second if n not in first],
    }[p.wish]
    return noise.untidy(draw, text), p.separator.join(wanted) or p.none


_GOODS = "marbles stickers coins cards stamps shells tokens badges eggs apples tickets cookies beads".split()


@area.family(
    "word problems",
    "work out who has the {extreme} at the end; [write|answer|return] the name, or {none} if [two or more people share that place|several people are level there]",
    "Who ends up with the {extreme}? [Name only.|Just the name.|First name.] [Shared|Several|Tie]: {none}",
    "[Children|Players] trade things in our game and I [log|note] the moves in sentences. Start from the amounts stated, follow all the moves, and tell me the name of the person who then has the {extreme}, "
    "or {none} when several people are level there.",
    "follow all the moves from the starting amounts and [report|name] the one [holding|who has] the {extreme} after the last move, {none} in case of a tie there",
    given="a short story with amounts",
    difficulty=3,
    extreme=choice({"most": 1, "largest number": 1, "fewest": -1, "smallest number": -1, "biggest pile": 1, "lowest number": -1}),
    none=missing("tie", "draw", "shared"),
)  # fmt: skip
def richest_after_exchanges(draw: Draw, p: Values) -> Pair:
    who = people(draw, draw.randint(2, 3))
    what = draw.pick(_GOODS)
    has = {name: draw.randint(2, 12) for name in who}
    text = (
        capital(
            joined(
                [
                    f"{n} has {number_or_word(draw, has[n])}" + (f" {what}" if i == 0 else "")
                    for i, n in enumerate(who)
                ]
            )
        )
        + "."
    )
    for _ in range(draw.randint(1, 4)):
        a, b = draw.some(who, 2)
        kind = draw.randrange(4)
        if kind == 0 and has[a] > 1 and has[a] % 2 == 0:
            moved, said = has[a] // 2, f"{a} gives {b} half of the {what} that {a} has."
        elif kind == 1:
            found = draw.randint(1, 5)
            has[b] += found
            text += f" {b} finds {number_or_word(draw, found)} more."
            continue
        elif has[a] > 0:
            moved = draw.randint(1, has[a])
            said = draw.pick(
                ("{a} gives {n} to {b}.", "{b} gets {n} from {a}.", "{b} wins {n} from {a}.")
            ).format(a=a, b=b, n=number_or_word(draw, moved))
        else:
            continue
        has[a] -= moved
        has[b] += moved
        text += " " + said
    best = max(has.values()) if p.extreme == 1 else min(has.values())
    winners = [n for n in who if has[n] == best]
    return text, winners[0] if len(winners) == 1 else p.none


_WARES = tuple(line.split("/") for line in """coffee/coffees/240;bagel/bagels/175;notebook/notebooks/320;pen/pens/95;postcard/postcards/80;sandwich/sandwiches/450
candle/candles/260;muffin/muffins/210;bus ticket/bus tickets/290;light bulb/light bulbs/385;bottle of water/bottles of water/110;magazine/magazines/540;lemon/lemons/45
roll of tape/rolls of tape/150;sponge/sponges/65;bar of chocolate/bars of chocolate/130""".replace("\n", ";").split(";"))  # fmt: skip
_MONEY_FORMS = {
    "with two decimals and no currency sign": "{u}.{c:02d}",
    "as a plain number with two decimals": "{u}.{c:02d}",
    "in cents, as a whole number": "{t}",
    "like €4.30": "€{u}.{c:02d}",
    "like $4.30": "${u}.{c:02d}",
    "like 4,30 (decimal comma, no sign)": "{u},{c:02d}",
}


@area.family(
    "word problems",
    "work out [the change that the customer gets back|how much money the customer gets back|the change due] and write it {form}; if [the money is not enough|the customer gave too little], write {short}",
    "Change = money given - sum of the items, [written|shown] {form}; [not enough money|sum too high|paid too little]: {short}",
    "At our [kiosk|market stall|school shop] sales are noted in a sentence: what was bought, the price of a single piece, and the note or coins handed over. Compute how much we give back and write it {form} (zero is written in the same way). "
    "Should the sum be higher than the money handed over, write {short}.",
    given="a note about a purchase",
    difficulty=3,
    form=choice(_MONEY_FORMS),
    short=missing("too little", "short", "not enough"),
)
def change_from_a_purchase(draw: Draw, p: Values) -> Pair:
    total, said = 0, []
    for one, many, usual in draw.some(_WARES, 1, 3):
        count, price = draw.pick((1, 1, 2, 2, 3, 4, 5)), int(usual) + draw.pick((0, 0, 5, 10, 20, 50))
        total += count * price
        cost = f"{price // 100}.{price % 100:02d}"
        said.append(
            f"{number_or_word(draw, count)} {one if count == 1 else many} at {cost}{'' if count == 1 else draw.pick((' each', ' apiece', ' each'))}"
        )
    fitting = [c for c in (200, 500, 1000, 2000, 5000, 10000, 20000) if c >= total]
    given = (
        draw.pick(fitting[:2])
        if draw.chance(0.8) or total < 200
        else max(c for c in (100, 200, 500, 1000, 2000) if c < total or c == 100)
    )
    given = total if draw.chance(0.06) else given
    paid = f"{given // 100}" + (f".{given % 100:02d}" if given % 100 else "")
    text = draw.pick(
        (
            "{n} bought {l} and gave {p}.",
            "{l}. Handed over: {p}.",
            "Sold {l}; {n} paid with {p}.",
            "{n}: {l} - paid {p}",
        )
    ).format(n=names.first_name(draw), l=joined(said), p=paid)
    back = given - total
    return noise.untidy(draw, capital(text)), p.short if back < 0 else p.form.format(
        u=back // 100, c=back % 100, t=back
    )
