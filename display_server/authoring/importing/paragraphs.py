"""Lines → paragraphs: what the page width broke is put together again, what stands alone stays alone.

1. A sentence that breaks off at the end of a line goes on in the next one, unless that one opens a point or is a
   heading. A blank line between them asks for more proof: a page number that stood there, or sentences on both sides.
2. A label alone on its line (第一条, 第一章, （五）) belongs to the text below it.
3. A heading glued to the end of a sentence (…为多少。第九条) is parted from it.
4. The name of a document over two lines (…信息公开工作 / 社会评议制度（试行）) is one heading.
"""

import itertools
import re
from dataclasses import dataclass, replace

from display_server.authoring.importing.lines import (
    Line,
    Lines,
    han,
    is_prose,
    is_unfinished,
    names_document,
    numerals,
    starts_point,
    starts_with_date,
)

_label = re.compile(rf"第\s*[{numerals}\d]+\s*[编篇章节条]|（[{numerals}]+）|[{numerals}]+、")
_glued_heading = re.compile(rf"(.+[。；])(第[{numerals}]+[条章])")
_full_share = 0.8


@dataclass(frozen=True)
class Paragraph:
    """One paragraph with the number of its first source line."""

    number: int
    text: str
    listed: bool = False


def paragraphs(lines: Lines) -> list[Paragraph]:
    """All paragraphs of the cleaned lines, in order."""
    width = _wrap_width(lines)
    joined: list[Paragraph] = []
    gap = True
    for line in _parted(lines):
        if not line.text:
            gap = True
            continue
        last = joined[-1] if joined else None
        if last and not (line.listed or last.listed) and (line.continues or _goes_on(last.text, line.text, gap, width)):
            joined[-1] = Paragraph(last.number, _glue(last.text, line.text))
        else:
            joined.append(Paragraph(line.number, line.text, line.listed))
        gap = False
    return joined


def _parted(lines: Lines) -> list[Line]:
    parts = []
    for line in lines:
        match = _glued_heading.fullmatch(line.text)  # rule 3
        texts = match.groups() if match else (line.text,)
        parts += [replace(line, text=text) for text in texts]
    return parts


def _goes_on(text: str, following: str, gap: bool, width: int) -> bool:
    if _label.fullmatch(text):
        return not starts_point(following)  # rule 2
    if starts_point(following) or starts_with_date(following):
        return False
    if names_document(following) and not is_prose(text):
        return _is_half_name(text, following)  # rule 4
    if not is_unfinished(text):
        return False
    if gap and starts_point(text) and not re.search("[。；：]", text):
        return False  # （一）加强组织领导，健全运行机制 is a heading for all its commas
    wrapped = not gap and width > 0 and len(text) >= width * _full_share
    return wrapped or re.search("[，。；：、！？]", following) is not None  # rule 1


def _is_half_name(text: str, following: str) -> bool:
    """A masked or office name that ends on 工作 and the like, with a short document name below it."""
    whole = re.fullmatch(rf"[*×{han}]{{4,30}}工作", text) is not None
    return whole and not names_document(text) and len(following) <= 30 and not starts_point(text)


def _glue(text: str, following: str) -> str:
    if _label.fullmatch(text) and not text.endswith(("）", "、")):
        return f"{text} {following}"
    latin = re.search(r"[A-Za-z0-9]$", text) and re.match(r"[A-Za-z0-9]", following)
    return f"{text} {following}" if latin else text + following


def _wrap_width(lines: Lines) -> int:
    """How wide the source was set, when its lines follow each other without blank ones; 0 when they do not."""
    lengths = sorted(len(line.text) for line, after in itertools.pairwise(lines) if line.text and after.text)
    return lengths[len(lengths) * 9 // 10] if len(lengths) >= 3 and lengths[len(lengths) * 9 // 10] >= 20 else 0
