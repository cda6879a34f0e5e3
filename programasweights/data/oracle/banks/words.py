"""Word lists: things by kind, adjectives, verbs with their forms."""

from functools import cache
from typing import TypeAlias

import inflect

from programasweights.data.oracle.draw import Draw

__all__ = [
    "ADJECTIVES",
    "ADVERBS",
    "KINDS",
    "NOUNS",
    "VERBS",
    "Verb",
    "noun",
    "number_word",
    "plural",
    "verb",
    "word",
]

KINDS: dict[str, tuple[str, ...]] = {
    "animal": tuple("dog cat horse cow sheep goat pig rabbit tiger lion bear wolf fox deer elephant monkey zebra giraffe whale dolphin shark eagle owl sparrow duck goose penguin frog snake lizard turtle otter beaver camel kangaroo".split()),
    "fruit": tuple("apple banana orange pear grape cherry peach plum mango lemon lime melon kiwi apricot fig pineapple strawberry blueberry raspberry pomegranate papaya coconut".split()),
    "vegetable": tuple("carrot potato onion cabbage spinach broccoli cauliflower lettuce leek celery cucumber radish beetroot turnip garlic pumpkin aubergine courgette asparagus pea".split()),
    "colour": tuple("red blue green yellow purple brown black white grey pink turquoise beige violet crimson maroon".split()),
    "country": tuple("France Spain Italy Germany Poland Brazil Canada Japan India Kenya Egypt Mexico Chile Peru Norway Sweden Finland Greece Turkey Vietnam Thailand Morocco Ghana Ireland Portugal".split()),
    "capital": tuple("Paris Madrid Rome Berlin Warsaw Ottawa Tokyo Nairobi Cairo Lima Oslo Stockholm Helsinki Athens Ankara Hanoi Bangkok Rabat Accra Dublin Lisbon Vienna Prague".split()),
    "tool": tuple("hammer screwdriver saw drill wrench pliers chisel axe spade rake shovel file spanner crowbar scissors".split()),
    "vehicle": tuple("car bus train bicycle motorcycle lorry truck van tram ferry ship helicopter scooter tractor ambulance".split()),
    "instrument": tuple("piano violin guitar flute trumpet drum cello clarinet harp saxophone oboe trombone accordion banjo tuba".split()),
    "furniture": tuple("chair table sofa bed wardrobe desk shelf cupboard stool bench drawer armchair bookcase".split()),
    "garment": tuple("shirt trousers jacket coat scarf glove hat sock skirt dress sweater boot belt tie blouse".split()),
    "sport": tuple("football tennis basketball hockey swimming rowing cycling boxing golf cricket rugby volleyball badminton fencing skiing".split()),
    "profession": tuple("teacher doctor nurse lawyer farmer baker plumber electrician pilot chef dentist carpenter journalist butcher tailor judge".split()),
    "body part": tuple("hand foot knee elbow shoulder nose ear mouth finger toe neck ankle wrist hip chin".split()),
    "metal": tuple("iron copper silver gold zinc tin lead aluminium nickel titanium platinum cobalt".split()),
    "drink": tuple("coffee tea milk water juice lemonade wine beer cocoa cider soda".split()),
    "month": tuple("January February March April May June July August September October November December".split()),
    "weekday": tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
    "tree": tuple("oak pine birch maple willow beech cedar elm ash poplar spruce larch chestnut".split()),
    "planet": tuple("Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split()),
}  # fmt: skip
"""Kinds of things with members; no word belongs to two kinds."""

NOUNS: tuple[str, ...] = tuple(
    """answer bag ball bank basket beach bird boat book bottle box bridge brush building button cake camera candle card
    castle chain church circle city clock cloud coin corner cottage cup curtain dish doctor door dream engine farm fence
    field film fire floor flower forest garden gate gift glass harbour hill hospital hotel house island kettle key kitchen
    ladder lake lamp leaf letter library machine map market meeting message mirror mistake mountain museum needle
    neighbour newspaper office package painting paper park pencil phone picture pillow plan plate pocket pond
    problem question ring river road roof room school secret shadow shop song station stone storm story street student
    suitcase summer ticket tower town toy village wall wheel window winter word worker yard""".split()
)
ADJECTIVES: tuple[str, ...] = tuple(
    """old new small large tall short quiet loud bright dark heavy light clean dirty warm cold empty full broken strange
    simple narrow wide deep soft hard smooth rough sharp round square cheap expensive early late fresh dry wet busy calm
    careful clever curious eager famous friendly gentle happy honest hungry lazy lonely lucky modern nervous patient
    polite proud rare ready rich silent sleepy steep sudden thick thin tiny tired ugly useful wooden young""".split()
)
ADVERBS: tuple[str, ...] = tuple(
    """quickly slowly quietly carefully suddenly often rarely always never sometimes today yesterday again soon already
    together alone outside upstairs early late gladly badly well""".split()
)

Verb: TypeAlias = tuple[str, ...]
"""Base form, third person, past, past participle, -ing form."""

VERBS: tuple[Verb, ...] = tuple(
    tuple(line.split("/"))
    for line in """open/opens/opened/opened/opening close/closes/closed/closed/closing find/finds/found/found/finding
    lose/loses/lost/lost/losing paint/paints/painted/painted/painting carry/carries/carried/carried/carrying
    buy/buys/bought/bought/buying sell/sells/sold/sold/selling clean/cleans/cleaned/cleaned/cleaning
    break/breaks/broke/broken/breaking repair/repairs/repaired/repaired/repairing draw/draws/drew/drawn/drawing
    hide/hides/hid/hidden/hiding watch/watches/watched/watched/watching bring/brings/brought/brought/bringing
    leave/leaves/left/left/leaving count/counts/counted/counted/counting choose/chooses/chose/chosen/choosing
    build/builds/built/built/building move/moves/moved/moved/moving steal/steals/stole/stolen/stealing
    visit/visits/visited/visited/visiting describe/describes/described/described/describing
    forget/forgets/forgot/forgotten/forgetting throw/throws/threw/thrown/throwing
    catch/catches/caught/caught/catching order/orders/ordered/ordered/ordering
    send/sends/sent/sent/sending photograph/photographs/photographed/photographed/photographing
    borrow/borrows/borrowed/borrowed/borrowing check/checks/checked/checked/checking
    take/takes/took/taken/taking hold/holds/held/held/holding push/pushes/pushed/pushed/pushing
    pull/pulls/pulled/pulled/pulling wash/washes/washed/washed/washing keep/keeps/kept/kept/keeping
    need/needs/needed/needed/needing remember/remembers/remembered/remembered/remembering""".split()
)
"""Verbs that take things as objects, with all their forms."""

_COUNTABLE = ("animal", "vehicle", "garment", "furniture", "instrument", "fruit", "profession")
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # fmt: skip
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def noun(draw: Draw) -> str:
    """A countable noun in the singular."""
    return draw.pick(NOUNS) if draw.chance(0.6) else draw.pick(KINDS[draw.pick(_COUNTABLE)])


@cache
def plural(singular: str) -> str:
    """The plural of an English noun, such as `boxes`."""
    return str(_inflect().plural_noun(singular))


@cache
def _inflect() -> inflect.engine:
    return inflect.engine()


def verb(draw: Draw) -> Verb:
    """A verb with its forms."""
    return draw.pick(VERBS)


def word(draw: Draw) -> str:
    """A word of any class, in lower case."""
    return draw.pick(draw.pick((NOUNS, ADJECTIVES, ADVERBS))) if draw.chance(0.4) else noun(draw)


def number_word(value: int) -> str:
    """A number from 0 to 999 in English words."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    rest = value % 100
    return f"{_ONES[value // 100]} hundred" + (f" and {number_word(rest)}" if rest else "")
