"""Integration with code: schedules and times, patterns."""

import datetime as dt
import re

from programasweights.data.oracle.banks import dates, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, token

__all__ = ["area"]

area = Area("Integration with code")

_DAYS = words.KINDS["weekday"]


@area.family(
    "schedules and times",
    "[write|give|build|work out] the cron [expression|line|schedule] for the [schedule|plan]: {fields}, days of the "
    "week {names}, * for every. [Repeats|Steps] such as every 10 minutes are written */10",
    "[Schedule -> cron|Cron for the schedule|As cron|Cron line]: {fields}; [weekdays|days of the week] {names}; [* = "
    "any|* for any]; steps as */N[. Monday to Friday as a range|, Monday to Friday as a range]",
    "[I always look up how cron works|I never remember how cron works|Cron confuses me]. [Turn|Translate|Put] the "
    "schedule [into a cron expression|into cron] with {fields}, days of the week {names}, * where anything will do "
    "and */N for every N minutes or hours. Numbers have no leading zeros; Monday to Friday is a range with a hyphen.",
    given="a schedule in words",
    difficulty=3,
    fields=choice({
        "five fields (minute, hour, day of month, month, day of week)": "{}",
        "the usual five fields, minute first": "{}", "six fields, with the seconds (always 0) in front of the usual "
        "five": "0 {}", "five fields and, after a space, the command backup.sh": "{} backup.sh",
        "seven fields: seconds (always 0), the usual five, year (always *)": "0 {} *",
        "the usual five fields followed by the command run-job": "{} run-job",
    }),
    names=choice({"as numbers with Sunday 0 and Saturday 6": "0",
    "as numbers, Monday 1 to Saturday 6 and Sunday 0": "0", "as MON, TUE, WED, THU, FRI, SAT, SUN": "N",
    "as numbers from Monday 1 to Sunday 7": "7", "as three capital letters (MON to SUN)": "N"}),
)  # fmt: skip
def schedule_to_cron(draw: Draw, p: Values) -> Pair:
    hour, minute = draw.randint(0, 23), draw.pick((0, 0, 15, 30, 45, 5, 20))
    clock = draw.pick((f"{hour}:{minute:02d}", f"{hour:02d}:{minute:02d}"))
    day = draw.randrange(7)
    code = {"0": str((day + 1) % 7), "7": str(day + 1), "N": _DAYS[day][:3].upper()}[p.names]
    workdays = "MON-FRI" if p.names == "N" else "1-5"
    step, hours, date = draw.pick((2, 5, 10, 15, 20, 30)), draw.pick((2, 3, 4, 6, 8, 12)), draw.randint(1, 28)
    text, made = draw.pick((
        (f"every day at {clock}", f"{minute} {hour} * * *"), (f"daily, {clock}", f"{minute} {hour} * * *"),
        (f"every {_DAYS[day]} at {clock}", f"{minute} {hour} * * {code}"), (f"{words.plural(_DAYS[day])} {clock}",
        f"{minute} {hour} * * {code}"), (f"Monday to Friday at {clock}", f"{minute} {hour} * * {workdays}"),
        (f"every {step} minutes", f"*/{step} * * * *"), ("every hour on the hour", "0 * * * *"),
        (f"every hour at {minute or 10} minutes past", f"{minute or 10} * * * *"),
        (f"every {hours} hours on the hour", f"0 */{hours} * * *"), (f"on day {date} of every month at {clock}",
        f"{minute} {hour} {date} * *"),
        (f"on the first day of each month, {clock}", f"{minute} {hour} 1 * *"), ("every minute", "* * * * *"),
    ))  # fmt: skip
    form = draw.pick(
        ("{}", "{}", "run it {}", "please {}", "the backup should start {}", "{}, please", "Report: {}")
    )
    return form.format(text), p.fields.format(made)


_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_SMALL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
    "twenty": 20,
    "thirty": 30,
}


def _duration(draw: Draw) -> tuple[str, int]:
    """A length of time in words, and its seconds; always whole minutes."""
    kind = draw.randrange(7)
    count_word, count = draw.pick(tuple(_SMALL.items()))
    shown = count_word if draw.chance(0.5) else str(count)
    unit = draw.pick(("minute", "minute", "hour", "day"))
    if unit == "day" and count > 6:
        unit = "minute"
    if kind == 0:
        return draw.pick(
            (
                ("half an hour", 1800),
                ("a quarter of an hour", 900),
                ("an hour and a half", 5400),
                ("three quarters of an hour", 2700),
                ("half a day", 43200),
                ("a day", 86400),
                ("an hour", 3600),
                ("a minute", 60),
            )
        )
    if kind == 1:
        hours, rest = draw.randint(1, 9), draw.pick((5, 10, 15, 20, 30, 45))
        return draw.pick(
            (
                f"{hours}h {rest}m",
                f"{hours} h {rest} min",
                f"{hours} hour{'s' * (hours > 1)} and {rest} minutes",
                f"{hours}:{rest:02d} hours",
            )
        ), hours * 3600 + rest * 60
    if kind == 2:
        return f"{shown} and a half hours" if count > 1 else "one and a half hours", count * 3600 + 1800
    if kind == 3:
        short = {"minute": draw.pick(("min", "m")), "hour": "h", "day": "d"}[unit]
        return f"{count}{draw.pick(('', ' '))}{short}", count * _UNITS[unit]
    return f"{shown} {unit}{'s' * (count > 1)}", count * _UNITS[unit]


@area.family(
    "schedules and times",
    "[convert|turn] the length of time in the text into {unit}; [if no length of time is given|if there is none], "
    "{none}. m and min are minutes, h hours, d days",
    "Duration in words -> {unit}; none given: {none}. (m/min = minutes, h = hours, d = days.) [No other "
    "text.|Nothing else.]",
    "Our [scheduler|interface|timer service] wants {unit}, but people write lengths of time as they like: half an "
    "hour, 90 min, 2h 15m and so on (m or min for minutes, h for hours, d for days). Give me what it needs, or "
    "{none} if the text has no length of time.",
    given="a text with a length of time",
    difficulty=3,
    unit=choice({
        "a whole number of seconds": "s", "seconds, as a number without a unit": "s",
        "a whole number of minutes": "m", "minutes, as a bare number": "m", "a whole number of milliseconds": "ms",
        "hours, a colon and two digits for the minutes, as in 1:30 (a day is 24 hours)": "hm",
        "the form HH:MM:SS (a day is 24 hours)": "hms", "seconds followed directly by the letter s, as in 90s": "S",
        "minutes followed directly by min, as in 90min": "M",
    }),
    none=missing("-1"),
)  # fmt: skip
def length_of_time_for_a_machine(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.12):
        return draw.pick(
            (
                "as soon as possible please",
                "no limit",
                "wait until I tell you",
                "later",
                "timeout not set",
                "forever",
                "start now",
                "for a while",
                "not too long",
            )
        ), p.none
    said, seconds = _duration(draw)
    form = draw.pick(
        (
            "{}",
            "{}",
            "wait {}",
            "timeout after {}",
            "pause for {} please",
            "keep it for {}",
            "TTL: {}",
            "the film lasts {}",
            "lock the account for {}",
            "remind me in {}",
            "cache entries live {}",
        )
    )
    made = {
        "s": f"{seconds}",
        "m": f"{seconds // 60}",
        "ms": f"{seconds * 1000}",
        "hm": f"{seconds // 3600}:{seconds % 3600 // 60:02d}",
        "hms": f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:00",
        "S": f"{seconds}s",
        "M": f"{seconds // 60}min",
    }
    return noise.untidy(draw, form.format(said)), made[p.unit]


_FORMATS = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "DD.MM.YYYY": "%d.%m.%Y",
    "YYYYMMDD": "%Y%m%d",
    "MM/DD/YYYY": "%m/%d/%Y",
    "DD/MM/YYYY": "%d/%m/%Y",
}
_ABOUT = (
    "Remind me to call the bank {}.",
    "{}: dentist",
    "Can we meet {}?",
    "The parcel comes {}.",
    "deadline {}",
    "I need the report {}",
    "Lunch {}?",
    "book the car {}",
    "Move it to {} please",
    "{} works for me",
    "party {}!!",
)
_PAST = (
    "I called them {}.",
    "The invoice came {}.",
    "it broke {}",
    "Paid {}",
    "{} we had snow",
    "lost my keys {}",
)


@area.family(
    "schedules and times",
    "[find|give|work out] the [date|day] that the message [speaks of|is about], as {form}; today's date stands in "
    "the first line. The name of a weekday means the next such day after today (never today); {none} if no day is "
    "mentioned",
    "[Day meant in the message|Date of the message's event|Date meant] -> {form}. [Line 1 = today.|First line: "
    "today.] Weekday name = its next occurrence after today. No day: {none}",
    "[My assistant|Our bot] gets today's date and [a message under it|under it a message]. I need the day that is "
    "meant in the form {form}: tomorrow, in two weeks, three days ago and the like, counted from today, or a "
    "weekday, which always means the first one after today. If the message names no day at all, write {none}.",
    given="today's date and a message",
    difficulty=3,
    form=choice(_FORMATS),
    none=missing("no date"),
)  # fmt: skip
def day_meant_from_today(draw: Draw, p: Values) -> Pair:
    today = dates.date(draw, 2023, 2028)
    head = draw.pick(
        (
            "Today: {d:%A}, {d:%Y-%m-%d}",
            "Today is {d:%A}, {d:%d %B %Y}.",
            "{d:%Y-%m-%d} ({d:%A})",
            "{d:%A} {d:%d.%m.%Y}",
        )
    ).format(d=today)
    if draw.chance(0.12):
        return (
            f"{head}\n{draw.pick(('Call me when you can.', 'Who has the key?', 'The report is fine.', 'Lunch was great!', 'ok', 'Please send the file.'))}",
            p.none,
        )
    day = draw.randrange(7)
    count = draw.randint(2, 10)
    said, shift, bank = draw.pick((
        ("today", 0, _ABOUT), ("tomorrow", 1, _ABOUT), ("the day after tomorrow", 2, _ABOUT), (f"in {count} days",
        count, _ABOUT), (f"in {words.number_word(count)} days", count, _ABOUT), ("in a week", 7, _ABOUT),
        (f"in {words.number_word(min(count, 4))} weeks", 7 * min(count, 4), _ABOUT),
        (f"on {_DAYS[day]}", (day - today.weekday() - 1) % 7 + 1, _ABOUT), (f"on {_DAYS[day]}",
        (day - today.weekday() - 1) % 7 + 1, _ABOUT), ("yesterday", -1, _PAST), (f"{count} days ago", -count, _PAST),
        ("a week ago", -7, _PAST), (f"{words.number_word(count)} days ago", -count, _PAST),
    ))  # fmt: skip
    form = draw.pick([f for f in bank if "to {}" not in f or shift in (0, 1, 2)])
    text = form.format(said)
    return f"{head}\n{text[0].upper() + text[1:]}", (today + dt.timedelta(days=shift)).strftime(p.form)


_COUNTS = ("one", "two", "three", "four", "five", "six", "eight")


@area.family(
    "patterns",
    "[write|give|build] the [regular expression|regex] for the [description|code that is described], {anchors}: "
    "{digit} for a digit, [A-Z] for a capital letter, [a-z] for a small one; repetitions as {{n}}, but nothing for a "
    "single character; hyphens, slashes and underscores plain, a dot as \\.; {none} if the text describes no code",
    "[Description -> regex|Regex for this|Regular expression for the described code], {anchors}. [Only the "
    "expression.|Just the pattern.] Digit {digit}, capital [A-Z], small letter [a-z], n times {{n}} (none for one), "
    "dot \\., other signs as they are. [No code described|Nothing described]: {none}",
    "[I know|We know] what our codes look like but cannot write regular expressions. [Turn|Translate|Make] my "
    "description into one, {anchors}. Use {digit} for digits, [A-Z] and [a-z] for capital and small letters, {{n}} "
    "for n of them in a row (leave it out for a single one), \\. for a dot and the plain sign for hyphens, slashes "
    "and underscores. If a text does not describe a code, answer {none}.",
    given="a description of a code",
    difficulty=3,
    anchors=choice({"with ^ at the start and $ at the end": "^{}$", "between ^ and $": "^{}$",
    "without anchors": "{}", "without ^ and $": "{}", "between \\b and \\b": "\\b{}\\b",
    "with a slash before and after it as in JavaScript, and without anchors": "/{}/",
    "with ^ in front and nothing at the end": "^{}"}),
    digit=choice("\\d", "[0-9]"),
    none=token("?", "error", "unclear", "none", "no code", "-", "N/A", "???", "nothing"),
)  # fmt: skip
def description_to_regex(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.1):
        return draw.pick(
            (
                "please call me back",
                "no idea what they look like",
                "ask the warehouse",
                "what is a code?",
                "see the manual",
                "thanks!",
                "I forgot",
                "our codes changed last year",
            )
        ), p.none
    said, made = [], ""
    kinds = {"digit": p.digit, "capital letter": "[A-Z]", "small letter": "[a-z]"}
    signs = {"a hyphen": "-", "a dot": r"\.", "an underscore": "_"} | (
        {} if p.anchors.startswith("/") else {"a slash": "/"}
    )
    last = ""
    for n in range(draw.pick((1, 2, 3, 3, 4, 5))):
        if n % 2 and draw.chance(0.75):
            sign = draw.pick(tuple(signs))
            said.append(sign)
            made += signs[sign]
            continue
        last = draw.pick([k for k in kinds if k != last])
        count = draw.pick((1, 2, 2, 3, 3, 4, 5, 6, 8))
        word = words.number_word(count)
        said.append(
            f"{word} {last}{'s' * (count > 1)}" if draw.chance(0.6) else f"{count} {last}{'s' * (count > 1)}"
        )
        made += kinds[last] + (f"{{{count}}}" if count > 1 else "")
    joint = draw.pick((", then ", ", ", " followed by ", " + ", " then "))
    form = draw.pick(
        ("{}", "{}", "our codes: {}", "It consists of {}.", "always {}", "{} and nothing else", "first {}")
    )
    return form.format(joint.join(said)), p.anchors.format(made)


@area.family(
    "patterns",
    "[say|tell] which of the two patterns the code fits: {first} for {one}, {second} for {two}, {none} if it fits "
    "neither",
    "Code matches {one}: {first}; {two}: {second}; neither: {none}. [A code fits only if all of it matches.|The "
    "whole code has to match.]",
    "Two departments use different codes, and sometimes people mistype them. Codes of the form {one} belong to the "
    "first department ({first}), codes of the form {two} to the second ({second}). Every code that does not have "
    "exactly one of these forms is {none}.",
    given="a code",
    one=choice({"two capital letters and four digits": r"[A-Z]{2}\d{4}",
    "one capital letter, a hyphen and five digits": r"[A-Z]-\d{5}",
    "three digits, a dot and three digits": r"\d{3}\.\d{3}", "four digits and one small letter": r"\d{4}[a-z]"}),
    two=choice({"three capital letters, a hyphen and three digits": r"[A-Z]{3}-\d{3}", "six digits": r"\d{6}",
    "two small letters, an underscore and four digits": r"[a-z]{2}_\d{4}",
    "one digit, two capital letters and two digits": r"\d[A-Z]{2}\d{2}"}),
    labels=labels(first=("first", "north", "A"), second=("second", "south", "B"), none=("other", "invalid", "X")),
)  # fmt: skip
def code_of_which_pattern(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("first", "second", "none"))
    pattern = p.one if kind == "first" else p.two if kind == "second" else draw.pick((p.one, p.two))

    def made(source: str) -> str:
        units = re.findall(r"(\[A-Z\]|\[a-z\]|\\d|\\\.|.)(?:\{(\d)\})?", source)
        pools = {
            "[A-Z]": "ABCDEFGHKLMNPRSTXYZ",
            "[a-z]": "abcdefghkmnprstxyz",
            r"\d": "0123456789",
            r"\.": ".",
        }
        return "".join(
            draw.pick(pools.get(unit, unit)) for unit, count in units for _ in range(int(count or 1))
        )

    code = made(pattern)
    if kind == "none":
        at = draw.randrange(len(code))
        code = draw.pick(
            (
                code[:at] + code[at + 1 :],
                code + draw.pick("0123456789AB"),
                code.swapcase() if code.swapcase() != code else code + "-",
                code[:at] + draw.pick("#?/ ") + code[at:],
                code[::-1],
            )
        )
        if re.fullmatch(p.one, code) or re.fullmatch(p.two, code):
            code += "!"
    return code, p.labels[kind]
