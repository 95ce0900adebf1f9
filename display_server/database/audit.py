"""The audit log: append-only and hash-chained (promise 16, HAL-10).

1. Each record's hash covers its own fields and the hash of the one before it.
2. Records are numbered without gaps; the check names the first record that is missing or was edited.
"""

import hashlib
from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.wire import canonical
from display_server.database.tables.core import audit

_fields = ("seq", "at", "actor", "via", "action", "subject", "detail", "previous")


def append(connection: Connection, at: str, actor: str, via: str, action: str, subject: str, detail: str = "") -> None:
    """Add a record inside the caller's transaction (rule 1)."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    values: dict[str, str | int] = {
        "seq": last.seq + 1 if last else 1,
        "at": at,
        "actor": actor,
        "via": via,
        "action": action,
        "subject": subject,
        "detail": detail,
        "previous": last.hash if last else "",
    }
    connection.execute(audit.insert().values(**values, hash=_hash(values)))


def first_fault(connection: Connection) -> str:
    """One sentence naming the first record that breaks the chain, or an empty string (rule 2)."""
    previous, expected = "", 1
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        values = {name: getattr(row, name) for name in _fields}
        if row.seq != expected or row.previous != previous or row.hash != _hash(values):
            return f"The audit log is broken at record {expected}: it was edited, removed or inserted."
        previous, expected = row.hash, expected + 1
    return ""


def of(connection: Connection, subject: str) -> list[Row[Any]]:
    """Everything that was recorded about one subject, in the order in which it happened."""
    return list(connection.execute(select(audit).where(audit.c.subject == subject).order_by(audit.c.seq)))


def newest(connection: Connection) -> Row[Any] | None:
    """The last record, None of an empty log."""
    return connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(1)).first()


def record(connection: Connection, seq: int) -> Row[Any] | None:
    """The record with this number, None when there is none."""
    return connection.execute(select(audit).where(audit.c.seq == seq)).first()


def length(connection: Connection) -> int:
    """How many records the log holds."""
    return connection.execute(select(func.count()).select_from(audit)).scalar_one()


def _hash(values: dict[str, str | int]) -> str:
    return hashlib.sha256(canonical.dump(values)).hexdigest()
