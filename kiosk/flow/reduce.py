"""What follows from an action: a new state, and what the program must do besides.

1. One press, one ticket: while a ticket page lies on top, another request for a ticket is not there (promise 8).
2. A rating, an opinion and the like are sent once: the page that sent it is replaced by the thanks.
3. Finishing forgets everything of a visitor, also how they wanted to see it.
4. A ticket is given back once, by the page that shows it; a person is called once while they are on the way.
5. The stack is bounded; the oldest page above the first goes first.
6. A pad keeps what was written on it, whatever key leads back from it.
7. A visitor prints at most `limits.handouts_per_visit_max` notice slips: no child empties the roll.
8. 返回 in an application or a questionnaire leads to the question before; what was answered stays.
9. The staff screen is opened by the program alone, in place of whatever lay open; a stick has one turn at a time.
10. A visitor answers a questionnaire once; an empty sheet is not sent.
"""

from dataclasses import dataclass, replace

from content_sync.domain import limits
from content_sync.domain.cases.handwriting import Stroke, with_stroke
from kiosk.flow import actions
from kiosk.flow.behind import Carried
from kiosk.flow.pages.hall import PositionOf, TicketOf
from kiosk.flow.pages.plain import Help, Home, Idle, Languages, Thanks
from kiosk.flow.pages.reading import HandoutOf
from kiosk.flow.pages.staff import Staff, StaffPin, Stick
from kiosk.flow.state import Page, State
from kiosk.flow.voices import Application, Pad, Poll, Said, about, answered, kept, moved, shares, sheets


@dataclass(frozen=True)
class AskTicket:
    """Write a press down and wait for its number."""

    service: str
    claim: str
    code: str = ""


@dataclass(frozen=True)
class AskPosition:
    """Ask the hall how a number stands."""

    number: str


@dataclass(frozen=True)
class AskReceipt:
    """Ask the hall how the matter of a receipt stands."""

    about: str


@dataclass(frozen=True)
class ReturnTicket:
    """Ask the hall to take the ticket of this press back."""

    press: str


@dataclass(frozen=True)
class PrintTicket:
    """Print a ticket again: of this press, or the one with this number whose paper is not known to have come out."""

    press: str
    number: str


@dataclass(frozen=True)
class PutHandout:
    """Put a notice slip on paper, if the guide is still the one that was shown."""

    item: str
    situation: str
    shown: str


@dataclass(frozen=True)
class RingForHelp:
    """Ring the bell at the desk."""

    place: str


@dataclass(frozen=True)
class StoreRating:
    """Put a rating into the outbox."""

    ticket: str
    level: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class StoreSaid:
    """Put what a page says into the outbox."""

    page: Said


@dataclass(frozen=True)
class Wipe:
    """Forget every trace of the visitor: caches, textures, garbage."""


@dataclass(frozen=True)
class JudgePin:
    """Compare these digits with the PIN."""

    digits: str


@dataclass(frozen=True)
class ReadHealth:
    """Ask how the device is."""


@dataclass(frozen=True)
class RunStick:
    """Begin the stick's turn."""

    what: Carried


Effect = (
    AskTicket
    | AskPosition
    | AskReceipt
    | ReturnTicket
    | PrintTicket
    | PutHandout
    | RingForHelp
    | StoreRating
    | StoreSaid
    | Wipe
    | JudgePin
    | ReadHealth
    | RunStick
)


def reduce(state: State, action: actions.Action) -> tuple[State, tuple[Effect, ...]]:
    """The state after `action`, and the effects to carry out in order."""
    match action:
        case actions.Finish():
            return State(), (Wipe(),)  # rule 3
        case actions.TakeTicket(service, claim, code):
            if isinstance(state.page, TicketOf):
                return state, ()  # rule 1
            fresh = replace(_opened(state, TicketOf(service)), press="", given_back="")
            return fresh, (AskTicket(service, claim, code),)
        case actions.GiveBack():
            if not isinstance(state.page, TicketOf) or not state.press or state.given_back:
                return state, ()  # rule 4
            return _changed(state, replace(state.page, returning=False)), (ReturnTicket(state.press),)
        case actions.PrintAgain() | actions.PrintHandout():
            return state, _on_paper(state, action)
        case actions.AskNumber() | actions.AskProgress():
            return _asked(state, action)
        case actions.CallHelp() | actions.FetchHelp():
            seen = state if isinstance(action, actions.CallHelp) else _opened(state, Help())
            return seen, (_ring(seen),)
        case actions.SendRating(ticket, level, reasons):
            return _replaced(state, Thanks("rating")), (StoreRating(ticket, level, reasons),)
        case actions.Send():
            return _sent(state)
        case _:
            return _behind(state, action)


def _behind(state: State, action: actions.Action) -> tuple[State, tuple[Effect, ...]]:
    """Rule 9."""
    match action:
        case actions.TryPin(digits) if isinstance(state.page, StaffPin):
            return _changed(state, StaffPin()), (JudgePin(digits),)
        case actions.Admitted() if isinstance(state.page, StaffPin):
            return State((Home(), Staff()), elder=state.elder, low=state.low), (ReadHealth(),)
        case actions.LookAgain() if isinstance(state.page, Staff):
            return state, (ReadHealth(),)
        case actions.CarryStick(what) if isinstance(state.page, (Staff, Stick)):
            opened = state if isinstance(state.page, Stick) else _opened(state, Stick())
            return opened, (RunStick(what),)
        case _:
            return _moved(state, action), ()


def _asked(state: State, action: actions.AskNumber | actions.AskProgress) -> tuple[State, tuple[Effect, ...]]:
    """The page that will show the answer, and the question."""
    number = action.number if isinstance(action, actions.AskNumber) else ""
    shown = PositionOf(number) if isinstance(action, actions.AskNumber) else action.page
    seen = state if state.page == shown else _opened(state, shown)
    effect = AskPosition(number) if isinstance(shown, PositionOf) else AskReceipt(about(shown))
    return replace(seen, asked=""), (effect,)


def _sent(state: State) -> tuple[State, tuple[Effect, ...]]:
    """Rule 2."""
    if not isinstance(state.page, Said):
        return state, ()
    page = state.page
    if isinstance(page, Poll) and (page.item in state.polled or not page.answers):  # rule 10
        return state, ()
    polled = (*state.polled, page.item) if isinstance(page, Poll) else state.polled
    thanked = replace(_replaced(state, Thanks(type(page).__name__.lower())), receipt="", polled=polled)
    return thanked, (StoreSaid(page),)


def _ring(state: State) -> RingForHelp:
    return RingForHelp(type(state.pages[-2]).__name__.lower() if len(state.pages) > 1 else "")


def _on_paper(state: State, action: actions.PrintAgain | actions.PrintHandout) -> tuple[Effect, ...]:
    """What is to be printed."""
    if isinstance(action, actions.PrintHandout):
        is_enough = state.handouts >= limits.handouts_per_visit_max  # rule 7
        return () if is_enough else (PutHandout(action.item, action.situation, action.shown),)
    if isinstance(state.page, PositionOf):
        return (PrintTicket("", state.page.number),)
    return (PrintTicket(state.press, ""),) if state.press else ()


def _moved(state: State, action: actions.Action) -> State:
    """Actions without an effect outside."""
    match action:
        case actions.Wake() | actions.GoHome():
            return replace(state, pages=(Home(),))
        case actions.Open(page):
            return _opened(state, page)
        case actions.Change(page):
            return _changed(state, page)
        case actions.Back():
            return _back(state)
        case actions.Wrote(stroke):
            return _wrote(state, stroke)
        case actions.SwitchElder():
            return replace(_awake(state), elder=not state.elder)
        case actions.SwitchLow():
            return replace(_awake(state), low=not state.low)
        case actions.SwitchLanguage(language):
            return replace(_left(_awake(state), Languages), language=language)
        case _:
            return _told(state, action)


def _told(state: State, action: actions.Action) -> State:
    """What the program adds once an effect was carried out."""
    match action:
        case actions.Pressed(press):
            return replace(state, press=press)
        case actions.Asked(ask, back):
            return replace(state, given_back=ask) if back else replace(state, asked=ask)
        case actions.Called(press):
            return replace(state, called=press)
        case actions.HandedOut(job):
            return replace(state, handout=job, handouts=state.handouts + 1)
        case actions.Received(receipt):
            return replace(state, receipt=receipt)
        case _:
            return state


def _wrote(state: State, stroke: Stroke) -> State:
    page = state.page
    if isinstance(page, Application) and page.step in sheets:
        longer = with_stroke(getattr(page, page.step), stroke, shares[page.step])
        return _changed(state, answered(page, page.step, longer))
    if not isinstance(page, Pad):
        return state
    return _changed(state, replace(page, writing=with_stroke(page.writing, stroke)))


def _back(state: State) -> State:
    if len(state.pages) == 1:
        return state
    *below, page = state.pages
    if isinstance(page, Application) and page.step != "kind":  # rule 8
        return _changed(state, moved(page, -1))
    if isinstance(page, Poll) and page.at > 1:
        return _changed(state, replace(page, at=page.at - 1, number=0))
    if isinstance(page, Pad) and isinstance(below[-1], Said):  # rule 6
        below[-1] = kept(below[-1], page)
    return replace(state, pages=tuple(below))


def _changed(state: State, page: Page) -> State:
    return replace(state, pages=(*state.pages[:-1], page))


def _awake(state: State) -> State:
    return replace(state, pages=(Home(),)) if isinstance(state.page, Idle) else state


def _left(state: State, kind: type[Page]) -> State:
    """Without a page of this kind on top: what it asked is answered."""
    return replace(state, pages=state.pages[:-1]) if isinstance(state.page, kind) else state


def _opened(state: State, page: Page) -> State:
    if isinstance(page, HandoutOf):
        state = replace(state, handout="")  # the paper of another slip is not this one's
    first, *rest = _awake(state).pages
    return replace(state, pages=(first, *[*rest, page][-limits.pages_open_max :]))  # rule 5


def _replaced(state: State, page: Page) -> State:
    """Rule 2."""
    return replace(state, pages=(*state.pages[:-1], page)) if len(state.pages) > 1 else _opened(state, page)
