"""When boards are dark and voices silent (OFF-07).

1. Quiet is from `quiet_from` (included) to `quiet_to` (excluded), by the place's own clock; also across midnight.
2. Both the same: the hall has no quiet hours.
3. A hall at work is not dark: while somebody was called in the last `limits.quiet_after_call_minutes` it is not quiet.
"""

from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.hall.rules import HallRules


def is_quiet(rules: HallRules, now: datetime, called: datetime | None = None) -> bool:
    """Whether it is quiet at `now` (in the place's own zone); `called` is when somebody was called last."""
    if called is not None and abs(now - called) < timedelta(minutes=limits.quiet_after_call_minutes):  # rule 3
        return False
    clock, begins, ends = f"{now:%H:%M}", rules.quiet_from, rules.quiet_to
    if begins <= ends:
        return begins <= clock < ends  # rules 1 and 2
    return clock >= begins or clock < ends
