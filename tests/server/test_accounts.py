"""Users, keys and sessions: secrets are kept as hashes, and end when they should."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from programasweights.server.accounts import SESSION_SECONDS, Accounts, Viewer
from programasweights.server.database import Database
from programasweights.server.errors import ApiError


class Clock:
    """A time that the test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(database: Database, clock: Callable[[], float]) -> Accounts:
    return Accounts(database, clock=clock)


def everything(database: Database) -> str:
    """All that the database holds about accounts, as text."""
    with database.reading() as session:
        tables = ("users", "api_keys", "web_sessions")
        return repr([session.execute(text(f"SELECT * FROM {name}")).all() for name in tables])


def test_the_local_user_is_one(accounts: Accounts) -> None:
    first = accounts.ensure_local()
    assert first == accounts.ensure_local() == Viewer(first.user_id, "local", True, "open")


def test_a_key_is_its_users(accounts: Accounts, database: Database) -> None:
    ann, bob = accounts.add_user("ann"), accounts.add_user("bob", admin=True)
    key = accounts.issue_key(ann, "laptop")
    assert key.startswith("paw_")
    assert len(key) == 47
    assert accounts.by_key(key) == Viewer(ann, "ann", False, "key")
    assert accounts.by_key(accounts.issue_key(bob, "x")) == Viewer(bob, "bob", True, "key")
    assert accounts.issue_key(ann, "other") != key
    assert key not in everything(database)
    assert key[8:] not in everything(database)


@pytest.mark.parametrize("wrong", ["", "paw_", "paw_" + "A" * 43, "x" * 10**6, "\0", "ключ", "\ud800"])
def test_a_wrong_key_is_nobodys(accounts: Accounts, wrong: str) -> None:
    key = accounts.issue_key(accounts.add_user("ann"), "laptop")
    assert accounts.by_key(wrong) is None
    assert accounts.by_key(key[:-1]) is None
    assert accounts.by_key(key + " ") is None


def test_a_revoked_key_is_nobodys(accounts: Accounts) -> None:
    ann, bob = accounts.add_user("ann"), accounts.add_user("bob")
    key, other = accounts.issue_key(ann, "laptop"), accounts.issue_key(ann, "phone")
    info = accounts.keys(ann)[0]
    assert (info.name, info.hint, info.used_at) == ("laptop", key[:8], None)
    assert accounts.revoke_key(bob, info.id) is False
    assert accounts.revoke_key(ann, 10**20) is False
    assert accounts.by_key(key) is not None
    assert accounts.revoke_key(ann, info.id) is True
    assert accounts.revoke_key(ann, info.id) is False
    assert accounts.by_key(key) is None
    assert accounts.by_key(other) is not None
    assert [k.name for k in accounts.keys(ann)] == ["phone"]


def test_the_last_use_is_written_once_a_minute(accounts: Accounts, clock: Clock) -> None:
    ann = accounts.add_user("ann")
    key = accounts.issue_key(ann, "laptop")
    for now, noted in [(1000, 1000), (1059, 1000), (1061, 1061)]:
        clock.now = now
        assert accounts.by_key(key) is not None
        assert accounts.keys(ann)[0].used_at == noted


def test_a_session_lasts_until_its_end(accounts: Accounts, database: Database, clock: Clock) -> None:
    ann = accounts.add_user("ann")
    token, csrf = accounts.start_session(ann)
    assert accounts.by_session(token) == (Viewer(ann, "ann", False, "session"), csrf)
    assert token not in everything(database)
    assert accounts.by_session(csrf) is None
    assert accounts.by_session("x" * 10**6) is None
    clock.now += SESSION_SECONDS - 1
    assert accounts.by_session(token) is not None
    clock.now += 1
    assert accounts.by_session(token) is None
    accounts.start_session(ann)
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM web_sessions")).scalar() == 1


def test_signing_out_ends_one_session(accounts: Accounts) -> None:
    ann = accounts.add_user("ann")
    (one, _), (two, _) = accounts.start_session(ann), accounts.start_session(ann)
    accounts.end_session(one)
    assert accounts.by_session(one) is None
    assert accounts.by_session(two) is not None


@pytest.mark.parametrize(
    "name", ["", "Ann", "ann smith", "-ann", "a" * 40, "ann/bob", "ann\n", "änn", "../x"]
)
def test_user_names_that_are_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(ApiError) as caught:
        accounts.add_user(name)
    assert (caught.value.status, caught.value.field) == (400, "name")


def test_a_name_is_given_once(accounts: Accounts) -> None:
    ann = accounts.add_user("ann")
    with pytest.raises(ApiError) as caught:
        accounts.add_user("ann")
    assert (caught.value.status, caught.value.error) == (409, "name_taken")
    assert accounts.find_user("ann") == ann
    assert accounts.find_user("bob") is None
