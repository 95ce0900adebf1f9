"""The entropy floor: the changed rows against the whole old pack as dictionary, zstd -19.

Nobody can send less with this compressor; nobody can work like this either (250 MB and half a minute per delta).
"""

import itertools

import zstandard

from content_sync.domain import limits
from tests.bench.corpus import lines
from tests.bench.measure import Cell
from tests.bench.story import Step, initial, no_change

name = "entropy floor"


def floor(steps: tuple[Step, ...]) -> dict[str, Cell]:
    """The cells of all rows but the cut line."""
    cells = {initial: Cell(_squeezed(lines(steps[0].bodies), b"")), no_change: Cell(0)}
    for before, step in itertools.pairwise(steps[1:]):
        put = {name: body for name, body in step.bodies.items() if before.bodies.get(name) != body}
        gone = "".join(f"{name}\n" for name in sorted(before.bodies.keys() - step.bodies.keys()))
        cells[step.name] = Cell(_squeezed(lines(put) + gone.encode(), lines(before.bodies)))
    return cells


def _squeezed(raw: bytes, dictionary: bytes) -> int:
    parameters = zstandard.ZstdCompressionParameters.from_level(
        19,
        window_log=min(limits.zstd_window_log_max, max(10, (len(raw) + len(dictionary)).bit_length())),
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
        write_content_size=False,
    )
    known = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if dictionary else None
    return len(zstandard.ZstdCompressor(dict_data=known, compression_params=parameters).compress(raw))
