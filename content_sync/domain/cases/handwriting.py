"""What a finger wrote, kept as strokes and shown back as drawn; nobody guesses which characters it was (N-15).

1. A sheet has a width and a height in units of its own, and strokes; a stroke is one point or more on the sheet.
2. Its text is the size, then the strokes, parted by `;`. Every number is two characters in base 36, so a point is four:
   `rsgo;0a0b0c0d;1234` is a sheet of 1000×600 with two strokes. An empty sheet is an empty text.
3. A stroke is thinned before it is kept: a point goes when the line without it is off by at most `_off` units.
4. A text is at most `limits.strokes_chars_max` long. A stroke that would make it longer is not taken: it is full.
"""

from dataclasses import dataclass, replace
from math import hypot

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

Point = tuple[int, int]
Stroke = tuple[Point, ...]
side_max = 36 * 36 - 1
_off, _digits = 2.0, "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Writing:
    """A sheet and what is on it."""

    width: int
    height: int
    strokes: tuple[Stroke, ...] = ()


def text_of(writing: Writing) -> str:
    """Rule 2."""
    if not writing.strokes:
        return ""
    size = _number(writing.width) + _number(writing.height)
    return ";".join([size, *("".join(_number(x) + _number(y) for x, y in stroke) for stroke in writing.strokes)])


def parse(text: str) -> Writing:
    """The sheet of a text. Raises BadInput when it is none, is too long, or has a point beyond its edge."""
    if not text:
        return Writing(1, 1)
    if len(text) > limits.strokes_chars_max:
        raise BadInput(f"Handwriting has at most {limits.strokes_chars_max} characters.")
    size, *strokes = (_points(part) for part in text.split(";"))
    if len(size) != 1 or not strokes or min(size[0]) < 1:
        raise BadInput("Handwriting begins with its size and has a stroke.")
    width, height = size[0]
    if not all(x <= width and y <= height for stroke in strokes for x, y in stroke):
        raise BadInput("Handwriting stays on its sheet.")
    return Writing(width, height, tuple(strokes))


def with_stroke(writing: Writing, stroke: Stroke, most: int = limits.strokes_chars_max) -> Writing:
    """The sheet with one more stroke, thinned; the same sheet when it is full (rules 3 and 4): `most` characters."""
    kept = tuple((min(max(x, 0), writing.width), min(max(y, 0), writing.height)) for x, y in stroke)
    more = replace(writing, strokes=(*writing.strokes, _thinned(kept))) if kept else writing
    return more if len(text_of(more)) <= most else writing


def stacked(writings: tuple[Writing, ...]) -> Writing:
    """One sheet that shows several below each other."""
    down, strokes = 0, list[Stroke]()
    for one in writings:
        strokes += [tuple((x, y + down) for x, y in stroke) for stroke in one.strokes]
        down += one.height
    return Writing(max((one.width for one in writings), default=1), max(1, down), tuple(strokes))


def _thinned(stroke: Stroke) -> Stroke:
    """Rule 3, after Ramer, Douglas and Peucker; without recursion, since a finger may draw for a minute."""
    kept, waiting = {0, len(stroke) - 1}, [(0, len(stroke) - 1)]
    while waiting:
        first, last = waiting.pop()
        far = max(range(first + 1, last), key=lambda n: _distance(stroke[n], stroke[first], stroke[last]), default=0)
        if far and _distance(stroke[far], stroke[first], stroke[last]) > _off:
            kept.add(far)
            waiting += [(first, far), (far, last)]
    return tuple(stroke[n] for n in sorted(kept))


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the line between two others."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    wide, high = bx - ax, by - ay
    length = wide * wide + high * high
    along = min(1.0, max(0.0, ((x - ax) * wide + (y - ay) * high) / length)) if length else 0.0
    return hypot(x - ax - along * wide, y - ay - along * high)


def _number(value: int) -> str:
    return _digits[value // 36] + _digits[value % 36]


def _points(part: str) -> Stroke:
    if not part or len(part) % 4 or not set(part) <= set(_digits):
        raise BadInput("Handwriting is written in four characters a point.")
    numbers = [int(part[n : n + 2], 36) for n in range(0, len(part), 2)]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))
