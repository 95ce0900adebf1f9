"""How wide text is: kiosk.flow.frame.Measure over the real faces, with every advance asked once."""

from collections import OrderedDict

from content_sync.domain import limits
from kiosk.typeset import breaking, fonts, scripts


class _Advances(dict[str, float]):
    """The advance of each character in one face."""

    def __init__(self, size: int, *, bold: bool) -> None:
        self._size, self._bold = size, bold

    def __missing__(self, char: str) -> float:
        advance = self[char] = fonts.face(self._size, self._bold).getlength(printable(char))
        return advance


class FontMeasure:
    """Measures with the installed faces. Keeps advances for good and broken paragraphs up to a bound."""

    def __init__(self) -> None:
        self._advances: dict[tuple[int, bool], _Advances] = {}
        self._broken: OrderedDict[tuple[str, int, float, bool], tuple[str, ...]] = OrderedDict()

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The advance width of one line in px."""
        key = (round(size), bold)
        advances = self._advances.get(key)
        if advances is None:
            advances = self._advances[key] = _Advances(key[0], bold=bold)
        return sum(map(advances.__getitem__, text), 0.0)

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
        """The text broken into lines no wider than `width`."""
        key = (text, round(size), width, bold)
        lines = self._broken.get(key)
        if lines is None:
            lines = breaking.break_lines(text, width, lambda piece: self.width(piece, size, bold=bold))
            self._broken[key] = lines
            if len(self._broken) > limits.broken_paragraphs_max:
                self._broken.popitem(last=False)
        return lines

    def extent(self, text: str, language: str, size: float, room: float) -> tuple[float, float]:
        """The width and height of a text of another script whose lines or columns are at most `room` long."""
        return scripts.extent(text, language, size, room)

    def parts(self, text: str, language: str, size: float, room: float) -> tuple[str, ...]:
        """A text of another script in lines or columns of at most `room`."""
        return scripts.lines(text, language, size, room)

    def forget(self) -> None:
        """Drop every text seen: what a visitor typed stays nowhere (OFF-08)."""
        self._broken.clear()


def printable(text: str) -> str:
    """The text with control characters as spaces: they have no glyph but a box."""
    return "".join(char if char.isprintable() or char == "\u3000" else " " for char in text)
