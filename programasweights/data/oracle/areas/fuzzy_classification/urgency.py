"""How soon and how badly something is needed, and what mails and messages about meetings want."""

from programasweights.data.oracle.areas.fuzzy_classification._banks import bank, capital, chain, letter, say
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, yes_no

__all__ = ["area"]

area = Area("Fuzzy classification")

_NEEDS = bank("""we need the signed contract / the heating has to be repaired / I need the slides / someone must
    sign the delivery papers / [please |]send me the price list / the invoice has to be paid / I need your
    approval for the order / please check the translation / the visa form has to be handed in / we need a driver
    for the van / can you print the badges / the server has to be restarted / please call {first} back / I need
    the login for the new tool / we need a decision on the offer from {company} / the leak in the
    [cellar|kitchen|roof] has to be closed / please book the train to {city} / the report must be uploaded / I
    need a replacement for {first} / the samples must be picked up / please confirm the number of guests / the
    door of the warehouse has to be fixed / we need {num} chairs in the hall / please translate the letter from
    {city} / the backup must be tested / I need somebody to read the press release / the bank wants our answer /
    please renew the domain / we need the medicine for {first} / the client in {city} wants the new design /
    somebody has to pick up {first} / please send the keys to {name} / the payroll file has to be released / we
    need a quote for {num} shirts / please change the lock / the form for {first} has to be stamped""")
_WHEN = (
    bank("""in the next {m} minutes / within {m} minutes / this very minute / in {m} minutes at the latest / right
    now, while I am on the phone / within half an hour / in a quarter of an hour / immediately, everybody is
    waiting / {m} minutes from now / now, not in an hour / before the call that starts in {m} minutes / at once
    / in less than half an hour / this minute / right away, we are all standing here / before the shop closes in
    {m} minutes / [in|within] [ten|fifteen|twenty|thirty|forty] minutes / [straight away|instantly|this
    instant], [people are waiting|I am standing at the door|the client is on the line]"""),
    bank("""later today, we still have {n} hours / today, in about {n} hours / today, {n} hours are left / in the
    course of today, about {n} hours from now / this very day, but {n} hours are enough time / today; the
    courier comes in {n} hours / before today is over, that leaves {n} hours / by the end of today, so there are
    {n} hours left / today still, some {n} hours from now / today, roughly {n} hours after this mail""").__add__(
        bank(
            """today, only not in the next {n} hours / in {n} hours, still today / {n} hours from now, today /
    [today|still today], [in|within] [three|four|five|six] hours / today; you have [three|four|five|six] hours
    for it / [five|six|four] hours from now, still today"""
        )
    ),
    bank("""in {d} days / within {d} days / in the next few days, not today / by the day after tomorrow / {d} days
    from now / tomorrow or the day after / not today, but within {d} days / in {d} or {e} days / by tomorrow
    evening / tomorrow, not before / in the next two or three days / {d} days from today / at some point in the
    coming {d} days, not today / [in|within] [two|three|four|five] days / the day after tomorrow /
    [two|three|four|five] days from now"""),
    bank("""in {n} weeks / in {n} months / in a month or two / some time in the next {n} months, there is no hurry
    / whenever you have time, there is no date / at some point in the next year / in a few months / [in|within]
    the next half year / one day, there is no deadline at all / {n} months from now / not before {n} weeks from
    now / when things are quiet again in {n} months / in the far future, say in {n} months / {n} weeks from now
    / by the time I am back in {n} weeks / [in|within] [three|four|five|six] [weeks|months] / [any time|when you
    get round to it], there is no deadline"""),
)
_SHOUTS = bank(
    "URGENT: / !!! / Important: / Re: urgent / Please read! / ASAP???? / [URGENT] / Attention: / High "
    "priority - / Hot!"
)
_CALM = bank(
    "Just a short note: / Small thing: / Nothing dramatic: / For your information: / One more point: / By "
    "the way: / No stress, but / FYI:"
)


@area.family(
    "urgency and priority",
    "decide from the time [given|named] in the message whether it is {now} (to be done {limit}) or {later} "
    "([it may take longer|there is more time than that|no such deadline]). "
    "Words such as 'urgent' in front prove nothing",
    "{now} = has to be done {limit}; {later} = more time or no deadline. [Go by|Trust] the time stated, not "
    "by shouting like 'URGENT'",
    "I [get|receive] far too many [messages|mails] marked as important. Look only at when the thing is "
    "really needed. When the sender needs it {limit}, [answer|write|return] {now}; if it is "
    "needed later than that, or there is no deadline, [answer|write|return] {later}. [Capital letters, "
    "exclamation marks and the word urgent do not matter.|Ignore loud openings.]",
    given="a message at work",
    difficulty=3,
    limit=choice({"within the next hour": 1, "within an hour": 1, "today at the latest": 2, "before the end of today": 2,
                  "within the next seven days": 3, "in the coming seven days": 3}),
    labels=labels(now=("urgent", "now", "high"), later=("can wait", "later", "low")),
)  # fmt: skip
def deadline_against_a_limit(draw: Draw, p: Values) -> Pair:
    now = draw.chance(0.5)
    band = draw.randrange(p.limit) if now else draw.randrange(p.limit, 4)
    day = draw.randint(2, 5)
    when = say(draw, _WHEN[band], d=str(day), e=str(day + 1), n=str(draw.randint(3, 9) if band else 3))
    need = say(draw, _NEEDS)
    opening = say(draw, _SHOUTS if draw.chance(0.5) else _CALM) if draw.chance(0.5) else ""
    text = f"{opening} {need} {when}".strip() if draw.chance(0.6) else f"{opening} {need} - {when}".strip()
    return letter(draw, text, frame=0.25), p.labels["now" if now else "later"]


_SCOPE = {
    "all": bank("""nobody in the company can [work|log in] / the whole office is at a standstill / all {num}
    employees are locked out / every single site is down / no one here can open the system / all branches from
    {city} to {city} report the same: nothing works / the entire firm is offline / not one of us can send or
    receive mail / everybody has stopped working since {clock} / no computer in the whole company starts / all
    users get an error, without exception / it is dead for the whole company / we had to send everyone home,
    nothing runs / nobody in any of our offices can work / no employee can reach the network / every workplace
    in the company is cut off / all of us are cut off from the files / the complete company is without
    telephones / there is no one who can still work / [nobody|no one|not a single person] [here|in the firm|in
    the company|at any site] can [work|log in|open a file|reach the server] [any more|since {clock}|at the
    moment] / the [whole|entire|complete] [company|firm|staff] is [blocked|stuck|locked out|unable to work|cut
    off]"""),
    "several": bank("""the {n} people of the accounting team cannot print, the other departments can / only the
    [warehouse|sales|design] team is cut off, the rest works / {n} colleagues in {city} cannot log in, everyone
    else can / our group of {n} has no access to the shared folder, other groups do / half of the third floor
    has no network, the other floors are fine / the night shift cannot open the planner, the day shift can / two
    departments are stuck, the rest of the firm is not / a handful of us cannot send mail / some of the drivers,
    about {n}, have no map on their phones / {first}, {first} and I cannot start the program / {n} of our {num}
    users are locked out / the people in the {city} branch, and only they, have no telephone / a few of the
    sales people cannot open quotes / our small team of {n} is blocked, nobody else / several colleagues on my
    corridor cannot scan, others can / [{n}|some|a few] people [in the design team|in {city}|on my floor|from
    sales] cannot [log in|print|scan|save files], [the rest|everybody else|all others] can / the
    [legal|sales|design|payroll] team, {n} people, is [cut off|stuck|blocked], [nobody else is|the others are
    not]"""),
    "one": bank("""only my own [screen|laptop|mouse] is dead, my colleagues are fine / I alone cannot log in /
    {first} cannot open the calendar, all others can / my headset does not work, it is just mine / just one
    person is affected: {name} / I am the only one who cannot print / the new colleague {first} has no access
    yet, everybody else has / my password was rejected, nobody else has this / the trouble is limited to my
    account / it is only {first}'s phone / one single user, {name}, gets an error / mine is the only computer
    without sound / no one but me has the problem with the keyboard / {first} has no access to the folder; the
    rest of us do / my docking station is broken, only this one / [only|just] [I|{first}] cannot [log
    in|print|scan|save files], [everybody else|the whole rest of the office|all the others] can / a
    [single|lone] user, {name}, [is locked out|has no sound|cannot print|lost the mouse pointer]"""),
    "none": bank("""everything works, but the logo on the start page is blurred / could the button be green instead
    of grey? All runs well / there is a spelling mistake on the help page, nothing else / nobody is affected, I
    only wish for a dark theme / the font looks a bit old, it does its job / no one is blocked; it would be nice
    to sort the list by date / a comma is missing in the welcome mail, that is all / a small idea: show the
    weather on the intranet. No problem otherwise / all is running, the icon is just a bit too large / it would
    be prettier with rounded corners, it works fine / no harm done, the footer still says last year / we can all
    work; the colours of the chart are just ugly / nothing is broken, I would like a shorter menu some day / it
    works for everybody, only the greeting has a typo / [all is well|everything runs|no one is hindered], [it
    would just be nice to have|I only wish for|my small wish is] [larger buttons|another font|a dark theme|a new
    icon|a prettier start page] / [everybody can work|nothing is blocked]; the [logo|menu|footer|chart] [looks a
    bit dull|is a shade too dark|has an odd colour]"""),
}  # fmt: skip
_ALARMS = {
    "fire": bank("""there is smoke coming out of the server rack / it smells of burning and I see smoke / a small
    fire broke out next to the printer / flames came out of the plug / a charger has caught fire / the socket is
    smoking / thick smoke in the server room / a battery went up in flames"""),
    "leak": bank("""customer data was sent to a stranger / a list with our customers' addresses is open on the
    internet / the customer file went to the wrong firm / the data of {num} customers was leaked / outsiders can
    see our customers' data / customers' records turned up on a public website"""),
    "lost": bank("""a laptop was stolen from {first}'s car / I lost my company phone on the train / {first} left a
    work tablet in a taxi and it is gone / somebody stole a notebook computer from the desk / a company phone is
    missing since {day} / thieves took two of our laptops"""),
}  # fmt: skip


@area.family(
    "urgency and priority",
    "[give|set|assign] the priority by how many are hindered: {all} if the whole company is hindered, "
    "{several} if a group but not everyone is hindered, {one} if it is one person only, "
    "{none} if nobody is hindered. Exception: {extra} always [gets|means] {all}",
    "Priority rule: whole company hindered = {all}; some people = {several}; a single person = {one}; "
    "nobody (wish, cosmetic) = {none}; {extra}: {all}, whatever else",
    "Our help desk sorts reports [by reach|by the number of people concerned]. {all} is for cases in which "
    "the whole company is hindered in its work. {several} is for a team or some colleagues, {one} for "
    "exactly one person, and {none} "
    "for wishes and flaws that keep nobody from working. One rule comes first: {extra} makes it {all} in "
    "any case. [Nothing else raises the level.|]",
    given="a report to the help desk",
    difficulty=3,
    extra=choice({"fire or smoke": "fire", "a mention of fire or smoke": "fire", "a leak of customer data": "leak",
                  "customer data in the wrong hands": "leak", "a lost or stolen device": "lost", "theft or loss of a device": "lost"}),
    labels=labels(all=("P1", "critical", "red"), several=("P2", "high", "orange"), one=("P3", "medium", "yellow"), none=("P4", "low", "green")),
)  # fmt: skip
def outage_priority_by_rule(draw: Draw, p: Values) -> Pair:
    scope = draw.pick(("all", "several", "several", "one", "one", "none", "none"))
    parts = [say(draw, _SCOPE[scope])]
    alarm = draw.pick((p.extra, *_ALARMS)) if draw.chance(0.3) else ""
    if alarm:
        parts.append(say(draw, _ALARMS[alarm]))
    if draw.chance(0.4):
        parts.append(say(draw, bank("""It started at {clock}. / My extension is {num}. / We use version {n}. / I
    tried it {n} times. / This is about ticket {order}. / {first} knows more. / I am at my desk until {clock}. /
    The machine is in room {num}.""")))  # fmt: skip
    return letter(draw, *draw.mix(parts), frame=0.25), p.labels["all" if alarm == p.extra else scope]


_ASKS = bank("""could you tell me [when|whether] the {item} will be back in stock? / which of the two dates suits
    you? / please let me know if you can come on {day} / what is the code for the side door? / can you send me
    the file by {day}? / do you want to keep the old contract? / how many people will come from your side? /
    please send me your new address / are you free on {day} at {clock}? / I need your answer on the offer before
    we can go on / please tell me what you decided / who should I write on the invoice? / would you prefer tea
    or coffee for the guests? / did you get the parcel from {city}? Please tell me / where should we put the
    {noun}? / please write back with your shirt size / can I have {day} off? / should I book the hotel in
    {city}, yes or no? / could you check these numbers and tell me if they are right? / get back to me with your
    thoughts, please / what did {first} say about the price? / may I share your number with {name}? / please
    confirm that you have read this / how much do you charge for {num} pieces? / is the meeting room free on
    {day}? / I would like to hear your opinion on the draft / do we have any more {noun} keys? / please reply
    with the names of the guests / can you give me a hand on {day}?""")
_TELLS = bank("""[just so you know, |]the {item} is back in stock / I have booked {day} for both of us, nothing to
    do for you / the side door is open again / the file is in the shared folder now / the old contract has been
    cancelled as agreed / {n} people from our side will come, as you wished / the offer from {company} has been
    accepted, all done / thank you for your answer, that settles it / the invoice went out this morning / the
    parcel from {city} has arrived, thanks / {first} has put the {noun} back / the lift works again / the office
    is closed on {day} / no need to answer: the hotel in {city} is booked / I will be {n} minutes late, no reply
    needed / for your records: the price stays at {money} / got it, thanks / all clear now, you do not have to
    write back / here are the minutes, for information only / your order {order} has left our warehouse / the
    newsletter for {month} is out / the water will be turned off on {day} from {clock} / perfect, see you on
    {day} / this is an automatic receipt for your payment of {money} / I have paid back the {money}, so we are
    even / my question from {day} has been solved, thanks anyway / the car park will be cleaned on {day} /
    {first} got the job, I thought you would like to hear it / we had a lovely time in {city}, greetings / nice
    work on the report, {first}""")
_SIDE = bank("""It is raining in {city}. / I am on the train. / We moved the {noun}. / {first} is here too. / The
    week was long. / I was in {city} on {day}. / The new printer is grey. / I had lunch with {first}. / My phone
    is almost empty. / The {noun} looks good in the hall.""")  # fmt: skip


@area.family(
    "mail and meetings",
    "[tell|decide|say] whether the sender expects an answer: {yes} if the message asks the reader something "
    "or asks [them|the reader] to write back, {no} if it only informs, thanks or confirms",
    "{yes} = a reply is expected (question or request to report back); {no} = nothing to answer "
    "([news|notice], thanks, receipt)",
    "My inbox should show which [messages|mails] wait for a word from me. [Mark|Label] a message {yes} if "
    "its writer wants me to answer: a question to me, or a request to send or confirm something. "
    "[Mark|Label] it {no} "
    "if I can read it and forget it: news, thanks, notices, or when it says that no reply is needed.",
    given="a message from my inbox",
    difficulty=1,
    labels=yes_no(),
)
def reply_is_expected(draw: Draw, p: Values) -> Pair:
    asks = draw.chance(0.5)
    parts = [say(draw, _ASKS if asks else _TELLS)]
    parts += [chain(draw, side) for side in draw.some(_SIDE, 0, 2)]
    return letter(draw, *draw.mix(parts)), p.labels["yes" if asks else "no"]


_MEETING = {
    "new": bank("""shall we sit together on {day} at {clock} to talk about the {noun}? / I would like to set up a
    [call|meeting] with {first} next {day} / let's meet at {clock} in the small room / could we have a short
    call on {day}? / I propose a first meeting on {day} / how about coffee and a chat about the contract on
    {day}? / please come to my office on {day} at {clock}, we need to talk about {month} / you are invited to a
    kick-off on {day} / can we schedule half an hour about the budget? / I suggest a video call at {clock} / it
    would be good to get {first}, {first} and you round a table on {day} / are you free for a meeting about the
    {noun} on {day}? / please find a slot for us to meet {company} / I'd love to catch up in person on {day},
    would {clock} work? / time for our yearly talk: {day}, {clock}, my room? / let us have a new meeting about
    the {city} office, say on {day} / may I invite you to a talk on {day} at {clock}? / [let's|we should|why
    don't we] [meet|have a call|sit down together] [on {day}|at {clock}|next week] [to plan the party|about the
    budget|with {first}]"""),
    "moved": bank("""the meeting on {day} will start at {clock} instead / can we push our call from {day} to
    another day? / our talk moves to {day}, same room / let's shift the meeting by one hour / I have to postpone
    our meeting to {month} / the call is now on {day} at {clock}, not earlier as planned / could we do the
    review a day later? / new time for our meeting: {clock} / the interview has been put off until {day} /
    please note that the team meeting was brought forward to {clock} / can we have our appointment at {clock}
    rather than in the morning? / the board meeting slips by a week / our session is delayed until {day}, same
    agenda / I'd like to reschedule the meeting with {first} / the workshop will take place on {day} instead of
    the day before / our lunch meeting: another day would suit me better, how about {day}? / sorry, can we move
    our call to {clock}? / [the|our] [call|meeting|appointment] [has moved|has been moved|moves] to
    [{day}|{clock}|next week] / new date for our [call|meeting|talk]: {day}"""),
    "off": bank("""the meeting on {day} is cancelled / there will be no call this week, it is called off / I am
    calling off our talk on {day}; we do not need it any more / please delete the {day} meeting from your
    calendar, it will not take place / {first} has cancelled the workshop for good / no team meeting today, it
    is dropped / our appointment on {day} will not happen, sorry / the review was cancelled and there will be no
    new date / forget about the call with {company}, they have called it off / I have to cancel our meeting, the
    matter is settled / the session in {city} has been scrapped / we are dropping the weekly meeting, nobody
    needs it / the kick-off is off: the project was stopped / cancelled: talk with {name} / please note that the
    board meeting will not take place at all / the interview is cancelled, the job is taken / [the|our]
    [call|meeting|appointment] [on {day}|with {first}] [is|has been] [cancelled|called off|dropped] [for
    good|without a new date] / there will be no [call|meeting|appointment] with {name}"""),
    "else": bank("""the printer on floor {n} has no paper / please send the invoice for {month} / I finished the
    report about the {noun} / your parcel from {city} is at the reception / the price for {num} pieces is
    {money} / who has the key to the {noun}? / our new colleague {first} starts in {month} / the wifi password
    has changed / could you read my text about the {noun}? / {company} has paid / thanks for the photos from
    {city} / I will take the {n} o'clock train / the canteen has soup on {day} / please water the plants while I
    am away / the file is too large to send / happy birthday, {first}! / I left my {noun} in the kitchen / the
    new website is online / we sold {num} tickets / my phone number has changed / the {noun} [was delivered|is
    broken|is too heavy|costs {money}] / [please|could you] [order a {noun}|send me the price list|sign the
    form]"""),
}  # fmt: skip
_CHATTER = bank("""The weather is fine here. / I am out of the office on other days. / Greetings from {city}. /
    {first} sends regards. / The file is attached. / My number is still the same. / I hope your week was good. /
    The coffee machine works again.""")  # fmt: skip


@area.family(
    "mail and meetings",
    "sort the message by what it does to a meeting, call or appointment: {new} if it proposes a new one, "
    "{moved} if one that is already fixed gets another time, {off} if one is cancelled without a new date, "
    "{else} if it is not about [a meeting|meetings] at all",
    "Meeting mail -> {new} (new one suggested) | {moved} (existing one at another time) | {off} (called "
    "off) | {else} (about something else)",
    "[My assistant|A script] keeps my calendar. For each message I must know whether to add, move or delete "
    "an entry. [Return|Write] {new} when someone suggests or announces a new meeting or call, {moved} when "
    "a [planned|known] one "
    "shall take place at another time, {off} when a planned one will not take place any more, and {else} "
    "for [all other messages|everything else].",
    given="a message",
    labels=labels(new=("propose", "add", "new"), moved=("reschedule", "move", "moved"), off=("cancel", "delete", "cancelled"), **{"else": ("other", "none", "no meeting")}),
)  # fmt: skip
def calendar_effect_of_message(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_MEETING))
    parts = [say(draw, _MEETING[kind])]
    if draw.chance(0.5):
        parts.append(say(draw, _CHATTER))
    return letter(draw, *draw.mix(parts)), p.labels[kind]


_AUTOMATIC = {
    "away": bank("""I am out of the office until {day} / thank you for your mail. I am on leave and back on {n}
    {month} / I am on parental leave and do not read mail / currently travelling with no access to mail; in
    urgent cases write to {first} / automatic reply: on holiday until {day} / I'm away from my desk this week
    and will answer when I return / you have reached me during my vacation / I am on sick leave, please turn to
    {name} / our office is closed for the holidays until {day} / out of office: conference in {city}, limited
    access to mail / I will be away from {day} on, {first} stands in for me / I do not work on {day}s and will
    see your mail the day after / I'm enjoying some time off and will be back in {month} / during my absence
    please call {first} on extension {num} / autoreply - I am abroad until {month} / I am taking a break from
    mail until {day} / [I am|I'm] [on holiday|on leave|out of the office|abroad] [until {day}|this week|until
    {month}]; [{first} stands in|your mail will not be forwarded|I will answer when I am back]"""),
    "bounce": bank("""your message could not be delivered / delivery to the following address failed permanently /
    mailbox full, message returned to sender / 550 no such user here / undeliverable: the address was not found
    / the recipient's mailbox is over its limit, your mail was rejected / mail delivery failed: returning
    message to sender / we could not find the domain of the address you wrote to / this account has been
    disabled and your mail was not delivered / delivery status notification (failure) / the host did not answer
    for {n} days, giving up / message blocked: it was too large for the recipient's server / recipient address
    rejected: user unknown / we tried to deliver your message {n} times without success / the mail system could
    not pass on your message, error {num} / returned mail: see transcript for details / [message|mail|delivery]
    to [your recipient|the address below|mailbox {num}] [failed|was refused|is impossible]: [unknown
    address|mailbox full|host not found]"""),
    "stop": bank("""please take me off your mailing list / unsubscribe / I no longer want to get your newsletter /
    stop sending me these mails / remove my address from your distribution list, please / how do I get rid of
    this newsletter? Take me off / no more offers, please. Delete me from the list / I do not wish to receive
    any further mailings / kindly unsubscribe this address / I never signed up for this list, remove me / please
    stop the weekly mails / opt me out of all your mailings / I'd like to end my subscription to the newsletter
    / cancel my newsletter / do not mail me any more offers / my inbox is full of your newsletter, please take
    my name off / [please|kindly] [delete|remove|strike] [me|my name|my address] from your
    [list|mailings|newsletter] / [no more|I don't want any more] [newsletters|mails from you|advertising]"""),
    "human": bank("""thanks for the offer, we would like to order {num} pieces / that sounds good, let us talk on
    {day} / I am not the right person, but {first} buys our {noun}s / what would delivery to {city} cost? / the
    price is too high for us, can you do {money}? / I like the idea and have shown it to {first} / we already
    have a supplier, sorry / could you send a sample to our shop in {city}? / I read your text and have two
    questions / yes, please send the contract / we decided to go with {company} this time / interesting! Is it
    also made in blue? / I agree with points one and two, not with three / please call me, I'd like to know more
    about the {item} / {day} at {clock} is fine for me / my boss wants to see a demo first / who else in {city}
    uses it? / [thanks|good offer|interesting], [we take {num}|send me a sample|what about a discount|let me ask
    {first}|we are not ready to buy yet]"""),
}  # fmt: skip


@area.family(
    "mail and meetings",
    "We sent out a mailing and [get|collect] answers. Label each [of them|answer]: {away} if it is an "
    "absence notice, {bounce} if the mail could not be delivered, {stop} if the person wants no more mails, "
    "{human} if somebody really answers the content",
    "Answer to our mailing: absence notice = {away}; not delivered = {bounce}; wants off the list = {stop}; "
    "real reply by a person = {human}",
    "After every mailing I wade through the [returned mails|replies]. I want them in four piles: {human} "
    "are replies of a person to what we wrote, [{away} are notices that somebody is absent|{away} are "
    "absence notices], "
    "{bounce} are reports that the mail did not reach its address, and {stop} are requests to be taken off the list.",
    given="a reply to our mailing",
    difficulty=1,
    labels=labels(away=("out of office", "absent", "away"), bounce=("bounce", "undelivered", "failed"), stop=("unsubscribe", "remove", "stop"), human=("reply", "answer", "human")),
)  # fmt: skip
def pile_of_mailing_reply(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_AUTOMATIC))
    text = say(draw, _AUTOMATIC[kind])
    if kind == "bounce":
        return capital(text) + draw.pick(
            (
                ".",
                ".",
                f"\nReference {draw.randint(1000, 99999)}",
                "\n\n--- original message ---\nOur spring offers",
                f"\n<{draw.randint(100, 999)}.mail@gate>",
            )
        ), p.labels[kind]
    more = "" if draw.chance(0.5) else say(draw, bank("""My number is {num}-{num}. / This is about your mail of
    {day}. / We are a small firm in {city}. / {company} / Written on {day}. / Your mail had the title "News in
    {month}". / Our customer number is {order}."""))  # fmt: skip
    return letter(draw, text, more), p.labels[kind]
