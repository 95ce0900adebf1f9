"""Opening and answering cases (SUP-02, EVA-05, promise 15).

1. A record opens exactly one case, however often it is sent; the case has a number of its day.
2. A case closes only with an answer: done or cannot be done, both need words. 事事有回音.
3. Opinions are answered by clerks and supervisors of the unit. A bad rating is seen and answered by supervisors only,
   and names neither ticket nor window: the rated clerk cannot tell who rated (promise 11).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.clock import place
from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor, check
from display_server.cases import queries
from display_server.database import audit, instants
from display_server.database.engine import Database
from display_server.database.tables.records import cases

kinds: dict[str, str] = {"opinion": "群众意见", "rating": "差评整改"}
states: dict[str, str] = {"open": "待办", "doing": "正在办", "done": "已办好", "cannot": "暂时办不了"}
closed = frozenset({"done", "cannot"})


@dataclass(frozen=True)
class Opening:
    """What a case is opened from: `record` is its source, `about` what it is about, `taps` the reasons tapped."""

    record: str
    kind: str
    site: str
    unit: str
    about: str
    taps: str
    text: str = ""
    item: str = ""


def open_case(db: Database, connection: Connection, opening: Opening) -> str:
    """Open a case inside the caller's transaction and return its number (rule 1)."""
    now = db.config.clock.now().astimezone(place)
    day = now.date().isoformat().replace("-", "")
    number = f"{day}-{queries.opened_on(connection, day) + 1:03d}"
    values = {**vars(opening), "number": number, "opened_at": now.isoformat(), "state": "open"}
    connection.execute(cases.insert().values(**values))
    return number


def kinds_for(actor: Actor) -> tuple[str, ...]:
    """The kinds of cases this account may see (rule 3)."""
    return ("opinion", "rating") if actor.may("inspect") else ("opinion",)


def visible(db: Database, actor: Actor, number: str) -> Row[Any]:
    """The case, for somebody who may answer it. Raises Refused otherwise, in the same words as for no such case."""
    with db.read() as connection:
        row = queries.by_number(connection, number)
    if row is None or row.kind not in kinds_for(actor):
        raise Refused(f"没有编号为 {number} 的事项。")
    check(actor, "answer", row.unit)
    return row


def answer(db: Database, actor: Actor, number: str, state: str, text: str) -> None:
    """Set how far a case is; `done` and `cannot` close it with the answer (rules 2 and 3)."""
    row, text = visible(db, actor, number), text.strip()
    if state not in states or state == "open":
        raise BadInput("请选择办到哪一步：正在办、已办好，或暂时办不了。")
    if row.state in closed:
        raise Refused(f"{number} 已经答复办结，不能再改。")
    if state in closed and not text:  # rule 2
        raise Refused("没有答复不能办结：请写明办理结果，或办不了的原因。")
    if len(text) > limits.answer_chars_max:
        raise BadInput(f"答复最多 {limits.answer_chars_max} 字，现在有 {len(text)} 字。")
    now = instants.text_of(db.config.clock.now())
    values = {"state": state, "handler": actor.name, "answer": text, "answered_at": now if state in closed else ""}
    with db.write() as connection:
        still = (cases.c.number == number, cases.c.state.not_in(sorted(closed)))
        if connection.execute(cases.update().where(*still).values(**values)).rowcount == 0:
            raise Refused(f"{number} 刚刚由别人办结了。")
        audit.append(connection, now, actor.name, actor.via, f"case.{state}", number, text)
