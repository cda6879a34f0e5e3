"""Age limits, headlines and sources, links and files that are not what they seem, duplicates."""

import re

from programasweights.data.oracle.areas.fuzzy_classification._banks import (
    ITEMS,
    bank,
    capital,
    chain,
    letter,
    say,
)
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, yes_no

__all__ = ["area"]

area = Area("Safety and quality")

_SCENES = {
    "adult": bank("""a guard is shot dead in front of the camera / {first} is stabbed and dies / the band takes cocaine in the hotel / we watch a man being murdered in {city} / the soldiers are killed one after the other / {first} injects heroin / a hostage is executed on screen / the thief strangles the night watchman"""),
    "teen": bank("""two boys get into a fist fight / {first} is punched in the nose and bleeds / the captain breaks his arm in a fall, with a lot of screaming / everybody in the bar smokes / a wolf chases the children through a dark forest / the knights beat each other with sticks / a ghost frightens {first} in the cellar / the friends get drunk on wine / a boxer gets knocked out"""),
    "all": bank("""a dog finds its way home / {first} learns to bake bread / the children build a raft / a shy {noun} collector falls in love / the choir sings in {city} / two sisters open a café / a robot plants flowers / {first} wins the swimming race / the family travels to {city} by train / a cat moves in with a baker / the class puts on a play about the {noun} / a penguin looks for a friend"""),
}  # fmt: skip


@area.family(
    "age limits",
    "[give|choose|set] the age class of the film by its content: {adult} if somebody is killed on screen or hard drugs are taken, else {teen} if there is fighting, injury, fright, smoking or alcohol, else {all}",
    "Age class: a killing shown or hard drugs -> {adult}; otherwise violence without deaths, injuries, scary scenes, smoking or drinking -> {teen}; otherwise -> {all}. [The strictest class counts.|]",
    "Our cinema club gives each film one of three marks, and the strictest that applies counts. {adult} is for films in which people are killed on screen or take hard drugs. {teen} is for films with fights, injuries, frightening scenes, cigarettes or alcohol, but none of the former. {all} is for films with nothing of either sort. [Tell me the mark|Choose the mark] from the description.",
    given="a description of a film",
    labels=labels(adult=("18", "adult", "R"), teen=("12", "teen", "PG"), all=("0", "everyone", "U")),
)  # fmt: skip
def age_class_of_film(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("adult", "teen", "all"))
    lower = {"adult": ("teen", "all"), "teen": ("all",), "all": ("all",)}[kind]
    more = [s for level in lower for s in draw.some(_SCENES[level], 0 if kind == "adult" else 1, 2)]
    scenes = list(dict.fromkeys([draw.pick(_SCENES[kind]), *more]))[:4]
    start = draw.pick(
        (
            "",
            "",
            f"{names.city(draw)}, {draw.randint(1920, 2020)}. ",
            "A film for long evenings. ",
            f"{draw.randint(70, 180)} minutes. ",
            "In this film, we meet many people. ",
        )
    )
    return noise.untidy(
        draw, start + " ".join(capital(chain(draw, s)) + "." for s in draw.mix(scenes))
    ), p.labels[kind]


_RESTRICTED = {
    "alcohol": "{n} bottles of red wine / {n} cans of beer / a bottle of vodka / sparkling wine / {n} bottles of cider / gin, {n} small bottles / whisky",
    "tobacco": "{n} packs of cigarettes / cigars / rolling tobacco / pipe tobacco / {n} packs of menthol cigarettes",
    "knives": "hunting knife / pocket knife / kitchen knife, {n} inches / bread knife / set of {n} steak knives / cutter knife",
    "fireworks": "{n} rockets / bangers, pack of {num} / Roman candles / fireworks set / firecrackers",
    "energy drinks": "{n} cans of energy drink / sugar-free energy drink / energy drink, mango",
    "lottery tickets": "{n} scratch cards / lottery ticket / {n} lottery tickets for {day}",
}
_HARMLESS_GOODS = bank("""{n} bottles of grape juice / {n} cans of ginger beer without alcohol / alcohol-free beer / chocolate cigarettes / butter knife block, empty / forks and spoons / candles / birthday candles / {n} bottles of water / a rocket made of cardboard, for children / red wine glasses / beer mats / apple juice / cough drops / {n} bars of chocolate / a ticket for the zoo /
playing cards / pipe cleaners for crafts / knife sharpener / cake with icing / whisky glasses / a book about cigars / lemonade / {item} / paper plates""")


def _restricted_lists() -> dict[str, tuple[str, ...]]:
    keys = tuple(_RESTRICTED)
    made: dict[str, tuple[str, ...]] = {}
    for n, first in enumerate(keys):
        for second in keys[n + 1 :]:
            made[f"{first} and {second}"] = made[f"{second} or {first}"] = (first, second)
            for third in keys[keys.index(second) + 1 :]:
                made[f"{first}, {second} and {third}"] = (first, second, third)
    return made


@area.family(
    "age limits",
    "[decide|say] whether the age of the customer has to be checked for this order: {yes} if it holds at least one item of these kinds: {kinds} (nothing else is checked), {no} if not",
    "Age check needed for: {kinds}. Order contains any -> {yes}, contains none -> {no}. [Other goods never need a check.|All other goods are free.]",
    "In our shop only these goods need a look at the customer's passport: {kinds}. [Look through|Read] the order and answer {yes} if the courier must ask for proof of age and {no} if anyone may take it. [Things that only sound like it, such as alcohol-free drinks or glasses, are free.|Look-alikes such as toys, glasses or drinks without alcohol need no check.]",
    given="an order",
    kinds=choice(_restricted_lists()),
    labels=yes_no(),
)  # fmt: skip
def age_check_for_order(draw: Draw, p: Values) -> Pair:
    check = draw.chance(0.5)
    others = [kind for kind in _RESTRICTED if kind not in p.kinds]
    lines = [chain(draw, t) for t in draw.some(_HARMLESS_GOODS, 1, 3)]
    if draw.chance(0.6):
        lines.append(say(draw, bank(_RESTRICTED[draw.pick(others)])))
    if check:
        lines.append(say(draw, bank(_RESTRICTED[draw.pick(p.kinds)])))
    join = draw.pick(("\n", "\n- ", "; ", ", and ", "\n* "))
    start = "- " if "-" in join else "* " if "*" in join else ""
    return start + join.join(draw.mix(lines)), p.labels["yes" if check else "no"]


_BAIT = bank("""you will not believe what {first} found in the {noun} / this one trick will change your {noun} for ever / what happened next in {city} left everyone speechless / {n} secrets that {company} does not want you to know / she opened the old {noun}, and then this happened / doctors are stunned by this simple {noun} / number {n} on this list will shock you / the reason why {first} left {city} will
make you cry / nobody expected what was inside the {noun} / this is why you should never touch a {item} on a {day} / he bought a {item} for {money}. You'll never guess what it really was / wait until you see what {first} looks like today / only one in {num} people can spot the mistake in this picture / the truth about {city} that nobody dares to tell / we tried the {item} that everyone talks about, and
wow / {first} ate this every day for a month. The result will amaze you""")
_STRAIGHT = bank("""{first} finds a gold ring in an old {noun} / {city} to close the bridge on {day} for repairs / {company} cuts {num} jobs in {city} / fire destroys {noun} shop in {city}, nobody hurt / doctors in {city} go on strike for more pay / price of the {item} falls to {money} / {name} leaves {city} for a job at {company} / painting in the {noun} was a copy, museum says / {item} recalled over sharp edges / study: {n} percent of
commuters in {city} now cycle / {name} loses {n} kilos in a month by swimming / council votes for new {noun}, {n} to {m} / train strike ends after {n} days / {city} has its wettest {month} for {num} years / test of {n} {item}s: cheapest one wins / {company} opens second shop in {city}""")


@area.family(
    "headlines and sources",
    "[tell|decide] whether the headline is clickbait: {bait} if it makes the reader curious by keeping back what happened (or what the thing is), {plain} if it [states|says] what the news is",
    "{bait} = teases and hides the point so that people click; {plain} = says the news [outright|straight away]",
    "I curate a [newsletter|news feed] and hate teasers. If a headline promises something amazing but does not reveal it, [mark it|label it] {bait}. If one knows after reading it what has happened, [mark it|label it] {plain}, however odd the story is.",
    given="a headline",
    difficulty=1,
    labels=labels(bait=("clickbait", "teaser", "bait"), plain=("plain", "news", "informative")),
)  # fmt: skip
def headline_keeps_the_point_back(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("bait", "plain"))
    text = capital(say(draw, _BAIT if kind == "bait" else _STRAIGHT))
    if draw.chance(0.15):
        text = text.upper()
    elif draw.chance(0.2):
        text = re.sub(r"\b([a-z])(?=[a-z]{3})", lambda m: m.group(1).upper(), text)
    return noise.untidy(
        draw,
        draw.pick(("", "", "", "Video: ", f"{names.city(draw)} - "))
        + text
        + draw.pick(("", "", "", "!", "...")),
    ), p.labels[kind]


_CLAIMS = bank("""{n} out of ten cats prefer the window seat / bread has become {n} percent dearer since {month} / people in {city} sleep {n} hours a night on average / cold showers keep one awake / every third bicycle in {city} has no light / green tea is drunk more often than coffee in {city} / there are {num} empty flats in {city} / the number of bees fell by {n} percent / left-handed people react faster / {num} people moved to {city} last
year / walking lowers the blood pressure / half of all parcels come late""")
_BACKING = {
    "named": bank("""according to the statistics office of {city}, {c} / {c}, says a study by the University of {city} / {c}. Source: annual report of {company} / as Professor {name} of the {city} Institute has found, {c} / {c} (figures: Ministry of Health) / the Journal of Everyday Science reports in its {month} issue that {c} / {c}, the weather service announced on {day} / {c}, as shown in the {company} survey of {month}"""),
    "vague": bank("""studies show that {c} / experts say that {c} / {c}, scientists have found out / it is said that {c} / according to insiders, {c} / {c}, as research proves / as is well known, {c} / some people claim that {c} / various sources agree: {c} / they say that {c}"""),
    "bare": bank("""{c} / and remember: {c} / {c}, simple as that / the fact is: {c} / did you know? {c} / {c}, and that is not all / mind you, {c} / let us not forget: {c} / by the way, {c}"""),
}  # fmt: skip


@area.family(
    "headlines and sources",
    "[say|decide] how the claim is sourced: {named} if a particular source is named (a person, office, firm, journal or study with its name), {vague} if it only refers to unnamed ones such as 'experts' or 'studies', {bare} if it refers to no source",
    "Source of the claim: named = {named}; unnamed ('studies show', 'it is said') = {vague}; none = {bare}",
    "Our encyclopaedia needs a source for every claim. [Sort|Label] the sentences: {named} if a reader is told exactly whose information it is, so that it could be checked; {vague} if it hides behind unnamed people, studies or 'common knowledge'; {bare} if the claim is just made without any reference.",
    given="a claim",
    labels=labels(named=("sourced", "cited", "named"), vague=("weasel", "vague", "anonymous"), bare=("unsourced", "missing", "none")),
)  # fmt: skip
def source_given_for_claim(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_BACKING))
    return letter(draw, say(draw, _BACKING[kind], c=say(draw, _CLAIMS)), frame=0), p.labels[kind]


_SHOWN = (
    "norbank.com",
    "citypost.org",
    "mailhub.net",
    "payquick.eu",
    "kingsway-bank.co.uk",
    "cloudsafe.io",
    "streambox.tv",
    "parcelone.de",
    "telenet.example",
    "townhall.gov",
)


@area.family(
    "links and files",
    "list the real target domains of all links whose visible text shows a different domain, in order of appearance, [separated by|divided by] {separator}; a leading 'www.' does not count as a difference; {none} if there is no such link",
    "Fake links (shown domain and target domain differ, ignoring www.): their target domains without www., in order, {separator} between them; all honest: {none}",
    "Fraudsters show the address of a bank and link to their own site. The mail is in Markdown, so links look like [shown text](target). Where the shown text is a domain and the target lies on another domain, [give|write] the domain of the target (no scheme, path or 'www.'). Several: in the order of the mail with {separator} between them. [None at all|No such link]: {none}. [Only a 'www.' in front makes no difference.|With or without 'www.' is the same.]",
    given="a mail in Markdown",
    difficulty=3,
    separator=separator(),
    none=missing("clean", "safe"),
)  # fmt: skip
def links_with_a_false_face(draw: Draw, p: Values) -> Pair:
    lines, found = [], []
    for _ in range(draw.randint(1, 3)):
        shown = draw.pick(_SHOWN)
        target = shown
        if draw.chance(0.5):
            target = draw.pick(
                (
                    shown.replace(".", "-", 1) + ".info",
                    f"{shown.split('.')[0]}-login.{draw.pick(('xyz', 'click', 'top'))}",
                    f"{shown}.{names.domain(draw)}",
                    names.domain(draw),
                )
            )
        if target != shown:
            found.append(target)
        url = f"{draw.pick(('https', 'https', 'http'))}://{draw.pick(('', 'www.'))}{target}{draw.pick(('', '/', '/login', '/track?id=' + str(draw.randint(100, 9999)), '/' + shown))}"
        face = draw.pick(("", "www.")) + shown
        lines.append(
            draw.pick(
                (
                    "Log in at [{}]({}).",
                    "Your parcel: [{}]({})",
                    "More on [{}]({}).",
                    "Please visit [{}]({}) today.",
                    "- [{}]({})",
                    "Questions? [{}]({})",
                )
            ).format(face, url)
        )
    if draw.chance(0.4):
        lines.insert(0, draw.pick(("Dear customer,", f"Hello {names.first_name(draw)},", "Hi,")))
    return "\n".join(lines), p.separator.join(found) or p.none


_ENDINGS = (".exe", ".scr", ".js", ".bat", ".vbs", ".msi", ".cmd", ".jar", ".iso", ".docm")
_SAFE_ENDINGS = (".pdf", ".png", ".jpg", ".txt", ".docx", ".csv", ".xlsx", ".mp3", ".zip")


def _ending_lists() -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for start in range(len(_ENDINGS)):
        for step in (1, 3):
            chosen = tuple(_ENDINGS[(start + step * k) % len(_ENDINGS)] for k in range(3))
            made[f"{chosen[0]}, {chosen[1]} and {chosen[2]}"] = chosen
    return made


@area.family(
    "links and files",
    "list the attachments to be blocked: those whose last ending is one of {endings}, in any letter case; names as given, in the given order, [separated by|divided by] {separator}; {none} if all may pass",
    "Block files ending in {endings} (case ignored, only the last ending matters). [Names of the blocked ones|Blocked names], in order, joined with {separator}; nothing to block: {none}",
    "Our mail server shall hold back attachments that can run by themselves: {endings}. [Beware|Mind]: people write .EXE or send things like photo.jpg.exe, so the very end of the name decides, whatever the letter case. [Return|Write] the names to hold back in the order of the list with {separator} between them, or {none} if every file is fine.",
    given="a list of attachments",
    endings=choice(_ending_lists()),
    separator=separator(),
    none=missing("all fine"),
)  # fmt: skip
def attachments_to_hold_back(draw: Draw, p: Values) -> Pair:
    files = []
    stems = draw.some(
        "invoice photo report scan offer letter menu plan song backup update holiday contract summary ticket setup readme notes budget flyer".split(),
        draw.randint(1, 4),
    )
    for stem in stems:
        ending = (
            draw.pick(p.endings)
            if draw.chance(0.45)
            else draw.pick(
                (
                    draw.pick(_SAFE_ENDINGS),
                    draw.pick(_SAFE_ENDINGS),
                    draw.pick([e for e in _ENDINGS if e not in p.endings]),
                )
            )
        )
        inner = draw.pick(
            (
                "",
                "",
                "",
                "_final",
                f"_{draw.randint(2, 2030)}",
                draw.pick(_SAFE_ENDINGS),
                draw.pick(p.endings) if ending in _SAFE_ENDINGS else "",
                "-v2",
            )
        )
        files.append(
            (stem.upper() if draw.chance(0.15) else stem)
            + inner
            + (ending.upper() if draw.chance(0.25) else ending)
        )
    blocked = [file for file in files if "." + file.rsplit(".", 1)[1].lower() in p.endings]
    return draw.pick(("\n", ", ", "\n", "; ")).join(files), p.separator.join(blocked) or p.none


_PROBLEMS = tuple(
    bank(text)
    for text in (
        "the app closes as soon as I open the calendar / each time I tap on the calendar the app shuts down / opening the calendar makes the program crash / the calendar kills the app",
        "I never get the mail to reset my password / the reset mail for my password does not arrive / no message comes when I ask for a new password / I asked for a new password {n} times, and no mail has come",
        "the search finds nothing, whatever I type / whatever I look for, the result list stays empty / searching gives no results at all / the search box does not find a single thing",
        "I was charged twice for one order / the same order was taken from my card two times / you booked the money for my purchase double / my card shows two payments for a single order",
        "pictures are upside down after the upload / when I upload a photo it is turned on its head / my photos stand on their heads once uploaded / the upload flips my images",
        "the page is far too slow since {day} / everything loads at a snail's pace since {day} / since {day} it takes ages until the site appears / loading takes for ever since {day}",
        "I cannot print the labels / printing labels does not work / the labels will not come out of the printer / no way to get the labels printed",
        "the dates are one day off / every date is shown a day too early / all dates are wrong by one day / the list shows the day before instead of the right date",
        "my profile picture disappears after logging out / once I sign out, my profile photo is gone / signing out deletes the picture in my profile / the photo on my profile vanishes with each logout",
        "the newsletter comes {n} times a day / I get the same newsletter {n} times each day / you send me one and the same newsletter over and over / my inbox is full of copies of one newsletter",
        "the discount code is not accepted / my voucher code is rejected at the checkout / the checkout refuses my discount code / the code for the discount does not work",
        "the text is cut off on my phone / on a small screen half of the words are missing / my phone only shows half of the text / lines end in the middle of the sentence on my mobile",
        "comments are shown in the wrong order / the newest comment is not at the top any more / the order of the comments is mixed up / comments appear jumbled instead of by date",
        "I cannot delete my account / the button to remove my account does nothing / deleting the account fails / there is no way to get rid of my account",
    )
)  # fmt: skip


@area.family(
    "duplicates",
    "[decide|say] whether the two reports are about the same problem: {yes} if they are, [however differently they are worded|in whatever words], {no} if they are about different problems",
    "Same bug reported twice? {yes}. Two different bugs? {no}. [Compare the meaning, not the wording.|Wording does not matter.]",
    "Users of our site [report|describe] the same fault in ever new words. Before I open a ticket, [tell me|let me know] if the new report (second line) describes the fault of the known one (first line): {yes} for the same, {no} for another. [Names, greetings and numbers of tickets do not matter.|Never mind greetings and names.]",
    given="two error reports",
    labels=yes_no(),
)  # fmt: skip
def same_fault_in_two_reports(draw: Draw, p: Values) -> Pair:
    same = draw.chance(0.5)
    day, count = draw.pick(("Monday", "Tuesday", "Friday", "Sunday")), str(draw.randint(2, 9))
    first, other = draw.some(_PROBLEMS, 2)
    one, two = draw.some(first, 2) if same else (draw.pick(first), draw.pick(other))
    lines = [
        letter(draw, chain(draw, text, day=day, n=count), frame=0).strip().replace("\n", " ")
        for text in (one, two)
    ]
    marks = draw.pick((("", ""), ("Known: ", "New: "), ("1) ", "2) "), ("#4711 ", "#4825 "), ("- ", "- ")))
    return "\n".join(capital(mark + line) for mark, line in zip(marks, lines, strict=True)), p.labels[
        "yes" if same else "no"
    ]


@area.family(
    "duplicates",
    "[find|give] the number of the known problem that the new report describes, {form}; {none} if it is not on the list",
    "[Number|The number] of the [listed|known] fault that matches the new report ([same thing in other words|wording may differ]), {form}; not listed: {none}",
    "We keep a [short list|list] of open problems. A user writes in, and I want to know whether it is one of those. [Return|Write] its number {form}, or {none} if the user reports something that the list does not have. [Go by the meaning.|The words may be quite different.]",
    "[look up|match] the report at the end in the list of open problems above it and [return|answer with] the number of the one that it repeats in other words, {form}, or {none} if it repeats none of them",
    given="a list of known problems and a new report",
    difficulty=3,
    form=choice({"without the dot": "{}", "digits only": "{}", "with a # in front": "#{}", "preceded by a number sign (#)": "#{}", "in square brackets": "[{}]", "with 'duplicate of ' in front": "duplicate of {}"}),
    none=missing("new", "0", "new problem", "unknown", "no duplicate", "X"),
)  # fmt: skip
def known_problem_of_a_report(draw: Draw, p: Values) -> Pair:
    size = draw.randint(3, 5)
    chosen = draw.some(_PROBLEMS, size + 1)
    hit = draw.randrange(size) if draw.chance(0.75) else size
    day, count = draw.pick(("Monday", "Tuesday", "Friday", "Sunday")), str(draw.randint(2, 9))
    said, report = draw.some(chosen[hit], 2)
    known = [said if n == hit else draw.pick(problem) for n, problem in enumerate(chosen[:size])]
    offset = draw.pick((1, 1, 1, draw.randint(11, 90)))
    lines = [f"{n}. {capital(chain(draw, text, day=day, n=count))}" for n, text in enumerate(known, offset)]
    head = draw.pick(("New:", "Report:", "New report:", "User:", ">"))
    more = draw.pick(
        (
            "",
            "",
            " Please help.",
            f" Greetings, {names.first_name(draw)}",
            f" I use a {draw.pick(ITEMS)} at work, by the way.",
        )
    )
    return "\n".join(
        lines
    ) + f"\n\n{head} {capital(chain(draw, report, day=day, n=count))}.{more}", p.form.format(
        hit + offset
    ) if hit < size else p.none
