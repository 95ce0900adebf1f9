"""Run by tests/kiosk/screens/test_window.py in a process of its own: somebody touches 朗读, listens, touches it again.

Prints how many places were marked one after the other, the longest pause between two ticks of the window meanwhile
(milliseconds, without those in which a busy machine gave it no processor), and whether a mark stands there at the end;
then SIGTERM.
"""

import json
import os
import signal
import sys
from itertools import pairwise
from pathlib import Path
from time import monotonic

from kiosk import bootstrap
from tests.kiosk.screens.noting import is_noted

_pause_seconds, _patience_seconds, _places = 0.1, 30.0, 3


class _Eye:
    """Looks at the glass at every tick."""

    def __init__(self) -> None:
        self.marked: list[object] = []
        self.ticks: list[float] = []

    def look(self) -> object:
        """Where the mark stands now, None when nothing is marked."""
        from kivy.core.window import Window

        marks = Window.children[0].frame.marks
        place = next((mark.rect for mark in marks if getattr(mark, "fill", "") == "read"), None)
        if place:
            self.ticks.append(_own_seconds())
        if place and place not in self.marked:
            self.marked.append(place)
        return place

    @property
    def pause(self) -> int:
        """The longest time between two looks at a marked screen, in milliseconds."""
        return round(1000 * max(after - before for before, after in pairwise(self.ticks)))


def _own_seconds() -> float:
    """A steady clock that stands while this thread waits for a processor."""
    waited = Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]
    return monotonic() - int(waited) / 1e9


def main(folder: Path) -> None:
    """Listen to the first page until three of its sentences were marked, then touch the key again."""
    bootstrap.prepare(1080, 1920, offscreen=True)
    from kivy.core.window import Window
    from kivy.tests.common import UnitTestTouch

    from content_sync.storage.desk import DeskStore
    from kiosk.app.touch import run

    desk, eye, moments = DeskStore(folder / "desk.db"), _Eye(), list[float]()

    def tap(label: str) -> None:
        glass = desk.glass()
        assert glass is not None
        _, x, y, w, h = next(target for target in glass.targets if target[0] == label)
        touch = UnitTestTouch(x + w / 2, Window.height - y - h / 2)
        touch.touch_down()
        touch.touch_up()

    def done() -> None:
        print(json.dumps({"marked": len(eye.marked), "pause": eye.pause, "is_marked": eye.look() is not None}))
        os.kill(os.getpid(), signal.SIGTERM)

    steps = [lambda: tap("点一下屏幕"), lambda: tap("朗读"), lambda: tap("朗读"), done]

    def alive() -> None:
        eye.look()
        if not moments:  # the first picture has just been drawn
            moments.append(monotonic())
        listens = len(steps) == 2 and len(eye.marked) < _places and monotonic() < moments[-1] + _patience_seconds
        if (
            steps
            and not listens
            and is_noted(desk, Window.children[0])
            and monotonic() > max(Window.children[0]._hand.deaf_until, moments[-1] + _pause_seconds)
        ):
            steps.pop(0)()
            moments.append(monotonic())  # counted from the picture, however long a busy machine draws it

    run(folder, alive)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
