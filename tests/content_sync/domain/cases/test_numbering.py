"""Receipt numbers: short enough to tap, and never the same twice, with no server to ask."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.cases.numbering import numbers_max, receipt

keys = st.binary(min_size=32, max_size=32)
counts = st.integers(min_value=0, max_value=numbers_max - 1)


@given(keys, counts)
def test_a_number_pad_is_enough_to_ask_by_it(key: bytes, count: int) -> None:
    """Three groups of four digits."""
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", receipt(key, count))


@given(keys, st.sets(counts, min_size=2, max_size=200))
def test_one_desk_gives_no_number_twice(key: bytes, some: set[int]) -> None:
    """Whatever the key, different counts have different numbers under the same mark."""
    numbers = {receipt(key, count) for count in some}
    assert len(numbers) == len(some)
    assert len({number[:4] for number in numbers}) == 1


def test_three_kiosks_for_years_meet_nowhere() -> None:
    """APP-01: three kiosks without a network take 5,000 each; put together, no two are alike."""
    numbers = [receipt(key * 32, count) for key in (b"a", b"b", b"c") for count in range(5_000)]
    assert len(set(numbers)) == len(numbers)


def test_a_number_tells_nothing_of_those_before_it() -> None:
    """The next one lies anywhere: who has one cannot ask for others by counting on."""
    numbers = [int(receipt(b"k" * 32, count)[5:].replace(" ", "")) for count in range(100)]
    near = [a for a, b in pairwise(numbers) if abs(a - b) < 1_000]
    assert near == []
