"""The devices behind relays: how each of them is, as its relay says.

1. A relay tells of each of its devices, and of those behind its own relays, what is new of it: at least every
   `limits.heartbeat_seconds_live`, at once when something but the time changed.
2. Of each only the newest word is kept. Nothing said of the future is believed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.wire import canonical
from display_server.database.tables.devices import devices
from display_server.database.tables.relaying import devices_behind

_own = ("kind", "site", "state", "last_seen")


@dataclass(frozen=True)
class Health:
    """How a device is: by name or way; when it was last heard of, and what it said then, of itself (`heartbeat`)."""

    way: str
    kind: str
    site: str
    state: str
    last_seen: str
    heartbeat_at: str
    heartbeat: Mapping[str, str | int]

    def body(self) -> dict[str, str | int]:
        """As the body of the heartbeat by which a relay tells of it."""
        return {**self.heartbeat, **{name: getattr(self, name) for name in _own}}


def told(way: str, at: str, body: Mapping[str, str | int], now: str) -> Health:
    """What the heartbeat of a device behind says."""
    kind, site, state, seen = (str(body.get(name, "")) for name in _own)
    said = {name: value for name, value in body.items() if name not in _own}
    return Health(way, kind[:10], site[:40], state[:10], min(seen, now), min(at, now), said)


def note(connection: Connection, health: Health) -> None:
    """Keep it, when it is newer than what was heard before (rule 2)."""
    held = connection.execute(select(devices_behind).where(devices_behind.c.way == health.way)).first()
    if held is not None and (health.heartbeat_at, health.last_seen) < (held.heartbeat_at, held.last_seen):
        return
    connection.execute(devices_behind.delete().where(devices_behind.c.way == health.way))
    values = {**vars(health), "heartbeat": canonical.dump(dict(health.heartbeat)).decode()}
    connection.execute(devices_behind.insert().values(**values))


def every(connection: Connection) -> list[Row[Any]]:
    """All devices behind relays, by the way to them."""
    return list(connection.execute(select(devices_behind).order_by(devices_behind.c.way)))


def of_relay(connection: Connection) -> Iterator[Health]:
    """Every device that this relay can tell of: its own, and those behind its own relays."""
    for row in connection.execute(select(devices).order_by(devices.c.id)):
        yield _health(row.id, row)
    for row in every(connection):
        yield _health(row.way, row)


def _health(way: str, row: Row[Any]) -> Health:
    said = canonical.load(row.heartbeat.encode(), "heartbeat") if row.heartbeat else {}
    return Health(way, row.kind, row.site, row.state, row.last_seen, row.heartbeat_at, said)
