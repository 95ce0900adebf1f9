"""Where each letter's numbers stand on each day, kept in the caller's transaction."""

from typing import Any

from sqlalchemy import BindParameter, Connection, Integer, bindparam, select

from content_sync.domain.hall.tickets import Counter
from display_server.database.prepared import Prepared
from display_server.database.tables.queue import counters

_key = (
    counters.c.site == bindparam("its_site"),
    counters.c.day == bindparam("its_day"),
    counters.c.letter == bindparam("its_letter"),
)
_after: dict[str, BindParameter[Any]] = {"low": bindparam("after_low"), "high": bindparam("after_high")}
_found = Prepared(select(counters.c.low, counters.c.high).where(*_key))
_moved = Prepared(
    counters.update().where(*_key).values(**_after, issued=counters.c.issued + bindparam("more", type_=Integer))
)
_begun = Prepared(
    counters.insert().values(
        **_after,
        site=bindparam("its_site"),
        day=bindparam("its_day"),
        letter=bindparam("its_letter"),
        issued=bindparam("more"),
    )
)


def counter(connection: Connection, site: str, day: str, letter: str) -> Counter:
    """The counter of a letter; the day's first one when nothing was taken yet."""
    row = _found.first(connection, its_site=site, its_day=day, its_letter=letter)
    return Counter(row.low, row.high) if row else Counter()


def keep(connection: Connection, site: str, day: str, letter: str, after: Counter, issued: int) -> None:
    """Keep the counter, and count `issued` more tickets given out."""
    named = {"its_site": site, "its_day": day, "its_letter": letter}
    values = {**named, "after_low": after.low, "after_high": after.high, "more": issued}
    if _moved.run(connection, **values) == 0:
        _begun.run(connection, **values)
