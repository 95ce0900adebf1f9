"""A panel's codes: proved on the spot, for one questionnaire, with nobody's name in them (EVA-03)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.disclosure import panels
from content_sync.domain.errors import BadInput

_polls = st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True)
_chance = st.binary(min_size=8, max_size=16)


@given(_polls, _chance, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_told(poll: str, chance: bytes, place: int, more: int) -> None:
    """Whichever digit slips, the kiosk says so before a question is answered."""
    code = panels.code_of(poll, chance)
    assert panels.is_code(poll, code)
    slipped = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
    assert not panels.is_code(poll, slipped)


@given(_polls, _chance, st.integers(0, 10))
def test_two_digits_that_changed_places_are_always_told(poll: str, chance: bytes, place: int) -> None:
    """People read 47 and tap 74."""
    code = panels.code_of(poll, chance)
    turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert panels.is_code(poll, turned) == (turned == code)


@pytest.mark.parametrize("text", ["", "1", "1" * 13, "１" * 12, "²" * 12, "abcdefghijkl", "-1111111111 "])
def test_what_is_no_code_is_none(text: str) -> None:
    """Nothing but twelve plain digits."""
    assert not panels.is_code("p", text)


def test_a_code_of_another_questionnaire_is_told() -> None:
    """Of a hundred other questionnaires almost all say at once that the code is not theirs."""
    code = panels.code_of("poll-1", b"12345678")
    assert sum(panels.is_code(f"poll-{n}", code) for n in range(2, 102)) < 5
    assert panels.folded(panels.spelled(code)) == code


@pytest.mark.parametrize(
    "seats",
    [
        {},
        {"deputy": 4},
        {"deputy": 201},
        {"deputy": 10, "media": -1},
        {"deputy": 10, "friends": 1},
    ],
)
def test_a_panel_that_is_none_is_refused(seats: dict[str, int]) -> None:
    """Too few, too many, fewer than none, or from no group there is."""
    with pytest.raises(BadInput):
        panels.checked_seats(seats)


def test_answers_are_told_from_the_least_panel_on() -> None:
    """Four sheets of a panel of twenty give away as much as a panel of four."""
    assert [panels.tells_answers(sheets) for sheets in (0, 1, 4, 5, 20)] == [False, False, False, True, True]


def test_who_sits_there_is_said_in_the_order_of_the_law() -> None:
    """Groups without a member are not named."""
    seats = panels.checked_seats({"masses": 3, "media": 0, "supervisor": 2})
    assert panels.told(seats) == "监督员 2 人、群众代表 3 人"
