"""Run by tests/kiosk/screens/test_window.py in a process of its own: a hand that taps ten times twice, then SIGTERM."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from unittest.mock import patch

from kiosk import bootstrap
from tests.kiosk.screens.noting import is_noted

_scale_taps, _pause_seconds = 10, 0.1  # besides the moment in which a screen that came up is deaf


@contextmanager
def _one_instant() -> Iterator[None]:
    """The glass's clock stands: taps are fast, however busy the machine is."""
    from kiosk.widgets import painter

    instant = monotonic()
    with patch.object(painter, "monotonic", lambda: instant):
        yield


def main(folder: Path) -> None:
    """Serve one visitor with a nervous hand in the real window, then end."""
    bootstrap.prepare(1080, 1920, offscreen=True)
    from kivy.core.window import Window
    from kivy.tests.common import UnitTestTouch

    from content_sync.storage.desk import DeskStore
    from kiosk.app.touch import run

    desk, began = DeskStore(folder / "desk.db"), list[float]()

    def tap(x: float, y: float) -> None:
        for _ in range(2):  # Kivy delivers one touch twice
            touch = UnitTestTouch(x, Window.height - y)
            touch.touch_down()
            touch.touch_up()

    def place(label: str) -> tuple[float, float]:
        glass = desk.glass()
        assert glass is not None
        _, x, y, w, h = next(target for target in glass.targets if target[0] == label)
        return x + w / 2, y + h / 2

    def nervous() -> None:
        with _one_instant():
            for where in [place("户口和身份证")] * _scale_taps:
                tap(*where)

    def said() -> None:
        print(len(desk.waiting_presses()), desk.glass().screen)  # type: ignore[union-attr]  # it was drawn
        os.kill(os.getpid(), signal.SIGTERM)

    steps = [lambda: tap(*place("点一下屏幕")), lambda: tap(*place("取号排队")), nervous, said]

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
