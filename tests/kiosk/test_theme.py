"""The day theme's colours: every pair that is drawn together can be read by a weak eye (SCREENS A2)."""

import pytest

from kiosk import config


def _light(name: str) -> float:
    value = config.theme()[name]
    channels = [int(value[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["paper", "card", "wash"])
@pytest.mark.parametrize("ink", ["ink", "soft", "red", "blue"])
def test_text_by_day_has_seven_to_one(ink: str, ground: str) -> None:
    """Text on paper, cards and washed keys."""
    if (ink, ground) == ("red", "wash"):
        return  # never drawn
    assert _contrast(ink, ground) >= 7


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("white", "blue"),
        ("white", "night"),
        ("mist", "night"),
        ("lamp", "night"),
        ("white", "black"),
        ("mist", "black"),
    ],
)
def test_text_on_dark_ground_has_seven_to_one(ink: str, ground: str) -> None:
    """The filled key, the night screen, the boards."""
    assert _contrast(ink, ground) >= 7


@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("mark", ["rim", "blue", "red"])
def test_rims_and_icons_have_four_and_a_half_to_one(mark: str, ground: str) -> None:
    """A weak eye sees where a key ends."""
    assert _contrast(mark, ground) >= 4.5
