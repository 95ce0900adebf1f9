"""Where to wait with a number, and how to know that it is called: windows, what to bring, a phone's page.

1. Which windows it may be and where each of them is, unless it is called already.
2. Taken from a guide whose case is known, it says once more what to bring, where there is room for all of it.
3. The ticket's own page is offered to phones only where phones can reach it (QUE-02).
"""

from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.which import case_of, following
from kiosk.flow import estimates, links, sizes
from kiosk.flow.frame import Box, Rect, Text
from kiosk.flow.pages.hall import TicketOf
from kiosk.flow.screens import ticket_paper
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.view import Ticket

_places_most, _code_most, _code_least = 3, 440.0, 328.0


def draw(sheet: Sheet, page: TicketOf, ticket: Ticket, bottom: float) -> None:
    """From the cursor down to `bottom`."""
    link = links.ticket_link(ticket.ticket, sheet.view.county)
    if not estimates.is_called(sheet.view, ticket):
        _windows(sheet, page, bottom - (_code_least if link else 0))
    if link:
        _link(sheet, link, bottom)
    elif not ticket_paper.says_to_remember(sheet, ticket):
        sheet.text(sheet.words("ticket.remember"), sheet.size.body, align="center", most=3)


def _windows(sheet: Sheet, page: TicketOf, bottom: float) -> None:
    """Which windows it may be, and where each of them is; what to bring there."""
    site = sheet.view.site
    places: dict[str, list[str]] = {}
    for window in site.windows if site else ():
        if page.service in window.services:
            places.setdefault(window.place, []).append(str(window.number))
    if places:
        _places(sheet, places)
    _bring(sheet, page, bottom)


def _places(sheet: Sheet, places: dict[str, list[str]]) -> None:
    size = sheet.size
    if len(places) > _places_most:
        places = {"": [number for numbers in places.values() for number in numbers]}
    pad, x, inner = 24.0, sizes.left + 36.0, sizes.room - 72.0
    head, row = sheet.leading(size.body), size.head * 1.35
    rows = [
        (sheet.words("ticket.window", numbers=sheet.words("guide.and").join(numbers)), place)
        for place, numbers in places.items()
    ]
    tall = [row + (0 if _beside(sheet, name, place, inner) else sheet.leading(size.small)) for name, place in rows]
    high = 2 * pad + head + sum(tall)
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, high), "card", "line", 3, radius))
    top = sheet.y + pad
    sheet.text(sheet.words("ticket.listen"), size.body, x=x, y=top, width=inner, color="soft", most=1, leading=head)
    top += head
    for (name, place), taken in zip(rows, tall, strict=True):
        sheet.text(name, size.head, x=x, y=top, width=inner, bold=True, most=1, leading=row)
        if taken > row:
            sheet.text(place, size.small, x=x, y=top + row, width=inner, color="soft", most=1)
        else:
            sheet.text(place, size.body, x=x, y=top, width=inner, align="right", most=1, leading=row)
        top += taken
    sheet.y += high + 24


def _bring(sheet: Sheet, page: TicketOf, bottom: float) -> None:
    """Rule 2."""
    if sheet.view.item is None or not isinstance(sheet.view.item[0].body, Guide):
        return
    (item, body), size = sheet.view.item, sheet.size
    guide = sheet.view.item[0].body
    if following(guide, page.answers):
        return
    names = sheet.words("guide.between").join(one.name for one in case_of(guide, page.answers).materials)
    text = sheet.words("ticket.bring", names=names) if names else sheet.words("guide.bring_nothing")
    if sheet.y + sheet.leading(size.body) * len(sheet.broken(text, size.body, sizes.room)) + 16 <= bottom:
        sheet.showing(item.id, body, item.channel)
        sheet.text(text, size.body, align="center")
        sheet.y += 16


def _beside(sheet: Sheet, name: str, place: str, inner: float) -> bool:
    taken = sheet.measure.width(name, sheet.size.head, bold=True) + sheet.measure.width(place, sheet.size.body)
    return taken + 32 <= inner


def _link(sheet: Sheet, link: str, bottom: float) -> None:
    """Rule 3."""
    side = min(_code_most, bottom - sheet.y)
    if side < _code_least:
        return
    sheet.code(link, side, x=sizes.left, y=sheet.y)
    x = sizes.left + side + 36
    width = sizes.left + sizes.room - x
    lines = sheet.even(sheet.words("ticket.scan"), sheet.size.body, width, most=6)
    leading = sheet.leading(sheet.size.body)
    y = sheet.y + (side - leading * len(lines)) / 2
    sheet.add(Text(x, y, width, lines, sheet.size.body, leading))
    sheet.y += side
