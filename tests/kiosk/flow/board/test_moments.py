"""Days and instants in words."""

from datetime import datetime, timedelta

import pytest

from kiosk.flow.board import moments
from tests.kiosk.flow.board.making import now


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("", "内容正在送来"),
        ("2026-11-24T09:38:00+08:00", "内容截至 今天 9:38"),
        ("2026-11-24T01:38:00+00:00", "内容截至 今天 9:38"),
        ("2026-11-23T21:05:00+08:00", "内容截至 昨天 21:05"),
        ("2026-11-22T08:00:00+08:00", "内容截至 11月22日 8:00"),
        ("2026-11-21T09:00:00+08:00", "内容截至 11月21日，3 天前"),
        ("2026-10-20T09:00:00+08:00", "内容截至 10月20日，请以窗口为准"),
        ("2025-12-20T09:00:00+08:00", "内容截至 2025年12月20日，请以窗口为准"),
        ("2026-11-24T09:50:00+08:00", "内容截至 今天 9:50"),
    ],
)
def test_the_age_of_the_content_is_said_in_plain_words(as_of: str, words: str) -> None:
    """Fresh, yesterday, days old, too old, and from a clock that is ahead (OFF-05)."""
    assert moments.as_of_words(as_of, now) == words


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ("2026-11-25T00:00:00+08:00", "今天最后一天"),
        ("2026-11-24T18:00:00+08:00", "今天最后一天"),
        ("2026-11-25T18:00:00+08:00", "明天最后一天"),
        ("2026-12-01T00:00:00+08:00", "还有 6 天"),
        ("2026-11-30T16:00:00+00:00", "还有 6 天"),
    ],
)
def test_a_public_notice_counts_the_days_to_its_last_one(ends: str, words: str) -> None:
    """The end itself is outside: a notice until midnight has its last day before it (CAT-21)."""
    assert moments.days_left_words(datetime.fromisoformat(ends), now) == words


def test_thirty_days_make_content_stale() -> None:
    """Stale is a matter of whole days, and never before the first content."""
    assert not moments.is_stale("", now)
    assert not moments.is_stale((now - timedelta(days=30) + timedelta(minutes=1)).isoformat(), now)
    assert moments.is_stale((now - timedelta(days=30)).isoformat(), now)
