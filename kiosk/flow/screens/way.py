"""怎么走 (GUI-04): the floor, 您在这里, the window lit up, and the way there; one tap from any guide and any number.

1. The sentence above says the same in words, so that nobody has to read a map; a hall without one has the sentence.
2. Drawn from boxes and type alone: no picture is needed, and every view of the screen scales it whole.
3. A name that does not fit into its spot, or would lie under the way, is left out; the window is named above anyway.
4. Where the way changes floors, both floors can be shown; the first one leads to the stairs.
5. A number that is not called yet may be called to any window of its service: all of them are lit up, and no way is
   drawn, since nobody is to walk yet (B1.6).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from content_sync.domain.county import Site, Window
from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.hall import floors
from content_sync.domain.hall.floors import Floor, Point, Spot, Standing
from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Action, Change
from kiosk.flow.frame import Box, Rect, Text
from kiosk.flow.pages.reading import Way
from kiosk.flow.screens import gone
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


def to(site: Site | None, windows: Sequence[Window]) -> Way | None:
    """The page that shows these windows; none where no map has them."""
    drawn = tuple(one.id for one in windows if site and floors.spot_of(site.floors, one.id))
    return Way(windows=drawn) if drawn else None


def draw(sheet: Sheet, page: Way) -> None:
    """The sentence, the floor, the keys of the floors."""
    site = sheet.view.site
    windows = [one for one in site.windows if one.id in page.windows] if site else []
    if site and windows:
        surroundings.begin(sheet)
        sheet.text(sheet.words("guide.way"), sheet.size.head, bold=True, most=1)
        _here(sheet, page, site, windows)
        surroundings.finish(sheet)
    else:
        _of_guide(sheet, page)


def _of_guide(sheet: Sheet, page: Way) -> None:
    if sheet.view.item is None or not isinstance(sheet.view.item[0].body, GuideBody):
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    guide, site = sheet.view.item[0].body, sheet.view.site
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    sheet.text(sheet.words("way.title", name=item.plain_title or item.title), sheet.size.head, bold=True, most=2)
    window = next((one for one in site.windows if one.id == guide.handler.window), None) if site else None
    if site is None or window is None:
        _elsewhere(sheet, guide)
    else:
        _here(sheet, page, site, [window])
    surroundings.finish(sheet, {item.channel})


def _elsewhere(sheet: Sheet, guide: GuideBody) -> None:
    """It is not done in this hall."""
    words, size = sheet.words, sheet.size
    sheet.y += 16
    sheet.text(words("way.elsewhere"), size.body, most=2)
    sheet.y += 16
    sheet.text(guide.handler.place or guide.handler.name, size.title, bold=True, most=4)
    for key, text in (("element.hours", guide.handler.hours), ("element.phone", guide.handler.phone)):
        if text:
            sheet.y += 16
            sheet.text(words(key), size.small, color="soft")
            sheet.text(text, size.head, most=3)


def _here(sheet: Sheet, page: Way, site: Site, windows: Sequence[Window]) -> None:
    words, size = sheet.words, sheet.size
    found = [place for one in windows if (place := floors.spot_of(site.floors, one.id))]
    standing = floors.standing_of(site.kiosks, sheet.view.device)
    sheet.y += 4
    numbers = words("guide.and").join(str(one.number) for one in windows)
    sheet.text(words("way.window", number=numbers), size.title, bold=True, color="blue", most=2)
    if len(windows) > 1:  # rule 5
        sheet.text(words("way.several"), size.body, most=2)
    else:
        sheet.text(windows[0].name, size.body, bold=True, most=2)
        sheet.text(_said(sheet, site, windows[0], found[0] if found else None, standing), size.body, most=4)
    if not found:
        if site.help_desk:
            sheet.y += 20
            sheet.text(site.help_desk, size.body, color="soft", most=4)
        return
    sheet.y += 16
    first = standing.floor if standing else found[0][0].id
    levels = [floor for floor in site.floors if floor.id == first or floor in [at for at, _ in found]]
    shown = next((floor for floor in levels if floor.id == (page.floor or first)), found[0][0])
    bottom = sheet.bottom
    if len(levels) > 1:  # rule 4
        sheet.y, y = bottom - size.key, sheet.y
        keys: list[tuple[str, Action, str, str]] = [
            (floor.name, Change(replace(page, floor=floor.id)), "", "chosen" if floor is shown else "plain")
            for floor in levels
        ]
        sheet.keys(keys, len(keys))
        sheet.y, bottom = y, bottom - size.key - 20
    _floor(sheet, shown, bottom, [spot for floor, spot in found if floor is shown], standing)


def _said(sheet: Sheet, site: Site, window: Window, found: tuple[Floor, Spot] | None, standing: Standing | None) -> str:
    """Rule 1."""
    words = sheet.words
    place = window.place or (found[1].name if found else site.name)
    if found is None or standing is None:
        return words("way.place", place=place)
    here = next((floor.name for floor in site.floors if floor.id == standing.floor), "")
    if standing.floor == found[0].id:
        return words("way.same", here=here, place=place)
    return words("way.stairs", here=here, floor=found[0].name, place=place)


def _floor(sheet: Sheet, floor: Floor, bottom: float, lit: Sequence[Spot], standing: Standing | None) -> None:
    """The floor with the spots that are `lit`; without one of them here, the stairs are where one goes (rule 4)."""
    scale = min(sizes.room / floor.width, (bottom - sheet.y) / floor.height)
    top = sheet.y + round((bottom - sheet.y - floor.height * scale) * 0.3)
    plan = _Map(floor, sizes.left + (sizes.room - floor.width * scale) / 2, top, scale)
    sheet.add(Box(Rect(plan.left, plan.top, floor.width * scale, floor.height * scale), "card", "rim", 4, 8))
    stairs = floors.stairs_of(floor)
    goals = lit or ([stairs] if stairs else [])
    is_here = standing is not None and standing.floor == floor.id
    for spot in floor.spots:
        fill, line = ("", "line") if spot.kind == "area" else ("paper", "rim")
        is_goal = spot in goals
        sheet.add(Box(plan.rect(spot), "blue" if is_goal else fill, "" if is_goal else line, 3, 8))
    start: Point | None = (standing.x, standing.y) if standing and is_here else None
    if start is None and standing and stairs:
        start = floors.beside(floor, stairs)
    taken = _trailed(sheet, plan, floors.way(floor, start, goals[0])) if start and len(goals) == 1 else []
    taken += [_pill(sheet, plan, start)] if start and is_here else []
    for spot in floor.spots:
        if not any(_meet(plan.rect(spot), rect) for rect in taken):  # rule 3
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
    """Rule 3: number and name of a window, the name of a room; as large as fits."""
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
