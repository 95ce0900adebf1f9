"""A panel that lies: every screen in two columns, nothing lost, nothing covered, everything within it."""

from itertools import combinations

import pytest

from kiosk.flow.frame import Text
from kiosk.flow.landscape import lying, staged
from tests.kiosk.flow.test_laws import _drawn, _lines, _meet

_panels = {"1920x1080": (1920, 1080), "1280x800": (1280, 800)}


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_every_screen_lies_whole(look: str, panel: str) -> None:
    """Same keys, same words; all inside, no line on another, no key on another, hardly anything made smaller."""
    for name, upright in _drawn(look).items():
        frame = lying(upright, *_panels[panel])
        assert sorted(t.label for t in frame.targets) == sorted(t.label for t in upright.targets), name
        assert _words(frame.marks) == _words(upright.marks), name
        assert abs(frame.width / frame.height - _panels[panel][0] / _panels[panel][1]) < 0.01
        lines = [(line, rect) for line, rect in _lines(frame) if line.strip()]
        outside = [line for line, r in lines if r.x < 0 or r.right > frame.width + 1 or r.bottom > frame.height]
        assert outside == [], name
        assert [(a, b) for (a, ra), (b, rb) in combinations(lines, 2) if _meet(ra, rb)] == [], name
        for target in frame.targets:
            r = target.rect
            assert 0 <= r.x < r.right <= frame.width, (name, target.label)
            assert 112 <= r.y < r.bottom <= frame.height, (name, target.label)
            assert min(r.w, r.h) >= 84, (name, target.label, r)
        near = [(a.label, b.label) for a, b in combinations(frame.targets, 2) if _meet(a.rect, b.rect, 7.9)]
        assert near == [], name
        assert all(mark.size >= 21 for mark in frame.marks if isinstance(mark, Text)), name


def test_a_keypad_stays_one() -> None:
    """Digits and letters are not torn into two columns."""
    for name, digits in (("booking", "1234567890"), ("search", "ABCDEFGH")):
        frame = lying(_drawn("normal")[name], 1920, 1080)
        places = [t.rect.x for t in frame.targets if t.label in tuple(digits)]
        assert min(places) > frame.width / 2, name


def test_an_upright_panel_shows_what_was_laid_out() -> None:
    """Nothing is touched."""
    frame = _drawn("normal")["home"]
    assert staged(1080, 1920)(frame) is frame


def _words(marks: tuple[object, ...]) -> list[str]:
    return sorted(line for mark in marks if isinstance(mark, Text) for line in mark.lines)
