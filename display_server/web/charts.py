"""Column charts as plain geometry: a template draws it as SVG, and the numbers stand beside it as a table.

1. A chart begins at nought and its axis ends at a round number above the highest column, so that lengths do not lie.
2. No script and no inline style: everything is an attribute or a class (the pages' content policy).
3. When columns are many, not every label is written; every value stands in the table.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_width, _height = 640, 220
_left, _right, _top, _bottom = 40, 8, 16, 34
_labels_max = 14
_ticks_wanted = 4


@dataclass(frozen=True)
class Column:
    """One column: what it is called, its value, and where it is drawn."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    is_labelled: bool


@dataclass(frozen=True)
class Tick:
    """A line of the axis."""

    value: int
    y: float


@dataclass(frozen=True)
class Chart:
    """A column chart. `sentence` says in words what it shows, for whoever does not see it."""

    id: str
    title: str
    sentence: str
    heads: tuple[str, str]
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    width: int = _width
    height: int = _height
    left: int = _left
    floor: int = _height - _bottom


def columns(chart: str, title: str, sentence: str, heads: tuple[str, str], values: Sequence[tuple[str, int]]) -> Chart:
    """A chart of these labelled values; `chart` is its id on the page, `heads` name label and value in the table."""
    top, step = _axis(max((value for _, value in values), default=0))
    room, each = _height - _top - _bottom, (_width - _left - _right) / max(1, len(values))
    every = math.ceil(len(values) / _labels_max)
    drawn = []
    for place, (label, value) in enumerate(values):
        x, high = _left + place * each, room * value / top
        gap = min(6.0, each * 0.2)
        shape = (x + gap / 2, _top + room - high, each - gap, high, x + each / 2)
        drawn.append(_column(label, value, shape, is_labelled=place % every == 0))
    ticks = tuple(Tick(value, round(_top + room - room * value / top, 1)) for value in range(0, top + 1, step))
    return Chart(chart, title, sentence, heads, tuple(drawn), ticks)


def _column(label: str, value: int, shape: tuple[float, ...], *, is_labelled: bool) -> Column:
    x, y, width, height, middle = (round(part, 1) for part in shape)
    return Column(label, value, x, y, width, height, middle, is_labelled)


def _axis(highest: int) -> tuple[int, int]:
    """The end of the axis and the step of its lines: whole, round, and at least one (rule 1)."""
    rough = max(1.0, highest / _ticks_wanted)
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(power * size) for size in (1, 2, 5, 10) if power * size >= rough)
    return max(step, step * math.ceil(highest / step)), step
