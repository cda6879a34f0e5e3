"""Integration with code: plain words to commands, function calls and flags."""

import json

from programasweights.data.oracle.areas.code_integration._banks import plain_name
from programasweights.data.oracle.banks import noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, token

__all__ = ["area"]

area = Area("Integration with code")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_DEVICES = {
    "lamp": ("light", "lights", "lamp"),
    "heater": ("heating", "heater", "radiator"),
    "fan": ("fan", "ventilator"),
    "radio": ("radio", "music"),
}
_ROOMS = ("kitchen", "bedroom", "office", "bathroom", "garage", "hall")
_TURNS = {
    "on": ("turn the {r} {d} on", "switch on the {d} in the {r}", "please put the {d} in the {r} on",
    "{d} on in the {r}!", "could you start the {r} {d}?", "I want the {d} running in the {r}", "{r}: {d} on please",
    "turn on the {d}, I mean the one in the {r}"),
    "off": ("turn the {r} {d} off", "switch off the {d} in the {r}", "please put the {d} in the {r} off",
    "no more {d} in the {r}, off with it", "could you stop the {r} {d}?", "{d} in the {r} can go off now",
    "{r}: {d} off please", "I'm leaving the {r}, shut the {d} down"),
}  # fmt: skip


@area.family(
    "words to commands",
    "[turn|translate] the wish into a command of the form {form}, with {state}; rooms: kitchen, bedroom, office, "
    "bathroom, garage, hall; devices: lamp (light), heater (heating, radiator), fan (ventilator), radio (music). [If "
    "another device is meant|For any other device]: {none}",
    "Smart-home command: {form}; {state}. Devices lamp/light, heater/heating/radiator, fan/ventilator, radio/music; "
    "rooms kitchen, bedroom, office, bathroom, garage, hall. Other device: {none}",
    "My home server takes commands of the form {form}, with {state}. Turn what people say into one of them. Known "
    "devices are the lamp (people also say light), the heater (heating, radiator), the fan (ventilator) and the "
    "radio (music), each in the kitchen, bedroom, office, bathroom, garage or hall. "
    "If somebody wants [another|an unknown] device, answer {none}.",
    given="a spoken wish",
    form=choice({
        "room.device=state": "{r}.{d}={s}", "device(room, state)": "{d}({r}, {s})",
        "/room/device/state": "/{r}/{d}/{s}", "state device@room": "{s} {d}@{r}",
        "set room device state (words divided by single spaces)": "set {r} {d} {s}",
        "room_device:state": "{r}_{d}:{s}", "device-room state": "{d}-{r} {s}",
    }),
    state=choice({
        "on or off as state": ("on", "off"), "1 for on and 0 for off": ("1", "0"),
        "the state written ON or OFF": ("ON", "OFF"), "true for on and false for off": ("true", "false"),
        "the state up for on and down for off": ("up", "down"), "+ for on and - for off": ("+", "-"),
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
    '[translate|turn] the request into a JSON call with the keys {keys}. Functions: {timer} with a whole number of '
    'minutes as "minutes", {weather} with "city", {phone} with the "name" of a person, {note} with the "text" to '
    'write down. Output one line of JSON with a space after each colon and comma',
    'JSON call, keys {keys}. {timer}: "minutes" (number); {weather}: "city"; {phone}: "name"; {note}: "text". One '
    'line, a space after colons and commas.',
    'My voice assistant has four functions: {timer} starts a timer and takes "minutes" (a number), {weather} tells '
    'the weather and takes "city", {phone} rings somebody up and takes "name", {note} writes something down and '
    'takes "text". Turn what the user says into one line of JSON with the keys {keys}, '
    "with a space after each colon and comma and nothing else. [Copy names and texts as they are said.|Names and "
    "texts are copied as said.]",
    given="what a user says",
    difficulty=3,
    keys=choice({'"function" and "arguments"': ("function", "arguments"), '"name" and "args"': ("name", "args"),
    '"tool" and "input"': ("tool", "input"), '"call" and "with"': ("call", "with"), '"op" and "params"': ("op",
    "params")}),
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
        name = plain_name(draw)
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
    "status": ("where is my order {k}?", "Has {k} been shipped yet?",
    "order {k} should have come yesterday, what's going on", "Track {k} please", "any news on {k}?",
    "when will {k} arrive", "status of no. {k}?"),
    "back": ("I want my money back for {k}", "refund order {k} please", "{k} was broken, I'd like a refund",
    "please pay me back for {k}", "I returned {k}, where is my refund?", "Give me a refund. Order {k}."),
    "stop": ("cancel {k}", "I ordered {k} by mistake, cancel it please",
    "Please stop order {k}, I don't want it any more", "can you call off {k}?", "Don't send {k}, I changed my mind",
    "annul my order {k}"),
    "human": ("let me talk to a person", "I want a human, not a bot", "agent please!!", "can somebody real call me?",
    "this bot is useless, connect me to your staff", "is there a human being in there?"),
}  # fmt: skip


@area.family(
    "words to commands",
    "[route|send] the chat message to a function: {status} if someone asks where an order is, {back} if they want a "
    "refund, {stop} if they want to cancel an order, each with the order number as argument, {human} (without "
    "argument) if they want to talk to a person. [Write the call as|Form of the call:] {form}; without an argument "
    "write the function's name alone",
    "Router. Asks about an order: {status}; refund: {back}; cancel: {stop}; wants a human: {human}. Output {form} "
    "(argument = order number); {human} stands alone.",
    "Our chat bot can do four things, and I need to know which one a message calls for. {status} looks up where an "
    "order is, {back} pays money back, {stop} cancels an order; all three take the order number. {human} hands over "
    "to a colleague and takes nothing, so write only its name. Write the others as {form}.",
    given="a chat message",
    labels=labels(status=("order_status", "track", "lookup"), back=("refund", "pay_back", "money_back"),
    stop=("cancel_order", "cancel", "void"), human=("talk_to_human", "handover", "agent")),
    form=choice({"name(number)": "{f}({k})", "name: number": "{f}: {k}", "/name number": "/{f} {k}",
    "name number, divided by a space": "{f} {k}", "name=number": "{f}={k}", "number > name": "{k} > {f}",
    "name[number]": "{f}[{k}]"}),
)  # fmt: skip
def chat_message_to_function(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_CHAT))
    order = draw.pick(("{}", "A{}", "{}-X")).format(draw.randint(1000, 99999))
    text = draw.pick(_CHAT[kind]).format(k=order)
    text = draw.pick(("{}", "{}", "Hello, {}", "hi!! {}", "{} thanks", "{n} here. {}")).format(
        text, n=plain_name(draw)
    )
    return text, p.labels[kind] if kind == "human" else p.form.format(f=p.labels[kind], k=order)


_TOOLS = {
    "--width N, --format F, --quality N and --gray": ("--width {}", "--format {}", "--quality {}", "--gray"),
    "-w N, -f F, -q N and -g": ("-w {}", "-f {}", "-q {}", "-g"),
    "--width=N, --format=F, --quality=N and --gray": ("--width={}", "--format={}", "--quality={}", "--gray"),
    "-width N, -format F, -quality N and -gray": ("-width {}", "-format {}", "-quality {}", "-gray"),
    "/w:N, /f:F, /q:N and /g": ("/w:{}", "/f:{}", "/q:{}", "/g"),
}  # fmt: skip


@area.family(
    "words to commands",
    "[write|give|build] the [command line|shell command|command] for the [request|wish]: {tool}, then the options "
    "that are asked for, in the order {flags}, then the file. They stand for the width in pixels, the format (jpg, "
    "png or webp), the quality in percent and black and white. [Leave out what is not asked for.|No option that "
    "nobody asked for.|Only options that are asked for.]",
    "[Command line|Command|Shell command]: {tool}, options, file. Options in this order, [only if requested|none "
    "that is not requested]: {flags} (width in pixels; jpg, png or webp; quality in percent; black and white).",
    "[Colleagues|Customers|Friends] tell me in words what to do with a [picture|photo], and I run [our|the] tool "
    "{tool}. It has options for the width in pixels, the format (jpg, png, webp), the quality in percent and for "
    "grey instead of colour, in this order: {flags}. After them comes the file name. Write the command, with only "
    "the options that the wish mentions.",
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
        0: draw.pick(("{} pixels wide", "scaled to a width of {} px", "{} px across")).format(width),
        1: draw.pick(("as {}", "saved as {}", "in {} format")).format(form),
        2: draw.pick(("with a quality of {} percent", "at {}% quality", "quality {}")).format(quality),
        3: draw.pick(("in black and white", "without colours", "in grey")),
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
