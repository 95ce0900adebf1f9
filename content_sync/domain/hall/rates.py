"""效能指标 (HAL-11): how the windows of a hall did, as shares that can be counted by hand.

1. Accepted (受理) is what was complete and began to run on these days (a 补办件 once its last material came), without
   what was sent back (退回) or voided (作废).
2. 即办率: of the accepted, how many were done on the spot (即办件).
3. Ended is what was forwarded or ended on these days; what its applicant took back counts in no share, and neither does
   what never had a due date.
4. 按时办结率: of the ended, how many ended no later than their due day. 提前办结率: how many before it; what is done
   on the spot is on time and no earlier.
5. A share of nothing is not known: it is no nought and no hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_not_accepted = frozenset({"returned", "voided"})


@dataclass(frozen=True)
class Case:
    """One case: `begun` and `ended` are local days, `due` its last day; empty: not yet, or none."""

    kind: str
    state: str
    begun: str
    ended: str
    due: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Rates:
    """The counts behind the shares."""

    accepted: int
    instant: int
    ended: int
    on_time: int
    early: int


def rates(cases: Iterable[Case], first: str, last: str) -> Rates:
    """The counts for the days from `first` to `last`, both included."""
    known = list(cases)
    accepted = [one for one in known if first <= one.begun <= last and one.state not in _not_accepted]  # rule 1
    ended = [one for one in known if first <= one.ended <= last and one.due and one.state not in _not_accepted]
    ended = [one for one in ended if not one.withdrawn]  # rule 3
    return Rates(
        accepted=len(accepted),
        instant=sum(one.kind == "instant" for one in accepted),
        ended=len(ended),
        on_time=sum(one.ended <= one.due for one in ended),
        early=sum(one.ended < one.due for one in ended),
    )


def share(part: int, of: int) -> str:
    """A share in words; a dash when there is nothing to share (rule 5)."""
    return f"{100 * part / of:.1f}%" if of else "—"
