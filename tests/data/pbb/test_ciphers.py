"""The ciphers: against hand calculation, against their own code, and the distribution of shifts."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from programasweights.data.pbb.ciphers import CipherDomain
from programasweights.data.pbb.ciphers.rules import Rows, Stairs, Turns, all_ciphers
from programasweights.data.pbb.ciphers.wording import WORDS
from programasweights.data.pbb.records import Execution
from programasweights.errors import DataError
from programasweights.sandbox import run_function

DOMAIN = CipherDomain()


def test_stairs_by_hand() -> None:
    """c is 2, a is 0, b is 1; moves are 3, 5, 7."""
    assert Stairs(2, backward=False).encrypt("cab", 3) == "ffi"
    assert Stairs(2, backward=True).encrypt("cab", 3) == "zvu"
    assert Stairs(2, backward=False).trace("zab", 3) == (
        "z: 25 + 3 = 28, 28 % 26 = 2 -> c\na: 0 + 5 = 5 -> f\nb: 1 + 7 = 8 -> i"
    )


def test_rows_by_hand() -> None:
    """With shift 0 it is Atbash within rows: a-u, e-o; b-z, c-y. Shift 1 goes one on, past the end to the start."""
    assert Rows("vowels", 0).encrypt("abece", 0) == "uzoyo"
    assert Rows("vowels", 0).encrypt("abc", 1) == "abz"
    assert Rows("halves", 0).encrypt("amnz", 0) == "mazn"
    assert Rows("halves", 2).encrypt("amnz", 1) == "abpq"
    assert Rows("thirds", 1).encrypt("aq", 0) == "hr"
    assert Rows("alternate", 0).encrypt("ab", 0) == "yz"
    assert (
        Rows("vowels", 3).trace("ac", 2)
        == "a: row 0, 4 - 0 + 2 = 6, 6 % 5 = 1 -> e\nc: row 1, 20 - 1 + 5 = 24, 24 % 21 = 3 -> f"
    )


def test_turns_by_hand() -> None:
    """The key is 2 and 6, and changes after each vowel: b+2, a+2, n+6, a+6, n+2, a+2."""
    assert Turns("vowel", 4).encrypt("banana", 2) == "dctgpc"
    assert Turns("consonant", 4).encrypt("banana", 2) == "dgtcpg"
    assert (
        Turns("vowel", 4).trace("ban", 2)
        == "b: 1 + 2 = 3 -> d\na: 0 + 2 = 2 -> c, key 6\nn: 13 + 6 = 19 -> t"
    )


def test_every_cipher_does_what_its_code_does() -> None:
    drawn = DOMAIN.instructions(72)
    assert sum(map(len, all_ciphers())) == len({i.text for i in drawn}) == len({i.name for i in drawn}) == 72
    cases = [(i, e) for i in drawn for e in DOMAIN.executions(i, 20)]
    code = "\n".join(i.text for i in drawn)
    code += "\ndef solve(text):\n    name, word, shift = text.split()\n    return globals()[name](word, int(shift))"
    result = run_function(code, "solve", [f"{i.name} {e.input}" for i, e in cases])
    assert not any(result.errors), next(filter(None, result.errors))
    assert list(result.outputs) == [e.answer for _, e in cases]


def test_ciphers_differ_in_what_they_do() -> None:
    texts = ("abcdefghijklmnopqrstuvwxyz", "zebra", "queue")
    found = {tuple(c.encrypt(t, s) for t in texts for s in range(1, 26)) for f in all_ciphers() for c in f}
    assert len(found) == 72


def test_the_first_three_are_the_plainest() -> None:
    for seed in (0, 1):
        families = [i.attributes for i in DOMAIN.instructions(3, seed=seed)]
        assert families == [
            {"family": "stairs", "step": 1, "backward": False},
            {"family": "rows", "division": "vowels", "extra": 0},
            {"family": "turns", "after": "vowel", "gap": 4},
        ]
    with pytest.raises(DataError, match="there are 72 ciphers"):
        DOMAIN.instructions(73)


def test_shifts_are_uniform_or_skewed() -> None:
    (cipher,) = DOMAIN.instructions(1)
    counts = {}
    for shifts in ("uniform", "skewed"):
        executions = CipherDomain(shifts=shifts).executions(cipher, 1500)
        assert len({e.input for e in executions}) == 1500
        counts[shifts] = Counter(int(e.input.split()[1]) for e in executions)
        assert set(counts[shifts]) == set(range(1, 26))
    assert max(counts["uniform"].values()) < 100
    # Repeated draws fall away, and there are only so many words for the commonest shift.
    assert counts["skewed"][13] == len(WORDS)
    assert counts["skewed"].most_common(3)[1][0] == 3
    few = Counter(int(e.input.split()[1]) for e in CipherDomain(shifts="skewed").executions(cipher, 100))
    assert 40 <= few[13] <= 60
    assert 10 <= few[3] <= 30
    with pytest.raises(DataError, match="uniform, skewed"):
        CipherDomain(shifts="odd")  # type: ignore[arg-type]


def test_draws_repeat() -> None:
    once = DOMAIN.instructions(20, seed=3)
    assert once == CipherDomain().instructions(20, seed=3)
    assert once != DOMAIN.instructions(20, seed=4)
    assert sum(i.split == "eval" for i in once) == 4
    assert DOMAIN.executions(once[0], 10) == DOMAIN.executions(once[0], 30)[:10]
    assert all(
        e.input.split()[0] in e.question and once[0].name in e.question
        for e in DOMAIN.executions(once[0], 30)
    )


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("ffi", "right"),
        ("c: 2 + 3 = 5 -> f\nAnswer: FFI.", "right"),
        ("Answer: f f i", "right"),
        ("Answer: f-f-i", "right"),
        ("ffj", "wrong"),
        ("Answer: it is ffi", "unreadable"),
        ("Answer: 3", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_verdicts(reply: str, verdict: str) -> None:
    (cipher,) = DOMAIN.instructions(1)
    assert DOMAIN.verdict(cipher, Execution(cipher.id, "cab 3", "?", "ffi", ""), reply) == verdict


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"family": "caesar"},
        {"family": "stairs", "step": 99, "backward": False},
        {"family": "rows", "x": 1},
    ],
)
def test_attributes_of_no_cipher(attributes: dict[str, object]) -> None:
    (cipher,) = DOMAIN.instructions(1)
    with pytest.raises(DataError, match="which is no cipher"):
        DOMAIN.executions(replace(cipher, attributes=attributes), 1)
    assert json.dumps(dict(cipher.attributes))


@pytest.mark.parametrize("shifts", ["uniform", "skewed"])
def test_common_and_rare_shifts_are_asked_for_equally_often_and_none_that_was_learnt(shifts: str) -> None:
    domain = CipherDomain(shifts=shifts)  # type: ignore[arg-type]
    for cipher in domain.instructions(6):
        learnt = domain.executions(cipher, 30)
        asked = domain.asked(cipher, 20, beside=learnt)
        assert asked is not None
        assert Counter(domain.kind(e) for e in asked) == {"common": 10, "rare": 10}
        assert {e.input for e in asked}.isdisjoint(e.input for e in learnt)
        assert len({e.input for e in asked}) == 20
        assert {int(e.input.split()[1]) in (1, 3, 13) for e in asked if domain.kind(e) == "common"} == {True}
        # the learnt ones lean to the common shifts, or do not
        common = sum(domain.kind(e) == "common" for e in learnt)
        assert (common > 15) == (shifts == "skewed")
    # more than there are with a common shift: all of these, and as many others
    most = domain.asked(cipher, 10_000, beside=learnt)
    assert most is not None
    assert Counter(map(domain.kind, most)) == dict.fromkeys(("common", "rare"), 3 * len(WORDS) - common)
