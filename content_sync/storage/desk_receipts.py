"""This desk's receipt numbers (the rule: domain.cases.numbering).

1. The key is made once, from chance, when the first number is taken; a desk begun anew has another one.
2. The counter moves in the transaction that keeps what the number stands for: a power cut repeats none.
"""

from dataclasses import replace

from sqlite_utils import Database

from content_sync.domain.cases import numbering
from content_sync.domain.records import Record
from content_sync.ports import Ids
from content_sync.storage import desk_outbox

_key_bytes = 32


def add(db: Database, record: Record, ids: Ids) -> str:
    """Keep a record for sending under the next receipt, which is returned."""
    taken = _next(db, ids)
    desk_outbox.add(db, replace(record, body={"receipt": taken, **record.body}))
    return taken


def _next(db: Database, ids: Ids) -> str:
    db.execute("INSERT OR IGNORE INTO receipts VALUES (1, ?, 0)", [ids.random(_key_bytes).hex()])  # rule 1
    key, count = db.execute("SELECT key, next FROM receipts").fetchone()
    db.execute("UPDATE receipts SET next = next + 1")  # rule 2
    return numbering.receipt(bytes.fromhex(key), count)
