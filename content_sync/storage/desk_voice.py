"""What was said aloud on this device, and how its parts are.

1. A calling is counted when it has been said to its end: one that was cut off by a power failure is said again.
2. Counts are forgotten with the presses of their day; those of emergencies stay, for they may be shown for weeks.
3. A part (printer, paper, speaker) is written down when its state changes, and told by the next heartbeat.
"""

from datetime import datetime

from sqlite_utils import Database


def said(db: Database) -> dict[str, int]:
    """How often each calling was said."""
    return dict(db.execute("SELECT call, times FROM said"))


def note_said(db: Database, call: str, at: datetime) -> None:
    """Rule 1."""
    again = "ON CONFLICT (call) DO UPDATE SET times = times + 1, at = excluded.at"
    db.execute(f"INSERT INTO said (call, at, times) VALUES (?, ?, 1) {again}", [call, at.isoformat()])  # noqa: S608  # a constant is put in


def forget_before(db: Database, day: str) -> None:
    """Rule 2."""
    db.execute("DELETE FROM said WHERE at < ? AND call NOT LIKE 'emergency %'", [day])


def parts(db: Database) -> dict[str, str]:
    """The state of each part that said anything."""
    return dict(db.execute("SELECT name, state FROM parts ORDER BY name"))


def note_part(db: Database, name: str, state: str, at: datetime) -> None:
    """Rule 3."""
    db.execute("INSERT OR REPLACE INTO parts (name, state, at) VALUES (?, ?, ?)", [name, state, at.isoformat()])
