"""When to ask again, by ticks in the hand."""

from collections.abc import Iterator

import pytest

from content_sync.agent.pacing import Pace


def _pace(*chances: float) -> Pace:
    draws: Iterator[float] = iter(chances)
    return Pace(60, 3_600, 900, lambda: next(draws))


def _due(pace: Pace, after: float, *, live: bool = False) -> float:
    """The first whole second after `after` at which it asks."""
    return next(second for second in range(int(after), 100_000) if pace.is_due(second, live=live))


def test_the_first_question_is_asked_at_once() -> None:
    """A device that starts does not wait."""
    assert _pace().is_due(0.0, live=False)


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 50), (0.5, 60), (1.0, 70)])
def test_a_county_does_not_ask_in_one_moment(chance: float, seconds: int) -> None:
    """Devices that started together drift apart by a sixth of the pause."""
    pace = _pace(chance)
    pace.asked(100.0, failed=False)
    assert _due(pace, 100) == 100 + seconds


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 1_800), (1.0, 3_600)])
def test_with_a_live_line_it_asks_now_and_then(chance: float, seconds: int) -> None:
    """While hints wake the agent, polls are for what no hint tells."""
    pace = _pace(chance)
    pace.asked(0.0, failed=False)
    assert _due(pace, 0, live=True) == seconds


def test_pauses_double_after_failures_to_a_bound() -> None:
    """At the latest after 120, 240, 480, then 900 seconds, however often it failed."""
    pace = _pace(*[1.0] * 99)
    pauses = []
    for _ in range(99):
        pace.asked(0.0, failed=True)
        pauses.append(_due(pace, 0))
    assert pauses[:4] == [120, 240, 480, 900]
    assert set(pauses[3:]) == {900}


def test_a_returning_server_is_not_met_by_all_at_once() -> None:
    """The moment is drawn from the whole pause, not only from its end."""
    pace = _pace(0.25)
    pace.asked(0.0, failed=True)
    assert _due(pace, 0) == 30


@pytest.mark.parametrize("ending", ["success", "hint"])
def test_success_and_hints_end_the_long_pauses(ending: str) -> None:
    """Once something is heard the usual pace is back."""
    pace = _pace(*[1.0] * 9)
    for _ in range(5):
        pace.asked(0.0, failed=True)
    if ending == "hint":
        pace.hinted()
        pace.asked(0.0, failed=True)
        assert _due(pace, 0) == 120
    pace.asked(0.0, failed=False)
    assert _due(pace, 0) == 70


def test_who_loses_the_live_line_waits_a_whole_pause() -> None:
    """When a server goes down, nine thousand devices do not all notice that their last question was long ago."""
    pace = _pace(0.5)
    pace.asked(0.0, failed=False)
    assert not pace.is_due(2_000.0, live=True)
    assert not pace.is_due(2_001.0, live=False)
    assert _due(pace, 2_001) == 2_061
