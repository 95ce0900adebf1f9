"""Money is written by one hand, and read as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import money


@given(st.integers(-(10**20), 10**20), st.sampled_from([money.exact, money.price, money.typed]))
def test_whatever_is_written_is_read_to_the_fen(fen: int, write: object) -> None:
    """In every spelling, however large, with 元 behind it or not."""
    assert callable(write)
    assert money.fen_of(write(fen)) == money.fen_of(f"{write(fen)}元") == fen


@pytest.mark.parametrize(
    ("fen", "exact", "price", "typed"),
    [
        (0, "0.00", "0", "0.00"),
        (1, "0.01", "0.01", "0.01"),
        (1250, "12.50", "12.50", "12.50"),
        (123_456_700, "1,234,567.00", "1,234,567", "1234567.00"),
        (-5_000, "-50.00", "-50", "-50.00"),
        (-5, "-0.05", "-0.05", "-0.05"),
    ],
)
def test_three_spellings(fen: int, exact: str, price: str, typed: str) -> None:
    """A line of accounts, a price, a field to be edited."""
    assert (money.exact(fen), money.price(fen), money.typed(fen)) == (exact, price, typed)


@pytest.mark.parametrize(
    ("text", "fen"), [("1,234.5", 123450), ("¥12", 1200), ("12元", 1200), ("-0.05", -5), ("１２", 1200)]
)
def test_money_is_read_as_people_write_it(text: str, fen: int) -> None:
    """Commas, signs and full-width digits are read; the result is whole fen."""
    assert money.fen_of(text) == fen
