"""The pad beside a window: when it asks, and about which ticket (EVA-05, promise 11).

1. It asks about the ticket that this window finished last, for `limits.pad_seconds`, and not once somebody else is
   being served there: the next visitor is never taken for the last one.
2. Who walks off is not asked again and stores nothing. A rated ticket is not asked about.
3. The page names the ticket by its number; its id, which opens the visitor's own page, never leaves the server.
4. What is sent while the visitor still stands there is kept although the pad would not ask any more.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from display_server.database.engine import Database
from display_server.database.tables.queue import queue_events as events
from display_server.desk import asking_to_rate
from display_server.queue import log, queries
from display_server.queue.window_face import Face
from display_server.ratings import queries as ratings


def asked_about(connection: Connection, face: Face, at: str, day: str) -> Row[Any] | None:
    """The ticket to ask about now, or None (rules 1 and 2)."""
    row = _last_finished(connection, face.site.id, face.window.id, day)
    if row is None or until(row) <= at or (face.current and face.current.state == "serving"):
        return None
    return None if ratings.is_rated(connection, row.id) else row


def until(row: Row[Any]) -> str:
    """The instant at which the pad stops asking about a finished ticket."""
    return (datetime.fromisoformat(row.finished) + timedelta(seconds=limits.pad_seconds)).isoformat()


def rate(db: Database, face: Face, number: str, level: int, reasons: list[str]) -> None:
    """Keep what the visitor sent (rule 4). Raises Refused when it is not about the last ticket of this window."""
    at, day = log.stamp(db)
    with db.write() as connection:
        row = _last_finished(connection, face.site.id, face.window.id, day)
        late = datetime.fromisoformat(at) - timedelta(minutes=limits.invitation_minutes)
        if row is None or row.number != number or datetime.fromisoformat(row.finished) < late:
            raise Refused("这个号在这里的评价时间已经过了，可以到大厅的机器上评价。")
        asking_to_rate.keep(db, connection, row, level, reasons)


def _last_finished(connection: Connection, site: str, window: str, day: str) -> Row[Any] | None:
    here = (events.c.site == site, events.c.day == day, events.c.window == window, events.c.window != "")
    asked = select(events.c.ticket).where(*here, events.c.kind == "finished").order_by(events.c.seq.desc()).limit(1)
    ticket = connection.execute(asked).scalar()
    row = queries.by_id(connection, ticket) if ticket else None
    return row if row is not None and row.state == "finished" else None
