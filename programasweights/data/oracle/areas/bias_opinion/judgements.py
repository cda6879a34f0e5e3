"""Facts and opinions, how certain a claim is, and what it rests on."""

from programasweights.data.oracle.areas.fuzzy_classification._banks import bank, capital, chain, letter, say
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Bias and opinion")

_FACTS = bank("""the museum in {city} opens at {clock} / the new bridge is {num} metres long / {name} was born in {city} / the film lasts {num} minutes / this {item} costs
{money} in the shop / the {item} weighs {n} kilos / {company} has {num} employees / the train to {city} leaves at {clock} / the battery of the {item} lasted {n} hours in the test / the team won
{n} games in {month} / the novel has {num} pages / {num} people came to the concert on {day} / the café has {n} tables outside / the {item} is made of [steel|plastic|wood] / {first} moved to {city} in {month} / the
town hall was built {num} years ago / it rained on {n} days in {month} / the restaurant is closed on {day}s / the soup contains [carrots|onions|lentils] / the hotel has {num} rooms / the song was recorded in {city} / {first} sold the old
{item} for {money} / the price of a ticket rose by {n} percent in {month} / the painting hangs on the [second|third|fourth] floor / {company} moved its office to {city} / the class has {num} pupils / the {item} comes with a cable / the lake is {n} metres
deep at the jetty / the mayor, {name}, took office in {month} / the exhibition shows {num} photographs / the flat is on the [second|third|fifth] floor / the bus stops {n} times before {city} / {first} ran {n} kilometres on {day} /
the second season has {n} episodes / the ring was found in the {noun} / the kettle boils in {n} minutes / the shop sold {num} copies on the first day / the menu lists {n} kinds of tea""")
_TASTES = bank("""the museum in {city} is the [loveliest|dullest] place to spend an afternoon / the new bridge is [an eyesore|a beauty] / the film is [boring|wonderful|far too sad] / this {item} is
[ugly|gorgeous|a joy to use] / {money} is far too much to ask for a {item} / {city} is [more charming than|not half as nice as] {city} / the novel is {num} pages too long for such a thin story / nobody should
have to work on a {day} / the concert on {day} was [magical|a bore] / the café has the best cake in the world / the {item} looks cheap and nasty / {first} has terrible taste in music / the town hall is the prettiest house in the square /
{month} is the most beautiful month of the year / the restaurant deserves {n} stars at the very least / the soup tastes [divine|awful] / the hotel feels [cosy|gloomy|soulless] / this song is [pure joy|unbearable] / tickets
ought to be cheaper / a painting like that belongs in a cellar / {company} should be ashamed of its office / a class of {num} is far too big to be any fun / the {item} is a must for every home / the lake is the most
romantic spot in the country / {name} would make a much better mayor / the exhibition is not worth the trip / the flat is [delightful|depressing] / going to {city} by bus is a torture / running {n}
kilometres before breakfast is madness / the second season is a letdown / the {item} is the most useless thing ever invented / it is rude to call after {clock} / the
menu is a feast for the eyes / {n} kinds of tea are {n} too many / children ought to learn an instrument / the new logo is hideous / winter in {city} is lovelier than summer / {first} is the funniest person in the office / a
red {item} looks better than a blue one / it was wrong to sell the old {noun} / everyone ought to see this film once""")  # fmt: skip


@area.family(
    "facts and opinions",
    "[say|decide] whether the sentence is a fact or an opinion: {fact} for [anything|something] that could be checked by measuring, counting or looking it up (true or not), {opinion} for a judgement of taste or value or of what ought to be",
    "{fact}: can be checked (numbers, events, places; need not be true). {opinion}: somebody's [taste|judgement] - good, bad, beautiful, too much, should be",
    "I [teach media studies|run a fact-checking desk] and want to sort single sentences before [class|we check them]. If one could prove or disprove the sentence with records, a ruler or a clock, [answer|write] {fact}, even if it looks doubtful. "
    "If it only says how good or bad somebody finds something, or what ought to be done, [answer|write] {opinion}. A number in the sentence does not make it a fact.",
    given="a sentence",
    difficulty=1,
    labels=labels(fact=("fact", "checkable", "F"), opinion=("opinion", "view", "O")),
)  # fmt: skip
def checkable_fact_or_taste(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("fact", "opinion"))
    return letter(draw, say(draw, _FACTS if kind == "fact" else _TASTES), frame=0), p.labels[kind]


@area.family(
    "facts and opinions",
    "list the numbers of the sentences that are {kind}, in ascending order, [separated by|divided by] {separator}; {none} if there is none",
    "[Numbers|The numbers] of all sentences that are {kind}; [put|write] {separator} between them. [No such sentence|Not one]: {none}",
    "Our pupils learn to tell facts (what one can check or measure) from opinions (what somebody likes, dislikes or wants). I give you numbered sentences. [Write|Return] the numbers of those which are {kind}, lowest first, with "
    "{separator} in between. [If not a single one qualifies|If there are none], [write|return] {none}.",
    given="a list of numbered sentences",
    difficulty=3,
    kind=choice({"opinions (judgements of taste or value)": "opinion", "opinions": "opinion", "personal judgements rather than facts": "opinion",
                 "facts (things that one could check, true or not)": "fact", "facts": "fact", "checkable facts rather than opinions": "fact"}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def numbered_opinions_in_a_report(draw: Draw, p: Values) -> Pair:
    share = draw.pick((0.0, 0.3, 0.5, 0.5, 0.7))
    kinds = ["opinion" if draw.chance(share) else "fact" for _ in range(draw.randint(3, 6))]
    said = [capital(say(draw, _FACTS if kind == "fact" else _TASTES)) + "." for kind in kinds]
    mark = draw.pick(("{}. ", "{}) ", "({}) ", "[{}] "))
    text = draw.pick(("\n", "\n", " ")).join(mark.format(n) + s for n, s in enumerate(said, 1))
    return text, p.separator.join(str(n) for n, kind in enumerate(kinds, 1) if kind == p.kind) or p.none


_CLAIMS = bank("""the train to {city} will be late / the shop [is|is not] open on {day} / the leak comes from the roof / {first} took the key / the parcel was sent to {city} / we [will|will not] win on {day} /
the [old|second] printer has a loose cable / the flight from {city} was cancelled / the meeting [will|will not] take place on {day} / {first} and {first} know each other from {city} / the noise comes from the fridge / the bill has [already|not] been paid / the {item} was made
in {city} / the library closes at {clock} / {first} [will|will not] move to {city} / the new boss starts in {month} / the lift is [broken|fixed] / the price [went up|fell] in {month} / the dog ate the sandwich / the window was open all night / {company}
[bought|did not buy] the house next door / there is enough milk for {n} people / the letter [was|was never] posted / the {noun} was moved on {day}""")
_CERTAIN = {
    "sure": bank("""I am [absolutely|completely|one hundred percent] [sure|certain] that {c} / there is no doubt that {c} / without any doubt, {c} / {c}, I saw it with my own eyes / I would bet my house on it: {c} / it is
    certain that {c} / {c}, that is beyond question / I know for a fact that {c} / mark my words, {c}, nothing is more certain / no question about it: {c} / it is proven that {c} / {c}, you can take that as a given / I can
    guarantee that {c} / I have not the slightest doubt that {c} / it has been confirmed officially that {c}"""),
    "likely": bank("""[probably|very likely|most likely] {c} / it is quite likely that {c} / {c}, in all likelihood / I am fairly sure that {c}, though not entirely / chances are good that {c} / the odds are that
    {c} / {c}, I would say with [seventy|eighty] percent / most signs point that way: {c} / presumably {c} / more likely than not, {c} / I strongly suspect that {c} / it looks very much as if {c} / I would be a little surprised if it were not so:
    {c} / I expect that {c}, without having proof / there is a good chance that {c}"""),
    "unsure": bank("""[perhaps|maybe] {c}, perhaps not / it is possible that {c}, or just as well not / I have no idea whether {c} / {c}? Could be, could just as well not be / who knows whether {c} / I cannot say if
    {c} / fifty-fifty whether {c} / nobody can tell yet if {c} / it is an open question whether {c} / your guess is as good as mine whether {c} / I honestly do not know if {c} / it remains to be seen whether {c} / it is a
    coin toss whether {c} / hard to say if {c}, I lean neither way / we are completely in the dark as to whether {c}"""),
}  # fmt: skip


@area.family(
    "certainty",
    "[rate|judge] how certain the writer is: {sure} if they leave no room for doubt, {likely} if they find it more likely than not but leave some doubt, {unsure} if they leave it open whether it is so. [Certain that something is not so is certain, too.|]",
    "Certainty of the claim -> {sure} (no doubt at all), {likely} (probable, some doubt left), {unsure} (open, writer does not know)",
    "We collect [witness statements|forecasts from our staff] and need the certainty of each. [Answer|Put] {unsure} when the writer does not know or calls it open, {likely} when the writer thinks that it is probably so, and {sure} when the writer "
    "has no doubt. [It is about how sure they sound, not about whether they are right.|Whether the claim is right plays no part.]",
    given="a statement",
    labels=labels(sure=("certain", "high", "sure"), likely=("probable", "medium", "likely"), unsure=("open", "low", "unsure")),
)  # fmt: skip
def certainty_of_a_statement(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_CERTAIN))
    return letter(draw, say(draw, _CERTAIN[kind], c=say(draw, _CLAIMS)), frame=0.15), p.labels[kind]


_BARE = bank("""the old [printer|heater|lift] needs a new part / the second chapter is too long / our prices are too high / the new form is hard to read / the blue version sells better / the [meeting|talk] should start at {clock} / we need
{n} more people in {month} / the test on {day} was too short / the contract with {company} ends in {month} / the office in {city} is too small / the button on the left does nothing / the budget of {money} will not be enough / the [second|third] photo
is out of focus / the letter to {name} has a mistake / our train leaves from platform {n} / the cable of the {item} is too short / the answer from {city} came too late / the password must be changed / the report contains {n} errors / the sign at
the door confuses visitors / we ordered too many {item}s / the deadline in {month} can be kept / the lamp in room {num} flickers / the plan by {first} is the cheaper one""")
_HEDGES_BEFORE = bank("""I think that / I think / I believe / I guess / Maybe / Perhaps / It seems to me that / In my opinion, / As far as I know, / I could be wrong, but / If I remember correctly, / To my mind, / I have the feeling that /
I would say that / I may be mistaken, but / Correct me if I am wrong, but / I suppose / It might just be me, but / I am not an expert, but / It could be that""")  # fmt: skip
_HEDGES_AFTER = bank(
    """, I think / , I guess / , if I am not mistaken / , or so it seems / , as far as I can tell / , I suppose / , in my humble opinion / , at least I believe so / , perhaps / , but I may be wrong"""
)


@area.family(
    "certainty",
    "[remove|delete|strip] the words by which the writer hedges ('I think', 'maybe', 'in my opinion', 'I may be wrong, but' and the like) from the sentence and give the bare claim, otherwise word for word, {form}; after it, in round brackets, {soft} if you removed such words and {firm} if there were none",
    "The claim without hedging phrases (I guess, perhaps, as far as I know, ...), {form}, [other words unchanged|all other words stay]; then a space and ({soft}) if it was hedged, ({firm}) if not",
    "My [reports|mails] sound too timid. Take out every phrase that only says how unsure I am (such as 'I believe', 'perhaps', 'if I am not mistaken', with its commas) and keep [the other words|my other words] as they are. Write the claim {form}. Behind it I want "
    "in round brackets {soft} when something had to go, and {firm} when the sentence [was fine|had no such phrase].",
    given="a sentence",
    form=choice({"with a capital at the start and a full stop": ".", "with a capital letter first and a full stop last": ".", "all in lower case and without a full stop": "", "in small letters only and with no full stop": ""}),
    labels=labels(soft=("hedged", "soft", "weak"), firm=("firm", "plain", "direct")),
)  # fmt: skip
def hedges_taken_out_of_claim(draw: Draw, p: Values) -> Pair:
    claim = say(draw, _BARE)
    kind = draw.randrange(9)
    text = capital(claim)
    if kind < 3:
        text = f"{draw.pick(_HEDGES_BEFORE)} {claim}"
    elif kind < 5:
        text += draw.pick(_HEDGES_AFTER)
    claim = capital(claim) + "." if p.form else claim.lower()
    said = draw.pick((" ", "")) * draw.randrange(2) + text + draw.pick((".", ".", "...", "", "!", ". "))
    return said, f"{claim} ({p.labels['soft' if kind < 5 else 'firm']})"


_EVENTS = bank("""the lift [got stuck|stopped] on {day} / the bakery closed at {clock} / a [tree|branch] fell on the car park / the guide spoke too fast / the queue was {num} metres long / the band played until {clock} / the pool was empty on {day} /
{first} dropped the trophy / the hotel gave away {n} booked rooms / the guards sent people home / the lights went out at {clock} / they ran out of food by {clock} / the driver missed the stop / somebody fed the swans / the roof of the hall leaked / the teacher
let everyone go at {clock} / the mayor left in the middle of the speech / the waiter spilled the wine / the {item} was sold out on {day} / the goalkeeper slipped / the market was moved to {city} / two cars bumped into each other / the clown lost a
shoe / the ferry turned round / a dog ran across the stage""")
_SOURCES = {
    "seen": bank("""{c}; I stood right next to it / I was there myself when {c} / I watched it happen: {c} / with my own eyes I saw how {c} / {c}, and I filmed it on my phone / I was in the middle of it as {c} / {c}, right in front of me /
    I can tell you first-hand that {c} / I was sitting in the front row when {c} / {c}. I know because I was there / it happened to me in person: {c} / from my window I could see how {c} / {c} while I was waiting there"""),
    "heard": bank("""[my neighbour|{first}|a colleague|our cleaner] told me that {c} / people say that {c} / I read in the paper that {c} / according to {first}, {c} / rumour has it that {c} / word is that {c} / {c}, at
    least that is what {first} says / I was not there, but I hear that {c} / [my sister|{first}] heard from a friend that {c} / {c}, as the radio reported / they say on the internet that {c} / someone at the bus stop mentioned that {c} / supposedly {c}, I
    have it from {first} / the story goes that {c}; I missed it myself"""),
    "open": bank("""{c} / {c}, what a pity / {c}, of all things / {c}. That is the second time this year / and then {c} / {c}! Can you believe it? / sadly {c} / so {c}, once again / in short: {c} / {c}, no joke / {c}. Typical / well, {c}"""),
}  # fmt: skip
_BESIDE = bank("""It was [cold|warm|windy] that day. / The tickets had cost {money}. / It was the week after {month} had begun. / The whole thing took {n} hours. / More on this tomorrow. / It is the talk of {city}. / There will be an inquiry. / It is a
small town.""")  # fmt: skip


@area.family(
    "evidence",
    "[tell|decide] how the writer knows it: {seen} if they were there and witnessed it [themselves|in person], {heard} if they have it from others (people, press, rumours), {open} if they do not say how they know",
    "Witness? {seen} = writer was present; {heard} = second-hand; {open} = [source not mentioned|no word on where it comes from]",
    "We [collect|gather] reports of what went wrong at events. A first-hand report counts more than gossip, so label each one: {seen} when the writer says that they experienced it, {heard} when the writer passes on what somebody else "
    "said or wrote, {open} when the text does not tell where the knowledge comes from.",
    given="a report",
    labels=labels(seen=("first-hand", "witness", "direct"), heard=("hearsay", "second-hand", "indirect"), open=("unknown", "unclear", "no source")),
)  # fmt: skip
def witness_or_hearsay(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_SOURCES))
    more = say(draw, _BESIDE) if draw.chance(0.5) else ""
    return letter(draw, say(draw, _SOURCES[kind], c=say(draw, _EVENTS)), more, frame=0.1), p.labels[kind]


_DEMANDS = {
    "road": bank("""we need a cycle lane on {s} Street / the crossing in {s} Street needs a traffic light / the speed limit in {s} Street must be lowered / {s} Street should be closed to lorries / the bend in {s} Street needs a mirror / a
    zebra crossing belongs in front of the school in {s} Street / the pavement in {s} Street must be made wider"""),
    "lamp": bank("""the path through {s} Park needs lamps / {s} Park should be lit at night / the underpass at {s} Park needs better light / the steps in {s} Park need a handrail / the pond in {s} Park should get a fence / the playground in {s}
    Park needs soft ground"""),
}
_SUPPORT = {
    "data": bank("""the police counted {num} accidents there in {n} years / a study of {num} towns found {m} percent fewer injuries after such a change / measurements by the council show {num} cases in {month} alone / of {num} people asked there,
    {m} percent have had an accident / the insurance figures list {num} claims from that spot / a trial in {city} cut the number of falls by {m} percent / the hospital's statistics show {num} injured people from there last year"""),
    "story": bank("""last {month} I fell there myself and broke my wrist / my son was nearly run over there on {day}, I was holding his hand / I have lived next to it for {n} years, and on {day} I had to help a neighbour up / on {day} I slipped
    there and tore my coat / my mother twisted her ankle there in {month} and could not walk for weeks / I was knocked off my bicycle there on my way home on {day} / {first}, my best friend, hit her head there on {day}"""),
    "feeling": bank("""imagine the empty little bed of a child who never comes home / do you want the tears of a mother on your conscience? / whoever votes no has a heart of stone / how will you sleep at night if something happens? / shame on everyone who looks the
    other way / think of the fear in the eyes of our little ones / only a monster could be against it / picture the tiny shoes on the asphalt / anybody with a heart must weep at the thought / do not come crying when it is your own child"""),
    "bare": bank("""it simply has to be done / that is all there is to say / it is high time / everybody knows it / this cannot wait any longer / there is nothing to discuss / it is as simple as that / and it has to be now / we will
    not go away until it is done / this is long overdue / end of story / it ought to have been done years ago"""),
}  # fmt: skip


@area.family(
    "evidence",
    "[name|give|classify] the kind of support in the petition: {data} for figures, counts or studies; {story} for one thing that the writer or a person close to them went through; {feeling} for an appeal to fear, guilt or pity [without|instead of] evidence; {bare} if no support is given at all",
    "How is the demand backed? numbers or a study = {data}, own experience = {story}, playing on emotions only = {feeling}, no reason whatsoever = {bare}",
    "I work for a town council and read petitions. Each makes a demand; I want to know what it rests on. {data}: statistics, measurements, studies. {story}: something that happened to the writer or to their family or friends. {feeling}: it tries to "
    "[frighten or shame|move or frighten] the reader and offers neither figures nor an event. {bare}: it just repeats that it must be done. [Only one kind occurs in each petition.|There is never more than one.]",
    given="a petition",
    labels=labels(data=("evidence", "data", "facts"), story=("anecdote", "story", "experience"), feeling=("emotion", "appeal", "feelings"), bare=("none", "bare", "unsupported")),
)  # fmt: skip
def backing_of_a_petition(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_SUPPORT))
    street = draw.pick(
        "Mill Station Church Garden Bridge Market Linden Harbour Castle Orchard Chapel River Meadow Tower".split()
    )
    demand = chain(draw, draw.pick(_DEMANDS[draw.pick(("road", "lamp"))]), s=street)
    return letter(draw, *draw.mix([demand, say(draw, _SUPPORT[kind])]), frame=0.3), p.labels[kind]
