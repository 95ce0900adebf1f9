"""One floor of a hall as boxes and names: 您在这里, the windows lit up, and the way to the one that is meant.

1. Drawn from boxes and type alone: no picture is needed, and every view of the screen scales it whole.
2. A name that does not fit into its spot, or would lie under the way, is left out; the window is named above anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from content_sync.domain.hall import floors
from content_sync.domain.hall.floors import Floor, Point, Spot, Standing
from kiosk.flow import sizes
from kiosk.flow.frame import Box, Rect, Text
from kiosk.flow.sheet import Sheet, radius

_trail, _dot = 12.0, 34.0


@dataclass(frozen=True)
class _Map:
    """One floor at its place on the screen: `left`, `top` and pixels per unit."""

    floor: Floor
    left: float
    top: float
    scale: float

    def rect(self, spot: Spot) -> Rect:
        """Where a spot stands, a hair apart from its neighbours."""
        k = self.scale
        return Rect(self.left + spot.x * k + 3, self.top + spot.y * k + 3, spot.w * k - 6, spot.h * k - 6)

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point stands."""
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale


def draw(
    sheet: Sheet, floor: Floor, bottom: float, lit: Sequence[Spot], standing: Standing | None, *, is_led: bool
) -> None:
    """The floor with the spots that are `lit`, and the way there if one `is_led`: to the stairs if none is here."""
    scale = min(sizes.room / floor.width, (bottom - sheet.y) / floor.height)
    top = sheet.y + round((bottom - sheet.y - floor.height * scale) * 0.3)
    plan = _Map(floor, sizes.left + (sizes.room - floor.width * scale) / 2, top, scale)
    sheet.add(Box(Rect(plan.left, plan.top, floor.width * scale, floor.height * scale), "card", "rim", 4, 8))
    stairs = floors.stairs_of(floor)
    goals = lit or ([stairs] if stairs and is_led else [])
    is_here = standing is not None and standing.floor == floor.id
    for spot in floor.spots:
        fill, line = ("", "line") if spot.kind == "area" else ("paper", "rim")
        is_goal = spot in goals
        sheet.add(Box(plan.rect(spot), "blue" if is_goal else fill, "" if is_goal else line, 3, 8))
    start: Point | None = (standing.x, standing.y) if standing and is_here else None
    if start is None and standing and stairs:
        start = floors.beside(floor, stairs)
    taken = _trailed(sheet, plan, floors.way(floor, start, goals[0])) if start and is_led and goals else []
    taken += [_pill(sheet, plan, start)] if start and is_here else []
    for spot in floor.spots:
        if not any(_meet(plan.rect(spot), rect) for rect in taken):  # rule 2
            _name(sheet, plan, spot, is_goal=spot in goals)


def _meet(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def _trailed(sheet: Sheet, plan: _Map, corners: tuple[Point, ...]) -> list[Rect]:
    """The way as a thick line with a dot at its end; where it lies."""
    points, lain = [plan.at(corner) for corner in corners], []
    for (x1, y1), (x2, y2) in pairwise(points):
        left, top = min(x1, x2) - _trail / 2, min(y1, y2) - _trail / 2
        lain.append(Rect(left, top, abs(x2 - x1) + _trail, abs(y2 - y1) + _trail))
        sheet.add(Box(lain[-1], "blue", radius=_trail / 2))
    if points:
        x, y = points[-1]
        sheet.add(Box(Rect(x - _dot / 2, y - _dot / 2, _dot, _dot), "blue", radius=_dot / 2))
    return lain


def _pill(sheet: Sheet, plan: _Map, start: Point) -> Rect:
    """您在这里: a dot, and the words below it on dark."""
    text, size = sheet.words("way.you"), sheet.size.small
    wide, high = sheet.measure.width(text, size, bold=True) + 32, round(size * 1.5)
    x, y = plan.at(start)
    left = min(max(x - wide / 2, plan.left + 4), plan.left + plan.floor.width * plan.scale - wide - 4)
    rect = Rect(left, y + _dot / 2 + 4, wide, high)
    if rect.bottom > plan.top + plan.floor.height * plan.scale:
        rect = replace(rect, y=y - _dot / 2 - 4 - high)
    sheet.add(Box(Rect(x - _dot / 2, y - _dot / 2, _dot, _dot), "ink", "paper", 5, _dot / 2))
    sheet.add(Box(rect, "ink", radius=radius))
    sheet.text(text, size, x=rect.x, y=rect.y, width=wide, color="paper", bold=True, align="center", leading=high)
    return rect


def _name(sheet: Sheet, plan: _Map, spot: Spot, *, is_goal: bool) -> None:
    """Rule 2: number and name of a window, the name of a room; as large as fits."""
    rect, size = plan.rect(spot), sheet.size
    site = sheet.view.site
    window = next((one for one in site.windows if one.id == spot.window), None) if site and spot.window else None
    number, color = str(window.number) if window else "", "on_blue" if is_goal else "soft" if not window else "ink"
    tries = [(number, spot.name), (number, "")] if number else [("", spot.name)]
    for big, name in tries:
        em = size.head if is_goal or big else size.small
        lead, small = round(em * 1.2), round(size.small * 1.25)
        lines = sheet.measure.lines(name, size.small, rect.w - 10) if name else ()
        high = (lead if big else 0) + small * len(lines)
        whole = "".join(lines) == name and all(sheet.measure.width(line, size.small) <= rect.w - 8 for line in lines)
        if high > rect.h - 4 or not whole or (big and sheet.measure.width(big, em, bold=True) > rect.w - 8):
            continue
        top = rect.y + (rect.h - high) / 2
        if big:
            sheet.add(Text(rect.x, top, rect.w, (big,), em, lead, color, bold=True, align="center"))
        if lines:
            y = top + (lead if big else 0)
            sheet.add(Text(rect.x, y, rect.w, lines, size.small, small, color, align="center"))
        return
