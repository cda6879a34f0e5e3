"""Messages with personal data, whose parts are known, and what else families of this area share."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from programasweights.data.oracle.banks import dates, names, noise, words
from programasweights.data.oracle.draw import Draw

__all__ = ["FIRMS", "TOWNS", "Parts", "address", "birthday", "card", "filled", "full_name", "given_name", "mail",
    "message",
           "people", "street", "text_of"]  # fmt: skip

Parts: TypeAlias = list[tuple[str, str]]
"""Pieces of a text, each with the kind of data it is ("" for plain words)."""

TOWNS = tuple(
    """Leeds/Bristol/Hamburg/Lyon/Seville/Turin/Krakow/Utrecht/Malmo/Porto/Ghent/Basel/Graz/Cork/Denver/Tucson/Toledo/Boise
    /Halifax/Perth/York/Bergen/Aarhus/Tampere/Brno/Zagreb/Split/Riga/Vilnius/Tartu/Leipzig/Bremen/Nantes/Bologna/Bilbao""".replace("\n    ", "").split("/")
)  # fmt: skip
FIRMS = tuple(
    """Blue Harbour Bakery/Northwind Logistics/Greenleaf Insurance/Fastlane Couriers/Citywide Dental Clinic/Silverline Bank
    /Oakfield Primary School/Brightside Energy/Riverside Hotel/Metro Transport Office/Pixel Print Shop/Sunrise Travel
    /Cloudberry Software/Lakeside Pharmacy/Ironbridge Tools/Harbour Street Library/Redwood Furniture""".replace("\n    ", "").split("/")
)  # fmt: skip

_MENTIONS: dict[str, tuple[str, ...]] = {
    "name": tuple(
        """This is {name} from {town}./{name} asked me to forward this./Could you tell {name} that I'll be late?/Spoke to {name} this morning.
        /Signed: {name}/My colleague {name} will take over from here./The booking is under {name}./{name} never got the parcel.
        /Please add {name} to the list./It was {name} who signed for it./patient: {name}/I am writing on behalf of {name}.
        /Our new trainer is called {name}./fwd from {name}, see below/The key is with {name} at the front desk./Invoice to {name} please.
        /I share the flat with {name}./Is {name} still working for you?/Thanks, {name}/the driver ({name}) was very rude""".replace("\n        ", "").split("/")
    ),
    "email": tuple(
        """Please send the contract to {email}./my mail is {email}/You can write to {email} any time./The old address {email} bounces.
        /Reset link should go to {email}, not to the other one./login: {email}/Cc {email} on everything./Reply to <{email}> please.
        /I signed up with {email}./E-mail: {email}/Did the newsletter go out to {email}?/contact {email} for the keys
        /Send the photos over to {email}!/Account {email} is locked.""".replace("\n        ", "").split("/")
    ),
    "phone": tuple(
        """Call me back on {phone}./Tel. {phone}/you can reach me under {phone} after six/The courier may ring {phone}./My new number is {phone}.
        /WhatsApp works too: {phone}/Phone: {phone}/In an emergency dial {phone}./text {phone} when you are at the gate/{phone} is my work number.
        /Nobody picks up at {phone}./mobile {phone} (mornings only)/Please ring {phone} before you come.""".replace("\n        ", "").split("/")
    ),
    "address": tuple(
        """We moved to {address}./Deliver it to {address}, {town}./I live at {address}./Pick-up from {address} please./The shop at {address} is closed.
        /Home address: {address}/Leave the box with the neighbours, {address}./she stays at {address} until the summer
        /The driver went to {address} by mistake./Billing address is {address}.""".replace("\n        ",
        "").split("/")
    ),
    "iban": tuple(
        """My IBAN is {iban}./Refund it to {iban} please./IBAN {iban}/The money went to {iban}, which is wrong./Please debit {iban} from now on.
        /new bank details: {iban}/Rent is paid from {iban}./We closed the account {iban}.""".replace("\n        ",
        "").split("/")
    ),
    "dob": tuple(
        """I was born on {dob}./Date of birth: {dob}/DOB {dob}/My son's birthday is {dob}./born {dob} in {town}/her date of birth is {dob}
        /Birth date on the form should be {dob}./You have my birthday wrong, it is {dob}.""".replace("\n        ",
        "").split("/")
    ),
}  # fmt: skip
_NEUTRAL = tuple(
    """Order {order} is still not here./It cost {money} and it broke after a week./Can we move it to {weekday}?/Thanks a lot!/The {thing} has the wrong colour.
    /I have been waiting for {small} days./see you at {clock}/Ticket {order} can be closed./no reply so far/I paid {money} in the shop.
    /Please hurry, I leave on {weekday}./The {thing} arrived at {clock} and works fine./Invoice {order} is twice in my account.
    /What are your opening hours on {weekday}?/PS: I love the new {thing}./It happened twice now./Is the {thing} back in stock?
    /That makes {small} items for {money}./Sorry for the late answer./I would rather have a {thing}./ok?/We talked about this on {weekday}.
    /Article {order} is missing from the box./Nothing else for now./Version {small}.{small} crashes at the start.""".replace("\n    ", "").split("/")
)  # fmt: skip


def given_name(draw: Draw) -> str:
    """A given name of plain letters that is no everyday word."""
    while True:
        name = names.first_name(draw)
        if re.fullmatch(r"[A-Z][a-zà-ÿ]{2,}", name):
            return name


def full_name(draw: Draw) -> str:
    """One given and one family name of plain letters."""
    while True:
        last = names.last_name(draw)
        if re.fullmatch(r"[A-Z][a-zà-ÿ]{2,}(-[A-Z][a-z]+)?", last):
            return f"{given_name(draw)} {last}"


def people(draw: Draw, count: int, make: Callable[[Draw], str] = full_name) -> list[str]:
    """Different people, no name part of another."""
    made: list[str] = []
    while len(made) < count:
        name = make(draw)
        parts = set(name.split())
        if not any(parts & set(other.split()) or name in other or other in name for other in made):
            made.append(name)
    return made


def mail(draw: Draw) -> str:
    """An e-mail address, sometimes of the form first.last."""
    if draw.chance(0.4):
        return f"{words.noun(draw).replace(' ', '')}{draw.pick(('.', '_', '-', ''))}{draw.randint(1, 99)}@{names.domain(draw)}"
    return names.email(draw)


def street(draw: Draw) -> str:
    """House number and street."""
    number = f"{draw.randint(1, 240)}{draw.pick(('', '', '', 'a', 'b'))}"
    first = draw.pick(
        "Maple Harbour Mill Chapel Garden Station Castle Bridge Orchard Victoria Park Lower High "
        "Willow Abbey Market Spring Queens".split()
    )
    return f"{number} {first} {draw.pick('Road Street Lane Avenue Close Drive Terrace Way'.split())}"


def address(draw: Draw) -> tuple[str, str, str]:
    """Street, town and postal code."""
    code = draw.pick(
        (
            f"{draw.randint(10000, 99999)}",
            f"{draw.pick('LBSMNE')}{draw.randint(1, 20)} {draw.randint(1, 9)}{draw.pick(('AB', 'QT', 'XN', 'RD'))}",
        )
    )
    return street(draw), draw.pick(TOWNS), code


def card(draw: Draw) -> str:
    """The 16 digits of a bank card in one of several groupings."""
    groups = [f"{draw.randint(0, 9999):04d}" for _ in range(4)]
    groups[0] = f"{draw.randint(4000, 5999)}"
    return draw.pick((" ", "-", "", " ")).join(groups)


def birthday(draw: Draw) -> str:
    """A date of birth as people write it, the month as a word or in numbers."""
    day = dates.date(draw, 1940, 2012)
    if draw.chance(0.5):
        return dates.written(draw, day)
    return day.strftime(draw.pick(("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y")))


_MAKERS: dict[str, Callable[[Draw], str]] = {
    "name": lambda d: full_name(d) if d.chance(0.7) else given_name(d),
    "email": mail,
    "phone": names.phone,
    "address": street,
    "iban": names.iban,
    "dob": birthday,
    "town": lambda d: d.pick(TOWNS),
    "order": lambda d: d.pick(("#{}", "{}", "no. {}", "A-{}")).format(d.randint(1000, 99999)),
    "money": lambda d: d.pick(("${}", "€{}", "£{}", "{} euros")).format(d.randint(5, 900)),
    "weekday": lambda d: d.pick(words.KINDS["weekday"]),
    "thing": lambda d: d.pick(
        ("lamp", "kettle", "jacket", "tent", "router", "chair", "camera", "blender", "scarf", "drill")
    ),
    "small": lambda d: str(d.randint(2, 9)),
    "clock": lambda d: f"{d.randint(7, 21)}:{d.pick(('00', '15', '30', '45'))}",
}


def filled(draw: Draw, template: str, fixed: Mapping[str, str] | None = None) -> Parts:
    """The pieces of a template with its {kinds} drawn, or as `fixed` says."""
    parts: Parts = []
    for place, piece in enumerate(re.split(r"\{(\w+)\}", template)):
        if place % 2 == 0:
            parts.append(("", noise.typos(draw, piece) if draw.chance(0.08) else piece))
        else:
            parts.append((piece, (fixed or {}).get(piece) or _MAKERS[piece](draw)))
    return parts


def text_of(parts: Parts, tokens: Mapping[str, str] | None = None) -> str:
    """The text, with the token of its kind in place of each piece that has one."""
    return "".join((tokens or {}).get(kind, text) for kind, text in parts)


def message(draw: Draw, kinds: Sequence[str], low: int = 0, high: int = 2) -> Parts:
    """A message that holds one piece of data of each of these kinds, and `low` to `high` neutral sentences."""
    pool = {kind: draw.mix(_MENTIONS[kind]) for kind in dict.fromkeys(kinds)}
    templates = [pool[kind].pop() for kind in kinds]
    templates = draw.mix(templates + draw.some(_NEUTRAL, max(low, 0 if kinds else 1), max(high, 1)))
    joint = draw.pick((" ", " ", "\n"))
    parts: Parts = []
    for template in templates:
        parts += [("", joint)] if parts else []
        end = "." if joint == " " and template[-1] not in ".!?" else ""
        parts += filled(draw, template + end)
    return parts
