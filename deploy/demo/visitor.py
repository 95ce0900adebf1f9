"""A visitor's eyes and hands on a real window: an X server without a screen, real touches, real pictures.

Touches go through the X server like those of a panel; pictures are read from the X server's own frame buffer. Where to
touch is read from what the screen says is on the glass (`DeskStore.glass`), as a person reads the words on a key.
"""

import struct
import subprocess
import time
from pathlib import Path

from content_sync.storage.desk import DeskStore, Glass
from PIL import Image

from deploy.demo.processes import DemoError, Processes

_screens = ("1080x1920x24", "1920x1080x24")


class Screens:
    """Two X screens in one server: 0 for the touch kiosk, 1 for the LCD board."""

    def __init__(self, processes: Processes, display: int) -> None:
        self.processes = processes
        self.display = f":{display}"
        self.frames = processes.folder / "frames"
        self.frames.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        """Start the X server and wait for it."""
        sizes = [part for number, size in enumerate(_screens) for part in ("-screen", str(number), size)]
        options = ("-fbdir", str(self.frames), "-nolisten", "tcp", "-nocursor")
        self.processes.start("xvfb", "Xvfb", self.display, *sizes, *options)
        self.processes.wait_for("the X server", lambda: Path(f"/tmp/.X11-unix/X{self.display[1:]}").exists())  # noqa: S108 - where X puts it

    def touch(self, x: float, y: float) -> None:
        """Touch the kiosk at a point."""
        subprocess.run(
            ["xdotool", "mousemove", "--screen", "0", str(round(x)), str(round(y)), "click", "1"],
            env={**self.processes.environment, "DISPLAY": self.display},
            check=True,
        )

    def picture(self, screen: int) -> Image.Image:
        """What screen 0 or 1 shows now."""
        data = (self.frames / f"Xvfb_screen{screen}").read_bytes()
        header = struct.unpack(">25I", data[:100])
        start, width, height, line, colours = header[0], header[4], header[5], header[12], header[19]
        pixels = data[start + colours * 12 :]
        return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", line, 1)


class Visitor:
    """Somebody in front of the touch kiosk."""

    def __init__(self, processes: Processes, screens: Screens, home: Path) -> None:
        self.processes = processes
        self.screens = screens
        self.desk = DeskStore(home / "desk.db")

    def sees(self, *words: str) -> Glass:
        """Wait until every one of the words stands on some key or names the screen."""
        return self.processes.wait_for(" + ".join(words), lambda: self._with(words))

    def taps(self, *words: str) -> str:
        """Touch the first key whose label holds all the words; gives its label."""
        for label, x, y, w, h in self.sees(*words).targets:
            if all(word in label for word in words):
                self.screens.touch(x + w / 2, y + h / 2)
                return label
        raise DemoError(f"no key says {words}")

    def sees_screen(self, *names: str) -> str:
        """Wait for one of the named screens."""
        glass = self.processes.wait_for(" or ".join(names), lambda: self._named(names))
        return str(glass.screen)

    def _with(self, words: tuple[str, ...]) -> Glass | None:
        glass = self.desk.glass()
        found = glass and any(all(word in label for word in words) for label, *_ in glass.targets)
        return glass if found else None

    def _named(self, names: tuple[str, ...]) -> Glass | None:
        glass = self.desk.glass()
        return glass if glass and glass.screen in names else None


def settled(processes: Processes, screens: Screens, screen: int) -> Image.Image:
    """The picture once two in a row are the same and not one colour."""
    before = screens.picture(screen)

    def still() -> Image.Image | None:
        nonlocal before
        time.sleep(0.1)
        last, before = before, screens.picture(screen)
        same = last.tobytes() == before.tobytes() and len(before.getcolors(2) or "many") > 1
        return before if same else None

    picture: Image.Image = processes.wait_for(f"a still picture on screen {screen}", still)
    return picture
