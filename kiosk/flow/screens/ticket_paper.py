"""What the screen says of a ticket's paper.

1. Where nothing prints, nothing is said of paper.
2. A paper that does not come is no lost ticket: the number is there, and that is said in the same sentence.
3. Another one is offered while the printer prints.
"""

from kiosk.flow.sheet import Sheet
from kiosk.flow.view import Ticket

_coming = frozenset({"queued", "printing", "wanted"})
_able = frozenset({"ready", "low"})


def says_to_remember(sheet: Sheet, ticket: Ticket) -> bool:
    """Whether `told` says already what to do without paper (rule 2), or the paper itself is there."""
    return bool(_key(sheet, ticket))


def told(sheet: Sheet, ticket: Ticket) -> None:
    """One sentence, or nothing (rule 1)."""
    key = _key(sheet, ticket)
    if key:
        color = "ink" if key == "paper.printed" else "soft" if key == "paper.coming" else "red"
        sheet.text(sheet.words(key), sheet.size.body, color=color, align="center", bold=color == "ink", most=3)
        sheet.y += 12


def _key(sheet: Sheet, ticket: Ticket) -> str:
    if not ticket.paper:
        return ""
    if ticket.paper == "printed":
        return "paper.printed"
    if sheet.view.printer == "out":
        return "paper.out"
    if ticket.paper in _coming and sheet.view.printer in _able:
        return "paper.coming"
    return "paper.failed"
