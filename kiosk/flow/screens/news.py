"""A card with the newest item large, and below it what else is new, as far as there is room.

1. The card fills the room it is given; its type is the largest in which title and summary fit.
2. Every title on it counts as shown.
3. While the hall's screens are blanked nothing is current: who looks for an item finds it, nobody is shown it unasked.
"""

from collections.abc import Sequence

from kiosk.flow import dates
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.lists import kind_icons, said
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.view import Row, View

_kinds = ("emergency", "notice", "document", "answer", "ledger")
_most, _pad = 6, 40.0


def current(view: View) -> tuple[Row, ...]:
    """Emergencies, then what is newest."""
    if view.blanked:  # rule 3
        return ()
    return view.shelf.once("news", lambda: _newest(view.rows))


def _newest(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(sorted((row for row in rows if row.kind in _kinds), key=lambda row: row.kind != "emergency")[:_most])


def draw(sheet: Sheet, place: Rect) -> None:
    """The card in its place (rule 1); nothing when nothing is current or there is no room for a title."""
    rows = current(sheet.view)
    x, inner = place.x + _pad, place.w - 2 * _pad
    bottom = place.bottom - _pad + 8
    if not rows or place.y + _pad + sheet.size.title * 2.6 > bottom:
        return
    alarm = rows[0].kind == "emergency"
    sheet.add(Box(place, "card", "red" if alarm else "line", 4 if alarm else 3, radius))
    top = _first(sheet, rows[0], x, place.y + _pad - 4, inner, bottom)
    _others(sheet, rows[1:], x, top + 24, inner, bottom)


def _first(sheet: Sheet, row: Row, x: float, top: float, inner: float, bottom: float) -> float:
    """The first item; returns where it ends."""
    size, alarm = sheet.size, row.kind == "emergency"
    side = round(size.body * 1.2)
    sheet.add(Icon(Rect(x, top, side, side), kind_icons.get(row.kind, "notice"), "red" if alarm else "blue"))
    width = inner - side - 16
    sheet.text(said(sheet, row), size.small, x=x + side + 16, y=top, width=width, color="soft", most=1, leading=side)
    top += side + 16
    title = row.plain_title or row.title
    for em, small in _steps(sheet):
        titles = sheet.even(title, em, inner, bold=True, most=3)
        leading, line = round(em * 1.3), round(small * 1.5)
        most = int((bottom - top - leading * len(titles) - 12) // line)
        summary = sheet.even(row.summary, small, inner, most=min(most, 4)) if row.summary and most > 0 else ()
        if "".join(titles) == title and "".join(summary) == row.summary:
            break
    sheet.add(Text(x, top, inner, titles, em, leading, "red" if alarm else "ink", bold=True))
    top += leading * len(titles) + 12
    sheet.add(Text(x, top, inner, summary, small, line))
    sheet.showing(row.id, row.hash, row.channel)
    return top + line * len(summary)


def _steps(sheet: Sheet) -> tuple[tuple[float, float], ...]:
    """Sizes of a title and its summary, the largest first (rule 1)."""
    size = sheet.size
    large, least = round(size.title * 1.3), size.small
    return (large, size.head), (size.title, size.body), (size.head, size.body), (size.body, least)


def _others(sheet: Sheet, rows: tuple[Row, ...], x: float, top: float, inner: float, bottom: float) -> None:
    """What else is new, a line each: its title, and its day at the right."""
    size = sheet.size
    rows = rows[: max(0, int((bottom - top) // (size.body * 1.75)))]
    leading = min(size.body * 2.4, round((bottom - top) / max(1, len(rows))))
    for row in rows:
        sheet.add(Box(Rect(x, top, inner, 2), "line"))
        day = dates.day(sheet.words, row.dated, sheet.view.now)
        taken = sheet.measure.width(day, size.small) + 24
        title = row.plain_title or row.title
        sheet.text(title, size.body, x=x, y=top, width=inner - taken, most=1, leading=leading)
        sheet.text(day, size.small, x=x, y=top, width=inner, color="soft", align="right", most=1, leading=leading)
        sheet.showing(row.id, row.hash, row.channel)
        top += leading
