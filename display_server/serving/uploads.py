"""Which requests may bring a file to attach, and so more bytes than any other.

The address alone says so: it is known before a byte of the body is read, by the process that waits for the body and by
the application that reads it. Who may attach is asked afterwards, as everywhere.
"""

import re

from content_sync.domain import limits

_attach = re.compile(
    rb"/content/items/[a-z0-9_-]{1,40}/attachments|/applications/[0-9-]{1,20}/files|/reports/[0-9-]{1,20}/pictures"
)
_head = re.compile(rb"POST ([^ ]{1,400}) HTTP/1\.[01]\r\n")


def body_bytes_max(method: str, path: str) -> int:
    """How long the body of a request may be."""
    upload = method == "POST" and _attach.fullmatch(path.encode()) is not None
    return limits.upload_bytes_max if upload else limits.request_bytes_max


def body_bytes_max_of(head: bytes) -> int:
    """The same for a request as it came, `head` beginning with its first line."""
    found = _head.match(head)
    upload = found is not None and _attach.fullmatch(found[1].partition(b"?")[0]) is not None
    return limits.upload_bytes_max if upload else limits.request_bytes_max
