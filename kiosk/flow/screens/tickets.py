"""Taking a number: what for, then the number itself, larger than anything else.

1. Three touches at most, nothing asked about the person; who needs priority says so, and the window looks (QUE-01).
2. A service that takes no numbers now says so and where to ask; it cannot be pressed into nothing.
3. How many are ahead is said when it is known, and is never a promise of minutes.
"""

from dataclasses import replace

from content_sync.domain.county import Window
from kiosk.flow import links, lists, sizes, surroundings
from kiosk.flow.actions import Back, Change, GoHome, Open, TakeTicket
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.state import Help, Services, TicketOf
from kiosk.flow.view import Ticket, Waiting


def choose(sheet: Sheet, page: Services) -> None:
    """What it is about."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    services = sheet.view.services
    if not any(service.open for service in services):
        _closed(sheet)
        surroundings.finish(sheet)
        return
    sheet.title(words("ticket.title"), words("ticket.note"))
    sheet.reach()
    priority_top = sheet.bottom - size.key
    bottom, sheet.bottom = sheet.bottom, priority_top - 20
    hints = {s.id: s.hint for s in sheet.view.site.services} if sheet.view.site else {}
    if sheet.state.low:
        _grid(sheet, page, services)
    else:
        _rows(sheet, page, services, hints)
    sheet.bottom = bottom
    rect = Rect(sizes.left, priority_top, sizes.room, size.key)
    look = "chosen" if page.priority else "plain"
    changed = Change(replace(page, priority=not page.priority))
    sheet.key(rect, words("ticket.priority"), changed, look=look, note=words("ticket.priority_note"), icon="people")
    surroundings.finish(sheet)


def _rows(sheet: Sheet, page: Services, services: tuple[Waiting, ...], hints: dict[str, str]) -> None:
    gap, least = 14.0, sheet.size.key + 28
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
    side = round(size.head * 1.2)
    x = rect.x + 32 + side + 28
    room = rect.right - 32 - right - 24 - x
    name = next(
        (s for s in (size.head, size.body) if sheet.measure.width(service.name, s, bold=True) <= room), size.body
    )
    top = sheet.y + (high - name * 1.3 - size.small * 1.4) / 2
    sheet.add(
        Icon(Rect(rect.x + 32, sheet.y + (high - side) / 2, side, side), "ticket", "blue" if service.open else "rim")
    )
    color = "ink" if service.open else "soft"
    sheet.text(service.name, name, x=x, y=top, width=room, bold=True, color=color, most=1)
    sheet.text(hint, size.small, x=x, y=top + name * 1.3, width=room, color="soft", most=1, leading=size.small * 1.4)
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
        sheet.touchable(rect, service.name, TakeTicket(service.service, page.priority))


def _status(sheet: Sheet, service: Waiting) -> str:
    if not service.open:
        return sheet.words("ticket.service_closed")
    return sheet.words("ticket.waiting", n=service.waiting) if service.waiting else sheet.words("ticket.free")


def _grid(sheet: Sheet, page: Services, services: tuple[Waiting, ...]) -> None:
    """Low view: two columns, the first eight services."""
    gap = 12.0
    wide, high = (sizes.room - gap) / 2, sheet.size.key
    rows = max(1, int((sheet.left_over + gap) // (high + gap)))
    for n, service in enumerate([s for s in services if s.open][: 2 * rows]):
        rect = Rect(sizes.left + n % 2 * (wide + gap), sheet.y + n // 2 * (high + gap), wide, high)
        sheet.key(rect, service.name, TakeTicket(service.service, page.priority), note=_status(sheet, service))


def _closed(sheet: Sheet) -> None:
    """No numbers now: when to come, whom to ask (rule 2)."""
    words, size = sheet.words, sheet.size
    sheet.y += 40
    side = round(size.title * 2)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "clock", "rim"))
    sheet.y += side + 32
    sheet.title(words("ticket.closed"))
    if sheet.view.site and sheet.view.site.hours:
        sheet.text(words("ticket.hours", hours=sheet.view.site.hours), size.body, most=5)
        sheet.y += 16
    sheet.text(words("ticket.closed_advice"), size.body, color="soft", most=4)
    sheet.reach()
    sheet.to_bottom(size.key + size.gap)
    sheet.keys(
        [(words("footer.help"), Open(Help()), "help", "filled"), (words("gone.home"), GoHome(), "home", "plain")], 2
    )


def shown(sheet: Sheet, page: TicketOf) -> None:
    """The number, or that it is on its way, or why there is none."""
    surroundings.begin(sheet)
    ticket = sheet.view.ticket or Ticket("waiting")
    if ticket.state == "given":
        _number(sheet, page, ticket)
    elif ticket.state == "refused":
        _refused(sheet, ticket)
    else:
        sheet.y += 240
        sheet.text(sheet.words("ticket.asking"), sheet.size.title, bold=True, align="center")
        sheet.text(sheet.words("ticket.asking_note"), sheet.size.body, color="soft", align="center")
    surroundings.finish(sheet)


def _refused(sheet: Sheet, ticket: Ticket) -> None:
    words, size = sheet.words, sheet.size
    sheet.y += 60
    side = round(size.title * 2)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "ticket", "rim"))
    sheet.y += side + 32
    sheet.title(words("ticket.refused"))
    sheet.text(ticket.reason, size.body, most=6)
    sheet.y += 16
    sheet.text(words("ticket.refused_advice"), size.body, color="soft", most=4)
    sheet.reach()
    sheet.to_bottom(size.key + size.gap)
    sheet.keys(
        [(words("footer.help"), Open(Help()), "help", "filled"), (words("footer.back"), Back(), "back", "plain")], 2
    )


def _number(sheet: Sheet, page: TicketOf, ticket: Ticket) -> None:
    words, size, view = sheet.words, sheet.size, sheet.view
    service = next((s.name for s in view.services if s.service == page.service), "")
    link = links.ticket_link(ticket.ticket, view.county)
    sheet.y += 0 if sheet.state.low else 24
    sheet.text(words("ticket.yours", service=service), size.head, align="center", most=1)
    sheet.text(ticket.number, size.huge, bold=True, align="center", most=1, leading=size.huge * 1.15)
    if ticket.ahead >= 0:
        ahead = words("ticket.ahead", n=ticket.ahead) if ticket.ahead else words("ticket.next")
        sheet.text(ahead, size.title, bold=True, align="center", color="blue", most=1)
    sheet.y += 28
    _windows(sheet, page)
    if link and not sheet.state.low:
        _link(sheet, link)
    elif not sheet.state.low:
        sheet.text(words("ticket.remember"), size.body, align="center", most=3)
    done = Rect(sizes.left, sheet.bottom - size.key - 16, sizes.room, size.key + 16)
    sheet.key(done, words("ticket.done"), GoHome(), icon="check", look="filled", size=size.head)


def _windows(sheet: Sheet, page: TicketOf) -> None:
    """Which windows it may be, and where they are."""
    words, size, view = sheet.words, sheet.size, sheet.view
    windows: list[Window] = [w for w in view.site.windows if page.service in w.services] if view.site else []
    if not windows:
        return
    numbers = "、".join(str(window.number) for window in windows)
    places = "；".join(dict.fromkeys(window.place for window in windows))
    pad = 28.0
    inner = sizes.room - 2 * pad
    lines = sheet.broken(places, size.small, inner, most=2)
    high = 2 * 22 + size.head * 1.35 + len(lines) * sheet.leading(size.small) + size.small * 1.5
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, high), "card", "line", 3, radius))
    top = sheet.y + 22
    sheet.text(
        words("ticket.windows", numbers=numbers),
        size.head,
        x=sizes.left + pad,
        y=top,
        width=inner,
        bold=True,
        align="center",
        most=1,
    )
    top += size.head * 1.35
    sheet.text(places, size.small, x=sizes.left + pad, y=top, width=inner, color="soft", align="center", most=2)
    top += len(lines) * sheet.leading(size.small)
    sheet.text(
        words("ticket.wait"), size.small, x=sizes.left + pad, y=top, width=inner, color="soft", align="center", most=1
    )
    sheet.y += high + 28


def _link(sheet: Sheet, link: str) -> None:
    """The ticket's own page, for a phone (only where phones can reach it)."""
    side = 328.0
    room = sheet.bottom - sheet.size.key - 40 - sheet.y
    if room < side:
        return
    sheet.code(link, side, x=sizes.left, y=sheet.y)
    x = sizes.left + side + 36
    sheet.text(
        sheet.words("ticket.scan"), sheet.size.body, x=x, y=sheet.y + 40, width=sizes.left + sizes.room - x, most=5
    )
