"""The attached files of a published channel: `blobs/<sha256>` in its tree.

1. Before an edition is visible, every file that its items name is there, whole and durable. A file that comes in is
   hashed on its way, whoever hands it over: publication refuses other bytes than the approved ones (promise 4).
2. It is the very file of the private folder under a second name where the disk allows it, else a copy.
3. What no item of the edition names is removed. A withdrawal removes it before it is signed, so that from then on
   nobody gets it here; an edition that replaces text removes it when it is visible.
4. A withdrawal waits for nobody: it neither brings files nor asks whether all of them are there.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from content_sync import durable, plain
from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.errors import Refused, Unverified

Source = Callable[[str], Path]
"""Where the private file of a hash lies."""
_no_links = frozenset({errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP})


@dataclass(frozen=True)
class PublishedBlobs:
    """The attached files of one channel in `folder`."""

    channel: str
    folder: Path

    def bring(self, named: Collection[Blob], source: Source) -> None:
        """Make every named file be there (rules 1 and 2). Raises Refused when one is not what was approved."""
        self._check_measure(named)
        here = self._here()
        lacking = [one for one in named if here.get(one.sha256) != one.length]
        for one in lacking:
            self.folder.mkdir(exist_ok=True)
            self._bring(one, source(one.sha256))
        if lacking:
            durable.settle(self.folder)

    def prune(self, named: Collection[Blob]) -> None:
        """Remove what is not named (rule 3)."""
        wanted = {one.sha256 for one in named}
        gone = [name for name in self._here() if name not in wanted]
        for name in gone:
            (self.folder / name).unlink()
        if gone:
            durable.settle(self.folder)

    def _bring(self, blob: Blob, private: Path) -> None:
        temporary = self.folder / f".{blob.sha256}.new"
        temporary.unlink(missing_ok=True)
        try:
            check(private, blob)
            _second_name(private, temporary)
        except FileNotFoundError as error:
            raise Refused(
                f"{self.channel}: attached file {blob.sha256} is not on this server; attach it anew."
            ) from error
        except Unverified as error:
            raise Refused(f"{self.channel}: {error}") from error
        temporary.replace(self.folder / blob.sha256)

    def _check_measure(self, named: Collection[Blob]) -> None:
        size = sum(one.length for one in named)
        if len(named) > limits.channel_blobs_max or size > limits.channel_blob_bytes_max:
            raise Refused(
                f"{self.channel} would have {len(named)} attached files of {size // 1_000_000} MB; "
                f"{limits.channel_blobs_max} of {limits.channel_blob_bytes_max // 1_000_000} MB are allowed. "
                "Attach less, or split the channel in two."
            )

    def _here(self) -> dict[str, int]:
        try:
            with os.scandir(self.folder) as entries:
                return {entry.name: entry.stat(follow_symlinks=False).st_size for entry in entries}
        except FileNotFoundError:
            return {}


def check(path: Path, blob: Blob) -> None:
    """Hash a file anew. Raises Unverified when it is another one than named, FileNotFoundError when it is not there."""
    try:
        with plain.opened(path) as file:
            same = os.fstat(file.fileno()).st_size == blob.length
            same = same and hashlib.file_digest(file, "sha256").hexdigest() == blob.sha256
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unverified(f"attached file {blob.sha256} cannot be read ({error.strerror}).") from error
    if not same:
        raise Unverified(f"attached file {blob.sha256} is not the one that was approved; restore a backup.")


def read(path: Path, blob: Blob) -> bytes:
    """The bytes of a file, hashed. Raises like `check`."""
    try:
        with plain.opened(path) as file:
            data = file.read(blob.length + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unverified(f"attached file {blob.sha256} cannot be read ({error.strerror}).") from error
    if len(data) != blob.length or hashlib.sha256(data).hexdigest() != blob.sha256:
        raise Unverified(f"attached file {blob.sha256} is not the one that was approved; restore a backup.")
    return data


def _second_name(private: Path, path: Path) -> None:
    try:
        os.link(private, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _no_links:
            raise
        with suppress(FileNotFoundError):
            path.unlink()
        shutil.copyfile(private, path, follow_symlinks=False)
        with path.open("rb") as file:
            os.fsync(file.fileno())
