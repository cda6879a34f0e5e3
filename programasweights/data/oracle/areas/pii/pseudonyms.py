"""PII and privacy: pseudonyms, chat logs, initials, who is named, people and organisations."""

import re

from programasweights.data.oracle.areas.pii import _banks as banks
from programasweights.data.oracle.banks import noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, token, yes_no

__all__ = ["area"]

area = Area("PII and privacy")

_SCENES = (
    "{a} sent {b} the report.", "{b} did not answer {a}.", "{a} left at {t}.", "Only {b} was in the room.",
    "Then {a} called {c}.", "{c} had seen {a} on {d}.", "{b} paid for the tickets.",
    "{c} was late again.", "Later {a} and {b} met at the station.", "{b} blamed {c} for it.",
    "On {d}, {c} told {b} the truth.", "Nobody had asked {a}.", "{a} owes {c} some money.",
    "{c} drove home with {b}.", "The keys were with {a}.", "{b} signed first, {a} second.",
    "{a} had never met {b} before {d}.", "I asked {c}, not {a}.", "For {b} this was new.",
    "{c} wants to speak to the manager.", "{a} is on leave until {d}.", "Without {c} it would not have worked.",
)  # fmt: skip


def _told(draw: Draw, count: int, low: int = 2, high: int = 5, final: bool = True) -> str:
    """A story about up to `count` people, called {a}, {b}, {c}; without `final`, no name is at the end of a sentence."""
    usable = [
        s for s in _SCENES if all("{" + x + "}" not in s for x in "abc"[count:]) and (final or s[-2] != "}")
    ]
    text = draw.pick((" ", " ", "\n")).join(draw.some(usable, low, high))
    return text.replace("{t}", f"{draw.randint(7, 21)}:{draw.randint(10, 59)}").replace(
        "{d}", draw.pick(words.KINDS["weekday"])
    )


def _mark(style: str, place: int) -> str:
    return str(place + 1) if style == "1" else "ABCDEFGH"[place]


_COUNTERS = {
    "numbers from 1 up": "1", "the numbers 1, 2, 3 ...": "1", "running numbers from 1": "1",
    "letters from A on": "A", "the capital letters A, B, C ...": "A", "capital letters in alphabetical order": "A",
}  # fmt: skip


@area.family(
    "pseudonyms",
    "replace the people's names in the text by {prefix} with {count} [directly behind it|attached to it], in the "
    "order in which people first appear; the same person always gets the same [one|replacement]. [Leave the rest as "
    "it is.|]",
    "[Names of people|Every person's name|People] -> {prefix} + {count}, by [first appearance|order of first "
    "mention], [consistent throughout the text|the same code for the same person]. [Other words unchanged.|Rest "
    "unchanged.]",
    "[I share|We share] [interview reports|reports] with [other researchers|students|partners], so nobody should be "
    "recognisable, but one must still see who did what. Give each person a code made of {prefix} and, right after it "
    "without extra characters, "
    "{count}: the person named first gets the first one, and so on. Use the same code whenever that person is named "
    "again and copy [all other text|everything else].",
    given="a report",
    prefix=token("Person", "P", "Person ", "User", "R-", "Client", "S", "subject_", "Witness ", "X"),
    count=choice(_COUNTERS),
)  # fmt: skip
def people_numbered_by_appearance(draw: Draw, p: Values) -> Pair:
    template = _told(draw, draw.randint(1, 3))
    people = banks.people(draw, 3, banks.given_name if draw.chance(0.6) else banks.full_name)
    order = list(dict.fromkeys(re.findall(r"\{([abc])\}", template)))
    codes = {slot: p.prefix + _mark(p.count, order.index(slot)) for slot in order}
    return template.format(**dict(zip("abc", people, strict=True))), template.format(**codes)


@area.family(
    "pseudonyms",
    "[use|apply] [the key at the top (names and their codes)|the key on top, in which names have codes]: "
    "{way} in the text below it, {form}. [Return|Output|Give back] [only the text, not the key|the text without the "
    "key]; names and codes that [are not in the key stay|the key does not list stay]",
    "[Key lines (name = code), empty line, text.|First lines: key, name = code. Then an empty line and a text.] [In "
    "the text|There]: {way}, {form}. [Output the text only.|Give the text without the key.] [Anything|Whatever is] "
    "not in the key is left alone.",
    "Our study [keeps|has] a [small|short] key of names and codes. The input [has|is] the key first, then an empty "
    "line, then a note. In [that|the] note, {way} wherever the key covers them, {form}, and [return|give "
    "back|output] the note alone. "
    "Whatever the key does not list stays as it is.",
    given="a key and a note",
    difficulty=3,
    way=choice({"put the code for each name": "code", "replace names by their codes": "code",
    "put the name for each code": "name", "replace codes by the names they stand for": "name"}),
    form=choice({"with square brackets around each replacement": "[{}]", "without brackets": "{}",
    "with an asterisk right before each replacement": "*{}", "with a tilde right before each replacement": "~{}",
    "with angle brackets around each replacement": "<{}>"}),
)  # fmt: skip
def names_and_codes_by_key(draw: Draw, p: Values) -> Pair:
    count = draw.randint(2, 3)
    people = banks.people(draw, 3, banks.given_name)
    codes = [f"{draw.pick('KQVZ')}{n}" for n in draw.sample(range(10, 99), 3)]
    listed = draw.mix(range(count))[: draw.randint(1, count)]
    key = "\n".join(f"{people[n]} = {codes[n]}" for n in listed)
    source, target = (people, codes) if p.way == "code" else (codes, people)
    template = _told(draw, count, 1, 3)
    after = [p.form.format(target[n]) if n in listed else source[n] for n in range(3)]
    shown = template.format(a=source[0], b=source[1], c=source[2])
    return f"{key}\n\n{shown}", template.format(a=after[0], b=after[1], c=after[2])


_LINES = (
    "are you there?", "yes, just came in", "{o} can you look at the invoice?", "not today", "thanks {o}!",
    "did you call the bank", "ok", "I'll ask my boss tomorrow", "{o}, the door is open",
    "sorry was in a meeting", "who has the key?", "no idea, maybe {o}", "see you at {t}", "that was {o}, not me",
    "lol", "please don't tell anyone", "sent it at {t}", "wait", "what did {o} say?",
    "my train is late", "can we talk?", "sure, {t} works", "the file is broken again", "hi {o} :)",
    "good morning everybody",
)  # fmt: skip


@area.family(
    "chat logs",
    "[anonymise|pseudonymise] the chat: replace the speakers' names by {prefix} followed at once by {count}, in the "
    "order in which they first speak; {inside}. [Everything else stays.|]",
    "[Chat log.|Chat transcript.|Log of a chat.] [Speaker names|Names of the speakers] -> {prefix} + {count} ([order "
    "of first line|order in which they first speak]); {inside}. Keep the lines and their text.",
    "[I collect|We collect] chats for a [language study|course|test set] and everybody was promised to stay "
    "anonymous. [Give|Assign] each speaker a code, namely {prefix} and directly after it {count}, going by who "
    "writes first; {inside}. "
    "[The format of the log|The log's format] must stay the same.",
    given="a chat log",
    difficulty=3,
    prefix=token("Speaker", "S", "User ", "P", "Chatter", "spk_", "Member ", "U-"),
    count=choice(_COUNTERS),
    inside=choice({
        "a speaker's name within a message is replaced by the same code": True,
        "do the same where a message mentions a speaker's name": True,
        "names within the messages stay as they are": False,
        "only the name at the start of a line is replaced": False,
    }),
)  # fmt: skip
def chat_speakers_coded(draw: Draw, p: Values) -> Pair:
    people = banks.people(draw, draw.randint(2, 3), banks.given_name)
    form = draw.pick(("{n}: {x}", "<{n}> {x}", "[{t}] {n}: {x}", "{n} ({t}): {x}", "{n} > {x}"))
    turns = people + [draw.pick(people) for _ in range(draw.randint(0, 3))]
    codes = {name: p.prefix + _mark(p.count, n) for n, name in enumerate(people)}
    shown, hidden = [], []
    for name, line in zip(turns, draw.some(_LINES, len(turns)), strict=True):
        other = draw.pick([n for n in people if n != name])
        clock = f"{draw.randint(8, 20)}:{draw.randint(10, 59)}"
        shown.append(form.format(n=name, t=clock, x=line.format(o=other, t=clock)))
        hidden.append(
            form.format(n=codes[name], t=clock, x=line.format(o=codes[other] if p.inside else other, t=clock))
        )
    return "\n".join(shown), "\n".join(hidden)


@area.family(
    "chat logs",
    "[keep|return] only the lines that {who} wrote, without the name and the colon, joined by {separator}; {none} if "
    "[that side|this side] wrote nothing",
    "Lines of the chat by {who}: text only (cut the speaker's name and colon), joined by {separator}. [If there are "
    "none|No such line]: {none}",
    "We train staff with old chats but must remove one side of the talk for privacy. A line starts with Agent: or "
    "Customer: in any letter case. [Give|Output] the lines by {who}, without that start, in their order and with "
    "{separator} in between. If there is no such line, {none}.",
    given="a chat between an agent and a customer",
    who=choice(
        {
            "the agent": "agent",
            "our agent": "agent",
            "the customer": "customer",
            "the person who asks (the customer)": "customer",
        }
    ),
    separator=separator(),
    none=missing(),
)
def one_side_of_a_chat(draw: Draw, p: Values) -> Pair:
    sides = [draw.pick(("agent", "customer")) for _ in range(draw.randint(2, 5))]
    if draw.chance(0.15):
        sides = [draw.pick(("agent", "customer"))] * len(sides)
    case = draw.pick((str.upper, str.title, str.lower, str.title))
    name = banks.given_name(draw)
    lines = [line.format(o=name, t=f"{draw.randint(8, 20)}:30") for line in draw.some(_LINES, len(sides))]
    text = "\n".join(f"{case(side)}: {line}" for side, line in zip(sides, lines, strict=True))
    return text, p.separator.join(x for s, x in zip(sides, lines, strict=True) if s == p.who) or p.none


_INITIALS = {
    "both initials with full stops and a space (J. S. for Jane Smith)": "{f[0]}. {l[0]}.",
    "the two initials without stops or space (JS for Jane Smith)": "{f[0]}{l[0]}",
    "the first name and the initial of the last name with a full stop (Jane S. for Jane Smith)": "{f} {l[0]}.",
    "the initial of the first name with a full stop, then the last name (J. Smith for Jane Smith)": "{f[0]}. {l}",
    "the last name, a comma and the initial of the first name with a full stop (Smith, J. for Jane Smith)": "{l}, {f[0]}.",
    "the first name alone (Jane for Jane Smith)": "{f}",
    "the initials joined by a hyphen (J-S for Jane Smith)": "{f[0]}-{l[0]}",
    "the initials in the order last name, first name, without stops or space (SJ for Jane Smith)": "{l[0]}{f[0]}",
}  # fmt: skip


@area.family(
    "initials",
    "[shorten|cut|abbreviate|reduce] the [name|person's name] to {form}; [drop|leave out|ignore] titles such as Dr "
    "or Prof.; a comma means that the last name comes first; [a double name with a hyphen counts as one name|treat a "
    "hyphenated last name as one name]",
    "[Name|Person's name|Full name|One name] -> {form}. [Titles go.|No titles.|Without titles.] \"Last, First\" [is "
    "turned round first|means the last name is in front]. Hyphenated last name = one name.",
    "[Our public list|The public list|The list on our site] of [members|donors|guests] [must not|should not|may not] "
    "show full names, so [write each as|every name becomes|I need each as] {form}. The input may have a title in "
    "front (leave it out) or be given as last name, comma, first name. "
    "[Double names with a hyphen|Hyphenated names] count as a single name.",
    given="a person's name",
    form=choice(_INITIALS),
)  # fmt: skip
def name_cut_to_initials(draw: Draw, p: Values) -> Pair:
    first, _, last = banks.full_name(draw).partition(" ")
    title = draw.pick(("", "", "", "", "Dr ", "Prof. ", "Dr. ", "Prof. Dr. "))
    shown = f"{last}, {title}{first}" if draw.chance(0.35) else f"{title}{first} {last}"
    return noise.untidy(draw, shown), p.form.format(f=first, l=last)


@area.family(
    "initials",
    "[shorten|cut|abbreviate] [every full name|each full name] of a person in the [text|minutes] to {form}; [all "
    "other words stay|leave all other words|everything else stays]",
    "[Each full name|Full names in the text|People's full names|Full names] -> {form}[, everywhere in the text|, "
    "each time they occur|]. [Rest unchanged.|Do not touch anything else.|Other words stay.]",
    "[The|Our] [minutes|records] go on [our website|the intranet|the notice board], and we agreed to "
    "[print|show|name] people only as {form}. Rewrite the text accordingly: each full name is shortened, and every "
    "other word [is copied|stays].",
    given="a paragraph of minutes",
    form=choice(_INITIALS),
)
def names_in_minutes_shortened(draw: Draw, p: Values) -> Pair:
    template = _told(draw, draw.randint(1, 3), 1, 4, final=False)
    people = [n.split(" ", 1) for n in banks.people(draw, 3)]
    full = {slot: " ".join(n) for slot, n in zip("abc", people, strict=True)}
    short = {slot: p.form.format(f=n[0], l=n[1]) for slot, n in zip("abc", people, strict=True)}
    return template.format(**full), template.format(**short)


_ROLE_LINES: dict[str, tuple[str, ...]] = {
    "caller": ("{} rang us at {t} about it.", "Call received from {}.", "Caller: {}", "On the phone was {}.",
    "It was {} who rang the hotline."),
    "driver": ("{} was driving.", "Driver: {}", "At the wheel sat {}.", "The car was driven by {}.",
    "{} drove the van."),
    "witness": ("{} saw it from the window.", "Witness: {}", "A witness, {}, has made a statement.",
    "{} stood at the bus stop and watched everything.", "Seen by {}, who was only passing."),
    "owner": ("The car belongs to {}.", "Owner: {}", "{} owns the car.", "Registered keeper and owner is {}.",
    "It is {}'s car."),
    "officer": ("Report taken by officer {}.", "Officer: {}", "Police officer {} came at {t}.",
    "{} of the city police wrote it up.", "Handled by constable {}."),
}  # fmt: skip


@area.family(
    "who is named",
    "[give|write|extract] the name of {role} in the accident report[, as it is written there|, just the name]; if "
    "the report does not name {role}, answer {none}",
    "[Name of|Who is] {role}[, nothing else|? Just the name] ({none} if not named)",
    "Before I black out names in accident reports I need to know who is who. [Tell me|Return] the full name of "
    "{role} [without title|without rank or title] and nothing more. When the report leaves {role} unnamed, say "
    "{none}.",
    given="an accident report",
    role=choice({"the caller": "caller", "the person who phoned it in": "caller", "the driver": "driver",
    "the witness": "witness", "the eyewitness": "witness", "the owner of the car": "owner",
    "the car's owner": "owner", "the police officer": "officer"}),
    none=missing(),
)  # fmt: skip
def name_of_a_role(draw: Draw, p: Values) -> Pair:
    roles = draw.some([r for r in _ROLE_LINES if r != p.role], 1, 3) + ([p.role] if draw.chance(0.78) else [])
    people = banks.people(draw, len(roles))
    who = dict(zip(roles, people, strict=True))
    lines = [
        draw.pick(_ROLE_LINES[r])
        .replace("{t}", f"{draw.randint(7, 22)}:{draw.randint(10, 59)}")
        .format(who[r])
        for r in draw.mix(roles)
    ]
    extra = draw.some(
        (
            "No one was hurt.",
            "The road was wet.",
            "Damage about $800.",
            "Photos are attached.",
            "Traffic was blocked for an hour.",
        ),
        0,
        1,
    )
    lines = [line if line.endswith(".") else f"{line}." for line in lines] if draw.chance(0.5) else lines
    return ("\n" if any(line[-1] != "." for line in lines) else " ").join(draw.mix(lines + extra)), who.get(
        p.role, p.none
    )


_FIRM_SHAPES = ("{l} Ltd", "{l} & Sons Ltd", "{l} GmbH", "{l} Plumbing", "{l} Bakery", "The {l} Group",
    "{l} Logistics Inc.", "{l} Insurance", "{l} Dental Clinic", "{l} Consulting LLC", "Hotel {l}",
                "{l} Motors", "{l} & Partners LLP", "{f} {l} Foundation", "{f} {l} Photography Ltd",
                "University of {c}", "City of {c}", "{c} Airport", "{c} Housing Association", "{c} Football Club",
                "Bank of {c}")  # fmt: skip
_PERSON_SHAPES = ("{f} {l}", "{f} {l}", "Mrs {l}", "{l}, {f}", "Dr {f} {l}", "Mr {f} {l}", "{f} {i}. {l}",
    "{f} {l} from {c}", "{f} {l} (aunt)", "{f} {l} jr.", "Ms {l}", "{F} {L}", "{f} {l}, baker",
    "{f} {l}, formerly of {l} Ltd")  # fmt: skip


@area.family(
    "who is named",
    "decide whether the [entry|line] of the address book is one human being or an organisation: {human} for a human "
    "being, {firm} for a company, public body, club or other organisation (even one named after a person)",
    "{firm} = company, office, club or the like (also if it bears somebody's name); {human} = a private human being",
    "Data protection law covers people, not companies, so I sort our [contact list|supplier list]. Answer {human} "
    "where the entry names one human being, and {firm} where it names a business, authority, association or similar, "
    "[including|also] businesses that are called after their founder.",
    given="an entry of an address book",
    labels=labels(human=("person", "human", "private", "individual"), firm=("organisation", "firm", "business",
    "company")),
    difficulty=1,
)  # fmt: skip
def human_or_organisation(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("human", "firm"))
    first, _, last = banks.full_name(draw).partition(" ")
    text = draw.pick(_PERSON_SHAPES if kind == "human" else _FIRM_SHAPES).format(
        f=first, l=last, c=draw.pick(banks.TOWNS), i=draw.pick("ABCDEHJKLMR"), F=first.upper(), L=last.upper()
    )
    return text, p.labels[kind]


_ROLE_BOXES = "info support sales office hello contact billing jobs press team admin newsletter orders help service marketing accounts noreply reception hr returns".split()


@area.family(
    "who is named",
    "[tell|decide] whether the e-mail address is personal: {yes} if the part before the @ holds a person's name, "
    "{no} if it is a shared mailbox named after a task or department (such as [info|sales|support])",
    "Address with a person's name before the @: {yes}. Role mailbox ([office@, help@|billing@, jobs@] and so on): "
    "{no}. The domain does not matter.",
    "I may only [mail|write to] shared company mailboxes without consent. Answer {yes} for an address that belongs "
    "to one named person, judged by the part before the @, and {no} for the shared ones that are named after a job "
    "or department. "
    "A name in the domain says nothing.",
    given="an e-mail address",
    labels=yes_no(),
    difficulty=1,
)  # fmt: skip
def personal_or_shared_mailbox(draw: Draw, p: Values) -> Pair:
    first, _, last = (re.sub(r"[^a-z ]", "", banks.full_name(draw).lower()) or "anna smith").partition(" ")
    other = re.sub(r"[^a-z]", "", banks.full_name(draw).lower().split(" ", 1)[1]) or "jones"
    domain = draw.pick(
        (
            f"{other}.com",
            f"{other}-bau.de",
            "gmail.com",
            f"mail.{other}.org",
            f"{draw.pick(banks.FIRMS).split()[0].lower()}.example",
            f"{draw.pick(banks.TOWNS).lower()}.gov",
        )
    )
    personal = draw.chance(0.5)
    if personal:
        local = draw.pick(
            (
                f"{first}.{last}",
                f"{last}.{first}",
                f"{first}_{last}",
                f"{first}-{last}",
                f"{first}.{last}{draw.randint(1, 99)}",
            )
        )
    else:
        local = draw.pick(_ROLE_BOXES) + draw.pick(
            ("", "", "", ".de", "2", "-uk", "_eu", f".{draw.pick(banks.TOWNS).lower()}")
        )
    shown = f"{local}@{domain}"
    return draw.pick((shown, shown, shown.upper(), f"<{shown}>", f"mailto:{shown}")), p.labels[
        "yes" if personal else "no"
    ]
