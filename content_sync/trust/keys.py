"""Signing keys: raw Ed25519 seeds, one file per key under `keys/<channel>/`, readable by the owner only.

1. Each channel has its own keys; no key is ever shared between channels (a shared online key lets one channel's
   timestamp poison another's).
2. Roles: `root-1` `root-2` `root-3` (two must sign), `targets`, `online` (snapshot and timestamp), `withdrawal`.
"""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner

from content_sync import durable
from content_sync.domain.errors import Broken

root_roles = ("root-1", "root-2", "root-3")
root_threshold = 2
seed_bytes = 32


def made(folder: Path, role: str) -> CryptoSigner:
    """The signer of a role, made now when the key does not exist yet."""
    path = _path(folder, role)
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.write(path, Ed25519PrivateKey.generate().private_bytes_raw(), mode=0o600)
    return loaded(folder, role)


def loaded(folder: Path, role: str) -> CryptoSigner:
    """The signer of a role; Broken when its key is missing or damaged."""
    path = _path(folder, role)
    try:
        seed = path.read_bytes()
    except FileNotFoundError as error:
        raise Broken(f"The key {path} is missing; restore it from the backup of the keys.") from error
    if len(seed) != seed_bytes:
        raise Broken(f"The key {path} is damaged; restore it from the backup of the keys.")
    return CryptoSigner(Ed25519PrivateKey.from_private_bytes(seed))


def _path(folder: Path, role: str) -> Path:
    return folder / f"{role}.key"
