"""A sheet is taken that was filled in before the end and fits the questions, whatever way it comes (EVA-03)."""

from datetime import datetime

import pytest

from content_sync.domain.disclosure.items import Notice
from content_sync.domain.disclosure.polls import Ask
from content_sync.domain.disclosure.sheets import why_not
from tests.content_sync.making import item

_asks = (Ask("方便吗？", ("方便", "不方便")),)
_poll = item(kind="notice", shown_until="2026-12-01T00:00:00+08:00", body=Notice((), questions=_asks))


@pytest.mark.parametrize(
    ("filled_in", "answers", "why"),
    [
        ("2026-11-30T23:59:59.999999+08:00", {1: 2}, None),
        ("2026-12-01T00:00:00+08:00", {1: 2}, "over"),
        ("2026-11-30T16:00:00+00:00", {1: 2}, "over"),  # the same instant, told elsewhere
        ("2026-11-30T15:59:59+00:00", {1: 2}, None),
        ("2026-11-23T09:00:00+08:00", {}, "unfit"),
        ("2026-11-23T09:00:00+08:00", {1: 3}, "unfit"),
        ("2026-11-23T09:00:00+08:00", {2: 1}, "unfit"),
        ("2026-11-23T09:00:00+08:00", {0: 1}, "unfit"),
        ("2026-11-23T09:00:00+08:00", {1: 0}, "unfit"),
    ],
)
def test_a_sheet_in_time_that_fits_is_taken(filled_in: str, answers: dict[int, int], why: str | None) -> None:
    """The end is too late already, zones are compared as instants, and places count from one."""
    assert why_not(_poll, answers, datetime.fromisoformat(filled_in)) == why
