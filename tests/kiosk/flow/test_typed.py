"""What is typed: a letter waits, a character takes its place, one touch takes one back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from kiosk.flow import typed


@pytest.mark.parametrize(
    ("terms", "char", "joined", "after"),
    [
        ("s", "身", False, "身"),
        ("身f", "份", True, "身份"),
        ("身份z", "证", True, "身份证"),
        ("低保b", "补", False, "低保 补"),
        ("sfz", "证", True, "sf证"),
        ("低保 补t", "贴", True, "低保 补贴"),
    ],
)
def test_a_character_takes_the_place_of_the_letter(terms, char, joined, after):
    """It joins the word it is known to continue, and begins one of its own otherwise."""
    assert typed.with_character(terms, char, joined=joined) == after
    assert typed.waiting(after) == ""


@pytest.mark.parametrize(
    ("terms", "befores"),
    [
        ("", ()),
        ("s", ()),
        ("身f", ("身",)),
        ("身份z", ("身份",)),
        ("sfz", ("sf", "f")),
        ("b身份z", ("b身份", "身份")),
        ("身fz", ("身f", "f")),
        ("低保 补t", ("补",)),
    ],
)
def test_what_stands_before_is_the_word_and_its_ends(terms, befores):
    """Characters at its end are never parted: a character is joined only to all of them."""
    assert typed.befores(terms) == befores


@pytest.mark.parametrize(("terms", "shown"), [("sfz", "S F Z"), ("身份z", "身份 Z"), ("低保 补t", "低保 补 T")])
def test_letters_are_shown_large_and_parted(terms, shown):
    """Each letter can be seen, characters stand as words."""
    assert typed.shown(terms) == shown


_touches = st.lists(st.one_of(st.sampled_from("sfz"), st.tuples(st.sampled_from("身份证"), st.booleans()), st.none()))


@given(_touches)
def test_any_touches_keep_a_text_that_can_be_searched(touches):
    """Whatever is touched: bounded, no space at an end or doubled, and 删除 takes exactly one sign back."""
    terms = ""
    for touch in touches * 3:
        before = terms
        if touch is None:
            terms = typed.erased(terms)
            assert len(terms.replace(" ", "")) == max(0, len(before.replace(" ", "")) - 1)
        elif isinstance(touch, str):
            terms = typed.with_letter(terms, touch)
            assert typed.waiting(terms) == touch or terms == before
        elif typed.waiting(terms):
            terms = typed.with_character(terms, touch[0], joined=touch[1])
            assert len(terms.replace(" ", "")) == len(before.replace(" ", ""))
        assert len(terms) <= limits.query_chars_max
        assert terms == " ".join(terms.split())
