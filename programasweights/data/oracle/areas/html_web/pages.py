"""HTML and web: stylesheets, robots files and feeds, forms and buttons."""

from programasweights.data.oracle.areas.html_web import _banks as banks
from programasweights.data.oracle.areas.html_web import _phrases as phrases
from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("HTML and web")

_SELECTORS = (
    "body",
    "h1",
    "p",
    "a",
    ".card",
    ".button",
    "#header",
    "#footer",
    "nav ul",
    ".price",
    "img",
    "table td",
    ".note",
    "blockquote",
    "#menu li",
)
_COLOURS = (
    "red",
    "#333",
    "#ff6600",
    "navy",
    "#fafafa",
    "white",
    "rgb(20, 20, 20)",
    "teal",
    "#0a7",
    "darkgreen",
)


def _declarations(draw: Draw) -> dict[str, str]:
    size = draw.pick(("px", "em", "rem", "%"))
    return {
        "color": draw.pick(_COLOURS), "background-color": draw.pick(_COLOURS), "margin": f"{draw.randint(0, 40)}px",
            "padding": f"{draw.randint(1, 30)}px {draw.randint(1, 30)}px",
        "font-size": f"{draw.randint(10, 40)}px", "width": f"{draw.randint(10, 99)}{size}",
            "display": draw.pick(("block", "flex", "none", "inline-block", "grid")),
            "text-align": draw.pick(("left", "center", "right", "justify")),
        "font-weight": draw.pick(("bold", "normal", "600", "300")),
            "border": f"{draw.randint(1, 5)}px solid {draw.pick(_COLOURS)}",
    }  # fmt: skip


def _stylesheet(draw: Draw, rules: list[tuple[str, dict[str, str]]]) -> str:
    if draw.chance(0.3):
        return "\n".join(f"{s} {{ {' '.join(f'{k}: {v};' for k, v in d.items())} }}" for s, d in rules)
    if draw.chance(0.2):
        return "".join(f"{s}{{{';'.join(f'{k}:{v}' for k, v in d.items())}}}" for s, d in rules)
    return "\n".join(f"{s} {{\n" + "".join(f"  {k}: {v};\n" for k, v in d.items()) + "}" for s, d in rules)


@area.family(
    "stylesheets",
    "[look up|find] the value of {name} in the rule for {selector}; if there is no such rule or the rule does "
    "not set it, [answer|write] {none}",
    "CSS: {name} of {selector}, just the value without the semicolon; {none} if [unset|it is not set]",
    "I am [tidying up|documenting] old stylesheets. Tell me what value {name} has in the rule for {selector}, "
    "without the property name and the semicolon. [Rules for other selectors do not count.|Only the rule with "
    "exactly this selector counts.] "
    "If it is not set there, say {none}.",
    given="a stylesheet",
    name=choice(
        "color",
        "background-color",
        "margin",
        "padding",
        "font-size",
        "width",
        "display",
        "text-align",
        "border",
    ),
    selector=choice("body", "h1", "p", ".card", ".button", "#header", "#footer", ".price"),
    none=missing(),
)
def css_value_in_rule(draw: Draw, p: Values) -> Pair:
    chosen = draw.some([s for s in _SELECTORS if s != p.selector], 1, 2) + (
        [p.selector] if draw.chance(0.85) else []
    )
    rules = []
    for selector in draw.mix(chosen):
        every = _declarations(draw)
        kept = [k for k in draw.mix(tuple(every)) if draw.chance(0.8 if k == p.name else 0.3)] or [
            "font-weight"
        ]
        rules.append((selector, {k: every[k] for k in kept}))
    return _stylesheet(draw, rules), dict(rules).get(p.selector, {}).get(p.name, p.none)


@area.family(
    "stylesheets",
    "[list|give] the selectors of all CSS rules that {what}, in their order, separated by {separator}; {none} if "
    "no rule does",
    "Selectors of the rules that {what} -> [in order|in file order], joined with {separator}. None: {none}",
    "Before I [change|clean up] a stylesheet I want to know which rules {what}. Return their selectors as they "
    "are written, in the order of the file, with {separator} in between, or {none} if there is no such rule.",
    given="a stylesheet",
    what=choice({
        "set the property color, not counting background-color": ("color", ""),
            "contain the property color (background-color is another property)": ("color", ""),
            "set font-size": ("font-size", ""), "set width": ("width", ""), "set a border": ("border", ""),
        "hide something with display: none": ("display", "none"), "set display to flex": ("display", "flex"),
            "center text with text-align": ("text-align", "center"), "set font-weight to bold": ("font-weight",
            "bold"),
        "set a background-color": ("background-color", ""), "set padding": ("padding", ""), "set margin": ("margin",
            ""),
    }),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def css_selectors_that_set(draw: Draw, p: Values) -> Pair:
    name, value = p.what
    rules = []
    for selector in draw.some(_SELECTORS, 2, 4):
        every = _declarations(draw)
        if value and draw.chance(0.6):
            every[name] = value
        kept = [k for k in draw.mix(tuple(every)) if draw.chance(0.45 if k == name else 0.25)] or [
            "margin" if name != "margin" else "padding"
        ]
        rules.append((selector, {k: every[k] for k in kept}))
    found = [s for s, d in rules if name in d and (not value or d[name] == value)]
    return _stylesheet(draw, rules), p.separator.join(found) or p.none


@area.family(
    "site files",
    "[decide|say] whether robots may fetch the path given after the rules: {no} if it starts with the path of a "
    "Disallow line, {yes} otherwise; but if it also starts with the path of an Allow line that is longer, the "
    "answer is {yes}",
    "Check of robots.txt. Path begins with a Disallow entry: {no}. No such entry, or a longer Allow entry fits "
    "as well: {yes}.",
    "My crawler [has to|must] respect robots.txt. You get the rules, which hold for all robots, and then a path. "
    "Answer {yes} if it may be fetched and {no} if it may not. A rule applies when the path starts with what "
    "stands after Allow or Disallow; if rules of both "
    "sorts apply, the longer one decides; if none applies, fetching is allowed.",
    given="a robots.txt file and a path",
    difficulty=3,
    labels=labels(yes=("yes", "allowed", "fetch"), no=("no", "blocked", "skip")),
)
def path_open_to_robots(draw: Draw, p: Values) -> Pair:
    folders = [
        f"/{word}/"
        for word in draw.some(
            ("admin", "private", "tmp", "search", "cart", "drafts", "api", "img", "internal", "login"), 2, 4
        )
    ]
    inner = f"{folders[0]}{draw.pick(('public', 'open', 'shared', 'docs'))}/"
    rules = [f"Disallow: {folder}" for folder in folders[:-1]] + (
        [f"Allow: {inner}"] if draw.chance(0.7) else []
    )
    kind = draw.pick(("blocked", "blocked", "inner", "inside", "free"))
    page = f"{words.noun(draw)}.html"
    path = {
        "blocked": draw.pick(folders[:-1]) + page, "inner": inner + page,
            "inside": f"/{draw.pick(('de', 'shop', 'en'))}{folders[0]}{page}", "free": draw.pick((folders[-1], "/",
            "/blog/")) + page,
    }[kind]  # fmt: skip
    hits = [
        (len(rule.split(": ")[1]), rule.startswith("Allow"))
        for rule in rules
        if path.startswith(rule.split(": ")[1])
    ]
    allowed = not hits or max(hits)[1]
    head = draw.pick(("User-agent: *\n", "# rules for everybody\nUser-agent: *\n"))
    return (
        f"{head}{chr(10).join(draw.mix(rules))}\n\n{draw.pick(('Path: ', 'path = ', 'URL path: '))}{path}",
        p.labels["yes" if allowed else "no"],
    )


@area.family(
    "site files",
    "[list|give] the {field} of all items in the feed {wanted}, in their order, separated by {separator}; [if "
    "there are none|no such item]: {none}",
    "Feed items {wanted}: their {field}, joined with {separator}. [No such item|Nothing]: {none}",
    "I read RSS feeds with a small script and from each feed want the {field} of the items {wanted}, without "
    "tags, in the order of the feed and divided by {separator}. [The title of the feed itself is no item.|] If "
    "no item qualifies, write {none}.",
    given="a piece of an RSS feed",
    field=choice({"titles": "title", "links": "link", "title texts": "title", "addresses": "link"}),
    wanted=choice({
        "in the category news": ("category", "news"), "whose category is sport": ("category", "sport"),
            "in the category culture": ("category", "culture"), "in the category travel": ("category", "travel"),
            "published in 2024": ("year", "2024"),
        "from the year 2023": ("year", "2023"), "published in 2022": ("year", "2022"),
    }),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def feed_items_wanted(draw: Draw, p: Values) -> Pair:
    parts, found = [], []
    host, barren = names.domain(draw), draw.chance(0.15)
    for _ in range(draw.randint(2, 3)):
        item = {
            "title": banks.label(draw),
            "link": f"https://{host}{banks.path(draw)}",
            "category": draw.pick(("news", "sport", "culture", "travel")),
            "year": draw.pick(("2022", "2023", "2024")),
        }
        if draw.chance(0.4) and not barren:
            item[p.wanted[0]] = p.wanted[1]
        while barren and item[p.wanted[0]] == p.wanted[1]:
            item[p.wanted[0]] = draw.pick(
                ("news", "sport", "culture") if p.wanted[0] == "category" else ("2022", "2023", "2024")
            )
        day = f"{draw.randint(1, 28)} {draw.pick(('Feb', 'Apr', 'Aug', 'Dec'))} {item['year']}"
        parts.append(
            f"<item><title>{item['title']}</title><link>{item['link']}</link><category>{item['category']}</category><pubDate>{day}</pubDate></item>"
        )
        if item[p.wanted[0]] == p.wanted[1]:
            found.append(item[p.field])
    text = draw.pick(("\n", "\n", "")).join(parts)
    if draw.chance(0.33):
        text = f"<channel><title>{banks.label(draw)}</title>\n{text}\n</channel>"
    return text, p.separator.join(found) or p.none


_FIELDS = {"email": "email", "phone": "tel", "name": "text", "city": "text", "age": "number", "website": "url",
    "birthday": "date", "password": "password", "token": "hidden", "lang": "hidden", "terms": "checkbox",
           "newsletter": "checkbox", "zip": "text", "company": "text", "budget": "number",
               "source": "hidden"}  # fmt: skip


def _field_value(draw: Draw, name: str) -> str:
    """A value that fits the field of this name."""
    number = draw.randint(18, 90)
    made = {
        "email": names.email(draw), "phone": names.phone(draw), "name": names.first_name(draw), "city": draw.pick(("Leeds", "Porto", "Ghent")),
        "age": str(number), "website": f"https://{names.domain(draw)}", "birthday": f"19{number}-0{draw.randint(1, 9)}-{draw.randint(10, 28)}",
        "token": f"{number * 10**6 + draw.randint(1, 10**6):x}", "lang": draw.pick(("en", "de", "fr")), "terms": "yes", "newsletter": "1",
        "zip": f"{number}{draw.randint(100, 999)}", "company": f"{draw.pick(('Blue', 'North', 'Old'))} {words.noun(draw)}", "budget": f"{number}00",
    }  # fmt: skip
    return made.get(name) or words.noun(draw)


@area.family(
    "forms and buttons",
    "[list|give] the names (name attribute) of the form fields that are {wanted}, in their order, separated by "
    "{separator}; {none} if [there are none|no field is]",
    "Name attributes of the fields that are {wanted}, joined with {separator}, {none} if there are no such fields",
    "I fill in web forms [automatically|with a script] and must know beforehand which fields are {wanted}. Give "
    "me the value of the name attribute of each of these inputs, in the order of the form, with {separator} "
    "between the names, or {none} if the form has [no such field|none].",
    given="an HTML form",
    wanted=choice({
        "required": "required", "marked as required": "required", "not required": "optional",
            "optional (not marked as required)": "optional", "hidden": "hidden", "of type hidden": "hidden",
            "checkboxes": "checkbox", "disabled": "disabled",
        "marked as disabled": "disabled", "of type text": "text", "of type number": "number",
            "filled in beforehand (with a value attribute)": "value",
    }),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def form_fields_of_kind(draw: Draw, p: Values) -> Pair:
    chosen = draw.some(tuple(_FIELDS), 2, 5)
    if p.wanted in _FIELDS.values() and draw.chance(0.7):
        chosen = list(
            dict.fromkeys([*draw.some([n for n, t in _FIELDS.items() if t == p.wanted], 1, 2), *chosen[:3]])
        )
    parts, found = ["<form action=" + draw.pick(('"/send">', '"/join" method="post">', '"">'))], []
    quiet = draw.chance(0.15)
    for name in draw.mix(chosen):
        flags = {
            flag: draw.chance(0.4) and not (quiet and flag == p.wanted)
            for flag in ("required", "disabled", "value")
        }
        attributes: dict[str, str | None] = {"type": _FIELDS[name], "name": name}
        attributes.update({flag: None for flag in ("required", "disabled") if flags[flag]})
        if flags["value"]:
            attributes["value"] = _field_value(draw, name)
        label = (
            f"<label>{name.capitalize()}</label> " if draw.chance(0.4) and _FIELDS[name] != "hidden" else ""
        )
        parts.append(label + banks.element(draw, "input", attributes))
        if (
            flags.get(p.wanted)
            or _FIELDS[name] == p.wanted
            or (p.wanted == "optional" and not flags["required"])
        ):
            found.append(name)
    return draw.pick(("\n", "\n  ")).join(parts) + "\n</form>", p.separator.join(found) or p.none


@area.family(
    "forms and buttons",
    "[say|tell] what the button is for: {buy} for buying something, {account} for signing in or up, {search} for "
    "searching, {contact} for getting in touch with the people behind the site, {remove} for deleting something",
    "Button -> purpose. {buy}: purchase. {account}: log in or register. {search}: search. {contact}: contact "
    "somebody. {remove}: delete or remove.",
    "I test web pages with a script that has to choose the right button. From its HTML or text return {buy} if "
    "it belongs to a purchase, {account} if one signs in or registers with it, {search} if it starts a search, "
    "{contact} if one reaches the staff by it, and "
    "{remove} if it deletes or removes something.",
    given="a button of a web page",
    difficulty=1,
    labels=labels(
        buy=("buy", "purchase"),
        account=("account", "login"),
        search=("search", "find"),
        contact=("contact", "message"),
        remove=("delete", "remove"),
    ),
)
def purpose_of_page_button(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.BUTTONS))
    text = draw.pick(phrases.BUTTONS[kind]).format(n=draw.randint(5, 300))
    text = draw.pick((text, text, text, text.upper(), text.lower()))
    shape = draw.pick(
        (
            "{t}",
            "{t}",
            "<button>{t}</button>",
            '<button class="btn btn-{c}">{t}</button>',
            '<input type="submit" value="{t}">',
            '<a class="button {c}" href="#">{t}</a>',
            '<button id="b{n}"><span>{t}</span></button>',
        )
    )
    return shape.format(
        t=text, c=draw.pick(("primary", "blue", "large", "main")), n=draw.randint(1, 99)
    ), p.labels[kind]
