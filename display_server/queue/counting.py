"""Where each letter's numbers stand on each day, kept in the caller's transaction."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from content_sync.domain.hall.tickets import Counter
from display_server.database.tables.queue import counters


def counter(connection: Connection, site: str, day: str, letter: str) -> Counter:
    """The counter of a letter; the day's first one when nothing was taken yet."""
    row = connection.execute(select(counters).where(*_key(site, day, letter))).first()
    return Counter(row.low, row.high) if row else Counter()


def keep(connection: Connection, site: str, day: str, letter: str, after: Counter, issued: int) -> None:
    """Keep the counter, and count `issued` more tickets given out."""
    values: dict[str, Any] = {"low": after.low, "high": after.high, "issued": counters.c.issued + issued}
    changed = connection.execute(counters.update().where(*_key(site, day, letter)).values(**values))
    if changed.rowcount == 0:
        fresh = {"site": site, "day": day, "letter": letter, "low": after.low, "high": after.high, "issued": issued}
        connection.execute(counters.insert().values(**fresh))


def _key(site: str, day: str, letter: str) -> tuple[ColumnElement[bool], ...]:
    return counters.c.site == site, counters.c.day == day, counters.c.letter == letter
