"""What counts as one press (N-13, QUE-01): one touch may arrive twice, fingers double-tap, several fingers lie down."""

from kiosk.flow.actions import GoHome, TakeTicket
from kiosk.flow.frame import Rect, Target
from kiosk.flow.press import Hand, answered, down, screen_changed, up

_take = Target(Rect(0, 0, 200, 200), "取号", TakeTicket("huji"))
_home = Target(Rect(300, 0, 200, 200), "首页", GoHome())
_targets = (_take, _home)


def test_a_finger_that_lifts_inside_presses_once() -> None:
    """Down and up on a key is one press of it."""
    hand, pressed = up(down(Hand(), 1, 50, 50, 0.0, _targets), 1, 60, 60, 0.1)
    assert pressed is _take
    assert hand.finger is None


def test_a_finger_that_slides_off_presses_nothing() -> None:
    """Lifting elsewhere, also on another key, is no press."""
    assert up(down(Hand(), 1, 50, 50, 0.0, _targets), 1, 350, 50, 0.1)[1] is None


def test_a_touch_delivered_twice_presses_once() -> None:
    """Two touches for one finger, nested or one after the other, are one press."""
    hand = down(down(Hand(), 1, 50, 50, 0.0, _targets), 2, 50, 50, 0.001, _targets)
    hand, first = up(hand, 1, 50, 50, 0.1)
    hand, second = up(hand, 2, 50, 50, 0.101)
    hand, third = up(down(hand, 3, 50, 50, 0.102, _targets), 3, 50, 50, 0.15)
    assert (first, second, third) == (_take, None, None)


def test_a_machine_that_draws_slowly_hears_no_second_press() -> None:
    """The second half of a touch, delivered when a quarter of a second's drawing is over, is not there either."""
    hand, first = up(down(Hand(), 1, 50, 50, 0.0, _targets), 1, 50, 50, 0.05)
    hand = answered(hand, 0.3)
    assert first is _take
    assert up(down(hand, 2, 50, 50, 0.301, _targets), 2, 50, 50, 0.302)[1] is None
    assert up(down(hand, 3, 50, 50, 0.45, _targets), 3, 50, 50, 0.5)[1] is _take


def test_a_double_tap_does_not_press_what_came_up_beneath() -> None:
    """For a moment after another screen came up the glass is deaf."""
    hand = screen_changed(Hand(), 1.0)
    assert up(down(hand, 1, 350, 50, 1.3, _targets), 1, 350, 50, 1.35)[1] is None
    assert up(down(hand, 1, 350, 50, 1.5, _targets), 1, 350, 50, 1.6)[1] is _home


def test_a_finger_held_while_the_screen_changes_presses_nothing() -> None:
    """What it held is not there any more."""
    hand = screen_changed(down(Hand(), 1, 50, 50, 0.0, _targets), 0.2)
    assert up(hand, 1, 50, 50, 0.9)[1] is None


def test_letters_can_be_typed_quickly() -> None:
    """Five presses a second on the same screen all count."""
    hand, count = Hand(), 0
    for n in range(10):
        hand, pressed = up(down(hand, n, 50, 50, n * 0.2, _targets), n, 50, 50, n * 0.2 + 0.06)
        count += pressed is not None
    assert count == 10
