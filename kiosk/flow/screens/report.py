"""这里说得不对 · 该公开的没公开 (SUP-07): what is wrong, in taps; it goes to the supervisor alone.

1. The unit that published sees neither the report nor who made it; the screen says so before anything is tapped.
2. Nothing about the person is asked.
3. A kiosk has no camera: what was photographed is handed in at a window under the receipt, and the screen says so.
"""

from dataclasses import replace

from kiosk.flow import ladder, surroundings
from kiosk.flow.actions import Action, Open
from kiosk.flow.list_row import Entry
from kiosk.flow.lists import draw as draw_list
from kiosk.flow.screens import saying
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Report

claims: dict[str, tuple[str, tuple[str, ...]]] = {
    "untrue": ("document", ("amount", "fake", "old", "names", "unreadable")),
    "missing": ("search", ("never", "part", "late", "removed")),
}


def draw(sheet: Sheet, page: Report) -> None:
    """Two steps: which of the two it is, then what exactly."""
    surroundings.begin(sheet)
    if page.claim:
        taps = claims[page.claim][1]
        saying.taps(
            sheet, page, [(tap, sheet.words(f"report.{tap}")) for tap in taps], _title(sheet, page), _about(sheet)
        )
    else:
        _claims(sheet, page)
    surroundings.finish(sheet)


def _claims(sheet: Sheet, page: Report) -> None:
    words = sheet.words
    promised = [(words(f"report.who_{n}"), words(f"report.who_{n}_note")) for n in (1, 2, 3)]
    ladder.above(sheet, promised, len(promised))
    sheet.title(words("report.title"), _about(sheet))
    if sheet.state.low:
        sheet.reach()
        keys: list[tuple[str, Action, str, str]] = [
            (words(f"report.{claim}"), Open(replace(page, claim=claim)), icon, "plain")
            for claim, (icon, _) in claims.items()
        ]
        sheet.keys(keys, 1, high=sheet.size.key * 1.4)
        return
    entries = [
        Entry(words(f"report.{claim}"), Open(replace(page, claim=claim)), words(f"report.{claim}_note"), icon)
        for claim, (icon, _) in claims.items()
    ]
    bottom, sheet.bottom = sheet.bottom, sheet.y + (sheet.bottom - sheet.y) / 2
    draw_list(sheet, entries, 0, lambda _: page, tallest=300, grows=True)
    sheet.bottom = bottom
    sheet.y += 48
    ladder.draw(sheet, promised, len(promised), bottom)


def _title(sheet: Sheet, page: Report) -> str:
    return sheet.words(f"report.{page.claim}")


def _about(sheet: Sheet) -> str:
    item = sheet.view.item[0] if sheet.view.item else None
    return sheet.words("opinion.on_item", title=item.plain_title or item.title) if item else sheet.words("report.note")
