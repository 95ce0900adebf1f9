"""The queue: one event log per site and day, folded into the waiting line (QUE-01, promise 9).

1. A ticket enters the log once, by `issued`. From then on it is in exactly one state; only `voided` and `cancelled`
   take it out: a voided ticket is one that another ticket of the same press stands for, a cancelled one its holder
   gave back before anybody began to serve it.
2. Only a window's own ticket is recalled, held, transferred, missed, served or finished by it. A ticket is at one
   window at a time, and a window calls no one while somebody it called has not been dealt with.
3. Held and missed tickets stay in sight: any window may call one again by name; a missed one may also go back into
   the line, behind those who wait (`requeued`).
4. A transferred ticket waits for another service and keeps its place by the time it was issued: nobody queues twice.
5. The line is ordered by the time a ticket was issued, whoever issued it; kiosks that were cut off hand their
   tickets in later, and these stand where they would have stood. Equal times: the lower number first, then the letter.
6. Priority tickets (the elderly, the disabled, soldiers …) go first, but a window calls at most
   `limits.priority_turns_max` of them in a row while others wait: nobody starves.
7. The fold of a log depends on the order of one ticket's events only; tickets may be handed in in any order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from content_sync.domain import limits
from content_sync.domain.errors import Refused

at_window = frozenset({"called", "serving"})
_moves: dict[str, tuple[frozenset[str], str]] = {  # event → states it may come from, state it leads to
    "called": (frozenset({"waiting", "held", "missed"}), "called"),
    "recalled": (frozenset({"called"}), "called"),
    "held": (at_window, "held"),
    "transferred": (at_window, "waiting"),
    "missed": (frozenset({"called"}), "missed"),
    "requeued": (frozenset({"missed", "held"}), "waiting"),
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


@dataclass(frozen=True)
class Event:
    """One line of the log. `service` and `number`, `priority`: with `issued`; `service` also with `transferred`.

    `at` is the ISO instant at which it happened; for a ticket of a cut-off kiosk, when it was printed.
    """

    ticket: str
    kind: str
    at: str
    window: str = ""
    service: str = ""
    number: str = ""
    priority: int = 0


@dataclass(frozen=True)
class Ticket:
    """A ticket as the log leaves it. `since` orders the line (rule 5); `window` is where it is, or was last."""

    id: str
    number: str
    service: str
    priority: int
    since: str
    state: str = "waiting"
    window: str = ""
    called: str = ""


@dataclass(frozen=True)
class Line:
    """The folded log: every ticket by id, and how many priority tickets each window called in a row."""

    tickets: Mapping[str, Ticket]
    turns: Mapping[str, int]


def moved(ticket: Ticket | None, event: Event) -> Ticket:
    """The ticket after one more event; Refused, in a sentence for the clerk, when it cannot happen (rules 1–4)."""
    if event.kind == "issued":
        if ticket:
            raise Refused(f"{ticket.number} 已经取过号了。")
        return Ticket(event.ticket, event.number, event.service, event.priority, event.at)
    if not ticket:
        raise Refused("没有这张票。")
    sources, state = _moves[event.kind]
    if ticket.state not in sources:
        raise Refused(f"{ticket.number} 现在是“{states[ticket.state]}”，不能这样处理。")
    if ticket.state in at_window and event.kind not in _of_nobodys_window and event.window != ticket.window:  # rule 2
        raise Refused(f"{ticket.number} 不在这个窗口。")
    after = replace(ticket, state=state)
    if event.kind in {"called", "recalled"}:
        return replace(after, window=event.window, called=event.at)
    if event.kind == "transferred":
        return replace(after, service=event.service, window="")  # rule 4
    if event.kind == "requeued":
        return replace(after, since=event.at, window="")  # rule 3
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
    """How many priority tickets in a row a window has called, after one more from the line (rule 6)."""
    return turns + 1 if priority else 0


def order(ticket: Ticket) -> tuple[str, int, str]:
    """What the line is sorted by (rule 5); instants of one site carry one offset, so text order is time order."""
    return ticket.since, int(ticket.number[1:]), ticket.number


def choose(priority: Ticket | None, normal: Ticket | None, turns: int) -> Ticket | None:
    """Whom a window calls, of the first priority ticket and the first other one that wait for it (rule 6)."""
    if priority and normal:
        return normal if turns >= limits.priority_turns_max else priority
    return priority or normal


def next_for(line: Line, window: str, services: Iterable[str]) -> Ticket | None:
    """Whom this window calls next, nobody when no one waits for its services; Refused while it is busy (rule 2)."""
    served = frozenset(services)
    busy = next((t for t in line.tickets.values() if t.window == window and t.state in at_window), None)
    refuse_busy(busy)
    waiting = sorted((t for t in line.tickets.values() if t.state == "waiting" and t.service in served), key=order)
    priority = next((t for t in waiting if t.priority), None)
    normal = next((t for t in waiting if not t.priority), None)
    return choose(priority, normal, line.turns.get(window, 0))


def refuse_busy(current: Ticket | None) -> None:
    """Refuse a call while somebody this window called has not been dealt with (rule 2)."""
    if current:
        raise Refused(f"{current.number} 还没有处理完：请先点“办结”“暂放”“转窗口”或“过号”，再叫下一位。")
