"""办事机构示意图 (GUI-04): the floors of a hall, where its windows and its kiosks are, and the way between them.

1. A floor is a rectangle of whole units of any length; its spots are rectangles on it. A spot is a window of the site,
   a room, a desk, stairs, a door, or an open area that one walks through. Spots do not overlap.
2. A window stands on at most one spot. A kiosk stands on one floor, on no spot but an open area; the position without
   a device holds for every kiosk that has none of its own.
3. A way goes along the axes, around whatever is no area, with few turns: one remembers turns. It ends beside the spot.
4. To another floor one goes to the stairs of this one, and on from the stairs of the other.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

Kind = Literal["window", "room", "desk", "stairs", "door", "area"]
side_max, floors_max, _cells, _turn = 1000, 12, 40, 6
Point = tuple[int, int]


@dataclass(frozen=True)
class Spot:
    """A place on a floor: left, top, width, height in its units; `window` is a window's id, for that kind alone."""

    kind: Kind
    name: str
    x: int
    y: int
    w: int
    h: int
    window: str = ""


@dataclass(frozen=True)
class Floor:
    """One floor as one would draw it on paper, seen from above."""

    id: str
    name: str
    width: int
    height: int
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where a kiosk stands; `device` empty: every kiosk without a place of its own (rule 2)."""

    floor: str
    x: int
    y: int
    device: str = ""


@dataclass(frozen=True)
class Plan:
    """A hall's map as its people write it down: empty where there is none."""

    floors: tuple[Floor, ...] = ()
    kiosks: tuple[Standing, ...] = ()


def fault(plan: Plan, windows: Sequence[str]) -> str:
    """What is wrong with a map, in one Chinese sentence; empty when nothing is (rules 1 and 2)."""
    return next(_faults(plan.floors, plan.kiosks, windows), "")


def _faults(floors: Sequence[Floor], kiosks: Sequence[Standing], windows: Sequence[str]) -> Iterator[str]:
    if len(floors) > floors_max or len({floor.id for floor in floors}) != len(floors):
        yield f"楼层太多（最多{floors_max}层）或者编号重复。"
    for floor in floors:
        if not floor.id or not floor.name or not (0 < floor.width <= side_max and 0 < floor.height <= side_max):
            yield f"楼层“{floor.name or floor.id}”要有编号、名称，长和宽在1到{side_max}之间。"
        yield from _spot_faults(floor, windows)
    placed = [spot.window for floor in floors for spot in floor.spots if spot.window]
    for window in {one for one in placed if placed.count(one) > 1}:
        yield f"窗口“{window}”在图上有两处。"
    if len({one.device for one in kiosks}) != len(kiosks):
        yield "同一台机器在图上有两处。"
    for one in kiosks:
        floor_of = next((floor for floor in floors if floor.id == one.floor), None)
        if floor_of is None or not (0 <= one.x <= floor_of.width and 0 <= one.y <= floor_of.height):
            yield f"机器“{one.device or '（每一台）'}”的位置不在图上。"
        elif any(spot.kind != "area" and _holds(spot, one.x, one.y) for spot in floor_of.spots):
            yield f"机器“{one.device or '（每一台）'}”的位置压在别的地方上。"


def _spot_faults(floor: Floor, windows: Sequence[str]) -> Iterator[str]:
    for spot in floor.spots:
        inside = spot.x >= 0 and spot.y >= 0 and spot.x + spot.w <= floor.width and spot.y + spot.h <= floor.height
        if not spot.name or spot.w < 1 or spot.h < 1 or not inside:
            yield f"{floor.name}的“{spot.name or '没有名字的地方'}”不在楼层里面，或者没有名字。"
        if (spot.kind == "window") != bool(spot.window) or (spot.window and spot.window not in windows):
            yield f"{floor.name}的“{spot.name}”写的不是这个大厅的窗口。"
    for a, b in combinations(floor.spots, 2):
        if a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h:
            yield f"{floor.name}的“{a.name}”和“{b.name}”画到一起了。"


def standing_of(kiosks: Sequence[Standing], device: str) -> Standing | None:
    """Where this kiosk stands (rule 2), None where nobody said."""
    own = next((one for one in kiosks if one.device and one.device == device), None)
    return own or next((one for one in kiosks if not one.device), None)


def spot_of(floors: Sequence[Floor], window: str) -> tuple[Floor, Spot] | None:
    """The floor and the spot of a window."""
    found = ((floor, spot) for floor in floors for spot in floor.spots if window and spot.window == window)
    return next(found, None)


def stairs_of(floor: Floor) -> Spot | None:
    """The stairs of a floor (rule 4)."""
    return next((spot for spot in floor.spots if spot.kind == "stairs"), None)


def beside(floor: Floor, spot: Spot) -> Point:
    """Where one stands in front of a spot: just outside, on the free side that looks into the floor."""
    x, y, step = spot.x + spot.w // 2, spot.y + spot.h // 2, 2 * _step(floor)
    sides = [(x, spot.y + spot.h + step), (x, spot.y - step), (spot.x + spot.w + step, y), (spot.x - step, y)]
    inside = [side for side in sides if 0 <= side[0] <= floor.width and 0 <= side[1] <= floor.height]
    free = [side for side in inside if not any(one.kind != "area" and _holds(one, *side) for one in floor.spots)]
    return min(free, key=lambda p: abs(p[0] - floor.width // 2) + abs(p[1] - floor.height // 2), default=(x, y))


@lru_cache(maxsize=64)
def way(floor: Floor, start: Point, goal: Spot) -> tuple[Point, ...]:
    """The corners of the way to a spot (rule 3), in units of the floor; empty when there is none."""
    step = _step(floor)
    columns, rows = floor.width // step + 1, floor.height // step + 1
    cells = {(x, y) for x in range(columns) for y in range(rows)}
    for spot in floor.spots:
        if spot.kind != "area":
            across, down = (range(-(-low // step), high // step + 1) for low, high in _spans(spot))
            cells -= {(x, y) for x in across for y in down}
    first, last = ((x // step, y // step) for x, y in (start, beside(floor, goal)))
    nowhere: tuple[Point, int] = ((-1, -1), -1)
    heap: list[tuple[int, Point, int]] = [(0, first, -1)]
    cost, came = {(first, -1): 0}, {(first, -1): nowhere}
    while heap:
        paid, cell, heading = heapq.heappop(heap)
        if cell == last:
            return _corners(_back(came, (cell, heading)), step)
        for turned, (dx, dy) in enumerate(((1, 0), (0, 1), (-1, 0), (0, -1))):
            to = (cell[0] + dx, cell[1] + dy)
            price = paid + 1 + (_turn if heading not in (-1, turned) else 0)
            if to in cells and price < cost.get((to, turned), 1 << 30):
                cost[to, turned], came[to, turned] = price, (cell, heading)
                heapq.heappush(heap, (price, to, turned))
    return ()


def _spans(spot: Spot) -> tuple[Point, Point]:
    return (spot.x, spot.x + spot.w), (spot.y, spot.y + spot.h)


def _back(came: dict[tuple[Point, int], tuple[Point, int]], last: tuple[Point, int]) -> list[Point]:
    path = [last[0]]
    while came[last][0] != (-1, -1):
        last = came[last]
        path.append(last[0])
    return path[::-1]


def _corners(path: list[Point], step: int) -> tuple[Point, ...]:
    """Both ends, and where it turns."""
    inner = range(1, len(path) - 1)
    turns = [n for n in inner if path[n - 1][0] != path[n + 1][0] and path[n - 1][1] != path[n + 1][1]]
    kept = [path[0], *(path[n] for n in turns), *path[1:][-1:]]
    return tuple((x * step, y * step) for x, y in kept)


def _step(floor: Floor) -> int:
    return max(1, max(floor.width, floor.height) // _cells)


def _holds(spot: Spot, x: int, y: int) -> bool:
    return spot.x <= x <= spot.x + spot.w and spot.y <= y <= spot.y + spot.h
