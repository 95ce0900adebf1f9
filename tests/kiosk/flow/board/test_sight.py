"""How large letters must be."""

import pytest

from kiosk.flow.board import lcd_grid, sight


def test_a_55_inch_panel_is_read_from_eight_metres() -> None:
    """The design's smallest letter is exactly enough there (SCREENS A5)."""
    assert sight.smallest_px(8, 685, 1080) <= lcd_grid.small
    assert sight.smallest_px(8.5, 685, 1080) > lcd_grid.small


@pytest.mark.parametrize(("distance", "panel"), [(8, 685), (9.5, 685), (12, 685), (12, 1070), (3, 300), (20, 685)])
def test_the_smallest_letter_is_large_enough_for_the_distance(distance: float, panel: float) -> None:
    """Whatever the panel, 52 px of the canvas cover at least the distance divided by 250."""
    smallest = sight.smallest_px(distance, panel, 1080)
    width, height = sight.canvas(1920, 1080, smallest)
    millimetres = lcd_grid.small / height * panel
    assert millimetres >= distance * 1000 / 250
    assert width <= 1920
    assert height <= 1080
