"""TUF metadata as values: parsing it, beginning it, and how files and expiries are named."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError

from content_sync.domain.errors import Broken

_T = TypeVar("_T", Root, Snapshot, Targets, Timestamp)


def target_name(target: TargetFile, name: str) -> str:
    """The file of a target: its hash and its name."""
    return f"{target.hashes['sha256']}.{name}"


def expiry(now: datetime, days: int) -> datetime:
    """So many days from now, in whole seconds of UTC as TUF wants it."""
    return now.astimezone(UTC).replace(microsecond=0) + timedelta(days=days)


def first(signed: _T) -> _T:
    """Nothing published yet: the first version will be 1."""
    signed.version = 0
    return signed


def parsed(kind: type[_T], data: bytes) -> _T:
    """Our own metadata of one kind. Raises Broken when the file was damaged."""
    try:
        signed = Metadata[_T].from_bytes(data).signed
    except DeserializationError as error:
        raise Broken(f"A {kind.type} file of the tree is damaged ({error}): restore a backup.") from error
    if not isinstance(signed, kind):
        raise Broken(f"A {kind.type} file of the tree holds something else: restore a backup.")
    return signed
