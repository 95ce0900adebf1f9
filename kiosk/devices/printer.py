"""Tickets and notice slips on paper: 58 or 80 mm thermal printers that speak ESC/POS.

1. A ticket is sent as a picture: every printer prints the same letters, and no code page turns them into others.
2. Where the operator says so it is sent as text in GB18030, the printer's own Chinese letters: faster on slow lines.
   Its code is a picture all the same.
3. A ticket counts as printed when all was taken and the printer did not run out of paper while it ran through; what
   fails is said in one sentence and costs nothing but the paper.
4. After the ticket the paper is fed and cut; a printer without a cutter passes over that.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from content_sync.domain.errors import Broken
from kiosk.devices.printer_line import Health, Line, health
from kiosk.devices.settings import Parts
from kiosk.flow.handout import Handout
from kiosk.flow.slip import Slip
from kiosk.typeset import handouts, tickets
from kiosk.typeset.breaking import break_lines
from kiosk.typeset.measuring import printable

if TYPE_CHECKING:
    from escpos.escpos import Escpos
    from PIL.Image import Image

Form = Literal["picture", "gb18030"]
Paper = Slip | Handout
_Parts = list[tuple[str, int]]
_columns = {58: 32, 80: 48}
_fragment_dots = 240  # small printers keep so much in mind
_feed_lines = 4
_dots_per_second, _look_seconds, _watched_seconds_max = 800, 0.25, 3.0
_sentences = {
    "out": "The printer has no paper.",
    "dead": "The printer does not print: its cover may be open, or it is switched off.",
}


class Printer(Protocol):
    """Prints tickets and notice slips."""

    def health(self) -> Health:
        """How it is now; never raises."""
        ...

    def put(self, slip: Paper, *, large: bool = False) -> None:
        """One ticket or notice slip onto paper; Broken with a sentence when it did not come out whole."""
        ...


class EscposPrinter:
    """A real one, at the end of a line."""

    def __init__(self, line: Line, paper_mm: int, form: Form, wait: Callable[[float], object] | None = None) -> None:
        self._line, self._paper_mm, self._form = line, paper_mm, form
        self._wait = wait or threading.Event().wait

    def health(self) -> Health:
        """As printer_line reads it; a line that fails is a dead printer."""
        try:
            with self._line.open() as device:
                return health(device)
        except Broken:
            return Health("dead")

    def put(self, slip: Paper, *, large: bool = False) -> None:
        """Rules 1–4."""
        picture = _picture(slip, self._paper_mm, large=large) if self._form == "picture" else None
        with self._line.open() as device:
            _check(health(device))
            device._raw(b"\x1b@")  # noqa: SLF001  # begin anew, whatever was left half done
            if picture is None:
                for piece in _text(slip, self._paper_mm, large=large):
                    piece(device)
                high = self._paper_mm * 15
            else:
                device.image(picture, impl="bitImageRaster", fragment_height=_fragment_dots)
                high = picture.height
            device.print_and_feed(_feed_lines)
            device.cut(feed=False)
            self._watch(device, high)

    def _watch(self, device: "Escpos", high: int) -> None:
        """Rule 3."""
        seconds, watched = min(high / _dots_per_second, _watched_seconds_max), 0.0
        while True:
            found = health(device)
            _check(found)
            if watched >= seconds or found.paper == "unknown":
                return
            self._wait(_look_seconds)
            watched += _look_seconds


class PrinterInMemory:
    """The twin: what came out stands in `papers`; `now` says how it is, `fails_while_printing` what happens inside."""

    def __init__(self, now: Health | None = None) -> None:
        self.now = now or Health("ready", "ok")
        self.papers: list[tuple[Paper, bool]] = []
        self.fails_while_printing: Health | None = None

    def health(self) -> Health:
        """As it was set."""
        return self.now

    def put(self, slip: Paper, *, large: bool = False) -> None:
        """Keep it."""
        _check(self.now)
        if self.fails_while_printing:
            self.now = self.fails_while_printing
            _check(self.now)
        self.papers.append((slip, large))


def find_printer(parts: Parts) -> Printer | None:
    """The printer that an operator set, None where none is."""
    if not parts.printer:
        return None
    return EscposPrinter(Line(parts.printer, parts.paper), parts.paper, parts.print_as)


def _picture(paper: Paper, paper_mm: int, *, large: bool) -> "Image":
    if isinstance(paper, Handout):
        return handouts.picture(paper, paper_mm, large=large)
    return tickets.picture(paper, paper_mm, large=large)


def _check(found: Health) -> None:
    if found.state in _sentences:
        raise Broken(_sentences[found.state])


@dataclass(frozen=True)
class _Line:
    """A line of text mode: `times` as wide and high as usual."""

    text: str
    times: int = 1

    def __call__(self, device: "Escpos") -> None:
        """ESC a: centred; GS ! and FS ! set the size of Latin and of Chinese letters."""
        latin, chinese = (self.times - 1) * 0x11, 0x0C if self.times > 1 else 0
        device._raw(bytes((0x1B, 0x61, 1, 0x1D, 0x21, latin, 0x1C, 0x21, chinese)))  # noqa: SLF001
        device._raw(printable(self.text).encode("gb18030") + b"\n")  # noqa: SLF001


def _text(paper: Paper, paper_mm: int, *, large: bool) -> Iterator[Callable[["Escpos"], None]]:
    """Rule 2."""
    columns, usual = _columns[paper_mm], 2 if large else 1
    yield lambda device: device._raw(b"\x1c&")  # noqa: SLF001  # FS &: Chinese letters from here on
    before, after = _handout(paper, usual) if isinstance(paper, Handout) else _ticket(paper, usual)
    yield from _lines(before, columns)
    drawn = tickets.code(paper.link, tickets.dots[paper_mm])
    if drawn is not None:
        yield lambda device: device.image(drawn, impl="bitImageRaster", fragment_height=_fragment_dots)
    yield from _lines([(paper.scan if drawn else "", usual), *after], columns)


def _ticket(slip: Slip, usual: int) -> tuple[_Parts, _Parts]:
    """What stands above the code and below it."""
    parts = [(slip.hall, 2), (slip.number, 4), (slip.service, 2), (slip.priority, 2), (slip.ahead, 2)]
    parts += [(slip.estimate, usual), (slip.basis, usual)]
    parts += [(words, times) for numbers, place in slip.windows for words, times in ((numbers, 2), (place, usual))]
    return parts, [(slip.closing, usual), (slip.time, 1), (slip.phone, 2)]


def _handout(slip: Handout, usual: int) -> tuple[_Parts, _Parts]:
    """The same of a notice slip."""
    parts = [(slip.hall, usual), (slip.name, 2), (slip.title, usual), (slip.situation, usual), (slip.bring, 2)]
    for paper in slip.papers:
        parts += [(paper.name, 2), *((note, usual) for note in paper.notes)]
    parts += [(fact.said, usual) for fact in slip.facts]
    return parts, [(slip.closing, usual), (slip.version, 1), (slip.time, 1), (slip.phone, 2)]


def _lines(parts: _Parts, columns: int) -> Iterator[_Line]:
    for text, times in parts:
        if text:
            yield from (_Line(line, times) for line in break_lines(text, columns // times, _wide))


def _wide(text: str) -> float:
    """A Chinese letter takes two columns."""
    return sum(1 if char.isascii() else 2 for char in text)
