"""Cutting a text into pages."""

from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board.pages import Place, Room, breaker, fill, fill_all, is_end, shortened
from tests.kiosk.flow.board.making import PlainMeasure

_breaker = breaker(PlainMeasure(), 10)
_texts = st.text("一二三四。！”", max_size=80)
_blocks = st.lists(st.builds(Block, st.sampled_from(["p", "li", "h2"]), _texts), max_size=6)


@given(_blocks, st.integers(1, 12), st.integers(1, 5))
def test_the_pages_together_are_the_whole_text_and_none_is_fuller_than_its_room(
    blocks: list[Block], chars: int, lines: int
) -> None:
    """Nothing is lost, doubled or put beyond the grid, whatever the text and the room."""
    pages = fill_all(blocks, Room(chars * 10, lines), _breaker, 10_000)
    assert "".join(line.text for page in pages for line in page) == "".join(block.text for block in blocks)
    assert all(len(page) <= lines and all(len(line.text) <= chars for line in page) for page in pages)


def test_a_page_ends_with_a_sentence_when_that_costs_little() -> None:
    """The cut falls behind the last full stop in the lower part of the page, the rest begins the next page."""
    blocks = [Block("p", "一二三四五六七八九。一二三四五六七八九十一二三四")]
    lines, place = fill(blocks, Place(), Room(60, 3), _breaker)
    assert [line.text for line in lines] == ["一二三四五六", "七八九。"]
    assert place == Place(0, 10)


def test_a_page_never_ends_inside_a_clause_where_a_screen_asks_for_that() -> None:
    """“不要钱” parted after 不 would say the opposite on the next page; two words are not left alone there either."""
    blocks = [Block("p", "一二三四五六，七八不要钱，带三样证到村里")]
    lines, place = fill(blocks, Place(), Room(100, 1, clauses="，"), _breaker)
    assert ([line.text for line in lines], place) == (["一二三四五六，"], Place(0, 7))
    blocks = [Block("p", "每亩五万，十二月前登记，提意见。")]
    lines, place = fill(blocks, Place(), Room(120, 1, clauses="，"), _breaker)
    assert ([line.text for line in lines], place) == (["每亩五万，"], Place(0, 5))
    lines, place = fill(blocks, Place(), Room(120, 1), _breaker)
    assert place == Place(0, 12)


def test_a_heading_never_stands_last_on_a_page() -> None:
    """A heading whose text would begin on the next page goes there with it."""
    blocks = [Block("p", "一二三四。"), Block("h2", "怎么补"), Block("p", "按亩补偿")]
    lines, place = fill(blocks, Place(), Room(100, 2), _breaker)
    assert [line.text for line in lines] == ["一二三四。"]
    assert place == Place(1)


def test_an_empty_room_tells_nothing_and_moves_nowhere() -> None:
    """A page whose title leaves no line begins the text on the next page."""
    assert fill([Block("p", "字")], Place(), Room(100, 0), _breaker) == ((), Place())
    assert is_end([], Place())


def test_a_last_line_of_one_character_takes_some_from_above() -> None:
    """A widow is filled up when that makes no further line."""
    assert [len(line) for line in _breaker("一二三四五六七八九十一二三", 120, False)] == [10, 3]


def test_shortened_text_fits_and_says_that_it_was_cut() -> None:
    """What is too wide ends with an ellipsis inside the room, without a dangling comma."""
    assert shortened("一二三，五六七", 10, 50, PlainMeasure()) == "一二三…"
    assert shortened("一二三", 10, 30, PlainMeasure()) == "一二三"
