"""Academic: parts of a paper, venues and fields, peer review, statements, courses and grades."""

from programasweights.data.oracle.areas.academic import _banks as banks
from programasweights.data.oracle.areas.academic import _phrases as phrases
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Academic and bibliography")


def _fill(draw: Draw, text: str) -> str:
    words = {"t": banks.topic(draw), "n": draw.randint(12, 900), "m": draw.randint(2, 9), "p": draw.randint(3, 80),
             "y": draw.randint(1995, 2023), "c": draw.pick(banks.PLACES), "s": banks.surname(draw)}  # fmt: skip
    text = text.format(**words)
    return text[0].upper() + text[1:]


@area.family(
    "paper structure",
    "[sort|put] the section heading into one part of a paper: {intro} for introduction, background or "
    "motivation, {methods} for how the study was done (materials, data, set-up), "
    "{results} for what was found, {end} for conclusions and outlook",
    "Heading of a paper section -> {intro} (introduction or background), {methods} (methods, data, set-up), "
    "{results} (findings), {end} (conclusions, outlook). [Ignore numbering.|]",
    "We split [papers|PDFs] into standard parts, but every author names sections differently. For a heading, "
    "return {intro} if the section introduces the subject or gives background, {methods} if it "
    "says how the work was carried out, {results} if it reports what came out, {end} if it closes the paper or "
    "looks ahead. [Numbers and capitals mean nothing.|The numbering is irrelevant.]",
    given="a heading from a paper",
    difficulty=1,
    labels=labels(
        intro=("intro", "background"),
        methods=("methods", "procedure"),
        results=("results", "findings"),
        end=("conclusion", "end"),
    ),
)
def part_by_section_heading(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.HEADINGS))
    text = _fill(draw, draw.pick(phrases.HEADINGS[kind]))
    mark = draw.pick(("", "", f"{draw.randint(1, 8)} ", f"{draw.randint(1, 8)}. ",
        f"{draw.randint(1, 6)}.{draw.randint(1, 4)} ",
                      draw.pick(("II. ", "IV. ", "V. ", "I. ")), "## ", "Section: "))  # fmt: skip
    return mark + draw.pick(banks.TITLE_CASES)(text), p.labels[kind]


def _abstract(draw: Draw, kinds: list[str]) -> dict[str, str]:
    return {kind: _fill(draw, draw.pick(phrases.ABSTRACT[kind])) for kind in kinds}


@area.family(
    "paper structure",
    "[copy|extract] the sentence of the abstract that says {wanted}; if there is no such sentence, "
    "[write|answer] {none}",
    "The one sentence [saying|that tells] {wanted}, [word for word|unchanged]. [Not there|No such sentence]: "
    "{none}",
    "I [read|screen] dozens of abstracts a week and only want to see, for each, {wanted}. [Give me that "
    "sentence|Return the sentence in question] exactly as it stands in the abstract, "
    "or {none} if the abstract leaves it out.",
    given="the abstract of a paper",
    wanted=choice({
        "what the authors wanted to find out": "aim", "what the aim of the study is": "aim",
            "which question the paper asks": "aim",
        "how the study was carried out": "method", "by what method the authors worked": "method",
            "what was found": "result",
        "what the result is": "result", "why the subject matters": "background",
            "what practical advice follows": "advice",
        "what the authors recommend": "advice",
    }),
    none=missing(),
)  # fmt: skip
def abstract_sentence_wanted(draw: Draw, p: Values) -> Pair:
    order = ["background", "aim", "method", "result", "advice"]
    kinds = [kind for kind in order if not draw.chance(0.25 if kind == p.wanted else 0.35)]
    made = _abstract(draw, kinds or ["aim" if p.wanted != "aim" else "result"])
    answer = made.get(p.wanted, p.none)
    return " ".join(made.values()), answer, ((answer.rstrip("."),) if answer != p.none else ())


@area.family(
    "paper structure",
    "[list|give] the numbers of all {kind} that the text mentions, each once, in {order} order, separated by "
    "{separator}; letters for panels (as in 3b) are dropped. "
    "If none [is mentioned|are mentioned], write {none}",
    "Numbers of the {kind} mentioned in the passage, {order}, no repeats, joined with {separator}; 3b counts as "
    "3. None: {none}",
    "Before [submission|typesetting] I check whether all {kind} are referred to. Read the passage and return the "
    "numbers of the {kind} it mentions, without panel letters, without repeats, in {order} "
    "order and with {separator} between them. [Other kinds of objects do not interest me.|Everything else with a "
    "number is to be ignored.] When it mentions none of them, return {none}.",
    given="a passage from a paper",
    kind=choice({"figures": "figure", "tables": "table", "equations": "equation", "sections": "section"}),
    order=choice({"ascending": False, "increasing": False, "descending": True, "decreasing": True}),
    separator=separator(),
    none=missing(),
)
def numbered_objects_mentioned(draw: Draw, p: Values) -> Pair:
    found: list[int] = []
    parts = []
    kinds = [p.kind] * draw.pick((0, 1, 2, 2)) + [
        k for k in phrases.MENTIONS if k != p.kind and draw.chance(0.6)
    ]
    kinds = draw.mix(kinds or [k for k in phrases.MENTIONS if k != p.kind][:2])
    for kind, said in zip(kinds, draw.some(phrases.ABSTRACT["result"], len(kinds)), strict=True):
        one, many = phrases.MENTIONS[kind]
        first, second = draw.randint(1, 9), draw.randint(1, 14)
        double = draw.chance(0.3) and first != second
        panel = draw.pick(("", "", "a", "b")) if kind == "figure" else ""
        shown = f"{many} {first} and {second}" if double else f"{draw.pick(one)} {first}{panel}"
        found += ([first, second] if double else [first]) if kind == p.kind else []
        claim = _fill(draw, said).rstrip(".")
        parts.append(
            draw.pick(
                ("{c} ({o}).", "{c} (see {o}).", "{c}; compare {o}.", "{c}, as is clear from {o}.")
            ).format(c=claim, o=shown)
        )
    return " ".join(parts), p.separator.join(map(str, sorted(set(found), reverse=p.order))) or p.none


@area.family(
    "venues and fields",
    "[name|choose] the research field of the paper by its title: {stars} for astronomy, {health} for medicine, "
    "{money} for economics, {words} for linguistics, {code} for computer "
    "science, {digs} for archaeology",
    "Title of a paper -> field: {stars} = stars, planets and space; {health} = patients and treatments; {money} "
    "= prices, wages, trade; {words} = languages and grammar; {code} = software and algorithms; "
    "{digs} = excavated remains of the past",
    "Our [university|preprint server] gets papers from many fields, and I want to send each to the right desk "
    "by its title [alone|only]. Astronomy goes to {stars}, medicine to {health}, economics to {money}, the study "
    "of "
    "language to {words}, computing to {code} and archaeology to {digs}. [Answer with the desk.|]",
    given="the title of a paper",
    difficulty=1,
    labels=labels(stars=("astronomy", "space"), health=("medicine", "health"), money=("economics", "ECON"),
        words=("linguistics", "language"),
                  code=("computing", "CS"), digs=("archaeology", "digs")),
)  # fmt: skip
def research_field_of_title(draw: Draw, p: Values) -> Pair:
    fields = {
        "astronomy": "stars",
        "medicine": "health",
        "economics": "money",
        "linguistics": "words",
        "computing": "code",
        "archaeology": "digs",
    }
    field = draw.pick(tuple(fields))
    text = banks.title(draw, field)
    text = draw.pick(banks.TITLE_CASES)(text)
    return noise.untidy(draw, text), p.labels[fields[field]]


@area.family(
    "venues and fields",
    "[say|tell] what kind of publication the reference is: {article} for an article in a journal, {talk} for a "
    "paper in conference proceedings, {thesis} for a thesis, {book} for a whole book, "
    "{preprint} for a preprint that has not been reviewed",
    "{article}: journal article. {talk}: conference paper. {thesis}: master's or doctoral thesis. {book}: a "
    "book. {preprint}: preprint [on a server|only].",
    "For the [annual report|yearly report] of our institute each publication must be counted in one column: "
    "journal articles under {article}, conference papers under {talk}, dissertations and other "
    "theses under {thesis}, books under {book}, preprints under {preprint}. [Which column|Under which column] "
    "does the reference belong to?",
    given="a reference",
    labels=labels(article=("article", "journal"), talk=("conference", "proceedings"), thesis=("thesis",
        "dissertation"), book=("book", "monograph"),
                  preprint=("preprint", "manuscript")),
)  # fmt: skip
def kind_of_publication(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.PUBLICATIONS))
    r = banks.ref(draw, 1, 3)
    if kind == "article" and draw.chance(0.6):
        return banks.reference(draw, r), p.labels[kind]
    year = draw.randint(2010, 2024) if kind == "preprint" else r.year
    who = ", ".join(f"{a.last}, {a.initials()}" for a in (r.authors[:1] if kind == "thesis" else r.authors))
    first = draw.randint(100, 1900)
    tail = draw.pick(phrases.PUBLICATIONS[kind]).format(
        c=draw.pick(banks.PLACES), j=r.journal, v=r.volume, n=first, k=first + 9, o=draw.randint(4, 31), f=draw.pick(phrases.MEETINGS), s=banks.surname(draw),
        i=f"{year % 100:02}{draw.randint(1, 12):02}.{draw.randint(10001, 29999)}",
    )  # fmt: skip
    return draw.pick(("{w} ({y}). {t}. {x}", "{w} {t}. {x}, {y}.", '{w}: "{t}", {x} ({y})')).format(
        w=who, y=year, t=r.title, x=tail
    ), p.labels[kind]


@area.family(
    "peer review",
    "[read|take] the letter and [give|return] the editor's decision: {accept} if the paper is accepted [as it "
    "is|without changes], {minor} if only small changes are asked for, {major} if a thorough revision is "
    "needed before a new round of review, {reject} if it is turned down",
    "Decision letter -> {accept} (accepted), {minor} (small changes), {major} (large revision and new review), "
    "{reject} (declined)",
    "I keep [track|a table] of our submissions and get the news by e-mail from many journals, always in polite "
    "words. Reduce a letter to the decision: {accept} means accepted without further work, {minor} means "
    "accepted or acceptable after small corrections, {major} means substantial revision and another review, "
    "{reject} means the journal does not want the paper.",
    given="a letter from a journal",
    labels=labels(
        accept=("accept", "accepted"),
        minor=("minor", "minor revision"),
        major=("major", "major revision"),
        reject=("reject", "rejected"),
    ),
)
def editor_decision(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.DECISIONS))
    parts = [draw.pick(phrases.THANKS), draw.pick(phrases.DECISIONS[kind])]
    if draw.chance(0.5):
        parts.insert(1, draw.pick(phrases.COURTESY))
    if draw.chance(0.4):
        parts.append(
            draw.pick(
                (
                    "Best wishes, {s}",
                    "Kind regards, {s}, Editor",
                    "Please contact the office in {c} if you have questions.",
                    "Yours sincerely, {s}",
                )
            )
        )
    addressee = banks.surname(draw)
    hello = draw.pick((f"Dear Dr. {addressee},\n", f"Dear Professor {addressee},\n", "Dear author, ", ""))
    return _fill(draw, (hello + " ".join(parts)).replace("{t}", "{{t}}")).replace(
        "{t}", banks.title(draw)
    ), p.labels[kind]


@area.family(
    "peer review",
    "[decide|say] what the reviewer's remark is about: {text} for language and presentation, {numbers} for "
    "statistics and sample, {sources} for missing or wrong references to other work, {novelty} for "
    "a lack of new insight",
    "Reviewer remark -> {text} (wording, spelling, layout), {numbers} (sample size, statistical analysis), "
    "{sources} (literature not cited or misquoted), {novelty} (nothing new)",
    "Our lab answers reviewers in a table with [four groups|four headings]. Put each remark into one: {text} if "
    "it [concerns|is about] how the paper is written or laid out, {numbers} if it questions the sample or the "
    "statistical "
    "analysis, {sources} if works by others are missing or cited wrongly, {novelty} if the reviewer sees no new "
    "contribution.",
    given="a remark from a review",
    labels=labels(
        text=("writing", "presentation"),
        numbers=("statistics", "data"),
        sources=("references", "literature"),
        novelty=("novelty", "originality"),
    ),
)
def topic_of_reviewer_remark(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.REMARKS))
    text = _fill(draw, draw.pick(phrases.REMARKS[kind]))
    start = draw.pick(
        (
            "",
            "",
            f"{draw.randint(1, 14)}) ",
            f"R{draw.randint(1, 3)}: ",
            f"Comment {draw.randint(1, 9)}. ",
            "Minor point: ",
            "- ",
            "The topic is interesting, but: ",
        )
    )
    text = start + text
    return noise.typos(draw, text) if draw.chance(0.3) else noise.untidy(draw, text), p.labels[kind]


@area.family(
    "funding and statements",
    "[list|extract] the grant numbers in the acknowledgement, in the order of the text, separated by "
    "{separator}; numbers of other things do not count. [No grant number|If there is none]: {none}",
    "Grant numbers [only|alone], joined with {separator}, as written; {none} if there are none. [Ethics "
    "approvals, phone numbers and the like are not grants.|Other numbers (ethics, phone, samples) do not count.]",
    "Funders ask us for all papers that name their grants. From the acknowledgement [of a paper|at the end of a "
    "paper] take every number or code of a grant, award or project that paid for the work, exactly as printed, "
    "and separate them by "
    "{separator}. Leave out ethics approval numbers, sample numbers and telephone numbers. If no grant number is "
    "given, answer {none}.",
    given="the acknowledgement section of a paper",
    separator=separator(),
    none=missing(),
)
def grant_numbers(draw: Draw, p: Values) -> Pair:
    found, parts = [], []
    for _ in range(draw.pick((0, 1, 1, 2, 3))):
        n = draw.randint(1000, 99999)
        found.append(
            draw.pick(
                (
                    f"{draw.pick('ABDEKMR')}{draw.pick('ACKLST')}-{n}",
                    str(n * 7 + 100000),
                    f"{draw.randint(2008, 2023)}-{n}",
                    f"{draw.pick('CFGP')}{draw.randint(1, 9)}/{n}",
                )
            )
        )
        funder = draw.pick(
            ("the {} Foundation", "the {} Research Council", "the {} Trust", "the City of {} Science Fund")
        ).format(draw.pick(banks.PLACES))
        parts.append(draw.pick(("This work was supported by {f} (grant no. {g}).",
            "We acknowledge funding from {f} under grant {g}.", "{f} paid for the fieldwork (award number {g}).",
                                "Funded by {f}, project number {g}.",
                                    "Travel was covered by {f} through grant {g}.")).format(f=funder,
                                    g=found[-1]))  # fmt: skip
    parts += [_fill(draw, line) for line in draw.some(phrases.THANKED, 1, 2)]
    start = draw.mix(parts) if draw.chance(0.3) or not found else parts
    order = sorted(found, key=" ".join(start).index)
    return " ".join(s[0].upper() + s[1:] for s in start), p.separator.join(order) or p.none


@area.family(
    "funding and statements",
    "[tell|decide] which statement at the end of a paper this is: {money} for who paid, {interest} for competing "
    "interests, {data} for where the data are, {ethics} for ethical approval or consent, {roles} for who "
    "did what",
    "End matter of a paper: {money} = funding, {interest} = conflict of interest, {data} = availability of data "
    "or code, {ethics} = ethics approval and consent, {roles} = contributions of the authors",
    "Our [journal|production system] needs the statements at the end of a manuscript in separate fields. Return "
    "{money} for a statement on funding, {interest} for one on conflicts of interest (also if there are none), "
    "{data} for one that says "
    "where data or code can be had or why they cannot, {ethics} for one on ethical approval or informed consent "
    "and {roles} for one on what each author contributed.",
    given="a statement from the end of a paper",
    difficulty=1,
    labels=labels(
        money=("funding", "support"),
        interest=("conflicts", "interests"),
        data=("data", "availability"),
        ethics=("ethics", "approval"),
        roles=("contributions", "roles"),
    ),
)
def kind_of_closing_statement(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.STATEMENTS))
    text = draw.pick(phrases.STATEMENTS[kind])
    start = banks.author(draw), banks.author(draw)
    text = text.replace("{a}", start[0].initials("")[:2] + start[0].last[0]).replace(
        "{b}", start[1].initials("")[:2] + start[1].last[0]
    )
    text = _fill(draw, text)
    return noise.typos(draw, text) if draw.chance(0.3) else noise.untidy(draw, text), p.labels[kind]


_COURSES = ("MATH", "PHYS", "HIST", "CHEM", "CS", "ECON", "PSY", "BIO", "LING", "PHIL", "STAT", "ART")


@area.family(
    "courses and grades",
    "[list|pick out] the course codes {wanted}, [in the order of the text|as they come], separated by "
    "{separator}; a code is letters and a three-digit number, as in HIST 210. [None|If there are none]: {none}",
    "Course codes {wanted} (letters + three digits), [copied as written|as written], joined with {separator}; "
    "{none} [if nothing fits|if there is none]",
    "I help students plan [their year|their degree] and get long messages with course codes such as MATH 101 or "
    "BIO 340. Return those {wanted}, exactly as typed, in the order of the message, with {separator} between "
    "them. "
    "Room numbers and years are not courses. If no code qualifies, return {none}.",
    given="a message from a student",
    wanted=choice({
        "with a number of 300 or more": (300, 999), "from 300 upwards": (300, 999), "below 200": (100, 199),
            "with a number below 300": (100, 299),
        "with a number from 200 to 299": (200, 299), "of 400 or above": (400, 999), "from 100 to 399": (100, 399),
            "that do not reach 400": (100, 399),
    }),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def course_codes_in_range(draw: Draw, p: Values) -> Pair:
    codes = []
    for subject in draw.some(_COURSES, 1, 4):
        codes.append(
            f"{subject} {draw.randint(p.wanted[0], min(p.wanted[1], 480)) if draw.chance(0.4) else draw.randint(101, 480)}"
        )
    said = draw.some(phrases.PLANS, len(codes))
    shown = [
        text.format(c=code, r=draw.randint(101, 480), p=banks.surname(draw))
        for text, code in zip(said, codes, strict=True)
    ]
    hello = draw.pick(("", f"Hi {names.first_name(draw)}, ", "hello, ", "Dear advisor, "))
    kept = [code for code in codes if p.wanted[0] <= int(code.split()[1]) <= p.wanted[1]]
    return hello + " ".join(shown), p.separator.join(kept) or p.none


@area.family(
    "courses and grades",
    "[grade|judge] the final mark: {top} from {high} points up, {passed} from {low} to just under {high}, "
    "{failed} below {low}. [Only the final mark counts|Other marks in the text do not matter]",
    "Final mark of {high} or more: {top}. Less, but at least {low}: {passed}. Under {low}: {failed}. [Ignore "
    "partial marks.|Partial marks are irrelevant.]",
    "I turn [comments|notes] on exams into entries for the register. The final mark is out of 100; students pass "
    "with {low} points, for which the entry is {passed}, and get a distinction with {high} points or more, which "
    "is entered as "
    "{top}. Below {low} the entry is {failed}. The note may also [give|contain] marks for single parts, which "
    "[are not to be used|do not count].",
    given="a note on a student's exam",
    low=number(40, 60, 5),
    high=number(70, 90, 5),
    labels=labels(top=("distinction", "honours"), passed=("pass", "passed"), failed=("fail", "failed")),
)
def exam_entry(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("top", "passed", "failed"))
    spans = {"top": (p.high, 100), "passed": (p.low, p.high - 1), "failed": (max(5, p.low - 35), p.low - 1)}
    low, high = spans[kind]
    mark = draw.pick((low, high, draw.randint(low, high), draw.randint(low, high)))
    text = draw.pick(phrases.MARKS).format(
        s=names.full_name(draw), m=mark, a=draw.randint(20, 100), b=draw.randint(20, 100)
    )
    return text, p.labels[kind]
