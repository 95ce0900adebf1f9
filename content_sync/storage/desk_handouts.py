"""Notice slips (告知单) on paper: what a visitor asked for, and what became of it.

1. A job holds the finished words, made when the finger was on the glass: the paper says what the screen said, whatever
   edition arrives meanwhile.
2. A job is `printing` while it is sent, then `printed`, or `failed` with the reason. A failed one is tried again while
   its visitor is likely there (`limits.print_patience_seconds`), then `dropped`.
3. One found `printing` or waiting after a restart is `dropped`: unlike a ticket it is no right that could be lost, and
   who still stands there asks again by one touch.
4. The words go with the last attempt: what somebody came for is nobody's business afterwards.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from content_sync.domain import limits

HandoutState = Literal["queued", "printing", "printed", "failed", "dropped", "unknown"]


@dataclass(frozen=True)
class HandoutJob:
    """One paper: its words as the kiosk wrote them, `large` letters, how it stands."""

    id: str
    text: str
    large: bool
    state: HandoutState


def ask(db: Database, job: str, text: str, now: datetime, *, large: bool) -> None:
    """Write a job down."""
    db.execute("INSERT INTO handouts VALUES (?, ?, ?, 'queued', '', ?)", [job, text, int(large), now.isoformat()])


def following(db: Database, now: datetime) -> HandoutJob | None:
    """The next one to print, None when there is none."""
    query = """SELECT id, text, large, state FROM handouts WHERE state IN ('queued', 'failed') AND at >= ?
        ORDER BY state = 'failed', at, id LIMIT 1"""
    row = db.execute(query, [_since(now)]).fetchone()
    return HandoutJob(row[0], row[1], bool(row[2]), row[3]) if row else None


def state_of(db: Database, job: str) -> HandoutState:
    """How a paper stands."""
    row = db.execute("SELECT state FROM handouts WHERE id = ?", [job]).fetchone()
    state: HandoutState = row[0] if row else "unknown"
    return state


def note(db: Database, job: str, state: HandoutState, reason: str = "") -> None:
    """Rules 2 and 4."""
    over = state in ("printed", "dropped")
    db.execute(
        "UPDATE handouts SET state = ?, reason = ?, text = CASE WHEN ? THEN '' ELSE text END WHERE id = ?",
        [state, reason, over, job],
    )


def resume(db: Database) -> None:
    """Rule 3, at the start of a screen."""
    db.execute("UPDATE handouts SET state = 'dropped', text = '' WHERE state IN ('queued', 'printing', 'failed')")


def drop_late(db: Database, now: datetime) -> None:
    """Rule 2: nobody waits for them any more."""
    query = "UPDATE handouts SET state = 'dropped', text = '' WHERE state IN ('queued', 'failed') AND at < ?"
    db.execute(query, [_since(now)])


def forget_before(db: Database, day: str) -> None:
    """Papers of earlier days."""
    db.execute("DELETE FROM handouts WHERE at < ?", [day])


def _since(now: datetime) -> str:
    return (now - timedelta(seconds=limits.print_patience_seconds)).isoformat()
