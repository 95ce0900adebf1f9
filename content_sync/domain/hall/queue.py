"""The queue: one event log per site and day, folded into the waiting line (QUE-01, promise 9).

1. A ticket enters the log once, by `issued`. From then on it is in exactly one state; only `voided` and `cancelled`
   take it out: a voided ticket is one that another ticket of the same press stands for, or that nobody called before
   the day was over (`reason`); a cancelled one its holder gave back before anybody began to serve it. Why it
   is too late for that, the holder is told, not a clerk.
2. Only a window's own ticket is recalled, held, transferred, missed, served or finished by it. A ticket is at one
   window at a time, and a window calls no one while somebody it called has not been dealt with.
3. Held and missed tickets stay in sight: any window may call one again by name, and either may go back into the line
   (`requeued`), a held one to its own place, a missed one to the place that fairness gives it.
4. A transferred ticket waits for another service, or for one window by name, and keeps its place by the time it was
   issued: nobody queues twice. When that window closes, it waits for its service again (`redistributed`).
5. The line is ordered by the time a ticket was issued, whoever issued it; kiosks that were cut off hand their
   tickets in later, and these stand where they would have stood. Somebody with a booking stands at its time (`since`
   of the event). Equal times: the lower number first, then the letter. A clock that was set back within a day moves
   nobody: until it has come up again, who comes now stands just behind whoever came last (`since` of the event).
6. A claim to go first that the clerk could not confirm is refused (`claim_refused`): the ticket waits on as any other,
   at its own place. The log knows that a ticket goes first, never why.
7. The fold of a log depends on the order of one ticket's events only, and knows no setting of the hall: tickets may be
   handed in in any order, and an old log folds to the same line under new rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content_sync.domain.errors import Refused
from content_sync.domain.hall.tickets import parse_number

at_window = frozenset({"called", "serving"})
_moves: dict[str, tuple[frozenset[str], str]] = {  # event → states it may come from, state it leads to
    "called": (frozenset({"waiting", "held", "missed"}), "called"),
    "recalled": (frozenset({"called"}), "called"),
    "held": (at_window, "held"),
    "transferred": (at_window, "waiting"),
    "claim_refused": (at_window, "waiting"),
    "missed": (frozenset({"called"}), "missed"),
    "requeued": (frozenset({"missed", "held"}), "waiting"),
    "redistributed": (frozenset({"waiting"}), "waiting"),
    "serving": (frozenset({"called"}), "serving"),
    "finished": (at_window, "finished"),
    "voided": (frozenset({"waiting", "called", "held", "missed"}), "voided"),
    "cancelled": (frozenset({"waiting", "called", "held", "missed"}), "cancelled"),
}
_of_nobodys_window = frozenset({"voided", "cancelled"})
states: dict[str, str] = {
    "waiting": "等候",
    "called": "已叫号",
    "serving": "办理中",
    "held": "暂放",
    "missed": "已过号",
    "finished": "已办结",
    "voided": "已作废",
    "cancelled": "已取消",
}
_kept: dict[str, str] = {  # rule 1, by the ticket's state
    "serving": "正在窗口办：不想办了，请跟窗口说一声。",
    "finished": "已经办完了，不用退。",
    "voided": "已经作废了，不会再叫。",
    "cancelled": "已经退过了。",
}


@dataclass(frozen=True)
class Event:
    """One line of the log. `service` and `number`, `priority`: with `issued`; `service` also with `transferred`.

    `at` is the ISO instant at which it happened; for a ticket of a cut-off kiosk, when it was printed. `target` is the
    window that a transferred ticket waits for by name. `since` is the place in the line that `issued` (with a booking,
    or where a clock went back) and `requeued` (after a missed call) give. `reason` says why a ticket was voided:
    `press` or `day_end`.
    """

    ticket: str
    kind: str
    at: str
    window: str = ""
    service: str = ""
    number: str = ""
    priority: int = 0
    target: str = ""
    since: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Ticket:
    """A ticket as the log leaves it. `since` orders the line (rule 5); `window` is where it is, or was last.

    `times`: how often it was called at that window. `target`: the one window it waits for. `returns`: how often it came
    back into the line after it had missed a call.
    """

    id: str
    number: str
    service: str
    priority: int
    since: str
    state: str = "waiting"
    window: str = ""
    called: str = ""
    times: int = 0
    target: str = ""
    returns: int = 0


@dataclass(frozen=True)
class Line:
    """The folded log: every ticket by id, and how many priority tickets each window called in a row."""

    tickets: Mapping[str, Ticket]
    turns: Mapping[str, int]


def moved(ticket: Ticket | None, event: Event) -> Ticket:
    """The ticket after one more event; Refused, in a sentence for who asked, when it cannot happen (rules 1–4)."""
    if event.kind == "issued":
        if ticket:
            raise Refused(f"{ticket.number} 已经取过号了。")
        return Ticket(event.ticket, event.number, event.service, event.priority, event.since or event.at)
    if not ticket:
        raise Refused("没有这张票。")
    sources, state = _moves[event.kind]
    if ticket.state not in sources and event.kind == "cancelled":
        raise Refused(f"{ticket.number} {_kept[ticket.state]}")
    if ticket.state not in sources:
        raise Refused(f"{ticket.number} 现在是“{states[ticket.state]}”，不能这样处理。")
    if ticket.state in at_window and event.kind not in _of_nobodys_window and event.window != ticket.window:  # rule 2
        raise Refused(f"{ticket.number} 不在这个窗口。")
    return _after(ticket, replace(ticket, state=state), event)


def _after(before: Ticket, after: Ticket, event: Event) -> Ticket:
    match event.kind:
        case "called" | "recalled":
            times = before.times + 1 if event.kind == "recalled" else 1
            return replace(after, window=event.window, called=event.at, times=times, target="")
        case "transferred":  # rule 4
            return replace(after, service=event.service or before.service, target=event.target, window="")
        case "claim_refused":  # rule 6
            if not before.priority:
                raise Refused(f"{before.number} 本来就没有优先。")
            return replace(after, priority=0, window="")
        case "requeued":  # rule 3
            came_back = 1 if before.state == "missed" else 0
            return replace(after, since=event.since or before.since, window="", returns=before.returns + came_back)
        case "redistributed":  # rule 4
            return replace(after, target="")
    return after


def fold(events: Iterable[Event]) -> Line:
    """The line after a log (rule 7)."""
    tickets: dict[str, Ticket] = {}
    turns: dict[str, int] = {}
    for event in events:
        before = tickets.get(event.ticket)
        after = tickets[event.ticket] = moved(before, event)
        if event.kind == "called" and before and before.state == "waiting":
            turns[event.window] = turns_after(turns.get(event.window, 0), after.priority)
    return Line(tickets, turns)


def turns_after(turns: int, priority: int) -> int:
    """How many priority tickets in a row a window has called, after one more from the line."""
    return turns + 1 if priority else 0


def order(ticket: Ticket) -> tuple[str, int, str]:
    """What the line is sorted by (rule 5); instants of one site carry one offset, so text order is time order."""
    return ticket.since, parse_number(ticket.number)[1], ticket.number


def place_at(at: str, newest: str) -> str:
    """The place of somebody who comes at an instant, when the newest place that was given so is `newest` (rule 5).

    Empty `newest`: nobody came yet.
    """
    if at >= newest:
        return at
    return (datetime.fromisoformat(newest) + timedelta(microseconds=1)).isoformat()


def waits_for(ticket: Ticket, window: str, services: Iterable[str]) -> bool:
    """Whether a waiting ticket may be called from the line by this window, which serves these services (rule 4)."""
    return ticket.target == window if ticket.target else ticket.service in services


def refuse_busy(current: Ticket | None) -> None:
    """Refuse a call while somebody this window called has not been dealt with (rule 2)."""
    if current:
        raise Refused(f"{current.number} 还没有处理完：请先点“办结”“暂放”“转窗口”或“过号”，再叫下一位。")
