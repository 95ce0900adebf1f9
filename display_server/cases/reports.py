"""Reports that something public is untrue, or is missing (SUP-07): to supervisors only.

1. Whoever writes, reviews or publishes for the unit neither sees nor deletes a report about its texts, also when the
   same account is a supervisor. Nobody deletes one at all.
2. It is about the unit whose text it names; without a text, about the unit under whose headings something is missing,
   else about that of the hall it was said in.
3. It ends with a finding and a result in words for everybody. It is closed only when that result is published: the
   result becomes a draft (desk.reporting), and goes the way of every text. The visitor's words are not in it.
4. It has the limit of a complaint (N-18; our reading).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.clock import place
from content_sync.domain import limits
from content_sync.domain.cases.clocks import due_after
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import checked_id
from display_server.access import Actor, check
from display_server.database import audit, calendars, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.content import items, published
from display_server.database.tables.core import channels
from display_server.database.tables.visitors import report_pictures, reports

claims: dict[str, str] = {"untrue": "内容不实", "missing": "该公开的没有公开"}
states: dict[str, str] = {"open": "待核查", "doing": "正在核查", "found": "已查清，等待公开", "closed": "已公开，办结"}
findings: dict[str, str] = {"true": "反映属实", "partly": "部分属实", "unfounded": "没有查到这样的事"}


@dataclass(frozen=True)
class Told:
    """What a record says; `unit` is the one whose heading lacks something, or that of the hall."""

    record: str
    receipt: str
    site: str
    unit: str
    item: str
    claim: str
    taps: str
    text: str
    strokes: str


def check_told(item: str, claim: str) -> None:
    """Raises BadInput for what is no report."""
    if item:
        checked_id(item, "item")
    if claim not in claims:
        raise BadInput(f"A report claims {' or '.join(claims)}.")


def open_report(db: Database, connection: Connection, told: Told) -> str:
    """Open a report inside the caller's transaction and return its number (rules 2 and 4)."""
    now = db.config.clock.now().astimezone(place)
    owner = select(channels.c.unit).join(items, items.c.channel == channels.c.id).where(items.c.id == told.item)
    unit = connection.execute(owner).scalar() or told.unit
    days = sites.profile(connection, told.site, told.unit).complaint.value
    due = due_after(now.date(), days, "working_day", calendars.known(db.config)).day
    like = reports.c.number.startswith(f"{now.year}-")
    number = (
        f"{now.year}-{connection.execute(select(func.count()).select_from(reports).where(like)).scalar_one() + 1:05}"
    )
    values = {**vars(told), "unit": unit, "number": number, "opened_at": now.isoformat(), "state": "open"}
    values |= {"limit_days": days, "due": due.isoformat() if due else ""}
    connection.execute(reports.insert().values(**values))
    audit.append(connection, now.isoformat(), "record", "device", "report.open", f"report-{number}")
    return number


def may_see(actor: Actor, unit: str) -> bool:
    """Rule 1."""
    return actor.may("reports", unit) and not actor.writes_for(unit)


def listed(db: Database, actor: Actor) -> list[Row[Any]]:
    """Every report this account may see; what is not closed first, the oldest of it first."""
    check(actor, "reports")
    with db.read() as connection:
        rows = connection.execute(select(reports).order_by(reports.c.opened_at)).all()
    seen = [row for row in rows if may_see(actor, row.unit)]
    return [row for row in seen if row.state != "closed"] + [row for row in reversed(seen) if row.state == "closed"]


def visible(db: Database, actor: Actor, number: str) -> Row[Any]:
    """One report. Raises Refused, in the same words as for no such report (rule 1)."""
    check(actor, "reports")
    with db.read() as connection:
        row = connection.execute(select(reports).where(reports.c.number == number)).first()
    if row is None or not may_see(actor, row.unit):
        raise Refused(f"没有编号为 {number} 的举报。")
    return row


def pictures_of(connection: Connection, number: str) -> list[Row[Any]]:
    """The pictures of a report (desk.evidence), without what is on them."""
    table = report_pictures.c
    asked = select(table.seq, table.origin, table.bytes, table.account, table.made_at)
    return list(connection.execute(asked.where(table.report == number).order_by(table.seq)))


def take(db: Database, actor: Actor, number: str) -> None:
    """Begin to look into it."""
    row = visible(db, actor, number)
    if row.state != "open":
        raise Refused(f"{number} 已经有人在核查。")
    _put(db, actor, row, {"state": "doing", "handler": actor.name}, "report.take")


def find(db: Database, actor: Actor, number: str, finding: str, reasons: str, result: str) -> None:
    """Say what was found, with reasons for the file and a result for everybody (rule 3)."""
    row, reasons, result = visible(db, actor, number), reasons.strip(), result.strip()
    if row.state not in ("open", "doing"):
        raise Refused(f"{number} 已经查清。")
    if finding not in findings:
        raise BadInput("请选择核查结果。")
    if not reasons or not result:
        raise Refused("请写明核查的经过和理由，以及要向群众公开的结果。")
    if max(len(reasons), len(result)) > limits.answer_chars_max:
        raise BadInput(f"经过和结果各最多 {limits.answer_chars_max} 字。")
    values = {"state": "found", "handler": actor.name, "finding": finding, "reasons": reasons, "result": result}
    _put(db, actor, row, values, "report.found")


def close(db: Database, actor: Actor, number: str) -> None:
    """Close it: the result is published (rule 3)."""
    row = visible(db, actor, number)
    if row.state != "found":
        raise Refused("先写明核查结果，才能办结。")
    with db.read() as connection:
        public = (
            row.result_item
            and connection.execute(select(published.c.item).where(published.c.item == row.result_item)).scalar()
        )
    if not public:
        raise Refused("核查结果还没有公开：公开以后才能办结。")
    now = instants.text_of(db.config.clock.now())
    _put(db, actor, row, {"state": "closed", "closed_at": now}, "report.close")


def _put(db: Database, actor: Actor, row: Row[Any], values: dict[str, str], action: str) -> None:
    now = instants.text_of(db.config.clock.now())
    still = (reports.c.number == row.number, reports.c.state == row.state)
    with db.write() as connection:
        if connection.execute(reports.update().where(*still).values(**values)).rowcount == 0:
            raise Refused(f"{row.number} 刚刚由别人办过，请刷新。")
        audit.append(connection, now, actor.name, actor.via, action, f"report-{row.number}", values.get("finding", ""))
