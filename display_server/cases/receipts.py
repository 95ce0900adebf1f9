"""How far a thing is that a visitor has a receipt for (APP-08, SUP-02): its step and its date, and nothing of a person.

1. One question finds opinions, reports and applications alike. What a relay passed up it calls so.
2. An application of somebody who left a number is found with its last four digits only; a wrong one reads like no such
   receipt. Whoever left none asks by the receipt alone: nobody needs a phone (APP-10).
3. An answer is named as soon as it is published, and not before.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.cases import receipts as rules
from display_server.database.tables.content import published
from display_server.database.tables.records import cases
from display_server.database.tables.visitors import applications, receipts, reports

_steps = {"open": "received"}


def note(connection: Connection, record: str, kind: str, receipt: str, at: str) -> None:
    """Keep the receipt of a record, inside the caller's transaction."""
    values = {"record": record, "folded": rules.folded(receipt), "kind": kind, "noted_at": at}
    connection.execute(receipts.insert().values(**values))


def progress(connection: Connection, receipt: str, matches: Callable[[str, str], bool]) -> dict[str, str] | None:
    """What may be said for a receipt, or None. `matches(record, hash)`: whether the digits given are those kept."""
    wanted = receipts.c.folded == rules.folded(receipt)
    newest = select(receipts).where(wanted).order_by(receipts.c.noted_at.desc())
    for found in connection.execute(newest):
        told = _told(connection, found, matches)
        if told is not None:
            return told
    return _of_old(connection, receipt)


def _told(connection: Connection, found: Row[Any], matches: Callable[[str, str], bool]) -> dict[str, str] | None:
    table = {"opinion": cases, "report": reports, "application": applications}[found.kind]
    row = connection.execute(select(table).where(table.c.record == found.record)).first()
    if row is None:
        return {"kind": found.kind, "step": "passed"}  # rule 1
    if found.kind == "application":
        if row.last4 and not matches(row.record, row.last4):  # rule 2
            return None
        running = row.state in ("applied", "accepted")
        return _parts(found.kind, row.state, row.due if running else "", "")
    if found.kind == "report":
        over = row.state == "closed"
        return _parts(
            found.kind, _steps.get(row.state, row.state), "" if over else row.due, _public(connection, row.result_item)
        )
    return _of_case(connection, row)


def _of_old(connection: Connection, receipt: str) -> dict[str, str] | None:
    """An opinion of before there were receipts, by the beginning of its id."""
    short = rules.folded(receipt).lower()
    asked = select(cases).where(cases.c.kind == "opinion", cases.c.receipt == "")
    rows = connection.execute(asked.where(cases.c.record.startswith(short, autoescape=True))).all()
    return _of_case(connection, rows[0]) if len(rows) == 1 and len(short) == rules.of_id_chars else None


def _of_case(connection: Connection, row: Row[Any]) -> dict[str, str]:
    due = "" if row.answered_at else row.due
    return _parts("opinion", _steps.get(row.state, row.state), due, _public(connection, row.answer_item))


def _public(connection: Connection, item: str) -> str:
    """The item, once it is published (rule 3)."""
    asked = select(published.c.item).where(published.c.item == item)
    return str(connection.execute(asked).scalar() or "") if item else ""


def _parts(kind: str, step: str, due: str, answer_item: str) -> dict[str, str]:
    told = {"kind": kind, "step": step, "due": due, "answer_item": answer_item}
    return {name: value for name, value in told.items() if value}
