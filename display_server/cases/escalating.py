"""办不成事 (N-19): what came to nothing elsewhere does not come to nothing here.

1. An opinion that something could not be got done, and that is late, is marked for the leader of its unit: once, by the
   program, with a line of the audit log that names the leader. Nobody marks it by hand and nobody stops it. No message
   goes out: who works with the register shows it to the leader.
2. From then on it stands first in the register and says so, also when it is answered. Its clock and its card stay as
   they are (supervision.giving).
"""

from sqlalchemy import Connection, Row, select

from display_server.cases.readings import Readings
from display_server.database import audit, county, instants
from display_server.database.engine import Database
from display_server.database.tables.records import cases

about = "failed"


def escalate(db: Database) -> int:
    """Mark what is due to be marked; how many. Writes nothing when there is none."""
    with db.read() as connection:
        if not _due(db, connection):
            return 0
    now = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        found = _due(db, connection)
        leaders = {unit.id: unit.leader or unit.name for unit in county.county(connection).units}
        for row in found:
            connection.execute(cases.update().where(cases.c.number == row.number).values(escalated_at=now))
            leader = leaders.get(row.unit, row.unit)
            audit.append(connection, now, "supervision", "system", "case.escalate", row.number, leader)
    return len(found)


def _due(db: Database, connection: Connection) -> list[Row[tuple[str, ...]]]:
    asked = select(cases).where(cases.c.kind == "opinion", cases.c.about == about, cases.c.answered_at == "")
    rows = connection.execute(asked.where(cases.c.escalated_at == "", cases.c.due != "").order_by(cases.c.number))
    readings = Readings(db, connection)
    return [row for row in rows if readings.of_case(row).signal == "red"]
