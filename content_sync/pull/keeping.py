"""The store that a device's steps work on: opened, begun anew when it must be, and looked over once a day.

1. A file that is no database of ours any more is removed and built anew: what was withdrawn comes back with the signed
   lists, and the kept metadata still refuses everything older.
2. Stored bodies, roots and search are checked at the first step and then daily; what is damaged is fetched again, and
   where only the index is, it is made anew from the bodies. Deleted text is looked for again then, too.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from content_sync.domain import limits
from content_sync.domain.ids import directory_channel
from content_sync.storage.content import ContentStore, Damaged
from content_sync.storage.content_verify import search_name

_T = TypeVar("_T")


class Keeping:
    """The store at `path` for these channels; `store` is the one that is open now."""

    def __init__(self, path: Path, channels: Sequence[str]) -> None:
        self._path, self._channels = path, tuple(channels)
        self._checked: datetime | None = None
        try:
            self.store = self._opened()
        except Damaged:
            self.store = self._anew()

    def mending(self, step: Callable[[bool], _T]) -> _T:
        """Do a step, and once more on a new store when this one turns out damaged; it is told whether it is new."""
        try:
            return step(False)
        except Damaged:
            self.store.close()
            self.store = self._anew()
            return step(True)

    def damaged(self, now: datetime) -> set[str]:
        """Repositories of which something must be fetched again (rule 2)."""
        if self._checked and timedelta() <= now - self._checked < timedelta(hours=limits.refresh_hours_max):
            return set()
        self._checked = now
        for channel in self._channels:
            self.store.hide(channel, ())  # what a full disk only kept away leaves now
        self.store.scrub(thorough=True)
        bad = self.store.verify().bad
        if search_name in bad:
            self.store.reindex()
        damaged = {channel for channel in self._channels if not self.store.sound(channel)} if bad else set[str]()
        if self.store.fact("county_hash") and self.store.county() is None:
            damaged.add(directory_channel)
        return damaged

    def _opened(self) -> ContentStore:
        store = ContentStore(self._path)
        store.follow(self._channels)
        return store

    def _anew(self) -> ContentStore:
        """Rule 1."""
        for suffix in ("-wal", "-shm", ""):  # the log first: replayed into a new file it would be worse than lost
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        return self._opened()
