"""Leased numbers as a device keeps them (promise 8, HAL-15).

1. A block gives its numbers in order, each once, on its day only.
2. A block of an earlier day is closed before anything is said of it: from then on it gives no number, also when the
   clock goes back. Then the server is told where it stopped, until it has heard so.
"""

from dataclasses import dataclass

from sqlite_utils import Database

_columns = "id, service, letter, day, first, last"


@dataclass(frozen=True)
class Block:
    """Numbers leased to this device for one service and one day (ISO date), both ends included."""

    id: str
    service: str
    letter: str
    day: str
    first: int
    last: int


def put(db: Database, block: Block) -> None:
    """Keep a block; the same block again changes nothing."""
    db.execute(
        "INSERT OR IGNORE INTO blocks (id, service, letter, day, first, last, next) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [block.id, block.service, block.letter, block.day, block.first, block.last, block.first],
    )


def take(db: Database, service: str, day: str) -> tuple[str, int] | None:
    """Letter and next number for a service today, taken (rule 1); None when no number is left."""
    query = """SELECT n, letter, next FROM blocks
        WHERE service = ? AND day = ? AND next <= last AND closed = 0 ORDER BY first LIMIT 1"""
    found = db.execute(query, [service, day]).fetchone()
    if found is None:
        return None
    db.execute("UPDATE blocks SET next = next + 1 WHERE n = ?", [found[0]])
    return found[1], found[2]


def left(db: Database, service: str, day: str) -> int:
    """How many leased numbers are left for a service on a day."""
    query = "SELECT coalesce(sum(last - next + 1), 0) FROM blocks WHERE service = ? AND day = ? AND closed = 0"
    return int(db.execute(query, [service, day]).fetchone()[0])


def close_before(db: Database, day: str) -> None:
    """Rule 2."""
    db.execute("UPDATE blocks SET closed = 1 WHERE day < ?", [day])


def has_before(db: Database, day: str) -> bool:
    """Whether there is anything to close or to tell."""
    return db.execute("SELECT 1 FROM blocks WHERE day < ? OR closed = 1 LIMIT 1", [day]).fetchone() is not None


def closed(db: Database) -> list[tuple[str, int]]:
    """The closed blocks of which the server has not heard: id, and the number that would have been next."""
    return db.execute("SELECT id, next FROM blocks WHERE closed = 1 ORDER BY n").fetchall()


def drop(db: Database, block: str) -> None:
    """The server has heard of a closed block."""
    db.execute("DELETE FROM blocks WHERE id = ? AND closed = 1", [block])
