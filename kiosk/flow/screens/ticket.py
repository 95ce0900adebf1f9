"""The number, larger than anything else; or that it is on its way, given back, or why there is none.

1. How many are ahead is said when it is known; between which minutes it will be, when the hall says so (estimates).
2. It can be given back here, by who took it and before anybody serves it; it is asked once more first.
3. The ticket's own page is offered to phones only where phones can reach it (QUE-02).
4. What becomes of its paper is said (ticket_paper); another paper is one touch away.
5. Taken from a guide whose case is known, it says once more what to bring, where there is room for all of it.
"""

from dataclasses import replace

from content_sync.domain.county import Window
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.which import case_of, following
from kiosk.flow import estimates, links, sizes, surroundings
from kiosk.flow.actions import Action, Back, Change, GiveBack, GoHome, Open, PrintAgain
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.pages.hall import TicketOf
from kiosk.flow.pages.plain import Help
from kiosk.flow.screens import ticket_paper, way
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.view import Ticket

_third, _side_most = 320.0, 3
_largest, _places_most, _code_most, _code_least = 340.0, 3, 440.0, 328.0


def draw(sheet: Sheet, page: TicketOf) -> None:
    """The number, or that it is on its way, given back, or why there is none."""
    surroundings.begin(sheet)
    ticket = sheet.view.ticket or Ticket("waiting")
    if ticket.state == "given" and (page.returning or ticket.back in {"waiting", "done"}):
        _returning(sheet, page, ticket)
    elif ticket.state == "given":
        _number(sheet, replace(page, service=page.service or _of_letter(sheet, ticket.number)), ticket)
    elif ticket.state == "refused":
        _refused(sheet, ticket)
    else:
        sheet.text(sheet.words("ticket.asking"), sheet.size.title, bold=True, align="center")
        sheet.text(sheet.words("ticket.asking_note"), sheet.size.body, color="soft", align="center")
        sheet.settle(sheet.bottom)
    surroundings.finish(sheet)


def _refused(sheet: Sheet, ticket: Ticket) -> None:
    words, size = sheet.words, sheet.size
    side = round(size.title * 2)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "ticket", "rim"))
    sheet.y += side + 32
    sheet.title(words("ticket.refused"))
    sheet.text(ticket.reason, size.body, most=6)
    sheet.y += 16
    site = sheet.view.site
    desk = site.help_desk if site and site.help_desk else words("help.anywhere")
    sheet.text(words("ticket.refused_advice", desk=desk), size.body, color="soft", most=4)
    sheet.settle(sheet.bottom - size.key)
    sheet.to_bottom(size.key + size.gap)
    sheet.keys(
        [(words("footer.help"), Open(Help()), "help", "filled"), (words("footer.back"), Back(), "back", "plain")], 2
    )


def _number(sheet: Sheet, page: TicketOf, ticket: Ticket) -> None:
    words, size = sheet.words, sheet.size
    link = links.ticket_link(ticket.ticket, sheet.view.county)
    _largest_of_all(sheet, page, ticket)
    keys = _keys(sheet, page, ticket)
    is_tight = len(keys) == _side_most  # then the icons stand above the words
    side = (sizes.room + size.gap) / (_side_most + 1) if is_tight else _third
    beside = side * len(keys)
    done = Rect(sizes.left + beside, sheet.bottom - size.key - 16, sizes.room - beside, size.key + 16)
    if ticket.back == "no":
        sheet.text(words("ticket.back_no", why=ticket.reason), size.body, color="red", align="center", most=2)
        sheet.y += 12
    ticket_paper.told(sheet, ticket)
    if not estimates.is_called(sheet.view, ticket):
        _windows(sheet, page, done.y - 24 - (_code_least if link else 0))
    if link:
        _link(sheet, link, done.y - 24)
    elif not ticket_paper.says_to_remember(sheet, ticket):
        sheet.text(words("ticket.remember"), size.body, align="center", most=3)
    sheet.settle(done.y - 16, 0.5)
    em = size.body if is_tight else size.head
    sheet.key(done, words("ticket.done"), GoHome(), icon="check", look="filled", size=em, stacked=is_tight)
    for n, (label, action, icon) in enumerate(keys):
        sheet.key(
            Rect(sizes.left + n * side, done.y, side - size.gap, done.h), label, action, icon=icon, stacked=is_tight
        )


def _keys(sheet: Sheet, page: TicketOf, ticket: Ticket) -> list[tuple[str, Action, str]]:
    """What stands beside 知道了: rules 2 and 4, and where the number may be called to, on the map (B1.6)."""
    words, there = sheet.words, way.to(sheet.view.site, _called_to(sheet, page, ticket))
    keys: list[tuple[str, Action, str]] = []
    if not ticket.back:
        keys.append((words("ticket.give_back"), Change(replace(page, returning=True)), "erase"))
    if ticket.again:
        keys.append((words("paper.again"), PrintAgain(), "ticket"))
    if there:
        keys.append((words("guide.way"), Open(there), "pin"))
    return keys


def _called_to(sheet: Sheet, page: TicketOf, ticket: Ticket) -> list[Window]:
    """The window that calls it already, else those of its service."""
    site, told = sheet.view.site, estimates.answer(sheet.view, ticket)
    windows = site.windows if site else ()
    if told and told.stands == "called":
        return [one for one in windows if one.number == told.window]
    return [one for one in windows if page.service in one.services]


def _largest_of_all(sheet: Sheet, page: TicketOf, ticket: Ticket) -> None:
    """The number, and how long it will wait (rule 1)."""
    words, size = sheet.words, sheet.size
    service = next((s.name for s in sheet.view.services if s.service == page.service), "")
    sheet.text(words("ticket.yours", service=service), size.head, align="center", most=1)
    whole = sheet.measure.width(ticket.number, _largest, bold=True)
    largest = size.huge if sheet.state.elder else min(_largest, _largest * sizes.room / whole)
    sheet.text(ticket.number, largest, bold=True, align="center", most=1, leading=largest * 1.1)
    if ticket.ahead >= 0:
        estimates.draw(sheet, ticket)
    sheet.y += 24


def _of_letter(sheet: Sheet, number: str) -> str:
    """The service of a booked ticket."""
    services = sheet.view.site.services if sheet.view.site else ()
    return next((one.id for one in services if number.startswith(one.letter)), "")


def _returning(sheet: Sheet, page: TicketOf, ticket: Ticket) -> None:
    """Rule 2."""
    words, size = sheet.words, sheet.size
    if ticket.back == "done":
        sheet.text(words("ticket.back_done", number=ticket.number), size.title, bold=True, align="center", most=2)
        sheet.text(words("ticket.back_done_note"), size.body, color="soft", align="center", most=3)
        keys: list[tuple[str, Action, str, str]] = [(words("gone.home"), GoHome(), "home", "filled")]
    elif ticket.back == "waiting":
        sheet.text(words("ticket.back_asking", number=ticket.number), size.title, bold=True, align="center", most=2)
        sheet.settle(sheet.bottom)
        return
    else:
        sheet.text(words("ticket.back_sure", number=ticket.number), size.title, bold=True, align="center", most=2)
        sheet.text(words("ticket.back_note"), size.body, color="soft", align="center", most=4)
        keys = [
            (words("ticket.back_keep"), Change(replace(page, returning=False)), "ticket", "filled"),
            (words("ticket.back_go"), GiveBack(), "erase", "plain"),
        ]
    sheet.settle(sheet.bottom - len(keys) * (size.key + size.gap))
    sheet.to_bottom(len(keys) * (size.key + size.gap))
    sheet.keys(keys, 1)


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
    """Rule 5."""
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
    """The ticket's own page, for a phone (only where phones can reach it)."""
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
