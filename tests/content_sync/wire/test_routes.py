"""The cheapest way to an edition."""

from content_sync.wire.editions import Base, Delta
from content_sync.wire.routes import cheapest


def _delta(since: int, to: int, length: int) -> Delta:
    return Delta(since, to, f"{since}-{to}", length)


_base = Base("base", 1_000, 5_000, 3)
_steps = [_delta(number, number + 1, 100) for number in range(1, 9)]


def test_one_merged_delta_beats_its_steps() -> None:
    """Of two ways the one with fewer bytes is taken."""
    merged = _delta(4, 9, 250)
    way = cheapest(4, _base, [*_steps, merged], 9)
    assert way is not None
    assert (way.base, way.deltas, way.bytes) == (None, (merged,), 250)


def test_steps_are_joined_where_nothing_merged_begins() -> None:
    """A device between two merged deltas walks to the next one."""
    merged = _delta(5, 9, 150)
    way = cheapest(4, _base, [*_steps, merged], 9)
    assert way is not None
    assert [(one.since, one.to) for one in way.deltas] == [(4, 5), (5, 9)]


def test_the_base_is_taken_when_it_is_cheaper() -> None:
    """Who is far behind begins anew rather than walking a longer way."""
    dear = [_delta(number, number + 1, 900) for number in range(1, 4)]
    way = cheapest(1, _base, [*dear, _delta(3, 4, 10)], 4)
    assert way is not None
    assert (way.base, [one.since for one in way.deltas], way.bytes) == (_base, [3], 1_010)


def test_no_way_is_none() -> None:
    """A gap after the base and after what is held is told as such, and nobody walks in circles or backwards."""
    assert cheapest(8, _base, [_delta(9, 10, 1)], 10) is None
    assert cheapest(None, _base, [_delta(4, 5, 1)], 5) is None
