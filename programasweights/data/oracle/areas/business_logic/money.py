"""Business logic: invoices and payments, approval and expenses."""

from programasweights.data.oracle.banks import dates, names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, token

__all__ = ["area"]

area = Area("Business logic")

_WORK = (
    "Repair of heating",
    "Garden work",
    "Web design",
    "Cleaning in May",
    "Two oak tables",
    "Printer toner",
    "Translation, 4 pages",
    "Catering for 20",
    "Car service",
    "Bike rental",
    "Piano tuning",
    "Window cleaning",
)


@area.family(
    "invoices and payments",
    "[find|give|extract] {field} in the invoice, exactly as it is written; {none} if the invoice does not state it",
    "{field} from the [invoice|bill|invoice text], copied as is. [Not there|Missing]: {none}",
    "I type invoices into our accounts by hand and would like help. [Give me|Pick out] {field} just as the invoice "
    "has it (no label, no colon), or {none} if it is not given there. [Other dates, numbers and amounts must not be "
    "taken for it.|Beware of other numbers that look alike.]",
    given="an invoice",
    field=choice({
        "the invoice number": "number", "the number of the invoice": "number", "the date of the invoice": "date",
        "the invoice date": "date", "the date by which it must be paid": "due", "the due date": "due",
        "the amount to pay (gross)": "gross", "the total with tax": "gross",
        "the net amount (before tax)": "net", "the customer number": "customer", "the order number": "order",
    }),
    none=missing(),
)  # fmt: skip
def field_of_an_invoice(draw: Draw, p: Values) -> Pair:
    net = draw.randint(20, 900)
    first = dates.date(draw, 2023, 2026)
    style = draw.pick(("%d.%m.%Y", "%Y-%m-%d", "%d %B %Y"))
    known = {
        "number": draw.pick(("{}-{}", "INV{}{}", "{}/{}", "R-{}{}")).format(first.year, draw.randint(100, 999)),
        "date": first.strftime(style), "due": first.replace(year=first.year + 1 if first.month == 12 else first.year,
        month=first.month % 12 + 1, day=min(first.day, 28)).strftime(style),
        "net": f"{net:.2f}", "gross": f"{net * 1.2:.2f}", "customer": f"{draw.pick('KCD')}{draw.randint(1000, 9999)}",
        "order": f"{draw.randint(10000, 99999)}",
    }  # fmt: skip
    label = {
        "number": ("Invoice no.", "Invoice number", "Invoice", "No. of invoice"),
        "date": ("Date", "Invoice date", "Issued on", "Date of issue"),
        "due": ("Due date", "Payable by", "Please pay by", "Payment due"),
        "net": ("Net", "Subtotal (net)", "Net amount", "Amount before tax"),
        "gross": ("Total", "Total incl. VAT", "Amount due", "To pay"),
        "customer": ("Customer no.", "Customer ID", "Your customer number"),
        "order": ("Order no.", "Your order", "Order number"),
    }
    kept = [k for k in known if k != p.field and draw.chance(0.75)] + ([p.field] if draw.chance(0.85) else [])
    joint = draw.pick((": ", ": ", " ", " - ")) if draw.chance(0.8) else ":\t"
    rows = [f"{draw.pick(label[k])}{joint}{known[k]}" for k in known if k in kept]
    rows.insert(draw.randint(0, len(rows)), f"{draw.pick(_WORK)}")
    head = draw.pick(
        (
            names.company(draw),
            f"INVOICE to {names.full_name(draw)}",
            "Thank you for your order!",
            f"{names.company(draw)}, {names.street(draw)}",
        )
    )
    return "\n".join((head, *rows)), known[p.field] if p.field in kept else p.none


@area.family(
    "invoices and payments",
    "[find|give] the invoice number in the bank reference: exactly {size} digits after {mark} (in any letter case; a "
    "space, dot, hyphen, hash or nothing may stand between them). Write it as {form}; if there is none, {none}",
    "Bank reference -> invoice no.: {mark} (any case) + optional separator + exactly {size} digits; output {form}; "
    "otherwise {none}. [Other numbers are something else.|Ignore other numbers.]",
    "Customers pay by bank transfer and write the invoice number in all sorts of ways. It has {size} digits and "
    "comes right after {mark}, in capitals or not, with perhaps a blank, dot, hyphen or hash in between. Numbers of "
    "another length or after other letters are no invoice numbers. I need it as {form}, and {none} when it is "
    "missing.",
    given="the reference of a bank transfer",
    difficulty=3,
    mark=token("INV", "RE", "BILL", "RG", "FA", "DOC"),
    size=number(4, 7),
    form=choice({"the digits alone": "{d}", "just its digits": "{d}",
    "the letters N and O followed by the digits, without a space": "NO{d}", "the digits with a hash in front": "#{d}",
    "the digits in round brackets": "({d})", "the word Invoice, a space and the digits": "Invoice {d}"}),
    none=missing("unknown"),
)  # fmt: skip
def invoice_number_in_a_transfer(draw: Draw, p: Values) -> Pair:
    digits = "".join(draw.pick("123456789") for _ in range(p.size))
    there = draw.chance(0.78)
    other = "".join(draw.pick("123456789") for _ in range(p.size + draw.pick((-2, -1, 1, 2))))
    mark = draw.pick((p.mark, p.mark, p.mark.lower(), p.mark.title()))
    number_text = mark + draw.pick(("", " ", ".", "-", "#")) + (digits if there else other)
    extra = draw.some(
        (
            f"CUST {draw.randint(10 ** (p.size - 1), 10**p.size - 1)}",
            names.last_name(draw),
            "THX",
            "SEPA CREDIT",
            f"{draw.randint(10, 28)}.0{draw.randint(1, 9)}.2025",
            f"KD{draw.randint(100, 99999)}",
            "payment",
            "EUR 120,00",
            "rent",
        ),
        1,
        3,
    )
    parts = [number_text, *extra] if there or draw.chance(0.6) else extra
    return draw.pick((" ", " / ", ", ", "; ")).join(draw.mix(parts)), p.form.format(
        d=digits
    ) if there else p.none


@area.family(
    "invoices and payments",
    "[choose|give] the next step for the unpaid invoice: {wait} if it is overdue by no more than {days} days or an "
    "instalment plan is agreed, else {first} if no reminder was sent, {second} if one was, {agency} if two or more "
    "were",
    "Dunning: instalment plan or at most {days} days overdue = {wait}. Otherwise by reminders sent so far: 0 = "
    "{first}, 1 = {second}, 2 or more = {agency}.",
    "We remind people politely. Nothing happens ({wait}) in the first {days} days after the due date, nor as long as "
    "the customer pays in agreed instalments. After that, the number of reminders sent so far decides: none yet "
    "means {first}, one means {second}, and with two or more the case goes to the collection agency ({agency}).",
    given="a note on an open invoice",
    difficulty=3,
    days=number(5, 20),
    labels=labels(wait=("wait", "nothing", "hold"), first=("reminder 1", "friendly mail", "first letter"),
    second=("reminder 2", "firm letter", "second letter"), agency=("collection", "agency", "lawyer")),
)  # fmt: skip
def next_dunning_step(draw: Draw, p: Values) -> Pair:
    step = draw.pick(("wait", "first", "second", "agency"))
    plan = step == "wait" and draw.chance(0.5)
    late = (
        draw.randint(p.days + 1, 90)
        if step != "wait" or plan
        else draw.pick((p.days, draw.randint(1, p.days)))
    )
    sent = {"first": 0, "second": 1, "agency": draw.randint(2, 4), "wait": draw.randint(0, 3)}[step]
    said = draw.pick(
        ("{} reminders sent", "reminders so far: {}", "{} reminders", "we have written {} reminders")
    )
    reminders = (
        said.format(sent)
        if sent != 1
        else draw.pick(("1 reminder sent", "reminders so far: 1", "one reminder is out"))
    )
    if not sent and draw.chance(0.5):
        reminders = draw.pick(("not reminded yet", "no reminder so far", "never reminded"))
    facts = [f"{late} days overdue" if late > 1 else "overdue since yesterday", reminders] + (
        [
            draw.pick(
                ("pays in instalments as agreed", "instalment plan agreed", "instalments agreed in March")
            )
        ]
        if plan
        else draw.some(
            (
                "customer is friendly",
                "good customer",
                "moved house",
                "promised to pay",
                "no plan agreed",
                "asked for instalments, we said no",
            ),
            0,
            1,
        )
    )
    head = draw.pick(("Invoice {k} of {n}: ", "{n}, €{m}: ", "{k}: ", "open item {k} - ")).format(
        k=draw.randint(1000, 9999), n=names.last_name(draw), m=draw.randint(20, 900)
    )
    return head + draw.pick((", ", "; ", " / ")).join(draw.mix(facts)), p.labels[step]


@area.family(
    "invoices and payments",
    "[work out|give] the late fee in {unit}: {fee} per day, but the first {free} days are free, and never more than "
    "{top}. [Only the number.|Number only.]",
    "Late fee in {unit}: {fee} for each day late, [not counting|leaving out] the first {free} days; {top} at most, 0 "
    "if nothing is due. [Number only.|Just the number.]",
    "Our [library|tool rental] asks for {fee} {unit} for each day that something comes back late; the first {free} "
    "days cost nothing and the fee stops at {top}. What does this [customer|reader] have to pay? [Answer with a "
    "plain number.|A plain number will do.] No delay, no fee (0).",
    given="a note about a return",
    difficulty=3,
    unit=choice({"euros": 0, "dollars": 0, "pounds": 0}),
    fee=number(2, 6),
    free=number(2, 7),
    top=choice("20", "25", "30", "40", "50"),
)  # fmt: skip
def fee_for_a_late_return(draw: Draw, p: Values) -> Pair:
    days = draw.pick(
        (
            draw.randint(0, p.free),
            p.free + draw.randint(1, 6),
            p.free + draw.randint(1, 6),
            p.free + draw.randint(7, 40),
        )
    )
    thing = draw.pick(("ladder", "drill", "novel", "atlas", "DVD", "projector", "tent", "cookbook"))
    if days == 0:
        text = draw.pick(("{t} came back on time", "{t} returned on the due date", "{t}, not late")).format(
            t=thing
        )
    else:
        text = (
            draw.pick(
                (
                    "{t} returned {d} days late",
                    "{d} days late: {t}",
                    "{t} ({d} days over)",
                    "the {t} came back {d} days too late",
                    "{n}, {t}, delay {d} days",
                    "late by {d} days, {t}",
                )
            )
            .format(t=thing, d=days, n=names.full_name(draw))
            .replace(" 1 days", " 1 day")
            .replace("(1 days", "(1 day")
        )
        text = text.replace("1 days late", "1 day late") if days == 1 else text
    return noise.untidy(draw, text), str(min(int(p.top), max(0, p.fee * (days - p.free))))


@area.family(
    "approval and expenses",
    "[say|decide] who has to approve the purchase: {self} up to {low} euros, {lead} above that and up to {high} "
    "euros, {boss} above {high}; software and cloud services go to {it} whatever they cost",
    "Approval: <= {low} euros {self}; <= {high} euros {lead}; more {boss}. [Exception|Except]: software or cloud "
    "service -> always {it}",
    "Before something is bought, the right person must say yes. [Software of any kind|Software] and cloud services "
    "always go to {it}, no matter the price. For all other things the amount counts: with {low} euros or less the "
    "answer is {self}, with more than that but no more than {high} euros it is {lead}, with still more it is {boss}.",
    given="a purchase request",
    difficulty=3,
    low=number(50, 200, 50),
    high=number(500, 2000, 250),
    labels=labels(self=("nobody", "self", "free"), lead=("team lead", "lead", "manager"), boss=("director", "boss",
    "management"), it=("IT", "tech", "IT desk")),
)  # fmt: skip
def approver_of_a_purchase(draw: Draw, p: Values) -> Pair:
    who = draw.pick(("self", "lead", "boss", "it"))
    low, high = {
        "self": (5, p.low),
        "lead": (p.low + 1, p.high),
        "boss": (p.high + 1, 3 * p.high),
        "it": (5, 3 * p.high),
    }[who]
    amount = draw.pick((draw.randint(low, high), high, low))
    soft = (
        "photo editing software licence",
        "cloud storage, one year",
        "licence for an accounting program",
        "subscription to a cloud service",
        "antivirus software",
        "cloud hosting for the web shop",
        "software for time tracking",
        "upgrade of our CAD software",
    )
    hard = (
        "office chair",
        "train tickets",
        "new coffee machine",
        "flyers for the fair",
        "team dinner",
        "projector",
        "first-aid course",
        "shelf for the storeroom",
        "desk lamps",
        "company bicycles",
        "safety shoes",
        "flowers for reception",
    )
    form = draw.pick(
        (
            "{x}, {a} euros",
            "Request: {x} ({a} euros)",
            "{n} would like to buy: {x}, {a} euros",
            "{a} euros for {x}",
            "{x} - {a} EUR - needed by {d}",
            "can we get {x}? it's {a} euros",
        )
    )
    return form.format(
        x=draw.pick(soft if who == "it" else hard),
        a=amount,
        n=names.first_name(draw),
        d=draw.pick(words.KINDS["weekday"]),
    ), p.labels[who]


@area.family(
    "approval and expenses",
    "[check|review] the expense: {over} if it is above the limit ({meal} euros for a meal, {bed} for a hotel night, "
    "{ride} for a taxi), else {slip} if it is above {proof} euros and there is no receipt, else {fine}",
    "Limits: meal {meal}, hotel night {bed}, taxi {ride} euros. Above limit: {over}. Otherwise no receipt although "
    "above {proof} euros: {slip}. Otherwise: {fine}.",
    "Our travel policy: a meal may cost {meal} euros, a night in a hotel {bed}, a taxi ride {ride}. What costs more "
    "than its limit is {over}, with or without a receipt. Within the limits, a receipt is needed for everything "
    "above {proof} euros; if it is missing, answer {slip}. What passes both tests is {fine}.",
    given="an expense claim",
    difficulty=3,
    meal=number(25, 45, 5),
    bed=number(100, 180, 20),
    ride=number(30, 60, 10),
    proof=number(10, 20, 5),
    labels=labels(over=("over limit", "too high", "over"), slip=("receipt missing", "no receipt", "slip"), fine=("ok",
    "approved", "pay")),
)  # fmt: skip
def expense_against_policy(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("meal", "bed", "ride"))
    limit = {"meal": p.meal, "bed": p.bed, "ride": p.ride}[kind]
    answer = draw.pick(("over", "slip", "fine"))
    amount = {
        "over": limit + draw.randint(1, 40),
        "slip": draw.pick((limit, draw.randint(p.proof + 1, limit))),
        "fine": draw.pick((limit, draw.randint(5, limit), p.proof)),
    }[answer]
    receipt = draw.chance(0.5) if answer == "over" or amount <= p.proof else answer == "fine"
    what = {
        "meal": (
            "lunch with a client",
            "dinner",
            "breakfast at the station",
            "pizza on the road",
            "meal in the canteen",
        ),
        "bed": ("hotel, one night", "one night at a hotel in {t}", "overnight stay (hotel)"),
        "ride": ("taxi to the airport", "taxi", "cab ride in {t}", "taxi from the station"),
    }[kind]
    proof = draw.pick(
        ("receipt attached", "with receipt", "receipt: yes", "receipt no. 4471 enclosed")
        if receipt
        else ("no receipt", "receipt lost", "without receipt", "receipt: no", "forgot to ask for a receipt")
    )
    parts = [draw.pick(what).format(t=names.city(draw)), f"{amount} euros", proof]
    return draw.pick((", ", "; ", " / ", "\n")).join(draw.mix(parts)) + draw.pick(
        ("", "", f", {names.first_name(draw)}")
    ), p.labels[answer]
