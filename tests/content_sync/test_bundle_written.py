"""What goes onto a stick: whole states only, also while the server publishes, is damaged, or the stick is a fake."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from content_sync.bundle import loading
from content_sync.bundle.loading import Load
from content_sync.domain import limits
from content_sync.domain.errors import Broken, GongkailanError, Refused, Unverified
from content_sync.net import stick as stick_module
from content_sync.net.stick import StickFolder
from tests.content_sync.pulling import Failing
from tests.content_sync.sticks import enrolled, files_of, silent, whole, write, write_bundle
from tests.content_sync.world import County, bodies


@pytest.fixture
def county(tmp_path: Path) -> County:
    """One channel with an edition."""
    county = County(tmp_path / "county", "qinghe")
    county.publish("qinghe", bodies(a="冬季取暖补贴"))
    return county


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_a_publication_in_the_middle_is_waited_for_by_nobody(
    county: County, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a withdrawal takes files away under the copy, the newer state is written, whole, with nothing of the old."""
    honest, times = Load.pieces, iter([1])

    def meanwhile(self: Load, path: str) -> Iterator[bytes]:
        if path.startswith("packs/") and next(times, 0):
            county.publish("qinghe", bodies(b="春季造林"), ("a",))
        return honest(self, path)

    monkeypatch.setattr(Load, "pieces", meanwhile)
    write(county, stick)
    assert county.numbers["qinghe"] == 2
    assert whole(stick, county.publisher.directory_root())
    listed = {path.name for path in files_of(stick) if "packs" in path.parts}
    assert listed == {path.name for path in (county.repo / "qinghe" / "packs").iterdir()}
    assert enrolled(county, tmp_path / "k1").take(stick).channels == {"qinghe": (0, 2)}


def test_a_tree_that_lacks_files_is_given_up(county: County, stick: Path) -> None:
    """A channel whose files stay away is refused in a sentence, and nothing is left on the stick."""
    for path in (county.repo / "qinghe" / "packs").iterdir():
        path.unlink()
    with pytest.raises(Refused, match="lacks files"):
        write(county, stick)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("folder", ["packs", "targets"])
def test_a_damaged_server_hands_out_no_damaged_stick(county: County, stick: Path, folder: str) -> None:
    """Bytes that are not what their name says are not written for others to find out; the bundle before stays."""
    before = write(county, stick).name
    path = max((county.repo / "qinghe" / folder).iterdir())
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Broken, match="restore a backup"):
        write(county, stick)
    assert [one.name for one in (stick / "gongkailan").iterdir()] == [before]
    assert whole(stick, county.publisher.directory_root()) == before


def test_a_stick_that_forgets_is_found_out_here(county: County, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A counterfeit stick takes every byte and gives back others: the bundle before stays, and a sentence says it."""
    before, honest = write(county, stick).name, StickFolder.stream

    def forgetful(self: StickFolder, name: str, length: int, *, afresh: bool = False) -> Iterator[bytes]:
        for data in honest(self, name, length, afresh=afresh):
            yield bytes(len(data)) if name.endswith(".zst") else data

    monkeypatch.setattr(StickFolder, "stream", forgetful)
    with pytest.raises(Unverified, match="take another stick"):
        write(county, stick)
    assert [one.name for one in (stick / "gongkailan").iterdir()] == [before]


@pytest.mark.parametrize(
    ("step", "number", "words"),
    [
        ("mkdir", errno.EROFS, "unlock the stick"),
        ("write", errno.ENOSPC, "is full"),
        ("write", errno.EIO, "pulled out"),
        ("fsync", errno.EIO, "pulled out"),
    ],
)
def test_a_stick_that_cannot_be_written_has_one_sentence(
    county: County, stick: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    """Read-only, full against expectation, failing: a sentence, the bundle before stays, and nothing half is left."""
    before = write(county, stick).name

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as patched:
        patched.setattr(stick_module, "os", Failing(os, **{step: fail}))
        with pytest.raises(GongkailanError, match=words):
            write(county, stick)
    assert [one.name for one in (stick / "gongkailan").iterdir()] == [before]
    assert whole(stick, county.publisher.directory_root()) == before


def test_two_writers_do_not_meet(county: County, stick: Path) -> None:
    """A second command on the same stick is told to wait; the first one's bundle is untouched."""
    name = write(county, stick).name
    with closing(StickFolder.at(stick / "gongkailan")) as base, base.alone(), pytest.raises(Refused, match="wait"):
        write(county, stick)
    assert [one.name for one in (stick / "gongkailan").iterdir()] == [name]


def test_a_name_that_windows_keeps_for_itself_is_refused(tmp_path: Path, stick: Path) -> None:
    """A channel called `con` would vanish on a Windows machine on the way: it is refused before anything is written."""
    county = County(tmp_path / "county", "con")
    with pytest.raises(Refused, match="leave con out"):
        write(county, stick)
    assert list(stick.iterdir()) == []


def test_a_channel_that_is_none_is_named(county: County, stick: Path) -> None:
    """Without a published tree there is nothing to write."""
    with pytest.raises(Broken, match="no published tree"):
        write_bundle(stick, county.repo, ["nowhere"], county.clock.now(), silent)


def test_progress_counts_every_byte_twice(county: County, stick: Path) -> None:
    """Once when it is written and once when it is read back; it never runs backwards and ends at the end."""
    heard: list[tuple[str, int, int]] = []
    written = write_bundle(stick, county.repo, ["qinghe"], county.clock.now(), lambda *said: heard.append(said))
    for what in ("written to the stick", "checked on the stick"):
        done = [(one, of) for name, one, of in heard if name == what]
        assert done == sorted(done)
        assert done[-1] == (written.bytes, written.bytes)


def test_a_longer_file_comes_in_pieces(county: County, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files longer than a piece are whole on the stick, and on the device."""
    monkeypatch.setattr(limits, "stick_chunk_bytes", 7)
    write(county, stick)
    assert loading.limits.stick_chunk_bytes == 7
    assert whole(stick, county.publisher.directory_root())
    assert enrolled(county, stick.with_name("k1")).take(stick).channels == {"qinghe": (0, 1)}
