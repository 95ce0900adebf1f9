"""Keeping the believed time (pull.clocking) over restarts and power cuts.

1. It is kept every `limits.clock_kept_minutes`, every `limits.clock_kept_doubtful_minutes` while the clock is doubtful,
   and whenever something signed is newer. A power cut loses at most so much, and never goes back before what was kept.
2. The machine's clock is taken into it only after it went evenly with the uptime for `limits.clock_even_minutes`: a
   wrong clock that the network mends a minute after the start ends nothing afterwards. That the clock was without doubt
   is kept at once.
3. On a full disk it is not kept, and grows in memory.
4. Screen, agent and printer of a device stamp and judge by this one time: what a visitor asked has then waited as long
   for each of them, also in a box whose clock says 1970. Where the store cannot be read it is the machine's.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from content_sync.clock import SystemSteady
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.domain.uptime import Kept, Uptime, grown
from content_sync.ports import Clock, Steady
from content_sync.pull.clocking import Time, believed
from content_sync.storage.content import ContentStore


def time_of(store: ContentStore, clock: Clock, steady: Steady) -> Time:
    """What a reader of the store believes now."""
    kept = store.kept_time()
    return judged(clock.now(), store.floor(), kept, steady.uptime())


def time_in(folder: Path, clock: Clock) -> Time:
    """What the device of this folder believes now."""
    with closing(ContentStore(folder / "content.db", readonly=True)) as store:
        return time_of(store, clock, SystemSteady())


@dataclass(frozen=True)
class BelievedClock:
    """ports.Clock of a device folder (rule 4)."""

    folder: Path
    clock: Clock

    def now(self) -> datetime:
        """What is believed now; reads the disk."""
        try:
            return time_in(self.folder, self.clock).now
        except GongkailanError:
            return self.clock.now()


def judged(system: datetime, floor: datetime | None, kept: Kept | None, uptime: Uptime) -> Time:
    """The same of what was read already."""
    return believed(system, floor, grown(kept, uptime) if kept else None, kept.clock if kept else None)


class Timekeeper:
    """Keeps the believed time in the agent's store."""

    def __init__(self, clock: Clock, steady: Steady) -> None:
        self._clock, self._steady = clock, steady
        self._last: Kept | None = None
        self._even: tuple[datetime, Uptime] | None = None

    def time(self, store: ContentStore) -> Time:
        """The time now, kept when it is due (rule 1)."""
        system, uptime, stored = self._clock.now(), self._steady.uptime(), store.kept_time()
        kept = [one for one in (self._last, stored) if one is not None]
        last = max((grown(one, uptime) for one in kept), default=None)
        clock = max((one.clock for one in kept if one.clock is not None), default=None)
        time = believed(system, store.floor(), last, clock)
        is_even = self._goes_evenly(system, uptime) and time.fallback is None
        sure = max(filter(None, (last, store.floor(), system if is_even else None)), default=None)
        if sure is not None:
            clock = clock if time.doubtful else max(system, clock or system)
            self._last = Kept(sure, uptime, clock)
            if stored is None or self._is_due(stored, self._last, doubtful=time.doubtful):
                store.keep_time(self._last)
        return time

    def _is_due(self, stored: Kept, last: Kept, *, doubtful: bool) -> bool:
        minutes = limits.clock_kept_doubtful_minutes if doubtful else limits.clock_kept_minutes
        went = [last.believed - stored.believed]
        if last.clock is not None:
            went.append(last.clock - (stored.clock or stored.believed))
        return max(went) >= timedelta(minutes=minutes)

    def _goes_evenly(self, system: datetime, uptime: Uptime) -> bool:
        """Rule 2."""
        if self._even is not None:
            began, at = self._even
            went = timedelta(seconds=uptime.seconds - at.seconds)
            if uptime.boot == at.boot and abs(system - began - went) <= timedelta(seconds=limits.clock_even_seconds):
                return went >= timedelta(minutes=limits.clock_even_minutes)
        self._even = (system, uptime)
        return False
