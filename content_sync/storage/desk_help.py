"""Calls for help as the device keeps them: asked at the screen, told to the desk by the agent (GUI-06).

1. A call is known by the press that made it; the same press again changes nothing.
2. It is `asking` until the desk knows of it, then what the desk says: `ringing`, `coming`, `closed`. `unreached`: the
   desk could not be told in time, and is not told any more, because nobody is standing there now.
3. What is over stays over: `closed` and `unreached` never change.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

HelpState = Literal["asking", "ringing", "coming", "closed", "unreached"]
_columns = "press, place, at, state, help, by"


@dataclass(frozen=True)
class HelpCall:
    """A call for help; `place` is where in the kiosk, `help` the server's id for it, `by` who comes."""

    press: str
    place: str
    at: str
    state: HelpState
    help: str = ""
    by: str = ""


def ask(db: Database, press: str, place: str, at: datetime) -> None:
    """A finger asked for a person (rule 1)."""
    db.execute("INSERT OR IGNORE INTO help (press, place, at) VALUES (?, ?, ?)", [press, place, at.isoformat()])


def newest(db: Database) -> HelpCall | None:
    """The last call for help, None when there was none."""
    row = db.execute(f"SELECT {_columns} FROM help ORDER BY at DESC, rowid DESC LIMIT 1").fetchone()  # noqa: S608  # a constant is put in
    return HelpCall(*row) if row else None


def open_calls(db: Database) -> list[HelpCall]:
    """What the desk must still be told or asked about, oldest first."""
    query = f"SELECT {_columns} FROM help WHERE state IN ('asking', 'ringing', 'coming') ORDER BY at, rowid"  # noqa: S608  # a constant is put in
    return [HelpCall(*row) for row in db.execute(query)]


def note(db: Database, press: str, state: HelpState, by: str = "", server_id: str = "") -> None:
    """What became of it (rules 2 and 3)."""
    db.execute(
        """UPDATE help SET state = ?, by = ?, help = CASE WHEN ? = '' THEN help ELSE ? END
           WHERE press = ? AND state NOT IN ('closed', 'unreached')""",
        [state, by, server_id, server_id, press],
    )


def forget_before(db: Database, day: str) -> None:
    """Calls of earlier days go."""
    db.execute("DELETE FROM help WHERE at < ?", [day])
