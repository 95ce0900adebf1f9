"""Whether an item gets a code to scan, and how big it must be.

1. Only an item with a public https address has a code; without one nothing is printed (ARCHITECTURE §3).
2. A module is at least 8 px, so that a phone reads it across the room; a code that would not fit is left out.
3. The quiet zone of 4 modules on each side belongs to the code.
"""

from content_sync.domain import limits
from content_sync.domain.county import County
from content_sync.domain.disclosure.items import Item

# bytes that fit into versions 1, 2, 3 … at error correction M (ISO/IEC 18004)
_bytes_of_version = (14, 26, 42, 62, 84, 106, 122, 152, 180, limits.qr_bytes_max)


def payload(item: Item, county: County | None) -> str:
    """The address a phone reads for this item, or an empty string (rule 1)."""
    public = county.public_url.rstrip("/") if county else ""
    address = f"{public}/d/{item.id}" if public else item.link
    return address if address.startswith("https://") else ""


def side(text: str) -> int:
    """The side in px of the smallest readable code with its quiet zone (rules 2 and 3); 0 when it cannot be one."""
    size = len(text.encode())
    version = next((n for n, room in enumerate(_bytes_of_version, 1) if size <= room), 0)
    return limits.code_module_px_min * (17 + 4 * version + 8) if version and text else 0
