"""Patterns and stories: the odd one out, analogies, series, causes and effects, and where things are in the end."""

from programasweights.data.oracle.areas.inference._banks import capital, joined, people
from programasweights.data.oracle.banks import noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Inference and reasoning")

_APART = {
    "animal": ("tool", "garment", "furniture", "weekday", "capital", "vegetable"),
    "fruit": ("animal", "tool", "garment", "furniture", "weekday", "profession", "instrument"),
    "tool": ("animal", "fruit", "weekday", "country", "drink", "garment"),
    "country": ("tool", "fruit", "instrument", "weekday", "garment", "animal"),
    "instrument": ("animal", "vegetable", "country", "furniture", "garment", "weekday"),
    "weekday": ("month", "fruit", "planet", "country", "animal"),
    "month": ("weekday", "capital", "animal", "instrument"),
    "garment": ("drink", "animal", "instrument", "country", "furniture"),
    "furniture": ("fruit", "garment", "weekday", "drink", "animal", "country"),
    "profession": ("fruit", "garment", "weekday", "country", "furniture", "drink"),
    "drink": ("tool", "furniture", "animal", "instrument", "weekday"),
    "planet": ("weekday", "fruit", "garment", "furniture", "instrument"),
    "capital": ("tool", "fruit", "weekday", "instrument", "furniture"),
    "sport": ("furniture", "garment", "country", "fruit", "weekday"),
    "vehicle": ("fruit", "garment", "drink", "weekday", "vegetable"),
}
_TRICKY = {"lead", "duck", "lime", "orange", "boxing", "Mercury", "saw", "file", "spade", "drum", "drill", "bass", "van", "tie", "beaver", "judge", "butcher", "bear", "nut", "plum"}  # fmt: skip


def _members(kind: str) -> list[str]:
    return [w for w in words.KINDS[kind] if w not in _TRICKY]


@area.family(
    "analogies",
    "find the word that is of another kind than all the rest and give {form}; {none} if all are of one kind",
    "Odd one out -> {form}. All of a kind: {none}",
    "We [make|check] vocabulary quizzes for learners of English. In each list all words but one belong together (animals, tools, countries and so on), or all of them do. For the word that does not belong, "
    "output {form}; output {none} when there is no such word.",
    "[spot|find|pick out] the intruder [in|among] the words and [answer|reply] with {form}, or with {none} [where nothing stands out|when all the words belong together]",
    given="a list of words",
    difficulty=1,
    form=choice({"the word itself": "word", "the word in capital letters": "upper", "its place in the list, counting from 1": "place", "its place in the list, the first word being 0": "index"}),
    none=missing("all fit"),
)  # fmt: skip
def intruder_among_words(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(list(_APART))
    items = draw.some(_members(kind), 3, 6)
    at = draw.randrange(len(items))
    odd = kind not in ("weekday", "month", "planet", "fruit", "profession") or draw.chance(0.6)
    if odd:
        items[at] = draw.pick(_members(draw.pick(_APART[kind])))
    text = draw.pick((", ", "; ", " / ", "\n", " - ")).join(items)
    if not odd:
        return noise.untidy(draw, text), p.none
    shown = {"word": items[at], "upper": items[at].upper(), "place": str(at + 1), "index": str(at)}[p.form]
    return noise.untidy(draw, text), shown


_RELATED = {
    "young": "puppy/dog kitten/cat calf/cow lamb/sheep foal/horse piglet/pig chick/hen cub/lion tadpole/frog duckling/duck",
    "capital": "Paris/France Madrid/Spain Rome/Italy Berlin/Germany Warsaw/Poland Tokyo/Japan Cairo/Egypt Oslo/Norway Athens/Greece Dublin/Ireland",
    "opposite": "hot/cold up/down early/late rich/poor open/closed full/empty wet/dry loud/quiet heavy/light thick/thin",
    "past": "go/went see/saw take/took write/wrote drink/drank buy/bought sing/sang know/knew fall/fell give/gave",
    "plural": "mouse/mice child/children foot/feet goose/geese tooth/teeth leaf/leaves city/cities man/men knife/knives box/boxes",
    "workplace": "teacher/school nurse/hospital baker/bakery waiter/restaurant farmer/farm librarian/library judge/court actor/theatre monk/monastery banker/bank",
    "tool": "painter/brush writer/pen carpenter/hammer gardener/spade tailor/needle photographer/camera fisherman/net drummer/drum archer/bow chef/knife",
    "home": "bird/nest bee/hive spider/web dog/kennel horse/stable snail/shell pig/sty rabbit/burrow ant/anthill beaver/lodge",
    "sense": "see/eye hear/ear smell/nose taste/tongue walk/leg grasp/hand think/brain chew/tooth kneel/knee breathe/lung",
    "made": "bread/flour window/glass candle/wax tyre/rubber wine/grapes cheese/milk paper/wood pot/clay sweater/wool cider/apples",
    "degree": "big/biggest good/best bad/worst small/smallest fast/fastest old/oldest tall/tallest near/nearest cold/coldest kind/kindest",
}  # fmt: skip
_RELATED_PAIRS = {
    kind: tuple(tuple(pair.split("/")) for pair in row.split()) for kind, row in _RELATED.items()
}
_OPTION_FORMS = {
    "the letter of the right option in upper case": "upper",
    "the right option's letter in lower case": "lower",
    "the text of the right option": "text",
    "the right option's text without its letter": "text",
    "the number of the right option (A is 1)": "number",
}


def _option(form: str, at: int, text: str) -> str:
    return {"upper": "ABCDEF"[at], "lower": "abcdef"[at], "text": text, "number": str(at + 1)}[form]


@area.family(
    "analogies",
    "[complete|finish|solve] the analogy from the options; [give|write|return] {form}, or {none} if [no option fits|none of them is right]",
    "[A is to B as C is to ?|Analogy with lettered options.] [Choose among the options|Pick the right option] and output {form} ({none} if none of them fits)",
    "I need an answer key for [aptitude tests|analogy exercises]. Each item has an incomplete analogy and lettered options, of which one at most bears the same relation. As the key, write {form}; "
    "write {none} for faulty items in which no option is right.",
    given="an analogy with options",
    form=choice(_OPTION_FORMS),
    none=missing("faulty"),
)
def analogy_with_options(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(list(_RELATED_PAIRS))
    turned = draw.chance(0.35) and kind not in ("sense", "made", "tool")
    pairs = [pair[::-1] if turned else pair for pair in draw.some(_RELATED_PAIRS[kind], 5)]
    (a, b), (c, d), *rest = pairs
    options = [second for _, second in rest]
    options[draw.randrange(3)] = draw.pick(
        (b, rest[0][0], draw.pick(words.ADJECTIVES) if kind not in ("opposite", "degree") else "table")
    )
    options = [o for o in dict.fromkeys(options) if o != d]
    # Without the right word, another one might be defended in these kinds.
    fits = draw.chance(0.8) or kind in ("workplace", "tool", "home", "sense", "made")
    options = draw.mix([*options, d] if fits else options)
    head = draw.pick(
        ("{} is to {} as {} is to ?", "{} : {} = {} : ?", "{} -> {}, {} -> ___", "{}:{}::{}:?")
    ).format(a, b, c)
    mark = draw.pick(("{}) {}", "({}) {}", "{}. {}"))
    lines = [mark.format("ABCDEF"[n], o) for n, o in enumerate(options)]
    text = head + draw.pick(("\n", "  ")) + draw.pick(("\n", "  ")).join(lines)
    return noise.untidy(draw, capital(text)) if "\n" not in text else capital(text), _option(
        p.form, options.index(d), d
    ) if fits else p.none


def _series(draw: Draw, size: int) -> list[int]:
    """A steady series of numbers with a rule that four terms show."""
    kind, start = draw.randrange(5), draw.randint(1, 60)
    step = draw.randint(2, 15)
    if kind == 0:
        return [start + n * step for n in range(size)]
    if kind == 1:
        high = start + step * (size + 2)
        return [high - n * step for n in range(size)]
    if kind == 2:
        factor = draw.pick((2, 2, 3))
        return [draw_start * factor**n for draw_start in (draw.randint(1, 5),) for n in range(size)]
    if kind == 3:
        other = draw.randint(1, step - 1)
        return [start + (n + 1) // 2 * step + n // 2 * -other + other * 8 for n in range(size)]
    return [(n + step) ** 2 for n in range(size)]


@area.family(
    "series",
    "continue the series: [give|write|output] the next {count} numbers, separated by {separator}",
    "[Next|Following] {count} terms of the [series|sequence|number series], joined by {separator}",
    "My [puzzle app|quiz site] shows the beginning of a series. The rule is one of these: a fixed number is added or taken away each time, each term is the one before times a fixed number, two such steps take turns (one plus, one minus), or the terms are consecutive square numbers. "
    "Work out the rule and output the {count} numbers that follow, with {separator} between them.",
    "[Carry on|Extend] the number series [by its rule|as it goes on] by {count} terms[. Only the new ones|, without repeating the old ones], separated by {separator}",
    given="the beginning of a number series",
    difficulty=3,
    count=number(2, 4),
    separator=separator(),
)
def continue_number_series(draw: Draw, p: Values) -> Pair:
    size = draw.randint(5, 7)
    terms = _series(draw, size + p.count)
    text = draw.pick((", ", " ", "; ", " - ")).join(map(str, terms[:size])) + draw.pick(
        ("", ", ...", " ...", " ?", ", __")
    )
    return text, p.separator.join(map(str, terms[size:]))


@area.family(
    "series",
    "find what is missing between the smallest and the largest number (the full list goes up by {step} each time), [written|given] as in the list, smallest first, separated by a space; {none} if nothing is missing",
    "[Gaps|Holes] in the numbering (step {step}; order and repeats do not matter)? [List|Give] the absent numbers between the smallest and the largest, written alike, in rising order with a space between; complete: {none}",
    "Our [invoices|receipts|tickets|sample bottles] are numbered in steps of {step}, and the auditor asks for the gaps. Look at the numbers, which may come in any order and more than once, and list those that should be there between the smallest and the largest but are not "
    "(rising, one space between them, same prefix and number of digits). Nothing missing: {none}.",
    given="a list of running numbers",
    difficulty=3,
    step=choice({"one": 1, "1": 1, "2": 2, "two": 2, "5": 5, "five": 5, "10": 10, "ten": 10}),
    none=missing("complete", "no gaps"),
)
def gaps_in_running_numbers(draw: Draw, p: Values) -> Pair:
    start = draw.randint(1, 400) * (p.step if draw.chance(0.7) else 1)
    every = [start + n * p.step for n in range(draw.randint(5, 9))]
    gone = [n for n in every[1:-1] if draw.chance(0.25)] if draw.chance(0.85) else []
    left = [n for n in every if n not in gone]
    if draw.chance(0.3):
        left = draw.mix(left)
    if draw.chance(0.2):
        left.insert(draw.randrange(len(left)), draw.pick(left))
    mark = draw.pick(("{:04d}", "{}", "R-{:04d}", "{}", "INV{:05d}", "#{}"))
    text = draw.pick((", ", " ", "\n", "; ")).join(mark.format(n) for n in left)
    return text, " ".join(mark.format(n) for n in gone) or p.none


_CHAINS = tuple(
    tuple(line.split("/"))
    for line in """it rained all night/the river rose/the cellar was flooded
the baker overslept/the bread came late/the cafe had no sandwiches at breakfast
the power went out/the freezer stopped/the ice cream melted
{a} forgot the umbrella/{a} got soaked on the way/{a} had to change clothes at work
a truck lost its load/the motorway was closed/{a} missed the flight
{a} studied every evening/{a} passed the exam with top marks/{a} was offered a scholarship
nobody watered the flowers/the flowers dried up/{a} bought new flowers
the chain of the bike broke/{a} could not ride to work/{a} took the bus instead
the milk was out of the fridge for two days/the milk went sour/{a} poured the milk down the sink
{a} dropped the phone/the screen of the phone cracked/{a} took the phone to the repair shop
the website was hacked/the passwords became public/everyone had to choose a new password
it snowed heavily/the school stayed closed/the children spent the day at home
{a} ate something spoiled/{a} got a stomach ache/{a} called the doctor
the tap was left running/the bathroom was under water/the ceiling of the flat below got wet stains
the factory closed/many people lost their jobs/a lot of families moved away
the printer ran out of ink/the tickets could not be printed/guests had to show their phones at the door
{a} set the alarm clock wrongly/{a} woke up two hours late/{a} missed the first meeting
the dog smelled the sausage/the dog jumped on the table/{a} scolded the dog
{a} trained for a whole year/{a} won the race/{a}'s picture was in the paper
the price of oil doubled/petrol became expensive/more people came by bike
the fence had a hole/the sheep got out/the farmer had to search the hills
{a} left the window open/the rain came in/the carpet was soaked
the cook was ill/the canteen stayed shut/the staff ordered pizza
the battery was empty/the car did not start/{a} called a tow truck""".split("\n")
)


# Chains of which no sentence could be taken for a cause of one from another chain.
_FAR_APART = tuple(
    chain for chain in _CHAINS
    if chain[1].split()[-1] in ("marks", "table", "public", "jobs", "up", "sour", "race") or chain[1] == "the sheep got out"
)  # fmt: skip


@area.family(
    "cause and effect",
    "decide how the two sentences are connected: {first} if what sentence 1 tells caused what sentence 2 tells, {second} if it is the other way round, {none} if neither caused the other",
    "Cause first, effect second: {first}. Effect first, cause second: {second}. Nothing to do with each other: {none}",
    "For our [incident|accident] database I sort pairs of remarks. Use {first} when the first remark states the cause of the second, {second} when the second remark states the cause of the first, "
    "and {none} when they are about unrelated matters. [The order in the text is no hint.|Do not go by the order alone.]",
    given="a pair of sentences",
    labels=labels(
        first=("cause-effect", "forward", "1>2"),
        second=("effect-cause", "backward", "2>1"),
        none=("unrelated", "no link", "0"),
    ),
)
def direction_of_a_cause(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("first", "second", "none"))
    one, two = draw.some(_CHAINS if found != "none" else _FAR_APART, 2)
    name = people(draw, 2)
    at = draw.randrange(2)
    a, b = one[at], one[at + 1]
    if found == "none":
        b = two[draw.randrange(3)].replace("{a}", name[1])
    a, b = (capital(s.replace("{a}", name[0])) for s in ((b, a) if found == "second" else (a, b)))
    text = draw.pick(
        ("1. {}.\n2. {}.", "{}. {}.", "(1) {}. (2) {}.", "{}.\n{}.", "Sentence 1: {}. Sentence 2: {}.")
    ).format(a, b)
    return noise.untidy(draw, text), p.labels[found]


_ASIDES = ("a parrot learned a new word", "somebody painted a bench green", "the museum in Lima sold a vase", "a comet was seen in 1910",
           "the choir sang in Latin", "a stamp was sold at an auction", "an actor turned sixty", "the moon was full",
           "two chess players agreed on a draw", "a library got new shelves")  # fmt: skip


@area.family(
    "cause and effect",
    "choose the option that is the most likely {side} of the event: {one} if it is the first option, {two} if it is the second, {three} if it is the third",
    "Event + three options: which one is its {side}? First -> {one}, second -> {two}, third -> {three}. [Beware: another option may be linked to the event in the other direction.|]",
    "I [write|build] reading exercises on cause and effect. Each item tells an event and offers three options; exactly one of them is its {side}, another may be linked the other way round, one has nothing to do with it. "
    "For the answer key, write {one} for the first option, {two} for the second and {three} for the third.",
    given="an event with three options",
    side=choice(
        {"cause": 0, "direct cause": 0, "immediate cause": 0, "effect": 2, "consequence": 2, "result": 2}
    ),
    place=labels(one=("1", "first", "top"), two=("2", "second", "middle"), three=("3", "third", "bottom")),
)
def likely_cause_or_consequence(draw: Draw, p: Values) -> Pair:
    chain = draw.pick(_CHAINS)
    name = people(draw, 1)[0]
    options = draw.mix([chain[0], chain[2], draw.pick(_ASIDES)])
    right = options.index(chain[p.side])
    mark = draw.pick(("- ", "* ", "", "> ", "[ ] "))
    lines = [mark + capital(o.replace("{a}", name)) for o in options]
    event = capital(chain[1].replace("{a}", name))
    head = draw.pick(("Event: {}.", "What happened: {}.", "EVENT - {}", "{}.\nOptions:")).format(event)
    return head + "\n" + "\n".join(lines), p.place[("one", "two", "three")[right]]


_THINGS = "key passport ring wallet letter phone ticket charger remote notebook torch necklace ball".split()
_PLACES = tuple(
    "drawer;cupboard;fridge;blue box;basket;backpack;desk;wardrobe;suitcase;bucket;toolbox;sports bag;red bin".split(
        ";"
    )
)
_BELIEFS = {
    "where the thing really is at the end": "real",
    "the place in which the thing actually is in the end": "real",
    "where the person who put it away first believes it is": "belief",
    "the place where the first person named will look for it first": "belief",
    "where the thing was right at the beginning": "start",
}


@area.family(
    "state of the world",
    "read the story and say {what}; [name the place only, without 'the' or 'in'|answer with the bare name of the place], or {none} if the story does not tell. [People only know what they saw or were told.|Nobody guesses right by chance.]",
    "Story about a thing that gets moved -> {what} (bare place name); story doesn't tell -> {none}. [A person knows a move only if they saw it or heard of it.|Whoever was away and got no message knows nothing of a move.]",
    "I test whether our [game characters|story characters] know what they can know. From the story, output {what}. Somebody who was away while the thing was moved and was not told about it still believes in the old place. "
    "[Give|Write] the place [as a bare name, such as 'drawer'|without article or preposition]; give {none} if the story does not name that place.",
    "Output {what}, as a bare place name[ without article|], {none} if not told. [Whoever was away and was not told believes in the old place.|People know only what they saw or heard.]",
    given="a short story",
    difficulty=3,
    what=choice(_BELIEFS),
    none=missing("unknown", "not told"),
)
def place_real_or_believed(draw: Draw, p: Values) -> Pair:
    a, b = people(draw, 2)
    thing = draw.pick(_THINGS)
    first, second, third = (place.replace("-", " ") for place in draw.some(_PLACES, 3))
    real = belief = first
    text = draw.pick(
        (
            f"{a} puts the {thing} in the {first}.",
            f"{a} has put the {thing} into the {first}.",
            f"{a} leaves the {thing} in the {first}.",
        )
    )
    away = draw.chance(0.75)
    text += (
        f" {a} {draw.pick(('goes out', 'leaves the house', 'goes for a walk', 'drives to work'))}."
        if away
        else f" {a} stays in the room and keeps watching."
    )
    for place in (second, third)[: draw.pick((0, 1, 1, 1, 2))]:
        text += draw.pick(
            (
                f" {b} moves the {thing} to the {place}.",
                f" {b} takes the {thing} out and puts it in the {place}.",
                f" Then {b} carries the {thing} over to the {place}.",
            )
        )
        real = place
        if not away:
            belief = place
    if away and real != first:
        if draw.chance(0.3):
            text += draw.pick(
                (
                    f" {b} sends {a} a message that the {thing} is in the {real} now, and {a} reads it.",
                    f" {b} tells {a} everything about it afterwards.",
                )
            )
            belief = real
        elif draw.chance(0.4):
            text += draw.pick(
                (
                    f" {a} hears nothing of this.",
                    f" {b} says nothing to {a}.",
                    f" {b} writes {a} a message but never sends it.",
                )
            )
    if away and draw.chance(0.2):
        # Moved once more, out of sight and to a place that is not named.
        text += draw.pick(
            (
                f" After that {b} hides the {thing} somewhere else.",
                f" Then {b} gives the {thing} a new place and tells nobody where.",
            )
        )
        real = p.none
    back = f" An hour later {a} is back." if away else f" {a} yawns."
    text += draw.pick(
        ("", f" Later {a} needs the {thing}.", f" The next day {a} wants to have the {thing}.", back)
    )
    return text, {"real": real, "belief": belief, "start": first}[p.what]


_COLOURED = ("red", "blue", "green", "yellow")


@area.family(
    "state of the world",
    "follow the swaps and say who has the {colour} {thing} at the end; {none} if nobody has it",
    "After all swaps and hand-overs: holder of the {colour} {thing}? [Name only.|Just the name.] Nobody: {none}",
    "In our [party game|office game], people hold {thing}s of various colours and keep exchanging them. From the list of moves, report [the name of the player|the player] who holds the {colour} {thing} when all is done, or {none} if it was thrown away, lost or never there.",
    given="a list of moves in a game",
    difficulty=3,
    colour=choice(*_COLOURED),
    thing=choice("ball", "hat", "card", "ribbon", "flag", "cup"),
    none=missing("nobody"),
)
def holder_after_swaps(draw: Draw, p: Values) -> Pair:
    who = people(draw, draw.randint(2, 4))
    colours = draw.some(_COLOURED, len(who))
    if p.colour not in colours and draw.chance(0.85):
        colours[draw.randrange(len(who))] = p.colour
    has: dict[str, str | None] = dict(zip(who, colours, strict=True))
    text = capital(joined([f"{n} has the {has[n]} {p.thing}" for n in who])) + "."
    for _ in range(draw.randint(1, 5)):
        a, b = draw.some(who, 2)
        kind = draw.randrange(8)
        if kind < 5 and has[a] and has[b]:
            text += draw.pick(
                (
                    f" {a} and {b} swap.",
                    f" {a} swaps with {b}.",
                    f" {b} and {a} exchange their {p.thing}s.",
                    f" {b} trades with {a}.",
                )
            )
            has[a], has[b] = has[b], has[a]
        elif kind == 5 and has[a]:
            text += draw.pick(
                (f" {a} throws the {has[a]} one away.", f" {a} loses the {has[a]} one for good.")
            )
            has[a] = None
        elif kind == 6:
            text += f" {a} and {b} want to swap but then do not."
        elif has[a] and not has[b]:
            text += f" {a} gives the {has[a]} one to {b}."
            has[a], has[b] = None, has[a]
    found = [n for n in who if has[n] == p.colour]
    return noise.untidy(draw, text), found[0] if found else p.none
