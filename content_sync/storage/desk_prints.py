"""Tickets on paper: what is to be printed, what was, and what became of the rest (promise 8: no ticket is lost).

1. Every press that got its number is to be printed; no row has to be written for that, so nothing can be lost between
   the number and the paper.
2. A ticket is `printing` while it is sent, then `printed` or `failed` with the reason. One found `printing` after a
   restart is `unsure`: nobody knows whether it came out. It is not printed again by itself; the visitor may ask.
3. A failed one is tried again while its visitor is likely there (`limits.print_patience_seconds` after the press or
   after asking again), then `dropped`: a ticket that comes out for nobody is taken by the wrong person.
4. Who asks again gets another copy (`wanted`), `limits.print_copies_max` of them.
5. Who knows nothing but a number may ask for a paper that is not known to have come out; that one is `plain`: it does
   not hold the address of the ticket's page, for that is the key to the ticket.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.storage import desk_presses
from content_sync.storage.desk_presses import Press

PrintState = Literal["queued", "printing", "printed", "failed", "unsure", "wanted", "dropped"]
_open = "'queued', 'failed', 'wanted'"


@dataclass(frozen=True)
class Print:
    """How a ticket's paper stands: the reason of a failure, how many came out, `large` letters, `plain` (rule 5)."""

    press: Press
    state: PrintState
    reason: str = ""
    copies: int = 0
    large: bool = False
    plain: bool = False

    @property
    def is_again(self) -> bool:
        """Whether another copy may be asked for (rule 4)."""
        return self.state in {"printed", "unsure", "dropped"} and self.copies < limits.print_copies_max


def following(db: Database, now: datetime) -> Print | None:
    """The next ticket to print (rules 1, 3 and 4), None when there is none."""
    query = f"""SELECT p.id FROM presses p LEFT JOIN prints t ON t.press = p.id
        WHERE p.state IN ('answered', 'leased') AND coalesce(t.state, 'queued') IN ({_open})
        AND coalesce(t.at, p.at) >= ? ORDER BY coalesce(t.state, 'queued') = 'failed', p.at LIMIT 1"""  # noqa: S608  # a constant is put in
    row = db.execute(query, [_since(now)]).fetchone()
    return of(db, row[0]) if row else None


def of(db: Database, press: str) -> Print:
    """How the paper of a press stands."""
    row = db.execute("SELECT state, reason, copies, large, plain FROM prints WHERE press = ?", [press]).fetchone()
    found = desk_presses.pressed(db, press)
    if row is None:
        return Print(found, "queued")
    state, reason, copies, large, plain = row
    return Print(found, state, reason, copies, bool(large), bool(plain))


def note(db: Database, press: str, state: PrintState, now: datetime, reason: str = "") -> None:
    """Rules 2 and 4. The instant of asking stays while it is tried again."""
    asked = state in ("queued", "wanted")
    copy = int(state == "printed")
    db.execute(
        """INSERT INTO prints (press, state, reason, copies, at)
           VALUES (:press, :state, :reason, :copy,
           CASE WHEN :asked THEN :now ELSE coalesce((SELECT at FROM presses WHERE id = :press), :now) END)
           ON CONFLICT (press) DO UPDATE SET state = :state, reason = :reason, copies = copies + :copy,
           at = CASE WHEN :asked THEN :now ELSE at END""",
        {"press": press, "state": state, "reason": reason, "copy": copy, "now": now.isoformat(), "asked": asked},
    )


def want_large(db: Database, press: str, now: datetime) -> None:
    """The visitor reads in the large view: so will the paper be."""
    note(db, press, "queued", now)
    db.execute("UPDATE prints SET large = 1 WHERE press = ?", [press])


def owed(db: Database, number: str, now: datetime) -> str:
    """The press of today whose paper is not known to have come out, by its number; empty when there is none."""
    query = """SELECT p.id FROM presses p JOIN prints t ON t.press = p.id
        WHERE p.number = ? AND substr(p.at, 1, 10) = ? AND t.state IN ('unsure', 'dropped') AND t.copies = 0"""
    row = db.execute(query, [number, desk_presses.day_of(now)]).fetchone()
    return str(row[0]) if row else ""


def want_plain(db: Database, press: str, now: datetime) -> None:
    """Rule 5."""
    note(db, press, "wanted", now)
    db.execute("UPDATE prints SET plain = 1 WHERE press = ?", [press])


def resume(db: Database) -> None:
    """Rule 2, at the start of a screen."""
    db.execute("UPDATE prints SET state = 'unsure' WHERE state = 'printing'")


def drop_late(db: Database, now: datetime, reason: str) -> int:
    """Rule 3; how many were given up. One that was never begun gets its row now."""
    since = _since(now)
    untried = """INSERT OR IGNORE INTO prints (press, state, reason, copies, at)
        SELECT id, 'dropped', ?, 0, at FROM presses WHERE state IN ('answered', 'leased') AND at < ?"""
    tried = f"UPDATE prints SET state = 'dropped', reason = ? WHERE state IN ({_open}) AND at < ?"  # noqa: S608  # a constant is put in
    return sum(db.execute(query, [reason, since]).rowcount for query in (tried, untried))


def forget_before(db: Database, day: str) -> None:
    """Papers of earlier days."""
    db.execute("DELETE FROM prints WHERE at < ?", [day])


def _since(now: datetime) -> str:
    return (now - timedelta(seconds=limits.print_patience_seconds)).isoformat()
