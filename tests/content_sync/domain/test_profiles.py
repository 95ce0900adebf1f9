"""Numbers of the law come with their source; what no law says is not invented."""

from dataclasses import fields

import pytest

from content_sync.domain import profiles
from content_sync.domain.errors import BadInput
from content_sync.domain.profiles import Number


@pytest.mark.parametrize("profile", profiles.every.values(), ids=lambda profile: profile.id)
def test_each_number_names_its_source(profile: profiles.Profile) -> None:
    """Nobody has to ask where a number comes from; a missing one says what is missing."""
    for field in fields(profile):
        number = getattr(profile, field.name)
        if isinstance(number, Number):
            assert number.source, field.name
            assert number.value is None or number.value > 0


def test_a_hall_follows_its_own_profile() -> None:
    """Local limits differ by place: a hall may name a profile; otherwise its unit's level decides."""
    assert profiles.of_hall("", "village").posted_days_min == 15
    assert profiles.of_hall("", "county").bad_rating.value == 5
    assert profiles.of_hall("seed_city_15", "county").bad_rating.value == 15
    assert profiles.of_hall("seed_city", "county").opinion.value is None  # the seed says 规定时限 and no number
    with pytest.raises(BadInput, match="seed_city_15"):
        profiles.of_hall("seed_city_7", "county")
