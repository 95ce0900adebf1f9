"""Nobody is here: a large clock, who waits for what, what is new, touch anywhere."""

from kiosk.flow import dates, sizes, surroundings
from kiosk.flow.actions import Wake
from kiosk.flow.board import moments
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.screens import idle_notice
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.view import Waiting


def draw(sheet: Sheet) -> None:
    """The idle screen; at night it is dark and still tells the time and the phone."""
    surroundings.begin(sheet)
    words, size = sheet.words, sheet.size
    rect = Rect(0, sizes.header, sizes.wide, sheet.bottom + 16 - sizes.header)
    surroundings.warnings(sheet)
    _clock(sheet)
    services = sheet.view.services
    if any(service.open for service in services):
        _waiting(sheet)
    elif services:
        _closed(sheet)
    key_high = size.key + 60
    key = Rect(sizes.left, sheet.bottom - key_high - 8, sizes.room, key_high)
    idle_notice.draw(sheet, Rect(sizes.left, sheet.y, sizes.room, key.y - 28 - sheet.y))
    sheet.add(Box(key, "blue", radius=radius))
    _begin(sheet, key, words("idle.touch"), words("idle.what"))
    sheet.touchable(rect, words("idle.touch"), Wake())
    surroundings.finish(sheet)


def _clock(sheet: Sheet) -> None:
    """The time, and beside it on two lines the day."""
    size, now = sheet.size, sheet.view.now
    clock, high = moments.clock(now), round(size.huge * 1.1)
    wide = sheet.measure.width(clock, size.huge, bold=True)
    sheet.text(clock, size.huge, y=sheet.y, width=wide + 8, bold=True, most=1, leading=high)
    day, _, weekday = dates.weekday(sheet.words, now).rpartition(" ")
    x = sizes.left + wide + 40
    room = sizes.left + sizes.room - x
    em = next((s for s in (size.title, size.head, size.body) if sheet.measure.width(day, s) <= room), size.small)
    leading = round(em * 1.3)
    y = sheet.y + (high - 2 * leading) / 2
    sheet.text(day, em, x=x, y=y, width=room, most=1, leading=leading)
    sheet.text(weekday, em, x=x, y=y + leading, width=room, color="soft", most=1, leading=leading)
    sheet.y += high + 8


def _waiting(sheet: Sheet) -> None:
    """How many wait for what, in two columns: worth knowing before one touches anything."""
    size, words, services = sheet.size, sheet.words, sheet.view.services
    gap, leading = 56.0, round(size.body * 1.75)
    said_of = {service.service: _said(sheet, service) for service in services}
    wide = (sizes.room - gap) / 2
    measure = sheet.measure
    longest = max(measure.width(s.name + "　" + said_of[s.service], size.body, bold=True) for s in services)
    columns = 2 if longest <= wide else 1
    wide = wide if columns == 2 else sizes.room
    known = any(service.waiting is not None for service in services)
    sheet.heading(words("idle.waiting" if known else "idle.open"))
    for n, service in enumerate(services):
        x, y = sizes.left + n % columns * (wide + gap), sheet.y + n // columns * leading
        said = said_of[service.service]
        color = "blue" if service.open and not service.waiting else "ink" if service.open else "soft"
        room = wide - sheet.measure.width(said, size.body, bold=True) - 16
        sheet.text(service.name, size.body, x=x, y=y, width=room, most=1, leading=leading)
        sheet.text(said, size.body, x=x, y=y, width=wide, color=color, bold=True, align="right", leading=leading)
    sheet.y += -(-len(services) // columns) * leading + 20


def _said(sheet: Sheet, service: Waiting) -> str:
    if not service.open:
        return sheet.words("ticket.service_closed")
    if service.waiting is None:
        return sheet.words("ticket.open")
    return sheet.words("idle.people", n=service.waiting) if service.waiting else sheet.words("ticket.free")


def _closed(sheet: Sheet) -> None:
    """That nobody serves now, and when somebody does: a line for each part of the hours."""
    size, site = sheet.size, sheet.view.site
    sheet.text(sheet.words("idle.closed"), size.head, bold=True, most=2)
    sheet.y += 8
    for part in site.hours.split("；") if site else ():
        sheet.text(part, size.body, color="soft", most=2)
    sheet.y += 24


def _begin(sheet: Sheet, key: Rect, label: str, note: str) -> None:
    size = sheet.size
    side, high = round(size.title * 1.2), size.head * 1.3 + size.small * 1.5
    wide = max(sheet.measure.width(label, size.head, bold=True), sheet.measure.width(note, size.small))
    x, top = key.x + (key.w - wide - side - 28) / 2, key.y + (key.h - high) / 2
    sheet.add(Icon(Rect(x, key.y + (key.h - side) / 2, side, side), "touch", "on_blue"))
    sheet.text(label, size.head, x=x + side + 28, y=top, width=wide + 4, color="on_blue", bold=True, most=1)
    sheet.text(note, size.small, x=x + side + 28, y=top + size.head * 1.3, width=wide + 4, color="on_blue", most=1)
