"""The gaps of a day, and that nothing is lost between them (HAL-15)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.hall.voids import gaps, overlap, without

numbers = st.integers(-3, 30)


@pytest.mark.parametrize(
    ("highest", "used", "lowest", "found"),
    [
        (0, [], 1, []),
        (3, [], 1, [(1, 3)]),
        (3, [1, 2, 3], 1, []),
        (9, [2, 3, 7], 1, [(1, 1), (4, 6), (8, 9)]),
        (9, [2, 3, 7], 3, [(4, 6), (8, 9)]),
        (4, [9, 2], 1, [(1, 1), (3, 4)]),
    ],
)
def test_gaps(highest: int, used: list[int], lowest: int, found: list[tuple[int, int]]) -> None:
    """Every number that is not used stands in exactly one span."""
    assert gaps(highest, used, lowest) == found


@given(numbers, st.lists(numbers), numbers)
def test_used_and_gaps_are_everything(highest: int, used: list[int], lowest: int) -> None:
    """Together they are each number of the range, once."""
    spanned = [number for first, last in gaps(highest, used, lowest) for number in range(first, last + 1)]
    inside = {number for number in used if lowest <= number <= highest}
    assert sorted([*spanned, *inside]) == list(range(lowest, highest + 1))


@given(numbers, st.integers(0, 9), numbers)
def test_a_lifted_number(first: int, more: int, running: int) -> None:
    """A number that turns out to be a ticket leaves its span, the others stay."""
    last = first + more
    left = [number for part in without((first, last), running) for number in range(part[0], part[1] + 1)]
    if first <= running <= last:
        assert left == [number for number in range(first, last + 1) if number != running]
    assert overlap((first, last), (running, running)) == ((running, running) if first <= running <= last else None)
