"""Compressed bytes: zstd frames without magic number, length or checksum, against a dictionary that both ends hold.

1. Nothing in a frame is believed: the reader stops at the length it allows, however long the frame says it is, and at
   the window of `limits.zstd_window_log_max`.
2. A dictionary is plain bytes that both ends hold exactly; with other bytes the frame gives garbage or an error.
"""

import zstandard

from content_sync.domain import limits
from content_sync.domain.errors import Unverified

_window_log_min = 10


def squeezed(raw: bytes, dictionary: bytes, level: int) -> bytes:
    """The frame of `raw` against `dictionary` (which may be empty)."""
    window = max(_window_log_min, (len(raw) + len(dictionary)).bit_length())
    parameters = zstandard.ZstdCompressionParameters.from_level(
        level,
        source_size=len(raw),
        dict_size=len(dictionary),
        window_log=min(window, limits.zstd_window_log_max),
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
        write_content_size=False,
        write_checksum=False,
        write_dict_id=False,
    )
    return zstandard.ZstdCompressor(dict_data=_dictionary(dictionary), compression_params=parameters).compress(raw)


def unsqueezed(data: bytes, dictionary: bytes, bytes_max: int) -> bytes:
    """What `squeezed` was given; Unverified when it is no such frame or longer than `bytes_max` (rule 1)."""
    reader = zstandard.ZstdDecompressor(
        dict_data=_dictionary(dictionary),
        max_window_size=1 << limits.zstd_window_log_max,
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
    )
    try:
        with reader.stream_reader(data, read_across_frames=False) as stream:
            raw = stream.read(bytes_max + 1)
    except zstandard.ZstdError as error:
        raise Unverified("Compressed bytes cannot be unpacked; they were not used.") from error
    if len(raw) > bytes_max:
        raise Unverified(f"Compressed bytes are longer than the {bytes_max} bytes they may have; they were not used.")
    return raw


def _dictionary(content: bytes) -> zstandard.ZstdCompressionDict | None:
    if not content:
        return None
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
