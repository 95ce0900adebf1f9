"""The lamps in a window, a dozen screen pixels wide each: for demonstrations and for trying out texts.

Kivy must be prepared first (kiosk.bootstrap) with a window of the panel's size times `scale`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


def scale(width: int) -> int:
    """Screen pixels per lamp, so that a panel fills about 1,150 px."""
    return max(1, 1152 // width)


class WindowSink:
    """kiosk.board.led.Sink over a Kivy window."""

    def __init__(self) -> None:
        from kivy.base import runTouchApp
        from kivy.uix.image import Image as Picture

        self._picture = Picture(fit_mode="contain")
        runTouchApp(self._picture, embedded=True)

    def show(self, image: "Image") -> None:
        """Each lamp stays a sharp square."""
        from kivy.graphics.texture import Texture

        texture = Texture.create(size=image.size, colorfmt="rgb")
        texture.mag_filter = "nearest"
        texture.blit_buffer(image.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
        texture.flip_vertical()
        self._picture.texture = texture

    def rest(self, seconds: float) -> bool:
        """Runs the window's own loop for about as long."""
        from time import monotonic

        from kivy.base import EventLoop

        end = monotonic() + seconds
        while not EventLoop.quit and monotonic() < end:
            EventLoop.idle()
        return not EventLoop.quit
