"""Integration with code: environment variables, features, limits, calls over HTTP."""

import re

from programasweights.data.oracle.areas.code_integration._banks import RESOURCES, asked, plain_name
from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, token

__all__ = ["area"]

area = Area("Integration with code")

_VARIABLES = {
    "HOST": ("localhost", "db.internal", "10.0.0.5", "mail.local"), "PORT": ("5432", "8080", "25", "6379"), "USER": ("app", "admin", "report", "guest"), "DB": ("shop", "billing", "wiki", "crm"),
    "STAGE": ("dev", "test", "prod", "qa"), "REGION": ("eu", "us", "asia"), "VERSION": ("1.4", "2.0", "3.11"), "HOME": ("/home/app", "/srv", "/root"), "NAME": ("worker", "web", "api", "cron"),
}  # fmt: skip
_TEMPLATES = ("{HOST}:{PORT}", "{USER}@{HOST}", "postgres://{USER}@{HOST}:{PORT}/{DB}", "{HOME}/{NAME}.log", "{NAME}-{STAGE}-{REGION}", "{NAME}:{VERSION}", "https://{HOST}/{STAGE}/v{VERSION}", "{HOME}/{STAGE}/{DB}.sql",
              "{DB}_{STAGE}", "s3://{NAME}-{REGION}/{VERSION}", "{USER}.{REGION}.{HOST}", "/opt/{NAME}/{VERSION}/{USER}")  # fmt: skip


@area.family(
    "configuration",
    "[fill in|complete|expand] the last line of the [env file|.env text]: replace $NAME and ${{NAME}} by the values of the variables above, and {gap} for a variable that is not defined. If a variable is defined twice, {twice} counts. [Answer with the filled text only|Give only the text after 'expand:'|Leave out the word 'expand:']",
    "[Expand|Fill in|Resolve] the last line (after 'expand:') with the variables above it. $NAME = ${{NAME}}; undefined -> {gap}; defined twice -> {twice} [wins|counts]. [Result only.|Only the result.]",
    "Before a deployment I [want to|must] see what a [path|connection string|value] from our .env files will become. Above are lines NAME=value, and the last line, after 'expand:', holds text with variables written $NAME or ${{NAME}}. [Return|Show] that text with all values put in. A variable without a definition becomes {gap}, "
    "and where two lines define the same variable, {twice} is valid. Lines that start with # are comments and define nothing.",
    given="the content of an env file",
    difficulty=3,
    gap=token("?", "UNSET", "<undefined>", "???", "[missing]", "_"),
    twice=choice(
        {
            "the first definition": 0,
            "the last definition": -1,
            "the one further up": 0,
            "the one further down": -1,
        }
    ),
)
def env_text_with_values_put_in(draw: Draw, p: Values) -> Pair:
    template = draw.pick(_TEMPLATES)
    used = re.findall(r"{(\w+)}", template)
    defined = {name: [draw.pick(_VARIABLES[name])] for name in used if len(used) == 1 or draw.chance(0.85)}
    for name in draw.some([n for n in _VARIABLES if n not in used], 1, 2):
        defined[name] = [draw.pick(_VARIABLES[name])]
    if draw.chance(0.35):
        name = draw.pick(tuple(defined))
        defined[name].append(draw.pick([v for v in _VARIABLES[name] if v != defined[name][0]]))
    lines = [f"{name}={values[0]}" for name, values in draw.mix(tuple(defined.items()))]
    lines += [f"{name}={values[1]}" for name, values in defined.items() if len(values) > 1]
    if draw.chance(0.2):
        lines.insert(
            draw.randrange(len(lines)),
            draw.pick(("# settings of the test server", "# do not commit", "# TODO ask ops about these")),
        )
    braces = draw.pick((True, False, None))
    pieces = []
    for place, piece in enumerate(re.split(r"{(\w+)}", template)):
        if place % 2 == 0:
            pieces.append(piece)
            continue
        follows = template.split(f"{{{piece}}}")[1][:1]
        plain = (draw.chance(0.5) if braces is None else not braces) and not (
            follows == "_" or follows.isalnum()
        )
        pieces.append(f"${piece}" if plain else f"${{{piece}}}")
    answer = re.sub(
        r"{(\w+)}", lambda m: defined[m.group(1)][p.twice] if m.group(1) in defined else p.gap, template
    )
    return "\n".join(lines) + f"\n\nexpand: {''.join(pieces)}", answer


_FLAGS = (
    "new_checkout dark_mode fast_search beta_editor voice_notes smart_reply team_chat price_alerts".split()
)
_PLANS = ("free", "basic", "pro", "team")
_LANDS = ("DE", "FR", "US", "IT", "PL", "SE")


@area.family(
    "configuration",
    "decide whether the [user|customer] sees the feature: {yes} if they do, {no} if not. A user [named|listed] under 'block' never sees it; otherwise every condition that is given must hold: the plan is listed, the country is listed, and {rollout} is smaller than the percentage. [A condition that is not given does not matter|Missing conditions are ignored]",
    "Feature flag for a user: {yes} = on, {no} = off. Blocked users: off. All given conditions (plans, countries, percent) must hold; percent means that {rollout} is below it; [conditions left out do not count|a condition left out is ignored]",
    "We [switch|roll] features on bit by bit. The input has the rules of one feature and one user. The feature is off for the ids under 'block', whatever else is said. For the rest, the plan must be among the plans, the country among the countries, and with a percentage {rollout} must be lower than it; rules that are not there do not restrict anything. "
    "Tell me {yes} when the user gets the feature and {no} when not.",
    given="the rules of a feature and a user",
    difficulty=3,
    labels=labels(yes=("on", "true", "yes", "1", "enabled"), no=("off", "false", "no", "0", "disabled")),
    rollout=choice({"the number made of the last two digits of the user id": 100, "the user id modulo 100": 100, "ten times the last digit of the user id": 10, "the last digit of the user id, multiplied by 10,": 10}),
)  # fmt: skip
def feature_on_for_user(draw: Draw, p: Values) -> Pair:
    wanted = draw.chance(0.5)
    given = draw.some(("plans", "countries", "percent"), 1, 3)
    plan, land, uid = draw.pick(_PLANS), draw.pick(_LANDS), draw.randint(1000, 9999)
    share = uid % 100 if p.rollout == 100 else uid % 10 * 10
    broken = draw.pick(("block", *given)) if not wanted else ""
    above, below = [n for n in range(5, 100, 5) if n > share], [n for n in range(5, 100, 5) if n <= share]
    if broken == "percent" and not below:
        broken = "block"
    if "percent" in given and broken != "percent" and not above:
        given = [g for g in given if g != "percent"] or ["plans"]
        broken = broken if broken in given or not broken else "block"
    plans = [x for x in draw.some(_PLANS, 1, 3) if x != plan] or [x for x in _PLANS if x != plan][:1]
    lands = [x for x in draw.some(_LANDS, 1, 3) if x != land] or [x for x in _LANDS if x != land][:2]
    plans = plans if broken == "plans" else draw.mix([*plans[:2], plan])
    lands = lands if broken == "countries" else draw.mix([*lands[:2], land])
    blocked = [str(draw.randint(1000, 9999)) for _ in range(draw.randint(0, 2))]
    blocked = [b for b in blocked if b != str(uid)]
    blocked = draw.mix([*blocked, str(uid)]) if broken == "block" else blocked
    rules = {
        "plans": ", ".join(plans),
        "countries": ", ".join(lands),
        "percent": str(draw.pick(below if broken == "percent" else above) if "percent" in given else 0),
    }
    lines = [f"feature: {draw.pick(_FLAGS)}", *(f"{k}: {rules[k]}" for k in draw.mix(given))]
    if blocked:
        lines.append(f"block: {', '.join(blocked)}")
    user = draw.pick(
        (
            "user: id {i}, plan {p}, country {c}",
            "user {i} ({p}, {c})",
            "user: {i} / {p} / {c}",
            "for user {i}, who has plan {p} and lives in {c}",
        )
    ).format(i=uid, p=plan, c=land)
    return "\n".join([*lines, user]), p.labels["no" if broken else "yes"]


_UNITS = {"KB": 1, "MB": 2, "GB": 3}
_SIZE_FORMS = {
    "a number of bytes": (0, ""), "bytes, as a whole number without a unit": (0, ""), "a number of kilobytes without a unit": (1, ""), "kilobytes followed by K, such as 64K": (1, "K"), "megabytes followed by M, such as 64M": (2, "M"), "a number of megabytes without a unit": (2, ""),
}  # fmt: skip


@area.family(
    "configuration",
    "[convert|turn] the size limit in the message into {form}, where each unit is {base} times the one before (byte, kilobyte, megabyte, gigabyte). If the message gives no size, {none}",
    "Size in the message -> {form}. Steps of {base} from byte to KB, MB, GB. No size [in it|given]: {none}",
    "People tell our [ops team|hosting desk] how much memory or space they want, and the [config|manifest] needs {form}. Count with {base} from each unit to the next (byte, kilobyte or KB, megabyte or MB, gigabyte or GB). Other numbers in the message are of no interest, and a message without a size gives {none}.",
    given="a message about a limit",
    form=choice(_SIZE_FORMS),
    base=choice(1000, 1024),
    none=missing("0", "no limit"),
)
def size_limit_for_the_config(draw: Draw, p: Values) -> Pair:
    power, letter = p.form
    unit = draw.pick([u for u in _UNITS if _UNITS[u] >= power and (_UNITS[u] - power < 3)])
    count = (
        draw.pick((1, 2, 3, 4, 5, 8, 10, 16, 20, 25, 32, 50, 64, 100, 128))
        if _UNITS[unit] - power < 2
        else draw.pick((1, 2, 3, 4, 5, 8, 10))
    )
    long = {"KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte"}[unit]
    said = draw.pick(
        (
            f"{count} {unit}",
            f"{count}{unit}",
            f"{count}{unit.lower()}",
            f"{count} {long}{'' if count == 1 else 's'}",
        )
    )
    context = draw.pick(("set the upload limit to {x}", "the cache may use {x}", "give the worker {x} of memory", "{n} users, {x} each, please set the limit per user", "{x} per file should be enough for all {n} projects",
                         "raise the quota of team {n} to {x}", "mails over {x} should be refused", "we have {n} servers, let each of them take {x}", "cap the log file at {x}"))  # fmt: skip
    if draw.chance(0.15):
        text = draw.pick(
            (
                "the cache may grow as it likes",
                "set the limit for {n} users",
                "raise the quota of team {n}",
                "give the worker {n} threads",
                "cap the log file at a sensible size",
                "delete it after {n} days",
            )
        )
        return asked(draw, text.format(n=draw.randint(2, 40))), p.none
    return asked(
        draw, context.format(x=said, n=draw.randint(2, 40))
    ), f"{count * p.base ** (_UNITS[unit] - power)}{letter}"


_OUTCOMES = {
    "made": ("the {s} was created and has the number {i}", "stored the new {s}", "a new {s} has been added for {w}", "new {s} saved, id {i}"),
    "gone": ("{s} {i} was deleted, there is nothing to send back", "deleted {s} {i}, empty answer", "removal of {s} {i} went well, no body", "{s} {i} is deleted now"),
    "bad": ("the request for a new {s} lacks the name", "the date of the {s} is 31.02.2024, which does not exist", "the body is not JSON", "the amount of the {s} is -5, only positive ones are allowed", "'{w}' was sent as the e-mail address"),
    "who": ("the caller did not send any token", "the token is expired", "{w} is not signed in", "the password was wrong", "no credentials in the header"),
    "no": ("{w} is signed in but may not see {s} {i}", "only admins can delete a {s}, and {w} is a guest", "{w} is known but lacks the right to change {s} {i}", "the signed-in user may read but not write"),
    "none": ("there is no {s} {i}", "{s} {i} does not exist", "nobody knows {s} {i}", "we have no {s} with the number {i}"),
    "clash": ("a {s} with this name is there already", "{s} {i} was changed by {w} in the meantime", "the e-mail address is taken by another user", "{s} {i} already exists, cannot create it again"),
    "many": ("{w} sent {i} requests within a minute, the limit is 60", "too many calls from this address", "the caller has used up the calls for this hour"),
    "crash": ("null pointer in our own code", "the service crashed while saving {s} {i}", "unexpected exception in the handler", "a bug: the list of {s} prices was empty and we divided by zero"),
}  # fmt: skip


@area.family(
    "calls over HTTP",
    "[give|name|pick|write] the HTTP status code that our [service|interface] answers with: 201 if something was created, {gone} after a deletion, {bad} if the data sent are invalid or incomplete, 401 if the caller is not signed in, 403 if the caller is signed in but not allowed, 404 if the thing does not exist, {clash} for a conflict with what is already there, 429 for too many requests, "
    "{crash} if our own code failed",
    "[What happened -> status code|Status code for a note]. Created 201; deleted {gone}; bad or missing data {bad}; not signed in 401; signed in, no right 403; not there 404; conflict or duplicate {clash}; too many calls 429; own bug {crash}. [Number only.|Just the number.|]",
    "Our handlers [log|note] in words how a request ended, and the framework needs the number. We use 201 for something newly created, {gone} for a successful deletion, {bad} when the caller sent bad or incomplete data, 401 without a valid login, 403 when a known user lacks the right, 404 for things that are not there, "
    "{clash} when it collides with something existing or changed by others, 429 when somebody calls too often, and {crash} when the fault is in our code. [Which number is it?|Which one fits?|Give the number.]",
    given="a note on how a request ended",
    gone=choice("204", "200", "202"),
    bad=choice("400", "422"),
    clash=choice("409", "412"),
    crash=choice("500", "503"),
)
def status_code_for_outcome(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_OUTCOMES))
    one = draw.pick(
        [
            r[0]
            for r in RESOURCES
            if r[0][0] not in "aeiou" and r[0] not in ("person", "child", "box", "class")
        ]
    )
    text = draw.pick(_OUTCOMES[kind]).format(s=one, i=draw.randint(61, 9999), w=plain_name(draw))
    if draw.chance(0.4):
        text = (
            draw.pick(
                (
                    "handler: ",
                    "POST: " if kind == "made" else "result: ",
                    "- ",
                    f"worker {draw.randint(1, 9)}: ",
                )
            )
            + text
        )
    answer = {
        "made": "201",
        "gone": p.gone,
        "bad": p.bad,
        "who": "401",
        "no": "403",
        "none": "404",
        "clash": p.clash,
        "many": "429",
        "crash": p.crash,
    }[kind]
    return (text[0].upper() + text[1:] if draw.chance(0.4) else text), answer


_HEADERS = (
    "Accept: application/json",
    "Content-Type: application/json",
    "Authorization: Bearer {t}",
    "X-Request-Id: {n}",
    "User-Agent: job/{n}",
    "If-None-Match: {t}",
    "Accept-Language: de",
)


@area.family(
    "calls over HTTP",
    "[read|parse] the curl command and give the {what}. Without -X or --request the method is POST if data are sent with -d or --data, otherwise GET. [If it is not there|Should it be missing], {none}",
    "From the curl line: {what}. Method if no -X/--request: POST with -d/--data, else GET. Nothing [there|to report]: {none}",
    "I [paste|collect] curl commands from API manuals and rebuild them in our test tool. For this step I need the {what}. Remember that curl uses POST when there is -d or --data and GET when there is not, unless -X or --request names another method. "
    "Where the command has nothing of the kind, enter {none}.",
    given="a curl command",
    what=choice({
        "method and the path of the URL, with a space between (such as GET /a/b)": "method path", "method, a space and the URL": "method url", "method": "method", "names of the headers set with -H, separated by commas": "headers", "data sent with -d or --data, without the quotes around it": "data",
        "host name of the URL": "host",
    }),
    none=missing(),
)  # fmt: skip
def parts_of_a_curl_command(draw: Draw, p: Values) -> Pair:
    host, path = (
        names.domain(draw),
        f"/{draw.pick(('api', 'v1', 'rest'))}/{draw.pick(RESOURCES)[1]}{draw.pick(('', '', f'/{draw.randint(1, 999)}'))}",
    )
    url = f"https://{host}{path}"
    body = (
        draw.pick(('{{"name": "{w}"}}', "name={w}&n={n}", '{{"id": {n}, "active": true}}', "q={n}")).format(
            w=plain_name(draw), n=draw.randint(1, 99)
        )
        if draw.chance(0.7 if p.what == "data" else 0.45)
        else ""
    )
    headers = [
        h.format(t=f"{draw.randrange(16**6):06x}", n=draw.randint(10, 999)) for h in draw.some(_HEADERS, 0, 3)
    ]
    method = (
        draw.pick(("PUT", "PATCH", "POST"))
        if body and draw.chance(0.5)
        else draw.pick(("DELETE", "HEAD", "GET"))
        if not body and draw.chance(0.45)
        else ""
    )
    parts = [f'-H "{h}"' for h in headers]
    parts += [f"{draw.pick(('-X', '-X', '--request'))} {method}"] if method else []
    parts += [f"{draw.pick(('-d', '-d', '--data'))} '{body}'"] if body else []
    parts += [draw.pick(("-s", "-L", "-v", "--compressed", "-o out.json"))] if draw.chance(0.4) else []
    at = draw.randint(0, len(parts))
    parts = draw.mix(parts)
    parts.insert(at, draw.pick((url, url, f'"{url}"', f"'{url}'")))
    method = method or ("POST" if body else "GET")
    order = sorted(headers, key=lambda h: " ".join(parts).index(f'"{h}"'))
    answers = {
        "method path": f"{method} {path}",
        "method url": f"{method} {url}",
        "method": method,
        "headers": ", ".join(h.split(":")[0] for h in order),
        "data": body,
        "host": host,
    }
    alternatives = (
        (answers["headers"].replace(", ", ","),) if p.what == "headers" and len(headers) > 1 else ()
    )
    return "curl " + draw.pick((" ", " ", " \\\n  ")).join(parts), answers[p.what] or p.none, alternatives
