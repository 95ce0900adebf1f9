"""Characters and their letters, as the server spells them and the device reads them."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.domain.spelling import spelled, standing_anywhere, standing_for, woven
from content_sync.domain.text import is_han
from display_server.authoring.importing.index_words import index_words
from tests.content_sync.making import item

_common = "".join(bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA))
_names = st.text(
    st.one_of(st.sampled_from(_common), st.sampled_from("重银行长调解（）《》、，。—-·２A9①㎡é 〇\n")), max_size=16
)


@settings(deadline=None, max_examples=300)
@given(_names, _names, st.lists(_names, max_size=4))
def test_every_character_of_every_name_is_reached_by_its_letter(title, plain, aliases):
    """What the server spelled, the device takes apart without losing or shifting one character."""
    one = item(title=title or "题", plain_title=plain, aliases=tuple(name for name in aliases if name))
    found, letters = index_words(one)
    han, spelling = spelled(dataclasses.replace(one, aliases=found, initials=letters))
    assert len(han) == len(spelling)
    called = (title or "题", plain, *found)
    assert {char for name in called for char in name if is_han(char)} == set(han) - {" "}
    assert all(
        is_han(char) == letter.isalpha() and len(letter) == 1 for char, letter in zip(han, spelling, strict=True)
    )


@pytest.mark.parametrize(
    ("title", "initials", "expected"),
    [
        ("办理居民身份证", ("bljmsfz",), ("办理居民身份证", "bljmsfz")),
        ("银行行长（2026年）A类", ("yhhz2026nal",), ("银行行长 年 类", "yhhz n l")),
        ("《低保》，《补贴》", ("dbbt",), ("低保 补贴", "db bt")),
        ("办理", ("blx",), ("", "")),
        ("办理", ("b",), ("", "")),
        ("2026年", ("2027n",), ("", "")),
        ("办A", ("ab",), ("", "")),
        ("办理", (), ("", "")),
        ("办理", ("bl", "bl"), ("", "")),
    ],
)
def test_what_does_not_fit_gives_nothing(title, initials, expected):
    """Marks part runs, phrases keep their reading; initials of another length or another text give no character."""
    assert spelled(item(title=title, initials=initials)) == expected


def test_a_character_without_a_reading_hides_only_its_own_name():
    """A rare character has no letter: its name gives none, the other names give theirs."""
    one = item(title="办䶿证", plain_title="办证")
    _, letters = index_words(one)
    assert letters == ("bz", "bz")
    assert spelled(dataclasses.replace(one, initials=letters)) == ("办证", "bz")


def test_what_is_kept_of_every_letter_is_what_each_is_asked_for() -> None:
    """The first letter of a search is answered beforehand, with the same characters in the same order."""
    texts = woven([("居民 身份证 补办", "jm sfz bb"), ("身份证", "sfz"), ("收费", "sf"), ("水费 收", "sf s")])
    guides, others = texts[:2], texts[2:]
    kept = standing_anywhere(guides, others)
    assert kept["s"][:2] == ("身", "收")
    asked = {letter: standing_for(letter, "", guides, others) for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert kept == {letter: found for letter, found in asked.items() if found}
