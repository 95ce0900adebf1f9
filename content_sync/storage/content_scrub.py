"""Making unreadable what was deleted, and keeping the log short.

1. What SQLite deletes it overwrites (secure_delete), but FTS keeps the terms of deleted rows until its index is merged,
   and the log keeps old pages until it is emptied. A scrub does both.
2. Withdrawn text is scrubbed at once, and again at every step until it succeeds. What was merely replaced waits for the
   daily check: merging writes the whole index anew (45 MB for 10,000 items), too much for one corrected word. Files
   that nothing names any more go at once in either case (content_attached), before anything else.
3. A log longer than `limits.log_bytes_max` is emptied: a first load leaves one as long as the store itself.
4. A disk without room, or a reader that does not let go, puts it off; nothing that is shown depends on it.
"""

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.storage import content_attached, facts
from content_sync.storage.blobs import BlobFolder
from content_sync.storage.connection import Connection
from content_sync.storage.faults import Full

_fact, _none, _now, _later = "scrub", b"0", b"1", b"2"


def mark(db: Database, *, at_once: bool) -> None:
    """Text was deleted in this transaction (rule 2)."""
    if at_once:
        facts.put(db, _fact, _now)
    elif (facts.get(db, _fact) or _none) == _none:
        facts.put(db, _fact, _later)


def hasten(db: Database) -> None:
    """Text that was replaced before is withdrawn now: what waited for the daily check waits no more."""
    if facts.get(db, _fact) == _later:
        facts.put(db, _fact, _now)


def scrub(connection: Connection, blobs: BlobFolder, *, thorough: bool) -> bool:
    """Rules 1–3; `thorough` does what may wait too. False when something is left for another time (rule 4)."""
    with connection.read() as db:
        waiting = (facts.get(db, _fact) or _none) if db is not None else _none
    try:
        if waiting != _none:
            _wipe(connection, blobs)
        if waiting == _now or (waiting == _later and thorough):
            return _merge(connection)
    except Full:
        return False
    return connection.log_bytes() <= limits.log_bytes_max or connection.checkpoint()


def _wipe(connection: Connection, blobs: BlobFolder) -> None:
    with connection.read() as db:
        names = content_attached.leaving(db) if db is not None else []
    if not names:
        return
    with connection.write() as db:
        for name in content_attached.leaving(db):
            blobs.wipe(name)
        blobs.settle()
        content_attached.left(db)


def _merge(connection: Connection) -> bool:
    with connection.write() as db:
        db.execute("INSERT INTO search (search) VALUES ('optimize')")
    if not connection.checkpoint():
        return False
    with connection.write() as db:
        facts.put(db, _fact, _none)
    return True
