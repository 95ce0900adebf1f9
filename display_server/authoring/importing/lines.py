"""A text while it is being cleaned: lines that remember where they stood in the source."""

import re
from dataclasses import dataclass

from content_sync.domain.disclosure.lint import Finding

han = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
numerals = "一二三四五六七八九十百零〇"
_marker = re.compile(
    rf"#{{1,6}}\s|第\s*[{numerals}\d]+\s*[编篇章节条]|[{numerals}]+[、.．]|（[{numerals}\d]+）|\d{{1,3}}[、.．](?!\d)|[①-⑳●•■◆]|[{numerals}]是"
)
_document = re.compile(
    r"(?:制度|办法|条例|规定|意见|细则|方案|通知|通告|公告|公示|决定|报告|指南|守则|规则|规程|章程|纪要|批复|函)(?:（[^）]{1,8}）)?$|^中华人民共和国.*法$"
)
_part = re.compile(r"^第\S{1,3}[编篇][：:\s]*(?=\S)")
_date = re.compile(rf"^\s*[{numerals}○\d]{{4}}年|^\s*\d{{4}}[-/.]\d")


@dataclass(frozen=True)
class Line:
    """One line: `number` counts from 1 in the source.

    `listed` marks an entry of a table of contents; `continues` one that goes on with the line above it, as a page
    number between them proved.
    """

    number: int
    text: str
    listed: bool = False
    continues: bool = False


Lines = tuple[Line, ...]
Step = tuple[Lines, tuple[Finding, ...]]


def quoted(text: str, most: int = 2_000) -> str:
    """Removed text as it stands in a finding."""
    flat = " ".join(text.split())
    return f"“{flat}”" if len(flat) <= most else f"“{flat[:most]}…”（共{len(flat)}字）"


def starts_point(text: str) -> bool:
    """Whether a line starts with a number or sign that opens a heading, an article or a point."""
    return _marker.match(text) is not None


def names_document(text: str) -> bool:
    """Whether a line ends as titles of documents do and is no sentence: …办法, …制度（试行）."""
    name = own_name(text)
    return len(name) <= 60 and _document.search(name) is not None and not re.search("[，。；：！？]", name)


def own_name(text: str) -> str:
    """A title without the part of a collection before it: 第4篇：信息公开制度."""
    return _part.sub("", text)


def starts_with_date(text: str) -> bool:
    """Whether a line starts with a year, as signatures and the history of a law do."""
    return _date.match(text) is not None


def is_prose(text: str) -> bool:
    """Whether a line is (part of) a sentence rather than a heading."""
    if names_document(text):
        return False
    return bool(re.search("[，。；：！？]", text)) or (len(text) >= 20 and not starts_point(text))


def is_unfinished(text: str) -> bool:
    """Whether a sentence breaks off at the end of the line, so that the next line goes on with it."""
    return re.match(rf"[{han}，、（《“〔\[*]", text[-1:]) is not None and is_prose(text)
