"""Which attached files a device holds when its disk has not room for all of them.

1. The order of need: what screens asked for lately, the last asked for first; then files of items on show, the newest
   dated first; then of items that are coming, the soonest first; then of items that are over. Within an item its own
   order. A file that several items name stands where its best use puts it.
2. In that order each lacking file is fetched that fits into the budget beside everything needed more; one that does not
   fit is passed over. Files of items that are over are fetched only when a screen asks.
3. To make room for a file, only files that are needed less leave, the least needed first.
4. When the budget shrinks (the disk fills up), the least needed leave until it is kept again.
5. What a screen shows never leaves, not even over budget. A screen says so at least every `limits.blob_shown_seconds`.
6. What no held item names is needed least of all; it leaves without waiting for anybody to need room.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Blob

_wished, _on_show, _coming, _over = range(4)
_epoch = datetime(1970, 1, 1, tzinfo=UTC)
_never = 1 << 60
Wishes = Mapping[str, timedelta]
"""How long ago a screen asked for a file last, by its hash."""


@dataclass(frozen=True)
class Use:
    """One attachment of a held item: when the item is shown, in microseconds since 1970; `ends` None without an end."""

    blob: Blob
    channel: str
    starts: int
    ends: int | None


@dataclass(frozen=True)
class Needed:
    """A file in the order of need; any of the `channels` has it. `asked`: it is worth fetching (rule 2)."""

    blob: Blob
    channels: tuple[str, ...]
    asked: bool


def order(uses: Iterable[Use], wishes: Wishes, now: datetime) -> tuple[Needed, ...]:
    """Every file that held items name, by need (rule 1). `uses` come newest dated first, each item's in its order."""
    best: dict[Blob, tuple[int, int, int]] = {}
    channels: dict[Blob, dict[str, None]] = {}
    at = (now - _epoch) // timedelta(microseconds=1)
    for place, use in enumerate(uses):
        key = (*_need(use, wishes.get(use.blob.sha256), at), place)
        best[use.blob] = min(best.get(use.blob, key), key)
        channels.setdefault(use.blob, {})[use.channel] = None
    ordered = sorted(best, key=best.__getitem__)
    return tuple(Needed(blob, tuple(channels[blob]), best[blob][0] != _over) for blob in ordered)


def shown(wishes: Wishes) -> frozenset[str]:
    """What screens show now (rule 5)."""
    recent = timedelta(seconds=limits.blob_shown_seconds)
    return frozenset(name for name, age in wishes.items() if age <= recent)


def room(held: Mapping[str, int], free: int, budget: int = limits.blob_budget_bytes) -> int:
    """Bytes that files may have in all, on a disk with so many free bytes (rule 4)."""
    return max(0, min(budget, sum(held.values()) + free - limits.blob_free_bytes_min))


def lacking(
    needed: Sequence[Needed], held: Mapping[str, int], on_screen: Collection[str], budget: int
) -> tuple[Needed, ...]:
    """What is to be fetched, in order (rule 2). `held` is length by hash of whole files, `budget` bytes in all."""
    taken = sum(length for name, length in held.items() if name in on_screen)
    found = []
    for one in needed:
        name, length = one.blob.sha256, one.blob.length
        if name in held:
            taken += 0 if name in on_screen else length
        elif one.asked and taken + length <= budget:
            found.append(one)
            taken += length
    return tuple(found)


def leaving(
    needed: Sequence[Needed],
    held: Mapping[str, int],
    on_screen: Collection[str],
    budget: int,
    coming: Blob | None = None,
) -> tuple[str, ...] | None:
    """What must go to keep the budget (rule 4) beside the file `coming` (rule 3), the least needed first.

    None when there is no room for `coming`, whatever may go for it.
    """
    over = sum(held.values()) + (coming.length if coming else 0) - budget
    if over <= 0:
        return ()
    place = {one.blob.sha256: number for number, one in reversed(list(enumerate(needed)))}
    least = -1 if coming is None else place.get(coming.sha256, _never)
    gone = []
    for name in sorted(held, key=lambda name: (place.get(name, _never), name), reverse=True):
        if over <= 0 or place.get(name, _never) <= least:
            break
        if name not in on_screen:
            gone.append(name)
            over -= held[name]
    return None if coming and over > 0 else tuple(gone)


def _need(use: Use, wished: timedelta | None, at: int) -> tuple[int, int]:
    """Of how little need a use is: the less the number, the more it is needed."""
    if wished is not None and wished <= timedelta(hours=limits.blob_wish_hours):
        return _wished, wished // timedelta(microseconds=1)
    if use.ends is not None and use.ends <= at:
        return _over, 0
    return (_on_show, 0) if use.starts <= at else (_coming, use.starts)
