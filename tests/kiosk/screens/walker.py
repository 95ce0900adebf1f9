"""Run by tests/kiosk/screens/test_window.py in a process of its own: visitors who touch whatever can be touched.

After each touch the picture that grew out of the one before is compared with the same frame drawn from nothing. Said
are the number of pictures, of screens among them, and the names of those that differ.
"""

import random
import sys
from pathlib import Path

from kiosk import bootstrap

_visitors, _touches = 4, 12


def main(folder: Path) -> None:
    """Walk, and say what was seen."""
    bootstrap.prepare(540, 960, offscreen=True)
    from kiosk.flow import actions
    from tests.bench.kiosk_window import KioskWindow

    window, chance = KioskWindow(folder), random.Random(7)
    window.read_hands()
    looks = (actions.SwitchElder(), actions.SwitchLow(), actions.SwitchContrast(), actions.SwitchLanguage("en"))
    seen, wrong = list[str](), list[str]()

    def look(name: str) -> None:
        seen.append(name)
        if _picture() != _from_nothing(window):
            wrong.append(name)

    for _ in range(_visitors):
        for _ in range(_touches):
            if chance.random() < 0.15:
                window.visit.act(chance.choice(looks), window.moment)
            elif window.targets:
                window.touch(chance.choice(window.targets))
            look(window.painter.frame.name)
        window.later(3_600)
        look("wiped")
    window.close()
    print(len(seen), len(set(seen)), ",".join(wrong) or "none")


def _picture() -> bytes:
    from kivy.core.window import Window
    from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels

    Window.dispatch("on_draw")
    return bytes(glReadPixels(0, 0, *(int(side) for side in Window.size), GL_RGBA, GL_UNSIGNED_BYTE))


def _from_nothing(window) -> bytes:
    """The same frame by a painter that never drew another."""
    from kivy.core.window import Window

    from kiosk import config
    from kiosk.widgets.painter import Painter

    fresh = Painter(config.themes())
    fresh.pictures = window.painter.pictures
    Window.remove_widget(window.painter)
    Window.add_widget(fresh)
    fresh.size = Window.size
    fresh.show(window.painter.frame)
    drawn = _picture()
    Window.remove_widget(fresh)
    Window.add_widget(window.painter)
    return drawn


if __name__ == "__main__":
    main(Path(sys.argv[1]))
