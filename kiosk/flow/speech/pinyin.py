"""Running text → syllables of pinyin with their tones, and the pauses between them.

1. The longest phrase that is known comes before shorter ones, a phrase before its characters: 银行 is yin2 hang2.
2. 一 and 不 change before the next syllable as people say them: yi2 ge4, yi4 nian2, bu2 yao4; an ordinal 一 stays.
3. Of third tones in a row all but the last are said in the second (domain.hall.spoken).
4. A Latin letter is said by its name. A character that no table has is left out, never guessed.
5. Marks are pauses, also brackets around a word; 《》 and quotes are none. No text begins with one; two are one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content_sync.domain.hall import spoken

pause = ","
_marks = "，、：,:（）()—…/·。！？；!?;\n"
_phrase_chars_max = 5
_ordinal_before, _ordinal_after = "第十统唯万单逐之百零二三四五六七八九一初周期", "月日号楼级等层班季"
_tones = re.compile(r"[a-z]+[1-5]")


@dataclass(frozen=True)
class Readings:
    """How characters and phrases are said; `phrases` have two characters and more."""

    characters: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]


def syllables(text: str, readings: Readings) -> tuple[str, ...]:
    """The syllables and pauses of a text whose figures were said before (kiosk.flow.speech.figures)."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        piece, read = _next(text, at, readings)
        found += zip(piece, read, strict=True) if len(piece) == len(read) else ()
        at += len(piece)
    return _smooth([token for token in _changed(found) if token])


def _next(text: str, at: int, readings: Readings) -> tuple[str, Sequence[str]]:
    """What comes next: a phrase or a sign, and how each of its characters is said (rules 1, 4 and 5)."""
    for size in range(min(_phrase_chars_max, len(text) - at), 1, -1):  # rule 1
        phrase = text[at : at + size]
        if phrase in readings.phrases:
            return phrase, readings.phrases[phrase]
    char = text[at]
    if char in readings.characters:
        return char, (readings.characters[char],)
    if char.isascii() and char.isalpha():
        return char, (char.upper(),)
    return char, (pause if char in _marks else "",)


def _changed(found: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Rule 2."""
    for n, (char, reading) in enumerate(found):
        before = found[n - 1][0] if n else ""
        after, following = found[n + 1] if n + 1 < len(found) else ("", "")
        tone = following[-1:] if _tones.fullmatch(following) else ""
        if char == "不" and reading == "bu4" and tone == "4":
            yield "bu2"
        elif char == "一" and reading == "yi1" and tone and not _is_ordinal(before, after):
            yield "yi2" if tone == "4" else "yi4"
        else:
            yield reading


def _is_ordinal(before: str, after: str) -> bool:
    return bool(before and before in _ordinal_before) or after in _ordinal_after


def _smooth(tokens: Sequence[str]) -> tuple[str, ...]:
    """Rules 3 and 5."""
    kept = [token for n, token in enumerate(tokens) if token != pause or (n and tokens[n - 1] != pause)]
    return spoken.heard(kept) if kept else ()


def is_spoken(tokens: Sequence[str]) -> bool:
    """Whether anything is heard but pauses."""
    return any(token != pause for token in tokens)
