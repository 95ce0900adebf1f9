"""One press, one ticket (promise 8).

1. A press is known by an id made where the finger was; pressing again with the same id changes nothing.
2. Only a waiting press gets a ticket, and it gets one: from the server, or the next number of today's leased block, or
   where there is none the next of this desk's own series. Whoever comes second is told what the first one decided.
   While the clock is in doubt the series is first: nobody knows whether today is the day of the block.
3. A leased number, the press and its `ticket` record are one transaction: a number is never lost and never given twice.
4. Of a leased ticket it is not known how many are ahead: `ahead` is -1.
5. A device that is cut off gives no number that the server refused for this time when it was last heard.
6. A press that this device gave up is given up at the server too, as soon as it can be told: its ticket may have been
   made there, and its answer lost.
7. Why somebody goes first is forgotten here as soon as it is told (domain.hall.claims).
8. A press that checks a booking in (`code`) is the server's to answer: it gets no number of a block or of the desk's
   own. Its service is known by the letter of the number it got.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from content_sync.clock import place
from content_sync.domain import limits
from content_sync.domain.errors import Broken
from content_sync.domain.hall import tickets
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.ports import Ids
from content_sync.storage import desk_blocks, desk_outbox, desk_queue, desk_series

_columns = "id, service, priority, at, state, ticket, number, ahead, reason, claim, code"
record_id_bytes = 16


@dataclass(frozen=True)
class Press:
    """A press and what became of it; `at` is an ISO instant, `priority` 1 for those who go first, else 0.

    `claim` says why, as long as nobody was told.
    """

    id: str
    service: str
    priority: int
    at: str
    state: Literal["waiting", "answered", "leased", "refused"]
    ticket: str = ""
    number: str = ""
    ahead: int = -1
    reason: str = ""
    claim: str = ""
    code: str = ""


def press(
    db: Database, press_id: str, service: str, priority: int, at: datetime, claim: str = "", code: str = ""
) -> Press:
    """Rules 1 and 8."""
    values = [press_id, service, priority, at.isoformat(), claim, code]
    query = "INSERT OR IGNORE INTO presses (id, service, priority, at, claim, code) VALUES (?, ?, ?, ?, ?, ?)"
    db.execute(query, values)
    return pressed(db, press_id)


def pressed(db: Database, press_id: str) -> Press:
    """The press as it stands; Broken when there is none."""
    row = db.execute(f"SELECT {_columns} FROM presses WHERE id = ?", [press_id]).fetchone()  # noqa: S608  # a constant is put in
    if row is None:
        raise Broken(f"There is no press {press_id}; the press must be written before it is asked for.")
    return Press(*row)


def waiting(db: Database) -> list[Press]:
    """Presses that have no ticket yet, oldest first."""
    query = f"SELECT {_columns} FROM presses WHERE state = 'waiting' ORDER BY at, id"  # noqa: S608  # a constant is put in
    return [Press(*row) for row in db.execute(query)]


def take_leased(db: Database, press_id: str, at: datetime, ids: Ids) -> Press:
    """Rules 2 and 3; without a number left for today the press stays waiting."""
    found, day = pressed(db, press_id), day_of(at)
    if found.state != "waiting" or found.code:  # rule 8
        return found
    if why := desk_queue.why_not(db, found.service, at):  # rule 5
        give_up(db, press_id, why)
        return pressed(db, press_id)
    ways = (desk_blocks.take, desk_series.take_own)
    ways = ways[::-1] if desk_outbox.clock_is_doubtful(db) else ways
    number = ways[0](db, found.service, day) or ways[1](db, found.service, day)
    if number is None:
        return found
    ticket, spoken = spelled(ids.random(limits.ticket_id_bytes)), tickets.number(*number)
    taken = "UPDATE presses SET state = 'leased', ticket = ?, number = ?, claim = '' WHERE id = ?"  # rule 7
    db.execute(taken, [ticket, spoken, press_id])
    issued = at.isoformat()
    body: dict[str, str | int] = {"press": press_id, "ticket": ticket, "service": found.service, "number": spoken}
    body |= {"day": day, "priority": found.priority, "issued": issued, "leased": 1}
    body |= {"claim": found.claim} if found.claim else {}
    desk_outbox.add(db, Record(spelled(ids.random(record_id_bytes)), "ticket", "", issued, body))
    return pressed(db, press_id)


def answer(db: Database, press_id: str, ticket: str, number: str, ahead: int) -> bool:
    """The server's ticket, unless the press has one already (rule 2)."""
    query = """UPDATE presses SET state = 'answered', ticket = ?, number = ?, ahead = ?, claim = '',
        service = CASE WHEN code = '' THEN service
            ELSE coalesce((SELECT service FROM services WHERE letter = substr(?, 1, 1)), service) END
        WHERE id = ? AND state = 'waiting'"""
    return bool(db.execute(query, [ticket, number, ahead, number, press_id]).rowcount)


def refuse(db: Database, press_id: str, reason: str) -> bool:
    """The server's sentence why there is no ticket, unless there is one (rule 2)."""
    query = "UPDATE presses SET state = 'refused', reason = ?, claim = '' WHERE id = ? AND state = 'waiting'"
    return bool(db.execute(query, [reason, press_id]).rowcount)


def give_up(db: Database, press_id: str, reason: str) -> bool:
    """This device's sentence why there is no ticket, unless there is one (rules 2 and 6)."""
    refused = refuse(db, press_id, reason)
    if refused:
        db.execute("UPDATE presses SET given_up = 1 WHERE id = ?", [press_id])
    return refused


def given_up(db: Database) -> list[str]:
    """Presses that were given up here, of which the server has not heard (rule 6)."""
    return [row[0] for row in db.execute("SELECT id FROM presses WHERE given_up = 1 ORDER BY at, id")]


def told(db: Database, press_id: str) -> None:
    """The server has heard that this press was given up."""
    db.execute("UPDATE presses SET given_up = 0 WHERE id = ?", [press_id])


def forget_before(db: Database, day: str) -> None:
    """Presses and blocks of earlier days go; their records stay in the outbox."""
    db.execute("DELETE FROM presses WHERE at < ?", [day])
    db.execute("DELETE FROM blocks WHERE day < ?", [day])
    db.execute("DELETE FROM rated WHERE at < ?", [day])


def day_of(at: datetime) -> str:
    """The site's local date."""
    return at.astimezone(place).date().isoformat()
