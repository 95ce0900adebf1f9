"""The visits of a hall by day, folded from the event log (content_sync.domain.hall.statistics).

1. A day's log only grows: each event is folded once and what it came to is kept, so that a page which asks every few
   seconds, or for a whole month again and again, costs what is new.
2. At most `limits.days_folded_kept` days are kept, so that a curious reader of old years does not fill the memory.
"""

import threading
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from content_sync.domain import limits
from content_sync.domain.hall.queue import Event
from content_sync.domain.hall.statistics import Folding, Visit
from display_server.database.tables.queue import queue_events

_e = queue_events.c
_columns = (_e.ticket, _e.kind, _e.at, _e.window, _e.service, _e.priority, _e.reason)


@dataclass
class _Day:
    """A day as far as it was folded: up to the event `newest` of the log."""

    folding: Folding = field(default_factory=Folding)
    newest: int = 0
    visits: list[Visit] = field(default_factory=list)


_kept: dict[tuple[str, str, str], _Day] = {}
_lock = threading.Lock()  # two requests must not fold one event twice


def of_days(connection: Connection, site: str, first: str, last: str) -> dict[str, list[Visit]]:
    """By local day from `first` to `last` (both included): its visits. Days without one are left out."""
    within = (_e.site == site, _e.day >= first, _e.day <= last)
    asked = select(_e.day, func.max(_e.seq).label("newest")).where(*within)
    rows = connection.execute(asked.group_by(_e.day).order_by(_e.day)).all()
    with _lock:
        return {row.day: _of_day(connection, site, row.day, row.newest) for row in rows}


def _of_day(connection: Connection, site: str, day: str, newest: int) -> list[Visit]:
    key = (str(connection.engine.url), site, day)
    while len(_kept) >= limits.days_folded_kept and key not in _kept:  # rule 2
        _kept.pop(next(iter(_kept)))
    kept = _kept.setdefault(key, _Day())
    if kept.newest < newest:  # rule 1
        new = select(*_columns).where(_e.site == site, _e.day == day, _e.seq > kept.newest, _e.seq <= newest)
        rows = connection.execute(new.order_by(_e.seq)).all()  # all or none of them: a fold cannot be taken back
        kept.folding.add(Event(*row[:5], priority=row[5], reason=row[6]) for row in rows)
        kept.newest, kept.visits = newest, kept.folding.visits()
    return kept.visits
