"""What a hall says aloud: read as a person at the desk would read it."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.domain.hall import spoken

_syllable = re.compile(r"[A-Z]|[a-z]+[1-4]")

_callings = {
    ("A032", 3, ""): "qing3 A ling2 san1 er4 hao4 dao4 san1 hao4 chuang1 kou3",
    ("A001", 1, ""): "qing3 A ling2 ling2 yao1 hao4 dao4 yi1 hao4 chuang1 kou3",
    ("B111", 12, ""): "qing3 B yao1 yao1 yao1 hao4 dao4 shi2 er4 hao4 chuang1 kou3",
    ("C1000", 10, ""): "qing3 C yao1 ling2 ling2 ling2 hao4 dao4 shi2 hao4 chuang1 kou3",
    ("AK001", 2, ""): "qing3 A K ling2 ling2 yao1 hao4 dao4 er4 hao4 chuang1 kou3",
    ("D595", 9, ""): "qing3 D wu2 jiu2 wu3 hao4 dao4 jiu3 hao4 chuang1 kou3",
    ("A032", 8, "二楼东侧"): "qing3 A ling2 san1 er4 hao4 dao4 er4 lou2 dong1 ce4 ba1 hao4 chuang1 kou3",
    ("A032", 1, "一楼进门左手，低位台面"): (
        "qing3 A ling2 san1 er4 hao4 dao4 yi1 lou2 jin4 men2 zuo2 shou3 yi1 hao4 chuang1 kou3"
    ),
}


@pytest.mark.parametrize(("called", "words"), _callings.items())
def test_callings_are_read_as_people_read_them(called: tuple[str, int, str], words: str) -> None:
    """Digits one by one with yao1 for one, windows as numbers, third tones as they are heard."""
    assert spoken.calling(*called) == tuple(words.split())


_windows = {
    1: "yi1",
    2: "er4",
    9: "jiu3",
    10: "shi2",
    11: "shi2 yi1",
    12: "shi2 er4",
    20: "er4 shi2",
    35: "san1 shi2 wu3",
    100: "yi4 bai3",
    105: "yi4 bai3 ling2 wu3",
    111: "yi4 bai3 yi1 shi2 yi1",
    150: "yi4 bai2 wu3 shi2",
    202: "er4 bai3 ling2 er4",
    999: "jiu2 bai2 jiu3 shi2 jiu3",
}


@pytest.mark.parametrize(("window", "words"), _windows.items())
def test_windows_are_read_as_numbers(window: int, words: str) -> None:
    """Twelve, not one two; a hundred and five, with its zero."""
    assert spoken.window_words(window) == tuple(words.split())


@pytest.mark.parametrize(
    "place", ["低位台面", "二楼东侧的拐角", "", "，，", "2楼", "综合窗口旁", "三楼东侧A区", "一楼\x00"]
)
def test_a_place_that_is_not_in_the_table_is_left_out(place: str) -> None:
    """A wrong reading sends people the wrong way; silence does not."""
    assert spoken.place_words(place) == ()


@pytest.mark.parametrize("number", ["", "甲001", "a012", "A 12", "A-1", "012", "ABC1", "A", "Ａ012", "A٣"])
def test_a_number_that_cannot_be_read_is_not_read_wrong(number: str) -> None:
    """Nothing is said of it, and nothing fails."""
    assert spoken.calling(number, 3) == ()


@pytest.mark.parametrize("window", [0, -1, 1000])
def test_a_window_that_no_hall_has_is_not_said(window: int) -> None:
    """Numbers outside 1 to 999."""
    assert spoken.calling("A032", window) == ()


@settings(deadline=None)
@given(st.from_regex(r"[A-Z]{1,2}[0-9]{3,6}", fullmatch=True), st.integers(1, 999))
def test_every_number_of_every_hall_has_words(number: str, window: int) -> None:
    """Only letters and syllables with a tone come out, and no two third tones stand side by side."""
    words = spoken.calling(number, window)
    assert words
    assert all(_syllable.fullmatch(word) for word in words)
    assert not any(one.endswith("3") and two.endswith("3") for one, two in pairwise(words))
