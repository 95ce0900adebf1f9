"""满意吗 (SUP-02): what a visitor says of the answer they got, by the receipt alone.

1. An opinion that was answered can be judged once, satisfied or not, by whoever holds its receipt; nobody is asked who
   they are and nobody must. A second judgement is refused, and the first one stands.
2. 不满意 opens exactly one case that follows: about the same, under the same receipt, with the limit of a complaint;
   somebody else answers it (cases.service rule 8). What was answered and published before stays as it is.
3. The case that follows can be judged, too; unsatisfied again it opens no third one, and stands on a list of its
   own for good: people talk to each other then, no form does.
4. Judgements are counted as they are; what nobody judged counts in no share. What follows is no opinion of its own:
   neither it nor what was said of it is counted.
"""

from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from content_sync.domain.errors import BadInput, Refused
from display_server.cases import service
from display_server.cases.service import Opening
from display_server.database import audit, instants
from display_server.database.engine import Database
from display_server.database.tables.records import cases

words: dict[str, str] = {"satisfied": "满意", "unsatisfied": "不满意"}


def judge(db: Database, connection: Connection, record: str, of: Row[Any], verdict: str) -> str:
    """Keep a judgement inside the caller's transaction; the number of the case that follows, or nothing.

    `of`: the newest case of the receipt. Raises Refused (English: it is told to a device) by rule 1.
    """
    if verdict not in words:
        raise BadInput(f"A verdict is {' or '.join(words)}.")
    if of.state not in service.closed:
        raise Refused("This case has no answer yet.")
    now = instants.text_of(db.config.clock.now())
    once = (cases.c.number == of.number, cases.c.verdict == "")
    if not connection.execute(cases.update().where(*once).values(verdict=verdict, verdict_at=now)).rowcount:
        raise Refused("This case was judged before.")
    audit.append(connection, now, "record", "device", f"case.{verdict}", of.number)
    if verdict == "satisfied" or of.follows:  # rules 2 and 3
        return ""
    told = {"taps": of.taps, "item": of.item, "receipt": of.receipt, "device": of.device, "channel": of.channel}
    told["text"] = f"对 {of.number} 的答复不满意。"
    opening = Opening(record, "opinion", of.site, of.unit, of.about, follows=of.number, **told)
    return service.open_case(db, connection, opening)


def newest(connection: Connection, row: Row[Any]) -> Row[Any]:
    """The case that follows this one, or itself."""
    after = connection.execute(select(cases).where(cases.c.follows == row.number)).first()
    return after or row


def twice_unsatisfied(connection: Connection) -> list[Row[Any]]:
    """Rule 3."""
    asked = select(cases).where(cases.c.follows != "", cases.c.verdict == "unsatisfied")
    return list(connection.execute(asked.order_by(cases.c.verdict_at.desc())))


def counts(connection: Connection, units: frozenset[str]) -> dict[str, int]:
    """How many opinions of these units came, were answered, are closed, and what their visitors said (rule 4)."""
    are = {"received": cases.c.number != "", "answered": cases.c.answered_at != "", "closed": cases.c.closed_at != ""}
    are |= {verdict: cases.c.verdict == verdict for verdict in words}
    sums = [func.coalesce(func.sum(case((holds, 1), else_=0)), 0).label(name) for name, holds in are.items()]
    asked = select(*sums).where(cases.c.kind == "opinion", cases.c.follows == "")
    row = connection.execute(asked if "*" in units else asked.where(cases.c.unit.in_(sorted(units)))).one()
    return {name: int(row._mapping[name]) for name in are}  # noqa: SLF001  # SQLAlchemy's public name
