"""这里说得不对 · 该公开的没公开 (SUP-07): what is wrong, in taps; it goes to the supervisor alone.

1. The unit that published sees neither the report nor who made it; the screen says so before anything is tapped.
2. Nothing about the person is asked.
3. A kiosk has no camera: photographs and papers are given to supervision, never to a window, and the screen says so.
4. A report is about something. Whoever has not opened it yet is led to where it is found, or says whose it is.
"""

from dataclasses import replace

from content_sync.domain.disclosure import whereabouts
from kiosk.flow import ladder, surroundings
from kiosk.flow.actions import Action, Open
from kiosk.flow.list_row import Entry
from kiosk.flow.lists import draw as draw_list
from kiosk.flow.pages.finding import Search
from kiosk.flow.screens import saying
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Report

claims: dict[str, tuple[str, tuple[str, ...]]] = {
    "untrue": ("document", ("amount", "fake", "old", "names", "unreadable")),
    "missing": ("search", ("never", "part", "late", "removed")),
}


def draw(sheet: Sheet, page: Report) -> None:
    """Which of the two it is, whose it is where that is not known, then what exactly."""
    surroundings.begin(sheet)
    if page.claim == "missing" and not (page.item or _is_known(sheet, page)) and len(_units(sheet, page)) > 1:
        sheet.title(sheet.words("report.whose"), sheet.words("report.note"))
        draw_list(sheet, _units(sheet, page), page.number, lambda n: replace(page, number=n), grows=True)
    elif page.claim:
        taps = claims[page.claim][1]
        saying.taps(
            sheet, page, [(tap, sheet.words(f"report.{tap}")) for tap in taps], _title(sheet, page), _about(sheet, page)
        )
    else:
        _claims(sheet, page)
    surroundings.finish(sheet)


def _claims(sheet: Sheet, page: Report) -> None:
    words = sheet.words
    promised = [(words(f"report.who_{n}"), words(f"report.who_{n}_note")) for n in (1, 2, 3)]
    ladder.above(sheet, promised, len(promised))
    sheet.title(words("report.title"), _about(sheet, page))
    if sheet.state.low:
        sheet.reach()
        keys: list[tuple[str, Action, str, str]] = [
            (words(f"report.{claim}"), _next(page, claim), icon, "plain") for claim, (icon, _) in claims.items()
        ]
        sheet.keys(keys, 1, high=sheet.size.key * 1.4)
        return
    entries = [
        Entry(words(f"report.{claim}"), _next(page, claim), words(_note(page, claim)), icon)
        for claim, (icon, _) in claims.items()
    ]
    bottom, sheet.bottom = sheet.bottom, sheet.y + (sheet.bottom - sheet.y) / 2
    draw_list(sheet, entries, 0, lambda _: page, tallest=300, grows=True)
    sheet.bottom = bottom
    sheet.y += 48
    ladder.draw(sheet, promised, len(promised), bottom)


def _title(sheet: Sheet, page: Report) -> str:
    return sheet.words(f"report.{page.claim}")


def _next(page: Report, claim: str) -> Action:
    """Rule 4."""
    return Open(Search()) if _is_to_find(page, claim) else Open(replace(page, claim=claim))


def _note(page: Report, claim: str) -> str:
    return "report.find_first" if _is_to_find(page, claim) else f"report.{claim}_note"


def _is_to_find(page: Report, claim: str) -> bool:
    return claim == "untrue" and not page.item


def _units(sheet: Sheet, page: Report) -> list[Entry]:
    """Everybody whose texts this kiosk shows (rule 4)."""
    county = sheet.view.county
    shown = [channel.unit for channel in county.channels if channel.id in sheet.view.held] if county else []
    places = {unit: "/".join(filter(None, (unit, page.place))) for unit in shown}
    return [
        Entry(sheet.view.unit_name(unit), Open(replace(page, place=place)), icon="hall")
        for unit, place in places.items()
    ]


def _is_known(sheet: Sheet, page: Report) -> bool:
    """Whether the place says whose it is."""
    return bool(page.place and sheet.view.county and whereabouts.unit_of(page.place, sheet.view.county))


def _about(sheet: Sheet, page: Report) -> str:
    item = sheet.view.item[0] if sheet.view.item else None
    if item:
        return sheet.words("opinion.on_item", title=item.plain_title or item.title)
    if page.place and sheet.view.county:
        return sheet.words("opinion.on_item", title=whereabouts.told(page.place, sheet.view.county))
    return sheet.words("report.note")
