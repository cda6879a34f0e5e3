"""Robustness: left-overs of other formats - markup, quoted replies, broken bullets, cut-off text."""

from programasweights.data.oracle.banks import names, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, separator, token

__all__ = ["area"]

area = Area("Robustness to variations")


@area.family(
    "left-overs of formats",
    "[remove|strip|take out] the [left-over|remaining|stray] HTML[ in the text|]: [drop|delete] all tags, turn "
    "<br> into {gap}, and [write|put] the character itself for &amp; (&), &quot; (\"), &lt; (<), &gt; (>), "
    "&#39; (') and a space for &nbsp;",
    "HTML [rest|debris|left-overs] -> [text|plain text|bare text]: tags out, <br> (also <br/>) = {gap}, "
    "entities &amp; &quot; &lt; &gt; &#39; &nbsp; decoded[ (nbsp = space)|, nbsp as a normal space]",
    "[Our product texts|The descriptions|These notes] were copied from [a web page|the old shop|a newsletter] "
    "and still [carry|contain] markup. [Give|Show] me the bare text. Tags vanish, except <br> or <br/>, which "
    "becomes {gap}; &amp; &quot; &lt; &gt; and &#39; become the characters they stand for, &nbsp; an ordinary "
    "space. [Nothing else|No other thing] changes.",
    given="a text with left-over HTML",
    gap=choice({"a space": " ", "a line break": "\n", '" / "': " / ", '" | "': " | ",
        "a comma and a space": ", ", "a newline": "\n", "a semicolon and a space": "; ", '" - "': " - "}),
)  # fmt: skip
def html_debris_to_plain_text(draw: Draw, p: Values) -> Pair:
    chunks = [f"{draw.pick(words.ADJECTIVES).capitalize()} {words.noun(draw)} & {words.noun(draw)}",
        f'the "{words.noun(draw)}"', f"{names.first_name(draw)}'s {words.noun(draw)}",
            f"{draw.randint(2, 9)} < {draw.randint(10, 30)}",
              f"free {words.noun(draw)}", f"only {draw.randint(3, 90)} left", f"made in {names.city(draw)}",
              f"weight > {draw.randint(2, 60)} kg", f"ask {names.full_name(draw)}"]  # fmt: skip
    parts = draw.some(chunks, 2, 4)
    shown, plain = "", ""
    for number, part in enumerate(parts):
        if number:
            kind = draw.randrange(3)
            shown += (draw.pick(("<br>", "<br/>")), " ", "&nbsp;")[kind]
            plain += (p.gap, " ", " ")[kind]
        coded = (
            part.replace("&", "&amp;")
            .replace('"', "&quot;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("'", "&#39;")
        )
        wrap = draw.pick(
            (
                "{}",
                "{}",
                "<b>{}</b>",
                "<i>{}</i>",
                '<span class="x">{}</span>',
                "<em>{}</em>",
                '<a href="/p/1">{}</a>',
                "<strong>{}</strong>",
            )
        )
        shown += wrap.format(coded)
        plain += part
    shown = draw.pick(("{}", "<p>{}</p>", "<div>{}", "{}</p>", "<li>{}</li>")).format(shown)
    return shown, plain


@area.family(
    "left-overs of formats",
    "[give|keep] only what the sender of the mail newly wrote: [drop|leave out] lines that begin with >, the "
    "line that announces the quotation ('... wrote:') and everything from a line with just two dashes on. "
    "[Join|Put together] the remaining lines with {glue}; if nothing new is there, write {none}",
    "[Mail|Reply|Answer] -> new text only (no > lines, no '... wrote:' line, nothing from the line -- on), "
    "lines joined with {glue}; [no new text|nothing new]: {none}",
    "Replies in our [mailbox|help desk|ticket system] carry the whole older mail with them. Strip it: quoted "
    "lines start with >, the line above them ends in 'wrote:', and the signature starts with a line that holds "
    "only --. What is left, joined with {glue}, is the answer; for a mail without any [new|own] line it is {none}.",
    given="a mail with a quoted reply",
    glue=choice({"a space": " ", "a line break": "\n", '" / "': " / ", "single spaces": " ", '" | "': " | ",
        '" // "': " // "}),
    none=token("none", "(no text)", "EMPTY", "nothing new", "[no reply]", "-", "quote only"),
)  # fmt: skip
def new_text_of_a_reply(draw: Draw, p: Values) -> Pair:
    count = 0 if draw.chance(0.12) else draw.randint(1, 3)
    own = [draw.pick((prose.chat, prose.note, prose.question))(draw) for _ in range(count)]
    quoted = [
        draw.pick(("> {}", ">{}", "> > {}", "> {}")).format(
            draw.pick((prose.ticket, prose.chat, prose.note))(draw)
        )
        for _ in range(draw.randint(1, 3))
    ]
    intro = draw.pick(
        ("On {d}, {w} wrote:", "{w} <{e}> wrote:", "Am {d}, {w} wrote:", "{d} {w} wrote:")
    ).format(d=draw.pick(words.KINDS["weekday"]), w=names.full_name(draw), e=names.email(draw))
    block = [intro, *quoted]
    if own and draw.chance(0.3):
        cut = draw.randint(0, len(own))
        lines = own[:cut] + block + own[cut:]
    else:
        lines = own + block
    if draw.chance(0.5):
        lines += [
            "--",
            names.full_name(draw),
            draw.pick((names.phone(draw), names.company(draw), "Sent from my phone")),
        ]
    return "\n".join(lines), p.glue.join(own) or p.none


@area.family(
    "left-overs of formats",
    "[turn|convert] the list with its broken bullets into [plain|clean] items, {case}, separated by "
    "{separator}: [strip|remove] bullets, numbers, boxes and spaces before the items and commas or semicolons "
    "after them; skip [blank|empty] lines",
    "[Messy|Broken] bullet list -> items {case}, {separator} between. [Strip|Remove] bullets of every kind (-, "
    "*, •, +, 1., 2), (3), a), [ ]) and trailing , and ;. No [blank|empty] lines",
    "[Lists pasted into our tool|The lists I get by mail] have all sorts of bullets, often several kinds in "
    "one list, with stray commas or semicolons at the ends and blank lines. [Take|I want] the bare items "
    "{case}, in their order, with {separator} between them.",
    given="a pasted list",
    separator=separator(),
    case=choice(
        {
            "as they are written": "str",
            "in lower case": "lower",
            "in capitals": "upper",
            "with their letter case unchanged": "str",
            "in small letters": "lower",
        }
    ),
)
def broken_bullets_to_clean_items(draw: Draw, p: Values) -> Pair:
    items = [
        draw.pick(("{a} {n}", "{n}", "{v} the {n}", "{n} for {f}")).format(
            a=draw.pick(words.ADJECTIVES), n=words.noun(draw), v=words.verb(draw)[0], f=names.first_name(draw)
        )
        for _ in range(draw.randint(2, 5))
    ]
    items = [i[0].upper() + i[1:] if draw.chance(0.3) else i for i in items]
    bullets = (
        "- ",
        "* ",
        "• ",
        "{n}. ",
        "{n}) ",
        "{l}) ",
        "[ ] ",
        "– ",
        "-",
        "  * ",
        "•",
        "",
        "({n}) ",
        "+ ",
    )
    lines = []
    for number, item in enumerate(items, 1):
        lines.append(
            draw.pick(bullets).format(n=number, l="abcde"[number - 1])
            + item
            + draw.pick(("", "", ",", ";", " "))
        )
        if draw.chance(0.15):
            lines.append("")
    return "\n".join(lines), p.separator.join(
        i if p.case == "str" else str(getattr(i, p.case)()) for i in items
    )


_CUTS = tuple(
    pair.split("/")
    for pair in """newspaper/newsp restaurant/restau neighbours/neighb government/governm photographs/photogr vegetables/vegeta
    transport/transpo conference/confere experiment/experim instruments/instrum laboratory/laborat apartment/apartm
    furniture/furnit adventure/adventu breakfast/breakf exhibition/exhibi umbrellas/umbre documents/documen""".split()
)


@area.family(
    "left-overs of formats",
    "[say|decide] how the text ends: {whole} if its last sentence is complete, {word} if it breaks off in the "
    "middle of a word, {middle} if it breaks off between two words in the middle of a sentence",
    "[End of the text|Last sentence]: finished {whole}; [cut inside a word|last word incomplete] {word}; cut "
    "after a whole word, sentence [unfinished|not complete] {middle}",
    "[Our database cuts long texts|Long comments are cut by our form]. For each [stored text|text] I need to "
    "know if it is all there, which is {whole}, or if the last sentence [stops|was cut] in the middle: {word} "
    "when even the last word is incomplete, {middle} when the last word is whole but the sentence has no end. "
    "A missing full stop alone [is no cut|does not make it incomplete].",
    given="a stored text",
    difficulty=3,
    labels=labels(whole=("complete", "whole"), word=("mid-word", "word"), middle=("mid-sentence", "cut")),
)
def way_in_which_a_text_is_cut_off(draw: Draw, p: Values) -> Pair:
    lead = draw.pick(("The manager told us that the", "We would like to thank all the",
        "After the long winter, the", "Nobody in the village knew why the", "She carried the old box to the",
        "In the end they sold the", "Please remember to bring the",
                      "My brother wants to repair the", "Every morning he looks at the",
                      "I have never understood the"))  # fmt: skip
    last, part = draw.pick(_CUTS)
    tail = {
        "The manager told us that the": " is closed",
        "After the long winter, the": " was open again",
        "Nobody in the village knew why the": " had changed",
        "We would like to thank all the": " of the town",
    }.get(lead, draw.pick((" of the town", " next door", "")))
    kind = draw.pick(("whole", "word", "middle"))
    before = prose.statement(draw) + " " if draw.chance(0.6) else ""
    if kind == "whole":
        return before + lead + f" {last}{tail}" + draw.pick((".", ".", "!", "")), p.labels[kind]
    if kind == "word":
        return before + lead + f" {part}", p.labels[kind]
    return before + lead + draw.pick(("", "", " old", " small", " first")), p.labels[kind]
