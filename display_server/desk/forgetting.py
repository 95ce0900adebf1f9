"""What names a person is kept as long as the rule profile says, and then is gone (个人信息保护法第十九条, 第四十七条).

1. Counted from the end: of an opinion its closing, of a bad rating its answer, of a report its closing, of an
   application its filing. What has not ended is kept, however old it is.
2. Gone are the visitor's own words, handwriting and contact, the sealed box of an application and its redacted pages.
   What stays is the register: number, channel, what was tapped, steps, days, answer, letters. None of it names anybody.
3. Each forgetting is a line of the audit log, without which `check` calls an empty box a fault. Nothing brings it back;
   a backup that is older still holds it and is to be kept no longer than this.
4. What a relay passed up of opinions that are answered below is forgotten as long after it came.
5. The upkeep forgets once a day; `display-server forget` does so at once, or tells what it would do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from content_sync.clock import place
from content_sync.domain import profiles
from content_sync.domain.profiles import Profile
from display_server.cases import applying
from display_server.database import audit, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.records import cases, records
from display_server.database.tables.visitors import application_files, applications, reports


@dataclass(frozen=True)
class Due:
    """One that was kept long enough: `family` is case, report, application or record, `until` the last day it was."""

    family: str
    number: str
    record: str
    until: str


_tables: dict[str, Table] = {"case": cases, "report": reports, "application": applications}
_emptied: dict[str, dict[str, str]] = {
    "case": {"text": "", "strokes": "", "contact": ""},
    "report": {"text": "", "strokes": ""},
    "application": {"sealed": "", "last4": ""},
}


def due(db: Database) -> list[Due]:
    """Everything that is to be forgotten today, the oldest first."""
    with db.read() as connection:
        return sorted(_due(db, connection), key=lambda one: (one.until, one.family, one.number))


def forget(db: Database) -> list[Due]:
    """Forget it (rules 2 and 3); what was forgotten. Writes nothing when there is none."""
    if not due(db):
        return []
    now = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")  # the pages are overwritten, not only set free
        found = list(_due(db, connection))
        for one in found:
            if one.family in _tables:
                table, gone = _tables[one.family], {**_emptied[one.family], "forgotten_at": now}
                connection.execute(table.update().where(table.c.number == one.number).values(**gone))
            connection.execute(records.update().where(records.c.id == one.record).values(body=""))
            if one.family == "application":
                connection.execute(application_files.delete().where(application_files.c.application == one.number))
            subject = one.number if one.family in ("case", "record") else f"{one.family}-{one.number}"
            audit.append(connection, now, "keeping", "system", f"{one.family}.forget", subject, one.until)
    db.empty_log()
    return found


def _due(db: Database, connection: Connection) -> Iterator[Due]:
    today = db.config.clock.now().astimezone(place).date()
    for family, table in _tables.items():
        for row in connection.execute(select(table).where(table.c.forgotten_at == "")):
            ended = _ended(family, row)
            days = _days(family, _profile(connection, family, row)) if ended else None
            if days is not None and (until := date.fromisoformat(ended[:10]) + timedelta(days=days)) < today:
                yield Due(family, row.number, row.record, until.isoformat())
    yield from _passed_up(connection, today)


def _passed_up(connection: Connection, today: date) -> Iterator[Due]:
    """Rule 4."""
    days = profiles.of_level("county").words_kept.value
    if days is None:
        return
    oldest = (today - timedelta(days=days)).isoformat()
    here = select(cases.c.record).where(cases.c.record == records.c.id).exists()
    asked = select(records.c.id, records.c.received_at).where(records.c.kind == "opinion", records.c.body != "", ~here)
    for row in connection.execute(asked.where(func.substr(records.c.received_at, 1, 10) < oldest)):
        yield Due("record", row.id, row.id, oldest)


def _ended(family: str, row: Row[Any]) -> str:
    """Rule 1; empty while it has not ended."""
    if family == "application":
        return applying.parsed(row.detail).archived
    return str(row.closed_at)


def _profile(connection: Connection, family: str, row: Row[Any]) -> Profile:
    if family == "application":
        return profiles.every[applying.parsed(row.detail).profile]
    return sites.profile(connection, row.site, row.unit)


def _days(family: str, profile: Profile) -> int | None:
    return (profile.application_kept if family == "application" else profile.words_kept).value
