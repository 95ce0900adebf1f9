"""The judge sees each fault, and says it in one sentence; a sound picture has none."""

from dataclasses import replace

import pytest

from kiosk.app import tongues
from kiosk.flow.frame import Box, Code, Frame, Icon, Mark, Rect, Script, Target, Text
from tests.kiosk.flow.looks import judging

_words = tongues.words("zh-Hans")
_key = Rect(48, 400, 400, 124)
_foot = Text(48, 1850, 984, ("监督电话 12345 内容截至 今天",), 30, 45, "soft")
_sound: tuple[Mark, ...] = (
    Text(48, 140, 984, ("要办什么事？",), 64, 84, "ink", bold=True),
    Box(_key, "card", "rim", 3, 16),
    Text(60, 430, 376, ("取号",), 36, 54, align="center"),
    _foot,
)


def _frame(*marks: Mark, targets: tuple[Target, ...] = (Target(_key, "取号", None),), theme: str = "day") -> Frame:
    return Frame("x", 1080, 1920, "paper", (*_sound, *marks), targets, theme=theme)


@pytest.mark.parametrize("theme", ["day", "contrast"])
def test_a_sound_picture_breaks_nothing(theme: str) -> None:
    """In both themes."""
    assert judging.touch_screen(_frame(theme=theme), _words) == ()


_two = (Target(_key, "取号", None), Target(Rect(448, 400, 200, 124), "", None))
_faults: dict[str, tuple[Frame, str]] = {
    "pale type": (_frame(Text(48, 800, 500, ("您好",), 36, 54, "rim")), "“您好” in rim on paper"),
    "type on blue": (_frame(Box(Rect(0, 800, 1080, 200), "blue"), Text(48, 850, 500, ("您好",), 36, 54)), "on blue"),
    "type over an edge": (_frame(Box(Rect(0, 800, 90, 200), "blue"), Text(48, 850, 90, ("您好",), 36, 54)), "on blue"),
    "pale icon": (_frame(Icon(Rect(48, 800, 80, 80), "home", "line")), "the icon home in line on paper"),
    "pale rim": (_frame(Box(Rect(48, 800, 80, 80), "wash", "mist", 3)), "a rim in mist on"),
    "pale area": (_frame(Box(Rect(48, 800, 80, 80), "mist")), "an area in mist on paper"),
    "unseen key": (_frame(Box(_key, "card", "line", 3, 16)), "where the key 取号 ends cannot be seen"),
    "small type": (_frame(Text(48, 800, 500, ("您好",), 27, 40)), "“您好” is 27 px, not 28"),
    "cut at the right": (_frame(Text(900, 800, 100, ("长长的一句话在这里",), 36, 54)), "leaves the window"),
    "cut at the foot": (_frame(Text(48, 1900, 100, ("您好",), 36, 54)), "leaves the window"),
    "bold over its room": (_frame(Text(48, 800, 100, ("您好吗",), 36, 54, bold=True)), "“您好吗” is 8 px wider than"),
    "on each other": (_frame(Text(60, 160, 900, ("您好",), 36, 54)), "lie on each other"),
    "out of its key": (_frame(Text(400, 440, 200, ("去哪里办",), 36, 54)), "leaves the key 取号"),
    "on the rim": (_frame(Text(49, 480, 200, ("去哪里办",), 36, 54)), "leaves the key 取号"),
    "figure cut short": (_frame(Text(48, 800, 900, ("3 号…",), 240, 288)), "“3 号…” is large and cut short"),
    "sentence cut short": (_frame(Text(48, 800, 900, ("少点一个字母…",), 36, 54)), "“少点一个字母…” is cut short"),
    "on a code": (_frame(Text(48, 800, 900, ("您好",), 36, 54), Code(Rect(48, 800, 300, 300), "a")), "lies on a code"),
    "another name": (_frame(targets=(Target(_key, "评价", None),)), "the key 评价 says “取号”"),
    "no glyph": (_frame(Text(48, 800, 500, ("\U0001f600",), 36, 54)), "no font here has \U0001f600 (U+1F600)"),
    "no glyph in a script": (_frame(Script(Rect(48, 800, 50, 90), "\u0f40", "mn", 36)), "no font here has \u0f40"),
    "small key": (_frame(targets=(Target(Rect(48, 400, 400, 119), "取号", None),)), "is 400 × 119 px, not 120"),
    "keys too near": (_frame(targets=_two), "are not 12 px apart"),
    "key without a name": (_frame(targets=_two), "has no name"),
    "key in the header": (_frame(targets=(Target(Rect(48, 0, 400, 130), " ", None),)), "lies in the header"),
    "no foot": (Frame("x", 1080, 1920, "paper", _sound[:3]), "“监督电话” does not stand whole at the foot"),
}


@pytest.mark.parametrize("fault", _faults)
def test_each_fault_is_seen(fault: str) -> None:
    """One picture for each, wrong in one way."""
    frame, said = _faults[fault]
    assert any(said in sentence for sentence in judging.touch_screen(frame, _words)), fault


def test_a_high_key_is_a_fault_in_low_view_alone() -> None:
    """A hand that reaches half the glass."""
    assert judging.touch_screen(_frame(), _words) == ()
    assert any("too high" in one for one in judging.touch_screen(_frame(), _words, low=True))


def test_elder_view_owes_more() -> None:
    """40 px and 144 px."""
    said = judging.touch_screen(_frame(), _words, elder=True)
    assert any("not 40" in one for one in said)
    assert any("not 144" in one for one in said)


def test_a_lying_panel_is_judged_in_millimetres() -> None:
    """The same 36 px are large on a wide panel and small on one of ten inches."""
    frame = Frame("x", 5000, 3000, "paper", (Text(48, 800, 500, ("您好",), 36, 54), _foot))
    assert any("“您好” is 36 px" in one for one in judging.lying_screen(frame, _words, 1280))
    assert judging.lying_screen(frame, _words, 1920) == ()


@pytest.mark.parametrize(("elder", "least"), [(False, 22.4), (True, 32.0)])
def test_type_on_a_lying_panel_is_at_least_four_fifths_of_the_looks_least(elder: bool, least: float) -> None:
    """In design px: what was made smaller in a column stays within what its look promises."""
    for size, is_small in ((least - 0.1, True), (least, False)):
        frame = Frame("x", 2128, 1197, "paper", (Text(48, 800, 500, ("您好",), size, 54), _foot))
        said = judging.lying_screen(frame, _words, 1920, elder=elder)
        assert any("“您好”" in one for one in said) is is_small


def test_elder_view_of_a_lying_panel_owes_eighteen_points() -> None:
    """2.86 mm; 33 px of the finer one are 2.65 mm, which is enough for everybody else."""
    frame = Frame("x", 2290, 1288, "paper", (Text(48, 800, 500, ("您好",), 33, 54), _foot))
    small = replace(frame, width=2700)
    assert not any("“您好”" in one for one in judging.lying_screen(frame, _words, 1280, elder=True))
    assert any("“您好”" in one for one in judging.lying_screen(small, _words, 1280, elder=True))
    assert not any("“您好”" in one for one in judging.lying_screen(small, _words, 1280))


def test_a_key_on_a_lying_panel_is_a_fingers_size() -> None:
    """120 design px, whatever the look and the panel."""
    for high, is_small in ((119.0, True), (120.0, False)):
        key = Rect(48, 400, 400, high)
        frame = Frame("x", 2128, 1330, "paper", (Box(key, "card", "rim", 3, 16), _foot), (Target(key, "取号", None),))
        for width in (1280, 1920):
            said = judging.lying_screen(frame, _words, width)
            assert any("the key 取号 is" in one for one in said) is is_small


def test_a_board_owes_the_least_letter_of_its_canvas() -> None:
    """Nothing under 52 px, and contrast like everywhere."""
    frame = Frame("lcd", 1920, 1080, "night", (Text(48, 80, 900, ("请到3号窗口",), 51, 64, "white"),))
    assert judging.board(frame, 51) == ()
    assert judging.board(frame, 52) == ("“请到3号窗口” is 51 px, not 52.",)
