"""The LCD board in quiet hours (OFF-07): dark, but plainly not broken (promise 7).

1. A clock, the hall and when it is open; whom to call stays, for it is also how one speaks up (SUP-02, SUP-04).
2. Nothing is bright, and everything moves a little every minute, so that no letter burns into the panel.
"""

from collections.abc import Iterator

from kiosk.flow.board import lcd_grid, moments
from kiosk.flow.board.facts import Facts
from kiosk.flow.frame import Frame, Mark, Measure, Rect, Target, Text

_clock = 200.0
_steps, _step = 5, 24.0  # rule 2: where things stand, in px


def frame(facts: Facts, measure: Measure, width: int, height: int) -> Frame:
    """The whole picture."""
    marks = tuple(_marks(facts, measure, width, height))
    target = Target(Rect(0, 0, width, height), "您说的", None)
    return Frame("lcd-night", width, height, "black", marks, (target,), facts.state)


def _marks(facts: Facts, measure: Measure, width: int, height: int) -> Iterator[Mark]:
    shift = (facts.now.minute % _steps - _steps // 2) * _step
    left, wide = 96.0 + shift, width - 192.0
    y = height * 0.18 + shift
    if facts.is_clock_sound:
        yield Text(left, y, wide, (moments.clock(facts.now),), _clock, _clock * 1.2, "mist", align="center")
        y += _clock * 1.2 + 16
    yield lcd_grid.one(left, y, wide, moments.weekday(facts.later), color="mist", align="center")
    y += 140
    site = facts.site
    lines = [site.name, *(f"办公时间 {site.hours}".split("；") if site.hours else [])] if site else []
    if facts.phone:
        lines.append(f"有话对我们说：监督电话 {facts.phone}")
    for line in lines:
        for part in measure.lines(line, lcd_grid.small, wide):
            yield lcd_grid.one(left, y, wide, part, color="mist", align="center")
            y += 76
