"""Sealed boxes: what is said to the server's records key alone (promise 12), as bytes, or as text inside a record.

A libsodium sealed box, as text in base64. Who sealed it cannot read it back, nor can a relay: only the records key can.
Sealing takes chance from libsodium; nothing here reads a clock or a file.
"""

import base64
import binascii

from content_sync.domain.errors import Unverified

_damaged = "It is damaged, or was sealed for another server."


def seal(data: bytes, server_key: bytes) -> str:
    """The bytes, sealed as text for the server with this records key (its public half)."""
    return base64.b64encode(seal_bytes(data, server_key)).decode()


def unseal(text: str, records_seed: bytes) -> bytes:
    """What was sealed. Raises Unverified when it was not sealed for this key, or is damaged."""
    try:
        return unseal_bytes(base64.b64decode(text, validate=True), records_seed)
    except (binascii.Error, ValueError) as error:
        raise Unverified(_damaged) from error


def seal_bytes(data: bytes, server_key: bytes) -> bytes:
    """The bytes, sealed for the server with this records key (its public half)."""
    from nacl.public import SealedBox
    from nacl.signing import VerifyKey

    return SealedBox(VerifyKey(server_key).to_curve25519_public_key()).encrypt(data)


def unseal_bytes(data: bytes, records_seed: bytes) -> bytes:
    """What was sealed. Raises Unverified when it was not sealed for this key, or is damaged."""
    from nacl.exceptions import CryptoError
    from nacl.public import SealedBox
    from nacl.signing import SigningKey

    try:
        return SealedBox(SigningKey(records_seed).to_curve25519_private_key()).decrypt(data)
    except (CryptoError, ValueError, TypeError) as error:
        raise Unverified(_damaged) from error
