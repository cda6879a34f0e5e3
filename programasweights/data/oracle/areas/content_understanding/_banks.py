"""Helpers and phrase banks that several modules on understanding content share."""

from collections.abc import Callable

from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw

__all__ = ["DAYS", "MONTHS", "TASKS", "amount", "article", "clock", "distinct", "edges", "people", "places"]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip

TASKS = (
    "send the slides to the client", "book the meeting room", "order new chairs", "write the press release",
    "call the landlord", "update the price list", "test the login page", "check the invoices", "draft the contract",
    "fix the printer", "collect the signatures", "translate the leaflet", "prepare the budget", "back up the server",
    "interview the two applicants", "renew the domain", "clean up the shared folder", "print the badges",
    "answer the auditor", "find a caterer", "review the pull request", "water the plants", "count the stock",
    "design the poster", "compare the three offers", "chase the late payments", "set up the new laptop",
    "move the files to the archive", "plan the summer party", "write the minutes", "reset the door code",
    "measure the office", "publish the newsletter", "return the rented van", "train the new colleague",
    "ask the bank for a quote", "cancel the old phone plan", "label the boxes", "check the smoke detectors",
)  # fmt: skip
"""Things to do, starting with a verb, without commas."""


def distinct(draw: Draw, make: Callable[[Draw], str], count: int) -> list[str]:
    """Some different results of `make`, none part of another."""
    found: list[str] = []
    while len(found) < count:
        new = make(draw)
        if not any(new.lower() in old.lower() or old.lower() in new.lower() for old in found):
            found.append(new)
    return found


def people(draw: Draw, count: int) -> list[str]:
    """Different given names."""
    return distinct(draw, names.first_name, count)


def places(draw: Draw, count: int) -> list[str]:
    """Different towns."""
    return distinct(draw, names.city, count)


def edges(draw: Draw, text: str) -> str:
    """The text, at times with spaces, blank lines or the start of a signature around it; nothing changes inside."""
    if draw.chance(0.75):
        return text
    return draw.pick((" {}", "{} ", "\n{}\n", "{}\n", "   {}", "{}\n\n--", "{}\n\n", "\n\n{}")).replace(
        "{}", text
    )


def article(thing: str) -> str:
    """The thing with "a" or "an" before it, if it is no plural."""
    if thing.endswith("s") and not thing.endswith("ss"):
        return thing
    return ("an " if thing[0] in "aeiou" else "a ") + thing


def clock(draw: Draw, minutes: int) -> str:
    """A time of day in a clear form: 18:30, 6:30 pm, 6.30pm, 6pm."""
    hour, rest = divmod(minutes, 60)
    half = "am" if hour < 12 else "pm"
    short = hour % 12 or 12
    if draw.chance(0.45):
        return f"{hour:02d}:{rest:02d}" if draw.chance(0.5) else f"{hour}:{rest:02d}"
    space = draw.pick((" ", ""))
    return f"{short}{space}{half}" if rest == 0 else f"{short}{draw.pick((':', '.'))}{rest:02d}{space}{half}"


def amount(draw: Draw, value: float, sign: str) -> str:
    """Money with its sign in front, such as $1,200 or £12.50."""
    return f"{sign}{value:,.2f}" if value != int(value) or draw.chance(0.2) else f"{sign}{int(value):,}"
