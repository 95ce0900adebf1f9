"""What another machine says never leaves the sentence it is quoted in."""

import pytest

from content_sync.domain import limits
from content_sync.domain.quoting import quoted

_said = {
    "plain words": ("现在暂停取号。", "现在暂停取号。"),
    "a terminal's commands": ("\x1b]0;x\x07\x1b[2Jok", "�]0;x��[2Jok"),
    "more lines": ("a\nb\r\nc\u2028d", "a�b��c�d"),
    "half a character": ("\ud800", "�"),
    "the other way round": ("a\u202eb", "a�b"),
    "without end": ("x" * 2_000_000, "x" * (limits.quoted_chars_max - 1) + "…"),
}


@pytest.mark.parametrize("story", _said)
def test_words_are_words(story: str) -> None:
    """What can be read stays, all else is replaced, and there is an end."""
    words, shown = _said[story]
    assert quoted(words) == shown
