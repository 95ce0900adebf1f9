"""The meter by a clock in the hand: what is too slow, and what is only slow."""

import math

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable
from content_sync.net.metered import Meter
from tests.content_sync.world import HandTicks

_slow = {  # bytes in each second, for how many seconds, and whether it is a stream
    "an honest 8 KB/s for a quarter of an hour": (8_000, 900, True, None),
    "the same as one request": (8_000, 900, False, limits.transfer_seconds_max),
    "a drip": (1, 900, True, limits.transfer_grace_seconds),
    "nothing at all": (0, 900, True, limits.transfer_grace_seconds),
    "just enough": (limits.transfer_bytes_per_second_min, 9_000, True, None),
    "not quite enough": (limits.transfer_bytes_per_second_min // 2, 900, True, 2 * limits.transfer_grace_seconds),
}


@pytest.mark.parametrize("story", _slow)
def test_a_transfer_lives_by_what_it_brings(story: str) -> None:
    """A transfer that pays for its seconds goes on, as a stream without end; any other ends at a known second."""
    rate, seconds, is_stream, ends = _slow[story]
    ticks = HandTicks()
    meter = Meter(ticks)
    meter.restart(math.inf if is_stream else limits.transfer_seconds_max)
    ended = None
    for second in range(seconds):
        ticks.at = float(second)
        try:
            meter.seconds_left()
        except Unreachable:
            ended = second
            break
        meter.receive(rate)
    assert ended is None if ends is None else ended is not None and abs(ended - ends) <= 2


def test_a_fast_beginning_buys_no_long_silence() -> None:
    """After seven quick megabytes the line may still not be silent for longer than the credit allows."""
    ticks = HandTicks()
    meter = Meter(ticks)
    meter.restart(math.inf)
    meter.receive(7_000_000)
    assert meter.seconds_left() == limits.transfer_credit_seconds_max
    ticks.at = limits.transfer_credit_seconds_max
    with pytest.raises(Unreachable, match="7000000 bytes in 60 s"):
        meter.seconds_left()


def test_sending_a_lot_is_given_its_time() -> None:
    """A full batch over a slow line may take minutes to go out; its answer then has the usual grace."""
    ticks = HandTicks()
    meter = Meter(ticks)
    meter.restart()
    allowed = meter.sending(limits.transfer_bytes_per_second_min * 100)
    assert allowed == limits.transfer_grace_seconds + 100
    ticks.at = allowed
    assert meter.seconds_left() == limits.transfer_grace_seconds
