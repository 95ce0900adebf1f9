"""How many wait, and how long it may be: an estimate that says how it was made, never a promise (QUE-01).

1. It is the middle handling time of the last tickets finished for this service today, times those ahead, shared
   among the windows that are open for it; said as a range of half to one and a half of that.
2. With fewer than `limits.estimate_served_min` finished tickets, or no open window, nothing is said.
3. A count of waiting people is told only while it is fresh.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from content_sync.domain import limits


@dataclass(frozen=True)
class Estimate:
    """Whole minutes, and the sentence that says how they were computed."""

    low: int
    high: int
    basis: str


def estimate(ahead: int, seconds: Sequence[float], windows: int) -> Estimate | None:
    """The wait of somebody with `ahead` people in front, from the handling times of the last finished tickets."""
    used = seconds[-limits.estimate_served_max :]
    if len(used) < limits.estimate_served_min or windows < 1:  # rule 2
        return None
    minutes = median(used) * ahead / windows / 60  # rule 1
    low, high = int(minutes / 2), int(minutes * 3 / 2) + 1
    basis = f"按今天最近办完的{len(used)}位估算，前面{ahead}位，{windows}个窗口开着；只供参考。"
    return Estimate(low, high, basis)


def still_known(waiting: int, said_at: str, now: datetime) -> int | None:
    """How many wait, or None when the server has not said so for `limits.queue_fresh_seconds`: an old count lies."""
    # rule 3
    age = now - datetime.fromisoformat(said_at)
    return waiting if age <= timedelta(seconds=limits.queue_fresh_seconds) else None
