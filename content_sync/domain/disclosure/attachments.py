"""What is attached to an item: pictures of its pages, photos, forms to fill in, files to take.

1. An attachment names its bytes by SHA-256 and length; no other bytes are ever shown or given out in its place.
2. It is a PNG, a JPEG or a PDF: what screens draw and phones open. Nothing else is attached.
3. `use` says what it is to the reader: a page of the item itself, a photo, a form to fill in, a file to take along.
4. `name` is one line that people see. `width` and `height` (pixels) and `pages` are 0 when nobody counted.
5. An item names a file once, and at most `limits.attachments_max` files of bounded length, each and all together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from content_sync.domain import limits

Type = Literal["image/png", "image/jpeg", "application/pdf"]
Use = Literal["page", "photo", "form", "file"]
uses: dict[str, str] = {"page": "页面图片", "photo": "照片", "form": "表格", "file": "文件"}
_hash = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, order=True)
class Blob:
    """A file by its content: SHA-256 in lower-case hex, length in bytes."""

    sha256: str
    length: int


@dataclass(frozen=True)
class Attachment:
    """One attached file (rules 1–4)."""

    sha256: str
    length: int
    type: Type
    name: str
    use: Use
    width: int = 0
    height: int = 0
    pages: int = 0

    @property
    def blob(self) -> Blob:
        """Its bytes, by name."""
        return Blob(self.sha256, self.length)

    @property
    def is_picture(self) -> bool:
        """Whether a screen can draw it as it is."""
        return self.type != "application/pdf"


def fault(attachment: Attachment) -> str:
    """What is wrong with one attachment by itself, empty when nothing is."""
    if _hash.fullmatch(attachment.sha256) is None:
        return "its sha256 is not 64 lower-case hexadecimal digits"
    if not 0 < attachment.length <= limits.blob_bytes_max:
        return f"its length is not from 1 to {limits.blob_bytes_max} bytes"
    if not is_name(attachment.name):
        return f"its name is not one line of 1 to {limits.attachment_name_chars_max} characters that can be seen"
    if min(attachment.width, attachment.height, attachment.pages) < 0:
        return "its measures are negative"
    return ""


def faults_together(attachments: Sequence[Attachment]) -> str:
    """What is wrong with the attachments of one item together (rule 5), empty when nothing is."""
    if len(attachments) > limits.attachments_max:
        return f"has {len(attachments)} attachments; {limits.attachments_max} are allowed"
    if len({one.sha256 for one in attachments}) != len(attachments):
        return "names an attachment twice"
    if sum(one.length for one in attachments) > limits.item_blob_bytes_max:
        return f"has attachments of more than {limits.item_blob_bytes_max} bytes together"
    return ""


def is_hash(text: str) -> bool:
    """Whether this is the name of a blob: nothing else ever becomes a path."""
    return _hash.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether people can read this as the name of a file (rule 4); no letter of it turns the others around."""
    return text.strip() == text != "" and len(text) <= limits.attachment_name_chars_max and text.isprintable()
