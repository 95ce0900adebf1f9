"""What names a person is kept as long as the rule profile says, and then is gone (个人信息保护法第十九条, 第四十七条).

1. Counted from the end: of an opinion its closing, of a bad rating its answer, of a report its closing, of an
   application its filing, of a window's case its last step. What has not ended is kept, however old it is. An opinion
   that another case follows (cases.verdicts) has ended when both have: its words are the only ones there are.
2. Gone are the visitor's own words, handwriting and contact, a report's pictures, the sealed box of an application and
   its redacted pages, the name and phone of a window's applicant. What stays is the register: number, channel, what
   was tapped, steps, days, answer, letters. None of it names anybody.
3. Each forgetting is a line of the audit log, without which `check` calls an empty box a fault. Nothing brings it back;
   a backup that is older still holds it and is to be kept no longer than this.
4. What a relay passed up of opinions that are answered below is forgotten as long after it came. So is, on the relay,
   what its upstream refused of what visitors said.
5. The upkeep forgets once a day; `display-server forget` does so at once, or tells what it would do. Others write
   between `limits.forgotten_at_once_max` and the next: each is looked at again when its turn comes.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, case, func, literal, or_, select

from content_sync.clock import place
from content_sync.domain import limits, profiles
from display_server.cases import applying
from display_server.database import audit, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.handlings import handlings
from display_server.database.tables.records import cases, records
from display_server.database.tables.relaying import passing
from display_server.database.tables.visitors import application_files, applications, report_pictures, reports


@dataclass(frozen=True)
class Due:
    """One that was kept long enough, with the last day it was (`until`).

    `family` is case, report, application, handling or record; `number` that of the register, of the last two the id.
    """

    family: str
    number: str
    record: str
    until: str


_tables: dict[str, Table] = {"case": cases, "report": reports, "application": applications, "handling": handlings}
_emptied: dict[str, dict[str, str]] = {
    "case": {"text": "", "strokes": "", "contact": ""},
    "report": {"text": "", "strokes": ""},
    "application": {"sealed": "", "last4": ""},
    "handling": {"applicant": "", "contact": ""},
}
_after = cases.alias("after")
_later = case((_after.c.closed_at > cases.c.closed_at, _after.c.closed_at), else_=cases.c.closed_at)
# What has ended and is not forgotten, with its end or the steps that tell it (rule 1).
_ended: dict[str, Any] = {
    "case": select(cases.c.number.label("name"), cases.c.record, cases.c.site, cases.c.unit, _later.label("end"))
    .outerjoin(_after, _after.c.follows == cases.c.number)
    .where(cases.c.forgotten_at == "", cases.c.closed_at != "", func.coalesce(_after.c.closed_at, "-") != ""),
    "report": select(
        reports.c.number.label("name"),
        reports.c.record,
        reports.c.site,
        reports.c.unit,
        reports.c.closed_at.label("end"),
    ).where(reports.c.forgotten_at == "", reports.c.closed_at != ""),
    "application": select(
        applications.c.number.label("name"), applications.c.record, applications.c.detail.label("steps")
    ).where(applications.c.forgotten_at == "", applications.c.state == "archived"),
    "handling": select(
        handlings.c.id.label("name"),
        literal("").label("record"),
        handlings.c.site,
        handlings.c.unit,
        handlings.c.closed_at.label("end"),
    ).where(or_(handlings.c.applicant != "", handlings.c.contact != ""), handlings.c.closed_at != ""),
}
_keys: dict[str, Any] = {
    family: table.c["id" if family == "handling" else "number"] for family, table in _tables.items()
}
_said_here = (cases, reports, applications)


def due(db: Database) -> list[Due]:
    """Everything that is to be forgotten today, the oldest first."""
    with db.read() as connection:
        return sorted(_due(db, connection), key=lambda one: (one.until, one.family, one.number))


def forget(db: Database) -> list[Due]:
    """Forget it (rules 2, 3 and 5); what was forgotten. Writes nothing when there is none."""
    found, gone = due(db), list[Due]()
    for start in range(0, len(found), limits.forgotten_at_once_max):
        among = found[start : start + limits.forgotten_at_once_max]
        with db.write() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete = ON")  # pages are overwritten, not only set free
            still = list(_due(db, connection, among))
            for one in still:
                _forget(connection, one, instants.text_of(db.config.clock.now()))
        gone += still
    if gone:
        db.empty_log()
    return gone


def _forget(connection: Connection, one: Due, now: str) -> None:
    if one.family in _tables:
        table, emptied = _tables[one.family], _emptied[one.family]
        kept = emptied if one.family == "handling" else {**emptied, "forgotten_at": now}
        connection.execute(table.update().where(_keys[one.family] == one.number).values(**kept))
    if one.record:
        connection.execute(records.update().where(records.c.id == one.record).values(body=""))
        connection.execute(passing.delete().where(passing.c.record == one.record, passing.c.refused != ""))
    if one.family == "report":
        connection.execute(report_pictures.delete().where(report_pictures.c.report == one.number))
    if one.family == "application":
        connection.execute(application_files.delete().where(application_files.c.application == one.number))
    subject = f"{one.family}-{one.number}" if one.family in ("application", "report") else one.number
    audit.append(connection, now, "keeping", "system", f"{one.family}.forget", subject, one.until)


def _due(db: Database, connection: Connection, among: Collection[Due] | None = None) -> Iterator[Due]:
    """Everything that is due, or what still is of some."""
    today, kept = db.config.clock.now().astimezone(place).date(), dict[tuple[str, ...], int | None]()
    for family, asked in _ended.items():
        for row in connection.execute(_narrowed(asked, family, _keys[family], among)):
            end, rule = _end(family, row)
            if rule not in kept:
                kept[rule] = _days(connection, *rule)
            days = kept[rule]
            if days is not None and (until := date.fromisoformat(end[:10]) + timedelta(days=days)) < today:
                yield Due(family, row.name, row.record, until.isoformat())
    yield from _passed_up(connection, today, among)


def _narrowed(asked: Any, family: str, key: Any, among: Collection[Due] | None) -> Any:
    if among is None:
        return asked
    return asked.where(key.in_([one.number for one in among if one.family == family]))


def _passed_up(connection: Connection, today: date, among: Collection[Due] | None) -> Iterator[Due]:
    """Rule 4."""
    days = profiles.of_level("county").words_kept.value
    if days is None:
        return
    here = or_(*(select(table.c.record).where(table.c.record == records.c.id).exists() for table in _said_here))
    refused = and_(passing.c.record == records.c.id, passing.c.refused != "")
    words = or_(and_(records.c.kind == "opinion", records.c.body != ""), passing.c.record.is_not(None))
    asked = select(records.c.id, records.c.received_at).outerjoin(passing, refused)
    wanted = (records.c.kind.in_(("opinion", "report", "application")), words, ~here)
    old = func.substr(records.c.received_at, 1, 10) < (today - timedelta(days=days)).isoformat()
    for row in connection.execute(_narrowed(asked.where(*wanted, old), "record", records.c.id, among)):
        until = date.fromisoformat(row.received_at[:10]) + timedelta(days=days)
        yield Due("record", row.id, row.id, until.isoformat())


def _end(family: str, row: Row[Any]) -> tuple[str, tuple[str, ...]]:
    """Its end, and which rule says how long it is kept."""
    if family == "application":
        steps = applying.parsed(row.steps)
        return steps.archived, (family, steps.profile)
    return row.end, (family, row.site, row.unit)


def _days(connection: Connection, family: str, *rule: str) -> int | None:
    if family == "application":
        return profiles.every[rule[0]].application_kept.value
    profile = sites.profile(connection, *rule)
    return (profile.application_kept if family == "handling" else profile.words_kept).value
