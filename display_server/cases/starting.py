"""What starts on the day a case is complete: its own clock, and those of the departments that are asked.

1. The last day is computed from the limit, the calendar and the day; nobody types it, and the notice prints what the
   clock reads. Where a year has no table the case goes on without a date, which is counted as soon as the table comes.
2. A department that is asked has the time that the profile gives a consultation.
"""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from content_sync.domain.cases.clocks import Unit, due_after
from content_sync.domain.profiles import Profile
from display_server.database import calendars
from display_server.database.engine import Database
from display_server.database.tables.handlings import handling_replies


def clock(db: Database, amount: int, unit: Unit, at: str) -> dict[str, str]:
    """The columns of a clock that starts at this instant (rule 1)."""
    return {"started": at[:10], "due": _last_day(db, amount, unit, at)}


def ask(db: Database, connection: Connection, handling: str, profile: Profile, at: str) -> None:
    """Ask the departments of a 联办件, all at the same time (rule 2)."""
    days = profile.consultation.value
    values: dict[str, Any] = {"asked_at": at, "limit_days": days, "due": _last_day(db, days, "working_day", at)}
    connection.execute(handling_replies.update().where(handling_replies.c.handling == handling).values(**values))


def _last_day(db: Database, amount: int | None, unit: Unit, at: str) -> str:
    due = due_after(date.fromisoformat(at[:10]), amount, unit, calendars.known(db.config)).day
    return due.isoformat() if due else ""
