"""The agent's work on attached files (pull.blobs): after every step, and when a screen asks for one.

1. A file that a screen asks for is fetched before all others, also when they are being fetched already. It is asked for
   once; when it cannot be had, the next step tries again.
2. An LED display shows text only: it fetches no files.
3. A server that did not answer a moment ago is not asked for files.
4. How long ago a screen asked is judged by the believed time, by which it asked (pull.timekeeping rule 4).
"""

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from content_sync.agent.device import Device
from content_sync.agent.progress import Progress
from content_sync.domain import limits
from content_sync.ports import Clock, Fetcher
from content_sync.pull.blobs import Blobs, Kept
from content_sync.pull.shelf import Shelf
from content_sync.pull.spool import Report
from content_sync.pull.timekeeping import BelievedClock
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore


class Attached:
    """The attached files of one device; `busy` says whether there is something else to do (a file is then set down)."""

    def __init__(
        self,
        folder: Path,
        device: Device,
        fetcher: Fetcher,
        clock: Clock,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        self._desk, self._clock, self._busy = DeskStore(folder / "desk.db"), BelievedClock(folder, clock), busy
        report, budget = Progress(sys.stderr).report, budget_of(device)
        self._blobs = Blobs(folder, fetcher, self._clock, budget, report=report, set_down=self._is_interrupted)
        self._asked: frozenset[str] = frozenset()
        self._version, self._anew = -1, False

    def keep(self, store: ContentStore) -> Kept:
        """Fetch until nothing lacks, or something else is to do."""
        done = Kept()
        while True:
            self._version, self._anew = self._desk.data_version(), False
            wishes = self._desk.wishes(self._clock.now())
            self._asked = frozenset(wishes)
            kept = self._blobs.step(store, wishes)
            done = Kept(done.fetched + kept.fetched, done.bytes + kept.bytes, kept.sentence, kept.integrity)
            if self._busy() or not self.is_asked():
                return done

    def is_asked(self) -> bool:
        """Whether a screen asks for a file that it did not ask for before (rule 1)."""
        version = self._desk.data_version()
        if version != self._version:
            self._version = version
            self._anew = self._anew or not self._asked.issuperset(self._desk.wishes(self._clock.now()))
        return self._anew

    def close(self) -> None:
        """Let go of the desk."""
        self._desk.close()

    def _is_interrupted(self) -> bool:
        return self._busy() or self.is_asked()


def attached_from_stick(folder: Path, device: Device, stick: Fetcher, clock: Clock, report: Report) -> Kept:
    """Fetch what the held texts need and the stick has; what it lacks may come otherwise."""
    believed = BelievedClock(folder, clock)
    blobs = Blobs(folder, stick, believed, budget_of(device), report, partial=True)
    with closing(ContentStore(folder / "content.db")) as store, closing(DeskStore(folder / "desk.db")) as desk:
        return blobs.step(store, desk.wishes(believed.now()))


def budget_of(device: Device) -> int:
    """Bytes of attached files that a device of this kind may hold (rule 2)."""
    return 0 if device.kind == "led" else limits.blob_budget_bytes


def outlook(folder: Path, device: Device, store: ContentStore, desk: DeskStore, clock: Clock) -> dict[str, int]:
    """What `status` says of the files: named by items, here, in bytes, and to be fetched."""
    now = BelievedClock(folder, clock).now()
    free = shutil.disk_usage(folder).free
    return Shelf(store.blobs, store, desk.wishes(now), now, budget_of(device), lambda: free).counts()
