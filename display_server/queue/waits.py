"""How long a waiting ticket may still have to wait: what the estimate (domain.hall.waiting) is told.

1. Open is a window where somebody sits; it serves its own services and those it is lent.
2. In front stand all who are called before this ticket in the whole hall: they take the windows' time.
3. Who waits for one window by name is in the hands of that window alone.
"""

from typing import Any

from sqlalchemy import Connection, Row

from content_sync.domain.county import Site
from content_sync.domain.hall.queue import at_window
from content_sync.domain.hall.waiting import Estimate, OpenWindow, estimate
from display_server.queue import queries
from display_server.queue.seats import served


def wait(connection: Connection, site: Site, row: Row[Any], at: str) -> Estimate | None:
    """The estimate for the ticket of this row at an instant; None for one that does not wait."""
    if row.state != "waiting":
        return None
    windows = _open(connection, site, row, at)
    ahead = queries.in_front(connection, row)
    seconds = {one: queries.handling_seconds(connection, site.id, row.day, one) for one in {row.service, *ahead}}
    return estimate(row.service, ahead, seconds, windows)


def _open(connection: Connection, site: Site, row: Row[Any], at: str) -> list[OpenWindow]:
    """Rules 1 and 3."""
    taken, serves = queries.taken_seats(connection, site.id), served(connection, site, row.day, at)
    busy = {one.window for one in queries.listed(connection, site.id, row.day, at_window)}
    if row.target:
        return [OpenWindow(serves.get(row.target, frozenset()) | {row.service}, row.target in busy)]
    return [OpenWindow(serves[one.id], one.id in busy) for one in site.windows if one.id in taken]
