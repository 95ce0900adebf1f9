"""The demonstration county as a View: what a kiosk in its hall would know on 23 November 2026 at 9:41."""

import json
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from content_sync import assets
from content_sync.clock import place
from content_sync.domain.county import County
from content_sync.domain.disclosure.items import Item
from content_sync.domain.edition import body_hash
from content_sync.storage.rows import Row, row_of
from content_sync.wire import shapes
from content_sync.wire.items import item_bytes, item_from_plain
from display_server.authoring.importing.index_words import index_words
from kiosk import config
from kiosk.flow.view import Edition, Served, View, Waiting

now = datetime(2026, 11, 23, 9, 41, tzinfo=place)
_waiting = (7, 4, 0, 2, 11, 3)


@lru_cache
def county() -> County:
    """Its units, hall and windows."""
    plain = json.loads(assets.path("demo/county.json").read_text(encoding="utf-8"))
    return shapes.from_plain(County, plain, "county")


@lru_cache
def items() -> dict[str, tuple[Item, str, Row]]:
    """Every demonstration item as it is submitted, with its hash and its row."""
    found = {}
    for path in sorted(assets.path("demo/items").glob("*/*.json")):
        item = item_from_plain(json.loads(path.read_text(encoding="utf-8")))
        aliases, initials = index_words(item)
        item = replace(item, aliases=aliases, initials=initials)
        body = item_bytes(item)
        found[item.id] = (item, body_hash(body), row_of(item, body))
    return found


def rows() -> tuple[Row, ...]:
    """All rows, newest first."""
    return tuple(sorted((row for _, _, row in items().values()), key=lambda row: row.dated, reverse=True))


def view(item: str = "", **changed: Any) -> View:
    """The view with this item open and some facts changed."""
    site = county().sites[0]
    facts: dict[str, Any] = {
        "now": now,
        "county": county(),
        "site": site,
        "held": {c.id: Edition(318 - n, f"2026-11-23T09:3{8 - n}:00+08:00") for n, c in enumerate(county().channels)},
        "rows": rows(),
        "services": tuple(Waiting(s.id, s.name, True, n) for s, n in zip(site.services, _waiting, strict=True)),
        "served": tuple(Served(f"t{n}", number, n + 2) for n, number in enumerate(("A019", "B008", "C004", "A018"))),
        "terms": {term: meaning for term, (meaning, _) in config.terms().items()},
        "item": items()[item][:2] if item in items() else None,
    }
    return View(**{**facts, **changed})
