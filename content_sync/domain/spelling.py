"""Which letter each character of an item's names was given: so a keypad of letters can offer characters.

1. `initials` holds one text for each of an item's names, in their order (`items.names`).
2. In it a Han character has one letter, another character the ASCII letters and digits of its NFKD form, in lower case.
3. A name that does not fit its initials exactly gives nothing: better no key than one under a wrong letter.
4. A character counts wherever it stands, and twice where a run begins: people type a word from its beginning.
5. Characters and letters are kept as two texts of one length; what parts two runs of Han is one space in both.
"""

import unicodedata
from collections.abc import Iterator

from content_sync.domain.disclosure.items import Item, names
from content_sync.domain.text import is_han


def plain(text: str) -> str:
    """The ASCII letters and digits of a text that has no Han (rule 2)."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).lower() if char.isascii() and char.isalnum())


def spelled(item: Item) -> tuple[str, str]:
    """The characters of all names, and their letters (rule 5): 居民身份证 补办, jmsfz bb."""
    called = names(item)
    if len(called) != len(item.initials):  # rule 1
        return "", ""
    pairs = [pair for name, letters in zip(called, item.initials, strict=True) for pair in _aligned(name, letters)]
    han, letters = "".join(char for char, _ in pairs), "".join(letter for _, letter in pairs)
    return " ".join(han.split()), " ".join(letters.split())


def standing_for(letter: str, before: str, han: str, letters: str) -> Iterator[str]:
    """The characters spelled by `letter` directly after the characters and letters `before`, as they count (rule 4)."""
    for at, one in enumerate(letters):
        if one == letter and _stands(han, letters, at, before):
            yield han[at]
            if at == 0 or han[at - 1] == " ":
                yield han[at]


def _stands(han: str, letters: str, at: int, before: str) -> bool:
    start = at - len(before)
    return start >= 0 and all((letters if c.isascii() else han)[start + n] == c for n, c in enumerate(before))


_gap = (" ", " ")


def _aligned(name: str, letters: str) -> list[tuple[str, str]]:
    """Each Han character with its letter, `_gap` for another, and one at the end; nothing when it does not fit."""
    pairs: list[tuple[str, str]] = []
    place = 0
    for char in name:
        expected = letters[place : place + 1] if is_han(char) else plain(char)
        if is_han(char) and not (expected.isascii() and expected.isalpha()):
            return []  # rule 3
        if not letters.startswith(expected, place):
            return []
        pairs.append((char, expected) if is_han(char) else _gap)
        place += len(expected)
    return [*pairs, _gap] if place == len(letters) else []
