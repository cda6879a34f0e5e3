"""HTML and web: web addresses, HTTP and logs."""

import re
import unicodedata

from programasweights.data.oracle.areas.html_web import _banks as banks
from programasweights.data.oracle.areas.html_web import _phrases as phrases
from programasweights.data.oracle.banks import names, noise, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number

__all__ = ["area"]

area = Area("HTML and web")


@area.family(
    "web addresses",
    "[extract|give|return] the {part} of the URL; [write|answer] {none} if it has none",
    "{part} from a URL[, nothing added|], {none} if absent",
    "I [analyse|group] the links that visitors share, and for each URL I need its {part}, exactly as it stands "
    "there. [When the URL lacks it|If it is not there], put {none}.",
    "[Take|Get] the {part} out of a web address. [Leave its letters as they are.|Do not change the spelling.] "
    "Missing: {none}.",
    given="a URL",
    difficulty=1,
    part=choice({
        "scheme": "scheme", "protocol (the part before ://)": "scheme", "host name without the port": "host",
            "host (without the port)": "host", "port number": "port", "query string without the question mark": "query",
        "fragment (the part after #)": "fragment", "name of the file at the end, with its extension": "file",
            "file extension without the dot": "extension",
        "top-level domain (last part of the host, without a dot)": "tld", "first part of the path": "first",
            "subdomain (what stands before the first dot of the host)": "sub",
    }),
    none=missing(),
)  # fmt: skip
def part_of_url(draw: Draw, p: Values) -> Pair:
    domain = draw.pick(
        [d for d in (names.domain(draw) for _ in range(6)) if d.count(".") == 1] or ["example.com"]
    )
    sub = draw.pick(("www", "shop", "blog", "api", "m"))
    parts = {
        "scheme": draw.pick(("https", "https", "http", "ftp")),
        "host": f"{sub}.{domain}",
        "sub": sub,
        "tld": domain.split(".")[-1],
    }
    kept = {
        name: not draw.chance(0.3 if p.part in (name, *also) else 0.4)
        for name, *also in (("port",), ("query",), ("fragment",), ("file", "extension"), ("path", "first"))
    }
    folder = f"/{words.noun(draw)}/{draw.pick(words.ADJECTIVES)}-{words.noun(draw)}" if kept["path"] else ""
    file = banks.filename(draw, "html", "php", "pdf", "jpg", "zip") if kept["file"] else ""
    parts.update(port=str(draw.choice((80, 8080, 443, 3000, 8443, 5000))) if kept["port"] else "",
        fragment=words.noun(draw) if kept["fragment"] else "", file=file,
                 query=f"{draw.pick(('id', 'page', 'q'))}={draw.pick((words.noun(draw), str(draw.randint(1, 99))))}" if kept["query"] else "",
                 extension=file.rpartition(".")[2], first=folder.split("/")[1] if folder else file)  # fmt: skip
    text = (
        f"{parts['scheme']}://{parts['host']}"
        + (f":{parts['port']}" if parts["port"] else "")
        + (f"{folder}/{file}" if file else folder)
    )
    text += (f"?{parts['query']}" if parts["query"] else "") + (
        f"#{parts['fragment']}" if parts["fragment"] else ""
    )
    return text, parts[p.part] or p.none


_PARAMETERS = (
    "q",
    "page",
    "lang",
    "sort",
    "ref",
    "id",
    "color",
    "city",
    "utm_source",
    "utm_campaign",
    "utm_medium",
    "fbclid",
    "gclid",
)


def _query(draw: Draw, wanted: tuple[str, ...], share: float) -> list[tuple[str, str]]:
    found = [name for name in _PARAMETERS if draw.chance(share if name in wanted else 0.25)]
    values = {"page": str(draw.randint(2, 90)), "lang": draw.pick(("en", "de", "fr", "es")),
        "sort": draw.pick(("price", "name", "newest")), "id": str(draw.randint(100, 99999)),
              "utm_source": draw.pick(("newsletter", "facebook", "google")), "utm_medium": draw.pick(("email",
                  "cpc", "social")),
                  "utm_campaign": f"{draw.pick(('spring', 'sale', 'launch'))}{draw.randint(20, 25)}"}  # fmt: skip
    return [
        (
            name,
            values.get(name)
            or draw.pick((words.noun(draw), f"{draw.pick(words.ADJECTIVES)} {words.noun(draw)}")),
        )
        for name in draw.mix(found)
    ]


@area.family(
    "web addresses",
    "[give|return] the value of the parameter {name} in the URL, decoded (%20 and + are spaces); if the URL has "
    "no such parameter, {none}",
    "Value of {name} in the query string[, URL-decoded|, with %20 and + turned into spaces]; {none} if it is not "
    "there",
    "In our access statistics I want to see what the parameter {name} was set to. Take it from the URL and "
    "decode it, so that both %20 and + become a space. If the parameter is missing, [return|report] {none}; "
    "[other parameters and the rest of the URL do not matter|nothing else in the URL matters].",
    given="a URL with a query",
    name=choice("q", "page", "lang", "sort", "ref", "id", "color", "city", "utm_source", "utm_campaign"),
    none=missing(),
)
def query_parameter_value(draw: Draw, p: Values) -> Pair:
    pairs = _query(draw, (p.name,), 0.75)
    space = draw.pick(("%20", "+"))
    query = "&".join(f"{name}={value.replace(' ', space)}" for name, value in pairs)
    text = f"https://{banks.host(draw)}{banks.path(draw)}" + (f"?{query}" if query else "")
    return text + draw.pick(("", "", f"#{p.name}", "#top")), dict(pairs).get(p.name, p.none)


@area.family(
    "web addresses",
    "[remove|strip|cut] {what} from the [URL|link|address] and {end}; [keep everything else, in the same "
    "order|all other parameters stay in their order], and no question mark if nothing is left after it",
    "[Clean|Tidy|Shorten] the URL: drop {what}, {end}. [Other parameters stay.|Keep the remaining "
    "parameters.|The rest stays.] No ? at the end if no parameter is left.",
    "[Readers|Colleagues|Customers] paste links full of [tracking stuff|clutter] into our [wiki|forum|tickets]. "
    "Return the link after removing {what}; {end}. What remains must stay as it is, and when no parameter remains the "
    "question mark [goes too|has to go as well].",
    given="a link",
    what=choice({
        "all parameters that start with utm_": ("utm_",), "the utm_ parameters": ("utm_",),
            "fbclid and gclid": ("fbclid", "gclid"), "the click ids fbclid and gclid": ("fbclid", "gclid"),
        "the utm_ parameters as well as fbclid and gclid": ("utm_", "fbclid", "gclid"),
            "the parameters ref, fbclid and gclid": ("ref", "fbclid", "gclid"), "every parameter": ("",),
            "the whole query": ("",),
        "the parameters id and ref": ("id", "ref"), "sort and page": ("sort", "page"),
            "the parameters lang and utm_source": ("lang", "utm_source"), "gclid and all utm_ parameters": ("gclid",
            "utm_"),
    }),
    end=choice({"leave a # part at the end as it is": True, "keep the # part if there is one": True,
        "drop a # part, too": False, "cut off everything from # on": False}),
)  # fmt: skip
def link_without_tracking(draw: Draw, p: Values) -> Pair:
    base = f"https://{banks.host(draw)}{banks.path(draw)}"
    pairs = [
        (n, v.replace(" ", "+"))
        for n, v in _query(draw, tuple(n for n in _PARAMETERS if n.startswith(p.what)), 0.6)
    ]
    mark = draw.pick(("", "#top", f"#{words.noun(draw)}"))
    kept = [(n, v) for n, v in pairs if not n.startswith(p.what)]
    urls = [base + ("?" if some else "") + "&".join(f"{n}={v}" for n, v in some) for some in (pairs, kept)]
    return urls[0] + mark, urls[1] + (mark if p.end else "")


@area.family(
    "web addresses",
    "[make|build|derive|create] a slug from the title: lower case, accents removed (é becomes e), at most the "
    "first {limit} words, joined by {join}; apostrophes vanish, any other character that is no letter or digit "
    "divides words",
    "[Title -> slug.|Slug for a title.|Turn titles into slugs.] [First {limit} words|Only the first {limit} "
    "words|No more than {limit} words], lower case, no accents, {join} between words; drop apostrophes; other "
    "signs separate words.",
    "I need [page names|addresses|file names] for the [posts of my blog|pages of our club|news on our site]. "
    "Write the title in small letters without accents, leave out apostrophes, take every other sign that is "
    "neither letter nor digit as a gap, keep no more than {limit} words, and put "
    "{join} between them, but not at the start or the end.",
    given="a title",
    limit=number(3, 8),
    join=choice(
        {
            "a hyphen": "-",
            "hyphens": "-",
            "an underscore": "_",
            "underscores": "_",
            "a dot": ".",
            "a plus sign": "+",
            "a tilde": "~",
        }
    ),
)
def slug_of_title(draw: Draw, p: Values) -> Pair:
    while True:
        text = draw.pick((prose.headline, prose.headline, prose.statement, prose.question))(draw)
        text = draw.pick(
            (
                text,
                text,
                f"{text} (part {draw.randint(2, 9)})",
                f"{names.first_name(draw)}'s {words.noun(draw)}: {text}",
                f"Café {names.last_name(draw)} – {text}",
            )
        )
        plain = "".join(
            c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
        ).replace("–", "-")
        if plain.isascii() or set(plain) <= {c for c in plain if c.isascii() or not c.isalpha()}:
            break
    plain = plain.replace("'", "").replace("’", "")
    return text, p.join.join(re.findall(r"[a-z0-9]+", plain.lower())[: p.limit])


_METHODS = ("GET", "GET", "GET", "POST", "HEAD", "PUT", "DELETE")
_STATUS = {
    "ok": (200, 201, 204, 206),
    "moved": (301, 302, 304, 307, 308),
    "client": (400, 401, 403, 404, 405, 410, 429),
    "server": (500, 501, 502, 503, 504),
}


def _agent(draw: Draw) -> str:
    return draw.pick(phrases.AGENTS[draw.pick(tuple(phrases.AGENTS))]).format(
        v=draw.randint(90, 128), m=draw.randint(12, 17)
    )


@area.family(
    "http and logs",
    "[extract|give] the {field} from the log line of a web server; a field that is just a hyphen counts as "
    "missing: {none}",
    "{field} of the access log entry, as written; {none} [if the entry has a hyphen there|for a hyphen]",
    "I am [grepping through|reading] the access log of our web server (IP address, user, time, request, status, "
    "size, referer, user agent). Return the {field} of the line without quotation marks or brackets around it. "
    "Where the server wrote only a hyphen, return {none}.",
    given="a line of an access log",
    field=choice({
        "client IP address": "ip", "IP address": "ip", "name of the user": "user", "time stamp": "time",
            "HTTP method": "method",
            "requested path (with the query, if any)": "path", "status code": "status",
        "size of the answer in bytes": "size", "referer": "referer", "referring page": "referer",
            "user agent": "agent",
    }),
    none=missing(),
)  # fmt: skip
def access_log_field(draw: Draw, p: Values) -> Pair:
    month = draw.pick(("Jan", "Mar", "May", "Jul", "Sep", "Nov"))
    row = {
        "ip": ".".join(str(draw.randint(1, 254)) for _ in range(4)), "user": names.username(draw),
        "time": f"{draw.randint(1, 28):02}/{month}/{draw.randint(2018, 2025)}:{draw.randint(0, 23):02}:{draw.randint(0, 59):02}:{draw.randint(0, 59):02} +0{draw.randint(0, 2)}00",
        "method": draw.pick(_METHODS), "path": draw.pick(("/", banks.path(draw),
            f"{banks.path(draw)}?id={draw.randint(2, 99)}", f"/static/{banks.filename(draw, 'css', 'js', 'png')}")),
        "status": str(draw.pick(sum(_STATUS.values(), ()))), "size": str(draw.randint(120, 99999)),
            "referer": f"https://{banks.host(draw)}/", "agent": _agent(draw),
    }  # fmt: skip
    shares = {"user": 0.75, "size": 0.15, "referer": 0.4, "agent": 0.1}
    for name, share in shares.items():
        if draw.chance(0.3 if name == p.field else share):
            row[name] = "-"
    text = '{ip} - {user} [{time}] "{method} {path} HTTP/1.1" {status} {size} "{referer}" "{agent}"'.format(
        **row
    )
    return text, row[p.field] if row[p.field] != "-" else p.none


@area.family(
    "http and logs",
    "[say|tell] how the request ended, by its HTTP status: {ok} for 2xx (success), {moved} for 3xx (redirect or "
    "not modified), {client} for 4xx (fault of the request), {server} for 5xx (fault of the server)",
    "Status code in the message: 2xx {ok}, 3xx {moved}, 4xx {client}, 5xx {server}. [Other numbers are "
    "noise.|Ignore all other numbers.]",
    "Our [monitoring|alert channel] gets messages of many programs that all mention one HTTP status. If the "
    "status means success (200 to 299), answer {ok}; for redirects and the like (300 to 399), {moved}; when the "
    "client did something wrong (400 to 499), "
    "{client}; when the server failed (500 to 599), {server}. Ports, sizes and times are [no|not] status codes.",
    given="a log message",
    labels=labels(
        ok=("success", "ok"),
        moved=("redirect", "moved"),
        client=("client error", "bad request"),
        server=("server error", "outage"),
    ),
)
def outcome_by_http_status(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_STATUS))
    status, path, other = draw.pick(_STATUS[kind]), banks.path(draw), draw.randint(200, 599)
    text = draw.pick(phrases.HTTP_LINES).format(
        s=status, p=path, h=names.domain(draw), m=draw.pick(_METHODS), n=other, k=draw.randint(2, 9)
    )
    return noise.untidy(draw, text), p.labels[kind]
