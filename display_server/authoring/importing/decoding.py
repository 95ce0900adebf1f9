"""File bytes → text, whatever old program wrote them.

1. A byte order mark decides; then UTF-8, UTF-16 without a mark, and last GB18030, which older office programs write.
2. A UTF-8 file with a few broken characters stays UTF-8: the lost ones are marked and pointed out later.
3. Anything but plain UTF-8 is told, so that a person looks whether the characters are right.
"""

import codecs

from content_sync.domain.disclosure.lint import Finding
from content_sync.domain.errors import BadInput

_marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_binary_starts = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8")
_lost_share_max = 1 / 200  # of the characters; GB18030 text read as UTF-8 loses about half


def decoded(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file; BadInput when it is none."""
    if data.startswith(_binary_starts):
        raise BadInput("这不是纯文本文件（内容像文档、图片或压缩包）：请另存为 UTF-8 文本后再导入。")
    encoding = next((name for mark, name in _marks if data.startswith(mark)), "") or _guess(data)
    if not encoding:
        raise BadInput("认不出这个文件的文字编码：请另存为 UTF-8 文本后再导入。")
    text = data.decode(encoding, errors="replace")
    if encoding.startswith("utf-8"):
        return text, ()
    shown = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(encoding, "GB18030")
    return text, (Finding("A15.7-encoding", f"文件不是 UTF-8，已按 {shown} 读取：请看看有没有乱码。", 1),)


def _guess(data: bytes) -> str:
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= len(text) * _lost_share_max and "\x00" not in text:  # rule 2
        return "utf-8"
    for encoding in ("utf-16-le", "utf-16-be"):
        if b"\x00" in data and _reads(data, encoding):
            return encoding
    return "gb18030" if b"\x00" not in data and _reads(data, "gb18030") else ""


def _reads(data: bytes, encoding: str) -> bool:
    """Whether the bytes decode without loss and mean something: hardly any unassigned or private characters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    odd = sum(not char.isprintable() and char not in "\r\n\t\x0c\u3000\xa0" for char in text)
    return odd <= len(text) * _lost_share_max
