"""Checking what is stored; nothing is repaired here.

1. Each body against the hash in its sealed row, each channel's root from the bodies against the edition's.
2. The search table against its own text and against the items, the table of attached files against the bodies.
3. A channel whose root is wrong though every body is sound is named itself; so is one whose own row, or the ids it
   withdrew, are not what was written (content_channels).
4. What stands beside a sound body against what this program derives from it: a flipped bit is found, and also that a
   newer program reads more of an item than the one that stored it. It counts to the search table, with which it is made
   anew.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from sqlite_utils import Database

from content_sync.domain.edition import body_hash
from content_sync.domain.errors import Unverified
from content_sync.storage import content_attached, content_channels, content_write
from content_sync.storage.content_apply import stored_root
from content_sync.storage.rows import sealed_row

search_name = "search"
_beside_query = """SELECT n, id, channel, kind, section, node, topics, dated, starts, ends, row, seal, han, letters,
    CAST(body AS BLOB) FROM items LEFT JOIN spellings USING (n) ORDER BY id"""
_self_check = "INSERT INTO search (search) VALUES ('integrity-check')"


@dataclass(frozen=True)
class Verified:
    """How many items were checked, and the ids of the bad ones (or a channel's, or `search`)."""

    items: int
    bad: tuple[str, ...]


def verify(db: Database, *, may_write: bool) -> Verified:
    """Rules 1–3. The search table's own check is a write to SQLite, so a reader skips it."""
    bad: list[str] = []
    count, bad_channels = 0, set()
    stale = False
    for found in db.execute(_beside_query):
        count += 1
        item, channel, text, seal, body = found[1], found[2], found[10], found[11], found[-1]
        row = sealed_row(str(text), seal)
        if row is None or row.id != item or row.channel != channel or row.hash != body_hash(body):  # rule 1
            bad.append(item)
            bad_channels.add(channel)
        else:
            stale = stale or not _is_derived(found[:-1], body)  # rule 4
    for channel, number, root, items in db.execute("SELECT channel, number, root, items FROM channels").fetchall():
        sound = stored_root(db, channel) == (root, items) if root else number == 0
        if channel not in bad_channels and not (sound and content_channels.is_sealed(db, channel)):
            bad.append(channel)  # rule 3
    if stale or not _search_is_sound(db, may_write=may_write):
        bad.append(search_name)
    return Verified(count, tuple(bad))


def channel_is_sound(db: Database, channel: str) -> bool:
    """Rule 1 for one channel."""
    rows = db.execute("SELECT row, seal, CAST(body AS BLOB) FROM items WHERE channel = ?", [channel])
    if not all((row := sealed_row(str(text), seal)) and row.hash == body_hash(body) for text, seal, body in rows):
        return False
    root, items = db.execute("SELECT root, items FROM channels WHERE channel = ?", [channel]).fetchone() or ("", 0)
    return content_channels.is_sealed(db, channel) and (not root or stored_root(db, channel) == (root, items))


def _is_derived(beside: tuple[object, ...], body: bytes) -> bool:
    """Rule 4; a body that this program cannot read at all is kept as another one left it."""
    try:
        return content_write.beside(int(str(beside[0])), str(beside[2]), body) == beside
    except Unverified:
        return True


def _check_itself(conn: sqlite3.Connection) -> None:
    """The search table's own check: a write to SQLite, so a disk that takes none is checked in a copy in memory."""
    try:
        conn.execute(_self_check)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise
        with closing(sqlite3.connect(":memory:")) as copy:
            conn.backup(copy)
            copy.execute(_self_check)


def _search_is_sound(db: Database, *, may_write: bool) -> bool:
    try:
        if may_write:
            _check_itself(db.conn)
        indexes = ("SELECT rowid FROM search", "SELECT n FROM spellings")
        sound = not any(_differs(db, "SELECT n FROM items", index) for index in indexes)
        return sound and content_attached.is_sound(db)
    except sqlite3.DatabaseError:
        return False


def _differs(db: Database, one: str, other: str) -> bool:
    found = db.execute(f"SELECT EXISTS ({one} EXCEPT {other}) OR EXISTS ({other} EXCEPT {one})")
    return bool(found.fetchone()[0])
