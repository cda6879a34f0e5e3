"""Where requests belong: teams of a shop and of a company, kinds of feedback and of reports on software."""

from programasweights.data.oracle.areas.fuzzy_classification._banks import NEUTRAL, bank, chain, letter, say
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Fuzzy classification")

_DESKS = {
    "money": bank("""I was charged [twice|two times|{money} too much] for the {item} / [where is|I never got] the
    invoice for [my last order|{month}] / [the|my] refund of {money} has not [arrived|come] on my bank account /
    please put our VAT number on the invoice / my card was [declined|refused] when I tried to pay / why did you
    take {money} from my account in {month}? / can I pay in {n} instalments? / I need [a receipt|an invoice] for
    my tax return / there is a payment of {money} on my statement that I do not know / the amount on the bill is
    wrong, it should be {money} / I'd like to change from card to bank transfer for my payments / you sent me a
    payment reminder, but I paid the bill on {day} / how long do I have to pay the bill? / the [bill|invoice]
    shows the old company name / I paid {money} by mistake, please send it back to my account / which bank
    account do I transfer the money to? / the discount of {n} percent is missing on the bill"""),
    "parcel": bank("""[my parcel|the {item}] has not [arrived|been delivered] yet / the tracking has not moved
    since {day} / the courier left the parcel [in the rain|at the wrong house] / can you deliver to [my office|a
    pick-up point|my neighbour] instead? / the driver rang at {clock} when nobody was home / when will [the
    {item}|my parcel] be here? / the parcel was sent to my old address, please redirect it / do you ship to
    {city}? / the delivery was [promised for|due on] {day} and nobody came / tracking says delivered, but there
    is no parcel here / [only one|just one] of {n} boxes has come, where is the rest? / can I choose another
    delivery day? / which courier brings the {item}? / the parcel has been at the depot in {city} for {n} days /
    my box is stuck at customs / please tell the driver to use the back door / the parcel went back to you, the
    courier did not find my house"""),
    "login": bank("""I [forgot|lost] my password / [I cannot|I can't] log in [any more|since {day}] / the reset
    mail never [comes|arrives] / my account is locked after {n} tries / how do I change [my e-mail address|my
    user name] in the profile? / please delete my account / the code for two-step sign-in does not arrive /
    somebody else is using my account / I have two accounts, please merge them / how can I switch on two-factor
    sign-in? / your site says that my user name is unknown / I want to register, but it says the address is
    taken / my profile shows another person's name / the login page rejects my new password / I have a new phone
    and the sign-in app is gone / please unlock my account / I signed up on {day} and never got the activation
    link / [I need|please send me] a new [password|user name|sign-in code] / [signing in|logging in] [fails|is
    impossible] with [my old password|my phone|the right password]"""),
    "defect": bank("""the {item} [stopped working|broke|died] after {n} days / the {item} does not switch on / one
    leg of the {item} is loose / the {item} makes a grinding noise / the {item} gets far too hot / how do I
    clean the filter of the {item}? / the zip of the {item} is torn / I need a spare part for the {item} / the
    {item} [leaks|rattles|smells of burning] / the manual for the {item} is missing, how do I put it together? /
    the battery of the {item} lasts only {n} minutes / the handle of the {item} broke off / the {item} has a
    crack / can the {item} be repaired? / which screws fit the {item}? / the light on the {item} blinks {n}
    times and then it stops / the {item} does not fit together, the holes are in the wrong place"""),
    "sales": bank("""do you give a discount if we buy {num} pieces? / I'd like a quote for {num} of the {item} /
    which {item} would you recommend for a small flat? / will the {item} come in green as well? / what is the
    difference between the two models of the {item}? / we want to become a reseller / is there a cheaper {item}
    in your range? / could we get a sample before we order {num}? / please send me your price list for companies
    / I am thinking of buying the {item}, is it suitable for children? / do you also sell used ones? / our firm
    in {city} needs {num} of them, what would they cost? / when will the new model of the {item} go on sale? /
    can I see the {item} in a shop before I buy it? / do you have gift vouchers? I would like to buy one / is
    the {item} still available to buy? / we are interested in a yearly supply contract for {num} pieces /
    [before I order|before I buy]: is the {item} [heavy|suitable for beginners|sold in pairs|made in {city}]? /
    [I would like to buy|we plan to buy] [{num} pieces|a {item}|two of them], [what do you offer|what do you
    advise|is there a special price]?"""),
}  # fmt: skip


@area.family(
    "routing of requests",
    "send the request to the right desk: {money} for invoices, payments and refunds, {parcel} for "
    "[delivery|shipping and delivery], {login} for [accounts|user accounts] and passwords, {defect} for "
    "broken goods, repair and use of a product, "
    "{sales} for people who want to buy or ask about offers",
    "Desk? bills/payments {money}, shipping {parcel}, account/login {login}, faulty product or how to use "
    "it {defect}, before buying {sales}",
    "I run a [small web shop|shop for household goods] with five [desks|people on the phones] and want each "
    "[message|mail] to go to one of them. What concerns paying, bills or money back goes to {money}. The "
    "way of the parcel goes to {parcel}. Trouble with user accounts "
    "and signing in goes to {login}. Faults, spare parts and the use of things people already have go to "
    "{defect}. Those who still want to buy, ask for quotes or advice go to {sales}.",
    given="a customer's message",
    labels=labels(money=("billing", "finance"), parcel=("shipping", "logistics"), login=("account", "access"), defect=("technical", "service"), sales=("sales", "pre-sales")),
)  # fmt: skip
def desk_for_shop_request(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_DESKS))
    aside = draw.some(bank("I live in {city}. / I am a [teacher|student|nurse|baker]. / I am writing for my [mother|neighbour|boss]. / You can reach me after {clock}. / My customer number is {order}."), 0, 2)  # fmt: skip
    return letter(draw, *draw.mix([say(draw, _DESKS[kind]), *(chain(draw, a) for a in aside)])), p.labels[
        kind
    ]


_INSIDE = {
    "staff": bank("""how many days of holiday do I have left? / I would like to take parental leave from {month} /
    who do I hand my sick note to? / [please correct|there is a mistake in] the birth date in my staff file / I
    want to reduce my hours to {n}0 percent / when will my [work contract|fixed-term contract] be renewed? / can
    I take {day} off? / I would like to apply for the open post in {city} / we need a job advert for a new
    colleague / where do I find the form for training leave? / I need a reference letter from the company / my
    trial period ends in {month}, will there be a talk? / how do I sign up for the language course? / {first}
    resigned today, what has to be done about the contract? / I got married and my family name has changed / is
    there a rule about overtime being taken as days off? / please send me the form for unpaid leave / [I want
    to|how do I] apply for [leave|part-time work|a course|a transfer to {city}]?"""),
    "tech": bank("""my laptop [does not start|is very slow|freezes] / I need a password for the [database|file
    server] / the [wifi|network] is down [on floor {n}|in room {num}] / please install the drawing program on my
    computer / my second screen stays black / Outlook asks for the password all the time / the shared drive
    cannot be reached / I need a [headset|mouse|docking station] for my computer / I clicked on a strange link,
    is my computer infected? / the video software has no sound / please give {first} access to the project
    folder on the server / my keyboard has lost the letter E / the printer driver is missing / VPN does not
    connect from home / my mailbox is full / the new starter needs a computer and a user account / the phone app
    for sign-in stopped working"""),
    "house": bank("""it is [freezing|only {n}0 degrees at noon] in room {num}, the heating is off / the
    [tap|toilet] on floor {n} drips / the lamp above my desk is broken / the lift is stuck / I lost the key to
    my office door / the carpet in room {num} is torn / can we have a higher desk? / there is no soap in the
    washroom / the window in the meeting room does not close / the bins have not been emptied since {day} / my
    chair has only four wheels / it smells of paint in the corridor / I need a parking space / the blinds in
    room {num} are jammed / the coffee kitchen has [mice|ants] / please move the cabinet to room {num} / the
    door of the bike cellar does not lock / the [heating|light|window|toilet|door] in room {num} [is broken|does
    not work|needs repair]"""),
    "cash": bank("""please pay the invoice from {company}, {money} / when do I get back the {money} for my trip to
    {city}? / which cost centre do I use for the {noun}? / I have {n} taxi receipts to hand in / what is the
    limit for hotel costs in {city}? / the supplier {company} sent a reminder for an unpaid bill / my salary for
    {month} was {money} too low / is there budget left for a [poster|stand|team dinner]? / please book {money}
    to the project in {city} / the client has not paid our bill of {money} / I need an advance payment for my
    business trip / the auditor asks for the bills of {month} / how do I file my train tickets as expenses? /
    the bank details of {company} have changed, please update them for payments / can you raise a bill to
    {company} for {money}? / my company credit card was charged twice / I need the pay slip of {month} / [please
    refund|please pay me back] [my taxi|my train ticket|the hotel in {city}], {money}"""),
}  # fmt: skip


@area.family(
    "routing of requests",
    "list all departments that the message concerns, always in this order: {staff} (leave, contracts, "
    "hiring, training), {tech} (computers, network, software), {house} (the building with its rooms and "
    "furniture, cleaning, keys), {cash} (invoices, expenses, pay, budget); "
    "separate them by {separator}; if it concerns none, write {none}",
    "Which departments get a copy? {staff} = leave, contracts, hiring; {tech} = computers, software, "
    "network; {house} = building, furniture, cleaning, keys; {cash} = bills, expenses, budgets, salary "
    "payments. All that apply, in that order, separated by {separator}, else {none}",
    "[In our company|At our firm] one mail often holds several requests. Tell me who must read it. {staff} "
    "deals with leave, contracts, applications and courses. {tech} deals with computers, software and the "
    "network. {house} deals with the building: its rooms, furniture, cleaning, keys. "
    "{cash} deals with bills, expenses, budgets and pay. Name everybody concerned in the order just given, "
    "separated by {separator}. A mail that concerns nobody gets {none}.",
    given="a mail from a colleague",
    difficulty=3,
    separator=separator(),
    none=missing("nobody"),
    labels=labels(staff=("HR", "people"), tech=("IT", "tech"), house=("facilities", "building"), cash=("finance", "accounts")),
)  # fmt: skip
def departments_in_copy(draw: Draw, p: Values) -> Pair:
    kinds = draw.some(tuple(_INSIDE), draw.pick((0, 1, 1, 2, 2, 3)))
    parts = [say(draw, _INSIDE[kind]) for kind in kinds]
    if not kinds or draw.chance(0.3):
        small_talk = bank("""happy birthday, {first}! / the talk by {name} was great fun / have a nice weekend /
    thank you for the cake on {day} / who wants to go for a run on {day}? / our choir sings in {city} on {day},
    do come / I have tomatoes from my garden to give away / what a match last night / greetings from {city} /
    the cherry trees in the park are in bloom / does anyone know a good film? / my cat had {n} kittens""")  # fmt: skip
        parts.append(say(draw, small_talk))
    joints = ("", "", "", "by the way, ", "and one more thing: ", "besides, ", "also: ")
    text = [parts[0], *((draw.pick(joints) + part) for part in draw.mix(parts[1:]))]
    return letter(draw, *text), p.separator.join(p.labels[k] for k in _INSIDE if k in kinds) or p.none


_VOICES = {
    "bad": bank("""the {item} broke after {n} days and I am [furious|very disappointed|fed up] / the worst
    [service|shop|support] I have ever had / [nobody|not one person] answered my {n} mails, that is a disgrace /
    your driver was rude to my mother / I waited {n} weeks for a {item} that does not work / what a waste of
    {money} / I am really unhappy with the way I was treated / the quality of the {item} is
    [terrible|awful|miserable] / I was promised {day} and nothing came, not for the first time / this is the
    [third|fourth|fifth] time the bill is wrong, I have had enough / the shop was filthy and the staff
    unfriendly / the {item} is [rubbish|junk|a bad joke], never again / I feel cheated by your advert / it is
    outrageous to charge {money} for that / the food was cold and the waiter shouted at us / your hotline kept
    me waiting for {m} minutes, unbelievable / I am annoyed: wrong colour, wrong size, no apology / my {item}
    arrived smashed to pieces / I want to complain about the noise in your hotel in {city}"""),
    "good": bank("""I [love|adore] my new {item} / [thank you|many thanks] for the [quick|friendly|wonderful] help
    / {first} from your team was [brilliant|so kind|fantastic] / the best {item} I ever had / delivery was super
    fast, well done / we had a perfect evening at your place / I am [delighted|thrilled|very happy] with the
    {item} / keep up the great work / five stars for your shop in {city} / the staff was lovely and everything
    went smoothly / what a [great|superb] service, I'll be back / the {item} is even better than I had hoped /
    my [kids|parents] are in love with the {item} / you made my day / I tell all my friends about you / chapeau,
    everything perfect from order to delivery / it works like a charm, thank you so much / a big compliment to
    {first} at the counter / excellent quality at a fair price"""),
    "ask": bank("""what are your opening hours on {day}? / does the {item} come with a battery? / how
    [long|wide|heavy] is the {item}? / can I [pick up|order|reserve] the {item} in {city}? / is there a car park
    near the shop? / which size fits a person of 1.{n}0 m? / do you take [vouchers|cards|dollars]? / where can I
    find the manual for the {item}? / is the {item} made of [wood|steel|cotton]? / who can I talk to about a
    group booking? / how many people fit into the room? / when does the sale start? / does the warranty cover
    the lid? / is breakfast included? / do I need a ticket for children under {n}? / what does the abbreviation
    on the label stand for? / how do I get from the station to your shop? / can the {item} go into the
    dishwasher? / are dogs allowed in your rooms?"""),
    "idea": bank("""you [could|should] offer the {item} in more colours / it would be [nice|great] to have a chat
    on your site / how about opening on {day}s as well? / my suggestion: put a bench in front of the shop / I
    suggest adding a filter for sizes / an idea for you: a loyalty card / why not sell spare lids for the {item}
    / I'd propose a shorter form with fewer fields / please consider [vegan|gluten-free] dishes on the menu / it
    might help to print the phone number on the parcel / a dark mode would be a good addition to the app / maybe
    add a children's corner in {city} / what if you let us pay with points / consider using less plastic for the
    parcels / I would add a hook to the {item} next time / a map of the shop would make sense as an addition /
    you could send a short message before the driver comes / let people choose a delivery hour, that is my
    proposal / think about a larger handle for the next model of the {item} / [how about|why not try|I suggest]
    [more benches|a water fountain|free wrapping|evening hours|a newsletter for parents]"""),
}  # fmt: skip


@area.family(
    "kinds of feedback",
    "sort the customer's comment: {bad} if it complains, {good} if it praises or thanks, {ask} if it wants "
    "to know something, {idea} if it proposes an improvement",
    "[Feedback|Comment] type: dissatisfied {bad}, full of praise {good}, information wanted {ask}, proposes "
    "a change {idea}",
    "Cards from our comment box are typed in one by one and I [sort|file] them into four folders. People "
    "who are dissatisfied go to {bad}; people who are happy and say so go to {good}; people who only want "
    "to know something go to {ask}; people who tell us what we could do "
    "[in a new way|better] or what to add, without being angry, go to {idea}.",
    given="a customer's comment",
    difficulty=1,
    labels=labels(bad=("complaint", "negative"), good=("praise", "positive"), ask=("question", "inquiry"), idea=("suggestion", "idea")),
)  # fmt: skip
def folder_for_comment_card(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_VOICES))
    parts = [say(draw, _VOICES[kind])]
    if kind != "ask" and draw.chance(0.3):
        parts.append(say(draw, _VOICES[kind]))
    parts += [chain(draw, n) for n in draw.some(NEUTRAL, 0, 1)]
    return letter(draw, *dict.fromkeys(parts)), p.labels[kind]


_WHERE = bank(
    """on the [settings|profile|start|billing] page / in the [mobile|desktop] app / in version {n}.{n} / when I use
    [Firefox|Chrome|Safari] / on my [tablet|phone|laptop] / in the [calendar|report|export] view"""
)
_REPORTS = {
    "bug": bank("""the app crashes as soon as I [open a file|tap on save|rotate the screen] / the total is wrong:
    it shows {num} instead of {n} / clicking 'save' does nothing {where} / I get error {num} {where} / the list
    shows every entry twice {where} / dates are off by one day {where} / the page stays blank {where} / my
    changes are gone after a reload {where} / the search finds nothing although the entry is there / the button
    is hidden behind the menu {where} / uploads stop at {n} percent and never finish / letters with accents turn
    into question marks {where} / the export file cannot be opened, it is empty / since the last update the
    sound is gone / the login loops back to the login page / the timer goes on counting after I press stop / it
    freezes {where} / sorting by date puts 2019 after 2024 {where} / images are upside down {where} / the undo
    key deletes the whole text / notifications arrive {n} times each / memory use grows until the program is
    killed / a null pointer exception is thrown {where}"""),
    "wish": bank("""please add [a dark theme|an export to CSV|keyboard shortcuts] {where} / it would be great to
    have [folders|tags|filters] {where} / I would love to see support for [Polish|Greek|right-to-left text] /
    could you make the font size adjustable {where}? That would be a nice addition / a way to merge two contacts
    would be useful / request: sign-in with a passkey / feature idea: reminders by text message / we'd need an
    option to print several pages at once, it does not exist yet / please allow more than {n} users per team in
    the future / I'm missing a calendar view, please build one / an undo function would be a welcome addition /
    can you add a map of all customers? / it'd be handy if lists could be shared with others / please let us
    choose our own colours {where} / a command line version would be cool / support for two screens would help
    us a lot / would you consider offline use as a new feature? / proposal: let admins hide menu items / please
    offer the data through an interface for other programs / next wish on my list: voice input {where} / I'd
    like to be able to plan posts ahead, please think about it"""),
    "help": bank("""how do I [change the language|export my data|add a user]? / where can I find the [invoice
    list|trash folder|log file]? / what does the [grey dot|star|small clock] next to a name mean? / can somebody
    explain the difference between a group and a team? / which file types can be imported? / how many users are
    included in the small plan? / is there a guide for beginners? / where do I set the time zone {where}? / what
    is the shortcut for a new line? / how do I invite {first} to my board? / which database do you recommend for
    {num} users? / is it possible to run it on Linux, and how? / how often are backups made? / I am new here:
    how do I start a project? / where is the manual? / what is the limit for the size of a file? / how can I see
    who edited the text? / can I use it with two accounts, and where do I switch? / what happens to my data when
    I close the account? / how do I read the numbers in the report? / do I need an account to comment?"""),
}  # fmt: skip
_GEAR = bank(
    """I am on version {n}.{n}. / We are {num} users. / My system is [Windows|macOS|Linux]. / I use it every day. /
    {first} asked me to write. / We have the [small|large] plan. / I work at {company}. / We have used it since
    {month}."""
)


@area.family(
    "kinds of feedback",
    "label the issue: {bug} if something that exists does not work as it should, {wish} if [the writer "
    "wants something that is not there yet|something new is wanted], {help} if [the writer|somebody] only "
    "asks how or where something is done or what it means",
    "Issue triage. malfunction -> {bug}; wants something new -> {wish}; wants to know how it works -> {help}",
    "We keep [the issues of our app|an issue list] tidy with three tags. {bug} goes on reports that the "
    "program does something wrong. {wish} goes on requests for [new functions|functions that do not exist "
    "so far]. {help} goes on questions from people who "
    "just need an explanation. Each issue gets exactly one tag.",
    given="an issue on our tracker",
    labels=labels(bug=("bug", "defect"), wish=("feature", "enhancement"), help=("question", "support")),
)  # fmt: skip
def tag_for_tracker_issue(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_REPORTS))
    text = say(draw, _REPORTS[kind], where=say(draw, _WHERE))
    return letter(
        draw, *draw.mix([text, *(chain(draw, g) for g in draw.some(_GEAR, 0, 2))]), frame=0.2
    ), p.labels[kind]


_ABOUT = {
    "thing": {
        True: bank("""the {item} itself is [great|solid|beautiful|excellent] / I love the {item} / the {item} works
    perfectly / the material is first class / the {item} does exactly what it should / well made, nothing
    wobbles / very pretty colour and a firm handle / the quality of the {item} is outstanding / the {item} looks
    even better than in the picture / strong, quiet and easy to clean / a fantastic {item} / the workmanship is
    superb / [great|lovely|sturdy|excellent] {item} / [very|really] [good|fine|solid] quality / the {item} is
    [easy to use|a joy to use|a real beauty]"""),
        False: bank("""the {item} [broke|fell apart] after {n} days / the {item} does not work at all / the {item}
    is [flimsy|ugly|badly made] / the material smells of plastic and is thin / the {item} is rubbish / the seams
    of the {item} came loose / it scratches at once and wobbles / the {item} looks nothing like the picture /
    the lid does not close / the buttons got stuck on the first day / bad quality, sharp edges / the {item} is
    useless / [poor|bad|awful|shoddy] {item} / [very|really] [bad|poor] quality / the {item} is [a pain to
    use|broken|a cheap fake]"""),
    },
    "way": {
        True: bank("""delivery was [super fast|quick|right on time] / it arrived a day early / the courier was
    [friendly|very kind] and carried it upstairs / shipping took only {n} hours, wow / the parcel came
    [perfectly packed|well protected] / the driver called before he came, very nice / tracking was precise and
    the parcel punctual / the parcel was here the next morning, great / smooth shipping, no complaints / it was
    handed over neatly and on the promised day / brilliant delivery service / [fast|speedy|punctual|excellent]
    [delivery|shipping] / the parcel was here [within a day|in no time|earlier than promised],
    [great|super|thumbs up]"""),
        False: bank("""the parcel came {n} weeks late / the courier threw the box over the fence / shipping took
    forever / the box was [torn open|soaked|crushed] when it came / the driver never rang and took it away again
    / I had to fetch the parcel from a depot far away / delivery was announced {n} times and did not happen /
    the parcel was left in the rain / they delivered it to a stranger / a terrible delivery service / the
    tracking was wrong all the time and the parcel late / [slow|awful|unreliable|terrible] [delivery|shipping] /
    the parcel took [{n} weeks|ages|a month], [bad|unacceptable|what a mess]"""),
    },
}  # fmt: skip


@area.family(
    "kinds of feedback",
    "say what the customer is {mood} about: {thing} for the product itself, {way} for the delivery, {both} "
    "for both, {neither} if neither of them",
    "{mood} about what? product only -> {thing}, delivery only -> {way}, both -> {both}, neither -> {neither}",
    "Reviews in our shop mix up two things: the goods, and how the parcel came. For each review I want to "
    "know with which of them the [customer|writer] is {mood}. [Give|Put] {thing} if it is the goods alone, "
    "{way} if it is the [delivery|way the parcel came] alone, {both} if it is both, "
    "and {neither} if there is nothing of the kind. [The other feelings do not count.|]",
    given="a review",
    difficulty=3,
    mood=choice({"happy": True, "pleased": True, "satisfied": True, "unhappy": False, "dissatisfied": False, "displeased": False}),
    labels=labels(thing=("product", "item"), way=("delivery", "shipping"), both=("both", "all"), neither=("neither", "none")),
)  # fmt: skip
def source_of_the_mood(draw: Draw, p: Values) -> Pair:
    item = say(draw, bank("{item}"))
    kind = draw.pick(("thing", "way", "both", "neither"))
    parts = []
    for key in ("thing", "way"):
        wanted = kind in (key, "both")
        if wanted or draw.chance(0.7):
            parts.append(say(draw, _ABOUT[key][p.mood if wanted else not p.mood], item=item))
    parts += [say(draw, NEUTRAL, item=item) for _ in range(1 if not parts or draw.chance(0.3) else 0)]
    parts = draw.mix(parts)
    text = (
        parts
        if draw.chance(0.6) or len(parts) != 2
        else [parts[0].rstrip(".") + draw.pick(("; ", ", and ", " - ")) + parts[1]]
    )
    return letter(draw, *text, frame=0.15), p.labels[kind]
