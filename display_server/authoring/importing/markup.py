"""Invisible things first: line ends, controls, zero-width characters, entities, comments, hidden text and tags.

1. Line numbers stay those of the source, whatever is cut out of the middle.
2. Text a browser would not show (comments, scripts, hidden elements) is taken out and quoted; hidden elements block,
   because that is how spam is injected into official pages (A15.7).
3. Only Latin names are tags: <中华人民共和国建筑法> is text.
"""

import html
import re
import unicodedata
from collections import Counter

from content_sync.domain.disclosure.lint import Finding
from display_server.authoring.importing.lines import Line, Step, quoted

_ends = re.compile(r"\r\n?|[\x0b\x0c\x85\u2029]")
_entity = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_invisible = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_joiners = re.compile(r"[\u180e\u200c\u200d]")
_joined_scripts = re.compile(r"[\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af]")  # Uyghur, Tibetan, Mongolian need joiners
_tag = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_hiding = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|\shidden\b|text-indent\s*:\s*-\d", re.IGNORECASE
)
_breaking = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"))
_inner_break = "\u2028"


def visible_lines(text: str) -> Step:
    """What a reader of the source would have seen, line by line, with what was taken out."""
    findings: list[Finding] = []
    text = _ends.sub("\n", text).replace(_inner_break, "\n")
    for _ in range(3):  # texts that went through several systems are encoded several times
        text = _entity.sub(lambda match: html.unescape(match.group()).replace("\n", " "), text)
    text = _without_invisible(text.replace("\xa0", " "), findings)
    text = _without_unseen(text, findings)
    text = _without_tags(text, findings)
    lines = [
        Line(number, part.strip(" \t\u3000"))
        for number, line in enumerate(text.split("\n"), 1)
        for part in line.split(_inner_break)
    ]
    return tuple(lines), tuple(findings)


def _without_invisible(text: str, findings: list[Finding]) -> str:
    joined = _joined_scripts.search(text) is not None
    found = Counter(_invisible.findall(text) + ([] if joined else _joiners.findall(text)))
    if not found:
        return text
    names = "、".join(f"U+{ord(char):04X}" for char, _ in found.most_common(5))
    first = _invisible.search(text) or _joiners.search(text)
    line = text.count("\n", 0, first.start()) + 1 if first else 0
    findings.append(Finding("A15.7-invisible", f"删去{found.total()}个看不见的字符（{names}）：无需处理。", line))
    text = _invisible.sub("", text)
    return text if joined else _joiners.sub("", text)


def _without_unseen(text: str, findings: list[Finding]) -> str:
    """Rule 2. One pass of plain searches: an unclosed element costs no more than a closed one."""
    kept, position, line = [], 0, 1
    for start, end, hidden in _unseen(text):
        if start < position:
            continue
        cut = text[start:end]
        line += text.count("\n", position, start)
        shown = _tag.sub(" ", cut) if hidden else cut
        if hidden and shown.strip():
            sentence = f"删去网页里隐藏的文字{quoted(shown)}：可能是被人植入的内容，请核对来源网页。"
            findings.append(Finding("A15.7-hidden", sentence, line, blocking=True))
        elif not hidden:
            findings.append(Finding("A15.7-markup", f"删去网页代码{quoted(shown)}：无需处理。", line))
        kept += [text[position:start], "\n" * cut.count("\n")]  # rule 1
        line += cut.count("\n")
        position = end
    return "".join([*kept, text[position:]])


def _unseen(text: str) -> list[tuple[int, int, bool]]:
    spans, lower, position = [], text.lower(), 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        spans.append((start, end + 3, False))
        position = end + 3
    for match in _tag.finditer(text):
        name, hidden = match.group(1).lower(), _hiding.search(match.group()) is not None
        if match.group().startswith("</") or not (hidden or name in ("script", "style")):
            continue
        end = lower.find(f"</{name}", match.end())
        close = text.find(">", end) + 1 if end >= 0 else 0
        line_end = text.find("\n", match.end())
        spans.append((match.start(), close or (line_end if line_end >= 0 else len(text)), hidden))
    return sorted(spans)


def _without_tags(text: str, findings: list[Finding]) -> str:
    tags = _tag.findall(text)
    if not tags:
        return text
    first = _tag.search(text)
    line = text.count("\n", 0, first.start()) + 1 if first else 0
    names = "、".join(f"<{unicodedata.normalize('NFKC', name)}>" for name, _ in Counter(tags).most_common(5))
    findings.append(Finding("A15.7-markup", f"删去{len(tags)}个网页标签（{names}）：无需处理。", line))
    return _tag.sub(lambda match: _inner_break if match.group(1).lower() in _breaking else " ", text)
