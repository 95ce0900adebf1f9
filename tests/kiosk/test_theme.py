"""The day theme's colours: every pair that is drawn together can be read by a weak eye (SCREENS A2)."""

import pytest

from kiosk import config


def _light(name: str, theme: str = "day") -> float:
    value = config.theme(theme)[name]
    channels = [int(value[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str, theme: str = "day") -> float:
    high, low = sorted((_light(one, theme), _light(other, theme)), reverse=True)
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


@pytest.mark.parametrize("theme", ["day", "contrast"])
@pytest.mark.parametrize("ink", ["ink", "soft", "blue"])
def test_what_is_read_aloud_can_be_read_along(theme: str, ink: str) -> None:
    """The wash behind the sentence takes nothing from it, by day and in high contrast."""
    assert _contrast(ink, "read", theme) >= 7
