"""What follows from an action: a new state, and what the program must do besides.

1. One press, one ticket: while a ticket page lies on top, another request for a ticket is not there (promise 8).
2. A rating or an opinion is sent once: the page that sent it is replaced by the thanks.
3. Finishing forgets everything of a visitor, also how they wanted to see it.
4. The stack is bounded; the oldest page above the first goes first.
"""

from dataclasses import dataclass, replace

from content_sync.domain import limits
from kiosk.flow import actions
from kiosk.flow.state import Home, Idle, Page, State, Thanks, TicketOf


@dataclass(frozen=True)
class AskTicket:
    """Write a press down and wait for its number."""

    service: str
    priority: bool


@dataclass(frozen=True)
class StoreRating:
    """Put a rating into the outbox."""

    ticket: str
    level: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class StoreOpinion:
    """Put an opinion into the outbox."""

    about: str
    taps: tuple[str, ...]
    item: str


@dataclass(frozen=True)
class Wipe:
    """Forget every trace of the visitor: caches, textures, garbage."""


Effect = AskTicket | StoreRating | StoreOpinion | Wipe


def reduce(state: State, action: actions.Action) -> tuple[State, tuple[Effect, ...]]:
    """The state after `action`, and the effects to carry out in order."""
    match action:
        case actions.Finish():
            return State(), (Wipe(),)  # rule 3
        case actions.TakeTicket(service, priority):
            if isinstance(state.page, TicketOf):
                return state, ()  # rule 1
            return replace(_opened(state, TicketOf(service)), press=""), (AskTicket(service, priority),)
        case actions.SendRating(ticket, level, reasons):
            return _replaced(state, Thanks("rating")), (StoreRating(ticket, level, reasons),)
        case actions.SendOpinion(about, taps, item):
            thanked = replace(_replaced(state, Thanks("opinion")), receipt="")
            return thanked, (StoreOpinion(about, taps, item),)
        case _:
            return _moved(state, action), ()


def _moved(state: State, action: actions.Action) -> State:
    """Actions without an effect outside."""
    match action:
        case actions.Wake() | actions.GoHome():
            return replace(state, pages=(Home(),))
        case actions.Open(page):
            return _opened(state, page)
        case actions.Change(page):
            return replace(state, pages=(*state.pages[:-1], page))
        case actions.Back():
            return replace(state, pages=state.pages[:-1] or (Home(),)) if len(state.pages) > 1 else state
        case actions.SwitchElder():
            return replace(_awake(state), elder=not state.elder)
        case actions.SwitchLow():
            return replace(_awake(state), low=not state.low)
        case actions.Pressed(press):
            return replace(state, press=press)
        case actions.Received(receipt):
            return replace(state, receipt=receipt)
        case _:
            return state


def _awake(state: State) -> State:
    return replace(state, pages=(Home(),)) if isinstance(state.page, Idle) else state


def _opened(state: State, page: Page) -> State:
    first, *rest = _awake(state).pages
    return replace(state, pages=(first, *[*rest, page][-limits.pages_open_max :]))  # rule 4


def _replaced(state: State, page: Page) -> State:
    """Rule 2."""
    return replace(state, pages=(*state.pages[:-1], page)) if len(state.pages) > 1 else _opened(state, page)
