"""What a voice says next.

1. Every calling is said as often as the hall wishes (`said_times`), and never more: what was said is counted in
   desk.db, so a restart neither repeats nor forgets.
2. One at a time, the oldest first; a first time goes before any second time: nobody waits for another's repetition.
   A second time comes `limits.call_again_seconds` after the first at the earliest.
3. Said is only who is still called, is not yet older than `limits.call_said_seconds_max`, and was not called anew: a
   number called again is a new calling.
4. In quiet hours, and where the hall wants no voice, callings are not said.
5. An emergency goes before everybody and is said in quiet hours too; how old it is does not matter.
6. A calling found at the start keeps its age; one that comes later is new now, by this board's own clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.hall.quiet import is_quiet
from content_sync.domain.hall.rules import HallRules
from content_sync.domain.hall.spoken import Words

_emergency_times = 2


@dataclass(frozen=True)
class Calling:
    """Something to say: `call` names it for good, `since` is when this board first knew of it."""

    call: str
    words: Words
    since: datetime
    urgent: bool = False


@dataclass(frozen=True)
class Said:
    """What this board said itself since it runs: the last calling and when it ended."""

    call: str = ""
    at: datetime | None = None


def following(
    callings: Iterable[Calling], said: Mapping[str, int], last: Said, now: datetime, rules: HallRules
) -> Calling | None:
    """What to say now, or None."""
    allowed = rules.speaks and not is_quiet(rules, now)
    due = [one for one in callings if _is_due(one, said.get(one.call, 0), last, now, rules, allowed)]
    return min(due, key=lambda one: (not one.urgent, said.get(one.call, 0), one.since), default=None)  # rules 2 and 5


def first_known(
    calls: Sequence[tuple[str, datetime]], known: Mapping[str, datetime] | None, now: datetime
) -> dict[str, datetime]:
    """Rule 6: since when each (call, called at) is known; `known` is None at the start."""
    if known is None:
        return {call: min(at, now) for call, at in calls}
    return {call: known.get(call, now) for call, _ in calls}


def _is_due(one: Calling, times: int, last: Said, now: datetime, rules: HallRules, allowed: bool) -> bool:
    if times >= (_emergency_times if one.urgent else rules.said_times):
        return False
    again = timedelta(seconds=limits.call_again_seconds)
    if last.at is not None and last.call == one.call and timedelta() <= now - last.at < again:
        return False
    return one.urgent or (allowed and now - one.since <= timedelta(seconds=limits.call_said_seconds_max))
