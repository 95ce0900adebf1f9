"""A guide's facts side by side: fee, days, visits, window. Their numbers are the largest type on the page.

In elder view there are three: how often one comes stands with the steps.
"""

import re

from content_sync.domain.county import Window
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.which import case_of
from kiosk.flow import amounts, sizes
from kiosk.flow.actions import Open
from kiosk.flow.frame import Box, Rect, Text
from kiosk.flow.pages.reading import Element
from kiosk.flow.pages.reading import Guide as GuidePage
from kiosk.flow.sheet import Sheet, radius, rim

Fact = tuple[str, str, str]
_gap, _pad, _short = 12.0, 14.0, 3


def high(sheet: Sheet, guide: Guide, page: GuidePage) -> float:
    """What the strip takes."""
    size, room = sheet.size, _wide(sheet) - 2 * _pad
    facts = _said(sheet, guide, page)
    notes = max(len(sheet.broken(note, size.small, room, most=_most(note))) for _, (_, _, note) in facts)
    return max(round(size.title * 1.25) + notes * round(size.small * 1.4) + 28, size.key)


def draw(sheet: Sheet, guide: Guide, page: GuidePage) -> None:
    """The strip at the cursor; each fact opens its element, in low view it is only read."""
    tall, wide, low = high(sheet, guide, page), _wide(sheet), sheet.state.low
    if low:
        sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, tall), "card", "line", 3, radius))
    for n, (name, fact) in enumerate(_said(sheet, guide, page)):
        place = Rect(sizes.left + n * (wide + (0 if low else _gap)), sheet.y, wide, tall)
        if not low:
            sheet.add(Box(place, "card", "rim", rim, radius))
            sheet.touchable(place, f"{fact[0]}{fact[1]}", Open(Element(page.item, name, page.answers)))
        elif n:
            sheet.add(Box(Rect(place.x - 1, sheet.y + 16, 2, tall - 32), "line"))
        _fact(sheet, Rect(place.x + _pad, place.y + 14, wide - 2 * _pad, tall - 28), fact)
    sheet.y += tall + 16


def _wide(sheet: Sheet) -> float:
    count = 3 if sheet.state.elder else 4
    return sizes.room / count if sheet.state.low else (sizes.room - _gap * (count - 1)) / count


def _said(sheet: Sheet, guide: Guide, page: GuidePage) -> tuple[tuple[str, Fact], ...]:
    """The facts by the element they are taken from, each note short enough for two lines."""
    facts = (
        ("fees", amounts.fee(guide, page.answers, sheet.words)),
        ("limits", amounts.days(case_of(guide, page.answers).limits, sheet.words)),
        ("steps", _visits(sheet, guide)),
        ("handler", _where(sheet, guide)),
    )
    room = _wide(sheet) - 2 * _pad
    shown = (fact for fact in facts if fact[0] != "steps" or not sheet.state.elder)
    return tuple((name, _fitting(sheet, fact, room)) for name, fact in shown)


def _fitting(sheet: Sheet, fact: Fact, room: float) -> Fact:
    """A unit that leaves its number no room goes above the note; of a note too long its first sentence stays."""
    (value, unit, note), size, measure = fact, sheet.size, sheet.measure
    least = size.title if len(value) <= _short else size.body
    if unit and measure.width(value, least, bold=True) + 8 + measure.width(unit, size.small) > room:
        unit, note = "", f"{unit}\n{note}"
    whole = sheet.broken(note, size.small, room)
    return value, unit, note if len(whole) <= _most(note) else re.split("[。；]", note)[0]


def _most(note: str) -> int:
    """How many lines a note may take: one more below a unit that found no room beside its number."""
    return 2 + note.count("\n")


def _visits(sheet: Sheet, guide: Guide) -> Fact:
    words = sheet.words
    if not guide.visits:
        return words("guide.no_visit"), "", words("guide.no_visit_note")
    note = words("guide.visit_once") if guide.visits == 1 else words("guide.visit_more")
    return str(guide.visits), words("guide.visit" if guide.visits == 1 else "guide.visits"), note


def _where(sheet: Sheet, guide: Guide) -> Fact:
    """The window's number at this site and where it is; elsewhere the place in words."""
    windows = sheet.view.site.windows if sheet.view.site else ()
    found: Window | None = next((window for window in windows if window.id == guide.handler.window), None)
    if found:
        words = sheet.words
        return str(found.number), words("guide.window"), words("guide.window_place", place=found.place)
    return sheet.words("guide.where"), "", guide.handler.place or guide.handler.name


def _fact(sheet: Sheet, place: Rect, fact: Fact) -> None:
    (value, unit, note), size, measure = fact, sheet.size, sheet.measure
    room = place.w - (8 + measure.width(unit, size.small) if unit else 0)
    sizes_of = (round(size.title * 1.2), size.title, size.head, size.body)
    em = next((s for s in sizes_of if measure.width(value, s, bold=True) <= room), size.small)
    leading, small = round(size.title * 1.25), round(size.small * 1.4)
    sheet.text(value, em, x=place.x, y=place.y, width=place.w, bold=True, most=1, leading=leading)
    if unit:
        at = place.x + measure.width(value, em, bold=True) + 8
        drop = (em - size.small) * 0.36  # both stand on one base line
        sheet.text(unit, size.small, x=at, y=place.y + drop, width=place.right - at, most=1, leading=leading)
    lines = sheet.even(note, size.small, place.w, most=_most(note))
    sheet.add(Text(place.x, place.y + leading, place.w, lines, size.small, small, "soft"))
