"""Business logic: contracts and leads."""

from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, number

__all__ = ["area"]

area = Area("Business logic")

_CLAUSES: dict[str, tuple[str, ...]] = {
    "end": ("Either party may terminate this agreement with {n} days' notice.",
    "This contract ends automatically on 31 December.",
    "The agreement may be cancelled in writing at the end of each quarter.",
    "If a party breaches this contract seriously, the other may end it at once.",
    "After a minimum term of {n} months the tenant may give notice at any time.",
    "Notice of termination must reach us by registered letter.",
    "The contract is extended by a year unless one side gives notice {n} days before it runs out."),
    "pay": ("Invoices are payable within {n} days of receipt.",
    "The customer pays a monthly fee of {n} euros in advance.",
    "Payment is made by bank transfer to the account named above.",
    "If payment is late, interest of {n} percent a year is due.",
    "A deposit of {n} percent is to be paid on signing.",
    "The price includes all travel costs and is due on delivery.",
    "Instalments fall due on the first of each month."),
    "secret": ("Both parties shall keep all information about each other's business confidential.",
    "The contractor must not disclose the client's data to third parties.",
    "Documents received under this agreement are to be treated as secret for {n} years.",
    "Neither side may tell others about the contents of the negotiations.",
    "Recipes, plans and customer lists must not be passed on to anybody.",
    "The employee keeps silent about trade secrets, also after leaving.",
    "Confidential papers are to be returned or destroyed on request."),
    "harm": ("The supplier is liable for damage only up to {n} euros.",
    "Neither party is responsible for losses caused by events beyond its control.",
    "Liability for slight negligence is excluded.", "The tenant is liable for damage caused by visitors.",
    "The provider shall compensate the client for any loss caused by its staff.",
    "We accept no liability for lost profits.", "Claims for damages expire after {n} months."),
    "hand": ("Goods are delivered within {n} working days of the order.",
    "Delivery takes place free of charge to the buyer's warehouse.", "Partial deliveries are permitted.",
    "The seller ships the goods by road, packed on pallets.",
    "If delivery is delayed by more than {n} days, the seller informs the buyer.",
    "The machine is handed over and installed at the client's premises.",
    "The goods travel by ship and arrive at the port of Hamburg."),
}  # fmt: skip


@area.family(
    "contracts and leads",
    "[say|tell] what the contract clause is about: {end} for the end or notice of the contract, {pay} for prices and "
    "payment, {secret} for secrecy, {harm} for liability and damages, {hand} for delivery or handing over",
    "Clause type: termination {end}, payment {pay}, confidentiality {secret}, liability {harm}, delivery {hand}",
    "A student sorts the clauses of old contracts for our [archive|data room]. File under {end} what says how or "
    "when the contract ends, under {pay} what is about money to be paid for the service, under {secret} what must "
    "not be told to others, under {harm} who answers for damage, and under {hand} how goods are delivered.",
    given="a contract clause",
    labels=labels(end=("termination", "notice", "end"), pay=("payment", "price", "fees"), secret=("confidentiality",
    "secrecy", "NDA"), harm=("liability", "damages", "risk"), hand=("delivery", "shipping", "handover")),
)  # fmt: skip
def subject_of_a_clause(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_CLAUSES))
    text = draw.pick(_CLAUSES[kind]).format(n=draw.pick((7, 10, 14, 30, 60, 90)))
    front = draw.pick(
        (
            "",
            f"§ {draw.randint(2, 30)} ",
            f"{draw.randint(2, 30)}. ",
            f"Art. {draw.randint(2, 19)}: ",
            f"({draw.randint(1, 6)}) ",
            f"Clause {draw.randint(2, 20)}.{draw.randint(1, 5)} - ",
        )
    )
    if draw.chance(0.15):
        text = text.upper()
    return noise.untidy(draw, front + text), p.labels[kind]


_ASKS = {
    True: ("asked for a demo", "wants a demo next week", "would like to see a demo", "demo requested"),
    False: (
        "downloaded a brochure",
        "read two blog posts",
        "subscribed to the newsletter",
        "liked a post",
        "met us at a fair",
    ),
}
_FREE_MAIL = ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com")


@area.family(
    "contracts and leads",
    "[score|rate] the lead: {big} points if the firm has more than {staff} employees, {demo} points for a demo "
    "request, {minus} points off for a free mail address ([Gmail, Yahoo, Hotmail and Outlook|gmail.com, yahoo.com, "
    "hotmail.com or outlook.com]); start at {base}. [Write the total.|Give the total as a number.]",
    "Lead score = {base} + {big} (over {staff} employees) + {demo} (asked for a demo) - {minus} (mail at Gmail, "
    "Yahoo, Hotmail or Outlook). [Number only.|Just the number.]",
    "Every new contact starts with {base} points in our sales list. A firm of more than {staff} people adds {big}, a "
    "wish for a demo adds {demo}, and an address at gmail.com, yahoo.com, hotmail.com or outlook.com costs {minus}. "
    "What is the sum for this contact? [Answer with the number.|]",
    given="a sales contact",
    difficulty=3,
    base=choice("10", "20", "50"),
    big=number(15, 40, 5),
    demo=number(10, 30, 10),
    minus=choice("2", "3", "4", "5", "8", "10"),
    staff=number(50, 200, 50),
)  # fmt: skip
def points_of_a_lead(draw: Draw, p: Values) -> Pair:
    big, demo, free = draw.chance(0.5), draw.chance(0.5), draw.chance(0.5)
    staff = (
        draw.pick((p.staff + draw.randint(1, 20), draw.randint(p.staff + 1, 900)))
        if big
        else draw.pick((p.staff, draw.randint(2, p.staff)))
    )
    mail = f"{names.username(draw)}@{draw.pick(_FREE_MAIL) if free else draw.pick(('', 'mail.')) + draw.pick(('nordwind', 'oakfield', 'pixelshop', 'metalworks', 'cloudberry')) + '.example'}"
    parts = [
        names.full_name(draw),
        mail,
        draw.pick(("{} employees", "staff: {}", "{} people work there", "company size {}")).format(staff),
        draw.pick(_ASKS[demo]),
    ]
    score = int(p.base) + p.big * big + p.demo * demo - int(p.minus) * free
    return draw.pick((", ", "; ", " | ", "\n")).join(parts[:1] + draw.mix(parts[1:])), str(score)


@area.family(
    "contracts and leads",
    "[sort|rate] the mail of a possible customer: {hot} if they want to buy or ask for an offer, {warm} if they ask "
    "about the product without any plan to buy, {cold} if they say they are not interested, {other} if the mail is "
    "no sales matter at all (applications, advertising, complaints of other kinds)",
    "Sales mail: wants to buy or wants an offer {hot}; only asks about the product {warm}; not interested {cold}; no "
    "sales matter {other}",
    "Our sales people cannot read everything. Mark as {hot} whoever orders, wants a quote or wants to sign; as "
    "{warm} whoever only asks how the product works or what it can do; as {cold} whoever tells us that they do not "
    "want it; as {other} whatever has nothing to do with selling [our product|our machines].",
    given="an e-mail to a firm",
    labels=labels(hot=("hot", "buying", "A"), warm=("warm", "asking", "B"), cold=("cold", "no interest", "C"),
    other=("other", "unrelated", "X")),
)  # fmt: skip
def interest_of_a_contact(draw: Draw, p: Values) -> Pair:
    bank = {
        "hot": ("Please send us a quote for {k} units.", "We would like to order {k} machines.",
        "Where do I sign? We have decided for you.", "What is your best price for {k} pieces? We want to buy this "
        "month.", "Our board said yes, please send the contract.", "I want to buy one, how do I pay?",
        "Please make us an offer for {k} licences."),
        "warm": ("Does your machine work with cold water as well?", "How loud is it in use?",
        "Just curious: which materials can it cut?", "Is there a manual that I could look at?",
        "Can several people use it at the same time?", "What does the blue lamp on the front mean?",
        "I am writing a school paper: how does your product work?"),
        "cold": ("Thanks, but we do not need it.", "We have chosen another supplier.",
        "Not interested, please do not write again.", "It is too expensive for us, so no.",
        "We have decided against your product.", "No thanks, our old machine is good enough.",
        "We will not be going on with this."),
        "other": ("I would like to apply for the job as a driver.", "Your lorry is parked in front of my garage.",
        "We offer cheap toner for all printers!", "Happy New Year to all of you!",
        "Please find attached my application and references.", "You have won a trip to the sea, click here!",
        "Our chamber of commerce invites you to its summer party."),
    }  # fmt: skip
    kind = draw.pick(tuple(bank))
    text = draw.pick(bank[kind]).format(k=draw.randint(2, 90))
    front = draw.pick(("", "", "Hello, ", f"Dear Ms {names.last_name(draw)}, ", "Good morning! "))
    return front + text + draw.pick(
        ("", "", f" Best regards, {names.full_name(draw)}", " Regards", f" {names.first_name(draw)}")
    ), p.labels[kind]
