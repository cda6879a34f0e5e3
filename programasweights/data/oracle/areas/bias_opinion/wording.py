"""How something is worded: judging and sweeping words, gendered words, exaggeration, disclosure, rhetorical questions."""

import re

from programasweights.data.oracle.areas.fuzzy_classification._banks import (
    ITEMS,
    bank,
    capital,
    chain,
    letter,
    rough,
    say,
)
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, token, yes_no

__all__ = ["area"]

area = Area("Bias and opinion")

_BLAMING = "shameful disgraceful pathetic ridiculous dreadful laughable scandalous appalling foolish terrible despicable atrocious reckless miserable disgusting stupid horrible disastrous hideous lousy".split()
_PRAISING = "brilliant wonderful splendid magnificent glorious marvellous fantastic excellent superb admirable delightful amazing terrific fabulous gorgeous exquisite sublime perfect lovely".split()
_PLAIN = "second local public joint third regional temporary former Swiss small large new short long private annual old first last French recent".split()
_REPORTS = bank("""the council presented a {j} plan for the {noun} / {company} opened a {j} office in {city} on {day} / the mayor of {city} gave a {j} speech about the budget / a {j} report on the harbour came out on {day} / the team from {city} played a {j} match on {day} / the minister signed a {j}
contract with {company} / the museum in {city} bought a {j} painting for {money} / {name} wrote a {j} letter to the newspaper / a {j} bridge across the river was finished in {month} / the school in {city} started a {j} project with {n} classes / the judges read the {j} statement on {day} / {company} sells its {j}
product for {money} / the station in {city} got a {j} roof / visitors saw a {j} film about {city} / the committee met in a {j} hall on {day} / the union answered with a {j} proposal at {clock} / a {j} concert took place in {city} / the bank sent a {j} notice to its customers""")


@area.family(
    "loaded and sweeping wording",
    "list the words in the news text by which the writer {kind}, in order of appearance, [separated by|divided by] {separator}; {none} if the text only reports",
    "[Adjectives|All adjectives] by which the writer {kind}, [as they stand|as written], {separator} between them; plain reporting: {none}",
    "Our news [desk|agency] wants neutral reports. [Pick out|Find] every adjective by which the writer {kind} (adjectives that merely describe, such as 'red' or 'monthly', are fine). [Return|Give] them in the order of the text with {separator} in between, or {none} if there is none.",
    given="a news text",
    kind=choice({"condemns something instead of describing it": "bad", "runs something down": "bad", "expresses scorn or disapproval": "bad", "praises something": "good", "expresses admiration or approval": "good", "gushes over something": "good",
                 "passes judgement, good or bad": "any", "praises or condemns something": "any", "judges something, kindly or harshly": "any"}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def judging_adjectives_in_news(draw: Draw, p: Values) -> Pair:
    kinds = [draw.pick(("bad", "good", "plain", "plain")) for _ in range(draw.randint(1, 6))]
    stock = {"bad": draw.mix(_BLAMING), "good": draw.mix(_PRAISING), "plain": draw.mix(_PLAIN)}
    used = [stock[kind].pop() for kind in kinds]
    reports = [chain(draw, r, j=j) for r, j in zip(draw.some(_REPORTS, len(kinds)), used, strict=True)]
    text = " ".join(capital(re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", report)) + "." for report in reports)
    wanted = ("bad", "good") if p.kind == "any" else (p.kind,)
    return noise.untidy(draw, text), p.separator.join(
        w for w, kind in zip(used, kinds, strict=True) if kind in wanted
    ) or p.none


_GROUPS = tuple(
    tuple(line.split("/"))
    for line in """tourists/tourist landlords/landlord students/student accountants/accountant gamers/gamer lorry_drivers/lorry_driver pensioners/pensioner plumbers/plumber joggers/jogger dog_owners/dog_owner
    drummers/drummer managers/manager programmers/programmer teenagers/teenager cyclists/cyclist waiters/waiter politicians/politician bakers/baker teachers/teacher cat_lovers/cat_lover early_risers/early_riser lawyers/lawyer
    campers/camper estate_agents/estate_agent football_fans/football_fan birdwatchers/birdwatcher""".split()
)
_TRAITS = tuple(
    tuple(line.split(" / "))
    for line in """never listen / never listens;are always late / is always late;only think of money / only thinks of money;cannot cook / cannot cook;drive too fast / drives too fast;leave a mess everywhere / leaves a mess everywhere;
talk too much / talks too much;are rude to waiters / is rude to waiters;have no sense of humour / has no sense of humour;complain all day / complains all day;are terribly vain / is terribly vain;cannot keep a secret / cannot keep a secret;are kind and patient / is kind and patient;
always tell the truth / always tells the truth;are bad at maths / is bad at maths;spend all their time on the phone / spends all day on the phone;are good with children / is good with children;never tip / never tips;dress badly / dresses badly;are mean with money / is mean with money""".replace(
        "\n", ""
    ).split(";")
)
_SWEEPING = bank("""{g} {t} / all {g} {t} / every single {s} {v} / {g} {t}, that is how they are / as everybody knows, {g} {t} / {g}? They {t}, every one of them / there is no exception: {g} {t} / {g} {t}, it is in their nature / I have never met a {s} of whom one could not say this: {g} {t} /
you know what {g} are like, they {t} / once a {s}, always the same: they {t} / each and every {s} {v}, no matter where""")
_LIMITED = bank("""the {s} next door {v} / my uncle, a {s}, {v} / some {g} {t}, others do not / {n} of the {num} {g} we asked say that they {t} / a few {g} {t} / not all {g} {t} / there may be {g} who {t}, but most do not / {first} is a {s} and {v} / the two {g} I met on {day} {t} / one {s}
in {city} {v} / few {g} {t} / it would be unfair to say that {g} {t} / the {s} on the train: he {v} / I know a {s} who {v} / the {g} in my street, both of them, {t} / it is just a prejudice that {g} {t}""")  # fmt: skip


@area.family(
    "loaded and sweeping wording",
    "[decide|say] whether the writer makes a sweeping claim about a group of people: {yes} if the claim is meant for everybody in the group ([with or without|even without] the word 'all'), {no} if it is about single people, a part of the group or a count, or if the writer rejects the claim",
    "{yes} = generalises about a whole group of people; {no} = about one person, some of them, a figure, or denies the cliché",
    "Our [discussion|comment] rules forbid lumping people together, in a good or a bad way. [Answer|Return] {yes} if the comment says something of a kind of people as such. [Answer|Return] {no} if it speaks of certain people only, of some of them, of a counted number, or [calls such a claim wrong|says that the claim is wrong].",
    given="a comment",
    labels=yes_no(),
)  # fmt: skip
def sweeping_claim_about_people(draw: Draw, p: Values) -> Pair:
    sweeping = draw.chance(0.5)
    many, one = (w.replace("_", " ") for w in draw.pick(_GROUPS))
    base, third = draw.pick(_TRAITS)
    phrase = draw.pick(_SWEEPING if sweeping else _LIMITED)
    text = chain(
        draw,
        re.sub(r"\ba \{s\}", "an {s}", phrase) if one[0] in "aeiou" else phrase,
        g=many,
        s=one,
        t=base,
        v=third,
    )
    more = (
        say(
            draw,
            bank(
                """I saw it on {day}. / We were in {city} at the time. / That is my experience after {n} years. / It is {clock} and I am tired. / Just saying. / I wrote about it in {month}. / My {noun} is still wet."""
            ),
        )
        if draw.chance(0.4)
        else ""
    )
    return letter(draw, text, more, frame=0), p.labels["yes" if sweeping else "no"]


_TITLES = {
    "chair": ("chairman", "chairwoman"), "sales": ("salesman", "saleswoman"), "server": ("waiter", "waitress"), "police officer": ("policeman", "policewoman"),
    "firefighter": ("fireman",), "flight attendant": ("steward", "stewardess"), "business": ("businessman", "businesswoman"), "camera operator": ("cameraman", "camerawoman"),
}  # fmt: skip
_TITLE_LINES = bank("""the {x} will speak on {day} / our new {x} is called {name} / {first} works as a {x} in {city} / ask the {x} at the door / the {x} asked the manager for help / one {x} stayed until {clock} / {name}, {x} from {city}, won the prize / please thank the {x} for me / the {x} had no comment / every {x} gets a
badge / the mother of the {x} lives in {city} / who is the {x} on duty on {day}? / a {x} was seen near the {noun} / the {x} and the mechanic left at {clock} / call the {x} and the nurse / it was the {x} who found the {noun}""")  # fmt: skip


@area.family(
    "inclusive wording",
    "[rewrite|give back|return|write] the sentence with neutral job titles: chairman or chairwoman becomes {chair}, salesman or saleswoman {sales}, waiter or waitress {server}, policeman or policewoman 'police officer', fireman 'firefighter', steward or stewardess 'flight attendant'; leave [everything else|all the rest], other titles too, as it is",
    "Neutral titles: chairman/-woman -> {chair}, salesman/-woman -> {sales}, waiter/waitress -> {server}, policeman/-woman -> police officer, fireman -> firefighter, steward/stewardess -> flight attendant. [Rest unchanged|No other changes].",
    "Our style guide has a short list of job titles that we no longer print. [Return|Write out] the sentence with these exchanged: for chairman and chairwoman we write {chair}; for salesman and saleswoman, {sales}; for waiter and waitress, {server}; policeman and policewoman turn into police officer, fireman into firefighter, steward and stewardess into "
    "flight attendant. Titles that are not on this list stay, [as does every other word|and so do all other words].",
    given="a sentence",
    difficulty=3,
    chair=token("chair", "chairperson", "presiding officer", "board leader", "president"),
    sales=token("salesperson", "sales assistant", "sales rep", "shop assistant"),
    server=token("server", "table attendant", "restaurant worker", "dining-room worker"),
)  # fmt: skip
def job_titles_made_neutral(draw: Draw, p: Values) -> Pair:
    fixed = {"chair": p.chair, "sales": p.sales, "server": p.server}
    parts, made = [], []
    for line in draw.some(_TITLE_LINES, 1, 2):
        key = draw.pick(tuple(_TITLES))
        title = draw.pick(_TITLES[key])
        said = capital(chain(draw, line, x="\0"))
        said += "" if said[-1] == "?" else "."
        parts.append(said.replace("\0", title))
        made.append(
            said.replace("\0", title if key in ("business", "camera operator") else fixed.get(key, key))
        )
    return " ".join(parts), " ".join(made)


_ADVERT_MALE = bank("""the right {w:man} for the job is never late / {w:he} reports to the head of sales / {w:his} main task is the stock / we look for a {w:salesman} with charm / a strong {w:foreman} who keeps order / our {w:chairman} will interview you / you work with {w:him} every day / we need a {w:handyman} for {n} buildings / the {w:waiter} of our dreams smiles /
the candidate brings {w:his} own tools / a {w:gentleman} for our reception / {w:he} should speak French / {w:boys} who like engines are welcome""")  # fmt: skip
_ADVERT_FEMALE = bank("""we look for a {w:waitress} in {city} / {w:she} answers the phone / {w:her} desk is by the window / a {w:lady} for our reception / {w:girls} with a smile are welcome / a {w:hostess} for the fair in {month} / the {w:stewardess} we seek loves travel / an experienced {w:saleswoman} for shoes / {w:she} supports the boss in {city} / a {w:maid} for
{num} rooms / you will assist {w:her} with the books / a cleaning {w:woman} for {day}s / a {w:seamstress} with a steady hand""")  # fmt: skip
_ADVERT_NEUTRAL = bank("""the manager answers questions until {clock} / you read the manual before the first shift / human kindness matters to us / the salary is {money} a week / Manchester is our second home / the mandate ends in {month} / we work in mixed teams / applicants of any age are welcome / the theatre is next door / you keep the other
shelves tidy / training is given here / they bring their own ideas / you get {n} weeks off / the history of the firm began in {city} / write to {company} / management trusts you / the person we need is careful / the shepherd's hut is our canteen""")  # fmt: skip


@area.family(
    "inclusive wording",
    "list every word in the advert that [refers to|speaks of] {sex} only ([pronouns such as 'he' or 'her'|pronouns], words for persons, job titles), in order of appearance, in small letters, repeats included, [separated by|divided by] {separator}; {none} if there is none",
    "[Gendered words|Words] meant for {sex} only ([e.g. 'he' or 'her'; also nouns and job titles|pronouns, nouns, job titles]), lower case, every occurrence, joined with {separator}. None at all: {none}",
    "Before a job advert goes online I [check|screen] it for words that leave half of the applicants out. Give me each word that can only mean {sex}: pronouns like 'he' or 'her', and words for persons or jobs. [Write|Return] them in small letters as often and in the order in which they occur, with {separator} between them; "
    "if the advert has none, [write|return] {none}.",
    given="a job advert",
    difficulty=3,
    sex=choice({"men": "m", "males": "m", "men or boys": "m", "women": "f", "females": "f", "women or girls": "f"}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def words_for_one_sex_in_advert(draw: Draw, p: Values) -> Pair:
    lines = draw.some(_ADVERT_MALE, 0, 2) + draw.some(_ADVERT_FEMALE, 0, 2) + draw.some(_ADVERT_NEUTRAL, 1, 2)
    found, said = [], []
    for line in draw.mix(lines):
        marked = re.search(r"\{w:(\w+)\}", line)
        if marked and (line in _ADVERT_MALE) == (p.sex == "m"):
            found.append(marked.group(1))
        said.append(capital(chain(draw, re.sub(r"\{w:(\w+)\}", r"\1", line))) + ".")
    return " ".join(said), p.separator.join(found) or p.none


_BIG = bank("""I have told you a million times to close the {noun} / this {item} weighs a ton / I waited an eternity for the bus to {city} / my feet are killing me after {n} hours / {first} has a thousand excuses for everything / I could eat a horse / the queue went all the way to the moon / the {item} costs an arm and a leg / I nearly died of boredom
in {city} / everybody in the whole universe knows {first} / my suitcase is as heavy as an elephant / {first} is older than the hills / I have not slept for a hundred years / it took {first} forever and a day to answer / I cried an ocean when the {noun} broke / the coffee in {city} could wake the dead / {first} talks faster than light / there are a zillion
mails in my inbox / this room is hotter than the sun / my brain is about to explode / the soup was so salty it could float a ship / I've got tons of homework, mountains of it / nobody on this planet cooks worse than {first} / my {noun} is the size of a pea / the {item} broke ten thousand times on {day} / I laughed until my head fell off""")
_EXACT = bank("""I have told you {n} times to close the {noun} / this {item} weighs {n} kilos / I waited {m} minutes for the bus to {city} / my feet hurt after {n} hours of walking / {first} gave {n} reasons for being late / I would like two sandwiches, please / the queue went as far as the next corner / the {item} costs {money} / the talk in {city} did not interest me /
most people in our street know {first} / my suitcase weighs {n} kilos / {first} is {num} days older than I am / I slept for {n} hours last night / it took {first} {n} days to answer / I was sad when the {noun} broke / the coffee in {city} was rather strong / {first} speaks quite fast / there are {num} mails in my inbox / it is warm in this room / I have a slight
headache / the soup was a little too salty / I have homework in {n} subjects / {first} does not cook very well / my {noun} is {n} centimetres wide / the {item} broke on {day} / I laughed at the joke about {city}""")  # fmt: skip


@area.family(
    "claims and disclosure",
    "[tell|decide|say] whether the speaker exaggerates: {big} if what is said cannot be meant literally because it is blown up far beyond the possible, {exact} if it can be taken literally",
    "{big} = wildly exaggerated figure of speech; {exact} = plain statement that can be [meant literally|taken at its word]",
    "We turn complaints into data, and sentences like 'I waited a hundred years' [ruin|spoil] the numbers. [Mark|Flag] such wild exaggerations with {big}. A sentence which may well be literally true gets {exact}, [whether it has a number in it or not|with or without a number].",
    given="a sentence",
    difficulty=1,
    labels=labels(big=("exaggerated", "hyperbole", "figurative"), exact=("literal", "plain", "exact")),
)  # fmt: skip
def exaggerated_or_literal(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("big", "exact"))
    return letter(draw, say(draw, _BIG if kind == "big" else _EXACT), frame=0.1), p.labels[kind]


_PAID = {
    "paid": bank("""this post was paid for by {company} / {company} sent me the {item} for free / advertisement: my thoughts on the {item} / I got {money} from {company} for this review / many thanks to {company}, my sponsor, for the {item} / #ad #sponsored / I may keep the {item} in return for these lines / the makers invited me to {city} and covered all
    costs / paid partnership with {company} / with the kind support of {company} I tested the {item} / I receive a share of every {item} you buy through my link / {company} gave me the {item} at no charge"""),
    "own": bank("""I bought the {item} with my own money / I paid the full price of {money} for it myself / nobody paid me for this text, I got the {item} at the shop like everyone else / no sponsor, no gifts: the {item} cost me {money} / not an advert: I have no ties to {company} and paid for everything / I saved for {n} months to afford the {item} / I turned down money from
    {company} and bought the {item} in a shop / out of my own pocket: {money} / I returned the free {item} that {company} had sent and bought one on my own / the {item} was paid for by me, and {company} does not know me / I do not take gifts; the {item} is from my own savings"""),
    "open": bank("""the {item} has been in my home since {month} / {company} makes the {item} in {city} / the {item} is sold for {money} / I have used the {item} for {n} weeks / today I show you the {item} by {company} / {company} has made {item}s for {num} years / let us look at the {item} together / the {item} is new this {month} / my next post is about the {item} / {first} asked me to write about the {item}"""),
}  # fmt: skip
_TESTED = bank("""It is light and easy to clean. / The handle could be longer. / It works as it should. / I like the colour. / The noise bothers me a bit. / Setting it up took {m} minutes. / The quality is fine. / My family uses it every day. / I tried it in {city}. / It is sturdy. / The manual is too short. / I would choose the smaller size. / It does
what it says on the box. / After {n} days I got used to it.""")  # fmt: skip


@area.family(
    "claims and disclosure",
    "[say|tell] what the review discloses: {paid} if the author got money, gifts or free products for it, {own} if the author says that they paid for the product [themselves|on their own], {open} if nothing is said about it",
    "Independent? {paid} = author got something for it; {own} = bought with own money, says so; {open} = [not mentioned|no word about it]",
    "We [label|tag] blog posts for an advertising watchdog. {paid} goes to posts which admit to payment, free goods, invitations or commission. {own} goes to posts which state that the writer bore the cost. Posts that do not say who paid get {open}. [What the author thinks of the product does not matter.|Praise or blame plays no role.]",
    given="a product review",
    labels=labels(paid=("sponsored", "paid", "ad"), own=("independent", "own", "unpaid"), open=("unknown", "undisclosed", "unclear")),
)  # fmt: skip
def who_paid_for_the_review(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_PAID))
    item = draw.pick(ITEMS)
    parts = [say(draw, _PAID[kind], item=item), *(say(draw, (s,)) for s in draw.some(_TESTED, 1, 6))]
    return letter(draw, *(draw.mix(parts) if draw.chance(0.6) else parts), frame=0), p.labels[kind]


_RHETORIC = bank("""who doesn't like [free cake|a day off|sunshine]? / do I look as if I were made of money? / how many times do I have to tell you? / what could possibly go wrong? / do pigs fly? / why do I even bother? / is there anything better than coffee in the morning? / who needs enemies with friends like {first}? / do you think I was born yesterday? /
what is the world coming to? / have you lost your mind? / who would want to pay {money} for a used {item}? Nobody! / isn't it obvious that the {noun} is broken? / how hard can it be to close a door? / do you take me for a fool? / are you kidding me? / what's not to love about {city}? / why not just burn the money right away? / since when do cats do what they are told? / is
the sky blue? Of course I am coming! / do I have to do everything myself around here? / who cares about the colour of a {item}? I certainly don't / what were they thinking when they painted the {noun} pink? / how could anyone forget a day like that? / am I talking to a wall? / is a little thank-you too much to ask? / who do they think they are? / does
money grow on trees?""")
_REAL_Q = bank("""who would like [cake|tea|the last slice]? Please raise your hand / do you have change for {money}? / how many times did the bell ring? / what time does the train to {city} leave? / do the {item}s come with a cable? / why was the meeting on {day} moved? / is there anything to drink in the fridge? / who is bringing {first} to the station? / were you born in {city}? /
what is the name of the street where {first} lives? / have you seen my {noun}? / who paid the {money} for the {item}? I need the name for the receipt / is the {noun} broken, or can I use it? / how do I open this door? / do you take sugar? / are you free on {day}? / what would you like to see in {city}? / why is the shop closed today? / since when
does {first} work here? / is the box blue or green? / do I have to sign here? / what colour is the new {item}? / when did they paint the {noun}? / which day suits you best? / am I in the right room for the talk on {city}? / is {money} enough for the taxi? / who is the woman in the photo? / does the bus stop near the {noun}?""")  # fmt: skip


@area.family(
    "claims and disclosure",
    "[tell|decide] whether the question wants information ({real}) or is only asked for effect, as it needs no answer ({show})",
    "Real question, the asker lacks a piece of information: {real}. Rhetorical, asked to make a point: {show}",
    "A bot of ours answers questions in the staff chat, but it must not react to questions that nobody wants answered. [Return|Answer] {show} if the question is rhetorical, [so it merely makes a point or vents|a way to make a point or vent], and {real} if the person really wants to know something.",
    given="a chat message",
    labels=labels(real=("real", "genuine", "answer"), show=("rhetorical", "not real", "ignore")),
)  # fmt: skip
def rhetorical_or_genuine_question(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("real", "show"))
    opening = draw.pick(
        ("", "", "", "Hey, ", "Sorry, ", f"{names.first_name(draw)}, ", "So, ", "Tell me, ", "Hm, ")
    )
    text = say(draw, _REAL_Q if kind == "real" else _RHETORIC)
    text += "" if text[-1] in "?!" else "."
    return rough(draw, capital(opening + text) + draw.pick(("", "", " 🙂", " 😅", " 🤷"))), p.labels[kind]
