"""What follows from an action: a new state, and what the program must do besides.

1. One press, one ticket: while a ticket page lies on top, another request for a ticket is not there (promise 8).
2. A rating, an opinion and the like are sent once: the page that sent it is replaced by the thanks.
3. Finishing forgets everything of a visitor, also how they wanted to see it.
4. A ticket is given back once, by the page that shows it; a person is called once while they are on the way.
5. A visitor prints at most `limits.handouts_per_visit_max` notice slips and receipts: no child empties the roll.
6. The staff screen is opened by the program alone, in place of whatever lay open; a stick has one turn at a time.
7. A visitor answers a questionnaire once, whoever has a panel's code once more by it; an empty sheet is not sent. Of an
   answer they say once whether it satisfied.
8. Whatever is touched ends reading aloud; what the program tells does not. Where nothing is heard, a page says so.
9. What could not be kept, because the disk is full, is not done: a page says where it can be, over the page that asked
   for it. What was given up there concerns only the page that waits for it: that one is replaced, on top or not; a
   ticket that could not be given back stays.
10. 大字 makes everything large at once, and lays the page on top that offers the other ways to see better.
"""

from dataclasses import replace

from content_sync.domain import limits
from content_sync.domain.cases.handwriting import Stroke, with_stroke
from kiosk.flow import actions
from kiosk.flow.effects import (
    AskPosition,
    AskReceipt,
    AskTicket,
    Effect,
    JudgePin,
    PrintTicket,
    PutHandout,
    PutReceipt,
    ReadHealth,
    ReturnTicket,
    RingForHelp,
    RunStick,
    StoreRating,
    StoreSaid,
    Wipe,
)
from kiosk.flow.pages.finding import Search
from kiosk.flow.pages.hall import PositionOf, TicketOf
from kiosk.flow.pages.plain import Help, Home, Languages, NoRoom, Sight, Thanks, Unheard
from kiosk.flow.pages.reading import Guide
from kiosk.flow.pages.staff import Staff, StaffPin, Stick
from kiosk.flow.stack import awake, back, changed, left, opened, replaced
from kiosk.flow.state import Page, State
from kiosk.flow.voices import Application, Pad, Poll, ProgressOf, Said, Verdict, about, answered, shares, sheets

_of_program = (
    *(actions.ReadAloud, actions.Heard, actions.ReadOn, actions.AskHowLong),
    *(actions.NotKept, actions.Pressed, actions.Asked, actions.Called, actions.HandedOut, actions.Received),
)


def reduce(state: State, action: actions.Action) -> tuple[State, tuple[Effect, ...]]:
    """The state after `action`, and the effects to carry out in order."""
    if state.aloud >= 0 and not isinstance(action, _of_program):
        state = replace(state, aloud=-1)  # rule 8
    match action:
        case actions.Finish():
            return State(), (Wipe(),)  # rule 3
        case actions.TakeTicket(service, claim, code):
            if isinstance(state.page, TicketOf):
                return state, ()  # rule 1
            fresh = replace(opened(state, _ticket(state.page, service)), press="", given_back="", asked="")
            return fresh, (AskTicket(service, claim, code),)
        case actions.GiveBack():
            if not isinstance(state.page, TicketOf) or not state.press or state.given_back:
                return state, ()  # rule 4
            return changed(state, replace(state.page, returning=False)), (ReturnTicket(state.press),)
        case actions.PrintAgain() | actions.PrintHandout() | actions.PrintReceipt():
            return state, _on_paper(state, action)
        case actions.AskHowLong() | actions.AskNumber() | actions.AskProgress():
            return _asked(state, action)
        case actions.CallHelp() | actions.FetchHelp():
            seen = state if isinstance(action, actions.CallHelp) else opened(state, Help())
            return seen, (_ring(seen),)
        case actions.SendRating(ticket, level, reasons):
            return replaced(state, Thanks("rating")), (StoreRating(ticket, level, reasons),)
        case actions.Judge() | actions.Send():
            return _sent(state) if isinstance(action, actions.Send) else _judged(state, action.verdict)
        case _:
            return _behind(state, action)


def _ticket(page: Page, service: str) -> TicketOf:
    """The page of a ticket; taken on a guide it keeps the case."""
    return TicketOf(service, item=page.item, answers=page.answers) if isinstance(page, Guide) else TicketOf(service)


def _behind(state: State, action: actions.Action) -> tuple[State, tuple[Effect, ...]]:
    """Rule 6."""
    match action:
        case actions.TryPin(digits) if isinstance(state.page, StaffPin):
            return changed(state, StaffPin()), (JudgePin(digits),)
        case actions.Admitted() if isinstance(state.page, StaffPin):
            return State((Home(), Staff()), elder=state.elder, low=state.low), (ReadHealth(),)
        case actions.LookAgain() if isinstance(state.page, Staff):
            return state, (ReadHealth(),)
        case actions.CarryStick(what) if isinstance(state.page, (Staff, Stick)):
            return (state if isinstance(state.page, Stick) else opened(state, Stick())), (RunStick(what),)
        case _:
            return _moved(state, action), ()


def _asked(
    state: State, action: actions.AskHowLong | actions.AskNumber | actions.AskProgress
) -> tuple[State, tuple[Effect, ...]]:
    """The page that will show the answer, and the question; a ticket's own page shows how long."""
    if isinstance(action, actions.AskHowLong):
        return state, (AskPosition(action.number),)
    number = action.number if isinstance(action, actions.AskNumber) else ""
    shown = PositionOf(number) if isinstance(action, actions.AskNumber) else action.page
    seen = state if state.page == shown else opened(state, shown)
    effect = AskPosition(number) if isinstance(shown, PositionOf) else AskReceipt(about(shown))
    return replace(seen, asked=""), (effect,)


def _sent(state: State) -> tuple[State, tuple[Effect, ...]]:
    """Rule 2."""
    if not isinstance(state.page, Said):
        return state, ()
    page = state.page
    of_public = isinstance(page, Poll) and not page.code
    if isinstance(page, Poll) and ((of_public and page.item in state.polled) or not page.answers):  # rule 7
        return state, ()
    polled = (*state.polled, page.item) if isinstance(page, Poll) and of_public else state.polled
    what = "panel" if isinstance(page, Poll) and page.code else type(page).__name__.lower()
    thanked = replace(replaced(state, Thanks(what)), receipt="", handout="", polled=polled)
    return thanked, (StoreSaid(page),)


def _judged(state: State, verdict: Verdict) -> tuple[State, tuple[Effect, ...]]:
    """Rule 7."""
    if not isinstance(state.page, ProgressOf) or verdict.digits in state.judged:
        return state, ()
    thanked = replaced(replace(state, judged=(*state.judged, verdict.digits)), Thanks(verdict.verdict))
    return thanked, (StoreSaid(verdict),)


def _ring(state: State) -> RingForHelp:
    return RingForHelp(type(state.pages[-2]).__name__.lower() if len(state.pages) > 1 else "")


def _on_paper(
    state: State, action: actions.PrintAgain | actions.PrintHandout | actions.PrintReceipt
) -> tuple[Effect, ...]:
    """What is to be printed."""
    is_enough = state.handouts >= limits.handouts_per_visit_max  # rule 5
    if isinstance(action, actions.PrintReceipt):
        return () if is_enough or not state.receipt else (PutReceipt(action.what, state.receipt),)
    if isinstance(action, actions.PrintHandout):
        return () if is_enough else (PutHandout(action.item, action.answers, action.shown),)
    if isinstance(state.page, PositionOf):
        return (PrintTicket("", state.page.number),)
    return (PrintTicket(state.press, ""),) if state.press else ()


def _moved(state: State, action: actions.Action) -> State:
    """Actions without an effect outside."""
    match action:
        case actions.Wake() | actions.GoHome():
            return replace(state, pages=(Home(),))
        case actions.Open(page):
            return opened(state, page)
        case actions.Change(page):
            return changed(state, page)
        case actions.Back():
            return back(state)
        case actions.Wrote(stroke):
            return _wrote(state, stroke)
        case actions.Enlarge():
            return replace(opened(state, Sight()), elder=True)  # rule 10
        case actions.SwitchElder():
            return replace(awake(state), elder=not state.elder)
        case actions.SwitchContrast():
            return replace(awake(state), contrast=not state.contrast)
        case actions.ReadAloud():
            return replace(awake(state), aloud=0 if state.aloud < 0 else -1)
        case actions.SwitchLow():
            return replace(awake(state), low=not state.low)
        case actions.SwitchLanguage(language):
            return replace(left(awake(state), Languages), language=language)
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
        case actions.Heard(sentence):
            return replace(state, aloud=sentence if state.aloud >= 0 else -1)
        case actions.ReadOn(page):
            return changed(state, page) if state.aloud >= 0 else state
        case actions.Unheard():
            return state if isinstance(state.page, Unheard) else opened(state, Unheard())  # rule 8
        case actions.NotKept(given_up):
            return _given_up(state, given_up) if given_up else _not_kept(state)
        case actions.Received(receipt):
            return replace(state, receipt=receipt)
        case _:
            return state


def _not_kept(state: State) -> State:
    """Rule 9, of what was touched now."""
    if isinstance(state.page, NoRoom):
        return state
    waits = isinstance(state.page, (PositionOf, ProgressOf))
    return replaced(state, NoRoom()) if waits else opened(state, NoRoom())


def _given_up(state: State, given_up: str) -> State:
    """Rule 9, of what was asked for earlier, by whomever."""
    if given_up == state.given_back:
        still = replace(state, given_back="")
        return opened(still, NoRoom()) if isinstance(state.page, TicketOf) else still
    tickets, questions = _places(state, TicketOf), _places(state, PositionOf, ProgressOf)
    if given_up == state.press:
        state, at = replace(state, press=""), tickets[-1]
    elif given_up == state.asked and questions[-1] > tickets[-1]:  # below a ticket: how long it waits, nobody asked
        at = questions[-1]
    else:
        return state
    return replace(state, pages=(*state.pages[:at], NoRoom(), *state.pages[at + 1 :])) if at else state


def _places(state: State, *kinds: type[Page]) -> list[int]:
    """Where pages of these kinds lie; 0, where none of them ever lies, comes first."""
    return [0, *(n for n, page in enumerate(state.pages) if n and isinstance(page, kinds))]


def _wrote(state: State, stroke: Stroke) -> State:
    page = state.page
    if isinstance(page, Application) and page.step in sheets:
        longer = with_stroke(getattr(page, page.step), stroke, shares[page.step])
        return changed(state, answered(page, page.step, longer))
    if isinstance(page, Search) and page.ink is not None:
        return changed(state, replace(page, ink=with_stroke(page.ink, stroke)))
    if not isinstance(page, Pad):
        return state
    return changed(state, replace(page, writing=with_stroke(page.writing, stroke)))
