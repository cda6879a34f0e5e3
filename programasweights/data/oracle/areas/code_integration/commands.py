"""Integration with code: plain words to commands, function calls, flags, requests and queries."""

import json

from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, token

__all__ = ["area"]

area = Area("Integration with code")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _first(draw: Draw) -> str:
    while True:
        name = names.first_name(draw)
        if name.isalpha() and name.isascii():
            return name


_DEVICES = {
    "lamp": ("light", "lights", "lamp"),
    "heater": ("heating", "heater", "radiator"),
    "fan": ("fan", "ventilator"),
    "radio": ("radio", "music"),
}
_ROOMS = ("kitchen", "bedroom", "office", "bathroom", "garage", "hall")
_TURNS = {
    "on": ("turn the {r} {d} on", "switch on the {d} in the {r}", "please put the {d} in the {r} on", "{d} on in the {r}!", "could you start the {r} {d}?", "I want the {d} running in the {r}", "{r}: {d} on please", "turn on the {d}, I mean the one in the {r}"),
    "off": ("turn the {r} {d} off", "switch off the {d} in the {r}", "please put the {d} in the {r} off", "no more {d} in the {r}, off with it", "could you stop the {r} {d}?", "{d} in the {r} can go off now", "{r}: {d} off please", "I'm leaving the {r}, shut the {d} down"),
}  # fmt: skip


@area.family(
    "words to commands",
    "[turn|translate] the wish into a command of the form {form}, with {state}; rooms: kitchen, bedroom, office, bathroom, garage, hall; devices: lamp (light), heater (heating, radiator), fan (ventilator), radio (music). [If another device is meant|For any other device]: {none}",
    "Smart-home command: {form}; {state}. Devices lamp/light, heater/heating/radiator, fan/ventilator, radio/music; rooms kitchen, bedroom, office, bathroom, garage, hall. Other device: {none}",
    "My home server takes commands of the form {form}, with {state}. Turn what people say into one of them. Known devices are the lamp (people also say light), the heater (heating, radiator), the fan (ventilator) and the radio (music), each in the kitchen, bedroom, office, bathroom, garage or hall. "
    "If somebody wants [another|an unknown] device, answer {none}.",
    given="a spoken wish",
    form=choice({
        "room.device=state": "{r}.{d}={s}", "device(room, state)": "{d}({r}, {s})", "/room/device/state": "/{r}/{d}/{s}", "state device@room": "{s} {d}@{r}", "set room device state (words divided by single spaces)": "set {r} {d} {s}", "room_device:state": "{r}_{d}:{s}", "device-room state": "{d}-{r} {s}",
    }),
    state=choice({
        "on or off as state": ("on", "off"), "1 for on and 0 for off": ("1", "0"), "the state written ON or OFF": ("ON", "OFF"), "true for on and false for off": ("true", "false"), "the state up for on and down for off": ("up", "down"), "+ for on and - for off": ("+", "-"),
    }),
    none=token("unknown", "error", "noop", "???", "ERR_DEVICE", "none", "unsupported"),
)  # fmt: skip
def smart_home_command(draw: Draw, p: Values) -> Pair:
    turn, room, device = draw.pick(("on", "off")), draw.pick(_ROOMS), draw.pick(tuple(_DEVICES))
    known = draw.chance(0.88)
    said = (
        draw.pick(_DEVICES[device])
        if known
        else draw.pick(("dishwasher", "oven", "television", "vacuum cleaner", "alarm", "washing machine"))
    )
    text = draw.pick(_TURNS[turn]).format(r=room, d=said)
    state = p.state[0 if turn == "on" else 1]
    return noise.casual(draw, text, keep=(room, said)), p.form.format(
        r=room, d=device, s=state
    ) if known else p.none


_MINUTES = {
    "two": 2,
    "three": 3,
    "five": 5,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty-five": 45,
}
_NOTES = (
    "buy milk",
    "call the plumber",
    "water the plants",
    "send the report",
    "renew the passport",
    "fix the bike",
    "book a table",
    "return the drill",
    "print the tickets",
    "feed the cat",
)


@area.family(
    "words to commands",
    '[translate|turn] the request into a JSON call with the keys {keys}. Functions: {timer} with a whole number of minutes as "minutes", {weather} with "city", {phone} with the "name" of a person, {note} with the "text" to write down. Output one line of JSON with a space after each colon and comma',
    'JSON call, keys {keys}. {timer}: "minutes" (number); {weather}: "city"; {phone}: "name"; {note}: "text". One line, a space after colons and commas.',
    'My voice assistant has four functions: {timer} starts a timer and takes "minutes" (a number), {weather} tells the weather and takes "city", {phone} rings somebody up and takes "name", {note} writes something down and takes "text". Turn what the user says into one line of JSON with the keys {keys}, '
    "with a space after each colon and comma and nothing else. [Copy names and texts as they are said.|Names and texts are copied as said.]",
    given="what a user says",
    difficulty=3,
    keys=choice({'"function" and "arguments"': ("function", "arguments"), '"name" and "args"': ("name", "args"), '"tool" and "input"': ("tool", "input"), '"call" and "with"': ("call", "with"), '"op" and "params"': ("op", "params")}),
    timer=token("set_timer", "startTimer", "timer.start", "countdown"),
    weather=token("get_weather", "weatherIn", "weather.now", "forecast"),
    phone=token("call_person", "dial", "phone.call", "ring_up"),
    note=token("add_note", "createNote", "notes.add", "write_down"),
)  # fmt: skip
def voice_request_to_json_call(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("timer", "weather", "phone", "note"))
    if kind == "timer":
        said, value = draw.pick(tuple(_MINUTES.items()))
        said = said if draw.chance(0.5) else str(value)
        text = draw.pick(
            (
                "set a timer for {} minutes",
                "timer, {} minutes please",
                "wake me in {} minutes",
                "{} minutes for the pasta",
                "start counting down {} minutes",
            )
        ).format(said)
        call: dict[str, object] = {"minutes": value}
    elif kind == "weather":
        city = draw.pick(
            "Oslo Lyon Porto Denver Graz Cork Leeds Basel Turin Ghent Riga Osaka Quito Lima Perth Krakow".split()
        )
        text = draw.pick(
            (
                "what's the weather like in {}?",
                "will it rain in {}?",
                "how warm is it in {} right now",
                "weather {}",
                "do I need an umbrella in {}?",
                "is it windy in {}?",
            )
        ).format(city)
        call = {"city": city}
    elif kind == "phone":
        name = _first(draw)
        text = draw.pick(
            (
                "call {}",
                "please ring {}",
                "get me {} on the phone",
                "phone {} now",
                "dial {}",
                "I need to talk to {}, call please",
            )
        ).format(name)
        call = {"name": name}
    else:
        note = draw.pick(_NOTES)
        text = draw.pick(
            (
                "note: {}",
                "write down: {}",
                "take a note, {}",
                "make a note: {}",
                "put this on my list: {}",
                "new note - {}",
            )
        ).format(note)
        call = {"text": note}
    made = {p.keys[0]: getattr(p, kind), p.keys[1]: call}
    return text, _json(made)


_CHAT: dict[str, tuple[str, ...]] = {
    "status": ("where is my order {k}?", "Has {k} been shipped yet?", "order {k} should have come yesterday, what's going on", "Track {k} please", "any news on {k}?", "when will {k} arrive", "status of no. {k}?"),
    "back": ("I want my money back for {k}", "refund order {k} please", "{k} was broken, I'd like a refund", "please pay me back for {k}", "I returned {k}, where is my refund?", "Give me a refund. Order {k}."),
    "stop": ("cancel {k}", "I ordered {k} by mistake, cancel it please", "Please stop order {k}, I don't want it any more", "can you call off {k}?", "Don't send {k}, I changed my mind", "annul my order {k}"),
    "human": ("let me talk to a person", "I want a human, not a bot", "agent please!!", "can somebody real call me?", "this bot is useless, connect me to your staff", "is there a human being in there?"),
}  # fmt: skip


@area.family(
    "words to commands",
    "[route|send] the chat message to a function: {status} if someone asks where an order is, {back} if they want a refund, {stop} if they want to cancel an order, each with the order number as argument, {human} (without argument) if they want to talk to a person. [Write the call as|Form of the call:] {form}; without an argument write the function's name alone",
    "Router. Asks about an order: {status}; refund: {back}; cancel: {stop}; wants a human: {human}. Output {form} (argument = order number); {human} stands alone.",
    "Our chat bot can do four things, and I need to know which one a message calls for. {status} looks up where an order is, {back} pays money back, {stop} cancels an order; all three take the order number. {human} hands over to a colleague and takes nothing, so write only its name. Write the others as {form}.",
    given="a chat message",
    labels=labels(status=("order_status", "track", "lookup"), back=("refund", "pay_back", "money_back"), stop=("cancel_order", "cancel", "void"), human=("talk_to_human", "handover", "agent")),
    form=choice({"name(number)": "{f}({k})", "name: number": "{f}: {k}", "/name number": "/{f} {k}", "name number, divided by a space": "{f} {k}", "name=number": "{f}={k}", "number > name": "{k} > {f}", "name[number]": "{f}[{k}]"}),
)  # fmt: skip
def chat_message_to_function(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_CHAT))
    order = draw.pick(("{}", "A{}", "{}-X")).format(draw.randint(1000, 99999))
    text = draw.pick(_CHAT[kind]).format(k=order)
    text = draw.pick(("{}", "{}", "Hello, {}", "hi!! {}", "{} thanks", "{n} here. {}")).format(
        text, n=_first(draw)
    )
    return text, p.labels[kind] if kind == "human" else p.form.format(f=p.labels[kind], k=order)


_TOOLS = {
    "--width N, --format F, --quality N and --gray": ("--width {}", "--format {}", "--quality {}", "--gray"), "-w N, -f F, -q N and -g": ("-w {}", "-f {}", "-q {}", "-g"),
    "--width=N, --format=F, --quality=N and --gray": ("--width={}", "--format={}", "--quality={}", "--gray"), "-width N, -format F, -quality N and -gray": ("-width {}", "-format {}", "-quality {}", "-gray"), "/w:N, /f:F, /q:N and /g": ("/w:{}", "/f:{}", "/q:{}", "/g"),
}  # fmt: skip


@area.family(
    "words to commands",
    "[write|give|build] the [command line|shell command|command] for the [request|wish]: {tool}, then the options that are asked for, in the order {flags}, then the file. They stand for the width in pixels, the format (jpg, png or webp), the quality in percent and black and white. [Leave out what is not asked for.|No option that nobody asked for.|Only options that are asked for.]",
    "[Command line|Command|Shell command]: {tool}, options, file. Options in this order, [only if requested|none that is not requested]: {flags} (width in pixels; jpg, png or webp; quality in percent; black and white).",
    "[Colleagues|Customers|Friends] tell me in words what to do with a [picture|photo], and I run [our|the] tool {tool}. It has options for the width in pixels, the format (jpg, png, webp), the quality in percent and for grey instead of colour, in this order: {flags}. After them comes the file name. Write the command, with only the options that the wish mentions.",
    given="a wish about a picture",
    difficulty=3,
    tool=token("imgtool", "pix", "convert.sh", "picmagic", "img", "resize-it"),
    flags=choice(_TOOLS),
)  # fmt: skip
def picture_wish_to_command_line(draw: Draw, p: Values) -> Pair:
    file = f"{words.noun(draw).replace(' ', '_')}{draw.pick(('', '_2', '-final'))}.{draw.pick(('tif', 'bmp', 'raw'))}"
    width, form, quality = (
        draw.randrange(100, 2000, 50),
        draw.pick(("jpg", "png", "webp")),
        draw.randrange(40, 100, 5),
    )
    wanted = sorted(draw.sample(range(4), draw.randint(1, 3)))
    said = {
        0: draw.pick(("{} pixels wide", "scaled to a width of {} px", "{} px across")).format(width), 1: draw.pick(("as {}", "saved as {}", "in {} format")).format(form),
        2: draw.pick(("with a quality of {} percent", "at {}% quality", "quality {}")).format(quality), 3: draw.pick(("in black and white", "without colours", "in grey")),
    }  # fmt: skip
    wishes = [said[n] for n in draw.mix(wanted)]
    text = draw.pick(
        (
            "I need {f} {w}",
            "{f}, {w} please",
            "please give me {f} {w}",
            "Could you make {f} {w}?",
            "{f}: {w}",
            "can i have {f} {w} by noon",
        )
    ).format(f=file, w=", ".join(wishes[:-1]) + (" and " if len(wishes) > 1 else "") + wishes[-1])
    options = [p.flags[n].format((width, form, quality, "")[n]) for n in wanted]
    return text, " ".join((p.tool, *options, file))


_THINGS = {
    "user": "users",
    "order": "orders",
    "product": "products",
    "invoice": "invoices",
    "comment": "comments",
    "ticket": "tickets",
}
_VERBS: dict[str, tuple[str, ...]] = {
    "get": ("show me {t} {i}", "get {t} {i}", "I want to see the {t} with the id {i}", "look up {t} {i}", "what is in {t} {i}?", "read {t} #{i}"),
    "list": ("list all {s}", "show all {s}", "give me every {t} you have", "all {s} please", "fetch the {s}", "which {s} are there?"),
    "new": ("create a new {t}", "add a {t}", "make a new {t}", "I'd like to set up another {t}", "register one more {t}", "new {t} please"),
    "change": ("change {t} {i}", "update {t} {i}", "edit the {t} with the id {i}", "modify {t} #{i}", "correct a mistake in {t} {i}", "{t} {i} needs an update"),
    "drop": ("delete {t} {i}", "remove {t} {i}", "get rid of {t} #{i}", "erase the {t} with the id {i}", "throw away {t} {i}", "{t} {i} can be deleted"),
}  # fmt: skip


@area.family(
    "requests and queries",
    "[write|give|build] the HTTP [request|call] for the wish as {form}: GET to read, POST to create, {update} to change, DELETE to remove. [Paths are|The path is] {base}/{{plural}} for all or a new one and {base}/{{plural}}/{{id}} for a single one, with the plural of the thing in small letters",
    "[REST call|HTTP call|API request] as {form}. Read GET, create POST, change {update}, remove DELETE. {base}/things for lists and new ones, {base}/things/ID for one thing (plural, lower case).",
    "[I test|We test] our web interface with requests in [plain English|plain words]. Each [becomes|is turned into] {form}. Things are read with GET, created with POST, changed with {update} and removed with DELETE. The path of a collection is {base}/ and the plural of the thing (users, orders ...); for one particular thing, a slash and its id follow. New things are posted to the collection.",
    given="a wish in plain English",
    form=choice({"method and path with a space between them": "{m} {p}", "method, colon, path (no spaces)": "{m}:{p}", "the path, a space and the method": "{p} {m}", "the method in lower case, a space and the path": "{l} {p}", "the path and, in round brackets after a space, the method": "{p} ({m})", "method and path with a comma and no space between them": "{m},{p}"}),
    update=choice("PUT", "PATCH"),
    base=choice("/api", "/v1", "/api/v2", "/rest", "/shop/api", "/backend", "/admin", "/v3/public"),
)  # fmt: skip
def wish_to_http_request(draw: Draw, p: Values) -> Pair:
    kind, thing, key = draw.pick(tuple(_VERBS)), draw.pick(tuple(_THINGS)), draw.randint(2, 9999)
    text = (
        draw.pick(_VERBS[kind])
        .format(t=thing, s=_THINGS[thing], i=key)
        .replace("a invoice", "an invoice")
        .replace("a order", "an order")
    )
    method = {"get": "GET", "list": "GET", "new": "POST", "change": p.update, "drop": "DELETE"}[kind]
    path = f"{p.base}/{_THINGS[thing]}" + ("" if kind in ("list", "new") else f"/{key}")
    return noise.untidy(draw, text), p.form.format(m=method, l=method.lower(), p=path)


@area.family(
    "requests and queries",
    "[turn|translate|rewrite] the [question|request] about our tickets [into|as] a search query with the terms {terms}, in this order and only those that are asked for, joined by {joint}. Possible states are open and closed, kinds bug, question and task; people's names in lower case",
    "[Search query|Ticket search|Query]: {terms} ([this order|in this order], [only what is asked|only those that are asked for]), joined by {joint}. State open/closed; kind bug/question/task; names in lower case.",
    "[Nobody here remembers|I never remember|Few of us know] the search language of our [ticket system|bug tracker], so [I want it from plain English|plain English must do]. The terms are {terms}; they come in this order, each only if the question asks for it, with {joint} between. State is open or closed, the kind is bug, question or task, and names of people are written in small letters.",
    given="a question about tickets",
    difficulty=3,
    terms=choice({
        "state:X, kind:X, by:NAME": ("state:{}", "kind:{}", "by:{}"), "is:X (state), type:X (kind), author:NAME": ("is:{}", "type:{}", "author:{}"), "status=X, type=X, reporter=NAME": ("status={}", "type={}", "reporter={}"), "s=X (state), k=X (kind), u=NAME": ("s={}", "k={}", "u={}"),
        "@state(X), @kind(X), @by(NAME)": ("@state({})", "@kind({})", "@by({})"), "state X, kind X, from NAME (each pair with a space inside)": ("state {}", "kind {}", "from {}"),
    }),
    joint=choice({"single spaces": " ", "a plus sign without spaces": "+", "AND with a space on either side": " AND ", "&& with a space on either side": " && ", "a semicolon without spaces": ";", "a comma and a space": ", "}),
)  # fmt: skip
def ticket_question_to_query(draw: Draw, p: Values) -> Pair:
    state, kind, name = draw.pick(("open", "closed")), draw.pick(("bug", "question", "task")), _first(draw)
    wanted = sorted(draw.sample(range(3), draw.randint(1, 3)))
    thing = words.plural(kind) if 1 in wanted else draw.pick(("tickets", "everything", "tickets"))
    adjective = (
        draw.pick(
            {
                "open": ("open ", "open ", "not yet closed "),
                "closed": ("closed ", "closed ", "already closed "),
            }[state]
        )
        if 0 in wanted
        else ""
    )
    adjective = "" if thing == "everything" else adjective
    wanted = [n for n in wanted if n != 0 or adjective] or [2]
    by = (
        draw.pick((" by {}", " from {}", " that {} wrote", " reported by {}")).format(name)
        if 2 in wanted
        else ""
    )
    text = draw.pick(
        (
            "show me all {}",
            "{}",
            "which {} are there?",
            "I want to see {}",
            "find {}",
            "list the {}",
            "are there any {}?",
        )
    ).format(f"{adjective}{thing}{by}")
    text = (
        text.replace("the everything", "everything")
        .replace("all everything", "everything")
        .replace("which everything", "what")
    )
    values = (state, kind, name.lower())
    return text.replace("any everything", "anything").replace("what by", "what tickets by"), p.joint.join(
        p.terms[n].format(values[n]) for n in wanted
    )


_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "country": (("from {v}", "{q}"), ("living in {v}", "{q}")),
    "age": (("older than {n}", "> {n}"), ("younger than {n}", "< {n}"), ("aged {n} or more", ">= {n}"), ("aged exactly {n}", "= {n}"), ("no older than {n}", "<= {n}")),
    "orders": (("with more than {k} orders", "> {k}"), ("with at least {k} orders", ">= {k}"), ("with fewer than {k} orders", "< {k}"), ("without any orders", "= 0"), ("with at most {k} orders", "<= {k}")),
}  # fmt: skip


@area.family(
    "requests and queries",
    "[write|give|build] the SQL condition for the [request|list], {lead}, over the columns country (text in {quotes}), age and orders (whole numbers). Several conditions: in the order country, age, orders, joined by {joint}. Use =, <, >, <=, >= with a space on either side[, exactly the one that is said|]; country with =",
    "[SQL condition|Condition for SQL|Filter in SQL|Condition for our SQL query], {lead}. [Columns|The columns are] country (text, {quotes}), age, orders (numbers); in this order, joined by {joint}; operators = < > <= >= with spaces around; [more than is >, at least is >=|at least = >=, at most = <=].",
    "[Our marketing people|Colleagues in sales|Our shop managers] [want|ask for] lists of customers and describe them in [words|plain English]. The table has the columns country (a text, to be put in {quotes}), age and orders (numbers). Give me the condition, {lead}: first country, then age, then orders, as far as they are mentioned, with {joint} between two conditions and single spaces around operators. At least is >=, at most is <=.",
    given="a request for a customer list",
    difficulty=3,
    lead=choice({"with WHERE in front": "WHERE {}", "starting with WHERE": "WHERE {}", "without the word WHERE": "{}", "beginning with where in small letters": "where {}", "the bare condition only": "{}", "with WHERE in front and a semicolon at the end": "WHERE {};"}),
    quotes=choice({"single quotes": "'", "double quotes": '"'}),
    joint=choice({"AND": " AND ", "and in small letters": " and ", "&& with a space on either side": " && "}),
)  # fmt: skip
def customer_list_to_where_clause(draw: Draw, p: Values) -> Pair:
    chosen = sorted(draw.sample(range(3), draw.randint(1, 3)))
    said, made = [], []
    for n in chosen:
        column = tuple(_COLUMNS)[n]
        phrase, condition = draw.pick(_COLUMNS[column])
        fill = {"v": draw.pick(words.KINDS["country"]), "n": draw.randint(18, 80), "k": draw.randint(2, 30)}
        said.append(phrase.format(**fill))
        made.append(
            f"{column} = {p.quotes}{fill['v']}{p.quotes}"
            if column == "country"
            else f"{column} {condition.format(**fill)}"
        )
    who = draw.pick(
        (
            "customers {}",
            "all customers {}",
            "please find customers {}",
            "I need a list of everyone {}",
            "people {}",
            "Who are our customers {}?",
            "mail to all customers {}",
        )
    )
    text = said[0] if len(said) == 1 else ", ".join(said[:-1]) + draw.pick((" and ", ", ")) + said[-1]
    return who.format(text), p.lead.format(p.joint.join(made))


_OPERATORS = {
    "lt, lte, gt, gte, eq and ne": ("lt", "lte", "gt", "gte", "eq", "ne"),
    "<, <=, >, >=, == and !=": ("<", "<=", ">", ">=", "==", "!="),
    "$lt, $lte, $gt, $gte, $eq and $ne": ("$lt", "$lte", "$gt", "$gte", "$eq", "$ne"),
    "below, max, above, min, is and not": ("below", "max", "above", "min", "is", "not"),
}
_MEASURES = ("price", "weight", "stock", "rating", "size", "age", "length", "score")
_LIMITS = (
    ("{f} under {n}", 0),
    ("{f} below {n}", 0),
    ("{f} less than {n}", 0),
    ("{f} of at most {n}", 1),
    ("{f} no more than {n}", 1),
    ("{f} up to and including {n}", 1),
    ("{f} over {n}", 2),
    ("{f} above {n}", 2),
    ("{f} greater than {n}", 2),
    ("{f} of at least {n}", 3),
    ("{f} {n} or more", 3),
    ("{f} no less than {n}", 3),
    ("{f} exactly {n}", 4),
    ("{f} equal to {n}", 4),
    ("{f} other than {n}", 5),
    ("{f} not {n}", 5),
)


@area.family(
    "requests and queries",
    "[write|give|express] the [filter|condition] as JSON with the keys {keys} for field, operator and value. Operators are {ops} for less, at most, more, at least, equal and not equal; the value is a number. [One line, a space after each colon and comma.|One line; put a space after colons and commas.]",
    "[Filter in words|Condition in words|Search words] -> one line of JSON, keys {keys} (field, operator, value as a number), spaces after colons and commas. Operators for less / at most / more / at least / equal / unequal: {ops}.",
    "[Visitors|Customers|Users] of our [shop|site|catalogue] [type|say] what they look for, and the [interface|search] needs a filter object. It has the keys {keys}, which hold the field, the operator and the number. The operators are called {ops}, for less than, at most, more than, at least, equal to and different from, in this order. Output the object on one line with a space after every colon and comma.",
    given="a filter in words",
    keys=choice({'"field", "op" and "value"': ("field", "op", "value"), '"column", "operator" and "value"': ("column", "operator", "value"), '"f", "o" and "v"': ("f", "o", "v"), '"key", "test" and "limit"': ("key", "test", "limit"), '"attribute", "cmp" and "number"': ("attribute", "cmp", "number")}),
    ops=choice(_OPERATORS),
)  # fmt: skip
def filter_words_to_json(draw: Draw, p: Values) -> Pair:
    field, value = (
        draw.pick(_MEASURES),
        draw.pick((draw.randint(1, 10), draw.randint(5, 500), draw.randrange(100, 5000, 100))),
    )
    phrase, operator = draw.pick(_LIMITS)
    form = draw.pick(
        (
            "{}",
            "only {}",
            "show items with {}",
            "articles with {} please",
            "I want {}",
            "filter: {}",
            "everything with a {}",
        )
    )
    text = form.format(phrase.format(f=field, n=value)).replace("a age", "an age")
    made = dict(zip(p.keys, (field, p.ops[operator], value), strict=True))
    return text, _json(made)
