"""Dates and times, and the ways in which people write them."""

import datetime as dt

from babel.dates import format_date

from programasweights.data.oracle.draw import Draw

__all__ = ["FORMATS", "LANGUAGES", "date", "minutes", "written"]

FORMATS: dict[str, str] = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "DD.MM.YYYY": "%d.%m.%Y",
    "DD/MM/YYYY": "%d/%m/%Y",
    "MM/DD/YYYY": "%m/%d/%Y",
    "YYYY/MM/DD": "%Y/%m/%d",
    "DD-MM-YYYY": "%d-%m-%Y",
    "YYYYMMDD": "%Y%m%d",
}
"""Numeric forms by the name that specs use, with their strftime pattern."""

LANGUAGES: dict[str, str] = {
    "English": "en", "German": "de", "French": "fr", "Spanish": "es", "Italian": "it", "Portuguese": "pt",
    "Dutch": "nl", "Polish": "pl", "Swedish": "sv", "Czech": "cs",
}  # fmt: skip
"""Languages that dates are written in, with their codes."""


def date(draw: Draw, low: int = 1960, high: int = 2035) -> dt.date:
    """A day of the years `low` to `high`."""
    return dt.date(draw.randint(low, high), 1, 1) + dt.timedelta(days=draw.randrange(365))


def written(draw: Draw, day: dt.date, language: str = "en") -> str:
    """The day with its month as a word, such as "3 March 2021", without a zero before the day."""
    forms = ("d MMMM y", "d MMMM y", "MMMM d, y", "EEEE, d MMMM y", "d MMM y")
    return str(format_date(day, draw.pick(forms) if language == "en" else "d MMMM y", locale=language))


def minutes(draw: Draw) -> int:
    """A time of day in minutes after midnight, often a multiple of 5."""
    return draw.randrange(0, 1440, 5) if draw.chance(0.7) else draw.randrange(1440)
