"""Opening applications for information (APP-01, APP-08); the steps after that are cases.applications.

1. Who asks for what stays sealed in the database; only a page of somebody who handles it opens it (desk.unsealing).
2. Each has a number of its year; its clock starts with the day it came (domain.cases.applications, rule 1).
3. The audit log says that it came and when it is due, and nothing of the applicant.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.clock import place
from content_sync.domain.cases import applications as rules
from content_sync.wire import canonical, shapes
from display_server.database import audit, calendars, sites
from display_server.database.engine import Database
from display_server.database.tables.visitors import applications

_subject = "application-"


@dataclass(frozen=True)
class Arrival:
    """An application as it came: `channel` how (domain.cases.channels), `last4` a keyed hash."""

    record: str
    receipt: str
    channel: str
    site: str
    unit: str
    sealed: str
    last4: str


def open_application(db: Database, connection: Connection, came: Arrival, by: str = "", via: str = "device") -> str:
    """Open an application inside the caller's transaction and return its number (rules 2 and 3)."""
    now = db.config.clock.now().astimezone(place)
    app = rules.received(now.date(), sites.profile(connection, came.site, came.unit))
    due = rules.due(app, calendars.known(db.config)).day
    like = applications.c.number.startswith(f"{now.year}-")
    asked = select(func.count()).select_from(applications).where(like)
    number = f"{now.year}-{connection.execute(asked).scalar_one() + 1:05}"
    values = {**vars(came), "number": number, "opened_at": now.isoformat(), "state": app.state}
    values |= {"due": due.isoformat() if due else "", "detail": text_of(app)}
    connection.execute(applications.insert().values(**values))
    told = f"{came.channel} {values['due'] or '-'}"
    audit.append(connection, now.isoformat(), by or "record", via, "application.open", f"application-{number}", told)
    return number


def of_subject(connection: Connection, subject: str) -> Row[Any] | None:
    """The application that the audit log calls `subject`."""
    wanted = applications.c.number == subject.removeprefix(_subject)
    return connection.execute(select(applications).where(wanted)).first() if subject.startswith(_subject) else None


def text_of(app: rules.Application) -> str:
    """An application's steps as they are kept."""
    return canonical.dump(shapes.to_plain(app)).decode()


def parsed(detail: str) -> rules.Application:
    """The steps of kept text."""
    return shapes.from_plain(rules.Application, canonical.load(detail.encode(), "application"), "application")
