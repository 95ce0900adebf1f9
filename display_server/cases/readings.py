"""How clocks stand at one moment: the day, the calendar and each hall's profile are looked up once for all of them.

A reading is made when it is asked for, from what is kept; none is stored. A due date that was known is kept as it was
told; one that was not known is counted anew, for the year's table may have come (domain.cases.clocks, rules 1 and 2).
"""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.clock import place
from content_sync.domain import profiles
from content_sync.domain.cases import applications
from content_sync.domain.cases.clocks import Due, Reading, Unit, due_after, reading
from content_sync.domain.hall.handling import states
from content_sync.domain.profiles import Profile
from display_server.cases import applying
from display_server.database import calendars, sites
from display_server.database.engine import Database


class Readings:
    """Readings within one transaction."""

    def __init__(self, db: Database, connection: Connection) -> None:
        self._calendar = calendars.known(db.config)
        self._today = db.config.clock.now().astimezone(place).date()
        self._connection = connection
        self._profiles: dict[tuple[str, str], Profile] = {}

    def of_case(self, row: Row[Any]) -> Reading:
        """Of an opinion or a bad rating; of an answered one, how it stood on that day."""
        due = self._kept(row.due, row.opened_at, row.limit_days, "working_day")
        return self._read(due, row, row.answered_at)

    def of_handling(self, row: Row[Any]) -> Reading:
        """Of what a window accepted; of one whose clock no longer runs, how it stood when it ended."""
        if not row.started:
            return Reading("none", None, states[row.state])
        return self._read(self.due_of(row), row, row.sent_at or row.closed_at)

    def of_reply(self, row: Row[Any], handling: Row[Any]) -> Reading:
        """Of a department that was asked; of one that replied, how it stood on that day."""
        due = self._kept(row.due, row.asked_at, row.limit_days, "working_day")
        return self._read(due, handling, row.replied_at)

    def of_application(self, row: Row[Any]) -> Reading:
        """Of an application for information; of one that was replied to, how it stood on that day."""
        app = applying.parsed(row.detail)
        due = applications.due(app, self._calendar)
        if not applications.runs(app) and not app.replied:
            return Reading("none", None, due.why)
        on = date.fromisoformat(app.replied) if app.replied else self._today
        return reading(due, on, profiles.every[app.profile].warning, self._calendar)

    def due_of(self, row: Row[Any]) -> Due:
        """The due date of what a window accepted; without a clock there is none."""
        if not row.started:
            return Due(None, states[row.state])
        return self._kept(row.due, row.started, row.amount, row.limit_unit)

    def _kept(self, due: str, start: str, amount: int | None, unit: Unit) -> Due:
        counted = due_after(date.fromisoformat(start[:10]), amount, unit, self._calendar) if not due else None
        return counted or Due(date.fromisoformat(due), "")

    def _read(self, due: Due, case: Row[Any], ended: str) -> Reading:
        on = date.fromisoformat(ended[:10]) if ended else self._today
        return reading(due, on, self._profile(case.site, case.unit).warning, self._calendar)

    def _profile(self, site: str, unit: str) -> Profile:
        if (site, unit) not in self._profiles:
            self._profiles[site, unit] = sites.profile(self._connection, site, unit)
        return self._profiles[site, unit]
