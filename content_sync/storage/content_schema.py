"""The tables of content.db.

1. A body is the item's own bytes, plain UTF-8. `row` is what lists show, sealed by `seal`, its hash.
2. `search` shares its rowid with `items.n`; its columns hold tokens made by domain.text, never text.
3. `spellings` shares it too: the characters of the names with the letters they were given (domain.spelling).
4. `attached` says which files an item names, `leaving` which files go with an item that went (content_attached).
5. Where a newer row says more of an item than the ones that are held, a migration derives those anew.
6. `withdrawn` is never emptied. `hidden` keeps the hash of a body that a signed edition holds but no screen may show.
"""

from contextlib import suppress

from sqlite_utils import Database, Migrations

from content_sync.domain.edition import body_hash
from content_sync.domain.errors import BadInput
from content_sync.storage import content_epoch
from content_sync.storage.rows import row_of, row_text, seal_of, sealed_row
from content_sync.wire import attachments
from content_sync.wire.items import read_item

migrations = Migrations("content")

_tables = (
    """CREATE TABLE items (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, kind TEXT NOT NULL,
       section TEXT NOT NULL, node TEXT NOT NULL, topics TEXT NOT NULL, dated TEXT NOT NULL, starts INTEGER NOT NULL,
       ends INTEGER, row TEXT NOT NULL, seal TEXT NOT NULL, body BLOB NOT NULL)""",
    "CREATE INDEX items_by_date ON items (dated DESC)",
    "CREATE INDEX items_by_channel ON items (channel)",
    """CREATE TABLE channels (channel TEXT PRIMARY KEY, number INTEGER NOT NULL DEFAULT 0,
       as_of TEXT NOT NULL DEFAULT '', time TEXT NOT NULL DEFAULT '', items INTEGER NOT NULL DEFAULT 0,
       root TEXT NOT NULL DEFAULT '')""",
    "CREATE TABLE withdrawn (channel TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (channel, id)) WITHOUT ROWID",
    """CREATE TABLE hidden (channel TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL,
       PRIMARY KEY (channel, id)) WITHOUT ROWID""",
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE problems (channel TEXT PRIMARY KEY, sentence TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID",
)
search_table = """CREATE VIRTUAL TABLE search USING
    fts5(id UNINDEXED, title, aliases, text, initials, tokenize = 'unicode61')"""


@migrations()
def first_tables(db: Database) -> None:
    """Editions, what is withdrawn, facts, problems and the search table."""
    for statement in (*_tables, search_table):
        db.execute(statement)


@migrations()
def spellings(db: Database) -> None:
    """Characters for letters; empty for items held already, which `verify` names and `reindex` mends."""
    db.execute("CREATE TABLE spellings (n INTEGER PRIMARY KEY, han TEXT NOT NULL, letters TEXT NOT NULL)")


@migrations()
def attached(db: Database) -> None:
    """Files that items name; those of items held already are read from their bodies, which an older program kept."""
    db.execute(
        """CREATE TABLE attached (n INTEGER NOT NULL, place INTEGER NOT NULL, sha256 TEXT NOT NULL,
           length INTEGER NOT NULL, PRIMARY KEY (n, place)) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX attached_by_hash ON attached (sha256)")
    db.execute("CREATE TABLE leaving (sha256 TEXT PRIMARY KEY) WITHOUT ROWID")
    for n, body in db.execute("SELECT n, CAST(body AS BLOB) FROM items").fetchall():
        rows = [(n, place, one.sha256, one.length) for place, one in enumerate(attachments.attached(body))]
        db.conn.executemany("INSERT INTO attached VALUES (?, ?, ?, ?)", rows)


@migrations()
def due_by_index(db: Database) -> None:
    """What decides which items are due, apart from their bodies: no body's page is read to find that out."""
    db.execute("DROP INDEX items_by_date")
    db.execute("CREATE INDEX items_by_date ON items (dated DESC, id, starts, ends, channel, kind)")


@migrations()
def rows_that_ask(db: Database) -> None:
    """Whether a notice asks something (`Row.asks`), for those held already; a damaged one is left to `verify`."""
    held = db.execute(
        """SELECT n, CAST(body AS BLOB), row, seal FROM items
           WHERE kind = 'notice' AND instr(CAST(body AS BLOB), CAST('"questions"' AS BLOB))"""
    ).fetchall()
    for n, body, text, seal in held:
        row = sealed_row(str(text), seal)
        if row is None or row.hash != body_hash(body):
            continue
        with suppress(BadInput):
            derived = row_text(row_of(read_item(body), body))
            db.execute("UPDATE items SET row = ?, seal = ? WHERE n = ?", [derived, seal_of(derived), n])
    content_epoch.turn(db)
