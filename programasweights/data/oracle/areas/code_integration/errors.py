"""Integration with code: error messages, stack traces, lines of logs."""

from programasweights.data.oracle.areas.code_integration._banks import json_answers, plain_name, source_file
from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Integration with code")

_FAILURES = {
    "absent": ("no such file or directory: {f}", "404 Not Found for {u}", "{k} {n} does not exist", "there is no {k} with the id {n}", "could not find table '{k}'", "NoSuchKey: the key {f} was not found",
               "unknown {k}: {n}", "relation \"{k}\" does not exist", "The requested {k} could not be found."),
    "denied": ("permission denied: {f}", "403 Forbidden", "user {w} may not change this {k}", "access to {f} is not allowed for {w}", "You do not have the rights to delete this {k}.", "AccessDenied: role 'viewer' cannot write to {f}",
               "EACCES while opening {f}", "insufficient privileges for {w}"),
    "slow": ("the request to {u} timed out after {s} s", "no answer from {h} within {s} seconds", "deadline exceeded while waiting for {h}", "read timeout on {h}:5432", "504 Gateway Timeout", "query took longer than {s} s and was stopped",
             "connection to {h} timed out", "gave up waiting for {h} after {s}000 ms"),
    "input": ("invalid literal for int(): 'abc{n}'", "field '{k}' is required", "'{w}' is not a valid e-mail address", "unexpected character at position {s} of the JSON body", "the date 31.02.2024 is not valid", "value {n} is too large, at most 100 allowed",
              "could not parse '{w}' as a number", "400 Bad Request: malformed body"),
    "full": ("429 Too Many Requests, try again in {s} s", "rate limit of {n} calls per hour exceeded", "quota exceeded for project {k}", "disk quota of {s} GB used up", "monthly limit of {n} messages reached", "you have used all of your {n} free requests",
             "storage limit reached: {s} of {s} GB in use"),
}  # fmt: skip
_AROUND = (
    "{m}",
    "{m}",
    "Error: {m}",
    "[{h}] {m}",
    "job {n} failed: {m}",
    "ERROR {m}",
    "{m} (attempt {s})",
    "oops, got this again: {m}",
    "upload of the {k}: {m}",
    "2024-03-{d} 10:{d}:07 worker: {m}",
)


def _failure(draw: Draw, kind: str) -> str:
    text = draw.pick(_AROUND).replace("{m}", draw.pick(_FAILURES[kind]))
    return text.format(
        f=source_file(draw, draw.pick(("csv", "json", "txt", "png"))),
        u=f"https://{names.domain(draw)}/{draw.pick(('api', 'v2', 'feed'))}",
        k=draw.pick(("invoice", "customer", "order", "ticket", "report", "product", "session", "coupon")),
        n=draw.randint(101, 9999),
        w=plain_name(draw).lower(),
        s=draw.randint(5, 60),
        h=draw.pick(("db-1", "cache", "mail.internal", "api-gateway", "search-2", "payments")),
        d=draw.randint(10, 28),
    )


@area.family(
    "errors and traces",
    "[map|translate] the error message to one of our exception classes: {absent} if something does not exist or cannot be found, {denied} if a permission is lacking, {slow} if something took too long, {input} if the data given are malformed, incomplete or out of range, {full} if a quota or rate limit is used up",
    "Message -> class. Thing not there: {absent}. Not allowed: {denied}. Timed out: {slow}. Bad data from the caller: {input}. Quota or rate limit exhausted: {full}.",
    "I [wrap|am wrapping] several services that report errors only as text, and want to raise an exception of my own. Missing files, records, pages or tables are {absent}; lacking rights are {denied}; anything that ran into a timeout is {slow}; "
    "values that are invalid, missing or cannot be parsed are {input}; used-up quotas, storage or call limits are {full}. Give the class for a message.",
    given="an error message",
    labels=labels(
        absent=("NotFoundError", "NotFound", "MissingError"),
        denied=("PermissionError", "Forbidden", "AccessError"),
        slow=("TimeoutError", "Timeout", "DeadlineError"),
        input=("ValueError", "BadInput", "ValidationError"),
        full=("QuotaError", "LimitExceeded", "RateLimitError"),
    ),
)
def exception_class_for_a_message(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_FAILURES))
    return _failure(draw, kind), p.labels[kind]


_RETRIES = {
    "again": ("connection reset by peer", "503 Service Unavailable, please try again later", "the database is starting up", "deadlock detected, transaction was rolled back", "server is overloaded at the moment", "temporary failure in name resolution",
              "could not obtain lock on table {k}, another process holds it", "429 Too Many Requests, slow down", "socket closed unexpectedly", "upstream {h} is restarting", "read timed out after {s} s", "network is unreachable", "502 Bad Gateway from {h}"),
    "login": ("access token has expired", "401 Unauthorized: session is no longer valid", "your password was changed, sign in again", "refresh token revoked", "invalid API key", "signature of the token does not match", "login required", "no credentials were sent",
              "session {n} has expired", "certificate of the client was rejected", "two-factor code needed"),
    "stop": ("field '{k}' is missing from the request", "405 Method Not Allowed", "duplicate key: {k} {n} already exists", "no such column: {k}_id", "unsupported file type .{k}", "410 Gone: this endpoint was removed", "amount must not be negative", "syntax error near '{k}'",
             "the currency XYZ does not exist", "division by zero in line {s}", "invalid date: 2023-13-{d}", "413 Payload Too Large"),
}  # fmt: skip


@area.family(
    "errors and traces",
    "decide what our [client|worker|job runner] does after the error: {again} if the cause is temporary (network, load, locks, timeouts, rate limits) and the same request may work later, {login} if the credentials, token or session have to be renewed first, "
    "{stop} if the request itself is wrong and would fail every time",
    "Next step after an error: passing trouble with network, load or locks, 429 and 5xx -> {again}; something wrong with login, token, key or session -> {login}; the request can never work as it is -> {stop}",
    "A [nightly job|sync job] of mine calls a few web services and databases. When a call fails, I look at the message: if the same call may simply succeed a little later, I want {again}; if it has to sign in again or needs valid credentials, {login}; if repeating it is pointless because of what it asks for or how, {stop}.",
    given="an error message",
    labels=labels(
        again=("retry", "again", "wait"),
        login=("reauth", "login", "renew"),
        stop=("abort", "stop", "fail"),
    ),
)
def next_step_after_an_error(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_RETRIES))
    text = draw.pick(_AROUND).replace(" (attempt {s})", "").replace("{m}", draw.pick(_RETRIES[kind]))
    text = text.format(
        k=draw.pick(("invoice", "customer", "order", "ticket", "report", "product")),
        h=draw.pick(("db-1", "cache", "gateway", "search-2", "payments", "auth")),
        n=draw.randint(101, 9999),
        s=draw.randint(5, 60),
        d=draw.randint(10, 28),
    )
    return text, p.labels[kind]


_CALLS = "load save parse render handle run fetch update check convert send build apply merge validate read_row main dispatch total".split()
_LIBRARIES = {
    "py": ("/usr/lib/python3.11/site-packages/requests/sessions.py", "/usr/lib/python3.11/site-packages/sqlalchemy/engine/base.py", "/usr/lib/python3.11/site-packages/jinja2/environment.py"),
    "js": ("node_modules/express/lib/router/layer.js", "node_modules/pg/lib/client.js", "node_modules/axios/lib/core/settle.js"),
}  # fmt: skip
_RAISED = (
    "ValueError: invalid amount",
    "KeyError: 'total'",
    "TypeError: unsupported operand",
    "RuntimeError: queue is closed",
    "AttributeError: no attribute 'name'",
    "ZeroDivisionError: division by zero",
)
_THROWN = (
    "TypeError: Cannot read properties of undefined (reading 'id')",
    "RangeError: Invalid array length",
    "Error: connect ECONNREFUSED 127.0.0.1:5432",
    "ReferenceError: total is not defined",
    "SyntaxError: Unexpected token < in JSON at position 0",
)
_WHERE_FORMS = {
    "file:line": "{f}:{n}",
    "the file, a colon and the line number": "{f}:{n}",
    "file(line)": "{f}({n})",
    "the line number, a space and the file": "{n} {f}",
    "file#Lline, as in a.py#L7": "{f}#L{n}",
    'a JSON list of file and line, as in ["a.py", 7]': '["{f}", {n}]',
    "file, line": "{f}, {n}",
}


@area.family(
    "errors and traces",
    "[find|give|report|extract] the place {which} in the [stack trace|traceback|trace], [as|in the form] {form} with the path as it stands there. Files under site-packages or node_modules are [not our own|not ours|those of libraries]. [Note that|Mind that|] Python lists the innermost call last, JavaScript lists it first",
    "[Place|Location|Spot] {which} in the [trace|stack trace] (Python: innermost call at the bottom; JavaScript: innermost at the top). site-packages and node_modules are [not ours|foreign code]. [Form|Write it as]: {form}[, path unchanged|, path as in the trace]",
    "Our [crash reports|error mails|bug reports] hold Python tracebacks, with the most recent call at the bottom, and JavaScript traces, with the most recent call at the top. [To link them to the repository|To jump to the code] I need the place {which}. Files in site-packages or node_modules belong to libraries, everything else to us. "
    "[Write it as|The form is] {form}, and leave the path as it is; drop a column number.",
    given="a stack trace",
    difficulty=3,
    which=choice({
        "where the error was raised (innermost call, ours or not)": "inner", "of the innermost call, library or not": "inner", "of the innermost call in our own code": "own", "closest to the error in our own code": "own",
        "where it all started (outermost call)": "outer", "of the outermost call": "outer",
    }),
    form=choice(_WHERE_FORMS),
)  # fmt: skip
def place_in_a_stack_trace(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("py", "js"))
    frames = [(source_file(draw, kind), draw.randint(3, 480)) for _ in range(draw.randint(2, 4))]
    own = frames[-1]
    if draw.chance(0.6):
        frames += [(draw.pick(_LIBRARIES[kind]), draw.randint(20, 900)) for _ in range(draw.randint(1, 2))]
    calls = draw.some(_CALLS, len(frames))
    if kind == "py":
        body = "\n".join(f'  File "{f}", line {n}, in {c}' for (f, n), c in zip(frames, calls, strict=True))
        text = f"Traceback (most recent call last):\n{body}\n{draw.pick(_RAISED)}"
    else:
        body = "\n".join(
            f"    at {c} ({f}:{n}:{draw.randint(2, 60)})"
            for (f, n), c in reversed(list(zip(frames, calls, strict=True)))
        )
        text = f"{draw.pick(_THROWN)}\n{body}"
    path, line = {"inner": frames[-1], "own": own, "outer": frames[0]}[p.which]
    return text, p.form.format(f=path, n=line)


_PACKAGES = (
    "java.io java.lang com.shop.order org.acme.billing com.example.web org.store.db net.mail.core".split()
)
_EXCEPTIONS = {
    "FileNotFoundException": "config.yml", "NullPointerException": "customer is null", "IllegalStateException": "cart is closed", "OrderException": "order {n} could not be placed", "SQLException": "Connection refused", "BillingException": "invoice {n} failed",
    "UnknownHostException": "db.internal", "ParseException": "unexpected token in line {n}", "ServiceException": "service not available", "StorageException": "write failed", "TimeoutException": "no answer after {n} ms", "MailException": "could not send mail {n}",
}  # fmt: skip


@area.family(
    "errors and traces",
    "[give|write|extract|return] the {part} of the {which} in the [exception chain|Java trace|stack trace] below. [Note that each|Mind that each|Each] 'Caused by:' line names the cause of the exception before it",
    "{part} of the {which}. [Chain:|In the chain,|Java trace:|Reading:] each 'Caused by:' [explains|is the reason for|gives the cause of] the one above it. [Just that.|]",
    "[Java services|Our services|Frameworks] wrap exceptions in exceptions, so our [error list|dashboard|bug tracker] has useless titles. From the trace I [want|need|show] the {part} of the {which}: the first line is what the caller saw, and every line that starts with 'Caused by:' [tells the reason for|is the cause of] the exception above it. If there is no such line, the only exception is both.",
    given="a Java exception with its causes",
    part=choice({
        "message (the text after the colon)": "message", "message, so what comes after the colon,": "message", "class name without its package": "short", "short class name (no package)": "short",
        "class name with its package": "full", "fully qualified class name": "full",
    }),
    which=choice({
        "root cause": "root", "deepest cause": "root", "exception that the caller saw": "top", "outermost exception": "top", "direct cause of the first exception (the first exception itself if it has none)": "second",
    }),
)  # fmt: skip
def cause_in_exception_chain(draw: Draw, p: Values) -> Pair:
    chain = []
    for name in draw.some(tuple(_EXCEPTIONS), draw.pick((1, 2, 2, 3, 3))):
        chain.append((draw.pick(_PACKAGES), name, _EXCEPTIONS[name].format(n=draw.randint(10, 9999))))
    lines = []
    for place, (package, name, message) in enumerate(chain):
        lines.append(
            f"{'Caused by: ' if place else draw.pick(('', 'Exception in thread main '))}{package}.{name}: {message}"
        )
        for _ in range(draw.randint(0, 2)):
            lines.append(
                f"\tat {package}.{draw.pick(_CALLS).title()}.{draw.pick(_CALLS)}({name[:5]}.java:{draw.randint(10, 400)})"
            )
    package, name, message = {"root": chain[-1], "top": chain[0], "second": chain[min(1, len(chain) - 1)]}[
        p.which
    ]
    return "\n".join(lines), {"message": message, "short": name, "full": f"{package}.{name}"}[p.part]


_QUIET_EVENTS = ("user {w} signed in", "cache is {s}% full", "order {n} was paid", "started in {s} ms", "file {f} imported", "job {n} finished", "backup done", "reloaded the configuration", "worker {s} is idle",
                 "GET /{h}/{n} served", "mail to {w} sent", "opened a connection to {h}", "{n} rows read from {f}", "session of {w} closed", "listening on port {n}")  # fmt: skip
_LOUD_EVENTS = ("connection to {h} lost", "retrying in {s} s", "mail to {w} could not be sent", "slow query: {n} ms", "disk almost full", "token of {w} has expired", "no route for /{h}/{n}", "payment {n} declined by the bank",
                "invalid date in row {n}", "too many open files", "file {f} is empty", "worker {s} does not answer", "wrong password for {w}", "queue of {h} is full")  # fmt: skip
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def _event(draw: Draw, level: int) -> str:
    return draw.pick(_QUIET_EVENTS if level < 2 else _LOUD_EVENTS).format(
        w=plain_name(draw).lower(),
        n=draw.randint(11, 9999),
        s=draw.randint(2, 60),
        f=source_file(draw, "csv"),
        h=draw.pick(("db", "cache", "search", "mail", "billing")),
    )


_LINE_KEYS = {
    '"level" and "message"': ("level", "message"),
    '"severity" and "text"': ("severity", "text"),
    '"lvl" and "msg"': ("lvl", "msg"),
    '"type" and "body"': ("type", "body"),
    '"l" and "m"': ("l", "m"),
}
_LINE_FORMS = (
    "{t} {l} [{c}] {m}",
    "{t} [{l}] {c}: {m}",
    "[{t}] {l} {c} - {m}",
    "{l} {t} {c}: {m}",
    "{t} | {l} | {c} | {m}",
    "<{l}> {c}: {m} ({t})",
    "{t} {c} {l}: {m}",
)


@area.family(
    "logs",
    "[turn|convert|rewrite|parse] the log line [into|as] JSON on one line with the keys {keys}, in this order: the level {case}, and [what happened|the message], without time and component[| name]",
    "[Log line to one-line JSON|Log line -> JSON, one line]. Keys {keys}: level ({case}) and message. [Time and component are left out|Drop time and component|No time, no component].",
    "We [collect|ship|gather] logs of [many programs|several servers|our services], all in different forms, [into one database|into a log search] that takes JSON objects with the keys {keys}, in this order. The first holds the level {case}, the second the message itself; neither the time nor the [component|name of the component] is wanted. Write one line of JSON per log line.",
    given="a log line",
    keys=choice(_LINE_KEYS),
    case=choice({"in lower case": 1, "in upper case": 2, "in small letters": 1, "in capitals": 2, "as a single capital letter, its first one": 3}),
)  # fmt: skip
def log_line_to_json_object(draw: Draw, p: Values) -> Pair:
    rank = draw.randrange(5)
    level, message = _LEVELS[rank], _event(draw, rank)
    h, m, s = draw.randrange(24), draw.randrange(60), draw.randrange(60)
    when = draw.pick(
        (
            "2024-{a:02d}-{b:02d} {h:02d}:{m:02d}:{s:02d}",
            "{h:02d}:{m:02d}:{s:02d}.{n}",
            "2025-{a:02d}-{b:02d}T{h:02d}:{m:02d}:{s:02d}Z",
        )
    )
    when = when.format(a=draw.randint(1, 12), b=draw.randint(1, 28), h=h, m=m, s=s, n=draw.randint(100, 999))
    shown = draw.pick((level, level, level.lower(), level.capitalize()))
    text = draw.pick(_LINE_FORMS).format(
        t=when,
        l=shown,
        c=draw.pick(("auth", "web.server", "worker-3", "billing", "db", "scheduler")),
        m=message,
    )
    value = {1: level.lower(), 2: level, 3: level[0]}[p.case]
    return text, *json_answers({p.keys[0]: value, p.keys[1]: message})


@area.family(
    "logs",
    "[give|list] the messages of all log lines {rule} (the levels rise from DEBUG over INFO, WARNING and ERROR to CRITICAL), without time and level, in the order of the log, separated by {separator}; {none} if there is no such line",
    "Messages only, of the lines {rule}; DEBUG < INFO < WARNING < ERROR < CRITICAL. [Log order|Same order as the log], {separator} between, {none} if nothing qualifies",
    "Before I open a whole log I want a digest of it: just the texts of the lines {rule}, where DEBUG is the lowest level, followed by INFO, WARNING, ERROR and CRITICAL. Leave out time and level, keep the order, put {separator} between the texts. [A log without such lines|If there are no such lines, the digest] is {none}.",
    given="a few log lines",
    rule=choice({
        "of level WARNING or above": (2, 4), "of level ERROR or above": (3, 4), "at INFO or higher": (1, 4), "below WARNING": (0, 1), "of level WARNING only": (2, 2), "with the level ERROR": (3, 3), "from INFO to WARNING, both included,": (1, 2),
    }),
    separator=separator(),
    none=missing("all quiet"),
)  # fmt: skip
def log_messages_of_some_levels(draw: Draw, p: Values) -> Pair:
    low, high = p.rule
    inside, outside = list(range(low, high + 1)), [n for n in range(5) if not low <= n <= high]
    wanted = draw.pick((0, 1, 1, 2, 2))
    levels = draw.mix(
        [draw.pick(inside) for _ in range(wanted)] + [draw.pick(outside) for _ in range(draw.randint(1, 3))]
    )
    form = draw.pick(("{t} {l} {m}", "{t} [{l}] {m}", "{l} {t} {m}", "{t} {l}: {m}"))
    second, lines, kept = draw.randrange(3000), [], []
    for level in levels:
        second += draw.randint(1, 90)
        message = _event(draw, level)
        kept += [message] if level in inside else []
        lines.append(
            form.format(
                t=f"{8 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}",
                l=_LEVELS[level],
                m=message,
            )
        )
    return "\n".join(lines), p.separator.join(kept) or p.none


_ROUTES = (
    "/login",
    "/cart",
    "/api/orders",
    "/search",
    "/products",
    "/checkout",
    "/api/users",
    "/health",
    "/invoices",
    "/export",
    "/images/logo",
    "/feed",
)


@area.family(
    "logs",
    "[find|name|give|report] the path of the {which} request in the log ([durations|times] are in ms or s; 1 s is 1000 ms){skip}. [If two or more share that place, take the first of them|The first one wins if several are equal]",
    "{which} request{skip}: [its path|path only]. [ms and s are mixed, 1 s = 1000 ms|Mixed units, 1000 ms to the second]; [equal ones: the first|of equal ones the first]",
    "Our [access log|web server|proxy log] notes for each [request|call] the method, the path, the status and how long it took, sometimes in ms and sometimes in s (1 s = 1000 ms). I [want to know|need|look for] the path of the {which} one{skip}; among equals [the one that comes first|the first one].",
    given="some lines of an access log",
    difficulty=3,
    which=choice({"slowest": -1, "fastest": 1, "longest-running": -1, "quickest": 1}),
    skip=choice({", leaving out those with a status of 500 or more": "500", ", over all lines": "", ", leaving out GET requests": "GET", ", whatever its status": "", ", among the GET requests only": "noget"}),
)  # fmt: skip
def slowest_request_in_a_log(draw: Draw, p: Values) -> Pair:
    rows = []
    for path in draw.some(_ROUTES, 3, 5):
        duration = draw.pick((draw.randint(8, 990), draw.randint(8, 99), draw.randint(10, 45) * 100))
        rows.append(
            (
                draw.pick(("GET", "GET", "POST", "PUT", "DELETE")),
                path,
                draw.pick((200, 200, 201, 404, 500, 503)),
                duration,
            )
        )
    rows[0] = (*draw.pick((("GET", rows[0][1], 200), ("GET", rows[0][1], 404))), rows[0][3])
    rows[1] = ("POST", rows[1][1], 201, rows[1][3])
    rows = draw.mix(rows)
    form = draw.pick(
        ("{m} {p} {s} {d}", "{m} {p} -> {s} in {d}", "{s} {m} {p} ({d})", "{m} {p} status={s} took={d}")
    )
    lines = []
    for method, path, status, duration in rows:
        seconds = duration % 100 == 0 and draw.chance(0.8)
        shown = (
            f"{duration / 1000:g}{draw.pick(('s', ' s'))}"
            if seconds
            else f"{duration}{draw.pick(('ms', ' ms'))}"
        )
        lines.append(form.format(m=method, p=path, s=status, d=shown))
    left = [
        r
        for r in rows
        if not (p.skip == "500" and r[2] >= 500)
        and not (p.skip == "GET" and r[0] == "GET")
        and not (p.skip == "noget" and r[0] != "GET")
    ]
    return "\n".join(lines), min(left, key=lambda r: p.which * r[3])[1]
