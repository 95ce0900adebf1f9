"""A published tree in a folder, such as a USB stick.

1. Nothing outside the folder is read: no way up, no symbolic link anywhere on the way, only regular files.
2. A file is read to its bound and one byte more; a longer one is refused.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable, Unverified
from content_sync.net.paths import parts_of


class FolderFetcher:
    """ports.Fetcher over the folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """The file at `path` (rules 1 and 2)."""
        with self._opened(path) as file:
            data = _read(file, bytes_max + 1, path)
        if len(data) > bytes_max:
            raise _too_long(path, bytes_max)
        return data

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        """The file at `path` from `start` on (rules 1 and 2)."""
        with self._opened(path) as file:
            file.seek(start)
            while data := _read(file, limits.chunk_bytes, path):
                if file.tell() > bytes_max:
                    raise _too_long(path, bytes_max)
                yield data

    def _opened(self, path: str) -> BinaryIO:
        *folders, name = parts_of(path)
        try:
            handle = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
            for folder in folders:
                handle = _step(handle, folder, os.O_DIRECTORY)
            handle = _step(handle, name, os.O_NONBLOCK)  # opening a pipe must not wait for its writer
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Unverified(f"{path} on the stick is not a plain file in a plain folder; it was not read.") from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Unverified(f"{path} on the stick is not a plain file; it was not read.")
        return os.fdopen(handle, "rb")


def _step(folder: int, name: str, flags: int) -> int:
    try:
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | flags, dir_fd=folder)
    finally:
        os.close(folder)


def _read(file: BinaryIO, size: int, path: str) -> bytes:
    try:
        return file.read(size)
    except OSError as error:
        raise Unreachable(f"{path} on the stick cannot be read: {error}. Try another stick.") from error


def _too_long(path: str, bytes_max: int) -> Unverified:
    return Unverified(f"{path} is longer than the {bytes_max} bytes it may have.")
