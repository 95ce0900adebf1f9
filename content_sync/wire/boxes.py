"""Sealed boxes: what one device says to the server's records key alone, as text inside a record (promise 12).

A libsodium sealed box in base64. The device cannot read it back, no relay can read it; only the records key opens it.
Sealing takes chance from libsodium; nothing here reads a clock or a file.
"""

import base64
import binascii

from content_sync.domain.errors import Unverified


def seal(data: bytes, server_key: bytes) -> str:
    """The bytes, sealed for the server with this records key (its public half)."""
    from nacl.public import SealedBox
    from nacl.signing import VerifyKey

    box = SealedBox(VerifyKey(server_key).to_curve25519_public_key())
    return base64.b64encode(box.encrypt(data)).decode()


def unseal(text: str, records_seed: bytes) -> bytes:
    """What was sealed. Raises Unverified when it was not sealed for this key, or is damaged."""
    from nacl.exceptions import CryptoError
    from nacl.public import SealedBox
    from nacl.signing import SigningKey

    try:
        data = base64.b64decode(text, validate=True)
        return SealedBox(SigningKey(records_seed).to_curve25519_private_key()).decrypt(data)
    except (CryptoError, binascii.Error, ValueError, TypeError) as error:
        raise Unverified("It is damaged, or was sealed for another server.") from error
