"""LLM evaluation: required facts, grading by a reference, equivalent answers, sources and summaries."""

from programasweights.data.oracle.areas.llm_evaluation._banks import (
    REFUSALS,
    SENTENCES,
    fact,
    heads,
    story,
    worded,
)
from programasweights.data.oracle.banks import dates, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator, yes_no

__all__ = ["area"]

area = Area("LLM evaluation and comparison")


@area.family(
    "required facts",
    "[check|say] how many of the required facts the answer contains: {all} if [all|every one of them], {some} "
    "if [at least one but not all|only a part], {zero} if [none|not one]. A [different|changed] value does not "
    "count[ as the fact|]",
    "[Required facts vs. answer|Facts the answer must have]: all there {all}, [some of them|part of them] "
    "{some}, none {zero}. [Other values|Wrong numbers or names] = not there",
    "[We test|I test] a chatbot. [For each question|Each time] there is a list of facts that the answer has to "
    "[contain|mention], and then the answer. Give {all} when every fact of the list is in it, {some} when at "
    "least one is in it and at least one is not, {zero} when it has none "
    "of them. If the answer names another value than the list, [that fact is not contained|the fact counts as "
    "absent].",
    given="required facts and an answer",
    labels=labels(all=("all", "full"), some=("some", "partial"), zero=("none", "zero")),
)
def share_of_required_facts(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("all", "some", "zero"))
    _, facts = story(draw)
    wanted = draw.some(tuple(facts), 2, 4)
    right = {"all": len(wanted), "zero": 0, "some": draw.randint(1, len(wanted) - 1)}[kind]
    parts = []
    for place, key in enumerate(draw.mix(wanted)):
        said, sentence, wrong = facts[key]
        if place < right:
            parts.append(sentence)
        elif draw.chance(0.6):
            parts.append(sentence.replace(said, wrong))
    rest = [k for k in facts if k not in wanted]
    parts += [facts[k][1] for k in rest if draw.chance(0.6)]
    if not parts:
        parts = ["I can tell you more if you like."]
    need, answer = heads(draw, "Required", "Answer")
    listed = draw.pick(("; ", ", ", " / ")).join(facts[k][0] for k in wanted)
    return f"{need}{listed}\n{answer}{' '.join(draw.mix(parts))}", p.labels[kind]


@area.family(
    "required facts",
    "[list|name|give] the [key points|required facts] that are missing in the answer, as they are worded in "
    "the [list|requirement], in its order, separated by {separator}; {none} if [nothing is missing|all are "
    "there]. A fact with another value [is missing|counts as missing]",
    "[Key facts|Must-haves] not in the answer -> same words, same order, {separator} between; [complete|all "
    "there]: {none}. Other value = missing",
    "Before an answer of our [assistant|bot] goes out, I want to see what it [forgot|left out]. The first line "
    "lists the facts it must state, the rest is the answer. [Give|Return] the facts that it does not state, or "
    "states with a different value, word for word from the list with {separator} between, or "
    "{none}.",
    given="required facts and an answer",
    separator=separator(),
    none=missing("complete"),
)
def required_facts_left_out(draw: Draw, p: Values) -> Pair:
    _, facts = story(draw)
    wanted = draw.some(tuple(facts), 2, 5)
    share = draw.pick((0.15, 0.4, 0.7))
    gone = [k for k in wanted if draw.chance(share)]
    parts = []
    for key in draw.mix(tuple(facts)):
        said, sentence, wrong = facts[key]
        if key in gone:
            if draw.chance(0.4):
                parts.append(sentence.replace(said, wrong))
        elif key in wanted or draw.chance(0.4):
            parts.append(sentence)
    need, answer = heads(draw, "Facts", "Answer")
    listed = "; ".join(facts[k][0] for k in wanted)
    return f"{need}{listed}\n{answer}{' '.join(parts) or 'I am sorry, I cannot say.'}", p.separator.join(
        facts[k][0] for k in gone
    ) or p.none


@area.family(
    "grading by a reference",
    "grade the [answer|response] [by|against] the reference: {right} if it [gives|states] the same result, "
    "{wrong} if it [gives|states] a different one, {open} if it [gives no result|does not answer]. [Extra "
    "words do not matter|Wording and chatter do not matter]",
    "[Reference vs. response|Compare response and reference]: same answer {right} | other answer {wrong} | [no "
    "answer given|refuses or does not know] {open}",
    "I run a quiz benchmark. Every item shows the question, the reference and what the model said. "
    "[Mark|Score] it {right} when the model's result is that of the reference, [however it is worded|no matter "
    "how it is put], {wrong} when it is another one, and {open} when the model refuses or says that it does not know.",
    given="a question with reference and response",
    labels=labels(
        right=("correct", "right"), wrong=("incorrect", "wrong"), open=("not attempted", "no answer")
    ),
)
def response_graded_by_reference(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("right", "wrong", "open"))
    question, right, wrong, sentence = fact(draw)
    said = (
        draw.pick(REFUSALS["unknown"])
        if kind == "open"
        else worded(draw, sentence, right if kind == "right" else wrong)
    )
    q, ref, answer = heads(draw, "Question", "Reference", "Response")
    return f"{q}{question}\n{ref}{right}\n{answer}{said}", p.labels[kind]


@area.family(
    "grading by a reference",
    "list the items that {which}, in their order, separated by {separator}. [Compare without regard to|Ignore] "
    "letter case and order; write the items in lower case; {none} if there are none",
    "Two lists (reference, answer): items that {which}, lower case, {separator} between. [Case and order do "
    "not matter|Any order, any case]. [No such item|None]: {none}",
    "A model had to list things, and I have the reference list. [Show|Tell] me the items that {which}, in "
    "small letters with {separator} between them. Capital letters and the order of the items are "
    "[irrelevant|not important]. If there is no such item, [show|write] {none}.",
    given="a reference list and an answer list",
    difficulty=3,
    which=choice(
        {
            "the reference has but the answer lacks": "lack",
            "are in the reference but missing from the answer": "lack",
            "the answer has but the reference does not": "more",
            "were added by the answer and are not in the reference": "more",
            "both lists have (in the order of the reference)": "both",
        }
    ),
    separator=separator(),
    none=missing(),
)
def items_of_answer_list_against_reference(draw: Draw, p: Values) -> Pair:
    pool = draw.mix(
        words.KINDS[
            draw.pick(("fruit", "animal", "country", "colour", "tool", "vegetable", "sport", "instrument"))
        ]
    )
    size = draw.randint(2, 5)
    reference, fresh = pool[:size], pool[size : size + 3]
    kept = [w for w in reference if draw.chance(draw.pick((0.5, 0.75, 1.0)))]
    answer = draw.mix(kept + fresh[: draw.pick((0, 0, 1, 2))]) or [fresh[0]]
    shape = draw.pick(("", "upper", "capitalize"))
    shown = [str(getattr(w, shape)()) if shape else w for w in answer]
    ref, ans = heads(draw, "Reference", "Answer")
    glue = draw.pick((", ", "; "))
    listed = glue.join(shown) if draw.chance(0.7) else "\n" + "\n".join(f"- {w}" for w in shown)
    found = {
        "lack": [w for w in reference if w not in answer],
        "more": [w for w in answer if w not in reference],
        "both": [w for w in reference if w in answer],
    }[p.which]
    return f"{ref}{glue.join(reference)}\n{ans}{listed}", p.separator.join(w.lower() for w in found) or p.none


@area.family(
    "equivalent answers",
    "[say|decide] whether the two lines [give|name] the same number: {yes} or {no}. [Spelling|Form] (digits, "
    "words, commas for thousands, units, decimals such as 5.0, {extra}) [does not matter|is unimportant], only "
    "the value counts",
    "Same value on both lines? {yes}/{no}. [Words, digits, 1,000 commas, trailing .0|Number words, thousands "
    "commas, needless zeros], {extra} are no difference",
    "My evaluation script marked '1,200' and 'twelve hundred euros' as different. [I want|Please give] {yes} "
    "when the two lines mean the same number [in spite of|despite] digits or words, grouping commas, units, "
    "needless decimals and {extra}, and {no} when the values differ.",
    given="two answers, one per line",
    extra=choice("surrounding words", "words around it", "a sentence around it", "extra spaces"),
    labels=yes_no(),
)
def same_number_in_another_form(draw: Draw, p: Values) -> Pair:
    value = draw.pick((draw.randint(2, 99), draw.randint(100, 999), draw.randint(1000, 99999)))
    same = draw.chance(0.5)
    other = value if same else draw.pick((value + 1, value * 10, value + 100, max(2, value - 1), value + 10))

    def form(n: int) -> str:
        options = [str(n), f"{n:,}", f"{n}.0", f"{n}.00", f"{n:,}.0"]
        if n < 1000:
            options += [words.number_word(n)] * 2
        elif n % 100 == 0 and n < 10000 and n % 1000:
            options += [f"{words.number_word(n // 100)} hundred"] * 2
        return draw.pick(options)

    unit = draw.pick(("", "", " euros", " kg", " people", " km", " points"))
    frames = (
        "{}",
        "{}",
        "{}",
        "The answer is {}.",
        "It is {}",
        "{}.",
        "= {}",
        "I get {}",
        "result: {}",
    )
    lines = [draw.pick(frames).format(form(n) + draw.pick((unit, ""))) for n in (value, other)]
    return "\n".join(lines), p.labels["yes" if same else "no"]


@area.family(
    "equivalent answers",
    "[say|decide] whether both lines [mean|name] the same day: {yes} if so, {no} if not. [Numbers with slashes "
    "are|A date with slashes is] {order}, a date with dots is day.month.year, one with hyphens year-month-day",
    "Same date twice? {yes} / {no}. a/b/c = {order}, a.b.c = day.month.year, a-b-c = year-month-day",
    "[Models|Our models] write dates in all sorts of ways, and I [compare|check] them with the reference. Two "
    "lines, one date each: if it is the same day, give {yes}, otherwise {no}. Read 03/04/2020 as {order}, "
    "03.04.2020 as day.month.year and 2020-04-03 as year-month-day.",
    given="two dates, one per line",
    difficulty=3,
    order=choice({"month/day/year": 1, "day/month/year": 0}),
    labels=yes_no(),
)
def same_day_in_another_form(draw: Draw, p: Values) -> Pair:
    day = dates.date(draw, 1980, 2030)
    if day.day > 12 and draw.chance(0.5):
        day = day.replace(day=draw.randint(1, 12))
    same = draw.chance(0.5)
    other = day
    if not same:
        options = [
            day.replace(year=day.year + 1) if day.day < 28 else day.replace(day=3),
            day.replace(day=day.day % 27 + 1),
        ]
        if day.day <= 12 and day.day != day.month:
            options += [day.replace(month=day.day, day=day.month)] * 2
        other = draw.pick(options)
    pattern = "%m/%d/%Y" if p.order else "%d/%m/%Y"
    lines = []
    for one in (day, other):
        month = one.strftime("%B")
        lines.append(draw.pick((one.strftime(pattern), one.strftime(pattern), one.strftime("%d.%m.%Y"),
            one.isoformat(), f"{one.day} {month} {one.year}", f"{month} {one.day}, {one.year}",
                                f"It was on {one.day} {month} {one.year}.",
                                f"{month[:3]} {one.day}, {one.year}")))  # fmt: skip
    return "\n".join(lines), p.labels["yes" if other == day else "no"]


@area.family(
    "equivalent answers",
    "[accept|pass] the model's number if it [differs|is different] from the reference by at most "
    "{limit}{unit}: then write {yes}, [otherwise|if not] {no}",
    "|model - reference| <= {limit}{unit}? {yes} / {no}",
    "Rounding makes the numbers of our models differ a little. [Given|You see] the reference and the number "
    "the model gave, [answer|write] {yes} if the difference is no more than {limit}{unit} in [either "
    "direction|any direction], and {no} if it is larger. Exactly {limit} [is still fine|still passes].",
    "[Tolerance|Allowed difference]: {limit}{unit}, up or down, the limit included. Within it: {yes}; "
    "[outside|beyond it]: {no}.",
    given="a reference and a model's number",
    limit=number(1, 9),
    unit=choice({"": 1, " units": 1, " tenth(s) (0.1 each)": 10, " hundredth(s) (0.01 each)": 100}),
    labels=yes_no(),
)
def number_within_tolerance(draw: Draw, p: Values) -> Pair:
    scale = p.unit
    base = draw.randint(10, 900)
    within = draw.chance(0.5)
    step = draw.randint(0, p.limit) if within else p.limit + draw.randint(1, 12)
    if draw.chance(0.2):
        step = p.limit if within else p.limit + 1
    model = base + draw.pick((-1, 1)) * step
    if model < 0:
        model = base + step
    digits = {1: 0, 10: 1, 100: 2}[scale]
    ref, got = heads(draw, "Reference", "Model")
    unit = draw.pick(("", "", " km", " kg", " m", " points"))
    return (
        f"{ref}{base / scale:.{digits}f}{unit}\n{got}{draw.pick(('', '', 'about ', 'It is ', '= '))}{model / scale:.{digits}f}{unit}",
        p.labels["yes" if within else "no"],
    )


@area.family(
    "unsupported details",
    "compare the claim with the source: {backed} if the source [says so|supports it], {against} if the source "
    "says otherwise, {absent} if the source [says nothing about it|does not mention it]",
    "[Claim vs. source|Source, then claim]: supported {backed}; source has another value {against}; [not in "
    "the source|nothing about it there] {absent}",
    "We check [summaries|answers] of a language model line by line for made-up details. Use {backed} for a "
    "claim that stands in the source, {against} for a claim whose place, person, month, cost or number is "
    "different in the source, and {absent} for a claim on something that the source does not [talk about|tell] "
    "at all. [Only the source counts|Do "
    "not use other knowledge].",
    given="a source and a claim",
    labels=labels(
        backed=("supported", "ok"),
        against=("contradicted", "refuted"),
        absent=("not in source", "unverified"),
    ),
)
def claim_against_its_source(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("backed", "against", "absent"))
    topic, facts = story(draw)
    keys = draw.mix(tuple(facts))
    key, shown = keys[0], keys[: draw.randint(2, 4)]
    if kind == "absent":
        shown = keys[1 : draw.randint(3, 5)]
    said, _, wrong = facts[key]
    claim = draw.pick(SENTENCES[key]).format(x=wrong if kind == "against" else said, t=topic)
    source = " ".join(facts[k][1] for k in draw.mix(shown))
    if "place" not in shown:
        source = f"This is about the new {topic}. " + source
    src, clm = heads(draw, "Source", "Claim")
    return f"{src}{source}\n{clm}{claim}", p.labels[kind]


@area.family(
    "unsupported details",
    "list the numbers in the summary that [do not occur|are not] in the source, in their order, separated by "
    "{separator}; {none} if [all of them are in it|the source has them all]",
    "Numbers of the summary [missing from|not found in] the source, {separator} between, {none} if [there are "
    "none|all are covered]",
    "Language models like to invent figures. [Compare|Check] the summary with the source and [give|show] me "
    "every number (in digits) that only the summary has, in the order of the summary with {separator} between. "
    "If each number of the summary is also in the source, [give|write] {none}.",
    given="a source and a summary",
    separator=separator(),
    none=missing("all fine"),
)
def numbers_only_in_the_summary(draw: Draw, p: Values) -> Pair:
    count = draw.randint(2, 4)
    numbers = draw.sample(range(11, 990), count + 3)
    real, invented = numbers[:count], numbers[count:]
    bank = draw.some((("The firm sold {} bikes.", "{} bikes were sold"),
        ("It has {} shops.", "there are {} shops"), ("About {} people work there.", "{} people work there"),
        ("The profit was {} thousand euros.", "the profit was {} thousand"),
                      ("Last year {} bikes came back for repair.", "{} repairs were counted"),
                      ("A bike costs {} euros on average.", "the average price is {} euros"),
                      ("The site covers {} square metres.", "the site has {} square metres")), count)  # fmt: skip
    share = draw.pick((0.0, 0.35, 0.6))
    parts, found = [], []
    for place, (_, short) in enumerate(bank):
        value = real[place]
        if invented and draw.chance(share):
            value = invented.pop()
            found.append((place, value))
        parts.append((place, short.format(value)))
    order = draw.mix(range(count))
    summary = ", ".join(parts[n][1] for n in order)
    wrong = dict(found)
    src, summ = heads(draw, "Source", "Summary")
    text = " ".join(long.format(n) for (long, _), n in zip(bank, real, strict=True))
    return f"{src}{text}\n{summ}{summary[0].upper() + summary[1:]}.", p.separator.join(
        str(wrong[n]) for n in order if n in wrong
    ) or p.none


@area.family(
    "summaries",
    "[count|find out] how many of the key points the summary [covers|mentions|states] and [write|give] the "
    "result {form}. A point is covered if the [same value|same name or number] stands in the summary",
    "Key points [present|found|covered] in the summary, [counted|their number] {form}. Other value = not covered",
    "[To score summaries|For our summary benchmark|To compare models] I keep a list of key points (first "
    "line). [Count|Find out] how many of them appear in the summary with the same name or number, and "
    "[report|write] it {form}.",
    "How many key points of the [list|first line] does the summary [mention|state|cover]? [Changed "
    "values|Different values] do not count. Give the [result|number] {form}.",
    given="key points and a summary",
    form=choice({"as 'found/total'": "{0}/{1}", "as 'found of total'": "{0} of {1}", "as a bare number": "{0}",
        "as a number only": "{0}", "as 'score: found'": "score: {0}", "as 'found-missing', for example 3-1": "{0}-{2}",
                 "as 'covered=found'": "covered={0}", "as 'found out of total'": "{0} out of {1}"}),
)  # fmt: skip
def key_points_covered_by_summary(draw: Draw, p: Values) -> Pair:
    _, facts = story(draw)
    wanted = draw.some(tuple(facts), 3, 5)
    hits = draw.randint(0, len(wanted))
    parts = []
    for place, key in enumerate(draw.mix(wanted)):
        said, sentence, wrong = facts[key]
        if place < hits:
            parts.append(sentence)
        elif draw.chance(0.5):
            parts.append(sentence.replace(said, wrong))
    need, summ = heads(draw, "Key points", "Summary")
    listed = "; ".join(facts[k][0] for k in wanted)
    return f"{need}{listed}\n{summ}{' '.join(draw.mix(parts)) or 'Not much is known.'}", p.form.format(
        hits, len(wanted), len(wanted) - hits
    )


@area.family(
    "summaries",
    "[say|tell] what is wrong with the summary of the source: {fine} if nothing, {changed} if it [states|has] "
    "a different [value|name or number] than the source, {copied} if it is [just|only] the source word for word",
    "[Check of a summary|Summary check]: word-for-word copy {copied}, [value changed|wrong value] {changed}, "
    "shorter and right {fine}",
    "A model has to shorten texts. I sort its summaries: {copied} when it merely repeats the whole source "
    "without leaving a word out, {changed} when a place, name, month or number is not the one of the source, "
    "and {fine} when it is shorter and everything in it [is true|agrees with the source].",
    given="a source and a summary",
    labels=labels(fine=("fine", "ok"), changed=("wrong", "altered"), copied=("copy", "copied")),
)
def fault_of_a_summary(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("fine", "changed", "copied"))
    _, facts = story(draw)
    keys = draw.some(tuple(facts), 3, 5)
    source = " ".join(facts[k][1] for k in keys)
    src, summ = heads(draw, "Source", "Summary")
    if kind == "copied":
        return f"{src}{source}\n{summ}{source}", p.labels[kind]
    kept = sorted(draw.some(range(len(keys)), 1, len(keys) - 1))
    bad = draw.pick(kept) if kind == "changed" else -1
    parts = [
        facts[keys[n]][1].replace(facts[keys[n]][0], facts[keys[n]][2]) if n == bad else facts[keys[n]][1]
        for n in kept
    ]
    return f"{src}{source}\n{summ}{' '.join(parts)}", p.labels[kind]
