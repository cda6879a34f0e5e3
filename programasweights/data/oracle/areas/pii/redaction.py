"""PII and privacy: redaction, partial masking, allow lists, finding personal data, pseudonyms, initials."""

from programasweights.data.oracle.areas.pii import _banks as banks
from programasweights.data.oracle.banks import noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator, token

__all__ = ["area"]

area = Area("PII and privacy")

_KINDS = {
    "e-mail addresses": ("email",), "phone numbers": ("phone",), "names of people": ("name",), "IBANs": ("iban",),
    "e-mail addresses and phone numbers": ("email", "phone"), "names of people and e-mail addresses": ("name",
    "email"),
    "phone numbers and IBANs": ("phone", "iban"), "names of people and phone numbers": ("name", "phone"),
    "street addresses (house number and street)": ("address",), "house numbers with their street": ("address",),
    "e-mail addresses and IBANs": ("email", "iban"), "dates of birth": ("dob",),
    "dates of birth and e-mail addresses": ("dob", "email"),
}  # fmt: skip
_ALL = ("email", "phone", "name", "iban", "address", "dob")
_HIDDEN = (
    "[REDACTED]",
    "***",
    "<removed>",
    "XXX",
    "[hidden]",
    "(deleted)",
    "[PII]",
    "█████",
    "<private>",
    "[...]",
    "REDACTED",
    "___",
)


@area.family(
    "redaction",
    "replace all {kinds} in the message by {token}, each [of them|occurrence] on its own, and leave [everything "
    "else|all the rest] exactly as it is",
    "{kinds}: mask each one with {token}. [No other change.|Nothing else changes.] [Order numbers and amounts "
    "stay.|Leave order numbers and prices alone.|]",
    "I [store|archive|keep] support messages to train new staff and must not keep {kinds}. [Return|Give back] the "
    "message with {token} [in place of|instead of] "
    "each of them (the whole thing, so with country code, or first and last name); all other words and line breaks "
    "stay as typed.",
    "mask {kinds} with {token}, keep the rest of the text unchanged[, also other personal data|]",
    given="a support message",
    kinds=choice(_KINDS),
    token=token(*_HIDDEN),
)
def chosen_kinds_redacted(draw: Draw, p: Values) -> Pair:
    kinds = list(draw.some(p.kinds, 1, len(p.kinds))) if draw.chance(0.85) else []
    others = draw.some([k for k in _ALL if k not in p.kinds], 0, 2)
    if kinds and draw.chance(0.25):
        kinds.append(kinds[0])
    parts = banks.message(draw, kinds + others, 0, 2)
    return banks.text_of(parts), banks.text_of(parts, dict.fromkeys(p.kinds, p.token))


@area.family(
    "redaction",
    "[anonymise|de-identify] the text: {person} for each name of a person, {mail} for each e-mail address, {phone} "
    "for each phone number; [do not touch|leave] the rest",
    "Names -> {person}; e-mail addresses -> {mail}; phone numbers -> {phone}. [Towns, dates and order numbers "
    "stay.|Everything else stays, towns included.]",
    "We [publish|share] customer messages with a partner, so three things have to be swapped out: write {person} "
    "where a person is named (first name, last name or both), "
    "{mail} where an e-mail address stands and {phone} where a phone number stands. Copy all other characters.",
    given="a customer message",
    person=token("[NAME]", "<name>", "NN", "[PERSON]", "{person}", "N.N.", "<PER>"),
    mail=token("[EMAIL]", "<email>", "[MAIL]", "{email}", "(e-mail)", "<MAIL>"),
    phone=token("[PHONE]", "<phone>", "[TEL]", "{phone}", "(number)", "<TEL>"),
)
def own_token_for_each_kind(draw: Draw, p: Values) -> Pair:
    kinds = draw.some(("name", "email", "phone"), 0, 3)
    parts = banks.message(draw, kinds + draw.some(("name", "email", "phone"), 0, 1), 0, 2)
    return banks.text_of(parts), banks.text_of(parts, {"name": p.person, "email": p.mail, "phone": p.phone})


_AROUND = (
    "Please take {x} off my account.", "{x}", "my card is {x}, thanks",
    "I paid with {x} but the order was cancelled.", "Card number: {x}",
    "why was {x} charged twice??", "We refunded {m} to {x} on {d}.",
    "New card for the subscription, {x}, valid from {d}.", "The card {x} was declined.",
    "Hi, {f} here. The number is {x}.", "card on file = {x}", "Is {x} the one you have? I paid {m}.",
    "lost my card {x} on {d}, please block it!!",
    "Order of {d}, paid with {x}.", "{f} used {x} for the {m} booking.",
)  # fmt: skip


@area.family(
    "partial masking",
    "[give|return|write] the card number (16 digits) from the message with every digit but the last {keep} [replaced "
    "by|turned into] {mark}; {groups}. [Return only the number.|Nothing but the number.]",
    "Card number, last {keep} digits visible, each other digit -> {mark}; {groups}. Output the number alone.",
    "For the receipt I need the customer's card number in masked form: keep the last {keep} digits, put {mark} in "
    "place of each [digit before|earlier digit], and {groups}. "
    "The message holds exactly one number of 16 digits; [answer with its masked form and nothing else|output just "
    "that number].",
    given="a message with a card number",
    keep=number(2, 6),
    mark=token("*", "x", "#", "X", "•", "0", "-"),
    groups=choice({
        "keep the spaces or hyphens between groups": True, "leave spaces and hyphens where they are": True,
        "drop spaces and hyphens": False, "write it without spaces or hyphens": False,
    }),
)  # fmt: skip
def card_masked_to_last_digits(draw: Draw, p: Values) -> Pair:
    card = banks.card(draw)
    masked, seen = "", 0
    for mark in card:
        if mark.isdigit():
            seen += 1
            masked += mark if seen > 16 - p.keep else p.mark
        elif p.groups:
            masked += mark
    text = draw.pick(_AROUND).format(
        x=card, m=f"${draw.randint(5, 400)}", d=draw.pick(words.KINDS["weekday"]), f=banks.given_name(draw)
    )
    return noise.untidy(draw, text), masked


_MAIL_AROUND = (
    "Reset link sent to {x}", "user {x} signed in at {t}", "{x}", "Please change my address to {x}.",
    "hi, is {x} still subscribed?", "Delivery to <{x}> failed.",
    "Confirmation was sent to {x} at {t}.", "My login is {x} and I cannot get in!", "From: {x}",
    "contact: {x}, after {t}", "Bounce: {x} (mailbox full)", "cc {x} pls",
)  # fmt: skip
_NO_MAIL = ("My mail does not work.", "user @kira signed in at {t}", "please call me at {t}",
    "Reset link was not sent.", "login failed twice", "write me a mail", "contact: see website",
            "I have no e-mail, only a phone", "follow us @blue_harbour", "Meet @ {t} by the gate")  # fmt: skip


@area.family(
    "partial masking",
    "[output|give] the e-mail address of the text with only the first {keep} [characters|signs] of the part before "
    "the @ left, then {stars}, then {end}; {none} if there is no e-mail address",
    "Masked e-mail: first {keep} characters of the local part + {stars} + {end}. No address in there: {none}",
    'On our "check your inbox" page we show the address in a masked way. Take the e-mail address from the text, keep '
    'the first {keep} characters before the @ and put {stars} for the others '
    "(however many there are), followed by {end}. If the text has no address, [show|write] {none}.",
    given="a log line or message",
    keep=number(2, 4),
    stars=token("***", "****", "...", "(hidden)", "xxx", "--", "*"),
    end=choice({
        "the @ and the domain": "@{d}", "@ and the whole domain": "@{d}",
        "@ and the top-level domain alone (as in @com)": "@{t}",
        "nothing more (drop the @ and the domain)": "",
        "the @ sign and once more the same mask, without the domain": "@{s}",
    }),
    none=missing(),
)  # fmt: skip
def address_masked_before_the_at(draw: Draw, p: Values) -> Pair:
    clock = f"{draw.randint(7, 21)}:{draw.randint(10, 59)}"
    if draw.chance(0.15):
        return draw.pick(_NO_MAIL).format(t=clock), p.none
    while True:
        address = banks.mail(draw)
        local, _, domain = address.partition("@")
        if len(local) > 4:
            break
    end = p.end.format(d=domain, t=domain.rpartition(".")[2], s=p.stars)
    return noise.untidy(draw, draw.pick(_MAIL_AROUND).format(x=address, t=clock)), local[
        : p.keep
    ] + p.stars + end


@area.family(
    "allow lists",
    "replace every e-mail address in the text by {token}, except our own {ours}, which [stays|is public]; addresses "
    "that are [merely similar|only alike] are masked too",
    "Mask e-mail addresses with {token}. [Exception|Only exception]: {ours} (exactly this one) stays. Rest of the "
    "text unchanged.",
    "Before a ticket goes to the forum I hide the e-mail addresses in it. Everybody may see {ours}, so leave that "
    "one [visible|in]; put {token} in place of any other address, "
    "even if it [looks nearly the same|differs in one letter only] or has the same domain. [No other changes.|]",
    given="a ticket",
    ours=token("support@acme.example", "help@northwind.example", "hello@greenleaf.example",
    "service@fastlane.example", "team@pixelprint.example", "info@riverside.example", "care@silverline.example"),
    token=token(*_HIDDEN),
)  # fmt: skip
def every_address_but_our_own(draw: Draw, p: Values) -> Pair:
    local, _, domain = p.ours.partition("@")
    near = (
        f"{local}2@{domain}",
        f"it-{local}@{domain}",
        f"{local}@{domain.replace('example', 'example.org')}",
        f"{banks.given_name(draw).lower()}@{domain}",
        f"{local}.{domain.partition('.')[0]}@mail.example",
    )
    parts: banks.Parts = []
    for _ in range(draw.randint(1, 3)):
        kind = draw.pick(("ours", "near", "other", "other"))
        fixed = {"ours": p.ours, "near": draw.pick(near)}.get(kind)
        part = banks.message(draw, ("email",), 0, 1)
        parts += [("", " " if parts else "")] + [(k, fixed if k == "email" and fixed else t) for k, t in part]
    hidden = [(k, p.token if k == "email" and t != p.ours else t) for k, t in parts]
    return banks.text_of(parts), banks.text_of(hidden)


_STAFF_LINES = (
    "{n} closed the ticket.", "{n} wants a refund.", "I spoke to {n} and {m}.", "{n} will call {m} back.",
    "Assigned to {n}.", "{n}: still broken!", "Complaint by {n} about {m}.",
    "{n} was very helpful, thanks {m}.", "Parcel given to {n}.", "{n} asked for the manager.",
    "{n} and {m} met on the phone.", "No answer from {n} yet.", "ask {n}",
    "{n} lives next door to {m}.", "Signed by {n}.", "{n} said {m} knows the code.", "Meeting with {n} moved.",
    "Told {n} to wait.",
)  # fmt: skip


@area.family(
    "allow lists",
    "replace [every|each] first name in the note by {token} unless it is one of our staff: {staff}. [Change nothing "
    "else.|The rest stays as it is.]",
    "[Staff|Colleagues|Our people] = {staff}; [their names stay|these names stay|names to keep]. [Any other person's "
    "name|Names of all others] -> {token}. [Rest of the note|Everything else] unchanged.",
    "Our call notes name both customers and colleagues. The colleagues are {staff} and may be named; all other "
    "people are customers, and their names must be [hidden|masked] with {token}. "
    "Give back the note, otherwise [unchanged|word for word].",
    given="a call note",
    staff=choice({
        "Anna, Ben and Carla": ("Anna", "Ben", "Carla"), "Priya and Tom": ("Priya", "Tom"),
        "Omar, Lena, Jack and Mei": ("Omar", "Lena", "Jack", "Mei"),
        "Sofia, Max": ("Sofia", "Max"), "Kofi, Ingrid and Paul": ("Kofi", "Ingrid", "Paul"), "Nadia": ("Nadia",),
        "Ravi, Ella, Hugo": ("Ravi", "Ella", "Hugo"), "Zoe, Adam and Yusuf": ("Zoe", "Adam", "Yusuf"),
    }),
    token=token("[CUSTOMER]", "<customer>", "C.", "***", "customer", "NN", "[client]", "XX", "(name)"),
)  # fmt: skip
def customers_hidden_colleagues_kept(draw: Draw, p: Values) -> Pair:
    shown, hidden = [], []
    for line in draw.some(_STAFF_LINES, 1, 4):
        pair = banks.people(draw, 2, lambda d: d.pick(p.staff) if d.chance(0.4) else banks.given_name(d))
        shown.append(line.format(n=pair[0], m=pair[1]))
        masked = [n if n in p.staff else p.token for n in pair]
        hidden.append(line.format(n=masked[0], m=masked[1]))
    joint = draw.pick((" ", "\n"))
    return joint.join(shown), joint.join(hidden)


@area.family(
    "finding personal data",
    "[name|list] the kinds of personal data in the message: {email} for an e-mail address, {phone} for a phone "
    "number, {address} for a street address, {iban} for a bank account (IBAN), {dob} for a "
    "date of birth. Each kind once, in the order I just gave, separated by {separator}; {none} if it has none of them",
    "Which of these occur? e-mail address = {email}, phone number = {phone}, street with house number = {address}, "
    "IBAN = {iban}, date of birth = {dob}. [Answer in this order|Keep this order], joined by "
    "{separator}, no repeats, {none} if there are none.",
    "For our data map I scan [incoming mail|form entries]. Write {email} if there is an e-mail address, {phone} if "
    "there is a phone number, {address} if a street address is given, {iban} if there is an IBAN and {dob} "
    "if somebody's date of birth is given. [Several|More than one]: same order as here, {separator} in between, each "
    "only once. Names, prices and order numbers do not count. Nothing of the five: {none}.",
    given="a message",
    difficulty=3,
    labels=labels(email=("email", "mail", "E"), phone=("phone", "tel", "P"), address=("address", "street", "A"),
    iban=("iban", "account", "I"), dob=("birthdate", "dob", "B")),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def personal_kinds_present(draw: Draw, p: Values) -> Pair:
    order = ("email", "phone", "address", "iban", "dob")
    kinds = draw.some(order, 0, draw.pick((1, 2, 3)))
    extra = ["name"] if draw.chance(0.3) else []
    if kinds and draw.chance(0.2):
        extra.append(draw.pick(kinds))
    parts = banks.message(draw, kinds + extra, 0, 2)
    return banks.text_of(parts), p.separator.join(p.labels[k] for k in order if k in kinds) or p.none


@area.family(
    "finding personal data",
    "[extract|give] the {which} contact detail in the message ([contact details are|that is] e-mail addresses and "
    "phone numbers, whichever kind it is) as it is written; {none} if there is none",
    "{which} [e-mail address or phone number|phone number or e-mail address], copied exactly [from the text|as "
    "written]. [Neither|No such thing|If it has neither]: {none}",
    "[People leave|Customers tend to leave|Our visitors leave] several ways to reach them and I only "
    "[need|store|want] the {which} one. A contact detail is an e-mail address or a phone number; order numbers, "
    "IBANs and postal addresses are not. "
    "Copy it unchanged, or [write|put] {none} if the message has no contact detail.",
    given="a message",
    which=choice({"first": 0, "very first": 0, "last": -1, "final": -1, "second": 1}),
    none=missing(),
)
def contact_detail_by_place(draw: Draw, p: Values) -> Pair:
    kinds = [
        draw.pick(("email", "phone"))
        for _ in range(draw.randint(0, 3) if p.which != 1 else draw.randint(1, 3))
    ]
    parts = banks.message(draw, kinds + draw.some(("iban", "address", "name"), 0, 1), 0, 2)
    found = [text for kind, text in parts if kind in ("email", "phone")]
    try:
        return banks.text_of(parts), found[p.which]
    except IndexError:
        return banks.text_of(parts), p.none


@area.family(
    "finding personal data",
    "count the {kinds} in the [text|message] and [write|give|answer with|output] the number in digits; {repeats}[|, "
    "and if there are none the answer is 0]",
    "How many {kinds} [are in here|does the text have|in this text]? [Digits only|A number in digits|Just the "
    "number, in digits]; {repeats}. [0 if there are none.|None = 0.|If there are none, 0.]",
    "[I want to know|We need to know|I have to tell] how much there is to redact before [I give a file|a file goes] "
    "to the [typist|reviewer]: count the {kinds} in it; {repeats}. [The answer is a number in digits.|Answer with "
    "the number in digits.]",
    given="a text",
    difficulty=3,
    kinds=choice(_KINDS),
    repeats=choice({
        "the same one twice counts as two": False, "a repeated one counts each time": False,
        "count every occurrence, repeats too": False,
        "the same one twice counts once": True, "repeats of the same one count only once": True,
        "count different ones only": True,
    }),
)  # fmt: skip
def pieces_of_personal_data_counted(draw: Draw, p: Values) -> Pair:
    kinds = [draw.pick(p.kinds) for _ in range(draw.randint(0, 3))]
    parts = banks.message(draw, kinds + draw.some([k for k in _ALL if k not in p.kinds], 0, 2), 0, 1)
    found = [text for kind, text in parts if kind in p.kinds]
    if found and draw.chance(0.5):
        again = draw.pick(found)
        kind = next(k for k, t in parts if t == again)
        joint = draw.pick((" Again: {}", " I repeat: {}", "\n(so {}, ok?)", " That is {}."))
        parts += [("", joint.partition("{}")[0]), (kind, again), ("", joint.partition("{}")[2])]
        found.append(again)
    return banks.text_of(parts), str(len(set(found)) if p.repeats else len(found))
