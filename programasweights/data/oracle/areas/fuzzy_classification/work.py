"""Classes at work: log lines, commits, job adverts, expenses and bank statements."""

from programasweights.data.oracle.areas.fuzzy_classification._banks import (
    bank,
    capital,
    chain,
    letter,
    rough,
    say,
)
from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Fuzzy classification")

_LOGS = {
    "broken": bank("""[cannot|could not] connect to [database|cache|queue] at {host}, giving up / [write|read] to
    disk [sda{n}|vol-{num}] failed: input/output error / request {id} failed with status 500 / unhandled
    exception in worker {n}: index out of range / payment {id} could not be saved, transaction rolled back / out
    of memory, process {num} killed / job nightly-export failed after {n} attempts / certificate of {host} has
    expired, connection refused / could not parse config.yaml, service not started / backup {id} failed: no
    space left on device / mail to {user} could not be sent, message dropped / replication to {host} stopped:
    fatal / kernel panic on {host} / index {id} is corrupt, query aborted / import of file {id}.csv aborted at
    line {num} / panic: nil pointer in handler /orders / segmentation fault in module render / deadlock found,
    transaction {id} lost / lost quorum, cluster stopped / migration {num} failed, database left unchanged"""),
    "odd": bank("""disk [sda{n}|vol-{num}] is [85|88|91] percent full / retrying connection to {host}, attempt {n}
    of 10 / response of {host} took {num}00 ms, slower than usual / option 'old_mode' is deprecated and will be
    removed / memory use at [82|87] percent / certificate of {host} will expire in {n} days / queue length
    {num}0, above the usual level / failed login attempt for {user}, {n} tries left / clock of {host} is {n}
    seconds off / cache nearly full, oldest entries will be dropped soon / file {id}.tmp is missing, using the
    default instead / connection pool almost used up ({num} of {num}{n}) / temperature of fan {n} is rising / no
    backup server set, going on with one copy only / rate limit for {user} will be reached soon / unknown field
    'colour' in config, ignored / request {id} succeeded only at the third try / battery of sensor {n} is
    getting low / license expires in {n} days / slow query ({num}00 ms), index recommended"""),
    "normal": bank("""service started on port 80{n}0 / user {user} logged in / [backup|export] {id} finished in
    {num} s / request {id} completed with status 200 / connected to [database|cache] at {host} / config.yaml
    loaded / {num} mails sent / job nightly-export done / worker {n} ready / file {id}.csv imported, {num} rows
    / user {user} logged out / cache refreshed / new version {n}.{n}.{n} deployed / listening on {host}:80{n}1 /
    order {id} saved / health check passed / shutdown finished cleanly / password of {user} changed on request /
    index {id} rebuilt in {n} s / certificate renewed for {host} / session {id} opened for {user} / migration
    {num} applied / [sync|cleanup|report|import] job {id} [finished|done|completed] in {n} s"""),
}  # fmt: skip


@area.family(
    "developer texts",
    "set the severity of the log line: {broken} if something failed or was lost, {odd} if it still works "
    "but something is unusual or may soon go wrong, {normal} if it reports normal operation",
    "Log severity from the text: failure {broken}; works, but [hints at trouble|looks risky] {odd}; routine {normal}",
    "Our old program writes log lines without a level and I want to colour them. [Give|Use] {broken} for "
    "lines about something that did not work or was lost. [Give|Use] {odd} for lines that warn: a limit is "
    "near, something is slow, missing but replaced, or out of date, while the program goes on. "
    "[Give|Use] {normal} for lines about everyday operation that went well.",
    given="a log line",
    labels=labels(broken=("error", "ERR", "critical"), odd=("warning", "WARN", "caution"), normal=("info", "INF", "ok")),
)  # fmt: skip
def severity_of_plain_log_line(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_LOGS))
    host = (
        draw.pick(("db", "web", "mail", "cache", "node", "edge"))
        + draw.pick(("-", ""))
        + str(draw.randint(1, 40))
        + draw.pick(("", ".local", ".internal"))
    )
    user = draw.pick(
        ("anna", "root", "svc_mail", "jdoe", "guest", "carlos", "ops", "mei", "tom.k")
    ) + draw.pick(("", str(draw.randint(1, 99))))
    text = say(draw, _LOGS[kind], host=host, user=user, id=f"{draw.randrange(16**5):05x}")
    stamp = f"2{draw.randint(0, 3)}:{draw.randint(10, 59)}:{draw.randint(10, 59)}"
    head = draw.pick(("", f"{stamp} ", f"[{stamp}] ", f"2025-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}T{stamp}Z ", f"{host}[{draw.randint(100, 9999)}]: ", f"({draw.pick(('main', 'io', 'worker-3', 'sync'))}) "))  # fmt: skip
    return head + (capital(text) if draw.chance(0.5) else text), p.labels[kind]


_COMMITS = {
    "feature": bank("""add [dark mode|CSV export|user avatars|password reset|a map view] / support [several
    currencies|sign-in with passkeys|dragging of cards] / introduce [tags|weekly reports|search by colour] / let
    users [pin notes|merge contacts|sort tables] / new page for [invoices|team members] / allow uploads of up to
    {num} MB / show the weather on the start page / implement undo for drawings / add option --{word} to the
    command line / first version of the chat window / offer {n} new themes / make it possible to share lists /
    add French to the languages users can choose / new endpoint for {word} statistics / enable two-step sign-in"""),
    "repair": bank("""fix [crash|wrong total|memory leak|endless loop] in [export|checkout|{word} view] / repair
    broken link to the {word} page / correct [rounding|time zone] error in invoices / handle empty input in
    {word} parser, it crashed before / stop the timer from running on after a pause / resolve race condition in
    {word} queue / bug {num}: dates off by one day / do not lose changes on reload / prevent double payment when
    the button is pressed twice / {word}: avoid division by zero / patch the login loop / undo key no longer
    deletes everything / fix null pointer when the {word} is missing / correct sort order of names with accents
    / repair upload that hung at {n}0 percent"""),
    "words": bank("""update the README / describe the {word} options in the manual / correct spelling in the guide
    / add install steps for Linux to the docs / rewrite the chapter on {word} in the handbook / explain error
    {num} in the FAQ / add docstrings to the {word} module / improve the examples in the documentation /
    translate the manual into Spanish / document how to run {word} / mention the new address in CONTRIBUTING /
    add a diagram to the wiki page / clarify the licence text / README: shorter introduction / changelog text
    for version {n}.{n} / [document|explain|describe] the [settings|install steps|error codes|licence] of {word}
    in the [README|manual|wiki|user guide]"""),
    "tidy": bank("""rename {word} to {word}_list, no change in behaviour / move {word} helpers into their own
    module / split the long function in {word} / remove dead code from {word} / simplify the {word} class
    without changing what it does / replace nested ifs by a table, same results / extract the shared part of
    {word} and {word}s / clean up imports / merge two copies of the same function / inline a variable used once
    / restructure the folder of {word} / use early returns in {word}, behaviour as before / turn the {word}
    class into plain functions, same output / tidy up the names of the private methods / drop the unused {word}
    helper / [move|rename|split|inline] the {word} [class|function|module], [no functional change|behaviour
    unchanged|same results]"""),
    "checks": bank("""add tests for {word} / cover the empty list in the {word} tests / more unit tests around
    {word} / speed up the test suite by using a fake clock / test that {word} rejects bad input / raise test
    coverage of {word} to {n}0 percent / make the flaky {word} test stable / add an end-to-end test of the
    checkout / split test_{word} into {n} files / mock the mail server in tests / add fixtures for the {word}
    tests / test the {word} on leap days / parametrise the tests of {word} / remove a test that was there twice
    / regression test for bug {num} / [more|missing|faster|simpler] [unit|integration|browser] tests for {word}"""),
}  # fmt: skip


_NOTED = {
    "new functions only": ("feature",),
    "new functions and repaired faults": ("feature", "repair"),
    "what users notice (new functions, repaired faults)": ("feature", "repair"),
    "repaired faults only": ("repair",),
    "changes of the documentation": ("words",),
    "work on tests only": ("checks",),
    "things that users do not notice (restructured code, tests)": ("tidy", "checks"),
    "restructured code without a change of behaviour": ("tidy",),
}


@area.family(
    "developer texts",
    "decide whether the commit goes into the report, which is for {noted}: {yes} if it does, {no} if it is "
    "anything else",
    "Report on {noted}. Commit belongs in it -> {yes}, any other commit -> {no}",
    "I go through the titles of our commits to write a report. This one covers {noted} and leaves out [all "
    "the rest|everything else]. [Return|Give] {yes} for a commit that I have to mention and {no} for one "
    "that I can skip. [Each commit does one thing.|]",
    given="a commit message",
    noted=choice(_NOTED),
    labels=labels(yes=("include", "yes", "keep"), no=("skip", "no", "drop")),
)
def commit_belongs_in_report(draw: Draw, p: Values) -> Pair:
    inside = draw.chance(0.5)
    kind = draw.pick([k for k in _COMMITS if (k in p.noted) == inside])
    word = draw.pick(_PARTS_OF_CODE)
    text = say(draw, _COMMITS[kind], word=word)
    text = capital(text) if draw.chance(0.5) else text
    end = draw.pick(
        (
            "",
            "",
            "",
            ".",
            f" (#{draw.randint(2, 999)})",
            f" [{draw.pick(('web', 'api', 'app', 'core'))}]",
            f"\n\nReviewed by {names.first_name(draw)}",
        )
    )
    return text + end, p.labels["yes" if inside else "no"]


_PARTS_OF_CODE = """order invoice parser session basket contact report token cache ticket profile import upload
    calendar ledger payment scheduler voucher""".split()


_RANKS = {
    "start": bank("""no experience needed, we teach you everything / [ideal|perfect] for your first job after
    [school|university] / you have just finished your degree / graduates welcome, training on the job / we are
    looking for a beginner with curiosity / your first step into working life / trainee programme of {n} months
    / you are still studying or have just graduated / apprenticeship starting in {month} / internship of {n}
    months for students / you bring good marks; practice comes with us / mentors will guide you through your
    first year at work / newcomers without practice are very welcome / entry-level position / junior position /
    [right after|straight from] [school|university|your training]? [This is the job to begin with|Start with us]
    / no [practice|previous jobs|work experience] [needed|expected|required]"""),
    "skilled": bank("""[three|four|about three to five] years of practice in a similar job / you have worked in the
    field for [three|four] years and manage daily tasks on your own / some years of practice, no duty to lead
    people / professional with four years behind you / you are past the beginnings and work without daily
    guidance, but do not lead a team / solid practice of three or four years required / mid-level position / you
    have been in the trade for about four years / between three and five years of work in the field / after
    three years in the job you are ready for your own projects, staff duties are not part of it / [at
    least|some] [three|four] years [in the trade|of practice|in a like position], no staff to lead / you have
    [worked on your own|handled daily business] for [three|four] years and lead nobody"""),
    "boss": bank("""you [lead|manage|head] a [team|department] of {num} people / [ten|twelve|fifteen] years of
    practice and experience as a head of department / you report directly to the board and decide on the budget
    of {num} million / as a director you are responsible for {n} sites / you hire, guide and assess {num}
    employees / member of the executive board / you take over the management of our {city} branch / head of unit
    with full responsibility for staff and budget / you have led large teams for more than ten years / vice
    president, reporting to the owner / you will run the whole division / several team leaders report to you /
    as managing director you represent the firm / you decide on strategy and staff / chief officer with more
    than fifteen years in the trade / you [guide|head|run] [our sales division|the plant in {city}|a department
    of {num} people] / [head|director|chief] of [sales|research|production], in charge of {num} people"""),
}  # fmt: skip
_OFFERS = bank("""We offer 2{n} days of holiday. / Our office is in {city}. / {company} makes
    [software|furniture|medical devices|toys]. / Apply by {day} with {name}. / Free fruit and coffee. / Canteen
    and job ticket. / We exist since 19{n}{n}. / Reference number {order}. / Start: {month}. / Part-time is
    possible. / {num} colleagues work with us. / Questions? Call {first}.""")  # fmt: skip
_POSTS = "accountant engineer chemist buyer designer planner lawyer logistician controller biologist programmer architect nurse statistician editor electrician translator pharmacist".split()


@area.family(
    "jobs",
    "name the level of the advertised job: {start} for beginners without practice, {skilled} for people "
    "with a few years of practice and no staff to lead, {boss} for people who lead teams, departments or "
    "the firm",
    "Job level: [entry|first job] {start}; some years of practice, no leading {skilled}; leads others {boss}",
    "People on our job board filter by level, so every advert needs one. [Put|Choose] {start} if it is made "
    "for newcomers who have no practice yet. [Put|Choose] {skilled} if a few years (about three to five) "
    "are asked for and the person leads nobody. [Put|Choose] {boss} if the person will [lead others|be the "
    "head of others].",
    given="a job advert",
    labels=labels(start=("junior", "entry"), skilled=("mid", "professional"), boss=("senior", "executive")),
)  # fmt: skip
def level_of_advertised_job(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_RANKS))
    post = draw.pick(_POSTS)
    head = draw.pick(("{P} wanted.", "{c} is looking for {a} {p}.", "Job: {p} (m/f/x).", "Join us as {a} {p}!", "{P} in {t}.", "Vacancy no. {n}: {p}.")).format(
        P=capital(post), p=post, a="an" if post[0] in "aeiou" else "a", c=f"{names.last_name(draw)} Ltd", t=names.city(draw), n=draw.randint(10, 999))  # fmt: skip
    parts = [say(draw, _RANKS[kind]), *(chain(draw, o) for o in draw.some(_OFFERS, 0, 3))]
    return rough(
        draw,
        " ".join([head, *(capital(q).rstrip(".") + ("" if q[-1] == "?" else ".") for q in draw.mix(parts))]),
    ), p.labels[kind]


_SPENT = {
    "travel": bank("""[train|plane|bus] ticket to {city} and back / taxi from the airport to the client / hire car
    for {n} days in {city} / {num} km with my own car to {city} / metro tickets during the fair / toll on the
    way to {city} / parking at the airport / flight {city} - {city} / seat reservation on the night train /
    ferry to the customer / petrol for the hire car / ride to the station / [train|bus|tram|ferry] [ticket|fare]
    [to {city}|from {city}|to the trade fair] / [fuel|car park|car wash] for the hire car"""),
    "bed": bank("""[two|three|{n}] nights in a hotel in {city} / room at the inn near the fair, {n} nights / hostel
    in {city} during the course / single room at the conference hotel / guest house in {city}, {day} to {day} /
    serviced flat for {n} weeks / overnight stay before the early meeting / bed and breakfast in {city} / late
    check-out fee of the hotel / city tax charged by the hotel / [hotel|guest house|inn] [in {city}|at the
    airport|near the client], {n} nights / [double|single] room for {first} in {city}"""),
    "meal": bank("""lunch with {name} from {company} / pizza for the team on release night / coffee and cake for
    the visitors / dinner with {n} clients in {city} / sandwiches for the workshop / catering for the open day /
    drinks and snacks for the board meeting / restaurant bill, {n} people / breakfast with the supplier / ice
    cream for the interns / canteen vouchers for guests / team barbecue, sausages and salad /
    [lunch|dinner|breakfast|coffee] with [{first}|the team|the jury|guests from {city}] / [fruit|biscuits|water
    and juice|cake] for the [workshop|visitors|interview day]"""),
    "kit": bank("""[keyboard|monitor|laptop|headset] for {first} / {n} office chairs / toner for the printer on
    floor {n} / {num} envelopes and stamps / new projector for room {num} / standing desk for {first} / box of
    ballpoint pens / paper, {n} packs / whiteboard and markers / docking stations for {n} new colleagues /
    filing cabinet / replacement cable and mouse / [scissors and tape|a desk lamp|{n} folders|a paper shredder]
    for [the office|room {num}|{first}'s desk] / [printer|tablet|webcam] for {first}"""),
    "learn": bank("""[seminar|workshop] fee: public speaking / online course on statistics for {first} / exam fee
    for the safety certificate / conference ticket, early bird, {first} / language lessons, {n} units / textbook
    on contract law / first-aid training for {n} people / annual access to a learning platform / coaching for
    new team leaders / tuition for {first}'s evening classes / registration for the Python training / handbook
    for the tax exam / [course|class|webinar|training] in [bookkeeping|Spanish|project management|welding] for
    {first} / [conference|congress] fee, {city}"""),
}  # fmt: skip


@area.family(
    "money",
    "book the expense: {travel} for getting from place to place, {bed} for overnight stays, {meal} for food "
    "and drink, {kit} for office furniture, devices and supplies, {learn} for courses, conferences, exams "
    "and textbooks",
    "Expense type -> {travel} transport, {bed} lodging, {meal} food/drink, {kit} equipment and office "
    "supplies, {learn} training/conferences/books to learn from",
    "Staff [type|enter] what they paid in their own words and I have to book it under one of five heads. "
    "Under {travel} go journeys, cars, parking and fuel. Under {bed} go hotels and the like. Under {meal} "
    "goes all that is eaten or drunk. Under {kit} goes what stands or lies in the office. Under {learn} "
    "goes what people learn by: courses, conferences, exams, textbooks.",
    given="a line of an expense report",
    labels=labels(travel=("travel", "transport"), bed=("lodging", "hotel"), meal=("meals", "food"), kit=("equipment", "office"), learn=("training", "education")),
)  # fmt: skip
def head_of_expense_line(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_SPENT))
    text = say(draw, _SPENT[kind])
    form = draw.pick(
        (
            "{t}",
            "{t}",
            "{m}: {t}",
            "{t}, {m}",
            "{t} ({m})",
            "{d}: {t}",
            "{d} - {t} - {m}",
            "paid {m} for: {t}",
            "{t}; paid by {f}",
        )
    )
    text = form.format(
        t=text,
        m=chain(draw, "{money}"),
        d=f"{draw.randint(1, 28)}.{draw.randint(1, 12)}.",
        f=names.first_name(draw),
    )
    return rough(draw, capital(text) if draw.chance(0.6) else text), p.labels[kind]


_BOOKED = {
    "home": bank("""RENT {MONTH} / STANDING ORDER LANDLORD {NAME} / {NAME} PROPERTY MGMT RENT FLAT {n} / CITY WATER
    WORKS INSTALMENT / ELECTRICITY {MONTH} {NAME} POWER / GAS AND HEATING BILL / WASTE COLLECTION FEE / HOME
    INTERNET {NAME} TELECOM / MORTGAGE PAYMENT {n}/{num} / HOUSING ASSOCIATION {MONTH} / SERVICE CHARGE
    APARTMENT {num} / CHIMNEY SWEEP {NAME} / [RENT|ELECTRICITY|GAS|WATER|HEATING] [{MONTH}|{NAME}|FLAT {n}|APT
    {num}]"""),
    "food": bank("""{NAME} SUPERMARKET {num} / GROCERY {NAME} / {NAME} BAKERY / BUTCHER {NAME} / WEEKLY MARKET
    FRUIT & VEG / {NAME} FOODS STORE {num} / ORGANIC GROCER {NAME} / FISHMONGER {NAME} / DAIRY AND CHEESE {NAME}
    / {NAME} FRESH MARKET / CORNER SHOP GROCERIES {NAME} / GREENGROCER {NAME} /
    [SUPERMARKET|GROCERIES|BAKERY|FOOD MARKET] [{CITY}|{NAME} {n}|{CITY} {num}]"""),
    "move": bank("""CITY TRANSPORT MONTHLY PASS / {NAME} PETROL STATION / RAIL TICKET {CITY} / PARKING GARAGE
    {CITY} / TAXI {NAME} / BIKE SHARE {n} RIDES / BUS TICKET {num} / FUEL {NAME} OIL / MOTORWAY TOLL / CAR
    REPAIR {NAME} GARAGE / TRAM DAY TICKET / AIRLINE TICKET {CITY} / [RAILWAY|BUS LINES|CAR
    WASH|PARKING|TAXI|PETROL] {CITY} [{n}|{num}]"""),
    "fun": bank("""{NAME} CINEMA {CITY} / BOX OFFICE CONCERT {CITY} / MUSIC STREAMING {MONTH} / BOWLING {NAME} /
    THEATRE {CITY} TICKETS / VIDEO GAMES STORE {NAME} / ZOO {CITY} / {NAME} FILM STREAMING / AMUSEMENT PARK
    {CITY} / MUSEUM {CITY} ENTRY / FESTIVAL TICKET {CITY} / ESCAPE ROOM {CITY} /
    [CINEMA|THEATRE|OPERA|BOWLING|MINIGOLF] {CITY} [{n}|{num}]"""),
    "health": bank("""PHARMACY {NAME} / DENTIST DR {NAME} / DR {NAME} MEDICAL PRACTICE / OPTICIAN {NAME} GLASSES /
    HOSPITAL {CITY} CO-PAYMENT / PHYSIOTHERAPY {NAME} / HEALTH INSURANCE {MONTH} / MEDICAL LAB {NAME} / HEARING
    AIDS {NAME} / EYE CLINIC {CITY} / DERMATOLOGY DR {NAME} / BLOOD TEST {NAME} LAB /
    [PHARMACY|DENTIST|CLINIC|OPTICIAN|DOCTOR] {CITY} [{n}|{num}]"""),
    "pay": bank("""SALARY {MONTH} {NAME} LTD / WAGES {MONTH} / PAYROLL {NAME} GROUP / MONTHLY PAY {NAME} AND SONS /
    SALARY PAYMENT {num} / EMPLOYER {NAME} SALARY {MONTH} / NET WAGES WEEK {n} / {NAME} LTD PAYROLL BONUS AND
    SALARY / STAFF SALARY REF {num} / EARNINGS {MONTH} EMPLOYER {NAME} / [SALARY|WAGES|PAYROLL] [{MONTH}|{NAME}
    INC|{NAME} & CO|REF {num}]"""),
}  # fmt: skip


@area.family(
    "money",
    "sort the bank statement line: {home} for rent, energy and other costs of the home, {food} for food "
    "shopping, {move} for transport, {fun} for culture and leisure, {health} for doctors and medicine, "
    "{pay} for wages received",
    "Bank line category: housing {home} / groceries {food} / transport {move} / leisure {fun} / health "
    "{health} / wages coming in {pay}",
    "I [am writing|use] a small budget app. The bank gives me short lines in capitals. [Put|Sort] each in "
    "one of six drawers: {pay} for my wages; {home} for what the flat or house costs; {food} for shops that "
    "sell groceries; {move} for trains, fuel, parking and cars; {fun} for films, concerts, games and "
    "outings; {health} for medicine, doctors and health insurance.",
    given="a line of a bank statement",
    difficulty=1,
    labels=labels(home=("housing", "home"), food=("groceries", "food"), move=("transport", "travel"), fun=("leisure", "fun"), health=("health", "medical"), pay=("income", "salary")),
)  # fmt: skip
def drawer_for_bank_line(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_BOOKED))
    fill = {
        "NAME": names.last_name(draw).upper(),
        "CITY": names.city(draw).upper(),
        "MONTH": chain(draw, "{month}").upper(),
    }
    text = say(draw, _BOOKED[kind], **fill)
    text = f"{draw.pick(('', '', 'CARD ', 'POS ', 'SEPA ', 'REF ' + str(draw.randint(100, 9999)) + ' ') if kind != 'pay' else ('', 'SEPA ', 'TRANSFER '))}{text}"
    value = (
        f"{draw.randint(3, 900)}.{draw.randint(0, 99):02d}"
        if kind != "pay"
        else f"{draw.randint(1200, 4900)}.00"
    )
    text = draw.pick(("{t}", "{t} {v} EUR", "{d} {t}", "{d} {t} {v}", "{t} *{n}")).format(t=text, v=value, d=f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}", n=draw.randint(1000, 9999))  # fmt: skip
    return text.title() if draw.chance(0.15) else text, p.labels[kind]


_SKILLS = {
    "tongues": bank("""you speak [French|Polish|Japanese|Portuguese] fluently / very good [German|Arabic|Dutch] in
    speech and writing / you interpret for our guests from {city} in two languages / mother tongue Spanish or
    Italian / you write letters in English and Turkish without mistakes / [good|fluent|excellent]
    [French|Polish|Greek|Swedish|Czech] is [a must|required|needed]"""),
    "drive": bank("""you need a driving licence / a licence for trucks is required / you drive our van to customers
    / driving licence and joy in driving / you have your own car and a licence / driving [the school bus|a
    forklift and a truck|to clients every day] is part of the job / a [car|truck|bus] driving licence is [a
    must|needed] / you [drive|steer] our [lorry|delivery van|minibus] [every day|through {city}]"""),
    "code": bank("""you program in [Python|Java|C++] / good command of SQL and one script language / you write [web
    pages|apps] yourself / practice in software development / you are at home in Rust or Go /
    [good|solid|excellent] programming skills in [Python|C#|Kotlin|PHP] / you [code|develop|test and write] [web
    software|apps|machine control programs]"""),
    "lead": bank("""you lead a team of {n} / experience in leading people / you supervise {n} apprentices / you
    manage the shift and its {n} workers / guiding and assessing staff is your daily work / you are the
    [head|boss|leader] of [a team of {n}|{n} colleagues|the kitchen staff] / [proven|some] experience as a team
    leader / you [lead|guide|manage] [a crew|a group|a department] of {num} people"""),
    "nights": bank("""you work night shifts / shifts at night and on Sundays are part of the job / ready to work
    from ten in the evening to six in the morning / night duty {n} times a month / you do not mind working at
    night / [night shift|night work], {n} nights [a month|in a row] / the work is done [at night|between
    midnight and six] / [work at night|night shifts] [cannot be avoided|are paid extra|alternate with free
    weeks]"""),
}  # fmt: skip


@area.family(
    "jobs",
    "list what the job advert asks for, always in the order {tongues} (foreign languages), {drive} "
    "(driving), {code} (programming), {lead} (leading people), {nights} (night work), separated by "
    "{separator}; {none} if it asks for none of them",
    "Demands in a job ad: {tongues} languages, {drive} driving, {code} programming, {lead} leadership, "
    "{nights} night work. All that occur, in this order, joined by {separator}; else {none}",
    "[We tag job adverts|Our job board tags adverts] by what people must bring along. The tags are "
    "{tongues} if languages are asked for, {drive} if one has to drive, {code} if one has to program, "
    "{lead} if one has to lead others, {nights} if one has to work at night. [Give|Write] all tags that fit "
    "in the order of this list with {separator} in between, or {none} if none fits.",
    given="a job advert",
    difficulty=3,
    separator=separator(),
    none=missing(),
    labels=labels(tongues=("languages", "lang"), drive=("driving", "licence"), code=("programming", "code"), lead=("leadership", "team lead"), nights=("night work", "nights")),
)  # fmt: skip
def demands_of_job_advert(draw: Draw, p: Values) -> Pair:
    kinds = draw.some(tuple(_SKILLS), draw.pick((0, 1, 1, 2, 2, 3)))
    parts = [say(draw, _SKILLS[k]) for k in kinds] + [
        chain(draw, o) for o in draw.some(_OFFERS, 1 if len(kinds) < 2 else 0, 2)
    ]
    head = draw.pick(("We need you at {c}", "Job in {t}", "Vacancy: {p}", "{c} is hiring")).format(c=f"{names.last_name(draw)} Ltd", t=names.city(draw), p=draw.pick(("assistant", "helper", "clerk", "employee", "temp", "colleague", "all-rounder")))  # fmt: skip
    return letter(draw, head, *draw.mix(parts), frame=0), p.separator.join(
        p.labels[k] for k in _SKILLS if k in kinds
    ) or p.none


@area.family(
    "jobs",
    "decide from the leave request whether {grantor} can approve it at once: {yes} if it is for {days} days "
    "or fewer and somebody named covers for the person, {no} if one of these is missing",
    "Leave request: {yes} = {days} days at most AND a named person covers; otherwise {no} (the decision "
    "lies with {grantor})",
    "To save time, {grantor} lets a script pre-sort requests for leave. It [returns|gives] {yes} when the "
    "request is for no more than {days} days and names a colleague who takes over meanwhile. [In every "
    "other case|If not both are true], it [returns|gives] {no}.",
    given="a request for leave",
    difficulty=3,
    grantor=choice("the manager", "the office", "our boss", "the team lead", "HR"),
    days=number(3, 9),
    labels=labels(yes=("approve", "yes", "ok"), no=("review", "no", "hold")),
)  # fmt: skip
def leave_request_goes_through(draw: Draw, p: Values) -> Pair:
    short, cover = draw.pick(
        ((True, True), (True, True), (True, True), (True, False), (False, True), (False, False))
    )
    days = draw.randint(2, p.days) if short else p.days + draw.randint(1, 8)
    asked = say(draw, bank("""I would like to take {d} days off in {month} / can I have {d} days of leave from
    {day} on? / please grant me {d} days of holiday / I need {d} days off, my sister gets married / {d} days of
    leave, starting on {day} / my family and I plan a trip, so I ask for {d} free days / I'd like {d} days off
    to move to {city}"""), d=str(days))  # fmt: skip
    covered = bank(
        """{first} will cover for me / {first} takes over my calls / I agreed with {name} that she does my work
    meanwhile / while I am gone, {first} stands in / my tasks go to {first} for that time / {name} has promised
    to step in for me"""
    )
    alone = bank(
        """nobody can take over my tasks / I have not found anyone to cover for me yet / who could stand in for me?
    / I do not know yet who will do my work / my tasks would have to wait / {first} cannot cover for me, sadly /
    I asked {first} to step in, but she said no"""
    )
    other = say(draw, covered) if cover else say(draw, alone) if draw.chance(0.7) else ""
    aside = say(draw, bank("I have {n} days left from last year. / It is quiet in {month}. / My last leave was in {month}. / I will be in {city}.")) if draw.chance(0.3) else ""  # fmt: skip
    return letter(draw, asked, *draw.mix([other, aside])), p.labels["yes" if short and cover else "no"]
