"""Files to attach in tests: bytes by a word, the attachment that names them, items that carry them."""

import hashlib
from pathlib import Path
from typing import Any

from content_sync.domain.disclosure.attachments import Attachment
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import County


def file(word: str, size: int = 1_000) -> bytes:
    """Bytes that nobody else has, `size` of them; the same for the same word."""
    return (hashlib.sha256(word.encode()).digest() * (size // 32 + 1))[:size]


def attachment(data: bytes, **changes: Any) -> Attachment:
    """What an item says of a photo with these bytes."""
    facts = {"sha256": hashlib.sha256(data).hexdigest(), "length": len(data)}
    return Attachment(**{**facts, "type": "image/jpeg", "name": "修好的桥.jpg", "use": "photo", **changes})


def body(item_id: str, *files: bytes, **changes: Any) -> bytes:
    """The canonical bytes of an item with these files attached."""
    channel = changes.get("channel", "qinghe")
    facts = {"id": item_id, "unit": channel, "attachments": tuple(map(attachment, files)), **changes}
    return item_bytes(item(**facts))


def put(county: County, channel: str, *files: bytes) -> Path:
    """Lay files into the tree of a channel, as a publication does; the place of the last one."""
    place = county.repo / channel / "blobs"
    place.mkdir(exist_ok=True)
    for data in files:
        place = county.repo / channel / "blobs" / hashlib.sha256(data).hexdigest()
        place.write_bytes(data)
    return place
