"""What paper leaves in a text: leaders of a table of contents, page numbers on their own line or glued into sentences.

1. `…制度-----7` is an entry of the contents; entries on one line are parted, leaders and numbers go.
2. A line that is only a page number goes when it is dressed as one (- 3 -, 第3页) or one of a rising series.
3. A glued number goes when it is certain: before the right number of a list (7、 38、 9、), before the sign of a
   heading (27第四条), or where a line goes on with a broken sentence (…10个工作日内 / 5提供). Anything else goes
   only when a page removed nearby is its neighbour in number; otherwise it is pointed out and stays.
4. A number before a counting word (36人, 15号) is never certain by itself.
"""

import itertools
import re
from dataclasses import dataclass, replace

from content_sync.domain.disclosure.lint import Finding
from display_server.authoring.importing.lines import Line, Lines, Step, han, is_unfinished, numerals

_units = (
    "年月日号篇条款项章节期届次个名人户家件元万千百亿份页天周岁级倍余多时分秒公米吨亩平楼层栋室路批种类位处套辆台"
    "只本块间座股支组所省市县区乡镇村%至到、.．，。)）/-"
)
_entry = re.compile(r"(?<=[^\s\d.·…⋯—－-])\s*[.·…⋯—－-]{2,}\s*(\d{1,3})(?!\d)")
_dressed = re.compile(r"[-—–－·\s]+\d{1,3}[-—–－·\s]+|第\s*\d{1,3}\s*页(?:\s*[/，,]?\s*共\s*\d{1,3}\s*页)?")
_before_sign = re.compile(rf"(\d{{1,3}})(?=第[{numerals}]+[条章节编篇]|（[{numerals}]+）|[{numerals}]+、|\*\*[{han}])")
_at_start = re.compile(rf"(\d{{1,3}})(?=[{han}])")
_inside = re.compile(rf"(?<=[{han}，。；、）])(?<!第)(\d{{1,3}})(?=[{han}])(?!\d{{0,3}}[{_units}])")
_numbered = re.compile(r"(\d{1,4})([、.．])(?!\d)")
_resets = re.compile(rf"（[{numerals}]+）|[{numerals}]+、|第[{numerals}]+[条章节]")
_telling_min = 3  # 1 and 2 are neighbours of too much
_reach = 12


@dataclass(frozen=True)
class _Glued:
    """A number that may be a page's: where it stands, whether that proves it, whether it broke a sentence."""

    line: int
    start: int
    digits: str
    certain: bool
    broken: bool = False


def without_contents(lines: Lines) -> Step:
    """Rule 1."""
    kept: list[Line] = []
    findings = []
    for line in lines:
        entries = list(_entry.finditer(line.text))
        position = 0
        for match in entries:
            kept.append(Line(line.number, line.text[position : match.start()].strip(), listed=True))
            position = match.end()
        if entries:
            gone = "、".join(match.group(1) for match in entries)
            findings.append(Finding("A15.7-contents", f"删去目录里的引导线和页码（{gone}）：无需处理。", line.number))
        rest = line.text[position:].strip()
        if rest or not entries:
            kept.append(replace(line, text=rest))
    if findings:
        kept, joined = _joined_heading(kept)
        findings += joined
    return tuple(kept), tuple(findings)


def _joined_heading(lines: list[Line]) -> tuple[list[Line], list[Finding]]:
    """The word 目录, which page layout likes to break in two."""
    full = [place for place, line in enumerate(lines) if line.text]
    for before, place in itertools.pairwise(full):
        if lines[place].text == "录" and lines[before].text.endswith("目"):
            whole = lines[before].text
            lines[before] = replace(lines[before], text=whole[:-1].strip())
            lines[place] = replace(lines[place], text="目录")
            sentence = f"把断成两行的“目录”接到一起（原文“{whole}”）：无需处理。"
            return lines, [Finding("A15.7-contents", sentence, lines[before].number)]
    return lines, []


def without_lone_numbers(lines: Lines) -> Step:
    """Rule 2."""
    bare = [int(line.text) for line in lines if re.fullmatch(r"\d{1,3}", line.text)]
    rising = len(bare) > 1 and all(a < b for a, b in itertools.pairwise(bare))
    kept, findings = [], []
    for line in lines:
        lone = re.fullmatch(r"\d{1,3}", line.text) is not None
        if _dressed.fullmatch(line.text) or (lone and rising):
            findings.append(Finding("A15.7-pages", f"删去单独一行的页码“{line.text}”：无需处理。", line.number))
            kept.append(replace(line, text=""))
            continue
        if lone:
            sentence = f"这一行只有数字“{line.text}”，可能是页码：请核对。"
            findings.append(Finding("A15.7-pages", sentence, line.number))
        kept.append(line)
    return tuple(kept), tuple(findings)


def without_glued_numbers(lines: Lines) -> Step:
    """Rules 3 and 4."""
    glued = sorted(_glued(lines), key=lambda number: (number.line, number.start))
    proven = _proven(glued)
    gone: dict[int, list[_Glued]] = {}
    findings = []
    for place, number in enumerate(glued):
        context = lines[number.line].text[max(number.start - 6, 0) : number.start + len(number.digits) + 8]
        where = lines[number.line].number
        if place in proven:
            gone.setdefault(number.line, []).append(number)
            sentence = f"删去夹在文字里的页码“{number.digits}”（原文“{context}”）：请核对。"
            findings.append(Finding("A15.7-pages", sentence, where))
        elif len(proven) >= 3:
            sentence = f"“{context}”里的“{number.digits}”可能是页码，没有删：请核对。"
            findings.append(Finding("A15.7-pages", sentence, where))
    kept = list(lines)
    for line, numbers in gone.items():
        text = lines[line].text
        for number in reversed(numbers):
            text = text[: number.start] + text[number.start + len(number.digits) :]
        kept[line] = replace(lines[line], text=text, continues=any(number.broken for number in numbers))
    return tuple(kept), tuple(findings)


def _proven(glued: list[_Glued]) -> set[int]:
    """The certain ones, and one after another those with a proven neighbour in number shortly before or after."""
    proven = {place for place, number in enumerate(glued) if number.certain}
    waiting = list(proven)
    while waiting:
        place = waiting.pop()
        for near in range(max(place - _reach, 0), min(place + _reach, len(glued))):
            if near not in proven and _has_neighbour(near, glued, proven):
                proven.add(near)
                waiting.append(near)
    return proven


def _has_neighbour(place: int, glued: list[_Glued], proven: set[int]) -> bool:
    value = int(glued[place].digits)
    before = [p for p in range(max(place - _reach, 0), place) if p in proven][-3:]
    after = [p for p in range(place + 1, min(place + _reach, len(glued))) if p in proven][:3]
    beside = {int(glued[p].digits) for p in before + after}
    return value >= _telling_min and bool(beside & {value - 1, value + 1})


def _glued(lines: Lines) -> list[_Glued]:
    full = [place for place, line in enumerate(lines) if line.text and not line.listed]
    found = _in_lists(lines, full)
    taken = {number.line for number in found}
    broken = False
    for place in full:
        text = lines[place].text
        sign, start = _before_sign.match(text), _at_start.match(text)
        if sign and place not in taken:
            found.append(_Glued(place, 0, sign.group(1), certain=True))
        elif start and place not in taken:
            counted = text[start.end()] in _units  # rule 4
            if broken or not counted:
                found.append(_Glued(place, 0, start.group(1), certain=broken and not counted, broken=broken))
        found += [_Glued(place, m.start(1), m.group(1), certain=False) for m in _inside.finditer(text) if not _unit(m)]
        broken = is_unfinished(text)
    return found


def _unit(match: re.Match[str]) -> bool:
    return match.string[match.end() : match.end() + 1] in _units


def _in_lists(lines: Lines, full: list[int]) -> list[_Glued]:
    """Numbers that are right once their first digits are taken for a page: 7、 38、 9、."""
    numbers = [(place, match) for place in full if (match := _list_mark(lines[place].text))]
    found, expected = [], 1
    for index, (place, match) in enumerate(numbers):
        if not match.group(1):
            expected = 1
            continue
        value, text = int(match.group(1)), match.group(1)
        following = next((int(m.group(1)) for _, m in numbers[index + 1 : index + 2] if m.group(1)), 0)
        if value != expected and text.endswith(str(expected)) and following == expected + 1:
            page = text[: -len(str(expected))]
            found.append(_Glued(place, 0, page, certain=True))
            value = expected
        expected = value + 1
    return found


def _list_mark(text: str) -> re.Match[str] | None:
    """The number of a list item, or (with an empty first group) a heading that starts the numbers again."""
    return _numbered.match(text) or re.match(rf"()(?:\d{{1,3}})?(?:{_resets.pattern})", text)
