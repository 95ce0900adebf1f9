"""The title of a text, and which of its paragraphs it was.

1. A markdown heading of the first level.
2. 《…》 of a first sentence that only announces the text (全文如下, 印发了).
3. Among the lines above the first sentence, the one that ends as names of documents do (…年度报告, …办法（试行）).
4. The first line, when it is no sentence; else the name of the file.
5. A guess is said, with its line; the same title standing twice is kept once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.disclosure.lint import Finding
from display_server.authoring.importing.lines import is_prose, names_document, own_name, starts_point, starts_with_date
from display_server.authoring.importing.paragraphs import Paragraph

_announced = re.compile("《([^《》]{4,100})》[^《》]{0,20}(?:全文如下|如下[：:]?$)|印发(?:了)?《([^《》]{4,100})》")
_head = 6


@dataclass(frozen=True)
class Titled:
    """The title, the paragraphs that remain, and what to tell."""

    title: str
    rest: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]


def find_title(texts: Sequence[Paragraph], file_title: str) -> Titled:
    """The title of the paragraphs; `file_title` when none of them can be one."""
    place, title = _place(texts)
    if place is None:
        where = "标题取自第一句里的书名号" if title else "正文里没有找到标题，暂用文件名"
        told = f"{where}“{title or file_title}”：请核对。"
        found = (Finding("A15.7-title", told, texts[0].number if texts else 0),)
        return Titled((title or file_title)[: limits.title_chars_max], tuple(texts), found)
    rest = [part for number, part in enumerate(texts) if number != place]
    findings = []
    if place > 0 or title != texts[place].text.removeprefix("# ").strip():
        above = "，它上面的文字留在正文里" if place > 0 else ""
        line = texts[place].text
        told = f"标题取自第{texts[place].number}行“{line}”{above}{f'，用作“{title}”' * (line != title)}：请核对。"
        findings.append(Finding("A15.7-title", told, texts[place].number))
    for part in [part for part in rest[:_head] if part.text == title]:
        rest.remove(part)
        findings.append(Finding("A15.7-title", f"删去重复的标题“{title}”：无需处理。", part.number))
    return Titled(title[: limits.title_chars_max], tuple(rest), tuple(findings))


def _place(texts: Sequence[Paragraph]) -> tuple[int | None, str]:
    if not texts:
        return None, ""
    for number, part in enumerate(texts[:_head]):
        if part.text.startswith("# "):  # rule 1
            return number, part.text[2:].strip()
    first = texts[0]
    match = _announced.search(first.text)
    if match:  # rule 2: the sentence stays in the text
        return None, match.group(1) or match.group(2)
    for number, part in enumerate(texts[:_head]):
        if names_document(part.text):  # rule 3
            return number, own_name(part.text)
        if is_prose(part.text) or starts_point(part.text):
            break
    if not is_prose(first.text) and not starts_point(first.text) and not starts_with_date(first.text):
        return 0, first.text  # rule 4
    return None, ""
