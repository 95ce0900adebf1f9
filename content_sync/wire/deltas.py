"""A delta: what makes the bodies of one edition those of another.

1. It begins with the rows of the old edition that it touches, each by its place among the old ids in order: *edited*,
   *removed*, or only *read* (an unchanged row that new ones resemble). Places are told as gaps, so a delta of one row
   costs two bytes for it.
2. Then come the new bodies, as lines in order of their ids, compressed against the old bodies of the edited and the
   read rows in order. Both ends hold exactly these bytes; nothing else of the old edition is needed, and no text of a
   removed row is ever part of a delta.
3. A delta says nothing of the editions it leads from and to: the signed manifest does, and the root over all bodies
   proves the outcome. Applied to anything else it gives `Misfit`, or a wrong root.
"""

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import Unverified
from content_sync.wire.compression import squeezed, unsqueezed
from content_sync.wire.editions import bodies_by_id

_edited, _removed, _read = 0, 1, 2
_form = 1
_kind_mark, _near = b'"kind":"', 8


class Misfit(Unverified):
    """The delta does not belong to what is held; the base pack does."""


@dataclass(frozen=True)
class Changes:
    """What a delta does: bodies that are new or replace others, by id, and ids that leave."""

    put: Mapping[str, bytes]
    remove: tuple[str, ...]


def changes_of(old: Mapping[str, bytes | None], new: Mapping[str, bytes]) -> Changes:
    """How the items named in `old` (None: was not there) became those of `new`."""
    put = {item: new[item] for item, body in old.items() if item in new and new[item] != body}
    return Changes(put, tuple(item for item, body in old.items() if body is not None and item not in new))


def encode(old: Mapping[str, bytes | None], new: Mapping[str, bytes]) -> bytes:
    """The delta to the bodies `new` from an edition that differs in the items named in `old`."""
    changes = changes_of(old, new)
    before = sorted((new.keys() - {item for item, body in old.items() if body is None}) | set(changes.remove))
    places = {item: place for place, item in enumerate(before)}
    marked = dict.fromkeys(changes.remove, _removed)
    marked |= dict.fromkeys((item for item in changes.put if old[item] is not None), _edited)
    fresh = [item for item in changes.put if item not in marked]
    marked |= dict.fromkeys(_alike(sorted(fresh), before, new, old), _read)
    touched = sorted(marked, key=lambda item: places[item])
    dictionary = b"".join(old.get(item) or new[item] for item in touched if marked[item] != _removed)
    raw = b"".join(changes.put[item] + b"\n" for item in sorted(changes.put))
    level = limits.zstd_level_delta if len(raw) <= limits.delta_slow_bytes_max else limits.zstd_level_base
    head = bytes([_form, *_numbers(len(touched))])
    head += b"".join(_numbers(gap << 2 | mark) for gap, mark in _gaps([(places[i], marked[i]) for i in touched]))
    return head + (squeezed(raw, dictionary, level) if raw else b"")


def decode(data: bytes, before: Sequence[str], body_of: Callable[[str], bytes | None]) -> Changes:
    """What a delta does to an edition with the ids `before` (in order); `body_of` gives the body of one of them.

    Raises Misfit when it names a row that is not there, Unverified when it cannot be read.
    """
    reader = _Reader(data)
    if reader.byte() != _form:
        raise Unverified("A delta is of a form that this program does not know; update this device's program.")
    removed, dictionary, place = [], [], -1
    for _ in range(reader.number()):
        gap, mark = divmod(reader.number(), 4)
        place += gap + 1
        if place >= len(before) or mark > _read:
            raise Misfit("A delta touches rows that are not there.")
        if mark == _removed:
            removed.append(before[place])
            continue
        body = body_of(before[place])
        if body is None:
            raise Misfit(f"A delta reads {before[place]}, which is not there any more.")
        dictionary.append(body)
    raw = unsqueezed(reader.rest(), b"".join(dictionary), limits.delta_raw_bytes_max) if reader.rest() else b""
    if reader.rest() and not raw:
        raise Unverified("A delta breaks off; it was not used.")
    return Changes(bodies_by_id(raw), tuple(removed))


def applied(bodies: Mapping[str, bytes], data: bytes) -> dict[str, bytes]:
    """The bodies after a delta."""
    changes = decode(data, sorted(bodies), bodies.get)
    left = {item: body for item, body in bodies.items() if item not in set(changes.remove)}
    return {**left, **changes.put}


def _alike(
    fresh: Sequence[str], before: Sequence[str], new: Mapping[str, bytes], old: Mapping[str, bytes | None]
) -> Iterator[str]:
    """Unchanged rows that resemble the new ones: of the same kind, close by their ids, which often tell the matter."""
    for item in fresh[: limits.delta_read_rows_max]:
        kind, middle = _kind(new[item]), bisect(before, item)
        near = sorted(range(max(0, middle - _near), min(len(before), middle + _near)), key=lambda n: abs(n - middle))
        found = (before[n] for n in near if before[n] not in old and _kind(new[before[n]]) == kind)
        if (one := next(found, None)) is not None:
            yield one


def _kind(body: bytes) -> bytes:
    start = body.find(_kind_mark)
    return body[start : body.find(b'"', start + len(_kind_mark))]


def _gaps(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = -1
    for place, mark in places:
        yield place - last - 1, mark
        last = place


def _numbers(number: int) -> bytes:
    """A whole number in as many bytes as it needs, seven bits each, the lowest first."""
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


class _Reader:
    """The head of a delta, byte by byte."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def byte(self) -> int:
        if self._at >= len(self._data):
            raise Unverified("A delta ends too early; it was not used.")
        self._at += 1
        return self._data[self._at - 1]

    def number(self) -> int:
        found = shift = 0
        while (part := self.byte()) > 0x7F and shift < limits.delta_number_bits_max:
            found |= (part & 0x7F) << shift
            shift += 7
        return found | part << shift

    def rest(self) -> bytes:
        return self._data[self._at :]
