"""What a visitor typed: letters and characters in one text.

1. Words are parted by a space; in a word characters and letters stand side by side: 身份z.
2. A letter at the end waits: one of the characters it stands for may take its place. One that is known to follow what
   stands before joins that word, any other begins a word of its own, so that both are found.
3. The length is bounded; one place stays free for the space that a character may bring along.
"""

from content_sync.domain import limits


def waiting(terms: str) -> str:
    """The letter at the end, empty when a character stands there."""
    return terms[-1:] if terms[-1:].isascii() else ""


def with_letter(terms: str, letter: str) -> str:
    """One more letter (rule 3)."""
    return terms + letter if len(terms) < limits.query_chars_max - 1 else terms


def with_character(terms: str, char: str, *, joined: bool) -> str:
    """The character in place of the letter that waits (rule 2)."""
    before = terms[:-1]
    return f"{before}{char}" if joined or not before else f"{before} {char}"


def with_written(terms: str, char: str) -> str:
    """One more character, written by hand: it goes on with what stands before (rule 3)."""
    return terms + char if len(terms) < limits.query_chars_max else terms


def erased(terms: str) -> str:
    """One letter or character less."""
    return terms[:-1].rstrip()


def befores(terms: str) -> tuple[str, ...]:
    """What may stand before the waiting letter in one name, the longest first; characters at its end stay whole."""
    word = terms[:-1].rsplit(" ", maxsplit=1)[-1]
    whole = max(1, len(word) - len(word.rstrip(_not_ascii(word))))
    return tuple(word[start:] for start in range(len(word) - whole + 1))


def shown(terms: str) -> str:
    """As it stands in the field: letters large and parted, so that each can be seen: 身份 Z."""
    parted = "".join(f" {char.upper()} " if char.isascii() else char for char in terms)
    return " ".join(parted.split())


def _not_ascii(word: str) -> str:
    return "".join(char for char in word if not char.isascii())
