"""What the modules on linguistic analysis share: verbs with their forms, and small sentences with known parts."""

__all__ = [
    "ACTIONS",
    "CASES",
    "DOINGS",
    "LAYOUTS",
    "OBJECTS",
    "PLACES",
    "SUBJECTS",
    "VERBS",
    "cased",
    "finished",
]

VERBS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split("/"))
    for line in """begin/begins/began/begun/beginning bite/bites/bit/bitten/biting blow/blows/blew/blown/blowing break/breaks/broke/broken/breaking
bring/brings/brought/brought/bringing build/builds/built/built/building buy/buys/bought/bought/buying catch/catches/caught/caught/catching
choose/chooses/chose/chosen/choosing come/comes/came/come/coming cut/cuts/cut/cut/cutting deal/deals/dealt/dealt/dealing dig/digs/dug/dug/digging
do/does/did/done/doing draw/draws/drew/drawn/drawing drink/drinks/drank/drunk/drinking drive/drives/drove/driven/driving eat/eats/ate/eaten/eating
fall/falls/fell/fallen/falling feed/feeds/fed/fed/feeding feel/feels/felt/felt/feeling fight/fights/fought/fought/fighting find/finds/found/found/finding
fly/flies/flew/flown/flying forget/forgets/forgot/forgotten/forgetting forgive/forgives/forgave/forgiven/forgiving freeze/freezes/froze/frozen/freezing
give/gives/gave/given/giving go/goes/went/gone/going grow/grows/grew/grown/growing have/has/had/had/having hear/hears/heard/heard/hearing hide/hides/hid/hidden/hiding
hit/hits/hit/hit/hitting hold/holds/held/held/holding keep/keeps/kept/kept/keeping know/knows/knew/known/knowing lead/leads/led/led/leading leave/leaves/left/left/leaving
lend/lends/lent/lent/lending lose/loses/lost/lost/losing make/makes/made/made/making mean/means/meant/meant/meaning meet/meets/met/met/meeting pay/pays/paid/paid/paying
put/puts/put/put/putting ride/rides/rode/ridden/riding ring/rings/rang/rung/ringing rise/rises/rose/risen/rising run/runs/ran/run/running say/says/said/said/saying
see/sees/saw/seen/seeing sell/sells/sold/sold/selling send/sends/sent/sent/sending shake/shakes/shook/shaken/shaking shoot/shoots/shot/shot/shooting
shut/shuts/shut/shut/shutting sing/sings/sang/sung/singing sink/sinks/sank/sunk/sinking sit/sits/sat/sat/sitting sleep/sleeps/slept/slept/sleeping speak/speaks/spoke/spoken/speaking
spend/spends/spent/spent/spending stand/stands/stood/stood/standing steal/steals/stole/stolen/stealing stick/sticks/stuck/stuck/sticking sweep/sweeps/swept/swept/sweeping
swim/swims/swam/swum/swimming swing/swings/swung/swung/swinging take/takes/took/taken/taking teach/teaches/taught/taught/teaching tear/tears/tore/torn/tearing
tell/tells/told/told/telling think/thinks/thought/thought/thinking throw/throws/threw/thrown/throwing understand/understands/understood/understood/understanding
wear/wears/wore/worn/wearing win/wins/won/won/winning write/writes/wrote/written/writing carry/carries/carried/carried/carrying stop/stops/stopped/stopped/stopping
plan/plans/planned/planned/planning try/tries/tried/tried/trying play/plays/played/played/playing watch/watches/watched/watched/watching wash/washes/washed/washed/washing
die/dies/died/died/dying tie/ties/tied/tied/tying hop/hops/hopped/hopped/hopping hope/hopes/hoped/hoped/hoping enjoy/enjoys/enjoyed/enjoyed/enjoying
prefer/prefers/preferred/preferred/preferring visit/visits/visited/visited/visiting admit/admits/admitted/admitted/admitting worry/worries/worried/worried/worrying
panic/panics/panicked/panicked/panicking fix/fixes/fixed/fixed/fixing kiss/kisses/kissed/kissed/kissing smile/smiles/smiled/smiled/smiling agree/agrees/agreed/agreed/agreeing""".split()
)  # fmt: skip
"""Verbs with base form, third person, past, past participle and -ing form; only one usual form each (British spelling)."""

ACTIONS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split("/"))
    for line in """paint/paints/painted/painted/painting open/opens/opened/opened/opening sell/sells/sold/sold/selling find/finds/found/found/finding
break/breaks/broke/broken/breaking steal/steals/stole/stolen/stealing repair/repairs/repaired/repaired/repairing clean/cleans/cleaned/cleaned/cleaning
buy/buys/bought/bought/buying bring/brings/brought/brought/bringing hide/hides/hid/hidden/hiding choose/chooses/chose/chosen/choosing carry/carries/carried/carried/carrying
wash/washes/washed/washed/washing take/takes/took/taken/taking lose/loses/lost/lost/losing draw/draws/drew/drawn/drawing throw/throws/threw/thrown/throwing
describe/describes/described/described/describing order/orders/ordered/ordered/ordering weigh/weighs/weighed/weighed/weighing photograph/photographs/photographed/photographed/photographing
move/moves/moved/moved/moving examine/examines/examined/examined/examining""".split()
)  # fmt: skip
"""What people do to things: verbs with all their forms."""

OBJECTS = tuple("""the ladder/the kettle/the old lamp/a bicycle/the piano/the letters/the big mirror/the blue carpet/a radio/the tent/the violin/the parcels/the maps/
the posters/the red jacket/the bench/a telescope/the statue/the chairs/the wooden box/the tickets/the camera/an umbrella/the boat/the heavy suitcase/the keys""".replace("\n", "").split("/"))  # fmt: skip
SUBJECTS = tuple(
    """the gardener/the teacher/my neighbour/her brother/our boss/the mayor/a young doctor/his aunt/the old farmer/the new waiter/a stranger/the pilot/the baker/my cousin/the judge""".split(
        "/"
    )
)
PLACES = tuple(
    """in the garden/at the station/behind the house/near the river/in the cellar/at school/in the attic/under the bridge/on the roof/at the market/in the kitchen/in front of the museum""".split(
        "/"
    )
)
DOINGS: tuple[tuple[str, ...], ...] = tuple(
    (*forms.split("/"), rest)
    for forms, rest in (
        line.split(":")
        for line in """work/works/worked/worked/working:in the garden
sleep/sleeps/slept/slept/sleeping:on the sofa
sing/sings/sang/sung/singing:in the choir
play/plays/played/played/playing:chess
drink/drinks/drank/drunk/drinking:green tea
write/writes/wrote/written/writing:long letters
swim/swims/swam/swum/swimming:in the lake
walk/walks/walked/walked/walking:to the station
speak/speaks/spoke/spoken/speaking:with the neighbours
eat/eats/ate/eaten/eating:soup
drive/drives/drove/driven/driving:a small van
run/runs/ran/run/running:along the river
teach/teaches/taught/taught/teaching:maths
wear/wears/wore/worn/wearing:a red hat
fly/flies/flew/flown/flying:to Oslo
carry/carries/carried/carried/carrying:the bags
stop/stops/stopped/stopped/stopping:at the bridge
buy/buys/bought/bought/buying:old maps
wait/waits/waited/waited/waiting:for the bus
study/studies/studied/studied/studying:Greek
dance/dances/danced/danced/dancing:with the children
laugh/laughs/laughed/laughed/laughing:at the jokes
sit/sits/sat/sat/sitting:by the window
bake/bakes/baked/baked/baking:bread
sell/sells/sold/sold/selling:flowers
draw/draws/drew/drawn/drawing:birds
ride/rides/rode/ridden/riding:a black horse""".split("\n")
    )
)
"""What people do: the five forms of a verb, and what follows it."""

CASES = {"in lower case": "lower", "in small letters": "lower", "in capital letters": "upper", "in upper case": "upper", "with a capital first letter": "capital", "with only the first letter a capital": "capital"}  # fmt: skip
"""Said after a word or text to be written."""
LAYOUTS = {
    "and nothing else": "{}", "without anything around it": "{}", "in round brackets": "({})", "in double quotation marks": '"{}"', "with a full stop right after it": "{}.", "with # right before it": "#{}",
    "in square brackets": "[{}]", "with a hyphen before and after it, without spaces": "-{}-", "followed by a semicolon": "{};", "after an equals sign and a space": "= {}", "between two asterisks": "*{}*",
}  # fmt: skip
"""What is put around an answer."""


def cased(form: str, text: str) -> str:
    """The text in one of the letter cases of `CASES`."""
    return {"lower": str.lower, "upper": str.upper, "capital": str.capitalize}[form](text)


def finished(text: str) -> str:
    """A sentence with a capital at its start and a full stop."""
    return text[0].upper() + text[1:] + "."
