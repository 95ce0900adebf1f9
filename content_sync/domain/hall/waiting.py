"""How many wait, and how long it may be: an estimate that says how it was made, never a promise (QUE-01).

1. The line is played forward: everybody in front goes, in the order of the line, to the open window of their service
   that is free first, and takes as long as the last tickets of that service did today, in the middle. Windows that
   also serve other services are so shared with who waits there. A window that has somebody is half through with them.
2. What comes out is said as a range of half to one and a half of it.
3. With fewer than `limits.estimate_served_min` finished tickets of the service, or no open window for it, no minutes
   are said: the sentence says why. A service of others in front that finished too few counts as this one.
4. It depends on nothing but its arguments: who stands in front, what was finished, which windows are open.
5. A count of waiting people is told only while it is fresh.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from content_sync.domain import limits

_unknown = -1


@dataclass(frozen=True)
class Estimate:
    """Whole minutes, both -1 when none can be said; and the sentence that says how they were computed, or why not."""

    low: int
    high: int
    basis: str

    @property
    def is_known(self) -> bool:
        """Whether minutes are said (rule 3)."""
        return self.high >= 0


@dataclass(frozen=True)
class OpenWindow:
    """A window where somebody sits: what it serves, and whether it has a visitor now."""

    services: frozenset[str]
    busy: bool = False


def estimate(
    service: str, ahead: Sequence[str], seconds: Mapping[str, Sequence[float]], windows: Iterable[OpenWindow]
) -> Estimate:
    """The wait of somebody for `service` behind people who wait for the services `ahead`, in the order of the line.

    `seconds`: by service, the handling times of the last tickets finished today, oldest first.
    """
    every = list(windows)
    known = unsaid(service, seconds, every)
    if known:
        return known
    *_, free = played(service, ahead, seconds, every)
    return said(service, sum(1 for one in ahead if one == service), free, seconds, every)


def unsaid(service: str, seconds: Mapping[str, Sequence[float]], windows: Sequence[OpenWindow]) -> Estimate | None:
    """Why no minutes are said for this service, when none are (rule 3)."""
    if not any(service in window.services for window in windows):
        return Estimate(_unknown, _unknown, "现在没有窗口在办这项业务，等候时间说不准；号码和位置都保留。")
    if len(seconds.get(service, ())) < limits.estimate_served_min:
        return Estimate(_unknown, _unknown, "今天办完的还不多，现在估不出等候时间。")
    return None


def said(
    service: str, mine: int, free: float, seconds: Mapping[str, Sequence[float]], windows: Sequence[OpenWindow]
) -> Estimate:
    """The words for somebody with `mine` in front for the same service and a window after `free` seconds (rule 2)."""
    minutes, used = free / 60, min(len(seconds[service]), limits.estimate_served_max)
    theirs = [window for window in windows if service in window.services]
    shared = sum(1 for one in theirs if len(one.services) > 1)
    also = f"（{shared}个也办别的业务）" if shared else ""
    basis = f"按今天最近办完的{used}位的用时推算：前面{mine}位，{len(theirs)}个窗口开着{also}；只供参考。"
    return Estimate(int(minutes / 2), int(minutes * 3 / 2) + 1, basis)


def played(
    service: str, line: Sequence[str], seconds: Mapping[str, Sequence[float]], windows: Sequence[OpenWindow]
) -> Iterator[float]:
    """For every place in the line from the first to behind the last: seconds until a window is free there (rule 1).

    Somebody serves the service, and enough tickets of it were finished (`unsaid`).
    """
    usual = median(seconds[service][-limits.estimate_served_max :])
    paces = dict.fromkeys(line, usual) | {
        one: median(taken[-limits.estimate_served_max :])
        for one, taken in seconds.items()
        if len(taken) >= limits.estimate_served_min
    }
    able = {one: [index for index, window in enumerate(windows) if one in window.services] for one in {service, *line}}
    free = [usual / 2 if window.busy else 0.0 for window in windows]
    yield min(free[index] for index in able[service])
    for one in line:
        if able[one]:
            free[min(able[one], key=free.__getitem__)] += paces[one]
        yield min(free[index] for index in able[service])


def still_known(waiting: int, said_at: str, now: datetime) -> int | None:
    """How many wait, or None when the server has not said so for `limits.queue_fresh_seconds`: an old count lies."""
    # rule 5
    age = now - datetime.fromisoformat(said_at)
    return waiting if age <= timedelta(seconds=limits.queue_fresh_seconds) else None
