"""What customers feel and plan: aspects of reviews, leaving or staying, buying, and moods."""

from programasweights.data.oracle.areas.fuzzy_classification._banks import NEUTRAL, bank, chain, letter, say
from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Fuzzy classification")

_ASPECTS = {
    "food": {
        True: bank("""the [food|meal] was [delicious|wonderful|a dream] / the [soup|lamb|pasta] was the best I ever
    had / everything tasted fresh and perfectly cooked / what a fantastic kitchen, every dish a joy / we loved
    every single bite / the dessert was heavenly / great cooking, full of flavour / the bread alone is worth the
    trip, so tasty / my fish was cooked to perfection / the chef knows his trade, superb dishes /
    [tasty|excellent|superb|marvellous] [food|dishes|cooking|starters and mains] / [I|we] [enjoyed|loved] [the
    fish|the curry|the roast|every course], so [fresh|tasty|juicy]"""),
        False: bank("""the [food|meal] was [awful|bland|inedible] / the [soup|lamb|pasta] was cold and without any
    taste / my fish was raw inside / the meat was tough as leather / everything swam in old fat / the salad was
    brown and limp / the dessert tasted of soap / we could not finish our plates, so bad was the cooking / burnt
    crust, watery sauce, sad vegetables / the dishes came out of a tin, terrible /
    [tasteless|horrible|burnt|over-salted] [food|dishes|starters and mains] / [the fish|the curry|the roast] was
    [dry|burnt|cold|disgusting]"""),
    },
    "staff": {
        True: bank("""the [waiter|waitress|staff] was [so friendly|very attentive|charming] / we were welcomed like
    old friends / {first} at our table was a wonderful host / the service was quick and kind / they explained
    every dish with a smile / the team could not have been nicer / our waitress thought of everything, brilliant
    / attentive people who love their job / such polite and helpful waiters / the owner came to greet us, lovely
    man / [friendly|helpful|warm-hearted|great] [waiters|staff|people at the bar] / {first}, who served us, was
    [a star|great|so kind]"""),
        False: bank("""the [waiter|waitress|staff] was [rude|very unfriendly|arrogant] / we waited {m} minutes
    until somebody even looked at us / the waiter rolled his eyes at our questions / nobody smiled, nobody said
    sorry / they forgot our order twice and blamed us / the service was a disaster / the waitress shouted at my
    mother / we were ignored all evening by the waiters / the owner was insulting / slow and grumpy service /
    [unfriendly|rude|careless|bad-tempered] [waiters|staff|people at the bar] / {first}, who served us, was
    [awful|rude|so unfriendly]"""),
    },
    "price": {
        True: bank("""[very cheap|great value] for [what you get|this part of town] / the prices are more than fair
    / we paid only {n} euros each, a bargain / so much for so little money / the lunch menu is a steal / you
    won't find lower prices in {city} / honest prices, I was surprised how little it cost / excellent value /
    not expensive at all / the bill was pleasantly small / [low|fair|friendly] prices, [what a nice
    surprise|very good|we will be back for that] / the menu for {n} euros is a [steal|bargain|gift]"""),
        False: bank("""[far too|way too|shamelessly] expensive / they want {num} euros for a small plate, a rip-off
    / the prices are outrageous / we paid a fortune / overpriced like nothing else in {city} / the bill was a
    shock, much too high / {n}0 euros for a bottle of water, a joke / not worth half of what they charge / they
    take too much money for everything / the price is insane / [steep|crazy|absurd] prices, [never again|what a
    shock|shame on them] / the menu for {num} euros is [daylight robbery|a rip-off|sheer greed]"""),
    },
    "room": {
        True: bank("""the [room|terrace|garden] is [beautiful|so cosy|lovely] / candles, flowers, soft light: a
    wonderful atmosphere / we sat under old trees, simply beautiful / a stylish interior with comfortable chairs
    / the view from the tables is breathtaking / such a cosy little place / spotless and tastefully decorated /
    pleasantly quiet, you can talk in peace / the fireplace makes it so snug / I adore the old wooden panels and
    the warm light / [beautiful|charming|cosy|elegant] [room|terrace|little garden|decoration] / a
    [clean|bright|pleasant] place with [lovely flowers|beautiful old lamps|soft chairs]"""),
        False: bank("""the [room|terrace|place] is [ugly|gloomy|filthy] / so loud that we could not hear each other
    / the tables were sticky and the floor dirty / it smelled of toilet at our table / hard chairs, cold neon
    light, no charm / we sat in a draught, squeezed between the bins and the door / the music was so loud that
    my ears hurt / shabby walls and wobbly tables / it felt like a waiting room, no atmosphere / it was freezing
    inside / [dirty|ugly|noisy|stuffy] [room|terrace|place] / a [dark|smelly|shabby] place with [dirty
    windows|broken chairs|flickering lamps]"""),
    },
}  # fmt: skip
_DINERS = bank("""We came on a {day} evening. / We were {n} people. / We had booked for {clock}. / It was my
    birthday. / I live around the corner. / They open at {clock}. / {first} had told us about it. / It lies near
    the station. / We were in {city} for a weekend. / My colleagues were with me. / You can pay by card. / It
    was our first visit.""")  # fmt: skip
_SIDES = {
    "the food": "food",
    "taste and cooking": "food",
    "the service": "staff",
    "the staff": "staff",
    "the prices": "price",
    "what it costs": "price",
    "the room and its atmosphere": "room",
    "the place itself (room, noise, cleanliness)": "room",
}


@area.family(
    "sentiment by aspect",
    "judge what the restaurant review says about one thing only, {aspect}: {good} if it is praised, {bad} "
    "if it is criticised, {silent} if the review says nothing about [it|that]. [Other things do not "
    "count|All else is irrelevant]",
    "Opinion on {aspect} in a restaurant review: positive {good}, negative {bad}, not mentioned {silent}. "
    "[Ignore all other aspects|Nothing else matters]",
    "I [run|own] a restaurant and [collect|read] what guests write. Right now I only care about {aspect}. "
    "Answer {good} for a review that is pleased with that, {bad} for one that is not, and {silent} for one "
    "that does not mention it, however happy or angry it is about the rest.",
    given="a review of a restaurant",
    difficulty=3,
    aspect=choice(_SIDES),
    labels=labels(good=("positive", "good", "praised"), bad=("negative", "bad", "criticised"), silent=("not mentioned", "silent", "none")),
)  # fmt: skip
def opinion_on_one_side_of_restaurant(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("good", "bad", "silent"))
    sides = [s for s in draw.some(tuple(_ASPECTS), 1, 3) if s != p.aspect]
    parts = [say(draw, _ASPECTS[s][draw.chance(0.5)]) for s in sides]
    if found != "silent":
        parts.append(say(draw, _ASPECTS[p.aspect][found == "good"]))
    parts += [chain(draw, s) for s in draw.some(_DINERS, 0 if parts else 1, 2)]
    return letter(draw, *draw.mix(parts), frame=0.1), p.labels[found]


_STAY = {
    "clean": {True: bank("""the room was spotless / not a speck of dust anywhere / fresh towels and a gleaming
    bathroom every day / everything was so clean you could eat off the floor / cleaners did a perfect job /
    [room|bathroom|carpet] [perfectly clean|without a spot|sparkling clean] / [very|wonderfully|really] clean
    [rooms|house] / [clean|fresh] [sheets|towels] every day, everything [shone|sparkled]"""),
              False: bank("""hair in the shower and dust under the bed / the sheets had stains / the carpet was
    filthy / mould in the bathroom / the towels smelled and the sink was dirty / we found crumbs of other guests
    in the bed / [dirty|grubby|unclean] [sheets|towels|glasses|windows] / [very|really] dirty
    [rooms|house|shower]""")},
    "quiet": {True: bank("""wonderfully quiet at night / not a sound after ten, we slept like babies / so peaceful,
    no traffic to be heard / thick walls, you hear nothing of the neighbours / the calm of the place is a
    blessing / [very|so|wonderfully] quiet [room|house] / a [silent|peaceful] night, [just lovely|what a relief]
    / [no noise|not a single noise|hardly a sound] [from the street|from the corridor|at night], [great|how
    nice|lovely]"""),
              False: bank("""trucks under the window all night long / the walls are like paper, we heard every
    cough / the disco next door kept us awake until {n} am / doors slammed all night / the lift rattled behind
    our bed, no chance to sleep / [terribly|very|so] noisy [room|house] / [barking dogs|a building site|loud
    music|shouting people] [all night|until late], no sleep at all""")},
    "place": {True: bank("""two minutes on foot to the beach, perfect location / right in the centre, everything
    close by / the station is just across the street, ideal / great position by the lake / best address in
    {city}, you can walk everywhere / [great|perfect|superb] location [near the park|by the sea|in the old town]
    / so [handy|close] to [the sights|the shops], we loved where it is"""),
              False: bank("""miles from everything, no bus in sight / a dreadful location next to the motorway exit
    / it takes an hour to get to the centre, far too remote / the area is unpleasant and there is nothing around
    / badly placed, we needed a taxi for every step / [bad|awful|hopeless] location [next to a dump|on a
    motorway|between factories] / far from [everything|the sights], that was a nuisance""")},
    "meal": {True: bank("""the breakfast was magnificent / fresh rolls and fruit in the morning, delicious / we
    loved the breakfast buffet / best morning coffee and pancakes ever / a breakfast that makes you want to stay
    / [great|rich|delicious|lovely] breakfast [with fresh bread|with a big choice|every morning] / the
    [muesli|omelette|juice] at breakfast was [excellent|superb]"""),
             False: bank("""the breakfast was poor: dry bread and one sort of jam / cold eggs and watery coffee in
    the morning / breakfast was a disappointment, half of it gone by eight / the morning buffet was tiny and
    stale / I have never had a worse breakfast / [bad|meagre|awful|dull] breakfast [without fruit|from plastic
    packs|every morning] / the [bread|omelette|juice] at breakfast was [awful|stale]""")},
    "host": {True: bank("""the receptionist {first} was a treasure / such kind and helpful people at the desk / the
    staff carried our bags and gave great tips / everybody greeted us with a smile / the hosts are the nicest
    people / [friendly|lovely|helpful|attentive] [staff|people at the desk|owners] / {first} at the reception
    was [great|so kind|a star]"""),
             False: bank("""the receptionist was rude to us / nobody at the desk cared about our problem / the
    staff were unfriendly and lazy / the porter swore at {first} / the people at the reception ignored us /
    [rude|arrogant|unhelpful|unfriendly] [staff|people at the desk|owners] / {first} at the reception was
    [rude|awful|insulting]""")},
}  # fmt: skip
_GUESTS = bank(
    """We stayed {n} nights. / Room {num}. / We came by train from {city}. / The lift has mirrors. / We were on the
    third floor. / It was a trip with my [choir|office|brother]. / We had the keys at {clock}. / My second visit
    to {city}. / {first} and I travelled with two children. / We booked in {month}. / Check-in is at {clock}. /
    The house has {n} floors."""
)


@area.family(
    "sentiment by aspect",
    "list what the guest {mood}, always in the order {clean} (cleanliness), {quiet} (quiet or noise), "
    "{place} (location), {meal} (breakfast), {host} (staff), separated by {separator}; {none} if it is none "
    "of them",
    "Hotel review -> which of these the guest {mood}: {clean} cleanliness | {quiet} quiet/noise | {place} "
    "location | {meal} breakfast | {host} staff. In this order, joined by {separator}, else {none}",
    "We [manage|own] a few hotels and count what guests write about. For each review give all points that "
    "the guest {mood}. The points are {clean} for cleanliness, {quiet} for how quiet it is, {place} for the "
    "location, {meal} for the breakfast and {host} for the people who work there. "
    "Keep that order, put {separator} between them, and write {none} if there is nothing of the kind.",
    given="a hotel review",
    difficulty=3,
    mood=choice({"praises": True, "is happy with": True, "likes": True, "criticises": False, "is unhappy with": False, "complains about": False}),
    separator=separator(),
    none=missing(),
    labels=labels(clean=("clean", "hygiene"), quiet=("quiet", "noise"), place=("location", "area"), meal=("breakfast", "food"), host=("staff", "people")),
)  # fmt: skip
def points_a_guest_likes_or_not(draw: Draw, p: Values) -> Pair:
    told = {key: draw.chance(0.5) for key in draw.some(tuple(_STAY), 0, 4)}
    parts = [say(draw, _STAY[key][mood]) for key, mood in told.items()]
    parts += [chain(draw, s) for s in draw.some(_GUESTS, 0 if parts else 1, 2)]
    found = [p.labels[key] for key in _STAY if told.get(key) is p.mood]
    return letter(draw, *draw.mix(parts), frame=0.1), p.separator.join(found) or p.none


_LEAVING = {
    "gone": bank("""[please|I want to|I hereby] cancel my [contract|subscription|membership] [at the end of
    {month}|as soon as possible|right away] / I have already signed with {company}, so this is goodbye / how do
    I close my account? I am leaving / we are switching to another provider in {month} / I will not renew in
    {month} / please confirm the end of my contract, I am moving to {company} / enough, I am out. Send me the
    form to leave / my boss has decided to end the contract with you / {company} offered us a better price and
    we took it / delete my account, I won't need it any longer / this was my last month with you / we have
    started to move our data to {company} / consider this letter my notice / I have made up my mind to leave you
    / after {n} years we are ending our subscription / take me out of the plan for good, I am quitting / kindly
    accept my cancellation / do not charge me again, I am not staying"""),
    "angry": bank("""the [app|service|line] was down {n} times this month, please fix it / I am annoyed about the
    [slow|poor] [support|connection], do something about it / my bill is wrong again, this is tiring / why does
    nobody answer my mails? I am not amused / the new version is a pain to use, please improve it / I'm
    disappointed that the date filter is gone, bring it back / {m} minutes on hold, that is no way to treat
    people / the last update made everything slower, please repair that / it is a nuisance that the invoices
    come late / I have reported this error {n} times and it still is not solved / frustrating: the report fails
    every {day} / please train your support, they gave me {n} different answers / I'm unhappy about the outage
    on {day} / the price on my bill does not match my plan, I am cross / the search has become useless, that
    annoys my whole team / once more no technician came at the agreed time, very irritating / I am fed up with
    the login errors, sort them out / the quality of the calls is miserable at the moment"""),
    "fine": bank("""[could you send me|I need] the invoice for {month} / we are [very happy|content|pleased] with
    [you|the service] / I would like to add {n} users to my plan / everything runs well here, just a question
    about the manual / thanks for the quick help on {day} / I'd like to upgrade to the bigger plan / please
    change my address to {city} / I have recommended you to {first} / renewing for another year was an easy
    decision / where can I find the guide for the new report? / how can I add a second phone to my plan? / great
    update, my team loves it / we are opening an office in {city} and want to use your service there too / can I
    pay for {n} years in advance? / when is the next training for users? / the new calendar is a pleasure / I
    would like to book the extra storage / all good so far, only my card number has changed"""),
}  # fmt: skip
_PLANS = bank(
    """My contract number is {order}. / I am a customer since {month}. / We are {n} people. / I write from {city}.
    / You can call me at {clock}. / I use the [small|large] plan. / {first} is my contact."""
)


@area.family(
    "customers and sales",
    "[rate|sort] the customer's message: {gone} if the customer is leaving or has decided to leave, {angry} "
    "if the customer is displeased but does not say [anything about leaving|a word of leaving], {fine} if "
    "neither",
    "Churn: decided to leave / is leaving = {gone}; displeased, [no word of leaving|leaving not mentioned] "
    "= {angry}; all others = {fine}",
    "I look after the customers of a [phone company|software service]. To see whom I should call, I want a "
    "level for each message. {gone}: the person ends the contract or says that they go elsewhere. {angry}: "
    "the person is annoyed or disappointed, but there is no talk of going. "
    "{fine}: normal questions, wishes and thanks of people who are not annoyed.",
    given="a customer's message",
    labels=labels(gone=("leaving", "high risk", "lost"), angry=("unhappy", "medium risk", "at risk"), fine=("fine", "low risk", "safe")),
)  # fmt: skip
def risk_of_losing_customer(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_LEAVING))
    parts = [say(draw, _LEAVING[kind])]
    if kind == "gone" and draw.chance(0.4):
        parts.append(say(draw, bank("You were great, it is just the price. / No hard feelings. / Thank you for everything. / I am really disappointed. / The outages were too much for us. / The service was good, we simply have no use for it any more.")))  # fmt: skip
    parts += [chain(draw, s) for s in draw.some(_PLANS, 0, 1)]
    return letter(draw, *draw.mix(parts)), p.labels[kind]


_HAVE = bank(
    """our budget is {b} / we can spend {b} / there are {b} set aside for it / {b} have been approved / we have {b}
    for this / my boss gave me {b} to spend / the money is there: {b} / we are thinking of {b} in total"""
)
_NO_MONEY = bank(
    """we have no budget for it yet / there is no money for this so far / the budget is not approved / money is the
    problem, we have none this year / nothing has been set aside for it / we cannot pay for anything at the
    moment"""
)
_SOON = bank(
    """we want to start in {t} weeks / it has to run in {t} weeks / please deliver within {t} weeks / we are going
    to buy in {t} weeks / the start is planned in {t} weeks / we need it {t} weeks from now"""
)
_NO_TIME = bank(
    """there is no date yet / we do not know when / some day, maybe / just looking around, nothing is planned / no
    idea when we would start / the date is wide open"""
)
_WANTED = bank("""we are looking for a booking system / I saw your stand at the fair in {city} / we need new
    {item}s for {num} people / we are interested in your cleaning service / our {n} shops need a till program /
    {first} told us about your courses / we are {company} and need a new website / we want solar panels on the
    roof of our hall / I read about your software for dentists / our team of {num} needs training / we need
    somebody to look after our garden / we plan to renew our kitchen in the canteen / it is about a printer for
    our office in {city} / we'd like coffee machines on {n} floors / [we want|our school wants|my firm wants] [a
    new heating system|a security camera|{num} desks|a cleaning contract|a phone system|training for {n} people]""")  # fmt: skip


@area.family(
    "customers and sales",
    "grade the sales inquiry: {hot} if the budget is {least} or more and the start is at most {weeks} weeks "
    "away, {warm} if just one of the two holds, {cold} if neither. What is not stated does not hold",
    "Lead grade, two tests: budget at least {least}; start within {weeks} weeks. Both passed {hot}, one "
    "{warm}, none {cold}. Unknown = not passed",
    "Inquiries come in over [our website|the contact form] and my sales people cannot call everybody at "
    "once. [Check|Look at] two things: whether they have {least} or more to spend, and whether they want to "
    "start within {weeks} weeks. When both are true answer {hot}, when one is true answer {warm}, "
    "when none is true answer {cold}. If a thing is left open, treat it as not true.",
    given="a sales inquiry",
    difficulty=3,
    least=choice({f"{a}{k}{z}": v for v in (2000, 5000, 8000, 10000, 15000, 20000) for a, k, z in (("$", f"{v:,}", ""), ("", f"{v:,}", " dollars"))}),
    weeks=number(3, 10),
    labels=labels(hot=("hot", "A-lead"), warm=("warm", "B-lead"), cold=("cold", "C-lead")),
)  # fmt: skip
def grade_of_sales_lead(draw: Draw, p: Values) -> Pair:
    rich, soon = draw.pick(
        ((True, True), (True, False), (False, True), (False, False), (True, True), (False, False))
    )
    weeks = draw.randint(2, p.weeks) if soon else p.weeks + draw.randint(1, 20)
    value = (
        p.least + draw.randint(0, 8) * 500
        if rich
        else max(500, p.least - draw.randint(1, p.least // 500) * 500)
    )
    budget = draw.pick((f"${value:,}", f"{value} dollars", f"${value}", f"{value:,} dollars"))
    parts = [
        say(draw, _HAVE, b=budget)
        if rich or draw.chance(0.6)
        else say(draw, _NO_MONEY)
        if draw.chance(0.6)
        else "",
        say(draw, _SOON, t=str(weeks))
        if soon or draw.chance(0.6)
        else say(draw, _NO_TIME)
        if draw.chance(0.6)
        else "",
    ]
    return letter(draw, say(draw, _WANTED), *draw.mix(parts)), p.labels[
        "hot" if rich and soon else "warm" if rich or soon else "cold"
    ]


_MOODS = {
    "anger": bank("""I am [furious|livid|so angry] about [this|the delay|your answer] / this makes my blood boil /
    how dare you [charge me twice|hang up on me|blame me] / I could [scream|explode] / that is an outrage and I
    am raging / my patience is at an end, you have made me mad / I am seething / get this sorted NOW, I am
    beside myself with rage / what an insolence, I am up in arms / your people have driven me up the wall / I
    have never been so angry with a firm / stop fobbing me off, I'm hopping mad / I am sick and tired of your
    excuses, it enrages me / you'll hear from my lawyer, I'm that angry / it is infuriating to be treated like
    that"""),
    "worry": bank("""I am [worried|anxious|afraid] that [my data is in the wrong hands|the {item} might catch
    fire|the money is lost] / I could not sleep for worry: is my account safe? / I'm [nervous|uneasy] about the
    {item}, what if it hurts my child? / please tell me that the parcel is not lost, I am so anxious / I fear
    that somebody is using my card / it scares me that the light keeps flashing / I am concerned about the
    smell, is it dangerous? / we are getting really worried, the wedding is on {day} / I have a bad feeling and
    am scared to use it / my heart races every time the alarm on the {item} goes / could it be a fraud? I am
    frightened / I dread to think what happens if it does not come by {day} / it makes me anxious not to hear
    from you / I'm terrified of losing my photos / we are all on edge here, is the water safe?"""),
    "puzzle": bank("""I am [confused|puzzled|lost]: [which of the two buttons is the right one|there are two prices
    on the bill|what am I supposed to do now]? / I do not understand [the manual|this letter|step {n}] at all /
    your mail leaves me baffled / can somebody explain this, it makes no sense to me / I am at a loss what the
    form wants from me / first you say yes, then no; I no longer understand anything / the picture shows {n}
    screws and I have {num}, I'm puzzled / what does this mean? I am completely lost / I have read it {n} times
    and still don't get it / the two answers contradict each other and I am confused / I cannot make head or
    tail of the bill / bewildered by all these options, which one do I need? / I can't follow the instructions /
    sorry, I am mixed up: is {day} the last day or the first? / it is all Greek to me"""),
    "thanks": bank("""I am [so grateful|very thankful] for [your help|the quick repair|the new {item}] / thank you
    [so much|from the bottom of my heart|a thousand times], {first} / I can't thank you enough / you saved my
    [day|holiday|wedding], thanks / I owe you one, thank you / many, many thanks for staying late for me / what
    would I have done without you? I'm truly grateful / thank you for your patience with me / we appreciate so
    much what you did for us / a heartfelt thank-you to the whole team / words cannot say how grateful we are /
    bless you for your kindness / I will never forget your help, thank you / much obliged, you were a great help
    / my mother sends her warmest thanks"""),
    "letdown": bank("""I am [disappointed|let down], I had expected [more|better] / what a [pity|shame|letdown], I
    had looked forward to it so much / I had high hopes and now I am just sad / after all the praise I had read,
    the {item} is a disappointment / I expected more from a name like yours / sadly it is not what I had hoped
    for / I used to love your shop, now I am disappointed / it is a shame, I trusted your promise / my daughter
    had tears in her eyes when the {item} did not come / I am sorry to say that it fell short of what I had
    hoped for / such a let-down after weeks of joy / I had believed your advert, what a disappointment / we are
    saddened by how little care you took / I feel let down by you / not at all what I had dreamed of, pity / [so
    sad|what a pity|sad to say]: [I had hoped for more|it is a let-down|I had looked forward to it for weeks]"""),
}  # fmt: skip


@area.family(
    "moods",
    "name the feeling that the customer expresses: {anger} for anger, {worry} for fear or worry, {puzzle} "
    "for confusion, {thanks} for gratitude, {letdown} for disappointment without anger",
    "Customer's mood: angry {anger}, worried/afraid {worry}, does not understand something {puzzle}, "
    "grateful {thanks}, sadly disappointed {letdown}",
    "For our phone team I want to show with each [message|mail] how the person feels, so that we can find "
    "the right words. Use {anger} for people who are angry, {worry} for people who are afraid of something, "
    "{puzzle} for people who do not understand something, {thanks} for people who are thankful, and "
    "{letdown} for people whose hopes were not met and who are sad rather than angry about it.",
    given="a customer's message",
    labels=labels(anger=("anger", "angry"), worry=("worry", "fear"), puzzle=("confusion", "confused"), thanks=("gratitude", "grateful"), letdown=("disappointment", "disappointed")),
)  # fmt: skip
def feeling_of_customer(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_MOODS))
    return letter(
        draw, *draw.mix([say(draw, _MOODS[kind]), *(chain(draw, n) for n in draw.some(NEUTRAL, 0, 2))])
    ), p.labels[kind]


_DIARY = {
    "joy": bank("""I [passed|aced] the exam and danced through the kitchen / {first} said yes, I am the happiest
    person in {city} / the sun came out and I laughed all day / we won the final, what a joy / I held my
    granddaughter for the first time, pure happiness / got the job, I could hug the whole world / sang in the
    car all the way to {city}, I felt so light / the puppy is here and we are over the moon / best birthday
    ever, I still can't stop smiling / my book is printed, I am so happy / a perfect day at the lake, I was full
    of joy / old friends at my door, I cheered / the doctor says {first} is healthy again, hurray / I woke up
    and smiled, life is wonderful / dancing with {first} until {n} am, bliss / I am [so happy|overjoyed|in high
    spirits] [about the baby|about my new flat|that {first} is back|today] / what a [wonderful|happy|glorious]
    day, I [hummed|beamed|skipped home]"""),
    "grief": bank("""we buried {first} today, I cannot stop crying / the house is so empty without {first} / I
    cried on the bus / my old dog died in my arms / {first} left me and my heart is broken / I miss my mother so
    much that it hurts / all day in bed, in tears / the letter from {first} made me weep / nothing gives me joy
    any more, I feel so low / we said goodbye for ever / his chair is empty, I sat there and sobbed / I am so
    sad that they sold our house / lonely evening, tears on the pillow / my best friend moved away and I feel
    miserable / grief comes in waves, today was a heavy one / I am [so sad|heartbroken|in tears] [about
    {first}|that it is over|without my cat|today] / [sadness|sorrow] all day, I [wept|could not eat|stared at
    her photo]"""),
    "fear": bank("""footsteps behind me in the dark, I ran home trembling / I am so scared of the operation on
    {day} / I lay awake, terrified of every sound / the plane shook and I thought we would die / somebody was at
    the window last night, I am afraid to sleep / my hands shook before the exam, pure panic / the doctor wants
    to see me again, I am frightened / thunder all night, I hid under the blanket / a man followed me through
    {city}, I was scared to death / I dread the talk with the boss / the lift stopped and I panicked / I saw the
    dog with its teeth bare and froze with fear / nightmares again, I woke up screaming / {first} is not home
    yet and I am sick with fear / I dare not open the door / I am [so afraid|terrified|scared stiff] [of
    tomorrow|of the results|of the man next door|of the dark] / [fear|panic] all night, I [shook|hid|could not
    move]"""),
    "rage": bank("""{first} lied to me again, I am furious / I slammed the door so hard that the glass broke / they
    gave my job to {first}, what an outrage / I could strangle my neighbour with his drill / he laughed at me
    and I boiled with rage / somebody scratched my car, I am livid / I threw the phone against the wall, so
    angry was I / she read my letters, how dare she / I shouted at {first} until I was hoarse / the landlord
    cheats us, it makes me mad / they cut in line and I exploded / I hate how they treat {first}, I am raging /
    third parking ticket for nothing, I swore like a trooper / my brother broke my {item} on purpose, I am
    fuming / I was so angry that I tore up the letter / I am [so angry|enraged|mad as hell] [at {first}|at my
    boss|at the landlord|about the lie] / [rage|fury] all day, I [kicked the bin|yelled|slammed the drawers]"""),
}  # fmt: skip
_DAYS = bank(
    """It is {day}. / It rained. / Lunch at home. / Read {n} pages. / {month} is almost over. / Coffee with
    {first}. / Bus to {city}. / I watered the plants. / Soup for dinner. / Went to bed late. / The clock shows
    {clock}. / Washed the curtains. / New shoes, size 4{n}."""
)


@area.family(
    "moods",
    "[find|name] the main feeling of the diary entry: {joy} for joy, {grief} for sadness, {fear} for fear, "
    "{rage} for anger",
    "Diary -> feeling. happy {joy}; sad {grief}; afraid {fear}; angry {rage}",
    "I am making a diary app that paints every day in a colour. [Read|Take] the entry and decide what its "
    "writer felt above all: if it was happiness, return {joy}; if it was sadness or grief, return {grief}; "
    "if it was fear, return {fear}; if it was anger, return {rage}.",
    given="a diary entry",
    difficulty=1,
    labels=labels(joy=("joy", "happy"), grief=("sadness", "sad"), fear=("fear", "afraid"), rage=("anger", "angry")),
)  # fmt: skip
def colour_of_diary_day(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_DIARY))
    first = names.first_name(draw)
    parts = [say(draw, _DIARY[kind], first=first), *(chain(draw, d) for d in draw.some(_DAYS, 0, 3))]
    return letter(draw, *draw.mix(parts), frame=0), p.labels[kind]
