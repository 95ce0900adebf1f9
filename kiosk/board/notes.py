"""What a screen writes down about itself: what it shows, what can be touched, what is to be forgotten.

1. None of it is needed to show anything: on a full disk it is left out, the program's log says so once, and the
   picture goes on (promise 7).
2. The display log has a gap then. It begins anew with the first row that is written again: what was on the glass
   meanwhile nobody knows, and no row says it (OFF-06, promise 17).
3. What is still true is owed: the newest of each name is written as soon as there is room, at the next look. A screen
   looks every `limits.full_retry_seconds` while anything is not written, also if a smaller note found room meanwhile.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from content_sync.storage.content import Full
from content_sync.storage.desk import DeskStore
from content_sync.storage.desk_display import Place, Shown

_log = logging.getLogger(__name__)


class Notes:
    """The notes of one screen, `screen` by name in the display log."""

    def __init__(self, desk: DeskStore, screen: str) -> None:
        self._desk, self._screen = desk, screen
        self._begins, self._is_gap, self._is_told = True, False, False
        self._owed: dict[str, Callable[[], object]] = {}

    @property
    def is_full(self) -> bool:
        """Whether there was no room yet for something that is to be written."""
        return self._is_gap or bool(self._owed)

    def shown(self, shown: Shown, at: datetime) -> None:
        """What is on the glass from now on; call it also every minute without a change."""

        def write() -> None:
            if self._begins:
                self._desk.begin_shown(self._screen)
            self._desk.log_shown(self._screen, shown, at)

        self._settle()
        self._begins = self._is_gap = not self._tried(write)  # rule 2
        self._tell_room()

    def wished(self, hashes: Sequence[str], at: datetime) -> None:
        """Attached files that the page on the glass would show."""
        self._owe("wish", lambda: self._desk.wish(hashes, at))

    def touchable(self, name: str, places: Sequence[Place]) -> None:
        """Names and places of what can be touched now."""
        self._owe("glass", lambda: self._desk.put_glass(name, places))

    def forget(self) -> None:
        """Nothing of a visitor is to stay on the disk."""
        for name in ("glass", "wish"):
            self._owed.pop(name, None)
        self._owe("receipts", self._desk.forget_receipts)
        self._owe("no glass", self._desk.forget_glass)

    def _owe(self, name: str, write: Callable[[], object]) -> None:
        """Write it now, or as soon as there is room (rule 3)."""
        self._owed.pop(name, None)
        self._owed[name] = write
        self._settle()

    def _settle(self) -> None:
        """Write what is owed, in its order, as far as there is room."""
        for name, write in list(self._owed.items()):
            if not self._tried(write):
                return
            del self._owed[name]
        self._tell_room()

    def _tried(self, write: Callable[[], object]) -> bool:
        """Whether it was written (rule 1)."""
        try:
            write()
        except Full as error:
            if not self._is_told:
                _log.warning("The disk is full: what is shown is not written down now. %s", error)
            self._is_told = True
            return False
        return True

    def _tell_room(self) -> None:
        if self._is_told and not self.is_full:
            _log.warning("The disk has room again.")
            self._is_told = False
