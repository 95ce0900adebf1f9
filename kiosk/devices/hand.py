"""Reading what a finger wrote: the shapes of `assets/strokes`, and Debian's recogniser where it is installed.

1. Shapes go by where ink lies, whatever the order of the strokes (kiosk.flow.hand); they are read once, in some tenths
   of a second, so not while somebody waits.
2. Either is enough; with both, what both name goes first.
3. Nothing of what was written is kept here.
"""

import logging
import zlib
from collections.abc import Sequence
from pathlib import Path

from content_sync import assets
from content_sync.domain.cases.handwriting import Writing
from kiosk.devices.zinnia import Zinnia
from kiosk.flow import hand

_log = logging.getLogger(__name__)
shapes_file = "strokes/gb2312.shapes"
_most, _second_most = 40, 10
_digits = bytes.maketrans(b"0123456789abcdef", bytes(range(16)))


class Hand:
    """A recogniser of at least one kind."""

    def __init__(self, shapes: Sequence[hand.Known], second: Zinnia | None) -> None:
        self._shapes, self._second = shapes, second

    @property
    def kinds(self) -> str:
        """The word for the report: both, shapes or zinnia."""
        return "both" if self._shapes and self._second else "shapes" if self._shapes else "zinnia"

    def read(self, writing: Writing, occurs: frozenset[str], follows: frozenset[str]) -> tuple[str, ...]:
        """What the ink may be, the likeliest first (kiosk.flow.hand rule 5)."""
        looks = hand.alike(writing.strokes, self._shapes, _most)
        named = self._second.read(writing, _second_most) if self._second else []
        return tuple(hand.ranked(looks, {char: n for n, char in enumerate(named)}, occurs, follows))


def find() -> Hand | None:
    """The recogniser of this machine, None where there is none."""
    try:
        shapes = read_shapes(assets.path(shapes_file))
    except (OSError, ValueError, zlib.error) as error:
        _log.warning("The shapes of characters cannot be read: %s", error)
        shapes = []
    try:
        second = Zinnia()
    except (OSError, AttributeError):  # a library without one of its calls is none
        second = None
    return Hand(shapes, second) if shapes or second else None


def read_shapes(path: Path) -> list[hand.Known]:
    """The known characters of a file as deploy/strokes.py writes it: a line of words, then packed shapes."""
    _, _, packed = path.read_bytes().partition(b"\n")
    names, _, data = zlib.decompress(packed).partition(b"\n")
    chars, long = names.decode(), hand.side * hand.side * hand.ways // 2
    if len(data) != len(chars) * long:
        raise ValueError(f"{path} is cut or damaged.")
    shapes = _unpacked(data)
    return [hand.known(char, shapes[2 * n * long : 2 * (n + 1) * long]) for n, char in enumerate(chars)]


def packed(shape: bytes) -> bytes:
    """Two numbers in one byte."""
    return bytes(first << 4 | second for first, second in zip(shape[::2], shape[1::2], strict=True))


def _unpacked(data: bytes) -> bytes:
    return data.hex().encode().translate(_digits)
