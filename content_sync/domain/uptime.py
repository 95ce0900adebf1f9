"""The last instant a device believed, and how it grows while the clock of the machine is worth nothing.

1. Within one boot it grows by the seconds since it was kept; after another boot by the seconds since that boot, for
   nobody knows how long the power was off. Either is a lower bound: the instant has surely come.
2. An instant kept without its boot (by the first release) does not grow.
3. Beside it stands the latest clock that was not doubtful, which may have been ahead of it: a box that is switched on
   every few weeks, with a battery, goes from one to the next.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain.errors import BadInput


@dataclass(frozen=True)
class Uptime:
    """Which boot this is, and the whole seconds since it began, sleep included."""

    boot: str
    seconds: int


@dataclass(frozen=True)
class Kept:
    """An instant that has surely come, the uptime at that moment, and the latest clock without doubt (rule 3)."""

    believed: datetime
    at: Uptime
    clock: datetime | None = None


def grown(kept: Kept, now: Uptime) -> datetime:
    """The kept instant by the uptime of now (rules 1 and 2)."""
    if not kept.at.boot:
        return kept.believed
    seconds = now.seconds - kept.at.seconds if now.boot == kept.at.boot else now.seconds
    return kept.believed + timedelta(seconds=max(0, seconds))


def written(kept: Kept) -> str:
    """The text that keeps it."""
    words = [kept.believed.isoformat(), kept.at.boot, str(kept.at.seconds)]
    return " ".join([*words, *([kept.clock.isoformat()] if kept.clock else [])])


def read(text: str) -> Kept:
    """What such a text keeps; BadInput when it keeps nothing."""
    instant, boot, seconds, clock = [*text.split(" "), *("", "", "")][:4]
    try:
        believed = datetime.fromisoformat(instant)
        kept = Kept(believed, Uptime(boot, int(seconds or 0)), datetime.fromisoformat(clock) if clock else None)
    except ValueError as error:
        raise BadInput(f"The time believed last is kept as {text!r}, which is no time.") from error
    if believed.tzinfo is None or (kept.clock is not None and kept.clock.tzinfo is None):
        raise BadInput(f"The time believed last is kept as {text!r}, without a time zone.")
    return kept
