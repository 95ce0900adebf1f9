"""When the agent fetches attached files: after the texts, and at once for a screen that asks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from content_sync.agent.attached import Attached, attached_from_stick, outlook
from content_sync.agent.device import Device
from content_sync.clock import place
from content_sync.net.folder import FolderFetcher
from content_sync.pull.timekeeping import BelievedClock
from content_sync.storage.blobs import BlobFolder
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from tests.content_sync.attaching import attachment, body, file, put
from tests.content_sync.world import County, HandClock

_files = [file(f"f{number}", 100_000) for number in range(4)]
_names = [attachment(data).sha256 for data in _files]


class Watched:
    """ports.Fetcher over the tree that tells a test of each piece before it is given on."""

    def __init__(self, county: County) -> None:
        self.inner, self.asked = FolderFetcher(county.repo), list[str]()
        self.pieces: list[object] = []  # what is done before each piece

    def fetch(self, path: str, bytes_max: int) -> bytes:
        return self.inner.fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self.asked.append(path.rpartition("/")[2])
        for data in self.inner.stream(path, start, bytes_max):
            if self.pieces and callable(act := self.pieces.pop(0)):
                act()
            yield data


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A channel whose four items have a file each, the first dated last."""
    county = County(tmp_path, "qinghe")
    put(county, "qinghe", *_files)
    items = {f"i{n}": body(f"i{n}", data, dated=f"2026-11-1{9 - n}") for n, data in enumerate(_files)}
    county.publish("qinghe", items)
    return county


@pytest.fixture
def store(county: County, tmp_path: Path) -> Iterator[ContentStore]:
    """A device that has taken the texts."""
    device = county.device(tmp_path / "device")
    device.step()
    with closing(device.store) as store:
        yield store


def _device(kind: str = "touch") -> Device:
    return Device("http://127.0.0.1:1", "k1", "t", "hall", kind, ("qinghe",))


def test_a_screen_that_asks_comes_before_what_is_being_fetched(
    county: County, store: ContentStore, tmp_path: Path
) -> None:
    """Somebody opens an item while another file is on its way: it is set down, and taken up again afterwards."""
    watched, desk = Watched(county), DeskStore(tmp_path / "device" / "desk.db")
    watched.pieces = [None, lambda: desk.wish([_names[3]], county.clock.now())]
    with closing(Attached(tmp_path / "device", _device(), watched, county.clock)) as files:
        assert files.keep(store).fetched == 4
        assert watched.asked == [_names[0], _names[3], _names[0], _names[1], _names[2]]
        assert not files.is_asked()
        desk.wish([_names[1]], county.clock.now())
        assert files.is_asked()
        assert files.keep(store).fetched == 0
        desk.wish([_names[1]], county.clock.now())  # it is still being shown
        assert not files.is_asked()
    desk.close()


def test_a_text_comes_before_every_file(county: County, store: ContentStore, tmp_path: Path) -> None:
    """As soon as there is something new to ask for, the file waits; nothing failed."""
    watched, news = Watched(county), [False, False, False, True]
    with closing(
        Attached(
            tmp_path / "device", _device(), watched, county.clock, lambda: news.pop(0) if len(news) > 1 else news[0]
        )
    ) as files:
        assert files.keep(store).sentence == ""
    assert watched.asked == [_names[0]]


def test_a_wish_that_cannot_be_granted_is_asked_for_once(county: County, store: ContentStore, tmp_path: Path) -> None:
    """A screen that says every minute what it lacks does not make the agent ask every minute."""
    watched, desk = Watched(county), DeskStore(tmp_path / "device" / "desk.db")
    (county.repo / "qinghe" / "blobs" / _names[0]).unlink()
    with closing(Attached(tmp_path / "device", _device(), watched, county.clock)) as files:
        desk.wish([_names[0]], county.clock.now())
        assert "lacks" in files.keep(store).sentence
        county.clock.pass_time(minutes=1)
        desk.wish([_names[0]], county.clock.now())
        assert not files.is_asked()
    desk.close()


def test_a_text_display_fetches_no_files(county: County, store: ContentStore, tmp_path: Path) -> None:
    """An LED band draws no photos, so it does not spend the village's line on them."""
    watched = Watched(county)
    with closing(Attached(tmp_path / "device", _device("led"), watched, county.clock)) as files:
        assert files.keep(store).fetched == 0
    assert watched.asked == []
    assert BlobFolder(tmp_path / "device").held() == {}


def test_a_screen_of_a_box_whose_clock_says_1970_is_heard_all_the_same(county: County, tmp_path: Path) -> None:
    """It asks by the believed time: what it shows is fetched, from a stick and by the line, though it is over."""
    folder, box, watched = tmp_path / "device", HandClock(datetime(1970, 1, 1, tzinfo=place)), Watched(county)
    ended = {"dated": "2026-11-01", "shown_until": "2026-11-20T00:00:00+08:00"}
    county.publish("qinghe", {f"i{n}": body(f"i{n}", data, **ended) for n, data in enumerate(_files)})
    device = county.device(folder, clock=box)
    device.step()
    with closing(device.store) as store, closing(DeskStore(folder / "desk.db")) as desk:
        screen = BelievedClock(folder, box)
        with closing(Attached(folder, _device(), watched, box)) as files:
            assert files.keep(store).fetched == 0
            desk.wish([_names[3]], screen.now())
            assert files.is_asked()
            assert outlook(folder, _device(), store, desk, box)["wanted"] == 1
            assert files.keep(store).fetched == 1
        desk.wish([_names[2]], screen.now())
        assert attached_from_stick(folder, _device(), watched, box, lambda _path, _done, _of: None).fetched == 1
    assert watched.asked == [_names[3], _names[2]]
