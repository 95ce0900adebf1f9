"""What is on the glass, and what was (promise 17).

1. A screen logs what it draws when that changes, and at least every minute while it does not.
2. When it changes, each item of the ended picture becomes a `display` record from its start to its end.
3. After a silence longer than `limits.display_gap_seconds` the end is the last time the screen was heard: of the
   time between nobody knows what was on it. The same when a screen starts: what its last life drew ends where it was
   last heard.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.ports import Ids
from content_sync.storage import desk_outbox
from content_sync.storage.desk_presses import record_id_bytes

Shown = tuple[tuple[str, str], ...]
Place = tuple[str, float, float, float, float]


@dataclass(frozen=True)
class Glass:
    """The screen now drawn and its touchable places: words, left, top, width, height. Never what was typed."""

    screen: str
    targets: tuple[Place, ...]


def log_shown(db: Database, screen: str, shown: Shown, at: datetime, ids: Ids) -> None:
    """Rules 1–3 for the (item, hash) pairs that a screen draws now."""
    text, now = json.dumps(shown), at.isoformat()
    row = db.execute("SELECT items, since, seen FROM shown WHERE screen = ?", [screen]).fetchone()
    if row is not None:
        seen = datetime.fromisoformat(row[2])
        silent = at - seen > timedelta(seconds=limits.display_gap_seconds)
        if row[0] == text and not silent:
            if at - seen >= timedelta(seconds=limits.display_seen_seconds):
                db.execute("UPDATE shown SET seen = ? WHERE screen = ?", [now, screen])
            return
        _close(db, screen, json.loads(row[0]), row[1], row[2] if silent else now, ids)  # rule 3
    db.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?)", [screen, text, now, now])


def begin(db: Database, screen: str, ids: Ids) -> None:
    """A screen starts (rule 3)."""
    row = db.execute("SELECT items, since, seen FROM shown WHERE screen = ?", [screen]).fetchone()
    if row is not None:
        _close(db, screen, json.loads(row[0]), row[1], row[2], ids)
        db.execute("DELETE FROM shown WHERE screen = ?", [screen])


def drawn(db: Database, screen: str) -> Shown:
    """What a screen draws now, as it logged it; nothing before its first picture."""
    row = db.execute("SELECT items FROM shown WHERE screen = ?", [screen]).fetchone()
    return tuple((item, body) for item, body in json.loads(row[0])) if row else ()


def put_glass(db: Database, screen: str, targets: Sequence[Place]) -> None:
    """Replace what is on the glass."""
    db.execute("INSERT OR REPLACE INTO glass VALUES (1, ?, ?)", [screen, json.dumps(targets, ensure_ascii=False)])


def forget_glass(db: Database) -> None:
    """Nothing is on the glass."""
    db.execute("DELETE FROM glass")


def glass(db: Database) -> Glass | None:
    """What is on the glass, None before the first picture."""
    row = db.execute("SELECT screen, targets FROM glass").fetchone()
    return Glass(row[0], tuple(tuple(place) for place in json.loads(row[1]))) if row else None


def _close(db: Database, screen: str, shown: list[list[str]], start: str, end: str, ids: Ids) -> None:
    for item, body in shown:  # rule 2
        facts: dict[str, str | int] = {"item": item, "hash": body, "screen": screen, "start": start, "end": end}
        desk_outbox.add(db, Record(spelled(ids.random(record_id_bytes)), "display", "", end, facts))
