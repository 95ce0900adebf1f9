"""Attached files of the held items, fetched after the texts: by need, and in advance within the disk's room.

1. Texts never wait for a file. A step here begins when texts are applied, holds nothing that others need to apply
   theirs, and is set down when there is something new to ask for.
2. Which files, in which order, and which leave for them: domain.holding. What arrived is verified by the spool.
3. A file is asked for from each channel that names it until one has it. A server that does not answer ends the step.
   A file that is not there is left alone for `limits.blob_missing_minutes` (a relay may be fetching it itself), one
   that is not the named one for `limits.blob_refused_hours`; after `limits.blob_failures_max` of them the step ends.
   A tree that has only a part of the files (a stick's) may lack any, and nobody is told.
4. Everything held is hashed at the first step and daily. What is not the file it should be leaves and is fetched again.
5. One process works on the files at a time; whoever comes second leaves them to the first.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.errors import Broken, Unreachable, Unverified
from content_sync.domain.holding import Needed, Wishes
from content_sync.ports import Clock, Fetcher
from content_sync.pull.named import blob_of, missing
from content_sync.pull.shelf import Shelf
from content_sync.pull.spool import Report, Spool, Unfinished
from content_sync.storage.blobs import BlobFolder
from content_sync.storage.content import ContentStore

blobs_name = "_blobs"  # among the problems of a store
_lock_name = "blobs.lock"


@dataclass
class Kept:
    """What a step did: files fetched and their bytes; and why not all, empty when it was only set down.

    `integrity`: a file was not the named one.
    """

    fetched: int = 0
    bytes: int = 0
    sentence: str = ""
    integrity: bool = False


@dataclass(frozen=True)
class _Failure:
    sentence: str
    integrity: bool
    until: datetime


class Blobs:
    """The attached files of one device folder; `report` and `set_down` as for a spool, `free` a disk's free bytes.

    `partial`: the fetcher's tree has only a part of the files (rule 3).
    """

    def __init__(
        self,
        folder: Path,
        fetcher: Fetcher,
        clock: Clock,
        budget: int = limits.blob_budget_bytes,
        report: Report = lambda _path, _done, _of: None,
        set_down: Callable[[], bool] = lambda: False,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
        *,
        partial: bool = False,
    ) -> None:
        self._folder, self._clock, self._budget = folder, clock, budget
        self._set_down, self._partial = set_down, partial
        self._files, self._free = BlobFolder(folder), lambda: free(folder)
        self._spool = Spool(self._files.coming, fetcher, report, set_down, free=lambda _: free(folder))
        self._failed: dict[Blob, _Failure] = {}
        self._checked: datetime | None = None

    def step(self, store: ContentStore, wishes: Wishes) -> Kept:
        """Fetch what is lacking, let go what must; why not all is in the outcome and among the store's problems."""
        kept = Kept()
        with self._alone() as alone:
            if alone:  # rule 5
                try:
                    self._step(kept, store, wishes)
                except Unfinished:
                    pass
                except Unreachable as error:
                    kept.sentence = str(error)
                except (Broken, OSError) as error:
                    kept.sentence = str(error)
                    store.put_problem(blobs_name, kept.sentence, self._clock.now())
        return kept

    def _step(self, kept: Kept, store: ContentStore, wishes: Wishes) -> None:
        self._check()
        now = self._clock.now()
        shelf = Shelf(self._files, store, wishes, max(now, store.floor() or now), self._budget, self._free)
        shelf.tidy()
        wanted = shelf.lacking()
        shelf.clear_spool({one.blob.sha256 for one in wanted})
        self._failed = {one.blob: self._failed[one.blob] for one in wanted if one.blob in self._failed}
        failures = 0
        for one in wanted:
            if failures == limits.blob_failures_max:
                break
            if not self._is_left_alone(one.blob, now):
                if self._set_down():
                    raise Unfinished("Attached files are left for later.")
                arrived = self._arrived(one, now)
                failures += one.blob in self._failed
                if arrived is not None and shelf.put(arrived, one.blob):
                    kept.fetched, kept.bytes = kept.fetched + 1, kept.bytes + one.blob.length
        self._tell(kept, store, now)

    def _arrived(self, one: Needed, now: datetime) -> Path | None:
        """The verified file in the spool (rule 3)."""
        lie: Unverified | None = None
        for channel in one.channels:
            try:
                arrived = self._spool.take(blob_of(channel, one.blob))
            except FileNotFoundError:
                continue
            except Unverified as error:
                lie = lie or error
            else:
                self._failed.pop(one.blob, None)
                return arrived
        if self._partial and lie is None:
            return None
        pause = timedelta(hours=limits.blob_refused_hours) if lie else timedelta(minutes=limits.blob_missing_minutes)
        sentence = str(lie or missing(blob_of(one.channels[0], one.blob)))
        self._failed[one.blob] = _Failure(sentence, lie is not None, now + pause)
        return None

    def _is_left_alone(self, blob: Blob, now: datetime) -> bool:
        failure = self._failed.get(blob)
        longest = timedelta(hours=limits.blob_refused_hours)  # a clock that was set back makes nobody wait for ever
        return failure is not None and timedelta() < failure.until - now <= longest

    def _tell(self, kept: Kept, store: ContentStore, now: datetime) -> None:
        failed = list(self._failed.values())
        if failed:
            first = next((one for one in failed if one.integrity), failed[0])
            kept.sentence, kept.integrity = first.sentence, first.integrity
            if len(failed) > 1:
                kept.sentence += f" ({len(failed)} attached files could not be fetched.)"
        if failed or not self._partial:
            store.put_problem(blobs_name, kept.sentence, now)

    def _check(self) -> None:
        """Rule 4."""
        now = self._clock.now()
        if self._checked and timedelta() <= now - self._checked < timedelta(hours=limits.refresh_hours_max):
            return
        for name in self._files.odd():
            self._files.drop(name)
        self._checked = now

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        with (self._folder / _lock_name).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
