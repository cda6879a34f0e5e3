"""Business logic: customer service."""

from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, number

__all__ = ["area"]

area = Area("Business logic")

_TROUBLE: dict[str, tuple[str, ...]] = {
    "high": ("nobody in the company can log in", "our web shop is down for everyone", "all tills have stopped",
    "the whole site shows an error page", "no customer can pay at the moment",
    "the database is gone and all work has stopped", "phones are dead in every branch",
    "every user gets kicked out after a second", "production stands still because of your software"),
    "mid": ("my printer does not print", "one colleague cannot open her mailbox",
    "the report on my screen is cut off", "I get an error when I save a file", "my account is locked",
    "sound does not work in my video calls", "my calendar shows the wrong time", "one of our twelve tills is slow",
    "the search box on my page hangs"),
    "low": ("could you add a dark mode?", "how do I change my picture?", "it would be nice to have larger icons",
    "where can I find the manual?", "do you plan a version for tablets?", "please send me the price list",
    "can I rename a folder?", "a feature wish: export to PDF", "is there a shortcut for copying?"),
}  # fmt: skip


@area.family(
    "customer service",
    "[give|find] the priority of the ticket: {high} if work has stopped for everybody or all customers, {mid} if a "
    "single person or a single device has a fault, {low} for questions and wishes. Tickets of {who} customers go up "
    "one step ({high} stays the highest)",
    "Ticket priority. All affected: {high}; one person/device affected: {mid}; question or wish: {low}. Customer is "
    "{who}: one step higher, {high} at most.",
    "Help desk rules: an outage that hits everyone is {high}, a fault of one person or one machine is {mid}, a "
    "question or a wish for a new feature is {low}. If the ticket says that the customer is {who}, raise it by one "
    "step (a {high} cannot be raised).",
    given="a support ticket",
    difficulty=3,
    who=choice("premium", "gold", "enterprise", "platinum", "business"),
    labels=labels(high=("high", "P1", "critical"), mid=("medium", "P2", "normal"), low=("low", "P3", "minor")),
)  # fmt: skip
def ticket_priority_by_customer(draw: Draw, p: Values) -> Pair:
    base = draw.pick(("high", "mid", "low"))
    raised = draw.chance(0.4)
    plan = (
        p.who
        if raised
        else draw.pick([x for x in ("basic", "free", "starter", "standard", "trial") if x != p.who])
    )
    text = draw.pick(_TROUBLE[base])
    form = draw.pick(
        (
            "[{p} customer] {t}",
            "{T} (plan: {p})",
            "Customer: {p}\n{T}",
            "{T}\n-- {n}, {p} customer",
            "plan {p} | {t}",
            "Hello, {t}. We are a {p} customer.",
            "{p}: {t}",
        )
    )
    order = ("low", "mid", "high")
    text = (
        form.format(p=plan, t=text, T=text[0].upper() + text[1:], n=names.first_name(draw))
        .replace("a enterprise", "an enterprise")
        .replace("?.", "?")
    )
    return text, p.labels[order[min(2, order.index(base) + raised)]]


@area.family(
    "customer service",
    "[decide|say] whether the case goes to the manager: {yes} if the customer threatens with a lawyer, the press or "
    "a court, or has written at least {times} times about it, but {no} for {who} in any case; {no} otherwise",
    "To the manager ({yes}): lawyer/court/press threatened, or at least {times} messages about the same thing. Never "
    "for {who}. [Rest|All else]: {no}",
    "Only some complaints reach our manager. Say {yes} if the customer mentions going to a lawyer, to court or to "
    "the press, and also if this is at least the customer's message number {times} on the matter. Complaints of "
    "{who} are handled elsewhere, so say {no} to those whatever they write. All the others get {no} too.",
    given="a summary of a complaint",
    difficulty=3,
    times=number(3, 5),
    who=choice({"resellers": "reseller", "our own staff": "own staff", "test accounts": "test account",
    "suppliers": "supplier"}),
    labels=labels(yes=("escalate", "yes", "manager"), no=("stay", "no", "agent")),
)  # fmt: skip
def complaint_to_the_manager(draw: Draw, p: Values) -> Pair:
    wanted = draw.chance(0.5)
    exempt = not wanted and draw.chance(0.5)
    threat = (wanted or exempt) and draw.chance(0.6)
    often = (wanted or exempt) and (not threat or draw.chance(0.3))
    count = draw.randint(p.times, p.times + 3) if often else draw.randint(1, p.times - 1)
    others = [w for w in ("reseller", "own staff", "test account", "supplier") if w != p.who]
    kind = p.who if exempt else draw.pick(("private customer", "private customer", "firm", draw.pick(others)))
    thing = draw.pick(
        (
            "late parcel",
            "wrong invoice",
            "broken lamp",
            "rude driver",
            "missing refund",
            "noise at night",
            "lost luggage",
        )
    )
    words_said = draw.pick(
        (
            "threatens to go to a lawyer",
            "says he will call the newspaper",
            "will see us in court",
            "has hired a lawyer",
            "wants to tell the press",
        )
        if threat
        else (
            "very angry",
            "asks for a discount",
            "disappointed",
            "swears a lot",
            "wants an apology",
            "threatens to buy elsewhere",
            "just wants an answer",
            "writes in capitals",
        )
    )
    parts = [f"from: {kind}", thing, f"message no. {count}", words_said]
    return draw.pick((", ", "; ", " | ")).join(parts if draw.chance(0.5) else draw.mix(parts)), p.labels[
        "yes" if wanted else "no"
    ]


_SERIOUS = (
    "I need",
    "We are looking for",
    "Looking for",
    "Our firm needs",
    "What would you offer us? We need",
    "please quote:",
    "We'd like",
)


@area.family(
    "customer service",
    "[choose|pick] the plan for the customer: {small} for up to {few} users, {team} for more users up to {many}, "
    "{large} for more than {many}; whoever needs {extra} gets {large} with any number of users",
    "Plan: users <= {few}: {small}; <= {many}: {team}; more, or {extra} wanted: {large}",
    "We sell three plans. Up to {few} users the right one is {small}, from there up to {many} users it is {team}, "
    "beyond that it is {large}. Only {large} comes with {extra}, so everyone who asks for that gets it, however few "
    "they are. Which plan suits the request? [A customer who does not want it does not need it.|]",
    given="a customer's request",
    difficulty=3,
    few=number(3, 8),
    many=number(20, 50, 5),
    extra=choice("single sign-on", "a public API", "phone support", "audit logs", "a data centre in Europe"),
    labels=labels(small=("basic", "starter", "S"), team=("team", "plus", "M"), large=("enterprise", "pro", "L")),
)  # fmt: skip
def plan_for_a_request(draw: Draw, p: Values) -> Pair:
    plan = draw.pick(("small", "team", "large"))
    wants = plan == "large" and draw.chance(0.6)
    low, high = {
        "small": (1, p.few),
        "team": (p.few + 1, p.many),
        "large": (1, p.many) if wants else (p.many + 1, 4 * p.many),
    }[plan]
    users = draw.pick((draw.randint(low, high), high))
    options = (
        "single sign-on",
        "a public API",
        "phone support",
        "audit logs",
        "a data centre in Europe",
        "dark mode",
        "a calendar",
        "shared folders",
        "invoices by mail",
    )
    named = draw.some([o for o in options if o != p.extra], 0, 2) + [p.extra] * wants
    text = f"{draw.pick(_SERIOUS)} {draw.pick(('access for {} users', 'accounts for {} people', '{} users', 'licences for {} colleagues', '{} seats')).format(users)}"
    text += (", " + " and ".join(draw.mix(named))) if named else ""
    if not wants and draw.chance(0.2):
        text += f". We do not need {p.extra}"
    return text.replace("1 users", "1 user").replace("1 seats", "1 seat") if users == 1 else text, p.labels[
        plan
    ]
