"""Where the body of a lying screen is cut, and what makes room in a column that is too high: each rule on its own."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kiosk.flow import columns, fitting, sizes
from kiosk.flow.columns import Laid
from kiosk.flow.frame import Box, Code, Drawn, Icon, Mark, Picture, Rect, Target, Text
from kiosk.flow.moving import Move, moved
from kiosk.flow.parts import Part, parts
from tests.content_sync.attaching import attachment

_free = Rect(48, 140, 984, 800)
_finger = 120.0
_wide = ((48.0, 984.0),)


def _stack(*rows: tuple[float, float, Part]) -> tuple[Part, ...]:
    """Parts one below the other: (gap above, height, what it is)."""
    y, found = float(sizes.header + 28), list[Part]()
    for gap, high, kind in rows:
        y += gap
        given = {name: getattr(kind, name) for name in ("keys", "blank", "is_picture", "is_shown", "is_heading")}
        more = {name: getattr(kind, name) for name in ("is_touched", "is_tied", "is_listed")}
        found.append(Part(y, y + high, least=high if kind.keys else 0.0, **given, **more))
        y += high
    return tuple(found)


_text = Part(0, 0)
_heading = Part(0, 0, is_heading=True)
_key = Part(0, 0, keys=_wide, is_touched=True)
_tall_key = Part(0, 0, keys=_wide, blank=(30, 30), is_touched=True)


def _laid(found: tuple[Part, ...]) -> Laid:
    return columns.laid(found, _free, 64, _finger)


def _bottom(laid: Laid, n: int) -> float:
    return laid.moves[n].down(laid.parts[n].bottom)


def test_the_answers_to_one_question_stay_together() -> None:
    """A short title and five answers: half of them each would be of one height, but they are one question."""
    laid = _laid(_stack((0, 150, _text), *[(16, 150, _tall_key)] * 5))
    assert laid.column == (0, 1, 1, 1, 1, 1)


def test_a_list_goes_on_in_the_other_column_before_its_rows_are_cramped() -> None:
    """Four rows of three lines each; the answers to one question stay together at the same cost."""
    row = Part(0, 0, keys=_wide, blank=(40, 40), is_touched=True, is_listed=True)
    assert _laid(_stack((0, 150, _text), *[(16, 240, row)] * 4)).column == (0, 0, 0, 1, 1)
    answer = replace(row, is_listed=False)
    assert _laid(_stack((0, 150, _text), *[(16, 240, answer)] * 4)).column == (0, 1, 1, 1, 1)
    assert _laid(_stack((0, 150, _text), *[(16, 190, row)] * 4)).column == (0, 1, 1, 1, 1)  # not cramped


def test_a_last_answer_alone_in_its_row_stays_with_the_others() -> None:
    """Two by two, and the fifth as wide as the screen: the cut above it would be the most even one."""
    pair = Part(0, 0, keys=((48.0, 484.0), (548.0, 484.0)), is_touched=True)
    rows = [(0.0, 60.0, _text), (16.0, 150.0, pair), (16.0, 150.0, pair), (16.0, 150.0, _key), (16.0, 300.0, _text)]
    assert _laid(_stack(*rows)).column == (0, 0, 0, 0, 1)
    rows[3] = (30.0, 150.0, _key)
    assert _laid(_stack(*rows)).column == (0, 0, 0, 1, 1)


def test_what_a_line_ties_stays_together() -> None:
    """A ladder of three steps below a tall number goes as a whole."""
    tied = Part(0, 0, is_tied=True)
    assert _laid(_stack((0, 300, _text), (20, 160, tied), (60, 160, tied), (60, 160, _text))).column == (0, 1, 1, 1)
    loose = _laid(_stack((0, 300, _text), (20, 160, _text), (60, 160, _text), (60, 160, _text)))
    assert loose.column == (0, 0, 1, 1)


def test_a_heading_stays_with_what_it_heads() -> None:
    """Were it any other line, it would stand at the foot of the left column."""
    rows = [(0.0, 300.0, _text), (60.0, 60.0, _heading), (70.0, 300.0, _text)]
    assert _laid(_stack(*rows)).column == (0, 1, 1)
    rows[1] = (60.0, 60.0, _text)
    assert _laid(_stack(*rows)).column == (0, 0, 1)


def test_the_cut_lies_where_the_gap_is_large() -> None:
    """Rather than where the columns would be of one height."""
    rows = [(0.0, 200.0, _text), (10.0, 200.0, _text), (10.0, 200.0, _text), (80.0, 200.0, _text)]
    assert _laid(_stack(*rows)).column == (0, 0, 0, 1)
    rows[3] = (10.0, 200.0, _text)
    assert _laid(_stack(*rows)).column == (0, 0, 1, 1)


def test_columns_are_of_about_one_height() -> None:
    """Of eight equal paragraphs each column has four."""
    assert _laid(_stack(*[(20, 90, _text)] * 8)).column == (0,) * 4 + (1,) * 4


def test_a_picture_has_the_left_column_for_itself() -> None:
    """Its name stands at the top of the right one, the keys at its foot."""
    picture = Part(0, 0, is_picture=True, is_shown=True)
    laid = _laid(_stack((0, 100, _text), (20, 780, picture), (20, 124, _key)))
    assert laid.column == (1, 0, 1)
    assert laid.moves[1].scale == 1.0
    assert laid.moves[0].y == pytest.approx(_free.y)
    assert _bottom(laid, 2) == pytest.approx(_free.bottom)


def test_keys_below_a_text_go_to_the_bottom_and_the_text_to_the_top() -> None:
    """Where the eye begins and where the hand is."""
    laid = _laid(_stack((0, 500, _text), (80, 120, _text), (20, 124, _key)))
    assert laid.column == (0, 1, 1)
    assert laid.moves[1].y == pytest.approx(_free.y)
    assert _bottom(laid, 2) == pytest.approx(_free.bottom)


def test_a_heading_of_keys_goes_down_with_them() -> None:
    """What is asked stands right above what answers it."""
    laid = _laid(_stack((0, 500, _text), (80, 60, _text), (20, 60, _heading), (12, 124, _key)))
    assert laid.column == (0, 1, 1, 1)
    assert laid.moves[3].y - _bottom(laid, 2) == pytest.approx(12)


def test_a_right_column_without_keys_begins_at_the_top() -> None:
    """Nothing there is to be touched."""
    laid = _laid(_stack((0, 300, _key), (80, 200, _text)))
    assert laid.moves[1].y == pytest.approx(_free.y)


def test_what_has_no_keys_and_stands_in_the_middle_is_not_cut() -> None:
    """A clock and its sentence stay one above the other, in the middle of the window."""
    laid = _laid(_stack((300, 100, _text), (40, 90, _text)))
    assert not laid.are_two
    assert laid.moves[0].y - _free.y == pytest.approx(_free.bottom - _bottom(laid, 1))
    assert _laid(_stack((300, 100, _text), (40, 124, _key))).are_two


def test_a_line_down_the_page_goes_with_what_it_ties() -> None:
    """From one dot to the next, however far they were moved; where it runs through both columns it is cut."""
    laid = _laid(_stack((0, 700, _text), (20, 200, _text), (60, 200, _text)))
    assert laid.column == (0, 1, 1)
    above, below = laid.parts[1], laid.parts[2]
    (piece,) = laid.pieces(Box(Rect(73, above.top + 56, 6, below.top - above.top - 56), "blue"))
    assert (piece.rect.x, piece.rect.y) == (73 + 984 + 64, laid.moves[1].down(above.top + 56))
    assert piece.rect.bottom == pytest.approx(laid.moves[2].down(below.top))
    both = list(laid.pieces(Box(Rect(73, laid.parts[0].top, 6, below.top - laid.parts[0].top), "blue")))
    assert [one.rect.x > 984 for one in both] == [False, True]


# What makes room (kiosk.flow.fitting)


def _fitted(rows: Sequence[tuple[float, float, Part]], room: float) -> fitting.Fit:
    found = _stack(*rows)
    fit = fitting.fitted(found, fitting.gaps_of(found), room, _finger)
    assert fit.whole <= room + 0.5
    return fit


_rows = [(0.0, 100.0, _text), (114.0, 200.0, _tall_key), (14.0, 200.0, _tall_key)]


def test_nothing_changes_where_there_is_room() -> None:
    """As it was laid out."""
    fit = _fitted(_rows, 700)
    assert (fit.gaps[:2], fit.cuts, fit.scales) == ([114, 14], [0] * 3, [1] * 3)


def test_blank_between_parts_goes_first() -> None:
    """A hundred px of it are enough."""
    fit = _fitted(_rows, 528)
    assert (fit.gaps[:2], fit.cuts, fit.scales) == ([14, 14], [0] * 3, [1] * 3)


def test_then_keys_give_the_blank_around_their_words() -> None:
    """No word becomes smaller for it."""
    fit = _fitted(_rows, 488)
    assert fit.cuts == [0, 20, 20]
    assert fit.scales == [1] * 3


def test_no_key_gives_blank_below_a_fingers_size() -> None:
    """Its type has to become smaller sooner."""
    low = [(0.0, 100.0, _text), (14.0, 130.0, _tall_key), (14.0, 130.0, _tall_key)]
    assert _fitted(low, 360).cuts == [0, 10, 10]


def test_then_a_sheet_becomes_smaller_and_type_does_not() -> None:
    """Handwriting is read at any size."""
    sheet = Part(0, 0, is_picture=True)
    fit = _fitted([(0, 100, _text), (14, 400, sheet)], 400)
    assert fit.scales[0] == 1.0
    assert fit.scales[1] == pytest.approx((400 - 114) / 400)


def test_type_and_keys_become_smaller_alike_and_keys_not_below_a_finger() -> None:
    """Two thirds of the missing height come from the text, for the key has only so much to give."""
    fit = _fitted([(0, 400, _text), (14, 132, _key)], 480)
    assert fit.scales[1] == pytest.approx(120 / 132, abs=0.01)
    assert fit.scales[0] == pytest.approx((480 - 14 - 120) / 400, abs=0.01)
    fit = _fitted([(0, 400, _text), (14, 400, _key)], 774)
    assert fit.scales[0] == pytest.approx(fit.scales[1])


def test_small_type_costs_more_than_torn_answers() -> None:
    """Like rows are parted before their type falls below nine tenths, though their keys would still be large enough."""
    laid = _laid(_stack((0, 150, _text), *[(14, 144, _key)] * 6))
    assert set(laid.column[1:]) == {0, 1}
    assert {move.scale for move in laid.moves} == {1.0}


# What stands together (kiosk.flow.parts)


def _words(y: float, words: str = "您好", size: float = 36, **more: object) -> Text:
    return Text(48, y, 984, (words,), size, 54, **more)  # type: ignore[arg-type]


def test_the_largest_words_head_no_part() -> None:
    """They are the title: what it asks may stand beside it. A smaller bold line is a heading."""
    found = parts((_words(140, size=64, bold=True), _words(300, bold=True), _words(400)), (), (), None)
    assert [part.is_heading for part in found] == [False, True, False]


def test_a_keys_blank_is_what_its_words_leave() -> None:
    """Beyond what a rim needs; a key beside other things gives none."""
    key = Rect(48, 400, 984, 200)
    marks: tuple[Mark, ...] = (Box(key, "card", "rim", 3, 16), _words(473))
    (part,) = parts(marks, (), (Target(key, "您好", None),), None)
    ink = 473 + 9 + 0.08 * 36
    assert part.blank == pytest.approx((ink - 400 - 14, 600 - (ink + 0.84 * 36) - 14))
    (part,) = parts((*marks, Box(Rect(48, 380, 984, 300))), (), (Target(key, "您好", None),), None)
    assert part.blank == (0, 0)


def test_a_code_alone_may_become_smaller_and_one_beside_words_may_not() -> None:
    """The words would shrink with it."""
    code = Code(Rect(48, 300, 400, 400), "x")
    assert [part.is_picture for part in parts((code,), (), (), None)] == [True]
    assert [part.is_picture for part in parts((code, _words(400)), (), (), None)] == [False]


# Where a mark goes (kiosk.flow.moving)


def test_type_keeps_its_left_edge_when_it_becomes_smaller() -> None:
    """Title and keys begin at one edge, whatever became smaller."""
    small = moved(_words(200), Move(0, 140, 200, 0.8))
    assert isinstance(small, Text)
    assert (small.x, small.w) == (48, 984)
    assert (small.size, small.leading) == pytest.approx((28.8, 43.2))


def test_a_sign_is_not_stretched() -> None:
    """A dot stays round, an icon square, about where its middle was."""
    for sign in (Box(Rect(48, 200, 56, 56), "blue", radius=28), Icon(Rect(48, 200, 56, 56), "check")):
        small = moved(sign, Move(0, 140, 200, 0.5))
        assert not isinstance(small, Text)
        assert (small.rect.w, small.rect.h) == (28, 28)
        assert small.rect.x + 14 == 48 + 28


def test_words_keep_their_size_on_a_key_that_gives_blank() -> None:
    """The key ends 40 px sooner, its words stand 20 px higher, in the middle still."""
    key = Rect(48, 400, 984, 200)
    move = Move(0, 400, 400, top=460, bottom=540, above=20, below=20)
    box, words = moved(Box(key, "card"), move), moved(_words(473), move)
    assert isinstance(box, Box)
    assert isinstance(words, Text)
    assert box.rect == Rect(48, 400, 984, 160)
    assert (words.size, words.y) == (36, 453)


def test_a_picture_becomes_smaller_as_a_whole_about_the_middle() -> None:
    """Ink and sheet keep their places to each other; with a name before them they begin where other names do."""
    blob = attachment(b"x", name="x.png", use="form", type="image/png").blob
    for mark in (Picture(Rect(140, 200, 800, 600), blob), Box(Rect(140, 200, 800, 600), "card")):
        small = moved(mark, Move(0, 140, 200, 0.5, as_a_whole=True))
        assert not isinstance(small, (Text, Drawn))
        assert small.rect == Rect(340, 140, 400, 300)
    named = moved(Text(48, 200, 200, ("姓名",), 36, 54), Move(0, 140, 200, 0.5, as_a_whole=True, about=sizes.left))
    assert isinstance(named, Text)
    assert named.x == sizes.left
