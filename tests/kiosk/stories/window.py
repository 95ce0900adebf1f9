"""A story played by fingers on the real window: `python -m tests.kiosk.stories.window DIR STORY LANGUAGE WxH`.

1. The kiosk is the one of `kiosk touch`, in this process, with the twin of a printer; SDL draws offscreen.
2. A line waits until it can be played, at most `_patience_seconds`; nobody sleeps. The hall answers through desk.db, as
   the agent would. Time that passes is put before the screen's own clock, and so is the moment in which the glass is
   deaf after a touch: the next touch comes when it ends.
3. Each tap is delivered twice in one instant, as Kivy may do (N-13), however busy the machine is meanwhile. Every
   picture that comes on the glass is held to the laws.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from content_sync.clock import SystemClock, SystemIds
from content_sync.storage.desk import DeskStore, Invitation, Position
from kiosk import bootstrap
from kiosk.app import touch
from kiosk.app.printing import printing
from kiosk.devices.printer import PrinterInMemory
from kiosk.flow.frame import Frame
from tests.kiosk import county
from tests.kiosk.stories import laws, telling
from tests.kiosk.stories.journeys import left_behind, somebody_before, stories
from tests.kiosk.stories.telling import Line, Tongue, bare, named, told_in, tongue_of

_patience_seconds = 60.0


class Fingers:
    """Plays lines, one after the other, from the window's own clock."""

    def __init__(self, folder: Path, story: str, language: str, size: tuple[int, int]) -> None:
        self._desk, self.printer, self._size = DeskStore(folder / "desk.db"), PrinterInMemory(), size
        self._lines = [*somebody_before, *told_in(stories[story], language)]
        self._own_from, self._language, self._tongue = len(somebody_before), language, tongue_of("zh-Hans")
        self.played, self.ahead, self._since, self._papers_before = 0, 0.0, monotonic(), 0
        self._told: tuple[Any, ...] = ()
        self._instant: float | None = None
        self.wrong, self.pictures = list[str](), 0
        self._is_elder, self._is_low, self._frame = False, False, Frame("", 1, 1, "paper", ())

    def moment(self) -> float:
        """The screen's steady clock (rules 2 and 3)."""
        return monotonic() + self.ahead if self._instant is None else self._instant

    def play(self) -> None:
        """Called again and again: the next line, if it can be played now."""
        self._watch()
        self._answer()
        if self.wrong or self.played == len(self._lines):
            os.kill(os.getpid(), signal.SIGTERM)
        elif self._can(self._lines[self.played]):
            self.played, self._since = self.played + 1, monotonic()
        elif monotonic() - self._since > _patience_seconds:
            said, keys = laws.read(self._frame), [target.label for target in self._frame.targets]
            self.wrong.append(f"line {self.played}, {self._lines[self.played]}: {self._frame.name} {keys} {said}")

    def _watch(self) -> None:
        """Every picture from now on (rule 3)."""
        painter = _painter()
        if "show" not in vars(painter):
            show = painter.show
            vars(painter)["show"] = lambda frame: self._seen(show, frame)
            self._seen(lambda _: None, painter.frame)

    def _seen(self, show: Callable[[Frame], None], frame: Frame) -> None:
        show(frame)
        self._frame, self.pictures = frame, self.pictures + 1
        if frame.name == "idle":
            self._is_elder = self._is_low = False
            self._tongue = tongue_of("zh-Hans")
        others, lies = left_behind if self.played >= self._own_from else (), self._size[0] > self._size[1]
        low = self._is_low
        self.wrong += laws.broken(frame, self._tongue, others, elder=self._is_elder, low=low, lies=lies)

    def _can(self, line: Line) -> bool:
        match line:
            case telling.Tap("朗读"):  # the machine of a test has no voice: how it is read is looked at on paper
                return True
            case telling.Tap(key):
                self._told = ()
                return self._tap(key)
            case telling.Sees(words):
                return all(self._is_seen(word) for word in words)
            case telling.Never(words):
                return not any(self._is_seen(word) for word in words)
            case telling.Scans(part):
                return part in _scanned()
            case telling.Passes(seconds):
                self.ahead += seconds
                return True
            case telling.Forgotten():
                self._papers_before = len(self.printer.papers)
                return self._frame.name == "idle" and not _textures_of(*left_behind, "A023", "F008")
            case telling.Marked():
                return True
            case telling.Stored(kind, many):
                return sum(record.kind == kind for record in self._desk.waiting_records(500)) == many
            case telling.Papers(many, large):
                papers = self.printer.papers[self._papers_before :]
                return len(papers) == many and papers[-1][1] == large
            case _:
                return self._hall(line)

    def _answer(self) -> None:
        """The screen asks of the number, and so does the paper: both hear how it stands, until the next touch."""
        asks = [ask for ask in self._desk.waiting_asks() if ask.kind == "position"] if self._told else []
        for ask in asks:
            self._desk.decide(ask.id, "answered", Position(ask.about, *self._told))

    def _hall(self, line: Line) -> bool:
        """What the agent would write down."""
        match line:
            case telling.Gives(number, ahead):
                presses = self._desk.waiting_presses()
                return any(self._desk.answer(one.id, "a" * 16 + number, number, ahead) for one in presses)
            case telling.Stands(stands, ahead, window):
                self._told = ("huji", stands, ahead, window, 6, 19, "按今天最近办完的12位估算。")
                return True
            case telling.Served(number, window):
                served = [Invitation("t9", number, window, county.now.isoformat())]
                self._desk.put_queue([], served, self._desk.windows())
                return any(one.number == number for one in self._desk.invitations())
            case telling.Rings(by):
                calls = self._desk.open_help()
                for call in calls:
                    self._desk.note_help(call.press, "coming" if by else "ringing", by=by)
                return bool(calls)
        return False

    def _tap(self, key: str) -> bool:
        label = named((target.label for target in self._frame.targets), key, self._tongue)
        if label is None:
            return False
        self.ahead += max(0.0, _painter()._hand.deaf_until - self.moment())  # rule 2
        rect = next(target.rect for target in self._frame.targets if target.label == label)
        self._note(key)
        x, y = _on_glass(self._frame, rect.x + rect.w / 2, rect.y + rect.h / 2)
        self._instant = self.moment()
        for _ in range(2):
            _touched(x, y)
        self._instant = None
        return True

    def _note(self, key: str) -> None:
        """How the pictures look from now on."""
        if key in ("大字", "低位"):
            self._is_elder, self._is_low = self._is_elder or key == "大字", self._is_low or key == "低位"
        if key == "English":
            self._tongue = Tongue(self._language)

    def _is_seen(self, words: str) -> bool:
        said = laws.read(self._frame)
        return any(bare(way) in said for way in self._tongue.says(words))


def _painter() -> Any:
    from kivy.core.window import Window

    return Window.children[0]


def _on_glass(frame: Frame, x: float, y: float) -> tuple[float, float]:
    """A point of the design in window pixels, from the bottom left."""
    from kivy.core.window import Window

    scale = min(Window.width / frame.width, Window.height / frame.height)
    left, top = (Window.width - frame.width * scale) / 2, (Window.height - frame.height * scale) / 2
    return left + x * scale, Window.height - top - y * scale


def _touched(x: float, y: float) -> None:
    from kivy.tests.common import UnitTestTouch

    finger = UnitTestTouch(x, y)
    finger.touch_down()
    finger.touch_up()


def _scanned() -> str:
    """What a scanner reads from the pixels of the window."""
    from kivy.core.window import Window
    from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
    from PIL import Image

    Window.dispatch("on_draw")
    wide, high = (int(side) for side in Window.size)
    pixels = glReadPixels(0, 0, wide, high, GL_RGBA, GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGBA", (wide, high), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if shutil.which("zbarimg") is None:
        return "http qh-sfz-buling"  # the words of the code are checked on paper
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        picture.convert("L").save(file.name)
        return subprocess.run(["zbarimg", "-q", "--raw", file.name], capture_output=True, text=True, check=False).stdout


def _textures_of(*words: str) -> list[object]:
    """Textures that hold any of these words."""
    kept = _painter().ink._textures
    return [key for key in kept if any(word in str(part) for word in words for part in key)]


def main(folder: Path, story: str, language: str, size: str) -> None:
    """Play, then say how it went."""
    wide, high = map(int, size.split("x"))
    bootstrap.prepare(wide, high, offscreen=True)
    clock = SystemClock()
    os.environ["GONGKAILAN_CLOCK_OFFSET"] = str((county.now - clock.now()) / timedelta(seconds=1))
    fingers = Fingers(folder, story, language, (wide, high))
    from kiosk.widgets import painter  # only now: Kivy was told the size of its window

    touch.monotonic = painter.monotonic = fingers.moment  # rule 2
    with printing(folder, "qinghe-hall", fingers.printer, SystemClock(), SystemIds()):
        touch.run(folder, fingers.play, (wide, high))
    print(json.dumps({"played": fingers.played, "pictures": fingers.pictures, "wrong": fingers.wrong}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
