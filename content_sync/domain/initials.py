"""The pinyin initial of common characters, without a dictionary.

GB 2312 keeps its 3,755 most common characters in the order of their pinyin, so a character's code tells its letter.
One that has several readings has the letter it is filed under. Other characters have none.
"""

_begins = (
    ("a", 0xB0A1), ("b", 0xB0C5), ("c", 0xB2C1), ("d", 0xB4EE), ("e", 0xB6EA), ("f", 0xB7A2), ("g", 0xB8C1),
    ("h", 0xB9FE), ("j", 0xBBF7), ("k", 0xBFA6), ("l", 0xC0AC), ("m", 0xC2E8), ("n", 0xC4C3), ("o", 0xC5B6),
    ("p", 0xC5BE), ("q", 0xC6DA), ("r", 0xC8BB), ("s", 0xC8F6), ("t", 0xCBFA), ("w", 0xCDDA), ("x", 0xCEF4),
    ("y", 0xD1B9), ("z", 0xD4D1),
)  # fmt: skip
_behind = 0xD7FA


def of(word: str) -> str:
    """The letters of a word, empty when one of its characters has none."""
    letters = [_letter(char) for char in word]
    return "".join(letters) if all(letters) else ""


def _letter(char: str) -> str:
    code = int.from_bytes(char.encode("gb2312", "ignore"))
    return next((letter for letter, first in reversed(_begins) if first <= code < _behind), "")
