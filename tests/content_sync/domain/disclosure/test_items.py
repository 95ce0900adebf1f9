"""When an item may be seen, and which items may leave the house."""

from datetime import datetime, timedelta

import pytest

from content_sync.domain.disclosure.items import is_due, is_publishable
from tests.content_sync.making import item

_from, _until = "2026-11-20T00:00:00+08:00", "2026-12-01T00:00:00+08:00"


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-19T23:59:59+08:00", False),
        ("2026-11-20T00:00:00+08:00", True),
        ("2026-11-30T23:59:59+08:00", True),
        ("2026-12-01T00:00:00+08:00", False),
        ("2026-11-30T16:00:00+00:00", False),
    ],
)
def test_an_item_is_due_from_its_first_instant_until_just_before_its_end(now: str, due: bool) -> None:
    """The start is included, the end is not, and zones are compared as instants (promise 5)."""
    assert is_due(_from, _until, datetime.fromisoformat(now)) is due


def test_an_item_without_an_end_stays() -> None:
    """An empty end means no end."""
    assert is_due(_from, "", datetime.fromisoformat(_from) + timedelta(days=9_999))


@pytest.mark.parametrize(
    ("changes", "leaves"),
    [
        ({}, True),
        ({"visibility": "internal"}, False),
        ({"openness": "on_application"}, False),
        ({"openness": "withheld"}, False),
    ],
)
def test_only_proactive_public_items_leave_the_house(changes: dict[str, str], leaves: bool) -> None:
    """Nothing internal, withheld or on application is publishable (CAT-05, CAT-14)."""
    assert is_publishable(item(**changes)) is leaves
