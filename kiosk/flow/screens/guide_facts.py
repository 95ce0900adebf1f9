"""A guide's four facts side by side: fee, days, visits, window. Their numbers are the largest type on the page."""

from content_sync.domain.county import Window
from content_sync.domain.disclosure.guides import Guide
from kiosk.flow import amounts, sizes
from kiosk.flow.frame import Box, Rect
from kiosk.flow.sheet import Sheet, radius

Fact = tuple[str, str, str]


def draw(sheet: Sheet, guide: Guide, situation: str, bottom: float = 0) -> None:
    """The strip at the cursor: one row, in elder view two where they end above `bottom`."""
    size = sheet.size
    said = (
        amounts.fee(guide, situation, sheet.words),
        amounts.days(guide, sheet.words),
        _visits(sheet, guide),
        _where(sheet, guide),
    )
    for columns in (2, 4) if sheet.state.elder and not sheet.state.low else (4,):
        wide, rows = sizes.room / columns, len(said) // columns
        facts = tuple((value, unit, _short(sheet, note, wide - 36)) for value, unit, note in said)
        notes = max(len(sheet.broken(note, size.small, wide - 36, most=2)) for _, _, note in facts)
        high = round(size.title * 1.25) + notes * round(size.small * 1.4) + 32
        if sheet.y + high * rows + 22 <= bottom:
            break
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, high * rows), "card", "line", 3, radius))
    for n, fact in enumerate(facts):
        x, y = sizes.left + n % columns * wide, sheet.y + n // columns * high
        if n % columns:
            sheet.add(Box(Rect(x - 1, y + 16, 2, high - 32), "line"))
        _fact(sheet, Rect(x + 24, y + 14, wide - 36, high - 28), fact)
    if rows > 1:
        sheet.add(Box(Rect(sizes.left + 16, sheet.y + high - 1, sizes.room - 32, 2), "line"))
    sheet.y += high * rows + 22


def _short(sheet: Sheet, note: str, room: float) -> str:
    """The note, or its first sentence where two lines do not hold all of it; the element's own page has the rest."""
    whole = sheet.broken(note, sheet.size.small, room)
    return note if len(whole) <= 2 else note.partition("。")[0]


def _visits(sheet: Sheet, guide: Guide) -> Fact:
    words = sheet.words
    if not guide.visits:
        return words("guide.no_visit"), "", words("guide.no_visit_note")
    note = words("guide.visit_once") if guide.visits == 1 else words("guide.visit_more")
    return str(guide.visits), words("guide.visit"), note


def _where(sheet: Sheet, guide: Guide) -> Fact:
    """The window's number at this site and where it is; elsewhere the place in words."""
    windows = sheet.view.site.windows if sheet.view.site else ()
    found: Window | None = next((window for window in windows if window.id == guide.handler.window), None)
    if found:
        return str(found.number), sheet.words("guide.window"), found.place
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
    sheet.text(note, size.small, x=place.x, y=place.y + leading, width=place.w, color="soft", most=2, leading=small)
