"""Records on a stick, sealed for the server, and the server's receipt for them.

1. A device signs its batch with its own key, always, and then seals it: whoever finds the stick reads nothing, and
   the device itself cannot read it back. It is sealed for the server's records key, which the directory signs.
2. The records key is one Ed25519 seed. Its Curve25519 form opens what was sealed; its own form signs receipts, under
   a prefix of their own, so that no signature can stand for anything else.
3. A receipt names the device and its key, so it is of no use to another device, nor to the next one of that name.
   A receipt that is read again says only what is true for ever: these records were taken, those will never be.

Sealing takes chance from libsodium; nothing here reads a clock or a file.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unverified
from content_sync.domain.ids import is_id
from content_sync.wire import canonical

_receipt_prefix = b"gongkailan receipt 1\n"
_mark_chars = 8


@dataclass(frozen=True)
class Opened:
    """A batch as it came out of its seal: who says to have signed it, the signature, the exact bytes."""

    device: str
    signature: str
    batch: bytes


@dataclass(frozen=True)
class Receipt:
    """What became of a device's records: ids taken, and ids never to be taken with the reason of each."""

    device: str
    mark: str
    taken: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def public_half(seed: bytes) -> bytes:
    """The public key of an Ed25519 seed."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(seed).verify_key)


def mark_of(public_key: bytes) -> str:
    """A short name of a key, safe in file names; it tells keys apart and proves nothing."""
    return hashlib.sha256(public_key).hexdigest()[:_mark_chars]


def seal(batch: bytes, device: str, seed: bytes, server_key: bytes) -> bytes:
    """A batch signed with the device's seed and sealed for the server's records key (rule 1)."""
    from nacl.public import SealedBox
    from nacl.signing import SigningKey, VerifyKey

    signature = base64.b64encode(SigningKey(seed).sign(batch).signature).decode()
    head = canonical.dump({"device": device, "signature": signature})
    return SealedBox(VerifyKey(server_key).to_curve25519_public_key()).encrypt(head + b"\n" + batch)


def unseal(data: bytes, records_seed: bytes) -> Opened:
    """What was sealed for this server; Unverified when it was not, or was damaged. The signature is not checked."""
    from nacl.exceptions import CryptoError
    from nacl.public import SealedBox
    from nacl.signing import SigningKey

    try:
        plain = SealedBox(SigningKey(records_seed).to_curve25519_private_key()).decrypt(data)
    except (CryptoError, ValueError, TypeError) as error:
        raise Unverified("It is damaged, or sealed for another server.") from error
    head, _, batch = plain.partition(b"\n")
    try:
        said: Any = canonical.load(head, "its first line")
    except BadInput as error:
        raise Unverified(f"It was sealed by something else than a device: {error}") from error
    if not isinstance(said, dict) or not is_id(said.get("device")) or not isinstance(said.get("signature"), str):
        raise Unverified("It does not say which device signed it.")
    return Opened(said["device"], said["signature"], batch)


def receipt_bytes(receipt: Receipt, records_seed: bytes) -> bytes:
    """A receipt, signed with the records key (rule 2)."""
    from nacl.signing import SigningKey

    body = canonical.dump(
        {
            "device": receipt.device,
            "mark": receipt.mark,
            "taken": list(receipt.taken),
            "refused": [list(pair) for pair in receipt.refused],
        }
    )
    signature = SigningKey(records_seed).sign(_receipt_prefix + body).signature
    return base64.b64encode(signature) + b"\n" + body


def parse_receipt(data: bytes, server_key: bytes) -> Receipt:
    """A receipt of the server with this records key; Unverified when it is not (rule 2)."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    signature, _, body = data.partition(b"\n")
    try:
        VerifyKey(server_key).verify(_receipt_prefix + body, base64.b64decode(signature, validate=True))
        plain = canonical.load(body, "receipt")
    except (CryptoError, binascii.Error, ValueError, BadInput) as error:
        raise Unverified("The receipt on the stick is not the server's, or was damaged; it was not used.") from error
    return _receipt(plain)


def _receipt(plain: Any) -> Receipt:
    taken, refused = (plain.get("taken"), plain.get("refused")) if isinstance(plain, dict) else (None, None)
    if (
        not isinstance(taken, list)
        or not isinstance(refused, list)
        or len(taken) + len(refused) > limits.receipt_records_max
        or not all(isinstance(one, str) for one in taken)
        or not all(isinstance(pair, list) and [type(part) for part in pair] == [str, str] for pair in refused)
    ):
        raise Unverified("The receipt on the stick is of a form this device does not know; update its software.")
    pairs = tuple((str(record), str(reason)) for record, reason in refused)
    return Receipt(str(plain.get("device")), str(plain.get("mark")), tuple(taken), pairs)
