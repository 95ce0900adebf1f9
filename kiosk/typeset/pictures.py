"""Attached picture files as images: upright, in their colours, no larger than a screen needs. Never raises.

1. A file that claims too many pixels, is no PNG or JPEG, or breaks off is None: the page says what it says without it.
2. A quarter is cut out before it is made small, so that what is enlarged is sharp.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync.domain import limits

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_log = logging.getLogger(__name__)


def opened(path: Path, part: int = 0) -> "Picture | None":
    """The picture (mode RGB), or its quarter: 1 and 2 above, 3 and 4 below."""
    from PIL import Image, ImageOps

    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            wide, high = image.size
            if wide * high > limits.picture_pixels_max:
                return None  # rule 1
            image.draft("RGB", (limits.picture_side_max * 2, limits.picture_side_max * 2))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        _log.warning("The attached picture %s cannot be drawn: %s", path.name, error)
        return None
    if part:  # rule 2
        (wide, high), (row, column) = upright.size, divmod(part - 1, 2)
        left, top = column * wide // 2, row * high // 2
        upright = upright.crop((left, top, left + max(1, wide // 2), top + max(1, high // 2)))
    upright.thumbnail((limits.picture_side_max, limits.picture_side_max))
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    return paper
