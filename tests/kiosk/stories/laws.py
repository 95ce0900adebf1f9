"""What holds of every picture in every story: what a visitor must never see, and what is always there.

1. Never a blank page, a fault of the program, a word about loading or the system, or what another visitor left.
2. A person can be called and the way back or out is there, on every page but the countdown's.
3. Keys to spell with are never the only way: where they stand, a person can be called and home is one tap away.
4. In large type nothing is small and no key is low; lines have room. In low view no key is out of reach.
"""

from collections.abc import Collection

from kiosk.flow import sizes
from kiosk.flow.frame import Frame, Text
from tests.kiosk.stories.telling import Tongue, bare, named

_never = ("Traceback", "Exception", "Error", "{", "加载", "系统", "错误", "undefined", "null", "联网")
_no_footer = ("leaving", "wait")
_elder_type, _elder_key, _elder_leading = 40, 144, 1.3


def read(frame: Frame) -> str:
    """All that is written on it."""
    return bare("\n".join("".join(mark.lines) for mark in frame.marks if isinstance(mark, Text)))


def broken(frame: Frame, tongue: Tongue, others: Collection[str], *, elder: bool, low: bool, lies: bool) -> list[str]:
    """What is wrong with this picture; `others` are words of the visitors before, `lies`: set in two columns."""
    said, labels = read(frame), [target.label for target in frame.targets]
    found = [f"{word} stands on {frame.name}" for word in (*_never, *others) if bare(word) in said]  # rule 1
    if len(said) < 40 or not labels:
        found.append(f"{frame.name} is all but empty: {said}")
    if frame.name not in _no_footer:  # rules 2 and 3
        ways = ("找人帮忙",) if frame.name in ("idle", "home") else ("找人帮忙", "首页")
        found += [f"{frame.name} has no {way}" for way in ways if named(iter(labels), way, tongue) is None]
    if elder and not lies:  # rule 4
        texts = [mark for mark in frame.marks if isinstance(mark, Text)]
        found += [f"{text.lines} is small on {frame.name}" for text in texts if text.size < _elder_type]
        found += [
            f"{text.lines} is narrow on {frame.name}"
            for text in texts
            if len(text.lines) > 1 and text.leading + 1 < _elder_leading * text.size  # whole pixels
        ]
        found += [f"{t.label} is a small key on {frame.name}" for t in frame.targets if t.rect.h < _elder_key]
    if low and not lies and frame.name != "idle":
        found += [f"{t.label} is out of reach on {frame.name}" for t in frame.targets if t.rect.y < sizes.reach]
    return found
