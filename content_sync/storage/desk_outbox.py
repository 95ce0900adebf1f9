"""Records on their way up (promise 10).

1. A record is kept until the server has acknowledged or refused it; adding it again changes nothing.
2. Refused records stay, with the reason, for whoever looks after the device; which wait again: domain.records rule 4.
3. When the outbox is full, the display log and heartbeats are dropped (the server then knows that it does not know);
   tickets, ratings and opinions never are. Of heartbeats only the newest one waits.
4. A ticket is rated once on this device.
5. A record made while the clock is doubtful says so: its body has `clock: doubtful`.
"""

import json

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.records import Record, is_newer_than, waiting_again

_said = ("opinion",), ("report",), ("application",), ("verdict",)


def add(db: Database, record: Record) -> bool:
    """Keep a record for sending (rules 1, 3 and 4); False when it was not added."""
    if record.kind == "heartbeat":
        db.execute("DELETE FROM outbox WHERE kind = 'heartbeat'")
    if record.kind in ("display", "heartbeat") and size(db) >= limits.outbox_rows_max:
        return False
    if record.kind == "rating" and not _first_rating(db, record):
        return False
    body = {**record.body, "clock": "doubtful"} if clock_is_doubtful(db) else dict(record.body)  # rule 5
    values = [record.id, record.kind, record.device, record.made_at, json.dumps(body, ensure_ascii=False)]
    query = "INSERT OR IGNORE INTO outbox (id, kind, device, made_at, body) VALUES (?, ?, ?, ?, ?)"
    return bool(db.execute(query, values).rowcount)


def clock_is_doubtful(db: Database) -> bool:
    """What the agent noted last."""
    row = db.execute("SELECT doubtful FROM clock").fetchone()
    return bool(row and row[0])


def note_clock(db: Database, *, doubtful: bool) -> None:
    """Note it for the records to come (rule 5)."""
    db.execute("INSERT OR REPLACE INTO clock VALUES (1, ?)", [int(doubtful)])


def waiting(db: Database, limit: int) -> list[Record]:
    """The oldest records that are neither acknowledged nor refused."""
    return [record for _, record in waiting_after(db, 0, limit)]


def waiting_after(db: Database, place: int, limit: int) -> list[tuple[int, Record]]:
    """The same, later than a place in the true order; each with its own place."""
    query = "SELECT n, id, kind, device, made_at, body FROM outbox WHERE refused = '' AND n > ? ORDER BY n LIMIT ?"
    found = db.execute(query, [place, limit])
    return [(n, Record(a, b, c, d, json.loads(body))) for n, a, b, c, d, body in found]


def acknowledge(db: Database, ids: list[str]) -> bool:
    """The server has them; whether any of them is what a visitor said."""
    said = any(db.execute("SELECT kind FROM outbox WHERE id = ?", [one]).fetchone() in _said for one in ids)
    db.conn.executemany("DELETE FROM outbox WHERE id = ?", [(record,) for record in ids])
    return said


def refuse(db: Database, record_id: str, reason: str) -> None:
    """Rule 2."""
    db.execute("UPDATE outbox SET refused = ? WHERE id = ?", [reason or "refused", record_id])


def wait_again(db: Database, day: str) -> None:
    """Rule 2, on this day."""
    last = db.execute("SELECT day FROM waited_again").fetchone()
    found = waiting_again(dict(refused(db)), last[0] if last else "", day)
    if found:
        db.execute("INSERT OR REPLACE INTO waited_again VALUES (1, ?)", [day])
        db.conn.executemany("UPDATE outbox SET refused = '' WHERE id = ?", [(name,) for name in found])


def refused(db: Database) -> list[tuple[str, str]]:
    """Ids and reasons of refused records."""
    return db.execute("SELECT id, refused FROM outbox WHERE refused != '' ORDER BY n").fetchall()


def is_refused(db: Database, record_id: str) -> bool:
    """Whether the server took this one for bad; not so one that waits for a newer server (rule 2)."""
    row = db.execute("SELECT refused FROM outbox WHERE id = ?", [record_id]).fetchone()
    return bool(row and row[0]) and not is_newer_than(row[0])


def size(db: Database) -> int:
    """How many records wait to be sent."""
    return int(db.execute("SELECT count(*) FROM outbox WHERE refused = ''").fetchone()[0])


def _first_rating(db: Database, record: Record) -> bool:
    ticket = str(record.body.get("ticket", ""))
    if not ticket:
        return True
    return bool(db.execute("INSERT OR IGNORE INTO rated VALUES (?, ?)", [ticket, record.made_at]).rowcount)
