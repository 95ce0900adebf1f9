"""Whether reports of untruth and applications still are what the audit log says of them (SUP-07, APP-08).

1. Nobody deletes a report or an application: each that the log saw opened is there, was opened at that instant, and
   each that is there was opened in the log.
2. Its state is the one its last step on file leads to; a step that the log does not know was taken in the table.
3. A report that is closed names the text its result was made public with: words on file alone close none.
4. A report's pictures and an application's pages are those that the log saw attached and not taken back, by the hash it
   holds, as long as the matter is not forgotten. The hash in their own row could be exchanged with them.
5. The box of an application is there unless the log says that it was forgotten.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, select

from display_server.database.tables.core import audit
from display_server.database.tables.visitors import application_files, applications, report_pictures, reports

_reached = {
    "report": {"open": "open", "take": "doing", "found": "found", "close": "closed"},
    "application": {
        "open": "applied",
        "ask": "applied",
        "accept": "accepted",
        "extend": "accepted",
        "pause": "accepted",
        "resume": "accepted",
        "reply": "replied",
        "deliver": "delivered",
        "archive": "archived",
    },
}
_tables: dict[str, Table] = {"report": reports, "application": applications}


class _Attached(NamedTuple):
    """What is attached to a matter: its table, the log's word for it, and the word of the sentences."""

    table: Table
    step: str
    called: str


_attached = {
    "report": _Attached(report_pictures, "picture", "picture"),
    "application": _Attached(application_files, "file", "page"),
}


def faults(connection: Connection) -> Iterator[str]:
    """One sentence for each that differs from the log."""
    for family, table in _tables.items():
        kept = {row.number: row for row in connection.execute(select(table))}
        opened, last, forgotten = dict[str, Row[Any]](), dict[str, str](), set[str]()
        attached, told = _attached[family], set[tuple[str, str]]()
        for event in _events(connection, family):
            number, step = event.subject.removeprefix(f"{family}-"), event.action.partition(".")[2]
            if step == "open":
                opened[number] = event
            if step == "forget":
                forgotten.add(number)
            if step in (attached.step, f"{attached.step}_gone"):
                (told.add if step == attached.step else told.discard)((number, event.detail))
            last[number] = _reached[family].get(step, last.get(number, ""))
        yield from _rows(family, kept, opened, last)
        yield from _attachments(connection, family, {one for one in told if one[0] not in forgotten})
        if family == "application":
            for number, row in kept.items():
                if not row.sealed and number not in forgotten:  # rule 5
                    yield f"Application {number} is empty, and the audit log does not say that it was forgotten."


def _rows(family: str, kept: dict[str, Row[Any]], opened: dict[str, Row[Any]], last: dict[str, str]) -> Iterator[str]:
    for number, event in opened.items():  # rule 1
        row = kept.get(number)
        if row is None:
            yield f"{family.capitalize()} {number} is missing: record {event.seq} of the audit log opened it."
        elif row.opened_at != event.at:
            yield f"{family.capitalize()} {number} was not opened when record {event.seq} of the audit log says."
        elif row.state != last[number]:  # rule 2
            yield f"{family.capitalize()} {number} is {row.state}, and the audit log left it {last[number]}."
        elif family == "report" and row.state == "closed" and not row.result_item:  # rule 3
            yield f"Report {number} is closed without a published result."
    for number in kept.keys() - opened.keys():
        yield f"{family.capitalize()} {number} stands in the register, and the audit log never saw it come."


def _attachments(connection: Connection, family: str, told: set[tuple[str, str]]) -> Iterator[str]:
    """Rule 4."""
    table, _, called = _attached[family]
    rows = connection.execute(select(table.c[family], table.c.seq, table.c.hash))
    kept, matter = {(number, f"{seq} {digest}") for number, seq, digest in rows}, family.capitalize()
    for number, one in sorted(told - kept):
        yield f"{matter} {number}: its {called} {one.partition(' ')[0]} is missing, and the audit log saw it attached."
    for number, one in sorted(kept - told):
        yield f"{matter} {number}: the audit log never saw its {called} {one.partition(' ')[0]} attached."


def _events(connection: Connection, family: str) -> Iterator[Row[Any]]:
    wanted = audit.c.action.startswith(f"{family}.", autoescape=True)
    yield from connection.execute(select(audit).where(wanted).order_by(audit.c.seq))
