"""Where each letter's numbers stand on each day, kept in the caller's transaction.

`issued` counts the tickets of the letter's service that are somebody's, whichever way their numbers came about: it
goes down again when one is given back or voided. `place` is the newest place in the line that the server's clock gave
(domain.hall.queue, rule 5); that of a day is the newest of its letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Integer, Row, bindparam, select

from content_sync.domain.hall.queue import place_at
from content_sync.domain.hall.tickets import Counter
from display_server.database.prepared import Prepared
from display_server.database.tables.queue import counters

_key = (
    counters.c.site == bindparam("its_site"),
    counters.c.day == bindparam("its_day"),
    counters.c.letter == bindparam("its_letter"),
)
_after: dict[str, BindParameter[Any]] = {"low": bindparam("after_low"), "high": bindparam("after_high")}
_of_day = Prepared(select(counters).where(*_key[:2]))
_found = Prepared(select(counters.c.low, counters.c.high).where(*_key))
_moved = Prepared(
    counters.update()
    .where(*_key)
    .values(**_after, issued=counters.c.issued + bindparam("more", type_=Integer), closed=0)
)
_placed = Prepared(
    counters.update().where(*_key, counters.c.place < bindparam("newest")).values(place=bindparam("newest"))
)
_freed = Prepared(counters.update().where(*_key).values(issued=counters.c.issued - 1))
_begun = Prepared(
    counters.insert().values(
        **_after,
        site=bindparam("its_site"),
        day=bindparam("its_day"),
        letter=bindparam("its_letter"),
        issued=bindparam("more"),
    )
)


@dataclass(frozen=True)
class Count:
    """One letter on one day."""

    numbers: Counter
    issued: int
    place: str = ""


def of_day(connection: Connection, site: str, day: str) -> dict[str, Count]:
    """By letter; a letter of which nothing was taken yet is absent."""
    rows = _of_day.all(connection, its_site=site, its_day=day)
    return {row.letter: Count(Counter(row.low, row.high), row.issued, row.place) for row in rows}


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


def place_now(counts: Mapping[str, Count], at: str) -> str:
    """The place in the line of somebody who comes at this instant, when the day stands so."""
    return place_at(at, max((count.place for count in counts.values()), default=""))


def placed(connection: Connection, site: str, day: str, letter: str, place: str) -> None:
    """Keep that this place was given, if it is the letter's newest; the letter has a counter already."""
    _placed.run(connection, its_site=site, its_day=day, its_letter=letter, newest=place)


def one_more(connection: Connection, site: str, day: str, letter: str) -> None:
    """Count a ticket whose number did not come from the counter."""
    keep(connection, site, day, letter, counter(connection, site, day, letter), issued=1)


def give_back(connection: Connection, ticket: Row[Any]) -> None:
    """Let somebody else have the place of a ticket that is nobody's any more; its number stays used."""
    place = {"its_site": ticket.site, "its_day": ticket.day, "its_letter": ticket.letter[0]}
    _freed.run(connection, **place)
