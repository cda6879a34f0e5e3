"""PII and privacy: signatures, how long data may be kept."""

import datetime as dt

from programasweights.data.oracle.areas.pii import _banks as banks
from programasweights.data.oracle.banks import dates, names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, token

__all__ = ["area"]

area = Area("PII and privacy")

_BODIES = (
    "The {t} arrived today, thanks.", "Could you send me the invoice for the {t} again?", "I can't make it on {d}.",
    "Please find my answers below.", "We need {k} more chairs.", "The {t} is broken, what now?",
    "Is {d} at {c} still fine?", "I have asked my boss and he agrees.",
    "Let us keep the old price of ${k}.", "The room is booked for {d}.", "My colleague will bring the {t}.",
    "No news from the bank so far.", "Sorry for the delay!", "Do you ship to {p}?", "I'd rather meet in {p}.",
)  # fmt: skip
_CLOSINGS = (
    "Best regards,",
    "Kind regards",
    "Cheers,",
    "Best,",
    "Many thanks,",
    "Yours sincerely,",
    "Thanks and regards",
    "All the best,",
    "Regards,",
    "Warm wishes,",
)
_JOBS = (
    "Sales Manager",
    "Head of Purchasing",
    "Office Assistant",
    "Engineer",
    "Accountant",
    "Team Lead",
    "Caretaker",
    "Project Manager",
    "Marketing",
    "Customer Care",
)


def _letter(draw: Draw) -> dict[str, str]:
    """The parts of an e-mail: greeting, body, closing words, signature."""
    fill = {
        "t": draw.pick(("lamp", "parcel", "printer", "contract", "desk", "sample")),
        "d": draw.pick(words.KINDS["weekday"]),
        "k": str(draw.randint(3, 90)),
        "c": f"{draw.randint(8, 18)}:30",
        "p": draw.pick(banks.TOWNS),
    }
    name = banks.full_name(draw)
    rows = draw.some(
        (
            draw.pick(_JOBS),
            draw.pick(banks.FIRMS),
            f"{draw.pick(('Tel.', 'T', 'Phone:'))} {names.phone(draw)}",
            banks.mail(draw),
            f"{banks.street(draw)}, {draw.pick(banks.TOWNS)}",
        ),
        0,
        3,
    )
    return {
        "greeting": draw.pick(("Hello {},", "Hi {},", "Dear {},", "Good morning {},")).format(
            banks.given_name(draw)
        ),
        "body": draw.pick((" ", "\n")).join(line.format(**fill) for line in draw.some(_BODIES, 1, 3)),
        "closing": draw.pick(_CLOSINGS),
        "name": name,
        "rows": "\n".join(rows),
    }


@area.family(
    "signatures",
    "cut the signature off the e-mail: put {token} on a line of its own [in place of|instead of] the [closing "
    "words|closing formula] ([such as Best regards|Kind regards, Cheers and the like]) and everything after them; "
    "{greeting}; the lines in between [stay|are kept] as they are",
    "[Mail without signature|Mail minus signature|Anonymous mail]: closing formula and all below it -> one line with "
    "{token}; {greeting}. [Rest as it is.|Rest of the text unchanged, empty lines too.]",
    "[I store|We store|My tool keeps] only what people say, not who they are. Replace the end of the mail, from the "
    "closing formula on (Regards, Cheers, Best ... with name, job, numbers), by [a single line|one line] {token}; "
    "{greeting}. [Everything else, empty lines included, stays.|Do not change any other line.]",
    given="an e-mail",
    greeting=choice({
        "the greeting line stays": True, "keep the greeting at the top": True,
        "leave the first line with the greeting in": True,
        "the greeting line at the top goes, together with the empty line after it if there is one": False,
        "drop the greeting line as well (and the empty line after it, if any)": False,
    }),
    token=token("[signature]", "--", "(signature removed)", "[...]", "<sig>", "***", "SIGNATURE", "(name withheld)",
    "~~~", "[cut]"),
)  # fmt: skip
def mail_without_signature(draw: Draw, p: Values) -> Pair:
    part = _letter(draw)
    gap = draw.pick(("\n\n", "\n\n", "\n"))
    head = part["greeting"] + gap if draw.chance(0.8) else ""
    end = part["closing"] + "\n" + part["name"] + ("\n" + part["rows"] if part["rows"] else "")
    return head + part["body"] + gap + end, (head if p.greeting else "") + part["body"] + gap + p.token


@area.family(
    "signatures",
    "[find|give] {field} from the signature of the e-mail, as it is written there; {none} if the signature [does not "
    "have it|lacks it]. What the text above the closing words says does not count",
    "{field}, from the signature only ([the part below the closing words|below Regards, Best or the like]); missing: "
    "{none}",
    "[Our address book is filled|I fill our address book|We fill our address book] from mail signatures, which begin "
    "after the closing words. [Copy|Return|Give] {field} [exactly|just] as the signature has it, without a word like "
    "Tel. before it, and {none} where the signature has no such thing.",
    given="an e-mail",
    field=choice({"the sender's name": "name", "the full name of the sender": "name", "the telephone number": "phone",
    "the sender's phone number": "phone", "the e-mail address": "mail", "the sender's e-mail address": "mail",
    "the job title": "job", "the sender's firm or employer": "firm", "the company": "firm"}),
    none=missing("unknown"),
)  # fmt: skip
def field_of_a_signature(draw: Draw, p: Values) -> Pair:
    part = _letter(draw)
    rows = {
        "phone": names.phone(draw),
        "mail": banks.mail(draw),
        "job": draw.pick(_JOBS),
        "firm": draw.pick(banks.FIRMS),
    }
    kept = draw.some(tuple(rows), 1, 3)
    if p.field != "name" and p.field not in kept and draw.chance(0.6):
        kept.append(p.field)
    body = part["body"] + draw.pick(
        (
            "",
            "",
            f"\nMy colleague can be reached on {names.phone(draw)}.",
            f"\nPlease copy {banks.mail(draw)}.",
        )
    )
    shown = [
        draw.pick(("Tel. {}", "Phone: {}", "T {}")).format(rows[k]) if k == "phone" else rows[k] for k in kept
    ]
    text = "\n".join((part["greeting"], body, part["closing"], part["name"], *shown))
    return text, part["name"] if p.field == "name" else rows[p.field] if p.field in kept else p.none


_PAPERS = {
    "paid": ("Invoice {k} to {n}", "invoice for a {t}, customer {n}", "INVOICE {k}", "Invoice no. {k} ({t})",
    "copy of invoice {k}"),
    "jobs": ("Job application of {n}", "application by {n} as {j}", "Application letter, {n} ({j})",
    "APPLICATION {n}", "online application, {j}, {n}"),
    "talks": ("Chat with {n} about a {t}", "support chat no. {k}", "Chat log {k}, {n}", "CHAT {n}", "chat about {t}"),
}  # fmt: skip


@area.family(
    "retention",
    "[decide|work out] whether the record must be deleted: invoices are kept for {paid} years, job applications for "
    "{jobs} years and chats for {talks}, counted from the first date to the second one (the day of the check). "
    "{gone} if the time has passed completely (a period that ends on the "
    "day of the check has passed), {kept} if not",
    "Retention: invoice {paid} years, application {jobs} years, chat {talks} (record's date first, day of the check "
    "second). Period over, or ends that very day: {gone}. Still running: {kept}.",
    "Every record shows what it is, its own date and then the date of the check. [Our rules|The rules]: invoices "
    "{paid} years, applications {jobs} years, chats {talks}. When that period is over on the day of the check (its "
    "last day counts as over), answer {gone}; as long as it runs, answer {kept}.",
    given="a record of an archive",
    difficulty=3,
    paid=number(6, 10),
    jobs=number(2, 4),
    talks=choice({"one year": 1, "five years": 5}),
    labels=labels(gone=("delete", "remove", "erase"), kept=("keep", "store", "retain")),
)  # fmt: skip
def record_kept_or_deleted(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("paid", "jobs", "talks"))
    years = {"paid": p.paid, "jobs": p.jobs, "talks": p.talks}[kind]
    gone = draw.chance(0.5)
    check = dates.date(draw, 2024, 2027)
    if draw.chance(0.5):
        base = check - dt.timedelta(
            days=draw.pick((0, 1, 5, 30, 100)) if gone else -draw.pick((1, 5, 30, 100))
        )
        made = dt.date(base.year - years, base.month, min(base.day, 28))
    else:
        made = dt.date(
            check.year - (years + draw.randint(1, 4) if gone else max(years - draw.randint(1, 4), 0)),
            check.month,
            min(check.day, 28),
        )
    passed = (check.year - made.year - ((check.month, check.day) < (made.month, made.day))) >= years
    style = draw.pick(("%Y-%m-%d", "%d %b %Y", "%d %B %Y"))
    form = draw.pick(
        (
            "{x}, {a}, checked {b}",
            "{x} | {a} | {b}",
            "{x}\ndate: {a}\ncheck: {b}",
            "{x} of {a}; check on {b}",
            "{x} ({a}) - reviewed {b}",
        )
    )
    what = draw.pick(_PAPERS[kind]).format(
        k=draw.randint(100, 9999),
        n=banks.full_name(draw),
        t=draw.pick(("lamp", "boiler", "bike", "router")),
        j=draw.pick(words.KINDS["profession"]),
    )
    return form.format(x=what, a=made.strftime(style), b=check.strftime(style)), p.labels[
        "gone" if passed else "kept"
    ]


_LEFT = (
    "Member since {a}, left on {b}.",
    "{n}: contract ended {b} (began {a})",
    "account of {n} opened {a}, closed {b}",
    "Patient {n}, first visit {a}, last visit {b}",
    "started {a}, left {b}",
    "{n}, employed from {a} to {b}",
    "subscription {a} - {b}, {n}",
    "joined {a}; resigned {b}",
)


@area.family(
    "retention",
    "[work out|give] the date on which the data must be deleted, as YYYY-MM-DD: {years} years after the {later} of "
    "the two dates, {day}",
    "[Deletion date|Day of deletion|Delete on] (YYYY-MM-DD) = the {later} of the two dates + {years} years, {day}. "
    "[Date only.|Nothing but the date.]",
    "We [keep|may keep] personal files for {years} years, counted from the {later} of the two dates in the entry. "
    "[Tell me|Work out|I need] the day of deletion, {day}, in the form YYYY-MM-DD. [Just the date, please.|]",
    given="an entry with two dates",
    years=number(2, 10),
    later=choice({"later": 1, "earlier": 0}),
    day=choice({
        "on the same day and month": "same", "with day and month unchanged": "same",
        "moved to the last day of that year": "end", "but on 31 December of that year": "end",
        "moved to the 15th of its month": "mid", "but always on the first day of the following year": "next",
        "moved to the first day of its month": "month",
    }),
)  # fmt: skip
def date_of_deletion(draw: Draw, p: Values) -> Pair:
    first = dates.date(draw, 1998, 2015)
    last = first + dt.timedelta(days=draw.randint(200, 4000))
    first, last = (d.replace(day=min(d.day, 28)) for d in (first, last))
    style = draw.pick(("%Y-%m-%d", "%d %b %Y", "%d %B %Y"))
    text = draw.pick(_LEFT).format(a=first.strftime(style), b=last.strftime(style), n=banks.full_name(draw))
    base = last if p.later else first
    due = base.replace(year=base.year + p.years)
    due = {
        "same": due,
        "end": due.replace(month=12, day=31),
        "mid": due.replace(day=15),
        "next": dt.date(due.year + 1, 1, 1),
        "month": due.replace(day=1),
    }[p.day]
    return text, due.isoformat()
