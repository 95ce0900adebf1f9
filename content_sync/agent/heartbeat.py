"""What a device says of itself to its server.

1. Every `limits.heartbeat_seconds`. While the live line is up the server sees that the device is there: then only what
   is new is said, and otherwise every `limits.heartbeat_seconds_live`.
2. How many records wait is told beside the rest; it alone is nothing new.
3. What hangs on the machine (`printer`, `paper`, `speaker`) and whether all can be drawn (`letters`) is told as its
   screens said last.
4. A disk that is nearly full or full is told (`disk`), also when the outbox takes nothing any more: such a heartbeat is
   kept in memory alone and sent by itself (agent.rounds).
5. A section that a hall must show and that has nothing to show is told in the first heartbeat after a sync (CAT-12).
"""

from pathlib import Path

from content_sync.agent import room
from content_sync.agent.device import Device
from content_sync.agent.six_sections import empty_sections
from content_sync.domain import limits
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.ports import Clock, Ids
from content_sync.pull.clocking import Time
from content_sync.pull.timekeeping import time_in
from content_sync.storage.content import ContentStore, Full
from content_sync.storage.desk import DeskStore
from content_sync.storage.desk_presses import record_id_bytes

Said = dict[str, str | int]


class Heartbeat:
    """The heartbeats of one device folder."""

    def __init__(self, folder: Path, device: Device, clock: Clock, ids: Ids) -> None:
        self._folder, self._device, self._clock, self._ids = folder, device, clock, ids
        self._looked = self._told = float("-inf")
        self._said: Said = {}
        self.unkept: Record | None = None

    def beat(self, desk: DeskStore, ticks: float, *, live: bool) -> bool:
        """Put a heartbeat into the outbox when one is due; whether a whole beat has passed since the last look."""
        if ticks - self._looked < limits.heartbeat_seconds:
            return False
        self._looked, said = ticks, {**self._state(), **desk.parts()}
        if not live or said != self._said or ticks - self._told >= limits.heartbeat_seconds_live:
            self._told, self._said = ticks, said
            body, now = {**said, "outbox": desk.outbox_size()}, self.time().sure.isoformat()
            record = Record(spelled(self._ids.random(record_id_bytes)), "heartbeat", self._device.device, now, body)
            self.unkept = None
            try:
                desk.add_record(record)
            except Full:
                self.unkept = record  # rule 4
        return True

    def time(self) -> Time:
        """The time this device believes now."""
        return time_in(self._folder, self._clock)

    def _state(self) -> Said:
        store = ContentStore(self._folder / "content.db", readonly=True)
        held = store.held()
        said: Said = {
            "editions": ",".join(f"{one.channel}:{one.number}" for one in held.values()),
            "as_of": min((one.as_of for one in held.values()), default=""),
            "problems": len(store.problems()),
            "clock": "doubtful" if self.time().doubtful else "ok",
        }
        empty = empty_sections(store, self._device, self.time().now)
        said |= {"empty": ",".join(empty)} if empty else {}  # rule 5
        disk = room.state(self._folder)
        said |= {"disk": disk} if disk != "ok" else {}  # rule 4
        store.close()
        return said
