"""A picture as it may be published: only what can be seen of it.

1. It is made anew from its pixels. Nothing else of the file gets through: no place and time of the camera (EXIF, GPS),
   no small preview, no comment, no further pictures, nothing before or behind it.
2. What is transparent becomes white: a blot that is only transparent would let read what lies under it.
3. It is turned the way the camera was held. A colour profile is not followed, deep colours become ordinary ones.
4. How large it is is known before it is unpacked: `limits.picture_pixels_max`, more is refused. What is larger than
   screens can use, `limits.picture_pixels_kept_max`, is made smaller.
5. One is unpacked at a time: sixteen threads with a large one each would take the machine's memory.
"""

import io
import math
import threading
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

if TYPE_CHECKING:
    from PIL import Image

_turning = 0x0112  # the EXIF tag
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A cleaned picture: the bytes of a file of the same kind, and its size in pixels."""

    data: bytes
    width: int
    height: int


def cleaned(data: bytes, kind: str) -> Picture:
    """The picture in bytes of this `kind` (PNG or JPEG). Raises BadInput when it is none or too large."""
    from PIL import Image

    with _one_at_a_time, warnings.catch_warnings():  # rule 5
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=(kind,)) as opened:
                pixels = opened.width * opened.height
                if pixels > limits.picture_pixels_max:
                    raise _too_large()
                seen = _turned(opened, _plain(_unpacked(opened, pixels)))
                bare = Image.frombytes(seen.mode, seen.size, seen.tobytes())  # rule 1
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise _too_large() from error
        except BadInput:
            raise
        except Exception as error:  # readers of pictures fail in every way there is
            raise BadInput("图片打不开：文件坏了，或者不是图片。请在电脑上打开看看，另存以后再附。") from error
        return _written(bare, kind)


def _unpacked(opened: "Image.Image", pixels: int) -> "Image.Image":
    """The pixels, not many more than are kept (rule 4)."""
    from PIL import Image

    if pixels <= limits.picture_pixels_kept_max:
        return opened
    scale = math.sqrt(limits.picture_pixels_kept_max / pixels)
    size = (max(1, int(opened.width * scale)), max(1, int(opened.height * scale)))
    opened.draft(None, size)  # a JPEG is unpacked small at once
    return _plain(opened).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _plain(image: "Image.Image") -> "Image.Image":
    """Black and white, grey or colour, without anything that is not seen (rules 2 and 3)."""
    from PIL import Image

    if image.mode in ("1", "L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):  # sixteen bits of grey
        return image.convert("F").point(lambda value: value * (1 / 256) + 0).convert("L")
    if image.mode in ("P", "CMYK") and "transparency" not in image.info:
        return image.convert("RGB")
    layered = image if image.mode == "RGBA" else image.convert("RGBA")
    white = Image.new("RGB", layered.size, "white")
    white.paste(layered, mask=layered)  # half the memory of alpha_composite
    return white


def _turned(opened: "Image.Image", image: "Image.Image") -> "Image.Image":
    """Rule 3; what cannot be read of a camera's notes is not turned."""
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    try:
        turn = turns.get(opened.getexif().get(_turning, 1))
    except Exception:  # noqa: BLE001  # notes of a camera are damaged in every way there is
        turn = None
    return image if turn is None else image.transpose(turn)


def _written(image: "Image.Image", kind: str) -> Picture:
    file = io.BytesIO()
    image.save(file, kind, quality=limits.picture_jpeg_quality)
    return Picture(file.getvalue(), image.width, image.height)


def _too_large() -> BadInput:
    return BadInput(f"图片超过 {limits.picture_pixels_max // 1_000_000} 百万像素：请缩小以后再附。")
