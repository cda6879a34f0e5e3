"""Integration with code: SQL statements, and what HTTP answers ask for."""

import re

from programasweights.data.oracle.banks import noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Integration with code")

_STATUS = {
    "good": ((200, "OK"), (201, "Created"), (202, "Accepted"), (204, "No Content")), "moved": ((301,
    "Moved Permanently"), (302, "Found"), (307, "Temporary Redirect"), (308, "Permanent Redirect")), "login": ((401,
    "Unauthorized"), (403, "Forbidden")),
    "mine": ((400, "Bad Request"), (404, "Not Found"), (405, "Method Not Allowed"), (409, "Conflict"), (422,
    "Unprocessable Entity")), "again": ((429, "Too Many Requests"), (500, "Internal Server Error"), (502,
    "Bad Gateway"), (503, "Service Unavailable"), (504, "Gateway Timeout")),
}  # fmt: skip


@area.family(
    "calls over HTTP",
    "[tell|decide] what the client has to do after the HTTP answer: {good} for success (2xx), {moved} for a redirect "
    "(3xx), {login} for 401 and 403, {again} for 429 and all 5xx, {mine} for every other 4xx",
    "HTTP status -> 2xx {good}, 3xx {moved}, 401/403 {login}, 429 and 5xx {again}, other 4xx {mine}",
    "My client writes a line for each HTTP answer and should react to the status code in it: everything from 200 to "
    "299 is {good}, from 300 to 399 {moved}, 401 and 403 are {login}, 429 and everything from 500 on is {again}, the "
    "rest of the 400s is {mine}. [Other numbers in the line (sizes, ids, ports) are not the status.|Sizes, ids and "
    "times in the line do not count.]",
    given="a line about an HTTP answer",
    labels=labels(good=("done", "success", "ok"), moved=("follow", "redirect", "moved"), login=("log in", "auth",
    "credentials"), again=("retry", "wait", "later"), mine=("fix request", "client bug", "my fault")),
)  # fmt: skip
def client_reaction_to_status(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_STATUS))
    code, phrase = draw.pick(_STATUS[kind])
    path = draw.pick(("/users/{}", "/api/orders/{}", "/item?id={}", "/v2/cart/{}", "/img/{}.png")).format(
        draw.randint(1, 599)
    )
    form = draw.pick(
        (
            "HTTP/1.1 {c} {t}",
            "GET {p} -> {c}",
            '"POST {p}" {c} {k}',
            "{c} {t}",
            "< HTTP/2 {c}",
            "PUT {p} returned {c} after {k} ms",
            "{p}: {c} ({t})",
            "status={c} bytes={k} path={p}",
            "request no. {k}: {t} ({c})",
            "[{c}] DELETE {p}",
        )
    )
    return form.format(c=code, t=phrase, p=path, k=draw.randint(20, 999)), p.labels[kind]


_TABLES = (
    "users",
    "orders",
    "order_items",
    "products",
    "invoices",
    "payments",
    "customers",
    "stock",
    "reviews",
    "addresses",
    "log_entries",
    "prices",
)


@area.family(
    "queries in SQL",
    "[list|name] the tables that the SQL statement {what}, in the order in which they appear, each once, separated "
    "by {separator}; {none} if there are none. Write the names as in the statement, without schema or alias",
    "Tables the statement {what}, by first appearance, no repeats, joined by {separator} (no schema, no alias). "
    "None: {none}",
    "To see who touches what, I run through our SQL statements and note which tables each of them {what}. "
    "[Give|Return] the names without schema and alias, each once, in order of appearance, with {separator} in "
    "between, or {none}. Reading means FROM and JOIN; writing means INSERT INTO, UPDATE and DELETE FROM.",
    given="an SQL statement",
    difficulty=3,
    what=choice({"reads from (FROM and JOIN, but not DELETE FROM)": "read",
    "writes to (INSERT INTO, UPDATE, DELETE FROM)": "write", "reads or writes": "both",
    "mentions in any role": "both"}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def tables_of_a_statement(draw: Draw, p: Values) -> Pair:
    one, two, three = draw.some(_TABLES, 3)
    schema = draw.pick(("", "", "shop.", "public."))
    text, read, write = draw.pick((
        ("SELECT * FROM {S}{a}", "a", ""), ("SELECT x.id FROM {S}{a} x JOIN {S}{b} y ON x.id = y.ref", "ab", ""),
        ("SELECT COUNT(*) FROM {S}{a} WHERE id IN (SELECT id FROM {S}{b})", "ab", ""),
        ("SELECT a.id FROM {S}{a} a LEFT JOIN {S}{b} b ON a.id = b.id JOIN {S}{c} c ON c.id = b.id", "abc", ""),
        ("INSERT INTO {S}{a} (id, name) VALUES (1, 'FROM {b}')", "", "a"),
        ("UPDATE {S}{a} SET price = 0 WHERE id = 7", "", "a"), ("DELETE FROM {S}{a} WHERE day < '2020-01-01'", "",
        "a"), ("INSERT INTO {S}{a} SELECT * FROM {S}{b}", "b", "a"),
        ("UPDATE {S}{a} SET x = (SELECT MAX(x) FROM {S}{b})", "b", "a"),
        ("DELETE FROM {S}{a} WHERE id IN (SELECT id FROM {S}{b} JOIN {S}{c} ON {b}.id = {c}.id)", "bc", "a"),
        ("SELECT * FROM {S}{a} UNION SELECT * FROM {S}{b}", "ab", ""), ("SELECT 1", "", ""),
    ))  # fmt: skip
    statement = text.format(S=schema, a=one, b=two, c=three)
    if draw.chance(0.25):
        statement = re.sub(
            r"\b(SELECT|FROM|JOIN|LEFT|ON|INSERT|INTO|UPDATE|SET|DELETE|WHERE|IN|UNION|VALUES)\b(?! "
            + two
            + r"'\))",
            lambda m: m.group().lower(),
            statement,
        )
    if draw.chance(0.3):
        statement = re.sub(r" (?=WHERE|JOIN|where|join)", "\n", statement)
    wanted = {"read": read, "write": write, "both": "".join(sorted(read + write))}[p.what]
    return statement + draw.pick((";", "", ";")), p.separator.join(
        {"a": one, "b": two, "c": three}[x] for x in wanted
    ) or p.none


@area.family(
    "queries in SQL",
    "[decide|say] how dangerous the SQL statement is: {stop} if it deletes or changes data of a whole table ([DROP, "
    "TRUNCATE, or DELETE or UPDATE without WHERE|DROP, TRUNCATE, and DELETE or UPDATE that have no WHERE]), {look} "
    "if it changes data in any other way (INSERT, CREATE, ALTER, DELETE or UPDATE with WHERE), {fine} if it only "
    "reads",
    "SQL check: DROP, TRUNCATE, DELETE/UPDATE without WHERE = {stop}; other changes (INSERT, CREATE, ALTER, "
    "DELETE/UPDATE with WHERE) = {look}; reading only = {fine}",
    "A bot lets colleagues run SQL. Statements that only read are {fine}. Those that change something in a limited "
    "way (INSERT, CREATE, ALTER, and DELETE or UPDATE with a WHERE) are {look}. Those that may wreck a whole table "
    "are {stop}: DROP, TRUNCATE, and DELETE or UPDATE without WHERE. Words within quotes are only text.",
    given="an SQL statement",
    labels=labels(stop=("block", "danger", "stop"), look=("review", "caution", "ask"), fine=("run", "safe", "ok")),
)  # fmt: skip
def danger_of_a_statement(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("stop", "look", "fine"))
    bank = {
        "stop": (
            "DROP TABLE {t}",
            "TRUNCATE TABLE {t}",
            "DELETE FROM {t}",
            "UPDATE {t} SET price = {n}",
            "UPDATE {t} SET note = 'where is it'",
            "DROP DATABASE {t}_{n}",
            "TRUNCATE {t}",
            "DELETE FROM {t} -- all of them",
        ),
        "look": (
            "DELETE FROM {t} WHERE id = {n}",
            "UPDATE {t} SET price = 0 WHERE id = {n}",
            "INSERT INTO {t} (id) VALUES ({n})",
            "CREATE TABLE {t}_{n} (id INT)",
            "ALTER TABLE {t} ADD COLUMN x{n} INT",
            "INSERT INTO {t} (note) VALUES ('drop table {n}')",
            "UPDATE {t} SET active = 0 WHERE day < '20{n:02.0f}-01-01'",
        ),
        "fine": (
            "SELECT * FROM {t}",
            "SELECT COUNT(*) FROM {t} WHERE id > {n}",
            "SELECT * FROM {t} WHERE note = 'delete from {t}'",
            "SELECT name FROM {t} ORDER BY name LIMIT {n}",
            "SELECT MAX(id) FROM {t}",
            "SELECT 'drop table {t}' AS joke",
            "SELECT * FROM {t} WHERE note LIKE '%update%'",
        ),
    }[kind]
    text = draw.pick(bank).format(t=draw.pick(_TABLES), n=draw.randint(10, 99))
    text = text.lower() if draw.chance(0.25) else text
    return noise.untidy(draw, text + draw.pick((";", "", " ;"))) if "--" not in text else text, p.labels[kind]


@area.family(
    "queries in SQL",
    "[write|give] the column definition for the description: the column's name, a space and the type. Types are "
    "{text} for texts, {whole} for whole numbers, {money} for amounts of money, {day} for dates, {flag} for yes or "
    "no. [Add NOT NULL after another space|Behind it, after a space, write NOT NULL] if it must be filled in",
    "Column: name, space, type ({text} text, {whole} whole number, {money} money, {day} date, {flag} yes/no), plus a "
    "space and NOT NULL if it is required",
    "I describe the columns of new tables in words and want them as SQL. Start with the name, then a space, then the "
    "type: {text} if it holds text, {whole} for whole numbers, {money} for money, {day} for dates and {flag} for "
    "things that are true or not. If the column must not be empty, end with a space and NOT NULL.",
    given="the description of a column",
    difficulty=3,
    text=choice("TEXT", "VARCHAR(255)", "NVARCHAR(100)"),
    whole=choice("INTEGER", "INT", "BIGINT"),
    money=choice("DECIMAL(10,2)", "NUMERIC(12,2)", "MONEY"),
    day=choice("DATE", "TIMESTAMP"),
    flag=choice("BOOLEAN", "BIT", "TINYINT"),
)  # fmt: skip
def column_from_description(draw: Draw, p: Values) -> Pair:
    kind, name, said = draw.pick((
        ("text", "name", "a text"), ("text", "comment", "free text"), ("text", "city", "text, the name of a town"),
        ("whole", "quantity", "a whole number"), ("whole", "age", "a whole number of years"), ("whole", "stock",
        "how many pieces, a whole number"), ("money", "price", "an amount of money"), ("money", "salary", "money"),
        ("money", "fee", "an amount in euros and cents"),
        ("day", "birthday", "a date"), ("day", "due_on", "the day when it is due, a date"), ("day", "hired_on",
        "a date"), ("flag", "is_paid", "yes or no"), ("flag", "active", "true or false"), ("flag", "archived",
        "a yes-or-no value"), ("text", "nickname", "a short text"), ("whole", "pages", "a whole number"), ("money",
        "discount", "a sum of money"),
    ))  # fmt: skip
    required = draw.chance(0.5)
    extra = draw.pick(
        ("required", "must be filled in", "may not be empty", "obligatory")
        if required
        else ("optional", "can be left empty", "not required", "may be empty")
    )
    form = draw.pick(
        (
            "{n}: {s}, {e}",
            "column {n}, {s}, {e}",
            "{n} - {s} ({e})",
            "{e}: {n}, {s}",
            "we need {n} ({s}), {e}",
        )
    )
    return form.format(n=name, s=said, e=extra), f"{name} {getattr(p, kind)}" + (
        " NOT NULL" if required else ""
    )
