"""PII and privacy: mail headers."""

from programasweights.data.oracle.areas.pii import _banks as banks
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, separator, token

__all__ = ["area"]

area = Area("PII and privacy")


def _headers(draw: Draw) -> dict[str, list[tuple[str, str]]]:
    people = [(name, banks.mail(draw)) for name in banks.people(draw, 5)]
    to = draw.randint(1, 2)
    return {"From": people[:1], "To": people[1 : 1 + to], "Cc": people[3 : 3 + draw.randint(0, 2)]}


def _header_text(draw: Draw, fields: dict[str, list[tuple[str, str]]]) -> str:
    lines = [f"{key}: " + ", ".join(f"{n} <{a}>" for n, a in who) for key, who in fields.items() if who]
    lines.append(
        f"Subject: {draw.pick(('Re: ', '', 'Fwd: '))}{draw.pick(('Invoice', 'Lunch?', 'Your booking', 'Minutes', 'Contract', 'Missing parcel', 'Photos'))}"
    )
    if draw.chance(0.4):
        lines.insert(
            draw.randrange(len(lines)),
            f"Date: {draw.pick(('Mon', 'Tue', 'Fri'))}, {draw.randint(10, 28)} "
            f"May 2025 1{draw.randint(0, 9)}:12:00 +0200",
        )
    return "\n".join(lines)


@area.family(
    "mail headers",
    "[list|give] the {what} of {who} in the mail header, in their order, separated by {separator}; {none} if there "
    "is nobody",
    "{what} of {who}, in order, joined by {separator}. [Nobody|No such line]: {none}",
    "I build a record of who got which mail. From the header I need the {what} of {who}, nothing more, in the order "
    "of the header and with {separator} between two of them. [If there is no such line|If that line is missing], "
    "{none}.",
    given="the header of an e-mail",
    what=choice({"names": 0, "full names": 0, "e-mail addresses": 1, "addresses (without angle brackets)": 1}),
    who=choice({"the sender": ("From",), "the people in the Cc line": ("Cc",), "those who got a copy (Cc)": ("Cc",),
    "the people in the To line": ("To",), "all who received it (To first, then Cc)": ("To", "Cc")}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def people_in_a_mail_header(draw: Draw, p: Values) -> Pair:
    fields = _headers(draw)
    found = [person[p.what] for key in p.who for person in fields[key]]
    return _header_text(draw, fields), p.separator.join(found) or p.none


@area.family(
    "mail headers",
    "[replace {what} by {token}|put {token} in place of {what}] in {where} of the mail header; [all else stays|leave "
    "everything else], line by line",
    "[Header|Mail header|In the header]: {what} -> {token} in {where}. [Rest unchanged.|Everything else "
    "unchanged.|No other change.]",
    "Mails are exhibits in our case and the header must not give everything away. Put {token} in place of {what} in "
    "{where}, each on its own, and copy the [remaining|other] text, brackets and commas included.",
    given="the header of an e-mail",
    what=choice({"each name": 0, "every person's name": 0, "each e-mail address (the angle brackets stay)": 1,
    "every mail address inside the angle brackets": 1}),
    where=choice({"all lines": ("From", "To", "Cc"), "the From line": ("From",), "the To line": ("To",),
    "the To and Cc lines": ("To", "Cc"), "every line but From": ("To", "Cc")}),
    token=token(*"*** [hidden] X NN (removed) REDACTED <1> --- anonymous".split()),
)  # fmt: skip
def header_people_hidden(draw: Draw, p: Values) -> Pair:
    fields = _headers(draw)
    text = _header_text(draw, fields)
    lines = text.split("\n")
    for at, line in enumerate(lines):
        key = line.partition(":")[0]
        for person in fields.get(key, []) if key in p.where else []:
            lines[at] = lines[at].replace(person[p.what], p.token)
    return text, "\n".join(lines)
