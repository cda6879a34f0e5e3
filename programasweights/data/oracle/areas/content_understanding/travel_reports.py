"""Content understanding: travel plans, weather forecasts, match reports, news and their headlines."""

from programasweights.data.oracle.areas.content_understanding._banks import DAYS, MONTHS, edges, places
from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator, token, yes_no

__all__ = ["area"]

area = Area("Content understanding")


@area.family(
    "travel plans",
    "[list|name|write down] the [places|stops] of the trip {order}, separated "
    "by {separator}. [The text need not tell them in "
    "that order|The telling may jump about], so mind words such as 'before', 'after' and 'finally'",
    "[Stops|Places] of the [trip|journey], {order}, joined by {separator}. [Go by|Judge by] what happens when, "
    "not by the order of the sentences",
    "[Friends|Customers|My clients] tell me about their trips [in a muddle|quite mixed up], like 'before Rome "
    "we go to Pisa'. Work out the real route and "
    "write down every place once, {order}, with {separator} between the names[ as spelled in the text|].",
    given="a travel plan",
    difficulty=3,
    order=choice(
        {
            "from the first to the last": 1,
            "in the order of the visits": 1,
            "from the last to the first": -1,
            "in reverse order of the visits": -1,
        }
    ),
    separator=separator(),
)
def stops_in_travel_order(draw: Draw, p: Values) -> Pair:
    stops = places(draw, draw.randint(3, 5))
    parts, at = [], 1
    opening = draw.pick(
        ("We start in {}.", "The trip begins in {}.", "First stop: {}.", "We land in {} first.")
    ).format(stops[0])
    while at < len(stops):
        if at + 1 < len(stops) and draw.chance(0.5):
            a, b = stops[at], stops[at + 1]
            parts.append(draw.pick(("Before {b} we see {a}.", "Then it's {b}, but on the way there we stop in {a}.",
                                    "After that comes {a}, followed by {b}.", "Next is {a} and right after it {b}.",
                                    "From there to {b} via {a}.",
                                    "Before we get to {b}, we stay in {a}.")).format(a=a, b=b))  # fmt: skip
            at += 2
        else:
            parts.append(draw.pick(("Then {}.", "Next we go to {}.", "After that we visit {}.",
                "From there we drive on to {}.")).format(
                stops[at]))  # fmt: skip
            at += 1
    if draw.chance(0.3):
        last = draw.pick(("The trip ends in {}.", "Finally {}.", "Last of all, {}."))
        if parts and len(stops) > 3:
            parts = [*_route(draw, stops[:-1]), last.format(stops[-1])]
            if draw.chance(0.5):
                return edges(draw, " ".join([parts[-1], opening, *parts[:-1]])), p.separator.join(
                    stops[:: p.order]
                )
    extra = draw.pick(
        ("", "", " {w} comes along.", " We travel in {m}.", " I can't wait!", " {n} days in all.")
    )
    text = " ".join([opening, *parts]) + extra.format(
        w=names.first_name(draw), m=draw.pick(MONTHS), n=draw.randint(5, 20)
    )
    return edges(draw, text), p.separator.join(stops[:: p.order])


def _route(draw: Draw, stops: list[str]) -> list[str]:
    return [
        draw.pick(("Then {}.", "Next we go to {}.", "After that we visit {}.")).format(s) for s in stops[1:]
    ]


@area.family(
    "travel plans",
    "[say|write|tell|name] in which [place|town|stop] the traveller spends {which}, [spelled|written] as in "
    "the text; write it {form}. [A week is seven nights|Count a week as "
    "7 nights], a weekend two",
    "[Place|Stop|Town] with {which} on this trip; write it {form}. [|No ties.] (Week = 7 nights, weekend = 2[ "
    "nights|])",
    "[From|In] people's [travel plans|holiday plans] I want the one [place|stop] where they spend {which}. I "
    "need it {form}. For 'a "
    "week' count seven nights, for 'a weekend' two; there are no ties.",
    "[At|In] which [stop|town] of the plan does one spend {which}? [Give|Write] it {form}. A week means 7 "
    "nights and a weekend 2.",
    given="a travel plan",
    which=choice({"the most nights": -1, "the largest number of nights": -1, "the fewest nights": 0,
        "the smallest number of nights": 0}),
    form=choice({"as its name alone": "{0}", "as the bare name": "{0}",
        "as 'name (nights)' with the nights in digits": "{0} ({1})",
                 "as 'name: nights' with the nights in digits": "{0}: {1}",
                 "as 'nights name', for example '3 Rome'": "{1} {0}"}),
)  # fmt: skip
def place_with_most_or_fewest_nights(draw: Draw, p: Values) -> Pair:
    count = draw.randint(2, 5)
    stops = places(draw, count)
    nights = draw.some((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), count)

    def said(n: int) -> str:
        special = {7: "a week", 2: "a weekend", 1: "one night"}
        if n in special and draw.chance(0.6):
            return special[n]
        return f"{words.number_word(n) if draw.chance(0.5) else n} night{'s' * (n > 1)}"

    parts = [draw.pick(("{n} in {c}", "{c} for {n}", "{c} ({n})",
        "{n} at a friend's place in {c}")).format(n=said(n), c=c)
             for n, c in zip(nights, stops, strict=True)]  # fmt: skip
    if draw.chance(0.4):
        text = draw.pick(("Our trip: ", "Plan for {m}: ", "Route:\n", "")).format(
            m=draw.pick(MONTHS)
        ) + draw.pick(("; ", ", then ", "\n")).join(parts)
    else:
        text = (
            draw.pick(("We spend ", "The plan is ", "I have booked "))
            + ", then ".join(parts)
            + draw.pick((".", ". See you in {m}!"))
        )
        text = text.format(m=draw.pick(MONTHS))
    count, place = sorted(zip(nights, stops, strict=True))[p.which]
    return edges(draw, text), p.form.format(place, count)


_SKY = (
    "sunny",
    "cloudy",
    "overcast",
    "partly cloudy",
    "windy",
    "foggy in the morning",
    "mild",
    "bright spells",
    "grey",
)


@area.family(
    "weather and sports reports",
    "list the days for which {measure} is {side} {limit}{unit}, in the order of the forecast, separated by "
    "{separator}; {none} if there are none",
    "Days from the forecast where {measure} is {side} {limit}{unit} ({separator} between, {none} if [no day "
    "fits|not one])",
    "I plan [work|jobs] in the garden by the forecast. Tell me all days for which {measure} is {side} "
    "{limit}{unit}. Keep the order and "
    "the [spelling|names] of the days, put {separator} between them, and write {none} if no day qualifies.",
    given="a weather forecast",
    difficulty=3,
    measure=choice(
        {"the chance of rain": "rain", "the rain probability": "rain", "the risk of rain": "rain"}
    ),
    side=choice({"at least": 1, "not below": 1, "less than": -1, "below": -1}),
    limit=number(20, 80, 10),
    unit=choice("%", " percent", " per cent"),
    separator=separator(),
    none=missing(),
)
def days_by_chance_of_rain(draw: Draw, p: Values) -> Pair:
    start, count = draw.randrange(7), draw.randint(2, 6)
    days = [DAYS[(start + n) % 7] for n in range(count)]
    form = draw.pick(("{d}: {s}, {t}°C, rain {r}%", "{d} {s}, {t} degrees, {r}% chance of rain",
        "On {d} {s}, up to {t}°C, rain "
                      "probability {r}%.", "{d} - {t}C - {s} - rain risk {r} %"))  # fmt: skip
    found, lines = [], []
    for day in days:
        rain = p.limit if draw.chance(0.15) else draw.randrange(0, 101, 5)
        lines.append(form.format(d=day, s=draw.pick(_SKY), t=draw.randint(-3, 36), r=rain))
        if (rain >= p.limit) == (p.side > 0):
            found.append(day)
    head = draw.pick(("", "", "Forecast for {}:\n", "{} outlook\n")).format(names.city(draw))
    return edges(draw, head + "\n".join(lines)), p.separator.join(found) or p.none


_TEAMS = (
    "Rovers",
    "United",
    "City",
    "Athletic",
    "Wanderers",
    "Tigers",
    "Falcons",
    "Lions",
    "Sharks",
    "Stars",
    "Bears",
    "Rangers",
)


@area.family(
    "weather and sports reports",
    "[say|write|tell|name] which [team|side] {result} the [match|game], with the name as in the "
    "report; {draw} if [neither did|nobody won]",
    "[Match report|Report of a match] -> the [team|side] that {result} it (name as written); draw or tie: {draw}",
    "I [collect|gather] results from [short reports|local papers|fan sites]. For each report I want the name "
    "of the team that {result} the game, "
    "[exactly|just] as it is spelled there. If the game ended level, write {draw}.",
    "Name the [side|team] that {result}[ the match|]. [Use|Keep] the spelling of the text. A game without a "
    "winner gets {draw}.",
    given="a match report",
    result=choice({"won": 0, "lost": 1}),
    draw=token("draw", "tie", "none", "X", "=", "even", "nobody", "both", "no winner"),
)
def team_that_won_or_lost(draw: Draw, p: Values) -> Pair:
    one, two = places(draw, 2)
    a, b = (f"{one} {draw.pick(_TEAMS)}", f"{two} {draw.pick(_TEAMS)}") if draw.chance(0.7) else (one, two)
    low = draw.randint(0, 4)
    high = low + draw.randint(1, 3)
    extra = draw.pick(("", "", " {n} people watched.", " {w} played well for {t}.",
        " It rained for most of the match.",
                       " {t} had the better chances.", " {w} was sent off after {n} minutes."))  # fmt: skip
    extra = extra.format(n=draw.randint(20, 85), w=names.last_name(draw), t=draw.pick((a, b)))
    if draw.chance(0.25):
        text = draw.pick(("{a} and {b} shared the points ({n}-{n}).",
            "{a} {n}, {b} {n}: nobody could score the winner.", "No winner "
                          "between {a} and {b}, it ended {n}:{n}.", "{a} drew {n}-{n} with {b}."))  # fmt: skip
        return edges(draw, text.format(a=a, b=b, n=low) + extra), p.draw
    text = draw.pick((
        "{a} beat {b} {h}-{l}.", "{b} lost {l}-{h} to {a}.", "{b} were beaten {l}:{h} by {a}.",
        "{a} came from behind to win {h}-{l} "
        "against {b}.", "Final score: {a} {h}, {b} {l}.", "{b} {l} - {h} {a}",
        "A late goal gave {a} a {h}-{l} victory over {b}.",
        "{b} had no chance against {a} and went down {l}-{h}.", "{a} defeated {b} by {h} to {l}.",
        "Sad day for {b}: {l}-{h} at home "
        "against {a}.", "{b} led at half time, but {a} won {h}-{l} in the end.",
        "{a} knocked {b} out of the cup ({h}:{l}).",
    )).format(a=a, b=b, h=high, l=low)  # fmt: skip
    return edges(draw, text + ("" if text.endswith(".") else ".") * bool(extra) + extra), (a, b)[p.result]


_NEWS: tuple[tuple[str, str, str], ...] = (
    ("{n} hurt in {c} bus crash",
    "{n} people were injured when a bus left the road near {c} on {d}. {w}, who saw the accident, called "
     "the police at once.", ""),
    ("{c} library to {open} after repairs",
    "After {n} months of repairs the library of {c} {opens} its doors {tail}, the mayor, {w}, "
     "said on {d}.", "open"),
    ("{w} wins {c} marathon", "{w} was the fastest runner of the {c} marathon on {d} and crossed the line "
    "ahead of {n} others.", ""),
    ("{f} {rise} prices by {n} percent",
    "On {d} the company {f} announced that it will {rise} its prices by {n} percent. The head office "
     "in {c} gave no reasons.", "rise"),
    ("Storm in {c}: {n} trees fall",
    "A heavy storm blew down {n} trees in {c} during the night to {d}. Nobody was hurt, said {w} of the "
     "fire service.", ""),
    ("{f} to {hire} {n} people in {c}",
    "{f} plans to {hire} {n} people at its site in {c}, its spokesperson {w} told us on {d}.", "hire"),
    ("{c} school {bans} phones",
    "From {d} on, phones are {banned} at the school of {c}. The head, {w}, asked all {n} families before.", "bans"),
    ("{n} paintings stolen in {c}",
    "Thieves took {n} paintings from a museum in {c} on {d}. The director, {w}, is shocked.", ""),
    ("{w} named head of {f}", "{f} has a new head: {w}, who has worked for the firm in {c} for {n} years, "
    "takes over on {d}.", ""),
    ("Council {passes} new pool for {c}",
    "The council of {c} {passed} the plan for a new swimming pool by {n} votes on {d}. {w} had asked "
     "for a secret ballot.", "passes"),
    ("{c} zoo {welcomes} {n} penguins",
    "{n} penguins have {arrived} the zoo of {c}. The keeper, {w}, announced it on {d}.", "welcomes"),
)  # fmt: skip
_TURNS = {
    "open": ({"open": "reopen", "opens": "opens", "tail": "again"}, {"open": "stay closed",
    "opens": "will not open", "tail": "again"}),
    "rise": ({"rise": "raise"}, {"rise": "lower"}),
    "hire": ({"hire": "hire"}, {"hire": "dismiss"}),
    "bans": ({"bans": "bans", "banned": "forbidden"}, {"bans": "allows", "banned": "allowed"}),
    "passes": ({"passes": "approves", "passed": "approved"}, {"passes": "rejects", "passed": "turned down"}),
    "welcomes": ({"welcomes": "welcomes", "arrived": "moved into"}, {"welcomes": "loses", "arrived": "died at"}),
}  # fmt: skip


@area.family(
    "news and topics",
    "[say|decide|check] whether the headline ([first line|line 1]) agrees with the story below it: {yes} if "
    "everything in the headline is right "
    "according to the story, {no} if any [name, place, number or event|detail] in it is different",
    "Headline [on line one|first], story [after it|below]. All of the headline supported by the story: {yes}; "
    "anything contradicted (who, where, how "
    "many, what): {no}",
    "Our news site had a few embarrassing headlines, so every article is checked before it goes out. "
    "[Read|Compare] the headline in the "
    "first line [and|with] the story under it. Give {no} if a person, place or number in the headline differs "
    "from the story or if the "
    "opposite happened, otherwise give {yes}.",
    given="a headline with its story",
    difficulty=3,
    labels=yes_no(),
)
def headline_agrees_with_story(draw: Draw, p: Values) -> Pair:
    head, story, turn = draw.pick(_NEWS)
    city, other = places(draw, 2)
    count = draw.randint(3, 60)
    fill = {
        "c": city,
        "n": count,
        "w": names.full_name(draw),
        "f": f"{names.last_name(draw)} Group",
        "d": draw.pick(DAYS),
    }
    sides = draw.mix(_TURNS[turn]) if turn else [{}, {}]
    fill |= sides[0]
    text = story.format(**fill)
    fits = draw.chance(0.5)
    if not fits:
        options = [key for key in ("c", "n", "w", "f") if f"{{{key}}}" in head] + (
            ["turn"] * 2 if turn else []
        )
        key = draw.pick(options)
        if key == "turn":
            fill |= sides[1]
        else:
            fill[key] = {"c": other, "n": count + draw.pick((-2, 3, 10, 100)), "w": names.full_name(draw),
                         "f": f"{names.last_name(draw)}-{other} Group"}[key]  # fmt: skip
    headline = head.format(**fill)
    headline = headline[0].upper() + headline[1:]
    if draw.chance(0.15):
        headline = headline.upper()
    return f"{headline}\n{text}", p.labels["yes" if fits else "no"]


_TOPIC_LINES = {
    "sport": ("The match ended two all.", "The coach trains the goalkeeper every morning.",
    "She ran the marathon in under four hours.",
              "Our team is top of the league.", "The referee showed a red card.",
              "He broke the record in the long jump.",
              "The tennis final was over in an hour.", "They need a new striker for next season."),
    "food": ("The soup needs more salt.", "I baked a loaf with olives.", "The restaurant serves fresh pasta.",
    "Fry the onions until golden.",
             "Her lemon cake is famous.", "We cooked a curry with lentils.", "The cheese goes well with pears.",
             "Let the dough rest for a night."),
    "money": ("The bank raised the interest rate.", "My rent goes up in May.", "Shares fell by three percent.",
    "He paid off his loan at last.",
              "The tax office wants a receipt.", "I put a hundred euros into savings.",
              "The budget has a gap of two million.",
              "Her salary is paid at the end of the month."),
    "weather": ("It rained all night.", "A storm is coming from the west.", "Tomorrow will be sunny and warm.",
    "The fog lifted at noon.",
                "We had ten centimetres of snow.", "The wind is getting stronger.", "It is freezing outside.",
                "Lightning lit up the sky."),
    "health": ("The doctor gave me pills against the cough.", "My knee hurts when I climb stairs.",
    "He got his flu vaccination.",
               "She had an operation on her shoulder.", "The nurse took my temperature.",
               "A headache kept him in bed.",
               "The dentist found no holes.", "He is allergic to pollen and sneezes a lot."),
}  # fmt: skip


@area.family(
    "news and topics",
    "[say|decide|tell] which [topic|subject] most sentences of the [text|note] are about: {sport} for sport, "
    "{food} for cooking and eating, {money} for money "
    "and finance, {weather} for the weather, {health} for health and medicine",
    "[Topic|Subject] of the [majority of sentences|largest number of sentences]. Sport = {sport}; food = "
    "{food}; money = {money}; weather = {weather}; illness, doctors, the body "
    "= {health}",
    "[People|Our users] write [jumbled|mixed] notes about [all sorts of|different] things. Count the sentences "
    "on each subject and give me the label of the subject "
    "with the most: sport is {sport}, food is {food}, money matters are {money}, weather is {weather} and "
    "medical matters are {health}. "
    "There is always a clear [winner|first].",
    given="a note with several sentences",
    labels=labels(sport=("sport", "sports"), food=("food", "cooking"), money=("money", "finance"),
        weather=("weather", "climate"),
                  health=("health", "medicine")),
)  # fmt: skip
def topic_of_most_sentences(draw: Draw, p: Values) -> Pair:
    main, *others = draw.mix(tuple(_TOPIC_LINES))
    count = draw.randint(2, 4)
    lines = draw.some(_TOPIC_LINES[main], count)
    for other in others[: draw.randint(1, 3)]:
        lines += draw.some(_TOPIC_LINES[other], 1, count - 1)
    text = " ".join(draw.mix(lines))
    return noise.typos(draw, text, draw.randint(0, 2)), p.labels[main]
