"""Which letter each character of an item's names was given: so a keypad of letters can offer characters.

1. `initials` holds one text for each of an item's names, in their order (`items.names`).
2. In it a Han character has one letter, another character the ASCII letters and digits of its NFKD form, in lower case.
3. A name that does not fit its initials exactly gives nothing: better no key than one under a wrong letter.
4. A character counts wherever it stands, and twice where a run begins: people type a word from its beginning.
5. Characters and letters are kept as two texts of one length; what parts two runs of Han is one space in both.
6. Of many items they are woven into one text, letter before character (j居m民), so that ten thousand names are looked
   through in a few milliseconds: no letter is Han, so a pattern cannot slip by one place.
"""

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

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


def woven(spelled: Iterable[tuple[str, str]]) -> list[str]:
    """Each item's characters and letters as one text (rule 6); what does not fit together gives an empty one."""
    whole = [
        (han, letters) if len(han) == len(letters) and "\n" not in han + letters else ("", "")
        for han, letters in spelled
    ]
    han, letters = ("\n".join(part[n] for part in whole) for n in (0, 1))
    both = array("I", bytes(8 * len(han)))
    both[::2], both[1::2] = _codes(letters), _codes(han)
    return both.tobytes().decode("utf-32").split("\n\n")


def standing_for(letter: str, before: str, guides: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The characters spelled by `letter` directly after the characters and letters `before`, most used first (rule 4).

    Names are woven; those of guides count twice: people come to get something done.
    """
    letter = re.escape(letter)
    patterns = [f"{_stands(before)}{letter}(.)"] if before else [f"{begins}{letter}(.)" for begins in _anywhere]
    uses: Counter[str] = Counter()
    for text, worth in ((_in_lines(guides), 2), (_in_lines(others), 1)):
        for pattern in patterns:
            for char, count in Counter(re.findall(pattern, text)).items():
                uses[char] += worth * count
    return tuple(char for char, _ in uses.most_common())


def standing_anywhere(guides: Sequence[str], others: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """What `standing_for` says of each letter where nothing stands before it."""
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, worth in ((_in_lines(guides), 2), (_in_lines(others), 1)):
        for begins in _anywhere:
            for pair, count in Counter(re.findall(f"{begins}([a-z].)", text)).items():
                uses[pair[0]][pair[1]] += worth * count
    return {letter: tuple(char for char, _ in found.most_common()) for letter, found in uses.items()}


def following(befores: Iterable[str], names: Sequence[str]) -> frozenset[str]:
    """The characters directly after the first of these characters and letters that any follows in woven names."""
    sought = [before for before in befores if before]
    text = _in_lines(names) if sought else ""
    found = (frozenset(re.findall(f"{_stands(before)}[a-z](.)", text)) for before in sought)
    return next(filter(None, found), frozenset())


def _stands(before: str) -> str:
    """Characters and letters as they stand in a woven name."""
    return "".join(f"{re.escape(char)}." if char.isascii() else f".{re.escape(char)}" for char in before)


def _in_lines(names: Sequence[str]) -> str:
    return "\n" + "\n".join(names)


def _codes(text: str) -> "array[int]":
    codes = array("I")
    codes.frombytes(text.encode("utf-32")[4:])  # in the machine's own order, without its mark
    return codes


_gap = (" ", " ")
_anywhere = ("", " ", "\n")  # patterns that begin with a plain character are ten times as fast as one that looks back


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
