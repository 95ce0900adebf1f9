"""How far a thing is that a visitor has a receipt for (APP-08, SUP-02): its step and its date, and nothing of a person.

1. One question finds opinions, reports and applications alike. What a relay passed up it calls so.
2. An application of somebody who left a number is found with its last four digits only; a wrong one reads like no such
   receipt. Whoever left none asks by the receipt alone: nobody needs a phone (APP-10).
3. An answer is named as soon as it is published, and not before. What its visitor said of it stands beside it.
4. Two kiosks may make the same receipt (domain.cases.numbering rule 3). Then it is the one of the kiosk that asks, as
   far as only one is; else nobody is told another's matter: `several` sends both to the desk, where the register shows
   the clash. Every receipt given here by hand differs from all that are known here.
5. Reports of untruth are supervision's alone: that one has the same receipt is shown to nobody else.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.domain.cases import applications as applications_rules
from content_sync.domain.cases import receipts as rules
from content_sync.ports import Ids
from display_server.cases import applying, verdicts
from display_server.database.tables.content import published
from display_server.database.tables.records import cases, records
from display_server.database.tables.visitors import applications, receipts, reports

_steps = {"open": "received"}
_tables = {"opinion": cases, "report": reports, "application": applications}
_groups, _group_digits = 3, 4


def note(connection: Connection, record: str, kind: str, receipt: str, at: str) -> None:
    """Keep the receipt of a record, inside the caller's transaction."""
    values = {"record": record, "folded": rules.folded(receipt), "kind": kind, "noted_at": at}
    connection.execute(receipts.insert().values(**values))


def new(connection: Connection, ids: Ids) -> str:
    """A receipt for what is written down here, like a kiosk's: twelve digits that nobody has yet (rule 4)."""
    size = 10 ** (_groups * _group_digits)
    while True:
        digits = f"{int.from_bytes(ids.random(8), 'big') % size:0{_groups * _group_digits}}"
        taken = select(receipts.c.record).where(receipts.c.folded == digits)
        if connection.execute(taken).first() is None:
            return " ".join(digits[n : n + _group_digits] for n in range(0, len(digits), _group_digits))


def is_clashing(connection: Connection, receipt: str, *, with_reports: bool) -> bool:
    """Whether a receipt stands for more than one record; reports of untruth are counted `with_reports` (rule 5)."""
    seen = [kind for kind in _tables if with_reports or kind != "report"]
    same = (receipts.c.folded == (rules.folded(receipt) if receipt else ""), receipts.c.kind.in_(seen))
    return int(connection.execute(select(func.count()).select_from(receipts).where(*same)).scalar_one()) > 1


def progress(
    connection: Connection, receipt: str, matches: Callable[[str, str], bool], device: str = ""
) -> dict[str, str] | None:
    """What may be said for a receipt, or None. `matches(record, hash)`: whether the digits given are those kept.

    `device`: the kiosk it is asked at.
    """
    found = connection.execute(_of(receipt)).all()
    if len(found) > 1:  # rule 4, before digits are compared: who left none would be told the other's
        found = [one for one in found if _made_at(connection, one.record, device)]
        if len(found) != 1:
            return {"kind": "opinion", "step": "several"}
    if found:
        return _told(connection, found[0], matches)
    old = _of_old(connection, receipt)
    return _of_case(connection, old) if old is not None else None


def opinion_of(connection: Connection, receipt: str, device: str) -> Row[Any] | None:
    """The newest case of an opinion's receipt; of two with one receipt, the one said at this device (rule 4)."""
    rows = connection.execute(_of(receipt).where(receipts.c.kind == "opinion")).all()
    if len(rows) > 1:
        rows = [one for one in rows if _made_at(connection, one.record, device)]
    if len(rows) > 1:
        return None
    found = connection.execute(select(cases).where(cases.c.record == rows[0].record)).first() if rows else None
    found = found or (None if rows else _of_old(connection, receipt))
    return verdicts.newest(connection, found) if found is not None else None


def _of(receipt: str) -> Any:
    wanted = receipts.c.folded == rules.folded(receipt)
    return select(receipts).where(wanted).order_by(receipts.c.noted_at.desc())


def _made_at(connection: Connection, record: str, device: str) -> bool:
    asked = select(records.c.device).where(records.c.id == record)
    return bool(device) and connection.execute(asked).scalar() == device


def _told(connection: Connection, found: Row[Any], matches: Callable[[str, str], bool]) -> dict[str, str] | None:
    table = _tables[found.kind]
    row = connection.execute(select(table).where(table.c.record == found.record)).first()
    if row is None:
        return {"kind": found.kind, "step": "passed"}  # rule 1
    if found.kind == "application":
        if row.last4 and not matches(row.record, row.last4):  # rule 2
            return None
        running = row.state in ("applied", "accepted")
        step = applications_rules.told_step(applying.parsed(row.detail))
        return _parts(found.kind, step, row.due if running else "", "")
    if found.kind == "report":
        over = row.state == "closed"
        return _parts(
            found.kind, _steps.get(row.state, row.state), "" if over else row.due, _public(connection, row.result_item)
        )
    return _of_case(connection, row)


def _of_old(connection: Connection, receipt: str) -> Row[Any] | None:
    """An opinion of before there were receipts, by the beginning of its id."""
    short = rules.folded(receipt).lower()
    if len(short) != rules.of_id_chars:
        return None
    asked = select(cases).where(cases.c.kind == "opinion", cases.c.receipt == "")
    rows = connection.execute(asked.where(cases.c.record.startswith(short, autoescape=True))).all()
    return rows[0] if len(rows) == 1 else None


def _of_case(connection: Connection, row: Row[Any]) -> dict[str, str]:
    row = verdicts.newest(connection, row)
    due = "" if row.answered_at else row.due
    told = _parts("opinion", _steps.get(row.state, row.state), due, _public(connection, row.answer_item))
    return told | ({"verdict": row.verdict} if row.verdict else {})  # rule 3


def _public(connection: Connection, item: str) -> str:
    """The item, once it is published (rule 3)."""
    asked = select(published.c.item).where(published.c.item == item)
    return str(connection.execute(asked).scalar() or "") if item else ""


def _parts(kind: str, step: str, due: str, answer_item: str) -> dict[str, str]:
    told = {"kind": kind, "step": step, "due": due, "answer_item": answer_item}
    return {name: value for name, value in told.items() if value}
