"""What time a device believes.

1. It is never earlier than the newest signed time (the floor), nor than the last instant that was believed; that one
   grows with the uptime of the machine (domain.uptime) and is kept on the disk (pull.timekeeping), so that items end
   also in a box whose clock begins in 1970 at every boot and that has no network for weeks.
2. A clock that is `limits.clock_jump_days_max` ahead of everything known and of the last clock without doubt, or well
   behind what is known, is doubtful.
3. With a doubtful clock expired metadata is judged once more at the last believed time, and then taken only when it
   is newer than anything seen: a clock at 2099 must not end all updates, a frozen server must not look alive.
4. A signed time that far ahead of a clock without doubt moves nothing: then it is the server's clock that is wrong, and
   the device would take no honest state any more once the server's clock is right again.
5. An instant that a doubtful clock runs ahead to is never kept: when the clock is right again, so is the device.

    the clock          believed, for ends        an item begins by        status, heartbeat   records made then
    right              the clock                 the clock                ok                  as ever
    1970, 2000, behind the last believed instant the same                 doubtful, which     say that the clock was
                       and the uptime since                               instant is used     doubtful; the server lets
    back by ≤ 1 hour   as above                  the same                 ok                  none speak of the future,
    ahead by ≤ 30 days the clock; kept once it   the clock                ok                  and counts none of them as
                       went evenly for an hour                                                what was on a screen
    2099, ahead by     the clock: nothing is     30 days after what is    doubtful, which
    more than 30 days  shown after its end       known, not later         instant is known

Screens draw by the same time; while the clock is doubtful visitors read one line that the date may be wrong, boards
show no clock that is behind, and the as-of line of each page stays what was signed (promise 6).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain import limits


@dataclass(frozen=True)
class Time:
    """`now` for verifying and showing; `fallback` (rule 3) only when the clock ran ahead; `doubtful` for status.

    `sure` has come even if the clock runs ahead: by it nothing is thrown away too early.
    """

    now: datetime
    fallback: datetime | None
    doubtful: bool
    sure: datetime


def believed(system: datetime, floor: datetime | None, last: datetime | None, clock: datetime | None = None) -> Time:
    """Rules 1 and 2: `last` is what was believed last, grown by the uptime since, `clock` the last without doubt."""
    known = max((time for time in (floor, last) if time is not None), default=None)
    if known is None:
        return Time(system, None, doubtful=False, sure=system)
    anchor = max(known, clock or known)
    ahead = system - anchor > timedelta(days=limits.clock_jump_days_max)
    behind = known - system > timedelta(seconds=limits.clock_skew_seconds_max)
    now = max(system, known)
    return Time(now, anchor if ahead else None, ahead or behind, known if ahead else now)


def credible(signed: datetime, time: Time, floor: datetime | None) -> bool:
    """Whether a signed time may move the floor (rule 4); the first one may always."""
    return floor is None or time.doubtful or signed - time.now <= timedelta(days=limits.clock_jump_days_max)
