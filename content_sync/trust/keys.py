"""Signing keys: raw Ed25519 seeds, one file per key under `keys/<channel>/`, readable by the owner only.

1. Each channel has its own keys; no key is ever shared between channels (a shared online key lets one channel's
   timestamp poison another's).
2. Roles: `root-1` `root-2` `root-3` (two must sign), `targets`, `online` (snapshot and timestamp), `withdrawal`.
3. The signed metadata says which key signs for a role; the folder is only searched for it. So a rotation that was cut
   between two files leaves no doubt about which key is the right one.
4. `next/` holds keys that were made for a role before any signed metadata names them.
5. A key that signs nothing any more is overwritten before it is removed. On flash media that is a hope, not a promise:
   a key that somebody may have read is a stolen key, and is rotated.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner

from content_sync import durable
from content_sync.domain.errors import Broken

root_roles = ("root-1", "root-2", "root-3")
root_threshold = 2
key_files = (*root_roles, "targets", "online", "withdrawal")
seed_bytes = 32


def made(folder: Path, role: str) -> CryptoSigner:
    """The signer of a role, made now when the key does not exist yet."""
    path = file_of(folder, role)
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.write(path, new_seed(), mode=0o600)
    return loaded(folder, role)


def loaded(folder: Path, role: str) -> CryptoSigner:
    """The signer of a role; Broken when its key is missing or damaged."""
    try:
        return signer_of(file_of(folder, role).read_bytes())
    except (FileNotFoundError, ValueError) as error:
        raise missing(folder, role) from error


def missing(folder: Path, role: str) -> Broken:
    """The sentence for a key that should sign and is not here, or not whole."""
    path = file_of(folder, role)
    if path.exists() and path.stat().st_size != seed_bytes:
        return Broken(f"The key {path} is damaged; restore it from the backup of the keys.")
    return Broken(
        f"The key {path} is not on this machine: restore it from the backup of the keys, or, when it is kept "
        "elsewhere, have it sign there (display-server keys request)."
    )


def prepared(folder: Path) -> CryptoSigner:
    """A new key in `next/`, which signs once the metadata names it (rules 3 and 4)."""
    seed = new_seed()
    signer = signer_of(seed)
    (folder / "next").mkdir(mode=0o700, exist_ok=True)
    durable.write(folder / "next" / f"{signer.public_key.keyid}.key", seed, mode=0o600)
    return signer


def path_of(folder: Path, keyid: str) -> Path | None:
    """Where the private key with this id lies, None when it is not on this machine (rule 3)."""
    return next((path for path, signer in every(folder) if signer.public_key.keyid == keyid), None)


def found(folder: Path, keyid: str) -> CryptoSigner | None:
    """The signer with this id, None when its key is not on this machine (rule 3)."""
    return next((signer for _, signer in every(folder) if signer.public_key.keyid == keyid), None)


def settled(folder: Path, named: dict[str, str]) -> None:
    """Have each key that signs (`named`: role → key id) lie under its role's name, and end every other one (rule 5)."""
    for path, signer in list(every(folder)):
        if signer.public_key.keyid not in named.values():
            destroy(path)
    for role, keyid in named.items():
        lying, place = path_of(folder, keyid), file_of(folder, role)
        if lying is not None and lying != place:
            lying.replace(place)
    durable.settle(folder)


def destroy(path: Path) -> None:
    """Overwrite and remove a key file (rule 5)."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    durable.settle(path.parent)


def new_seed() -> bytes:
    """A new private key that nobody can guess."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def signer_of(seed: bytes) -> CryptoSigner:
    """The signer of a raw seed. Raises ValueError when it is none."""
    if len(seed) != seed_bytes:
        raise ValueError(f"a key has {seed_bytes} bytes")
    return CryptoSigner(Ed25519PrivateKey.from_private_bytes(seed))


def file_of(folder: Path, role: str) -> Path:
    """Where the key of a role lies when it is on this machine."""
    return folder / f"{role}.key"


def every(folder: Path) -> Iterator[tuple[Path, CryptoSigner]]:
    """Every sound key of a channel with its file; a damaged one signs nothing, and `missing` names it."""
    for path in (*(file_of(folder, role) for role in key_files), *sorted((folder / "next").glob("*.key"))):
        seed = path.read_bytes() if path.exists() else b""
        if len(seed) == seed_bytes:
            yield path, signer_of(seed)
