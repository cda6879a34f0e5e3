"""Checks in an office: mails before they go out, senders who are not who they say, texts before release."""

import re

from programasweights.data.oracle.areas.fuzzy_classification._banks import bank, capital, chain, say
from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Safety and quality")

_PAPERS = tuple(
    "invoice contract agenda report quote manual certificate budget timetable checklist photo logo receipt floorplan"
    " menu leaflet questionnaire minutes".split()
)
_ATTACHED = bank("""please find the {x} attached / I have attached the {x} / the {x} is [attached|in the attachment] /
    attached you will find the {x} / see the attached {x} / I am attaching the {x} to this mail / here is the {x} as an
    attachment / the {x} is enclosed as a file""")
_NOT_ATTACHED = bank("""the {x} will follow [by post|next week|on {day}] / could you send me the {x}? / {first} has got the
    {x} / I put the {x} in the shared folder / the {x} hangs on the wall in {city} / thank you for the {x} that you sent on
    {day} / we talked about the {x} on {day} / I have not finished the {x} yet / did {first} show you the {x}?""")
_SMALL_TALK = bank("""I hope you had a good week / see you on {day} / let us talk at {clock} / call me if anything is unclear
    / the meeting in {city} went well / {first} sends regards / thanks for your patience / we start in {month}""")
_FILE_ENDS = (".pdf", ".docx", ".png", ".xlsx", ".jpg", ".odt")


def _file_name(draw: Draw, paper: str) -> str:
    form = draw.pick(("{}", "{}_{n}", "{n}_{}", "{}-v{n}", "{} final", "our_{}"))
    name = form.format(paper, n=draw.randint(2, 2040))
    return (name.upper() if draw.chance(0.15) else name) + draw.pick(_FILE_ENDS)


@area.family(
    "checks before sending",
    "[name|list] what the mail claims to have attached although no attached file has that word in its name, in the "
    "order of the text, [divided by|separated by] {separator}; {none} if every announced attachment is there or none "
    "is announced. [One word for each, as in the mail|Write single words as they stand in the mail]",
    "Forgotten attachments: things the mail says are attached, but no file name contains the word. [One word "
    "each|Single words], in text order, {separator} between them; nothing forgotten: {none}",
    "I keep sending mails without the file. [You see|You get] the text and the list of attached files. [Tell|Show] me "
    "which announced attachments are lacking: the word from the mail (such as 'map') counts as present if it is part "
    "of a file name, in any letter case. Papers that are only mentioned, promised for later or asked for do not "
    "matter. Put {separator} between several, in the order of the mail, and write {none} if nothing is lacking.",
    given="a mail with its list of attached files",
    difficulty=3,
    separator=separator(),
    none=missing("complete", "ok", "all there"),
)
def attachments_announced_but_missing(draw: Draw, p: Values) -> Pair:
    papers = draw.some(_PAPERS, 5)
    announced = papers[: draw.randint(1, 3)]
    absent = draw.some(announced, draw.pick((0, 1, 1, 2)))
    said = [
        (x, _agreed(chain(draw, t, x=x), x)) for x, t in zip(announced, draw.mix(_ATTACHED), strict=False)
    ]
    other = [_agreed(say(draw, _NOT_ATTACHED, x=papers[3]), papers[3])] if draw.chance(0.6) else []
    other += [say(draw, _SMALL_TALK)] if draw.chance(0.6) else []
    parts = draw.mix(said + [("", text) for text in other])
    files = [_file_name(draw, x) for x in announced if x not in absent]
    files += [_file_name(draw, papers[4])] if draw.chance(0.3) else []
    text = " ".join(capital(t) + ("" if t[-1] == "?" else ".") for _, t in parts)
    head = draw.pick(("", f"Hi {names.first_name(draw)},\n", f"Dear {names.full_name(draw)},\n\n"))
    shown = ", ".join(draw.mix(files)) or draw.pick(("-", "none", "(no files)"))
    tail = draw.pick(("\n\nAttachments: ", "\nFiles: ", "\n--\nattached files: ")) + shown
    return head + text + tail, p.separator.join(x for x, _ in parts if x in absent) or p.none


def _agreed(text: str, paper: str) -> str:
    """The text with a plural verb if the paper is called minutes."""
    if paper != "minutes":
        return text
    return re.sub(r"minutes (is|hangs) ", "minutes are ", text).replace("here is the", "here are the")


_STYLE_NAMES = {"first": ("first name", "given name"), "last": ("last name", "surname", "family name")}


@area.family(
    "checks before sending",
    "[check|compare] the greeting with the name in the To line. Our style is to greet people by their {part}: answer "
    "{fine} if the greeting does so, {style} if it names the right person by the other part of the name or by the "
    "whole name, {other} if it names somebody else, {empty} if it names nobody",
    "Greeting vs. To line. Recipient's {part} alone (a title is fine) -> {fine}; right person, but other part or full "
    "name -> {style}; somebody else's name -> {other}; no name -> {empty}",
    "Before our mails go out I want to catch wrong greetings. [We|In our firm we] address everyone by {part}, with or "
    "without a title such as Ms. [Answer|Return] {fine} for a greeting like that which fits the recipient. {style} "
    "means it is the right person but not by {part} only, {other} that the name is not the recipient's at all, and "
    "{empty} that the greeting holds no name.",
    given="a mail with its To line",
    part=choice({name: key for key, said in _STYLE_NAMES.items() for name in said}),
    labels=labels(fine=("ok", "fine", "send"), style=("style", "form", "reword"), other=("wrong person", "mismatch",
        "stop"), empty=("no name", "impersonal", "general")),
)  # fmt: skip
def greeting_of_another_person(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("fine", "style", "other", "empty"))
    first, last = names.first_name(draw), names.last_name(draw)
    while first == last:
        first = names.first_name(draw)
    wrong = names.first_name(draw) if draw.chance(0.5) else names.last_name(draw)
    while wrong in (first, last) or wrong.split()[0] in last or last in wrong:
        wrong = names.first_name(draw)
    right, turned = (first, last) if p.part == "first" else (last, first)
    title = draw.pick(("Ms ", "Mr ", "Dr ", ""))
    whom = {
        "fine": (title if p.part == "last" else "") + right,
        "style": (title if p.part == "first" else "") + turned if draw.chance(0.6) else f"{first} {last}",
        "other": wrong if draw.chance(0.5) else f"{names.first_name(draw)} {wrong}",
        "empty": draw.pick(("all", "there", "team", "Sir or Madam", "colleague", "customer")),
    }[kind]
    if kind == "other" and first in whom.split():
        whom = wrong
    hello = (
        draw.pick(("Dear", "Hello", "Hi", "Dear", "Good morning")) + " " + whom + draw.pick((",", "!", ""))
    )
    address = re.sub(r"[^a-z.]", "", f"{first}.{last}".lower()) or "mail"
    to = draw.pick(
        (f"{first} {last}", f"{first} {last} <{address}@{names.domain(draw)}>", f'"{last}, {first}"')
    )
    body = " ".join(capital(chain(draw, t)) + "." for t in draw.some(_SMALL_TALK, 1, 2))
    subject = draw.pick(("", f"Subject: {capital(draw.pick(_PAPERS))}\n"))
    return f"To: {to}\n{subject}\n{hello}\n{body}", p.labels[kind]


_FIRMS = ("Norbank", "Citypost", "MailHub", "PayQuick", "Kingsway", "CloudSafe", "StreamBox", "ParcelOne", "TeleNet",
          "Bluewater", "Zentrix", "Oakfield", "Lumina", "Vantor")  # fmt: skip
_OWN_ENDS = (".com", ".eu", ".co.uk", ".org")
_OWN_FORMS = ("{f} (mail domain {d})", "{f}, whose mail comes from {d}", "{f} with the domain {d}")


def _firms() -> dict[str, tuple[str, str]]:
    made: dict[str, tuple[str, str]] = {}
    for n, firm in enumerate(_FIRMS):
        domain = firm.lower() + _OWN_ENDS[n % len(_OWN_ENDS)]
        for form in _OWN_FORMS:
            made[form.format(f=firm, d=domain)] = (firm, domain)
    return made


@area.family(
    "false senders",
    "We are {who}. Look at the From line: {inside} if its address is [at|in] our domain exactly, {posing} if it is not "
    "but our firm's name [appears|stands] anywhere in the line (display name or address, any letter case), {outside} "
    "[for all others|otherwise]",
    "Firm: {who}. Sender at that domain = {inside}; another domain but the firm's name somewhere in the line = "
    "{posing}; neither = {outside}. [Subdomains and look-alikes are other domains.|Only the exact domain counts.]",
    "We are {who}. Our staff get mails from people who pose as our own office. From the From line alone, [mark|label] "
    "a mail {inside} when what follows the @ is our domain and nothing more, {posing} when it comes from any other "
    "domain and yet shows our firm's name in the display name or in the address, and {outside} when it comes from "
    "elsewhere without using our name.",
    given="the From line of a mail",
    difficulty=2,
    who=choice(_firms()),
    labels=labels(inside=("internal", "own", "inside"), posing=("spoofed", "fake", "posing"), outside=("external",
        "foreign", "outside")),
)  # fmt: skip
def outside_sender_in_our_name(draw: Draw, p: Values) -> Pair:
    firm, domain = p.who
    low = firm.lower()
    kind = draw.pick(("inside", "posing", "outside"))
    person = names.full_name(draw)
    desk = draw.pick(("Support", "Accounts", "HR", "Service Desk", "Board", "Payroll", "IT"))
    local = draw.pick(("info", "no-reply", "office", "jobs", "hr", re.sub(r"\W", "", names.username(draw))))
    host = names.domain(draw)
    if kind == "inside":
        shown = draw.pick((person, f"{firm} {desk}", desk, f"{person} ({firm})", ""))
        address = f"{local}@{domain}"
    elif kind == "posing":
        shown, address = draw.pick((
            (f"{firm} {desk}", f"{local}@{host}"), (f"{person}, {firm}", f"{local}@{host}"),
            (desk, f"{local}@{low}-{draw.pick(('mail', 'help', 'secure'))}.com"), (desk, f"{local}@mail.{domain}"),
            (person, f"{low}.{local}@{host}"), (desk, f"{local}@{domain}.{host}"), (firm.upper(), f"{local}@{host}"),
        ))  # fmt: skip
    else:
        other = draw.pick([f for f in _FIRMS if f != firm])
        shown = draw.pick((person, desk, f"{other} {desk}", ""))
        address = f"{local}@{draw.pick((host, other.lower() + '.com'))}"
    line = f"{shown} <{address}>" if shown else address
    if shown and draw.chance(0.2):
        line = f'"{shown}" <{address}>'
    found = "inside" if address.endswith("@" + domain) else "posing" if low in line.lower() else "outside"
    return draw.pick(("From: ", "from: ", "")) + line, p.labels[found]


_BILL_LINES = bank("""please pay invoice {order} by {day} / the amount of {money} is due on {n} {month} / thank you for your
    order {order} / we enclose our bill for {money} / this is a reminder of invoice {order} / our offices are closed on {day}
    / please state {order} as the reference / for questions, ask {name} / we delivered {n} pallets to {city} on {day}""")
_ACCOUNT_LINES = bank("""please transfer the amount to {x} / our bank account: {x} / IBAN: {x} / account for payments {x} /
    kindly use the account {x} / we have changed banks, our account is {x} / as always, our account is {x} / nothing has
    changed, we still bank with {x} / note our account number: {x} / please pay to {x} from now on""")


def _spaced(text: str) -> str:
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


@area.family(
    "false senders",
    "[compare|check] the account in the supplier's mail with the account on file: {same} if it is the same number "
    "(spaces do not count), {changed} if it differs in [any|even one] character, {none} if the mail gives no account. "
    "[Go by the number, not by what the mail says about it|What the mail says about a change does not count]",
    "Account in the mail vs. account on file, spaces ignored: equal -> {same}, different -> {changed}, no account in "
    "the mail -> {none}. [Judge by the number itself.|The number decides, not the words.]",
    "Fraudsters write to us in the name of our suppliers and give a new bank account. The input has the account that "
    "we have on file, and the mail. [Return|Give] {changed} if the mail states an account number which is not "
    "exactly that one, be it only by a digit, {same} if it states ours with or without spaces, and {none} if there is "
    "no account number in it (order and invoice numbers are none). Suppliers may claim whatever they like about "
    "changes; only the number counts.",
    given="an account on file and a supplier's mail",
    labels=labels(same=("same", "pay", "ok"), changed=("changed", "hold", "alert"), none=("none", "no account",
        "nothing stated")),
)  # fmt: skip
def account_in_supplier_mail(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("same", "changed", "none"))
    known = names.iban(draw)
    other = names.iban(draw)
    if other == known or draw.chance(0.5):
        at = draw.randrange(6, len(known))
        digit = draw.pick([d for d in "0123456789" if d != known[at]])
        other = known[:at] + digit + known[at + 1 :]
    lines = [chain(draw, t) for t in draw.some(_BILL_LINES, 1, 3)]
    if kind != "none":
        number = known if kind == "same" else other
        number = _spaced(number) if draw.chance(0.5) else number
        lines.insert(draw.randint(0, len(lines)), say(draw, _ACCOUNT_LINES, x=number))
    text = " ".join(capital(line) + "." for line in lines)
    shown = _spaced(known) if draw.chance(0.4) else known
    head = draw.pick(("On file: {}\nMail: ", "Account on file: {}\n\n", "File: {}\n---\n")).format(shown)
    return head + text + draw.pick(("", f" {names.full_name(draw)}", "\nKind regards")), p.labels[kind]


_STRINGS = (
    ("Hello {0}, you have {1} new messages", ("de", "Hallo {0}, du hast {1} neue Nachrichten"), "name count"),
    ("{0} shared {1} with you", ("de", "{0} hat {1} mit dir geteilt"), "user file"),
    ("Your order {0} will arrive on {1}", ("fr", "Votre commande {0} arrivera le {1}"), "number date"),
    (
        "Pay {0} by {1} to keep your plan",
        ("es", "Paga {0} antes del {1} para conservar tu plan"),
        "amount date",
    ),
    ("{0} of {1} files copied to {2}", ("fr", "{0} fichiers sur {1} copiés dans {2}"), "done total folder"),
    ("Welcome to {0}, {1}!", ("es", "¡Bienvenido a {0}, {1}!"), "city user"),
    ("Error {0} in line {1} of {2}", ("de", "Fehler {0} in Zeile {1} von {2}"), "code line file"),
    ("{0} invited you to {1} at {2}", ("de", "{0} hat dich um {2} zu {1} eingeladen"), "user event time"),
    ("The price rose from {0} to {1}", ("fr", "Le prix est passé de {0} à {1}"), "old new"),
    ("Call {0} or write to {1}", ("es", "Llama al {0} o escribe a {1}"), "phone email"),
    ("{0} deleted {1} on {2}", ("fr", "{0} a supprimé {1} le {2}"), "user file date"),
    ("Seat {0} in coach {1}, train {2}", ("de", "Platz {0} in Wagen {1}, Zug {2}"), "seat coach train"),
    ("{0} is {1} minutes late", ("es", "{0} llega {1} minutos tarde"), "train minutes"),
    ("Hi {0}, your code is {1}", ("fr", "Bonjour {0}, votre code est {1}"), "name code"),
    ("Only {0} left at {1} in {2}", ("de", "Nur noch {0} zu {1} in {2}"), "count price shop"),
)
_MARKS = {
    "in curly braces, like {name},": "{%s}", "in double curly braces, like {{name}},": "{{%s}}",
    "between percent signs, like %name%,": "%%%s%%", "in angle brackets, like <name>,": "<%s>",
    "with a dollar sign, like ${name},": "${%s}", "with a colon before them, like :name,": ":%s",
}  # fmt: skip


@area.family(
    "texts for release",
    "compare the placeholders, written {marks} in the English text and its translation; list those {which}, with their "
    "marks and in order of appearance, [separated by|divided by] {separator}; {none} if there are none",
    "Placeholders are written {marks} in both lines. Which are {which}? [As written|With their marks], in order, "
    "{separator} between them. No such placeholder: {none}",
    "Our app crashed because a translator broke a placeholder. Each item has the English string and the translated "
    "one; variables are written {marks} and must be the same in both, in whatever order. [Give|Return] the "
    "placeholders {which}, exactly as written and in the order in which they stand there, joined with {separator}, or "
    "{none} when there is nothing of this kind. [Spelling and letter case matter.|A misspelt one is a different one.]",
    given="an English text and its translation",
    difficulty=3,
    marks=choice(_MARKS),
    which=choice({
        "found in the English text only": "lost", "missing from the translation": "lost",
        "found in the translation only": "new", "not found in the English text": "new",
    }),
    separator=separator(),
    none=missing("ok"),
)  # fmt: skip
def placeholders_lost_in_translation(draw: Draw, p: Values) -> Pair:
    source, (code, target), keys = draw.pick(_STRINGS)
    named = [p.marks % key for key in keys.split()]
    used = list(named)
    for place in draw.some(range(len(used)), draw.pick((0, 1, 1, 2))):
        key = keys.split()[place]
        used[place] = draw.pick((
            p.marks % key.capitalize(), key, p.marks % (key[0] + key[2:]), p.marks % (key + "s"), "...",
        ))  # fmt: skip
    held = [used[int(n)] for n in re.findall(r"\{(\d)\}", target)]
    first, second = source.format(*named), target.format(*used)
    found = [x for x in named if x not in held] if p.which == "lost" else [
        x for x in held if x not in named and x.startswith(p.marks[0])
    ]  # fmt: skip
    shape = draw.pick(("en: {}\n{c}: {}", "EN\t{}\n{C}\t{}", '"{}"\n"{}"', "English: {}\nTranslation: {}"))
    return shape.format(first, second, c=code, C=code.upper()), p.separator.join(found) or p.none


_COLOURS = "blue red green black white grey brown yellow".split()
_FEATURES = {
    "the colour": (_COLOURS, ("{x}",), ("it is {x}", "the colour is {x}", "it comes in {x}")),
    "the width": ([f"{n} cm" for n in range(35, 190, 5)], ("{x} wide",), ("it is {x} wide", "width: {x}", "it measures {x} across")),
    "the price": ([f"{n} euros" for n in range(15, 400, 5)], ("for {x}", "{x}"), ("I am asking {x}", "price: {x}", "it costs {x}")),
    "the year": ([str(n) for n in range(1985, 2024)], ("from {x}", "built in {x}"), ("it was made in {x}", "year: {x}", "I bought it new in {x}")),
    "the weight": ([f"{n} kg" for n in range(2, 40)], ("{x}",), ("it weighs {x}", "weight: {x}", "on the scales it is {x}")),
}  # fmt: skip
_ADVERT_CHAT = bank("""collection in {city} / we are moving house / no calls after {clock} please / it works fine / used by
    one owner / cash only / it was kept in a dry room / sorry for the photo / I can bring it on {day}""")


def _feature_lists() -> dict[str, tuple[str, ...]]:
    keys = tuple(_FEATURES)
    made: dict[str, tuple[str, ...]] = {}
    for n, first in enumerate(keys):
        for m, second in enumerate(keys[n + 1 :], n + 1):
            made[f"{first} and {second}"] = (first, second)
            for third in keys[m + 1 :]:
                made[f"{first}, {second} and {third}"] = (first, second, third)
    return made


@area.family(
    "texts for release",
    "[check|say] in which of these points the title and the text of the advert contradict each other: {facts}. "
    "[List|Name] them in these words and this order, [separated by|divided by] {separator}; {none} if they agree in "
    "all of them. A point that [only one of them|just one of the two] mentions is no contradiction",
    "Title and text must not differ in {facts}. Points that differ, in these words and order, {separator} between them "
    "([ignore other points|nothing else counts]; stated in one place only = no conflict); no conflict: {none}",
    "Sellers on our market often copy an old advert and forget to change half of it. Compare the title with the text "
    "for {facts}, and [tell|give] me each point for which both state something and the two do not match. Use the "
    "words and the order of this sentence, with {separator} in between, and {none} if nothing clashes. [Other points "
    "are not checked.|Differences in anything else do not interest me.]",
    given="an advert with title and text",
    difficulty=3,
    facts=choice(_feature_lists()),
    separator=separator(),
    none=missing("consistent", "ok"),
)
def advert_contradicts_itself(draw: Draw, p: Values) -> Pair:
    title, body, clash = [], [], []
    for fact, (stock, heads, lines) in _FEATURES.items():
        first, second = draw.some(stock, 2)
        where = draw.pick(
            ("both", "both", "head", "body", "none") if fact in p.facts else ("both", "head", "none")
        )
        differ = where == "both" and draw.chance(0.4)
        if where in ("both", "head"):
            title.append(draw.pick(heads).format(x=first))
        if where in ("both", "body"):
            body.append(draw.pick(lines).format(x=second if differ else first))
        if differ:
            clash.append(fact)
    start = capital(
        draw.pick(("bookshelf", "desk", "old mirror", "sofa", "cupboard", "folding table", "piano bench"))
    )
    more = [chain(draw, t) for t in draw.some(_ADVERT_CHAT, 1, 2)]
    text = " ".join(capital(t) + "." for t in draw.mix(body + more))
    head = ", ".join([start, *draw.mix(title)])
    shape = draw.pick(("Title: {}\nText: {}", "{}\n\n{}", "TITLE {}\nTEXT {}"))
    return shape.format(head, text), p.separator.join(f for f in p.facts if f in clash) or p.none
