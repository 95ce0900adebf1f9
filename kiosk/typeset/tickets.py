"""A paper ticket as a picture of black and white dots, eight to the millimetre (203 dpi).

1. The width is what the printer can print: 384 dots on 58 mm paper, 576 on 80 mm. The height is what is needed.
2. The number is the largest thing and fills the width. Nothing is smaller than 22 dots (2.75 mm); in the large view,
   for eyes that do not see well, everything but the number is a third larger.
3. A code's modules are whole dots, at least 4 (half a millimetre), with a quiet zone of 4 modules; a code that would
   not fit is left out: the number is enough.
4. No grey: a thermal head prints a dot or none.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kiosk.flow.slip import Slip
from kiosk.typeset import painting
from kiosk.typeset.measuring import FontMeasure

if TYPE_CHECKING:
    from PIL.Image import Image

dots: dict[int, int] = {58: 384, 80: 576}
_smallest, _body, _head = 22, 28, 34
_number_most, _number_share, larger = 190, 0.94, 4 / 3
_module_least, _module_most, _quiet_modules = 4, 8, 4
margin, _gap, _line = 12, 12, 3
leading = 1.35
_inked = 128


@dataclass(frozen=True)
class Piece:
    """Something `high` dots high that can be drawn at a height."""

    high: float
    draw: Callable[["Image", float], None]


def picture(slip: Slip, paper_mm: int = 80, *, large: bool = False) -> "Image":
    """The ticket, mode "1", white paper."""
    width = dots[paper_mm]
    return assembled(list(_pieces(slip, width, larger if large else 1.0)), width)


def assembled(pieces: Sequence[Piece], width: int) -> "Image":
    """The pieces below each other, mode "1"."""
    from PIL import Image

    image = Image.new("L", (width, round(sum(piece.high for piece in pieces)) + 2 * margin), 255)
    y = float(margin)
    for piece in pieces:
        piece.draw(image, y)
        y += piece.high
    return image.point(lambda value: 255 if value >= _inked else 0).convert("1")  # rule 4


def _pieces(slip: Slip, width: int, scale: float) -> Iterator[Piece]:
    small, body, head = round(_smallest * scale), round(_body * scale), round(_head * scale)
    yield from text(slip.hall, head, width, bold=True)
    yield rule(width)
    yield _number(slip.number, width)
    yield from text(slip.service, head, width, bold=True)
    if slip.priority:
        yield _badge(slip.priority, head, width)
    yield from text(slip.ahead, head, width, bold=True)
    yield from text(slip.estimate, body, width)
    yield from text(slip.basis, small, width)
    if slip.windows:
        yield rule(width)
    for numbers, place in slip.windows:
        yield from text(numbers, head, width, bold=True)
        yield from text(place, body, width)
    yield rule(width)
    code = list(code_piece(slip.link, width))
    yield from code
    yield from text(slip.scan if code else "", small, width)
    yield from text(slip.closing, small, width)
    yield rule(width)
    yield from text(slip.time, small, width)
    yield from text(slip.phone, body, width, bold=True)


def text(words: str, size: int, width: int, *, bold: bool = False) -> Iterator[Piece]:
    """Centred lines."""
    for line in _even(words, size, width - 2 * margin, bold) if words else ():
        yield Piece(size * leading, partial(_draw_line, line, size, bold, width))


def _even(text: str, size: int, room: int, bold: bool) -> tuple[str, ...]:
    """As few lines as fit, and those about equally long: no character stands alone on the last one."""
    measure = FontMeasure()
    lines = measure.lines(text, size, room, bold=bold)
    for mark in "。；，" if len(lines) == 2 else "":  # rather between clauses
        first, _, rest = text.partition(mark)
        if rest and all(measure.width(part, size, bold=bold) <= room for part in (first + mark, rest)):
            return first + mark, rest
    for narrower in range(room - size // 2, room // 2, -size // 2) if len(lines) > 1 else ():
        tried = measure.lines(text, size, narrower, bold=bold)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _draw_line(line: str, size: int, bold: bool, width: int, image: "Image", y: float) -> None:
    mask = painting.mask(line, size, bold=bold)
    place = (round((width - mask.width) / 2), round(painting.top_of_mask(y, size, size * leading)))
    image.paste(0, place, mask)


def _number(number: str, width: int) -> Piece:
    """Rule 2."""
    whole = FontMeasure().width(number, _number_most, bold=True)
    size = int(min(_number_most, _number_most * width * _number_share / whole)) if whole else _number_most
    return Piece(size * 1.15, lambda image, y: _draw_number(number, size, width, image, y))


def _draw_number(number: str, size: int, width: int, image: "Image", y: float) -> None:
    mask = painting.mask(number, size, bold=True)
    image.paste(0, (round((width - mask.width) / 2), round(painting.top_of_mask(y, size, size * 1.15))), mask)


def _badge(text: str, size: int, width: int) -> Piece:
    """White on black: whoever looks at the tickets of a queue sees it."""

    def draw(image: "Image", y: float) -> None:
        mask = painting.mask(text, size, bold=True)
        high, wide = round(size * leading), mask.width + 2 * margin * 2
        left = round((width - wide) / 2)
        top = round(y) + _gap // 2
        image.paste(0, (left, top, left + wide, top + high))
        image.paste(255, (left + 2 * margin, round(painting.top_of_mask(top, size, high))), mask)

    return Piece(size * leading + 2 * _gap, draw)


def rule(width: int) -> Piece:
    """A line across."""

    def draw(image: "Image", y: float) -> None:
        top = round(y) + _gap
        image.paste(0, (margin, top, width - margin, top + _line))

    return Piece(2 * _gap + _line, draw)


def code_piece(link: str, width: int) -> Iterator[Piece]:
    """A code in the middle, or nothing (rule 3)."""
    drawn = code(link, width)
    if drawn is not None:
        yield Piece(drawn.height, lambda image, y: image.paste(drawn, ((width - drawn.width) // 2, round(y))))


def code(link: str, width: int) -> "Image | None":
    """Rule 3: the code alone with its quiet zone, or nothing."""
    if not link:
        return None
    from PIL import Image
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    made = QRCode(border=_quiet_modules, error_correction=ERROR_CORRECT_M)
    made.add_data(link)
    made.make(fit=True)
    rows = made.get_matrix()
    module = min(_module_most, (width - 2 * margin) // len(rows))
    if module < _module_least:
        return None
    image = Image.new("L", (len(rows), len(rows)), 255)
    image.putdata([0 if is_dark else 255 for row in rows for is_dark in row])
    return image.resize((module * len(rows),) * 2, Image.Resampling.NEAREST)
