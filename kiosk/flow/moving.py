"""Where a mark goes when its part moves: down by how the part is fitted, across with its column.

1. Type and keys keep their places across: what began at one edge still does. Only their heights change; a letter, an
   icon, a dot or a code becomes smaller about its own middle, so that nothing is stretched.
2. What a key gives of the blank above and below its words (kiosk.flow.fitting) moves the words, not their size.
3. A picture, and a thing that stands alone, is made smaller as a whole, about its column's middle; handwriting with its
   name before it about the left edge (`about`).
"""

from dataclasses import dataclass, replace

from kiosk.flow import sizes
from kiosk.flow.frame import Box, Code, Drawn, Icon, Mark, Picture, Rect, Script, Text

_dot = 112.0  # a square below a finger's size is a sign, a larger one a key


@dataclass(frozen=True)
class Move:
    """A part from `from_y` to `y`, by `across` to the side, `scale`d; `above`, `below`: what of its blanks is taken.

    `top` and `bottom` are the places on the old picture between which its words stand.
    """

    across: float
    y: float
    from_y: float
    scale: float = 1.0
    top: float = 0.0
    bottom: float = 0.0
    above: float = 0.0
    below: float = 0.0
    as_a_whole: bool = False
    about: float = sizes.wide / 2

    def down(self, y: float) -> float:
        """The new height of an old one."""
        taken = 0.0
        if self.above:
            taken += self.above * min(1.0, max(0.0, (y - self.from_y) / (self.top - self.from_y)))
        if self.below:
            taken += self.below * (y >= self.bottom)
        return self.y + (y - taken - self.from_y) * self.scale

    def rect(self, rect: Rect) -> Rect:
        """Where an area goes."""
        y, bottom = self.down(rect.y), self.down(rect.bottom)
        if not self.as_a_whole:
            return Rect(rect.x + self.across, y, rect.w, bottom - y)
        about = self.about
        return Rect(about + (rect.x - about) * self.scale + self.across, y, rect.w * self.scale, bottom - y)

    def sign(self, rect: Rect) -> Rect:
        """Where something goes that may not be stretched (rule 1)."""
        if self.as_a_whole:
            return self.rect(rect)
        at = self.rect(rect)
        wide, high = rect.w * self.scale, rect.h * self.scale
        return Rect(at.x + (at.w - wide) / 2, at.y + (at.h - high) / 2, wide, high)


def moved(mark: Mark, move: Move) -> Mark:
    """The mark in its new place."""
    match mark:
        case Text():
            return _text(mark, move)
        case Script():
            return replace(mark, rect=move.sign(mark.rect), size=mark.size * move.scale)
        case Box():
            is_sign = abs(mark.rect.w - mark.rect.h) < 1 and mark.rect.h < _dot
            rect = move.sign(mark.rect) if is_sign else move.rect(mark.rect)
            return replace(mark, rect=rect, radius=mark.radius * move.scale)
        case _:
            return placed(mark, move.sign(mark.rect))


def _text(mark: Text, move: Move) -> Text:
    ink = mark.y + (mark.leading - mark.size) / 2
    size, leading = mark.size * move.scale, mark.leading * move.scale
    place = move.rect(Rect(mark.x, mark.y, mark.w, 0))
    y = move.down(ink) - (leading - size) / 2
    return replace(mark, x=place.x, y=y, w=place.w, size=size, leading=leading)


def placed(mark: Icon | Code | Drawn | Picture, rect: Rect) -> Mark:
    """An icon, code, handwriting or picture at another place."""
    match mark:
        case Icon():
            return replace(mark, rect=rect)
        case Code():
            return replace(mark, rect=rect)
        case Drawn():
            return replace(mark, rect=rect)
        case Picture():
            return replace(mark, rect=rect)
