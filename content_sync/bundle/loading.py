"""What must go onto a stick for one repository: exactly what its newest state needs, nothing older.

1. The signed state names it all: current metadata, every root, current targets, and the packs that the manifests name;
   the attached files are those that lie in the tree, which holds no others (content_sync.blobs).
2. A file whose name carries a hash is checked against it on its way: a damaged server must not hand out damaged sticks.
3. A publication may take files away meanwhile; then the newer state is loaded, and begun anew. It waits for nobody.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content_sync.current import catchup_target, edition_target
from content_sync.domain import limits
from content_sync.domain.errors import Broken
from content_sync.trust.state import State, state, timestamp_path
from content_sync.wire.editions import hashes_in

_hashed = re.compile(r"(?:targets|packs|blobs)/([0-9a-f]{64})(?:\..+)?")
_naming = (f".{edition_target}", f".{catchup_target}")


@dataclass(frozen=True)
class Load:
    """A repository's newest state and the length in bytes of each of its files, by path below `folder`."""

    folder: Path
    state: State
    files: dict[str, int]

    def pieces(self, path: str) -> Iterator[bytes]:
        """A file's bytes. Raises FileNotFoundError when it was taken away (rule 3), Broken when it is damaged."""
        if path == timestamp_path:
            yield self.state.timestamp
            return
        digest = hashlib.sha256()
        with (self.folder / path).open("rb") as file:
            while data := file.read(limits.stick_chunk_bytes):
                digest.update(data)
                yield data
        _check(self.folder, path, digest.hexdigest())


def load(folder: Path, *, texts_only: bool = False) -> Load:
    """The newest state of the repository in `folder`. Raises Broken, FileNotFoundError (rule 3)."""
    found = state(folder)
    blobs = [] if texts_only else sorted(f"blobs/{path.name}" for path in (folder / "blobs").glob("*"))
    whole = [path for path in blobs if _hashed.fullmatch(path)]
    files = {path: (folder / path).stat().st_size for path in (*found.files, *_packs(folder, found), *whole)}
    return Load(folder, found, {**files, timestamp_path: len(found.timestamp)})


def _packs(folder: Path, found: State) -> Iterator[str]:
    wanted = set[str]().union(*(_named_by(folder, path) for path in found.files if path.endswith(_naming)))
    there = {path.stem: f"packs/{path.name}" for path in (folder / "packs").glob("*")}
    for sha in sorted(wanted):
        if sha not in there:
            raise FileNotFoundError(folder / "packs" / sha)
        yield there[sha]


def _named_by(folder: Path, path: str) -> set[str]:
    data = (folder / path).read_bytes()
    _check(folder, path, hashlib.sha256(data).hexdigest())
    return hashes_in(data)


def _check(folder: Path, path: str, sha256: str) -> None:
    """Rule 2."""
    named = _hashed.fullmatch(path)
    if named is not None and named[1] != sha256:
        raise Broken(f"{folder / path} is damaged: restore a backup.")
