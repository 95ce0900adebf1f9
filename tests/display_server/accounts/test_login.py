"""Signing in: every reason to refuse looks the same, and no number of tries gets past the lock."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from display_server.accounts import login, passwords, service
from display_server.database.engine import Database
from tests.display_server import world


@pytest.fixture
def one_time(db: Database) -> str:
    """The one-time password of account `ann`."""
    return service.add_account(db, world.shell, "ann", ("editor",), ("qinghe",))


def _refusal(db: Database, name: str, password: str) -> str:
    with pytest.raises(Refused) as caught:
        login.sign_in(db, name, password)
    return str(caught.value)


def test_every_reason_to_refuse_has_the_same_sentence(db: Database, one_time: str, clock: world.HandClock) -> None:
    """An unknown name, a wrong password, a locked, an inactive and an expired account cannot be told apart."""
    world.add(db, "gone", "editor")
    service.set_active(db, world.shell, "gone", active=False)
    late = service.add_account(db, world.shell, "late", ("editor",), ("*",))
    said = {_refusal(db, "nobody", "x"), _refusal(db, "ann", "wrong"), _refusal(db, "gone", "x"), _refusal(db, "", "")}
    for _ in range(limits.login_tries_max):
        said.add(_refusal(db, "ann", "wrong"))
    said.add(_refusal(db, "ann", one_time))  # locked now
    clock.advance(hours=limits.one_time_password_hours)
    said.add(_refusal(db, "late", late))
    assert len(said) == 1


def test_an_unknown_name_costs_the_same_work(db: Database, one_time: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that does not exist is compared with a password too, so that time does not tell names."""
    compared: list[str] = []
    real = passwords._hasher

    class Noting:
        hash = staticmethod(real.hash)

        def verify(self, kept: str, password: str) -> bool:
            compared.append(kept.rsplit("$", 2)[0])
            return real.verify(kept, password)

    monkeypatch.setattr(passwords, "_hasher", Noting())
    _refusal(db, "nobody", "x")
    _refusal(db, "ann", "wrong")
    assert len(compared) == 2
    assert compared[0] == compared[1], "the same Argon2 parameters"


def test_a_lock_holds_for_its_time_and_no_longer(db: Database, one_time: str, clock: world.HandClock) -> None:
    """After the last allowed try the right password is refused until the lock ends."""
    for _ in range(limits.login_tries_max):
        _refusal(db, "ann", "wrong")
    clock.advance(seconds=limits.login_lock_seconds - 1)
    _refusal(db, "ann", one_time)
    clock.advance(seconds=1)
    assert login.sign_in(db, "ann", one_time).actor.name == "ann"


def test_many_tries_at_once_do_not_get_past_the_lock(
    db: Database, one_time: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of twenty simultaneous wrong passwords only `login_tries_max` are compared with the real one."""
    compared: list[bool] = []
    monkeypatch.setattr(passwords, "matches", lambda kept, _: compared.append(bool(kept)))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _refusal(db, "ann", "wrong"), range(20)))
    assert compared.count(True) == limits.login_tries_max


def test_a_right_password_clears_the_count(db: Database, one_time: str) -> None:
    """Mistyping a few times a day does not add up to a lock."""
    for _ in range(3):
        for _ in range(limits.login_tries_max - 1):
            _refusal(db, "ann", "wrong")
        login.sign_in(db, "ann", one_time)


NEW_PASSWORDS = [
    ("too short", "短密码123", "太短"),
    ("one short of the minimum", "x" * (limits.password_chars_min - 1), "太短"),
    ("too long to be typed", "x" * (limits.password_chars_max + 1), "太长"),
    ("the old one again", None, "不能和原来的一样"),
]


@pytest.mark.parametrize(("new", "said"), [row[1:] for row in NEW_PASSWORDS], ids=[row[0] for row in NEW_PASSWORDS])
def test_a_bad_new_password_is_refused(db: Database, one_time: str, new: str | None, said: str) -> None:
    """The one-time password stays in force when its replacement is refused."""
    actor = login.sign_in(db, "ann", one_time).actor
    with pytest.raises(Refused, match=said):
        login.change_password(db, actor, one_time, one_time if new is None else new)
    assert login.sign_in(db, "ann", one_time).must_change


def test_guessing_the_old_password_on_the_change_page_locks_too(db: Database, one_time: str) -> None:
    """An open browser left alone is no way to try passwords without a limit."""
    actor = login.sign_in(db, "ann", one_time).actor
    for _ in range(limits.login_tries_max):
        with pytest.raises(Refused):
            login.change_password(db, actor, "wrong", world.password)
    _refusal(db, "ann", one_time)


def test_the_shell_acts_only_as_active_accounts(db: Database, one_time: str) -> None:
    """`--as` obeys the account's state, and is not bound by a password still to be changed."""
    assert service.actor_for(db, "ann").units == frozenset({"qinghe"})
    service.set_active(db, world.shell, "ann", active=False)
    with pytest.raises(Refused, match="已停用"):
        service.actor_for(db, "ann")
    with pytest.raises(Refused, match="没有名为 nobody"):
        service.actor_for(db, "nobody")


def test_the_last_administrator_stays(db: Database) -> None:
    """Nobody can lock everybody out, neither themselves nor the last other one."""
    first, second = world.add(db, "first", "admin"), world.add(db, "second", "admin", "editor")
    with pytest.raises(Refused, match="自己"):
        service.set_active(db, first, "first", active=False)
    service.set_active(db, first, "second", active=False)
    with pytest.raises(Refused, match="最后一位"):
        service.set_active(db, second, "first", active=False)


def test_passwords_are_kept_at_full_cost() -> None:
    """A server keeps Argon2id hashes that cost at least 64 MiB each; only tests use less."""
    kept = PasswordHasher().hash("x")
    assert kept.startswith("$argon2id$")
    assert int(kept.split("m=")[1].split(",")[0]) >= 65_536


def test_no_password_is_kept_in_clear(db: Database, one_time: str) -> None:
    """Neither the one-time password nor the changed one stands anywhere in the database."""
    actor = login.sign_in(db, "ann", one_time).actor
    login.change_password(db, actor, one_time, world.password)
    with db.read() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert one_time not in dump
    assert world.password not in dump
