"""A panel that lies: every screen in two columns, nothing lost, nothing covered, everything within it."""

import pytest

from kiosk.app import tongues
from kiosk.flow import sizes
from kiosk.flow.frame import Text
from kiosk.flow.landscape import lying, staged
from tests.kiosk.flow import looks
from tests.kiosk.flow.looks import drawn

_panels = {"1920x1080": (1920, 1080), "1280x800": (1280, 800)}


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_every_screen_lies_whole(look: str, panel: str) -> None:
    """Same keys, same words; all inside, no line on another, no key on another, hardly anything made smaller."""
    for name, upright in looks.drawn_to_lie(look).items():
        frame = lying(upright, *_panels[panel])
        assert sorted(t.label for t in frame.targets) == sorted(t.label for t in upright.targets), name
        assert _words(frame.marks) == _words(upright.marks), name
        assert abs(frame.width / frame.height - _panels[panel][0] / _panels[panel][1]) < 0.01
        state, _ = looks.state(name, look)
        assert looks.judging.lying_screen(frame, tongues.words(state.language), _panels[panel][0]) == (), name


def test_a_keypad_stays_one() -> None:
    """Digits and letters are not torn into two columns."""
    for name, digits in (("booking", "1234567890"), ("search", "ABCDEFGH")):
        frame = lying(drawn("normal")[name], 1920, 1080)
        places = [t.rect.x for t in frame.targets if t.label in tuple(digits)]
        assert min(places) > frame.width / 2, name


@pytest.mark.parametrize("panel", _panels)
@pytest.mark.parametrize("look", ["normal", "low", "elder"])
def test_keys_keep_a_fingers_size(look: str, panel: str) -> None:
    """SCREENS A2: 120 design px as on an upright panel; in large view, whose keys are larger, hardly one loses it."""
    small = [
        (name, target.label)
        for name, upright in looks.drawn_to_lie(look).items()
        for target in lying(upright, *_panels[panel]).targets
        if min(target.rect.w, target.rect.h) < sizes.normal.key_least - 0.5
    ]
    frames = len(drawn(look))
    assert len({name for name, _ in small}) <= (frames // 25 if look == "elder" else 0), small


def test_a_heading_stays_with_what_it_heads_and_answers_stay_together() -> None:
    """No notice leaves a heading alone at the foot of a column; all answers of one question stand in one."""
    guide = lying(drawn("normal")["item qh-dibao"], 1280, 800)
    answers = [t.rect.x for t in guide.targets if t.label in {"收入低，没有稳定活计", "家里有人得大病", "不清楚"}]
    assert len(set(answers)) == 1
    for name in ("item lh-zhaijidi-gongshi", "item qh-shoufei", "item qh-dongji-yujing", "catalogue"):
        frame = lying(drawn("normal")[name], 1920, 1080)
        left = [
            m for m in frame.marks if isinstance(m, Text) and m.x < frame.width / 2 and 112 < m.y < frame.height - 240
        ]
        assert not max(left, key=lambda mark: mark.y).bold, name


def test_six_tiles_stand_together_on_the_first_page() -> None:
    """What one reads and the search on the left, all six things to do on the right."""
    tiles = {"办事指南", "取号排队", "政务公开", "我要反映", "评价服务", "申请公开"}
    for panel in _panels.values():
        frame = lying(looks.drawn_to_lie("normal")["home"], *panel)
        assert all(t.rect.x > frame.width / 2 for t in frame.targets if t.label in tiles)


def test_an_upright_panel_shows_what_was_laid_out() -> None:
    """Nothing is touched."""
    frame = drawn("normal")["home"]
    assert staged(1080, 1920)(frame) is frame


def _words(marks: tuple[object, ...]) -> list[str]:
    return sorted(line for mark in marks if isinstance(mark, Text) for line in mark.lines)
