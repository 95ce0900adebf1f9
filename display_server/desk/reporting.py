"""From what supervision found of a report to a published result (SUP-07).

1. The result becomes one draft of kind `answer` in a channel of the unit above the one that was reported, or of its own
   where nobody is above it; from there it goes the way of every text.
2. Its editors see the result as supervision wrote it for everybody. Report, words and reasons they do not see.
3. The supervisor who found it is an author of the text beside the editor, and neither reviews nor publishes it.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.county import upwards
from content_sync.domain.disclosure import catalogue
from content_sync.domain.errors import Refused
from display_server.access import Actor, check
from display_server.authoring import service as authoring
from display_server.cases import reports as rules
from display_server.database import audit, content, instants
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.database.tables.core import channels
from display_server.database.tables.visitors import reports


def waiting(db: Database, actor: Actor) -> list[Row[Any]]:
    """Results of which no draft was made, the oldest first: number, finding and result, and nothing else (rule 2)."""
    check(actor, "author")
    told = select(reports.c.number, reports.c.unit, reports.c.finding, reports.c.result)
    with db.read() as connection:
        rows: list[Row[Any]] = list(
            connection.execute(told.where(reports.c.state == "found", reports.c.result_item == ""))
        )
        return [row for row in rows if actor.may("author", _above(connection, row.unit))]


def draft(db: Database, actor: Actor, number: str) -> str:
    """Make the draft of a result and return its item id (rules 1 to 3)."""
    with db.write() as connection:
        row = connection.execute(select(reports).where(reports.c.number == number)).first()
        if row is None or row.state != "found":
            raise Refused(f"{number} 没有等着公开的核查结果。")
        unit = _above(connection, row.unit)
        check(actor, "author", unit)
        if row.result_item:
            raise Refused(f"{number} 的结果已经做成稿件 {row.result_item}。")
        channel = connection.execute(select(channels.c.id).where(channels.c.unit == unit).order_by("id")).scalar_one()
        item = authoring.add(db, connection, actor, channel, _plain(db, connection, row, channel))
        authoring.add_author(connection, item, row.handler)  # rule 3
        connection.execute(reports.update().where(reports.c.number == number).values(result_item=item))
        now = instants.text_of(db.config.clock.now())
        audit.append(connection, now, actor.name, actor.via, "report.draft", f"report-{number}", item)
    return item


def _above(connection: Connection, unit: str) -> str:
    """The nearest unit above that has a channel here, or the unit itself (rule 1)."""
    having = set(connection.execute(select(channels.c.unit)).scalars())
    above = upwards(kept.all_units(connection), unit)[1:]
    return next((one for one in above if one in having), unit)


def _plain(db: Database, connection: Connection, row: Row[Any], channel: str) -> dict[str, Any]:
    unit = content.channel(connection, channel).unit
    names = {one.id: one.name for one in kept.county(connection).units}
    now = instants.text_of(db.config.clock.now().replace(microsecond=0))
    about = names.get(row.unit, row.unit)
    return {
        "kind": "answer",
        "title": f"关于{about}公开内容的核查结果",
        "node": catalogue.default_node(unit.level, "answer"),
        "openness": "proactive",
        "visibility": "public",
        "timing": "ad_hoc",
        "dated": now[:10],
        "shown_from": now,
        "source": unit.name,
        "responsible": unit.leader or unit.name,
        "body": {
            "question": f"有群众反映{about}{rules.claims[row.claim]}",
            "status": "done",  # looked into, whatever was found
            "reply": [{"style": "p", "text": part.strip()} for part in row.result.splitlines() if part.strip()],
            "number": row.receipt,
        },
    }
