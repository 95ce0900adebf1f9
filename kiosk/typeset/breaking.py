"""Breaking Chinese text into lines (避头尾).

1. A line may end between any two Chinese characters; a space is a place to break and is dropped there.
2. No closing mark begins a line and no opening mark ends one: such marks stay with their neighbour. So does a dot
   between two notes, the space before it notwithstanding.
3. A Latin word, a phone number, a date, a number with its unit stay whole; so do —— and ……
4. What stays whole but is wider than a line is broken between characters: a line is never wider than the width.
5. Nothing is lost: the lines together are the text without the spaces dropped at line ends and the newlines.
"""

import re
from collections.abc import Callable, Iterator

closing = "、。，．；：！？）》〉」』】〕〗”’…—·,.;:!?)]}%％‰℃～"
opening = "（《〈「『【〔〖“‘([{￥¥＄$№"
_units = (
    "个工作日|工作日|个自然日|自然日|个月|个人|小时|分钟|平方米|公里|万元|亿元|万|亿|元|角|分|年|月|日|号|天|点|时|秒|人|户|份|张|页|"
    "条|期|版|次|岁|周|楼|层|室|米|亩|件|项|家|吨|公斤|斤|度|趟|个"
)
_token = re.compile(
    rf"(?P<dot>[^\S\n]+·)|(?P<space>[^\S\n]+)|(?P<whole>(?:\d+(?:[.,:]\d+)*(?:{_units}))+|[^\W\u2e80-\U0003ffff]+(?:[.,:/@_+&#'’=?~%–-]+"
    r"[^\W\u2e80-\U0003ffff]+)*[%％]?|—+|…+)|.",
    re.DOTALL,
)

Width = Callable[[str], float]


def break_lines(text: str, room: float, width: Width) -> tuple[str, ...]:
    """The lines of `text`, each at most `room` wide by `width`; an empty paragraph is an empty line."""
    return tuple(line for paragraph in text.split("\n") for line in _paragraph(paragraph, room, width))


def _paragraph(text: str, room: float, width: Width) -> Iterator[str]:
    line, used, gap = "", 0.0, ""
    for piece, is_space in _clusters(text):
        if is_space:
            gap += piece
            continue
        wide = width(piece)
        gap_wide = width(gap) if gap else 0.0
        if used + gap_wide + wide <= room:
            line, used, gap = line + gap + piece, used + gap_wide + wide, ""
            continue
        if line:
            yield line
        gap = ""  # rule 1
        if wide <= room:
            line, used = piece, wide
            continue
        *full, line = _forced(piece, room, width)  # rule 4
        yield from full
        used = width(line)
    yield line


def _clusters(text: str) -> Iterator[tuple[str, bool]]:
    """Pieces that stay whole (rules 2 and 3), and the spaces between them."""
    held, complete = "", False  # complete: the held piece has a body, so the next body starts a new piece
    for match in _token.finditer(text):
        token = match[0]
        if match.lastgroup == "space":
            if held:
                yield held, False
            held, complete = "", False
            yield token, True
        elif held and (match.lastgroup == "dot" or token[0] in closing):
            held, complete = held + token, True
        elif complete:
            yield held, False
            held, complete = token, token not in opening
        else:
            held, complete = held + token, token not in opening
    if held:
        yield held, False


def _forced(piece: str, room: float, width: Width) -> list[str]:
    parts, line, used = [], "", 0.0
    for char in piece:
        wide = width(char)
        if line and used + wide > room:
            parts.append(line)
            line, used = "", 0.0
        line, used = line + char, used + wide
    return [*parts, line]
