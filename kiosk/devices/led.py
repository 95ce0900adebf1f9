"""LED output as pictures in a folder: for tests, for sending-cards that take files, for looking at.

The newest is always `led-current.png`, replaced whole; the last ones stay beside it, numbered.
(Lamps on a Raspberry Pi's own pins: kiosk.devices.rgbmatrix.)
"""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from content_sync.domain import limits

if TYPE_CHECKING:
    from PIL.Image import Image


class PngSink:
    """kiosk.board.led.Sink that writes into `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number, self._never = folder, 0, Event()
        folder.mkdir(parents=True, exist_ok=True)

    def show(self, image: "Image") -> None:
        """Write the picture under its number and as the current one; nobody ever sees half of it."""
        self._number += 1
        for name in (f"led-{self._number:06d}.png", "led-current.png"):
            part = self._folder / f".{name}.part"
            image.save(part, format="PNG")
            part.replace(self._folder / name)
        old = self._number - limits.led_pictures_kept
        (self._folder / f"led-{old:06d}.png").unlink(missing_ok=True)

    def rest(self, seconds: float) -> bool:
        """Wait."""
        self._never.wait(seconds)
        return True
