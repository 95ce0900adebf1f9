"""Two columns of what was laid out in one: where it is cut, how high each part becomes (kiosk.flow.landscape).

1. Parts are what stands together: lines and keys that overlap in height. A cut lies between two parts, never in one.
2. Where both columns have room, the cut lies where the gap is large and the columns are of about one height; a heading
   stays with what it heads; rows of like keys (a keypad, six tiles, the answers to one question) and what a line down
   the page ties stay together.
3. A column that is too high makes its pictures and sheets smaller first, then what has no keys, and only then its keys:
   as little as possible.
4. Columns begin at the top; short ones of a screen that stands in the middle stay there, and keys below a short text go
   to the bottom, where the hand is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.flow import sizes
from kiosk.flow.frame import Box, Drawn, Field, Mark, Picture, Rect, Target, Text

_card_high, _hairline = 320.0, 3.0
_large_share, _least_picture, _least_text = 0.6, 0.4, 0.8
_gap_counts, _gap_most, _torn, _headless, _shrunk, _too_small = 8.0, 80.0, 1_400.0, 2_000.0, 1_500.0, 40_000.0


@dataclass(frozen=True)
class Move:
    """x and y of a place on the new picture from that on the old one: scaled about its origin, then moved."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    from_x: float = 0.0
    from_y: float = 0.0

    def rect(self, rect: Rect) -> Rect:
        """Where a rectangle goes."""
        x, y = self.x + (rect.x - self.from_x) * self.scale, self.y + (rect.y - self.from_y) * self.scale
        return Rect(x, y, rect.w * self.scale, rect.h * self.scale)


@dataclass(frozen=True)
class Part:
    """What stands together (rule 1), from `top` to `bottom`: its keys' places across and their least side.

    `is_tied`: to the part below it.
    """

    top: float
    bottom: float
    keys: tuple[tuple[float, float], ...] = ()
    least: float = 0.0
    is_picture: bool = False
    is_heading: bool = False
    is_tied: bool = False

    @property
    def high(self) -> float:
        """Its height."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Laid:
    """Where every part goes; `are_two`: there are two columns."""

    parts: tuple[Part, ...]
    moves: tuple[Move, ...]
    cut: int
    are_two: bool

    def move(self, y: float) -> Move:
        """How what stands at a height of the old picture moves."""
        return self.moves[self._at(y)]

    def pieces(self, rule: Box) -> Iterator[Box]:
        """A line down the page, a piece for each column it runs through."""
        first, last = self._at(rule.rect.y), self._at(rule.rect.bottom - 1)
        ranges = [(first, last)] if last <= self.cut or first > self.cut else [(first, self.cut), (self.cut + 1, last)]
        for begins, ends in ranges:
            above, below = self.moves[begins], self.moves[ends]
            top = above.rect(replace(rule.rect, y=max(rule.rect.y, self.parts[begins].top)))
            bottom = below.rect(Rect(0, min(rule.rect.bottom, self.parts[ends].bottom), 0, 0)).y
            yield replace(rule, rect=Rect(top.x, top.y, top.w, max(1.0, bottom - top.y)))

    def over(self, card: Rect) -> Rect:
        """Where a card lies: over the parts it showed, as far as they stand in one column."""
        shown = [n for n, part in enumerate(self.parts) if part.top < card.bottom and card.y < part.bottom]
        if not shown:
            return self.move(card.y).rect(card)
        own = [n for n in shown if (n <= self.cut) == (shown[0] <= self.cut)]
        first, last = self.parts[own[0]], self.parts[own[-1]]
        top = self.moves[own[0]].rect(replace(card, y=first.top))
        bottom = self.moves[own[-1]].rect(Rect(0, min(last.bottom, card.bottom), 0, 0)).y
        return Rect(top.x, top.y, top.w, bottom - top.y)

    def _at(self, y: float) -> int:
        return next((n for n, part in enumerate(self.parts) if y < part.bottom - 0.5), len(self.parts) - 1)


def place_of(mark: Mark) -> Rect:
    """Where a mark stands."""
    if isinstance(mark, Text):
        return Rect(mark.x, mark.y, mark.w, mark.leading * len(mark.lines))
    return mark.rect


def parts(
    marks: Sequence[Mark], rules: Sequence[Mark], keys: Sequence[Target], field: Field | None
) -> tuple[Part, ...]:
    """Rule 1, from above; `rules` are lines down the page, which only tie parts together."""
    rects = [*map(place_of, marks), *(key.rect for key in keys if not is_card(key)), *([field.rect] if field else [])]
    spans: list[tuple[float, float]] = []
    for rect in sorted(rects, key=lambda rect: rect.y):
        below = rect.h <= _hairline and spans and rect.y < spans[-1][1] + _hairline  # it belongs to what stands above
        if spans and (below or rect.y < spans[-1][1] - 0.5):
            spans[-1] = (spans[-1][0], max(spans[-1][1], rect.bottom))
        else:
            spans.append((rect.y, rect.bottom))
    ends = [(place_of(rule).y, place_of(rule).bottom) for rule in rules]
    return tuple(
        replace(_part(span, marks, keys, field), is_tied=any(top < span[1] < bottom for top, bottom in ends))
        for span in spans
    )


def is_card(key: Target) -> bool:
    """Whether it is no key but a card, or a part of the screen, that may be touched: it lies over what it shows."""
    return key.rect.h >= _card_high or (key.rect.y <= sizes.header and key.rect.w >= sizes.room)


def _part(span: tuple[float, float], marks: Sequence[Mark], keys: Sequence[Target], field: Field | None) -> Part:
    top, bottom = span
    own = [mark for mark in marks if top <= place_of(mark).y < bottom]
    own_keys = [key.rect for key in keys if top <= key.rect.y < bottom and not is_card(key)]
    across = tuple(sorted((rect.x, rect.w) for rect in own_keys))
    pictures = any(isinstance(mark, (Picture, Drawn)) for mark in own) or bool(field and top <= field.rect.y < bottom)
    texts = [mark for mark in own if isinstance(mark, Text)]
    heading = not across and bool(texts) and all(text.bold and text.align == "left" for text in texts)
    least = min((min(rect.w, rect.h) for rect in own_keys), default=0.0)
    return Part(top, bottom, across, least, pictures, heading)


def laid(found: tuple[Part, ...], free: Rect, apart: float) -> Laid:
    """Where everything goes: `free` is the left column, the right one stands `apart` from it."""
    cut = _cut(found, free.h)
    if cut == len(found) - 1:  # one thing alone stands in the middle
        scale = min(1.0, free.h / (found[-1].bottom - found[0].top))
        middle = free.x + free.w + apart / 2
        y = free.y + (free.h - (found[-1].bottom - found[0].top) * scale) / 2
        move = Move(middle - sizes.wide * scale / 2, y, scale, 0, found[0].top)
        return Laid(found, (move,) * len(found), cut, are_two=False)
    begins = found[0].top - sizes.header <= 2 * _from_the_top
    moves: list[Move] = []
    for n, column in enumerate((found[: cut + 1], found[cut + 1 :])):
        moves += _column(column, replace(free, x=free.x + n * (free.w + apart)), begins=begins, is_right=bool(n))
    return Laid(found, tuple(moves), cut, are_two=True)


_from_the_top = 28.0


def _cut(found: Sequence[Part], room: float) -> int:
    """The last part of the left column (rule 2); the last of all when there is only one."""

    def cost(n: int) -> float:
        here, after = found[n], found[n + 1]
        left, right = here.bottom - found[0].top, found[-1].bottom - after.top
        told = abs(left - right) - _gap_counts * min(_gap_most, after.top - here.bottom)
        told += _torn if here.is_tied or (here.keys and set(here.keys) & set(after.keys)) else 0.0
        told += _headless if here.is_heading else 0.0
        if max(left, right) <= room:
            return told
        return told + sum(_smaller(column, room) for column in (found[: n + 1], found[n + 1 :]))

    return min(range(len(found) - 1), key=cost, default=0)


def _smaller(column: Sequence[Part], room: float) -> float:
    """What it costs that a column's parts become smaller: keys below a finger's size and weak letters cost most."""
    told = 0.0
    for part, scale in zip(column, _scales(column, room), strict=True):
        least = sizes.normal.key_least / part.least if part.keys else _least_picture if part.is_picture else _least_text
        told = max(told, _shrunk * (1.3 - scale) * (scale < 1) + _too_small * max(0.0, least - scale))
    return told


def _column(column: Sequence[Part], free: Rect, *, begins: bool, is_right: bool) -> list[Move]:
    """Rules 3 and 4."""
    scales = _scales(column, free.h)
    gaps = [after.top - here.bottom for here, after in pairwise(column)] + [0.0]
    squeezed = min(1.0, scales[0]) if len(set(scales)) == 1 else 1.0
    high = sum(part.high * scale + gap * squeezed for part, scale, gap in zip(column, scales, gaps, strict=True))
    spare = max(0.0, free.h - high)
    keyed = any(part.keys for part in column)
    if begins and (not is_right or high > _large_share * free.h):
        spare = 0.0
    elif not begins and not (is_right and keyed):
        spare /= 2
    y, moves = free.y + spare, list[Move]()
    for part, scale, gap in zip(column, scales, gaps, strict=True):
        moves.append(Move(free.x + (1 - scale) * free.w / 2, y, scale, sizes.left, part.top))
        y += part.high * scale + gap * squeezed
    return moves


def _scales(column: Sequence[Part], room: float) -> list[float]:
    """Rule 3."""
    whole = column[-1].bottom - column[0].top
    scales = [1.0] * len(column)
    pictures = [n for n, part in enumerate(column) if part.is_picture]
    keyless = [n for n, part in enumerate(column) if not part.keys]
    for chosen, least in ((pictures, _least_picture), (keyless, _least_text)):
        over = whole - room
        high = sum(column[n].high * scales[n] for n in chosen)
        if over > 0 and high:
            share = max(least, 1 - over / high)
            for n in chosen:
                scales[n] *= share
            whole -= high * (1 - share)
    if whole > room + 0.5:
        return [min(1.0, room / (column[-1].bottom - column[0].top))] * len(column)
    return scales
