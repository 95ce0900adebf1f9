"""A hall's own rules: written as people write, within bounds, and read back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import profiles
from content_sync.domain.errors import BadInput
from content_sync.domain.hall.deciding import choices, decided, numbers, texts, times, written
from content_sync.domain.hall.rules import HallRules, Opening, TopicShare, usual

_opening = st.builds(
    Opening,
    st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
    st.sampled_from(["08:30", "09:00"]),
    st.sampled_from(["12:00", "17:30"]),
)
_rules = st.builds(
    HallRules,
    opening=st.lists(_opening, max_size=3).map(tuple),
    shares=st.sampled_from([(), (TopicShare("财务", 20), TopicShare("低保 名单", 30))]),
    speaks=st.booleans(),
    codes=st.booleans(),
    zone=st.booleans(),
    rating_levels=st.sampled_from([3, 5]),
    profile=st.sampled_from(["", *profiles.every]),
    **{name: st.integers(least, most) for name, (_, least, most) in numbers.items()},
)


@given(_rules)
def test_what_is_written_is_read_back(rules: HallRules) -> None:
    """Law: every rule has words and bounds, and reading what was written gives the same rules."""
    said = written(rules)
    assert set(said) == {*numbers, *choices, *times, *texts}
    assert decided(usual, said) == rules


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("calls_max", "0", "最多叫几遍"),
        ("ageing_minutes", "soon", "等满多少分钟"),
        ("missed_places", "-1", "0 到 20"),
        ("missed_places", "9" * 5_000, "0 到 20"),
        ("rating_levels", "4", "五级、三级"),
        ("profile", "seed_city_7", "差评15个工作日"),
        ("quiet_from", "24:00", "21:00"),
        ("opening", "每天 8:30-12:00", "不是取号时间"),
        ("opening", "1-5 12:00-08:30", "晚于"),
        ("shares", "财务 60\n低保 60", "100"),
        ("shares", "财务", "不是比例"),
        ("nonsense", "1", "没有“nonsense”"),
    ],
)
def test_what_makes_no_rule(name: str, text: str, words: str) -> None:
    """Each mistake is named with its rule, and nothing is decided."""
    with pytest.raises(BadInput, match=words):
        decided(usual, {name: text})


def test_days_in_short() -> None:
    """Monday to Friday with a full-width colon, and the weekend."""
    rules = decided(usual, {"opening": "1-5 8：30-12:00\n\n6,7 09:00 - 12:00"})
    assert rules.opening == (Opening((1, 2, 3, 4, 5), "08:30", "12:00"), Opening((6, 7), "09:00", "12:00"))
