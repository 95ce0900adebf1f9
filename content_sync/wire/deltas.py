"""A delta: what makes the bodies of one edition those of another.

1. It begins with the rows of the old edition that it touches, each by its place among the old ids in order: *edited*,
   *removed*, or a run of rows that are only *read*, because new ones resemble them. Places are told as gaps, so a delta
   of one row costs two bytes for it.
2. Then come the new bodies, as lines in order of their ids, compressed against old bodies: first those that are only
   read, then the edited ones, each in order. Both ends hold exactly these bytes; nothing else of the old edition is
   needed, and no text of a removed row is ever part of a delta.
3. New text resembles rows of its kind with ids close by, because ids tell kind and date: one run of
   `limits.delta_read_rows` for each kind (a new notice then costs half of what it costs alone, an edit four fifths).
4. A delta says nothing of the editions it leads from and to: the signed manifest does, and the root over all bodies
   proves the outcome. Applied to anything else it gives `Misfit`, or a wrong root.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import Unverified
from content_sync.wire.compression import squeezed, unsqueezed
from content_sync.wire.editions import bodies_by_id
from content_sync.wire.numbers import Numbers, number_bytes

_edited, _removed, _read = 0, 1, 2
_form = 1
_kind_mark = b'"kind":"'


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
    marked = dict.fromkeys((places[item] for item in changes.remove), _removed)
    marked |= dict.fromkeys((places[item] for item in changes.put if old[item] is not None), _edited)
    texts = sorted(changes.put, key=lambda item: (old[item] is None, item))  # the new ones have the last word
    read = [place for place in sorted(_alike(texts, before, new)) if before[place] not in old]
    edited = [before[place] for place in sorted(marked) if marked[place] == _edited]
    dictionary = [*(new[before[place]] for place in read), *(old[item] or b"" for item in edited)]
    raw = b"".join(changes.put[item] + b"\n" for item in sorted(changes.put))
    level = limits.zstd_level_delta if len(raw) <= limits.delta_slow_bytes_max else limits.zstd_level_quick
    entries = sorted([*((place, mark, 1) for place, mark in marked.items()), *_runs(read)])
    return bytes([_form]) + _head(entries) + (squeezed(raw, b"".join(dictionary), level) if raw else b"")


def decode(data: bytes, before: Sequence[str], body_of: Callable[[str], bytes | None]) -> Changes:
    """What a delta does to an edition with the ids `before` (in order); `body_of` gives the body of one of them.

    Raises Misfit when it names a row that is not there, Unverified when it cannot be read.
    """
    reader = Numbers(data)
    if reader.byte() != _form:
        raise Unverified("A delta is of a form that this program does not know; update this device's program.")
    touched: dict[int, list[str]] = {_edited: [], _removed: [], _read: []}
    place = 0
    for _ in range(reader.number()):
        gap, mark = divmod(reader.number(), 4)
        end = place + gap + (reader.number() + 1 if mark == _read else 1)
        if end > len(before) or mark not in touched:
            raise Misfit("A delta touches rows that are not there.")
        touched[mark] += before[place + gap : end]
        place = end
    packed, dictionary = reader.rest(), [_known(item, body_of(item)) for item in touched[_read] + touched[_edited]]
    raw = unsqueezed(packed, b"".join(dictionary), limits.delta_raw_bytes_max) if packed else b""
    if packed and not raw:
        raise Unverified("A delta breaks off; it was not used.")
    return Changes(bodies_by_id(raw), tuple(touched[_removed]))


def applied(bodies: Mapping[str, bytes], data: bytes) -> dict[str, bytes]:
    """The bodies after a delta."""
    changes = decode(data, sorted(bodies), bodies.get)
    removed = set(changes.remove)
    return {**{item: body for item, body in bodies.items() if item not in removed}, **changes.put}


def _known(item: str, body: bytes | None) -> bytes:
    if body is None:
        raise Misfit(f"A delta reads {item}, which is not there any more.")
    return body


def _alike(texts: Sequence[str], before: Sequence[str], new: Mapping[str, bytes]) -> set[int]:
    """Rule 3: places of old rows that resemble these; just before the last of each kind, so that its gap is short."""
    kinds = {_kind(new[item]): item for item in texts}
    places: set[int] = set()
    for item in kinds.values():
        end = max(bisect_left(before, item), limits.delta_read_rows)
        places |= set(range(end - limits.delta_read_rows, min(len(before), end)))
    return places


def _kind(body: bytes) -> bytes:
    start = body.find(_kind_mark)
    return body[start : body.find(b'"', start + len(_kind_mark))]


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Places one after the other as (first, mark, length)."""
    start = 0
    for n, place in enumerate(places):
        if n + 1 == len(places) or places[n + 1] != place + 1:
            yield places[start], _read, n + 1 - start
            start = n + 1


def _head(entries: Sequence[tuple[int, int, int]]) -> bytes:
    head, end = number_bytes(len(entries)), 0
    for place, mark, length in entries:
        head += number_bytes((place - end) << 2 | mark) + (number_bytes(length - 1) if mark == _read else b"")
        end = place + length
    return head
