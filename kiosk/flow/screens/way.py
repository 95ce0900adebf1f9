"""怎么走 (GUI-04): the floor, 您在这里, the window lit up, and the way there; one tap from any guide and any number.

1. The sentence above says the same in words, so that nobody has to read a map; a hall without one has the sentence.
2. Where the way changes floors, both floors can be shown; the first one leads to the stairs. The floor: way_map.
3. A number that is not called yet may be called to any window of its service: all of them are lit up, and no way is
   drawn, since nobody is to walk yet (B1.6).
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
    if len(windows) > 1:  # rule 3
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
    if len(levels) > 1:  # rule 2
        sheet.y, y = bottom - size.key, sheet.y
        keys: list[tuple[str, Action, str, str]] = [
            (floor.name, Change(replace(page, floor=floor.id)), "", "chosen" if floor is shown else "plain")
            for floor in levels
        ]
        sheet.keys(keys, len(keys))
        sheet.y, bottom = y, bottom - size.key - 20
    way_map.draw(sheet, shown, bottom, [spot for floor, spot in found if floor is shown], standing)


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
