"""HTML and web: text, links, images, entities."""

from programasweights.data.oracle.areas.html_web import _banks as banks
from programasweights.data.oracle.banks import names, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, separator

__all__ = ["area"]

area = Area("HTML and web")


_COUPLES = (
    "Fish/Chips", "Salt/Pepper", "Bed/Breakfast", "Food/Drink", "Terms/Conditions", "Tips/Tricks", "Arts/Crafts", "Home/Garden",
    "Questions/Answers", "Hair/Beauty", "Health/Safety", "Sales/Service", "News/Events", "Parts/Labour",
)  # fmt: skip


def _joined(draw: Draw, parts: list[str]) -> str:
    return draw.pick(("", "\n", "\n", "\n  ")).join(parts)


@area.family(
    "text in markup",
    "[extract|give] the text of the first {tag} element of the HTML, without the tags inside it; if there is no "
    "such element, [write|answer] {none}",
    "Text inside the first <{tag}> [of the snippet|in there], inner tags stripped. No <{tag}>: {none}",
    "I [scrape|crawl] small company sites and store one text per page, namely what stands in the first {tag} "
    "element. Inner tags such as <b> or <span> [must go|have to disappear], their text stays. "
    "When a page has no {tag} element, store {none}.",
    given="a piece of HTML",
    tag=choice("h1", "h2", "title", "button", "p", "li", "blockquote", "figcaption", "summary", "label"),
    none=missing(),
)
def text_of_first_element(draw: Draw, p: Values) -> Pair:
    parts, answer = [], None
    tags = ["h1", "h2", "title", "button", "p", "li", "blockquote", "figcaption", "summary", "label", "div"]
    for tag in draw.some([t for t in tags if t != p.tag], 2, 4) + [p.tag] * draw.pick((0, 1, 1, 1, 2, 2)):
        parts.append(tag)
    made = []
    for tag in draw.mix(parts):
        text = banks.line(draw) if tag in ("p", "blockquote", "div", "li") else banks.label(draw)
        if tag == p.tag and answer is None:
            answer = text
        first, _, rest = text.partition(" ")
        if rest and draw.chance(0.35):
            text = draw.pick(
                ("<b>{}</b> {}", "<em>{}</em> {}", "<span class='x'>{}</span> {}", "{} <i>{}</i>")
            ).format(first, rest)
        made.append(
            banks.element(
                draw, tag, draw.pick(({}, {}, {"class": words.noun(draw)}, {"id": words.noun(draw)})), text
            )
        )
    return _joined(draw, made), answer or p.none


@area.family(
    "text in markup",
    "[remove|strip|delete] all [tags|markup] from the HTML and decode its entities; [put|write] {gap} for every "
    "<br>, and of [links|every link] keep {links}",
    "HTML to plain text: tags out, entities decoded, <br> becomes {gap}, of a link keep {links}. [Leave the rest "
    "alone.|No other change.|]",
    "We [send|publish] a newsletter also as plain text. [Strip|Remove] the tags from a paragraph, turn "
    "entities like &amp; into the characters they stand for, replace each <br> by {gap}, and for a link write "
    "{links}. "
    "[The words themselves stay as they are.|Do not change the words.|The wording stays.]",
    given="a paragraph of HTML",
    gap=choice({"a space": " ", "a line break": "\n", "a slash with spaces around it": " / ",
        "a comma and a space": ", ", "a vertical bar": "|", "a semicolon and a space": "; "}),
    links=choice({
        "only the text": "{t}", "just the link text": "{t}",
            "the text followed by the address in round brackets": "{t} ({u})",
        "the text and after it the address in square brackets": "{t} [{u}]", "only the address": "{u}",
            "the text, then a colon, a space and the address": "{t}: {u}",
    }),
)  # fmt: skip
def plain_text_of_markup(draw: Draw, p: Values) -> Pair:
    shown, plain = [], []
    for _ in range(draw.randint(1, 3)):
        kind = draw.randrange(4)
        if kind == 0:
            text, target = banks.label(draw), draw.pick(("https://" + banks.host(draw), banks.path(draw)))
            shown.append(banks.link(draw, target, text))
            plain.append(p.links.format(t=text, u=target))
        elif kind == 1:
            one, two = draw.pick(_COUPLES).split("/")
            shown.append(f"<strong>{one} &amp; {two}</strong>")
            plain.append(f"{one} & {two}")
        else:
            text = banks.line(draw)
            first, _, rest = text.partition(" ")
            shown.append(
                draw.pick(
                    ("{} <em>{}</em>", "<b>{}</b> {}", "{} {}", '<span class="note">{} {}</span>')
                ).format(first, rest)
            )
            plain.append(f"{first} {rest}")
    wrap = draw.pick(("<p>{}</p>", '<div class="box">{}</div>', "{}", "<p id=intro>{}</p>"))
    return wrap.format(draw.pick(("<br>", "<br>", "<br/>")).join(shown)), p.gap.join(plain)


@area.family(
    "links and images",
    "[list|collect] the link targets in the HTML that {wanted}, exactly as in the href attributes, in their "
    "order, separated by {separator}; [if there are none|no such link]: {none}",
    "[All href values|Link targets|Every href] that {wanted}, [in document order|in order], joined with "
    "{separator} ({none} if [there is no such link|nothing fits])",
    "For a [link check|site audit] I take the HTML of a page and need the addresses of all links that {wanted}. "
    "Copy the href values unchanged, keep the order, write {separator} between them. "
    "If no link qualifies, write {none}. [The text of the links does not matter.|]",
    given="a piece of HTML",
    wanted=choice({
        "start with http:// or https://": "web", "are full web addresses (http or https)": "web",
            "begin with a slash": "relative", "start with a slash": "relative",
        "are mail addresses (mailto:)": "mail", "lead to PDF files": "pdf", "end in .pdf": "pdf",
            "are telephone numbers (tel:)": "tel", "jump to a place on the same page (start with #)": "anchor",
    }),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def link_targets_of_kind(draw: Draw, p: Values) -> Pair:
    found, parts = [], []
    others = draw.some(["web", "relative", "mail", "pdf", "tel", "anchor"], 1, 3)
    for kind in draw.mix([k for k in others if k != p.wanted] + [p.wanted] * draw.pick((0, 1, 2, 2, 3))):
        target = {
            "web": f"{draw.pick(('https', 'http'))}://{banks.host(draw)}{draw.pick(('', '/', banks.path(draw)))}",
                "relative": banks.path(draw),
            "mail": f"mailto:{names.email(draw)}", "pdf": f"files/{banks.filename(draw, 'pdf')}",
                "tel": f"tel:+49{draw.randint(10**8, 10**9)}",
            "anchor": f"#{words.noun(draw)}",
        }[kind]  # fmt: skip
        found += [target] if kind == p.wanted else []
        parts.append(banks.link(draw, target, banks.label(draw)))
        if draw.chance(0.2):
            parts.append(f"<p>{banks.line(draw)}</p>")
    parts = parts or [f"<p>{banks.line(draw)}</p>"]
    return _joined(draw, parts), p.separator.join(found) or p.none


@area.family(
    "links and images",
    "[list|name] the src of every image that has {lack}, in the order of the HTML, separated by {separator}; "
    "{none} if [all images are fine|there is no such image]",
    "[Images|All images|Each image] with {lack} -> their src values, [document order|in order], joined with "
    "{separator}. None: {none}",
    "[Our pages are|Every new page is] checked for images with {lack}. [Return|Give] the src of each of "
    "these images as it is written, in page order and with {separator} between two of them, or "
    "{none} when no image is concerned.",
    given="a piece of HTML",
    lack=choice({
        "no alt attribute": ("absent",), "no alt attribute at all": ("absent",), "an empty alt text": ("empty",),
            "alt text that is empty": ("empty",),
        "no alt attribute or an empty one": ("absent", "empty"), "a missing or empty alt attribute": ("absent",
            "empty"), "no width attribute": ("width",),
    }),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def images_lacking_something(draw: Draw, p: Values) -> Pair:
    found, parts = [], []
    clean = draw.chance(0.2)
    for _ in range(draw.randint(1, 4)):
        state = draw.pick(("full", "absent", "empty"))
        wide = draw.chance(0.5)
        if clean:
            state, wide = ("empty", True) if p.lack == ("width",) else ("full", draw.chance(0.5))
        source = draw.pick(("", "", "/img/", "assets/")) + banks.filename(
            draw, "jpg", "png", "webp", "gif", "svg"
        )
        attributes = {"src": source}
        if state != "absent":
            attributes["alt"] = banks.label(draw) if state == "full" else ""
        if wide:
            attributes["width"] = str(draw.randrange(80, 900, 20))
        parts.append(banks.element(draw, "img", attributes))
        if state in p.lack or (p.lack == ("width",) and not wide):
            found.append(source)
        if draw.chance(0.3):
            parts.append(f"<p>{banks.line(draw)}</p>")
    return _joined(draw, parts), p.separator.join(found) or p.none


_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&eacute;": "é", "&uuml;": "ü", "&euro;": "€",
    "&copy;": "©", "&ouml;": "ö", "&ndash;": "–",
          "&pound;": "£", "&deg;": "°", "&times;": "×", "&hellip;": "…"}  # fmt: skip
_NUMERIC = {
    "&#38;": "&",
    "&#39;": "'",
    "&#8364;": "€",
    "&#169;": "©",
    "&#233;": "é",
    "&#x27;": "'",
    "&#34;": '"',
    "&#252;": "ü",
    "&#60;": "<",
    "&#62;": ">",
    "&#8211;": "–",
}
_HOLDERS = ("{w}{e}{n}", "{w} {e} {n}", "{e}{w}", "price {n}{e}", "{w} {e}", "({e}{n})", "{e} {w} {e}")


@area.family(
    "entities and escaping",
    "[decode|unescape] {scope} and leave everything else in the text as it is; if there is nothing to decode, "
    "[answer|write] {none}",
    "Turn {scope} into the characters they stand for. [All other text stays.|The rest stays.] Nothing to do: "
    "{none}",
    "Titles in our [feed|database] [come|arrive] with entities in them. Decode {scope}, keep every other "
    "character, entities of another sort included, and [return|give me] the resulting line. If the line "
    "contains none of them, return {none} instead.",
    given="a line from a feed",
    scope=choice({
        "all HTML entities": "both", "every HTML entity": "both", "only the numeric entities (&#...;)": "numeric",
            "the numeric entities such as &#39; but no others": "numeric",
        "only the named entities such as &eacute;": "named",
            "the entities with a name, not the numeric ones": "named",
    }),
    none=missing(),
)  # fmt: skip
def entities_decoded(draw: Draw, p: Values) -> Pair:
    shown, plain, changed = [], [], False
    for _ in range(draw.randint(1, 4)):
        if draw.chance(0.3):
            text = banks.label(draw)
            shown.append(text)
            plain.append(text)
            continue
        kind = draw.pick(("named", "numeric"))
        entity, char = draw.pick(tuple((_NAMED if kind == "named" else _NUMERIC).items()))
        holder, word, number = draw.pick(_HOLDERS), words.noun(draw), draw.randint(2, 99)
        wanted = p.scope in ("both", kind)
        changed = changed or wanted
        shown.append(holder.format(e=entity, w=word, n=number))
        plain.append(holder.format(e=char if wanted else entity, w=word, n=number))
    return " ".join(shown), " ".join(plain) if changed else p.none


_CODES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}


@area.family(
    "entities and escaping",
    "escape the text for HTML: replace {chars} by {form} and [change nothing else|leave all else alone]",
    "[Text -> HTML-safe text.|HTML escaping.] {chars}: write as {form}. [Everything else unchanged.|Other "
    "characters: unchanged.|Leave the rest.]",
    "[Users|Customers|Readers] of my site type comments with all kinds of characters, and I show them on a page. "
    "To be safe, replace {chars} by {form}; [the rest of the comment must not change|no other character may "
    "change]. "
    "[Return the escaped comment.|Give me the comment after that.|What I want back is the escaped comment.]",
    "make this [safe to put into a page|ready for an HTML page]: {chars} become {form}, [all other characters "
    "are kept|all others are copied]",
    given="a comment from a form",
    difficulty=3,
    chars=choice({
        "&, < and >": "&<>", "ampersands and angle brackets": "&<>", "only < and >": "<>", "angle brackets": "<>",
            "&, <, > and double quotes": '&<>"',
        "ampersands, angle brackets, single and double quotes": "&<>\"'", "only double quotes": '"',
            "single and double quotes": "\"'", "only ampersands": "&", "& and <": "&<",
    }),
    form=choice({
        "named entities (&amp; &lt; &gt; &quot; &apos;)": "named", "their named entities": "named",
            "decimal entities (&#38; &#60; &#62; &#34; &#39;)": "decimal",
        "numeric entities such as &#38;": "decimal",
            "hexadecimal entities (&#x26; &#x3C; &#x3E; &#x22; &#x27;)": "hex",
    }),
)  # fmt: skip
def text_escaped_for_page(draw: Draw, p: Values) -> Pair:
    word, more, n = words.noun(draw), draw.pick(words.ADJECTIVES), draw.randint(2, 40)
    bits = (f"{word} & {more}", f"<b>{word}</b>", f'the "{more}" {word}', f"it's {more}", f"{n} < {n + 7}",
        f"{n + 9} > {n}", "<3", f"{names.first_name(draw)}'s {word}", "Q&A", f'say "{word}"',
            "a & b", "<script>", f"{word} >> {n}", f"R&D {word}", f'{n}" screen', f"x<{n} && y>{n}")  # fmt: skip
    while True:
        text = " ".join(draw.mix(draw.some(bits, 1, 3) + [prose.chat(draw)] * draw.pick((0, 1))))
        if set(text) & set(p.chars) or draw.chance(0.05):
            break
    forms = {
        "named": lambda c: f"&{_CODES[c]};",
        "decimal": lambda c: f"&#{ord(c)};",
        "hex": lambda c: f"&#x{ord(c):X};",
    }
    return text, "".join(forms[p.form](c) if c in p.chars else c for c in text)
