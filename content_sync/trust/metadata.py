"""TUF metadata as values: parsing it, beginning it, and how files and expiries are named."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp

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
    """Our own metadata of one kind."""
    signed = Metadata[_T].from_bytes(data).signed
    assert isinstance(signed, kind)
    return signed
