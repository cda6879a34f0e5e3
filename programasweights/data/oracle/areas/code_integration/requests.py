"""Integration with code: flags, chat commands and arguments from requests, values in other notations."""

from typing import Any

from programasweights.data.oracle.areas.code_integration._banks import asked, plain_name
from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, token

__all__ = ["area"]

area = Area("Integration with code")

_JOBS = ("clean up {x}", "delete the old files in {x}", "copy everything from {x} to the backup disk", "compress the pictures in {x}",
         "move everything in {x} to the new disk", "rename the scans in {x}", "sync {x} with the server",
         "remove the temporary files from {x}", "resize the photos in {x}", "import the spreadsheets in {x}")  # fmt: skip
_PLACES = (
    "logs",
    "downloads",
    "invoices",
    "~/photos",
    "archive",
    "/var/tmp",
    "reports",
    "~/shared",
    "old-projects",
    "/data/inbox",
    "2023/scans",
)
_FLAG_SAYINGS = {
    "quiet": (("no output please", "do it silently", "I don't want to see any messages", "keep quiet about it", "without printing anything"),
              ("show me what you do as usual", "I want to see the messages", "print what happens")),
    "deep": (("including all subfolders", "go into the subdirectories as well", "sub-folders too", "all the way down the tree"),
             ("only the top level", "not the subfolders", "stay out of the subdirectories")),
    "force": (("don't ask me for every file", "overwrite whatever is there without asking", "just do it, no questions", "skip the confirmation"),
              ("ask me before each file", "but keep asking me for confirmation", "never overwrite without asking")),
    "limit": (("stop after {n} files", "no more than {n} files", "at most {n} files", "{n} files are enough"), ("no limit on the number of files", "all the files, however many")),
}  # fmt: skip


@area.family(
    "words to commands",
    "write the [flags|options] that the request [calls for|needs], in this order and with spaces between them: {quiet} if nothing is to be printed, {deep} if it should go into sub-folders, {force} if it should not ask for confirmation, "
    "{limit} followed by a space and the number if the number of files is limited; {none} if it takes none of them",
    "Flags for the request ([order as here|keep this order], space in between): no output {quiet}; sub-folders too {deep}; no confirmation {force}; at most N files {limit} N. No flag wanted -> {none}",
    "We have a command line tool for files, and [colleagues who do not know it|my parents] tell us what they want in their own words. Work out the flags: first {quiet} if they want no output, then {deep} if sub-folders are to be included, then {force} "
    "if it must not ask before it acts, then {limit} with the number after a space if they want only so many files. [Single spaces in between.|Put one space between them.] A request that needs no flag gets {none}. Leave out the command and the folder.",
    given="a request for a file tool",
    difficulty=3,
    quiet=token("-q", "--quiet", "-s", "--silent"),
    deep=token("-r", "--recursive", "-R", "--subdirs"),
    force=token("-f", "--force", "-y", "--yes"),
    limit=token("-n", "--max", "-l", "--limit"),
    none=missing("no flags", "no options"),
)
def flags_from_a_request(draw: Draw, p: Values) -> Pair:
    wanted = [k for k in _FLAG_SAYINGS if draw.chance(0.5)] if draw.chance(0.88) else []
    count = draw.pick((5, 10, 20, 25, 50, 100, 200, 3, 12))
    said = [draw.pick(_FLAG_SAYINGS[k][0]).format(n=count) for k in wanted]
    said += [draw.pick(_FLAG_SAYINGS[k][1]) for k in _FLAG_SAYINGS if k not in wanted and draw.chance(0.25)]
    parts = [draw.pick(_JOBS).format(x=draw.pick(_PLACES)), *draw.mix(said)]
    text = asked(draw, draw.pick((", ", ", ", "; ", " - ")).join(parts))
    flags = [
        getattr(p, k) + (f" {count}" if k == "limit" else "")
        for k in ("quiet", "deep", "force", "limit")
        if k in wanted
    ]
    return text, " ".join(flags) or p.none


_CHANNELS = "general random support design releases hiring ops frontend backups events".split()
_MOD_SAYINGS = {
    "mute": ("mute {u} for {t}", "{u} needs to be quiet for {t}", "no posts from {u} for the next {t}", "silence {u} for {t}", "give {u} a break of {t}, too much noise"),
    "kick": ("throw {u} out", "remove {u} from the channel", "{u} has to leave the channel now", "kick {u} out of here", "get rid of {u}"),
    "invite": ("add {u} to #{c}", "invite {u} into #{c}", "let {u} join #{c}", "{u} should be in #{c} as well", "bring {u} into #{c}"),
    "none": ("what time is the release today?", "thanks everyone, great job on the demo", "has anybody seen {u} today?", "I'll be late, my train is stuck", "who is on call this weekend?",
             "{u} wrote a nice summary in #{c}", "the docs in #{c} were very useful", "lunch at {n}?"),
}  # fmt: skip


@area.family(
    "words to commands",
    "[translate|turn|convert] the moderator's message into a bot command: {mute} NAME NUMBER to stop somebody from posting for some time (the number in {unit}), {kick} NAME to remove somebody, {invite} NAME CHANNEL to add somebody to a channel. "
    "[Names in lower case, the channel without #|Write names in lower case and the channel without its #]. A message that asks for none of these gives {none}",
    "Moderator's words -> command: silence for a time = {mute} NAME NUMBER ({unit}); remove = {kick} NAME; add to a channel = {invite} NAME CHANNEL. Name lower case, no # before the channel. [Anything else|No such request]: {none}",
    "I run the bot of a [chat server|community chat]. Moderators do not remember its syntax, so they write what they want. The bot knows {mute} (then name and length in {unit}, for a person who may not write for a while), {kick} (then name, for a person who must go) "
    "and {invite} (then name and channel, for a person who should join a channel). Write the command with single spaces, the name in lower case, and the channel without the # sign. Ordinary chat gets {none}.",
    given="a chat message by a moderator",
    mute=token("/mute", "!mute", "/quiet", ".m", "MUTE"),
    kick=token("/kick", "!kick", "/remove", ".k", "KICK"),
    invite=token("/invite", "!invite", "/add", ".i", "INVITE"),
    unit=choice({"minutes": 60, "seconds": 1}),
    none=missing("ignore", "no command"),
)
def moderator_bot_command(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_MOD_SAYINGS))
    user, channel = plain_name(draw), draw.pick(_CHANNELS)
    amount, unit = draw.pick(
        (
            (1, "minute"),
            (5, "minute"),
            (10, "minute"),
            (15, "minute"),
            (30, "minute"),
            (45, "minute"),
            (1, "hour"),
            (2, "hour"),
            (3, "hour"),
        )
    )
    said = f"{amount} {unit}{'' if amount == 1 else 's'}"
    said = draw.pick(
        (
            said,
            said.replace("minute", "min").replace("mins", "min"),
            "half an hour" if (amount, unit) == (30, "minute") else said,
        )
    )
    text = draw.pick(_MOD_SAYINGS[kind]).format(u=user, c=channel, t=said, n=draw.randint(11, 14))
    text = text if kind == "none" else asked(draw, text)
    seconds = amount * (3600 if unit == "hour" else 60)
    answer = {
        "mute": f"{p.mute} {user.lower()} {seconds // p.unit}",
        "kick": f"{p.kick} {user.lower()}",
        "invite": f"{p.invite} {user.lower()} {channel}",
        "none": p.none,
    }[kind]
    return text, answer


_TASKS = ("fix the login page", "update the price list", "write the release notes", "replace the old logo", "check the backups", "migrate the wiki", "translate the imprint",
          "clean up the test data", "order new certificates", "review the invoice template", "move the cron jobs", "add a dark mode", "test the new printer driver")  # fmt: skip
_PRIO_SAYINGS = {
    "high": ("high priority", "this is high prio", "priority high"),
    "low": ("low priority", "low prio is fine", "priority low"),
    "normal": ("normal priority", "usual priority: normal", "priority normal"),
}


@area.family(
    "words to commands",
    "[write|give] the arguments for create_task as priority=..., assignee=..., hours=... (in this order, separated by {separator}). Priority is high, normal or low; the assignee is a first name in lower case; hours is a whole number. "
    "[Use these defaults for what the message does not say|What the message leaves open gets a default]: {priority}, {assignee} and {hours}",
    "create_task arguments from the message: priority (high/normal/low), assignee (lower-case first name), hours (integer), as key=value in this order, divided by {separator}. [Defaults|Not mentioned]: {priority} / {assignee} / {hours}",
    "Our ticket tool has a call with three arguments, all with defaults: priority {priority}, assignee {assignee}, hours {hours}. Colleagues [announce|describe] tasks in chat. From their message, write all three as name=value, first priority (high, normal or low), then assignee "
    "(the first name in lower case), then hours (a number), divided by {separator}; take the default where the message says nothing about one. The title of the task is not needed.",
    given="a message that announces a task",
    priority=choice("normal", "low", "high"),
    assignee=choice("nobody", "team", "triage", "unassigned", "inbox"),
    hours=choice(1, 2, 4, 8),
    separator=choice(
        {
            "a comma and a space": ", ",
            "a single space": " ",
            "a semicolon and a space": "; ",
            "& (no spaces)": "&",
            "a comma and no space": ",",
        }
    ),
)
def task_arguments_with_defaults(draw: Draw, p: Values) -> Pair:
    given = [k for k in ("priority", "assignee", "hours") if draw.chance(0.6)]
    priority, who, hours = draw.pick(tuple(_PRIO_SAYINGS)), plain_name(draw), draw.randint(2, 12)
    parts = []
    if "priority" in given:
        parts.append(draw.pick(_PRIO_SAYINGS[priority]))
    if "assignee" in given:
        parts.append(
            draw.pick(
                ("{n} will do it", "assign it to {n}", "this one is for {n}", "{n} takes care of it")
            ).format(n=who)
        )
    if "hours" in given:
        parts.append(
            draw.pick(
                ("about {h} hours of work", "estimate: {h} hours", "should take {h} hours", "{h}h I guess")
            ).format(h=hours)
        )
    task = draw.pick(_TASKS)
    text = draw.pick((", ", "; ", ". ", " - ")).join(
        [
            draw.pick(("new task: {t}", "we have to {t}", "somebody needs to {t}", "TODO {t}", "{t}")).format(
                t=task
            ),
            *draw.mix(parts),
        ]
    )
    text = ". ".join(part[0].upper() + part[1:] for part in text.split(". ")) if draw.chance(0.6) else text
    values = (
        priority if "priority" in given else p.priority,
        who.lower() if "assignee" in given else p.assignee,
        hours if "hours" in given else p.hours,
    )
    return text, p.separator.join(
        f"{k}={v}" for k, v in zip(("priority", "assignee", "hours"), values, strict=True)
    )


_WRITINGS: dict[str, tuple[str, str, str, str]] = {
    "Python": ("True", "False", "None", "'"), "JSON": ("true", "false", "null", '"'), "Ruby": ("true", "false", "nil", "'"), "PHP": ("true", "false", "null", "'"), "Julia": ("true", "false", "nothing", '"'),
}  # fmt: skip
_TARGETS = {
    "JSON (true, false, null, double quotes)": "JSON", "Python (True, False, None, single quotes)": "Python", "Ruby (true, false, nil, single quotes)": "Ruby", "Julia (true, false, nothing, double quotes)": "Julia", "PHP (true, false, null, single quotes)": "PHP",
}  # fmt: skip


def _written(value: Any, language: str) -> str:
    yes, no, null, quote = _WRITINGS[language]
    if isinstance(value, list):
        return f"[{', '.join(_written(v, language) for v in value)}]"
    if isinstance(value, bool):
        return yes if value else no
    return null if value is None else f"{quote}{value}{quote}" if isinstance(value, str) else str(value)


@area.family(
    "values and types",
    "[rewrite|translate|convert] the [list|array] for {target}. [It comes from another language|It was written in another language]; keep [order, numbers and texts|the order, the numbers and the texts], with a comma and a space between the elements; {round}",
    "[List literal|List|Array literal] -> {target}. Order, numbers, strings unchanged, ', ' between elements; {round}",
    "I [paste|copy|move] [test data|sample data] between programs in different languages. The input is a list as some other language writes it. Write the same list for {target}; words in quotes are texts and stay what they are, even if they spell a truth value. Use a comma and a space between elements; {round}.",
    given="a list from a program",
    target=choice(_TARGETS),
    round=choice({"leave out empty values (None, nil, null, nothing)": "drop", "keep the empty values (None, nil, null, nothing)": "keep", "empty values (None, nil, null, nothing) become 0": "zero", "empty values such as None or nil are kept": "keep", "write 0 for empty values such as None or nil": "zero"}),
)  # fmt: skip
def list_literal_for_another_language(draw: Draw, p: Values) -> Pair:
    pool: tuple[Any, ...] = (
        True,
        False,
        None,
        None,
        draw.randint(1, 999),
        -draw.randint(1, 9),
        draw.randint(1, 99) / 4,
        names.city(draw).replace("'", ""),
        draw.pick(words.NOUNS),
        "None",
        "true",
        "null",
        draw.pick(words.ADJECTIVES),
    )
    values = [draw.pick(pool) for _ in range(draw.randint(2, 5))]
    source = draw.pick([language for language in ("Python", "JSON", "Ruby", "Julia") if language != p.target])
    kept = [0 if v is None and p.round == "zero" else v for v in values if v is not None or p.round != "drop"]
    answer = _written(kept, p.target)
    return _written(values, source), answer, (answer.replace(", ", ","),) if ", " in answer else ()


_STATE_SAYINGS = {
    "new": ("received, not yet paid", "awaiting payment", "order placed, payment open", "unpaid", "waiting for your money", "checkout done, payment pending", "invoice sent, nothing received so far", "bank transfer not in yet"),
    "paid": ("payment received, being packed", "paid, in our warehouse", "money is in, will go out soon", "payment confirmed, preparing parcel", "paid - waiting for the courier to pick it up", "amount received, picking in progress"),
    "sent": ("handed to the courier", "on its way", "shipped yesterday", "in transit", "out for delivery", "parcel left our warehouse", "with the carrier", "dispatched this morning"),
    "done": ("delivered to the customer", "left with the neighbour", "signed for at the front door", "parcel was delivered", "arrived at its destination", "customer has got it", "dropped in the parcel locker and collected"),
    "void": ("cancelled by the customer", "order was withdrawn", "called off before shipping", "voided by support", "annulled at the buyer's request", "stopped and closed, nothing was shipped", "customer changed their mind, order cancelled"),
}  # fmt: skip


@area.family(
    "mapping",
    "[map|translate] the partner's status text to our order state: {new} if it is not paid yet, {paid} if it is paid but has not left the warehouse, {sent} if it is on its way, {done} if it has arrived, {void} if the order was cancelled",
    "Status text -> state. Unpaid {new}; paid, not shipped {paid}; shipped, not there yet {sent}; delivered {done}; cancelled {void}",
    "We [import|get] orders from a dozen marketplaces, each with its own words for the state of an order. Our system has five: {new} while the money is missing, {paid} once it is there but the parcel is still with us, {sent} while the parcel travels, {done} when the customer has it, {void} if the order was called off. Which one is it?",
    given="a status text of a marketplace",
    labels=labels(new=("NEW", "OPEN", "PENDING"), paid=("PAID", "PACKING", "READY"), sent=("SENT", "SHIPPED", "TRANSIT"), done=("DONE", "DELIVERED", "ARRIVED"), void=("VOID", "CANCELLED", "WITHDRAWN")),
)  # fmt: skip
def partner_status_to_own_state(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_STATE_SAYINGS))
    text = draw.pick(_STATE_SAYINGS[kind])
    text = draw.pick(
        (
            "{t}",
            "{t}",
            "Order {n}: {t}",
            "status={t}",
            "{n} | {t}",
            "[{n}] {t}",
            "{t} (ref. {n})",
            "Update for {w}: {t}",
        )
    ).format(t=text, n=draw.randint(10000, 99999), w=plain_name(draw))
    text = draw.pick((text, text, text.upper(), text.capitalize() if text[0].islower() else text))
    return noise.untidy(draw, text), p.labels[kind]


_COLUMN_VALUES: dict[str, tuple[str, ...]] = {
    "int": ("{n}", "-{n}", "0", "{n}{n}"),
    "real": ("{n}.5", "0.{n}", "-{n}.25"),
    "date": ("2024-0{d}-1{d}", "2019-1{o}-0{d}", "2031-0{d}-2{o}"),
    "bool": ("true", "false"),
    "text": ("Oslo", "n/a", "two", "{n} kg", "A{n}", "open", "red", "ask {w}"),
}


@area.family(
    "values and types",
    "[choose|pick] the column type for the sample values: {int} if all are whole numbers, {real} if all are numbers and at least one has a decimal point, {date} if all are dates like 2024-05-31, {bool} if all are true or false, {text} in any other case. [Empty values are ignored|Empty cells do not matter]",
    "Column type: all whole numbers {int}; numbers, some with decimals {real}; all YYYY-MM-DD {date}; all true/false {bool}; [anything else or a mixture|mixed or other] {text}. Ignore empty ones",
    "I [load|import] files without a schema and guess the type of each column from a few of its values. Use {int} when every value is a whole number, {real} when all are numbers but not all are whole, {date} when all look like 2024-05-31, {bool} when all are true or false, and {text} for words and for every mixture of kinds. Empty values say nothing.",
    given="sample values of a column",
    labels=labels(int=("INTEGER", "INT"), real=("REAL", "DECIMAL"), date=("DATE", "DAY"), bool=("BOOLEAN", "BOOL"), text=("TEXT", "VARCHAR")),
)  # fmt: skip
def column_type_for_samples(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_COLUMN_VALUES))
    count = draw.randint(2, 6)
    if kind == "real":
        sources = ["real", *(draw.pick(("int", "real")) for _ in range(count - 1))]
    elif kind == "text":
        base = draw.pick(tuple(_COLUMN_VALUES))
        sources = ["text", *([base] * (count - 1))]
    else:
        sources = [kind] * count
    cells = [
        draw.pick(_COLUMN_VALUES[s]).format(
            n=draw.randint(1, 99), d=draw.randint(1, 9), o=draw.randint(0, 2), w=plain_name(draw)
        )
        for s in draw.mix(sources)
    ]
    if draw.chance(0.3):
        cells.insert(draw.randrange(len(cells)), "")
    return draw.pick((", ", ",", "\n", " | ", "; ")).join(cells), p.labels[kind]
