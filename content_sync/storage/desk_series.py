"""This desk's own series of numbers (the rules: domain.hall.series).

1. A desk names itself, once, from chance: a new desk, after a damaged one, gets another series.
2. Where each letter stands is written in the transaction that gives the number.
"""

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.hall.series import Run, take
from content_sync.domain.ids import spelled
from content_sync.ports import Ids


def desk_of(db: Database, ids: Ids) -> str:
    """How this desk is named (rule 1)."""
    db.execute("INSERT OR IGNORE INTO series VALUES (1, ?, '')", [spelled(ids.random(limits.ticket_id_bytes))])
    return str(db.execute("SELECT desk FROM series").fetchone()[0])


def letter_of(db: Database) -> str:
    """The letter that the server gave to this desk; empty when it gave none yet."""
    row = db.execute("SELECT letter FROM series").fetchone()
    return str(row[0]) if row else ""


def keep(db: Database, letter: str) -> None:
    """The server gave this letter; the first one stays."""
    db.execute("UPDATE series SET letter = ? WHERE letter = ''", [letter])


def take_own(db: Database, service: str, day: str) -> tuple[str, int] | None:
    """Letters and running number of the next own number for a service; None without a series or such a service."""
    letter = letter_of(db)
    row = db.execute("SELECT letter FROM services WHERE service = ?", [service]).fetchone()
    if not letter or row is None:
        return None
    stands = db.execute("SELECT next, day FROM runs WHERE letter = ?", [row[0]]).fetchone()
    running, after = take(Run(*stands) if stands else Run(), day)
    db.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", [row[0], after.next, after.day])  # rule 2
    return f"{row[0]}{letter}", running
