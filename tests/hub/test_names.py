"""What a reference may look like."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.errors import HubError
from programasweights.hub.names import Reference, is_loopback, origin, server_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 16, ("a" * 16, None, None)),
        ("0" * 64, ("0" * 64, None, None)),
        ("me/urgent", (None, "me/urgent", None)),
        ("me/urgent@v2", (None, "me/urgent", 2)),
        ("a-1/b.c_d-e@v123456789", (None, "a-1/b.c_d-e", 123_456_789)),
    ],
)
def test_references(text: str, expected: tuple[str | None, str | None, int | None]) -> None:
    found = Reference.parse(text)
    assert (found.program_id, found.slug, found.version) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "urgent",
        "a" * 15,
        "a" * 65,
        "A" * 16,
        "me/urgent.paw",
        "./urgent",
        "../urgent",
        "/me/urgent",
        "me/urgent/",
        "me//urgent",
        "me/../urgent",
        "me/..",
        "Me/urgent",
        "me/urgent@2",
        "me/urgent@v0",
        "me/urgent@v01",
        "me/urgent@v",
        "me/urgent@v1234567890",
        "me/urgent\n",
        "me/ur gent",
        "me/urgent?x=1",
        "me/urgent%2f",
        "-me/urgent",
        "me_2/urgent",
        f"{'a' * 40}/b",
        f"a/{'b' * 65}",
    ],
)
def test_what_is_none(text: str) -> None:
    assert Reference.find(text) is None
    with pytest.raises(HubError, match="names no program on a server; expected user/name"):
        Reference.parse(text)


@given(st.text())
def test_a_reference_can_stand_in_an_address_as_it_is(text: str) -> None:
    found = Reference.find(text)
    assert found is None or set(text) <= set("abcdefghijklmnopqrstuvwxyz0123456789/@._-")


def test_origins() -> None:
    assert origin("https://a.example:443/x?y") == "https://a.example"
    assert origin("http://[::1]:8000/") == "http://[::1]:8000"
    assert server_address("http://[::1]:8000/") == "http://[::1]:8000"


def test_loopback() -> None:
    assert all(map(is_loopback, ["http://localhost:1", "http://127.9.9.9", "https://[::1]:2"]))
    assert not any(map(is_loopback, ["http://10.0.0.1", "http://localhost.example", "http://0.0.0.0"]))


def test_programs_of_this_machine_need_no_http() -> None:
    """Loading a file must not pay for what talks to servers."""
    path = Path(__file__).parent.parent / "program" / "golden" / "v2-no-prefix.paw"
    code = f"import programasweights as paw, sys; paw.load({str(path)!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"http.client", "urllib.request", "ssl", "programasweights.hub.remote"} & set(
        done.stdout.split()
    )
