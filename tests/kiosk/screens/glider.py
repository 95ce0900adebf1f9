"""Run by tests/kiosk/screens/test_window.py in a process of its own: a page glides in, and is touched on its way."""

from kiosk import bootstrap
from kiosk.flow.frame import Frame


def main() -> None:  # noqa: PLR0915  # one story
    """Say what did not hold: complete at once, in its place after a touch or after its time, still in elder view."""
    bootstrap.prepare(540, 960, offscreen=True)
    from kivy.clock import Clock
    from kivy.core.window import Window

    from kiosk import config
    from kiosk.widgets import glide
    from kiosk.widgets.painter import Painter
    from tests.bench.kiosk_window import _Finger
    from tests.kiosk.flow.looks import drawn
    from tests.kiosk.screens.walker import _picture

    glide._late = 60  # a busy machine may be as slow as it likes here
    home, page, elder = drawn("normal")["home"], drawn("normal")["guides"], drawn("elder")["guides"]
    in_place = _still(page)
    painter = Painter(config.themes(), glides=True)
    Window.add_widget(painter)
    painter.size = Window.size
    assert painter._glide
    painter.show(home)
    said = {"the first screen stands still": not painter._glide.is_moving}
    painter.show(page)
    said["it moves"] = painter._glide.is_moving and _picture() != in_place
    painter.on_touch_down(_Finger(1, -5, -5))
    said["a touch ends it"] = not painter._glide.is_moving and _picture() == in_place
    painter.on_touch_up(_Finger(1, -5, -5))
    painter.show(home)
    painter.show(page)
    begun = painter._glide.begun
    glide.monotonic = lambda: begun + 1
    Clock.tick()
    said["it ends in time"] = not painter._glide.is_moving and _picture() == in_place
    painter.show(home)
    painter.show(elder)
    said["elder view stands still"] = not painter._glide.is_moving
    print(",".join(name for name, is_so in said.items() if not is_so) or "none")


def _still(frame: Frame) -> bytes:
    """The frame by a painter that moves nothing."""
    from kivy.core.window import Window

    from kiosk import config
    from kiosk.widgets.painter import Painter
    from tests.kiosk.screens.walker import _picture

    painter = Painter(config.themes())
    Window.add_widget(painter)
    painter.size = Window.size
    painter.show(frame)
    picture = _picture()
    Window.remove_widget(painter)
    return picture


if __name__ == "__main__":
    main()
