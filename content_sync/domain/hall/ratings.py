"""好差评 (EVA-05, N-05): the visitor's own judgement of one handling.

1. Five levels, 5 非常满意 to 1 非常不满意; the seed's three grades are 满意 (5, 4), 基本满意 (3), 不满意 (2, 1).
   A hall of three levels asks for 5, 3 and 1 and calls them by their grades, so that sums of both can be added.
2. 2 and 1 are bad: each opens exactly one case that must be answered.
3. One rating for each finished ticket (一次一评); a second one is refused.
4. Nobody is made to rate and nothing is assumed: a ticket without a rating is “not rated” and counts in no share.
5. A rating that supervision found malicious, with its reasons, counts in no share; it is told of as set aside.
6. A bad rating is named when its author left a way to be reached. Of those every one must be followed up.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from content_sync.domain.errors import BadInput, Refused

levels: dict[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
grades: tuple[str, ...] = ("满意", "基本满意", "不满意")


@dataclass(frozen=True)
class Summary:
    """Ratings of one service: how many of each level, how many finished tickets had none, how many were set aside."""

    counts: dict[int, int]
    unrated: int
    set_aside: int = 0

    @property
    def rated(self) -> int:
        """How many rated."""
        return sum(self.counts.values())

    def by_level(self, scale: int) -> dict[str, int]:
        """How many of each level a hall of this scale asks for, best first; a level of the other scale by its grade."""
        if scale == 3:
            return {grade: self._of(grade) for grade in grades}
        return {words: self.counts[level] for level, words in levels.items()}

    def share(self, grade: str) -> str:
        """The share of a grade among those who rated, as text; a dash when nobody did (rule 4)."""
        return share(self._of(grade), self.rated)

    def _of(self, grade: str) -> int:
        return sum(number for level, number in self.counts.items() if grade_of(level) == grade)


@dataclass(frozen=True)
class FollowUp:
    """Bad ratings of one hall: all of them and the answered ones, and of both those with a name (rule 6)."""

    bad: int
    answered: int
    named: int
    named_answered: int

    @property
    def share(self) -> str:
        """How many of the bad ratings were answered, as text."""
        return share(self.answered, self.bad)

    @property
    def named_share(self) -> str:
        """How many of the named ones were followed up: 100 % is demanded (N-05)."""
        return share(self.named_answered, self.named)


def share(part: int, whole: int) -> str:
    """A share as text; a dash of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def levels_of(scale: int) -> dict[int, str]:
    """The levels a hall asks for, best first: five of them, or three (rule 1)."""
    return dict(zip((5, 3, 1), grades, strict=True)) if scale == 3 else levels


def grade_of(level: int) -> str:
    """The seed's grade of a level (rule 1)."""
    return grades[0] if level >= 4 else grades[1] if level == 3 else grades[2]


def is_bad(level: int) -> bool:
    """Whether a level opens a case (rule 2)."""
    return level <= 2


def checked_level(level: object, scale: int = 5) -> int:
    """The level itself; BadInput when it is none of this scale (rules 1 and 4)."""
    if type(level) is int and level in levels_of(scale):
        return level
    raise BadInput(f"Rating level {level!r} is unknown; it is one of {', '.join(map(str, sorted(levels_of(scale))))}.")


def refuse_unratable(state: str | None, *, rated: bool) -> None:
    """Refuse a rating of a ticket in this state (None: no such ticket) (rule 3)."""
    if state is None:
        raise Refused("unknown ticket")
    if state != "finished":
        raise Refused("not served yet")
    if rated:
        raise Refused("already rated")


def summary(rated: Iterable[int], finished: int, set_aside: int = 0) -> Summary:
    """The sums of one service from its ratings that count and the number of its finished tickets (rules 4 and 5)."""
    counts = dict.fromkeys(levels, 0)
    for level in rated:
        counts[level] += 1
    return Summary(counts, max(0, finished - sum(counts.values()) - set_aside), set_aside)
