"""Nobody is here: a large clock, one current notice at a time, touch anywhere."""

from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Wake
from kiosk.flow.board import moments
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.lists import kind_icons, said
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.view import Row, View

notice_seconds = 12
_kinds = ("emergency", "notice", "document", "answer", "ledger")


def draw(sheet: Sheet) -> None:
    """The idle screen; at night it is dark and still tells the time and the phone."""
    surroundings.begin(sheet)
    view, words, size = sheet.view, sheet.words, sheet.size
    rect = Rect(0, sizes.header, sizes.wide, sheet.bottom + 16 - sizes.header)
    surroundings.warnings(sheet)
    sheet.y += 36
    sheet.text(moments.clock(view.now), size.huge, bold=True, align="center", leading=size.huge * 1.05)
    sheet.text(moments.weekday(view.now), size.head, color="soft", align="center")
    if view.services and not any(service.open for service in view.services):
        sheet.y += 12
        sheet.text(words("idle.closed"), size.body, bold=True, align="center")
        if view.site and view.site.hours:
            sheet.text(view.site.hours, size.small, color="soft", align="center", most=3)
    key_high = size.key + 60
    key = Rect(sizes.left, sheet.bottom - key_high - 16, sizes.room, key_high)
    chosen = current(view)
    if chosen:
        notice(sheet, chosen, sheet.y + 32, key.y - 36)
    sheet.add(Box(key, "blue", radius=radius))
    _begin(sheet, key, words("idle.touch"), words("idle.what"))
    sheet.touchable(rect, words("idle.touch"), Wake())
    surroundings.finish(sheet)


def _begin(sheet: Sheet, key: Rect, label: str, note: str) -> None:
    size = sheet.size
    side, high = round(size.title * 1.2), size.head * 1.3 + size.small * 1.5
    wide = max(sheet.measure.width(label, size.head, bold=True), sheet.measure.width(note, size.small))
    x, top = key.x + (key.w - wide - side - 28) / 2, key.y + (key.h - high) / 2
    sheet.add(Icon(Rect(x, key.y + (key.h - side) / 2, side, side), "touch", "white"))
    sheet.text(label, size.head, x=x + side + 28, y=top, width=wide + 4, color="white", bold=True, most=1)
    sheet.text(note, size.small, x=x + side + 28, y=top + size.head * 1.3, width=wide + 4, color="white", most=1)


def current(view: View) -> Row | None:
    """Emergencies and what is newest, one after the other."""
    fresh = sorted((row for row in view.rows if row.kind in _kinds), key=lambda row: row.kind != "emergency")[:6]
    turn = int(view.now.timestamp()) // notice_seconds
    return fresh[turn % len(fresh)] if fresh else None


def notice(sheet: Sheet, row: Row, highest: float, bottom: float) -> None:
    """A card just as high as its words, above the key."""
    size = sheet.size
    alarm = row.kind == "emergency"
    x, inner, side = sizes.left + 40.0, sizes.room - 80.0, round(size.body * 1.2)
    title = row.plain_title or row.title
    titles = sheet.broken(title, size.title, inner, bold=True, most=3)
    head = 36 + side + 20 + len(titles) * sheet.leading(size.title)
    most = max(0, int((bottom - highest - head - 16 - 36) // sheet.leading(size.body)))
    summary = sheet.broken(row.summary, size.body, inner, most=min(most, 5)) if row.summary and most else ()
    top = bottom - head - 36 - (16 + len(summary) * sheet.leading(size.body) if summary else 0)
    sheet.add(
        Box(
            Rect(sizes.left, top, sizes.room, bottom - top),
            "card",
            "red" if alarm else "line",
            4 if alarm else 3,
            radius,
        )
    )
    top += 36
    sheet.add(Icon(Rect(x, top, side, side), kind_icons.get(row.kind, "notice"), "red" if alarm else "blue"))
    sheet.text(
        said(sheet, row),
        size.small,
        x=x + side + 16,
        y=top,
        width=inner - side - 16,
        color="soft",
        most=1,
        leading=side,
    )
    top += side + 20
    top += sheet.text(title, size.title, x=x, y=top, width=inner, bold=True, most=3, color="red" if alarm else "ink")
    if summary:
        sheet.text(row.summary, size.body, x=x, y=top + 16, width=inner, most=len(summary))
    sheet.showing(row.id, row.hash, row.channel)
