"""A long first sync on its way: cut, resumed, superseded; the screen waits for none of it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable, Unverified
from content_sync.net.folder import FolderFetcher
from content_sync.pull.arriving import Arriving
from content_sync.pull.named import Named
from content_sync.pull.spool import Spool, spool_name, transfers
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import County, HandTicks


class Breaking:
    """ports.Fetcher over a tree: each stream breaks after `lasts` bytes, every one after the first `lives` at once."""

    def __init__(self, tree: Path, lasts: int, lives: int = 1 << 30) -> None:
        self.inner, self.lasts, self.lives, self.streamed = FolderFetcher(tree), lasts, lives, 0

    def fetch(self, path: str, bytes_max: int) -> bytes:
        return self.inner.fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self.lives -= 1
        data = b"".join(self.inner.stream(path, start, bytes_max))
        given = data[: self.lasts if self.lives >= 0 else 0]
        self.streamed += len(given)
        yield given
        if len(given) < len(data):
            raise Unreachable("the line broke")


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    """A channel whose pack is longer than a line lasts."""
    monkeypatch.setattr(limits, "spooled_bytes_min", 1_000)
    monkeypatch.setattr(limits, "spool_progress_bytes_min", 100)
    monkeypatch.setattr(limits, "spool_free_bytes_min", 0)
    county = County(tmp_path, "qinghe")
    county.publish("qinghe", _items(400))
    return county


def _items(count: int) -> dict[str, bytes]:
    """Items that no packing makes small."""
    ids = [hashlib.sha256(number.to_bytes(2)).hexdigest()[:40] for number in range(count)]
    return {name: item_bytes(item(id=name, title=f"公告{name}")) for name in ids}


def _length(county: County) -> int:
    return max(path.stat().st_size for path in (county.repo / "qinghe" / "packs").iterdir())


def test_a_line_that_breaks_brings_it_in_one_step(county: County, tmp_path: Path) -> None:
    """No byte of the pack comes twice, and when the items are on screen no pack lies about in clear."""
    line = Breaking(county.repo, 1_500)
    taken = county.device(tmp_path / "device", fetcher=line).step().taken["qinghe"]
    assert (taken.edition, line.streamed) == (1, _length(county))
    assert taken.bytes < 1.01 * _length(county) + 10_000  # the metadata
    assert not [path for path in (tmp_path / "device" / spool_name).rglob("*") if path.is_file()]


def test_a_dead_line_is_gone_on_with_later(county: County, tmp_path: Path) -> None:
    """What came before the line died is seen as a waiting transfer, and the next step asks for the rest only."""
    folder = tmp_path / "device"
    device = county.device(folder, fetcher=Breaking(county.repo, 1_500, lives=2))
    assert [failure.channel for failure in device.step().failures] == ["qinghe"]
    (waiting,) = transfers(folder / spool_name)
    assert (waiting.channel, waiting.done, waiting.of) == ("qinghe", 3_000, _length(county))
    device.close()
    line = Breaking(county.repo, 1 << 30)
    assert county.device(folder, fetcher=line).step().taken["qinghe"].edition == 1
    assert line.streamed == _length(county) - 3_000


def test_what_is_not_wanted_any_more_leaves_the_disk(county: County, tmp_path: Path) -> None:
    """A pack that was begun and then replaced, perhaps for what was withdrawn from it, is not kept in clear."""
    folder = tmp_path / "device"
    device = county.device(folder, fetcher=Breaking(county.repo, 1_500, lives=2))
    device.step()
    county.publish("qinghe", _items(3), withdrawn=tuple(_items(400))[3:])
    device.close()
    assert county.device(folder).step().taken["qinghe"].edition == 2
    assert transfers(folder / spool_name) == []


def test_a_rotten_file_of_the_tree_is_refused_and_not_kept(county: County, tmp_path: Path) -> None:
    """The screen keeps what it has, and the spool nothing."""
    for pack in (county.repo / "qinghe" / "packs").iterdir():
        pack.write_bytes(b"?" * pack.stat().st_size)
    device = county.device(tmp_path / "device")
    (failure,) = device.step().failures
    assert (failure.channel, failure.integrity) == ("qinghe", True)
    assert transfers(tmp_path / "device" / spool_name) == []


def test_a_bad_file_is_left_alone_for_a_while(county: County, tmp_path: Path) -> None:
    """A pack that rotted on the server is not fetched every minute; a mended one is taken when its pause is over."""
    name = max((county.repo / "qinghe" / "packs").iterdir(), key=lambda path: path.stat().st_size)
    whole, ticks = name.read_bytes(), HandTicks()
    name.write_bytes(b"?" * len(whole))
    line = Breaking(county.repo, 1 << 30)
    device = county.device(tmp_path / "device", fetcher=line, ticks=ticks)
    fetches = []
    for minute in (*range(40), *(n for n in range(40, 240) if n % 10 in {1, 2})):  # 62 is due, 61 is not
        ticks.at = 60.0 * minute
        before = line.streamed
        assert [failure.channel for failure in device.step().failures] == ["qinghe"]
        fetches += [minute] if line.streamed > before else []
    assert fetches == [0, 2, 6, 14, 30, 62, 122, 182]
    name.write_bytes(whole)
    ticks.at += 3_600
    assert device.step().taken["qinghe"].edition == 1


def test_only_the_bad_file_is_left_alone(tmp_path: Path) -> None:
    """What was refused is remembered by its hash: another file, of the next edition say, comes at once."""
    (tmp_path / "qinghe").mkdir()
    (tmp_path / "qinghe" / "x").write_bytes(b"not it")
    tree, ticks = FolderFetcher(tmp_path), HandTicks()
    files = Arriving(tree, Spool(tmp_path / "spool", tree), ticks)
    bad = Named("qinghe/x", hashlib.sha256(b"signed").hexdigest(), 6)
    for tried_again in (False, True):
        with pytest.raises(Unverified, match="later" if tried_again else "mend"):
            files.bring(bad)
    (tmp_path / "qinghe" / "x").write_bytes(b"signed")
    (tmp_path / "qinghe" / "y").write_bytes(b"next")
    assert files.bring(Named("qinghe/y", hashlib.sha256(b"next").hexdigest(), 4)) == b"next"
    ticks.at = limits.bad_file_seconds
    assert files.bring(bad) == b"signed"
