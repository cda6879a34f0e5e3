"""Whose side people take: stances on a topic, replies, arguments, and whose opinion it is."""

from programasweights.data.oracle.areas.fuzzy_classification._banks import bank, capital, chain, letter, say
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Bias and opinion")

_TOPICS = bank("""a car-free town centre / the new tram line / a ban on fireworks / longer opening hours / the four-day week / a dog park by the river / free school meals / the new shopping centre / a toll on the
bridge / the wind farm on the hill / homework in primary school / a smaller car park / the open-air stage / a deposit on coffee cups / the new bus timetable / shorter school holidays""")
_STANCE = {
    "pro": bank("""I am all for {t} / {t}? Yes please, [the sooner the better|and soon] / we should finally get {t} / {t} would do this town a lot of good / count me in as a supporter of {t} / I signed the petition for {t} / nothing better could happen
    to us than {t} / I would vote for {t} at once / I have been fighting for {t} for {n} years / {t} has my full support / I cannot wait for {t} / {first} and I collect signatures in favour of {t} / {t} is exactly what we need / give us {t}, we
    have waited long enough / I do not see one reason against {t}, quite the contrary / whoever opposes {t} will have me as an opponent"""),
    "con": bank("""I am dead against {t} / {t}? No thanks, [not with me|over my dead body] / we should never get {t} / {t} would do this town nothing but harm / count me out when it comes to {t} / I signed the petition against {t} / nothing worse could
    happen to us than {t} / I would vote against {t} any day / I have been fighting against {t} for {n} years / {t} has none of my support / I dread {t} / {first} and I collect signatures to stop {t} / {t} is the last thing we need / spare us {t}, we have
    suffered enough / I do not see one reason for {t}, quite the contrary / whoever wants {t} will have me as an opponent"""),
    "off": bank("""the council will talk about {t} on {day} / what exactly is meant by {t}? / there is an article about {t} in the paper of {day} / as to {t}, I take no side / {t} makes no difference to me, I live in {city} / when is the
    vote on {t}? / {n} people spoke about {t} last night / I have not made up my mind on {t} yet / {first} wrote a report on {t} / who is responsible for {t}? / the hearing about {t} has been moved to room {n} / I can see as much for as against {t} and
    leave it to others"""),
}  # fmt: skip
_ASIDE = bank(
    """I live in {city}. / My name is {name}. / I write this on the train. / We spoke on {day}. / I have been retired for {n} years. / This is my first post here. / It is about {clock} now. / I moved here in {month}. / Greetings to {first}."""
)


@area.family(
    "stance",
    "[give|name|find] the writer's stance on {topic}: {pro} if they want it, {con} if they reject it, {off} if they take no side on it or do not mention it. Views on other topics [do not count|play no part]",
    "Stance towards {topic} only -> {pro} (in favour), {con} (against), {off} (no position, or another topic)",
    "Our town asks citizens what they think of {topic}. [Letters|Posts] come in on all sorts of things. [Label|Mark] one {pro} if its writer is in favour of this very plan, {con} if its writer is against it, and {off} if the writer takes no side on it "
    "[or only speaks of something else|or never mentions it].",
    given="a letter from a citizen",
    topic=choice(*_TOPICS),
    labels=labels(pro=("for", "favour", "pro"), con=("against", "oppose", "contra"), off=("neutral", "none", "neither")),
)  # fmt: skip
def stance_on_one_town_topic(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("pro", "con", "off"))
    other = draw.pick([t for t in _TOPICS if t != p.topic])
    parts = [say(draw, _STANCE[kind], t=p.topic)]
    if kind == "off" and draw.chance(0.5):
        parts = [say(draw, _STANCE[draw.pick(("pro", "con"))], t=other)]
    elif draw.chance(0.6):
        parts.append(say(draw, _STANCE[draw.pick(("pro", "con", "off"))], t=other))
    parts += [chain(draw, text) for text in draw.some(_ASIDE, 0, 4)]
    return letter(draw, *draw.mix(parts), frame=0.2), p.labels[kind]


_THINGS = bank("""working from home / my new bicycle / the {item} / the open-plan office / the night bus / the new canteen / the choir / camping / the new software / green tea / the standing
desk / the self-checkout / early rising / the gym in {city} / the book club / frozen food""")
_GOOD = bank(
    """a fan of {t} / delighted with {t} / very much in favour of {t} / full of praise for {t} / happy with {t} / crazy about {t}"""
)
_BAD = bank(
    """fed up with {t} / unhappy with {t} / very much against {t} / full of contempt for {t} / disappointed by {t} / sick of {t} / annoyed by {t}"""
)
_TURNS = bank(
    """after {n} weeks / since {month} / then {first} talked to me and / after a year of it / following a talk with {first} / after a few bad nights / one day in {month}, while in {city}, / little by little"""
)


def _mood(draw: Draw, good: bool, thing: str) -> str:
    return say(draw, _GOOD if good else _BAD, t=thing)


@area.family(
    "stance",
    "The writer tells how their view [developed|of a thing developed]. [Say|Answer|Write] {good} if the view they had {moment} was favourable, {bad} if it was unfavourable",
    "View {moment}: liking = {good}, dislike = {bad} [(opinions may change in the text)|(the view may change on the way)]",
    "I [study|research] how people change their minds. In the text somebody tells what they thought of a thing over time; some stay with their view. I only want to know what they thought {moment}: {good} for a positive view, {bad} for a negative one.",
    given="a short account",
    difficulty=3,
    moment=choice({"at first": 0, "at the start": 0, "in the beginning": 0, "in the end": -1, "at the end of the account": -1, "last": -1}),
    labels=labels(good=("positive", "liked", "up"), bad=("negative", "disliked", "down")),
)  # fmt: skip
def view_before_or_after_turn(draw: Draw, p: Values) -> Pair:
    thing = say(draw, _THINGS)
    views = [draw.chance(0.5) for _ in range(draw.randint(2, 3))]
    first, last = _mood(draw, views[0], thing), _mood(draw, views[-1], thing)
    turn = say(draw, _TURNS)
    form = draw.randrange(4)
    if len(views) == 3:
        middle = _mood(draw, views[1], thing)
        text = f"at first I was {first}. Then, for a while, I was {middle}. Now I am {last}"
    elif form == 0:
        text = f"I used to be {first}. {capital(turn)} I came to be {last}, and that is how it is today"
    elif form == 1:
        text = (
            f"today I am {last}, though in the beginning I was {first}"
            if views[0] != views[-1]
            else f"today I am {last}, just as in the beginning, when I was {first}"
        )
    elif form == 2:
        text = f"when it all started, I was {first}. {say(draw, _ASIDE)} These days I am {last}"
    else:
        text = f"I am {last} now. That was {'no different' if views[0] == views[-1] else 'different'} in the beginning: back then I was {first}"
    return letter(draw, text, frame=0.15), p.labels["good" if views[p.moment] else "bad"]


_POSTS = bank("""the {item} is [not |]worth its price / the bakery in {city} has [got worse|improved] / trains should be free / the last season was the weakest / cats are better company than dogs / nobody needs a {item} / schools
should start at nine / the old logo was nicer / rain is good for the mood / {city} is overrated / we do not need a new {noun} / cooking at home is cheaper than the canteen / the match was decided by luck / winter is the best
season / phones do not belong on the dinner table / the ending of the film was weak / tipping should be abolished / {month} is the wrong month for a holiday / paper books will never die out / the new
layout is not an improvement""")
_REPLIES = {
    "yes": bank("""exactly my thoughts / I could not agree more / you took the words out of my mouth / [true|so true], every word of it / that is precisely how I see it / you are absolutely right / I have been saying that for years / could not have put it better
    myself / I am with you one hundred percent / well said, I think so too / same here, I feel just like you / no objection from me, you are right / finally someone says it / I second that / +1, you nailed it / right you are"""),
    "no": bank("""I see it quite differently / sorry, but that is simply wrong / I could not disagree more / on the contrary, it is the other way round / no, you are mistaken there / I beg to differ / that is not true at all / I must contradict you /
    what a strange idea, I think the opposite / you could not be more wrong / I do not share that view in the least / wrong, completely wrong / no way, not a word of that is right / I have to object / -1, I hold the exact opposite view / I disagree, full stop"""),
    "part": bank("""you are right about [weekdays|summer|the city], but wrong about [weekends|winter|the countryside] / half of that is right, the other half is not / I agree up to a point, but not entirely / yes and no: true for some, false for others / partly true, partly
    not / the first half I would sign, the second I would not / I agree with the main idea, but not with the reason you would give / in some cases you are right, in others you are not / I am with you to some degree, but it is not that simple / you have a point, yet I
    only agree with half of it"""),
    "off": bank("""has anyone seen my {noun}? / who took the picture above? / is this forum still active? / when is the next meeting in {city}? / how do I change my user name here? / what time is it where you are? / I sell a {item}, {money}, write to me / happy
    birthday, {first}! / where can I download the file from {day}? / can a moderator please move this thread? / greetings from {city} to all of you / my keyboard is broken, so short today / is {first} here as well?"""),
}  # fmt: skip


@area.family(
    "arguments",
    "[compare|look at] the post and the reply and [say|tell] how the reply relates to it: {yes} if it agrees, {no} if it disagrees, {part} if it agrees in part only, {off} if it [says nothing about the post's claim|does not respond to the claim]",
    "Reply to the post: agrees = {yes}, disagrees = {no}, both in parts = {part}, something else entirely = {off}",
    "I [analyse|study] threads in a forum. You get a post and one reply. It does not matter who is right, only whether the reply takes the post's side: {yes} for full agreement, {no} for full disagreement, {part} when it accepts one part and rejects another, "
    "{off} when it is no reaction to the claim at all.",
    given="a post and a reply",
    difficulty=1,
    labels=labels(yes=("agree", "supports", "accept"), no=("disagree", "opposes", "reject"), part=("partly", "mixed", "both"), off=("unrelated", "off-topic", "other")),
)  # fmt: skip
def reply_sides_with_post(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_REPLIES))
    post = capital(say(draw, _POSTS))
    reply = letter(draw, say(draw, _REPLIES[kind]), frame=0)
    layout = draw.pick(
        ("Post: {}\nReply: {}", "A: {}\nB: {}", "> {}\n\n{}", "{}\n  -> {}", "post = {}\nreply = {}")
    )
    return layout.format(post + draw.pick(("", ".", "!")), reply), p.labels[kind]


_ATTACKS = bank("""says the man who cannot even [park a car|boil an egg] / you are far too young to have a say / of course {first} says that, {first} is just a bitter old [teacher|clerk] / who would believe someone with a haircut like that? / you only write this because
nobody invites you anywhere / {first} failed at school, why listen? / go back to your knitting / somebody from {city} can't understand this anyway / typical of {first}, always a show-off / you have never worked a day in your life, have you? / look who is
talking, the laziest person in {city} / {first} is paid by the other side, so forget it / with your spelling you should not lecture anyone / as if anybody cared what a failed actor thinks / you just want attention, as always / {first} was divorced twice, that says it all""")
_POINTS = bank("""the plan costs {money} a head, and the budget is only half of that / the road is too narrow for it, I measured {n} metres / the same plan failed in {city} for lack of visitors / it would cut the bus route in two / the numbers leave out the winter months / that would
only move the noise to the next street / {n} shops would lose their parking spaces / the building has no lift, so many could not use it / there is a cheaper way: keep the old {noun} and repair it / the law does not allow it before {month} / the calculation forgets the
running costs / the soil there is too wet to build on / it does not solve the problem, the queue is at the other gate / half of the trees would have to go / the contract with {company} runs for {n} more years / the tickets would get dearer for families""")
_OTHER_TALK = bank("""when will the minutes be online? / thank you for the detailed report / I will read it on {day} / could somebody post the link again? / I missed the beginning, what is it about? / let us talk about it on {day} / I have not decided yet / {first}, please call
me / how long is the hearing going to be? / welcome to the group, {first} / where can I find the map of the plan? / the room is booked until {clock} / is the talk in {city} or online?""")  # fmt: skip


@area.family(
    "arguments",
    "[decide|say] what the comment on the plan goes for: {person} if it runs down the people who speak for the plan (age, looks, job, character, motives), {point} if it gives a reason that speaks against the plan itself, {none} if it does neither",
    "{person} = against the speaker, not the idea; {point} = a real reason against the plan; {none} = neither (questions, thanks, dates)",
    "I [moderate|chair] a debate on a building plan and want to keep it [fair|civil]. [Comments|Remarks] that only attack whoever made a point, instead of the point, get {person}. Those that say what is wrong with the plan get {point}. Everything else gets {none}.",
    given="a comment in a debate",
    labels=labels(person=("personal", "ad hominem", "attack"), point=("argument", "factual", "reason"), none=("other", "neither", "rest")),
)  # fmt: skip
def person_or_plan_attacked(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("person", "point", "none"))
    parts = [say(draw, {"person": _ATTACKS, "point": _POINTS, "none": _OTHER_TALK}[kind])]
    if draw.chance(0.35):
        parts.append(say(draw, _OTHER_TALK))
    return letter(draw, *draw.mix(parts), frame=0.1), p.labels[kind]


_DEBATES = {
    "working from home": (
        bank("""nobody loses time on the way to work / it is quieter than at the office / parents can fetch their children in between / firms save rent for desks / there is less traffic in the morning / people fall ill less often / staff can live far from expensive cities"""),
        bank("""colleagues hardly know each other any more / many kitchens are no place for eight hours of work / the line between job and leisure gets lost / new staff learn more slowly / video calls are tiring / data are less safe on private networks / it makes people lonely"""),
    ),
    "school uniforms": (
        bank("""nobody is teased for cheap clothes / mornings are easier without choosing an outfit / they create a feeling of belonging / strangers on the school grounds stand out at once / parents save money on brands / pupils look tidy on trips"""),
        bank("""they take away the freedom to choose one's clothes / buying a special set costs families extra / they are uncomfortable in summer / children just compare phones instead of clothes / they get too small within a year / pupils cannot show who they are"""),
    ),
    "electric scooters for hire": (
        bank("""they make no fumes in the streets / they cover the last mile from the station / they need far less room than cars / young people get home safely at night / one can rent them in seconds / they are fun to ride"""),
        bank("""they lie around on the pavements / riders get hurt more often than cyclists / they replace healthy walks / they end up in the river / many riders ignore the red lights / their batteries do not last long"""),
    ),
    "dogs in the office": (
        bank("""they lower the stress of the staff / walks at noon do everyone good / owners need no dog sitter / they bring colleagues together / visitors find the place friendly / they make people laugh on bad days"""),
        bank("""some colleagues are allergic to hair / barking disturbs phone calls / a few people are afraid of them / the carpets get dirty / somebody has to leave meetings to walk them / they can bite when they are startled"""),
    ),
    "e-books": (
        bank("""a whole library fits into a pocket / the letters can be made larger / no tree has to be felled for them / one can read in the dark / a new title is there within seconds / words can be looked up with one tap"""),
        bank("""the battery runs out at the best moment / one cannot lend them to a friend / they smell of nothing and look all the same / a fall breaks them / the shop can take them away again / they make poor presents"""),
    ),
    "a cashless shop": (
        bank("""the queue moves faster / there is no till to rob / nobody has to count coins at night / no false notes turn up / it is more hygienic / the books keep themselves"""),
        bank("""it shuts out people without a card / children cannot spend their pocket money / nothing works in a power cut / every purchase leaves a trace / the card firms take their fee / tourists from abroad have trouble paying"""),
    ),
}  # fmt: skip
_LINKS = ("Besides, ", "What is more, ", "Also, ", "", "Then, ", "In addition, ")


@area.family(
    "arguments",
    "[tell|decide] which side's arguments the text gives: {pro} if only arguments in favour, {con} if only arguments against, {both} if there are some of each",
    "One-sided? only advantages = {pro}, only drawbacks = {con}, at least one of each = {both}",
    "[As an editor I|I] check [essays|columns] for balance. A text that brings up good as well as bad sides of its subject gets {both}. If it only lists points that speak for the subject, [answer|write] {pro}, if it only lists points that speak against it, [answer|write] {con}.",
    given="a short essay",
    labels=labels(pro=("for", "pro", "positive"), con=("against", "con", "negative"), both=("balanced", "both", "mixed")),
)  # fmt: skip
def sides_given_in_an_essay(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("pro", "con", "both"))
    topic = draw.pick(tuple(_DEBATES))
    pro, con = _DEBATES[topic]
    count = draw.randint(2, 6)
    if kind == "both":
        few = draw.randint(1, count - 1)
        points = draw.mix(draw.some(pro, few) + draw.some(con, count - few))
    else:
        points = draw.some(pro if kind == "pro" else con, count)
    start = draw.pick(
        (
            "Let us talk about {}.",
            "My subject is {}.",
            "Everyone speaks of {} these days.",
            "{}: a few thoughts.",
            "On {}.",
        )
    ).format(topic)
    said = [capital(points[0]) + "."] + [capital(draw.pick(_LINKS) + point) + "." for point in points[1:]]
    return noise.untidy(draw, capital(start) + " " + " ".join(said)), p.labels[kind]


@area.family(
    "arguments",
    "list the {marks} of the points that speak {side} the subject, in the given order, [separated by|divided by] {separator}; [write|answer] {none} if there are none",
    "{marks} of all points {side} the thing in the heading, [in their order|top to bottom], with {separator} between them; no such point: {none}",
    "We collected points on a question, good and bad sides jumbled. [Pick out|Find] those which speak {side} the subject of the heading and return their {marks} (as they stand, without bracket or dot) in order of appearance, with {separator} between them. [Should there be none|If there are none]: {none}.",
    given="a list of points",
    difficulty=3,
    side=choice("for", "against"),
    marks=choice({"numbers": 0, "letters": 1}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def points_on_one_side(draw: Draw, p: Values) -> Pair:
    topic = draw.pick(tuple(_DEBATES))
    pro, con = _DEBATES[topic]
    few, more = draw.randint(0, 3), draw.randint(1, 3)
    wanted, others = (pro, con) if p.side == "for" else (con, pro)
    points = draw.mix(
        [(text, True) for text in draw.some(wanted, few)]
        + [(text, False) for text in draw.some(others, more)]
    )
    marks = [("abcdefg"[n] if p.marks else str(n + 1)) for n in range(len(points))]
    style = draw.pick(("{}) {}", "{}. {}", "({}) {}"))
    lines = [style.format(mark, text) for mark, (text, _) in zip(marks, points, strict=True)]
    return f"{capital(topic)}\n" + "\n".join(lines), p.separator.join(
        m for m, (_, yes) in zip(marks, points, strict=True) if yes
    ) or p.none


_BLAMES = bank("""{a} blames {b} for the late start / {a} accused {b} of sloppy work / for {a}, the mess is the fault of {b} / {a} found harsh words for {b} / {b} was sharply criticised by {a} / {b} had to take a lot of criticism from {a} / {a} calls the speech by {b} a
disgrace / {a} reproached {b} for the lost {noun} / {b}'s report is full of errors, {a} complains / {a} tore {b} to shreds over the budget / {a}: "{b} let us all down" / in {a}'s view, {b} should resign / {a} scolded {b} in front of everyone""")
_PRAISES = bank("""{a} praises {b} for the quick start / {a} commended {b} for careful work / for {a}, the success is all thanks to {b} / {a} found warm words for {b} / {b} was highly praised by {a} / {b} got a lot of applause from {a} / {a} calls the speech by {b} a masterpiece /
{a} applauded {b} for finding the {noun} / {b}'s report is flawless, {a} says with admiration / {a} raved about {b} and the budget / {a}: "{b} saved the day" / in {a}'s view, {b} deserves a medal / {a} congratulated {b} in front of everyone""")
_MEETS = bank("""{a} met {b} in {city} / {a} and {b} sat next to each other / {b} will call {a} on {day} / {a} asked {b} for the date of the next meeting / {a} sent {b} the minutes / {b} took over the chair from {a} / {a} came with {b} / {a} handed {b} the {noun}""")  # fmt: skip


@area.family(
    "attribution",
    "[name|give|find|return] the person who is {kind} by somebody in the [text|report] (not the one who does it); {none} if nobody is",
    "Who [gets|is] {kind}? [First name|The first name] only, not the speaker's; [nobody|no one]: {none}",
    "I [summarise|index] reports of council meetings. In each there is at most one person who is {kind} by another. [Return|Write|Give] the first name of the person at the receiving end, never of the one who speaks. If no one is, [return|write|give] {none}.",
    given="a report from a meeting",
    difficulty=3,
    kind=choice({"criticised": "bad", "blamed": "bad", "blamed or attacked": "bad", "criticised or scolded": "bad", "praised": "good", "thanked or praised": "good", "applauded": "good", "commended": "good"}),
    none=missing(),
)  # fmt: skip
def target_of_criticism_or_praise(draw: Draw, p: Values) -> Pair:
    people = list(dict.fromkeys(names.first_name(draw) for _ in range(14)))[:6]
    kinds = draw.pick((["good", "bad"], ["good", "bad"], ["good"], ["bad"], []))
    parts = [
        say(draw, {"good": _PRAISES, "bad": _BLAMES}[kind], a=people[2 * n], b=people[2 * n + 1])
        for n, kind in enumerate(kinds)
    ]
    found = people[2 * kinds.index(p.kind) + 1] if p.kind in kinds else p.none
    parts += [say(draw, _MEETS, a=people[4], b=people[5]) for _ in range(draw.randint(0 if kinds else 1, 1))]
    text = " ".join(capital(part) + "." for part in draw.mix(parts))
    return noise.untidy(draw, text), found


_VIEWS = bank("""the new {noun} is a success / the {item} is overpriced / the plan for the {noun} is a mistake / {city} is the best place to live / the concert was far too loud / the exhibition deserves more visitors / the new menu is an improvement / the fee is unfair / the
last meeting was a waste of time / the brochure looks cheap / the garden has never been prettier / the training came too late / the timetable is a joke / the film is a masterpiece""")
_HOLDERS = {
    "own": bank("""in my view, {v} / I think that {v} / if you ask me, {v} / I am convinced that {v} / my opinion: {v} / to me, {v} / I find that {v} / I still say that {v} / personally, I believe that {v} / I have always said that {v}"""),
    "other": bank("""according to {first}, {v} / {first} thinks that {v} / critics say that {v} / the mayor said on {day} that {v} / "{v}", said {first} / my neighbours believe that {v} / in the eyes of {name}, {v} / {first} told the reporters that {v} / the experts of {company} hold that {v} /
    for many visitors, {v}, as they told us"""),
    "none": bank("""the new {noun} opens on {day} / the {item} costs {money} / the meeting lasted {n} hours / {first} moved to {city} in {month} / the brochure has {num} pages / the fee is due in {month} / the garden is closed until {clock} / the film starts at {clock} / {num} people came to the
    exhibition / the new timetable is valid from {day} / the training takes place in {city} / the menu changes every {day}"""),
}  # fmt: skip


@area.family(
    "attribution",
    "[say|tell] whose opinion the text gives: {own} if the writer's own, {other} if only that of somebody else whom the writer quotes or reports, {none} if it gives no opinion at all",
    "Opinion of the writer -> {own}; opinion of others, merely reported -> {other}; facts only -> {none}",
    "For [a media analysis|our press review] I must keep apart what an author thinks from what the author passes on. [Mark|Label] a passage {own} if the author judges in the first person, {other} if the judgement belongs to another person or group, {none} if it contains "
    "[only facts|no judgement].",
    given="a passage",
    labels=labels(own=("own", "author", "direct"), other=("reported", "others", "quoted"), none=("none", "no opinion", "factual")),
)  # fmt: skip
def holder_of_the_opinion(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_HOLDERS))
    parts = [say(draw, _HOLDERS[kind], v=say(draw, _VIEWS))]
    if kind == "none":
        parts = [chain(draw, text) for text in draw.some(_HOLDERS["none"], 1, 4)]
    else:
        parts += [chain(draw, text) for text in draw.some(_HOLDERS["none"], 0, 3)]
    return letter(draw, *draw.mix(parts), frame=0), p.labels[kind]
