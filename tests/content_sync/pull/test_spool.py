"""The spool: long files over lines that break, kept across everything, believed only when whole."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Broken, Unreachable, Unverified
from content_sync.net.folder import FolderFetcher
from content_sync.pull.named import Named
from content_sync.pull.spool import Spool, Unfinished, transfers

pack = hashlib.sha256(b"seed").digest() * 20_000  # 640,000 bytes
piece = 10_000


def _named(data: bytes = pack, **changes: object) -> Named:
    plain = {"path": "qinghe/packs/x.zst", "sha256": hashlib.sha256(data).hexdigest(), "length": len(data)}
    return Named(**{**plain, **changes})  # type: ignore[arg-type]


@dataclass
class Line:
    """ports.Fetcher: `data` in pieces, each connection cut after `lasts` bytes; what stands in `first` comes first."""

    data: bytes = pack
    lasts: int = 1 << 30
    first: list[bytes] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sent: int = 0

    def fetch(self, path: str, bytes_max: int) -> bytes:
        raise AssertionError(path)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self.starts.append(start)
        data = self.first.pop(0) if self.first else self.data
        end = min(len(data), start + self.lasts)
        for at in range(start, end, piece):
            given = data[at : min(at + piece, end)]
            self.sent += len(given)
            yield given
        if end < len(data):
            raise Unreachable("the line broke")


def _part(folder: Path) -> Path:
    """Where the beginning of the pack is kept."""
    named = _named()
    path = folder / "spool" / "qinghe" / f"{named.sha256}.{named.length}.part"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _spool(folder: Path, line: Line, **named: object) -> Spool:
    return Spool(folder / "spool", line, **{"free": lambda _: 1 << 40, **named})  # type: ignore[arg-type]


def test_a_line_cut_every_100_kb_still_brings_the_file(tmp_path: Path) -> None:
    """One step, seven connections, and no byte twice."""
    line = Line(lasts=100_000)
    path = _spool(tmp_path, line).take(_named())
    assert path.read_bytes() == pack
    assert line.starts == list(range(0, len(pack), 100_000))
    assert line.sent == len(pack)
    assert _spool(tmp_path, line).take(_named()) == path
    assert line.sent == len(pack)


def test_what_came_survives_the_process(tmp_path: Path) -> None:
    """A dead line and a killed agent lose nothing: another spool over the same folder asks only for the rest."""
    line = Line(lasts=100_000)
    line.data = pack[:200_000]
    with pytest.raises(Unverified, match="before its signed length"):
        _spool(tmp_path, line).take(_named())
    later = Line()
    assert _spool(tmp_path, later).take(_named()).read_bytes() == pack
    assert later.starts == [200_000]


def test_a_line_that_brings_nothing_is_left_alone(tmp_path: Path) -> None:
    """After a few tries that bring next to nothing the step ends; what came is kept for the next."""
    line = Line(lasts=1_000)
    with pytest.raises(Unreachable, match="broke"):
        _spool(tmp_path, line).take(_named())
    assert len(line.starts) == limits.spool_futile_tries_max
    assert line.sent == 1_000 * limits.spool_futile_tries_max
    assert _spool(tmp_path, Line()).take(_named()).read_bytes() == pack


@pytest.mark.parametrize("kept", [b"x" * 1_000, b"x" * len(pack), b"x" * (len(pack) + 1)])
def test_a_bad_beginning_is_thrown_away(tmp_path: Path, kept: bytes) -> None:
    """A part that rotted, or is longer than the file, costs one more fetch from the start and nothing else."""
    _part(tmp_path).write_bytes(kept)
    line = Line()
    assert _spool(tmp_path, line).take(_named()).read_bytes() == pack
    assert line.starts[-1] == 0


def test_a_liar_is_refused_after_one_more_try(tmp_path: Path) -> None:
    """Wrong bytes of the right length: fetched twice, refused, nothing left behind; once honest, it is taken."""
    lie = pack[:-1] + b"?"
    line = Line(first=[lie, lie])
    spool = _spool(tmp_path, line)
    with pytest.raises(Unverified, match="twice"):
        spool.take(_named())
    assert list((tmp_path / "spool" / "qinghe").iterdir()) == []
    assert spool.take(_named()).read_bytes() == pack


@pytest.mark.parametrize(
    "changes",
    [{"sha256": "../" + "a" * 61}, {"sha256": "A" * 64}, {"sha256": ""}, {"length": -1}, {"length": 1 << 50}],
)
def test_a_name_that_is_none_is_not_fetched(tmp_path: Path, changes: dict[str, object]) -> None:
    """A hash that is a path, or a length past all measure, is refused before anything is asked for."""
    line = Line()
    with pytest.raises(Unverified, match="no proper hash"):
        _spool(tmp_path, line).take(_named(**changes))
    assert line.starts == []


def test_a_full_disk_is_said_before_it_is_full(tmp_path: Path) -> None:
    """Nothing is begun that does not fit, and what was begun stops while the stores still have room."""
    line, free = Line(), [limits.spool_free_bytes_min + len(pack) - 1]
    spool = _spool(tmp_path, line, free=lambda _: free[0])
    with pytest.raises(Broken, match="Free some space"):
        spool.take(_named())
    assert line.starts == []
    room = iter([1 << 40, 0])
    with pytest.raises(Broken, match="Free some space"):
        _spool(tmp_path, line, free=lambda _: next(room)).take(_named())
    assert limits.spool_sync_bytes <= line.sent < len(pack)
    free[0] = 1 << 40
    assert spool.take(_named()).read_bytes() == pack
    assert line.sent == len(pack)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """A disk that refuses is the operator's matter, not a stack trace."""
    (tmp_path / "spool").write_bytes(b"a file where the folder should be")
    with pytest.raises(Broken, match="cannot be written"):
        _spool(tmp_path, Line()).take(_named())


def test_the_oldest_files_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The spool never holds more than its budget, and a new transfer goes before old leftovers."""
    monkeypatch.setattr(limits, "spool_bytes_max", len(pack) + 1_000)
    old, new = tmp_path / "spool" / "liuhe" / "old.9.part", _part(tmp_path).with_name("new")
    old.parent.mkdir()
    for age, path in ((2, old), (1, new)):
        path.write_bytes(b"x" * 900)
        os.utime(path, (100 - age, 100 - age))
    taken = _spool(tmp_path, Line()).take(_named())
    assert [path.exists() for path in (old, new, taken)] == [False, True, True]


def test_only_wanted_files_are_kept(tmp_path: Path) -> None:
    """What no signed state of a channel names any more leaves the disk, begun or whole; other channels keep theirs."""
    spool = _spool(tmp_path, Line())
    spool.keep("qinghe")  # there is no folder yet
    taken = spool.take(_named())
    begun, unwanted = (taken.with_name(f"{letter * 64}.9.part") for letter in "ab")
    other = tmp_path / "spool" / "liuhe" / taken.name
    other.parent.mkdir()
    for path in (begun, unwanted, other):
        path.write_bytes(b"x")
    spool.keep("qinghe", [taken.name, "a" * 64])
    assert [path.exists() for path in (taken, begun, unwanted, other)] == [True, True, False, True]
    spool.keep("qinghe")
    assert [path.exists() for path in (taken, begun, unwanted, other)] == [False, False, False, True]


def test_a_transfer_is_set_down_and_taken_up(tmp_path: Path) -> None:
    """When a withdrawal is hinted at, a long download makes way for it, and then goes on where it was."""
    line, looks = Line(), iter([False, False, True])
    with pytest.raises(Unfinished, match="30000 of 640000"):
        _spool(tmp_path, line, set_down=lambda: next(looks)).take(_named())
    (waiting,) = transfers(tmp_path / "spool")
    assert (waiting.channel, waiting.done, waiting.of) == ("qinghe", 3 * piece, len(pack))
    assert _spool(tmp_path, line).take(_named()).read_bytes() == pack
    assert line.starts == [0, 3 * piece]
    assert transfers(tmp_path / "spool") == []


def test_progress_is_told_twice_a_second(tmp_path: Path) -> None:
    """The first and the last byte are told, and in between no more often than anybody can read."""
    ticks, told = count(0, 0.125), list[tuple[str, int, int]]()
    spool = _spool(tmp_path, Line(), report=lambda *words: told.append(words), ticks=lambda: next(ticks))
    spool.take(_named())
    assert (told[0], told[-1]) == (("qinghe/packs/x.zst", 0, len(pack)), ("qinghe/packs/x.zst", len(pack), len(pack)))
    assert len(told) == 1 + len(pack) // piece // 4


def test_a_folder_is_a_line_too(tmp_path: Path) -> None:
    """A stick is read by the same door, also from the middle; an empty file is a file."""
    (tmp_path / "stick" / "qinghe").mkdir(parents=True)
    (tmp_path / "stick" / "qinghe" / "x").write_bytes(pack)
    (tmp_path / "stick" / "qinghe" / "empty").write_bytes(b"")
    _part(tmp_path).write_bytes(pack[:77_777])
    spool = Spool(tmp_path / "spool", FolderFetcher(tmp_path / "stick"), free=lambda _: 1 << 40)
    assert spool.take(_named(path="qinghe/x")).read_bytes() == pack
    assert spool.take(_named(b"", path="qinghe/empty")).read_bytes() == b""
    with pytest.raises(FileNotFoundError):
        spool.take(_named(pack[1:]))
    with pytest.raises(Unverified):
        spool.take(_named(pack[:99], path="qinghe/x"))
    with pytest.raises(Unverified):
        spool.take(_named(pack[2:], path="../x"))
