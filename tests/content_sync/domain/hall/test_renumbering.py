"""Numbers go on from a later one, never back, and what is passed over is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.renumbering import restarted
from content_sync.domain.hall.tickets import Counter, lease, take

_steps = st.lists(st.sampled_from(["take", "take", "lease"]) | st.integers(1, 2_000), max_size=15)


@given(_steps)
def test_no_number_comes_twice_and_none_is_lost(steps: list[str | int]) -> None:
    """Law: whatever is taken, leased and restarted, no number is given twice, and every one passed over is named."""
    counter, given_out, passed = Counter(), list[int](), list[int]()
    for step in steps:
        if isinstance(step, int):
            try:
                counter, spans = restarted(counter, "A", step)
            except Refused:
                continue
            passed += [number for first, last in spans for number in range(first, last + 1)]
            running, counter = take(counter)
            assert running == step
            given_out.append(running)
        elif step == "take":
            running, counter = take(counter)
            given_out.append(running)
        else:
            first, last, counter = lease(counter, 5)
            given_out += range(first, last + 1)
    assert len(given_out) == len(set(given_out))
    assert not set(given_out) & set(passed)
    below = set(range(1, min(counter.low, limits.lease_first_number)))
    above = set(range(limits.lease_first_number, counter.high))
    assert below | above == {*given_out, *passed} & (below | above)


@pytest.mark.parametrize(
    ("first", "words"), [(0, "之间"), (90_001, "之间"), (11, "A011"), (601, "A651"), (640, "A012")]
)
def test_numbers_that_were_used_or_may_be(first: int, words: str) -> None:
    """Eleven were given and one block is out: neither those nor the block's numbers come again."""
    with pytest.raises((BadInput, Refused), match=words):
        restarted(Counter(12, 651), "A", first)


def test_a_round_start_after_lunch() -> None:
    """From A012 to A201; later beyond the block, when the low run is given up too."""
    counter, passed = restarted(Counter(12, 651), "A", 201)
    assert (counter, passed) == (Counter(201, 651), [(12, 200)])
    counter, passed = restarted(counter, "A", 700)
    assert (counter, passed) == (Counter(601, 700), [(201, 600), (651, 699)])
