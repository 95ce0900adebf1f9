"""The folder of one mirrored repository, in which readers find a whole state at every moment.

1. What a state names is written before its metadata, the timestamp last. A file whose name carries a hash never gets
   other bytes, so what is there in its full length is there; a thorough look hashes it again.
2. What the state before named stays `limits.mirror_before_minutes` for readers that are half-way; what no state named
   goes. Roots stay for ever.
3. What held withdrawn text goes before the withdrawal is told, whoever may be reading it.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from content_sync import durable
from content_sync.current import catchup_target, edition_target
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.trust.state import state, timestamp_path
from content_sync.wire.editions import hashes_in

_naming = (f".{edition_target}", f".{catchup_target}")
_kinds = ("metadata", "targets", "packs")


@dataclass(frozen=True)
class Standing:
    """The state that readers see now: as of when, and the paths of its files. Nothing, where there is none."""

    as_of: datetime | None = None
    paths: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MirrorFolder:
    """The folder; `seconds` is the time that files are dated by."""

    folder: Path
    seconds: Callable[[], float]

    def standing(self) -> Standing:
        """What readers see now; a state that cannot be read counts as none, and is written anew."""
        with suppress(GongkailanError, FileNotFoundError):
            found = state(self.folder)
            naming = [self.folder / path for path in found.files if path.endswith(_naming)]
            hashes = set[str]().union(*(hashes_in(path.read_bytes()) for path in naming))
            packs = (f"packs/{name}" for name in self._names("packs") if name.partition(".")[0] in hashes)
            return Standing(found.as_of, frozenset((*found.files, *packs, timestamp_path)))
        return Standing()

    def has(self, path: str, length: int, sha256: str, *, thorough: bool) -> bool:
        """Whether a file is there (rule 1)."""
        place = self.folder / path
        if not place.is_file() or place.stat().st_size != length:
            return False
        if not thorough:
            return True
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def read(self, path: str, length: int, sha256: str) -> bytes | None:
        """The bytes of a small file, None when it is not there as it should be."""
        return (self.folder / path).read_bytes() if self.has(path, length, sha256, thorough=True) else None

    def put(self, path: str, data: bytes) -> None:
        """Write a small file."""
        durable.write(self.folder / path, data)

    def take_in(self, path: str, finished: Path) -> None:
        """Give a finished download its place."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        finished.chmod(0o644)
        finished.replace(target)
        durable.settle(target.parent)

    def release(self, metadata: Sequence[tuple[str, bytes]], before: Standing) -> bool:
        """Let readers see this state (rule 1); whether it is another one than they saw."""
        wanted = [(path, data) for path, data in metadata if not self._is(path, data)]
        for path in before.paths if wanted else ():
            with suppress(FileNotFoundError):
                os.utime(self.folder / path, times=(self.seconds(), self.seconds()))  # rule 2
        for path, data in wanted:
            durable.write(self.folder / path, data)
        return bool(wanted)

    def drop_packs(self, named: Collection[str]) -> None:
        """Remove every pack that is not named (rule 3)."""
        for name in self._names("packs"):
            if f"packs/{name}" not in named:
                (self.folder / "packs" / name).unlink()

    def drop_blobs(self, named: Collection[str]) -> None:
        """Remove every attached file that is not named (rule 3)."""
        for name in self._names("blobs"):
            if name not in named:
                (self.folder / "blobs" / name).unlink()

    def prune(self, named: Collection[str]) -> None:
        """Remove what is not named and has not been for long enough (rule 2)."""
        oldest = self.seconds() - 60 * limits.mirror_before_minutes
        for kind in _kinds:
            for name in self._names(kind):
                path = self.folder / kind / name
                kept = f"{kind}/{name}" in named or (kind == "metadata" and name.endswith(".root.json"))
                if not kept and path.stat().st_mtime <= oldest:
                    path.unlink()

    def _is(self, path: str, data: bytes) -> bool:
        file = self.folder / path
        return file.is_file() and file.read_bytes() == data

    def _names(self, kind: str) -> list[str]:
        folder = self.folder / kind
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
