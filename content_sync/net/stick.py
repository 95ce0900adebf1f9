"""A folder on a stick: something that may be full, read-only, hostile, or pulled out between two bytes.

1. Nothing outside is touched, for reading or for writing: from an open folder only a plain name leads on, links are not
   followed, and only plain files are opened.
2. Reading is bounded: a file by the bytes it may have, a folder by `limits.stick_names_max`.
3. A file that others rely on is written beside its place, synced and renamed there; then the folder's names are synced.
"""

import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from content_sync.domain import limits
from content_sync.domain.errors import Refused, Unreachable, Unverified
from content_sync.net.paths import parts_of
from content_sync.net.stick_faults import not_plain, reading, writing

_cannot_sync = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP})


class StickFolder:
    """An open folder; `shown` is how sentences call it."""

    def __init__(self, handle: int, shown: str) -> None:
        self._handle, self.shown = handle, shown

    @classmethod
    def at(cls, path: Path) -> "StickFolder":
        """The folder a person named; Refused when there is none."""
        try:
            return cls(os.open(path, os.O_RDONLY | os.O_DIRECTORY), str(path))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise Refused(f"{path} is not a folder; plug the stick in, mount it and name its folder.") from error
        except OSError as error:
            raise Unreachable(f"{path} cannot be opened ({error.strerror}); try another stick.") from error

    def close(self) -> None:
        """Let go of the folder, so that the stick can be pulled out."""
        os.close(self._handle)

    def sub(self, name: str) -> "StickFolder":
        """A folder in this one. Raises FileNotFoundError; Unverified when it is something else."""
        with reading(self._shown(name)):
            return StickFolder(self._open(name, os.O_RDONLY | os.O_DIRECTORY), self._shown(name))

    def made(self, name: str) -> "StickFolder":
        """The same, made when it is not there."""
        with writing(self.shown), suppress(FileExistsError):
            os.mkdir(_plain(name), dir_fd=self._handle)
        return self.sub(name)

    def names(self) -> list[str]:
        """What is in the folder, in order (rule 2)."""
        found: list[str] = []
        with reading(self.shown), os.scandir(self._handle) as entries:
            for entry in entries:
                found.append(entry.name)
                if len(found) > limits.stick_names_max:
                    raise Unverified(
                        f"{self.shown} holds more than {limits.stick_names_max} files; take an empty stick."
                    )
        return sorted(found)

    def read(self, name: str, bytes_max: int) -> bytes:
        """A whole file. Raises FileNotFoundError; Unverified when it is longer or no plain file; Unreachable."""
        with self._opened(name) as file, reading(self._shown(name)):
            data = file.read(bytes_max + 1)
        if len(data) > bytes_max:
            raise Unverified(f"{self._shown(name)} is longer than the {bytes_max} bytes it may have.")
        return data

    def stream(self, name: str, length: int, start: int = 0, *, afresh: bool = False) -> Iterator[bytes]:
        """A file of exactly this length from `start` on, piece by piece.

        `afresh` asks the stick, not what memory holds of it. Raises like `read`, and Unverified for another length.
        """
        with self._opened(name) as file, reading(self._shown(name)):
            if os.fstat(file.fileno()).st_size != length:
                raise Unverified(f"{self._shown(name)} has not the {length} bytes it should have.")
            if afresh:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            left = length - file.seek(start)
            while data := file.read(min(limits.stick_chunk_bytes, left)):
                left -= len(data)
                yield data
            if left:
                raise Unverified(f"{self._shown(name)} ends too early.")

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """A new file, synced; nobody may rely on it yet. Raises Refused when the stick is full or cannot be written.

        What goes wrong with the pieces themselves is the caller's.
        """
        with writing(self.shown):
            handle = self._open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            for data in pieces:
                view = memoryview(data)
                with writing(self.shown):
                    while view:
                        view = view[os.write(handle, view) :]
            with writing(self.shown):
                os.fsync(handle)
        finally:
            os.close(handle)

    def write(self, name: str, data: bytes) -> None:
        """A file whole or not at all, in place of the one that was there (rule 3)."""
        temporary = f"{name}.new"
        self.remove(temporary)
        self.put(temporary, [data])
        with writing(self.shown):
            os.replace(_plain(temporary), _plain(name), src_dir_fd=self._handle, dst_dir_fd=self._handle)
        self.settle()

    def remove(self, name: str) -> None:
        """Delete a file if it is there."""
        with writing(self.shown), suppress(FileNotFoundError):
            os.unlink(_plain(name), dir_fd=self._handle)

    def remove_tree(self, name: str) -> None:
        """Delete a folder with all that is in it, if it is there; links are deleted, not followed."""
        with writing(self.shown), suppress(FileNotFoundError):
            shutil.rmtree(_plain(name), dir_fd=self._handle)

    def settle(self) -> None:
        """Make the folder's names durable."""
        with writing(self.shown):
            try:
                os.fsync(self._handle)
            except OSError as error:
                if error.errno not in _cannot_sync:
                    raise
                os.sync()  # a file system whose folders cannot be synced alone

    def room(self) -> tuple[int, int]:
        """Free bytes, and the bytes in which the stick counts: a file takes a multiple of them."""
        with reading(self.shown):
            found = os.fstatvfs(self._handle)
        return found.f_bavail * found.f_frsize, found.f_bsize

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else of this machine writes the folder meanwhile; Refused when somebody does."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"{self.shown} is being written by another command; wait for its end.") from error
        try:
            yield
        finally:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def _opened(self, name: str) -> BinaryIO:
        """Rule 1. Looked at before it is opened: to open a pipe or a device may do something already."""
        with reading(self._shown(name)):
            if not stat.S_ISREG(os.stat(_plain(name), dir_fd=self._handle, follow_symlinks=False).st_mode):
                raise not_plain(self._shown(name))
            file = os.fdopen(self._open(name, os.O_RDONLY | os.O_NONBLOCK), "rb")
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return file
        file.close()
        raise not_plain(self._shown(name))

    def _open(self, name: str, flags: int) -> int:
        return os.open(_plain(name), flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=self._handle)

    def _shown(self, name: str) -> str:
        return f"{self.shown}/{name}"


def _plain(name: str) -> str:
    [only] = parts_of(name)
    return only
