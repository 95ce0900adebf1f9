"""What the hall has told of this visitor's presses and questions, as desk.db keeps it → what the screen knows."""

from dataclasses import replace
from datetime import datetime

from content_sync.domain.hall.enquiries import seen
from content_sync.storage.desk import DeskStore
from kiosk.flow.pages.plain import Thanks
from kiosk.flow.state import Page
from kiosk.flow.view import Helper, Matter, Position, Ticket

_printing = frozenset({"ready", "low"})


def ticket(desk: DeskStore, press: str, given_back: str) -> Ticket | None:
    """The ticket of this press: its number, its paper, whether it was given back."""
    if not press:
        return None
    found = desk.pressed(press)
    state = {"answered": "given", "leased": "given"}.get(found.state, found.state)
    given = Ticket(state, found.ticket, found.number, found.ahead, found.reason)
    if (stands := printer(desk)) != "none":
        paper = desk.print_of(press)
        given = replace(given, paper=paper.state, again=paper.is_again and stands in _printing)
    ask = desk.asked(given_back) if given_back else None
    if ask is None:
        return given
    gone = ask.state == "answered" and ask.position.stands == "cancelled"
    back = "waiting" if ask.state == "waiting" else "done" if gone else "no"
    return replace(given, back=back, reason=ask.reason)


def uncounted(desk: DeskStore, page: Page, receipt: str) -> bool:
    """Whether the server refused the panel's sheet that this visitor was just thanked for."""
    return isinstance(page, Thanks) and page.what == "panel" and bool(receipt) and desk.is_refused(receipt)


def position(desk: DeskStore, asked: str, now: datetime) -> Position | None:
    """What the hall answered of a number; None when that was not asked."""
    ask = desk.asked(asked) if asked else None
    if ask is None or ask.kind == "receipt":
        return None
    state = "unreached" if ask.state == "refused" else ask.state
    owed = printer(desk) in _printing and bool(desk.paper_owed(ask.about, now))
    return Position(state, **{**vars(ask.position), "number": ask.about}, owed=owed)


def matter(desk: DeskStore, asked: str) -> Matter | None:
    """What the hall answered of a receipt; None when that was not asked."""
    ask = desk.asked(asked) if asked else None
    if ask is None or ask.kind != "receipt":
        return None
    told = ask.position
    state = "unreached" if ask.state == "refused" else ask.state
    return Matter(state, told.service, told.stands, told.basis, told.number, ask.reason)


def printer(desk: DeskStore) -> str:
    """How the printer is (desk_voice), `none` where there is none."""
    return desk.parts().get("printer", "none")


def helper(desk: DeskStore, press: str, now: datetime) -> Helper | None:
    """How the call for a person stands."""
    call = desk.help() if press else None
    if call is None or call.press != press:
        return None
    return Helper(seen(call.state, datetime.fromisoformat(call.at), now), call.by)
