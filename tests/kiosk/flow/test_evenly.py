"""Where the lines of a title, a key and a sentence end."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.evenly import ends_at_marks, evenly
from kiosk.flow.frame import Measure
from tests.kiosk.flow.board.making import PlainMeasure

_measure, _em = cast("Measure", PlainMeasure()), 10.0


def _lines(text: str, chars: int, count: int = 2) -> tuple[str, ...]:
    return evenly(_measure, text, _em, chars * _em, count, bold=False)


@pytest.mark.parametrize(
    ("text", "chars", "lines"),
    [
        ("黄色预警：防煤气中毒，防路滑", 12, ("黄色预警：", "防煤气中毒，防路滑")),
        ("大厅能办哪些事、去几号窗口", 9, ("大厅能办哪些事、", "去几号窗口")),
        ("低保申请书（填好的样子）", 8, ("低保申请书", "（填好的样子）")),
        ("周六九点到十二点（户口、社保窗口值班）", 18, ("周六九点到十二点", "（户口、社保窗口值班）")),
        ("他说“好。”我们就走了", 8, ("他说“好。”", "我们就走了")),
        ("按目录看。没有内容的也列出来，好让您知道", 15, ("按目录看。", "没有内容的也列出来，好让您知道")),
    ],
)
def test_lines_end_where_the_reader_breathes(text: str, chars: int, lines: tuple[str, ...]) -> None:
    """No word is parted while a mark or a bracket is near; a closing quote stays with its sentence."""
    assert _lines(text, chars) == lines


def test_a_mark_too_near_the_end_does_not_part_a_text() -> None:
    """One short word would stand alone: the lines are rather about even."""
    one, other = _lines("您要办的事情已经办好了，请来", 12)
    assert abs(len(one) - len(other)) <= 1


def test_lines_that_end_at_marks_are_told_apart() -> None:
    """So that a title can be set one size smaller rather than parted inside a word."""
    for lines in (("黄色预警：", "防煤气中毒"), ("申请书", "（样子）"), ("字",)):
        assert ends_at_marks(lines)
    assert not ends_at_marks(("黄色预警：防煤", "气中毒"))


@given(st.text("一二三四，。、（）“” ab", min_size=1, max_size=40), st.integers(4, 20), st.integers(2, 4))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, chars: int, count: int) -> None:
    """Whatever the marks say."""
    if len(_measure.lines(text, _em, chars * _em, bold=False)) > count:
        return
    lines = _lines(text, chars, count)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(_measure.width(line, _em, bold=False) <= chars * _em for line in lines)
