"""Content understanding: adverts, addresses and contacts."""

from programasweights.data.oracle.areas.content_understanding._banks import amount, article, edges, places
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("Content understanding")

_ASKED = ("Asking {}.", "Yours for {}.", "I want {} for it.", "Price: {}.", "{} and it's yours.",
    "Selling for {}, firm.",
          "Looking for {}.", "Now only {}.", "Take it home for {}.", "My price is {}.")  # fmt: skip
_NEW = ("Cost {} new.", "I paid {} for it new.", "New price was {}.", "In the shop it was {} when new.",
    "New ones go for {}.",
        "Bought new for {} last year.", "Original price {}.")  # fmt: skip
_POST = ("Postage is {}.", "I can post it for {} extra.", "Shipping {}.", "Plus {} for postage.",
    "If I have to send it: {} extra.",
         "Add {} for shipping.")  # fmt: skip
_ABOUT = ("Used {n} times.", "Weighs {n} kg.", "Pick up in {c}.", "Call after {n} pm.",
    "From a smoke-free home.", "{n} years old.",
          "Small scratch on one side.", "No returns.", "Works perfectly.", "First come, first served.",
          "Reason: moving to {c}.")  # fmt: skip


@area.family(
    "adverts",
    "[give|find|write] {what} [in|from] the advert, {form}; {none} if it is not stated",
    "Advert -> {what}, {form}. Not stated: {none}",
    "I compare second-hand offers. Out of every advert I need {what} and [none|nothing] of the other amounts, "
    "written {form}. If the "
    "seller does not tell it, put {none}.",
    "[Look for|I am after|Tell me] {what} in this advert. Write it {form}, or {none} if it is not there. "
    "[Other numbers do not matter|Ignore the "
    "other amounts].",
    given="a private advert",
    what=choice(
        {
            "the price the seller asks now": 0,
            "the amount the seller wants for the item": 0,
            "the price of the item when it was new": 1,
            "the original price in the shop": 1,
            "the cost of postage": 2,
            "what it costs to have it sent": 2,
        }
    ),
    form=choice(
        {
            "with its currency sign in front": "{s}{n}",
            "as digits without currency": "{n}",
            "as digits followed by a space and the currency sign": "{n} {s}",
            "with two decimals and no currency": "{n}.00",
        }
    ),
    none=missing("?", "unknown"),
)
def amount_in_a_private_advert(draw: Draw, p: Values) -> Pair:
    sign = draw.pick(("$", "€", "£"))
    asked = draw.randint(5, 300)
    values = (asked, asked + draw.randint(10, 300), draw.randint(2, 15))
    stated = [draw.chance(0.7 if n == p.what else 0.75) for n in range(3)]
    thing = names.product(draw)
    parts = [
        draw.pick(bank).format(f"{sign}{value}")
        for bank, value, on in zip((_ASKED, _NEW, _POST), values, stated, strict=True)
        if on
    ]
    parts += [s.format(n=draw.randint(2, 9), c=names.city(draw)) for s in draw.some(_ABOUT, 1, 3)]
    head = draw.pick(("For sale: {}.", "{} for sale.", "Selling my {}.", "Used {}.", "Offer: {}.")).format(
        thing
    )
    text = head[0].upper() + head[1:] + " " + " ".join(draw.mix(parts))
    return edges(draw, text), p.form.format(s=sign, n=values[p.what]) if stated[p.what] else p.none


_PLACES = {
    "remote": ("You can work from anywhere.", "This is a fully remote position.",
    "We have no office; everybody works from home.", "100% "
               "home office.", "Your desk is wherever you like, we never meet in an office.",
               "All work is done from home, for good.",
               "Remote only, our old office in {c} is closed."),
    "mixed": ("{n} days a week in our office in {c}, the others from home.",
    "Hybrid: partly in {c}, partly at home.", "You may work from "
              "home on {n} days a week, on the others we see you in {c}.",
              "We mix home office and days on site in {c}.", "Home office on "
              "Fridays, otherwise you are in {c}.", "Half of the week at home, half in our {c} office."),
    "site": ("You work on site in {c}.", "Home office is not possible for this position in {c}.",
    "Daily presence in our {c} shop is required.",
             "We work together in {c}, five days a week; no remote work.",
             "The job is at our plant in {c} and cannot be done from home.",
             "All shifts take place at the {c} site."),
    "silent": ("We have {n} branches.", "Our head office was founded in {c}.", "We offer {n}0 days of holiday.",
    "The team has {n} people.",
               "You speak English well.", "We are looking forward to your letter.", "Start: as soon as possible."),
}  # fmt: skip


@area.family(
    "adverts",
    "[sort|label|classify] the [job advert|advert|vacancy] by where the work is done: {remote} if only from "
    "home [or anywhere|(or anywhere)], {mixed} if partly at home "
    "and partly in the company's rooms, {site} if only in the company's rooms, {silent} if the advert does not say",
    "[Job ad|Job advert|Vacancy]: where is the work? [Always|Only] from home/anywhere {remote} | some days "
    "home, some days there {mixed} | always at the employer's {site} "
    "| not told {silent}",
    "I look for [jobs|a job] and [filter|sort] adverts by [place of work|where one works]. Use {remote} when "
    "one never has to come in. Use {mixed} when there are days at home "
    "and days at the workplace. Use {site} when one always has to be there. Use {silent} when the text tells "
    "nothing about it.",
    given="a job advert",
    labels=labels(
        remote=("remote", "home"),
        mixed=("hybrid", "mixed"),
        site=("on-site", "office"),
        silent=("unknown", "unstated"),
    ),
)
def place_of_work_in_a_job_advert(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_PLACES))
    fill = {"c": names.city(draw), "n": draw.randint(2, 3)}
    job = draw.pick(("data analyst", "translator", "accountant", "web developer", "customer adviser", "editor",
        "payroll clerk", "project "
                     "manager", "designer", "software tester", "recruiter", "technical writer",
                     "sales assistant", "secretary"))  # fmt: skip
    head = draw.pick(
        (
            "We are looking for {a}.",
            "Wanted: {j} (m/f/x).",
            "{f} seeks {a}.",
            "Join {f} as {a}!",
            "Vacancy: {j}.",
        )
    ).format(a=article(job), j=job, f=f"{names.last_name(draw)} Ltd")
    silent = draw.some(_PLACES["silent"], 2, 3)
    chosen = silent if kind == "silent" else [draw.pick(_PLACES[kind]), *silent[1:]]
    parts = [s.format(**fill) for s in chosen]
    parts += [draw.pick(("Pay: {a} a year.", "Full time, {h} hours.", "Pay {a} plus bonus.",
        "Part time, {h} hours a week.")).format(
        a=amount(draw, draw.randrange(28, 90) * 1000, draw.pick(("$", "€", "£"))),
            h=draw.randint(18, 40))]  # fmt: skip
    return noise.casual(draw, head + " " + " ".join(draw.mix(parts))), p.labels[kind]


@area.family(
    "adverts",
    "[give|work out|write] {what} of the flat from the advert, as a whole number {form}[. Payments that are "
    "made only once are no monthly costs|]",
    "[Flat advert|Advert for a flat] -> {what}, [whole number|no decimals], {form}. [One-off payments never "
    "count as monthly|Deposits and fees are no monthly costs]",
    "I [make|keep] a table of [flats to let|apartments]. For each advert I need {what} as a whole number "
    "{form}. What is paid only once (deposit, fee) is not a "
    "monthly cost; everything [paid|due] every month on top of the rent is.",
    given="an advert for a flat",
    difficulty=3,
    what=choice(
        {
            "the monthly total (rent and all other monthly costs added up)": "sum",
            "the sum of all monthly payments": "sum",
            "the monthly rent alone, without other costs": "rent",
            "the bare rent per month": "rent",
            "the deposit": "deposit",
            "the amount of the deposit": "deposit",
            "the sum of the monthly costs on top of the rent": "extra",
        }
    ),
    form=choice(
        {
            "without a currency sign": "{1}",
            "and no currency": "{1}",
            "with the currency sign in front": "{0}{1}",
            "followed by a space and the currency sign": "{1} {0}",
        }
    ),
)
def monthly_costs_of_a_flat(draw: Draw, p: Values) -> Pair:
    sign = draw.pick(("$", "€", "£"))
    rent = draw.randrange(400, 1500, 50)
    extras = [draw.randrange(10, 160, 10) for _ in range(draw.randint(1, 2))]
    deposit = rent * draw.randint(2, 3)
    labels_ = draw.some(
        ("heating", "water and electricity", "service charge", "internet", "parking space", "utilities"),
        len(extras),
    )
    parts = [
        draw.pick(("Rent {} a month.", "Monthly rent: {}.", "Rent: {} per month.", "The rent is {}.")).format(
            amount(draw, rent, sign)
        )
    ]
    parts += [
        draw.pick(("Plus {a} a month for {w}.", "{W}: {a} per month.", "{W} {a} monthly.")).format(
            a=amount(draw, e, sign), w=w, W=w[0].upper() + w[1:]
        )
        for e, w in zip(extras, labels_, strict=True)
    ]
    parts.append(
        draw.pick(("Deposit: {}.", "Deposit of {} to be paid once.", "We ask for a deposit of {}.")).format(
            amount(draw, deposit, sign)
        )
    )
    if draw.chance(0.4):
        parts.append(draw.pick(("One-off fee for the contract: {}.", "Kitchen taken over for {}, once.")).format(
            amount(draw, draw.randrange(50, 400, 10), sign)))  # fmt: skip
    head = draw.pick(
        (
            "{n}-room flat in {c}, {q} m².",
            "Bright flat, {q} m², {n} rooms, {c}.",
            "{c}: flat with balcony, {q} square metres.",
        )
    )
    head = head.format(n=draw.randint(2, 4), c=names.city(draw), q=draw.randint(30, 110))
    value = {"sum": rent + sum(extras), "rent": rent, "deposit": deposit, "extra": sum(extras)}[p.what]
    return edges(draw, head + " " + " ".join(draw.mix(parts))), p.form.format(sign, value)


@area.family(
    "addresses and contacts",
    "[find|give|extract|copy] {part} of the postal address in the [text|message], [exactly|just] as written, "
    "or {none} if the text holds no postal address (a town alone is none)",
    "[Text|Message] -> {part} from the [postal address|address] in it. No address [there|at all] (town names "
    "alone do not count): {none}",
    "People put their address somewhere in the middle of a message. My form needs {part}, [copied|taken over] "
    "without change; when no "
    "[full address|address] is given (only a phone number or a town, say), it needs {none}.",
    given="a message",
    part=choice(
        {
            "the street with the house number": 0,
            "the street line (street name and house number)": 0,
            "the town": 1,
            "the name of the town": 1,
            "the postcode": 2,
            "only the postal code": 2,
        }
    ),
    none=missing("no address"),
)
def part_of_an_address_in_running_text(draw: Draw, p: Values) -> Pair:
    town, other = places(draw, 2)
    kind = draw.randrange(3)
    street = draw.pick(
        (
            "Mill",
            "Oak",
            "Station",
            "Church",
            "Harbour",
            "Elm",
            "King",
            "Orchard",
            "Victoria",
            "Maple",
            "Castle",
            "Meadow",
        )
    )
    if kind == 0:
        line = f"{draw.randint(1, 240)} {street} {draw.pick(('Lane', 'Road', 'Street', 'Close'))}"
        area_code = f"{draw.pick(('NR', 'LS', 'BN', 'SE', 'EH', 'CF'))}{draw.randint(1, 29)}"
        code = f"{area_code} {draw.randint(1, 9)}{draw.pick(('AB', 'QP', 'XH', 'TL'))}"
        full = f"{line}, {town} {code}"
    elif kind == 1:
        line = f"{draw.randint(100, 9900)} {street} {draw.pick(('Avenue', 'St', 'Blvd', 'Drive'))}"
        code = f"{draw.randint(10000, 99899)}"
        full = f"{line}, {town}, {draw.pick(('IL', 'TX', 'CA', 'NY', 'OR', 'GA'))} {code}"
    else:
        line = f"{street}{draw.pick(('straße', 'weg', 'gasse'))} {draw.randint(1, 120)}"
        code = f"{draw.randint(10000, 99899)}"
        full = f"{line}, {code} {town}"
    if draw.chance(0.2):
        text = draw.pick(("I live in {t} now, call me on {p}.",
            "Please ring {p}, I'm in {t} until {n} o'clock.", "Can you deliver to {t}? My "
                          "order number is {k}.", "We moved from {o} to {t}, address follows."))  # fmt: skip
        answer = p.none
    else:
        text = draw.pick((
            "We've moved! You now find us at {a}, next to the bakery.",
            "Please send it to {a}. My number is {p}.", "Order {k} goes to {a} "
            "this time, not to {o}.", "The party is at {a}; ring the bell at the back.",
            "My new address: {a}. Thanks!", "I used to live in "
            "{o}, but since May it's {a}.", "Could the technician come to {a} at {n} o'clock?", "{w}, {a}\nTel. {p}",
        ))  # fmt: skip
        answer = (line, town, code)[p.part]
    text = text.format(
        a=full,
        p=names.phone(draw),
        o=other,
        t=town,
        k=draw.randint(100, 999),
        n=draw.randint(2, 8),
        w=names.full_name(draw),
    )
    return edges(draw, text), answer


_DESKS = (
    "info",
    "office",
    "desk",
    "team",
    "hello",
    "maria",
    "tom",
    "lena",
    "service",
    "mail",
    "contact",
    "ben",
)
_MATTERS = {
    "bill": ("Billing", "Invoices and payments", "Accounts and billing"),
    "tech": ("Technical support", "Technical problems", "Help with the app"),
    "press": ("Press", "Journalists", "Media enquiries"),
    "jobs": ("Jobs and applications", "Careers", "Applicants"),
    "returns": ("Returns", "Sending things back", "Returned goods"),
}


@area.family(
    "addresses and contacts",
    "[give|find|pick] the [contact|address or number] from the [notice|list] for {matter}. If [there is "
    "none|that is not listed], give the one for everything "
    "else; if there is no such one either, write {none}",
    "[Contact|Whom to contact] for {matter}? [Otherwise|Failing that] the general contact ('all other', "
    "'anything else'); failing both: {none}",
    "A [visitor|user] of our site [has a question: it is|writes to us, and it is] about {matter}. [Tell "
    "me|Give] the mail address or phone number to use, copied from the "
    "notice. When there is no special one, [take|use] the general one for all other matters, and when the "
    "notice has no general one, "
    "[write|say] {none}.",
    given="a contact notice",
    matter=choice(
        {
            "a wrong invoice": "bill",
            "a payment that was taken twice": "bill",
            "an app that crashes": "tech",
            "a login that does not work": "tech",
            "an interview for a newspaper": "press",
            "a question from a journalist": "press",
            "a job application": "jobs",
            "the wish to work there": "jobs",
            "a jacket that is to be sent back": "returns",
            "shoes that somebody wants to return": "returns",
        }
    ),
    none=missing(),
)
def right_contact_for_a_matter(draw: Draw, p: Values) -> Pair:
    kinds = draw.some([k for k in _MATTERS if k != p.matter], 1, 3) + ([p.matter] if draw.chance(0.5) else [])
    host = names.domain(draw)

    def contact() -> str:
        return names.phone(draw) if draw.chance(0.4) else f"{draw.pick(_DESKS)}{draw.randint(1, 99)}@{host}"

    rows = [(k, draw.pick(_MATTERS[k]), contact()) for k in draw.mix(kinds)]
    if draw.chance(0.6):
        rows.append(
            (
                "rest",
                draw.pick(
                    ("Everything else", "All other matters", "Any other question", "General enquiries")
                ),
                contact(),
            )
        )
    form = draw.pick(("{}: {}", "{} - {}", "{} → {}", "{} ({})"))
    text = draw.pick(("\n", "\n", "; ", " | ")).join(form.format(label, to) for _, label, to in rows)
    known = {kind: to for kind, _, to in rows}
    return edges(draw, draw.pick(("", "", "How to reach us\n", "Contact: ")) + text), known.get(
        p.matter
    ) or known.get("rest") or p.none
