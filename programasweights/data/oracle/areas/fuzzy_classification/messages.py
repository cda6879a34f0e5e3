"""Unwanted messages and comments, and how things are said: politeness, register, ease of reading."""

import re

from programasweights.data.oracle.areas.fuzzy_classification._banks import (
    bank,
    capital,
    chain,
    rough,
    say,
)
from programasweights.data.oracle.banks import names, noise, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import labels, number, yes_no

__all__ = ["area"]

area = Area("Fuzzy classification")

_TEXTS = {
    "fraud": bank("""[Your|Dear customer, your] [bank account|card|online banking] has been [locked|suspended].
    Confirm your PIN at {link} / You have won {money} in a draw you never entered! Pay the fee of {n}0 at {link}
    to claim / Mum, my phone broke, this is my new number. I need you to send {money} at once, please do not
    call / Final notice: you owe {money} in road tolls. Pay now at {link} or face court / Your parcel is held,
    pay {n}.99 here: {link} and enter your card number and code / We saw a login from abroad. Send us your
    password to keep your account / Work from home and earn {money} an hour, no skills! First send {n}0 as a
    deposit to {link} / Congratulations!!! Your number was chosen for a free phone. Enter your card details:
    {link} / Tax refund of {money} waiting. Type your bank login at {link} within the day / Your account will be
    deleted tonight, verify your PIN at {link} / Double your bitcoin in {n} days, guaranteed! Send coins to
    {link} / I am a lawyer, a rich man left you {num} million. Send your bank details / Your SIM is blocked.
    Reply with the code on your card / Urgent: {first} from the police. You must pay {money} in gift cards today
    / Unpaid invoice! Install this app now or we take {money}: {link} / Your streaming account is on hold, enter
    your card and security code at {link}"""),
    "advert": bank("""[Sale|Big sale]! {n}0 percent off all [shoes|sofas|bikes] until {day}. Your {shop} / New at
    {shop}: the {item} for only {money}. Come by / Hungry? Two pizzas for the price of one on {day} at {shop} /
    Members save {n} percent this weekend at {shop}. See you in store / Our spring collection has arrived at
    {shop}, free coffee for all visitors / Book your summer trip by {day} and get {money} off. {shop} travel /
    Free drink with every burger this week, {shop} / {shop}: buy two, get a third {item} free, only until {day}
    / Fitness at {shop}: first month free, sign up in the studio / Black week at {shop}, {n}0 percent off
    everything / Your voucher for {shop}: {n} euros off your next purchase / Try our new menu at {shop}, from
    {n} euros / The garden season begins: plants from {n} euros at {shop} / Last days of our sale! {item}s from
    {money} at {shop} / {shop} now opens on {day}s too, with {n} percent off to celebrate / Happy hour at {shop}
    from {clock}, all drinks half price"""),
    "notice": bank("""Your [code|login code] is {num}{num}. Do not share it with anyone / Your appointment at the
    dentist is on {day} at {clock} / Your parcel {order} comes today between {n} and {clock} / Reminder: library
    books due on {day} / Your table for {n} is booked for {day}, {clock}. {shop} / Your train to {city} leaves
    {m} minutes late / Bill for {month}: {money}, it will be taken from your account on {day} as usual / Your
    order {order} is ready for pick-up at {shop} / Bin day moves to {day} this week / Your prescription can be
    picked up at the pharmacy from {clock} / You used {n}0 percent of your data for {month} / Your car is ready.
    The repair cost {money}. {shop} / Water will be off in your street on {day} from {clock} / Gate changed:
    your flight to {city} now leaves from gate {n} / School is closed on {day}. The head teacher / Your payment
    of {money} to {shop} was received / Your taxi is on its way and will be there in {n} minutes / Blood
    donation centre: your next date is {day}, {clock}"""),
    "friend": bank("""hey {first}, are we still on for {day}? / running {n} minutes late, order me a [tea|coffee] /
    can you pick up milk on your way home / happy birthday!! hope you get cake / I'm at {first}'s, back by
    {clock} / lol did you see what {first} wore / grandma says hi and asks when you visit / left my keys at your
    place, will fetch them tonight / the baby is asleep, please don't ring the bell / how did the exam go? /
    dinner at ours on {day}? {first} cooks / thanks for the lift yesterday / I'm on the train, see you at
    {clock} / love you, sleep well / which film did you say was good / kids are fed, homework is done, enjoy
    your evening / sorry I missed your call, was in the shower / miss you already xx / {first} scored {n} goals
    today!! / could you water my tomatoes while I'm in {city}? / it's raining, bring my jacket please / ok see
    you there / we had a lovely time in {city}"""),
}  # fmt: skip


@area.family(
    "unwanted messages",
    "sort the text message: {fraud} for fraud (wants to get at money or secret data by a lie), {advert} for "
    "advertising of a shop or firm, {notice} for a notice about [the reader's own booking, order or account "
    "or about public services|something the reader has booked or uses], {friend} for a private message from "
    "family or friends",
    "Text message type: scam {fraud} / honest advert {advert} / notice on bookings, parcels, codes, "
    "services {notice} / private {friend}",
    "I am [building|writing] a filter for text messages on [my parents' phones|a phone]. Scammers who want "
    "a payment, a PIN, card data or a password under false pretences go to {fraud}. Ordinary offers and "
    "sales of shops go to {advert}. Useful notices such as codes, appointments, deliveries or delays go to "
    "{notice}. "
    "What friends or relatives write goes to {friend}.",
    given="a text message",
    labels=labels(fraud=("scam", "fraud"), advert=("advert", "promotion"), notice=("service", "notice"), friend=("personal", "private")),
)  # fmt: skip
def kind_of_text_message(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_TEXTS))
    link = draw.pick(("bit.do/{}", "secure-{}.info", "{}-check.top/x", "http://{}.win", "www.{}-help.biz")).format(draw.pick(("bank", "pay", "id", "parcel", "my-card", "tax", "gift")) + str(draw.randint(1, 99)))  # fmt: skip
    shop = f"{names.last_name(draw)}{draw.pick(('', ' & Co', ' Market', ' Store'))}"
    text = capital(say(draw, _TEXTS[kind], link=link, shop=shop))
    return rough(draw, text + draw.pick(("", ".", "!" if kind != "notice" else ".", ""))), p.labels[kind]


_COMMENTS = {
    "spam": bank("""Earn {money} a day from home, ask me how on t.me/{nick} / FREE {item}S for the first {num}
    people, link in my profile / I lost {n} kg in a week with this tea >>> {nick}.shop / Subscribe to my
    channel, I subscribe back!!! / Crypto expert {name} made me rich, write to him on WhatsApp +1 {num} {num} /
    Want {num}00 followers? Cheap likes at {nick}.biz / Hot singles in {city} are waiting, click my picture /
    check out my channel for free game coins / Sub4sub? I sub everyone back within {n} minutes / I invested
    {money} with Mrs {first} and got ten times as much, contact her on Telegram @{nick} / Buy cheap sunglasses
    {nick}.store {n}0% off today only / you won!!! message me on @{nick} to get your prize / Who wants free gift
    cards? Go to {nick}.win / My new song is out, go to my channel and stream it, link in bio / Thanks to Dr
    {first}'s herbs my illness is gone, order at {nick}.net / promo code {nick} gives you {n}0 percent off, only
    on my page / do not read this: send this comment to {n} videos or you will have bad luck / WORK ONLINE,
    {money} weekly, no boss, info -> t.me/{nick} / I hack any phone for {money}, contact @{nick} / Best betting
    tips, {n}0 wins in a row, join {nick}.bet / like my comment and get a free {item}, details on my page /
    [follow|subscribe to|visit] my [page|channel|shop] [for free coins|and win a {item}|and get rich], [link in
    bio|link in my profile] / [make|earn] {money} [a day|a week] [with my system|from your sofa], [message|text]
    @{nick}"""),
    "real": bank("""the part at {n}:{m} made me [laugh so hard|cry] / I tried the recipe with [oat milk|less sugar]
    and it worked / who else is watching this in {month}? / great explanation, I finally understand {topic} /
    you forgot to mention {topic} / the sound is too low after minute {n} / greetings from {city}, love your
    videos / my {item} broke in the same way, thanks for showing the fix / could you make a video about {topic}?
    / I disagree, {topic} is much easier than you say / what song is that at {n}:{m}? / {first} is so funny in
    this one / this took me {n} tries but it works now / I was at that concert, row {n}, what a night / worst
    ending ever / first / the cat in the background steals the show / I learned more here than in {n} years of
    school / you speak too fast for me, subtitles would help / my grandfather built one just like that / that
    goal was offside, sorry / please bring {first} back / your garden looks lovely / can't believe this is {n}
    years old already / step {n} is missing, how do you attach the handle? / I paid {money} for the same {item}
    / the thumbnail is misleading"""),
}  # fmt: skip
_TOPICS = bank(
    "photosynthesis / the rotary valve / bread dough / chess openings / fractions / the second verse / "
    "soldering / knitting sleeves / tax returns / the Romans / black holes / bike gears / watercolours"
)


@area.family(
    "unwanted messages",
    "[tell|decide] whether the comment under a video is spam: {yes} if it advertises something, lures "
    "people to another page, [channel|profile] or contact or promises money or prizes, {no} if somebody "
    "[just talks|simply writes] about the video or its subject, however rude or silly",
    "Video comment: {yes} = spam (promotion, bait, scams, begging for clicks), {no} = ordinary comment on "
    "the video, [even a negative one|praise or not]",
    "I have a channel with [cooking|science|craft] videos and want to hide spam. Answer {yes} for comments "
    "that are there to sell, to win followers or visits for the writer, or to lure people into a scam or "
    "chain letter. Answer {no} for everything that viewers say about the video itself, also criticism and "
    "questions.",
    given="a comment under a video",
    difficulty=1,
    labels=yes_no(),
)
def spam_under_a_video(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("spam", "real"))
    nick = re.sub(r"[^a-z]", "", names.first_name(draw).lower()) + draw.pick(("", "88", "_fx", "pro", "vip"))
    text = say(draw, _COMMENTS[kind], nick=nick or "luckyday", topic=say(draw, _TOPICS))
    text += draw.pick(("", "", "!", "!!!", " 😂", " 🔥🔥", " ❤️", " 👍", "...", " 😍"))
    if kind == "real" and draw.chance(0.15):
        text = draw.pick(("not spam I promise: ", "this is NOT an ad. ", "hi from a subscriber: ")) + text
    return noise.untidy(
        draw, text.upper() if draw.chance(0.07) else capital(text) if draw.chance(0.5) else text
    ), p.labels["yes" if kind == "spam" else "no"]


_FAVOURS = (
    ("send me the report", "sending me the report"), ("move your car", "moving your car"), ("turn the music down", "turning the music down"), ("close the window", "closing the window"), ("give me the key", "giving me the key"),
    ("sign the form", "signing the form"), ("tell me the price", "telling me the price"), ("wait outside", "waiting outside"), ("come back later", "coming back later"), ("check my invoice", "checking my invoice"),
    ("take the boxes away", "taking the boxes away"), ("fix the printer", "fixing the printer"), ("answer my mail", "answering my mail"), ("call the landlord", "calling the landlord"), ("bring me the menu", "bringing me the menu"),
    ("let me through", "letting me through"), ("pay the bill", "paying the bill"), ("clean the kitchen", "cleaning the kitchen"), ("speak more slowly", "speaking more slowly"), ("show me the room", "showing me the room"),
    ("change the date", "changing the date"), ("read the contract", "reading the contract"), ("hold the door", "holding the door"), ("feed the cat", "feeding the cat"), ("print the tickets", "printing the tickets"),
    ("switch off the light", "switching off the light"), ("return my {item}", "returning my {item}"), ("reserve a table", "reserving a table"),
)  # fmt: skip
_MANNERS = {
    "polite": bank("""Would you be so kind as to {do}? / Could you please {do}, if it is not too much trouble? / I
    would be very grateful if you could {do}. / Might I ask you to {do}? Thank you very much. / Would you mind
    {doing}, please? / May I kindly ask you to {do}? / I hate to bother you, but could you please {do}? / If you
    have a moment, would you please {do}? Many thanks. / I'd really appreciate it if you could {do}, thank you.
    / Excuse me, would it be possible to {do}, please? / Please be so good as to {do}, I would be much obliged.
    / Forgive the trouble, but would you please {do}? / Thank you so much in advance for {doing}. / Could I
    trouble you to {do}, please? / It would be wonderful if you could {do}. Thank you! / Only if you have time:
    would you kindly {do}? / [Please|Kindly] {do}, [if you would be so kind|if you don't mind|and thank you for
    your trouble]. / [Would|Could] you [be so good as to|please] {do}? [Thank you|Many thanks|Much appreciated].
    / We would be most grateful for your help in {doing}. / Dear {first}, would you please be so kind and {do}?"""),
    "plain": bank("""{Do}. / You have to {do} by {clock}. / {Do} on {day}. / {first} wants you to {do}. / Today:
    {do}. / {Do} and tell me when it is done. / {Do} before {clock}. / Next step: {do}. / I need you to {do}. /
    You need to {do} on {day}. / {Do}, then go on with the rest. / {Do} when you are back. / Your job on {day}:
    {do}. / {Do}, {first}. / At {clock}, {do}. / First {do}, then call me. / You are to {do}. / {Do} as agreed.
    / {Do} this week. / Task for {first}: {do}. / [By {clock}|On {day}|Tomorrow|In the morning]: {do}. / {Do}[,
    then report back| and lock the door| after the break| when the bell rings]."""),
    "rude": bank("""{Do}, you idiot. / Are you deaf? {Do}! / {Do} and shut up. / How stupid can one be? {Do}, now!
    / {Do} or get lost. / Move your lazy backside and {do}. / Even a child could {do}, moron. / What's wrong
    with you? {Do}, for crying out loud! / {Do}, you useless lump. / {Do}, dimwit, I won't say it again. / Stop
    whining and {do}, you clown. / Are you too dumb to {do}? / Nobody cares what you think. {Do}! / You're good
    for nothing. {Do}! / Damn it, {do}, you fool! / Get your ugly face out of my sight and {do}. / For once in
    your worthless life, {do}! / {Do}, loser. / Hey blockhead, {do}. / {Do}, you lazy slob, I'm sick of you. /
    {Do}, you [twit|nitwit|airhead|dunce|donkey]. / You [idiot|fool|dope], {do} [already|at last]!"""),
}  # fmt: skip


@area.family(
    "manners and register",
    "[judge|rate] how the request is made: {polite} if it is polite (please, thanks, 'would you mind'), "
    "{plain} if it is matter-of-fact, neither polite nor insulting, {rude} if it insults [the "
    "reader|somebody] or is openly rude",
    "Manners of a request: courteous {polite}, bare order without courtesy and without insult {plain}, "
    "insulting {rude}",
    "I train people [on the phone|at our front desk] to stay friendly, and sort the requests that they get. "
    "{polite} stands for requests with courteous wording, {plain} for short factual orders with no courtesy "
    "but no insult either, {rude} for requests with insults or open contempt.",
    given="a request",
    difficulty=1,
    labels=labels(polite=("polite", "courteous"), plain=("neutral", "plain"), rude=("rude", "impolite")),
)  # fmt: skip
def manners_of_a_request(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_MANNERS))
    do, doing = (
        chain(draw, part, item=f) for f in [say(draw, bank("{item}"))] for part in draw.pick(_FAVOURS)
    )
    text = say(draw, _MANNERS[kind], do=do, doing=doing, Do=capital(do))
    aside = say(draw, bank("I am in room {num}. / It is {clock} now. / The other one is with {first}. / It is about {day}. / I am the one from floor {n}. / This is {first}.")) if draw.chance(0.35) else ""  # fmt: skip
    return rough(draw, " ".join(part for part in draw.mix([text, aside]) if part)), p.labels[kind]


_STYLES = {
    "formal": bank("""I am writing to [enquire about|draw your attention to] {topic}. / We hereby acknowledge
    receipt of your letter concerning {topic}. / Please find enclosed the documents relating to {topic}. / We
    regret to inform you that {topic} cannot be discussed at present. / Should you require further information
    on {topic}, do not hesitate to contact the undersigned. / I should be obliged if you would clarify your
    position regarding {topic}. / With reference to your enquiry about {topic}, we wish to state the following.
    / It is our pleasure to invite you to a reception on the occasion of {topic}. / Pursuant to our agreement,
    the decision on {topic} shall be communicated in writing. / I have the honour to submit my application in
    respect of {topic}. / We kindly request that all correspondence regarding {topic} be addressed to the
    secretary. / Further to our conversation of {day}, I enclose our proposal for {topic}. / The committee has
    duly considered {topic} and will advise you accordingly. / I remain at your disposal for any further
    enquiries as to {topic}. / We would hereby like to express our gratitude for your contribution to {topic}. /
    Your prompt attention to {topic} would be greatly appreciated. / We [would be obliged|should be grateful] if
    you [confirmed|submitted] your [statement|remarks] concerning {topic} [in due course|at your earliest
    convenience]. / [Kindly|We respectfully ask you to] note that {topic} [remains under review|has been
    referred to the board]."""),
    "casual": bank("""hey, any news on {topic}? lol / omg you won't believe what happened with {topic} / gonna chat
    about {topic} later, ok? / yo {first}, what's up with {topic}? / dunno much about {topic} tbh / haha,
    {topic} again, mate / gimme a shout when you've sorted {topic}, cheers / that stuff about {topic} was
    awesome, dude / wanna grab a beer and talk about {topic}? / nah, can't be bothered with {topic} rn / btw
    {topic} is super cool, gotta tell you more / sooo bored of {topic} already, ugh / ya know what, let's just
    skip {topic} / thx a bunch for the thing with {topic} xx / kinda freaked out about {topic}, pls call / hiya,
    heard {topic} went down like a treat, woop / c'mon guys, {topic} isn't that bad / ok bye, I'm off, {topic}
    can wait lol / [hey|yo|heya] [mate|dude|girl|guys], {topic} was [so lame|wicked|sick|meh] [lol|haha|tbh] /
    [cya|laters], [gotta|gonna] deal w/ {topic} now"""),
}  # fmt: skip
_MATTERS = bank("""the annual meeting / the new school / the summer festival / the move to {city} / the heating /
    your holiday / the choir trip / the exam / {first}'s wedding / the garden plan / the parking rules / the
    football match / the flat in {city} / the recipe book / the survey / the bridge / the concert on {day} / the
    neighbours / the photo contest / the job in {city}""")  # fmt: skip


@area.family(
    "manners and register",
    "say whether the message is written in formal style ({formal}: full, official sentences as in a "
    "business letter) or in casual style ({casual}: slang, chat words, short forms as among friends)",
    "Register of the message: official letter style -> {formal}, slangy chat style -> {casual}",
    "Our archive holds both official letters and [chats|private messages], all mixed up, and in lower or "
    "upper case at random. [Go by|Look at] the wording only. {formal} is for official wording as in letters "
    "of firms and offices, {casual} is for the loose way in which friends write to each other.",
    given="a message",
    difficulty=1,
    labels=labels(formal=("formal", "official"), casual=("informal", "casual")),
)
def register_of_a_message(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_STYLES))
    made = [chain(draw, s, topic=say(draw, _MATTERS)) for s in draw.some(_STYLES[kind], 1, 2)]
    text = capital(
        draw.pick((". ", "\n", ". ")).join([*(m.rstrip(".") for m in made[:-1]), made[-1]]).replace("?.", "?")
    )
    shape = draw.randrange(8)
    text = text.lower() if shape < 2 else text.upper() if shape == 2 else text
    return noise.untidy(draw, noise.typos(draw, text, 1) if shape == 3 else text), p.labels[kind]


@area.family(
    "ease of reading",
    "[grade|rate] the text by its longest sentence: {easy} if no sentence has more than {low} words, {hard} "
    "if some sentence has more than {high} words, {medium} [otherwise|in all other cases]",
    "Readability by longest sentence: up to {low} words {easy}, more than {high} words {hard}, in between {medium}",
    "We write [leaflets|web pages] in plain language and our rule is about the length of sentences. Find "
    "the longest sentence of the text and count its words (what stands between spaces). With {low} words or "
    "fewer the text is {easy}; with more than {high} words it is {hard}; with a number in between it is "
    "{medium}. "
    "[Sentences end with a full stop here.|Every sentence ends with a full stop.]",
    given="a text",
    difficulty=3,
    low=number(6, 9),
    high=number(12, 18),
    labels=labels(easy=("easy", "A"), medium=("medium", "B"), hard=("hard", "C")),
)  # fmt: skip
def reading_level_by_sentences(draw: Draw, p: Values) -> Pair:
    level = draw.pick(("easy", "medium", "hard"))
    low, high = {"easy": (3, p.low), "medium": (p.low + 1, p.high), "hard": (p.high + 1, p.high + 12)}[level]
    lengths = [draw.randint(low, high), *(draw.randint(3, high) for _ in range(draw.randint(0, 3)))]
    return " ".join(_sentence(draw, size) for size in draw.mix(lengths)), p.labels[level]


_STARTS = {3: bank("we {past} it / they {past} them / nobody {past} it"), 4: bank("{one} {past} the {thing} / {one} {past} my {thing} / we {past} our {thing}"),
           5: bank("the old {job} {past} it / {one} quietly {past} the {thing} / the {job} {past} the {thing}")}  # fmt: skip
_ADDED = {
    1: bank("again / yesterday / alone / outside / quickly / together"), 2: bank("on {day} / after lunch / last summer / at home / before dinner / without help"),
    3: bank("in the garden / near the station / behind the house / for the school / with some friends / in cold weather"),
    4: bank("and {one} {past} it / so we {past} it / but nobody {past} it / while {one} {past} them"),
    5: bank("because {one} {past} the {thing} / and we {past} the {thing} / although {one} {past} the {thing} / until the {job} {past} it"),
}  # fmt: skip


def _sentence(draw: Draw, size: int) -> str:
    """A sentence of exactly this many words."""

    def told(phrase: str) -> str:
        return chain(draw, phrase, past=words.verb(draw)[2], one=names.first_name(draw).split()[0], job=draw.pick(words.KINDS["profession"]),
                     thing=draw.pick(words.NOUNS))  # fmt: skip

    start = draw.pick([n for n in _STARTS if n <= size])
    parts, left, before = [told(draw.pick(_STARTS[start]))], size - start, 0
    while left:
        fitting = [n for n in _ADDED if n <= left and (n > 3 or n != before)] or [
            n for n in _ADDED if n <= left
        ]
        clauses = [n for n in fitting if n > 3]
        before = draw.pick(clauses if clauses and draw.chance(0.7) else fitting)
        parts.append(told(draw.pick([a for a in _ADDED[before] if a not in parts] or _ADDED[before])))
        left -= before
    return capital(" ".join(parts)) + "."


_PLAIN_NOTES = bank("""the cat sat on the mat / we go home at six / put the cup in the sink / it rains a lot here /
    my dog likes to swim / read this page first / the bus was late / she sings well / we ate soup and bread /
    his coat is red / call me at noon / the key is in the box / add salt and stir / they won the game / our shop
    is shut today / turn left at the gate""")  # fmt: skip
_LONG_WORDS = tuple(
    """accommodation administration characteristic circumstance classification collaboration communication
    consideration constitution correspondence differentiation environment establishment identification
    implementation infrastructure interpretation investigation manufacturing participation philosophy precaution
    profession qualification questionnaire recommendation reconstruction refrigeration representative
    responsibility standardisation sustainability telecommunication transformation transportation understanding""".split()
)  # fmt: skip


@area.family(
    "ease of reading",
    "[count|look for] words of {size} letters or more: {plain} if the text has none, {some} if it has one "
    "or two, {heavy} if it has three or more; a word that comes twice counts twice",
    "Hard words = {size}+ letters. 0 -> {plain}; 1-2 -> {some}; 3+ -> {heavy}. [Repeats count again.|Every "
    "occurrence counts.]",
    "For our [readers in school|easy-reading magazine] a word is hard when it has at least {size} letters. "
    "Put the text in one of three classes: {plain} when there is no hard word, {some} when there are one or "
    "two, {heavy} when there are more than two. [If the same hard word comes again, it is counted "
    "again.|Count repeated words each time.]",
    given="a text",
    difficulty=3,
    size=number(8, 11),
    labels=labels(plain=("plain", "easy"), some=("moderate", "medium"), heavy=("heavy", "hard")),
)  # fmt: skip
def reading_level_by_long_words(draw: Draw, p: Values) -> Pair:
    many = draw.pick((0, 0, 1, 2, 3, 4))
    parts = draw.some(_PLAIN_NOTES, 1, 3) + draw.some(bank("the {w} is new / we talk about {w} / the {w} is not easy / they call it {w} / it has to do with {w} / the word {w} came up / ask {first} about the {w} / where is the {w} / no {w} today / my {w} is over"), many)  # fmt: skip
    made = [chain(draw, part, w=draw.pick(_LONG_WORDS), first="Tim") for part in draw.mix(parts)]
    text = ". ".join(capital(part) for part in made) + "."
    if draw.chance(0.3):
        text += " " + prose.chat(draw)
    count = sum(len(w) >= p.size for w in re.findall(r"[^\W\d_]+", text))
    return text, p.labels["plain" if count == 0 else "some" if count < 3 else "heavy"]
