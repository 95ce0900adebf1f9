"""Long files on their way: begun and finished downloads of each channel, by their hash.

1. What arrives is appended to `<channel>/<sha256>.<length>.part` at once, so that no cut, no kill and no restart loses
   it, and anybody can see how far it is; the next piece is asked for from there on. (A power cut may lose the last
   `limits.spool_sync_bytes`.)
2. A file is tried over as many connections as bring it forward by `limits.spool_progress_bytes_min` each; after
   `limits.spool_futile_tries_max` in a row that do not, the rest waits for the next step.
3. Whole, it is checked by length and hash, and only then has its own name. One that fails is dropped, fetched once more
   from the start, and then refused.
4. The spool holds at most `limits.spool_bytes_max`: the oldest other files make room. A file is only begun, and gone on
   with, while the disk keeps `limits.spool_free_bytes_min` beside it.
5. Whoever needs the line for something else may have a transfer set down between two pieces; it is `Unfinished`.
"""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.errors import Broken, Unreachable, Unverified
from content_sync.net.paths import parts_of
from content_sync.ports import Fetcher
from content_sync.pull.named import Named

spool_name = "spool"  # in the device folder
Report = Callable[[str, int, int], None]
_hash = re.compile(r"[0-9a-f]{64}")
_part = ".part"


class Unfinished(Unreachable):
    """A transfer that was set down; what came is kept."""


@dataclass(frozen=True)
class Transfer:
    """A begun download: bytes here, bytes in all, and when the last one came (seconds since the epoch)."""

    channel: str
    done: int
    of: int
    moved: float


def transfers(folder: Path) -> list[Transfer]:
    """What a spool in `folder` has begun, running or waiting to be resumed."""
    parts = ((path, _stat(path)) for path in sorted(_files(folder)) if path.suffix == _part)
    return [
        Transfer(path.parent.name, stat.st_size, int(path.suffixes[0][1:]), stat.st_mtime)
        for path, stat in parts
        if stat is not None and path.suffixes[0][1:].isdecimal()
    ]


def _stat(path: Path) -> os.stat_result | None:
    """None for a file that its own process has just finished."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


class Spool:
    """Downloads in `folder`.

    `report` hears of each file's path, bytes done and length, at most every `limits.progress_seconds`; `set_down` says
    whether a transfer should be left for later now; `ticks` are steady seconds; `free` gives a disk's free bytes.
    """

    def __init__(
        self,
        folder: Path,
        fetcher: Fetcher,
        report: Report = lambda _path, _done, _of: None,
        set_down: Callable[[], bool] = lambda: False,
        ticks: Callable[[], float] = time.monotonic,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._folder, self._fetcher, self._report = folder, fetcher, report
        self._set_down, self._ticks, self._free = set_down, ticks, free
        self._reported = float("-inf")

    def take(self, named: Named) -> Path:
        """The verified file; whoever takes it removes it when it is used.

        Raises Unreachable (what came is kept), Unverified, Broken when the disk is full, FileNotFoundError.
        """
        if _hash.fullmatch(named.sha256) is None or not 0 <= named.length <= limits.spool_bytes_max:
            raise Unverified(f"{named.path} is named with no proper hash or length; it was not fetched.")
        path = self._folder / parts_of(named.path)[0] / named.sha256
        part = path.with_name(f"{named.sha256}.{named.length}{_part}")
        with self._writing():
            if _is(path, named):
                return path
            path.parent.mkdir(parents=True, exist_ok=True)
            for _ in range(2):  # rule 3
                self._make_room(part, named.length)
                self._fill(part, named)
                if _is(part, named):
                    part.replace(path)
                    durable.settle(path.parent)
                    return path
                part.unlink()
        raise Unverified(f"{named.path} is not the signed file, twice in a row; its publisher or relay must mend it.")

    def keep(self, channel: str, wanted: Collection[str] = ()) -> None:
        """Remove every file of a channel whose hash is not wanted any more."""
        for path in _files(self._folder):
            if path.parent.name == channel and path.name.split(".")[0] not in wanted:
                path.unlink()

    def _fill(self, part: Path, named: Named) -> None:
        """Rules 1 and 2: until the part is as long as the file, or longer."""
        futile = 0
        part.touch()
        while (begun := _size(part)) < named.length:
            cut: Unreachable | None = None
            try:
                self._append(part, named)
            except Unfinished:
                raise
            except Unreachable as error:
                cut = error
            came = _size(part) - begun
            if cut is None and not came:
                raise Unverified(f"{named.path} ends before its signed length; its publisher or relay must mend it.")
            futile = 0 if came >= limits.spool_progress_bytes_min else futile + 1
            if cut is not None and futile >= limits.spool_futile_tries_max:
                raise cut

    def _append(self, part: Path, named: Named) -> None:
        with part.open("ab") as file:
            done = synced = file.tell()
            self._tell(named, done)
            try:
                for data in self._fetcher.stream(named.path, done, named.length):
                    file.write(data)
                    file.flush()
                    done += len(data)
                    self._tell(named, done)
                    if done - synced >= limits.spool_sync_bytes:
                        os.fsync(file.fileno())
                        synced = done
                        self._check_free(0)
                    if done < named.length and self._set_down():  # rule 5
                        raise Unfinished(
                            f"{named.path}: {done} of {named.length} bytes are here; the rest comes later."
                        )
            finally:
                os.fsync(file.fileno())

    def _tell(self, named: Named, done: int) -> None:
        now = self._ticks()
        if now - self._reported >= limits.progress_seconds or done == named.length:
            self._reported = now
            self._report(named.path, done, named.length)

    def _make_room(self, part: Path, length: int) -> None:
        """Rule 4."""
        others = sorted((path for path in _files(self._folder) if path != part), key=lambda path: path.stat().st_mtime)
        held = sum(map(_size, others))
        for path in others:
            if held + length <= limits.spool_bytes_max:
                break
            held -= _size(path)
            path.unlink()
        self._check_free(max(0, length - _size(part)))

    def _check_free(self, needed: int) -> None:
        free, wanted = self._free(self._folder), needed + limits.spool_free_bytes_min
        if free < wanted:
            raise Broken(
                f"The disk has {free // 1_000_000} MB free and {-(-wanted // 1_000_000)} MB are needed to fetch new "
                "content. Free some space; the screen keeps what it has."
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Broken(
                f"{self._folder} cannot be written ({error.strerror}); free some space or mend the disk."
            ) from error


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*/*") if path.is_file()]


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _is(path: Path, named: Named) -> bool:
    """Whether the file is there and the signed one."""
    if not path.exists() or _size(path) != named.length:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == named.sha256
