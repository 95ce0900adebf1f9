"""One line of text → an 8-bit mask: 255 where the ink is. A painter gives it a colour and a place.

1. The mask's baseline stands `baseline(size)` below its top; above and below there is room for accents and tails.
2. In a line box of `leading`, the em box stands in the middle; the em box is 0.88 above and 0.12 below the baseline.
3. At a scale other than 1 every character stands where the design put it, so a scaled line is as wide as measured.
"""

from math import ceil
from typing import TYPE_CHECKING

from kiosk.typeset import fonts
from kiosk.typeset.measuring import printable

if TYPE_CHECKING:
    from PIL.Image import Image

_above, _below, _em_above = 1.16, 0.32, 0.88


def baseline(size: float) -> int:
    """Px from the mask's top to the baseline (rule 1)."""
    return ceil(size * _above)


def top_of_mask(y: float, size: float, leading: float) -> float:
    """Where a mask's top goes for a line box that begins at `y` (rule 2)."""
    return y + (leading - size) / 2 + _em_above * size - baseline(size)


def mask(line: str, size: float, *, bold: bool = False, scale: float = 1.0) -> "Image":
    """The line as an "L" image; its width is the measured width times the scale, rounded up."""
    from PIL import Image, ImageDraw

    text, design = printable(line), fonts.face(round(size), bold)
    face = fonts.face(max(1, round(size * scale)), bold)
    image = Image.new("L", (max(1, ceil(design.getlength(text) * scale)), ceil(size * (_above + _below) * scale)))
    draw, base = ImageDraw.Draw(image), round(baseline(size) * scale)
    if scale == 1:
        draw.text((0, base), text, 255, face, anchor="ls")
        return image
    at = 0.0
    for char in text:  # rule 3
        draw.text((round(at * scale), base), char, 255, face, anchor="ls")
        at += design.getlength(char)
    return image
