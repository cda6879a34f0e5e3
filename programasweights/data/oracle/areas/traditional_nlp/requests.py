"""Traditional NLP: what a request wants, the values it gives, who says what in a dialogue, parts of a letter."""

from programasweights.data.oracle.areas.traditional_nlp._banks import (
    CITIES,
    MEN,
    WOMEN,
    bank,
    capital,
    edges,
    fill,
    say,
)
from programasweights.data.oracle.banks import noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Traditional NLP")

_WISHES = {
    "music": bank("""play [something by|the new album of] {person} / put on some [jazz|folk songs|piano music|techno] / I want to hear [the song about the {noun}|{person}'s latest song] / skip this [song|track] / [start|shuffle] my {day} playlist /
next song, I can't stand this one / can you play [that|the] tune again? / some [quiet|loud|cheerful] music for [dinner|the kids|working], please / who sings this song? / turn the music [off|down|up] / [stop|pause] the song / [resume|go on with] the album"""),
    "timer": bank("""wake me at {clock} / set a timer for {num} [seconds|minutes] / [set|I need] an alarm for {clock} / [remind|tell] me when {n} minutes are over / how long until my timer goes off? / cancel the {clock} alarm / count down from {num} minutes /
add {n} minutes to the timer / beep in {num} seconds, the eggs are on the stove / get me out of bed at {clock} / [stop|delete] the countdown / snooze for another {n} minutes / let it ring at {clock} and again at noon"""),
    "weather": bank("""will it rain in {city} on {day}? / do I need an umbrella [today|tomorrow|in {city}]? / how [hot|cold|windy] is it in {city}? / what's the temperature outside? / is there any snow in {city}? / forecast for [the weekend|{city}|{day}], please /
is a storm coming? / how many degrees will it be in {city} on {day}? / will the sun shine on {day}? / chance of [hail|thunder|frost] tonight? / should I take a coat, how cold does it get? / when does the rain stop?"""),
    "light": bank("""switch off the [lamp|lights] in the [kitchen|hall|bedroom] / it's too dark in [here|the hall], light please / dim the [lamp|lights] to {n}0 per cent / make the [bedroom|desk] lamp [blue|red|warm white] / turn all the lights on /
did I leave the light on in the [garage|cellar]? / lights out! / brighten the lamp over the table / the lamp by the [sofa|bed] can go off now / I can't see a thing, switch the lamp on / make it [darker|brighter] in the living room, please"""),
    "else": bank("""how do you spell rhythm? / add {nouns} to the shopping list / call {person} / what is {num} times {n}? / order a pizza / translate good night into Spanish / how far is it from {city} to {city}? / send {first} a message: I'm late /
who was the first president of {country}? / tell me a joke / find a petrol station on my way / lock the front door / what's on at the cinema in {city}? / read me the news from {country} / buy stamps online / how many {nouns} does {firm} sell?"""),
}  # fmt: skip
_FILLERS = ("", "", "hey, ", "ok, ", "um, ", "so, ", "hello there, ", "erm ", "right, ")


@area.family(
    "intents and slots",
    "[sort|route|assign] [a|the] [spoken request|voice command] to a skill: {music} if it is about [playing music|music being played], {timer} about alarms, [wake-up calls|being woken] and countdowns, {weather} about the weather, {light} about lamps, {other} if about none of these",
    "Intent of [a voice command|what was said]: music playback {music} / alarms and timers {timer} / weather {weather} / lamps {light} / anything else {other}",
    "My home assistant has four [skills|modules], and I need to know which one a sentence goes to. {music} handles everything about songs and music, {timer} handles alarm clocks and timers, {weather} [tells|knows] the weather, "
    "and {light} switches, dims and colours the lamps. Whatever belongs to none of them [goes to|is for] {other}, [be it questions, calls or shopping|for instance calls or questions].",
    given="a transcribed voice command",
    difficulty=1,
    labels=labels(music=("music", "play_music"), timer=("timer", "alarm"), weather=("weather", "get_weather"), light=("light", "set_light"), other=("other", "fallback")),
)  # fmt: skip
def skill_for_a_voice_command(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_WISHES))
    text = draw.pick(_FILLERS) + say(draw, _WISHES[kind])
    if draw.chance(0.5):
        text = capital(text)
    return noise.typos(draw, text) if draw.chance(0.15) else text, p.labels[
        "other" if kind == "else" else kind
    ]


_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_OPENERS = bank(
    """Hello, / Hi! / Good evening, / Dear team, / Hey there, / {person} here. / My name is {person}. / Quick question: / I hope you can help me. / We stayed with you {n} years ago."""
)
_ROOM = bank("""[I'd like|we want|I need] to book a room{city: in {}}{guests: for {}}{date:, arriving on {}} / is there a room free{date: on {}}{city: at your hotel in {}}{guests: for {}}? / please reserve a [quiet|cheap|nice] room{guests: for {}}{city: in {}}{date:, first night {}} /
{city:we are coming to {} and |we }need a [place to sleep|room]{guests: for {}}{date:, check-in {}} / do you have anything{city: in {}}{date: from {} on}{guests: for {}}? / [looking for|searching] a hotel room{date:, arrival {}}{guests:, {}}{city:, in {}}""")  # fmt: skip
_ASIDES = bank("""We have a small dog. / Breakfast is not needed. / My phone number is {num} {num}. / We come by car from {country}. / A room on floor {n} would be great. / I can pay up to {money}. / Is parking included? / Thanks a lot! /
Room {num} was lovely last time. / We will stay {n} nights. / [Please answer soon.|Best wishes] / The other hotel was full. / Do you take cards?""")
_ORDERS = {
    "city, arrival date, number of guests": ("city", "date", "guests"), "arrival date, city, number of guests": ("date", "city", "guests"),
    "number of guests, city, arrival date": ("guests", "city", "date"), "number of guests, arrival date, city": ("guests", "date", "city"),
    "city, number of guests, arrival date": ("city", "guests", "date"), "arrival date and number of guests": ("date", "guests"),
    "city and number of guests": ("city", "guests"), "number of guests and city": ("guests", "city"),
}  # fmt: skip


def _slotted(text: str, facts: dict[str, str]) -> str:
    """The text with {key:words {} more} filled or, if the fact is empty, left out ("{key:words|instead}" says something else)."""
    for key, value in facts.items():
        while (start := text.find(f"{{{key}:")) >= 0:
            end, depth = start, 0
            for end in range(start, len(text)):
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                if depth == 0:
                    break
            shown, _, hidden = text[start + len(key) + 2 : end].partition("|")
            text = text[:start] + (shown.replace("{}", value) if value else hidden) + text[end + 1 :]
    return text


@area.family(
    "intents and slots",
    "[extract|read] from the [request|inquiry] for a hotel room: {order}, separated by {separator}. [Write|Give] the guests as a [plain number|number in digits], city and date as in the text, [and|] {none} for what is not mentioned",
    "Slots ({order}) joined by {separator}. Guests in digits; [the rest|city, date] copied; not given = {none}",
    "I run a small hotel chain and want every booking request [boiled down|reduced] to one line: {order}. [Put|Use] {separator} between the values. City and date are copied [from the text|as they are written]; the people are counted in digits even if the guest writes 'three adults'. "
    "Where the request [is silent|says nothing], put {none}. [Lengths of stay, prices and phone numbers are of no interest.|Ignore all other details.]",
    given="a request for a hotel room",
    difficulty=2,
    order=choice(_ORDERS),
    separator=separator(),
    none=missing("?", "unknown"),
)  # fmt: skip
def booking_request_into_slots(draw: Draw, p: Values) -> Pair:
    count = draw.randint(1, 9)
    said = str(count) if draw.chance(0.5) else _NUMBERS[count]
    unit = (
        draw.pick(("guest", "person", "adult"))
        if count == 1
        else draw.pick(("guests", "people", "adults", "persons"))
    )
    day, month = draw.randint(1, 28), draw.pick(words.KINDS["month"])
    facts = {
        "city": draw.pick(CITIES),
        "guests": f"{said} {unit}",
        "date": draw.pick((f"{day} {month}", f"{month} {day}")),
    }
    shown = {key: "" if draw.chance(0.25) else value for key, value in facts.items()}
    template = draw.pick(_ROOM)
    for key in shown:
        template = template.replace(f"{{{key}:", f"<{key}:")
    pieces = _slotted(fill(draw, template.replace("{}", "<>")).replace("<>", "{}").replace("<", "{"), shown)
    text = capital(pieces) + ("" if pieces[-1] == "?" else ".")
    opener = draw.pick(("", say(draw, _OPENERS) + " "))
    if opener.endswith(", ") and not text.startswith("I"):
        text = text[0].lower() + text[1:]
    text = opener + text + draw.pick(("", " " + say(draw, _ASIDES)))
    values = {
        key: (str(count) if key == "guests" else value) if value else p.none for key, value in shown.items()
    }
    return edges(draw, text), p.separator.join(values[key] for key in p.order)


_TALK = {
    "day": bank("[let's make it|better|could we take] {v} [instead|then]? / sorry, I mean {v} / {v} suits us better, so {v} it is / [please change the day to|move it to] {v} / oh, the day has to be {v}"),
    "time": bank("[let's make it|better] {v} [instead|then] / sorry, {v} is what I meant / can you change the time to {v}? / {v} suits us better / we can't be there before {v}, so book {v}"),
    "people": bank("[oh, we|in fact we] are {v} now / please make that a table for {v} / sorry, {v} people in all / someone dropped in, so now {v} of us / change it to {v} persons"),
}  # fmt: skip
_YES = bank("Of course. / No problem, changed. / Sure, I have put that in. / All right. / Certainly. / Done!")
_SLOTS = {
    "the day of the booking": "day", "the weekday that was agreed on in the end": "day", "the time of the booking": "time", "the hour that was finally agreed on": "time",
    "the number of people": "people", "how many people will come in the end": "people",
}  # fmt: skip


@area.family(
    "intents and slots",
    "[give|return|tell] {slot} after the whole conversation; the guest may change it on the way, [and|then] the last word counts. [An offer of the staff that the guest turns down changes nothing.|What the guest turns down does not count.] "
    "{none} if the guest calls the booking off. Numbers in digits",
    "Dialogue state at the end: {slot}. Last change [by the guest|of the guest] wins, [refused offers|offers he refuses] don't count, cancelled -> {none}. [Digits|Write digits] for numbers",
    "A bot takes table bookings by chat and I need the final state of one field: {slot}. Guests change their minds, so take what holds at the end, written as in the chat (a number in digits). Suggestions from the restaurant only count if the guest accepts them. "
    "If the whole booking is cancelled, [return|write] {none}.",
    given="a chat about a table in a restaurant",
    difficulty=3,
    slot=choice(_SLOTS),
    none=missing("cancelled", "no booking"),
)
def booking_field_after_changes(draw: Draw, p: Values) -> Pair:
    days = draw.mix(words.KINDS["weekday"])
    times = draw.mix([f"{hour}:{quarter}" for hour in range(6, 10) for quarter in ("00", "15", "30", "45")])
    counts = draw.mix(_NUMBERS[2:])
    pools = {"day": days, "time": times, "people": counts}
    state = {key: pool.pop() for key, pool in pools.items()}
    guest, staff = draw.pick(
        (("Guest", "Host"), ("User", "Bot"), ("Customer", "Restaurant"), ("Me", "Staff"))
    )
    opening = draw.pick(("A table for {people} on {day} at {time}, please.", "Hi, can I book for {people} people, {day}, {time}?",
                         "{day} at {time}, {people} persons. Is there a table free?", "we are {people} and want to eat at your place on {day} at {time}"))  # fmt: skip
    lines = [
        f"{guest}: {opening.format(**state)}",
        f"{staff}: {draw.pick(('Noted.', 'Yes, that works.', 'Your table is booked.', 'With pleasure.'))}",
    ]
    for _ in range(draw.randint(1, 3)):
        key = p.slot if draw.chance(0.5) else draw.pick(tuple(pools))
        value = pools[key].pop()
        if draw.chance(0.6):
            lines += [f"{guest}: {capital(say(draw, _TALK[key], v=value))}", f"{staff}: {say(draw, _YES)}"]
            state[key] = value
        else:
            offer = {
                "day": f"Would {value} be possible, too?",
                "time": f"May I offer you {value} instead?",
                "people": f"Perhaps a table for {value} would give you more room?",
            }[key]
            accepted = draw.chance(0.5)
            reply = (
                draw.pick(("Yes, that's fine.", "ok, good", "Good idea, do that."))
                if accepted
                else draw.pick(("No, leave it as it is.", "No thanks.", "no, that doesn't suit us, keep it"))
            )
            lines += [f"{staff}: {offer}", f"{guest}: {reply}"]
            state[key] = value if accepted else state[key]
    end = (
        p.none
        if draw.chance(0.12)
        else str(_NUMBERS.index(state["people"]))
        if p.slot == "people"
        else state[p.slot]
    )
    if end == p.none:
        lines.append(
            f"{guest}: "
            + draw.pick(
                (
                    "Sorry, we are ill, please cancel the table.",
                    "We can't come after all, cancel everything.",
                    "Forget it, no table needed any more.",
                )
            )
        )
    return "\n".join(lines), end


_SAYINGS = bank("""[We should|Let's] leave before the rain starts / I have never seen [such a|a more beautiful] {noun} / [Where|When] did you buy this {noun}? / The {noun} belongs to my aunt / Nobody told me about the {noun} / Give me the {noun}, please /
It is only {n} miles to {city} / You are late again / I'm not hungry / That {noun} is broken! / Somebody has been in this room / The train leaves at {clock} / We must not tell anyone / What a lovely {noun}! / Are you cold? / This was my idea /
Tomorrow everything will be different / I lost the key to the {noun} / There is no tea left / He will never find us here / Look at the {noun}!""")  # fmt: skip
_MANNERS = ("after a while", "in the dark", "at the door", "with a smile")
_TAGS = {"?": ("asked", "wanted to know", "asked again"), "!": ("cried", "shouted", "called"),
         ",": ("said", "whispered", "replied", "murmured", "answered", "sighed", "said", "added")}  # fmt: skip


def _spoken(draw: Draw, who: str, text: str) -> str:
    mark = text[-1] if text[-1] in "?!" else ","
    plain = text.rstrip("?!")
    tag = draw.pick(_TAGS[mark])
    form = draw.randrange(4)
    if form == 0:
        return f'"{plain}{mark}" {tag} {who}.' if " " not in tag else f'"{plain}{mark}" {who} {tag}.'
    if form == 1:
        return f'{who} {draw.pick(("put down the cup", "looked up", "shook the rain off", "closed the door", "leaned back"))}. "{text}{"" if text[-1] in "?!" else "."}"'
    if form == 2:
        return f'{who} {tag}: "{text}{"" if text[-1] in "?!" else "."}"'
    return f'"{plain}{mark}" {who} {tag} {draw.pick(_MANNERS)}.'


@area.family(
    "dialogue and letters",
    "[name|tell] the person who speaks quotation number {place} in the [story|passage], by the [first name|name] alone; {none} if there are fewer quotations. [Someone who is spoken to is not the speaker.|]",
    "Speaker of quote no. {place} (name only; fewer quotes: {none})",
    "I turn novels into [radio plays|audio books] and must know who says what. Count the passages in quotation marks and [give|return] the name of the one who says number {place}. If the text has not that many, [give|return] {none}. "
    "[The speaker stands right before or after the quotation; other people may be mentioned.|People can be named without saying anything.]",
    given="a passage from a story",
    difficulty=2,
    place=number(1, 4),
    none=missing("nobody"),
)
def speaker_of_a_quotation(draw: Draw, p: Values) -> Pair:
    people = draw.some(WOMEN + MEN, 4)
    speakers = [people[draw.randrange(3)] for _ in range(draw.randint(max(2, p.place - 1), p.place + 2))]
    lines = []
    for who, saying in zip(speakers, draw.some(_SAYINGS, len(speakers)), strict=True):
        said = fill(draw, saying)
        if draw.chance(0.25):
            said = said if said.startswith(("I ", "I'm")) else said[0].lower() + said[1:]
            said = f"{draw.pick([x for x in people if x != who])}, {said}"
        lines.append(_spoken(draw, who, said))
        if draw.chance(0.25):
            lines.append(
                f"{people[3]} {draw.pick(('said nothing', 'was asleep', 'listened at the door', 'had left long ago', 'went on eating'))}."
            )
    answer = speakers[p.place - 1] if p.place <= len(speakers) else p.none
    return draw.pick((" ", "\n")).join(lines), answer


_ACTS = {
    "question": bank("""[when|where] does the {noun} open? / how much is the {adjective} {noun}? / who has the key to the {noun}? / is the {noun} still for sale? / why did {first} leave? / did you get my mail about the {noun}? / what time is it in {city}? / have you ever been to {city}? / which {noun} is yours?"""),
    "order": bank("""please send me the [list|file|plan] by {day} / bring the {noun} to my office / call {first} back, please / don't touch the {noun} / put the {noun} on the shelf / please wait for me at the {noun} / print {n} copies for {first} / take the {noun} with you on {day} / leave the keys with {first}"""),
    "promise": bank("""I'll send you the [list|file|plan] on {day} / I promise to bring the {noun} back / I will call {first} tomorrow, you have my word / I'll be at the {noun} at {clock}, you can count on me / we will replace the {noun} for you, I promise / I'll take care of the {noun} this evening / I'll pay you back the {money} on {day}"""),
    "thanks": bank("""thank you for the {noun} / thanks a [lot|million], {first} / many thanks for your help with the {noun} / I'm so grateful that you fixed the {noun} / thanks for waiting / thank you, that was very kind / cheers for the lift to {city}, much appreciated / thanks again for {day}"""),
    "sorry": bank("""I'm sorry I [broke|lost|forgot] the {noun} / sorry for being {n} minutes late / please forgive me for what I said about {first} / my apologies for the noise / I apologise for the mix-up with the {noun} / so sorry I missed the call on {day} / I regret having shouted at {first}, sorry / sorry, that was my fault"""),
}  # fmt: skip


@area.family(
    "dialogue and letters",
    "[label|tag] the turn with its dialogue act: {question} if it asks for information, {order} if it tells the other to do [something|or not to do something], {promise} if the speaker commits to doing something, {thanks} if it thanks, {sorry} if it apologises",
    "Dialogue act: wants to know something {question} | wants [the other|the listener] to act {order} | commits [the speaker|himself] to an act {promise} | gratitude {thanks} | apology {sorry}",
    "We analyse [phone calls|chats] of a service desk, turn by turn. [Mark|Label] a turn {question} when the speaker wants an answer, {order} when the other person shall do or leave something, {promise} when the speaker says what he or she is going to do, "
    "{thanks} for words of thanks and {sorry} for an apology. [There is exactly one of them in each turn.|Each turn does just one of these.]",
    given="one turn of a conversation",
    difficulty=1,
    labels=labels(question=("question", "inform-me"), order=("request", "directive"), promise=("promise", "commissive"), thanks=("thanks", "thanking"), sorry=("apology", "sorry")),
)  # fmt: skip
def dialogue_act_of_a_turn(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_ACTS))
    text = say(draw, _ACTS[kind])
    before = draw.pick(
        ("", "", "", "well, ", f"hi {draw.pick(WOMEN)}, ", "ok, ", "listen, ", "oh, ", f"{draw.pick(MEN)}, ")
    )
    text = capital(before + text) if draw.chance(0.8) else before + text
    text += "" if text[-1] == "?" else draw.pick((".", "", "!"))
    return (text.rstrip("?") if kind == "question" and draw.chance(0.15) else text), p.labels[kind]


_LETTER = {
    "greeting": bank("""Dear [Mr|Ms|Mrs] {last}, / Hello {first}, / Hi {first}! / Dear Sir or Madam, / Good [morning|afternoon|evening], {first}, / To whom it may concern: / Dear all, / Hey {first}, / Dear {firm} team, / Hello everybody, / Greetings, {first}!"""),
    "body": bank("""I am writing to you about the {noun} that I ordered on {day}. / We are pleased to offer you the flat in {city} for {money}. / The {noun} will be delivered on {day} at {clock}. / Please find attached the list of {nouns}. / I would like to apply for the post of [driver|cook|clerk]. /
Unfortunately the {noun} is sold out until {month}. / My train from {city} was late, so I missed you. / Could you tell me whether {first} got the {noun}? / It rained all week and we stayed in the {noun}. / The rent goes up by {money} from {month}. / Dear old {first} has moved to {city}, did you know? / {person} told me that you are looking for a {noun}."""),
    "closing": bank("""Yours [faithfully|sincerely|truly], / [Kind|Best|Warm] regards, / With best wishes from {city}, / Love, / See you soon, / Many greetings, / All the best, / Cheers, / With kind regards, / Take care, / Best, / Respectfully yours, / Hugs and kisses,"""),
    "signature": bank("""{person}, Head of [Sales|Research|Finance] / {person} / {person}, {firm} / {person} ([Secretary|Treasurer|Manager]) / Tel. 0{num} {num}{n} | {firm} / {firm}, {num} [High|Mill|Station] Street, {city} / {first} and {first} {last} / Dr {person}, [Dentist|Lawyer|Vet], {city} / {person} | Customer Service"""),
    "extra": bank("""PS: [Don't forget|Please bring] the {noun}! / P.S. {first} says hello. / PS. The {noun} is still in your car. / P.S.: My new address is {num} Mill Street. / PS I almost forgot: the party starts at {clock}. / P.S. Thank you for the {noun}, by the way. / PS: Give my love to {first}."""),
}  # fmt: skip


@area.family(
    "dialogue and letters",
    "[say|decide] which part of a letter the line is: {greeting} for the words that [greet|address] the reader at the top, {body} for the [text|message] itself, {closing} for the polite formula before the name, "
    "{signature} for the [name or sender's details|sender's name or details] under it, {extra} for a postscript",
    "Line of a letter -> salutation {greeting}, content {body}, closing formula {closing}, sender's name/contact {signature}, [postscript|P.S.] {extra}",
    "I [split|cut] old letters into their parts line by line. One line comes in. {greeting} is for the salutation; {body} is for what the letter has to say; {closing} is for the formula [such as 'Yours sincerely'|that ends a letter]; "
    "{signature} is for the sender's name with or without job, firm or phone; {extra} is for what is added after the signature and begins with PS.",
    given="one line of a letter",
    difficulty=1,
    labels=labels(greeting=("greeting", "salutation"), body=("body", "content"), closing=("closing", "valediction"), signature=("signature", "sender"), extra=("postscript", "ps")),
)  # fmt: skip
def part_of_a_letter_line(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_LETTER))
    last = fill(draw, "{person}").split()[1]
    text = say(draw, _LETTER[kind], last=last)
    if draw.chance(0.2) and text[-1] in ",.":
        text = text[:-1]
    return edges(draw, text.upper() if draw.chance(0.06) else text), p.labels[kind]
