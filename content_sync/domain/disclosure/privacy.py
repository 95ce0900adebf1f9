"""Numbers that point at one person and may not stand in public text (N-09).

1. An 18-digit resident id whose date exists and whose check digit is right.
2. A mobile number: 11 digits starting 13–19, with or without +86, spaces or hyphens.
3. A bank card: 16–19 digits that pass the Luhn check and start as cards do. Other long numbers are codes, not cards.
4. Masked numbers (138****5678) are what the law asks for and are never reported.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

NumberKind = Literal["id", "mobile", "card"]
names: dict[NumberKind, str] = {"id": "身份证号", "mobile": "手机号", "card": "银行卡号"}

_narrow = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789XX- ")
_id = re.compile(r"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[0-9Xx](?![0-9A-Za-z])")
_card = re.compile(r"(?<![0-9A-Za-z])[3-69]\d{3}(?:[ -]?\d){12,15}(?![0-9A-Za-z])")
_mobile = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class PersonalNumber:
    """One number found: where it starts, and how it may be named without repeating it."""

    kind: NumberKind
    start: int
    masked: str


def personal_numbers(text: str) -> tuple[PersonalNumber, ...]:
    """Every personal number of `text`, in order; each stretch is reported once, as the first kind that fits."""
    digits = text.translate(_narrow)
    found: list[PersonalNumber] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in (("id", _id), ("card", _card), ("mobile", _mobile)):
        for match in pattern.finditer(digits):
            bare = re.sub(r"[ +-]", "", match.group())
            free = all(match.end() <= start or match.start() >= end for start, end in taken)
            if free and _is_real(kind, bare):
                taken.append(match.span())
                found.append(PersonalNumber(kind, match.start(), f"{bare[:3]}…{bare[-2:]}"))  # type: ignore[arg-type]  # kind is one of the three
    return tuple(sorted(found, key=lambda number: number.start))


def _is_real(kind: str, digits: str) -> bool:
    if kind == "id":
        return _is_date(digits[6:14]) and _check_digit(digits[:17]) == digits[17].upper()  # rule 1
    return kind == "mobile" or _luhn(digits)  # rules 2 and 3


def _is_date(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False


def _check_digit(digits: str) -> str:
    return "10X98765432"[sum(w * int(d) for w, d in zip(_weights, digits, strict=True)) % 11]


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
