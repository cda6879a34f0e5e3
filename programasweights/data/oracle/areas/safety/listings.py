"""Listings and reviews that lack something or do not belong, and work that is not finished."""

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
from programasweights.data.oracle.params import choice, labels, missing, separator, yes_no

__all__ = ["area"]

area = Area("Safety and quality")

_FACTS = {
    "the price": bank("""{money} / price: {money} / asking {money} / {money} firm / yours for {money}"""),
    "the place": bank("""pick-up in {city} / it is in {city} / to be collected in {city} / located in {city} / you can see it in {city}"""),
    "the condition": bank("""like new / with a few scratches / used but fine / never worn, never used / it has seen better days / in mint condition"""),
    "the size": bank("""{num} cm wide / {n}0 x {m} cm / {num} cm long / height {num} cm / measures {num} by {m} cm"""),
    "a contact": bank("""call {phone} / write to {mail} / phone: {phone} / reach me at {mail} / text {phone}"""),
    "the reason for selling": bank("""I am moving out / we bought a bigger one / it was a gift I cannot use / the children have grown out of it / no room for it any more"""),
}  # fmt: skip


def _fact_lists() -> dict[str, tuple[str, ...]]:
    keys = tuple(_FACTS)
    made: dict[str, tuple[str, ...]] = {}
    for a in range(len(keys)):
        for step in (1, 2):
            chosen = (keys[a], keys[(a + step) % len(keys)], keys[(a + 2 * step + 1) % len(keys)])
            if len(set(chosen)) == 3:
                made[f"{chosen[0]}, {chosen[1]} and {chosen[2]}"] = chosen
    return made


@area.family(
    "listings and reviews",
    "An advert on our site needs {facts}. [List|Write|Give] what is missing, in the words and the order of this sentence, [separated by|divided by] {separator}; {none} if it has all of them",
    "Needed in each advert: {facts}. [Name what is missing|Which are missing?] (same words, same order, {separator} between them); all there: {none}",
    "Sellers forget half of what buyers ask for. An advert on our market must state {facts}. [Return|Write] those that the text does not give, named and ordered exactly as I named them, with {separator} between them. [For a complete advert|If nothing is missing], [return|write] {none}.",
    given="an advert",
    difficulty=3,
    facts=choice(_fact_lists()),
    separator=separator(),
    none=missing("complete", "ok"),
)  # fmt: skip
def facts_missing_in_advert(draw: Draw, p: Values) -> Pair:
    given = [fact for fact in p.facts if draw.chance(0.5)] + [
        fact for fact in _FACTS if fact not in p.facts and draw.chance(0.5)
    ]
    said = [
        say(draw, _FACTS[fact], phone=names.phone(draw), mail=names.email(draw)) for fact in draw.mix(given)
    ]
    start = capital(
        draw.pick(
            ("{} for sale", "I sell my {}", "Selling a good {}", "{} looking for a new home", "My old {}")
        ).format(draw.pick(ITEMS))
    )
    join = draw.pick((", ", ". ", "\n", "; ", " - "))
    return noise.untidy(
        draw, join.join([start, *(capital(s) if join in (". ", "\n") else s for s in said)])
    ), p.separator.join(f for f in p.facts if f not in given) or p.none


_REVIEWS = {
    "keep": bank("""the {item} works well, only the cable is short / after {n} weeks the {item} is still as good as new / I do not like the {item}, it gets too hot / the {item} is smaller than I expected / a solid {item} for the price / the button of the {item} got stuck on day {n} / the {item} is easy to clean / the colour of the {item} faded in {month} / my {item} makes a humming noise /
    this {item} saved my holiday / the handle of the {item} came off"""),
    "delivery": bank("""the parcel came {n} days late / the courier was very friendly / the box was left in the rain / fast delivery, thank you / I have been waiting since {month}, nothing has come / the driver could not find my house in {city} / shipping cost me {money}, far too much / it was delivered to my neighbour {first} / tracking never worked / sent on {day}, here on the next day"""),
    "advert": bank("""get {n} percent off at {url} / I make {money} a day from home, ask me how at {url} / visit my shop {url} for cheap watches / follow me at {url} and win a prize / loans without questions: {url} / cheap tickets only at {url} / my own channel {url} needs subscribers / best prices for {item}s at {url}, not here"""),
    "noise": bank("""asdf asdf asdf / ....... / test test 123 / qwertz / x / hgfdhgfd / 1111111 / bla bla bla / aaaaaaaa / abc abc / lorem ipsum dolor / zzzz / ---- / jkl jkl / {num} {num} {num} / just testing, ignore / hello? is this on? test"""),
}  # fmt: skip


@area.family(
    "listings and reviews",
    "[sort|file] what users typed into the review box of a product: {keep} if it says something about the product, {delivery} if only about the delivery, {advert} if it promotes something else, {noise} if it is a test or meaningless typing",
    "Review box -> {keep} (about the product) | {delivery} (shipping only) | {advert} (promotes another site) | {noise} (tests, random keys)",
    "Before reviews appear in my shop they [are filtered|pass a filter]. {keep}: tells other buyers something about the product, good or bad. {delivery}: is about parcel, courier or shipping only, so it goes to the logistics team. {advert}: wants people to visit another site. {noise}: [somebody hit random keys or tried out the form|key mashing or a test of the form].",
    given="a submitted review",
    difficulty=1,
    labels=labels(keep=("publish", "keep", "product"), delivery=("delivery", "logistics", "shipping"), advert=("spam", "advert", "promotion"), noise=("junk", "noise", "test")),
)  # fmt: skip
def entry_in_review_box(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_REVIEWS))
    item = draw.pick(ITEMS)
    first, second = (
        chain(draw, text, url=names.url(draw), item=item) for text in draw.some(_REVIEWS[kind], 2)
    )
    if kind == "noise":
        return draw.pick(("", "", " ", "\n")) + first + draw.pick(
            ("", " ", "!", "?", " 1", " " + first)
        ), p.labels[kind]
    if kind == "advert":
        return capital(first) + draw.pick(("", "!", "!!", " 💰", " 👍")), p.labels[kind]
    return letter(draw, first, second if draw.chance(0.4) else "", frame=0), p.labels[kind]


_STUBS = bank("""Dear [Name], / Lorem ipsum dolor sit amet. / TODO: add the address / Insert text here. / The price is XXX euros. / Please call us at <phone number>. / Best regards, [Your Name] / {{first_name}}, we miss you. / Opening hours: TBD / Add picture here / Photo: image_placeholder.png / [INSERT DATE] / We are happy to welcome you on DD.MM.YYYY. / Write a short description of the product
here. / Dear %CUSTOMER%, / The meeting is at <time>. / FIXME: check the numbers / Title goes here / Company Name, Street 123, City / Your order number is ______.""")  # fmt: skip
_DONE = bank("""Dear {name}, / The price is {money}. / Please call us at {phone}. / Best regards, {first} / {first}, we miss you. / Opening hours: {clock} until late / We are happy to welcome you on {n} {month}. / The meeting is at {clock}. / The numbers were checked by {first}. / Your order number is {order}. / The picture above shows {city}. / [By the way|In short], the {item} is back. / We have {num} of them in stock. / Our to-do list
is short this week. / The exact name of the firm is {company}. / Bring a photo of yourself. / Parking is free on {day}s. / The {noun} (see page {num}) is new. / {company} takes part again.""")  # fmt: skip


@area.family(
    "unfinished work",
    "[check|look] whether a placeholder was left in the text (a gap, a dummy text or a note to the author where the real content should be): {yes} if so, {no} if the text is finished",
    "{yes} = something still has to be filled in (dummy text, [Name], TODO, blanks ...); {no} = ready to send",
    "Twice this year we mailed out a text with 'Dear [Name]' in it. [Before sending|Before anything goes out] I want a check: {yes} if the text holds any leftover of the template, such as dummy text, an empty line to fill in, a variable, or a note like 'to do', and {no} if it can go out as it is.",
    given="a text before it goes out",
    labels=yes_no(),
)  # fmt: skip
def placeholder_left_in_text(draw: Draw, p: Values) -> Pair:
    stub = draw.chance(0.5)
    parts = [chain(draw, t, phone=names.phone(draw)) for t in draw.some(_DONE, 1, 4)]
    if stub:
        # The marks of a gap are brackets and braces themselves, so this one is not chosen from as a phrase is.
        parts[draw.randrange(len(parts))] = draw.pick(_STUBS)
    parts.sort(key=lambda part: (not part.startswith("Dear"), part.startswith("Best regards")))
    return noise.untidy(draw, draw.pick((" ", "\n", "\n\n")).join(parts)), p.labels["yes" if stub else "no"]


_ASKED = {
    "how much {x} costs": ("{X} costs {money}", "the price of {x} is {money}", "you pay {money} for {x}"),
    "when you are open": (
        "we are open until {clock}",
        "our doors are open from {clock} on",
        "opening hours are Monday to {day}",
    ),
    "where I can park": (
        "you can park behind the house",
        "there is a car park in the next street",
        "parking is possible in the yard",
    ),
    "whether dogs are allowed": ("dogs are welcome", "sorry, no dogs", "dogs may come if they are on a lead"),
    "how I can pay": ("we take cards and cash", "payment is by card only", "you can pay by bank transfer"),
    "whether you have {x} in blue": (
        "{x} does not come in blue",
        "yes, {x} is there in blue",
        "we can order {x} in blue",
    ),
    "who I should ask for": (
        "ask for {first}",
        "{first} will look after you",
        "{first} at the desk is your contact",
    ),
    "how long the trip takes": (
        "the trip takes {n} hours",
        "plan about {n} hours for the trip",
        "the trip is over after {m} minutes",
    ),
    "if I have to book ahead": (
        "please book at least {n} days ahead",
        "there is no need to book",
        "booking is not necessary on {day}s",
    ),
}
_FILLER = (
    "Thank you for your mail",
    "We are glad that you are interested",
    "If there is anything else, just write",
    "Have a nice {day}",
    "We look forward to your visit",
    "Greetings from {city}",
)


@area.family(
    "unfinished work",
    "list the numbers of the questions that the reply leaves unanswered, in ascending order, [separated by|divided by] {separator}; [write|answer] {none} if all are answered",
    "Numbers of the unanswered questions, {separator} between them[, lowest first|, in order]; everything answered: {none}",
    "Our agents answer long mails and now and then overlook something. You get the questions of a customer (numbered) and the reply. [Return|Give] the numbers of those questions to which the reply gives no answer, from low to high, with {separator} between them. [If none was overlooked|If every question got an answer], [return|write] {none}.",
    given="questions and a reply",
    difficulty=3,
    separator=separator(),
    none=missing("all answered", "complete"),
)  # fmt: skip
def questions_left_unanswered(draw: Draw, p: Values) -> Pair:
    item = "the " + draw.pick(ITEMS)
    asked = draw.some(tuple(_ASKED), 2, 4)
    open_ones = [n for n in range(len(asked)) if draw.chance(0.4)]
    answers = [
        chain(draw, draw.pick(_ASKED[q]), x=item, X=item) for n, q in enumerate(asked) if n not in open_ones
    ]
    said = draw.mix(answers) + [chain(draw, f) for f in draw.some(_FILLER, 1 if len(answers) < 2 else 0, 2)]
    style = draw.pick(("{}. {}", "{}) {}", "({}) {}"))
    start = draw.pick(("Please tell me:", "I would like to know:", "My questions:", "Could you let me know:"))
    questions = "\n".join(style.format(n, q.format(x=item)) for n, q in enumerate(asked, 1))
    reply = " ".join(capital(s) + "." for s in said)
    head = draw.pick(("Reply:", "Answer:", "---", "Our reply:"))
    return f"{start}\n{questions}\n\n{head}\n{reply}", p.separator.join(
        str(n + 1) for n in open_ones
    ) or p.none
