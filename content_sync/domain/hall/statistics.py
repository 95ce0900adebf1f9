"""What a day in a hall came to, from its event log alone (HAL-11).

1. A visit is one ticket. One that was voided as another one's double counts nowhere; one that was voided because the
   day ended is a visit that nobody settled.
2. A visit ends one way: served, missed (called, and not come back), cancelled, or open (nobody has settled it).
3. Waiting is from the moment the number was taken to its first calling: recalls and transfers make it no shorter.
4. Handling is from when a window began to serve, or had called without saying so, to the end at that window on the same
   day: what midnight ended by itself was not handled so long.
5. A visit counts for the service it was last meant for, and for the window that served or missed it.
6. The mean wait is said because the indicator asks for it (平均等候, HAL-11); percentiles stand beside it, which one
   long wait does not move. A percentile is a value that somebody had (nearest rank): of ten waits, p90 is the ninth.
   Of none there is none.
7. A visit counts on the local day its number was taken, in the half hour in which it was taken.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from content_sync.domain.hall.queue import Event

Outcome = Literal["served", "missed", "cancelled", "open"]
_outcomes: dict[str, Outcome] = {"finished": "served", "missed": "missed", "cancelled": "cancelled"}
_back_in_line = frozenset({"transferred", "requeued", "claim_refused", "redistributed"})
_half_hours, _minutes = 48, 60
wait_steps: tuple[int, ...] = tuple(range(10, 100, 10))  # minutes, all alike so that columns do not lie


@dataclass(frozen=True)
class Visit:
    """One ticket's day. `wait` and `handling` are seconds, None when they did not come to an end."""

    service: str
    taken: str
    priority: int
    window: str = ""
    wait: float | None = None
    handling: float | None = None
    outcome: Outcome = "open"


@dataclass(frozen=True)
class Summary:
    """Counts of visits, the mean wait and the percentiles of their times, in seconds (rules 2 and 6)."""

    taken: int
    served: int
    missed: int
    cancelled: int
    open: int
    wait_mean: float | None
    wait_middle: float | None
    wait_most: float | None
    wait_longest: float | None
    handling_middle: float | None


class Folding:
    """The visits of one day so far; more of its log may be added, so that a live page folds each event once."""

    def __init__(self) -> None:
        self._begun: dict[str, _Begun] = {}

    def add(self, events: Iterable[Event]) -> None:
        """Take in the next events of the log."""
        for event in events:
            if event.kind == "issued":
                self._begun[event.ticket] = _Begun(event.service, event.at, event.priority)
            elif event.kind == "voided":  # rule 1
                if event.reason != "day_end":
                    self._begun.pop(event.ticket, None)
            elif event.ticket in self._begun:
                self._begun[event.ticket].take(event)

    def visits(self) -> list[Visit]:
        """Every visit, in the order in which the numbers were taken."""
        return [one.visit() for one in sorted(self._begun.values(), key=lambda one: one.taken)]


def visits(events: Iterable[Event]) -> list[Visit]:
    """Every visit of a log, in the order in which the numbers were taken."""
    folding = Folding()
    folding.add(events)
    return folding.visits()


def summary(of: Iterable[Visit]) -> Summary:
    """The counts and percentiles of some visits."""
    known = list(of)
    ended = Counter(visit.outcome for visit in known)
    waits = sorted(visit.wait for visit in known if visit.wait is not None)
    handlings = sorted(visit.handling for visit in known if visit.handling is not None)
    return Summary(
        taken=len(known),
        served=ended["served"],
        missed=ended["missed"],
        cancelled=ended["cancelled"],
        open=ended["open"],
        wait_mean=sum(waits) / len(waits) if waits else None,
        wait_middle=percentile(waits, 50),
        wait_most=percentile(waits, 90),
        wait_longest=percentile(waits, 100),
        handling_middle=percentile(handlings, 50),
    )


def percentile(ordered: Sequence[float], percent: int) -> float | None:
    """The value that `percent` hundredths of the sorted values do not exceed (rule 6)."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else None


def waits_by_length(of: Iterable[Visit]) -> list[int]:
    """How many waited up to each of `wait_steps` minutes, and at the end how many longer."""
    counts = [0] * (len(wait_steps) + 1)
    for visit in of:
        if visit.wait is not None:
            counts[sum(visit.wait > step * _minutes for step in wait_steps)] += 1
    return counts


def arrivals(of: Iterable[Visit]) -> dict[int, int]:
    """How many numbers were taken in each half hour of the day (0 is midnight), from the first to the last (rule 7)."""
    counts = Counter(_half_hour(visit.taken) for visit in of)
    return {half: counts[half] for half in range(min(counts), max(counts) + 1)} if counts else {}


@dataclass(slots=True)
class _Begun:
    """A visit while its day is folded."""

    service: str
    taken: str
    priority: int
    window: str = ""
    first: str = ""
    begun: str = ""
    ended: str = ""
    outcome: Outcome = "open"
    made: Visit | None = None

    def take(self, event: Event) -> None:
        """One more event."""
        self.made = None
        if event.kind in {"called", "recalled"}:
            self.first = self.first or event.at  # rule 3
            self.begun, self.window, self.outcome = event.at, event.window, "open"
        elif event.kind == "serving":
            self.begun = event.at  # rule 4
        elif event.kind in _back_in_line:  # rule 5
            self.service, self.window, self.begun, self.outcome = event.service or self.service, "", "", "open"
        elif event.kind in _outcomes:
            self.outcome, self.ended = _outcomes[event.kind], event.at

    def visit(self) -> Visit:
        """What it has come to; made anew only after another event: most visits of a day are over."""
        if self.made is None:
            self.made = self._made()
        return self.made

    def _made(self) -> Visit:
        wait = _seconds(self.taken, self.first) if self.first else None
        measured = self.outcome == "served" and self.begun[:10] == self.ended[:10]  # rule 4
        handling = _seconds(self.begun, self.ended) if measured else None
        return Visit(self.service, self.taken, self.priority, self.window, wait, handling, self.outcome)


def _seconds(since: str, until: str) -> float:
    """Never negative: the clock of a kiosk that was cut off may have been ahead of the server's."""
    return max(0.0, (datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds())


def _half_hour(at: str) -> int:
    hour, minute = int(at[11:13]), int(at[14:16])  # the queue's instants carry the place's own offset
    return (hour * 2 + minute // 30) % _half_hours
