"""好差评 (EVA-05, N-05): the visitor's own judgement of one handling.

1. Five levels, 5 非常满意 to 1 非常不满意; the seed's three grades are 满意 (5, 4), 基本满意 (3), 不满意 (2, 1).
2. 2 and 1 are bad: each opens exactly one case that must be answered.
3. One rating for each finished ticket (一次一评); a second one is refused.
4. Nobody is made to rate and nothing is assumed: a ticket without a rating is “not rated” and counts in no share.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from content_sync.domain.errors import BadInput, Refused

levels: dict[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
grades: tuple[str, ...] = ("满意", "基本满意", "不满意")


@dataclass(frozen=True)
class Summary:
    """Ratings of one service: how many of each level, and how many finished tickets had none (rule 4)."""

    counts: dict[int, int]
    unrated: int

    @property
    def rated(self) -> int:
        """How many rated."""
        return sum(self.counts.values())

    def share(self, grade: str) -> str:
        """The share of a grade among those who rated, as text; a dash when nobody did (rule 4)."""
        count = sum(number for level, number in self.counts.items() if grade_of(level) == grade)
        return f"{100 * count / self.rated:.1f}%" if self.rated else "—"


def grade_of(level: int) -> str:
    """The seed's grade of a level (rule 1)."""
    return grades[0] if level >= 4 else grades[1] if level == 3 else grades[2]


def is_bad(level: int) -> bool:
    """Whether a level opens a case (rule 2)."""
    return level <= 2


def checked_level(level: object) -> int:
    """The level itself; BadInput when it is none (rules 1 and 4)."""
    if type(level) is int and level in levels:
        return level
    raise BadInput(f"Rating level {level!r} is unknown; it is a whole number from 1 to 5.")


def refuse_unratable(state: str | None, *, rated: bool) -> None:
    """Refuse a rating of a ticket in this state (None: no such ticket) (rule 3)."""
    if state is None:
        raise Refused("unknown ticket")
    if state != "finished":
        raise Refused("not served yet")
    if rated:
        raise Refused("already rated")


def summary(rated: Iterable[int], finished: int) -> Summary:
    """The sums of one service from its ratings and the number of its finished tickets."""
    counts = dict.fromkeys(levels, 0)
    for level in rated:
        counts[level] += 1
    return Summary(counts, max(0, finished - sum(counts.values())))
