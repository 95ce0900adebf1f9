"""Writing items with their rows and what is searched of them.

1. What stands beside a body is derived from it without the database, a batch of bodies at a time.
2. SQLite takes such a batch as one JSON value in a few statements. It needs no lock of Python's meanwhile, so the next
   batch is derived in another thread at the same time: the two halves of a first load cost about the same. Threads
   then take turns every half millisecond, because SQLite asks for Python's lock again several times a statement.
3. A body that is no item of the channel, or whose id is another channel's, refuses everything.
"""

import json
import sqlite3
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from itertools import islice

from sqlite_utils import Database

from content_sync.domain.edition import body_hash
from content_sync.domain.errors import BadInput, Unverified
from content_sync.domain.spelling import spelled
from content_sync.storage import content_epoch, content_schema
from content_sync.storage.rows import micros, row_of, row_text, seal_of, sealed_row
from content_sync.storage.words import search_columns
from content_sync.wire.items import read_item

_Numbered = tuple[int, str, bytes]  # row number, channel, body
_batch_items = 200
_turn_seconds = 0.000_5
_places = {
    name: place
    for place, name in enumerate(
        (
            *("n", "id", "channel", "kind", "section", "node", "topics", "dated", "starts", "ends"),
            *("row", "seal", "body", "title", "aliases", "text", "initials", "han", "letters", "attached"),
        )
    )
}
_items = tuple(_places)[:13]
_searched = ("id", "title", "aliases", "text", "initials")


def write(db: Database, channel: str, bodies: Iterable[bytes]) -> None:
    """Store bodies whose ids the channel does not hold; after Unverified (rule 3) the caller undoes everything."""
    content_epoch.turn(db)
    first = db.execute("SELECT coalesce(max(n), 0) + 1 FROM items").fetchone()[0]
    numbered = ((n, channel, body) for n, body in enumerate(bodies, first))
    with closing(_batches(numbered)) as batches:
        for batch in batches:
            try:
                _insert(db, f"items ({', '.join(_items)})", _items, batch)
            except sqlite3.IntegrityError as error:
                raise Unverified(
                    f"{channel} holds {_taken_id(db, batch)}, which is already another channel's."
                ) from error
            _index(db, batch)


def derive_anew(db: Database) -> None:
    """Make what stands beside the bodies anew; a body that is damaged keeps its row and is not found any more."""
    content_epoch.turn(db)
    db.execute("DELETE FROM spellings")
    db.execute("DELETE FROM attached")
    db.execute("DROP TABLE search")
    db.execute(content_schema.search_table)
    stored = db.execute("SELECT n, channel, CAST(body AS BLOB), row, seal FROM items ORDER BY n").fetchall()
    rows = ((n, channel, body, sealed_row(str(text), seal)) for n, channel, body, text, seal in stored)
    sound = ((n, channel, body) for n, channel, body, row in rows if row is not None and row.hash == body_hash(body))
    kept = ", ".join(f"{name} = {_value_of(name)}" for name in _items[3:12])
    with closing(_batches(sound)) as batches:
        for batch in batches:
            db.execute(f"UPDATE items SET {kept} FROM json_each(?) WHERE items.n = value ->> 0", [batch])  # noqa: S608  # only names are put in
            _index(db, batch)


def _index(db: Database, batch: str) -> None:
    _insert(db, f"search (rowid, {', '.join(_searched)})", ("n", *_searched), batch)
    _insert(db, "spellings", ("n", "han", "letters"), batch)
    files = f"json_each(?) AS item, json_each(item.value, '$[{_places['attached']}]') AS file"
    taken = "item.value ->> 0, file.key, file.value ->> 0, file.value ->> 1"
    db.execute(f"INSERT INTO attached SELECT {taken} FROM {files}", [batch])  # noqa: S608  # only names are put in


def _insert(db: Database, table: str, columns: tuple[str, ...], batch: str) -> None:
    taken = ", ".join(_value_of(name) for name in columns)
    db.execute(f"INSERT INTO {table} SELECT {taken} FROM json_each(?)", [batch])  # noqa: S608  # only names are put in


def _value_of(name: str) -> str:
    """The value of a column in a prepared item."""
    value = f"value ->> {_places[name]}"
    return f"CAST({value} AS BLOB)" if name == "body" else value


def _taken_id(db: Database, batch: str) -> str:
    """The id of a batch that is held already."""
    query = "SELECT value ->> 1 FROM json_each(?) WHERE value ->> 1 IN (SELECT id FROM items)"
    found = db.execute(query, [batch]).fetchone()
    return str(found[0]) if found else "an id twice"


def _batches(numbered: Iterable[_Numbered]) -> Generator[str]:
    """Derived items by the batch, the next one made while this one is used (rule 2)."""
    waiting = iter(numbered)
    make = partial(_batch, waiting)
    batch = make()
    with _quick_turns(), ThreadPoolExecutor(1) as pool:
        while batch:
            coming = pool.submit(make)
            yield batch
            batch = coming.result()


@contextmanager
def _quick_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_turn_seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _batch(waiting: Iterator[_Numbered]) -> str:
    """Rule 1: JSON, empty when nothing waits."""
    derived = [_derived(*one) for one in islice(waiting, _batch_items)]
    return json.dumps(derived, ensure_ascii=False) if derived else ""


def beside(n: int, channel: str, body: bytes) -> tuple[object, ...]:
    """What stands beside a sound body in the columns of its row and in its names' characters, search apart."""
    derived = _derived(n, channel, body, with_terms=False)
    return (*derived[:12], *derived[17:19])


def _derived(
    n: int, channel: str, body: bytes, *, with_terms: bool = True
) -> list[str | int | list[tuple[str, int]] | None]:
    try:
        item = read_item(body)
    except BadInput as error:
        raise Unverified(f"{channel} holds an item that cannot be read: {error}") from error
    if item.channel != channel:
        raise Unverified(f"{channel} holds {item.id}, which belongs to {item.channel}.")
    text, topics = row_text(row_of(item, body)), "".join(f",{topic}" for topic in item.topics) + ","
    ends = _micros_of(item.shown_until) if item.shown_until else None
    return [
        *(n, item.id, channel, item.kind, item.section, item.node, topics, item.dated, _micros_of(item.shown_from)),
        *(
            ends,
            text,
            seal_of(text),
            body.decode(),
            *(search_columns(item) if with_terms else ("",) * 4),
            *spelled(item),
        ),
        [(one.sha256, one.length) for one in item.attachments],
    ]


def _micros_of(text: str) -> int:
    """The stored form of an ISO instant."""
    return micros(datetime.fromisoformat(text))
