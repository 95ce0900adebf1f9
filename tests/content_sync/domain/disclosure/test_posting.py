"""How long something stays posted at least (OFF-04, N-06)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from content_sync.domain import profiles
from content_sync.domain.disclosure.items import Emergency, Notice
from content_sync.domain.disclosure.lint import lint
from content_sync.domain.disclosure.posting import shortage
from tests.content_sync.making import item, small_ledger

_from = datetime.fromisoformat("2026-11-20T00:00:00+08:00")
_notice = item(channel="liushu", node="v01", body=replace(item().body, public_notice=True, feedback="0000-1234567"))
_village = profiles.of_level("village")


def _until(**after: float) -> str:
    return (_from + timedelta(**after)).isoformat()


@pytest.mark.parametrize(
    ("until", "short"),
    [
        ("", False),
        (_until(days=15), False),
        (_until(days=15, microseconds=-1), True),
        (_until(days=3), True),
        ("2026-12-04T16:00:00+00:00", False),  # the same fifteen days, told in another zone
    ],
)
def test_a_village_posts_for_fifteen_days(until: str, short: bool) -> None:
    """Whatever ends earlier is refused, with the rule, the profile and the earliest end it may have."""
    one = replace(_notice, shown_until=until)
    fault = shortage(one, _village)
    assert bool(fault) == short
    found = [finding for finding in lint(one, "village") if finding.rule == "OFF-04"]
    assert [finding.blocking for finding in found] == ([True] if short else [])
    if short:
        assert "15天（villages_2025）" in fault
        assert "2026-12-05 00:00" in fault


def test_days_count_from_when_it_is_on_screens() -> None:
    """Published ten days after its beginning, a notice stays ten days longer."""
    one, late = replace(_notice, shown_until=_until(days=20)), _from + timedelta(days=10)
    assert shortage(one, _village) == ""
    assert "2026-12-15 00:00" in shortage(one, _village, late)
    assert shortage(replace(one, shown_until=_until(days=25)), _village, late) == ""
    assert shortage(one, _village, _from - timedelta(days=3)) == ""


def test_whom_the_rule_binds() -> None:
    """Accounts are posted like notices; an emergency ends with the danger; the county's own text names no number."""
    short = {"shown_until": _until(days=1)}
    accounts = item(**short, kind="ledger", body=small_ledger)
    flood = item(**short, kind="emergency", body=Emergency("red", "山洪", "上涨", "转移", "往高处走"))
    assert shortage(accounts, _village)
    assert shortage(flood, _village) == ""
    assert shortage(accounts, profiles.of_level("county")) == ""


def test_a_profile_says_where_its_number_is_from() -> None:
    """A number without a source would be a guess; what no source names is nothing, not zero."""
    assert "15日" in profiles.villages_2025.source
    assert profiles.seed_city.posted_days_min is None
    assert isinstance(_notice.body, Notice)
