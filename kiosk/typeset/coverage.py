"""Which characters a font file has: its cmap table read directly, for Pillow does not tell (N-14, no tofu).

Formats 4 and 12 are read, the two that Noto's faces use; of several tables the fullest counts.
"""

import struct
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=8)
def characters(path: Path) -> frozenset[int]:
    """The code points that have a glyph of their own. Raises OSError, or ValueError for a file that is no font."""
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] not in (b"\0\1\0\0", b"OTTO"):
            raise ValueError(f"{path} is no font of one face.")
        places = {}
        for _ in range(struct.unpack(">H", head[4:6])[0]):
            tag, _, offset, length = struct.unpack(">4sLLL", file.read(16))
            places[tag] = (offset, length)
        offset, length = places.get(b"cmap", (0, 0))
        file.seek(offset)
        table = file.read(length)
    (count,) = struct.unpack_from(">H", table, 2) if table else (0,)
    found = frozenset[int]()
    for n in range(count):
        (start,) = struct.unpack_from(">L", table, 4 + 8 * n + 4)
        (form,) = struct.unpack_from(">H", table, start)
        read = {4: _segments, 12: _groups}.get(form)
        found = max(found, read(table, start), key=len) if read else found
    return found


def lacking(text: str, paths: tuple[Path, ...]) -> str:
    """The visible characters of a text that none of the fonts has, each once."""
    missing = set(map(ord, text)).difference(*map(characters, paths))
    if not missing:
        return ""
    found = (char for char in dict.fromkeys(text) if ord(char) in missing)
    return "".join(char for char in found if char.isprintable() and not char.isspace())


def _groups(table: bytes, start: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">L", table, start + 12)
    ranges = (struct.unpack_from(">LLL", table, start + 16 + 12 * n) for n in range(count))
    return frozenset(code for first, last, glyph in ranges for code in range(first, last + 1) if glyph or code > first)


def _segments(table: bytes, start: int) -> frozenset[int]:
    (double,) = struct.unpack_from(">H", table, start + 6)
    count, at = double // 2, start + 14
    ends = struct.unpack_from(f">{count}H", table, at)
    starts = struct.unpack_from(f">{count}H", table, at + double + 2)
    deltas = struct.unpack_from(f">{count}H", table, at + 2 * double + 2)
    offsets = struct.unpack_from(f">{count}H", table, at + 3 * double + 2)
    found = set()
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            raw = code
            if offsets[n]:
                place = at + 3 * double + 2 + 2 * n + offsets[n] + 2 * (code - first)
                raw = struct.unpack_from(">H", table, place)[0] if place + 2 <= len(table) else 0
            if (raw or not offsets[n]) and (raw + deltas[n]) % 65536 and code < 0xFFFF:
                found.add(code)
    return frozenset(found)
