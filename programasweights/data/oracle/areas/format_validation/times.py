"""Format validation: dates, times of day and schedules."""

import datetime as dt
import re

from programasweights.data.oracle.banks import dates, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, token, yes_no

__all__ = ["area"]

area = Area("Format validation")

_PARTS = {"%Y": "{y:04}", "%m": "{m:02}", "%d": "{d:02}"}


def _shown(form: str, year: int, month: int, day: int) -> str:
    for part, text in _PARTS.items():
        form = form.replace(part, text)
    return form.format(y=year, m=month, d=day)


def _flaw(text: str, form: str) -> str:
    """What is wrong with a date that should have this form: shape, month, day or nothing (fine)."""
    pattern = (
        re.escape(form)
        .replace("%Y", r"(?P<y>\d{4})")
        .replace("%m", r"(?P<m>\d\d)")
        .replace("%d", r"(?P<d>\d\d)")
    )
    found = re.fullmatch(pattern, text)
    if not found:
        return "shape"
    year, month, day = (int(found[k]) for k in "ymd")
    if not 1 <= month <= 12:
        return "month"
    try:
        dt.date(year, month, day)
    except ValueError:
        return "day"
    return "fine"


def _date_with_flaw(draw: Draw, form: str, flaw: str) -> str:
    day = dates.date(draw, 1970, 2034)
    if flaw == "fine":
        if draw.chance(0.2):
            return _shown(
                form,
                *draw.pick(
                    (
                        (2024, 2, 29),
                        (2020, 2, 29),
                        (1996, 2, 29),
                        (day.year, 12, 31),
                        (day.year, 1, 31),
                        (day.year, 6, 30),
                    )
                ),
            )
        return day.strftime(form)
    if flaw == "month":
        return _shown(form, day.year, draw.pick((0, 13, 14, 15, 19, 20, 24)), draw.randint(1, 12))
    if flaw == "day":
        year = day.year - (day.year % 4 == 0)
        month, number = draw.pick(
            (
                (2, 30),
                (2, 31),
                (4, 31),
                (6, 31),
                (9, 31),
                (11, 31),
                (2, 29),
                (day.month, 32),
                (day.month, 0),
                (day.month, draw.randint(33, 45)),
            )
        )
        return _shown(form, year, month, number)
    kind = draw.randrange(4)
    if kind == 0:
        return day.strftime(
            draw.pick([f for f in dates.FORMATS.values() if _flaw(day.strftime(f), form) == "shape"])
        )
    if kind == 1:
        return re.sub(
            r"0(\d)",
            r"\1",
            day.replace(day=draw.randint(1, 9), month=draw.randint(1, 9)).strftime(form),
            count=1,
        )
    if kind == 2:
        return day.strftime(form.replace("%Y", "%y"))
    return day.strftime(
        draw.pick(("%d %B %Y", "%B %d, %Y", form.replace("%m", "%b"), form + " 12:30", "the " + form))
    )


@area.family(
    "dates",
    "[check|tell|say] whether the text is an existing date written exactly as {form}: {yes} if it is, {no} if it "
    "has another form or there is no such day",
    "Valid {form} date? All digits there, real month, real day (mind leap years): {yes}. Otherwise: {no}.",
    "I [import|load] a column that must hold dates as {form}, with leading zeros. [Return|Give|Write] {yes} for a "
    "correct date that exists in the calendar and {no} for everything else, for example another order or "
    "separator, a missing zero, a thirteenth month or the 31st of a month with 30 days.",
    given="a date field",
    form=choice(dates.FORMATS),
    labels=yes_no(),
)
def existing_date_in_stated_form(draw: Draw, p: Values) -> Pair:
    flaw = draw.pick(("fine", "fine", "fine", "shape", "month", "day"))
    text = _date_with_flaw(draw, p.form, flaw)
    return text, p.labels["yes" if _flaw(text, p.form) == "fine" else "no"]


@area.family(
    "dates",
    "[check|examine] a date that should look like {form}: {shape} if it is written in another form (other signs, "
    "words, too many or too few digits), {month} if the form is right but the month is not between 1 and 12, "
    "{day} if the month is right but [does not have such a day|has no such day], {fine} if it is correct",
    "Date check for {form}. Wrong shape -> {shape}; shape ok, month impossible -> {month}; month ok, day "
    "impossible in that month -> {day}; all good -> {fine}.",
    "My [form|upload page] wants dates as {form} and should tell people what is wrong. Go through it in this "
    "order: not in that form at all, {shape}; a month number that does not exist, {month}; a day that this month "
    "does not have (think of leap years), {day}; nothing wrong, {fine}.",
    given="a date field",
    form=choice(dates.FORMATS),
    labels=labels(shape=("format", "shape", "wrong format"), month=("month", "bad month", "no month"), day=("day",
        "bad day", "no day"), fine=("ok", "valid", "fine")),
)  # fmt: skip
def what_is_wrong_with_the_date(draw: Draw, p: Values) -> Pair:
    text = _date_with_flaw(draw, p.form, draw.pick(("fine", "shape", "month", "day")))
    return text, p.labels[_flaw(text, p.form)]


@area.family(
    "dates",
    "[convert|rewrite] the date, which should be {form}, to {target}; [write|return] {bad} if it is not in that "
    "form or is no real date",
    "{form} -> {target}; anything that is not a real date in exactly that form -> {bad}",
    "One system gives me dates as {form}, another needs {target}. Convert them, but if [something|a value] is not "
    "exactly in the first form or names a day that does not exist, answer {bad} [instead|so that I can look at "
    "it].",
    given="a date field",
    form=choice({k: dates.FORMATS[k] for k in ("DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY")}),
    target=choice(
        {
            "YYYY-MM-DD": "%Y-%m-%d",
            "ISO form (YYYY-MM-DD)": "%Y-%m-%d",
            "YYYY/MM/DD": "%Y/%m/%d",
            "YYYYMMDD": "%Y%m%d",
            "MM-DD-YYYY": "%m-%d-%Y",
            "YYYY.MM.DD": "%Y.%m.%d",
            "DD MM YYYY": "%d %m %Y",
        }
    ),
    bad=token(
        "invalid", "INVALID", "error", "bad date", "ERR", "?", "reject", "null", "not a date", "#N/A", "wrong"
    ),
)
def checked_date_converted(draw: Draw, p: Values) -> Pair:
    text = _date_with_flaw(draw, p.form, draw.pick(("fine", "fine", "fine", "shape", "month", "day")))
    if _flaw(text, p.form) != "fine":
        return text, p.bad
    return text, dt.datetime.strptime(text, p.form).strftime(p.target)


_TIME_SHAPES = (
    "{h}:{m:02}",
    "{h:02}:{m:02}",
    "{h:02}.{m:02}",
    "{h}.{m:02}",
    "{h}h{m:02}",
    "{h:02}{m:02}",
    "{h} : {m:02}",
)


@area.family(
    "times of day",
    "[normalise|bring] the time on the 24-hour clock (typed like 7:05, 07.05, 7h05 or 0705) to the form {form}; "
    "{bad} if the hour is above 23, the minutes are above 59, or it is no such time",
    "24-hour time, any of 7:05 / 07.05 / 7h05 / 0705 -> as {form} (five past seven in the morning); impossible or "
    "not a time: {bad}",
    "People type start times in our [booking form|timetable] as 7:05, 07.05, 7h05 or 0705. Turn each into the "
    "form that {form} has for five past seven in the morning. Hours go up to 23 and minutes up to 59; whatever "
    "[breaks that|is beyond] or is not a time gets {bad}.",
    given="what was typed into a time field",
    form=choice({"07:05": "{h:02}:{m:02}", "07.05": "{h:02}.{m:02}", "0705": "{h:02}{m:02}", "7:05": "{h}:{m:02}",
        "07h05": "{h:02}h{m:02}", "07:05:00": "{h:02}:{m:02}:00", "7.05": "{h}.{m:02}",
        "T07:05": "T{h:02}:{m:02}"}),
    bad=token("invalid", "INVALID", "error", "no time", "ERR", "?", "reject", "null", "--:--", "wrong"),
)  # fmt: skip
def typed_time_normalised(draw: Draw, p: Values) -> Pair:
    minutes = dates.minutes(draw)
    hour, minute = divmod(minutes, 60)
    kind = draw.randrange(8)
    if kind == 0:
        hour = draw.randint(24, 39)
    elif kind == 1:
        minute = draw.randint(60, 99)
    elif kind == 2:
        return draw.pick(
            ("soon", "abc", "{}:{}x", "-", "{}:", ":{}", "tomorrow", "{}{}{}{}", "{}:{}:{}:{}")
        ).format(hour, minute, hour + 10, minute), p.bad
    text = draw.pick(_TIME_SHAPES).format(h=hour, m=minute)
    return draw.pick(("{}", "{}", "{} ", " {}")).format(text), p.form.format(
        h=hour, m=minute
    ) if hour < 24 and minute < 60 else p.bad


@area.family(
    "times of day",
    "[check|look at] the time range (HH:MM-HH:MM, 24-hour clock): {broken} if one of the times cannot exist, "
    "{backwards} if both exist but the end is not later than the start, {fine} otherwise",
    "Range HH:MM-HH:MM. Impossible time (hour > 23 or minute > 59) -> {broken}; end before or equal to start -> "
    "{backwards}; else {fine}",
    "Our shops enter [opening hours|shifts] as two times with a hyphen, all on one day. [Return|Give|Write] "
    "{fine} if both times are real and the second is later than the first, {backwards} if both are real but the "
    "second is earlier or the same, and {broken} if an hour is over 23 or the minutes are over 59.",
    given="a time range",
    difficulty=3,
    labels=labels(fine=("ok", "valid", "good"), backwards=("order", "reversed", "swap"), broken=("invalid",
        "no time", "error")),
)  # fmt: skip
def time_range_in_order(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("fine", "backwards", "broken"))
    start, end = sorted(draw.sample(range(0, 1440, 5), 2))
    times = [divmod(start, 60), divmod(end, 60)]
    if wanted == "backwards":
        times = [times[0], times[0]] if draw.chance(0.15) else times[::-1]
    elif wanted == "broken":
        k = draw.randrange(2)
        hour, minute = times[k]
        times[k] = (draw.randint(24, 39), minute) if draw.chance(0.5) else (hour, draw.randint(60, 95))
    return draw.pick(("{}-{}", "{}-{}", "{} - {}", "{}–{}")).format(
        *(f"{h:02}:{m:02}" for h, m in times)
    ), p.labels[wanted]


_CRON = ("minute", "hour", "day", "month", "weekday")
_LIMITS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))


@area.family(
    "schedules",
    "[check|validate] the cron line: five fields divided by spaces, minute (0-59), hour (0-23), day (1-31), month "
    "(1-12), weekday (0-6), each a number or *. [Write|Return] {fine} if all is right, {count} if there are not "
    "five fields, else the name of the first wrong field as I called it",
    "Cron check. Fields minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-6, or *. Not 5 fields: {count}. "
    "First field out of range: its name (minute, hour, day, month, weekday). All ok: {fine}.",
    "Users of our [job scheduler|backup tool] type cron lines. I allow just * or one number per field. The fields "
    "are minute from 0 to 59, hour from 0 to 23, day from 1 to 31, month from 1 to 12 and weekday from 0 to 6. "
    "Answer {count} when there are more or fewer than five fields; otherwise the name of the first field (minute, "
    "hour, day, month, weekday) that is out of its range; {fine} when there is no mistake.",
    given="a cron line",
    difficulty=3,
    fine=token("ok", "valid", "fine", "OK", "-", "no error", "pass", "0", "correct"),
    count=token("fields", "count", "wrong number of fields", "ERR", "length", "?", "not 5", "shape"),
)
def first_wrong_cron_field(draw: Draw, p: Values) -> Pair:
    fields = ["*" if draw.chance(0.5) else str(draw.randint(*limits)) for limits in _LIMITS]
    kind = draw.randrange(7)
    if kind == 0:
        if draw.chance(0.5):
            fields.append(draw.pick(("*", "1", "0")))
        else:
            fields.pop()
    elif kind < 6:
        for k in draw.some(range(5), 1, 2):
            high = _LIMITS[k][1]
            fields[k] = str(high + draw.randint(1, 12)) if k not in (2, 3) or draw.chance(0.7) else "0"
    if len(fields) != 5:
        return " ".join(fields), p.count
    wrong = [
        name
        for name, f, (low, high) in zip(_CRON, fields, _LIMITS, strict=True)
        if f != "*" and not low <= int(f) <= high
    ]
    return " ".join(fields), wrong[0] if wrong else p.fine


_DAY_STYLES = {
    "Mon": lambda d: d[:3], "MON": lambda d: d[:3].upper(), "Monday": lambda d: d, "mo": lambda d: d[:2].lower(),
    "Mo": lambda d: d[:2], "monday": lambda d: d.lower(),
}  # fmt: skip


@area.family(
    "schedules",
    "[rewrite|normalise] the opening hours in the form {day} {times}: the day written as Monday is there, times "
    "on the 24-hour clock with leading zeros as shown for nine to five; {closed} in place of the times if it is "
    "closed that day",
    'One line of opening hours -> "{day} {times}" (pattern for Monday, 9 am to 5 pm; 24-hour clock); closed: '
    "day, a space and {closed}",
    "Shop owners send me opening hours line by line in their own ways, with am and pm or without. [I need|We "
    "need] each "
    "line like {day} {times}, which is how nine to five on a Monday has to look. [If|When] the shop is closed on "
    "that day, write the day, a space and {closed}.",
    given="the opening hours of one day",
    difficulty=3,
    day=choice(*_DAY_STYLES),
    times=choice(
        {
            "09:00-17:00": "{:02}:{:02}-{:02}:{:02}",
            "09:00 - 17:00": "{:02}:{:02} - {:02}:{:02}",
            "0900-1700": "{:02}{:02}-{:02}{:02}",
            "09.00-17.00": "{:02}.{:02}-{:02}.{:02}",
            "09:00–17:00": "{:02}:{:02}–{:02}:{:02}",
            "09:00/17:00": "{:02}:{:02}/{:02}:{:02}",
        }
    ),
    closed=token("closed", "x", "CLOSED", "--", "off", "none", "0"),
)
def opening_hours_line_normalised(draw: Draw, p: Values) -> Pair:
    day = draw.pick(words.KINDS["weekday"])
    said = draw.pick((day, day[:3], day.upper(), day[:3].lower(), day[:2], day + "s"))
    if draw.chance(0.2):
        text = draw.pick(
            ("{} closed", "{}: closed", "{} - CLOSED", "closed on {}", "{}: we are closed")
        ).format(said)
        return text, f"{_DAY_STYLES[p.day](day)} {p.closed}"
    start, end = (
        draw.randint(6, 11) * 60 + draw.pick((0, 0, 30, 15)),
        draw.randint(13, 21) * 60 + draw.pick((0, 0, 30, 45)),
    )
    style = draw.randrange(3)
    shown = []
    for minutes in (start, end):
        hour, minute = divmod(minutes, 60)
        if style == 0:
            shown.append(f"{hour}:{minute:02}")
        elif style == 1:
            shown.append(
                f"{(hour - 1) % 12 + 1}{f':{minute:02}' if minute else ''}{draw.pick(('', ' '))}{'am' if hour < 12 else 'pm'}"
            )
        else:
            shown.append(f"{hour:02}.{minute:02}")
    text = f"{said}{draw.pick((' ', ': ', ', '))}{draw.pick((' - ', '-', ' to ')).join(shown)}"
    hours = p.times.format(*divmod(start, 60), *divmod(end, 60))
    return text, f"{_DAY_STYLES[p.day](day)} {hours}"
