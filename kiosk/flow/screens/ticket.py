"""The number, larger than anything else; or that it is on its way, given back, or why there is none.

1. How many are ahead is said when it is known; between which minutes it will be, when the hall says so (estimates).
2. It can be given back here, by who took it and before anybody serves it; it is asked once more first. Where the hall
   says why it cannot be, nobody waits with it any more: that is said instead of how many are ahead.
3. What becomes of its paper is said (ticket_paper); another paper is one touch away. Where to wait: ticket_waiting.
4. Why the hall refuses is its own sentence, in Chinese; in another language it is said whose it is.
"""

from dataclasses import replace

from content_sync.domain.county import Window
from kiosk.flow import estimates, sizes, surroundings
from kiosk.flow.actions import Action, Back, Change, GiveBack, GoHome, Open, PrintAgain
from kiosk.flow.frame import Icon, Rect
from kiosk.flow.pages.hall import TicketOf
from kiosk.flow.pages.plain import Help
from kiosk.flow.screens import ticket_paper, ticket_waiting, way
from kiosk.flow.sheet import Sheet
from kiosk.flow.view import Ticket

_third, _side_most = 320.0, 3
_largest = 340.0


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
    sheet.text(_said(sheet, ticket), size.body, most=6)
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
    _largest_of_all(sheet, page, ticket)
    keys = _keys(sheet, page, ticket)
    is_tight = len(keys) == _side_most  # then the icons stand above the words
    side = (sizes.room + size.gap) / (_side_most + 1) if is_tight else _third
    beside = side * len(keys)
    done = Rect(sizes.left + beside, sheet.bottom - size.key - 16, sizes.room - beside, size.key + 16)
    if ticket.back == "no":
        why, large = words("ticket.back_no", why=_said(sheet, ticket)), size.head if _is_past(ticket) else size.body
        sheet.text(why, large, color="red", align="center", most=5)
        sheet.y += 12
    ticket_paper.told(sheet, ticket)
    if not _is_past(ticket):
        ticket_waiting.draw(sheet, page, ticket, done.y - 24)
    sheet.settle(done.y - 16, 0.5)
    em = size.body if is_tight else size.head
    sheet.key(done, words("ticket.done"), GoHome(), icon="check", look="filled", size=em, stacked=is_tight)
    for n, (label, action, icon) in enumerate(keys):
        sheet.key(
            Rect(sizes.left + n * side, done.y, side - size.gap, done.h), label, action, icon=icon, stacked=is_tight
        )


def _keys(sheet: Sheet, page: TicketOf, ticket: Ticket) -> list[tuple[str, Action, str]]:
    """What stands beside 知道了: rules 2 and 3, and where the number may be called to, on the map (B1.6).

    Nothing once nobody waits with it any more.
    """
    if _is_past(ticket):
        return []
    words, waits = sheet.words, not estimates.is_called(sheet.view, ticket)
    there = way.to(sheet.view.site, _called_to(sheet, page, ticket), waits=waits)
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
    if ticket.ahead >= 0 and not _is_past(ticket):
        estimates.draw(sheet, ticket)
    sheet.y += 24


def _said(sheet: Sheet, ticket: Ticket) -> str:
    """Rule 4."""
    return sheet.words("ticket.hall_says", why=ticket.reason) if ticket.reason else ""


def _is_past(ticket: Ticket) -> bool:
    """Whether the hall said of it that nobody waits with it any more (rule 2)."""
    return ticket.back == "no" and bool(ticket.reason)


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
