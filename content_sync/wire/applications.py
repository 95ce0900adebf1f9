"""An application sealed for the server's records key, on the device, at once (promise 12).

1. The seal is a libsodium sealed box in base64, inside the record: the device cannot read it back, no relay can read
   it, and it stays sealed in the server's database. Only the records key opens it.
2. What it holds is canonical JSON of domain.cases.askings. Fields that this program does not know are passed over.

Sealing takes chance from libsodium; nothing here reads a clock or a file.
"""

import base64
import binascii

from content_sync.domain.cases.askings import Asking, checked
from content_sync.domain.errors import BadInput, Unverified
from content_sync.wire import canonical


def seal(asking: Asking, server_key: bytes) -> str:
    """The application, sealed for the server with this records key (its public half)."""
    from nacl.public import SealedBox
    from nacl.signing import VerifyKey

    box = SealedBox(VerifyKey(server_key).to_curve25519_public_key())
    return base64.b64encode(box.encrypt(canonical.dump(vars(asking)))).decode()


def unseal(text: str, records_seed: bytes) -> Asking:
    """The application. Raises Unverified when it was not sealed for this key, or is damaged, or is none."""
    from nacl.exceptions import CryptoError
    from nacl.public import SealedBox
    from nacl.signing import SigningKey

    try:
        data = base64.b64decode(text, validate=True)
        plain = SealedBox(SigningKey(records_seed).to_curve25519_private_key()).decrypt(data)
        return checked(canonical.load(plain, "application"))
    except (CryptoError, binascii.Error, ValueError, TypeError) as error:
        raise Unverified("This application is damaged, or was sealed for another server.") from error
    except BadInput as error:
        raise Unverified(f"This application cannot be read: {error}") from error
