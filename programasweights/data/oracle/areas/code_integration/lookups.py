"""Integration with code: plain words to HTTP requests, search queries and filters."""

import json

from programasweights.data.oracle.areas.code_integration._banks import plain_name
from programasweights.data.oracle.banks import noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice

__all__ = ["area"]

area = Area("Integration with code")

_THINGS = {
    "user": "users",
    "order": "orders",
    "product": "products",
    "invoice": "invoices",
    "comment": "comments",
    "ticket": "tickets",
}
_VERBS: dict[str, tuple[str, ...]] = {
    "get": ("show me {t} {i}", "get {t} {i}", "I want to see the {t} with the id {i}", "look up {t} {i}",
    "what is in {t} {i}?", "read {t} #{i}"),
    "list": ("list all {s}", "show all {s}", "give me every {t} you have", "all {s} please", "fetch the {s}",
    "which {s} are there?"),
    "new": ("create a new {t}", "add a {t}", "make a new {t}", "I'd like to set up another {t}",
    "register one more {t}", "new {t} please"),
    "change": ("change {t} {i}", "update {t} {i}", "edit the {t} with the id {i}", "modify {t} #{i}",
    "correct a mistake in {t} {i}", "{t} {i} needs an update"),
    "drop": ("delete {t} {i}", "remove {t} {i}", "get rid of {t} #{i}", "erase the {t} with the id {i}",
    "throw away {t} {i}", "{t} {i} can be deleted"),
}  # fmt: skip


@area.family(
    "requests and queries",
    "[write|give|build] the HTTP [request|call] for the wish as {form}: GET to read, POST to create, {update} to "
    "change, DELETE to remove. [Paths are|The path is] {base}/{{plural}} for all or a new one and "
    "{base}/{{plural}}/{{id}} for a single one, with the plural of the thing in small letters",
    "[REST call|HTTP call|API request] as {form}. Read GET, create POST, change {update}, remove DELETE. "
    "{base}/things for lists and new ones, {base}/things/ID for one thing (plural, lower case).",
    "[I test|We test] our web interface with requests in [plain English|plain words]. Each [becomes|is turned into] "
    "{form}. Things are read with GET, created with POST, changed with {update} and removed with DELETE. The path of "
    "a collection is {base}/ and the plural of the thing (users, orders ...); for one particular thing, a slash and "
    "its id follow. New things are posted to the collection.",
    given="a wish in plain English",
    form=choice({"method and path with a space between them": "{m} {p}", "method, colon, path (no spaces)": "{m}:{p}",
    "the path, a space and the method": "{p} {m}", "the method in lower case, a space and the path": "{l} {p}",
    "the path and, in round brackets after a space, the method": "{p} ({m})",
    "method and path with a comma and no space between them": "{m},{p}"}),
    update=choice("PUT", "PATCH"),
    base=choice("/api", "/v1", "/api/v2", "/rest", "/shop/api", "/backend", "/admin", "/v3/public"),
)  # fmt: skip
def wish_to_http_request(draw: Draw, p: Values) -> Pair:
    kind, thing, key = draw.pick(tuple(_VERBS)), draw.pick(tuple(_THINGS)), draw.randint(2, 9999)
    text = (
        draw.pick(_VERBS[kind])
        .format(t=thing, s=_THINGS[thing], i=key)
        .replace("a invoice", "an invoice")
        .replace("a order", "an order")
    )
    method = {"get": "GET", "list": "GET", "new": "POST", "change": p.update, "drop": "DELETE"}[kind]
    path = f"{p.base}/{_THINGS[thing]}" + ("" if kind in ("list", "new") else f"/{key}")
    return noise.untidy(draw, text), p.form.format(m=method, l=method.lower(), p=path)


@area.family(
    "requests and queries",
    "[turn|translate|rewrite] the [question|request] about our tickets [into|as] a search query with the terms "
    "{terms}, in this order and only those that are asked for, joined by {joint}. Possible states are open and "
    "closed, kinds bug, question and task; people's names in lower case",
    "[Search query|Ticket search|Query]: {terms} ([this order|in this order], [only what is asked|only those that "
    "are asked for]), joined by {joint}. State open/closed; kind bug/question/task; names in lower case.",
    "[Nobody here remembers|I never remember|Few of us know] the search language of our [ticket system|bug tracker], "
    "so [I want it from plain English|plain English must do]. The terms are {terms}; they come in this order, each "
    "only if the question asks for it, with {joint} between. State is open or closed, the kind is bug, question or "
    "task, and names of people are written in small letters.",
    given="a question about tickets",
    difficulty=3,
    terms=choice({
        "state:X, kind:X, by:NAME": ("state:{}", "kind:{}", "by:{}"),
        "is:X (state), type:X (kind), author:NAME": ("is:{}", "type:{}", "author:{}"),
        "status=X, type=X, reporter=NAME": ("status={}", "type={}", "reporter={}"),
        "s=X (state), k=X (kind), u=NAME": ("s={}", "k={}", "u={}"),
        "@state(X), @kind(X), @by(NAME)": ("@state({})", "@kind({})", "@by({})"),
        "state X, kind X, from NAME (each pair with a space inside)": ("state {}", "kind {}", "from {}"),
    }),
    joint=choice({"single spaces": " ", "a plus sign without spaces": "+", "AND with a space on either side": " AND ",
    "&& with a space on either side": " && ", "a semicolon without spaces": ";", "a comma and a space": ", "}),
)  # fmt: skip
def ticket_question_to_query(draw: Draw, p: Values) -> Pair:
    state, kind, name = (
        draw.pick(("open", "closed")),
        draw.pick(("bug", "question", "task")),
        plain_name(draw),
    )
    wanted = sorted(draw.sample(range(3), draw.randint(1, 3)))
    thing = words.plural(kind) if 1 in wanted else draw.pick(("tickets", "everything", "tickets"))
    adjective = (
        draw.pick(
            {
                "open": ("open ", "open ", "not yet closed "),
                "closed": ("closed ", "closed ", "already closed "),
            }[state]
        )
        if 0 in wanted
        else ""
    )
    adjective = "" if thing == "everything" else adjective
    wanted = [n for n in wanted if n != 0 or adjective] or [2]
    by = (
        draw.pick((" by {}", " from {}", " that {} wrote", " reported by {}")).format(name)
        if 2 in wanted
        else ""
    )
    text = draw.pick(
        (
            "show me all {}",
            "{}",
            "which {} are there?",
            "I want to see {}",
            "find {}",
            "list the {}",
            "are there any {}?",
        )
    ).format(f"{adjective}{thing}{by}")
    text = (
        text.replace("the everything", "everything")
        .replace("all everything", "everything")
        .replace("which everything", "what")
    )
    values = (state, kind, name.lower())
    return text.replace("any everything", "anything").replace("what by", "what tickets by"), p.joint.join(
        p.terms[n].format(values[n]) for n in wanted
    )


_OPERATORS = {
    "lt, lte, gt, gte, eq and ne": ("lt", "lte", "gt", "gte", "eq", "ne"),
    "<, <=, >, >=, == and !=": ("<", "<=", ">", ">=", "==", "!="),
    "$lt, $lte, $gt, $gte, $eq and $ne": ("$lt", "$lte", "$gt", "$gte", "$eq", "$ne"),
    "below, max, above, min, is and not": ("below", "max", "above", "min", "is", "not"),
}
_MEASURES = ("price", "weight", "stock", "rating", "size", "age", "length", "score")
_LIMITS = (
    ("{f} under {n}", 0),
    ("{f} below {n}", 0),
    ("{f} less than {n}", 0),
    ("{f} of at most {n}", 1),
    ("{f} no more than {n}", 1),
    ("{f} up to and including {n}", 1),
    ("{f} over {n}", 2),
    ("{f} above {n}", 2),
    ("{f} greater than {n}", 2),
    ("{f} of at least {n}", 3),
    ("{f} {n} or more", 3),
    ("{f} no less than {n}", 3),
    ("{f} exactly {n}", 4),
    ("{f} equal to {n}", 4),
    ("{f} other than {n}", 5),
    ("{f} not {n}", 5),
)


@area.family(
    "requests and queries",
    "[write|give|express] the [filter|condition] as JSON with the keys {keys} for field, operator and value. "
    "Operators are {ops} for less, at most, more, at least, equal and not equal; the value is a number. [One line, a "
    "space after each colon and comma.|One line; put a space after colons and commas.]",
    "[Filter in words|Condition in words|Search words] -> one line of JSON, keys {keys} (field, operator, value as a "
    "number), spaces after colons and commas. Operators for less / at most / more / at least / equal / unequal: "
    "{ops}.",
    "[Visitors|Customers|Users] of our [shop|site|catalogue] [type|say] what they look for, and the "
    "[interface|search] needs a filter object. It has the keys {keys}, which hold the field, the operator and the "
    "number. The operators are called {ops}, for less than, at most, more than, at least, equal to and different "
    "from, in this order. Output the object on one line with a space after every colon and comma.",
    given="a filter in words",
    keys=choice({'"field", "op" and "value"': ("field", "op", "value"), '"column", "operator" and "value"': ("column",
    "operator", "value"), '"f", "o" and "v"': ("f", "o", "v"), '"key", "test" and "limit"': ("key", "test", "limit"),
    '"attribute", "cmp" and "number"': ("attribute", "cmp", "number")}),
    ops=choice(_OPERATORS),
)  # fmt: skip
def filter_words_to_json(draw: Draw, p: Values) -> Pair:
    field, value = (
        draw.pick(_MEASURES),
        draw.pick((draw.randint(1, 10), draw.randint(5, 500), draw.randrange(100, 5000, 100))),
    )
    phrase, operator = draw.pick(_LIMITS)
    form = draw.pick(
        (
            "{}",
            "only {}",
            "show items with {}",
            "articles with {} please",
            "I want {}",
            "filter: {}",
            "everything with a {}",
        )
    )
    text = form.format(phrase.format(f=field, n=value)).replace("a age", "an age")
    made = dict(zip(p.keys, (field, p.ops[operator], value), strict=True))
    return text, json.dumps(made)
