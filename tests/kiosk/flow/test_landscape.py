"""A panel that lies: every screen in two columns, nothing lost, nothing covered, everything within it."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from kiosk.app import tongues
from kiosk.flow import show
from kiosk.flow.actions import Open
from kiosk.flow.frame import Box, Code, Frame, Text
from kiosk.flow.landscape import lying, staged
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.reading import Accounts, Reader
from kiosk.flow.parts import place_of
from kiosk.flow.shelf import Shelf
from kiosk.flow.state import State
from tests.kiosk import county
from tests.kiosk.flow import looks
from tests.kiosk.flow.looks import drawn

_panels = {"1920x1080": (1920, 1080), "1280x800": (1280, 800)}


@pytest.mark.parametrize("look", ["normal", "elder", "low", "normal, en", "elder, en"])
@pytest.mark.parametrize("panel", _panels)
def test_every_screen_lies_whole(look: str, panel: str) -> None:
    """Same keys, same words; all inside, no line on another, no key on another, hardly anything made smaller."""
    for name, upright in looks.drawn_to_lie(look).items():
        frame = lying(upright, *_panels[panel])
        assert sorted(t.label for t in frame.targets) == sorted(t.label for t in upright.targets), name
        assert _words(frame.marks) == _words(upright.marks), name
        assert abs(frame.width / frame.height - _panels[panel][0] / _panels[panel][1]) < 0.01
        state, _ = looks.state(name, look)
        words, wide = tongues.words(state.language), _panels[panel][0]
        assert looks.judging.lying_screen(frame, words, wide, elder=state.elder) == (), name


def test_a_keypad_stays_one() -> None:
    """Digits and letters are not torn into two columns."""
    for name, digits in (("booking", "1234567890"), ("search", "ABCDEFGH")):
        frame = lying(drawn("normal")[name], 1920, 1080)
        places = [t.rect.x for t in frame.targets if t.label in tuple(digits)]
        assert min(places) > frame.width / 2, name


@pytest.mark.parametrize(("look", "panel", "most"), [("normal", "1280x800", 0.03), ("elder", "1280x800", 0.05)])
def test_type_is_hardly_ever_made_smaller(look: str, panel: str, most: float) -> None:
    """The small panel is the hardest for weak eyes: there nineteen screens of twenty keep every size of theirs."""
    frames = looks.drawn_to_lie(look)
    smaller = [n for n, upright in frames.items() if _sizes(lying(upright, *_panels[panel])) != _sizes(upright)]
    assert len(smaller) <= most * len(frames), smaller


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_what_a_search_finds_stands_in_the_column_of_its_field(look: str, panel: str) -> None:
    """Nothing of it above the letters in the other one."""
    for name in ("search", "search, few and near", "search, near"):
        frame = lying(looks.drawn_to_lie(look)[name], *_panels[panel])
        letters = [t.rect for t in frame.targets if t.label in tuple("ABCDEF")]
        above = [t.label for t in frame.targets if t.rect.x > frame.width / 2 and t.rect.y < letters[0].y]
        assert (len(letters), above) == (6, []), name


_answers = {
    "rate, how": {"非常满意", "满意", "基本满意", "不满意", "非常不满意"},
    "services, choosing": {"65岁以上老人", "残疾人", "孕妇", "军人、退役军人"},
    "opinion window": {"态度不好", "窗口没有人", "等得太久", "该办的不给办", "有人插队、讲关系"},
    "item qh-dibao": {"自己或家里人来", "请村里代办", "不清楚"},
    "stale item": {"自己或家里人来", "请村里代办", "不清楚"},
    "stale, three answers": {"丢了", "坏了", "到期了", "不清楚"},
}


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
@pytest.mark.parametrize("name", _answers)
def test_the_answers_to_one_question_stand_in_one_column(name: str, panel: str, look: str) -> None:
    """Whoever reads the last one still sees the first."""
    frame = lying(looks.drawn_to_lie(look)[name], *_panels[panel])
    found = {t.rect.x > frame.width / 2 for t in frame.targets if t.label in _answers[name]}
    assert sum(t.label in _answers[name] for t in frame.targets) >= 3
    assert len(found) == 1


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_the_steps_of_a_ladder_stand_in_one_column(look: str, panel: str) -> None:
    """What comes first, next and last is one picture: no line between them ends in the air."""
    for name, steps in _ladders(look).items():
        frame = lying(looks.drawn_to_lie(look)[name], *_panels[panel])
        words = [m for m in frame.marks if isinstance(m, Text) and m.lines[0] in steps and m.x in (136, 136 + 1048)]
        at = [m.x > frame.width / 2 for m in words]
        assert len(at) == len(steps), name
        assert len(set(at)) == 1, name


def _ladders(look: str) -> dict[str, set[str]]:
    """The pages with a ladder and the words of its steps: those beside the dots."""
    found: dict[str, set[str]] = {}
    for name, frame in drawn(look).items():
        if name.startswith(("thanks for", "progress")):
            dots = [m.rect for m in frame.marks if isinstance(m, Box) and m.rect.w == m.rect.h == 56]
            texts = [m for m in frame.marks if isinstance(m, Text) and m.x > 100]
            steps = {t.lines[0] for t in texts for dot in dots if abs(t.y + t.leading / 2 - dot.y - 28) < 8}
            found |= {name: steps} if len(steps) > 1 else {}
    assert len(found) > 3
    return found


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_how_a_part_of_the_machine_is_stands_below_its_name(look: str, panel: str) -> None:
    """The staff's screen: name, state and the line below them are one, in whichever column."""
    for name in ("staff well", "staff ill", "staff full"):
        frame = lying(drawn(look)[name], *_panels[panel])
        texts = [m for m in frame.marks if isinstance(m, Text) and 112 < m.y < frame.height - 300]
        named = [(a, b) for a, b in pairwise(texts) if a.size < b.size and a.color == "soft"]
        assert len(named) > 1
        assert all(a.x == b.x and a.y < b.y for a, b in named), name
        right = [m for m in frame.marks if place_of(m).x > frame.width / 2 and place_of(m).y > 112]
        assert min(right, key=lambda m: place_of(m).y) not in [m for m in right if place_of(m).h == 2], name


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_how_to_scan_a_code_stands_below_it(look: str, panel: str) -> None:
    """In the same column."""
    frame = lying(drawn(look)["code"], *_panels[panel])
    (code,) = (m.rect for m in frame.marks if isinstance(m, Code))
    (how,) = (m for m in frame.marks if isinstance(m, Text) and m.lines[0].startswith("打开微信"))
    assert (code.x > frame.width / 2) is (how.x > frame.width / 2)
    assert code.bottom < how.y


def test_the_rows_of_a_short_table_stand_in_one_column() -> None:
    """The sum stands below what it sums up."""
    found = 0
    for name, upright in drawn("normal").items():
        frame, body = lying(upright, 1920, 1080), upright.height - 300
        rows = [m for m in upright.marks if isinstance(m, Text) and m.bold and m.align == "right" and m.y < body]
        if upright.name == "accounts" and len(rows) > 2 and rows[-1].y - rows[0].y < 450:
            said, found = {row.lines for row in rows}, found + 1
            at = {m.x > frame.width / 2 for m in frame.marks if isinstance(m, Text) and m.lines in said and m.bold}
            assert len(at) == 1, name
    assert found > 2


def test_a_heading_stays_with_what_it_heads() -> None:
    """No notice leaves a heading alone at the foot of a column."""
    for name in ("item lh-zhaijidi-gongshi", "item qh-shoufei", "item qh-dongji-yujing", "catalogue"):
        frame = lying(drawn("normal")[name], 1920, 1080)
        left = [
            m for m in frame.marks if isinstance(m, Text) and m.x < frame.width / 2 and 112 < m.y < frame.height - 240
        ]
        assert not max(left, key=lambda mark: mark.y).bold, name


@pytest.mark.parametrize("panel", _panels)
@pytest.mark.parametrize("name", ["home", "stale", "stale 30 days"])
def test_six_tiles_stand_together_on_the_first_page(name: str, panel: str) -> None:
    """What one reads, the search and what is new on the left, all six things to do on the right."""
    tiles = {"办事指南", "取号排队", "政务公开", "我要反映", "评价服务", "申请公开"}
    frame = lying(looks.drawn_to_lie("normal")[name], *_panels[panel])
    assert {t.label for t in frame.targets if t.label in tiles and t.rect.x > frame.width / 2} == tiles
    new = [m for m in frame.marks if isinstance(m, Text) and m.lines == ("最近公开的",)]
    assert [m.x < frame.width / 2 for m in new] == [True]


@pytest.mark.parametrize("panel", _panels)
@pytest.mark.parametrize(
    ("name", "shown"), [("stale", "最近公开的"), ("stale 30 days", "最近公开的"), ("stale case", "号窗口")]
)
def test_old_content_takes_nothing_away_in_large_view(name: str, shown: str, panel: str) -> None:
    """The line that says how old it is leaves room for what is new, and for fee, days and window of a guide."""
    frame = lying(looks.drawn_to_lie("elder")[name], *_panels[panel])
    assert shown in _words(frame.marks)


@pytest.mark.parametrize("panel", _panels)
def test_two_news_at_most_stand_beside_the_tiles(panel: str) -> None:
    """A county that has no guides yet has more room there, and six to tell."""
    notices = [row for row in county.rows() if row.kind != "guide"]
    view = replace(county.view(rows=Shelf.of(notices)), lies=True)
    frame = lying(show.frame(State((Home(),)), view, looks.measure, tongues.words("zh-Hans")), *_panels[panel])
    opened = [t for t in frame.targets if isinstance(t.action, Open) and isinstance(t.action.page, (Reader, Accounts))]
    assert len(opened) == 2
    assert all(t.rect.right < frame.width / 2 for t in opened)


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_a_card_that_explains_words_keeps_its_size_in_one_column(look: str, panel: str) -> None:
    """However many words a page has, no more are explained than the column holds, none in smaller type."""
    cards = {name: frame for name, frame in looks.drawn_to_lie(look).items() if "explained" in name}
    assert len(cards) > 3
    for name, upright in cards.items():
        before, after = (
            max(m.rect.h for m in frame.marks if isinstance(m, Box) and m.rim == "blue" and m.radius)
            for frame in (upright, lying(upright, *_panels[panel]))
        )
        assert after == before, name


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_a_sheet_to_write_on_stands_beside_its_title(look: str, panel: str) -> None:
    """Whoever writes a name or an address sees what is asked for beside it; what leads on follows below."""
    found = 0
    for name, upright in looks.drawn_to_lie(look).items():
        frame = lying(upright, *_panels[panel])
        if upright.name in ("application", "pad") and frame.field:
            found, field = found + 1, frame.field.rect
            title = max((m for m in frame.marks if isinstance(m, Text)), key=lambda text: text.size)
            keys = [t.rect for t in frame.targets if t.rect.y < upright.height - 300 and t.rect.x > frame.width / 2]
            assert title.x < frame.width / 2 < field.x, name
            assert abs(field.y - title.y) < 40, name
            assert all(key.y > field.bottom or key == field for key in keys), name
    assert found > 3


def test_two_lines_at_the_foot_become_one() -> None:
    """Large view: the phone left, the moment right, and what that saves is the body's."""
    upright = drawn("elder")["home"]
    frame = lying(upright, 1280, 800)
    last = [m for m in frame.marks if isinstance(m, Text)][-2:]
    assert last[0].y == last[1].y
    assert (last[0].align, last[1].align) == ("left", "right")
    ground = max((m.rect for m in frame.marks if isinstance(m, Box) and m.rect.w == frame.width), key=lambda r: r.h)
    assert ground.bottom == frame.height
    keys = [t.rect for t in frame.targets if t.label in {"大字", "低位", "朗读", "找人帮忙"}]
    below = 1920 - next(t.rect.bottom for t in upright.targets if t.label == "大字")
    assert {frame.height - r.bottom for r in keys} == {below - last[1].leading}


def test_the_footers_keys_go_over_the_whole_width() -> None:
    """In the same order, from margin to margin."""
    upright = drawn("normal")["rate"]
    frame = lying(upright, 1920, 1080)
    places = [t.rect for t in frame.targets if t.label in {"返回", "首页", "大字", "低位", "朗读", "找人帮忙"}]
    assert (min(r.x for r in places), max(r.right for r in places)) == (48, frame.width - 48)


def test_a_ladder_keeps_the_lines_between_its_dots() -> None:
    """Two lines for three steps, as upright."""
    upright = drawn("normal")["progress opinion doing"]
    frame = lying(upright, 1920, 1080)
    lines = [[m for m in one.marks if isinstance(m, Box) and m.rect.w == 6 and m.fill] for one in (upright, frame)]
    assert [len(found) for found in lines] == [2, 2]


def test_a_long_paragraph_is_cut_between_its_lines() -> None:
    """It flows from the left column into the right one."""
    frame = lying(drawn("normal")["long document"], 1920, 1080)
    body = [m for m in frame.marks if isinstance(m, Text) and m.size == 36 and m.y > 112]
    assert {m.x > frame.width / 2 for m in body} == {True, False}


def test_an_upright_panel_shows_what_was_laid_out() -> None:
    """Nothing is touched."""
    frame = drawn("normal")["home"]
    assert staged(1080, 1920)(frame) is frame


def _words(marks: tuple[object, ...]) -> list[str]:
    return sorted(line for mark in marks if isinstance(mark, Text) for line in mark.lines)


def _sizes(frame: Frame) -> dict[float, int]:
    """How many lines there are of each size."""
    return Counter(round(m.size, 1) for m in frame.marks if isinstance(m, Text) for line in m.lines if line.strip())
