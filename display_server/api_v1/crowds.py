"""The requests of the interface that come in crowds, for the short way (serving.short).

1. A ticket for a press, and what screens ask at every hint, the queue and the services: of devices that are enrolled.
   The answers say the same as those of the views.
2. After a call every board of a hall asks the same: what was told once is told again as long as nobody wrote into the
   database since, and no longer than `limits.queue_told_seconds`.
3. That a device was heard is noted after its answer has left.
"""

import json
import time
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from display_server.api_v1 import told
from display_server.api_v1.auth import enrolled
from display_server.api_v1.bodies import TicketAsk, parsed
from display_server.database.engine import Database
from display_server.database.prepared import word
from display_server.devices import service as devices
from display_server.devices.queries import Device, as_device
from display_server.serving.plain import Plain, ShortWays

_Told = Callable[[Database, Connection, Device], object]


class Crowds:
    """The short way's answers over one database; used by one thread."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._heard: set[str] = set()
        self._told: dict[tuple[_Told, str, str], tuple[int, float, bytes]] = {}

    def ways(self) -> ShortWays:
        """Which requests go the short way (rule 1)."""
        reads = {
            b"GET /api/v1/queue HTTP/1.1": partial(self.screen, told.queue),
            b"GET /api/v1/services HTTP/1.1": partial(self.screen, told.services),
        }
        writes = {b"POST /api/v1/tickets HTTP/1.1": self.ticket}
        return ShortWays(self._db, reads, writes, self.note_heard)

    def ticket(self, connection: Connection, plain: Plain) -> bytes:
        """POST /tickets."""
        asking = self._asking(connection, plain)
        return _json(vars(told.ticket(self._db, asking, parsed(TicketAsk, plain.body))(connection)))

    def screen(self, tell: _Told, connection: Connection, plain: Plain) -> bytes:
        """GET /queue and /services (rule 2)."""
        asking, now = self._asking(connection, plain), time.monotonic()
        key, version = (tell, asking.site, asking.kind), int(word(connection, "PRAGMA data_version"))
        known = self._told.get(key)
        if known is None or known[0] != version or now - known[1] > limits.queue_told_seconds:
            known = self._told[key] = (version, now, _json(tell(self._db, connection, asking)))
        return known[2]

    def note_heard(self) -> None:
        """Rule 3."""
        if self._heard:
            heard, self._heard = self._heard, set()
            devices.note(self._db, sorted(heard))

    def _asking(self, connection: Connection, plain: Plain) -> Device:
        row = enrolled(connection, plain.token)
        if row is None:
            raise Refused("not enrolled")
        if devices.is_long_ago(self._db, row.last_seen):
            self._heard.add(row.id)
        return as_device(row)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
