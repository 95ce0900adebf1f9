"""Whether a weak eye tells what is drawn from what it is drawn on (SCREENS A2).

1. Type has at least 7:1 on every ground it lies on.
2. Icons, rims, handwriting and filled areas have at least 4.5:1; a rim on what is inside it and what is outside.
3. A ground (paper, card, wash, read and the dark ones) tells nothing and owes nothing, as an area or as a halo: what
   stands on it does. A zone of any colour that fills more than a tenth of the window owes nothing either.
4. A hairline (2 px, or a rim of colour `line`) only orders what words already say, and owes nothing either; no key
   may end in one.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from kiosk.flow.frame import Box, Drawn, Frame, Icon, Script, Text
from kiosk.flow.laws import ink
from kiosk.flow.laws.ink import Line

text_least, rest_least = 7.0, 4.5
_silent = {"", "paper", "card", "wash", "read", "night", "black", "line"}  # rules 3 and 4
_hairline, _zone = 2.0, 0.1


@lru_cache(maxsize=1024)
def ratio(one: str, other: str) -> float:
    """The contrast of two "#RRGGBB" by WCAG 2."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(value: str) -> float:
    channels = (int(value[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def weak(frame: Frame, lines: list[Line], colours: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each pair drawn together that is too weak."""
    yield from dict.fromkeys(
        f"{what} in {color} on {ground} has a contrast of {ratio(colours[color], colours[ground]):.1f}, not {least}."
        for what, color, ground, least in (*_type(frame, lines), *_rest(frame))
        if ratio(colours[color], colours[ground]) < least
    )


def pairs(frame: Frame, lines: list[Line]) -> set[tuple[str, str, float]]:
    """Every two colour names drawn together, and the least contrast they owe."""
    return {(color, ground, least) for _, color, ground, least in (*_type(frame, lines), *_rest(frame))}


def _type(frame: Frame, lines: list[Line]) -> Iterator[tuple[str, str, str, float]]:
    """Rule 1."""
    grounds = ink.Grounds(frame)
    for line in lines:
        mark = frame.marks[line.mark]
        if isinstance(mark, (Text, Script)):
            for ground in grounds.under(line.rect, line.mark):
                yield f"“{line.words[:20]}”", mark.color, ground, text_least


def _rest(frame: Frame) -> Iterator[tuple[str, str, str, float]]:
    """Rules 2 to 4."""
    grounds = ink.Grounds(frame)
    for n, mark in enumerate(frame.marks):
        if isinstance(mark, (Icon, Drawn)):
            name = f"the icon {mark.name}" if isinstance(mark, Icon) else "handwriting"
            for ground in grounds.under(mark.rect, n):
                yield name, mark.color, ground, rest_least
        elif isinstance(mark, Box):
            yield from _box(frame, grounds, n, mark)


def edges(frame: Frame) -> Iterator[str]:
    """Rule 4: a key drawn as a box ends in something that can be seen."""
    keys = {target.rect: target.label for target in frame.targets}
    for mark in frame.marks:
        if isinstance(mark, Box) and mark.rect in keys and mark.fill in _silent and mark.rim in _silent:
            yield f"where the key {keys[mark.rect][:20]} ends cannot be seen."


def _box(frame: Frame, grounds: ink.Grounds, n: int, box: Box) -> Iterator[tuple[str, str, str, float]]:
    if box.rim and box.rim_width and box.rim not in _silent:
        for ground in grounds.around(box.rect, n) | {box.fill or frame.background}:
            yield "a rim", box.rim, ground, rest_least
    elif box.fill not in _silent and not box.rim_width and _is_shape(frame, box):
        for ground in grounds.around(box.rect, n) - {box.fill}:
            yield "an area", box.fill, ground, rest_least


def _is_shape(frame: Frame, box: Box) -> bool:
    """Neither a hairline (rule 4) nor a zone of the window (rule 3)."""
    wide, high = box.rect.w, box.rect.h
    return min(wide, high) > _hairline and wide * high < _zone * frame.width * frame.height
