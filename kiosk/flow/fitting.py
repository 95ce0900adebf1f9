"""How high each part of a column becomes when all of them together are higher than the column.

Room is made in this order, and no more of it than is needed:

1. what is blank between two parts, down to `near`;
2. what a key has above and below its words, down to a finger's size: the words keep theirs;
3. pictures and sheets to write on, down to two fifths;
4. type and the keys it stands on, both alike, type down to four fifths, keys no lower than a finger (SCREENS A2);
5. whatever stands there, by as much as is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kiosk.flow import sizes
from kiosk.flow.parts import Part

near = 14.0
least_type = 0.8
_least_picture, _slack = 0.4, 0.5
_blank_costs, _squeezed, _too_small = 60.0, 20.0, 40_000.0
_picture_costs, _type_costs = (0.1, 1_500.0), (0.05, 9_000.0)  # for that they become smaller, and for how much


@dataclass
class Fit:
    """What becomes of a column's parts: the gap below each, how much each key row loses, by what each is scaled."""

    parts: Sequence[Part]
    gaps: list[float]
    cuts: list[float] = field(default_factory=list)
    scales: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """At first nothing changes."""
        self.cuts, self.scales = [0.0] * len(self.parts), [1.0] * len(self.parts)

    def high(self, n: int) -> float:
        """How high a part becomes."""
        return (self.parts[n].high - self.cuts[n]) * self.scales[n]

    @property
    def whole(self) -> float:
        """How high the column becomes."""
        return sum(self.high(n) for n in range(len(self.parts))) + sum(self.gaps)

    def cost(self) -> float:
        """What the reader pays: blanks nearly nothing, type much, keys below a finger's size and weak type most.

        A list's rows that lose more than half of their blanks are cramped: there type stands on the rim.
        """
        told, lost = 0.0, sum(self.cuts) + sum(b.top - a.bottom for a, b in pairwise(self.parts)) - sum(self.gaps)
        for n, (part, scale) in enumerate(zip(self.parts, self.scales, strict=True)):
            least = _least_picture if part.is_picture else least_type
            if part.keys:
                least = max(least, min(1.0, sizes.normal.key_least / max(1.0, part.least - self.cuts[n])))
            at_all, costs = _picture_costs if part.is_picture else _type_costs
            told = max(told, (at_all + 1 - scale) * costs * (scale < 1) + _too_small * max(0.0, least - scale))
        rows = ((part, cut) for part, cut in zip(self.parts, self.cuts, strict=True) if part.is_listed)
        squeezed = sum(max(0.0, cut - sum(part.blank) / 2) for part, cut in rows)
        return told + _blank_costs * max(0.0, lost) / 1_000 + _squeezed * squeezed


def gaps_of(column: Sequence[Part]) -> list[float]:
    """The gap below each part as it was laid out, none below the last."""
    return [after.top - here.bottom for here, after in pairwise(column)] + [0.0] * bool(column)


def fitted(column: Sequence[Part], gaps: Sequence[float], room: float, finger: float) -> Fit:
    """The rules in their order; `finger` is how high the keys of this look are at least."""
    fit = Fit(column, list(gaps))
    spare = [max(0.0, gap - near) for gap in fit.gaps]  # rule 1
    share = _share(fit.whole - room, sum(spare))
    fit.gaps = [gap - share * more for gap, more in zip(fit.gaps, spare, strict=True)]
    blank = [max(0.0, min(sum(part.blank), part.least - finger)) * (not part.is_picture) for part in column]  # rule 2
    share = _share(fit.whole - room, sum(blank))
    fit.cuts = [share * more for more in blank]
    for chosen, least in (  # rules 3 and 4
        ([n for n, part in enumerate(column) if part.is_picture], _least_picture),
        ([n for n, part in enumerate(column) if not part.is_picture], least_type),
    ):
        _scale(fit, chosen, least, room)
    if fit.whole > room + _slack:  # rule 5
        times = (room - sum(fit.gaps)) / (fit.whole - sum(fit.gaps))
        fit.scales = [scale * times for scale in fit.scales]
    return fit


def _scale(fit: Fit, chosen: list[int], least: float, room: float) -> None:
    """Make these parts smaller, all alike; those that may not go so far stay where they must."""
    bound = dict.fromkeys(chosen, least)
    for n in chosen:
        part = fit.parts[n]
        if part.keys and not part.is_picture:
            bound[n] = max(least, min(1.0, sizes.normal.key_least / (part.least - fit.cuts[n])))
    for n in sorted(chosen, key=lambda n: -bound[n]):
        over = fit.whole - room
        if over < _slack:
            return
        free = [m for m in chosen if bound[m] <= bound[n]]
        high = sum(fit.high(m) for m in free)
        times = max(bound[n] / fit.scales[n], 1 - over / high) if high else 1.0
        for m in free:
            fit.scales[m] *= times


def _share(over: float, there_is: float) -> float:
    """How much of what there is has to go."""
    return min(1.0, max(0.0, over / there_is)) if there_is else 0.0
