"""A row: what a list shows of an item without opening it.

1. A row is derived from the body once, when the edition is applied, and sealed by its hash.
2. A row whose seal is broken is shown nowhere; the next integrity check rebuilds it.
"""

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.sheets import questions_of
from content_sync.domain.edition import body_hash
from content_sync.storage.words import body_text

_epoch = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One item in a list. `hash` names its exact body, `chars` is the length of its text, `service` its queue.

    `asks`: it is a questionnaire. A row kept before `source` was part of it has none.
    """

    id: str
    channel: str
    kind: str
    unit: str
    title: str
    plain_title: str
    summary: str
    node: str
    section: str
    topics: tuple[str, ...]
    dated: str
    shown_from: str
    shown_until: str
    link: str
    service: str
    hash: str
    chars: int
    source: str = ""
    asks: bool = False


def row_of(item: Item, body: bytes) -> Row:
    """Rule 1."""
    service = item.body.service if isinstance(item.body, Guide) else ""
    same = {name: getattr(item, name) for name in _names if name not in _derived}
    asks = bool(questions_of(item))
    return Row(**same, service=service, hash=body_hash(body), chars=len(body_text(item)), asks=asks)


def row_text(row: Row) -> str:
    """The row as it is stored."""
    return json.dumps([getattr(row, name) for name in _names], ensure_ascii=False, separators=(",", ":"))


def seal_of(text: str) -> str:
    """The seal of a stored row."""
    return hashlib.sha256(text.encode()).hexdigest()


def sealed_row(text: str, seal: str) -> Row | None:
    """The row of its stored text, None when the seal is broken (rule 2)."""
    if seal_of(text) != seal:
        return None
    values = json.loads(text)
    values[9] = tuple(values[9])
    return Row(*values)


def micros(instant: datetime) -> int:
    """Whole microseconds since 1970, for comparing instants of different offsets in SQL."""
    return (instant - _epoch) // timedelta(microseconds=1)


_names = tuple(field.name for field in dataclasses.fields(Row))
_derived = frozenset({"service", "hash", "chars", "asks"})
