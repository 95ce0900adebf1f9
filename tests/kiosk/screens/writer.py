"""Run by test_window.py in a process of its own: a hand that writes, takes a stroke back, sends, then SIGTERM.

While it writes its first stroke, the picture changes beside the sheet.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

from kiosk import bootstrap
from tests.kiosk.screens.noting import is_noted

_pause_seconds = 0.1  # besides the moment in which a screen that came up is deaf


def _drag(*points: tuple[float, float], meanwhile: Callable[[], None] = lambda: None) -> None:
    from kivy.core.window import Window
    from kivy.tests.common import UnitTestTouch

    (x, y), *others = points
    touch = UnitTestTouch(x, Window.height - y)
    touch.touch_down()
    for x, y in others:
        touch.touch_move(x, Window.height - y)
        meanwhile()
    touch.touch_up()


def _beside() -> None:
    """The footer's last words change, as the clock's do."""
    from kivy.core.window import Window

    painter = Window.children[0]
    assert painter.frame.field is not None
    painter.show(replace(painter.frame, marks=painter.frame.marks[:-1]))


def main(folder: Path) -> None:
    """Serve one visitor who writes."""
    bootstrap.prepare(1080, 1920, offscreen=True)
    from kivy.core.window import Window

    from content_sync.storage.desk import DeskStore
    from kiosk.app.touch import run

    desk, began = DeskStore(folder / "desk.db"), list[float]()

    def tap(label: str) -> None:
        glass = desk.glass()
        assert glass is not None
        _, x, y, w, h = next(target for target in glass.targets if target[0] == label)
        _drag((x + w / 2, y + h / 2))

    def said() -> None:
        (record,) = [record for record in desk.waiting_records(50) if record.kind == "opinion"]
        print(record.body["strokes"], desk.glass().screen)  # type: ignore[union-attr]  # it was drawn
        os.kill(os.getpid(), signal.SIGTERM)

    steps = [
        lambda: tap("点一下屏幕"),
        lambda: tap("我要反映"),
        lambda: tap("办不成事"),
        lambda: tap("写几句"),
        lambda: _drag((300, 1200), (300, 1250), (300, 1300), (500, 1300), meanwhile=_beside),
        lambda: _drag((600, 1200), (700, 5000)),  # beyond the sheet, over the keys
        lambda: tap("退一笔"),
        lambda: _drag((800, 1250)),
        lambda: tap("写好了"),
        lambda: tap("送出"),
        said,
    ]

    def alive() -> None:
        if not began:  # the first picture has just been drawn
            began.append(monotonic())
        hears = monotonic() > max(Window.children[0]._hand.deaf_until, began[-1] + _pause_seconds)
        if steps and hears and is_noted(desk, Window.children[0]):
            steps.pop(0)()
            began.append(monotonic())  # counted from the picture, however long a busy machine draws it

    run(folder, alive)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
