"""Power that fails at a chosen moment, and a disk that forgets what was not synced.

1. Moments are: before and in the middle of each durable file, before each fetch, before each statement that stores
   rows. At the n-th of them everything stops, as if the plug had been pulled.
2. What stands on the disk then is what the next start finds, except what was not synced: of a write-ahead log
   everything after its last commit may be cut or be noise, and of a half download any tail may be lost.
"""

import errno
import random
import shutil
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from content_sync import durable
from content_sync.storage import content_write

_frame_head, _log_head = struct.Struct(">6I"), struct.Struct(">8I")
_big = 64


class PowerCut(BaseException):
    """The plug was pulled."""


class Power:
    """Counts moments down; `moment` is what a twin of the network calls before it answers.

    `full`: at the n-th moment it is not the power that ends but the room on the disk, for every write from then on.
    """

    def __init__(self, moments: int, *, full: bool = False) -> None:
        self.left, self.full = moments, full

    def moment(self, *, writes: bool = False) -> None:
        """One more moment passed (rule 1)."""
        self.left -= 1
        if self.full and self.left <= 0 and writes:
            raise OSError(errno.ENOSPC, "No space left on device")
        if self.left == 0 and not self.full:
            raise PowerCut


@contextmanager
def failing(power: Power) -> Iterator[None]:
    """Until the end of the block, files and rows are written while there is power."""
    write_file, write_rows = durable.write, content_write._insert

    def file(path: Path, data: bytes, mode: int = 0o644) -> None:
        power.moment(writes=True)
        if power.left == 1:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.new").write_bytes(data[: len(data) // 2])
        power.moment(writes=True)
        write_file(path, data, mode)

    def rows(*given: object) -> None:
        power.moment(writes=True)
        write_rows(*given)  # type: ignore[arg-type]  # handed on as it came

    durable.write, content_write._insert = file, rows  # type: ignore[assignment]
    try:
        yield
    finally:
        durable.write, content_write._insert = write_file, write_rows


def after_a_cut(folder: Path, chance: random.Random) -> None:
    """Make the folder what a start after the cut finds: as it stood, without what was not synced (rule 2)."""
    found = folder.with_name(f"{folder.name}.cut")
    shutil.copytree(folder, found, symlinks=True, ignore=shutil.ignore_patterns("*-shm"))
    for log in found.glob("*-wal"):
        _forget(log, _committed(log.read_bytes()), chance)
    for part in found.rglob("*.part"):
        _forget(part, chance.randrange(part.stat().st_size + 1), chance)
    shutil.rmtree(folder)
    found.rename(folder)


def _forget(path: Path, kept: int, chance: random.Random) -> None:
    data = path.read_bytes()
    lost = len(data) - kept
    how: Callable[[], bytes] = chance.choice(
        [lambda: b"", lambda: bytes(lost), lambda: chance.randbytes(min(lost, _big))]
    )
    path.write_bytes(data[:kept] + (how() if path.suffix != ".part" else b""))


def _committed(log: bytes) -> int:
    """How many bytes of a write-ahead log are committed, and so synced: to the last frame that ends a transaction."""
    if len(log) < _log_head.size:
        return 0
    page, salts = _log_head.unpack_from(log)[2], _log_head.unpack_from(log)[4:6]
    end, at = _log_head.size, _log_head.size
    while at + _frame_head.size + page <= len(log):
        _, pages, *rest = _frame_head.unpack_from(log, at)
        if tuple(rest[:2]) != salts:
            break
        at += _frame_head.size + page
        if pages:
            end = at
    return end
