"""A paragraph's lines: as the measure breaks them, but no lone character on the last one (孤字不成行).

Set a little narrower, the paragraph keeps its number of lines and gives its last line a companion; where that does not
help, it stays as it was.
"""

from collections.abc import Callable

from kiosk.flow.frame import Measure

_marks = "。，、；：！？…”’）》】.,;:!?)"
_narrower = (1, 2, 3)  # em


def lines(measure: Measure, text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text, none wider than `width`."""
    return accompanied(lambda room: measure.lines(text, size, room, bold=bold), size, width)


def accompanied(broken: Callable[[float], tuple[str, ...]], size: float, width: float) -> tuple[str, ...]:
    """What `broken` makes of a width, or of one a little narrower."""
    whole = broken(width)
    if is_lone(whole):
        for less in _narrower:
            tighter = broken(width - less * size)
            if len(tighter) == len(whole) and not is_lone(tighter):
                return tighter
    return whole


def is_lone(broken: tuple[str, ...]) -> bool:
    """Whether the last of several lines has one character, marks aside."""
    return len(broken) > 1 and len(broken[-1].strip().strip(_marks)) <= 1
