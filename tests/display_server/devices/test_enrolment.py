"""Codes work once and expire; tokens are kept as hashes; a revoked device is out."""

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from display_server.database.engine import Database
from display_server.database.tables.devices import devices, enrol_codes
from display_server.devices import codes, queries, service
from tests.display_server import hall, world

fingerprint = bytes(range(16))


def add(db: Database, name: str = "k1", channels: tuple[str, ...] = ("qinghe",), site: str = "") -> str:
    """A device added from the shell."""
    return service.add(db, world.shell, name, "touch", channels, site, fingerprint)


def test_printed_code(db: Database) -> None:
    """42 characters in groups of four; typed in any case and grouping it gives the same secret, whole or in part."""
    code = codes.printed(b"0123456789", fingerprint)
    assert [len(group) for group in code.split("-")] == [4] * 10 + [2]
    for typed in (code, code.lower(), code.replace("-", " "), code[:19], code.replace("-", "")[:16].lower()):
        assert codes.secret_of(typed) == b"0123456789"


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-JKLM-NOP1", "ABCD-EFGH-JKLM-NOP！"])
def test_no_code(typed: str) -> None:
    """What cannot be a code is told from a wrong code."""
    with pytest.raises(BadInput):
        codes.secret_of(typed)


def test_a_code_works_once(db: Database) -> None:
    """The second taker of a code is refused, also with another key."""
    code = add(db)
    found, token = service.enrol(db, code, hall.public_key)
    assert (found.id, found.channels, len(token)) == ("k1", ("qinghe",), 8 * limits.token_bytes // 5)
    with pytest.raises(Refused):
        service.enrol(db, code, "")


def test_a_code_expires(db: Database, clock: world.HandClock) -> None:
    """A code found in a drawer after its days opens nothing."""
    code = add(db)
    clock.advance(hours=limits.enrol_code_hours)
    with pytest.raises(Refused):
        service.enrol(db, code, "")


def test_a_new_code_ends_the_old_one(db: Database) -> None:
    """A lost slip is replaced: only the newest code of a device works."""
    lost, printed_again = add(db), add(db)
    with pytest.raises(Refused):
        service.enrol(db, lost, "")
    service.enrol(db, printed_again, "")


def test_a_live_device_is_not_replaced_by_a_code(db: Database) -> None:
    """An enrolled device must be revoked before it gets a new code; then the old token stays dead."""
    _, token = service.enrol(db, add(db), "")
    with pytest.raises(Refused, match="停用"):
        add(db)
    service.revoke(db, world.shell, "k1")
    service.enrol(db, add(db), "")
    with db.read() as connection:
        assert queries.by_token_hash(connection, service.hashed(token.encode())) is None


def test_secrets_are_nowhere_in_the_database(db: Database) -> None:
    """Neither a code's secret nor a token can be read back."""
    code = add(db)
    _, token = service.enrol(db, code, "")
    with db.read() as connection:
        kept = str([connection.execute(table.select()).all() for table in (devices, enrol_codes)])
    assert token not in kept
    assert codes.secret_of(code).hex() not in kept


@pytest.mark.parametrize(
    ("name", "kind", "channels", "error"),
    [
        ("K 1", "touch", ("qinghe",), BadInput),
        ("k1", "tv", ("qinghe",), BadInput),
        ("k1", "touch", (), BadInput),
        ("k1", "touch", ("nowhere",), BadInput),
    ],
)
def test_refused_devices(db: Database, name: str, kind: str, channels: tuple[str, ...], error: type[Exception]) -> None:
    """A device needs an id, a known kind and known channels."""
    with pytest.raises(error):
        service.add(db, world.shell, name, kind, channels, "", fingerprint)


def test_only_an_administrator_adds_and_revokes(db: Database) -> None:
    """A clerk does neither."""
    clerk = world.add(db, "clerk", "clerk")
    with pytest.raises(Refused):
        service.add(db, clerk, "k1", "touch", ("qinghe",), "", fingerprint)
    add(db)
    with pytest.raises(Refused):
        service.revoke(db, clerk, "k1")


def test_the_site_follows_the_channel(db: Database) -> None:
    """Without a site, a device stands in the hall of the unit whose channel it follows first."""
    hall.opened(db)
    add(db)
    with db.read() as connection:
        assert queries.by_id(connection, "k1").site == "hall"


@pytest.mark.parametrize("key", ["not base64!", "QUJD"])
def test_bad_keys(db: Database, key: str) -> None:
    """A key that is none is refused before the code is used up."""
    code = add(db)
    with pytest.raises(BadInput):
        service.enrol(db, code, key)
    service.enrol(db, code, hall.public_key)


def test_contact_is_noted_once_a_minute(db: Database, clock: world.HandClock) -> None:
    """Requests within a minute write nothing; the next minute's does."""
    service.enrol(db, add(db), "")

    def last_seen() -> str:
        with db.read() as connection:
            return str(queries.by_id(connection, "k1").last_seen)

    service.seen(db, "k1", last_seen())
    first = last_seen()
    clock.advance(seconds=limits.last_seen_seconds - 1)
    service.seen(db, "k1", last_seen())
    assert last_seen() == first
    clock.advance(seconds=1)
    service.seen(db, "k1", last_seen())
    assert last_seen() > first
