"""The whole line at once: where everybody stands, reckoned once for all who ask (QUE-01).

1. Whoever goes first stands in front of whoever does not, and each class in the order of the line (queue.order). So
   all who wait stand in one row, and in front of somebody is whoever is before them in it.
2. `ahead` counts those in front who wait for the same service. The estimate (waiting) looks at all of them.
3. A row is played forward once for each service that is asked for and each set of open windows; hundreds of phones
   that ask at one state of the log cost one playing, and each its look into it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from content_sync.domain.hall.queue import Ticket, order
from content_sync.domain.hall.waiting import Estimate, OpenWindow, played, said, unsaid


class Lineup:
    """Everybody who waits in a hall. `seconds`: by service, handling times of today, oldest first (waiting)."""

    def __init__(self, waiting: Iterable[Ticket], seconds: Mapping[str, Sequence[float]]) -> None:
        row = sorted(waiting, key=lambda one: (-one.priority, *order(one)))  # rule 1
        counted: Counter[str] = Counter()
        self._places: dict[str, tuple[int, int, str]] = {}
        for place, ticket in enumerate(row):
            self._places[ticket.id] = place, counted[ticket.service], ticket.service
            counted[ticket.service] += 1
        self._services = [ticket.service for ticket in row]
        self._seconds = seconds
        self._played: dict[tuple[str, tuple[OpenWindow, ...]], list[float]] = {}

    def __contains__(self, ticket: str) -> bool:
        return ticket in self._places

    def ahead(self, ticket: str) -> int:
        """How many stand in front of this waiting ticket for its own service (rule 2)."""
        return self._places[ticket][1]

    def wait(self, ticket: str, windows: Sequence[OpenWindow]) -> Estimate:
        """The estimate for this waiting ticket while these windows are open (rule 3)."""
        place, mine, service = self._places[ticket]
        known = unsaid(service, self._seconds, windows)
        if known:
            return known
        asked = service, tuple(windows)
        if asked not in self._played:
            self._played[asked] = list(played(service, self._services, self._seconds, windows))
        return said(service, mine, self._played[asked][place], self._seconds, windows)
