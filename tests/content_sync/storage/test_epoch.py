"""What is kept of a store in memory is known to be old as soon as other items are to be shown, and not before."""

from datetime import timedelta
from pathlib import Path

from content_sync.domain.edition import Edition, root_of
from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import start

_as_of = start.isoformat()


def _apply(store: ContentStore, number: int, *ids: str, **changes: object) -> None:
    bodies = {one: item_bytes(item(id=one, **changes)) for one in ids}
    store.apply(Edition("qinghe", number, _as_of, len(bodies), root_of(bodies)), _as_of, bodies, ())


def test_the_epoch_turns_with_the_items_alone(tmp_path: Path) -> None:
    """An edition, a withdrawal, a beginning, an end and a mended table turn it; the agent's notes do not."""
    store = ContentStore(tmp_path / "content.db")
    reader = ContentStore(tmp_path / "content.db", readonly=True)
    store.follow(["qinghe"])
    seen = [reader.epoch(start)]

    def turned() -> bool:
        seen.append(reader.epoch(start))
        return seen[-1] != seen[-2]

    _apply(store, 1, "a", "b", shown_until="2027-03-03T09:00:00+08:00")
    assert turned()
    store.put_problem("qinghe", "没有网络。", start)
    store.put_fact("seen", "yes")
    assert not turned()
    assert reader.epoch(start + timedelta(minutes=1)) == reader.epoch(start)
    assert reader.epoch(start + timedelta(days=2)) != reader.epoch(start)
    store.hide("qinghe", ["a"])
    assert turned()
    store.reindex()
    assert turned()
    _apply(store, 2, "b", title="另一个题目")
    assert turned()
    reader.close()
    store.close()
