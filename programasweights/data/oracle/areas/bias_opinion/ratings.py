"""Ratings, recommendations, preferences, answers to surveys, and what a number of people think together."""

from programasweights.data.oracle.areas.fuzzy_classification._banks import (
    ITEMS,
    bank,
    capital,
    chain,
    letter,
    say,
)
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Bias and opinion")

_PARTS = {
    "room": (("the room was spacious and bright", "the room had a wonderful view", "I loved the room"), ("the room was tiny and dark", "the room smelled of smoke", "the room was a disappointment")),
    "bed": (("the bed was a dream", "I have never slept in a better bed", "the bed was wonderfully soft"), ("the bed was as hard as a board", "the bed squeaked all night", "the bed was far too short")),
    "breakfast": (("the breakfast was delicious", "what a great breakfast", "the breakfast had something for everyone"), ("the breakfast was stale", "what a poor breakfast", "the breakfast was cold and dull")),
    "staff": (("the staff could not have been kinder", "the staff were a delight", "the staff helped us at once"), ("the staff were rude", "the staff ignored us", "the staff could not have cared less")),
    "pool": (("the pool was clean and warm", "the pool was fantastic", "our kids loved the pool"), ("the pool was filthy", "the pool was ice-cold", "the pool was a joke")),
    "location": (("the location is perfect", "one could not wish for a better location", "the location was ideal for us"), ("the location is awful", "the location was miles from anything", "the location next to the motorway is terrible")),
    "wifi": (("the wifi was fast everywhere", "the wifi worked brilliantly", "great wifi"), ("the wifi failed every evening", "the wifi was painfully slow", "useless wifi")),
    "bathroom": (("the bathroom was spotless", "the bathroom was pretty and modern", "I loved the bathroom"), ("the bathroom was dirty", "the bathroom had mould on the tiles", "the bathroom was in a sad state")),
    "parking": (("parking was free and easy", "parking was a breeze", "parking was close to the door and cheap"), ("parking was a nightmare", "parking was absurdly dear", "parking was hopeless")),
    "lift": (("the lift was quick and quiet", "the lift was wonderfully fast", "the lift was roomy and worked well"), ("the lift was out of order all week", "the lift took forever", "the lift was scary")),
}  # fmt: skip
_STAY = bank(
    """We stayed for {n} nights. / We came by car from {city}. / It was our first time in {city}. / We booked in {month}. / There were {n} of us. / We arrived on {day} at {clock}. / The hotel has {num} rooms. / I travelled with {first}."""
)


def _stay(draw: Draw, good: int, bad: int) -> list[str]:
    """Sentences of a hotel review that praise some parts and blame others."""
    parts = draw.some(tuple(_PARTS), good + bad)
    kinds = draw.mix([0] * good + [1] * bad)
    return [draw.pick(_PARTS[part][kind]) for part, kind in zip(parts, kinds, strict=True)]


def _joined(draw: Draw, said: list[str]) -> str:
    text = " ".join(capital(part) + draw.pick((".", ".", "!")) for part in said)
    return say(draw, _STAY) + " " + text if draw.chance(0.5) else text


@area.family(
    "ratings and advice",
    "rate the stay by this rule: begin with {start} points, add one for every part of the hotel that is praised, take {down} off for every part that is criticised; [at the end|in the end] the result may not be below 1 (then it is 1) nor above {top} (then it is {top}). [Write|Give|Return] it {form}",
    "Points = {start} + number of things praised - {down} x number of things criticised, [cut to the range from 1 to|never below 1 or above] {top}; result {form}",
    "Guests tell us about their stay but forget the score, so we work it out. Everybody starts with {start}. Each thing the guest liked (room, breakfast, wifi and so on) adds 1, each thing the guest disliked costs {down}; [neutral remarks change nothing|remarks without judgement count nothing]. "
    "When all is counted, anything above {top} becomes {top} and anything below 1 becomes 1. [Write|Give] the score {form}.",
    given="a hotel review",
    difficulty=3,
    start=number(2, 5),
    down=number(1, 2),
    top=number(5, 7),
    form=choice({"as a digit": "{n}", "as a single digit": "{n}", "as that many asterisks": "*", "as a row of asterisks, one per point": "*", "as a figure with one decimal, like 3.0": "{n}.0",
                 "as in '3 points' ('1 point' for one)": "{n} point", "as a digit in round brackets": "({n})", "with 'score=' in front, as in score=3": "score={n}"}),
)  # fmt: skip
def points_from_praise_and_blame(draw: Draw, p: Values) -> Pair:
    good, bad = draw.pick(((0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (3, 0), (3, 1)))
    said = _stay(draw, good, bad)
    points = max(1, min(p.top, p.start + good - bad * p.down))
    if p.form == "*":
        return noise.untidy(draw, _joined(draw, said)), "*" * points
    text = p.form.format(n=points) + ("s" if p.form.endswith("point") and points > 1 else "")
    return noise.untidy(draw, _joined(draw, said)), text


_ADVICE = {
    "all": bank("""I recommend the {item} to everyone / go and get the {item}, you will not regret it / everybody should own this {item} / if you need a {item}, take this one, whoever you are / buy it, all of you / a clear recommendation from me / I would tell anyone to buy the {item} / do yourself a favour and order the {item} / two thumbs up, get one /
    I can only advise you to buy this {item} / I will recommend the {item} to all my friends"""),
    "some": bank("""a good choice for beginners, others should leave it / I recommend the {item} only to people with a lot of room / if you live alone, buy it; families should not / for travellers it is perfect, for everybody else it is not / recommended for small kitchens only / buy the {item} if you use it once a month, not if you need it daily / left-handed people
    should get it, the rest of you better not / only for those with patience, everyone else should pass / I would advise experts to buy it, but not newcomers / tall people should take it, short people should not"""),
    "none": bank("""stay away from the {item} / do not buy the {item}, whoever you are / I warn everyone against this {item} / keep your money, do not get it / hands off! / I cannot recommend the {item} to anybody / nobody should buy this / avoid the {item} at all costs / whatever you do, do not order the {item} / steer clear of it, all of you /
    please do not repeat my mistake of buying the {item}"""),
    "open": bank("""I have had the {item} for {n} weeks / the {item} came on {day} / it is the {item} from the advert / the {item} has two buttons and a cable / {first} has the same {item} / I use the {item} in {city} / the {item} was in a brown box / my {item} is from {company} / the {item} cost {money} / I got the {item} for my birthday"""),
}  # fmt: skip
_REMARKS = bank(
    """The colour is nice. / It is a bit loud. / The cable is short. / It looks good. / It is heavier than I thought. / The manual is fine. / It took {n} days to arrive. / It feels solid. / The box was damaged. / It gets warm after {m} minutes. / The size is right for me. / I paid {money}."""
)


@area.family(
    "ratings and advice",
    "[say|tell] what advice the review gives: {all} if it recommends the product without limits, {some} if it recommends it to certain people but not to others, {none} if it advises everyone against it, {open} if it gives no advice",
    "Advice to buyers: buy = {all}, only for some people = {some}, do not buy = {none}, no advice = {open}",
    "Reading reviews I [just want|only want] to know whether I am told to buy. {all} means the writer tells anybody to get the thing. {some} means that it is advised for one kind of person and not for the rest. {none} means that the writer warns [all of us|everybody] off. {open} means that there is no recommendation and no warning, only remarks. [Praise or blame of details is no advice.|Remarks on details are not advice.]",
    given="a product review",
    labels=labels(all=("recommended", "buy", "yes"), some=("conditional", "depends", "some"), none=("warning", "avoid", "no"), open=("no advice", "nothing", "none")),
)  # fmt: skip
def advice_given_to_buyers(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_ADVICE))
    item = draw.pick(ITEMS)
    parts = [chain(draw, text, item=item) for text in (draw.pick(_ADVICE[kind]), *draw.some(_REMARKS, 0, 6))]
    return letter(draw, *draw.mix(parts), frame=0), p.labels[kind]


_MODELS = bank(
    """Arco / Lumen / Velta / Norik / Pico / Stella / Brio / Tango / Orbit / Sierra / Delta / Kobold / Marlin / Fjord / Quanta / Rondo / Zephyr / Pluto / Onyx / Cobra / Bolero / Tundra / Comet / Ruby / Falcon / Mistral"""
)
_PREFERS = bank("""the {a} beats the {b} in every respect / compared with the {a}, the {b} looks old / I returned the {b} and kept the {a} / the {b} is cheaper, but I would still take the {a} / if I had to choose again, it would be the {a}, not the {b} / the {b} cannot hold a candle to the {a} / after a month with both, the {a} is
my favourite, the {b} lies in a drawer / the {b} is good, the {a} is better / I wish I had bought the {a} instead of the {b} / nobody who has tried the {a} goes back to the {b} / the {b} looks nicer; all the same the {a} is the one I would buy / between the {b} and the {a} I go for the {a} every time / the {a} outdoes the {b}
by far / the {b} disappointed me, so I changed to the {a} and could not be happier / I like the {b} less than the {a} / the {b} is not as good as the {a} / much as I liked the {b}, the {a} won me over in the end / the {a} is everything that the {b} promised to be""")
_EQUAL = bank("""the {a} and the {b} are equally good / I could not choose between the {a} and the {b} / the {a} is as good as the {b}, no better and no worse / it makes no difference whether you take the {b} or the {a} / a tie: both the {a} and the {b} convinced me to the same degree / I like the {a} exactly as much as the {b} /
the {b} and the {a} are both useless, one like the other / I own the {a} and the {b} and use them both with the same joy""")  # fmt: skip


@area.family(
    "ratings and advice",
    "[name|give|find] the model that the writer likes {which}, just its name; {none} if the writer does not prefer either",
    "Of the two models, the one liked {which} (name only). No preference: {none}",
    "People compare two [machines|devices|models] in our forum. [Tell me|I want to know] which one the writer likes {which}, going by the verdict rather than by [single points such as price or looks|the order of the names]. [Return|Write] the name alone, or {none} if they like both alike.",
    given="a comparison of two models",
    difficulty=3,
    which=choice({"better": 0, "more": 0, "best": 0, "less": 1, "least": 1}),
    none=missing("both", "tie", "equal", "draw", "no preference"),
)  # fmt: skip
def preferred_model_of_two(draw: Draw, p: Values) -> Pair:
    first, second = draw.some(_MODELS, 2)
    if draw.chance(0.5):
        digit = draw.randint(2, 9)
        first, second = f"{first} {digit}", f"{second} {draw.pick((digit, digit + 1, 'X', 'Pro'))}"
    even = draw.chance(0.2)
    text = capital(say(draw, _EQUAL if even else _PREFERS, a=first, b=second)) + draw.pick(
        (".", ".", "!", "")
    )
    before = draw.pick(
        (
            "",
            "",
            "I have tested both for weeks. ",
            f"Both come from {names.company(draw).replace('.', '')}. ",
            "My two cents: ",
            "Since somebody asked: ",
            "Hi all! ",
        )
    )
    return noise.untidy(draw, before + text), p.none if even else (first, second)[p.which]


_SCALE = (
    bank("""I agree completely / absolutely, no question / yes, one hundred percent / totally agree / definitely true for me / I could not agree more / without any reservation, yes / fully agree / that is entirely true / yes, yes, and yes again"""),
    bank("""I rather agree / mostly yes, with small reservations / on the whole I agree, not entirely / somewhat true / I tend to agree / more yes than no / by and large that is true / I would lean towards yes / I agree a little / kind of true, mostly"""),
    bank("""neither agree nor disagree / right in the middle / I neither agree with it nor reject it / as much yes as no / undecided, exactly halfway / I stand in the middle on this / equally true and untrue / no leaning either way / fifty-fifty / neutral"""),
    bank("""I rather disagree / mostly no, with a few exceptions / on the whole I do not agree, though not entirely / somewhat untrue / I tend to disagree / more no than yes / by and large that is not true / I would lean towards no / I disagree a little / not really, though there are exceptions"""),
    bank("""I disagree completely / absolutely not / no, not in the least / totally disagree / definitely untrue for me / I could not disagree more / without any doubt, no / I reject that entirely / that is entirely false / no, no, and no again"""),
)  # fmt: skip
_ITEMS = bank("""My work is valued. / The canteen is good. / I know what is expected of me. / The office is quiet enough. / I would recommend this firm. / Meetings are well prepared. / I can speak openly with my boss. / The software helps me. / Parking is easy here. / I have enough time for my tasks. / The training was useful. / My team works well
together. / I like coming to work. / The pay is fair. / Decisions are explained to us. / The rooms are clean.""")  # fmt: skip


@area.family(
    "surveys",
    "[turn|put|convert|translate] the [free|open] answer [to|about] the survey statement into a [point|value] on the scale {scale}",
    "[Free text|Answer in free words|Verbatim] -> scale value ({scale})",
    "Our [staff|yearly] survey lets people answer in their own words, yet [the report|the chart|my spreadsheet] needs values. The scale is: {scale}. [Answer|Reply] with the value that [matches|fits] what the person says about the statement[, nothing more|].",
    "[Read|Look at|Take] the survey statement and what the person [wrote|said] about it; [give|return|write] the [fitting|matching] value from the scale {scale}",
    given="a survey statement and an answer",
    scale=choice({
        f"{v[0]} = {w[0]}{s} {v[1]} = {w[1]}{s} {v[2]} = {w[2]}{s} {v[3]} = {w[3]}{s} {v[4]} = {w[4]}": v
        for v in (("1", "2", "3", "4", "5"), ("5", "4", "3", "2", "1"), ("A", "B", "C", "D", "E"), ("E", "D", "C", "B", "A"), ("2", "1", "0", "-1", "-2"), ("-2", "-1", "0", "1", "2"), ("4", "3", "2", "1", "0"), ("0", "1", "2", "3", "4"),
                  ("++", "+", "o", "-", "--"), ("100", "75", "50", "25", "0"), ("0", "25", "50", "75", "100"), ("10", "8", "5", "3", "1"), ("SA", "A", "N", "D", "SD"))
        for w in (("agree fully", "agree somewhat", "neither", "disagree somewhat", "disagree fully"), ("full agreement", "partial agreement", "undecided", "partial disagreement", "full disagreement"), ("strongly agree", "agree with reservations", "middle", "disagree with reservations", "strongly disagree"))
        for s in (",", ";", " |")
    }),
)  # fmt: skip
def free_answer_to_survey_scale(draw: Draw, p: Values) -> Pair:
    level = draw.randrange(5)
    answer = say(draw, _SCALE[level])
    answer = draw.pick(("", "", "Well, ", "Hm. ", "Honestly: ", "To this I say: ")) + answer
    layout = draw.pick(('"{}" - {}', "{}\n{}", "Statement: {}\nAnswer: {}", "{} -> {}", "Q: {}\nA: {}"))
    return layout.format(say(draw, _ITEMS), letter(draw, answer, frame=0)), p.scale[level]


_QUESTIONS = bank(
    """how old is your car? / what do you think of the new canteen? / how many hours do you sleep? / are you happy with your flat? / which newspaper do you read? / how much do you earn? / would you vote for the bypass? / how often do you go to church? / what do you like about {city}? / do you find the buses too expensive?"""
)
_NON_ANSWERS = {
    "unsure": bank("""I don't know / no idea, really / I have never thought about it / I could not tell you / I am not sure, sorry / I have not made up my mind / haven't the faintest idea / I would have to ask {first}, I don't know / I can't remember / that I do not know / good question, I don't know myself"""),
    "refused": bank("""I'd rather not say / that is none of your business / no comment / I do not want to answer that / that is private / I prefer to keep that to myself / next question, please, I won't answer this one / I don't talk about such things with strangers / pass, this is too personal / why should I tell you? I won't / you will not get an answer from me"""),
    "beside": bank("""the weather has been lovely this week / my dog is called {first} / can you speak up, please? / I have to catch the bus at {clock} / you look like my cousin {first} / is this going to be on television? / my daughter studies in {city} / nice pen you have there / who sent you here? / last {day} somebody else rang the bell /
    I am just cooking soup"""),
}  # fmt: skip
_REAL_ANSWERS = (
    bank("""it is {n} years old / {n} years / it was built {n} years ago, in {month} / about {n} years, I bought it in {city}"""),
    bank("""the soup is good, the rest is poor / I like it / I do not like it one bit / it is better than the old one"""),
    bank("""{n} hours / about {n} hours on weekdays / hardly {n} hours / exactly {n} hours a night"""),
    bank("""yes, very / no, it is too small / it is fine / not at all, the neighbours are loud"""),
    bank("""the {city} Times / none, I do not read newspapers / the local one / two of them, the Herald and the Post"""),
    bank("""{money} a week / too little, {money} a week / around {money} per week / {money}"""),
    bank("""yes, certainly / no, never / I would / I would vote against it"""),
    bank("""every week / never / {n} times a year / at Christmas only"""),
    bank("""the parks / the people are friendly / nothing at all / the harbour and the lights"""),
    bank("""yes, far too expensive / no, the price is fair / yes / no"""),
)  # fmt: skip


@area.family(
    "surveys",
    "[sort|classify] the reply to the interviewer's question: {answer} if it answers the question [(even briefly)|in whatever way], {unsure} if the person says that they do not know, {refused} if they do not want to answer, {beside} if they talk about something else",
    "Reply in interview: answered = {answer}; doesn't know = {unsure}; refuses = {refused}; something [unrelated|that has nothing to do with the question] = {beside}",
    "We code interviews. Every question comes with the reply as noted down. Missing data have to be split: {unsure} for people who cannot say, {refused} for those who will not say, {beside} when the reply has nothing to do with the question. Anything that does answer the question, be it yes, no, a number or an opinion, is {answer}.",
    given="a question and a reply",
    labels=labels(answer=("answered", "valid", "ok"), unsure=("don't know", "unknown", "DK"), refused=("refused", "no answer", "REF"), beside=("off-topic", "irrelevant", "other")),
)  # fmt: skip
def kind_of_survey_non_answer(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("answer", *_NON_ANSWERS))
    number_of = draw.randrange(len(_QUESTIONS))
    reply = letter(
        draw, say(draw, _REAL_ANSWERS[number_of] if kind == "answer" else _NON_ANSWERS[kind]), frame=0
    )
    layout = draw.pick(
        ("Q: {}\nA: {}", "{}\n- {}", "Interviewer: {}\nPerson: {}", "{} / {}", "Question: {} Reply: {}")
    )
    return layout.format(capital(chain(draw, _QUESTIONS[number_of])), reply), p.labels[kind]


_VOICES = {
    "for": bank("""great idea / yes please / I am in favour / finally! / count me in / sounds good, let's do it / I support this / +1 / about time, do it / thumbs up from me / I like it / my vote is yes / brilliant, when do we start?"""),
    "against": bank("""terrible idea / no thanks / I am against it / please don't! / count me out / sounds bad, let's not do it / I reject this / -1 / what a waste, stop it / thumbs down from me / I do not like it / my vote is no / awful, forget about it"""),
    "other": bank("""what time is the meeting? / hello from {city} / where can I read more? / I have no opinion on this / is {first} here? / following / can someone explain it? / first! / I will think about it / nice photo"""),
}  # fmt: skip


@area.family(
    "many voices",
    "count the comments on the plan. [Write|Answer] {more} if more of them are for it than against it, {less} if more are against it, {same} if [both sides have equally many|it is a draw]; comments that take no side are not counted",
    "Majority among the comments: {more} (more for than against), {less} (more against than for), {same} (equal). [Skip comments without a side|Comments without a side count for nothing].",
    "Under each proposal there is a list of comments, one per line. I need the overall picture: {more} when supporters outnumber opponents, {less} when opponents outnumber supporters, {same} when there are just as many of both. [Leave out questions, greetings and the undecided.|Questions, greetings and undecided people do not count.]",
    given="a list of comments",
    difficulty=3,
    labels=labels(more=("for", "majority for", "approve"), less=("against", "majority against", "reject"), same=("tie", "equal", "split")),
)  # fmt: skip
def majority_among_comments(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("more", "less", "same"))
    low = draw.randint(1 if kind == "same" else 0, 4)
    high = low if kind == "same" else low + draw.randint(1, 2)
    counts = {
        "for": low if kind == "less" else high,
        "against": high if kind == "less" else low,
        "other": draw.randint(0, 4),
    }
    lines = [
        capital(say(draw, (text,))) for side, n in counts.items() for text in draw.some(_VOICES[side], n)
    ]
    mark = draw.pick(("- ", "", "* ", "user: ", "> "))
    return "\n".join(mark + line for line in draw.mix(lines)), p.labels[kind]


_VOTE_FRAMES = {
    "for": bank("""{who} thinks the [plan|idea] is great / {who}: yes, let us do it / {who} is in favour / {who} supports it / {who} would welcome it / {who} says yes / {who} has changed sides and is now for it / {who} cannot wait for it / {who} gave it a thumbs up"""),
    "against": bank("""{who} thinks the [plan|idea] is awful / {who}: no, let us drop it / {who} is against it / {who} opposes it / {who} would regret it / {who} says no / {who} has changed sides and is now against it / {who} dreads it / {who} gave it a thumbs down"""),
    "open": bank("""{who} has not decided yet / {who} asked for more time / {who} was absent / {who} has no opinion / {who} wrote the minutes / {who} left before the vote / {who} asked what it would cost"""),
}  # fmt: skip


@area.family(
    "many voices",
    "list the people who are {side} the [plan|idea] according to the notes, in the given order, [separated by|divided by] {separator}; {none} if [nobody is|there is nobody]",
    "Names of those {side} it, in the order of the notes, joined with {separator}; nobody: {none}",
    "I took notes on what everyone in the [club|team] thinks of a plan. [Return|Write] the names of the people who are {side} it, as I noted them and in the same order, with {separator} between them. People who are [undecided or did not say|undecided or silent] belong to neither side. If no name is left, [return|write] {none}.",
    given="notes on a discussion",
    side=choice({"for": "for", "in favour of": "for", "against": "against", "opposed to": "against"}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def people_on_one_side_in_notes(draw: Draw, p: Values) -> Pair:
    people = list(dict.fromkeys(names.first_name(draw) for _ in range(9)))[: draw.randint(2, 5)]
    sides = [draw.pick(("for", "against", "open")) for _ in people]
    lines = [say(draw, _VOTE_FRAMES[side], who=who) for who, side in zip(people, sides, strict=True)]
    text = draw.pick(("\n", ". ", "; ")).join(lines)
    return noise.untidy(draw, text), p.separator.join(
        w for w, side in zip(people, sides, strict=True) if side == p.side
    ) or p.none
