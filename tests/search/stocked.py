"""Device stores to search in: the demonstration county, and a real hall's procedures as the server imports them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from content_sync import assets
from content_sync.domain.disclosure.items import Item
from content_sync.domain.edition import Edition, root_of
from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes, item_from_plain
from display_server.authoring.importing.index_words import index_words
from display_server.authoring.importing.readers import read_file

procedures = Path(__file__).resolve().parents[3] / "shared" / "real-data" / "procedures-guangan.json"
_as_of = "2026-11-23T09:00:00+08:00"
_place = {
    "channel": "hall",
    "unit": "qinghe",
    "node": "c07",
    "openness": "proactive",
    "visibility": "public",
    "timing": "perennial",
    "dated": "2026-01-01",
    "shown_from": "2026-01-01T00:00:00+08:00",
    "source": "区政务服务中心",
    "responsible": "沈玉兰",
}


def demo(path: Path) -> ContentStore:
    """The 55 demonstration items."""
    files = sorted(assets.path("demo/items").glob("*/*.json"))
    return stocked(path, [item_from_plain(json.loads(file.read_text("utf-8"))) for file in files])


def real(path: Path) -> ContentStore:
    """1,135 real procedures, as imported; skips where they are not at hand."""
    if not procedures.exists():
        pytest.skip(f"the real procedures are not at hand: {procedures} is missing")
    drafts = read_file(procedures.read_bytes(), procedures.name)
    return stocked(path, [item_from_plain(_place | {"id": f"p-{n}"} | d.fields) for n, d in enumerate(drafts)])


def stocked(path: Path, items: list[Item]) -> ContentStore:
    """A store that holds the items with their words, as submission adds them."""
    store = ContentStore(path)
    bodies: dict[str, dict[str, bytes]] = {}
    for item in items:
        aliases, initials = index_words(item)
        whole = replace(item, aliases=aliases, initials=initials)
        bodies.setdefault(item.channel, {})[item.id] = item_bytes(whole)
    store.follow(list(bodies))
    for channel, held in bodies.items():
        store.apply(Edition(channel, 1, _as_of, len(held), root_of(held)), _as_of, held, ())
    return store
