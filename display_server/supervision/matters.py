"""What supervision knows of a matter beside its chain: what it is, whose, and how its clock stands or stood."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.cases import applications
from content_sync.domain.cases.clocks import Reading
from content_sync.domain.hall import enquiries, handling
from display_server.cases import applying, enquiry_queries, handling_queries, queries, service
from display_server.cases.readings import Readings
from display_server.database import sites
from display_server.database.county import county
from display_server.database.engine import Database
from display_server.database.tables.core import accounts
from display_server.supervision import cards


@dataclass(frozen=True)
class Matter:
    """One case as the drill-down shows it; `reading` is None where no clock runs by law."""

    subject: str
    kind: str
    number: str
    unit: str
    site: str
    about: str
    opened: str
    state: str
    reading: Reading | None


def found(db: Database, connection: Connection, subject: str) -> Matter | None:
    """The case that the audit log calls `subject`, None when there is none."""
    if row := queries.by_number(connection, subject):
        read = Readings(db, connection).of_case(row)
        return _matter(row, subject, cards.kinds[row.kind], row.number, row.about, service.states[row.state], read)
    if row := handling_queries.by_id(connection, subject):
        read = Readings(db, connection).of_handling(row)
        kind = f"{cards.kinds['handling']}：{handling.kinds[row.kind]}"
        return _matter(row, subject, kind, row.number, row.title, handling.states[row.state], read)
    if row := applying.of_subject(connection, subject):
        read, state = Readings(db, connection).of_application(row), applications.states[row.state]
        return _matter(row, subject, cards.kinds["application"], row.number, "政府信息公开申请", state, read)
    if row := enquiry_queries.by_id(connection, subject):
        unit = sites.site(connection, row.site).unit
        at, state = row.opened_at[:16].replace("T", " "), enquiries.states[row.state]
        return Matter(subject, "找人帮忙", "", unit, row.site, row.place, at, state, None)
    return None


def names(connection: Connection) -> dict[str, str]:
    """What accounts and units are called, by id."""
    rows = connection.execute(select(accounts.c.name, accounts.c.display_name))
    return {unit.id: unit.name for unit in county(connection).units} | {row.name: row.display_name for row in rows}


def _matter(row: Row[Any], subject: str, kind: str, number: str, about: str, state: str, read: Reading) -> Matter:
    opened = row.opened_at[:16].replace("T", " ")
    return Matter(subject, kind, number, row.unit, row.site, about, opened, state, read)
