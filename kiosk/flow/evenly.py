"""Where the lines of a title, a key or a sentence end: lines of about one length, at a mark where there is one.

1. A line ends behind a mark of a sentence or a clause or before a bracket; behind 、 or inside brackets where there is
   no other.
2. Every line fits, and none is less than a third as long as the longest: else the lines end where they are about even.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from kiosk.flow.frame import Measure

_ends, _weak, _opening, _latin = "，。：；！？", "、", "（《", ".,;:?!"
_shutting = "）》"
_closing = _ends + _weak + _shutting + "”’…"
_weaker = 3.0  # em by which lines may be less even rather than end at a weak mark
_places_max, _lines_max = 24, 4


def evenly(measure: Measure, text: str, size: float, width: float, count: int, *, bold: bool) -> tuple[str, ...]:
    """The text in `count` lines; `count` must be enough for it."""
    return at_marks(measure, text, size, width, count, bold=bold) or _even(measure, text, size, width, count, bold=bold)


def at_marks(measure: Measure, text: str, size: float, width: float, count: int, *, bold: bool) -> tuple[str, ...]:
    """The text in `count` lines that end at marks; none where that cannot be (rule 2)."""
    places = dict(_places(text))
    if not count - 1 <= len(places) <= _places_max or count > _lines_max:
        return ()
    along = {place: measure.width(text[:place], size, bold=bold) for place in (0, *places, len(text))}
    found: list[tuple[float, tuple[int, ...]]] = []
    for chosen in combinations(places, count - 1):
        wide = [along[end] - along[start] for start, end in pairwise((0, *chosen, len(text)))]
        if max(wide) <= width and 3 * min(wide) >= max(wide):
            found.append((max(wide) - min(wide) + size * sum(places[place] for place in chosen), chosen))
    if not found:
        return ()
    return tuple(text[start:end].strip(" ") for start, end in pairwise((0, *min(found)[1], len(text))))


def ends_at_marks(lines: Sequence[str]) -> bool:
    """Whether every line but the last ends at a mark, or there is one line only."""
    return all(dict(_places(one + other)).get(len(one)) is not None for one, other in pairwise(lines))


def _places(text: str) -> Iterator[tuple[int, float]]:
    """Where a line may end, and by how many em that place is worse than another (rule 1)."""
    inside = 0
    for n in range(1, len(text)):
        before, after = text[n - 1], text[n]
        inside += (before in _opening) - (before in _shutting)
        if after in _closing:
            continue
        if before in _ends or after in _opening or (before in _latin and after == " "):
            yield n, _weaker * inside
        elif before in _weak:
            yield n, _weaker * (1 + inside)


def _even(measure: Measure, text: str, size: float, width: float, count: int, *, bold: bool) -> tuple[str, ...]:
    least, most = width / count, width
    while most - least > size / 2:
        middle = (least + most) / 2
        fits = len(measure.lines(text, size, middle, bold=bold)) <= count
        least, most = (least, middle) if fits else (middle, most)
    return measure.lines(text, size, most, bold=bold)
