"""Food, weather and what people say about themselves: diets, allergens, outings, plans."""

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
from programasweights.data.oracle.params import choice, labels, missing, number, separator, yes_no

__all__ = ["area"]

area = Area("Fuzzy classification")

_GREENS = bank("""carrots / onions / two tomatoes / chickpeas / red lentils / rice / potatoes / garlic / olive oil
    / spinach / salt and pepper / parsley / cucumber / kidney beans / soy sauce / tofu / coconut milk /
    courgettes / mushrooms / sweetcorn / lemon juice / cumin / red cabbage / vegetable stock / broccoli / peas /
    basil / oat milk / ginger / celery / maize flour / pumpkin""")  # fmt: skip
_DAIRY = bank(
    """[three|two|four] eggs / a cup of milk / butter / grated cheddar / cream / yoghurt / a slice of feta / honey
    / mozzarella / sour cream / an egg yolk / grated gouda / cottage cheese / whipped cream / goat's cheese /
    buttermilk"""
)
_MEATS = bank(
    """bacon / chicken breast / minced beef / a tin of tuna / prawns / smoked salmon / ham / lamb / sausages /
    anchovies / beef stock / pork / cod fillets / turkey / duck legs / chorizo / veal / mussels / salami /
    chicken stock / lard / herring"""
)
_FAKES = bank(
    """vegan sausages made of peas / plant-based 'chicken' strips / soy mince instead of beef / beefsteak tomatoes
    / oyster mushrooms / vegan feta made of almonds / dairy-free butter made of sunflower oil / coconut cream /
    peanut butter / jackfruit 'pulled pork' (no meat) / vegan egg-free mayonnaise / vegan cheese slices"""
)
_DISHES = bank(
    "stew / soup / salad / curry / casserole / one-pot dish / stir-fry / hotpot / warm salad / pan dish / "
    "lunch bowl / supper dish"
)
_STEPS = bank(
    """Chop everything and cook it for {m} minutes. / Mix well. / Serves {n}. / Fry, then simmer for {m} minutes. /
    Bake at 180 degrees. / Serve hot. / Season to taste. / A recipe from {first}. / Ready in {m} minutes. / Good
    for a {day} evening. / Stir now and then."""
)


def _recipe(draw: Draw, parts: list[str]) -> str:
    """A recipe with these ingredients."""
    name = say(draw, _DISHES)
    head = draw.pick(("{f}'s {d}", "Our quick {d}", "{D} for {n}", "{w} {d}", "{D}")).format(f=names.first_name(draw), d=name, D=capital(name), n=draw.randint(2, 8), w=draw.pick(("Winter", "Summer", "Hearty", "Spicy", "Colourful", "Grandma's")))  # fmt: skip
    if draw.chance(0.3):
        text = f"{head}\n" + "\n".join(f"- {part}" for part in parts) + "\n" + say(draw, _STEPS)
    else:
        body = ", ".join(parts[:-1]) + f" and {parts[-1]}"
        text = draw.pick(
            (
                "{h}: {b}. {s}",
                "{h}. You need {b}. {s}",
                "{h}. Ingredients: {b}. {s}",
                "For the {d} take {b}. {s}",
            )
        ).format(h=head, b=body, s=say(draw, _STEPS), d=name)
    return rough(draw, text)


@area.family(
    "food and diet",
    "[sort|label] the recipe: {plant} if it is vegan (nothing from animals), {veggie} if it is vegetarian "
    "but not vegan (eggs, milk products or honey, but no meat or fish), {meat} if it contains meat, fish or "
    "seafood, also as stock or fat",
    "Diet class of a recipe. nothing from animals {plant}; dairy, egg or honey but no meat/fish {veggie}; "
    "any meat, fish, seafood, meat stock or lard {meat}. [Plant-based substitutes count as plants.|Meat "
    "substitutes made of plants count as plants.]",
    "I [cook for|plan meals for] a school and must know who can eat what. Use {meat} as soon as meat, fish "
    "or seafood (or stock or fat made from them) is in the dish. Use {veggie} if there is none of that, but "
    "something like cheese, eggs, cream or honey. Use {plant} if everything comes from plants; plant "
    "substitutes for meat or cheese are plants.",
    given="a recipe",
    labels=labels(plant=("vegan", "plant-based"), veggie=("vegetarian", "veggie"), meat=("meat or fish", "omnivore")),
)  # fmt: skip
def diet_class_of_recipe(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("plant", "veggie", "meat"))
    parts = draw.some(_GREENS, 2, 5)
    if draw.chance(0.35):
        parts.append(draw.pick(_FAKES))
    if kind == "veggie" or (kind == "meat" and draw.chance(0.5)):
        parts += draw.some(_DAIRY, 1, 2)
    if kind == "meat":
        parts += draw.some(_MEATS, 1, 2 if draw.chance(0.3) else 1)
    return _recipe(draw, [chain(draw, part) for part in draw.mix(parts)]), p.labels[kind]


_ALLERGENS = {
    "nuts": bank("walnuts / ground almonds / hazelnut paste / cashews / pecans / pistachios / chopped hazelnuts / almond milk / marzipan / macadamia nuts"),
    "milk": bank("butter / cream / a cup of milk / grated cheddar / yoghurt / mozzarella / sour cream / buttermilk / cottage cheese / milk powder / feta / whipped cream"),
    "wheat": bank("wheat flour / spaghetti made of durum wheat / breadcrumbs from wheat rolls / semolina (wheat) / couscous from wheat / white wheat bread / wheat tortillas / wholemeal wheat flour / udon noodles (wheat) / bulgur wheat / cracked wheat / wheat bran / toasted wheat bread"),
    "egg": bank("[three|two|four] eggs / an egg yolk / whipped egg whites / a boiled egg / a poached egg / [two|three] beaten eggs / a fried egg / quail eggs / egg yolks / hard-boiled eggs / a duck egg"),
    "fish": bank("smoked salmon / a tin of tuna / cod fillets / anchovies / herring / trout / sardines / mackerel / fish stock / plaice / haddock / halibut"),
}  # fmt: skip
_SAFE = bank("""carrots / onions / two tomatoes / chickpeas / red lentils / rice / potatoes / garlic / olive oil /
    spinach / salt and pepper / parsley / cucumber / kidney beans / courgettes / mushrooms / sweetcorn / lemon
    juice / cumin / red cabbage / broccoli / peas / basil / ginger / maize flour / pumpkin / minced beef /
    chicken breast / ham / sugar / an apple / plums / nutmeg / butternut squash / rice noodles / coconut milk /
    aubergine (eggplant) / buckwheat / oyster mushrooms""")  # fmt: skip


@area.family(
    "food and diet",
    "list the allergens in the dish, always in the order {nuts} (tree nuts), {milk} (cow's milk and "
    "products of milk), {wheat} (wheat), {egg} (egg), {fish} (fish), separated by {separator}; {none} if "
    "there are none of these. Coconut, nutmeg, butternut squash and buckwheat are harmless here",
    "Allergens of a recipe: {nuts} tree nuts, {milk} dairy, {wheat} wheat, {egg} egg, {fish} fish. All that "
    "occur, in this order, {separator} between them; none of these: {none}. (Coconut, nutmeg, butternut and "
    "buckwheat count for nothing.)",
    "Our canteen has to print allergens on the menu. Find out from the ingredients which of these are in "
    "the dish: tree nuts ({nuts}), dairy ({milk}), wheat ({wheat}), egg ({egg}), fish ({fish}). "
    "[Print|Give] them in this order with {separator} in between. Dishes without any of them get {none}. "
    "Coconut, nutmeg, butternut squash and buckwheat are none of these.",
    given="a recipe",
    difficulty=3,
    separator=separator(),
    none=missing(),
    labels=labels(nuts=("nuts", "N"), milk=("milk", "M"), wheat=("wheat", "W"), egg=("egg", "E"), fish=("fish", "F")),
)  # fmt: skip
def allergens_in_a_dish(draw: Draw, p: Values) -> Pair:
    kinds = draw.some(tuple(_ALLERGENS), draw.pick((0, 1, 1, 2, 2, 3)))
    parts = [say(draw, _ALLERGENS[k]) for k in kinds] + draw.some(_SAFE, 2, 4)
    return _recipe(draw, draw.mix(parts)), p.separator.join(
        p.labels[k] for k in _ALLERGENS if k in kinds
    ) or p.none


_MISSED = {
    "nuts": ("somebody who must not eat nuts", "a guest with an allergy to tree nuts"),
    "milk": ("somebody who must not have milk or anything made of it", "a guest who avoids all dairy"),
    "wheat": ("somebody who must not eat wheat", "a guest who avoids wheat"),
    "egg": ("somebody with an egg allergy", "a guest who must not eat eggs"),
    "fish": ("somebody who must not eat fish", "a guest with an allergy to fish"),
}


@area.family(
    "food and diet",
    "[tell|decide] whether the dish is safe for {guest}: {yes} if nothing speaks against it, {no} if at "
    "least one ingredient does. [Go only by the list|Only what is listed counts]",
    "Safe for {guest}? {yes} or {no}, judged by the ingredients listed [and nothing else|alone]",
    "We [have|expect] {guest} at our table and I go through my recipes. [Return|Answer] {yes} when I can "
    "serve the dish, and {no} when an ingredient in it is a problem for that person. Other allergies do not "
    "matter.",
    given="a recipe",
    guest=choice({said: key for key, ways in _MISSED.items() for said in ways}),
    labels=labels(yes=("safe", "yes", "ok"), no=("unsafe", "no", "not ok")),
)
def dish_is_safe_for_guest(draw: Draw, p: Values) -> Pair:
    safe = draw.chance(0.5)
    others = [k for k in _ALLERGENS if k != p.guest]
    kinds = draw.some(others, 0, 2) + ([] if safe else [p.guest])
    plain = [
        s
        for s in _SAFE
        if not (p.guest in ("nuts", "milk", "wheat") and ("nut" in s or "wheat" in s or "milk" in s))
    ]
    parts = [
        say(draw, _ALLERGENS[k]) for k in kinds if not (safe and k == "nuts" and p.guest == "milk")
    ] + draw.some(plain, 2, 4)
    return _recipe(draw, draw.mix(parts)), p.labels["yes" if safe else "no"]


_RAIN = bank(
    """heavy rain all day / showers from morning to night / it will pour / steady rain / rain, rain and more rain /
    wet from dawn to dusk / downpours"""
)
_DRY = bank(
    """dry all day / not a drop of rain / no rain in sight / it stays dry / dry from morning to night / zero chance
    of rain"""
)
_GALE = bank(
    """gale with gusts up to {g} km/h / stormy, gusts of {g} km/h / very strong wind, {g} km/h / a storm with {g}
    km/h is coming"""
)
_CALM = bank(
    """hardly any wind / wind of only {k} km/h / light breeze, {k} km/h / almost calm / weak wind of {k} km/h"""
)
_TRIPS = {
    "a picnic in the park": ("dry", "warm", "calm"),
    "an outdoor barbecue": ("dry", "warm", "calm"),
    "flying a kite": ("dry", "windy"),
    "drying laundry outside": ("dry", "calm"),
    "painting the garden fence": ("dry", "warm", "calm"),
    "swimming in the lake": ("warm", "calm", "dry"),
}
_WISHES = {
    "dry": "no rain",
    "warm": "at least {t} degrees",
    "calm": "less than 30 km/h of wind",
    "windy": "between 30 and 55 km/h of wind",
}
_PLANS = {
    f"{trip} ({', '.join(_WISHES[w].format(t=t) for w in wishes)})": (wishes, t)
    for trip, wishes in _TRIPS.items()
    for t in (15, 18, 20, 22)
}


@area.family(
    "events and weather",
    "judge the forecast for {plan}: {yes} if every condition in the brackets is met, {no} if one is not",
    "Weather good enough for {plan}? [All conditions met|Everything fits]: {yes}. [One or more not "
    "met|Something does not fit]: {no}",
    "A [script|bot] tells our club each morning whether the day is right for {plan}. It reads the forecast "
    "and answers {yes} if all that stands in brackets is fulfilled, otherwise {no}. [Sun and clouds do not "
    "matter.|Whether the sun shines is of no interest.]",
    given="a weather forecast",
    difficulty=3,
    plan=choice(_PLANS),
    labels=yes_no(),
)
def weather_allows_the_plan(draw: Draw, p: Values) -> Pair:
    wishes, least = p.plan
    good = draw.chance(0.5)
    broken = [] if good else draw.some(wishes, 1, 2 if draw.chance(0.3) else 1)
    dry = "dry" not in broken if "dry" in wishes else draw.chance(0.5)
    rain = say(draw, _DRY if dry else _RAIN)
    low = "warm" in broken
    degrees = least - draw.randint(1, 9) if low else least + draw.randint(0, 9)
    speed = draw.randint(5, 25)
    if "windy" in wishes:
        medium = "windy" not in broken
        wind = (
            f"wind of {draw.randint(32, 52)} km/h"
            if medium
            else say(
                draw,
                _GALE if draw.chance(0.5) else _CALM[1:3] + _CALM[4:],
                g=str(draw.randint(70, 110)),
                k=str(speed),
            )
        )
    else:
        wind = say(draw, _GALE if "calm" in broken else _CALM, g=str(draw.randint(60, 110)), k=str(speed))
    heat = draw.pick(
        (
            "{d} degrees",
            "temperatures of {d} degrees",
            "{d} °C",
            "the thermometer climbs to {d} degrees",
            "highs of {d}°C",
        )
    ).format(d=degrees)
    sky = (
        draw.pick(("sunny", "cloudy", "bright at first", "some clouds", "a grey sky"))
        if dry
        else draw.pick(("cloudy", "a grey sky", "dark clouds"))
    )
    parts = draw.mix([rain, heat, wind, *([sky] if draw.chance(0.6) else [])])
    head = draw.pick(
        (
            "",
            f"{names.city(draw)}: ",
            f"{chain(draw, '{day}')}: ",
            "Forecast: ",
            "Today: ",
            f"Weather for {names.city(draw)}. ",
        )
    )
    text = (
        head
        + draw.pick((", ", "; ", ". ", " - ")).join(capital(q) if n == 0 else q for n, q in enumerate(parts))
        + "."
    )
    return text, p.labels["yes" if good else "no"]


_WHO = {
    "renter": bank("""I pay {money} rent a month / my landlord does not repair the heating / the lease for my flat
    ends in {month} / we rent {n} rooms in {city} / the landlady raised the rent / I live in a rented flat on
    floor {n} / my tenancy started in {month} / [the rent|my rent] [went up|was raised] [in {month}|by
    {money}|again] / [as tenants|being tenants], we may not [paint the door|keep a dog|change the kitchen] / I
    am a tenant in [a tower block|an old house|a courtyard house] in {city} / the [lease|tenancy agreement] [is
    for|runs for] {n} years / [every month|on the first of the month] I transfer the rent of {money} / we share
    a rented [flat|house] and split the rent"""),
    "owner": bank("""we bought our own house in {city} / I own the flat that I live in / our mortgage runs for {n}
    more years, the house is ours / I built my house in {month} and moved in / I inherited the cottage and live
    there now / as owners we pay property tax for our home / we had a new roof put on our own house / my flat
    belongs to me / [ten years ago|in {month}|last year] [I|we] bought the [flat|house|cottage] [I|we] live in /
    [the house|the flat|the cottage] [is|has been] [mine and paid off|ours since {month}] / I am the owner of my
    [flat|house|home] / we [paid off|are still paying off] the loan for our own [flat|house]"""),
    "guest": bank("""I sleep on {first}'s sofa until I find a place / I stay with my parents for free / I am living
    at my sister's house for now / {first} lets me use the guest room / I moved back in with mum and dad / I am
    put up by friends in {city} / my uncle took me in, I have his spare room / [my brother|my aunt|{first}|my
    best friend] [lets me live there|put me up|took me in] and [I pay nothing|wants no rent] / I [live|stay]
    [with|at the home of] my [grandparents|cousins|parents|son], [for free|without paying rent] / for the time
    being I am a guest of my [sister|friends|daughter]"""),
}  # fmt: skip
_HOME_ASIDES = bank(
    """The tram stops in front of the door. / There are {n} windows to the garden. / The bus to {city} is near. / I
    have {n} plants. / The neighbours are called {name}. / My desk stands by the window. / The kitchen is blue.
    / {first} visits me on {day}s. / I work as a nurse."""
)


@area.family(
    "people and plans",
    "[say|tell] how the writer lives: {renter} in rented rooms, {owner} in a home of their own, {guest} "
    "with family or friends without paying rent",
    "Housing of the writer: pays rent {renter}; owns the home {owner}; stays with others for free {guest}",
    "In a survey people describe their home in free text. I code the answers: {renter} for tenants, {owner} "
    "for those whose home is their own property, {guest} for those who stay with relatives or friends and "
    "pay nothing.",
    given="an answer from a survey",
    labels=labels(renter=("tenant", "rents"), owner=("owner", "owns"), guest=("guest", "stays free")),
)
def housing_of_survey_writer(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_WHO))
    parts = [say(draw, _WHO[kind]), *(chain(draw, a) for a in draw.some(_HOME_ASIDES, 0, 3))]
    return letter(draw, *draw.mix(parts), frame=0.1), p.labels[kind]


_ANSWERS = {
    "in": bank("""count me in / yes, I'll be there / I'd love to come / we are coming, all {n} of us / sure, see
    you then / with pleasure, I will come / I have booked my train already, see you on {day} / of course I am
    coming / I wouldn't miss it for the world / put me on the list, please / yes please, and I'll bring a salad
    / happy to join you / I can make it / you can expect me at {clock} / {first} and I will both be there /
    [yes|sure|of course|certainly], [I'll come|I'm in|I will join you|you can count on me] / [I|we] gladly
    accept / [great|lovely], [I'll be there on {day}|see you on {day}|I am coming]"""),
    "out": bank("""sorry, I can't make it / I'm afraid I have to decline / no, I am away that weekend / I won't be
    able to come / unfortunately we are in {city} then / thanks, but I will skip this one / I have to work on
    {day}, so no / please go ahead without me / not this time, have fun / my leg is in plaster, I have to stay
    at home / we can't come, the kids are ill / I'd have loved to come, but it is impossible / regretfully, I
    must say no / take me off the list / I am not coming / [sorry|alas|sadly|what a pity], [I can't come|it
    doesn't work for me|I have to say no|that day I can't] / [no|no, thank you], [I won't be there|I can't|not
    for me this time] / we have to [decline|cancel|pass], sadly"""),
    "open": bank("""not sure yet, I'll tell you on {day} / it depends on my shift, can I answer later? / maybe,
    maybe not / I have to ask {first} first / can I let you know next week? / I might come, I cannot promise /
    fifty-fifty at the moment / still waiting to hear whether I get the day off / perhaps, if I find a
    babysitter / I don't know yet / we'll see, I have not decided / possibly, give me a few more days / I would
    like to, but cannot say yet / ask me again in {n} days / I need to check my calendar before I answer /
    [hmm|well|hard to say], [I can't tell yet|I will know more on {day}|it depends on {first}|maybe] / [I'll
    decide|I can only answer|I'll let you know] [later|next week|on {day}], it is still open / whether I come is
    still open"""),
}  # fmt: skip
_PARTY = bank(
    """Thanks for the invitation. / What a nice idea. / How is {first}? / I got your card on {day}. / Is the
    address still the same? / The last party was fun. / Your garden is lovely. / Greetings to {first}. / I hear
    {first} will sing."""
)


@area.family(
    "people and plans",
    "read the answer to our invitation: {in} if the person comes, {out} if not, {open} if it is not decided yet",
    "Reply to an invitation -> {in} accepted, {out} declined, {open} undecided",
    "I am [planning a party|organising a summer party] and keep a guest list. From each answer I want to "
    "know: does the writer accept ({in}), decline ({out}), or leave it open ({open})?",
    given="an answer to an invitation",
    difficulty=1,
    labels=labels(
        **{
            "in": ("yes", "coming", "accept"),
            "out": ("no", "not coming", "decline"),
            "open": ("maybe", "open", "undecided"),
        }
    ),
)
def answer_to_an_invitation(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_ANSWERS))
    parts = [say(draw, _ANSWERS[kind]), *(chain(draw, a) for a in draw.some(_PARTY, 0, 2))]
    return letter(draw, *draw.mix(parts)), p.labels[kind]


_BUILD = {
    "body": bank("""[a stabbing|sudden] pain in my chest / my left arm has gone numb / I can hardly breathe / he
    does not wake up / she is bleeding heavily and it does not stop / her lips are blue / he swallowed bleach /
    my face hangs down on one side and I cannot speak properly / the baby has a seizure / he fell from the
    ladder and is unconscious / her throat swells up after a wasp sting / a deep wound, the blood spurts / [my
    husband|my mother|{first}] [has collapsed and does not react|is not breathing|cannot be woken|has turned
    blue and gasps for air] / [heavy|crushing|terrible] chest pain [and cold sweat|that goes into the arm] /
    [she|he] took [{num} pills|the whole box of pills] an hour ago"""),
    "soon": bank("""I have had a fever for {n} days / my ear has been hurting since {day} / a rash that itches and
    spreads slowly since {day} / it burns when I pass water / I have coughed for {n} weeks / my ankle is swollen
    since {day}, I can walk with a limp / my back has been aching for {n} days / I feel dizzy now and then since
    {month} / my tooth hurts when I chew / a sore throat for {n} days / my eyes are red and sticky / I have had
    diarrhoea for {n} days / [my knee|my shoulder|my wrist|my hip] [has been hurting|aches] [since {day}|for {n}
    days] / [a cough|a cold|hay fever|an itchy scalp] [for {n} days|since {day}] that does not get better / I
    have a [wart|boil|sty] that bothers me"""),
    "paper": bank("""I need a new prescription for my pills / could I have a certificate for my sports club? /
    please send my file to the doctor in {city} / which vaccinations do I need for a trip to Kenya? / I'd like
    an appointment for my yearly check-up / my insurance card is new, what do you need? / are you open on {day}?
    / I have to move my appointment on {day} / can I get a referral to the eye doctor for new glasses? / please
    post me my vaccination card / what does a travel certificate cost? / I want to book the blood test for my
    check-up / [please send me|I need] [a copy of my file|the bill for {month}|a sick note form|a certificate
    for school|the usual prescription] / [I'd like to book|please give me a date for] [a flu shot|a routine
    check|my yearly check-up]"""),
}  # fmt: skip


@area.family(
    "people and plans",
    "sort the message to the doctor's practice: {body} if somebody's life may be in danger right now, "
    "{soon} if somebody is ill or in pain but not in danger at once, {paper} if it is only about papers, "
    "dates, advice for trips or routine checks",
    "Practice inbox: life at risk now {body}; ill, should be seen {soon}; admin and routine {paper}",
    "I answer the [messages|mails] of a doctor's practice and need three piles. {body}: call an ambulance "
    "at once, since a life may depend on it. {soon}: the person is ill and [should get an appointment|needs "
    "an appointment] in the next days. {paper}: nobody is ill, it is about certificates, prescriptions, "
    "appointments or travel.",
    given="a message to a doctor's practice",
    labels=labels(body=("emergency", "red"), soon=("appointment", "yellow"), paper=("office", "green")),
)  # fmt: skip
def pile_in_doctors_inbox(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_BUILD))
    aside = bank(
        """I was born in 19{m}. / My name is {name}. / I am a patient of yours since {month}. / We live in {city}.
    / My number is {num}-{num}. / It is about my [son|mother|husband|neighbour]. / I am at home."""
    )
    parts = [say(draw, _BUILD[kind]), *(chain(draw, a) for a in draw.some(aside, 0, 2))]
    return letter(draw, *(parts if draw.chance(0.5) else draw.mix(parts))), p.labels[kind]


@area.family(
    "people and plans",
    "count the guests who say that they come in the list of answers (one line each): {few} if fewer than "
    "{least} come, {enough} if {least} or more do. Undecided people do not count as coming",
    "Each line is one answer to an invitation. At least {least} acceptances: {enough}; fewer: {few}. [Maybe "
    "is not a yes.|Undecided = not coming.]",
    "Our tour only takes place when enough people come. I paste the replies, one in each line. "
    "[Answer|Return] {enough} if at least {least} lines clearly accept, [otherwise|else] {few}. Lines that "
    "leave it open or say no do not help.",
    given="a list of answers to an invitation",
    difficulty=3,
    least=number(2, 5),
    labels=labels(few=("cancel", "too few"), enough=("go", "enough")),
)
def enough_guests_come(draw: Draw, p: Values) -> Pair:
    enough = draw.chance(0.5)
    count = draw.randint(p.least, p.least + 2) if enough else draw.randint(0, p.least - 1)
    single = tuple(a for a in _ANSWERS["in"] if "{n}" not in a and "{first}" not in a)
    lines = [chain(draw, a) for a in draw.some(single, count)]
    lines += [
        say(draw, _ANSWERS[draw.pick(("out", "open"))]) for _ in range(draw.randint(0 if count else 1, 4))
    ]
    form = draw.pick(("{n}: {t}", "{n} - {t}", "- {t}", "{t}"))
    return "\n".join(form.format(n=names.first_name(draw), t=capital(t)) for t in draw.mix(lines)), p.labels[
        "enough" if enough else "few"
    ]
