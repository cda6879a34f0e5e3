"""Traditional NLP: names of people, places and firms, what holds between them, and who did what in the news."""

import re

from programasweights.data.oracle.areas.traditional_nlp._banks import (
    CITIES,
    bank,
    capital,
    fill,
    firm,
    other,
    person,
    say,
)
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("Traditional NLP")

_NEWS = bank("""<person> has joined <firm> as head of [sales|marketing|research|finance]. / <firm> will close its factory in <city> on <date>. /
<firm> paid <money> for a [warehouse|plot of land|laboratory|block of flats] in <city>. / On <date>, <person> opened a [gallery|bakery|school|clinic] near the station. /
The [mayor|bishop|police chief] of <city> met <person> [to talk about the new bridge|behind closed doors]. / <person> sold all shares in <firm> for <money>. /
A court in <city> fined <firm> <money>. / <firm> and <firm> want to work together from <date>. / <person> and <person> won the chess tournament in <city>. /
Before the war, <person> taught music in <city>. / The museum bought the painting for <cash>. / [Trams|Ferries|Buses] between <city> and <city> run again since <date>. /
<firm> recalled {num} [toasters|prams|drills] after two fires. / The concert on <date> is sold out. / <person> left <cash> to the animal shelter. /
According to <firm>, sales rose by {n} per cent. / Nobody was hurt when a crane fell over in <city>. / The trial of <person> begins on <date>. /
Rain and hail destroyed most of the cherries this year. / <person> flew from <city> to <city> in a hot-air balloon. / Repairing the roof will cost <cash>. /
<person>, who once worked for <firm>, now keeps bees. / Lawyers for <person> asked for <cash>. / The strike at <firm> ended on <date>. /
Volunteers planted {num} trees along the canal. / <firm> moves its head office from <city> to <city>. / The union wants <cash> more a month for its members.""")  # fmt: skip
_MONTHS = "January February March April May June July August September October November December".split()
_KINDS = {
    "people": "person", "persons": "person", "human beings": "person", "towns and cities": "city", "cities": "city",
    "companies": "firm", "firms": "firm", "businesses": "firm", "dates": "date", "calendar dates": "date",
    "amounts of money": "money", "sums of money": "money",
}  # fmt: skip


def _date(draw: Draw) -> str:
    day, month = draw.randint(1, 28), draw.pick(_MONTHS)
    plain = draw.pick((f"{day} {month}", f"{month} {day}"))
    return plain if draw.chance(0.6) else f"{day} {month} {draw.randint(1990, 2026)}"


def _money(draw: Draw) -> str:
    if draw.chance(0.4):
        return draw.pick(("${},000", "€{},000", "£{},000", "{},000 euros", "{},500 dollars")).format(
            draw.randint(12, 950)
        )
    amount = draw.pick((str(draw.randint(2, 90)), f"{draw.randint(1, 20)}.{draw.randint(1, 9)}"))
    return draw.pick(("${} million", "€{} million", "£{} million", "{} million euros", "${}m")).format(amount)


def _cash(draw: Draw) -> str:
    return draw.pick(("${}", "€{}", "£{}", "{} euros", "{} dollars", "{} pounds")).format(
        draw.randint(60, 950)
    )


_MAKERS = {
    "person": person,
    "city": lambda d: d.pick(CITIES),
    "firm": firm,
    "date": _date,
    "money": _money,
    "cash": _cash,
}


def _news(draw: Draw, low: int, high: int, kind: str) -> list[str]:
    """Sentences with their slots left; in most cases with some of this kind."""
    wanted = ("<money>", "<cash>") if kind == "money" else (f"<{kind}>",)
    chosen = draw.some(_NEWS, low, high)
    if draw.chance(0.8):
        chosen[0] = draw.pick([t for t in _NEWS if any(w in t for w in wanted) and t not in chosen[1:]])
    return [fill(draw, text) for text in draw.mix(chosen)]


def _entities(draw: Draw, text: str) -> list[tuple[str, str]]:
    """Alternately text and entities, each with its kind ("" for text)."""
    parts: list[tuple[str, str]] = []
    for piece in re.split(r"(<\w+>)", text):
        if piece[:1] == "<":
            made = other(draw, _MAKERS[piece[1:-1]], *(p for k, p in parts if k))
            parts.append((piece[1:-1].replace("cash", "money"), made))
        else:
            parts.append(("", piece))
    return parts


_MARKS = {
    "double square brackets, as in [[this]]": "[[{}]]", "curly braces, as in {this}": "{{{}}}", "angle brackets, as in <this>": "<{}>",
    "asterisks, as in *this*": "*{}*", "underscores, as in _this_": "_{}_", "two asterisks, as in **this**": "**{}**",
    "an opening <e> and a closing </e>": "<e>{}</e>", "an opening [b] and a closing [/b]": "[b]{}[/b]",
    "double angle brackets, as in <<this>>": "<<{}>>", "vertical bars, as in |this|": "|{}|",
}  # fmt: skip


@area.family(
    "named entities",
    "[return|repeat|give back] the text with {kind} [marked|set off] by {mark}, [and nothing else changed|everything else as it was]",
    "Text back unchanged, but put [every mention|each mention|the names] of {kind} between marks: {mark}",
    "We [make|prepare] training data for a name finder. The annotation tool wants {kind} enclosed in {mark}; all other words, names of other sorts included, stay untouched. [Output the whole text.|Give me the full text.] "
    "[If there is nothing to mark, the text comes back as it is.|Nothing to mark? Then simply the same text.]",
    given="a short news text",
    difficulty=2,
    kind=choice(_KINDS),
    mark=choice(_MARKS),
)
def entities_set_between_marks(draw: Draw, p: Values) -> Pair:
    parts = _entities(draw, " ".join(_news(draw, 1, 2, p.kind)))
    marked = "".join(p.mark.format(text) if kind == p.kind else text for kind, text in parts)
    return "".join(text for _, text in parts), marked


_DOUBTFUL = tuple("""Jordan Florence Washington Austin Chelsea Paris Lincoln Sydney Victoria Georgia Charlotte Madison Brooklyn Savannah Hamilton
Carolina Dakota Lourdes Chester Lancaster Houston Jackson Milan Siena Adelaide Alexandria Bristol Vernon Orlando Memphis Regina Bradford
Lorraine Kent Raleigh Carson Tyler Aurora Dallas Stafford Stanley Clifton""".split())  # fmt: skip
_CONTEXTS = {
    "person": bank("""*{x}* [said|told us] she would be ten minutes late / I asked *{x}*, my [dentist|cousin|neighbour], for advice / *{x}* and her husband have two sons /
little *{x}* has just learned to walk / *{x}* forgot his umbrella at our place / happy birthday, dear *{x}*! / *{x}* shook my hand and smiled / Mr *{x}* teaches my [son|daughter] maths /
we were at school together, *{x}* and I / *{x}* broke his leg on the ski slope / can you ask *{x}* whether she has the key? / *{x}* is allergic to nuts / [her brother|my uncle] *{x}* plays the cello /
*{x}* fell asleep on the sofa / *{x}* married an engineer last spring / Mrs *{x}* is not in today, may I take a message? / *{x}* wrote a letter to her mother / *{x}* sneezed three times"""),
    "place": bank("""we [flew|drove|moved] to *{x}* last {month} / the streets of *{x}* were empty / there are good hotels in the centre of *{x}* / the train from *{x}* is {n} minutes late /
*{x}* has {num},000 inhabitants / it rained in *{x}* all week / the mayor of *{x}* opened the bridge / I grew up on a farm not far from *{x}* / take the second exit after the *{x}* town sign /
the river flows south of *{x}* / a map of *{x}* hangs on my wall / it is {num} miles from here to *{x}* / tourists love the old town of *{x}* / the northern suburbs of *{x}* were flooded /
[flights|buses] to *{x}* leave every hour / *{x}* lies in a narrow valley / our branch is located in *{x}* / the airport of *{x}* is closed because of fog"""),
    "firm": bank("""shares of *{x}* fell by {n} per cent / *{x}* hired {num} new employees / the board of *{x}* meets on {day} / *{x}* has merged with its rival / I bought {n} shares in *{x}* /
*{x}* reported a loss for the third quarter / the sales department of *{x}* never answers / *{x}* filed for bankruptcy / the new chief executive of *{x}* is {person} / *{x}* recalled {num} of its [ovens|cars|toys] /
customers of *{x}* get a refund / *{x}* plans to open {n} branches abroad / *{x}* went public in {year} / the annual report of *{x}* is out / *{x}* makes {nouns} in a factory in {country} /
our supplier *{x}* raised its prices / *{x}* acquired a start-up for {money} million / analysts say that *{x}* is overvalued"""),
    "work": bank("""have you read "*{x}*"? It is a novel of {num} pages / the song "*{x}*" is number {n} in the charts / we watched "*{x}*", a film by {person} / the last chapter of "*{x}*" is the best /
the soundtrack of "*{x}*" won a prize / my favourite album is still "*{x}*" / "*{x}*", a play in {n} acts, opens on {day} / the second season of "*{x}*" is boring / the plot of "*{x}*" is hard to follow /
{person} wrote the opera "*{x}*" in {year} / the reviewers tore "*{x}*" to pieces; the acting is poor / "*{x}*" was painted in {year} and hangs in a museum / I hum the melody of "*{x}*" all day /
the hero of "*{x}*" dies on the last page / the paperback of "*{x}*" costs {money} / "*{x}*" was filmed in black and white / the refrain of "*{x}*" has only {n} words / subtitles for "*{x}*" are missing"""),
}  # fmt: skip


@area.family(
    "named entities",
    "[decide|tell] what the name between asterisks stands for in this text: {person} for a human being, {place} for a [place|town or region], {firm} for a [company|business], {work} for [a work|the title of a work] such as a film, book or song",
    "[Sense|Type] of the *marked* name, judged from the context: a person = {person}, a place = {place}, a company = {firm}, a title of a book/film/song/picture = {work}",
    "Many names are ambiguous: Jordan can be a [friend|colleague] or a country. One name in the [text|message] stands between asterisks. [Say|Answer] {person} when it is somebody's name here, {place} when it is a town, region or country, "
    "{firm} when it is a company, and {work} when it is the title of something one reads, watches, hears or looks at.",
    given="a text with one marked name",
    labels=labels(person=("person", "PER", "human"), place=("place", "LOC", "location"), firm=("company", "ORG", "organisation"), work=("work", "WORK", "title")),
)  # fmt: skip
def sense_of_an_ambiguous_name(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_CONTEXTS))
    text = capital(say(draw, _CONTEXTS[kind], x=draw.pick(_DOUBTFUL)))
    if draw.chance(0.4):
        text = f"{text}. {capital(draw.pick(('More on this later', 'That is all I know', 'Strange, is it not', 'You may have heard of it', 'Just saying')))}"
    return text + draw.pick((".", ".", "", "!")) if text[-1] not in "?!" else text, p.labels[kind]


_TIES = {
    "works": bank("""{a} works for {b} / {a} is a [lawyer|buyer|designer] at {b} / {b} employs {a} as a [driver|chemist|book-keeper] / {a} earns a living as an accountant at {b} /
{b} hired {a} in {year} and never regretted it / {a} has a desk job with {b} / {a} is on the payroll of {b} / {a}, an engineer at {b}, likes the job"""),
    "born": bank("""{a} was born in {b} / {a} came into the world in {b} in {year} / {b} is the birthplace of {a} / {a}, a native of {b}, keeps bees / {a}'s place of birth is {b} /
the hospital in {b} where {a} was born is now a hotel / {a} saw the light of day in {b}"""),
    "lives": bank("""{a} lives in {b} / {a} has a flat in {b} and sleeps there every night / {a} is a resident of {b} / {a} moved to {b} in {year} and has lived there ever since /
{b} has been {a}'s home for {n} years / {a} has made {b} a home and does not want to leave / {a}, who lives in {b}, collects stamps"""),
    "married": bank("""{a} is married to {b} / {a} and {b} are husband and wife / {a} and {b} have been married for {n} years / {b} is {a}'s spouse / {a} got married to {b} in {year} and still is /
{b} and {a} celebrated their silver wedding / {a}'s marriage to {b} is a happy one"""),
}  # fmt: skip


@area.family(
    "relations and events",
    "[tell|say] how the two names after 'Pair:' are related according to the text: {works} if the one is employed by the other, {born} if the one was born there, {lives} if the one lives there, {married} if they are a married couple, "
    "{nothing} if the text links them in none of these ways",
    "Relation of the pair: employment {works} | [birthplace|place of birth] {born} | residence {lives} | marriage {married} | not stated {nothing}",
    "I fill a [knowledge graph|small database] from [newspaper|archive] texts. Under the text stands a line with a pair of names. [Return|Give] {works} when the text says that this person works for this firm, {lives} when the person has a home in this place, "
    "{born} when it is the birthplace, {married} when the two are married to each other. When the text says none of that about the pair itself, [use|return] {nothing}, [even if both names occur|also if each name occurs with another one].",
    given="a text and a pair of names",
    difficulty=3,
    labels=labels(works=("works_for", "employer"), born=("born_in", "birthplace"), lives=("lives_in", "home"), married=("married", "spouse"), nothing=("none", "no relation")),
)  # fmt: skip
def relation_of_the_given_pair(draw: Draw, p: Values) -> Pair:
    first, second = draw.some(tuple(_TIES), 2)
    makers = {
        "works": firm,
        "married": person,
        "born": lambda d: d.pick(CITIES),
        "lives": lambda d: d.pick(CITIES),
    }
    taken: list[str] = []
    for make in (person, makers[first], person, makers[second]):
        taken.append(other(draw, make, *taken))
    said = [
        capital(say(draw, _TIES[kind], a=taken[2 * n], b=taken[2 * n + 1]))
        for n, kind in enumerate((first, second))
    ]
    extra = [capital(say(draw, _TALK))] if draw.chance(0.5) else []
    text = ". ".join(draw.mix([*said, *extra])) + "."
    found = draw.pick(("works", "born", "lives", "married", "nothing"))
    if found in (first, second):
        at = 2 * (found == second)
        pair = (taken[at], taken[at + 1])
    else:
        found, pair = "nothing", draw.pick(((taken[0], taken[3]), (taken[2], taken[1])))
    return f"{text}\nPair: {', '.join(draw.mix(pair) if draw.chance(0.3) else pair)}", p.labels[found]


_TALK = bank("""the weather was fine that day / nobody expected this / the details are in the file / more about that in part {n} / this was reported on {day} /
the story has been told many times / a photograph shows the old {noun} / the {noun} was brand new then / we checked it twice / the rest is rumour""")

_EVENTS = {
    "founded": bank("""{a} founded {b} in {year} / {b} was founded by {a} / {a} is the founder of {b} / In {year}, {a} set up {b} [in a garage|with {money} and two friends] / {b} was started by {a} in {year} / It was {a} who established {b}"""),
    "leads": bank("""{a} leads {b} / {a} is [the chief executive|the head|the CEO] of {b} / {b} is led by {a} / {a} has been at the head of {b} since {year} / {b}, headed by {a}, [made a profit|is growing] / {b} has been run by {a} for {n} years"""),
    "bought": bank("""{a} bought {b} [for {money} million|in {year}] / {b} was bought by {a} / {a} took over {b} in {month} / {b} was taken over by {a} [last year|for {money} million] / {a} has acquired {b} / {b} was acquired by {a} in {month} {year}"""),
    "sued": bank("""{a} sued {b} [for {money} million|last {month}] / {b} was sued by {a} / {a} has taken {b} to court / {a} filed a lawsuit against {b} [in {city}|over a patent] / {b} was taken to court by {a} / {b} faces a lawsuit that {a} brought in {month}"""),
    "supplies": bank("""{a} supplies {b} with {nouns} / {b} is supplied with {nouns} by {a} / {b} gets all its {nouns} from {a} / {a} delivers {nouns} to {b} every {day} / {a} is the main supplier of {b} / {b} buys its {nouns} from {a}"""),
}  # fmt: skip
_TRIPLES = {
    "as who | relation | whom": "{a} | {r} | {b}", "in the form who; relation; whom": "{a}; {r}; {b}", "like this: relation(who, whom)": "{r}({a}, {b})",
    "in the form (who, relation, whom)": "({a}, {r}, {b})", "as who -relation-> whom": "{a} -{r}-> {b}", "as relation: whom <- who": "{r}: {b} <- {a}",
    "like this: who/relation/whom": "{a}/{r}/{b}", "on three lines: who, relation, whom": "{a}\n{r}\n{b}",
}  # fmt: skip


@area.family(
    "relations and events",
    "[turn|convert|boil down|transform] the sentence [into|to] one fact {form}. The relation is one of founded, leads (is head of), bought (took over), sued, supplies (sells goods to)[, in {case}|, written in {case}]; 'who' is the one that acts, also if the sentence is in the passive",
    "Fact triple {form}. Relations ([all in|in] {case}): founded / leads / bought / sued / supplies. [Careful with passives: the doer comes as 'who'.|The doer is always 'who', passive or not.]",
    "My graph database takes facts {form}. Each sentence [holds|contains] exactly one: somebody founded (set up) a firm, leads (runs) it, bought (acquired) it, sued it, or supplies it with goods. Use just these five words for the relation, in {case}, "
    "copy the two names, and leave out the rest[, such as years and sums|]. [Mind who does what|Watch the direction]: 'who' is the founder, head, buyer, one who goes to court, or supplier.",
    given="a sentence from the business pages",
    difficulty=3,
    form=choice(_TRIPLES),
    case=choice({"capital letters": "upper", "upper case": "upper", "lower case": "lower", "small letters": "lower", "title case": "title"}),
)  # fmt: skip
def fact_triple_of_a_sentence(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_EVENTS))
    a = person(draw) if kind in ("founded", "leads") or (kind == "sued" and draw.chance(0.2)) else firm(draw)
    b = other(draw, firm, a)
    text = say(
        draw,
        _EVENTS[kind],
        a=a,
        b=b,
        money=str(draw.randint(2, 90)) if draw.chance(0.5) else f"{draw.randint(2, 90)}.{draw.randint(1, 9)}",
    )
    relation = {"upper": str.upper, "lower": str.lower, "title": str.title}[p.case](kind)
    return f"{text}.", p.form.format(a=a, b=b, r=relation)


_DEALS = bank("""{buyer} buys {target}{seller: from {}}{price: for {}}{when:, the deal closes on {}} / {target} was sold to {buyer}{seller: by {}}{price: for {}}{when: on {}} /
{seller:{} has sold }{target} {seller:to |goes to }{buyer}{price: for {}}{when:; contracts were signed on {}} / {target} gets a new owner: {buyer} takes it over{seller: from {}}{price: at a price of {}}{when: on {}} /
{buyer} has acquired {target}{price: and paid {}}{seller:. The seller is {}}{when:. The date of the deal is {}} / Takeover: {buyer} swallows {target}{seller:, until now part of {}}{price:. Price: {}}{when:. From {} on, it has a new sign at the gate}""")  # fmt: skip
_ROLES = {
    "the buyer": "buyer", "the company that buys": "buyer", "the firm that is sold": "target", "the company that changes hands": "target",
    "the seller (the former owner)": "seller", "the firm that sells the business": "seller", "the price": "price", "the sum paid": "price",
    "the date of the deal": "when",
}  # fmt: skip


def _deal(draw: Draw, facts: dict[str, str]) -> str:
    def put(found: re.Match[str]) -> str:
        key, shown, hidden = found.group(1), found.group(2), found.group(3)
        if shown is None:
            return facts[key]
        return shown.replace("{}", facts[key]) if facts.get(key) else hidden or ""

    text = draw.pick([t for t in _DEALS if facts["seller"] or not t.startswith("{seller")])
    return re.sub(r"\{(\w+)(?::((?:[^{}|]|\{\})*)(?:\|([^{}]*))?)?\}", put, text)


@area.family(
    "relations and events",
    "[find|extract] {role} in the report of a takeover[, exactly as written|, copied as it stands]; [write|answer] {none} if the report does not say it",
    "[Event extraction|Takeover report]: {role}. [Copy from the text|As in the text]; not stated -> {none}",
    "I [track|follow] mergers and acquisitions. From each [short report|report] I want just {role}, in the words of the text and without anything else. [Some reports leave it out|Not every report has it]; then I want to see {none}.",
    given="a report of a takeover",
    role=choice(_ROLES),
    none=missing("unknown", "not given"),
)
def role_in_a_takeover(draw: Draw, p: Values) -> Pair:
    facts = {"buyer": firm(draw)}
    facts["target"] = other(draw, firm, *facts.values())
    facts["seller"] = other(draw, firm, *facts.values())
    facts |= {"price": _money(draw), "when": _date(draw)}
    for key in ("seller", "price", "when"):
        if draw.chance(0.4):
            facts[key] = ""
    text = f"{_deal(draw, facts)}."
    after = draw.pick(("", "", f" {person(draw)} stays head of the firm.", f" About {draw.randint(40, 900)} people work there.",
                       f" Staff in {draw.pick(CITIES)} were told in the morning.", " The unions are worried.", " Shares rose."))  # fmt: skip
    return text + after, facts[p.role] or p.none
