"""A panel that lies: every screen in two columns, nothing lost, nothing covered, everything within it."""

import pytest

from kiosk.app import tongues
from kiosk.flow.frame import Text
from kiosk.flow.landscape import lying, staged
from tests.kiosk.flow import looks
from tests.kiosk.flow.looks import drawn

_panels = {"1920x1080": (1920, 1080), "1280x800": (1280, 800)}


@pytest.mark.parametrize("look", ["normal", "elder"])
@pytest.mark.parametrize("panel", _panels)
def test_every_screen_lies_whole(look: str, panel: str) -> None:
    """Same keys, same words; all inside, no line on another, no key on another, hardly anything made smaller."""
    for name, upright in drawn(look).items():
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


def test_an_upright_panel_shows_what_was_laid_out() -> None:
    """Nothing is touched."""
    frame = drawn("normal")["home"]
    assert staged(1080, 1920)(frame) is frame


def _words(marks: tuple[object, ...]) -> list[str]:
    return sorted(line for mark in marks if isinstance(mark, Text) for line in mark.lines)
