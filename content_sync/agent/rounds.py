"""The hall's questions and the records, each when its time has come.

1. Queue, calls for help, services and leased numbers every `limits.hall_poll_seconds`, and at once on a hint; the queue
   first. While the live line is up only every `limits.hall_poll_seconds_live`, which keeps what the screens show
   within `limits.queue_fresh_seconds`.
2. What a person did is sent within `limits.hall_poll_seconds`; what only tells of the device (the display log, a
   heartbeat) goes along, or by itself every `limits.heartbeat_seconds`.
3. A full disk stops no round: what could not be kept of a heartbeat is sent all the same, and what waits is sent again
   until it can be taken off the disk (the server counts it once).
4. A server that does not answer is asked once in a round, and more rarely each time (agent.pacing).
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from content_sync.agent.device import Device
from content_sync.agent.heartbeat import Heartbeat
from content_sync.agent.pacing import Pace
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.ports import Clock, Ids, Server
from content_sync.push import hall
from content_sync.push import help as help_calls
from content_sync.push.records import send_one, send_records
from content_sync.storage.content import Full
from content_sync.storage.desk import DeskStore

_patient_kinds = ("display", "heartbeat")
Step = Callable[[], object]


class Rounds:
    """The rounds of one device folder."""

    def __init__(
        self,
        folder: Path,
        device: Device,
        seed: bytes,
        server: Server,
        clock: Clock,
        ids: Ids,
        chance: Callable[[], float],
    ) -> None:
        self._desk, self._device, self._seed = DeskStore(folder / "desk.db"), device, seed
        self._server = server
        self._heart = Heartbeat(folder, device, clock, ids)
        self._note_clock()
        usual, bound = limits.hall_poll_seconds, limits.hall_poll_seconds_max
        self._asking = Pace(usual, limits.hall_poll_seconds_live, bound, chance)
        self._sending = Pace(usual, usual, bound, chance)
        self._owed = False

    def go(self, now: float, *, hinted: bool, live: bool) -> str | None:
        """Do what is due at this tick; what failed in words, empty when all went well, None when nothing was due."""
        asks = bool(self._device.site) and (self._asking.is_due(now, live=live) or hinted)
        sentences, cut = _tried([self._queue] if asks else [])  # before anything else: a call is waited for
        sends = self._sending.is_due(now, live=live) and self._has_news(now, live=live)
        if not (asks or sends):
            return None
        if not cut:
            failed, cut = _tried([*([self._records] if sends else []), *(self._hall() if asks else [])])
            sentences += failed
        self._owed = self._owed and not (sends and not cut)
        for pace in [*([self._asking] if asks else []), *([self._sending] if sends else [])]:
            pace.asked(now, failed=cut)
        return " ".join(dict.fromkeys(sentences))

    def _has_news(self, now: float, *, live: bool) -> bool:
        """Rule 2."""
        self._note_clock()
        if self._heart.beat(self._desk, now, live=live):
            with suppress(Full):
                self._desk.forget_old(self._heart.time().sure)
                self._desk.wait_again(self._heart.time().sure)
            self._owed = True
        waiting = self._desk.waiting_records(limits.record_batch_max)
        return self._heart.unkept is not None or any(
            self._owed or record.kind not in _patient_kinds for record in waiting
        )

    def _note_clock(self) -> None:
        with suppress(Full):
            self._desk.note_clock(doubtful=self._heart.time().doubtful)

    def _hall(self) -> list[Step]:
        return [self._help, self._services, self._leases] if self._device.kind == "touch" else [self._services]

    def _help(self) -> None:
        help_calls.follow(self._desk, self._server)

    def _queue(self) -> None:
        hall.refresh_queue(self._desk, self._server)

    def _records(self) -> None:
        if self._heart.unkept is not None:  # rule 3
            send_one(self._heart.unkept, self._server, self._device.device, self._seed)
            self._heart.unkept = None
        send_records(self._desk, self._server, self._device.device, self._seed)

    def _services(self) -> None:
        hall.refresh_services(self._desk, self._server, self._heart.time().now)

    def _leases(self) -> None:
        hall.lease_numbers(self._desk, self._server, self._heart.time().now)


def _tried(steps: list[Step]) -> tuple[list[str], bool]:
    """What failed in words, and whether the server did not answer (rule 4)."""
    sentences: list[str] = []
    for step in steps:
        try:
            step()
        except Unreachable as error:
            return [*sentences, str(error)], True  # the others would only wait as long
        except GongkailanError as error:
            sentences.append(str(error))
    return sentences, False
