"""A finger that writes: the line it leaves while it is down, and the stroke in the sheet's units when it lifts.

1. Only what began in the field is a stroke; beyond its edge the line goes on along the edge.
2. A finger that trembles in place adds nothing: a point counts when it is a little away from the last one.
"""

from collections.abc import Sequence

from kivy.graphics import Line

from content_sync.domain.cases.handwriting import Stroke
from kiosk.flow.frame import Field

_apart = 3.0


class Pen:
    """One stroke in the making; points are design pixels."""

    def __init__(self) -> None:
        self.field: Field | None = None
        self.points: list[tuple[float, float]] = []

    @property
    def scale(self) -> float:
        """Design pixels of one unit of the sheet."""
        return self.field.rect.w / self.field.width if self.field else 1.0

    def down(self, field: Field, point: tuple[float, float]) -> None:
        """A finger came down (rule 1)."""
        r, (x, y) = field.rect, point
        if r.x <= x < r.right and r.y <= y < r.bottom:
            self.field, self.points = field, [point]

    def move(self, point: tuple[float, float]) -> bool:
        """It moved; whether the line became longer (rule 2)."""
        if self.field is None:
            return False
        r, (x, y) = self.field.rect, point
        x, y = min(max(x, r.x), r.right), min(max(y, r.y), r.bottom)
        if abs(x - self.points[-1][0]) + abs(y - self.points[-1][1]) < _apart:
            return False
        self.points.append((x, y))
        return True

    def lift(self) -> Stroke:
        """It lifted: the stroke, and nothing of it is left here; empty when none was begun."""
        field, points, scale = self.field, self.points, self.scale
        self.field, self.points = None, []
        if field is None:
            return ()
        return tuple((round((x - field.rect.x) / scale), round((y - field.rect.y) / scale)) for x, y in points)


def line(points: Sequence[tuple[float, float]], thick: float) -> Line:
    """A round-ended line through window pixels; one point is a dot."""
    first = points[0]
    path = points if len(points) > 1 else [first, (first[0] + 1, first[1])]
    width = max(1.0, thick / 2)
    return Line(points=[part for point in path for part in point], width=width, cap="round", joint="round")
