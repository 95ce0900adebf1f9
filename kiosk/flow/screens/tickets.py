"""Taking a number: what for.

1. Three touches at most, nothing asked about the person; who goes first says why, and the window looks (QUE-01).
2. A service that takes no numbers now says so and where to ask; it cannot be pressed into nothing.
"""

from dataclasses import replace

from content_sync.domain.hall.claims import claims
from kiosk.flow import dates, lists, sizes, surroundings
from kiosk.flow.actions import Change, GoHome, Open, TakeTicket
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.pages.hall import MyNumber, Services
from kiosk.flow.pages.plain import Help
from kiosk.flow.service_icons import picture
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.view import Waiting


def draw(sheet: Sheet, page: Services) -> None:
    """What it is about."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    services = sheet.view.services
    if not any(service.open for service in services):
        _closed(sheet)
        surroundings.finish(sheet)
        return
    if page.choosing:
        _claims(sheet)
        surroundings.finish(sheet)
        return
    sheet.title(words("ticket.title"), words("ticket.note"), "home.ticket")
    sheet.reach()
    priority_top = sheet.bottom - size.key
    bottom, sheet.bottom = sheet.bottom, priority_top - 20
    hints = {s.id: s.hint for s in sheet.view.site.services} if sheet.view.site else {}
    if sheet.state.low:
        _grid(sheet, page, services)
    else:
        _rows(sheet, page, services, hints)
    sheet.bottom = bottom
    _beside(sheet, page, priority_top)
    surroundings.finish(sheet)


def _beside(sheet: Sheet, page: Services, top: float) -> None:
    """Below the services: going first, and the number one has already."""
    words, size, gap = sheet.words, sheet.size, 16.0
    wide = (sizes.room - gap) / 2
    first, second = (Rect(sizes.left + n * (wide + gap), top, wide, size.key) for n in range(2))
    claimed = words(f"claim.{page.claim}") if page.claim else ""
    changed = Change(Services() if claimed else replace(page, choosing=True))
    look, why = ("chosen", claimed) if claimed else ("plain", words("ticket.priority_note"))
    notes = [why, words("mine.note_short")]
    if any(sheet.measure.width(note, size.small) > wide - 3 * size.body for note in notes):  # large type: names alone
        notes = ["", ""]
    sheet.key(first, words("ticket.priority"), changed, look=look, note=notes[0], icon="people")
    sheet.key(second, words("mine.title_short"), Open(MyNumber()), note=notes[1], icon="ticket")


def _claims(sheet: Sheet) -> None:
    """Which reason it is: it is shown to nobody but the window (rule 1)."""
    words, size, gap = sheet.words, sheet.size, 16.0
    sheet.title(words("claim.title"), words("claim.note"))
    sheet.reach()
    rows = -(-len(claims) // 2) if sheet.state.low else len(claims)
    least = sheet.bottom - size.key - gap
    high = min(size.key + 60, (least - sheet.y) / rows - gap)
    wide = (sizes.room - gap) / 2 if sheet.state.low else sizes.room
    columns = 2 if sheet.state.low else 1
    for n, claim in enumerate(claims):
        x, y = sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (high + gap)
        sheet.key(
            Rect(x, y, wide, high), words(f"claim.{claim}"), Change(Services(claim)), icon="people", size=size.head
        )
    sheet.y += rows * (high + gap)
    sheet.key(Rect(sizes.left, sheet.y, sizes.room, size.key), words("claim.none"), Change(Services()), icon="back")


def _rows(sheet: Sheet, page: Services, services: tuple[Waiting, ...], hints: dict[str, str]) -> None:
    gap, least = 14.0, sheet.size.key + 28
    if len(services) * (least + gap) - gap > sheet.left_over:  # names alone rather than a second page
        least, hints = sheet.size.key, {}
    high = min(least + 40, max(least, (sheet.left_over - gap * (len(services) - 1)) / len(services)))
    per_page = max(1, int((sheet.left_over + gap) // (high + gap)))
    pages = lists.split([high] * len(services), sheet.left_over, gap)
    if len(pages) > 1:
        per_page = max(1, int((sheet.left_over - sheet.size.key) // (high + gap)))
    number = min(page.number, (len(services) - 1) // per_page)
    for service in services[number * per_page : (number + 1) * per_page]:
        _row(sheet, page, service, hints.get(service.service, ""), high)
        sheet.y += high + gap
    if len(pages) > 1:
        sheet.y = sheet.bottom - sheet.size.key
        lists.turner(sheet, number, -(-len(services) // per_page), lambda n: replace(page, number=n))


def _row(sheet: Sheet, page: Services, service: Waiting, hint: str, high: float) -> None:
    size = sheet.size
    rect = Rect(sizes.left, sheet.y, sizes.room, high)
    sheet.add(Box(rect, "card" if service.open else "paper", "rim" if service.open else "line", rim, radius))
    status = _status(sheet, service)
    right = sheet.measure.width(status, size.body, bold=True) + 8
    side, icon = round(size.head * 1.5), picture(service.name, sheet.words, "ticket")
    x = rect.x + 32 + side + 28
    room = rect.right - 32 - right - 24 - x
    name = next(
        (s for s in (size.head, size.body) if sheet.measure.width(service.name, s, bold=True) <= room), size.body
    )
    while sheet.measure.width(hint, size.small) > room and "、" in hint:
        hint = hint.rpartition("、")[0]
    top = sheet.y + (high - name * 1.3 - (size.small * 1.4 if hint else 0)) / 2
    sheet.add(Icon(Rect(rect.x + 32, sheet.y + (high - side) / 2, side, side), icon, "blue" if service.open else "rim"))
    color = "ink" if service.open else "soft"
    sheet.text(service.name, name, x=x, y=top, width=room, bold=True, color=color, most=1)
    if hint:
        y, leading = top + name * 1.3, size.small * 1.4
        sheet.text(hint, size.small, x=x, y=y, width=room, color="soft", most=1, leading=leading)
    tone = "blue" if service.open else "soft"
    sheet.text(
        status,
        size.body,
        x=rect.right - 32 - right,
        y=sheet.y,
        width=right,
        bold=True,
        color=tone,
        align="right",
        most=1,
        leading=high,
    )
    if service.open:
        sheet.touchable(rect, service.name, TakeTicket(service.service, page.claim))


def _status(sheet: Sheet, service: Waiting) -> str:
    if not service.open:
        return sheet.words("ticket.service_closed")
    if service.waiting is None:
        return sheet.words("ticket.open")
    return sheet.words("ticket.waiting", n=service.waiting) if service.waiting else sheet.words("ticket.free")


def _grid(sheet: Sheet, page: Services, services: tuple[Waiting, ...]) -> None:
    """Low view: two columns, the first eight services."""
    gap = 12.0
    wide, least = (sizes.room - gap) / 2, sheet.size.key
    rows = max(1, int((sheet.left_over + gap) // (least + gap)))
    high = sheet.tall(min(rows, -(-len(services) // 2)), 1, sheet.bottom)
    for n, service in enumerate([s for s in services if s.open][: 2 * rows]):
        rect = Rect(sizes.left + n % 2 * (wide + gap), sheet.y + n // 2 * (high + gap), wide, high)
        sheet.key(
            rect,
            service.name,
            TakeTicket(service.service, page.claim),
            note=_status(sheet, service),
            icon=picture(service.name, sheet.words, "ticket"),
        )


def _closed(sheet: Sheet) -> None:
    """No numbers now: when to come, whom to ask (rule 2)."""
    words, size = sheet.words, sheet.size
    side = round(size.title * 2)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "clock", "rim"))
    sheet.y += side + 32
    sheet.title(words("ticket.closed"))
    if off := sheet.view.day_off:
        sheet.text(dates.holiday(words, off, sheet.view.now), size.head, bold=True, most=5)
        sheet.y += 16
    elif why := next((service.why for service in sheet.view.services if service.why), ""):
        sheet.text(why, size.head, bold=True, most=4)
        sheet.y += 16
    if sheet.view.site and sheet.view.site.hours:
        sheet.text(words("ticket.hours", hours=sheet.view.site.hours.replace("；", "\n")), size.body, most=5)
        sheet.y += 16
    sheet.text(words("ticket.closed_advice"), size.body, color="soft", most=4)
    sheet.settle(sheet.bottom - size.key)
    sheet.to_bottom(size.key + size.gap)
    sheet.keys(
        [(words("footer.help"), Open(Help()), "help", "filled"), (words("gone.home"), GoHome(), "home", "plain")], 2
    )
