"""An LED frame as a picture of lamps: every pixel is off or one of three colours, no grey.

Noto's hinted outlines at 16 and 24 px, one bit deep, regular weight: strokes one lamp wide stay apart in dense
characters, bold ones run together (looked at, 16 to 32 px). Characters, digits, capitals and marks stay inside their
line; only the tails of g, j, p, q, y reach 2 px (of 16) below it.
"""

from typing import TYPE_CHECKING

from kiosk.flow.frame import Frame, Text
from kiosk.typeset import fonts
from kiosk.typeset.measuring import printable

if TYPE_CHECKING:
    from PIL.Image import Image

colors = {"amber": (255, 176, 0), "red": (255, 32, 16), "green": (64, 255, 64), "black": (0, 0, 0)}
_above_baseline = 0.88


def draw(frame: Frame) -> "Image":
    """The frame at one pixel per lamp."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (frame.width, frame.height), colors[frame.background])
    pen = ImageDraw.Draw(image)
    pen.fontmode = "1"
    for mark in frame.marks:
        assert isinstance(mark, Text)  # an LED frame has nothing else
        face = fonts.face(round(mark.size))
        for number, line in enumerate(mark.lines):
            words = printable(line)
            slack = {"left": 0.0, "center": 0.5, "right": 1.0}[mark.align] * (mark.w - face.getlength(words))
            base = mark.y + number * mark.leading + round(mark.size * _above_baseline)
            pen.text((round(mark.x + slack), base), words, colors[mark.color], face, anchor="ls")
    return image
