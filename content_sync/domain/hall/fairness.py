"""Whose turn it is: who goes first, and that nobody starves (QUE-01). The numbers are the hall's own (HallRules).

1. Priority tickets go first, but a window calls at most `priority_turns_max` of them in a row while others wait for it.
2. Who has waited `ageing_minutes` goes before any priority ticket that stands behind them.
3. Within its class a ticket is called in the order of the line.
4. So a ticket with A others ahead in its class and K windows is overtaken by at most `priority_turns_max` · (A + K)
   tickets that stand behind it, and by none at all once it is aged.
5. A number is called at most `calls_max` times at a window, then it counts as missed.
6. A missed ticket comes back behind `missed_places` of those who wait in its class for its service, never to the very
   end and never before its own place; the n-th time behind n times as many. Whoever misses again and again moves back
   by degrees and holds nobody up.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from content_sync.domain.errors import Refused
from content_sync.domain.hall.queue import Line, Ticket, at_window, order, refuse_busy, waits_for
from content_sync.domain.hall.rules import HallRules


def choose(priority: Ticket | None, normal: Ticket | None, turns: int, rules: HallRules, at: str) -> Ticket | None:
    """Whom a window calls at an instant, of the first priority ticket and the first other one that wait for it."""
    if not (priority and normal):
        return priority or normal
    if turns >= rules.priority_turns_max:  # rule 1
        return normal
    if is_aged(normal, rules, at) and order(normal) < order(priority):  # rule 2
        return normal
    return priority


def is_aged(ticket: Ticket, rules: HallRules, at: str) -> bool:
    """Whether a ticket has waited so long that nobody goes before it any more (rule 2)."""
    waited = datetime.fromisoformat(at) - datetime.fromisoformat(ticket.since)
    return waited >= timedelta(minutes=rules.ageing_minutes)


def next_for(line: Line, window: str, services: Iterable[str], rules: HallRules, at: str) -> Ticket | None:
    """Whom this window calls next, nobody when no one waits for it; Refused while it is busy."""
    served = frozenset(services)
    refuse_busy(next((t for t in line.tickets.values() if t.window == window and t.state in at_window), None))
    standing = sorted((t for t in line.tickets.values() if t.state == "waiting"), key=order)  # rule 3
    waiting = [t for t in standing if waits_for(t, window, served)]
    priority = next((t for t in waiting if t.priority), None)
    normal = next((t for t in waiting if not t.priority), None)
    return choose(priority, normal, line.turns.get(window, 0), rules, at)


def calls_left(times: int, rules: HallRules) -> int:
    """How often a number may still be called at its window (rule 5)."""
    return max(0, rules.calls_max - times)


def refuse_recall(ticket: Ticket, rules: HallRules) -> None:
    """Refuse to call a number once more when it was called often enough (rule 5)."""
    if ticket.state == "called" and not calls_left(ticket.times, rules):
        raise Refused(f"{ticket.number} 已经叫过{ticket.times}遍了：没有人来，请点“过号”，来了还可以补叫。")


def place_of_return(ticket: Ticket, waiting: Sequence[Ticket], rules: HallRules, at: str) -> str:
    """The place (`since`) of a missed ticket that comes back at an instant (rule 6).

    `waiting`: who waits in its class for its service, in the order of the line; more than the first
    `missed_places` · (returns + 1) of them are not looked at.
    """
    places = rules.missed_places * (ticket.returns + 1)
    ahead = waiting[:places]
    if not ahead:
        return ticket.since if places == 0 else max(ticket.since, at)
    behind = (datetime.fromisoformat(ahead[-1].since) + timedelta(microseconds=1)).isoformat()
    return max(ticket.since, behind if len(ahead) == places else max(behind, at))
