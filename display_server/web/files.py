"""Attached files for readers: what stands in a page of them, and handing one out.

1. The bytes are hashed again before they are handed out; other bytes are handed to nobody (promise 4).
2. A picture is shown in the page, a PDF is taken along under its name. Neither can run anything here: the browser is
   told the type, not to guess another one, and to treat the file as nobody's page.
3. Who may see it is asked by the page that hands it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Response, abort, request

from content_sync.blobs import read
from content_sync.domain.disclosure.attachments import Attachment, uses
from content_sync.domain.errors import Unverified

_types = {"image/png": "PNG", "image/jpeg": "JPEG", "application/pdf": "PDF"}
_kilo, _mega = 1_000, 1_000_000
_endings = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}


@dataclass(frozen=True)
class File:
    """An attached file as a reader sees it: `what` it is and how large, in words."""

    attachment: Attachment
    what: str


def files_of(attachments: Iterable[Attachment]) -> tuple[File, ...]:
    """Attached files for a page, in their order."""
    return tuple(File(one, _what(one)) for one in attachments)


def file_line(attachment: Attachment) -> str:
    """One file as a line of text, another one whenever its bytes are."""
    return f"附件 {attachment.name}（{_what(attachment)}，指纹 {attachment.sha256[:12]}）"


def handed_out(path: Path, attachment: Attachment) -> Response:
    """The file as an answer. :raise 404: it is not here, or is not the attached one."""
    try:
        response = Response(read(path, attachment.blob), mimetype=attachment.type)  # rule 1: the very bytes
    except (FileNotFoundError, Unverified):
        abort(404)
    response.set_etag(attachment.sha256)
    response.make_conditional(request, accept_ranges=True, complete_length=attachment.length)
    how = "inline" if attachment.is_picture else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(file_name(attachment), safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"  # rule 2
    return response


def file_name(attachment: Attachment) -> str:
    """The name on somebody's disk: what people call it, with the ending of what it is."""
    ending = _endings[attachment.type]
    bare = "".join(char if char not in '/\\:*?"<>|' else "_" for char in attachment.name)
    known = (*_endings.values(), ".jpeg")
    stem = next((bare[: -len(one)] for one in known if bare.lower().endswith(one)), bare)
    return (stem.strip(" .") or attachment.sha256[:8]) + ending


def _what(attachment: Attachment) -> str:
    size = attachment.length
    told = f"{size / _mega:.1f} MB" if size >= _mega else f"{-(-size // _kilo)} KB"
    measure = f"{attachment.width}×{attachment.height}，" if attachment.width else ""
    return f"{uses[attachment.use]}，{_types[attachment.type]}，{measure}{told}"
