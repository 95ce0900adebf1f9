"""Attached files as this server keeps them: the folder `blobs`, each file under its hash, readable by its user only.

1. A file is written in the transaction that names it, and removed in one that comes after the name is gone. Writers
   come one at a time, so nobody names a file that is just being removed; what a crash left is removed by the upkeep.
2. A file stays while a working text or a submitted version names it. Submitted versions are the archive, also of what
   was withdrawn: then the file stays here and is given to nobody any more.
3. A file that nothing names any more is removed.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, exists, insert, select

from content_sync import durable
from content_sync.blobs import check
from content_sync.domain.disclosure.attachments import Attachment, Blob
from content_sync.domain.errors import Unverified
from display_server.config import Config
from display_server.database.tables.content import attached


def keep(config: Config, blob: Blob, data: bytes) -> None:
    """Write a file, in the transaction that names it (rule 1)."""
    config.blobs.mkdir(mode=0o700, exist_ok=True)
    if not (config.blobs / blob.sha256).exists():
        durable.write(config.blobs / blob.sha256, data)


def name(connection: Connection, item_id: str, version: int, attachments: Iterable[Attachment]) -> None:
    """Note exactly these files as those of a text; `version` 0 is the working text."""
    connection.execute(delete(attached).where(attached.c.item == item_id, attached.c.version == version))
    rows = [{"item": item_id, "version": version, "sha256": a.sha256, "length": a.length} for a in attachments]
    if rows:
        connection.execute(insert(attached), rows)


def drop_unnamed(config: Config, connection: Connection, hashes: Iterable[str]) -> None:
    """Remove those of the files that no text names any more (rule 3), in a transaction that changes nothing else."""
    for sha256 in hashes:
        if not connection.execute(select(exists().where(attached.c.sha256 == sha256))).scalar():
            (config.blobs / sha256).unlink(missing_ok=True)


def lost(config: Config, attachments: Iterable[Attachment], *, thorough: bool) -> str:
    """The name of the first file that is not here as it should be, empty when all are; `thorough` hashes them."""
    for one in attachments:
        path = config.blobs / one.sha256
        try:
            if path.stat().st_size != one.length:
                return one.name
            if thorough:
                check(path, one.blob)
        except (FileNotFoundError, Unverified):
            return one.name
    return ""


def hashes_of(connection: Connection, item_id: str) -> tuple[str, ...]:
    """Every file that any text of an item names."""
    wanted = select(attached.c.sha256).where(attached.c.item == item_id).distinct()
    return tuple(connection.execute(wanted.order_by(attached.c.sha256)).scalars())


def every(connection: Connection) -> tuple[Blob, ...]:
    """Every file that should be here."""
    wanted = select(attached.c.sha256, attached.c.length).distinct().order_by(attached.c.sha256)
    return tuple(Blob(row.sha256, row.length) for row in connection.execute(wanted))


def tidy(config: Config, connection: Connection) -> None:
    """Remove what a crash left, in a transaction that changes nothing else (rule 1)."""
    named = set(connection.execute(select(attached.c.sha256).distinct()).scalars())
    for path in config.blobs.iterdir() if config.blobs.is_dir() else ():
        if path.name not in named:
            path.unlink()
