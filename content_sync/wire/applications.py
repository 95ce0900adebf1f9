"""An application sealed for the server's records key, on the device, at once (promise 12).

1. The seal is a box (wire.boxes) inside the record: the device cannot read it back, no relay can read it, and it stays
   sealed in the server's database. Only the records key opens it.
2. What it holds is canonical JSON of domain.cases.askings. Fields that this program does not know are passed over.
"""

from content_sync.domain.cases.askings import Asking, checked
from content_sync.domain.errors import BadInput, Unverified
from content_sync.wire import boxes, canonical


def seal(asking: Asking, server_key: bytes) -> str:
    """The application, sealed for the server with this records key (its public half)."""
    return boxes.seal(canonical.dump(vars(asking)), server_key)


def unseal(text: str, records_seed: bytes) -> Asking:
    """The application. Raises Unverified when it was not sealed for this key, or is damaged, or is none."""
    try:
        return checked(canonical.load(boxes.unseal(text, records_seed), "application"))
    except BadInput as error:
        raise Unverified(f"This application cannot be read: {error}") from error
