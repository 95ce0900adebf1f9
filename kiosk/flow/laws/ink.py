"""Where the ink of a frame lies, and on what.

1. A line's ink is its em without the room above and below; a mark's place is its rectangle.
2. The ground of a place is the fill of the topmost box below it; a box with a rim alone shows the frame's background.
3. A code stands on white, whatever is below.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.flow.frame import Box, Frame, Measure, Rect, Script, Text

_above, _high = 0.08, 0.84  # of an em
_slack = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Line:
    """One line of type: its words, its place and the number of its mark."""

    words: str
    rect: Rect
    mark: int


def lines(frame: Frame, measure: Measure) -> Iterator[Line]:
    """Every line with the place its ink takes (rule 1)."""
    for number, mark in enumerate(frame.marks):
        if isinstance(mark, Text):
            for n, line in enumerate(mark.lines):
                wide = measure.width(line, mark.size, bold=mark.bold)
                top = mark.y + n * mark.leading + (mark.leading - mark.size) / 2
                x = mark.x + _slack[mark.align] * (mark.w - wide)
                yield Line(line, Rect(x, top + _above * mark.size, wide, _high * mark.size), number)
        elif isinstance(mark, Script):
            yield Line(mark.text, mark.rect, number)


def meet(a: Rect, b: Rect, gap: float = 0) -> bool:
    """Whether two places share any px, or come closer than `gap`."""
    return a.x < b.right + gap and b.x < a.right + gap and a.y < b.bottom + gap and b.y < a.bottom + gap


class Grounds:
    """What the marks of one frame stand on (rule 2); its boxes are read once, because every mark asks."""

    def __init__(self, frame: Frame) -> None:
        self._background = frame.background
        self._boxes = [
            (n, mark.rect.x, mark.rect.y, mark.rect.right, mark.rect.bottom, mark.fill or frame.background)
            for n, mark in enumerate(frame.marks)
            if isinstance(mark, Box) and (mark.fill or mark.rim_width)
        ][::-1]

    def under(self, rect: Rect, before: int) -> set[str]:
        """The colour names on which a mark of this number stands at its beginning, middle and end."""
        y = rect.y + rect.h / 2
        return {self._at(x, y, before) for x in (rect.x + 1, rect.x + rect.w / 2, rect.right - 1)}

    def around(self, rect: Rect, before: int) -> set[str]:
        """What lies just outside, at a quarter and three quarters of each side: a line may run into its middle."""
        points = []
        for share in (0.25, 0.75):
            x, y = rect.x + rect.w * share, rect.y + rect.h * share
            points += [(rect.x - 2, y), (rect.right + 2, y), (x, rect.y - 2), (x, rect.bottom + 2)]
        return {self._at(*point, before) for point in points}

    def _at(self, x: float, y: float, before: int) -> str:
        for number, left, top, right, bottom, fill in self._boxes:
            if number < before and left <= x < right and top <= y < bottom:
                return fill
        return self._background
