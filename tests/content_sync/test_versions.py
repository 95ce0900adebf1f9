"""An old device with a newer server: it keeps to what it understands, and says when it must be updated."""

from pathlib import Path

import pytest

from content_sync.agent.device import Device, read_device
from content_sync.domain.disclosure.items import Document
from content_sync.wire import canonical
from content_sync.wire.editions import edition_custom
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import County, bodies

first = bodies(a="冬季取暖补贴", b="春季造林")


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A channel with an edition."""
    county = County(tmp_path, "qinghe")
    county.publish("qinghe", first)
    return county


def _newer(**fields: object) -> bytes:
    plain = canonical.load(item_bytes(item(id="new", title="夏季防汛")), "item")
    return canonical.dump({**plain, **fields})


def test_items_of_a_newer_server_are_shown(county: County, tmp_path: Path) -> None:
    """Fields and kinds that the device does not know are stored byte for byte, listed, found, drawn and verified."""
    newer = _newer(kind="poem", colour="red", body={"verses": ["江水涨了", "快上高处"]})
    county.publish("qinghe", {**first, "new": newer})
    device, now = county.device(tmp_path / "device"), county.clock.now()
    assert device.step().failures == []
    assert [row.kind for row in device.store.search("高处", now)] == ["document"]
    drawn = device.store.item("new", now)
    assert drawn is not None
    assert isinstance(drawn[0].body, Document)
    assert [block.text for block in drawn[0].body.blocks[1:]] == ["江水涨了", "快上高处"]
    assert device.store.verify().bad == ()
    stored = device.store._connection._db.execute("SELECT CAST(body AS BLOB) FROM items WHERE id = 'new'").fetchone()
    assert stored == (newer,)


def test_an_item_that_is_none_refuses_the_edition(county: County, tmp_path: Path) -> None:
    """An item without what every item must have leaves the old edition on screen, with a sentence."""
    device = county.device(tmp_path / "device")
    device.step()
    plain = canonical.load(first["a"], "item")
    county.publish("qinghe", {"a": canonical.dump({name: plain[name] for name in plain if name != "title"})})
    assert ["a lacks title" in failure.sentence for failure in device.step().failures] == [True]
    assert device.store.held()["qinghe"].number == 1


def test_an_edition_for_newer_programs_is_left_and_its_withdrawals_are_obeyed(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The device keeps its edition, hides what was withdrawn, says what to do, and takes it once it is updated."""
    device = county.device(tmp_path / "device")
    device.step()
    monkeypatch.setattr("content_sync.publish.edition_custom", lambda made: {**edition_custom(made), "reader": 2})
    county.publish("qinghe", bodies(b="春季造林", c="夏季防汛"), withdrawn=("a",))
    failures = device.step().failures
    assert [(failure.channel, failure.integrity) for failure in failures] == [("qinghe", False)]
    assert "update the device's program" in device.store.problems()["qinghe"]
    assert device.store.held()["qinghe"].number == 1
    assert [row.id for row in device.store.rows(county.clock.now())] == ["b"]
    monkeypatch.setattr("content_sync.domain.edition.reader", 2)
    device.step(force=True)
    assert {row.id for row in device.store.rows(county.clock.now())} == {"b", "c"}


def test_a_device_folder_of_a_newer_program_opens(tmp_path: Path) -> None:
    """Fields of device.json that this program does not know are passed over."""
    plain = {"server": "http://h", "device": "k1", "token": "t", "site": "", "kind": "lcd", "channels": ["qinghe"]}
    (tmp_path / "device.json").write_bytes(canonical.dump({**plain, "screen": {"wide": True}}))
    assert read_device(tmp_path) == Device("http://h", "k1", "t", "", "lcd", ("qinghe",))
