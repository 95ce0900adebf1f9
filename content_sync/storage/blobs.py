"""The attached files that a device holds: the folder `blobs` beside content.db, each file under its own hash.

1. A file is given out only after its bytes were hashed, once in a process and as long as the file stays the same file;
   otherwise it is as if it were not there.
2. Only plain files count. A link, a folder or anything else under a hash is never followed, and leaves like a file.
3. A file comes in whole and by renaming, so no kill and no power cut leaves half of one.
4. A file that may be read no more (its item was withdrawn, changed or left) is overwritten with zeros, as the text
   store does with text, and removed; one that has a second name is only removed. On flash memory an overwritten page
   may live on out of reach of the system; nothing here can help that.
5. A file that only makes room is removed without more: everybody may still read it elsewhere.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from content_sync import durable, plain
from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Blob, is_hash

folder_name = "blobs"  # in the device folder
coming_name = "blob-spool"  # beside it: what is on its way, by channel
_Seen = tuple[int, int, int, int]


class BlobFolder:
    """The files of the device folder `home`; their own folders need not exist yet."""

    def __init__(self, home: Path) -> None:
        self.path, self.coming = home / folder_name, home / coming_name
        self._sound: dict[str, _Seen] = {}

    def held(self) -> dict[str, int]:
        """Length on disk by hash, of plain files only; whether each is what its name says is not looked at."""
        return {entry.name: entry.stat().st_size for entry in self._entries() if _is_plain(entry)}

    def verified(self, blob: Blob) -> Path | None:
        """The file with exactly these bytes, None when there is none (rule 1)."""
        if not is_hash(blob.sha256) or self._hash_of(blob.sha256, blob.length) != blob.sha256:
            return None
        return self.path / blob.sha256

    def odd(self) -> Iterator[str]:
        """Names of what is in the folder and is not the plain file its name promises; reads every byte."""
        for entry in self._entries():
            if not _is_plain(entry) or self._hash_of(entry.name, entry.stat().st_size, again=True) != entry.name:
                yield entry.name

    def take_in(self, arrived: Path, blob: Blob) -> None:
        """Move a verified file in (rule 3)."""
        self.path.mkdir(exist_ok=True)
        arrived.replace(self.path / blob.sha256)
        durable.settle(self.path)

    def drop(self, name: str) -> None:
        """Remove what stands under a name (rules 2 and 5)."""
        self._sound.pop(name, None)
        path = self.path / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    def wipe(self, name: str) -> None:
        """Remove what may be read no more (rule 4), also as much of it as has come so far."""
        overwrite(self.path / name)
        self.drop(name)
        for part in self.coming.glob(f"*/{name}*") if is_hash(name) else ():
            overwrite(part)
            part.unlink(missing_ok=True)

    def settle(self) -> None:
        """Make removals durable."""
        if self.path.is_dir():
            durable.settle(self.path)

    def _entries(self) -> list["os.DirEntry[str]"]:
        try:
            with os.scandir(self.path) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _hash_of(self, name: str, length: int, *, again: bool = False) -> str:
        """The hash of the plain file `name` of this length, empty when there is none such (rules 1 and 2)."""
        try:
            with plain.opened(self.path / name) as file:
                found = os.fstat(file.fileno())
                seen = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
                if found.st_size != length:
                    return ""
                if self._sound.get(name) == seen and not again:
                    return name
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""  # nothing there, no plain file, or a worn disk
        if digest == name:
            self._sound[name] = seen
        return digest


def overwrite(path: Path) -> None:
    """Zeros in the place of a plain file's bytes, as far as rule 4 goes."""
    with suppress(OSError):
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            found = os.fstat(handle)
            if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
                zeros = bytes(limits.chunk_bytes)
                for at in range(0, found.st_size, len(zeros)):
                    os.pwrite(handle, zeros[: found.st_size - at], at)
                os.fsync(handle)
        finally:
            os.close(handle)


def _is_plain(entry: "os.DirEntry[str]") -> bool:
    return is_hash(entry.name) and entry.is_file(follow_symlinks=False)
