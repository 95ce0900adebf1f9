"""The contents of long texts: by chapter, never turned further than needed; 返回 closes them before the text."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.app import tongues
from kiosk.flow import actions, contents, show
from kiosk.flow.frame import Frame, Text
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.reading import Element, Reader
from kiosk.flow.reduce import reduce
from kiosk.flow.state import State
from kiosk.flow.text_pages import Heading
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk.flow import pages

_measure, _words = FontMeasure(), tongues.words("zh-Hans")
_view = pages.every()["chapters"][1]


def _frame(state: State) -> Frame:
    return show.frame(state, _view, _measure, _words)


def _touch(state: State, label: str) -> State:
    target = next(target for target in _frame(state).targets if target.label == label)
    return reduce(state, target.action)[0]  # type: ignore[arg-type]  # a target carries any object


def _text(state: State) -> str:
    return "\n".join(line for mark in _frame(state).marks if isinstance(mark, Text) for line in mark.lines)


def test_a_section_of_a_long_regulation_is_three_touches_away() -> None:
    """目录, the chapter, the section: its words stand on the page that opens, below the chapter's name."""
    state = _touch(State((Home(), Reader("x"))), "目录")
    assert "第一节　小标题" not in _text(state)
    assert "里面有 9 节" in _text(state)
    state = _touch(state, "第二章　公开的内容和形式")
    state = _touch(state, "第七节　小标题")
    assert isinstance(state.page, Reader)
    assert (state.page.contents, state.page.chapter) == (-1, -1)
    assert "第七节　小标题" in _text(state)
    assert "第二章　公开的内容和形式" in _text(state)


def test_back_closes_what_lies_over_a_text_first() -> None:
    """Chapter, contents, text; then the page before. A card of terms closes first, also over a guide's element."""
    state = State((Home(), Reader("x", "text", 3, contents=1, chapter=2)))
    for expected in (Reader("x", "text", 3, contents=0), Reader("x", "text", 3), Home()):
        state, _ = reduce(state, actions.Back())
        assert state.page == expected
    for page in (Reader("x", explained=True), Element("x", "steps", explained=True)):
        closed, _ = reduce(State((Home(), page)), actions.Back())
        assert closed.page == type(page)("x", *(["steps"] if isinstance(page, Element) else []))


@given(st.lists(st.booleans(), min_size=9, max_size=120))
def test_every_heading_can_be_reached(levels: list[bool]) -> None:
    """By chapter or in one list: each heading stands in exactly one list, and each list leads somewhere."""
    headings = [Heading(f"{n}", n // 3, is_chapter) for n, is_chapter in enumerate(levels)]
    if not contents.has_chapters(headings, 8):
        return
    top = contents.chapters(headings)
    reached = [part.heading for part in top if not part.inside]
    for part in top:
        if part.inside:
            inner = contents.inside(headings, part.chapter)
            assert inner[0].heading == part.heading
            assert len(inner) == part.inside + 1
            reached += [one.heading for one in inner]
    assert sorted(reached, key=lambda one: int(one.text)) == headings
