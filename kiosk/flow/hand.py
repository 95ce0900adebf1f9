"""What a written character looks like, whatever the order, the direction and the number of its strokes.

1. The ink is fitted into a square, by its edges and by where most of it lies, so that one long tail does not push the
   rest aside. What is wider than high stays wider, but less so: people write as the room allows.
2. Every piece of a stroke counts where it lies, on a raster of 8 × 8, for the two of four directions it runs between;
   one way is as good as the other. So joined strokes and strokes in another order change little.
3. The shape is 256 numbers of 0–15. Two characters are as alike as the angle between their shapes is small.
4. First 64 rough numbers are compared with all that is known, then the shapes of those that are nearest.
5. A candidate that another recogniser names too is likelier the earlier it names it; one that stands in names here is
   likelier than one that leads nowhere, one that follows the characters before it likelier still.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from math import atan2, hypot, pi, sin, sqrt
from operator import itemgetter, mul

from content_sync.domain.cases.handwriting import Stroke

side, ways, _most = 8, 4, 15
_step, _dot, _looked_at = 0.02, 3.0, 250  # a piece against the whole, a dot in pieces, how many are compared closely
_Piece = tuple[float, float, float, float]
_agreed, _occurs, _follows = 0.06, 0.03, 0.05
_spare = (side + 1) * ways  # what moves out of the shape at its beginning
_room = side * side * ways + _spare
_corners = itemgetter(
    *(
        _spare + ((2 * row * side) + 2 * column) * ways + way
        for row in range(side // 2)
        for column in range(side // 2)
        for way in range(ways)
    )
)


@dataclass(frozen=True)
class Known:
    """A character's shape, made ready to be compared."""

    char: str
    shape: bytes
    rough: bytes
    norm: float
    rough_norm: float


def shape(strokes: Sequence[Stroke]) -> bytes:
    """Rules 1 to 3; all zero where there is no ink."""
    cells = [0.0] * (side * side * ways)
    for piece in _fitted(list(_pieces(strokes))):
        _count(cells, *piece)
    largest = max(cells)
    return bytes(round(_most * sqrt(cell / largest)) for cell in cells) if largest else bytes(len(cells))


def known(char: str, of: bytes) -> Known:
    """A character to compare with."""
    rough = _rough(of)
    return Known(char, of, rough, _norm(of), _norm(rough))


def alike(strokes: Sequence[Stroke], among: Iterable[Known], most: int) -> list[tuple[str, float]]:
    """The characters that look most like the strokes, with how much: 1 is the same (rule 4)."""
    one = known("", shape(strokes))
    if not one.norm:
        return []
    near = nlargest(
        _looked_at, among, key=lambda other: sum(map(mul, one.rough, other.rough)) / (other.rough_norm or 1)
    )
    found = ((sum(map(mul, one.shape, other.shape)) / (one.norm * other.norm or 1), other.char) for other in near)
    return [(char, value) for value, char in nlargest(most, found)]


def ranked(
    looks: Sequence[tuple[str, float]], second: Mapping[str, int], occurs: frozenset[str], follows: frozenset[str]
) -> list[str]:
    """Candidates, the likeliest first (rule 5).

    `looks` are those of `alike`; `second` are the ranks of another recogniser, from 0.
    """
    least = min((value for _, value in looks), default=0.0)
    values = dict.fromkeys(second, least) | dict(looks)
    for char in values:
        values[char] += _agreed / (1 + second[char]) if char in second else 0.0
        values[char] += _occurs * (char in occurs) + _follows * (char in follows)
    return nlargest(len(values), values, key=values.__getitem__)


def _fitted(pieces: Sequence[_Piece]) -> Iterable[_Piece]:
    """Rule 1: from 0 to 1, around 0.5."""
    if not pieces:
        return
    inks = [hypot(piece[2], piece[3]) for piece in pieces]
    (across, left), (down, top) = (_extent([piece[n] for piece in pieces], inks) for n in (0, 1))
    longer = max(across, down)
    wide, high = (
        sqrt(sin(pi / 2 * max(long, longer / 100) / longer)) / max(long, longer / 100) for long in (across, down)
    )
    for x, y, dx, dy in pieces:
        yield 0.5 + (x - left) * wide, 0.5 + (y - top) * high, dx * wide, dy * high


def _extent(places: Sequence[float], inks: Sequence[float]) -> tuple[float, float]:
    """How far the ink reaches along one axis, and its middle: half by its edges, half by where most of it lies."""
    total = sum(inks)
    mean = sum(map(mul, places, inks)) / total
    spread = sqrt(sum(ink * (place - mean) ** 2 for place, ink in zip(places, inks, strict=True)) / total)
    least, most = min(places), max(places)
    return max(2 * spread + (most - least) / 2, 1e-6), (mean + (least + most) / 2) / 2


def _pieces(strokes: Sequence[Stroke]) -> Iterable[_Piece]:
    """Short pieces of every stroke: their middle and their run; a dot is a short stroke downwards."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
    step = max(right - left, bottom - top, 1) * _step
    for stroke in strokes:
        lines = [(*one, other[0] - one[0], other[1] - one[1]) for one, other in pairwise(stroke)]
        if sum(hypot(dx, dy) for *_, dx, dy in lines) < _dot * step:
            lines = [(*stroke[0], _dot * step / 2, _dot * step / 2)]
        for x, y, dx, dy in lines:
            count = max(1, round(hypot(dx, dy) / step))
            for n in range(count):
                share = (n + 0.5) / count
                yield x + share * dx, y + share * dy, dx / count, dy / count


def _count(cells: list[float], x: float, y: float, dx: float, dy: float) -> None:
    """Rule 2."""
    long = hypot(dx, dy)
    if not long:
        return
    way, part = divmod(atan2(dy, dx) / pi * ways % ways, 1.0)
    column, right = divmod(min(max(x * side - 0.5, 0.0), side - 1.001), 1.0)
    row, below = divmod(min(max(y * side - 0.5, 0.0), side - 1.001), 1.0)
    for direction, share in ((int(way) % ways, 1 - part), ((int(way) + 1) % ways, part)):
        at = ((int(row) * side) + int(column)) * ways + direction
        weight = long * share
        cells[at] += weight * (1 - right) * (1 - below)
        cells[at + ways] += weight * right * (1 - below)
        cells[at + side * ways] += weight * (1 - right) * below
        cells[at + (side + 1) * ways] += weight * right * below


def _rough(of: bytes) -> bytes:
    """Rule 4: four cells as one. A number is the whole shape: added to itself moved by a cell, no byte overflows."""
    whole = int.from_bytes(of)
    beside = whole + (whole << 8 * ways)
    return bytes(_corners((beside + (beside << 8 * ways * side)).to_bytes(_room)))


def _norm(numbers: bytes) -> float:
    return sqrt(sum(map(mul, numbers, numbers)))
