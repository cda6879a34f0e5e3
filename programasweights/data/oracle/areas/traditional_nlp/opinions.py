"""Traditional NLP: feelings and opinions, topics of the news, unwanted messages, and languages."""

import re

from programasweights.data.oracle.areas.traditional_nlp._banks import (
    MEN,
    WOMEN,
    bank,
    capital,
    edges,
    fill,
    firm,
    other,
    say,
)
from programasweights.data.oracle.banks import noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("Traditional NLP")

_GOOD = "good great nice solid quick quiet bright comfy cheap fresh friendly sturdy".split()
_BAD = "bad poor weak slow noisy ugly broken dirty dear stale rude flimsy".split()
_LEXICA = {
    f"Plus words: {', '.join(_GOOD[n] for n in good)}; minus words: {', '.join(_BAD[n] for n in bad)}": (tuple(_GOOD[n] for n in good), tuple(_BAD[n] for n in bad))
    for good, bad in (((0, 1, 4, 7), (0, 3, 5, 9)), ((0, 3, 6, 10), (1, 4, 6, 7)), ((1, 2, 8, 11), (2, 5, 8, 10)), ((2, 4, 5, 9), (0, 2, 6, 11)),
                      ((0, 5, 7, 8), (3, 7, 8, 9)), ((3, 4, 6, 9, 10), (1, 2, 4, 10, 11)), ((1, 5, 10), (0, 6, 8)), ((0, 2, 11), (3, 4, 7)))
}  # fmt: skip
_PLACES = bank("""the {x} is [|really |rather |very ]{w} / [|very |quite ]{w} {x} / I call the {x} {w} / {w}, {w2} and a bit {w3}, that is the {x} / {x}: {w} / a {w} {x} and a {w2} one, side by side / the {x} was {w} at first, then {w2} / a {w} {x} in a {w2} box /
we got a {w} {x} / nobody said the {x} would be {w} / the {x} looks {w} and feels {w2} / the {x} is not {w} / not {w} but {w2} / the {x} is not {w} and not {w2}""")  # fmt: skip


@area.family(
    "sentiment and emotion",
    "score the review with this word list only. {lexicon}. Each plus word counts +1, each minus word -1; directly after 'not' the sign is turned round. [Answer|Write] {plus} if the sum is above zero, {minus} if below, {zero} if it is zero",
    "Lexicon sentiment, no guessing. {lexicon}. 'not' right before a listed word flips it. sum > 0: {plus}, sum < 0: {minus}, sum 0 (also if no word is on the list): {zero}",
    "We use a plain lexicon method so that everybody can check the result. The lexicon: {lexicon}. Add one for every plus word and take one off for every minus word; 'not' immediately in front of such a word makes it count the other way. "
    "All other words count nothing, however they sound. [Return|Give] {plus} for a positive total, {minus} for a negative one, {zero} when it comes to nought.",
    given="a short review",
    difficulty=3,
    lexicon=choice(_LEXICA),
    labels=labels(plus=("positive", "pos", "plus"), minus=("negative", "neg", "minus"), zero=("neutral", "balanced")),
)  # fmt: skip
def sentiment_by_a_word_list(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("plus", "minus", "zero"))
    good, bad = p.lexicon
    strange = [w for w in (*_GOOD, *_BAD) if w not in good + bad]
    pool = {"plus": good * 3 + bad, "minus": bad * 3 + good, "zero": good + bad}[wanted] + tuple(strange[:4])
    text = ""
    for _ in range(12):
        parts = [say(draw, _PLACES, x=draw.pick(("chair", "lamp", "room", "soup", "waiter", "phone", "tent", "shop", "fan", "bed", "place", "screen", "sofa", "seat")),
                     w=draw.pick(pool), w2=draw.pick(pool), w3=draw.pick(pool)) for _ in range(draw.randint(1, 3))]  # fmt: skip
        text = draw.pick((". ", ", ", "; ")).join(parts)
        total = 0
        for found in re.finditer(r"(\bnot )?\b(\w+)", text):
            sign = (found.group(2) in good) - (found.group(2) in bad)
            total += -sign if found.group(1) else sign
        if ("plus" if total > 0 else "minus" if total < 0 else "zero") == wanted:
            return capital(text) + ".", p.labels[wanted]
    return "no comment at all", p.labels["zero"]


_MOODS = {
    "joy": bank("""I got the [job|flat|grant]!!! [Dancing|Jumping] around the kitchen / best day of my life, {first} said yes / we won, we actually won, I can't stop smiling / finally holding my little niece in my arms, so happy / {first} is coming home on {day}, I could hug the whole world /
passed my [driving test|final exam] and I'm over the moon / what a wonderful evening with {first}, my heart is full / sun, sea and no mails: pure bliss / our {noun} turned out beautiful, I'm delighted / my [team|daughter] made it to the final, hooray / I'm beaming, the doctor says all is well / so glad to be back in {city}"""),
    "anger": bank("""how dare they charge me {money} for a {noun}, I'm furious / {first} lied to my face again and I am boiling with rage / whoever [scratched|stole] my {noun}: I'm livid / {n} hours on hold and then they hang up on me, outrageous! / I could scream, they cancelled my {noun} again without asking /
I'm sick of this nonsense, {firm} makes my blood boil / stop [parking in front of my gate|blaming me], I've had it with you! / I slammed the door, {first} has no right to treat me like that / mad as hell at {firm}, they cheated me / what an impudent answer, I'm fuming / I'm so angry that I threw the {noun} against the wall"""),
    "fear": bank("""there is someone in the garden and I don't dare to move / I'm scared of the [operation|dentist|exam] on {day} / my hands tremble when I think of the flight to {city} / the noise in the cellar frightens me to death / what if the test comes back positive? I'm terrified / can't sleep, I'm afraid {firm} will fire me on {day} /
I panicked when the lift stopped between two floors / walking home alone in the dark, my heart is pounding with fear / the dog bared its teeth and I froze with fright / I dread the call from the clinic / please somebody stay with me, the storm is so scary / I'm worried sick, {first} should have been home hours ago"""),
    "sadness": bank("""we had to say goodbye to our old dog today, I can't stop crying / {first} left me and the flat is so empty / I miss my [mum|grandpa|sister] every single day / rain on the window, tears on my pillow / my best friend moved to {city} and I feel so alone / sitting at his grave with a broken heart /
nobody remembered my birthday, I went to bed in tears / our {noun} is closing after {num} years and I feel like weeping / I'm heartbroken, {first} didn't make it / everything feels grey and hopeless since {month} / so sad that grandma won't see this / cried all the way home from {city}"""),
    "calm": bank("""the {noun} will be delivered on {day} / bought {n} {nouns} for {money} / bus {num} goes to {city} via the station / the office is on floor {n}, next to the {noun} / {first} works in {city} on {day}s / switched my phone number, the new one ends in {num} / the shop opens at {clock} /
my {noun} is [blue|grey|white] and weighs {n} kilos / moving the meeting to {clock} / the form has {n} pages / {firm} has an office in {city} / the next newsletter comes out in {month}"""),
}  # fmt: skip


@area.family(
    "sentiment and emotion",
    "[name|tell] the feeling that the writer of the post shows: {joy} for joy, {anger} for anger, {fear} for fear or worry, {sadness} for grief or sadness, {calm} if it is a bare fact without feeling",
    "[Emotion|Feeling] of the writer. happy = {joy}, angry = {anger}, afraid or worried = {fear}, sad = {sadness}, matter-of-fact = {calm}",
    "For a study [of moods|on mental health] I label short posts by emotion. There is one per post: {joy} (the writer is glad), {sadness} (the writer grieves or is lonely), {fear} (the writer is scared or anxious), {anger} (the writer is furious). "
    "Posts that just [report|state] something without any emotion are {calm}.",
    given="a post",
    difficulty=2,
    labels=labels(joy=("joy", "happy"), anger=("anger", "angry"), fear=("fear", "afraid"), sadness=("sadness", "sad"), calm=("neutral", "none")),
)  # fmt: skip
def emotion_of_a_short_post(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_MOODS))
    text = say(draw, _MOODS[kind])
    if draw.chance(0.3):
        text = f"{text}. {say(draw, bank('It is {day}, {clock} / Written on the train to {city} / Posted from my phone / I am {first}, by the way / #{day} / Part {n} of my diary'))}"
    return noise.typos(draw, capital(text)) if draw.chance(0.2) else capital(text), p.labels[kind]


_PRAISE = bank(
    """{x} was [excellent|a delight|wonderful|superb] / I loved [everything about|every minute with] {x} / I can warmly recommend {x} / {x} did a fantastic job / hats off to {x} / {x} exceeded all my hopes / nothing but praise for {x} / {x} deserves five stars / thumbs up for {x}"""
)
_BLAME = bank(
    """{x} was [awful|a disaster|terrible|a letdown] / I'd never [deal with|trust] {x} again / stay away from {x} / {x} let us down badly / {x} ruined our {noun} / {x} is a waste of money / {x} botched everything / shame on {x} / one star is too much for {x}"""
)
_FLAT = bank(
    """{x} has its office in {city} / {x} wrote to me on {day} / there is a mail from {x} / {x} sent an invoice / I found {x} in the phone book / {x} was founded in {year} / {x} is [open|there] on {day} / we met somebody from {x} at the fair / {x} employs {num} people"""
)


@area.family(
    "sentiment and emotion",
    "[tell|say] what the text thinks of the name after 'Target:': {good} if it praises it, {bad} if it criticises it, {flat} if it only mentions it [without an opinion|as a fact]. Opinions about other names do not matter",
    "Targeted sentiment: opinion on the 'Target:' name only. praise = {good}, criticism = {bad}, plain mention = {flat}. [Ignore the other firm.|Others don't count.]",
    "I watch what people write about [certain firms|our clients]. A text often [speaks of|mentions] several firms; the last line names the one I mean. Output {good} when the writer is pleased with that very one, {bad} when the writer is displeased with it, "
    "and {flat} when the text gives no judgement on it at all.",
    given="a text and a target",
    difficulty=3,
    labels=labels(
        good=("positive", "favourable"), bad=("negative", "critical"), flat=("neutral", "no opinion")
    ),
)
def opinion_on_the_target_firm(draw: Draw, p: Values) -> Pair:
    banks = {"good": _PRAISE, "bad": _BLAME, "flat": _FLAT}
    kind, rest = draw.pick(tuple(banks)), draw.pick(tuple(banks))
    target = firm(draw)
    rival = other(draw, firm, target)
    said = [say(draw, banks[kind], x=target), say(draw, banks[rest], x=rival)]
    if draw.chance(0.4):
        said.append(say(draw, banks[draw.pick(tuple(banks))], x=other(draw, firm, target, rival)))
    text = draw.pick((". ", "; ", ". ")).join(draw.mix(said))
    text = ". ".join(capital(part) for part in text.split(". "))
    return f"{text}.\nTarget: {target}", p.labels[kind]


_TOPICS = {
    "sport": bank("""{person} scored {n} goals as {city} beat {city} / {country} reach the semi-final after extra time / {person} breaks the record over {num} metres / coach of {city} sacked after {n} defeats in a row / {person} wins the [cycling|sailing|tennis] tour in {country} /
captain out for {n} weeks with a torn muscle / referee sends off {n} players in the derby / {city} sign goalkeeper {person} / hockey final decided on penalties / marathon in {city} draws {num},000 runners / striker {person} misses penalty in last minute"""),
    "economy": bank("""{firm} cuts {num} jobs as profits fall / central bank of {country} raises interest rates / shares in {firm} jump {n} per cent / inflation in {country} slows to {n} per cent / {firm} takes over rival {firm} / exports of {country} at lowest level since {year} /
{firm} files for bankruptcy / oil price climbs above ${num} a barrel / unemployment in {country} drops again / investors buy into {firm} / wages grow faster than prices, says study of banks"""),
    "science": bank("""researchers in {city} find [new species of beetle|water on distant planet|gene behind rare disease] / telescope sends first pictures of galaxy / vaccine against [malaria|dengue] passes trial / physicists measure particle more exactly than ever / fossil from {country} is {num} million years old /
laboratory in {city} grows skin from stem cells / chemists turn waste plastic into fuel in experiment / study of bats explains immune system / astronomers count {n} new moons of Saturn / DNA of mammoth decoded / Nobel prize in physics goes to {person}"""),
    "weather": bank("""heavy snow expected in {country} on {day} / storm with gusts of {num} kilometres an hour nears {city} / heatwave: {city} sweats at 3{n} degrees / [fog|frost|black ice] warning for {day} / wettest {month} since {year} / thunderstorms and hail forecast for {city} /
mild air brings thaw to {country} / sunny spells and light winds until {day} / drought in {country}: no rain for {n} weeks / hurricane moves towards the coast / cold front from the north brings sleet"""),
    "culture": bank("""{person} plays Hamlet at theatre in {city} / new novel by {person} tops list of bestsellers / museum in {city} shows {num} paintings by {person} / opera house in {city} opens season with Verdi / film about {person} wins golden bear / choir from {country} sings Bach in {city} /
poet {person} reads from her new book / gallery buys sculpture for {money} thousand / jazz festival in {city} ends with a bang / ballet company from {country} goes on tour / band of {person} releases first album in {n} years"""),
}  # fmt: skip
_MORE = bank(
    """[More on this|Details] on page {n}. / By {person}, {city}. / Updated {clock}. / [Our reporter|{person}] has the story. / Read the full [report|story] on {day}. / {city} ({day}). / Photo: {person}. / Reading time: {n} minutes."""
)


@area.family(
    "topic and spam",
    "[assign|file] the news item to a [section|desk] by its topic: {sport} for sport, {economy} for business and the economy, {science} for science and research, {weather} for the weather, {culture} for [theatre, music, film, books and art|the arts]",
    "Section of the [news item|headline]: sport {sport} - firms, markets, prices {economy} - research {science} - rain, heat, storms {weather} - arts, music, films, books {culture}",
    "I [sort|route] agency news for a regional paper. [Each item goes to one desk|One desk gets each item]. {culture} takes books, music, stage, art and film; {economy} takes companies, markets and jobs; {sport} takes matches and athletes; "
    "{science} takes discoveries and studies in nature or the lab; {weather} takes forecasts and storms.",
    given="a news item",
    difficulty=1,
    labels=labels(sport=("sport", "sports"), economy=("business", "economy"), science=("science", "research"), weather=("weather", "met"), culture=("culture", "arts")),
)  # fmt: skip
def desk_for_a_news_item(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_TOPICS))
    text = " ".join(capital(fill(draw, t)) + "." for t in draw.some(_TOPICS[kind], 1, 2))
    if draw.chance(0.5):
        more = say(draw, _MORE)
        text = (
            f"{text} {more}"
            if not more.startswith(("By", "{city}")) or draw.chance(0.5)
            else f"{more} {text}"
        )
    return text.rstrip(".") if draw.chance(0.3) else text, p.labels[kind]


_MAILS = {
    "scam": bank("""your [bank account|parcel|card] is blocked. Confirm your password at http://{site} within {n} hours / you have won {money} thousand in a lottery you never entered, send us a copy of your passport / dear friend, I am a prince and need your help to move {num} million dollars, you get {n}0 per cent /
final notice: pay a customs fee of {money} in gift cards or your parcel is destroyed / this is the tax office, you get {money} back, enter your card number here: http://{site} / Mum, my phone is broken, this is my new number, please transfer {money} at once / we filmed you. Pay {money} in bitcoin or all your contacts see it /
your computer has {n} viruses, call our technicians now and give them access / act now: double your bitcoins in {n} hours, send them to this wallet / Microsoft security: log in at http://{site} or your account will be deleted / I fell in love with your picture, send {money} for my plane ticket to you"""),
    "advert": bank("""only this week: {n}0% off all {nouns} at {firm} / new in our shop: the {noun} for just {money}. Order today! / {firm} invites you to the summer sale, every {noun} half price / our newsletter: {n} ideas for your {noun}. Unsubscribe here / get {n} months free when you join our gym before {day} /
buy two {nouns}, get one free, at {firm} in {city} / have you seen our new catalogue? Over {num} {nouns} to choose from / discount code {code} for your next {noun}, valid till {day} / fly to {city} from {money}, book now on our site / {firm}: free delivery on all {nouns} this weekend / upgrade to our premium plan, the first {n} weeks cost nothing"""),
    "wanted": bank("""hi, it's {first}, can you bring the {noun} on {day}? / running late, see you at {clock} / the dentist confirms your appointment on {day} at {clock} / Mum says dinner is at {clock} / minutes of our meeting on {day} are in the shared folder / {first} had the baby! Both are well / thanks for the {noun}, the kids love it /
your library books are due on {day} / can we move the rehearsal to {clock}? / I left your {noun} with {first} next door / are we still going to {city} on {day}? / I read your draft, see my notes on page {n} / choir practice is cancelled on {day} / happy birthday! Party at {clock}?"""),
}  # fmt: skip


@area.family(
    "topic and spam",
    "[sort|filter] the message: {scam} if it tries to cheat the reader out of money or [data|passwords], {advert} if it is an honest advert from a [shop|company], {wanted} if it is a normal message from [people one knows or has dealings with|someone one knows or is a client of]",
    "Mail filter: fraud/phishing {scam}, [commercial|advertising] {advert}, personal or practical {wanted}",
    "My [parents|grandparents] get all sorts of [messages|mails] and I want three folders. {scam} is for tricks: false prizes, threats, phishing, pretended relatives in need. {advert} is for ordinary advertising such as sales, vouchers and newsletters. "
    "{wanted} is for everything from friends, family, colleagues, doctors or clubs that is meant for them.",
    given="a message",
    difficulty=2,
    labels=labels(scam=("scam", "phishing", "fraud"), advert=("advert", "promo", "ad"), wanted=("ham", "inbox", "normal")),
)  # fmt: skip
def scam_advert_or_wanted_mail(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_MAILS))
    site = f"{draw.pick(('secure', 'my', 'login', 'portal'))}-{draw.pick(('verify', 'update', 'refund', 'pay'))}{draw.randint(10, 99)}.example"
    text = capital(
        say(
            draw,
            _MAILS[kind],
            site=site,
            code=f"{draw.pick(('SUN', 'WOW', 'HOME', 'TRY'))}{draw.randint(5, 50)}",
        )
    )
    if draw.chance(0.2) and kind != "wanted":
        text = text.upper() if "http" not in text else text + "!!!"
    if draw.chance(0.25):
        text = f"{draw.pick(('Hi', 'Hello', 'Dear'))} {draw.pick(WOMEN + MEN)}, {text}"
    return edges(draw, text), p.labels[kind]


_TONGUES = {
    "German": ("de", "Deutsch", bank("""Wo finde ich [die Apotheke|den Bahnhof], bitte? / {first} hat heute [Geburtstag|keine Zeit]. / Das Wetter in {city} ist schlecht. / Ich möchte {n} Brötchen. / Wir treffen uns um {n} Uhr. / Können Sie mir helfen? / Der Schlüssel liegt auf dem Tisch. / Ich weiß es nicht. / Warum lachst du?""")),
    "French": ("fr", "français", bank("""Où est [la pharmacie|la gare], s'il vous plaît ? / {first} n'est pas là aujourd'hui. / Il pleut encore à {city}. / Je voudrais {n} croissants. / On se retrouve à {n} heures. / Pouvez-vous m'aider ? / La clé est sur la table. / Je ne sais pas. / Pourquoi ris-tu ?""")),
    "Spanish": ("es", "español", bank("""¿Dónde está [la farmacia|la estación]? / Hoy es el cumpleaños de {first}. / En {city} hace mucho calor. / Quisiera {n} manzanas rojas. / Nos vemos a las {n} de la tarde. / ¿Puede usted ayudarme? / La llave está encima de la mesa. / No lo sé. / ¿Por qué te ríes?""")),
    "Italian": ("it", "italiano", bank("""Dov'è [la farmacia|la stazione], per favore? / Oggi è il compleanno di {first}. / A {city} fa molto caldo. / Vorrei {n} gelati al cioccolato. / Ci vediamo alle {n} di sera. / Mi può aiutare? / La chiave è sul tavolo. / Non lo so. / Perché ridi?""")),
    "Portuguese": ("pt", "português", bank("""Onde fica [a farmácia|a estação], por favor? / Hoje {first} não vem trabalhar. / Em {city} está muito calor. / Queria {n} pães, por favor. / Encontramo-nos às {n} horas. / Pode ajudar-me? / A chave está em cima da mesa. / Não sei. / Por que estás a rir?""")),
    "Dutch": ("nl", "Nederlands", bank("""Waar is [de apotheek|het station], alstublieft? / {first} is vandaag jarig. / Het weer in {city} is slecht. / Ik wil graag {n} broodjes. / We zien elkaar om {n} uur. / Kunt u mij helpen? / De sleutel ligt op de tafel. / Ik weet het niet. / Waarom lach je?""")),
    "Polish": ("pl", "polski", bank("""Gdzie jest [apteka|dworzec], proszę? / {first} ma dzisiaj urodziny. / Pogoda jest dzisiaj bardzo zła. / Poproszę {n} bułek. / Spotkamy się jutro wieczorem. / Czy może mi pan pomóc? / Klucz leży na stole. / Nie wiem. / Dlaczego się śmiejesz?""")),
    "Swedish": ("sv", "svenska", bank("""Var ligger [apoteket|stationen]? / {first} fyller år i dag. / Vädret i {city} är dåligt. / Jag skulle vilja ha {n} bullar. / Vi ses klockan {n}. / Kan du hjälpa mig? / Nyckeln ligger på bordet. / Jag vet inte. / Varför skrattar du?""")),
    "Finnish": ("fi", "suomi", bank("""Missä on [apteekki|rautatieasema]? / {first} ei ole tänään töissä. / Tänään on huono sää. / Haluaisin kupin kahvia. / Nähdään kello {n}. / Voitko auttaa minua? / Avain on pöydällä. / En tiedä. / Miksi sinä naurat?""")),
    "Turkish": ("tr", "Türkçe", bank("""[Eczane|İstasyon] nerede, lütfen? / Bugün {first} çok yorgun. / Bugün hava çok kötü. / {n} tane elma istiyorum. / Yarın saat {n} gibi görüşürüz. / Bana yardım eder misiniz? / Anahtar masanın üstünde. / Bilmiyorum. / Neden gülüyorsun?""")),
    "Czech": ("cs", "čeština", bank("""Kde je [lékárna|nádraží], prosím? / {first} má dnes narozeniny. / Dnes je špatné počasí. / Chtěl bych {n} rohlíků. / Sejdeme se zítra večer. / Můžete mi pomoci? / Klíč leží na stole. / Nevím, kde bydlí. / Proč se směješ?""")),
    "English": ("en", "English", bank("""Where is the [chemist's|station], please? / It is {first}'s birthday today. / The weather in {city} is bad. / I would like {n} bread rolls. / We'll meet at {n} o'clock. / Can you help me? / The key is on the table. / I don't know. / Why are you laughing?""")),
}  # fmt: skip
_KNOWN = tuple(_TONGUES)
_SETS = {", ".join(_KNOWN[n] for n in picked): tuple(_KNOWN[n] for n in picked) for picked in (
    (0, 1, 2, 3), (1, 2, 3, 4), (0, 5, 7), (6, 10, 0), (11, 0, 1, 2), (8, 9, 7, 0), (2, 4, 1), (0, 1, 6, 9), (11, 5, 1), (3, 2, 4, 11), (7, 8, 11, 5, 0), (10, 6, 9, 3))}  # fmt: skip


@area.family(
    "language identification",
    "[identify|recognise] the language of the text and give {form}. Only these languages matter: {known}; for a text in any other language [write|answer] {none}",
    "Language ID ({known}), output {form}; [other languages|anything else]: {none}",
    "Our [help desk|hotline] has people who speak {known}. For each incoming text [return|write] {form} so that it [reaches|goes to] the right one. If it is in a language that nobody of us speaks, [return|write] {none}. Names of people and towns in the text prove nothing.",
    given="a text in some language",
    difficulty=2,
    known=choice(_SETS),
    form=choice({"the English name of the language": "name", "its name in English": "name", "the two-letter ISO 639-1 code in lower case": "code", "its two-letter code (ISO 639-1, lower case)": "code",
                 "the two-letter ISO code in capitals": "CODE"}),
    none=missing("other", "unknown"),
)  # fmt: skip
def language_among_the_known(draw: Draw, p: Values) -> Pair:
    tongue = draw.pick(p.known) if draw.chance(0.75) else draw.pick([t for t in _KNOWN if t not in p.known])
    code, _, bits = _TONGUES[tongue]
    text = " ".join(fill(draw, t, n=str(draw.randint(5, 9))) for t in draw.some(bits, 1, 3))
    named = {"name": tongue, "code": code, "CODE": code.upper()}[p.form]
    return edges(draw, text.lower() if draw.chance(0.1) else text), named if tongue in p.known else p.none


_FRAMES = bank(
    """On a postcard from {city}: / She said: / The sign read: / {first} whispered: / There was a note on the {noun}: / And then: / He kept repeating: / A voice on the radio: / My neighbour wrote: / Written on the wall:"""
)
_PLAIN = bank(
    """I did not understand a word. / We took the bus to {city}. / {first} laughed. / It was {clock} by then. / I put the {noun} back. / The rest was in English. / Nobody translated it for us. / Then the phone rang. / It cost us {money}. / What a strange day it was."""
)


@area.family(
    "language identification",
    "[copy|return] the [sentences|sentence or sentences] in {tongue} from the text, each on a line of its own and in their order; [write|answer] {none} if there are none. Sentences in English or another language stay out",
    "Only what is in {tongue}: one sentence per line, [text order|in order]. No such sentence = {none}",
    "I translate from {tongue} and get [diaries|reports] in English with foreign sentences in quotation marks. [Pull out|Give me] just the {tongue} ones without the quotation marks, one per line, as they come. If the text has nothing in {tongue}, [say|write] {none}.",
    given="a text with foreign sentences",
    difficulty=2,
    tongue=choice(*(t for t in _KNOWN if t != "English")),
    none=missing(),
)
def foreign_sentences_of_a_language(draw: Draw, p: Values) -> Pair:
    others = [t for t in _KNOWN if t not in (p.tongue, "English")]
    wanted = draw.pick((0, 1, 1, 1, 2))
    chosen = [(p.tongue, text) for text in draw.some(_TONGUES[p.tongue][2], wanted)]
    chosen += [(t, draw.pick(_TONGUES[t][2])) for t in draw.some(others, 1 if wanted == 0 else 0, 2)]
    text, found = "", []
    for tongue, phrase in draw.mix(chosen):
        said = fill(draw, phrase, n=str(draw.randint(5, 9)))
        text += f'{say(draw, _FRAMES)} "{said}" ' + (f"{say(draw, _PLAIN)} " if draw.chance(0.6) else "")
        found += [said] if tongue == p.tongue else []
    return text.strip(), "\n".join(found) or p.none
