"""What released versions left on disks, kept for ever: `<version>.tar.xz`, each made by `making.py` at its release.

Inside: `server/` (database, keys, tree), `touch-1/` (a device's folder, cut off without closing its files) and
`told.json` (when it was, and what was true). Keys and passwords in it are of no place.
"""

import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_folder = Path(__file__).parent
versions = sorted(path.name.removesuffix(".tar.xz") for path in _folder.glob("*.tar.xz"))


@dataclass(frozen=True)
class Released:
    """The folders of one released version, unpacked, and what was true when they were made."""

    server: Path
    device: Path
    told: dict[str, Any]

    @property
    def now(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.told["now"])


@contextmanager
def unpacked(version: str) -> Iterator[Released]:
    """A copy to work on."""
    with TemporaryDirectory() as name, tarfile.open(_folder / f"{version}.tar.xz") as archive:
        archive.extractall(name)  # our own archive; Debian 12 knows no filter yet, and this keeps who may read a key
        told = json.loads((Path(name) / "told.json").read_bytes())
        yield Released(Path(name) / "server", Path(name) / "touch-1", told)
