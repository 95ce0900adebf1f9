"""Attached picture files as images: upright, in their colours, no larger than a screen needs. Never raises.

1. A file that claims too many pixels, is no PNG or JPEG, or breaks off is None: the page says what it says without it.
2. A piece is cut out before it is made small, so that what is enlarged is sharp; pieces overlap.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync.domain import limits
from kiosk.flow.frame import overlap

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_log = logging.getLogger(__name__)


def opened(path: Path, part: int = 0, rows: int = 2) -> "Picture | None":
    """The picture (mode RGB), or a piece of it, of two columns and `rows`: 1 and 2 above, the next two below."""
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
        w, h = max(1, round(wide * (1 / 2 + overlap))), max(1, round(high * (1 / rows + overlap)))
        left, top = column * (wide - w), row * (high - h) // (rows - 1)
        upright = upright.crop((left, top, left + w, top + h))
    upright.thumbnail((limits.picture_side_max, limits.picture_side_max))
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    return paper
