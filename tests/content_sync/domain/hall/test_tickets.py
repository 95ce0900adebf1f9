"""Numbers are unique within a day, readable, and never meet between server and blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from content_sync.domain.hall import tickets


@pytest.mark.parametrize(("running", "said"), [(1, "A001"), (12, "A012"), (999, "A999"), (1000, "A1000")])
def test_number_as_printed(running: int, said: str) -> None:
    """A number has at least three digits, goes on after 999, and reads back as itself."""
    assert tickets.number("A", running) == said
    assert tickets.parse_number(said) == ("A", running)


@pytest.mark.parametrize("text", ["", "A12", "A0012", "a012", "AB12", "A000", "A01２", "A012 ", None, 12])
def test_no_other_spelling(text: object) -> None:
    """What would not be printed so is no number."""
    with pytest.raises(BadInput):
        tickets.parse_number(text)


@given(st.lists(st.sampled_from(["take", "lease"]), max_size=400), st.integers(1, 600))
def test_never_twice(steps: list[str], low: int) -> None:
    """However asking and leasing alternate, no number is given twice, and a lone counter leaves no gap."""
    counter, given_out = tickets.Counter(low=low), []
    for step in steps:
        if step == "take":
            running, counter = tickets.take(counter)
            given_out.append(running)
        else:
            first, last, counter = tickets.lease(counter, limits.lease_numbers)
            given_out += range(first, last + 1)
    assert len(given_out) == len(set(given_out))
    online = [n for n in given_out if n < limits.lease_first_number]
    assert online == list(range(low, low + len(online)))


def test_block_holds_its_own_only() -> None:
    """A block answers for its service, day, letter and range, both ends included."""
    block = tickets.Block("huji", "A", "2026-11-23", 601, 650)
    assert block.holds("huji", "2026-11-23", "A", 601)
    assert block.holds("huji", "2026-11-23", "A", 650)
    foreign = [
        ("huji", "2026-11-23", "A", 651),
        ("huji", "2026-11-23", "A", 600),
        ("huji", "2026-11-24", "A", 601),
        ("shebao", "2026-11-23", "A", 601),
        ("huji", "2026-11-23", "B", 601),
    ]
    assert not any(block.holds(*one) for one in foreign)


@pytest.mark.parametrize(("said", "first"), [(0, 0), ("", 0), ("normal", 0), ("0", 0), (1, 1), ("1", 1), ("elder", 1)])
def test_priority(said: str | int, first: int) -> None:
    """A reason in words, or a 1, puts a ticket first; nothing else does."""
    assert tickets.claim_of(said)[1] == first


def test_priority_out_of_range() -> None:
    """There are two classes, not many."""
    with pytest.raises(BadInput):
        tickets.claim_of(2)
