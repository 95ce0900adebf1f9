"""How long a ticket will wait: the program asks the hall as soon as the number is on the glass (B1.6).

1. It is asked once, and only for a ticket of the hall's own line: of a number from a block nobody knows who is ahead.
2. The answer says between which minutes, and how they were computed. No answer says nothing; nobody waits for it.
"""

from kiosk.flow.pages.hall import TicketOf
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import State
from kiosk.flow.view import Ticket, View


def to_ask(state: State, view: View) -> str:
    """The number to ask about, or an empty string (rule 1)."""
    ticket = view.ticket
    if ticket is None or not isinstance(state.page, TicketOf) or state.asked or ticket.back:
        return ""
    return ticket.number if ticket.state == "given" and ticket.ahead > 0 else ""


def draw(sheet: Sheet, ticket: Ticket) -> None:
    """Rule 2, below the number."""
    told = sheet.view.position
    if told is None or told.number != ticket.number or told.low < 0:
        return
    words, size = sheet.words, sheet.size
    sheet.text(words("mine.minutes", low=told.low, high=told.high), size.head, align="center", most=1)
    if not sheet.state.elder:
        sheet.text(told.basis, size.small, color="soft", align="center", most=2)
