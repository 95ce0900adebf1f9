"""What was taken away is nowhere on the device's disk, and the log does not stay as long as a first load makes it."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import Unreachable
from content_sync.net.folder import FolderFetcher
from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import County, bodies, start

_as_of = start.isoformat()
_secret, _other = "甲某某的住址", "春季造林"


def _edition(store: ContentStore, number: int, items: dict[str, bytes]) -> None:
    store.apply(Edition("qinghe", number, _as_of, len(items), root_of(items)), _as_of, items, ())


def _found(folder: Path, *texts: str) -> list[str]:
    """The files below a folder that hold any of the texts, or any two characters of them as search keeps them."""
    pairs = [text[at : at + 2].encode() for text in texts for at in range(len(text) - 1)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(pair in path.read_bytes() for pair in pairs)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ContentStore]:
    """A device with two items."""
    store = ContentStore(tmp_path / "content.db")
    store.follow(["qinghe"])
    _edition(store, 1, bodies(a=_secret, b=_other))
    yield store
    store.close()


def test_withdrawn_text_is_in_no_file(store: ContentStore, tmp_path: Path) -> None:
    """Neither the database nor its log holds the text or the terms of what was withdrawn; the others are there."""
    assert _found(tmp_path, _secret)
    store.hide("qinghe", ["a"])
    assert _found(tmp_path, _secret) == []
    assert "content.db" in _found(tmp_path, _other)


def test_replaced_text_waits_for_the_daily_check(store: ContentStore, tmp_path: Path) -> None:
    """A corrected word costs no new index at once; the daily check takes the old word off the disk."""
    _edition(store, 2, bodies(a="改正", b=_other))
    assert store.search("住址", start) == []
    assert _found(tmp_path, _secret)
    assert store.scrub(thorough=True)
    assert _found(tmp_path, _secret) == []


@pytest.mark.parametrize("second", [bodies(a="改正", b=_other), bodies(b=_other)])
def test_a_withdrawal_takes_earlier_versions_along(
    store: ContentStore, tmp_path: Path, second: dict[str, bytes]
) -> None:
    """Whether the item was changed or dropped before, its withdrawal leaves none of its former words on the disk."""
    _edition(store, 2, second)
    assert _found(tmp_path, _secret)
    store.hide("qinghe", ["a"])
    assert _found(tmp_path, _secret) == []


def test_a_reader_only_puts_it_off(store: ContentStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen in the middle of a read keeps the old pages alive; the item is gone from lists, the bytes follow."""
    store._connection._db.conn.execute("PRAGMA busy_timeout = 1")
    screen = ContentStore(tmp_path / "content.db", readonly=True)
    with screen._connection.read() as db:
        assert db.execute("SELECT count(*) FROM items").fetchone() == (2,)
        store.hide("qinghe", ["a"])
        assert [row.id for row in store.rows(start)] == ["b"]
        assert _found(tmp_path, _secret)
        assert not store.scrub()
    assert store.scrub()
    assert _found(tmp_path, _secret) == []


def test_the_log_is_short_after_a_large_edition(
    store: ContentStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first load writes everything into the log; afterwards the disk has that room back."""
    log, lengths = tmp_path / "content.db-wal", []
    checkpoint = type(store._connection).checkpoint

    def watched(connection: object) -> bool:
        lengths.append(log.stat().st_size)
        return bool(checkpoint(connection))

    monkeypatch.setattr(type(store._connection), "checkpoint", watched)
    monkeypatch.setattr(limits, "log_bytes_max", 200_000)
    _edition(
        store, 2, {f"n{n}": item_bytes(item(id=f"n{n}", title=f"第{n}件", summary="文" * 900)) for n in range(200)}
    )
    assert lengths
    assert lengths[0] > 200_000
    assert log.stat().st_size <= 200_000
    assert store.verify().bad == ()


class Cut:
    """A line that dies in the middle of the base pack."""

    def __init__(self, repo: Path) -> None:
        self.inner, self.dead = FolderFetcher(repo), True

    def fetch(self, path: str, bytes_max: int) -> bytes:
        return self.inner.fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        if self.dead:
            yield self.inner.fetch(path, bytes_max)[start:70_000]
            raise Unreachable("cut off")
        yield from self.inner.stream(path, start, bytes_max)


def test_a_pack_on_its_way_keeps_nothing_withdrawn(tmp_path: Path) -> None:
    """The withdrawal of an item also removes the begun download that holds it."""
    county, chance = County(tmp_path, "qinghe"), random.Random(5)
    noise = ["".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(900)) for _ in range(80)]
    items = {f"n{n}": item_bytes(item(id=f"n{n}", summary=text)) for n, text in enumerate(noise)}
    county.publish("qinghe", items)
    line, spool = Cut(county.repo), tmp_path / "device" / "spool"
    device = county.device(tmp_path / "device", fetcher=line)
    assert device.step().failures
    begun = {path.name for path in spool.rglob("*.part")}
    assert len(begun) == 1
    county.publish("qinghe", {name: items[name] for name in items if name != "n0"}, withdrawn=("n0",))
    device.step(force=True)
    assert not begun & {path.name for path in spool.rglob("*")}
    line.dead = False
    assert device.step(force=True).failures == []
    assert len(device.store.rows(county.clock.now())) == 79
    assert [path for path in spool.rglob("*") if path.is_file()] == []
