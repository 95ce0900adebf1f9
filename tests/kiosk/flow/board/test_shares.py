"""How the time of a round is shared between topics (TIM-07)."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.hall.rules import TopicShare
from kiosk.flow.board import led, led_panel, shares
from kiosk.flow.board.playlist import Turn, notice_round, turn
from kiosk.flow.board.shares import Topic
from kiosk.flow.board.stories import Story
from tests.kiosk.flow.board.making import PlainMeasure, now, story

_panel, _measure = led_panel.panel("192x64"), PlainMeasure()
_percents = st.lists(st.integers(0, 100), max_size=5)


def _told(kinds: list[tuple[str, int]]) -> tuple[Story, ...]:
    return tuple(
        story(item=f"i-{n}", hash=f"h-{n}", topics=(topic,) if topic else (), blocks=(Block("p", "天地人和。" * size),))
        for n, (topic, size) in enumerate(kinds)
    )


@given(_percents)
def test_shares_always_leave_something_to_the_rest(percents: list[int]) -> None:
    """Whatever a hall writes down, hot comes first and topics without a share keep a tenth of the time."""
    found = shares.percents(TopicShare(f"t{n}", percent) for n, percent in enumerate(percents))
    assert next(iter(found)) == "hot"
    assert sum(found.values()) <= 100 - limits.unshared_percent_min + 1e-6
    assert all(percent > 0 for percent in found.values())


@given(
    st.lists(st.tuples(st.sampled_from(["hot", "money", "people", ""]), st.integers(0, 40)), max_size=14),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_every_topic_has_its_share_of_a_round(kinds: list[tuple[str, int]], money: int, people: int) -> None:
    """Of the topics that have stories each gets its hundredths, hot opens, every story comes at least once."""
    given_shares = (TopicShare("money", money), TopicShare("people", people))
    told = _told(kinds)
    made = notice_round(told, lambda s: led.cut(s, _panel, _measure, now), now, 4, given_shares)
    assert {slot.page.story.item for slot in made.slots} == {s.item for s in told}
    spent = Counter[str]()
    for slot in made.slots:
        spent[(*slot.page.story.topics, "")[0]] += round(slot.seconds)
    for topic, percent in shares.percents(given_shares).items():
        if any(kind == topic for kind, _ in kinds):
            assert spent[topic] * 100 >= percent * made.seconds - 1e-3
    if any(kind == "hot" for kind, _ in kinds):
        assert made.slots[0].page.story.topics == ("hot",)


def test_without_others_a_topic_is_not_repeated() -> None:
    """A share is a floor against others; alone, each story is shown once a round."""
    told = _told([("money", 3), ("money", 5)])
    assert shares.mixed([Topic(told, 30.0)], (), dict.fromkeys(told, 8.0)) == list(told)


@pytest.mark.parametrize(("topic", "percent"), [("hot", limits.hot_share_percent_min), ("money", 30)])
def test_ten_minutes_of_a_board(topic: str, percent: int) -> None:
    """Looked at every second for ten minutes from a whole round's beginning, the topic was on long enough."""
    told = _told([("", 12), ("", 12), ("hot", 6), ("", 20), ("money", 8), ("", 10), ("hot", 9)])
    made = notice_round(told, lambda s: led.cut(s, _panel, _measure, now), now, 4, (TopicShare("money", 30),))
    begin, shown, seen = made.start + timedelta(days=1), None, 0
    begin -= timedelta(seconds=(begin - made.start).total_seconds() % made.seconds)
    rounds = max(1, round(600 / made.seconds))
    seconds = round(rounds * made.seconds)
    for second in range(seconds):
        before: Turn | None = shown
        shown = turn(before, made, begin + timedelta(seconds=second))
        assert shown.page is not None
        seen += topic in shown.page.story.topics
    assert seen * 100 >= percent * seconds
