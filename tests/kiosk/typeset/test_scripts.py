"""Mongolian in columns, Tibetan stacks, Uyghur from the right: joined, broken at spaces, never a box."""

import pytest

from kiosk.typeset import coverage, fonts, scripts

pytestmark = pytest.mark.skipif(
    not all(map(scripts.is_ready, scripts.known)), reason="fonts-noto-core (and raqm in Pillow) is not installed"
)
_mongolian = "\u1820\u1835\u1822\u182f\u202f\u1824\u1828 \u1820\u182d\u1824\u182f\u182d\u180e\u1820"
_tibetan = "\u0f56\u0f7c\u0f51\u0f0b\u0f61\u0f72\u0f42\u0f0b\u0f61\u0f72\u0f42\u0f0b"
_uyghur = "\u0626\u06c7\u064a\u063a\u06c7\u0631 \u062a\u0649\u0644\u0649"
_texts = {"mn": _mongolian, "bo": _tibetan, "ug": _uyghur}


@pytest.mark.parametrize("language", _texts)
@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_the_picture_is_as_large_as_was_said(language: str, scale: float) -> None:
    """Whoever keeps a place by `extent` finds the ink inside it, at every size of a window."""
    for room in (60.0, 200.0, 2000.0):
        wide, high = scripts.extent(_texts[language], language, 40, room)
        made = scripts.picture(_texts[language], language, 40, room, scale)
        assert abs(made.width - wide * scale) <= 3 * scale + 3
        assert abs(made.height - high * scale) <= 3 * scale + 3
        assert made.getbbox() is not None


@pytest.mark.parametrize("language", _texts)
def test_letters_join(language: str) -> None:
    """A word set as a whole is not its letters one by one: they change with their neighbours."""
    word = _texts[language].split(" ")[0]
    apart = sum(scripts.extent(char, language, 40, 999)[1 if language == "mn" else 0] for char in word)
    assert scripts.extent(word, language, 40, 999)[1 if language == "mn" else 0] < apart


def test_mongolian_stands_upright_and_reads_from_the_left_column() -> None:
    """One word is higher than wide; the column of the first words stands left of that of the next ones."""
    assert (one := scripts.extent(_mongolian.split(" ", maxsplit=1)[0], "mn", 40, 999))[1] > one[0]
    both = scripts.picture(_mongolian, "mn", 40, 130)
    first = scripts.picture(_mongolian.split(" ", maxsplit=1)[0], "mn", 40, 130)
    left = both.crop((0, 0, first.width, first.height))
    assert left.tobytes() == first.tobytes()


def test_a_suffix_stays_with_its_word() -> None:
    """The narrow space before a Mongolian suffix is no place to break, however little room there is."""
    assert scripts.lines(_mongolian, "mn", 40, 1) == tuple(_mongolian.split(" "))


@pytest.mark.parametrize("language", _texts)
def test_breaking_loses_nothing(language: str) -> None:
    """The lines together are the text."""
    for room in range(1, 400, 37):
        joined = "".join(scripts.lines(_texts[language], language, 40, room))
        assert joined.replace(" ", "") == _texts[language].replace(" ", "")


def test_uyghur_begins_at_the_right() -> None:
    """A short second line ends at the left of a longer first one's right edge: both begin at the right."""
    made = scripts.picture(_uyghur, "ug", 40, 1)
    lines, high = scripts.lines(_uyghur, "ug", 40, 1), made.height // 2
    assert len(lines) == 2
    for n in range(2):
        box = made.crop((0, n * high, made.width, (n + 1) * high)).getbbox()
        assert box is not None
        assert made.width - box[2] < 8


def test_what_a_script_lacks_is_set_in_the_chinese_face() -> None:
    """A year or a Chinese name inside a Mongolian title is no box (N-14)."""
    assert not coverage.lacking("\u1820\u1835 2026 \u529e\u4e8b", (scripts.font("mn"), fonts.find()))
    assert scripts.picture("2026 \u529e\u4e8b", "mn", 40, 999).getbbox() is not None
