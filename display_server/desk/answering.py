"""From an answered opinion to a public answer (SUP-02, promise 15: answers to the public are public).

1. An answered opinion becomes one draft of kind `answer` in its unit's channel; from there it goes the way of every
   text: an editor reads it, others review and publish it, and every board shows it in its feedback zone.
2. The visitor's own words are not copied: the draft says what was tapped. Its editor reads them beside it and says in
   other words what was asked, without what names a person.
3. Who answered the opinion is an author of the text beside the editor, and neither reviews nor publishes it.
4. An answer to a bad rating is not made public one by one; its sums are.
5. It bears the last four digits of the visitor's receipt: they know theirs by them, and nobody else can judge the
   answer by what everybody reads (cases.verdicts rule 1).
6. It rotates on the boards of the hall where it was said, as far as they follow the channel; where none does, the page
   of what waits says so, before anything is published to nobody.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.disclosure import catalogue
from content_sync.domain.errors import Refused
from display_server.access import Actor, check
from display_server.authoring import service as authoring
from display_server.cases import service as cases
from display_server.database import content, instants
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.database.tables.core import channels
from display_server.database.tables.devices import devices
from display_server.database.tables.records import cases as case_rows
from display_server.web.spoken import receipt, spoken

_title_chars, _tail_chars = 30, 4
_boards = ("lcd", "led")


def waiting(db: Database, actor: Actor) -> list[Row[Any]]:
    """Answered opinions of which no draft was made, the oldest first, for editors of their units."""
    check(actor, "author")
    asked = select(case_rows).where(case_rows.c.kind == "opinion", case_rows.c.answer_item == "")
    with db.read() as connection:
        rows = connection.execute(asked.where(case_rows.c.state.in_(sorted(cases.closed))).order_by("answered_at"))
        return [row for row in rows if actor.may("author", row.unit)]


def draft(db: Database, actor: Actor, number: str) -> str:
    """Make the draft of an answered opinion and return its item id (rules 1–4)."""
    with db.write() as connection:
        row = connection.execute(select(case_rows).where(case_rows.c.number == number)).first()
        if row is None or row.kind != "opinion" or row.state not in cases.closed:
            raise Refused(f"{number} 还没有答复，或者不是可以公开答复的意见。")
        check(actor, "author", row.unit)
        if row.answer_item:
            raise Refused(f"{number} 的答复已经做成稿件 {row.answer_item}。")
        item = authoring.add(db, connection, actor, _channel(connection, row.unit), _plain(db, connection, row))
        authoring.add_author(connection, item, row.handler)  # rule 3
        connection.execute(case_rows.update().where(case_rows.c.number == number).values(answer_item=item))
    return item


def boards_of(connection: Connection, row: Row[Any]) -> tuple[str, list[str]]:
    """The channel an answer goes to, and the boards of its hall that follow it (rule 6)."""
    channel = _channel(connection, row.unit)
    boards = select(devices).where(
        devices.c.site == row.site, devices.c.kind.in_(_boards), devices.c.state != "revoked"
    )
    found = connection.execute(boards.order_by(devices.c.id))
    return channel, [one.id for one in found if channel in one.channels.split(",")]


def _channel(connection: Connection, unit: str) -> str:
    """That of the unit, or of the nearest above it that has one."""
    above = {one.id: one.parent for one in kept.county(connection).units}
    of_unit = {row.unit: row.id for row in connection.execute(select(channels).order_by(channels.c.id.desc()))}
    asked = unit
    for _ in range(len(above) + 1):
        if asked in of_unit:
            return str(of_unit[asked])
        asked = above.get(asked, "")
    raise Refused(f"单位 {unit} 和它的上级都没有频道，答复无处公开。")


def _plain(db: Database, connection: Connection, row: Row[Any]) -> dict[str, Any]:
    unit = content.channel(connection, _channel(connection, row.unit)).unit
    now = instants.text_of(db.config.clock.now().replace(microsecond=0))
    about = spoken(row.about, "opinion")
    said = spoken(row.taps, "tap") or about or "群众意见"  # rule 2
    paragraphs = [part.strip() for part in row.answer.splitlines() if part.strip()]
    return {
        "kind": "answer",
        "title": f"关于“{(about or said)[:_title_chars]}”的答复",
        "node": catalogue.default_node(unit.level, "answer"),
        "openness": "proactive",
        "visibility": "public",
        "timing": "ad_hoc",
        "dated": now[:10],
        "shown_from": now,
        "source": unit.name,
        "responsible": unit.leader or unit.name,
        "body": {
            "question": said,
            "status": row.state,
            "reply": [{"style": "p", "text": part} for part in paragraphs],
            "number": f"尾号 {(row.receipt or receipt(row.record))[-_tail_chars:]}",  # rule 5
        },
    }
