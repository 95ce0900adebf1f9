"""Handwriting is kept as drawn, within its bounds, and nothing else can hide in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.cases.handwriting import Writing, parse, side_max, stacked, text_of, with_stroke
from content_sync.domain.errors import BadInput

points = st.tuples(st.integers(0, 1_000), st.integers(0, 600))
strokes = st.lists(st.lists(points, min_size=1, max_size=60).map(tuple), min_size=1, max_size=12)
empty = Writing(1_000, 600)


@given(strokes)
def test_what_was_written_comes_back_as_it_was_drawn(drawn: list[tuple[tuple[int, int], ...]]) -> None:
    """A sheet survives its text; every stroke begins and ends where the finger did."""
    writing = empty
    for stroke in drawn:
        writing = with_stroke(writing, stroke)
    assert parse(text_of(writing)) == writing
    assert [(s[0], s[-1]) for s in writing.strokes] == [(s[0], s[-1]) for s in drawn]


def test_a_straight_line_is_two_points() -> None:
    """A finger that moves evenly leaves hundreds of points and one line."""
    (line,) = with_stroke(empty, tuple((n, n) for n in range(500))).strokes
    assert line == ((0, 0), (499, 499))


def test_a_full_sheet_takes_no_more() -> None:
    """Scribbling for minutes never makes a record too large; what was written before stays."""
    writing, zigzag = empty, tuple((n * 7 % 1_000, n * 311 % 600) for n in range(300))
    for _ in range(50):
        writing = with_stroke(writing, zigzag)
    assert len(text_of(writing)) <= limits.strokes_chars_max
    assert with_stroke(writing, zigzag) == writing


def test_a_finger_that_leaves_the_sheet_stays_on_its_edge() -> None:
    """Nothing is drawn outside."""
    (line,) = with_stroke(empty, ((-50, 10), (2_000, 900))).strokes
    assert line == ((0, 10), (1_000, 600))


def test_several_sheets_become_one_picture() -> None:
    """A name above what is asked for."""
    name, text = Writing(1_000, 200, (((1, 2),),)), Writing(1_000, 600, (((3, 4),),))
    assert stacked((name, text)) == Writing(1_000, 800, (((1, 2),), ((3, 204),)))
    assert stacked((name, Writing(1_000, side_max - 200))).height == side_max


@pytest.mark.parametrize(
    "text",
    [
        *("rsgo", "rsgo;", ";0a0b", "rsgo;0a0", "rsgo;0A0b", "rsgo;zzzz", "0000;0000", "rsgo;0a0b;;0a0b", "<svg>"),
        "好" * 4,
        "rsgo;" + "0a0b" * 2_000,
    ],
)
def test_what_is_no_handwriting_is_refused(text: str) -> None:
    """A record may claim anything."""
    with pytest.raises(BadInput):
        parse(text)


def test_an_empty_sheet_is_an_empty_text() -> None:
    """Who wrote nothing sends nothing."""
    assert text_of(empty) == ""
    assert parse("").strokes == ()
