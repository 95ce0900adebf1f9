"""The last instant a device believed, and how it grows while the clock of the machine is worth nothing.

1. Within one boot it grows by the seconds since it was kept; after another boot by the seconds since that boot, for
   nobody knows how long the power was off. Either is a lower bound: the instant has surely come.
2. An instant kept without its boot (by the first release) does not grow.
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
    """An instant that was believed, and the uptime at that moment."""

    believed: datetime
    at: Uptime


def grown(kept: Kept, now: Uptime) -> datetime:
    """The kept instant by the uptime of now (rules 1 and 2)."""
    if not kept.at.boot:
        return kept.believed
    seconds = now.seconds - kept.at.seconds if now.boot == kept.at.boot else now.seconds
    return kept.believed + timedelta(seconds=max(0, seconds))


def written(kept: Kept) -> str:
    """The text that keeps it."""
    return f"{kept.believed.isoformat()} {kept.at.boot} {kept.at.seconds}"


def read(text: str) -> Kept:
    """What such a text keeps; BadInput when it keeps nothing."""
    instant, boot, seconds = (*text.split(" "), "", "0")[:3]
    try:
        believed = datetime.fromisoformat(instant)
        kept = Kept(believed, Uptime(boot, int(seconds or 0)))
    except ValueError as error:
        raise BadInput(f"The time believed last is kept as {text!r}, which is no time.") from error
    if believed.tzinfo is None:
        raise BadInput(f"The time believed last is kept as {text!r}, without a time zone.")
    return kept
