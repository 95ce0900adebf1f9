"""What must hold in a hall: promises 8 to 11 of ARCHITECTURE §5 after every step, 17 in the evening.

8.  On paper no number of a day stands twice for one service; what was printed is at the server in the evening.
9.  No window has two tickets; no ticket is at two; the log replayed is the line; nobody is lost from sight.
10. Records are counted once; what was made is at the server, in an outbox, or refused with a reason.
11. Only served tickets are rated, each once, and each bad rating opened one case.
17. For any second of the day the server says what a board showed, or says nothing; it never says anything else.
"""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from content_sync.domain.hall.queue import at_window, fold
from content_sync.domain.hall.ratings import is_bad
from display_server.database.engine import Database
from display_server.database.tables.queue import tickets
from display_server.database.tables.records import cases, ratings, records
from display_server.devices.queries import shown_at
from display_server.queue import log, positions, queries
from tests.simulation.hall.board import Board, minute
from tests.simulation.hall.place import Kiosk, Paper

over = frozenset({"finished", "voided", "cancelled"})


def after_every_step(db: Database, kiosks: Sequence[Kiosk]) -> None:
    """Promises 8 and 9, as far as they hold while devices are cut off."""
    numbers = Counter((paper.day, paper.number) for kiosk in kiosks for paper in kiosk.held.values())
    assert all(count == 1 for count in numbers.values()), numbers  # promise 8
    _, day = log.stamp(db)
    with db.read() as connection:
        rows = connection.execute(select(tickets).where(tickets.c.site == "hall", tickets.c.day == day)).all()
        line = fold(queries.log(connection, "hall", day)).tickets
    assert {row.id: queries.as_ticket(row) for row in rows} == dict(line)  # promise 9
    windows = Counter(row.window for row in rows if row.state in at_window)
    assert all(window and count == 1 for window, count in windows.items()), windows
    waiting = Counter(row.press for row in rows if row.state == "waiting")
    assert all(count == 1 for count in waiting.values())  # promise 8: a press stands in the line once


def everybody_findable(db: Database, chance: random.Random, day: str) -> None:
    """Promise 9: any number of today leads to its ticket, as the log has it."""
    with db.read() as connection:
        rows = connection.execute(select(tickets).where(tickets.c.site == "hall", tickets.c.day == day)).all()
    for row in chance.sample(rows, min(5, len(rows))):
        found = positions.of_ticket(db, "hall", row.number)
        assert found is not None
        assert (found.number, found.state) == (row.number, row.state)


def in_the_evening(db: Database, kiosks: Sequence[Kiosk]) -> None:
    """Promises 8, 10 and 11, when every line was whole again."""
    with db.read() as connection:
        known = {row.id: row for row in connection.execute(select(tickets))}
        counted = [row.id for row in connection.execute(select(records.c.id))]
        rated = connection.execute(select(ratings)).all()
        opened = Counter(connection.execute(select(cases.c.record).where(cases.c.kind == "rating")).scalars())
    for paper in (paper for kiosk in kiosks for paper in kiosk.held.values()):
        _at_the_server(known, paper)
    for kiosk in kiosks:
        refused = {record for record, _ in kiosk.desk.refused_records()}
        assert kiosk.desk.outbox_size() == 0
        assert kiosk.made <= {*counted, *refused}, kiosk.name  # promise 10: nothing is lost
        assert not refused & set(counted)
    assert len(counted) == len(set(counted))
    assert all(known[row.ticket].state == "finished" for row in rated)  # promise 11
    assert opened == Counter(row.record for row in rated if is_bad(row.level))


def day_is_over(db: Database, day: str) -> None:
    """Nobody waits for yesterday; a missed ticket stays as it was."""
    with db.read() as connection:
        left = connection.execute(select(tickets).where(tickets.c.site == "hall", tickets.c.day == day)).all()
    assert {row.state for row in left} <= over | {"missed"}
    assert {row.claim for row in left} <= {""}


def proof_of_what_was_shown(db: Database, board: Board, chance: random.Random, begin: datetime, end: datetime) -> int:
    """Promise 17 for some seconds of a day; how many of them the server knew."""
    known = 0
    for _ in range(20):
        at = minute(chance, begin, end)
        with db.read() as connection:
            said = {(row.item, row.hash) for row in shown_at(connection, board.device, at.isoformat())}
        frame = board.witness.on_glass(at)
        if said:
            known += 1
            assert frame is not None, at
            assert said == set(frame.shown), at
    return known


def _at_the_server(known: dict[str, object], paper: Paper) -> None:
    row = known.get(paper.ticket)
    assert row is not None, paper  # promise 8: an issued ticket is never lost
    assert getattr(row, "number", "") == paper.number
