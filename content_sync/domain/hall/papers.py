"""Numbers of the papers a window hands out (编号管理, HAL-15).

1. Each type of case has its own series at each site in each year: the pinyin initial of its type, the year, and a
   running number from 1 of at least five digits: C2026-00012 is the twelfth 承诺件.
2. A number is given once, in the step that writes its case; none is skipped. One that was given by mistake is voided
   with the reason and never given again.
3. A site belongs to one server, which alone gives out its numbers; a site that is cut off goes on counting. So the pair
   of site and number is unique in the county, also after servers meet again.
4. Visitors may leave out the line and mix small and capital letters.
"""

import re
from collections.abc import Iterable

from content_sync.domain.errors import BadInput
from content_sync.domain.hall.handling import Kind

letters: dict[Kind, str] = {
    "instant": "J",
    "promised": "C",
    "joint": "L",
    "supplement": "B",
    "forwarded": "S",
    "returned": "T",
}
_digits_min = 5
_number = re.compile(rf"([{''.join(letters.values())}])([0-9]{{4}})-?([0-9]{{{_digits_min},9}})")


def number(kind: Kind, year: int, running: int) -> str:
    """The number as printed (rule 1)."""
    return f"{letters[kind]}{year}-{running:0{_digits_min}d}"


def parse(text: str) -> str:
    """The number a visitor or clerk wrote, as printed (rule 4). Raises BadInput when it is none."""
    found = _number.fullmatch("".join(text.split()).upper())
    if not found:
        raise BadInput("编号的样子是 C2026-00012：一个字母、四位年份和后面的数字，印在通知书上方。")
    return f"{found[1]}{found[2]}-{found[3]}"


def missing(runnings: Iterable[int], voided: Iterable[int]) -> list[int]:
    """Running numbers of one series below its newest that no paper has and no void record explains (rule 2)."""
    given = set(runnings) | set(voided)
    return [running for running in range(1, max(given, default=0)) if running not in given]
