"""What time a device believes.

1. It is never earlier than the newest signed time (the floor).
2. A clock that is `limits.clock_jump_days_max` ahead of everything known, or well behind the floor, is doubtful.
3. With a doubtful clock expired metadata is judged once more at the last believed time, and then taken only when it
   is newer than anything seen: a clock at 2099 must not end all updates, a frozen server must not look alive.
4. A signed time that far ahead of a clock without doubt moves nothing: then it is the server's clock that is wrong, and
   the device would take no honest state any more once the server's clock is right again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain import limits


@dataclass(frozen=True)
class Time:
    """`now` for verifying; `fallback` (rule 3) only when the clock ran ahead; `doubtful` for status."""

    now: datetime
    fallback: datetime | None
    doubtful: bool


def believed(system: datetime, floor: datetime | None, last: datetime | None) -> Time:
    """Rules 1 and 2: `last` is the system clock when it was last believed."""
    known = [time for time in (floor, last) if time is not None]
    anchor = max(known, default=system)
    ahead = system - anchor > timedelta(days=limits.clock_jump_days_max)
    behind = floor is not None and floor - system > timedelta(seconds=limits.clock_skew_seconds_max)
    now = system if floor is None else max(system, floor)
    return Time(now, anchor if ahead else None, ahead or behind)


def credible(signed: datetime, time: Time, floor: datetime | None) -> bool:
    """Whether a signed time may move the floor (rule 4); the first one may always."""
    return floor is None or time.doubtful or signed - time.now <= timedelta(days=limits.clock_jump_days_max)
