"""What a clerk does with a case after it was accepted (B5.5–6, HAL-01, HAL-05, HAL-15); see domain.hall.handling.

1. Each step is one transaction with its line in the audit log, which names the case and no person.
2. A case that is late is forwarded, ended or sent back with the reason why it was late, and without one it is not.
3. Clerks of the hall take every step; the clerks of a department that was asked may write its reply themselves.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.handling import Handling, Step, moved, outcomes
from display_server.access import Actor, check
from display_server.cases import handling_queries, numbering, starting
from display_server.cases.readings import Readings
from display_server.cases.slips import slip_of, text_of, with_more
from display_server.database import audit, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.handlings import handling_replies, handlings


def complete(db: Database, actor: Actor, handling: str, came: frozenset[int], unneeded: frozenset[int]) -> None:
    """More materials of a 补办件 came, by their places in its list; with the last one its clock starts."""

    def step(connection: Connection, row: Row[Any], at: str) -> dict[str, Any]:
        after = _moved(connection, row, "completed")
        before = slip_of(row.detail)
        slip = with_more(before, came, unneeded, at[:10])
        if slip == before:
            raise BadInput("请勾选这次收到的材料。")
        if slip.those("missing"):
            return {"detail": text_of(slip)}
        number = numbering.give(connection, row.site, after.kind, at, row.id)
        starting.ask(db, connection, row.id, sites.profile(connection, row.site, row.unit), at)
        clock = starting.clock(db, row.amount, row.limit_unit, at)
        return {**_facts(after), "detail": text_of(slip), "number": number, **clock}

    _step(db, actor, handling, "completed", step)


def reply(db: Database, actor: Actor, handling: str, department: str, text: str) -> None:
    """What a department that was asked says; its own clerks may write it, or the hall's."""

    def step(connection: Connection, row: Row[Any], at: str) -> dict[str, Any]:
        after = _moved(connection, row, "replied", department)
        told = {"replied_at": at, "reply": said(text, "请写明这个部门的意见。"), "account": actor.name}
        here = (handling_replies.c.handling == row.id, handling_replies.c.department == department)
        connection.execute(handling_replies.update().where(*here).values(**told))
        return _facts(after)

    _step(db, actor, handling, "replied", step, department)


def forward(db: Database, actor: Actor, handling: str, late: str = "") -> None:
    """A 上报件 was forwarded to its superior."""

    def step(connection: Connection, row: Row[Any], at: str) -> dict[str, Any]:
        after = _moved(connection, row, "forwarded")
        return {**_facts(after), "sent_at": at, **_late(db, connection, row, late)}

    _step(db, actor, handling, "forwarded", step)


def finish(db: Database, actor: Actor, handling: str, outcome: str, reason: str, late: str = "") -> None:
    """The case is done; whoever is refused is told why."""

    def step(connection: Connection, row: Row[Any], at: str) -> dict[str, Any]:
        after = _moved(connection, row, "finished", outcome=outcome)
        why = said(reason, "请写明不予办理的理由，或撤回的情况。") if outcome != "granted" else reason.strip()
        ended = {"closed_at": at, "outcome": outcome, "reason": why}
        return {**_facts(after), **ended, **_late(db, connection, row, late)}

    _step(db, actor, handling, "finished", step, detail=outcomes.get(outcome, ""))


def send_back(db: Database, actor: Actor, handling: str, reason: str, remedy: str, late: str = "") -> None:
    """The case is sent back, with the reason and what the visitor can do now; it gets a paper of that series."""

    def step(connection: Connection, row: Row[Any], at: str) -> dict[str, Any]:
        after = _moved(connection, row, "returned")
        told = why_returned(reason, remedy)
        number = numbering.give(connection, row.site, "returned", at, row.id)
        return {**_facts(after), **told, "closed_at": at, "number": number, **_late(db, connection, row, late)}

    _step(db, actor, handling, "returned", step)


def void(db: Database, actor: Actor, handling: str, reason: str) -> None:
    """A case taken in by mistake, on the day it was; its numbers are voided and never given again."""

    def step(connection: Connection, row: Row[Any], at: str) -> dict[str, Any]:
        after = _moved(connection, row, "voided")
        if row.opened_at[:10] != at[:10]:
            raise Refused("只有当天受理的可以作废；以后请按退回或办结处理，写明原因。")
        why = said(reason, "作废要写明原因：编号不能有说不清的空缺。")
        numbering.void(connection, row.id, at, why)
        return {**_facts(after), "closed_at": at, "reason": why}

    _step(db, actor, handling, "voided", step)


def row_for(connection: Connection, actor: Actor, handling: str) -> Row[Any]:
    """The case, for clerks of its hall and of the departments that are asked, and for supervision.

    Raises Refused otherwise, in the words of no such case.
    """
    row = handling_queries.by_id(connection, handling)
    if row is not None:
        asked = [one.department for one in handling_queries.replies_of(connection, handling) if one.asked_at]
        if actor.may("inspect", row.unit) or any(actor.may("call", unit) for unit in (row.unit, *asked)):
            return row
    raise Refused("没有这一件，或者不是您的单位办的。")


def _step(
    db: Database,
    actor: Actor,
    handling: str,
    name: Step,
    step: Callable[[Connection, Row[Any], str], dict[str, Any]],
    department: str = "",
    detail: str = "",
) -> None:
    at = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        row = _row(connection, handling)
        if not (department and actor.may("call", department)):
            check(actor, "call", row.unit)
        values = step(connection, row, at)
        connection.execute(handlings.update().where(handlings.c.id == row.id).values(**values))
        action = f"handling.{name}" if "state" in values else "handling.materials"
        told = " ".join(part for part in (values.get("number", row.number), department, detail) if part)
        audit.append(connection, at, actor.name, actor.via, action, row.id, told)
        if values.get("late_reason"):  # rule 2: the reason is part of the story, not only of the row
            audit.append(connection, at, actor.name, actor.via, "handling.late", row.id, values["late_reason"])


def _row(connection: Connection, handling: str) -> Row[Any]:
    row = handling_queries.by_id(connection, handling)
    if row is None:
        raise Refused("没有这一件。")
    return row


def _moved(connection: Connection, row: Row[Any], step: Step, department: str = "", outcome: str = "") -> Handling:
    return moved(handling_queries.as_handling(connection, row), step, department, outcome)


def _facts(handling: Handling) -> dict[str, Any]:
    return {"kind": handling.kind, "state": handling.state}


def said(text: str, otherwise: str) -> str:
    """What was written. Raises Refused with the sentence `otherwise` for nothing, BadInput for too much."""
    text = text.strip()
    if not text:
        raise Refused(otherwise)
    if len(text) > limits.answer_chars_max:
        raise BadInput(f"最多写 {limits.answer_chars_max} 字，现在有 {len(text)} 字。")
    return text


def why_returned(reason: str, remedy: str) -> dict[str, str]:
    """What a 退回件 must say: the reason and the remedy."""
    why = said(reason, "退回要写明原因。")
    return {"reason": why, "remedy": said(remedy, "退回要写明补救的办法：群众现在可以怎么办。")}


def _late(db: Database, connection: Connection, row: Row[Any], reason: str) -> dict[str, str]:
    """The reason of a late step (rule 2)."""
    if row.state != "open" or Readings(db, connection).of_handling(row).signal != "red":
        return {}  # what was forwarded late said so when it was forwarded
    return {"late_reason": said(reason, "这一件已经超期：请写明超期的原因，再往下办。")}
