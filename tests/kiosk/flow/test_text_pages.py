"""Where a long text turns the page: between sentences' lines that can stand alone, never inside a heading's reach."""

from itertools import pairwise

import pytest

from content_sync.domain.disclosure.blocks import Block
from kiosk.flow import text_pages
from kiosk.flow.pages.plain import Home
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import State
from kiosk.flow.text_pages import Line
from tests.kiosk import county
from tests.kiosk.flow.looks import measure, tongues

_words = "清河县城关河滨路18号，公交2路、5路“政务大厅”站下车，进门右手就是。"
_text = tuple(
    block
    for n in range(6)
    for block in (Block("h2", f"第{n}节"), *(Block("p", _words * k) for k in (1, 2, 3)), Block("li", _words * 4))
)


def _pages(high: int, *, elder: bool) -> tuple[tuple[Line, ...], ...]:
    sheet = Sheet("text", State((Home(),), elder), county.view(), measure, tongues.words("zh-Hans"))
    return text_pages.lay(sheet, _text, high).pages


def _paragraphs(lines: tuple[Line, ...]) -> list[int]:
    """How many lines each block has; a block begins with space above it."""
    begins = [n for n, line in enumerate(lines) if line.above]
    return [after - here for here, after in pairwise([*begins, len(lines)])]


@pytest.mark.parametrize("elder", [False, True])
def test_no_page_ends_in_a_lone_first_line_or_begins_with_a_lone_last_one(elder: bool) -> None:
    """However high a page is; nothing is lost, no heading stands at the foot, and no list without its lead."""
    whole = _pages(100_000, elder=elder)[0]
    for high in range(440, 1200, 40):
        pages = _pages(high, elder=elder)
        assert [line for page in pages for line in page] == list(whole), high
        assert all(sum(line.leading for line in page) <= high for page in pages), high
        ends = {0}
        for page in pages:
            ends.add(max(ends) + len(page))
        at = 0
        for count in _paragraphs(whole):
            cut = {end - at for end in ends} & set(range(1, count))
            assert not cut & {1, count - 1}, (high, at)
            at += count
        assert not any(page[-1].heading for page in pages), high
        assert not any(page[0].indent > page[0].above > 0 == before[-1].indent for before, page in pairwise(pages)), (
            high
        )
