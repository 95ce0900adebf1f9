"""Clean lines → a title, blocks and a date, so that a screen can show headings and points.

1. 第X编/篇/章 are h1, 第X节 h2. 一、 is h1, and （一）, 1、 and 第X条 are h2, when they are short, no sentence, and
   something lower follows; otherwise they are points (li) or, for articles, paragraphs.
2. Numbered points keep their number and are li. Markdown headings keep their level below the title.
3. A short line without a sign is a heading when text follows it: h1 when it names a document or another heading
   follows, else h2.
4. Remains of a web page (浏览次数, 字体) are taken out and quoted; headings at the end with nothing under them are
   told.
5. A block is no longer than `limits.block_chars_max`; it is parted at the end of a sentence.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block, Style
from content_sync.domain.disclosure.lint import Finding
from content_sync.domain.errors import BadInput
from display_server.authoring.importing.dates import find_date
from display_server.authoring.importing.lines import Lines, is_prose, names_document, numerals, quoted, starts_with_date
from display_server.authoring.importing.paragraphs import Paragraph, paragraphs
from display_server.authoring.importing.titles import find_title

_kinds: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第\s*[{numerals}\d]+\s*[编篇章](?![{numerals}\d]|程)")),
    ("section", re.compile(rf"第\s*[{numerals}\d]+\s*节")),
    ("article", re.compile(rf"第\s*[{numerals}\d]+\s*条(?:之[{numerals}])?")),
    ("one", re.compile(rf"[{numerals}]+[、.．]")),
    ("bracket", re.compile(rf"（[{numerals}]+）")),
    ("number", re.compile(r"\d{1,3}[、.．](?!\d)")),
    ("small", re.compile(r"（\d+）|[①-⑳●•■◆]")),
)
_rank = ["part", "section", "one", "article", "bracket", "number", "small", "entry", ""]
_furniture = re.compile(
    "浏览次数|点击(?:数|次数|率)|字体[：:]|打印本页|关闭窗口|分享到|责任编辑[：:]|发布时间[：:].*作者[：:]"
)
_spaced = re.compile(r"^(第\S+[编篇章节])\s+(\S)\s+(\S)$")
_heading_chars_max = 40
_tail_chars_max = 12
_sentence_end = re.compile("[。！？；]")


@dataclass(frozen=True)
class Structured:
    """A text in order: `dated` is an ISO date or empty."""

    title: str
    blocks: tuple[Block, ...]
    dated: str
    findings: tuple[Finding, ...]


def structured(lines: Lines, file_title: str) -> Structured:
    """The structure of clean lines; BadInput when the text is too long for one item."""
    texts = paragraphs(lines)
    if not texts:
        raise BadInput("文件里没有文字：请检查内容。")
    dated, date_findings = find_date(texts)
    texts, furniture = _without_furniture(texts)
    titled = find_title(texts, file_title)
    styles = _styles(titled.rest)
    blocks = [
        Block(style, piece)
        for part, style in zip(titled.rest, styles, strict=True)
        for piece in _pieces(_heading_text(part.text) if style[0] == "h" else part.text)
    ]
    if len(blocks) > limits.blocks_max:
        raise BadInput(f"正文有{len(blocks)}段，最多{limits.blocks_max}段：请分成几份导入。")
    told = (*titled.findings, *date_findings, *furniture, *_doubts(titled.rest))
    return Structured(titled.title, tuple(blocks), dated, told)


def _styles(texts: Sequence[Paragraph]) -> list[Style]:
    kinds = [_kind(part) for part in texts]
    return [
        _style(part, kinds[place], texts[place + 1] if place + 1 < len(texts) else None, kinds[place + 1 : place + 2])
        for place, part in enumerate(texts)
    ]


def _kind(part: Paragraph) -> str:
    if part.text.startswith("#"):
        return "markdown"
    if part.listed:
        return "entry"
    return next((kind for kind, pattern in _kinds if pattern.match(part.text)), "")


def _style(part: Paragraph, kind: str, after: Paragraph | None, following: list[str]) -> Style:
    if kind == "markdown":
        return "h1" if part.text.startswith(("# ", "## ")) else "h2"  # rule 2
    if kind == "entry":
        return "li"
    if kind in ("part", "section"):
        return "h1" if kind == "part" else "h2"
    leads = after is not None and _is_short(part.text) and _is_lower(following[0], kind, after.text)
    if kind == "one":
        return "h1" if leads else "li"
    if kind in ("bracket", "number", "small"):
        return "h2" if leads else "li"
    if kind == "article":
        return "h2" if leads else "p"
    return _unmarked(part, after, following)


def _is_lower(following: str, kind: str, text: str) -> bool:
    return following in _rank and _rank.index(following) > _rank.index(kind) and not names_document(text)


def _is_short(text: str) -> bool:
    return len(text) <= _heading_chars_max and re.search("[。；：:！？]", text) is None


def _unmarked(part: Paragraph, after: Paragraph | None, following: list[str]) -> Style:
    """Rule 3."""
    text = part.text
    signed = after is not None and starts_with_date(after.text) and _is_short(after.text)
    if after is None or signed or len(text) > _heading_chars_max or starts_with_date(text):
        return "p"
    if names_document(text) and not is_prose(text):
        return "h1"
    if is_prose(text) or len(text) > 20 or re.search(r"[，。；：:！？）\d.]$|：", text):
        return "p"
    heading_follows = following == [""] and _is_short(after.text) and not is_prose(after.text)
    return "h1" if heading_follows else "h2"


def _heading_text(text: str) -> str:
    bare = text.lstrip("#").strip() if text.startswith("#") else text
    return _spaced.sub(r"\1 \2\3", bare)  # 第一章 总 则


def _pieces(text: str) -> list[str]:
    """Rule 5."""
    pieces = []
    while len(text) > limits.block_chars_max:
        ends = [match.end() for match in _sentence_end.finditer(text, 0, limits.block_chars_max)]
        cut = ends[-1] if ends else limits.block_chars_max
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text else pieces


def _without_furniture(texts: list[Paragraph]) -> tuple[list[Paragraph], list[Finding]]:
    """Rule 4."""
    gone = [part for part in texts if _furniture.search(part.text) and len(part.text) <= 100]
    told = [Finding("A15.7-web", f"删去网页残留{quoted(part.text)}：请核对。", part.number) for part in gone]
    return [part for part in texts if part not in gone], told


def _doubts(texts: Sequence[Paragraph]) -> list[Finding]:
    bare = itertools.takewhile(lambda part: _kind(part) == "" and _is_short(part.text), reversed(texts))
    tail = [part for part in bare if not starts_with_date(part.text) and len(part.text) <= _tail_chars_max][::-1]
    found = []
    if len(tail) > 1 and not starts_with_date(texts[-1].text):
        said = "、".join(part.text for part in tail)
        sentence = f"结尾的“{said}”下面没有内容，可能是网页残留：请核对。"
        found.append(Finding("A15.7-web", sentence, tail[0].number))
    found += [
        Finding("A15.7-brackets", f"“{part.text[:20]}…”里的括号或引号不成对：请核对。", part.number)
        for part in texts
        if any(part.text.count(a) != part.text.count(b) for a, b in ("（）", "《》", "“”", "[]", "()"))
    ]
    return found
