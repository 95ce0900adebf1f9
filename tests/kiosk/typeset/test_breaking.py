"""Chinese line breaking: laws for any text, and a table of places where a break would be wrong."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.typeset.breaking import break_lines, closing, opening
from kiosk.typeset.measuring import FontMeasure

_words = "公 开 栏 ， 。 （ ） 《 》 “ ” 、 身份证 A word-like 0000-1234567 11月23日 20个工作日 40元 …… —— 😀 é 8:30"
_pieces = st.sampled_from([*_words.split(" "), " ", "  ", "\u3000", "\n", "\t", "https://www.qinghe.example/d/abc"])
_texts = st.lists(_pieces, max_size=60).map("".join)


def _em(text: str) -> float:
    return sum(0.5 if ord(char) < 0x2E80 else 1.0 for char in text)


@given(_texts | st.text(max_size=80), st.integers(1, 12))
def test_no_line_is_wider_than_the_room_and_nothing_is_lost(text: str, room: int) -> None:
    """Every line fits, and the lines follow each other in the text with only white space between them."""
    lines = break_lines(text, room, _em)
    assert all(_em(line) <= room for line in lines)
    at = 0
    for line in lines:
        found = text.find(line, at)
        assert found >= 0
        assert not text[at:found].strip()
        at = found + len(line)
    assert not text[at:].strip()


_marked = st.lists(st.sampled_from(["公开", "（栏）", "，公", "“栏”。", "、", "《公开栏》", "！"]), max_size=40)


@given(_marked.map("".join).filter(lambda text: "、、、" not in text and "！！！" not in text), st.integers(16, 30))
def test_no_closing_mark_begins_a_line_and_no_opening_mark_ends_one(text: str, room: int) -> None:
    """Marks stay with their neighbours unless a run of nothing but marks is wider than a line."""
    assume(all(len(run) < 12 for run in re.findall(f"[{re.escape(closing)}]+", text)))
    lines = break_lines(text, room, _em)
    assert not any(line[0] in closing for line in lines[1:])
    assert not any(line[-1] in opening for line in lines[:-1])


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("请到三号窗口办理，谢谢。", 8, ("请到三号窗口办", "理，谢谢。")),
        ("请拨打电话0000-1234567", 8, ("请拨打电话", "0000-1234567")),
        ("请您在11月30日前来领", 5, ("请您在", "11月30日前", "来领")),
        ("我们承诺20个工作日办完", 6, ("我们承诺", "20个工作日办", "完")),
        ("看《中华人民》吧", 3, ("看《中", "华人", "民》吧")),
        ("他说“好的”。", 2.5, ("他说", "“好", "的”。")),
        ("就是——这样……的", 3, ("就是——", "这样……", "的")),
        ("0012 关于公布", 5, ("0012 关于", "公布")),
    ],
)
def test_breaks_where_a_reader_expects(text: str, room: float, lines: tuple[str, ...]) -> None:
    """Numbers, dates, units and marks stay where a reader expects them."""
    assert break_lines(text, room, _em) == lines


def test_measured_width_is_the_sum_of_its_characters() -> None:
    """The real face measures additively, so broken lines never grow when painted."""
    measure = FontMeasure()
    text = "第3季度AVATAR，0000-1234567。"
    assert measure.width(text, 36) == sum(measure.width(char, 36) for char in text)
    assert all(measure.width(line, 36) <= 400 for line in measure.lines(text * 9, 36, 400))
