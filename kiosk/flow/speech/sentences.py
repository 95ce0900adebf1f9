"""A text cut into sentences that are said in one breath.

1. A sentence ends after its mark and the quotes or brackets that close behind it; in Latin text after ". ".
2. One that is longer than `limits.sentence_chars_max` is cut after a comma, a colon or the like, else between words.
3. Nothing is lost: the parts together are the text.
"""

from collections.abc import Sequence

from content_sync.domain import limits

_ends, _latin_ends, _closing = "。！？；!?;…\n", ".", "”’）】》」』)\"'"
_breath = "，、：,:）)"


def joined(lines: Sequence[str]) -> str:
    """Lines as one text: where a space was dropped between two Latin words, it comes back."""
    text = ""
    for line in lines:
        text += (" " if is_apart(text, line) else "") + line
    return text


def is_apart(text: str, line: str) -> bool:
    """Whether a space was dropped where the line broke."""
    return bool(text and line) and text[-1].isascii() and line[0].isascii() and not text[-1].isspace()


def spans(text: str) -> list[tuple[int, int]]:
    """First and behind-last index of each sentence."""
    found, first = list[tuple[int, int]](), 0
    for n, char in enumerate(text):
        if _is_end(text, n, char):
            behind = n + 1
            while behind < len(text) and text[behind] in _ends + _closing:
                behind += 1
            if behind > first:
                found.append((first, behind))
                first = behind
    if first < len(text):
        found.append((first, len(text)))
    return [part for first, behind in found for part in _breaths(text, first, behind)]


def _is_end(text: str, n: int, char: str) -> bool:
    """Rule 1."""
    if char in _ends:
        return True
    is_latin = n > 1 and text[n - 1].isascii() and text[n - 1].islower()
    return char in _latin_ends and is_latin and text[n + 1 : n + 2] in {"", " "}


def _breaths(text: str, first: int, behind: int) -> list[tuple[int, int]]:
    """Rule 2."""
    parts = []
    while behind - first > limits.sentence_chars_max:
        cut = first + limits.sentence_chars_max
        marks = [n + 1 for n in range(first + limits.sentence_chars_max // 2, cut) if text[n] in _breath]
        words = [n + 1 for n in range(first + limits.sentence_chars_max // 2, cut) if text[n] == " "]
        at = marks[-1] if marks else words[-1] if words else cut
        parts.append((first, at))
        first = at
    return [*parts, (first, behind)]
