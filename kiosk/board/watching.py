"""One board's steps: look for changes, draw, and write down what was on the glass.

1. The stores are asked for changes 50 times a second; only a change, or an instant at which the picture changes by
   itself, costs more than the question. A clock set back counts as a change.
2. A picture that cannot be made leaves the last good one standing; the reason is logged, and it is tried again after
   a second (promise 7).
3. What is on the glass is logged when it changes and every minute (promise 17); at the end the log is closed. What an
   earlier life left open ends where that was last heard. A full disk stops no picture (kiosk.board.notes).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.ports import Clock
from kiosk.board.notes import Notes
from kiosk.board.players import LcdPlayer, LedPlayer
from kiosk.board.reading import Reading
from kiosk.flow.frame import Frame

_log = logging.getLogger(__name__)
_again, _room = timedelta(seconds=1), timedelta(seconds=limits.full_retry_seconds)


class Watch:
    """Steps a player; `draw` puts a frame on the glass, `screen` names the board in the display log."""

    def __init__(
        self, reading: Reading, player: LcdPlayer | LedPlayer, clock: Clock, screen: str, draw: Callable[[Frame], None]
    ) -> None:
        self._reading, self._player, self._clock, self._screen, self._draw = reading, player, clock, screen, draw
        self._notes = Notes(reading.desk, screen)
        self._frame: Frame | None = None
        self._versions = (-1, -1)
        self._looked: datetime | None = None
        self._due: datetime | None = None

    def step(self) -> None:
        """Rules 1 and 2; meant to be called every `limits.board_poll_ms`."""
        now = self._clock.now()
        try:
            versions = self._reading.versions()
            back = self._looked is not None and now < self._looked
            self._looked = now
            if self._due is not None and now < self._due and versions == self._versions and not back:
                return
            self._versions = versions
            frame, self._due = self._player.frame(now)
            self._show(frame, now)
            if self._notes.is_full:
                self._due = min(self._due, now + _room)
        except Exception:  # noqa: BLE001  # whatever it is, the last good picture stays (rule 2)
            _log.exception("The board could not be drawn; the last picture stays.")
            self._due = now + _again

    def end(self) -> None:
        """Rule 3: from now on nothing is known to be shown."""
        self._notes.shown((), self._clock.now())

    def _show(self, frame: Frame, now: datetime) -> None:
        if frame != self._frame:
            self._draw(frame)
            if self._frame is None or frame.targets != self._frame.targets:
                places = [(t.label, t.rect.x, t.rect.y, t.rect.w, t.rect.h) for t in frame.targets]
                self._notes.touchable(self._screen, places)
            self._frame = frame
        self._notes.shown(frame.shown, now)
