"""效能指标 counted by hand (HAL-11)."""

import pytest

from content_sync.domain.hall.rates import Case, rates, share

_november = [
    Case("instant", "done", "2026-11-02", "2026-11-02", "2026-11-02"),
    Case("instant", "done", "2026-11-03", "2026-11-03", "2026-11-03"),
    Case("promised", "done", "2026-11-02", "2026-11-06", "2026-11-09"),  # early
    Case("promised", "done", "2026-11-02", "2026-11-09", "2026-11-09"),  # on its day
    Case("promised", "done", "2026-11-02", "2026-11-10", "2026-11-09"),  # late
    Case("forwarded", "sent", "2026-11-05", "2026-11-06", "2026-11-10"),  # forwarded early
    Case("joint", "open", "2026-11-20", "", "2026-12-04"),
    Case("promised", "done", "2026-11-05", "2026-11-06", "2026-11-10", withdrawn=True),
    Case("supplement", "waiting", "", "", ""),
    Case("returned", "returned", "", "2026-11-04", ""),
    Case("returned", "returned", "2026-11-04", "2026-11-05", "2026-11-09"),
    Case("instant", "voided", "2026-11-04", "2026-11-04", "2026-11-04"),
    Case("promised", "done", "2026-10-20", "2026-11-02", "2026-10-30"),  # of October, ended late in November
    Case("instant", "done", "2026-12-01", "2026-12-01", "2026-12-01"),
]


def test_a_month_by_hand() -> None:
    """即办率 is 2 of 8 accepted; of 7 that ended with a due date, 5 were on time and 2 early."""
    found = rates(_november, "2026-11-01", "2026-11-30")
    assert (found.accepted, found.instant) == (8, 2)
    assert (found.ended, found.on_time, found.early) == (7, 5, 2)
    assert share(found.instant, found.accepted) == "25.0%"


def test_months_add_up() -> None:
    """What is counted in one span is counted in exactly one of its parts."""
    whole = rates(_november, "2026-10-01", "2026-12-31")
    parts = [rates(_november, f"2026-{month}-01", f"2026-{month}-31") for month in (10, 11, 12)]
    assert whole.accepted == sum(part.accepted for part in parts)
    assert whole.on_time == sum(part.on_time for part in parts)


@pytest.mark.parametrize(("part", "whole", "words"), [(0, 0, "—"), (0, 3, "0.0%"), (1, 3, "33.3%"), (3, 3, "100.0%")])
def test_a_share_of_nothing_is_not_known(part: int, whole: int, words: str) -> None:
    """Nothing to share is a dash: no nought is invented, and no hundred."""
    assert share(part, whole) == words
