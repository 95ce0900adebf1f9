"""Files that the signed state of a channel names by hash and length; nothing else of a tree is ever asked for."""

import hashlib
from dataclasses import dataclass

from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.errors import Unverified
from content_sync.ports import Fetcher
from content_sync.wire.editions import Base, Delta


@dataclass(frozen=True)
class Named:
    """A file below the tree: its path, what SHA-256 it has, and how many bytes."""

    path: str
    sha256: str
    length: int


def pack_of(channel: str, pack: Base | Delta) -> Named:
    """The file of a base pack or a delta."""
    kind = "zst" if isinstance(pack, Base) else "delta"
    return Named(f"{channel}/packs/{pack.sha256}.{kind}", pack.sha256, pack.length)


def blob_of(channel: str, blob: Blob) -> Named:
    """An attached file in the tree of a channel whose items name it (wire.attachments)."""
    return Named(f"{channel}/blobs/{blob.sha256}", blob.sha256, blob.length)


def fetched(fetcher: Fetcher, named: Named) -> bytes:
    """The bytes of a named file. Raises Unverified when they are others, or are not there; Unreachable."""
    try:
        data = fetcher.fetch(named.path, named.length)
    except FileNotFoundError as error:
        raise missing(named) from error
    except Unverified as error:
        raise Unverified(f"{named.path} cannot be taken: {error} Its publisher or relay must mend it.") from error
    if len(data) != named.length or hashlib.sha256(data).hexdigest() != named.sha256:
        raise Unverified(f"{named.path} is not the signed file; its publisher or relay must mend it.")
    return data


def missing(named: Named) -> Unverified:
    """The refusal of a tree without a file that its own signed state names."""
    return Unverified(f"The tree lacks {named.path}, which is signed; its publisher or relay must mend it.")
