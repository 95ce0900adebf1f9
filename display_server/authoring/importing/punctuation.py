"""Half-width marks beside Han characters become full-width ones; numbers, addresses and Latin text keep theirs.

1. A mark changes when a Han character or a full-width mark stands next to it, never between two letters or digits.
2. Brackets change in pairs, when Han stands inside or beside them.
3. Straight quotes change when they pair up within the line. <…> around Han becomes 〈…〉.
4. The same mark written twice becomes one; a space before a mark goes.
"""

import re
from dataclasses import replace

from content_sync.domain.disclosure.lint import Finding
from display_server.authoring.importing.lines import Lines, Step, han

_full = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_wide = rf"[{han}“”‘’《》〈〉（）、，。；：？！〔〕【】…—]"
_address = re.compile(r"[A-Za-z]{2,10}://[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+|www\.[!-~]+", re.ASCII)
_mark = re.compile(rf"(?<={_wide})[,;:?!]|[,;:?!](?={_wide})")
_stop = re.compile(rf"(?<=[{han}）”》])(?<!^[一二三四五六七八九十])\.(?=[{han}“《（]|$)")
_angle = re.compile("<([^<>]+)>")
_quote = re.compile(r'"([^"]*)"')
_twice = re.compile(r"([，、；：])\1+|(?<!。)。。(?!。)")
_gap = re.compile(rf"(?<=[{han}》”）])[ \u3000]+(?=[，。；：、）》”])")


def full_width(lines: Lines) -> Step:
    """The lines with full-width marks, and how many changed."""
    kept, changed, first, findings = [], 0, 0, []
    for line in lines:
        text = _outside_addresses(line.text)
        changed += sum(a != b for a, b in zip(line.text, text, strict=True))
        first = first or (line.number if text != line.text else 0)
        tidy = _gap.sub("", _twice.sub(lambda match: match.group()[0], text))  # rule 4
        if _twice.search(text):
            findings.append(Finding("A15.7-punctuation", "删去重复的标点：请核对这一行。", line.number))
        kept.append(replace(line, text=tidy))
    if changed:
        findings.insert(0, Finding("A15.7-punctuation", f"把{changed}处半角标点改成全角：无需处理。", first))
    return tuple(kept), tuple(findings)


def _outside_addresses(text: str) -> str:
    kept, position = [], 0
    for match in _address.finditer(text):
        kept += [_marks(text[position : match.start()]), match.group()]
        position = match.end()
    return "".join([*kept, _marks(text[position:])])


def _marks(text: str) -> str:
    text = _angle.sub(lambda match: f"〈{match.group(1)}〉" if _has_han(match.group(1)) else match.group(), text)
    if text.count('"') % 2 == 0 and _has_han(text):
        text = _quote.sub(r"“\1”", text)  # rule 3
    text = _brackets(text)
    text = _mark.sub(lambda match: _mark_of(text, match), text)
    return _stop.sub("。", text)


def _mark_of(text: str, match: re.Match[str]) -> str:
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if match.group() == "?" and after and not _is_common(after):
        return "?"  # what is left of a broken character: to be pointed out, not beautified
    if match.group() == ":" and before.isdigit() and after.isdigit():
        return ":"
    return _full[match.group()]


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _brackets(text: str) -> str:
    """Rule 2. A bracket without partner (its line was broken) goes by its neighbours."""
    chars, opened = list(text), []
    for place, char in enumerate(text):
        if char == "(":
            opened.append(place)
        elif char == ")" and opened:
            start = opened.pop()
            if _has_han(text[start + 1 : min(place, start + 200)]) or _beside(text, start) or _beside(text, place):
                chars[start], chars[place] = "（", "）"
        elif char == ")" and _beside(text, place):
            chars[place] = "）"
    for place in opened:
        if _beside(text, place):
            chars[place] = "（"
    return "".join(chars)


def _has_han(text: str) -> bool:
    return re.search(f"[{han}]", text) is not None


def _beside(text: str, place: int) -> bool:
    return re.search(_wide, text[max(place - 1, 0) : place] + text[place + 1 : place + 2]) is not None
