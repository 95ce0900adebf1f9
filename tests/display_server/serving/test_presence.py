"""A device that only listens is known to be there."""

import socket

from content_sync.domain import limits
from display_server.database.engine import Database
from display_server.database.tables.devices import devices
from display_server.serving import presence
from tests.display_server.world import HandClock


def test_who_listens_is_seen(db: Database, clock: HandClock) -> None:
    """The names that come through the door are noted, unknown and mangled ones harm nobody."""
    values = {"kind": "lcd", "channels": "qinghe", "site": "", "state": "enrolled", "public_key": "", "added_at": ""}
    with db.write() as connection:
        for name in ("b1", "b2"):
            connection.execute(devices.insert().values(id=name, token_hash=name, **values))
    outer, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with outer:
        with inner:
            for message in presence.messages(["b1", *(f"x{number}" for number in range(1_200))]):
                assert len(message) < limits.handover_bytes_max
                inner.send(message)
        presence.hear(outer, db)
    with db.read() as connection:
        seen = {row.id: row.last_seen for row in connection.execute(devices.select())}
    assert seen == {"b1": clock.now().isoformat(), "b2": ""}
