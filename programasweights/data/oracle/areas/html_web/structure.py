"""HTML and web: page structure, cookies and browsers."""

from programasweights.data.oracle.areas.html_web import _banks as banks
from programasweights.data.oracle.areas.html_web import _phrases as phrases
from programasweights.data.oracle.banks import dates, names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("HTML and web")

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@area.family(
    "page structure",
    "[extract|give] {what} from the head of the HTML page; [write|answer] {none} if it is missing",
    "From <head>: {what}. Missing: {none}",
    "For an SEO report [I go through|we check] hundreds of pages. Out of the head section, give {what}, as it is "
    "written [there|in the page], without quotation marks or tags. A page that lacks it gets {none}.",
    "[Look at|Take] the head of a page and return {what} ({none} if the page does not have [one|it])",
    given="the head of an HTML page",
    what=choice({
        "the text of the title element": "title", "the content of the title element": "title",
            "the meta description": "description", "the content of the meta tag description": "description",
            "the og:title": "og:title",
        "the address of the og:image": "og:image", "the author named in the meta tags": "author",
            "the content of the robots meta tag": "robots", "the canonical address": "canonical",
        "the target of the canonical link": "canonical", "the content of the viewport meta tag": "viewport",
            "the charset": "charset",
    }),
    none=missing(),
)  # fmt: skip
def meta_information_of_page(draw: Draw, p: Values) -> Pair:
    host = names.domain(draw)
    values = {
        "title": f"{banks.label(draw)} | {host}", "description": banks.line(draw), "og:title": banks.label(draw),
            "og:image": f"https://{host}/{banks.filename(draw, 'jpg', 'png')}",
        "author": names.full_name(draw).replace("'", "’"),
            "robots": draw.pick(("noindex, nofollow", "index, follow", "noindex", "nofollow", "noarchive")),
        "canonical": f"https://{host}{banks.path(draw)}",
            "viewport": draw.pick(("width=device-width, initial-scale=1", "width=device-width", "width=1024")),
        "charset": draw.pick(("utf-8", "UTF-8", "iso-8859-1", "windows-1252")),
    }  # fmt: skip
    kept = [name for name in draw.mix(tuple(values)) if not draw.chance(0.3 if name == p.what else 0.4)]
    made = []
    for name in kept:
        if name == "title":
            made.append(f"<title>{values[name]}</title>")
        elif name == "canonical":
            made.append(banks.element(draw, "link", {"rel": "canonical", "href": values[name]}))
        elif name == "charset":
            made.append(f'<meta charset="{values[name]}">')
        else:
            made.append(
                banks.element(
                    draw, "meta", {"property" if ":" in name else "name": name, "content": values[name]}
                )
            )
    return "\n".join(["<head>", *made, "</head>"]), values[p.what] if p.what in kept else p.none


@area.family(
    "page structure",
    "[list|write down] the headings of the page, {which}, one per line in their order, each with {mark} [before "
    "it|in front]; if there are none, {none}",
    "[Outline|Outline of the page]: {which}, one per line, {mark} in front of the text. No such heading: {none}",
    "To see how a page is built I want an outline of it with {which}. Every heading gets its own line, which "
    "starts with {mark} and goes on with the text of the heading. [Paragraphs are left out.|Leave paragraphs "
    "out.] When there is no such heading, write {none}.",
    given="the HTML of a page",
    which=choice({"h1 and h2 only": (1, 2), "h1, h2 and h3": (1, 2, 3), "h1 to h3": (1, 2, 3), "h2 only": (2,),
        "h2 and h3 only": (2, 3), "h3 only": (3,)}),
    mark=choice({
        "one # for each level and a space (h2: ##)": "{h} ", "as many # signs as the level and a space": "{h} ",
            "the level number, a full stop and a space (h2: 2.)": "{n}. ",
            "h, the level number, a colon and a space (h2:)": "h{n}: ",
        "a hyphen and a space": "- ", "one hyphen for each level and a space (h3: ---)": "{d} ",
            "the level number in brackets and a space, as in (2)": "({n}) ",
    }),
    none=missing(),
)  # fmt: skip
def outline_of_headings(draw: Draw, p: Values) -> Pair:
    levels = [1] * draw.pick((0, 1)) + [draw.pick((2, 2, 3)) for _ in range(draw.randint(1, 4))]
    if draw.chance(0.2):
        levels = [n for n in levels if n not in p.which] or [n for n in (1, 2, 3, 4) if n not in p.which][-1:]
    parts, found = [], []
    for level in levels:
        text = banks.label(draw)
        parts.append(banks.element(draw, f"h{level}", draw.pick(({}, {}, {"id": words.noun(draw)})), text))
        if draw.chance(0.5):
            parts.append(f"<p>{banks.line(draw)}</p>")
        if level in p.which:
            found.append(p.mark.format(h="#" * level, n=level, d="-" * level) + text)
    return draw.pick(("\n", "\n", "")).join(parts), "\n".join(found) or p.none


@area.family(
    "page structure",
    "[find|name] the tag that is opened but never closed in the HTML, {form}; {none} if [every tag is closed|all "
    "are closed]. Tags such as <br>, <hr> and <img> need no closing tag",
    "Unclosed tag in the snippet, {form}. br, hr, img [don't count|are fine]. All closed: {none}",
    "[My students|Our interns|Some authors] [type|write] HTML by hand and sometimes forget to close [a tag|an "
    "element]. At most one is left open. Tell me which, {form}, or {none} if the snippet is fine. Elements "
    "without content (<br>, <hr>, <img>) [have no closing tag anyway|never have a closing tag].",
    given="a piece of HTML",
    difficulty=3,
    form=choice(
        {
            "by its name alone": "{}",
            "just the name of the tag": "{}",
            "in angle brackets": "<{}>",
            "written as the missing closing tag": "</{}>",
            "as the closing tag that is missing": "</{}>",
        }
    ),
    none=missing(),
)
def tag_left_open(draw: Draw, p: Values) -> Pair:
    outer = draw.pick(("div", "section", "article", "ul", "main", "table"))
    inner = {"ul": ["li"], "table": ["td", "th"]}.get(outer, ["p", "h2", "blockquote", "h3"])
    within = draw.some(("b", "em", "span", "strong", "i", "code", "a"), 2)
    open_tag = draw.pick((None, outer, *inner[:1], within[0], within[0]))
    made = []
    for place in range(draw.randint(2, 3)):
        first = place == 0 and open_tag not in (None, outer)
        tag = open_tag if first and open_tag in inner else draw.pick(inner)
        small = open_tag if first and open_tag in within else draw.pick(within)
        text = banks.label(draw)
        if first or draw.chance(0.6):
            end = "" if first and small == open_tag else f"</{small}>"
            before, after = (
                draw.pick(("See", "New:", "Read", "Today")),
                draw.pick(("here", "now", "again", "<br>soon")),
            )
            text = f"{before} <{small}>{text}{end} {after}"
        made.append(f"<{tag}>{text}" + ("" if first and tag == open_tag else f"</{tag}>"))
    made = made if outer in ("ul", "table") else made + draw.pick(([], ["<hr>"], ['<img src="a.png">']))
    made = [f"<tr>{row}</tr>" for row in made] if outer == "table" else made
    text = (
        draw.pick(("\n", "\n  ", "")).join([f"<{outer}>", *made])
        + "\n"
        + ("" if open_tag == outer else f"</{outer}>")
    )
    return text.rstrip("\n"), p.form.format(open_tag) if open_tag else p.none


@area.family(
    "cookies and browsers",
    "[name|tell] the device behind the user agent: {bot} if it calls itself a bot, crawler or spider, {tablet} "
    "for an iPad or if it says Tablet, {phone} for an iPhone or if it says Mobile without being a tablet or bot, "
    "{desktop} for all the rest",
    "User agent -> {bot} (bot, crawler, spider), {tablet} (iPad, Tablet), {phone} (iPhone or Mobile), {desktop} "
    "(anything else). [First rule that fits, in this order.|The first that fits counts.]",
    "Our visitor statistics need one device for each user agent. Programs that call themselves bot, crawler or "
    "spider are {bot}, even when they pretend to be a phone. After that, iPad or Tablet means {tablet}; iPhone "
    "or Mobile means {phone}; everything else is {desktop}.",
    given="a user agent",
    difficulty=1,
    labels=labels(
        bot=("bot", "crawler"),
        tablet=("tablet", "pad"),
        phone=("phone", "mobile"),
        desktop=("desktop", "computer"),
    ),
)
def device_of_user_agent(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.AGENTS))
    text = draw.pick(phrases.AGENTS[kind]).format(
        v=f"{draw.randint(90, 128)}.0.{draw.randint(1000, 6999)}.{draw.randint(10, 199)}",
        m=draw.randint(12, 17),
    )
    return draw.pick(("", "", "User-Agent: ", "UA=")) + text, p.labels[kind]


@area.family(
    "cookies and browsers",
    "[give|extract] the {part} of the cookie that the Set-Cookie header sets; {none} if [the header does not "
    "say|it is not given]",
    "{part} from the Set-Cookie header; {none} [if absent|when not set]",
    "While [debugging|testing] logins I paste Set-Cookie headers and want to read off one thing: the {part} of "
    "the cookie. Copy it [as it is|unchanged]; write {none} if the header has no such thing.",
    given="a Set-Cookie header",
    difficulty=1,
    part=choice({
        "name": "name", "value": "value", "path": "Path", "Path attribute": "Path", "domain": "Domain",
            "Domain attribute": "Domain", "maximum age in seconds": "Max-Age", "Max-Age": "Max-Age",
            "SameSite setting": "SameSite", "expiry date": "Expires",
    }),
    none=missing(),
)  # fmt: skip
def part_of_set_cookie(draw: Draw, p: Values) -> Pair:
    name = draw.pick(
        ("session", "sid", "lang", "theme", "cart", "token", "visited", "PHPSESSID", "consent", "_ga")
    )
    value = draw.pick(
        (
            words.noun(draw),
            "".join(draw.pick("0123456789abcdef") for _ in range(draw.randint(6, 20))),
            str(draw.randint(1, 9999)),
            draw.pick(("en", "dark", "1")),
        )
    )
    day = dates.date(draw, 2024, 2030)
    shown = f"{'Mon Tue Wed Thu Fri Sat Sun'.split()[day.weekday()]}, {day.day:02} {_MONTHS[day.month - 1]} {day.year}"
    attributes = {
        "Path": draw.pick(("/", "/", banks.path(draw))), "Domain": names.domain(draw), "Max-Age": str(draw.pick((0,
            3600, 86400, 604800, 31536000, draw.randint(60, 9999)))),
        "SameSite": draw.pick(("Lax", "Strict", "None")),
            "Expires": f"{shown} {draw.randint(10, 23)}:00:00 GMT",
    }  # fmt: skip
    kept = {
        k: v for k, v in draw.mix(list(attributes.items())) if not draw.chance(0.3 if k == p.part else 0.4)
    }
    tail = [f"{k}={v}" for k, v in kept.items()] + draw.some(("Secure", "HttpOnly"), 0, 2)
    text = draw.pick(("Set-Cookie: ", "set-cookie: ", "")) + "; ".join([f"{name}={value}", *tail])
    return text, {"name": name, "value": value}.get(p.part) or kept.get(p.part) or p.none


@area.family(
    "cookies and browsers",
    "[sort|judge] the button of a cookie banner: {accept} if a click allows all cookies, {reject} if it allows "
    "only the necessary ones or none, {choose} if it opens a choice of settings, {read} if it only leads to more "
    "information",
    "Cookie banner button: {accept} = all cookies allowed, {reject} = refused or only necessary ones, {choose} = "
    "settings, {read} = just more to read. [In any wording.|]",
    "My browser extension clicks cookie banners away and has to know what a button does. Return {accept} when it "
    "agrees to all cookies, {reject} when it refuses all that are not necessary, {choose} when it opens the "
    "settings to pick single kinds, and {read} when it merely "
    "[shows|leads to] a text about cookies or privacy.",
    given="the button of a cookie banner",
    difficulty=1,
    labels=labels(
        accept=("accept", "allow"),
        reject=("reject", "refuse"),
        choose=("settings", "choose"),
        read=("info", "read"),
    ),
)
def cookie_banner_button(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.COOKIES))
    text = draw.pick(phrases.COOKIES[kind])
    text = draw.pick((text, text, text.upper(), text.lower()))
    shape = draw.pick(
        (
            "{}",
            "{}",
            "<button>{}</button>",
            '<button class="btn">{}</button>',
            '<a href="#" role="button">{}</a>',
            '<button id="cb-{n}" type="button">{}</button>',
            "[ {} ]",
            "{} →",
        )
    )
    return shape.format(text, n=draw.randint(1, 40)), p.labels[kind]
