"""What a relay tells its upstream: its devices' records, how they are, and how it is itself.

1. Batches in the order in which they were counted, signed by the relay's key over the exact bytes; the next one when
   the upstream answered for the one before. An answer that was lost is asked for again with the same batch.
2. Heartbeats of devices go along as devices.behind says; the relay's own like a device's (agent.heartbeat).
3. What the upstream says of records that it was not asked about is ignored.
"""

import base64
import http.client
from typing import TYPE_CHECKING, Any

from content_sync.domain import limits
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.wire import canonical
from content_sync.wire.records import plain_record
from display_server.database import instants, mirrored
from display_server.database.engine import Database
from display_server.devices import behind, passing

if TYPE_CHECKING:
    from content_sync.ports import Server

_record_id_bytes = 16
_time_only = ("last_seen", "outbox")


class PassingUp:
    """The upward side of one relay, known to its upstream as `relay`; `seed` is its Ed25519 key."""

    def __init__(self, db: Database, relay: str, seed: bytes, server: "Server") -> None:
        self._db, self._relay, self._seed, self._server = db, relay, seed, server
        self._looked = self._told_all = float("-inf")
        self._told: dict[str, dict[str, Any]] = {}

    def step(self, ticks: float, *, live: bool) -> int:
        """Send what waits, and heartbeats when they are due; how many records the upstream settled.

        Raises Unreachable, or Refused when the upstream takes nothing from this relay.
        """
        done, is_time = 0, ticks - self._looked >= limits.passing_look_seconds
        if is_time:
            self._wait_again()
        while batch := self._batch():
            accepted, refused = self._sent(batch)
            known = {canonical.load(data, "record")["id"] for data in batch}
            with self._db.write() as connection:
                settled = passing.settle(
                    connection,
                    [record for record in accepted if record in known],  # rule 3
                    [(record, reason) for record, reason in refused if record in known],
                )
            done += settled
            if not settled:
                break  # the upstream says nothing about them: later
        if is_time:
            self._looked = ticks
            self._beat(ticks, live=live)
        return done

    def _wait_again(self) -> None:
        """What an older upstream did not know."""
        today = instants.text_of(self._db.config.clock.now())[:10]
        with self._db.read() as connection:
            found = passing.unknown_above(connection, today)
        if found:
            with self._db.write() as connection:
                passing.wait_again(connection, found, today)

    def waiting(self) -> int:
        """How many records wait."""
        with self._db.read() as connection:
            return passing.waiting(connection)

    def _batch(self) -> list[bytes]:
        with self._db.read() as connection:
            return passing.batch(connection, self._relay)

    def _beat(self, ticks: float, *, live: bool) -> None:
        """Rule 2."""
        said = self._said()
        pause = limits.heartbeat_seconds_live if live else limits.heartbeat_seconds
        whole = ticks - self._told_all >= pause
        new = {
            way: body for way, (_, body) in said.items() if whole or _lasting(body) != _lasting(self._told.get(way, {}))
        }
        for at in range(0, len(new), limits.record_batch_max):
            self._sent([self._heartbeat(way, *said[way]) for way in list(new)[at : at + limits.record_batch_max]])
        self._told |= new
        self._told_all = ticks if whole else self._told_all

    def _said(self) -> dict[str, tuple[str, dict[str, str | int]]]:
        """By way the instant and the body of each heartbeat; the relay's own first."""
        now = self._db.config.clock.now().isoformat()
        with self._db.read() as connection:
            held, waiting = mirrored.every(connection), passing.waiting(connection)
            own: dict[str, str | int] = {
                "editions": ",".join(f"{one.channel}:{one.edition}" for one in held),
                "as_of": min((one.as_of for one in held), default=""),
                "problems": sum(bool(one.problem) for one in held),
                "clock": "ok",
                "outbox": waiting,
            }
            found = {
                f"{self._relay}/{one.way}": (one.heartbeat_at or now, one.body()) for one in behind.of_relay(connection)
            }
        return {self._relay: (now, own), **found}

    def _heartbeat(self, way: str, at: str, body: dict[str, str | int]) -> bytes:
        made = spelled(self._db.config.ids.random(_record_id_bytes))
        return canonical.dump(plain_record(Record(made, "heartbeat", way, at, body)))

    def _sent(self, batch: list[bytes]) -> tuple[list[str], list[tuple[str, str]]]:
        """Rule 1."""
        from nacl.signing import SigningKey

        from content_sync.net.replies import refusal

        data = b"[" + b",".join(batch) + b"]"
        signature = base64.b64encode(SigningKey(self._seed).sign(data).signature).decode()
        reply = self._server.call("POST", "/records", data, {"X-Signature": signature})
        if reply.status != http.client.OK or not isinstance(reply.value, dict):
            raise refusal(reply)
        accepted = [record for record in reply.value.get("accepted", []) if isinstance(record, str)]
        parts = [part for part in reply.value.get("refused", []) if isinstance(part, dict)]
        return accepted, [(str(part.get("id", "")), str(part.get("reason", ""))) for part in parts]


def _lasting(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in _time_only}
