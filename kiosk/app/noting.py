"""What stands on one window's glass, written down once it stands there (promise 17).

1. A frame is logged, and what can be touched noted, once it stands there: no touch waits for the disk, and what never
   stood there, because another followed it or its visitor was forgotten, is not written. A power cut in between leaves
   some 30 ms of which nobody knows.
2. What stands there is logged again every `limits.display_seen_seconds`; on a disk that was full, with each picture.
3. What a page would show of attached files is asked for while it is open, so that the agent fetches and keeps it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Blob
from content_sync.storage.desk import DeskStore
from kiosk.board.notes import Notes
from kiosk.flow.frame import Frame


class Noting:
    """One window's pen. `after` runs what it is handed once the picture stands; `failed` hears of what could not be."""

    def __init__(
        self, desk: DeskStore, after: Callable[[Callable[[], None]], None], failed: Callable[[Exception, float], None]
    ) -> None:
        self._after, self._failed = after, failed
        self._notes = Notes(desk, "touch")
        self._notes.forget()  # what a life that was cut off could not forget
        self._stands: Frame | None = None
        self._noted: Frame | None = None
        self._logged: float | None = None
        self._wished: tuple[tuple[str, ...], float] = ((), 0.0)

    @property
    def is_full(self) -> bool:
        """Whether the disk had no room yet for some note."""
        return self._notes.is_full

    def drawn(self, frame: Frame, at: datetime, moment: float) -> None:
        """This picture was drawn now, or is still the one (rules 1 and 2)."""
        if frame is not self._stands:
            self._stands, self._logged = frame, None
        if self._logged is None or self.is_full or moment - self._logged >= limits.display_seen_seconds:
            self._logged = moment
            self._after(partial(self._note, frame, at, moment))

    def wish(self, wanted: Sequence[Blob], at: datetime, moment: float) -> None:
        """Rule 3."""
        hashes = tuple(blob.sha256 for blob in wanted)
        if hashes and (hashes != self._wished[0] or moment - self._wished[1] >= limits.display_seen_seconds):
            self._wished = (hashes, moment)
            self._notes.wished(hashes, at)

    def forget(self) -> None:
        """Nothing of a visitor is to stay in memory, then on the disk."""
        self._stands = self._noted = None
        self._notes.forget()

    def end(self, at: datetime) -> None:
        """From now on nothing is known to be on the glass."""
        self._stands = None
        self._notes.shown((), at)

    def _note(self, frame: Frame, at: datetime, moment: float) -> None:
        """Rule 1."""
        if frame is not self._stands:
            return
        try:
            if self._noted is None or frame.targets != self._noted.targets:
                places = [(t.label, t.rect.x, t.rect.y, t.rect.w, t.rect.h) for t in frame.targets]
                self._notes.touchable(frame.name, places)
            self._notes.shown(frame.shown, at)
            self._noted = frame
        except Exception as fault:  # noqa: BLE001  # whatever it is, the visitor sees 请稍候 (promise 7)
            self._logged = None
            self._failed(fault, moment)
