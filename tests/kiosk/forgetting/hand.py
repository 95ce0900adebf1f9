"""A real kiosk whose finger is told from outside what to touch, one touch at a time: `… DIR WxH`.

What is typed is never written anywhere in this process by the test: each line of standing input is one touch
(`tap KEY`, `draw x,y x,y …` in shares of the sheet, `pass SECONDS`, `see WORDS`, `knock`, `forgotten`), the answer one
line: `ok`, or what is there instead.
"""

import json
import os
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import Any

from kiosk import bootstrap
from kiosk.app import scrubbing, touch

_patience_seconds = 60.0


class Hand:
    """Does what it is told, from the window's own clock."""

    def __init__(self) -> None:
        os.set_blocking(0, False)
        self._told, self._since, self.ahead = b"", 0.0, 0.0
        self.scrubbed, self._hurried = list[float](), 0.0

    def moment(self) -> float:
        """The screen's steady clock."""
        return monotonic() + self.ahead

    def listen(self) -> None:
        """The next touch, as soon as the glass hears."""
        if not self._told:
            try:
                self._told = os.read(0, 4096)
            except BlockingIOError:
                return
            self._since = monotonic()
        what, _, rest = self._told.decode().strip().partition(" ")
        answer = self._done(what, rest)
        if answer == "ok" or monotonic() - self._since > _patience_seconds:
            self._told = b""
            os.write(1, f"{answer}\n".encode())

    def _done(self, what: str, rest: str) -> str:
        from kivy.core.window import Window

        from tests.kiosk.stories import laws

        painter: Any = Window.children[0]
        frame = painter.frame
        if threading.active_count() > 1:
            return "not yet"  # the letters are still being looked at
        self.ahead += max(0.0, painter._hand.deaf_until - self.moment())  # the gap between touches is no part of this
        if what == "pass":
            self.ahead += float(rest)
        elif what == "forgotten":  # the last picture is down, and memory scrubbed
            return "ok" if self._is_scrubbed() else "not yet"
        elif what == "see" and rest.replace(" ", "") not in laws.read(frame):
            return json.dumps([frame.name, [t.label for t in frame.targets]], ensure_ascii=False)
        elif what == "tap":
            found = next((t.rect for t in frame.targets if t.label == rest), None)
            if found is None:
                return json.dumps([frame.name, [t.label for t in frame.targets]], ensure_ascii=False)
            self._moves([(found.x + found.w / 2, found.y + found.h / 2)])
        elif what == "knock":
            for _ in range(5):
                self._moves([(60, 40)])
        elif what == "draw":
            if frame.field is None:
                return f"nothing to write on: {frame.name}"
            r, shares = frame.field.rect, [tuple(map(float, point.split(","))) for point in rest.split()]
            self._moves([(r.x + x * r.w, r.y + y * r.h) for x, y in shares])
        return "ok"

    def _is_scrubbed(self) -> bool:
        """Twice since it was asked for; between the two time is put before the clock."""
        times = sum(at > self._since for at in self.scrubbed)
        if times == 1 and self._hurried != self._since:
            self._hurried, self.ahead = self._since, self.ahead + 10
        return times > 1

    def _moves(self, points: list[Any]) -> None:
        from kivy.tests.common import UnitTestTouch

        from tests.kiosk.stories.window import _on_glass, _painter

        places = [_on_glass(_painter().frame, x, y) for x, y in points]
        finger = UnitTestTouch(*places[0])
        finger.touch_down()
        for place in places[1:]:
            finger.touch_move(*place)
        finger.touch_up()


def main(folder: Path, size: str) -> None:
    """Serve until the end of input's process."""
    scrubbing.start_filling()
    wide, high = map(int, size.split("x"))
    bootstrap.prepare(wide, high, offscreen=True)
    hand, scrub = Hand(), scrubbing.scrub

    def scrubs() -> None:
        scrub()
        hand.scrubbed.append(monotonic())

    scrubbing.scrub = scrubs
    from kiosk.widgets import painter  # only now: the window's size is what `prepare` told Kivy

    touch.monotonic = painter.monotonic = hand.moment  # time passes when the test says so
    touch.run(folder, hand.listen, (wide, high))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
