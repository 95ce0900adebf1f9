"""From the bytes somebody hands over to a file that may be attached.

1. What a file is, its bytes say: not its name, and not what a browser claims. Only PNG, JPEG and PDF are taken.
2. A picture is made anew (pictures). Of a PDF only the frame is looked at: it begins as one, it ends as one, and behind
   its end is nothing, so that no other kind of file hides there. What is inside a PDF stays as its author made it.
3. A name is one line that can be seen. Without one a file is called as it was on the disk it came from.
"""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Attachment, Type, Use, is_name, uses
from content_sync.domain.errors import BadInput
from display_server.authoring.attaching.pictures import cleaned

_signs: tuple[tuple[bytes, Type], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)
_pdf_end, _blank = b"%%EOF", b"\0\t\n\f\r "
_mega = 1_000_000


@dataclass(frozen=True)
class Prepared:
    """An attachment with its bytes, which no draft names yet."""

    attachment: Attachment
    data: bytes


def prepared(data: bytes, file_name: str, name: str = "", use: str = "") -> Prepared:
    """The file to attach. Raises BadInput with the sentence for whoever handed it over."""
    if len(data) > limits.blob_bytes_max:
        raise _too_long()
    kind = next((kind for sign, kind in _signs if data.startswith(sign)), None)  # rule 1
    if kind is None:
        raise BadInput("只能附 PNG 或 JPEG 图片和 PDF 文件：别的请先转换（手机的 HEIC 照片请先存成 JPEG）。")
    width = height = 0
    if kind == "application/pdf":
        _check_pdf(data)
    else:
        made = cleaned(data, "PNG" if kind == "image/png" else "JPEG")
        data, width, height = made.data, made.width, made.height
        if len(data) > limits.blob_bytes_max:
            raise _too_long()
    shown = _use(use, kind)
    sha256, called = hashlib.sha256(data).hexdigest(), _name(name or _last(file_name))
    return Prepared(Attachment(sha256, len(data), kind, called, shown, width, height), data)


def _check_pdf(data: bytes) -> None:
    """Rule 2."""
    if data[5:7] not in (b"1.", b"2."):
        raise BadInput("这个 PDF 的开头不对：请在电脑上打开看看，另存以后再附。")
    if _pdf_end not in data[-limits.pdf_tail_bytes :]:
        raise BadInput("这个 PDF 不完整：没有结尾。请重新传一次，或另存以后再附。")
    if data.rpartition(_pdf_end)[2].strip(_blank):
        raise BadInput("这个 PDF 的末尾后面还有别的东西：请用阅读软件另存以后再附。")


def _use(use: str, kind: Type) -> Use:
    if not use:
        return "file" if kind == "application/pdf" else "photo"
    if use not in uses:
        raise BadInput(f"没有“{use}”这种用途：可以是 {'、'.join(uses)}。")
    if use in ("page", "photo") and kind == "application/pdf":
        raise BadInput("PDF 不是图片：用途请选表格或文件。")
    return use  # type: ignore[return-value]  # one of the keys by the test above


def _name(text: str) -> str:
    """Rule 3."""
    name = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    name = name[: limits.attachment_name_chars_max].strip()
    if not is_name(name):
        raise BadInput("附件没有名称：请写上读者看得懂的名称。")
    return name


def _last(path: str) -> str:
    """The file's own name, whatever system it came from."""
    return PureWindowsPath(PurePosixPath(path).name).name


def _too_long() -> BadInput:
    return BadInput(f"文件超过 {limits.blob_bytes_max // _mega} MB：请压缩，或分成几份再附。")
