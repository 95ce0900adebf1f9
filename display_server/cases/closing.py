"""A case is closed when its answer is public (SUP-02: 不公开答复不能办结).

1. Answering ends the handler's clock; the case stays 等公开 until the text made of the answer stands in a published
   edition. Then it is closed, by the program, with a line of the audit log that names the text.
2. Nobody closes a case by hand, and a text that is withdrawn later opens none again: what was public was public.
"""

from sqlalchemy import Connection, select

from display_server.database import audit, instants
from display_server.database.engine import Database
from display_server.database.tables.content import published
from display_server.database.tables.records import cases


def close(db: Database) -> int:
    """Close every case whose answer is public now; how many. Writes nothing when there is none."""
    with db.read() as connection:
        if not _public(connection):
            return 0
    now = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        found = _public(connection)
        for number, item in found:
            connection.execute(cases.update().where(cases.c.number == number).values(closed_at=now))
            audit.append(connection, now, "publication", "system", "case.close", number, item)
    return len(found)


def _public(connection: Connection) -> list[tuple[str, str]]:
    asked = select(cases.c.number, cases.c.answer_item).join(published, published.c.item == cases.c.answer_item)
    return [(row.number, row.answer_item) for row in connection.execute(asked.where(cases.c.closed_at == ""))]
