"""Places an editor should look at: nothing is changed here, everything doubtful is pointed out with its line.

1. Lost characters: replacement signs, boxes, private-use characters, characters outside the everyday 6,763, and `?`
   before such a character.
2. Paragraphs that stand twice. Masked names (**市) are kept and named once.
3. Personal numbers block (N-09).
"""

import re

from content_sync.domain.disclosure.lint import Finding
from content_sync.domain.disclosure.privacy import names, personal_numbers
from display_server.authoring.importing.lines import Line, Lines, han

_lost = re.compile(r"[\ufffd□\ue000-\uf8ff\U000f0000-\U0010ffff]+|�+")
_rare = re.compile(rf"\??[{han}]")
_masked = re.compile(rf"\*{{1,3}}[{han}]|×{{2,3}}[{han}]|[{han}]X{{2}}(?=[{han}])")
_repeat_chars_min = 20


def doubtful_places(lines: Lines) -> tuple[Finding, ...]:
    """Rules 1 and 2."""
    findings = [finding for line in lines for finding in _lost_characters(line)]
    seen: dict[str, int] = {}
    for line in lines:
        bare = re.sub(r"[\W_]+", "", line.text)
        if len(bare) >= _repeat_chars_min and bare in seen:
            sentence = f"这一段和第{seen[bare]}行重复（“{line.text[:12]}…”）：请核对，删去多余的一段。"
            findings.append(Finding("A15.7-repeated", sentence, line.number))
        seen.setdefault(bare, line.number)
    masked = [(line.number, match.group()) for line in lines if (match := _masked.search(line.text))]
    if masked:
        sentence = f"有打了掩码的名称（如“{masked[0][1]}”，共{len(masked)}行），照原样保留：上屏前请确认。"
        findings.append(Finding("A15.7-masked", sentence, masked[0][0]))
    return tuple(findings)


def personal_findings(lines: Lines) -> tuple[Finding, ...]:
    """Rule 3."""
    return tuple(
        Finding(
            "N-09",
            f"有{names[number.kind]}（{number.masked}）：请删去或打码，个人信息不能公开。",
            line.number,
            blocking=True,
        )
        for line in lines
        for number in personal_numbers(line.text)
    )


def _lost_characters(line: Line) -> list[Finding]:
    findings = []
    for match in _lost.finditer(line.text):
        near = line.text[max(match.start() - 8, 0) : match.end() + 8]
        sentence = f"“{near}”处有丢失的字：请对照原件补上。"
        findings.append(Finding("A15.7-lost", sentence, line.number))
    for match in _rare.finditer(line.text):
        char = match.group()[-1]
        if not _is_everyday(char):
            near = line.text[max(match.start() - 6, 0) : match.end() + 6]
            sentence = f"“{near}”里的“{match.group()}”少见，可能是乱码：请对照原件核对。"
            findings.append(Finding("A15.7-lost", sentence, line.number))
    return findings


def _is_everyday(char: str) -> bool:
    if char == "〇":
        return True
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
