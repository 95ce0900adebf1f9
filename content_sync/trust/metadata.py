"""TUF metadata as values: parsing it, beginning it, and how files and expiries are named."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.api.serialization.json import JSONSerializer

from content_sync.domain.errors import Broken

_T = TypeVar("_T", Root, Snapshot, Targets, Timestamp)


def target_name(target: TargetFile, name: str) -> str:
    """The file of a target: its hash and its name."""
    return f"{target.hashes['sha256']}.{name}"


def expiry(now: datetime, days: int) -> datetime:
    """So many days from now, in whole seconds of UTC as TUF wants it."""
    return now.astimezone(UTC).replace(microsecond=0) + timedelta(days=days)


def is_worn(signed: Root | Snapshot | Targets | Timestamp, now: datetime, days: int) -> bool:
    """Whether metadata that lives `days` has less than half of them before it, or more than all: a clock ran ahead."""
    return not timedelta(days=days / 2) <= signed.expires - now.astimezone(UTC) <= timedelta(days=days + 1)


def first(signed: _T) -> _T:
    """Nothing published yet: the first version will be 1."""
    signed.version = 0
    return signed


def whole(kind: type[_T], data: bytes) -> Metadata[_T]:
    """Our own metadata of one kind with its signatures. Raises Broken when the file was damaged."""
    try:
        metadata = Metadata[_T].from_bytes(data)
    except DeserializationError as error:
        raise Broken(f"A {kind.type} file of the tree is damaged ({error}): restore a backup.") from error
    if not isinstance(metadata.signed, kind):
        raise Broken(f"A {kind.type} file of the tree holds something else: restore a backup.")
    return metadata


def compact(metadata: Metadata[_T]) -> bytes:
    """Metadata as it is published."""
    return metadata.to_bytes(JSONSerializer(compact=True))


def is_signed(metadata: Metadata[Any], role: str, delegator: Root | Targets) -> bool:
    """Whether enough of the keys that `delegator` names have signed."""
    return delegator.get_verification_result(role, metadata.signed_bytes, metadata.signatures).verified
