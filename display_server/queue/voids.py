"""Reasons for numbers that are nobody's ticket, kept and proved (the rules: domain.hall.voids)."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.tickets import number
from content_sync.domain.hall.voids import Span, Void, gaps, overlap, without
from display_server.database.engine import Database
from display_server.database.prepared import Prepared
from display_server.database.tables.queue import blocks, counters, given_up, tickets, voids
from display_server.queue import log

_by_itself = "day_end"
_over = Prepared(
    select(voids).where(
        voids.c.site == bindparam("site"),
        voids.c.day == bindparam("day"),
        voids.c.letter == bindparam("letter"),
        voids.c.first <= bindparam("running"),
        voids.c.last >= bindparam("running"),
    )
)


def of_day(connection: Connection, site: str, day: str) -> list[Void]:
    """Every number of a day that is nobody's ticket, with its reason, in order."""
    asked = select(voids).where(voids.c.site == site, voids.c.day == day).order_by(voids.c.letter, voids.c.first)
    return [Void(row.letter, row.first, row.last, row.reason) for row in connection.execute(asked)]


def close(connection: Connection, site: str, today: str, at: str) -> None:
    """Give the gaps of every earlier day their reasons (rule 3); forget presses that were given up before today."""
    over = (counters.c.site == site, counters.c.day < today, counters.c.closed == 0)
    for row in connection.execute(select(counters).where(*over)).all():
        taken = _blocks(connection, row)
        for gap in gaps(_highest(row), _known(connection, row)):
            for block in taken:
                if part := overlap(gap, (block.first, block.last)):
                    _add(connection, row, part, "unreported_block", at, _by_itself, block.id)
            if part := overlap(gap, (row.low, limits.lease_first_number - 1)):
                _add(connection, row, part, "not_reached", at, _by_itself)
    connection.execute(counters.update().where(*over).values(closed=1))
    connection.execute(given_up.delete().where(given_up.c.at < today))


def pass_over(
    connection: Connection, site: str, day: str, letter: str, spans: Iterable[Span], at: str, actor: str
) -> None:
    """Keep what was passed over to go on from a later number (rule 4)."""
    for first, last in spans:
        where = {"site": site, "day": day, "letter": letter, "first": first, "last": last}
        connection.execute(voids.insert().values(**where, reason="renumbered", block="", at=at, actor=actor))


def return_block(db: Database, device: str, block_id: str, unused_from: int) -> None:
    """A kiosk gives a block back and says which number it would have printed next (rule 2)."""
    at, _ = log.stamp(db)
    with db.write() as connection:
        block = connection.execute(select(blocks).where(blocks.c.id == block_id, blocks.c.device == device)).first()
        if block is None:
            raise Refused("This block is not leased to this device.")
        if not block.first <= unused_from <= block.last + 1:
            raise BadInput(f"next is {unused_from}; the block has the numbers {block.first} to {block.last}.")
        reported = connection.execute(select(voids).where(voids.c.block == block.id)).all()
        connection.execute(voids.delete().where(voids.c.block == block.id))
        for row in reported:  # printed and not handed in yet, as the day's end found it
            if part := overlap((row.first, row.last), (block.first, unused_from - 1)):
                _add(connection, block, part, row.reason, row.at, row.actor, block.id)
        for gap in gaps(block.last, _known(connection, block), unused_from):
            _add(connection, block, gap, "unused_block", at, f"device:{device}", block.id)


def lift(connection: Connection, site: str, day: str, letter: str, running: int) -> None:
    """This number is a ticket after all (rule 3)."""
    for row in _over.all(connection, site=site, day=day, letter=letter, running=running):
        connection.execute(voids.delete().where(voids.c.seq == row.seq))
        for part in without((row.first, row.last), running):
            _add(connection, row, part, row.reason, row.at, row.actor, row.block)


def faults(connection: Connection) -> Iterator[str]:
    """Numbers that have no ticket and no reason, or both (rule 1); a sentence for each span."""
    for row in connection.execute(select(counters).order_by(counters.c.site, counters.c.day, counters.c.letter)).all():
        printed = set(_printed(connection, row))
        spans = _spans(connection, row)
        highest = _highest(row) if row.closed == 1 else min(row.low, limits.lease_first_number) - 1
        place = f"{row.site}, {row.day}"
        for gap in gaps(highest, [*printed, *_numbers(spans)]):
            yield f"{place}: {_said(row.letter, gap)} has no ticket and no reason."
        for running in sorted(printed.intersection(_numbers(spans))):
            yield f"{place}: {number(row.letter, running)} is a ticket and has a reason to be none."


def missing_of_series(connection: Connection) -> Iterator[str]:
    """Numbers of kiosks' own series that were passed over by later ones (rule 5); a sentence for each span."""
    of_series = func.length(tickets.c.letter) == 2  # the service's letter and the series'
    asked = select(tickets.c.site, tickets.c.letter, tickets.c.running).where(of_series)
    found: dict[tuple[str, str], set[int]] = {}
    for row in connection.execute(asked):
        found.setdefault((row.site, row.letter), set()).add(row.running)
    for (site, letter), runnings in sorted(found.items()):
        for gap in gaps(max(runnings), runnings):
            yield f"{site}: {_said(letter, gap)} was printed by a kiosk and not handed in."


def _highest(row: Row[Any]) -> int:
    """The highest number that was given out of a letter on a day."""
    return int(row.high - 1 if row.high > limits.lease_first_number else row.low - 1)


def _blocks(connection: Connection, row: Row[Any]) -> list[Row[Any]]:
    here = (blocks.c.site == row.site, blocks.c.day == row.day, blocks.c.letter == row.letter)
    return list(connection.execute(select(blocks).where(*here).order_by(blocks.c.first)))


def _known(connection: Connection, row: Row[Any]) -> list[int]:
    """The numbers of a letter on a day that are tickets or have a reason."""
    return [*_printed(connection, row), *_numbers(_spans(connection, row))]


def _printed(connection: Connection, row: Row[Any]) -> Iterable[int]:
    here = (tickets.c.site == row.site, tickets.c.day == row.day, tickets.c.letter == row.letter)
    return connection.execute(select(tickets.c.running).where(*here)).scalars()


def _spans(connection: Connection, row: Row[Any]) -> list[Span]:
    here = (voids.c.site == row.site, voids.c.day == row.day, voids.c.letter == row.letter)
    return [(one.first, one.last) for one in connection.execute(select(voids.c.first, voids.c.last).where(*here))]


def _numbers(spans: Iterable[Span]) -> Iterator[int]:
    return (running for first, last in spans for running in range(first, last + 1))


def _said(letter: str, gap: Span) -> str:
    first, last = (number(letter, running) for running in gap)
    return first if first == last else f"{first} to {last}"


def _add(
    connection: Connection, place: Row[Any], span: Span, reason: str, at: str, actor: str, block: str = ""
) -> None:
    where = {"site": place.site, "day": place.day, "letter": place.letter, "first": span[0], "last": span[1]}
    connection.execute(voids.insert().values(**where, reason=reason, block=block, at=at, actor=actor))
