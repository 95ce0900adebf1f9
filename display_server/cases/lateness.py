"""Why an opinion or a bad rating is late (B5.6): stated by who has it in hand, kept in the audit log, never taken back.

1. Only what is late needs a reason and takes one; what is late is not closed without one.
2. The reason is given by whoever took the case up; while nobody did, by whoever may answer it.
3. A reason changes nothing about the clock: the card that was given stays (supervision.cards).
"""

from typing import Any

from sqlalchemy import Connection, Row

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor
from display_server.cases import queries
from display_server.cases.readings import Readings
from display_server.database import audit, instants
from display_server.database.engine import Database

_action = "case.late"


def state(db: Database, actor: Actor, number: str, reason: str) -> None:
    """Put the reason on file, for somebody who may answer the case. Raises Refused by rules 1 and 2."""
    reason = reason.strip()
    if not reason:
        raise Refused("请写明超期的原因。")
    if len(reason) > limits.answer_chars_max:
        raise BadInput(f"原因最多 {limits.answer_chars_max} 字，现在有 {len(reason)} 字。")
    now = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        case = queries.by_number(connection, number)
        assert case is not None  # cases are never deleted
        if case.answered_at:
            raise Refused(f"{number} 已经答复办结，不能再补写。")
        if case.handler not in {"", actor.name}:  # rule 2
            raise Refused(f"{number} 在 {case.handler} 手上，由经办人说明原因。")
        if Readings(db, connection).of_case(case).signal != "red":  # rule 1
            raise Refused(f"{number} 没有超期，不用说明。")
        audit.append(connection, now, actor.name, actor.via, _action, number, reason)


def reasons(connection: Connection, number: str) -> list[Row[Any]]:
    """Every reason that was stated, the first one first."""
    return [event for event in audit.of(connection, number) if event.action == _action]


def refuse_unexplained(db: Database, connection: Connection, row: Row[Any]) -> None:
    """Refuse to close a late case whose reason nobody stated (rule 1)."""
    if Readings(db, connection).of_case(row).signal == "red" and not reasons(connection, row.number):
        raise Refused(f"{row.number} 已经超期：请先写明超期的原因，再办结。")
