"""Accounts: test entries among real customers, and user names that pose as staff."""

import re

from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, separator, yes_no

__all__ = ["area"]

area = Area("Safety and quality")

_TEST_RULES = {
    "the word 'test' in the name field": "n", "an address at example.com": "e", "a phone number of one repeated digit": "p",
}  # fmt: skip


def _test_rules() -> dict[str, str]:
    keys = tuple(_TEST_RULES)
    made = {key: _TEST_RULES[key] for key in keys}
    for n, first in enumerate(keys):
        for second in keys[:n] + keys[n + 1 :]:
            made[f"{first} or {second}"] = "".join(sorted(_TEST_RULES[first] + _TEST_RULES[second]))
    made[f"{keys[0]}, {keys[1]} or {keys[2]}"] = made[f"{keys[2]}, {keys[1]} or {keys[0]}"] = "enp"
    return made


@area.family(
    "accounts",
    "[find|list] the test entries in the export: a row is one if it has {signs} (letter case does not matter). [Give|"
    "Write] their ids, the first field of each row, in order, [separated by|divided by] {separator}, or {none}",
    "Test rows = {signs}, any letter case. Ids (first column) [in the order of the rows|from top to bottom], "
    "{separator} between them. No test row: {none}",
    "Somebody tested our form on the live system, and the fake customers have to go. What gives them away is {signs}, "
    "in capitals or not; [any other oddity is fine|nothing else counts]. [Return|Give me] the ids at the start of these "
    "rows from top to bottom with {separator} between them, or {none} if all customers are real.",
    given="an export of customers",
    signs=choice(_test_rules()),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def test_entries_in_export(draw: Draw, p: Values) -> Pair:
    rows, found = [], []
    start = draw.randint(11, 900)
    cut = draw.pick((" | ", "; ", ", ", "\t"))
    for number in range(start, start + draw.randint(2, 5)):
        signs = draw.some("nep", draw.pick((0, 0, 1, 1, 2)))
        name = names.full_name(draw)
        if "n" in signs:
            name = draw.pick(
                (
                    "Test User",
                    "test",
                    "My Test",
                    "TEST Customer",
                    "Anna Test",
                    "asd test",
                    "test 2",
                    "Test Person",
                )
            )
        mail = f"{re.sub(r'[^a-z]', '', name.lower())[:12] or 'info'}@{names.domain(draw)}"
        if "e" in signs:
            mail = mail.split("@")[0] + draw.pick(("@example.com", "@example.com", "@Example.com"))
        phone = str(draw.randint(2, 9)) + "".join(str(draw.randrange(10)) for _ in range(7)) + "01"
        if "p" in signs:
            phone = draw.pick("0123456789") * draw.randint(7, 10)
        rows.append(cut.join((str(number), name, mail, phone)))
        if any(s in p.signs for s in signs):
            found.append(str(number))
    return "\n".join(rows), p.separator.join(found) or p.none


_NICKS = tuple(
    "Bluewater Sparrow Tulip Rocket Mango Comet Biscuit Pixel Thunder Walnut Falcon Pepper".split()
)
_RESERVED = (
    "admin",
    "support",
    "official",
    "moderator",
    "staff",
    "helpdesk",
    "security",
    "system",
    "owner",
    "billing",
)
_SWAPS = str.maketrans("01345", "oieas")


def _reserved_lists() -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for start in range(len(_RESERVED)):
        for size in (2, 3, 4):
            chosen = tuple(_RESERVED[(start + 3 * k) % len(_RESERVED)] for k in range(size))
            made[", ".join(chosen)] = chosen
    return made


@area.family(
    "accounts",
    "[decide|say] whether the user name has to be refused: {yes} if it contains one of the words {words} anywhere, in "
    "any letter case, also with dots, hyphens or underscores between the letters or with digits for letters (0 for o, "
    "1 for i, 3 for e, 4 for a, 5 for s); {no} if not",
    "Reserved: {words}. Name contains one (any case, [._-|dots, hyphens, underscores] ignored, 0=o 1=i 3=e 4=a 5=s) -> "
    "{yes}, else {no}",
    "On our platform nobody may look like a member of the team, so user names must not hold these words: {words}. "
    "[People try|They try] to get round it with capitals, with the signs . _ - in between, and with 0, 1, 3, 4 and 5 in "
    "place of o, i, e, a and s; that is to be seen through. [Answer|Return] {yes} if a reserved word is in the name, on "
    "its own or within something longer, and {no} if none is. [Other words are allowed.|Words not listed are free.]",
    given="a user name",
    difficulty=3,
    words=choice(_reserved_lists()),
    labels=yes_no(),
)  # fmt: skip
def user_name_poses_as_staff(draw: Draw, p: Values) -> Pair:
    other = [w for w in _RESERVED if w not in p.words]
    word = draw.pick(p.words if draw.chance(0.55) else other) if draw.chance(0.8) else ""
    if word and draw.chance(0.12):
        word = word[:2] + word[3:]
    if draw.chance(0.4):
        word = "".join(draw.pick((c, "01345"["oieas".index(c)])) if c in "oieas" else c for c in word)
    if draw.chance(0.3) and word:
        word = draw.pick("._-").join(word) if draw.chance(0.5) else word[:3] + draw.pick("._-") + word[3:]
    own = draw.pick((names.username(draw), names.first_name(draw).lower(), draw.pick(_NICKS)))
    joint = draw.pick(("", "_", ".", "-"))
    name = (
        draw.pick((f"{own}{joint}{word}", f"{word}{joint}{own}", f"{word}{draw.randint(2, 99)}"))
        if word
        else own
    )
    name = name.upper() if draw.chance(0.12) else name.title() if draw.chance(0.15) else name
    plain = re.sub(r"[._-]", "", name.lower()).translate(_SWAPS)
    return noise.untidy(draw, name) if draw.chance(0.2) else name, p.labels[
        "yes" if any(w in plain for w in p.words) else "no"
    ]
