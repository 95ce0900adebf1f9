"""Two columns of what was laid out in one: where it is cut, and where every part goes (kiosk.flow.landscape).

1. A cut lies between two parts (kiosk.flow.parts), never in one; what one reads stands left, keys right.
2. Rows of like keys (a keypad, six tiles, the answers to one question) and what a line down the page ties stay
   together, a heading stays with what it heads; a list goes on in the other column before its rows are cramped. Else
   the cut lies where the gap is large and the columns are of about one height.
3. A column that is too high makes room as kiosk.flow.fitting says; the cut that costs the reader least is taken.
4. An attached picture has the left column for itself, as high as it is; its name and the keys stand right.
5. Columns begin at the top; short ones of a screen that stands in the middle stay there. In the right one keys below
   what one reads, and keys of which there are few, go to the bottom, where the hand is; a sheet to write on stands
   beside the title, its keys below it. What has no keys and fits one column is not cut: it stands in the middle.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kiosk.flow import fitting, sizes
from kiosk.flow.fitting import Fit
from kiosk.flow.frame import Box, Rect
from kiosk.flow.moving import Move
from kiosk.flow.parts import Part

_large_share, _from_the_top, _one_gap = 0.6, 56.0, 24.0
_gap_counts, _gap_most, _uneven, _torn, _list_torn, _headless = 8.0, 80.0, 0.5, 1_400.0, 1_000.0, 2_000.0


@dataclass(frozen=True)
class Laid:
    """Where every part goes, and in which column; `are_two`: there are two."""

    parts: tuple[Part, ...]
    moves: tuple[Move, ...]
    column: tuple[int, ...]

    @property
    def are_two(self) -> bool:
        """Whether there are two columns."""
        return len(set(self.column)) == 2

    def move(self, y: float) -> Move:
        """How what stands at a height of the old picture moves."""
        return self.moves[self._at(y)]

    def pieces(self, rule: Box) -> Iterator[Box]:
        """A line down the page, a piece for each column it runs through."""
        first, last = self._at(rule.rect.y), self._at(rule.rect.bottom - 1)
        for side in (0, 1):
            own = [n for n in range(first, last + 1) if self.column[n] == side]
            if own:
                above, below = self.moves[own[0]], self.moves[own[-1]]
                top = above.rect(replace(rule.rect, y=max(rule.rect.y, self.parts[own[0]].top)))
                bottom = below.down(min(rule.rect.bottom, self.parts[own[-1]].bottom))
                yield replace(rule, rect=Rect(top.x, top.y, top.w, max(1.0, bottom - top.y)))

    def over(self, card: Rect) -> Rect:
        """Where a card lies: over the parts it showed, as far as they stand in one column."""
        shown = [n for n, part in enumerate(self.parts) if part.top < card.bottom and card.y < part.bottom]
        if not shown:
            return self.move(card.y).rect(card)
        own = [n for n in shown if self.column[n] == self.column[shown[0]]]
        first, last = self.parts[own[0]], self.parts[own[-1]]
        top = self.moves[own[0]].rect(replace(card, y=max(first.top, card.y) if len(own) == 1 else first.top))
        return replace(top, h=self.moves[own[-1]].down(min(last.bottom, card.bottom)) - top.y)

    def _at(self, y: float) -> int:
        return next((n for n, part in enumerate(self.parts) if y < part.bottom - 0.5), len(self.parts) - 1)


def laid(found: tuple[Part, ...], free: Rect, apart: float, finger: float) -> Laid:
    """Where everything goes: `free` is the left column, the right one stands `apart`; keys are `finger` high."""
    begins = found[0].top - sizes.header <= _from_the_top
    whole = found[-1].bottom - found[0].top
    if len(found) == 1 or (not begins and whole <= free.h and not any(part.keys for part in found)):  # rule 5
        fit = fitting.fitted(found, fitting.gaps_of(found), free.h, finger)
        return Laid(found, _alone(fit, free, apart), (0,) * len(found))
    column = _sides(found, free.h, finger)
    moves: dict[int, Move] = {}
    for side in (0, 1):
        own = [n for n, one in enumerate(column) if one == side]
        fit = _fit(found, own, free.h, finger)
        place = replace(free, x=free.x + side * (free.w + apart))
        moves.update(zip(own, _column(fit, place, begins=begins, is_right=bool(side)), strict=True))
    return Laid(found, tuple(moves[n] for n in range(len(found))), column)


def _sides(found: Sequence[Part], room: float, finger: float) -> tuple[int, ...]:
    """The column of every part (rules 1 to 4)."""
    shown = [n for n, part in enumerate(found) if part.is_shown]
    if len(shown) == 1:  # rule 4
        return tuple(int(n != shown[0]) for n in range(len(found)))

    def cost(n: int) -> float:
        here, after = found[n], found[n + 1]
        fits = [_fit(found, range(n + 1), room, finger), _fit(found, range(n + 1, len(found)), room, finger)]
        told = _uneven * abs(fits[0].whole - fits[1].whole) - _gap_counts * min(_gap_most, after.top - here.bottom)
        if here.is_tied or _are_alike(here, after):
            told += _list_torn if here.is_listed and after.is_listed else _torn
        told += _headless if here.is_heading else 0.0
        return told + sum(fit.cost() for fit in fits)

    cut = min(range(len(found) - 1), key=cost)
    return tuple(int(n > cut) for n in range(len(found)))


def _fit(found: Sequence[Part], own: Sequence[int], room: float, finger: float) -> Fit:
    """A column of these parts; where others stood between two of them, what is left of the room does."""
    column = [found[n] for n in own]
    gaps = fitting.gaps_of(column)
    torn = [k for k in range(len(own) - 1) if own[k + 1] != own[k] + 1]
    for k in torn:
        gaps[k] = 0.0
        gaps[k] = max(fitting.near, room - sum(part.high for part in column) - sum(gaps))
    return fitting.fitted(column, gaps, room, finger)


def _are_alike(here: Part, after: Part) -> bool:
    """Rows of like keys; the last row may be one key as wide as the row."""
    if set(here.keys) & set(after.keys):
        return True
    begin = bool(here.keys and after.keys) and here.keys[0][0] == after.keys[0][0]
    return begin and abs(here.least - after.least) < 1 and after.top - here.bottom <= _one_gap


def _column(fit: Fit, free: Rect, *, begins: bool, is_right: bool) -> list[Move]:
    """Rule 5."""
    spare = max(0.0, free.h - fit.whole)
    has_keys = is_right and any(part.is_touched for part in fit.parts)
    if begins and has_keys:
        first = _last_keys(fit.parts)
        if first:
            fit.gaps[first - 1] += spare
        is_sheet = any(part.is_picture and part.is_touched for part in fit.parts)
        if first or is_sheet or fit.whole > _large_share * free.h:
            spare = 0.0
    elif begins:
        spare = 0.0
    elif not has_keys:
        spare /= 2
    return _down(fit, free.x - sizes.left, free.y + spare)


def _last_keys(parts: Sequence[Part]) -> int:
    """Where the keys at the end of a column begin, with their heading; 0 where there is nothing above or below them."""
    first = len(parts)
    while first and (parts[first - 1].is_touched or (first < len(parts) and parts[first - 1].is_heading)):
        first -= 1
    return first if first < len(parts) else 0


def _alone(fit: Fit, free: Rect, apart: float) -> tuple[Move, ...]:
    """In the middle of the window."""
    across = free.x + free.w + apart / 2 - sizes.wide / 2
    return tuple(replace(move, as_a_whole=True) for move in _down(fit, across, free.y + (free.h - fit.whole) / 2))


def _down(fit: Fit, across: float, y: float) -> list[Move]:
    """The parts one below the other."""
    moves = []
    for n, (part, cut, scale) in enumerate(zip(fit.parts, fit.cuts, fit.scales, strict=True)):
        share = cut / sum(part.blank) if cut else 0.0
        above, below = (share * blank for blank in part.blank)
        top, bottom = part.top + part.blank[0], part.bottom - part.blank[1]
        about = sizes.left if part.is_labelled else sizes.wide / 2
        moves.append(Move(across, y, part.top, scale, top, bottom, above, below, part.is_picture, about))
        y += fit.high(n) + fit.gaps[n]
    return moves
