"""What visitors tapped, in the words that stood on the keys.

Records carry short codes (`slow,paper`); the words are the kiosk's own catalogue in assets/i18n, read once.
"""

import json
from functools import cache

from content_sync import assets

_receipt_chars, _group = 8, 4


def spoken(codes: str, family: str) -> str:
    """The words of comma-parted codes of a family (`opinion`, `tap`, `reason`); an unknown code stands as it is."""
    words = _catalogue()
    return "、".join(words.get(f"{family}.{code}", code) for code in codes.split(",") if code)


def receipt(record: str) -> str:
    """The receipt number the visitor was shown for a record: the beginning of its id, in groups."""
    short = record[:_receipt_chars].upper()
    return " ".join(short[start : start + _group] for start in range(0, len(short), _group))


@cache
def _catalogue() -> dict[str, str]:
    words: dict[str, str] = json.loads(assets.path("i18n/zh-Hans.json").read_text(encoding="utf-8"))
    return words
