"""How long a ticket will wait: the program asks the hall as soon as the number is on the glass (B1.6).

1. It is asked once, and only for a ticket of the hall's own line: of a number from a block nobody knows who is ahead.
2. The answer says how many are ahead now, between which minutes it will be, and how that was computed; or that the
   number is called already. No answer says nothing; nobody waits for it.
"""

from kiosk.flow.pages.hall import TicketOf
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import State
from kiosk.flow.view import Position, Ticket, View


def to_ask(state: State, view: View) -> str:
    """The number to ask about, or an empty string (rule 1)."""
    ticket = view.ticket
    if ticket is None or not isinstance(state.page, TicketOf) or state.asked or ticket.back:
        return ""
    return ticket.number if ticket.state == "given" and ticket.ahead > 0 else ""


def answer(view: View, ticket: Ticket) -> Position | None:
    """What the hall answered of this ticket while it waits or is called."""
    told = view.position
    is_its = told is not None and told.number == ticket.number and told.state == "answered"
    return told if is_its and told and told.stands in ("waiting", "called") else None


def is_called(view: View, ticket: Ticket) -> bool:
    """Whether a window waits for it already."""
    told = answer(view, ticket)
    return told is not None and told.stands == "called"


def basis(sheet: Sheet, told: Position) -> str:
    """How the minutes were computed: in the hall's own words, or that it is an estimate for who does not read them."""
    return sheet.words("mine.basis") if sheet.state.language == "en" or not told.basis else told.basis


def draw(sheet: Sheet, ticket: Ticket) -> None:
    """How many are ahead, and rule 2, below the number."""
    words, size, told = sheet.words, sheet.size, answer(sheet.view, ticket)
    if told and is_called(sheet.view, ticket):
        sheet.text(words("mine.called"), size.head, bold=True, align="center", most=1)
        sheet.text(words("mine.window", n=told.window), size.title, bold=True, align="center", color="blue", most=1)
        return
    ahead = told.ahead if told else ticket.ahead
    said = words("ticket.ahead", n=ahead) if ahead else words("ticket.next")
    sheet.text(said, size.title, bold=True, align="center", color="blue", most=1)
    if told and told.low >= 0:
        sheet.text(words("mine.minutes", low=told.low, high=told.high), size.head, align="center", most=1)
        sheet.text(basis(sheet, told), size.small, color="soft", align="center", most=3)
