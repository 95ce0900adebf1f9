"""Pulling: hints, isolation of channels, withdrawals first, repair, and the clock (promises 1–6)."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.domain.county import County as CountyFacts
from content_sync.domain.errors import Unreachable
from content_sync.domain.ids import directory_channel
from content_sync.net.folder import FolderFetcher
from content_sync.publish import Publisher
from content_sync.storage import content_hide
from content_sync.storage.facts import records_key_fact
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import County, HandClock, bodies, start

first = bodies(a="冬季取暖补贴", b="春季造林")


class Cut:
    """A fetcher that fails for paths with certain words in them, and keeps count of the others."""

    def __init__(self, repo: Path, *words: str) -> None:
        self.inner, self.words, self.fetched = FolderFetcher(repo), words, 0

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self._count(path)
        return self.inner.fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self._count(path)
        return self.inner.stream(path, start, bytes_max)

    def _count(self, path: str) -> None:
        if any(word in path for word in self.words):
            raise Unreachable("cut off")
        self.fetched += 1


@pytest.fixture
def county(tmp_path: Path) -> County:
    """Two channels, one with an edition."""
    county = County(tmp_path, "qinghe", "liuhe")
    county.publish("qinghe", first)
    return county


def test_the_newest_edition_comes_and_is_not_fetched_twice(county: County, tmp_path: Path) -> None:
    """One step brings every channel; the next one fetches nothing at all; a change brings only its own channel."""
    fetcher = Cut(county.repo)
    device = county.device(tmp_path / "device", fetcher=fetcher)
    assert {name: (one.before, one.edition) for name, one in device.step().taken.items()} == {
        "liuhe": (0, 0),
        "qinghe": (0, 1),
    }
    fetched = fetcher.fetched
    assert device.step().taken == {}
    assert fetcher.fetched == fetched
    county.publish("liuhe", bodies("liuhe", x="防汛"))
    assert set(device.step().taken) == {"liuhe"}
    assert {row.id for row in device.store.rows(county.clock.now())} == {"a", "b", "x"}


def test_the_county_facts_come_with_the_directory(county: County, tmp_path: Path) -> None:
    """What the directory says of the county is held, and a change of it comes too."""
    device = county.device(tmp_path / "device")
    device.step()
    assert device.store.county() is None
    county.publisher.put_county(CountyFacts("清河县", "", (), (), ()))
    device.step(force=True)
    assert device.store.county() == CountyFacts("清河县", "", (), (), ())


def test_a_failing_channel_stops_no_other(county: County, tmp_path: Path) -> None:
    """The sick channel keeps what it had and says why; the healthy one goes on; it heals by itself."""
    device = county.device(tmp_path / "device")
    device.step()
    county.publish("qinghe", bodies(c="夏季防汛"))
    county.publish("liuhe", bodies("liuhe", x="防汛"))
    timestamp = county.repo / "qinghe" / "metadata" / "timestamp.json"
    sound = timestamp.read_bytes()
    timestamp.write_bytes(sound.replace(b'"version":3', b'"version":4'))
    pulled = device.step()
    assert [(failure.channel, failure.integrity) for failure in pulled.failures] == [("qinghe", True)]
    assert (device.store.held()["qinghe"].number, device.store.held()["liuhe"].number) == (1, 1)
    assert list(device.store.problems()) == ["qinghe"]
    timestamp.write_bytes(sound)
    assert device.step().failures == []
    assert device.store.problems() == {}
    assert device.store.held()["qinghe"].number == 2


def test_a_withdrawal_needs_no_pack(county: County, tmp_path: Path) -> None:
    """The withdrawn item leaves the screen although the edition that withdraws it cannot be fetched (promise 3)."""
    device = county.device(tmp_path / "device", fetcher=(fetcher := Cut(county.repo)))
    device.step()
    county.publish("qinghe", {"b": first["b"]}, ("a",))
    fetcher.words = ("packs/", ".edition")
    assert [failure.integrity for failure in device.step().failures] == [False]
    assert device.store.item("a", start) is None
    assert device.store.held()["qinghe"].number == 1
    fetcher.words = ()
    device.step()
    assert device.store.held()["qinghe"].number == 2


def test_a_withdrawn_item_stays_away_from_a_store_built_anew(county: County, tmp_path: Path) -> None:
    """A store that became no database is built anew, without what was withdrawn, and takes nothing older."""
    device = county.device(tmp_path / "device")
    county.publish("qinghe", {"b": first["b"]}, ("a",))
    device.step()
    device.store.close()
    (tmp_path / "device" / "content.db").write_bytes(b"rubbish" * 1000)
    device = county.device(tmp_path / "device")
    assert device.step(force=True).failures == []
    assert {row.id for row in device.store.rows(start)} == {"b"}
    assert device.store.verify().bad == ()


def test_damage_is_fetched_again_without_a_new_edition(county: County, tmp_path: Path) -> None:
    """The first step of a start checks what is stored and mends it, although the server says nothing changed."""
    device = county.device(tmp_path / "device")
    device.step()
    device.store._connection._db.conn.execute("UPDATE items SET body = x'00' WHERE id = 'a'")
    device = county.device(tmp_path / "device")
    assert device.store.item("a", start) is None
    assert device.step().failures == []
    assert device.store.item("a", start) is not None


def test_without_a_server_nothing_changes(county: County, tmp_path: Path) -> None:
    """An unreachable server is one sentence and no change."""
    device = county.device(tmp_path / "device")
    device.step()
    before = device.store.held()
    device._hints._server.lost = ["before"]
    assert [failure.channel for failure in device.step(force=True).failures] == ["_server"]
    assert device.store.held() == before


def test_a_stick_asks_no_server(county: County, tmp_path: Path) -> None:
    """A tree is taken where it lies: the server hears nothing, a sick channel stops no other and leaves no problem."""
    county.publish("liuhe", bodies("liuhe", x="防汛"))
    device = county.device(tmp_path / "device", fetcher=(fetcher := Cut(county.repo, "liuhe/packs")))
    pulled = device.take(["qinghe", "liuhe"])
    assert (list(pulled.taken), [failure.channel for failure in pulled.failures]) == (["qinghe"], ["liuhe"])
    assert (device._hints._server.calls, device.store.problems()) == ([], {})
    fetcher.words = ()
    assert set(device.take(["liuhe"]).taken) == {"liuhe"}
    assert {row.id for row in device.store.rows(start)} == {"a", "b", "x"}
    assert set(device.step().taken) == {"qinghe", "liuhe"}, "the network is asked as before"


def test_for_whom_records_are_sealed_comes_with_the_directory(county: County, tmp_path: Path) -> None:
    """The server's key for records is believed from the signed directory only, and a new one replaces it."""
    device = county.device(tmp_path / "device")
    device.step()
    assert device.store.fact(records_key_fact) == ""
    for key in (b"k" * 32, b"n" * 32):
        county.publisher.put_records_key(key)
        device.step(force=True)
        assert device.store.fact(records_key_fact) == key.hex()


def test_expired_metadata_stops_updates_not_the_display(county: County, tmp_path: Path) -> None:
    """A server frozen for more than 60 days is told apart from a living one, and the items stay on screen."""
    device = county.device(tmp_path / "device")
    for _ in range(5):
        device.step(force=True)
        county.clock.pass_time(days=15)
    pulled = device.step(force=True)
    assert {failure.channel for failure in pulled.failures} == {"_directory", "qinghe", "liuhe"}
    assert all("sign it again" in failure.sentence for failure in pulled.failures)
    assert device.store.rows(county.clock.now())


def test_a_wild_clock_does_not_end_updates(county: County, tmp_path: Path) -> None:
    """A device at 2099 goes on taking what is newer than anything seen, and refuses a frozen server."""
    device = county.device(tmp_path / "device", clock=(clock := HandClock()))
    device.step()
    clock.at = start + timedelta(days=365 * 72)
    assert {failure.channel for failure in device.step(force=True).failures} == {"_directory", "qinghe", "liuhe"}
    county.clock.pass_time(days=1)
    county.publisher.resign()
    county.publish("qinghe", bodies(c="夏季防汛"))
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2
    clock.at = start - timedelta(days=20_000)
    county.publish("qinghe", first)
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 3


def test_one_units_clock_ends_nobodys_items(county: County, tmp_path: Path) -> None:
    """A channel that signs four weeks further ahead each time does not walk the device's time into the next year."""
    ends = (county.clock.now() + timedelta(days=90)).isoformat()
    lasting = item_bytes(item(id="n-9", channel="qinghe", unit="qinghe", shown_until=ends))
    county.publish("qinghe", {**bodies(a="甲"), "n-9": lasting})
    pull, wild = county.device(tmp_path / "device", clock=HandClock(county.clock.now())), HandClock(county.clock.now())
    pull.step(force=True)
    ahead = Publisher(county.repo, county.publisher.keys, wild)
    for number in range(1, 9):
        wild.pass_time(days=28)
        ahead.publish("liuhe", county.numbers["liuhe"] + number, bodies("liuhe", x=f"第{number}次"), ())
        pull.step(force=True)
    assert pull.store.held()["liuhe"].number == county.numbers["liuhe"] + 8
    assert pull.store.item("n-9", county.clock.now()) is not None
    county.clock.pass_time(days=2)
    county.publish("qinghe", bodies(a="乙"))
    assert not pull.step(force=True).failures


def test_a_servers_wild_clock_does_no_lasting_harm(county: County, tmp_path: Path) -> None:
    """A server that was at 2099 for a while ends no item, and once its clock is right it signs anew and is followed."""
    ends = (county.clock.now() + timedelta(days=90)).isoformat()
    lasting = item_bytes(item(id="n-9", channel="qinghe", unit="qinghe", shown_until=ends))
    county.publish("qinghe", {"n-9": lasting})
    pull = county.device(tmp_path / "device", clock=HandClock(county.clock.now()))
    pull.step(force=True)
    wild = Publisher(county.repo, county.publisher.keys, HandClock(start.replace(year=2099)))
    assert set(wild.resign()) == {directory_channel, "qinghe", "liuhe"}
    pull.step(force=True)
    assert pull.store.item("n-9", county.clock.now()) is not None
    assert set(county.publisher.resign()) == {directory_channel, "qinghe", "liuhe"}
    county.publish("qinghe", {"n-9": lasting, **bodies(a="乙")})
    assert not pull.step(force=True).failures
    assert pull.store.held()["qinghe"].items == 2


def test_a_channel_the_county_does_not_know_is_refused(county: County, tmp_path: Path) -> None:
    """A channel without a root in the directory is named and the others go on."""
    device = county.device(tmp_path / "device", "qinghe", "stranger")
    assert [failure.channel for failure in device.step(force=True).failures] == ["stranger"]
    assert device.store.held()["qinghe"].number == 1


def test_a_channel_followed_no_more_leaves(county: County, tmp_path: Path) -> None:
    """When the list of channels shrinks, the other's items leave the device."""
    county.device(tmp_path / "device").step()
    device = county.device(tmp_path / "device", "liuhe")
    assert set(device.store.held()) == {"liuhe"}
    assert device.store.rows(start) == []


def test_what_a_full_disk_only_kept_away_leaves_later(county: County, tmp_path: Path) -> None:
    """Withdrawn with no room to delete: off the screens at once, out of the file at the next look over the store."""
    device = county.device(tmp_path / "device")
    device.step()
    device.store._hide(content_hide.keep_away, "qinghe", ["a"])
    assert "a" not in {row.id for row in device.store.rows(start)}
    device.close()
    device = county.device(tmp_path / "device")
    device.step(force=True)
    with sqlite3.connect(tmp_path / "device" / "content.db") as file:
        assert file.execute("SELECT count(*) FROM items WHERE id = 'a'").fetchone() == (0,)
