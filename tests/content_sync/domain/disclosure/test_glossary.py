"""A county's own words: written in lines, taken whole or not at all, and before the program's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.disclosure import glossary
from content_sync.domain.disclosure.glossary import OwnTerm
from content_sync.domain.errors import BadInput

_program = {"低保": ("政府给的生活费。", "Money."), "公示期": ("贴出来的那几天。", "The days.")}
_words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=8)


@given(words=st.lists(_words, unique=True, max_size=20), english=st.booleans())
def test_a_list_comes_back_as_it_was_written(words: list[str], *, english: bool) -> None:
    """What is printed can be changed and taken again."""
    terms = tuple(OwnTerm(word, "换一句话说。", "In other words." if english else "") for word in words)
    sound = tuple(term for term in terms if not glossary.fault_of(term))
    assert glossary.terms_of(glossary.lines_of(sound)) == sound


def test_people_write_lists_in_many_ways() -> None:
    """Wide signs, spaces, notes, empty lines, a mark that an editor put first."""
    text = "\ufeff# 我们县的\n\n 村医通 ＝ 村里看病能报销的卡。 | A card.\n三资=村里的钱、地、物。\n"
    assert glossary.terms_of(text) == (
        OwnTerm("村医通", "村里看病能报销的卡。", "A card."),
        OwnTerm("三资", "村里的钱、地、物。"),
    )


@pytest.mark.parametrize("first", ["=", "＝"])
@pytest.mark.parametrize("later", ["=", "＝"])
def test_a_sign_in_the_meaning_stays_as_it_was_written(first: str, later: str) -> None:
    """The first one ends the word, of either width; the others are somebody's words."""
    meaning = f"人均收入{later}全家收入÷人数。"
    assert glossary.terms_of(f"收入核算{first}{meaning}") == (OwnTerm("收入核算", meaning),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("三资", "没有等号"),
        ("资 = 钱。", "2 到"),
        (f"{'长' * 17} = 钱。", "2 到"),
        ("三 资 = 钱。", "空格"),
        ("三\u200b资 = 钱。", "看不见"),
        ("三资 = 村里的\x07钱。", "看不见"),
        ("三资 = ", "句末加句号"),
        ("三资 = 村里的钱", "句末加句号"),
        (f"三资 = {'钱' * 60}。", "说短一点"),
        (f"三资 = 钱。 | {'x' * 161}", "说短一点"),
        ("三资 = 就是三资。", "又是这个词"),
        ("低保 = 钱。\n低保 = 别的钱。", "第 2 行"),
    ],
)
def test_a_bad_line_refuses_the_list_with_a_sentence(line: str, said: str) -> None:
    """The sentence says which line and what to do; the good line beside it is not taken."""
    with pytest.raises(BadInput, match=said):
        glossary.terms_of(f"{line}\n村医通 = 村里看病的卡。")


def test_every_bad_line_is_said_at_once() -> None:
    """Nobody mends a list ten times; and a list has an end."""
    with pytest.raises(BadInput, match=r"第 1 行.*第 3 行"):
        glossary.terms_of("甲\n村医通 = 村里看病的卡。\n乙")
    numerals = "一二三四五六七八九十"
    words = [a + b + c for a in numerals for b in numerals for c in numerals][: limits.own_terms_max + 1]
    with pytest.raises(BadInput, match="最多 200 个词"):
        glossary.terms_of("".join(f"{word} = 钱。\n" for word in words))


def test_the_countys_own_go_first_and_nobody_reads_the_other_language() -> None:
    """A word of both is the county's; without English it stays the program's there; a faulty one is passed over."""
    own = (
        OwnTerm("低保", "民政局每月发的钱。"),
        OwnTerm("三资", "村里的钱。", "Village money."),
        OwnTerm("坏", "没有句号"),
    )
    chinese = glossary.merged(_program, own, english=False)
    assert chinese == {"低保": "民政局每月发的钱。", "公示期": "贴出来的那几天。", "三资": "村里的钱。"}
    english = glossary.merged(_program, own, english=True)
    assert english == {"低保": "Money.", "公示期": "The days.", "三资": "Village money."}
