"""Sizes of the LCD boards' type (the theme's, tokens.py), and putting a zone's marks where the zone is.

1. Nothing is smaller than 52 px of the design; how many px of the panel that is follows from kiosk.flow.board.sight.
2. A zone is drawn in a room of its own that begins at 0, 0; only here it gets its place and its scale.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kiosk.flow import tokens
from kiosk.flow.evenly import evenly
from kiosk.flow.frame import Align, Box, Code, Drawn, Icon, Mark, Measure, Picture, Rect, Script, Target, Text

small, body, large, narrower, title, row, figure, huge = (
    tokens.type_board[name] for name in ("small", "body", "large", "narrower", "title", "row", "figure", "huge")
)
margin = tokens.spacing_board["margin"]


@dataclass(frozen=True)
class Zone:
    """A place on the board and how much larger than designed it is drawn."""

    rect: Rect
    scale: float = 1.0

    @property
    def room(self) -> Rect:
        """The room its marks are laid out in."""
        return Rect(0, 0, self.rect.w / self.scale, self.rect.h / self.scale)

    def put(self, marks: Iterable[Mark]) -> Iterator[Mark]:
        """Rule 2."""
        for mark in marks:
            yield self._text(mark) if isinstance(mark, Text) else self._other(mark)

    def aim(self, targets: Iterable[Target]) -> Iterator[Target]:
        """Rule 2 for what can be pointed at."""
        for target in targets:
            yield replace(target, rect=self._rect(target.rect))

    def _text(self, text: Text) -> Text:
        x, y, s = self.rect.x + text.x * self.scale, self.rect.y + text.y * self.scale, self.scale
        return replace(text, x=x, y=y, w=text.w * s, size=text.size * s, leading=text.leading * s)

    def _other(self, mark: Box | Icon | Code | Drawn | Script | Picture) -> Mark:
        placed = replace(mark, rect=self._rect(mark.rect))
        if isinstance(placed, Script):
            return replace(placed, size=placed.size * self.scale)
        return replace(placed, radius=placed.radius * self.scale) if isinstance(placed, Box) else placed

    def _rect(self, r: Rect) -> Rect:
        s = self.scale
        return Rect(self.rect.x + r.x * s, self.rect.y + r.y * s, r.w * s, r.h * s)


def even(measure: Measure, words: str, size: float, wide: float, *, bold: bool = False) -> tuple[str, ...]:
    """A board's own sentence in lines of about one length, at marks where there are any."""
    count = len(measure.lines(words, size, wide, bold=bold))
    return evenly(measure, words, size, wide, count, bold=bold) if count > 1 else (words,)


def one(
    x: float, y: float, w: float, words: str, size: float = small, *, color: str = "ink", bold: bool = False,
    align: Align = "left",
) -> Text:  # fmt: skip
    """One line of text in a box a quarter higher than its size."""
    return Text(x, y, w, (words,), size, size * 1.25, color, bold, align)
