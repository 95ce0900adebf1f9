"""Attached files, as `check` looks at them.

1. Every file that a working text or a submitted version names is here with its bytes, for the server's user only.
2. The tree of each channel that is published here holds exactly the files that its newest edition names; of a mirrored
   one at least no other bytes than the names say.
"""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from content_sync.blobs import check
from content_sync.domain.disclosure.attachments import Blob, is_hash
from content_sync.domain.errors import Unverified
from content_sync.wire.attachments import named_blobs
from display_server.config import Config
from display_server.database import content, files
from display_server.database.tables.content import published, versions
from display_server.desk.adopting import is_foreign

_Seen = set[tuple[int, int]]


def file_faults(config: Config, connection: Connection, channels: Sequence[str]) -> tuple[list[str], int]:
    """A sentence for each fault, and how many files there should be."""
    wanted, sound = files.every(connection), _Seen()
    faults = [f"The attached file {fault}: restore a backup." for fault in _bad(config.blobs, wanted, sound)]
    if config.blobs.is_dir() and (mode := stat.S_IMODE(config.blobs.stat().st_mode)) & 0o077:
        faults.append(f"{config.blobs} can be read by others (mode {mode:o}): run chmod 700 on it.")
    for channel in channels:
        faults += _tree_faults(config, connection, channel, sound)
    return faults, len(wanted)


def _tree_faults(config: Config, connection: Connection, channel: str, sound: _Seen) -> Iterator[str]:
    """Rule 2."""
    folder = config.repo / channel / "blobs"
    here = {path.name: path.lstat().st_size for path in folder.iterdir()} if folder.is_dir() else {}
    if is_foreign(config, channel):
        named = [Blob(name, size) for name, size in here.items() if is_hash(name)]
    else:
        rows = select(versions.c.body).join(
            published, (published.c.item == versions.c.item) & (published.c.version == versions.c.version)
        )
        bodies = connection.execute(rows.where(published.c.channel == channel)).scalars()
        named = list(named_blobs(bodies))
        extra = here.keys() - {one.sha256 for one in named}
        if not content.waiting_edition(connection, channel):
            yield from (f"Channel {channel}: {name} is published though no item names it." for name in sorted(extra))
    for fault in _bad(folder, named, sound):
        yield f"Channel {channel}: its published file {fault}; restore a backup, or publish again."


def _bad(folder: Path, wanted: Sequence[Blob], sound: _Seen) -> Iterator[str]:
    """What is wrong with files in a folder; one that was looked at under another name is not read again."""
    for blob in wanted:
        path = folder / blob.sha256
        try:
            found = path.lstat()
            if (found.st_dev, found.st_ino) not in sound:
                check(path, blob)
                sound.add((found.st_dev, found.st_ino))
        except FileNotFoundError:
            yield f"{blob.sha256} is missing"
        except Unverified:
            yield f"{blob.sha256} is damaged"
