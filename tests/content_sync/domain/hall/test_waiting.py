"""The estimate: played forward over open windows, shared ones too; it says how it was made, or why it says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.hall.waiting import Estimate, OpenWindow, estimate

_five_minutes = {"huji": [300.0] * 8}
_huji, _both, _shebao = (OpenWindow(frozenset(one)) for one in (["huji"], ["huji", "shebao"], ["shebao"]))


def test_it_says_how() -> None:
    """Six ahead, two windows, five minutes each: about a quarter of an hour, with its basis."""
    found = estimate("huji", ["huji"] * 6, _five_minutes, [_huji, _huji])
    assert (found.low, found.high) == (7, 23)
    assert "8位" in found.basis
    assert "前面6位" in found.basis
    assert "2个窗口" in found.basis
    assert found.is_known


@pytest.mark.parametrize(("windows", "why"), [([], "没有窗口"), ([_shebao], "没有窗口"), ([_huji], "办完的还不多")])
def test_it_says_why_it_says_nothing(windows: list[OpenWindow], why: str) -> None:
    """The last window of a service has closed, or too few were served: no minutes, and the reason."""
    found = estimate("huji", ["huji"], {"huji": [300.0] * 4}, windows)
    assert not found.is_known
    assert why in found.basis


def test_a_shared_window_is_not_counted_twice() -> None:
    """One window serves both; four who wait for the other service in front count, and two windows take them off."""
    alone = estimate("huji", ["shebao"] * 4, _five_minutes, [_both])
    relieved = estimate("huji", ["shebao"] * 4, _five_minutes, [_both, _shebao, _shebao])
    assert (alone.low, alone.high) == (10, 31)
    assert relieved.high < alone.high
    assert "也办别的业务" in alone.basis


def test_a_busy_window_is_half_through() -> None:
    """Nobody in front, the only window has somebody: half a handling."""
    found = estimate("huji", [], _five_minutes, [OpenWindow(frozenset({"huji"}), busy=True)])
    assert (found.low, found.high) == (1, 4)


_lines = st.lists(st.sampled_from(["huji", "shebao"]), max_size=20)
_windows = st.lists(st.sampled_from([_huji, _both, _shebao]), max_size=5).map(lambda some: [_both, *some])


@given(_lines, _windows, st.sampled_from(["huji", "shebao"]))
def test_more_in_front_never_wait_less(ahead: list[str], windows: list[OpenWindow], one: str) -> None:
    """Law: one more in front never shortens the wait; of windows for all, one more never lengthens it."""

    def high(line: list[str], able: list[OpenWindow]) -> int:
        found: Estimate = estimate("huji", line, {"huji": [300.0] * 5, "shebao": [600.0] * 5}, able)
        return found.high

    assert high([*ahead, one], windows) >= high(ahead, windows)
    alike = [_both] * len(windows)
    assert high(ahead, [*alike, _both]) <= high(ahead, alike)
