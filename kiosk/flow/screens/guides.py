"""办事指南: four ways to the same guides, then the guides of what was chosen.

1. 大家常办 in people's words, 人生大事 by what happens to one, 按窗口 by the hall's
   services, 按部门 by who is in charge.
2. The ways stand in the same place on all four; the chosen one is marked. In low view all of it is in the lower half.
"""

from collections import Counter
from dataclasses import replace

from kiosk.flow import errands, lists, sizes, surroundings
from kiosk.flow.actions import Change, Open
from kiosk.flow.frame import Rect
from kiosk.flow.list_row import Entry
from kiosk.flow.pages.finding import Guides
from kiosk.flow.screens import browse
from kiosk.flow.service_icons import picture
from kiosk.flow.sheet import Sheet
from kiosk.flow.shelf import Shelf
from kiosk.flow.speaker import spoken

_ways = ("", "events", "services", "units")


def draw(sheet: Sheet, page: Guides) -> None:
    """The ways, or what one of them led to."""
    surroundings.begin(sheet)
    surroundings.warnings(sheet)
    rows = errands.guides(sheet.view.shelf)
    services = sheet.view.site.services if sheet.view.site else ()
    service = next((one for one in services if one.id == page.service), None)
    if service:
        sheet.title(service.name, service.hint)
        browse.listed(sheet, rows.where("service", service.id), page)
    elif page.errand:
        sheet.title(sheet.words(f"errand.{page.errand}"), sheet.words("guides.choose"))
        browse.listed(sheet, errands.answering(page.errand, rows, sheet.words), page)
    elif page.unit:
        sheet.title(page.unit, sheet.words("guides.choose"))
        in_charge = _in_charge(sheet, rows)
        browse.listed(sheet, [row for row in rows if in_charge[row.source, row.unit] == page.unit], page)
    else:
        _by_way(sheet, page, rows)
    surroundings.finish(sheet)


def _by_way(sheet: Sheet, page: Guides, rows: Shelf) -> None:
    sheet.title(sheet.words("guides.title"), sheet.words("guides.note"), "home.guides")
    if not rows:
        browse.nothing(sheet)
        return
    sheet.reach()
    sheet.keys(
        [
            (sheet.words(f"guides.way_{way or 'common'}"), Change(Guides(way=way)), "", _look(way, page.way))
            for way in _ways
        ],
        4,
        size=sheet.size.small,
    )
    sheet.y += 8
    if page.way in errands.ways:
        _tiles(sheet, page, rows)
    else:
        entries = _services(sheet, rows) if page.way == "services" else _units(sheet, rows)
        lists.draw(sheet, entries, page.number, lambda n: replace(page, number=n), grows=True)


def _look(way: str, chosen: str) -> str:
    return "chosen" if way == chosen else "plain"


def _tiles(sheet: Sheet, page: Guides, rows: Shelf) -> None:
    """As many tiles as fit, by pages when there are more."""
    found = errands.tiles(page.way, rows, sheet.words)
    if not found:
        lists.rows(sheet, rows, page.number, lambda n: replace(page, number=n))
        return
    size, gap = sheet.size, sheet.size.gap
    columns = 4 if sheet.state.low and not sheet.state.elder else 3
    wide = (sizes.room - gap * (columns - 1)) / columns
    fitting = columns * max(1, int((sheet.left_over + gap) // (size.key + gap)))
    pages = 1
    if len(found) > fitting:
        fitting -= columns
        pages = -(-len(found) // fitting)
    number = min(page.number, pages - 1)
    shown = found[number * fitting : (number + 1) * fitting]
    lines = -(-min(len(found), fitting) // columns)
    bottom = sheet.bottom - (size.key + gap if pages > 1 else 0)
    high = max(size.key, min(size.key * 1.45, (bottom - sheet.y + gap) / lines - gap))
    for n, (key, icon, its) in enumerate(shown):
        rect = Rect(sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (high + gap), wide, high)
        action = Open(errands.page_of(key, page.way, its))
        sheet.key(rect, sheet.words(f"errand.{key}"), action, icon=icon, stacked=True, size=size.body)
    if pages > 1:
        sheet.y = sheet.bottom - size.key
        lists.turner(sheet, number, pages, lambda n: replace(page, number=n))


def _services(sheet: Sheet, rows: Shelf) -> list[Entry]:
    """The hall's services that have guides, then the guides of none of them."""
    services = sheet.view.site.services if sheet.view.site else ()
    counted = {service: len(its) for service, its in rows.by("service").items()}
    named = [
        Entry(
            one.name,
            Open(Guides(one.id)),
            sheet.words("guides.count", hint=one.hint, n=counted[one.id]),
            picture(one.name, sheet.words, "guide"),
        )
        for one in services
        if one.id in counted
    ]
    known = {one.id for one in services}
    return [*named, *(lists.entry(sheet, row) for row in rows if row.service not in known)]


def _units(sheet: Sheet, rows: Shelf) -> list[Entry]:
    """Who is in charge, most guides first."""
    in_charge = _in_charge(sheet, rows)
    counted = Counter(in_charge[row.source, row.unit] for row in rows)
    return [
        Entry(name, Open(Guides(way="units", unit=name)), sheet.words("open.count", n=n), "hall")
        for name, n in counted.most_common()
    ]


def _in_charge(sheet: Sheet, rows: Shelf) -> dict[tuple[str, str], str]:
    """Who is meant by each source and unit of the rows: there are few of them."""
    said = rows.once("in charge", lambda: tuple(dict.fromkeys((row.source, row.unit) for row in rows)))
    return {both: spoken(*both, sheet.view.county) for both in said}
