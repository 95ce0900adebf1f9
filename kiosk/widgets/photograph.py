"""Pictures of frames as PNG files, without a display. Kivy must be prepared first (kiosk.bootstrap, offscreen)."""

from collections.abc import Callable
from pathlib import Path

from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image

from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.errors import Broken
from kiosk import config
from kiosk.flow.frame import Frame
from kiosk.widgets.painter import Painter


class Camera:
    """Draws frames in the process's only window and reads the pixels back."""

    def __init__(self, pictures: Callable[[Blob], Path | None] = lambda _: None) -> None:
        self._painter = Painter(config.themes())
        self._painter.pictures = pictures
        Window.add_widget(self._painter)
        self._painter.size = Window.size

    def take(self, frame: Frame, path: Path) -> None:
        """Draw one frame and save it at the window's size. Raises Broken when the picture is one flat colour."""
        self._painter.show(frame)
        Window.dispatch("on_draw")
        wide, high = (int(side) for side in Window.size)
        pixels = glReadPixels(0, 0, wide, high, GL_RGBA, GL_UNSIGNED_BYTE)
        picture = (
            Image.frombytes("RGBA", (wide, high), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")
        )
        if len(picture.getcolors(2) or "many") == 1:
            raise Broken(
                f"The picture of {frame.name} is one flat colour: this machine cannot draw (libgl1, libegl1?)."
            )
        picture.save(path, compress_level=1)
