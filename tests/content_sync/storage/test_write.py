"""Many items at once: derived in one thread and stored in another, they are the same as one by one, or none at all."""

from pathlib import Path

import pytest

from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import Unverified
from content_sync.storage import content_write
from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes
from tests.content_sync.making import complete_guide, item
from tests.content_sync.world import bodies, start

_as_of = start.isoformat()
_many = content_write._batch_items * 2 + 7


def _items(count: int) -> dict[str, bytes]:
    made = {}
    for n in range(count):
        kind = {"kind": "guide", "body": complete_guide} if n % 3 else {}
        name = f"n-{n:04d}"
        made[name] = item_bytes(
            item(id=name, title=f"第{n}件事", aliases=(f"别名{n}",), initials=("djs", "bm"), **kind)
        )
    return made


def _applied(store: ContentStore, number: int, items: dict[str, bytes]) -> ContentStore:
    store.apply(Edition("qinghe", number, _as_of, len(items), root_of(items)), _as_of, items, ())
    return store


def _store(path: Path) -> ContentStore:
    store = ContentStore(path)
    store.follow(["qinghe", "liuhe"])
    return store


def _everything(store: ContentStore) -> dict[str, list[tuple[object, ...]]]:
    """All tables that are derived from bodies, without row numbers."""
    queries = {
        "items": "SELECT id, channel, kind, topics, dated, starts, ends, row, seal, CAST(body AS BLOB) FROM items",
        "search": "SELECT id, title, aliases, text, initials FROM search",
        "spellings": "SELECT id, han, letters FROM spellings JOIN items USING (n)",
    }
    db = store._connection._db
    return {name: sorted(db.execute(query).fetchall()) for name, query in queries.items()}


def test_by_the_batch_as_one_by_one(tmp_path: Path) -> None:
    """Whether items come in one edition or one in each, the same stands in every table."""
    items = _items(_many)
    at_once = _applied(_store(tmp_path / "once.db"), 1, items)
    assert at_once.verify().bad == ()
    few = dict(list(items.items())[:5])
    grown = _store(tmp_path / "grown.db")
    for number in range(1, 6):
        _applied(grown, number, dict(list(few.items())[:number]))
    assert _everything(_applied(_store(tmp_path / "few.db"), 1, few)) == _everything(grown)
    assert {row.id for row in at_once.rows(start)} == set(items)
    assert [row.id for row in at_once.search("第401件", start)] == ["n-0401"]


@pytest.mark.parametrize("place", [0, content_write._batch_items, _many - 1])
def test_one_bad_item_anywhere_refuses_all(tmp_path: Path, place: int) -> None:
    """Whichever batch it is in, an item that is none, or of another channel, leaves no row of the others."""
    items = _items(_many)
    name = f"n-{place:04d}"
    for bad, sentence in ((b"{}", "cannot be read"), (bodies("liuhe", **{name: "x"})[name], "belongs to liuhe")):
        store = _store(tmp_path / f"{sentence}.db")
        with pytest.raises(Unverified, match=sentence):
            _applied(store, 1, {**items, name: bad})
        assert store.rows(start) == []
        assert store.verify().items == 0


def test_an_id_of_another_channel_is_named(tmp_path: Path) -> None:
    """A channel that holds another one's id is refused, and told which id it is."""
    store = _applied(_store(tmp_path / "content.db"), 1, bodies(a="冬季", b="春季"))
    other = bodies("liuhe", c="夏季", b="秋季")
    with pytest.raises(Unverified, match=r"liuhe holds b, which is already another channel's"):
        store.apply(Edition("liuhe", 1, _as_of, 2, root_of(other)), _as_of, other, ())


def test_what_stands_beside_a_body_can_be_made_anew(tmp_path: Path) -> None:
    """Deriving anew gives every table as it was; a damaged body keeps its row, so it is fetched again."""
    store = _applied(_store(tmp_path / "content.db"), 1, _items(_many))
    before = _everything(store)
    with store._connection.write() as db:
        db.execute("UPDATE items SET kind = 'x', starts = 0")
        db.execute("DELETE FROM spellings WHERE n > 5")
        db.execute("DELETE FROM search WHERE rowid % 2 = 0")
    store.reindex()
    assert _everything(store) == before
    with store._connection.write() as db:
        db.execute(
            "UPDATE items SET body = CAST(replace(CAST(body AS TEXT), '600', '900') AS BLOB) WHERE id = 'n-0000'"
        )
    store.reindex()
    assert store.verify().bad == ("n-0000", "search")
