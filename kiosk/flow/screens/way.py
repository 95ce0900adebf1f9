"""怎么走 (GUI-04): the floor, 您在这里, the window lit up, and the way there; one tap from any guide and any number.

1. The sentence above says the same in words, so that nobody has to read a map; a hall without one has the sentence.
2. Where the way changes floors, both floors can be shown; the first one leads to the stairs. The floor: way_map.
3. A number that `waits` may be called to any window of its service, drawn or not: all of them are named and lit up,
   be it one, and no way is said or drawn, since nobody is to walk yet (B1.6).
"""

from collections.abc import Sequence
from dataclasses import replace

from content_sync.domain.county import Site, Window
from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.hall import floors
from content_sync.domain.hall.floors import Floor, Spot, Standing
from kiosk.flow import surroundings
from kiosk.flow.actions import Action, Change
from kiosk.flow.pages.reading import Way
from kiosk.flow.screens import gone, way_map
from kiosk.flow.sheet import Sheet


def to(site: Site | None, windows: Sequence[Window], *, waits: bool = False) -> Way | None:
    """The page of these windows, also of those that no map has; none where it has none of them."""
    is_drawn = site is not None and any(floors.spot_of(site.floors, one.id) for one in windows)
    return Way(windows=tuple(one.id for one in windows), waits=waits) if is_drawn else None


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
    if len(windows) == 1:
        sheet.text(windows[0].name, size.body, bold=True, most=2)
    is_led = len(windows) == 1 and not page.waits
    told = _said(sheet, site, windows[0], found[0] if found else None, standing) if is_led else words("way.waits")
    sheet.text(told, size.body, most=4)
    if not found:
        if site.help_desk:
            sheet.y += 20
            sheet.text(site.help_desk, size.body, color="soft", most=4)
        return
    sheet.y += 16
    _map(sheet, page, site, found, standing, is_led=is_led)


def _map(
    sheet: Sheet, page: Way, site: Site, found: Sequence[tuple[Floor, Spot]], standing: Standing | None, *, is_led: bool
) -> None:
    """The floor one begins on, or the one that was chosen, and a key for each where there are several (rule 2)."""
    size, of_windows = sheet.size, [floor for floor, _ in found]
    first = of_windows[0].id
    if standing and (is_led or standing.floor in [floor.id for floor in of_windows]):
        first = standing.floor
    levels = [floor for floor in site.floors if floor.id == first or floor in of_windows]
    shown = next((floor for floor in levels if floor.id == (page.floor or first)), of_windows[0])
    bottom = sheet.bottom
    if len(levels) > 1:
        sheet.y, y = bottom - size.key, sheet.y
        keys: list[tuple[str, Action, str, str]] = [
            (floor.name, Change(replace(page, floor=floor.id)), "", "chosen" if floor is shown else "plain")
            for floor in levels
        ]
        sheet.keys(keys, len(keys))
        sheet.y, bottom = y, bottom - size.key - 20
    lit = [spot for floor, spot in found if floor is shown]
    way_map.draw(sheet, shown, bottom, lit, standing, is_led=is_led)


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
