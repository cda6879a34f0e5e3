"""Shared by the modules on integration with code: JSON text, polite frames, names of developers' things."""

import json
import re
from typing import Any

from programasweights.data.oracle.draw import Draw

__all__ = ["RESOURCES", "asked", "dashed", "json_answers", "plain_name", "source_file"]

RESOURCES: tuple[tuple[str, str], ...] = tuple(
    (part.split("/")[0], part.split("/")[1])
    for part in """customer/customers invoice/invoices product/products order/orders ticket/tickets project/projects user/users
    category/categories company/companies delivery/deliveries address/addresses branch/branches box/boxes person/people
    reply/replies policy/policies supplier/suppliers coupon/coupons webhook/webhooks booking/bookings shelf/shelves
    country/countries batch/batches employee/employees payment/payments entry/entries class/classes warehouse/warehouses
    subscription/subscriptions city/cities child/children lead/leads campaign/campaigns template/templates""".split()
)
"""Things that services keep, with their plural."""

_PLAIN = """Anna Ben Carla David Elena Felix Grace Hugo Irene Jonas Karim Lena Marta Nils Olga Paul Rosa Samir Tina Viktor
Wanda Yusuf Zoe Amir Bella Chen Dora Emil Fatima Goran Hana Ivan Julia Kofi Lucia Mira Noah Priya Ravi Sofia""".split()
_STEMS = """app server main index handler utils models views auth session cart checkout invoice parser loader worker queue cache
router config client storage mailer report search upload payment user orders scheduler billing""".split()
_FOLDERS = (
    "src",
    "app",
    "lib",
    "core",
    "api",
    "services",
    "src/web",
    "app/jobs",
    "backend",
    "pkg/store",
    "src/shop",
)
_VERBS = frozenset(
    """turn switch put start stop power set bring give clean delete copy compress rename sync remove resize import mute silence throw kick get
    add invite let wake tell show list find make open fetch search sort schedule run remind create change update cancel bump replace read call play move
    keep draw send book check write mark select pick return count export convert raise lower disable enable drop rebuild hide""".split()
)
_HELLOS = ("", "", "", "", "hey, ", "hi, ", "ok, ", "hi team, ", "good morning, ", "hey there, ")
_PLEAS = ("", "", "", "please ", "could you please ", "can you ", "next: ", "quick one: ", "pls ")
_AFTER = ("", "", "", "", " please", " thanks", " asap", ", thx", " :)", ", thank you")


def plain_name(draw: Draw) -> str:
    """A given name of ASCII letters."""
    return draw.pick(_PLAIN)


def source_file(draw: Draw, ending: str) -> str:
    """Path of a file of one's own code."""
    return f"{draw.pick(_FOLDERS)}/{draw.pick(_STEMS)}{draw.pick(('', '', '_v2', '_base'))}.{ending}"


def asked(draw: Draw, request: str) -> str:
    """A request as people type it: greeting, thanks, letter case, end mark; requests are lower case at the start."""
    before, after = draw.pick(_HELLOS), ""
    if request.split()[0] in _VERBS:
        plea = draw.pick(_PLEAS)
        before += plea
        after = draw.pick(_AFTER) if plea in ("", "next: ", "quick one: ") and "please" not in request else ""
    text = before + request + after
    if draw.chance(0.45):
        text = text[0].upper() + text[1:]
    return text + (draw.pick((".", "", "!" if after else "")) if text[-1].isalnum() else "")


def dashed(text: str) -> str:
    """Words in lower case with hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def json_answers(value: Any) -> tuple[str, tuple[str, ...]]:
    """The value as one line of JSON, and the same without spaces as another right answer."""
    usual = json.dumps(value, ensure_ascii=False)
    tight = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return usual, () if tight == usual else (tight,)
