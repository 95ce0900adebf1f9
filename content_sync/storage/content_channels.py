"""What is held of each channel, so that a worn disk cannot make it a false state.

1. Beside a channel's row stands the fact `held:<channel>`, its seal, written in the same transaction. A row that its
   seal does not fit is held as nothing: its edition is fetched again, whatever number or root a flipped bit made of it.
2. The ids that a channel withdrew are sealed as a whole by the fact `kept away:<channel>`. When it does not fit, they
   stay hidden until the signed list has come again, and are then exactly the list's (content_hide).
3. What a first release wrote has no seals yet, and is believed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from sqlite_utils import Database

from content_sync.storage import facts

_query = "SELECT channel, number, as_of, time, items, root FROM channels"


@dataclass(frozen=True)
class Held:
    """What the device holds of a channel: number 0 and no times before its first edition."""

    channel: str
    number: int
    as_of: str
    time: str
    items: int
    root: str


def held(db: Database) -> dict[str, Held]:
    """Every followed channel."""
    return {row[0]: _trusted(db, Held(*row)) for row in db.execute(f"{_query} ORDER BY channel").fetchall()}


def of(db: Database, channel: str) -> Held:
    """One channel, followed or not."""
    row = db.execute(f"{_query} WHERE channel = ?", [channel]).fetchone()
    return _trusted(db, Held(*row)) if row else _nothing(channel)


def put(db: Database, held: Held) -> None:
    """Hold this from now on (rule 1)."""
    db.execute("INSERT OR REPLACE INTO channels VALUES (?, ?, ?, ?, ?, ?)", list(astuple(held)))
    facts.put(db, f"held:{held.channel}", _seal(held))


def unseal(db: Database, channel: str) -> None:
    """The channel's row is gone."""
    db.execute("DELETE FROM facts WHERE name = ?", [f"held:{channel}"])


def is_sealed(db: Database, channel: str) -> bool:
    """Whether row and ids of a channel are what was written (rules 1 and 2)."""
    row = db.execute(f"{_query} WHERE channel = ?", [channel]).fetchone()
    return (row is None or _fits(db, Held(*row))) and are_ids_sound(db, channel)


def withdrawn_ids(db: Database, channel: str) -> set[str]:
    """Every id the channel ever withdrew."""
    return {row[0] for row in db.execute("SELECT id FROM withdrawn WHERE channel = ?", [channel])}


def seal_ids(db: Database, channel: str) -> None:
    """The ids changed in this transaction (rule 2)."""
    facts.put(db, f"kept away:{channel}", _seal_of_ids(withdrawn_ids(db, channel)))


def are_ids_sound(db: Database, channel: str) -> bool:
    """Whether the withdrawn ids are those that were written."""
    seal = facts.get(db, f"kept away:{channel}")
    return seal is None or seal == _seal_of_ids(withdrawn_ids(db, channel))


def _trusted(db: Database, row: Held) -> Held:
    return row if _fits(db, row) else _nothing(row.channel)


def _fits(db: Database, row: Held) -> bool:
    seal = facts.get(db, f"held:{row.channel}")
    return seal is None or seal == _seal(row)


def _nothing(channel: str) -> Held:
    return Held(channel, 0, "", "", 0, "")


def _seal(row: Held) -> bytes:
    return hashlib.sha256("\n".join(map(str, astuple(row))).encode(errors="replace")).digest()


def _seal_of_ids(ids: Iterable[str]) -> bytes:
    return hashlib.sha256("\n".join(sorted(ids)).encode(errors="replace")).digest()
