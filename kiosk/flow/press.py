"""What counts as one press (QUE-01, N-13: Kivy may deliver one touch twice).

1. One finger at a time: while a finger is down, any other touch is not there.
2. A press is a finger that goes down on a target and lifts inside the same target.
3. For a moment after a press, and after another screen came up, touches are not there: the second half of a double tap
   must not press what appears under it. Waiting 120 ms lets nobody type slower; 400 ms lets nobody double-tap through.
4. That moment begins when the press has been answered: the second half of a double tap waited while the machine drew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content_sync.domain import limits
from kiosk.flow.frame import Target, hit


@dataclass(frozen=True)
class Hand:
    """The one finger that counts: which touch it is, what it holds, and until when the glass is deaf."""

    finger: object = None
    held: Target | None = None
    deaf_until: float = 0.0


def down(hand: Hand, finger: object, x: float, y: float, now: float, targets: Sequence[Target]) -> Hand:
    """A touch begins (rules 1 and 3); `now` in seconds of any steady clock."""
    if hand.finger is not None or now < hand.deaf_until:
        return hand
    return replace(hand, finger=finger, held=hit(targets, x, y))


def up(hand: Hand, finger: object, x: float, y: float, now: float) -> tuple[Hand, Target | None]:
    """A touch ends: the target it pressed, if it did (rule 2)."""
    if hand.finger != finger or hand.finger is None:
        return hand, None
    target = hand.held if hand.held and hit((hand.held,), x, y) else None
    deaf_until = now + limits.press_gap_ms / 1000 if target else hand.deaf_until
    return Hand(deaf_until=max(deaf_until, hand.deaf_until)), target


def answered(hand: Hand, now: float) -> Hand:
    """What a press led to stands on the glass (rule 4)."""
    return replace(hand, deaf_until=max(hand.deaf_until, now + limits.press_gap_ms / 1000))


def screen_changed(hand: Hand, now: float) -> Hand:
    """Another screen came up (rule 3); a finger still down holds nothing any more."""
    return Hand(hand.finger, None, max(hand.deaf_until, now + limits.screen_settles_ms / 1000))
