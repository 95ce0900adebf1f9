"""How one screen becomes the next."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow import motion
from kiosk.flow.landscape import lying
from tests.kiosk.flow.looks import drawn


def test_deeper_comes_from_the_right_and_back_from_the_left() -> None:
    """Home and a page above it; in elder view nothing moves, on a panel that lies the same moves."""
    home, page = drawn("normal")["home"], drawn("normal")["guides"]
    assert (motion.way(home, page), motion.way(page, home)) == (1, -1)
    assert motion.way(page, replace(page, name="other")) == 0
    assert motion.way(lying(home, 1920, 1080), lying(page, 1920, 1080)) == 1
    assert motion.way(drawn("elder")["home"], drawn("elder")["guides"]) == 0
    assert motion.way(home, drawn("elder")["guides"]) == 0


def test_a_visitor_s_first_screen_does_not_move() -> None:
    """Waking the kiosk, or the first picture after a start, comes from nowhere."""
    home = drawn("normal")["home"]
    assert motion.way(replace(home, depth=0), home) == 0
    assert motion.way(drawn("normal")["idle"], home) == 0


@given(st.floats(0, 2), st.floats(0, 2), st.sampled_from([-1, 1]))
def test_it_only_ever_comes_nearer_and_is_there_in_time(one: float, other: float, way: int) -> None:
    """Under 200 ms, by a few px, and never back."""
    early, late = sorted((one, other))
    assert 0 <= motion.shift(way, late) * way <= motion.shift(way, early) * way <= 24
    assert motion.seconds < 0.2
    assert motion.shift(way, 0.2) == 0


def test_it_begins_where_the_theme_says() -> None:
    """24 px aside: every word and key can be read and touched from the first picture on."""
    assert motion.shift(1, 0) == pytest.approx(24)
