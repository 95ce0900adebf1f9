"""A questionnaire: its form is checked, sheets are read strictly, the tally adds up whatever was tapped (EVA-03)."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.disclosure import polls
from content_sync.domain.disclosure.polls import Ask
from content_sync.domain.errors import BadInput

questions = (Ask("办事方便吗？", ("方便", "一般", "不方便")), Ask("还缺什么？", ("座位", "开水")))
end = "2026-12-01T00:00:00+08:00"
sheets = st.dictionaries(st.integers(1, 3), st.integers(1, 4), min_size=1, max_size=3)


@given(sheets)
def test_a_sheet_is_read_as_it_was_written(answers: dict[int, int]) -> None:
    """What the device writes is what the server reads."""
    assert polls.parse(polls.text_of(answers)) == answers


@pytest.mark.parametrize(
    "text", ["", "1", "1:", ":1", "1:2,1:3", "0:1", "1:0", "1:-1", "1:1;2:2", "1:１", "1:999", "a:b"]
)
def test_what_is_no_sheet_is_refused(text: str) -> None:
    """Nothing is guessed from a sheet that cannot be read."""
    with pytest.raises(BadInput):
        polls.parse(text)


@given(st.lists(sheets, max_size=30))
def test_the_tally_adds_up(given_sheets: list[dict[int, int]]) -> None:
    """Of sheets that fit each answer counts once; one with an answer that is not offered does not count at all."""
    count, tallies = polls.tally(questions, given_sheets)
    good = [one for one in given_sheets if all(q <= 2 and o <= (3, 2)[q - 1] for q, o in one.items())]
    assert count == len(good)
    for place, one in enumerate(tallies, 1):
        told = Counter(sheet[place] for sheet in good if place in sheet)
        assert one.counts == tuple(told[option] for option in range(1, len(one.ask.options) + 1))


@pytest.mark.parametrize(
    ("asked", "until", "said"),
    [
        (questions, "", "结束时间"),
        ((Ask(" ", ("好", "不好")),), end, "没有题目"),
        ((Ask("好吗？", ("好",)),), end, "选项"),
        ((Ask("好吗？", ("好", "好")),), end, "重复"),
        ((Ask("好吗？", ("好", "")),), end, "空的"),
        (questions * (limits.poll_questions_max // 2 + 1), end, "最多"),
    ],
)
def test_what_is_no_questionnaire_is_said(asked: tuple[Ask, ...], until: str, said: str) -> None:
    """Its author reads what to mend before anybody is asked."""
    assert said in "".join(polls.faults(asked, until))
    assert polls.faults(questions, end) == polls.faults((), "") == []
