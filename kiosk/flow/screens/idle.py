"""Nobody is here: a large clock, who waits for what, the film of current notices, touch anywhere.

1. An emergency takes the room of everything but the clock, which gives way to it.
2. With nothing to show, before any content, in the hall's quiet hours or while its screens are blanked, the screen says
   what can be done here.
3. 点一下屏幕 always stands there; the film's page opens what it shows, any other place the first page.
4. On a panel that lies the film is no higher than a column holds beside its key.
"""

from kiosk.flow import dates, film, sizes, surroundings
from kiosk.flow.actions import Wake
from kiosk.flow.board import moments
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.screens import ways
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.view import View, Waiting

_apart, _lying_most = 24.0, 600.0


def draw(sheet: Sheet) -> None:
    """The idle screen; at night it is dark and still tells the time and the phone."""
    room = head(sheet)
    words = sheet.words
    key = Rect(sizes.left, room.bottom + _apart, sizes.room, _key_high(sheet))
    above = Rect(0, sizes.header, sizes.wide, room.y - 12 - sizes.header)
    sheet.touchable(above, words("idle.what"), Wake())
    if sheet.view.film and not sheet.view.blanked:
        film.draw(sheet, sheet.view.film, room)
    else:
        ways.draw(sheet, room)
    sheet.add(Box(key, "blue", radius=radius))
    _begin(sheet, key, words("idle.touch"), words("idle.what"))
    below = Rect(0, key.y, sizes.wide, sheet.bottom + 4 - key.y)
    sheet.touchable(below, words("idle.touch"), Wake())
    surroundings.finish(sheet)


def head(sheet: Sheet) -> Rect:
    """Everything above the film; the room that is left for it."""
    surroundings.begin(sheet)
    surroundings.warnings(sheet)
    alarm = is_alarm(sheet.view)
    _clock(sheet, 0.5 if alarm else 0.85)
    services = sheet.view.services
    if not alarm and any(service.open for service in services):
        (_waiting if any(service.waiting is not None for service in services) else _open)(sheet)
    elif not alarm and services:
        _closed(sheet)
    high = sheet.bottom - 8 - _key_high(sheet) - _apart - sheet.y
    return Rect(sizes.left, sheet.y, sizes.room, min(high, _lying_most) if sheet.view.lies else high)  # rule 4


def is_alarm(view: View) -> bool:
    """Whether an emergency is due (rule 1)."""
    return not view.blanked and "emergency" in view.shelf.by("kind")


def _key_high(sheet: Sheet) -> float:
    return round(sheet.size.key + 36)


def _clock(sheet: Sheet, share: float) -> None:
    """The time, and beside it on two lines the day."""
    size, now = sheet.size, sheet.view.now
    huge = round(size.huge * share)
    clock, high = moments.clock(now), round(huge * 1.1)
    wide = sheet.measure.width(clock, huge, bold=True)
    sheet.text(clock, huge, y=sheet.y, width=wide + 8, bold=True, most=1, leading=high)
    day, weekday = dates.day(sheet.words, now.date().isoformat(), now), sheet.words(f"weekday.{now.isoweekday()}")
    x = sizes.left + wide + 40
    room = sizes.left + sizes.room - x
    ems = (size.title, size.head, size.body)
    em = next((s for s in ems if sheet.measure.width(day, s) <= room and 2.6 * s <= high), size.small)
    leading = round(em * 1.3)
    y = sheet.y + (high - 2 * leading) / 2
    sheet.text(day, em, x=x, y=y, width=room, most=1, leading=leading)
    sheet.text(weekday, em, x=x, y=y + leading, width=room, color="soft", most=1, leading=leading)
    sheet.y += high + 8


def _waiting(sheet: Sheet) -> None:
    """How many wait for what, in two columns: worth knowing before one touches anything."""
    size, words, services = sheet.size, sheet.words, sheet.view.services
    gap, leading = 56.0, round(size.body * 1.6)
    said_of = {service.service: _said(sheet, service) for service in services}
    wide = (sizes.room - gap) / 2
    measure = sheet.measure
    longest = max(measure.width(s.name + "　" + said_of[s.service], size.body, bold=True) for s in services)
    columns = 2 if longest <= wide else 1
    wide = wide if columns == 2 else sizes.room
    sheet.heading(words("idle.waiting"))
    for n, service in enumerate(services):
        x, y = sizes.left + n % columns * (wide + gap), sheet.y + n // columns * leading
        said = said_of[service.service]
        color = "blue" if service.open and not service.waiting else "ink" if service.open else "soft"
        room = wide - sheet.measure.width(said, size.body, bold=True) - 16
        sheet.text(service.name, size.body, x=x, y=y, width=room, most=1, leading=leading)
        sheet.text(said, size.body, x=x, y=y, width=wide, color=color, bold=True, align="right", leading=leading)
    sheet.y += -(-len(services) // columns) * leading + 20


def _open(sheet: Sheet) -> None:
    """What one can take a ticket for, while nobody says how many wait: in as many columns as the names allow."""
    size, gap = sheet.size, 32.0
    names = [service.name for service in sheet.view.services if service.open]
    widest = max(sheet.measure.width(name, size.body) for name in names)
    columns = max(1, min(3, int((sizes.room + gap) // (widest + gap))))
    wide, leading = (sizes.room + gap) / columns - gap, round(size.body * 1.6)
    sheet.heading(sheet.words("idle.open"))
    for n, name in enumerate(names):
        x, y = sizes.left + n % columns * (wide + gap), sheet.y + n // columns * leading
        sheet.text(name, size.body, x=x, y=y, width=wide, most=1, leading=leading)
    sheet.y += -(-len(names) // columns) * leading + 20


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
    if off := sheet.view.day_off:
        sheet.text(dates.holiday(sheet.words, off, sheet.view.now), size.body, most=3)
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
