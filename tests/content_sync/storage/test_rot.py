"""One bit of the disk flips, in any table: nothing false is shown, and the next sync has everything as it was."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from content_sync.domain.county import County as Facts
from content_sync.domain.disclosure.items import Notice
from content_sync.pull.step import Puller
from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import County, HandClock

_names = {"winter": "冬季取暖补贴", "spring": "春季造林", "summer": "夏季防汛"}
_items = {
    name: item_bytes(item(id=name, title=title, initials=("".join("x" for _ in title),), topics=("aid",), section="m"))
    for name, title in _names.items()
}


@pytest.fixture
def county(tmp_path: Path) -> County:
    """Two channels; one has withdrawn an item."""
    county = County(tmp_path, "qinghe", "liuhe")
    county.publisher.put_county(Facts("清河县", "", (), (), ()))
    county.publish("qinghe", {**_items, "w": item_bytes(item(id="w", title="撤下"))})
    county.publish("qinghe", _items, withdrawn=("w",))
    return county


@pytest.fixture
def device(county: County, tmp_path: Path) -> Iterator[Puller]:
    """A device that holds all of it."""
    device = county.device(tmp_path / "device")
    assert device.step().failures == []
    assert device.store.verify().bad == ()
    yield device
    device.close()


def _state(store: ContentStore, clock: HandClock) -> tuple[object, ...]:
    """Everything that screens and steps read of a store."""
    now = clock.now()
    rows = [store.rows(now), store.rows(now, kind="notice"), store.rows(now, topic="aid", section="m", node="c09")]
    drawn = [store.item(name, now) for name in (*_names, "w")]
    found = [sorted(row.id for row in store.search(word, now)) for word in ("季", "取暖", "每户")]
    spelled = store.characters("x", now)
    known = store._connection._db.execute("SELECT channel, id FROM withdrawn ORDER BY id").fetchall()
    return (rows, drawn, found, spelled, store.held(), store.county(), known, store.knows_withdrawn("qinghe"))


_columns = {
    "items": "id channel kind section node topics dated starts ends row seal body",
    "channels": "number as_of time items root",
    "withdrawn": "id",
    "spellings": "han letters",
    "facts": "value",
    "search_content": "c1 c3 c4",
    "search_data": "block",
    "search_docsize": "sz",
    "search_config": "v",
}
_places = [(table, column) for table, columns in _columns.items() for column in columns.split()]


def _flipped(value: Any, chance: random.Random) -> Any:
    """The value with one bit changed, of the same kind."""
    if value is None:
        return 1
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(50))
    data = bytearray(value if isinstance(value, bytes) else value.encode())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data) if isinstance(value, bytes) else data.decode("utf-8", "replace")


def _flip(store: ContentStore, table: str, column: str, chance: random.Random) -> None:
    key = {"facts": "name", "withdrawn": "id", "channels": "channel", "search_config": "k"}.get(table, "rowid")
    with store._connection.write() as db:
        rows = [row for row in db.execute(f"SELECT {key}, {column} FROM {table}").fetchall() if row[1] not in ("", 0)]
        place, value = chance.choice(rows)
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [_flipped(value, chance), place])


@pytest.mark.parametrize(("table", "column"), _places)
def test_a_flipped_bit_shows_nothing_false_and_heals(county: County, device: Puller, table: str, column: str) -> None:
    """Whichever column it is in, an item is drawn as approved or not at all, and the next start mends it."""
    whole, chance = _state(device.store, county.clock), random.Random(f"{table} {column}")
    for _ in range(3):
        _flip(device.store, table, column, chance)
        now = county.clock.now()
        for name in (*_names, "w"):
            drawn = device.store.item(name, now)
            assert drawn is None or item_bytes(drawn[0]) == _items[name]
        device.close()
        county.clock.pass_time(minutes=1)
        again = county.device(device.store._connection.path.parent)
        again.step()
        county.clock.pass_time(hours=30)
        county.publisher.resign()
        assert again.step(force=True).failures == []
        county.clock.pass_time(minutes=1)
        assert again.store.verify().bad == ()
        assert _but_times(_state(again.store, county.clock)) == _but_times(whole)
        floor = again.store.floor()
        assert floor is not None
        assert abs(floor - county.clock.now()) < timedelta(days=3)
        device = again
    device.close()


def _but_times(state: tuple[object, ...]) -> tuple[object, ...]:
    held = {name: (one.number, one.time, one.items, one.root) for name, one in state[4].items()}  # type: ignore[attr-defined]
    return (*state[:4], held, *state[5:])


def test_a_newer_program_reads_more_of_what_is_held(
    county: County, device: Puller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older program could only show as text has its own place after the update, without a new edition."""
    newer = item_bytes(item(id="d", title="秋收")).replace(b'"kind":"notice"', b'"kind":"poster"')
    county.publish("qinghe", {**_items, "d": newer})
    assert device.step().failures == []
    now = county.clock.now()
    assert [row.kind for row in device.store.rows(now) if row.id == "d"] == ["document"]
    device.close()
    monkeypatch.setattr("content_sync.wire.items.body_types", {"notice": Notice, "poster": Notice})
    updated = county.device(device.store._connection.path.parent)
    assert updated.store.verify().bad == ("search",)
    updated.step()
    assert [row.kind for row in updated.store.rows(now) if row.id == "d"] == ["poster"]
    assert updated.store.verify().bad == ()
    updated.close()
