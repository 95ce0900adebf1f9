"""An item ↔ its canonical bytes. The bytes made at submission are what is reviewed, hashed, signed and shown.

`schema` is 1; a reader refuses a higher one by name instead of guessing.
"""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from content_sync.domain import limits
from content_sync.domain.disclosure.items import Body, Item, body_types
from content_sync.domain.errors import BadInput
from content_sync.domain.ids import checked_id
from content_sync.wire import canonical, shapes

schema = 1
_place = timezone(timedelta(hours=8))  # screens and pages tell every instant in the place's own offset


def item_bytes(item: Item) -> bytes:
    """The canonical bytes of an item, within `limits.item_bytes_max`."""
    data = canonical.dump({**shapes.to_plain(item), "schema": schema})
    if len(data) > limits.item_bytes_max:
        raise BadInput(f"{item.id} has {len(data)} bytes; {limits.item_bytes_max} are allowed. Split it.")
    return data


def parse_item(data: bytes) -> Item:
    """The item of canonical bytes; anything else, also the same value in other bytes, is refused."""
    if len(data) > limits.item_bytes_max:
        raise BadInput(f"An item has {len(data)} bytes; {limits.item_bytes_max} are allowed.")
    plain = canonical.load(data, "item")
    item = item_from_plain(plain)
    if canonical.dump(plain) != data:
        raise BadInput(f"{item.id} is not in canonical form.")
    return item


def item_from_plain(plain: Any) -> Item:
    """The item of a plain value (a demo file, an editor's form), strictly checked."""
    if not isinstance(plain, dict) or plain.get("schema", schema) != schema:
        raise BadInput("This item has an unknown schema; a newer program may read it.")
    kind, item_id = plain.get("kind"), checked_id(plain.get("id"), "item")
    if kind not in body_types:
        raise BadInput(f"{item_id}: kind is {kind!r}; it may be {', '.join(body_types)}.")
    body: Body = shapes.from_plain(body_types[kind], plain.get("body"), f"{item_id}.body")
    rest = {name: value for name, value in plain.items() if name not in ("body", "schema")}
    item = shapes.from_plain(Item, rest, item_id, given={"body": body})
    _check_dates(item)
    return item


def _check_dates(item: Item) -> None:
    try:
        dated = date.fromisoformat(item.dated)
        instants = [datetime.fromisoformat(t) for t in (item.shown_from, item.shown_until) if t]
        years = [dated.year, *(t.astimezone(_place).year for t in instants if t.tzinfo)]
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{item.id} has a date that is none: {error}.") from error
    if not instants or any(t.tzinfo is None for t in instants):
        raise BadInput(f"{item.id}: shown_from and shown_until need a time zone, such as 2026-11-23T09:00:00+08:00.")
    if min(years) < limits.year_min or dated.isoformat() != item.dated:  # lists are sorted by the text of `dated`
        raise BadInput(f"{item.id} has a date before {limits.year_min}, or one not written as 2026-11-23.")
