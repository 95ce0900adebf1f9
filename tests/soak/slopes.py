"""Whether something grows: a straight line through what was noted, and how far its slope may be from the true one.

1. Only the second half counts: the first warms the caches.
2. The line is that of least squares; the interval holds the true slope in 95 of 100 runs, if what the line leaves over
   is chance. Notes that follow each other are alike, so the interval is widened by how alike neighbours are (lag one).
3. Something grows when the whole interval lies above zero, and shrinks when it lies below: nothing else is a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import NormalDist

_sure = NormalDist().inv_cdf(0.975)
_fewest, _digits = 8, 9  # what is smaller is the machine's own rounding


@dataclass(frozen=True)
class Slope:
    """Change per hour: the best guess and the interval's ends; `at_end` is the value where the line ends."""

    per_hour: float
    low: float
    high: float
    at_end: float

    @property
    def verdict(self) -> str:
        """Rule 3."""
        return "grows" if self.low > 0 else "shrinks" if self.high < 0 else "stands"


def late(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Rule 1, by time."""
    middle = (points[0][0] + points[-1][0]) / 2 if points else 0.0
    return [point for point in points if point[0] >= middle]


def slope(points: Sequence[tuple[float, float]]) -> Slope | None:
    """Rule 2 for (hours, value); None for fewer than eight points or a run without time."""
    n = len(points)
    x, y = (sum(point[i] for point in points) / max(1, n) for i in (0, 1))
    spread = sum((at - x) ** 2 for at, _ in points)
    if n < _fewest or not spread:
        return None
    steep = sum((at - x) * (found - y) for at, found in points) / spread
    over = [found - y - steep * (at - x) for at, found in points]
    squares = sum(rest * rest for rest in over)
    alike = sum(a * b for a, b in pairwise(over)) / squares if squares else 0.0
    alike = min(max(alike, 0.0), 0.95)
    error = sqrt(squares / (n - 2) / spread * (1 + alike) / (1 - alike))
    ends = [round(steep + side * _sure * error, _digits) for side in (-1, 1)]
    return Slope(steep, *ends, y + steep * (points[-1][0] - x))
