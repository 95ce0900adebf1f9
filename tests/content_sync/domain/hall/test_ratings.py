"""Five levels, three grades, one rating, none assumed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import ratings


def test_levels_to_grades() -> None:
    """The five levels fall into the seed's three grades, and the last two are bad."""
    assert [ratings.grade_of(n) for n in (5, 4, 3, 2, 1)] == ["满意", "满意", "基本满意", "不满意", "不满意"]
    assert [ratings.is_bad(n) for n in (5, 4, 3, 2, 1)] == [False, False, False, True, True]


@pytest.mark.parametrize("level", [0, 6, -1, None, "5", 5.0, True])
def test_no_other_level(level: object) -> None:
    """Nothing but a whole number from 1 to 5 is a level; an absent one is not taken for a good one."""
    with pytest.raises(BadInput):
        ratings.checked_level(level)


@pytest.mark.parametrize(
    ("state", "rated", "reason"),
    [(None, False, "unknown ticket"), ("called", False, "not served yet"), ("finished", True, "already rated")],
)
def test_refusals(state: str | None, rated: bool, reason: str) -> None:
    """A ticket that is unknown, not finished or rated before cannot be rated."""
    with pytest.raises(Refused, match=reason):
        ratings.refuse_unratable(state, rated=rated)
    ratings.refuse_unratable("finished", rated=False)


@given(st.lists(st.integers(1, 5), max_size=50), st.integers(0, 50))
def test_summary_never_defaults(levels: list[int], walked_away: int) -> None:
    """Who did not rate is counted as such and changes no share."""
    one, other = ratings.summary(levels, len(levels)), ratings.summary(levels, len(levels) + walked_away)
    assert other.unrated == walked_away
    assert [one.share(grade) for grade in ratings.grades] == [other.share(grade) for grade in ratings.grades]


def test_shares() -> None:
    """60, 30 and 10 of a hundred are said as such; of nobody nothing is said."""
    found = ratings.summary([5] * 50 + [4] * 10 + [3] * 30 + [1] * 10, 100)
    assert [found.share(grade) for grade in ratings.grades] == ["60.0%", "30.0%", "10.0%"]
    assert ratings.summary([], 7).share("满意") == "—"


def test_three_levels() -> None:
    """A hall of three levels asks for the seed's grades; its sums can be added to those of five levels."""
    assert ratings.levels_of(3) == {5: "满意", 3: "基本满意", 1: "不满意"}
    assert ratings.levels_of(5) == ratings.levels
    assert [ratings.grade_of(level) for level in ratings.levels_of(3)] == list(ratings.grades)
    assert [level for level in ratings.levels_of(3) if ratings.is_bad(level)] == [1]
    with pytest.raises(BadInput, match="1, 3, 5"):
        ratings.checked_level(4, 3)
    mixed = ratings.summary([5, 4, 3, 1], 4)
    assert mixed.by_level(3) == {"满意": 2, "基本满意": 1, "不满意": 1}
    assert list(mixed.by_level(5).values()) == [1, 1, 1, 0, 1]


def test_what_was_set_aside_counts_in_no_share() -> None:
    """A malicious rating is neither bad nor unrated: it stands beside."""
    found = ratings.summary([5], 3, set_aside=1)
    assert (found.share("满意"), found.unrated, found.set_aside) == ("100.0%", 1, 1)


def test_follow_up() -> None:
    """Of the named ones every one must be followed up; of none nothing is said."""
    assert ratings.FollowUp(4, 2, 1, 1).share == "50.0%"
    assert ratings.FollowUp(4, 2, 1, 1).named_share == "100.0%"
    assert ratings.FollowUp(0, 0, 0, 0).named_share == "—"
