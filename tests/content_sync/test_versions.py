"""An old device with a newer server, and the reverse: each keeps to what it understands, and says what to do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from content_sync.agent.device import Device, read_device
from content_sync.domain.disclosure.items import Document
from content_sync.domain.records import Record
from content_sync.net.folder import FolderFetcher
from content_sync.net.http import Reply
from content_sync.pull.step import Puller
from content_sync.push import hall
from content_sync.push.records import send_records
from content_sync.storage.desk import DeskStore
from content_sync.wire import canonical
from content_sync.wire.editions import edition_custom
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import Counter, County, Hall, bodies, start

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


class NewerHall(Hall):
    """A server of a later version: every object it answers says more than this program knows."""

    def _reply(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Reply:
        reply = super()._reply(method, path, body, headers)
        return Reply(reply.status, reply.headers, _more(reply.value))


def _more(value: Any) -> Any:
    if isinstance(value, dict) and value and not all(type(part) is int for part in value.values()):
        return {**{name: _more(part) for name, part in value.items()}, "mood": {"of": "the day"}}
    return [_more(part) for part in value] if isinstance(value, list) else value


def test_a_newer_servers_answers_are_understood(county: County, tmp_path: Path) -> None:
    """Tickets, services, leases, calls, hints and receipts may say more; the device takes what it knows of them."""
    server, desk, now = NewerHall(county), DeskStore(tmp_path / "desk.db", Counter()), county.clock.now()
    desk.press("p1", "id", 0, now)
    assert hall.answer_presses(desk, server, now) == 1
    hall.refresh_services(desk, server, now)
    hall.lease_numbers(desk, server, now)
    hall.refresh_queue(desk, server)
    assert (desk.pressed("p1").number, desk.services()[0].waiting, len(desk.calls())) == ("A001", 3, 1)
    assert desk.block_left("id", "2027-03-01") > 0
    assert desk.add_record(Record("r1", "opinion", "", now.isoformat(), {"about": "hall", "taps": "wait"}))
    assert send_records(desk, server, "k1", b"s" * 32) == 1
    pinned = county.device(tmp_path / "device")
    device = Puller(tmp_path / "device", ("qinghe",), FolderFetcher(county.repo), server, county.clock)
    assert device.step().failures == []
    assert device.store.held()["qinghe"].number == 1
    pinned.close()


def test_what_an_older_server_refuses_stays_on_the_device_by_name(tmp_path: Path) -> None:
    """A record of a kind the server does not know is kept with its reason and sent no more; the others arrive."""
    server, desk = Hall(refused={"r1"}), DeskStore(tmp_path / "desk.db", Counter())
    for name, kind in (("r1", "poem"), ("r2", "opinion")):
        assert desk.add_record(Record(name, kind, "", start.isoformat(), {"about": "hall", "taps": "wait"}))
    assert send_records(desk, server, "k1", b"s" * 32) == 1
    assert send_records(desk, server, "k1", b"s" * 32) == 0
    assert (set(server.records), desk.refused_records(), desk.outbox_size()) == ({"r2"}, [("r1", "no")], 0)
