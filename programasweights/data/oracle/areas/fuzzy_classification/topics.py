"""What a text is about: news desks, films, events, relevance to a topic, several topics at once."""

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

_NEWS = {
    "politics": bank("""[parliament|the senate|the city council] votes on new [tax|school|pension] law / {name}
    elected [mayor|president|party leader] / minister {name} resigns after row over {topic} / opposition calls
    for early elections in {country} / coalition talks in {country} collapse / president of {country} visits
    {city} for talks on a treaty / party of {name} falls to {n} percent in polls / government of {country}
    presents its budget / foreign ministers meet in {city} / referendum on the constitution planned in {country}
    / {country} recalls its ambassador / new voting law divides the {country} parliament / prime minister loses
    vote of confidence / {num} delegates at party congress in {city}"""),
    "money": bank("""{company} shares [jump|fall|rise] {n} percent / {company} [buys|merges with] rival in {city} /
    central bank raises interest rate / {company} cuts {num} jobs to save costs / profit of {company} doubles in
    {month} / start-up from {city} collects {n} million from investors / oil price at a {n}-year high /
    {company} files for bankruptcy / inflation slows to {n} percent / stock exchange in {city} closes with
    losses / carmaker {company} opens factory for {n} million / exports of {country} grow again / {company} pays
    a higher dividend / bond prices slip, investors nervous / retail sales up in {month}, says trade group /
    {company} [sells|closes|opens] {n} [plants|factories|stores] / [turnover|sales|profits] of {company}
    [rise|fall|shrink]"""),
    "sport": bank("""{name} wins [marathon|tennis final|100 metres] in {city} / {city} beat {city2} {n}-1 in cup
    final / injured striker {name} out for {n} weeks / coach {name} leaves {city} after {n} defeats in a row /
    {country} takes gold in rowing / last-minute goal saves {city} / {name} sets a world record in the long jump
    / penalty drama in {city}: home team out / {name} signs for {city} until the end of next season / rain stops
    play at {city} cricket ground / cyclist {name} takes yellow jersey / swimmers of {country} break relay
    record / referee {name} shows {n} red cards / {city} climbs to top of the league / boxer {name} keeps his
    title / [handball|rugby|hockey|basketball] team of {city} [wins|loses|reaches] [cup final|semi-final] /
    {name} [wins|loses] in [judo|fencing|tennis] [final|semi-final]"""),
    "arts": bank("""{name} wins prize for [novel|poems|debut film] / museum in {city} shows early paintings by
    {name} / opera house in {city} opens season with a premiere / new album by {name} out in {month} / film by
    {name} opens festival in {city} / lost manuscript of a symphony found in {city} / theatre in {city} stages
    {name}'s last play / sculptor {name} shows bronze figures in {city} / novel by {name} tops bestseller lists
    / orchestra of {city} plays works of three women composers / gallery in {city} presents photographs by
    {name} / {name} to direct a new ballet / poet {name} reads in {city} library / [new|first|long-awaited]
    [novel|album|play|opera] by {name} gets rave reviews / street painters turn {city} wall into a mural"""),
    "science": bank("""[telescope|probe] sends first pictures of distant [planet|comet|galaxy] / researchers in
    {city} decode genes of [wheat|the octopus|a moss] / physicists in {city} measure mass of rare particle /
    study with {num} mice shows how memory works / new species of [beetle|frog|orchid] described by biologists /
    fossil of a {n}-metre lizard studied in laboratory / chemists develop a catalyst that splits water /
    astronomers find a moon around an exoplanet / experiment in {city} cools atoms to a record low /
    mathematician {name} proves old conjecture / geologists drill {num} metres into the ice to read climate
    history / vaccine against malaria passes laboratory trial / robot arm learns from watching, report engineers
    in journal / brain scans reveal how bees find their way / microbes that eat plastic found by scientists"""),
}  # fmt: skip


@area.family(
    "news and media",
    "send the headline to its news desk: {politics} for politics and government, {money} for business and "
    "markets, {sport} for sport, {arts} for culture (books, films, music, art), {science} for research",
    "Headline -> desk. government/elections {politics}; companies/markets {money}; sport {sport}; arts and "
    "entertainment {arts}; scientific research {science}",
    "Wire stories reach [our small paper|our radio station] without a section. I need the desk for each "
    "headline. [Our desks are|We have] {politics} (elections, parliaments, ministers), {money} (firms, "
    "shares, prices, jobs), {sport} (matches, athletes, clubs), {arts} (literature, stage, film, music, "
    "museums) and {science} (what researchers [find|have found]).",
    given="a headline",
    difficulty=1,
    labels=labels(politics=("politics", "national"), money=("business", "economy"), sport=("sport", "sports"), arts=("culture", "arts"), science=("science", "research")),
)  # fmt: skip
def desk_for_headline(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_NEWS))
    land = names.country(draw).split(" (")[0]
    text = capital(
        say(
            draw,
            _NEWS[kind],
            country=land,
            city2=names.city(draw),
            topic=draw.pick(("new prison", "spying", "the railway", "a secret letter")),
        )
    )
    shape = draw.randrange(8)
    return (
        text.upper()
        if shape == 0
        else text + "."
        if shape == 1
        else f"{names.city(draw)}: {text}"
        if shape == 2 and kind != "sport"
        else rough(draw, text)
    ), p.labels[kind]


_FILMS = {
    "horror": bank("""a [family|couple] moves into a house where the dead [walk at night|scratch at the walls] /
    one by one, {n} campers are butchered by a masked killer / a doll with glass eyes hunts the children of
    {city} / something with claws lives in the cellar and it is hungry / {first} wakes in a morgue, and the
    corpses rise / a demon takes hold of little {first}, and the priest trembles / blood runs from the taps of
    the old hospital / vampires besiege a village in the winter night / whoever watches the tape dies in {n}
    days, screaming / zombies overrun {city} and tear people apart / a ghost with no face follows {first} home /
    the scarecrow moves when nobody looks, and then the bodies pile up / a [cursed mirror|blood-stained
    well|rotting nun|possessed child] [terrifies|haunts|preys on] [a boarding school|a lonely farm|a night
    nurse]"""),
    "comedy": bank("""two clumsy waiters open a restaurant and set the mayor's wig on fire, hilarious / a riot of
    laughs: {first} pretends to be a nun and gets everything wrong / a goat is elected mayor by mistake in this
    side-splitting film / {first} and {first} swap bodies with their dogs, and slapstick follows / the worst
    brass band in the world goes on tour; you will roar with laughter / a hopeless butler ruins {n} dinner
    parties in a row, a hoot / gags by the minute when grandma takes up skateboarding / a laugh-out-loud farce
    about a wedding cake, a parrot and {n} plumbers / silly spies lose their trousers at the embassy, great fun
    / {first} gets stuck in a lift with a clown convention, hilarity ensues / jokes fly as three lazy thieves
    try to steal a cow / a funny mix-up of suitcases leaves the bishop with a tutu / a
    [hilarious|side-splitting|wildly funny] film about [a vain hairdresser|two hopeless burglars|a talking
    sausage|a chaotic camping trip]"""),
    "future": bank("""in the year 2{num}, a crew lands on a moon of Saturn / a robot learns to feel and escapes
    from the space station / aliens land in {city} and want to talk / the last starship of humankind looks for a
    new planet / {first} builds a time machine and meets her own grandson / clones rise against their makers in
    a city under a dome / a signal from another galaxy changes life on Earth / the ship's computer refuses to
    open the airlock / androids and humans fight for Mars / after {num} years of frozen sleep, {first} wakes up
    light years from home / a scientist shrinks a submarine with nanotechnology / machines from the future hunt
    {first} with lasers / [a spaceship|a colony|a robot crew|an alien fleet] [near|on its way to|far beyond]
    [Jupiter|a distant star|Mars] [breaks down|goes silent|is attacked]"""),
    "love": bank("""{first} and {first} meet on a night train and cannot forget each other's eyes / a shy baker
    falls in love with the new doctor in {city} / twenty years after their first kiss, they meet again in {city}
    / she is engaged to another, but her heart beats for {first} / letters of longing between two lovers parted
    by the sea / a summer in {city}, a stolen kiss, and two hearts that find each other / will {first} say yes
    before her train leaves? A tender love story / he crosses half of Europe to propose to {first} / two rivals
    at a flower shop slowly fall for each other / a widower dares to love again when {first} moves in next door
    / an unlikely couple finds tenderness and, at last, the courage to marry / under the cherry trees {first}
    confesses his love / [a florist|a widow|a young cellist|a gardener] and [a sailor|a librarian|a prince|a
    cook] [fall in love|lose their hearts to each other] in {city}"""),
    "western": bank("""a sheriff with one bullet left faces {n} outlaws at the saloon / cattle thieves ride into
    the dusty frontier town / a gunslinger returns to the prairie to bury his brother / bounty hunter {first}
    tracks bandits through the desert of Arizona in 1870 / a stagecoach, a chest of gold and {n} masked riders /
    the railroad comes to the Wild West and the ranchers load their rifles / a duel at noon decides who owns the
    ranch / two cowboys drive a herd to Abilene and meet rustlers / the old marshal takes off his star and
    saddles his horse once more / settlers, six-shooters and a crooked mayor in a gold rush town / a lone rider
    with a harmonica looks for the man who hanged his father / [a gunfighter|a sheriff|a ranger|a cowboy] [rides
    into|defends|returns to] a [frontier|dusty prairie|gold rush] town with his [Colt|Winchester|old horse]"""),
    "nature": bank("""a camera team follows [wolves|whales|penguins] through a whole year / the true story of a
    glacier, told by the researchers who measure it / interviews with {n} survivors of the flood, with pictures
    from the archives / the film shows how real farmers in {country} save their soil / with rare footage from
    the deep sea, a look at squid and coral / a journalist asks former miners about their work / biologists
    explain on screen how cranes find their way / a portrait of the real {name}, with letters and witnesses /
    the facts behind plastic waste, with experts from {n} countries / {n} years with a herd of elephants, filmed
    without actors / a documentary [about|on] [bees|steel workers|river dolphins|the last lighthouse keepers|the
    making of bread] in {country}"""),
}  # fmt: skip


@area.family(
    "news and media",
    "name the genre of the film from its description: {horror} horror, {comedy} comedy, {future} science "
    "fiction, {love} romance, {western} western, {nature} documentary",
    "Genre? scary film with monsters, ghosts or killers {horror}; film to laugh at {comedy}; space, aliens, "
    "robots, far future {future}; love story {love}; cowboys and the Wild West {western}; true facts, no "
    "actors {nature}",
    "Our film club has a box of cards with a line or two on each film, but no genre. Please [sort|label] "
    "them: films made to frighten are {horror}, films made to make people laugh are {comedy}, films about "
    "space, future technology or aliens are {future}, love stories are {love}, films about cowboys are "
    "{western}, and documentaries are {nature}.",
    given="a description of a film",
    difficulty=1,
    labels=labels(horror=("horror", "HOR"), comedy=("comedy", "COM"), future=("sci-fi", "SF"), love=("romance", "ROM"), western=("western", "WES"), nature=("documentary", "DOC")),
)  # fmt: skip
def genre_of_film_by_plot(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_FILMS))
    parts = [say(draw, _FILMS[kind], country=names.country(draw).split(" (")[0])]
    parts += [chain(draw, a) for a in draw.some(bank("Directed by {name}. / {m} minutes long, in colour. / First shown in {city}. / Music: {name}. / With {name} and {name}. / From the year 19{m}. / Shown on {day} at {clock}. / In English with subtitles."), 0, 2)]  # fmt: skip
    return letter(draw, *(parts if draw.chance(0.6) else draw.mix(parts)), frame=0), p.labels[kind]


_EVENTS = {
    "music": bank("""[jazz|folk|piano] concert by {name} / choir of {city} sings Bach in the church / open-air gig
    of {n} rock bands / the {city} orchestra plays Mozart / evening of songs with guitar and voice / organ
    recital with {name} / brass band plays in the park / DJ night with techno and house / string quartet plays
    Haydn by candlelight / singers from {n} countries perform live on stage / [blues|soul|rock|accordion]
    [night|concert] with {name} / [the choir|the big band|the wind ensemble] of {city} [performs|plays] [songs
    of the sea|film tunes|Christmas music]"""),
    "talk": bank("""[lecture|talk] by Prof {name} on [black holes|the Romans|sleep] / {name} speaks about the
    history of {city} / panel: {n} experts discuss the future of housing, questions from the floor / slide
    lecture on mushrooms / reading and discussion with the author {name} / talk with slides: across {country} by
    bike / evening lecture at the university on inflation / Dr {name} explains how vaccines work / {name} gives
    a speech on the rights of children / physicist {name} lectures on time / [lecture|talk|slide show]: [why
    bees matter|the history of the bridge|life on Mars|how banks work], [given by|with] {name} / discussion with
    {name} about [schools|traffic|farming]"""),
    "sport": bank("""[{n}0-kilometre run|half marathon] through {city} / football tournament for teams of {n} /
    bring your racket: tennis for beginners, matches all day / swimming gala with {n} races / bike race round
    the lake / volleyball cup of the schools / climbing contest in the hall / table tennis evening, everybody
    plays / rowing regatta on the river / basketball: {city} against {city} / [handball|hockey|badminton|rugby]
    [tournament|match|championship] / {n} [teams|clubs] fight for the [football|handball|hockey] cup / morning
    run, {n} kilometres, all ages"""),
    "market": bank("""flea market with {num} stalls / buy and sell: children's clothes and toys / farmers' market
    with cheese, bread and vegetables / second-hand book sale in aid of the library / Christmas market with
    crafts for sale / plant swap and sale behind the town hall / antiques fair, {num} sellers / garage sale in
    {n} streets / record and CD fair for collectors, {num} tables / pottery market, potters from {city} sell
    their jugs / [sale|bazaar] of [used bikes|winter clothes|toys|old furniture] / [craft|plant|food|wool]
    market with {num} [stalls|sellers]"""),
    "workshop": bank("""learn to [knit|throw pots|solder] in {n} hours, material included / hands-on course: bake
    your own bread / photo workshop for beginners, bring your camera / repair your bike yourself, we show you
    how / paint with watercolours, guided by {name} / first-aid course with exercises / cooking class: make {n}
    kinds of pasta yourself / build your own birdhouse with {name} / writing workshop: write your first short
    story / learn to juggle in an afternoon / sewing course, make a bag to take home / [learn|try your hand at]
    [weaving|woodcarving|bookbinding|calligraphy] with {name} / make your own [soap|cheese|candles|jewellery] in
    {n} hours"""),
}  # fmt: skip


@area.family(
    "events and weather",
    "[sort|file] the announcement by type of event: {music} for concerts, {talk} for lectures and "
    "discussions, {sport} for sport, {market} for markets and sales, {workshop} for courses in which people "
    "learn by doing",
    "Type of event: music to listen to {music}; lecture/discussion {talk}; sports {sport}; market or fair "
    "where things are sold {market}; hands-on course {workshop}",
    "The [calendar of our town|town's web calendar] has a filter, and each announcement needs its type. "
    "Where music is played for an audience, use {music}. Where somebody speaks and people listen or "
    "discuss, use {talk}. Where people compete or exercise, use {sport}. Where goods change hands, use "
    "{market}. Where visitors make or practise something under guidance, use {workshop}.",
    given="an announcement of an event",
    labels=labels(music=("concert", "music"), talk=("lecture", "talk"), sport=("sport", "sports"), market=("market", "sale"), workshop=("workshop", "course")),
)  # fmt: skip
def type_of_event_announced(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_EVENTS))
    parts = [say(draw, _EVENTS[kind], country=names.country(draw).split(" (")[0])]
    parts += [chain(draw, a) for a in draw.some(bank("{day}, {clock}. / Old town hall, {city}. / Tickets {n} euros. / Drinks and cake in the break. / Questions: {name}. / From {clock}. / Also on {day}. / In the gym of the {city} school. / Doors open at {clock}."), 1, 3)]  # fmt: skip
    return letter(draw, *(parts if draw.chance(0.5) else draw.mix(parts)), frame=0), p.labels[kind]


_THEMES = {
    "gardening": bank("""when is the best time to [prune roses|sow carrots|plant tulips]? / slugs have eaten all my
    lettuce / the tomatoes need a sunny bed and much water / I mixed compost into the soil around the shrubs /
    my hedge has brown leaves since I cut it / which seeds can I sow in {month}? / cover the strawberry plants
    with straw before the frost / how deep do the bulbs go into the earth? / weeds grow between the bean rows
    again / our greenhouse cucumbers got mildew / I repotted the lemon tree and fed it / dig over the vegetable
    patch in {month} / [my|our] [roses|dahlias|raspberries|beans] [need pruning|have greenfly|are in full bloom
    in the garden] / how do I get rid of [moss in the lawn|slugs on the lettuce|ants in the flower bed]?"""),
    "cooking": bank("""simmer the [sauce|lentils|stew] for {m} minutes with a bay leaf / how long does a chicken of
    {n} pounds have to roast? / my dough did not rise, too little yeast? / fry the onions until golden, then add
    the rice / which oil do you use for deep-frying chips? / the custard curdled because the pan was too hot /
    season the soup with thyme and pepper / whisk the egg whites stiff and fold them in / grandma's recipe for
    dumplings needs {n} eggs / knead the bread for ten minutes / marinate the fish overnight in lemon juice /
    what goes well with roast pork as a side dish? / [bake|roast|braise] the [cauliflower|lamb|aubergines] with
    [garlic|rosemary|ginger] for {m} minutes / how do I thicken [gravy|a soup|a sauce]?"""),
    "cycling": bank("""my [chain|derailleur|rear brake] squeaks when I pedal uphill / we rode {num} km along the
    river on our bikes / which tyre pressure for a touring bike? / the cycle path to {city} is closed / I had a
    puncture and no spare tube with me / new handlebar, new saddle, and my back pain is gone / the e-bike
    battery lasts {m} miles / always wear a helmet on your bike / {first} bought a cargo bike for the kids / the
    peloton climbed the pass in {m} minutes / how do I true a bent bicycle wheel? / lights and bells are a must
    on every bicycle / [my|her] [road bike|mountain bike|e-bike] needs [new brake pads|a new chain|better tyres]
    / how do I [oil the chain|adjust the gears|patch the tube] of my bike?"""),
    "banking": bank("""how do I open a [savings|current] account? / the interest on my loan went up to {n} percent
    / the cash machine kept my card / can I transfer {money} abroad without a fee? / my mortgage has a fixed
    rate for {n} years / the branch of my bank in {city} closed / standing orders are carried out on the first
    of the month / my account is overdrawn by {money} / which bank gives credit to students? / the bank teller
    changed my dollars into euros / I forgot the PIN of my debit card / is my deposit protected if the bank
    fails? / [which bank|what bank] offers [the best savings rate|a free account|cheap loans]? / the
    [overdraft|transfer|account] fee at my bank is {n} euros"""),
    "astronomy": bank("""[Jupiter|Saturn|Mars] will be bright in the evening sky in {month} / with this telescope
    you can see the rings of Saturn / a total eclipse of the moon can be watched on {day} / which star is the
    one next to Orion's belt? / the comet passes Earth at a distance of {num} million km / how old is our
    galaxy? / craters on the moon look best at half moon / the Perseid meteors light up the night / I took a
    photo of the Andromeda nebula / light from that star took {num} years to reach us / why is Pluto no planet
    any more? / sunspots can be seen only with a solar filter / [the planet|the moon of Saturn|the star] was
    [discovered|photographed] with a telescope [in {city}|last {month}] / how far away is [the nearest
    star|Neptune|the centre of the Milky Way]?"""),
    "pets": bank("""our [cat|hamster|rabbit] has not eaten since {day} / how often should I walk my puppy? /
    {first}'s parrot has learned to whistle / the vet gave my dog a vaccination / which litter is best for two
    kittens? / the guinea pigs need a larger cage / my dog barks when the doorbell rings / I brush the cat every
    {day} / the goldfish tank has to be cleaned / we adopted an old dog from the shelter / my budgie escaped
    through the window / is chocolate dangerous for dogs? / my [cat|dog|rabbit|canary] [sneezes|does not
    drink|loses hair], should I see the vet? / which food is best for [an old cat|a puppy|a hamster]?"""),
    "chess": bank("""White [sacrificed the queen|gave up a rook] and mated in {n} moves / how do I answer the
    Sicilian Defence? / my king was safe after castling / a pawn on the seventh rank is worth a lot / {name}
    became a chess grandmaster at {m} / is a bishop stronger than a knight in the endgame? / stalemate! I gave
    away the win / our chess club meets every {day} / she played the Queen's Gambit / my chess rating rose to
    1{num} / the rook ended up behind the passed pawn / checkmate with two bishops is hard to learn /
    [White|Black] [castles|pushes the f-pawn|takes the knight] and wins the chess game / how do I [win a rook
    ending|answer 1.e4|avoid back-rank mate] at chess?"""),
    "hiking": bank("""we hiked from hut to hut for {n} days / which boots for a mountain trek of {m} miles? / the
    trail to the summit is marked in red / I got blisters on the long descent into the valley / pack a rain cape
    and a map for the hike / the path over the ridge is closed by snow / {first} and I walked the coastal trail
    near {city} with our rucksacks / trekking poles save your knees on steep paths / we reached the peak after
    {n} hours on foot / how much water do you carry on a day's hike? / the hut on the pass has {m} beds for
    hikers / turn left at the cairn and follow the ridge trail / [a day's|a two-day] hike [over the pass|to the
    waterfall|up the peak] with {first} / which [hiking boots|rucksack|hiking map] do you take on a [hut
    tour|long trek]?"""),
}  # fmt: skip
_TOPIC_NAMES = {"gardening": "gardening", "growing plants in the garden": "gardening", "cooking": "cooking", "preparing food": "cooking", "cycling": "cycling", "bicycles and riding them": "cycling",
                "banks and accounts": "banking", "banking": "banking", "astronomy": "astronomy", "stars and planets": "astronomy", "pets": "pets", "keeping animals at home": "pets", "chess": "chess", "the game of chess": "chess", "hiking": "hiking", "walking in the mountains": "hiking"}  # fmt: skip


@area.family(
    "topics",
    "[tell|say|decide] whether the post belongs in a forum about {topic}: {yes} if [it is about that|that "
    "is what it is about], {no} if it is about something else. [A single word borrowed from the topic is "
    "not enough|Mentioning the topic in passing is not enough]",
    "On topic? The topic is {topic}. {yes} = the post deals with it, {no} = it does not, even if it "
    "[mentions the topic in passing|claims to]",
    "I moderate a forum on {topic} and people [post|write] all sorts of things. Return {yes} for posts "
    "whose subject is {topic}, and {no} for all others. [Posts that only say they fit, or mention the topic "
    "in half a sentence, get {no} too.|Do not be fooled by posts that merely name the topic; they get {no} "
    "too.]",
    given="a forum post",
    topic=choice(_TOPIC_NAMES),
    labels=yes_no(),
)  # fmt: skip
def post_fits_the_forum(draw: Draw, p: Values) -> Pair:
    fits = draw.chance(0.5)
    theme = p.topic if fits else draw.pick([t for t in _THEMES if t != p.topic])
    parts = [chain(draw, s) for s in draw.some(_THEMES[theme], 1, 2)]
    claim = draw.chance(0.35)
    if claim:
        other = draw.pick(tuple(_THEMES)) if fits else p.topic
        parts.insert(0, draw.pick((f"I know nothing of {other}, but:", f"My neighbour prefers {other}.", f"After a long day of {other}:", f"Not sure if this belongs under {other}:", f"Greetings to all friends of {other}!")))  # fmt: skip
    text = " ".join(capital(part) + ("" if part[-1] in ".?!:" else ".") for part in parts)
    return rough(draw, text), p.labels["yes" if fits else "no"]


_CLUB = ("gardening", "cooking", "cycling", "pets", "chess", "hiking")


@area.family(
    "topics",
    "list the subjects of the message, always in the order {gardening} (garden), {cooking} (cooking), "
    "{cycling} (bicycles), {pets} (pets), {chess} (chess), {hiking} (hiking), separated by {separator}, but "
    "never more than the first {most}; {none} if it has none of them",
    "Tags for a message: {gardening} garden, {cooking} cooking, {cycling} bicycles, {pets} pets, {chess} "
    "chess, {hiking} hiking. All that fit in this order, at most {most} (drop the later ones), joined by "
    "{separator}; no fit: {none}",
    "The newsletter of our village club is put together from letters, which I tag by subject. The tags, in "
    "their fixed order: {gardening} for gardens, {cooking} for cooking, {cycling} for bicycles, {pets} for "
    "pets, {chess} for chess, {hiking} for hiking. Give the tags that apply in that order, with {separator} "
    "between them. "
    "There is room for {most} tags; if more apply, keep the first ones. If none applies, write {none}.",
    given="a letter from a club member",
    difficulty=3,
    most=number(2, 4),
    separator=separator(),
    none=missing(),
    labels=labels(gardening=("garden", "green"), cooking=("kitchen", "cooking"), cycling=("bike", "cycling"), pets=("pets", "animals"), chess=("chess", "board"), hiking=("hiking", "walks")),
)  # fmt: skip
def subjects_of_club_letter(draw: Draw, p: Values) -> Pair:
    kinds = draw.some(_CLUB, draw.pick((0, 1, 2, 2, 3, 3, 4)))
    parts = [say(draw, _THEMES[k]) for k in kinds]
    if not kinds or draw.chance(0.3):
        parts.append(say(draw, _THEMES[draw.pick(("banking", "astronomy"))]))
    found = [p.labels[k] for k in _CLUB if k in kinds]
    return letter(draw, *draw.mix(parts), frame=0.2), p.separator.join(found[: p.most]) or p.none
