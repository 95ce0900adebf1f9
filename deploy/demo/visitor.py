"""Eyes and hands on a real window: an X server without a panel, real touches, real pictures.

Touches go through the X server like those of a panel; pictures are read from the X server's own frame buffer. Where to
touch is read from what the screen says is on the glass (`DeskStore.glass`), as a person reads the words on a key.
"""

import struct
import subprocess
import time
from pathlib import Path

from PIL import Image

from content_sync.domain import limits
from content_sync.storage.desk import DeskStore, Glass
from deploy.demo.processes import DemoError, Processes


class Screen:
    """One X server without a screen, as large as the panel it stands for."""

    def __init__(self, processes: Processes, number: int, size: str) -> None:
        self.processes = processes
        self.display = f":{number}"
        self.size = size
        self.folder = processes.folder / f"screen-{number}"

    def start(self) -> None:
        """Start the X server and wait for it."""
        self.folder.mkdir(parents=True)
        options = ("-screen", "0", f"{self.size}x24", "-fbdir", str(self.folder), "-nolisten", "tcp", "-nocursor")
        self.processes.start(f"x-{self.size}", "Xvfb", self.display, *options)
        socket = Path(f"/tmp/.X11-unix/X{self.display[1:]}")  # noqa: S108 - where X puts it
        self.processes.wait_for("the X server", socket.exists)

    def touch(self, x: float, y: float) -> None:
        """Touch a point, as a panel would, after the moment in which a new screen does not take touches."""
        time.sleep(2 * limits.screen_settles_ms / 1000)
        subprocess.run(
            ["xdotool", "mousemove", str(round(x)), str(round(y)), "click", "1"],
            env={**self.processes.environment, "DISPLAY": self.display},
            check=True,
        )

    def picture(self) -> Image.Image:
        """What the screen shows now."""
        data = (self.folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", data[:100])
        start, width, height, line, colours = header[0], header[4], header[5], header[12], header[19]
        return Image.frombuffer("RGB", (width, height), data[start + colours * 12 :], "raw", "BGRX", line, 1)

    def still_picture(self) -> Image.Image:
        """The picture once two in a row are the same and not one colour."""
        before = self.picture()

        def still() -> Image.Image | None:
            nonlocal before
            time.sleep(0.1)
            last, before = before, self.picture()
            same = last.tobytes() == before.tobytes() and before.getcolors(1) is None
            return before if same else None

        picture: Image.Image = self.processes.wait_for(f"a still picture on {self.display}", still)
        return picture


class Visitor:
    """Somebody in front of the touch kiosk."""

    def __init__(self, processes: Processes, screen: Screen, home: Path) -> None:
        self.processes = processes
        self.screen = screen
        self.desk = DeskStore(home / "desk.db")

    def sees(self, *words: str) -> Glass:
        """Wait until every one of the words stands on some key or names the screen."""
        glass: Glass = self.processes.wait_for(" + ".join(words), lambda: self._with(words))
        return glass

    def taps(self, *words: str) -> str:
        """Touch the first key whose label holds all the words; gives its label."""
        for label, x, y, w, h in self.sees(*words).targets:
            if all(word in label for word in words):
                self.screen.touch(x + w / 2, y + h / 2)
                return label
        raise DemoError(f"no key says {words}")

    def glass(self) -> Glass:
        """What is on the glass now."""
        glass: Glass = self.processes.wait_for("something on the glass", self.desk.glass)
        return glass

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
