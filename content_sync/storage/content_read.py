"""What a screen reads.

1. Time is the later of the caller's and what the store has reached (promise 5): a clock that goes back brings nothing
   back. Nothing begins more than `limits.clock_jump_days_max` after that: a clock in 2099 shows nothing much too early.
2. A row with a broken seal and a body with another hash than its row are shown nowhere (promise 4).
"""

from datetime import datetime, timedelta

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.disclosure.items import Item, is_due
from content_sync.domain.edition import body_hash
from content_sync.domain.errors import BadInput
from content_sync.storage import facts
from content_sync.storage.rows import Row, micros, sealed_row
from content_sync.wire.items import read_item

due = """items.starts <= :begun AND (items.ends IS NULL OR items.ends > :now)
    AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.channel = items.channel AND withdrawn.id = items.id)"""


def rows(db: Database, now: datetime, **wanted: str) -> list[Row]:
    """Due rows, newest dated first; `wanted` names kind, channel, section, topic or node, empty for any."""
    now = later(db, now)
    tests = [due]
    for name, value in wanted.items():
        if value:
            tests.append("instr(items.topics, ',' || :topic || ',')" if name == "topic" else f"items.{name} = :{name}")
    query = f"""SELECT items.row, items.seal FROM items WHERE {" AND ".join(tests)}
        ORDER BY items.dated DESC, items.starts DESC, items.id"""  # noqa: S608  # only names of columns are put in
    return _sound(db, query, {**wanted, **instants(db, now)}, now)


def item(db: Database, item_id: str, now: datetime) -> tuple[Item, str] | None:
    """The item to draw with the hash of its body, None when it is not to be shown (rule 2)."""
    query = f"SELECT items.row, items.seal, CAST(items.body AS BLOB) FROM items WHERE items.id = :id AND {due}"  # noqa: S608  # a constant is put in
    now = later(db, now)
    found = db.execute(query, {"id": item_id, **instants(db, now)}).fetchone()
    row = sealed_row(str(found[0]), found[1]) if found else None
    if row is None or body_hash(found[2]) != row.hash:
        return None
    try:
        drawn = read_item(found[2])
    except BadInput:
        return None
    return (drawn, row.hash) if is_due(drawn.shown_from, drawn.shown_until, now) else None


def later(db: Database, now: datetime) -> datetime:
    """Rule 1."""
    seen = facts.reached(db)
    return now if seen is None else max(now, seen)


def instants(db: Database, now: datetime) -> dict[str, int]:
    """Rule 1 as values of a query, for a time that is the later one already."""
    seen = facts.reached(db)
    begun = now if seen is None else min(now, seen + timedelta(days=limits.clock_jump_days_max))
    return {"now": micros(now), "begun": micros(begun)}


def sound_row(text: str, seal: str, now: datetime) -> Row | None:
    """The row of its stored text, None when it is damaged or not due (rules 1 and 2)."""
    row = sealed_row(text, seal)
    return row if row is not None and is_due(row.shown_from, row.shown_until, now) else None


def _sound(db: Database, query: str, values: dict[str, str | int], now: datetime) -> list[Row]:
    found = (sound_row(str(text), seal, now) for text, seal in db.execute(query, values))
    return [row for row in found if row is not None]
