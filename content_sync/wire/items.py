"""An item ↔ its canonical bytes. The bytes made at submission are what is reviewed, hashed, signed and shown.

1. Whoever writes or reviews is strict: what this program does not know is refused by name, also a higher `schema`.
2. A device reads what a newer server signed. Unknown fields are passed over (the bytes keep them), and a body that it
   cannot read — an unknown kind, a higher schema, another form — is a document of the text in it (domain.partly).
   The same of attachments in a form that it does not know (wire.attachments).
3. What every item has — id, channel, title, dates, instants and the rest — never changes its meaning: without it there
   is no item, for a device either. What is not canonical is refused by both.
"""

import typing
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from typing import Any

from content_sync.domain import limits
from content_sync.domain.disclosure.items import Body, Item, Timing, body_types
from content_sync.domain.disclosure.partly import as_document
from content_sync.domain.errors import BadInput
from content_sync.domain.ids import checked_id
from content_sync.wire import attachments, canonical, shapes

schema = 1
_place = timezone(timedelta(hours=8))  # screens and pages tell every instant in the place's own offset


def item_bytes(item: Item) -> bytes:
    """The canonical bytes of an item, within `limits.item_bytes_max`."""
    data = canonical.dump({**shapes.to_plain(item), "schema": schema})
    if len(data) > limits.item_bytes_max:
        raise BadInput(f"{item.id} has {len(data)} bytes; {limits.item_bytes_max} are allowed. Split it.")
    return data


def parse_item(data: bytes) -> Item:
    """The item of canonical bytes; anything else, also the same value in other bytes, is refused (rule 1)."""
    return item_from_plain(_canonical_value(data))


def read_item(data: bytes) -> Item:
    """The item of canonical bytes that this or a newer program made, as far as it can be shown (rules 2 and 3)."""
    plain = _canonical_value(data)
    written = plain.get("schema", schema) if isinstance(plain, dict) else None
    if type(written) is not int or written < schema:
        raise BadInput("An item is an object whose schema is a whole number from 1 on.")
    kind, item_id = plain.get("kind"), checked_id(plain.get("id"), "item")
    if not isinstance(kind, str) or "body" not in plain:
        raise BadInput(f"{item_id} lacks its kind or its body.")
    given = _body(kind if written == schema else "", plain["body"], item_id)
    if "attachments" in plain:
        given["attachments"] = attachments.readable(plain["attachments"])
    rest = {name: value for name, value in plain.items() if name not in given}
    if isinstance(rest.get("timing"), str) and rest["timing"] not in typing.get_args(Timing):
        rest["timing"] = "ad_hoc"  # when an office must publish again: nothing a screen draws
    item = shapes.from_plain(Item, rest, item_id, given=given, lenient=True)
    _check_dates(item)
    return item


def item_from_plain(plain: Any) -> Item:
    """The item of a plain value (a demo file, an editor's form), strictly checked."""
    if not isinstance(plain, dict) or plain.get("schema", schema) != schema:
        raise BadInput("This item has an unknown schema; a newer program may read it.")
    kind, item_id = plain.get("kind"), checked_id(plain.get("id"), "item")
    if not isinstance(kind, str) or kind not in body_types:
        raise BadInput(f"{item_id}: kind is {kind!r}; it may be {', '.join(body_types)}.")
    body: Body = shapes.from_plain(body_types[kind], plain.get("body"), f"{item_id}.body")
    rest = {name: value for name, value in plain.items() if name not in ("body", "schema")}
    item = shapes.from_plain(Item, rest, item_id, given={"body": body})
    attachments.check(item.id, item.attachments)
    _check_dates(item)
    return item


def _canonical_value(data: bytes) -> Any:
    if len(data) > limits.item_bytes_max:
        raise BadInput(f"An item has {len(data)} bytes; {limits.item_bytes_max} are allowed.")
    return canonical.load_canonical(data, "An item")


def _body(kind: str, body: Any, item_id: str) -> dict[str, Any]:
    """The kind and the body to show, which are a document where this program cannot read it (rule 2)."""
    if kind in body_types:
        with suppress(BadInput):
            read: Body = shapes.from_plain(body_types[kind], body, f"{item_id}.body", lenient=True)
            return {"kind": kind, "body": read}
    return {"kind": "document", "body": as_document(body)}


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
