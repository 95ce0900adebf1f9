"""The first ceremony: a root key leaves the server for the stick of the person who keeps it.

1. The key is sealed by that person's passphrase, written to the stick and made durable, then read back from there and
   opened: only a copy that was seen to open counts.
2. Then the server's copy is overwritten and removed.
3. Another key's file is never overwritten. A ceremony that was cut after writing goes on when it is begun again.
"""

import os
from pathlib import Path

from content_sync import durable
from content_sync.domain.errors import Broken, Refused
from content_sync.trust import keys
from content_sync.trust.carried import opened, sealed
from content_sync.trust.roots import mark
from content_sync.trust.signing import Repository


def carried_name(channel: str, role: str) -> str:
    """The file of a key on its stick."""
    return f"{channel}.{role}.key"


def take_out(repository: Repository, role: str, place: Path, passphrase: str) -> Path:
    """Move the root key of a role into the folder `place`; its file there. Raises Refused, Broken, OSError."""
    channel, keys_folder = repository.folder.name, repository.keys_folder
    path, own = place / carried_name(channel, role), keys.file_of(keys_folder, role)
    signer, first = keys.loaded(keys_folder, role), mark(repository.tree.roots()[0])
    if not path.exists():
        durable.write(path, sealed(own.read_bytes(), f"{role} of {channel}", passphrase, first), mode=0o600)
    try:
        found = opened(_from_the_medium(path), lambda: passphrase).signer.public_key  # rule 1
    except Refused as error:
        raise Refused(
            f"{path} does not open with this passphrase; the server's copy stays. Use an empty stick, or the "
            "passphrase with which this file was made."
        ) from error
    if found != signer.public_key:
        raise Broken(f"{path} holds another key; the server's copy stays. Use an empty stick.")
    keys.destroy(own)  # rule 2
    return path


def _from_the_medium(path: Path) -> bytes:
    """What the stick really holds, not what memory still remembers of it."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()
