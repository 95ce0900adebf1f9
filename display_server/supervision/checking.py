"""Whether cases still are what the audit log says of them (HAL-10): a clock turned back in the table is found, too.

1. A case whose opening the log holds exists, and is due on the day the log holds: that of its opening, or the one that
   was set once.
2. A case that is answered was answered at the instant and in the words the log holds; one the log saw answered is.
3. What a window accepted is in the log, and ended when the log says. Cases of older versions have no opening there, and
   are judged by what there is.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from display_server.database.tables.core import audit
from display_server.database.tables.handlings import handlings
from display_server.database.tables.records import cases
from display_server.supervision import checking_said

_answers = ("case.done", "case.cannot")
_endings = ("handling.finished", "handling.returned", "handling.voided")
_none = "-"


def faults(connection: Connection) -> Iterator[str]:
    """One sentence for each case that differs from the log."""
    kept = {row.number: row for row in connection.execute(select(cases))}
    told = {event.subject: event.detail for event in _events(connection, "case.due")}
    for event in _events(connection, "case.open"):  # rule 1
        row, due = kept.get(event.subject), told.get(event.subject, event.detail.partition(" ")[2])
        if row is None:
            yield f"Case {event.subject} is missing: record {event.seq} of the audit log opened it."
        elif (row.due or _none) != due:
            yield f"Case {event.subject} is due {row.due or 'never'}, not {due} as record {event.seq} of the log says."
    answered = {event.subject: event for event in _events(connection, *_answers)}
    for number, case in kept.items():  # rule 2
        answer = answered.get(number)
        if answer is None and case.answered_at:
            yield f"Case {number} has an answer that the audit log does not know."
        elif answer is not None and not _agrees(case, answer):
            yield f"Case {number}: its answer is not what record {answer.seq} of the audit log holds."
    yield from _handling_faults(connection)
    yield from checking_said.faults(connection)


def _handling_faults(connection: Connection) -> Iterator[str]:
    """Rule 3."""
    accepted = {event.subject: event for event in _events(connection, "handling.accepted")}
    ended = {event.subject: event for event in _events(connection, *_endings)}
    kept = {row.id: row for row in connection.execute(select(handlings))}
    for subject, event in accepted.items():
        row = kept.get(subject)
        if row is None:
            yield f"Handling {subject} is missing: record {event.seq} of the audit log accepted it."
        elif row.opened_at != event.at:
            yield f"Handling {row.number} was not opened when record {event.seq} of the audit log says."
        elif row.closed_at and row.closed_at != ended.get(subject, event).at:
            yield f"Handling {row.number} did not end when the audit log says."


def _agrees(case: Row[Any], answer: Row[Any]) -> bool:
    same_words = answer.detail.endswith(case.answer) and answer.action == f"case.{case.state}"
    return bool(same_words and case.answered_at == answer.at)


def _events(connection: Connection, *actions: str) -> Iterator[Row[Any]]:
    yield from connection.execute(select(audit).where(audit.c.action.in_(actions)).order_by(audit.c.seq))
