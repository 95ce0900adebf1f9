"""Key files that people carry: a private key sealed by a passphrase, and the public half beside it.

1. A key file holds an Ed25519 seed in a NaCl secret box, and with a root key what it remembers. The box's key comes
   from the passphrase by Argon2id, whose costs stand in the file and are bounded when it is read: a forged file may not
   eat the machine.
2. The public half stands in clear, so that a list needs no passphrase; a key that gives another one is refused.
3. A public file (`.pub`) holds the public half alone.
4. A fingerprint is of the public key itself, never of a name that somebody gave it: nobody can choose what is compared.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import spelled
from content_sync.trust import keys
from content_sync.wire import canonical, shapes


@dataclass(frozen=True)
class Sealed:
    """A private key as it lies on a stick; bytes in hexadecimal."""

    kind: Literal["gongkailan private key"]
    name: str
    public: str
    salt: str
    rounds: int
    memory: int
    box: str


@dataclass(frozen=True)
class Opened:
    """A key that can sign, and what it remembers of the first root of its repository (trust.requests rule 3)."""

    signer: CryptoSigner
    first_root: str


@dataclass(frozen=True)
class Public:
    """A public key as it is handed over."""

    kind: Literal["gongkailan public key"]
    name: str
    public: str


_T = TypeVar("_T", Sealed, Public)


def sealed(seed: bytes, name: str, passphrase: str, first_root: str = "") -> bytes:
    """A key file (rule 1). Raises Refused for a passphrase that is too short."""
    from nacl import secret, utils
    from nacl.pwhash import argon2id

    if len(passphrase) < limits.passphrase_chars_min:
        raise Refused(f"A passphrase has at least {limits.passphrase_chars_min} characters; choose a longer one.")
    salt = utils.random(argon2id.SALTBYTES)
    key = _stretched(passphrase, salt, limits.passphrase_rounds, limits.passphrase_memory_bytes)
    box = secret.SecretBox(key).encrypt(seed + bytes.fromhex(first_root))
    costs = (limits.passphrase_rounds, limits.passphrase_memory_bytes)
    public = _raw(keys.signer_of(seed).public_key).hex()
    file = Sealed("gongkailan private key", name, public, salt.hex(), *costs, bytes(box).hex())
    return canonical.dump(shapes.to_plain(file))


def opened(data: bytes, passphrase: Callable[[], str]) -> Opened:
    """The key of a key file, or a server's raw key. Raises BadInput, or Refused for a wrong passphrase."""
    if len(data) == keys.seed_bytes:
        return Opened(keys.signer_of(data), "")
    file = _parsed(Sealed, data, "The key file")
    if not (1 <= file.rounds <= limits.passphrase_rounds_max and 0 < file.memory <= limits.passphrase_memory_bytes_max):
        raise BadInput("The key file asks for more work than any of ours; it was not made here.")
    return _unsealed(file, passphrase())


def public_file(key: Key, name: str) -> bytes:
    """A public file (rule 3)."""
    return canonical.dump(shapes.to_plain(Public("gongkailan public key", name, _raw(key).hex())))


def public_key(data: bytes) -> tuple[str, Key]:
    """The name and the key of a public file. Raises BadInput."""
    file = _parsed(Public, data, "The public key file")
    return file.name, _key(bytes.fromhex(file.public))


def fingerprint(key: Key) -> str:
    """What people compare of a key (rule 4): four groups of four characters."""
    letters = spelled(hashlib.sha256(_raw(key)).digest()[: limits.key_fingerprint_bytes])
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def is_plain(key: Key) -> bool:
    """Whether this is an Ed25519 key under its own id; the same key under two ids would count as two signers."""
    try:
        return key == _key(_raw(key))
    except ValueError:
        return False


def _unsealed(file: Sealed, passphrase: str) -> Opened:
    from nacl import exceptions, secret

    try:
        key = _stretched(passphrase, bytes.fromhex(file.salt), file.rounds, file.memory)
        plain = secret.SecretBox(key).decrypt(bytes.fromhex(file.box))
        signer = keys.signer_of(plain[: keys.seed_bytes])
    except (exceptions.CryptoError, ValueError) as error:
        raise Refused(f"The key {file.name} does not open: the passphrase is wrong, or the file is damaged.") from error
    if _raw(signer.public_key).hex() != file.public:
        raise BadInput(f"The key file {file.name} holds another key than it says; take its copy.")
    return Opened(signer, plain[keys.seed_bytes :].hex())


def _stretched(passphrase: str, salt: bytes, rounds: int, memory: int) -> bytes:
    from nacl import secret
    from nacl.pwhash import argon2id

    return argon2id.kdf(secret.SecretBox.KEY_SIZE, passphrase.encode(), salt, opslimit=rounds, memlimit=memory)


def _parsed(kind: type[_T], data: bytes, what: str) -> _T:
    if len(data) > limits.key_file_bytes_max:
        raise BadInput(f"{what} is longer than any of ours; name the right file.")
    file = shapes.from_plain(kind, canonical.load(data, what), what)
    try:
        is_key = len(bytes.fromhex(file.public)) == keys.seed_bytes
    except ValueError:
        is_key = False
    if not is_key:
        raise BadInput(f"{what} holds no key; take its copy.")
    return file


def _key(raw: bytes) -> SSlibKey:
    return SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(raw))


def _raw(key: Key) -> bytes:
    return bytes.fromhex(key.keyval["public"])
