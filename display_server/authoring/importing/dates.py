"""The date of a text: what the text says of itself, never a date it merely talks about.

1. First what names itself: 发布时间, 发布日期, 成文日期, 印发日期.
2. Then the history above the text (通过, 公布, 修订, 修正), the latest of it; a date of coming into force is none.
3. Then the date alone on one of the last lines, as a signature has it; then one in the first sentence.
4. A missing day or month counts as the first, and the finding says so.
"""

import re
from collections.abc import Sequence
from datetime import date

from content_sync.domain.disclosure.lint import Finding
from display_server.authoring.importing.paragraphs import Paragraph

_digits = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_western = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:年|[-/.])\s*(?:(\d{1,2})\s*(?:月|[-/.])\s*(?:(\d{1,2})\s*日?)?)?")
_chinese = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_named = re.compile("(?:发布|成文|印发|发文|公布|生成)(?:时间|日期)[：:]")
_history = re.compile("通过|公布|修订|修正|发布|印发|批准")
_head, _tail = 8, 6


def find_date(texts: Sequence[Paragraph]) -> tuple[str, tuple[Finding, ...]]:
    """The ISO date of the text and how it was found; an empty string when it says none."""
    for source in (_named_date, _history_date, _signed_date, _first_date):
        found = source(texts)
        if found:
            number, said, iso = found
            guess = "" if iso.endswith(_tail_of(said)) else "，缺少的日子按1日算"
            sentence = f"成文日期取自“{said}”：{iso}{guess}，请核对。"
            return iso, (Finding("A15.7-date", sentence, number),)
    return "", (Finding("A15.7-date", "文中没有找到成文日期：请填写。"),)


_Found = tuple[int, str, str] | None


def _named_date(texts: Sequence[Paragraph]) -> _Found:  # rule 1
    for part in texts:
        match = _named.search(part.text)
        if match and (found := _date_in(part.text[match.end() :])):
            return part.number, *found
    return None


def _history_date(texts: Sequence[Paragraph]) -> _Found:  # rule 2
    dated = [
        (part.number, *found)
        for part in texts[:_head]
        if _western.match(part.text) and _history.search(part.text) and (found := _date_in(part.text))
    ]
    return max(dated, key=lambda found: found[2], default=None)


def _signed_date(texts: Sequence[Paragraph]) -> _Found:  # rule 3
    for part in reversed(texts[-_tail:]):
        found = _date_in(part.text)
        if found and len(part.text) <= len(found[0]) + 4:
            return part.number, *found
    return None


def _first_date(texts: Sequence[Paragraph]) -> _Found:
    found = _date_in(texts[0].text) if texts and _western.match(texts[0].text) else None
    return (texts[0].number, *found) if found else None


def _date_in(text: str) -> tuple[str, str] | None:
    match = _chinese.search(text)
    if match:
        year = "".join(_digits[char] for char in match.group(1))
        return _checked(match.group(), year, _small(match.group(2)), _small(match.group(3)))
    match = _western.search(text)
    return _checked(match.group().strip(), match.group(1), match.group(2), match.group(3)) if match else None


def _checked(said: str, year: str, month: str | int | None, day: str | int | None) -> tuple[str, str] | None:
    try:
        return said, date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None


def _small(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    ten = (int(_digits.get(tens, "1")) if "十" in text else 0) * 10
    return ten + int(_digits.get(ones, "0"))


def _tail_of(said: str) -> str:
    """The day as two digits when the source states one, else something no date ends with."""
    if _chinese.search(said):
        return ""
    match = _western.search(said)
    return f"{int(match.group(3)):02d}" if match and match.group(3) else "?"
