"""Core text processing: lists: sorting, counting, removing repeats, reformatting, merging."""

from programasweights.data.oracle.areas.core_text._banks import (
    CHORES,
    digits_or_word,
    items,
    number_text,
    one_word_items,
    plain_first_name,
    recased,
    shown,
)
from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, number, separator, token

__all__ = ["area"]

area = Area("Core text processing")


@area.family(
    "counting",
    "[count|determine the number of] the [entries|items] of the list; {twice}, [whatever the letter case|capitals "
    "or not]. [Blank lines|Empty lines or gaps|Empty places] [do not count|are no entries]. [Give|Write] the "
    "number {form}",
    "How many [items|entries]? {twice}, letter case [plays no role|does not matter|is ignored], empty ones don't "
    "count. Number {form}.",
    "[People|Users|Members] paste their shopping lists and guest lists into a form and I want to show [a "
    "total|how many entries there are] {form}: {twice} ([capitals make no difference|whatever the capitals]), and "
    "gaps [are not counted|count for nothing].",
    given="a list",
    difficulty=3,
    twice=choice({
        "an entry that is repeated counts once": True, "count repeated entries only once": True,
        "repeats count as one entry": True,
        "a repeated entry counts each time": False, "count repeated entries every time": False,
        "repeats count too": False,
    }),
    form=digits_or_word(),
)  # fmt: skip
def entries_of_a_list_counted(draw: Draw, p: Values) -> Pair:
    entries = items(draw, draw.randint(2, 8))
    for _ in range(draw.randint(0, 3)):
        entries.insert(draw.randrange(len(entries) + 1), recased(draw, "==lu", draw.pick(entries)))
    gaps = list(entries)
    form = draw.pick("csld")
    if form in "csl" and draw.chance(0.3):
        gaps.insert(draw.randint(1, len(gaps)), "")
    count = len({e.lower() for e in entries}) if p.twice else len(entries)
    return shown(draw, gaps, form), number_text(count, p.form)


@area.family(
    "sorting",
    "sort the items of the list {order}[, capitals or not|, whatever their letter case], and write them with "
    "{separator} between them",
    "Items {order} (letter case ignored), [joined with|joined by|put together with] {separator}; spelling of each "
    "item [unchanged|as it is|kept]",
    "I get lists in all [shapes|sorts of formats] (commas, bullets, lines) and need [one tidy line|one sorted "
    "list]: bring the items into order {order}, [do not let capital letters matter|regardless of capitals], keep "
    "them as they are written, [drop|lose] bullets and numbers, and put {separator} between them.",
    given="a list of words",
    order=choice({
        "alphabetically": False, "from A to Z": False, "in alphabetical order": False, "from Z to A": True,
        "in reverse alphabetical order": True,
        "backwards from Z to A": True,
    }),
    separator=separator(),
)  # fmt: skip
def list_in_alphabetical_order(draw: Draw, p: Values) -> Pair:
    entries = [recased(draw, "==cu", e) for e in one_word_items(draw, draw.randint(3, 6))]
    return shown(draw, entries, "csldn/a"), p.separator.join(sorted(entries, key=str.lower, reverse=p.order))


_AMOUNT_LINES = (
    "{n}: {a}",
    "{n} - {a}",
    "{n}: {a} points",
    "{n} ({a})",
    "{n} {a} €",
    "{n} = {a}",
    "{n}, {a} votes",
    "{a} x {n}",
    "{n}: {a} kg",
)


@area.family(
    "sorting",
    "[order|sort|rank] the lines by their number, {order}, and return [only|just] the names, separated by "
    "{separator}",
    "Names from the lines, ordered by the number of the line ({order}), without the numbers, [joined with|joined "
    "by|put together with] {separator}",
    "Each line [has|holds] a name and a number[, such as a score or a price|]. [I need|We need] a ranking: names "
    "alone, {order}, {separator} between the names. [No two numbers are equal.|There are no ties.]",
    given="a few lines with names and numbers",
    difficulty=3,
    order=choice({"largest first": True, "highest number first": True, "biggest to smallest": True,
        "smallest first": False,
                  "lowest number first": False, "smallest to biggest": False}),
    separator=separator(),
)  # fmt: skip
def names_ranked_by_number(draw: Draw, p: Values) -> Pair:
    people = (
        one_word_items(draw, draw.randint(3, 5))
        if draw.chance(0.5)
        else list(dict.fromkeys(plain_first_name(draw) for _ in range(4)))
    )
    top = draw.pick((20, 100, 1000, 5000))
    amounts = draw.sample(range(1, top), len(people))
    line = draw.pick(_AMOUNT_LINES)
    rows = list(zip(people, amounts, strict=True))
    ranked = sorted(rows, key=lambda row: row[1], reverse=p.order)
    return "\n".join(line.format(n=n, a=a) for n, a in rows), p.separator.join(n for n, _ in ranked)


@area.family(
    "deduplication",
    "remove repeated items [from|in] the list ([letter case does not count|capitals make no difference]): keep "
    "{which} of each in its place and spelling, separate what is left by {separator}",
    "Unique items, case ignored; of equal ones keep {which}, others go; [order|sequence] otherwise unchanged; "
    "[joined with|joined by|put together with] {separator}",
    "Our tag field is full of [doubles|duplicates] such as News, news and NEWS. [Return|Give|Write] each item "
    "once. Where several are the same apart from capitals, {which} stays where it is, [as it is written "
    "there|with its own spelling], and the others are dropped. Use {separator} between the items.",
    given="a list of tags",
    which=choice({"the first one": 0, "the first occurrence": 0, "the one that comes first": 0, "the last one": 1,
        "the last occurrence": 1, "the one that comes last": 1}),
    separator=separator(),
)  # fmt: skip
def repeated_tags_dropped(draw: Draw, p: Values) -> Pair:
    base = one_word_items(draw, draw.randint(2, 5))
    entries = list(base)
    for _ in range(draw.randint(1, 3)):
        other = recased(draw, "=luc", draw.pick(base))
        entries.insert(draw.randrange(len(entries) + 1), other)
    ordered = entries if p.which == 0 else entries[::-1]
    kept: dict[str, str] = {}
    for entry in ordered:
        kept.setdefault(entry.lower(), entry)
    result = list(kept.values()) if p.which == 0 else list(kept.values())[::-1]
    return shown(draw, entries, "csbl/"), p.separator.join(result)


@area.family(
    "list reformatting",
    "[turn|convert] the list into a [sentence part|phrase] [like|such as] \"x, y {word} z\": commas between the "
    "items, \" {word} \" before the last one, {comma} before {word} if there are three or more items. A single "
    "item stays alone",
    "List -> running text, last two joined with {word}, others with commas ({comma} before {word} when there are "
    "three or more items). [One item: just that item.|Only one item: leave it.|A single item stays as it is.]",
    "[My template|The e-mail template] says \"You chose ...\" and gets its choices as bullets, lines or with "
    "semicolons. [I want|I would like|We want] them in one flowing phrase: commas in between, {word} before the "
    "last item, and with three or more items {comma} before {word}. No full stop; [a lone item is returned as it "
    "is|one item alone is just repeated].",
    given="a list",
    word=choice("and", "or", "as well as", "plus", "and/or", "along with", "&", "or else", "and then",
        "together with"),
    comma=choice({"a comma": ",", "also a comma": ",", "no comma": ""}),
)  # fmt: skip
def items_as_running_text(draw: Draw, p: Values) -> Pair:
    entries = items(draw, draw.randint(1, 5))
    if len(entries) == 1:
        result = entries[0]
    else:
        result = f"{', '.join(entries[:-1])}{p.comma if len(entries) > 2 else ''} {p.word} {entries[-1]}"
    return shown(draw, entries, "d" if len(entries) == 1 else "csbldn/"), result


@area.family(
    "list reformatting",
    "[put|write] each item of the list on [a line of its own|its own line], {mark} before it, {case}",
    "One item per line; [each line starts|lines start] with {mark}; {case}. [Drop old bullets, commas and "
    "numbers.|Old bullets, numbers and commas go.]",
    "[Colleagues|Customers] send me items in one line or with all kinds of bullets. [Make|Build] a clean list "
    "from that: one item per line, every line beginning with {mark}, {case}. [The order stays.|Keep the order.]",
    "[Reformat as list|New list]: {mark} + item, one per line, {case}",
    given="a list of items",
    mark=choice({
        '"- "': "- ", "a hyphen and a space": "- ", '"* "': "* ", "an asterisk and a space": "* ", '"• "': "• ",
        '"+ "': "+ ", '"> "': "> ",
        '"[ ] "': "[ ] ", '"- [ ] "': "- [ ] ", '"-> "': "-> ", '"# "': "# ", '"– "': "– ", "a tab": "\t",
        "four spaces": "    ",
    }),
    case=choice({
        "items as they are written": 0, "with the items otherwise unchanged": 0,
        "the first letter of each item made a capital": 1,
        "the item beginning with a capital letter": 1, "items all in capitals": 2, "with the items in upper case": 2,
    }),
)  # fmt: skip
def list_with_new_bullets(draw: Draw, p: Values) -> Pair:
    entries = items(draw, draw.randint(2, 5))
    changed = [(e, e[0].upper() + e[1:], e.upper())[p.case] for e in entries]
    return shown(draw, entries, "csbldna"), "\n".join(p.mark + e for e in changed)


_NUMBERINGS = {
    '"1. "': "{}. ", '"1) "': "{}) ", '"(1) "': "({}) ", '"1 - "': "{} - ", '"#1 "': "#{} ", '"1: "': "{}: ",
    '"No. 1: "': "No. {}: ", '"[1] "': "[{}] ",
    '"Step 1: "': "Step {}: ", '"1/ "': "{}/ ",
}  # fmt: skip


@area.family(
    "numbering",
    "renumber the list: the first line gets {start}, [the next ones count on|each next line one more], and the "
    "number is written in the style {style}[; the rest of each line stays|; keep the items]",
    "New numbers for these lines, starting with {start}; number style {style}; old numbers [go|are dropped]",
    "After moving steps around, the numbers in my [instructions|lists] are wrong, missing or in mixed styles. "
    "Number the lines anew in their present order, beginning at {start}, in the style {style} (there shown for "
    "number 1), [and keep the text of each line|with the texts unchanged].",
    given="a list with old or wrong numbers",
    start=number(2, 12),
    style=choice(_NUMBERINGS),
)
def list_numbered_anew(draw: Draw, p: Values) -> Pair:
    entries = items(draw, draw.randint(2, 5))
    old = draw.pick(("{}. ", "{}) ", "{} ", "{}: "))
    missing_some, first = draw.chance(0.3), draw.randint(1, 9)
    lines = [
        ("" if missing_some and draw.chance(0.5) else old.format(draw.pick((first + k, draw.randint(1, 12)))))
        + e
        for k, e in enumerate(entries)
    ]
    return "\n".join(lines), "\n".join(p.style.format(p.start + k) + e for k, e in enumerate(entries))


@area.family(
    "line handling",
    "list the tasks that are {state}, [separated by|divided by] {separator}, [in their order|in the same order]; "
    "{none} if there are none. [x] or [X] [means|marks] done, [ ] [means|marks] still open",
    "Checklist: [x] = done, [ ] = open. Return [only|just] the {state} ones without box, [joined with|joined "
    "by|put together with] {separator}; [if none|none left]: {none}",
    "I paste the checklist from my notes. Ticked boxes have an x (small or capital) in the square brackets, open "
    "ones are empty. Give me the {state} tasks[, only their text|, without the boxes], [with|using] {separator} "
    "between them, or {none} when no task is {state}.",
    given="a checklist",
    state=choice({"done": True, "completed": True, "already ticked": True, "open": False, "unfinished": False,
        "not yet ticked": False}),
    separator=separator(),
    none=missing("all clear"),
)  # fmt: skip
def checklist_tasks_by_state(draw: Draw, p: Values) -> Pair:
    tasks = draw.some(CHORES, 2, 6)
    share = draw.pick((0.0, 0.4, 0.6, 1.0))
    done = [draw.chance(share) for _ in tasks]
    mark = draw.pick(("- ", "* ", "", "  - "))
    lines = [f"{mark}[{draw.pick('xxX') if d else ' '}] {t}" for t, d in zip(tasks, done, strict=True)]
    found = [t for t, d in zip(tasks, done, strict=True) if d == p.state]
    return "\n".join(lines), p.separator.join(found) or p.none


@area.family(
    "merging",
    "[pair|match up] the two lists: first entry with first, second with second [and so on|and so forth], as a{joint}b, "
    "pairs [separated by|divided by] {separator}. Where one list is shorter, [write|use] {gap} for the missing "
    "entry",
    "Zip the lists: entry of line 1, then \"{joint}\", then entry of line 2 at the same position; {separator} "
    "between pairs; missing partner = {gap}",
    "One line has the [keys|headings], the other the values, both with commas. Join them position by position, as "
    "key{joint}value, [put|place] {separator} between the pairs, and fill in {gap} wherever one of the lines [has "
    "run out of entries|is too short].",
    given="two lines with comma-separated entries",
    difficulty=3,
    joint=choice("=", ":", " - ", "/", ": ", " = ", "->", "_"),
    separator=choice({"a semicolon and a space": "; ", '"; "': "; ", "line breaks": "\n", "newlines": "\n",
        '" | "': " | ", "a comma and a space": ", ", '", "': ", "}),
    gap=token("?", "none", "null", "missing", "x", "n/a", "(blank)", "--", "TBD"),
)  # fmt: skip
def two_lists_paired(draw: Draw, p: Values) -> Pair:
    size = draw.randint(2, 4)
    left, right = one_word_items(draw, size), one_word_items(draw, size)
    if draw.chance(0.4):
        right = [str(draw.randint(1, 500)) for _ in range(size)]
    if draw.chance(0.35):
        draw.pick((left, right)).pop()
    size = max(len(left), len(right))
    rows = [
        ((left[k] if k < len(left) else p.gap), (right[k] if k < len(right) else p.gap)) for k in range(size)
    ]
    text = f"{', '.join(left)}\n{', '.join(right)}"
    return text, p.separator.join(f"{a}{p.joint}{b}" for a, b in rows)


@area.family(
    "merging",
    "compare the two lists, A and B, and [give|write] the items that are {kind}, [separated by|divided by] "
    "{separator}, or {none} if there are none. [Letter case does not count|Ignore letter case]; {order}",
    "Lists A and B: items {kind} (case ignored), [joined with|joined by|put together with] {separator}; {order}; "
    "nothing = {none}",
    "I keep an old (A) and a new (B) [guest list|list of members|price list|word list] and want to see which "
    "entries are {kind}. Capitals are not important, {order}. Put {separator} between the entries; if there is no "
    "such entry, [write|say] {none}.",
    given="two lists, A and B",
    difficulty=3,
    kind=choice({"in A but not in B": 0, "only in A": 0, "missing from B though they are in A": 0,
        "in B but not in A": 1, "only in B": 1, "in both lists": 2, "in A as well as in B": 2}),
    order=choice({"keep the order and spelling of A, or of B for what only B has": 0,
        "take spelling and order from A if A has the entry, otherwise from B": 0,
        "write them in small letters and from A to Z": 1,
                  "sort them alphabetically and write them in lower case": 1}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def two_lists_compared(draw: Draw, p: Values) -> Pair:
    pool = one_word_items(draw, 7)
    shared = draw.randint(0, 2)
    left = pool[: shared + draw.randint(1, 2)]
    right = draw.mix(pool[:shared] + pool[4 : 4 + draw.randint(1, 2)])
    if draw.chance(0.2):
        left, right = pool[:3], draw.mix(pool[:3])
    right = [recased(draw, "==uc", e) for e in right]
    low_left, low_right = [e.lower() for e in left], [e.lower() for e in right]
    if p.kind == 1:
        found = [e for e in right if e.lower() not in low_left]
    else:
        found = [e for e in left if (e.lower() in low_right) == (p.kind == 2)]
    if p.order:
        found = sorted(e.lower() for e in found)
    joint = draw.pick((", ", "; "))
    return f"A: {joint.join(left)}\nB: {joint.join(right)}", p.separator.join(found) or p.none


@area.family(
    "splitting and joining",
    "write the {first} and the {second} of the record, in this order, [with|using] {separator} between them; "
    "[put|use] {none} for one that is not [given|there]",
    "{first}, then {second}; [joined with|joined by|put together with] {separator}; a field that the record lacks "
    "= {none}",
    "My [supplier|partner] sends records with labelled fields in changing order. [I need|We need] just the "
    "{first} followed by the {second}, {separator} between the two, [values as they stand|values unchanged], and "
    "{none} in place of a field that is missing or empty.",
    given="a record with labelled fields",
    first=choice("name", "city", "phone number", "job"),
    second=choice("e-mail", "price", "product", "order number"),
    separator=separator(),
    none=missing(),
)
def labelled_fields_in_order(draw: Draw, p: Values) -> Pair:
    fields = {
        "name": names.full_name(draw), "city": names.city(draw), "phone number": names.phone(draw),
        "job": names.job(draw), "e-mail": names.email(draw),
        "price": f"{names.price(draw):.2f}", "product": names.product(draw),
        "order number": str(draw.randint(1000, 99999)),
    }  # fmt: skip
    kept = draw.mix([k for k in fields if k in (p.first, p.second) or draw.chance(0.3)])
    for key in (p.first, p.second):
        if draw.chance(0.2):
            if draw.chance(0.5):
                kept.remove(key)
            fields[key] = ""
    shape = draw.pick(("{}: {}", "{}={}", "{} = {}"))
    style = draw.pick("=cu")
    text = draw.pick(("\n", "\n", " | ", "; ")).join(
        shape.format(recased(draw, style, k), fields[k]).rstrip() for k in kept
    )
    return text or "(no fields)", f"{fields[p.first] or p.none}{p.separator}{fields[p.second] or p.none}"


@area.family(
    "reversing",
    "[reverse|turn round] the path so that the {end} [part|level] comes first and join the parts with {separator}",
    "Breadcrumb backwards: {end} part first, [joined with|joined by|put together with] {separator}, spaces around "
    "parts removed",
    "Our shop shows where a product belongs with the most general [group|level] first. For page titles I need it "
    "the other way round, so that the {end} part leads: same parts, opposite order, {separator} between them[, no "
    "spaces left at the ends of a part|]. [Nothing else changes.|Keep letter case.]",
    given="a breadcrumb path",
    difficulty=1,
    end=choice("last", "innermost", "most specific", "deepest"),
    separator=separator(),
)
def breadcrumb_turned_round(draw: Draw, p: Values) -> Pair:
    top = draw.pick(("Home", "Shop", "Start", "All products", "Catalogue", "Docs", "Main page", "Store"))
    parts = [top, *draw.some(_SECTIONS, 1, 3)]
    if draw.chance(0.5):
        parts.append(names.product(draw))
    return draw.pick((" > ", " / ", " » ", ">", "/", " › ", " :: ")).join(parts), p.separator.join(
        parts[::-1]
    )


_SECTIONS = tuple(
    """Garden/Lamps/Women/Shoes/Outdoor/Kitchen/Sale/Toys & games/Bikes/Accessories/Audio/Laptops
    /Office/Furniture/Baby/Sports/Winter/Books/Tools
    /Cables/Bedding/New in/Travel/Guides/Settings/Billing/API/Tutorials/Printers/Pet food""".replace(
        "\n    ", ""
    ).split("/")
)


@area.family(
    "reversing",
    "[turn|convert] the host name into a package name: its parts in reverse order, joined by dots, all lower "
    "case, without a leading www, [and at the end|followed by] a dot and {suffix}. Hyphens {hyphens}",
    "Host reversed, shop.acme.io -> io.acme.shop.{suffix} ([reverse domain|reversed host], [lower case|all "
    "small], [drop|no] www; hyphens {hyphens})",
    "For the [app|bundle] id [I need|we need] the reversed domain of the customer: last part of the host first, "
    "parts divided by dots, everything [in small letters|in lower case], a www at the front thrown away, and "
    ".{suffix} added at the end. Hyphens {hyphens}. [Scheme, slashes and paths are not part of the host.|Leave "
    "out http(s):// and paths.]",
    given="a domain or web address",
    suffix=choice("app", "core", "mobile", "client", "shop", "main", "beta", "ios", "android", "test", "admin",
        "lib", "web", "sdk"),
    hyphens=choice({"become underscores": "_", "turn into underscores": "_", "are left out": "", "disappear": "",
        "stay": "-", "are kept": "-"}),
)  # fmt: skip
def package_name_from_host(draw: Draw, p: Values) -> Pair:
    host = draw.pick(("", "", "www.", "shop.", "my.", "app.", "www.")) + names.domain(draw)
    parts = host.removeprefix("www.").lower().replace("-", p.hyphens).split(".")
    host = recased(draw, "==ut", host) if draw.chance(0.4) else host
    text = draw.pick(("{}", "{}", "https://{}", "http://{}/", "https://{}/start"))
    return text.format(host), ".".join(parts[::-1]) + f".{p.suffix}"


@area.family(
    "list reformatting",
    "take the bullets, numbers and boxes off the lines[, and the comma, semicolon or full stop at the end of an "
    "item,| and any comma, semicolon or full stop at the end of an item,] and write the items in one line with "
    "{separator} between them, {case}",
    "Strip list marks ([bullets, numbers, boxes|bullets, boxes, numbers, arrows]) and end punctuation, join with "
    "{separator}, {case}",
    "[Notes from the team|Minutes] [come|arrive] with every sort of bullet. For the [database|report] [I need|we "
    "need] the bare items in a single line, {separator} in between, {case}; [punctuation at the end of an item "
    "goes as well|commas, semicolons and full stops at the end of an item are dropped too].",
    given="a bulleted list",
    separator=choice({"a comma and a space": ", ", "semicolons": "; ", '" | "': " | ", '" / "': " / ",
        "vertical bars with spaces around them": " | ", '" + "': " + ", '" · "': " · "}),
    case=choice({"items unchanged": 0, "letter case as it is": 0, "all in lower case": 1,
        "everything in small letters": 1, "all in upper case": 2, "in capitals throughout": 2}),
)  # fmt: skip
def bullets_into_one_line(draw: Draw, p: Values) -> Pair:
    entries = items(draw, draw.randint(2, 5))
    mark = draw.pick(("- ", "* ", "• ", "{}. ", "{}) ", "[ ] ", "– ", "-> ", "({}) ", "o "))
    end = draw.pick(("", "", ";", ",", "."))
    text = "\n".join(draw.pick(("", "", " ")) + mark.format(n) + e + end for n, e in enumerate(entries, 1))
    joined = p.separator.join(entries)
    return text, (joined, joined.lower(), joined.upper())[p.case]
