"""Handwriting is a picture of numbers: whatever a record says, nothing of it becomes markup."""

import pytest

from display_server.web.handwriting import drawn


def test_strokes_are_drawn_where_they_were_written() -> None:
    """A line is a line, one point is a dot, and the sheet keeps its shape."""
    picture = str(drawn("rsgo;0a0b0c0d;1234"))
    assert 'viewBox="0 0 1000 600"' in picture
    assert '<path d="M10 11L12 13"/><path d="M38 112h0.1"/>' in picture
    assert str(drawn("")) == ""


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", 'rsgo;"/><script>', "rsgo", "rsgo;zzzz", "x" * 9000, "rsgo;0a"]
)
def test_what_is_no_writing_is_said_in_words(text: str) -> None:
    """Also a point beyond the sheet, or markup in place of points."""
    assert str(drawn(text)) == '<p class="hint">手写的内容打不开。</p>'
