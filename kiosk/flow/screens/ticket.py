"""The number, larger than anything else; or that it is on its way, or why there is none.

1. How many are ahead is said when it is known, and is never a promise of minutes.
2. The ticket's own page is offered to phones only where phones can reach it (QUE-02).
"""

from content_sync.domain.county import Window
from kiosk.flow import links, sizes, surroundings
from kiosk.flow.actions import Back, GoHome, Open
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.state import Help, TicketOf
from kiosk.flow.view import Ticket


def draw(sheet: Sheet, page: TicketOf) -> None:
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
