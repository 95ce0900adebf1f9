"""The visits of a hall by day, folded from the event log (content_sync.domain.hall.statistics).

1. A day is folded once and kept while its log has not grown: a month is asked for often and changes in one day only.
2. At most `limits.days_folded_kept` days are kept, so that a curious reader of old years does not fill the memory.
"""

from sqlalchemy import Connection, func, select

from content_sync.domain import limits
from content_sync.domain.hall.statistics import Visit, visits
from display_server.database.tables.queue import queue_events
from display_server.queue import queries

_kept: dict[tuple[str, str, str], tuple[int, list[Visit]]] = {}


def of_days(connection: Connection, site: str, first: str, last: str) -> dict[str, list[Visit]]:
    """By local day from `first` to `last` (both included): its visits. Days without one are left out."""
    within = (queue_events.c.site == site, queue_events.c.day >= first, queue_events.c.day <= last)
    asked = select(queue_events.c.day, func.max(queue_events.c.seq).label("newest")).where(*within)
    rows = connection.execute(asked.group_by(queue_events.c.day).order_by(queue_events.c.day)).all()
    return {row.day: _of_day(connection, site, row.day, row.newest) for row in rows}


def _of_day(connection: Connection, site: str, day: str, newest: int) -> list[Visit]:
    key = (str(connection.engine.url), site, day)
    known = _kept.get(key)
    if known is None or known[0] != newest:  # rule 1
        known = newest, visits(queries.log(connection, site, day))
        while len(_kept) >= limits.days_folded_kept:  # rule 2
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = known
    return known[1]
