"""Which devices listen now, told by the event process to the request process.

1. A device whose stream is open asks for nothing for an hour: that it listens is how the server knows it is there.
2. The event process only reads the database; so it sends the names through the door, and the request process notes
   them.
3. A telling that is lost or cut short is made up for by the next one.
"""

import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.wire import canonical
from display_server.database.engine import Database
from display_server.database.tables.devices import devices

_names_each = 500


def messages(names: Sequence[str]) -> Iterator[bytes]:
    """The names in messages that fit through the door."""
    for at in range(0, len(names), _names_each):
        yield canonical.dump(list(names[at : at + _names_each]))


def hear(door: socket.socket, db: Database) -> None:
    """Note everybody who is told of, until the door closes."""
    while message := door.recv(limits.handover_bytes_max):
        now = db.config.clock.now().isoformat()
        with suppress(SQLAlchemyError, GongkailanError), db.write() as connection:  # rule 3
            told = devices.c.id.in_(canonical.load(message, "who listens"))
            connection.execute(devices.update().where(told).values(last_seen=now))
