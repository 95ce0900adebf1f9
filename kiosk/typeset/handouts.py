"""A notice slip (告知单) as a picture of black and white dots; pieces and rules are those of the ticket.

1. It is read, not glanced at: everything but its name stands left, and what belongs to a number hangs below it.
2. What to bring is the largest after the name.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from kiosk.flow.handout import Handout
from kiosk.typeset import painting, tickets
from kiosk.typeset.measuring import FontMeasure
from kiosk.typeset.tickets import Piece

if TYPE_CHECKING:
    from PIL.Image import Image

_small, _body, _head = 22, 26, 34
_indent, _space = 1.0, 8


def picture(handout: Handout, paper_mm: int = 80, *, large: bool = False) -> "Image":
    """The slip, mode "1", white paper."""
    width = tickets.dots[paper_mm]
    return tickets.assembled(list(_pieces(handout, width, tickets.larger if large else 1.0)), width)


def _pieces(handout: Handout, width: int, scale: float) -> Iterator[Piece]:
    small, body, head = round(_small * scale), round(_body * scale), round(_head * scale)
    yield from tickets.text(handout.hall, body, width)
    yield from tickets.text(handout.name, head, width, bold=True)
    yield from tickets.text(handout.title, body, width)
    yield from tickets.text(handout.official, small, width)
    yield from tickets.text(handout.situation, body, width, bold=True)
    yield tickets.rule(width)
    yield from _left(handout.bring, head, width, bold=True)
    for paper in handout.papers:
        yield from _left(paper.name, body, width, bold=True, hanging=1.4)
        yield from _left(" · ".join(paper.notes), small, width, indent=1.4 * body)
    yield tickets.rule(width)
    for fact in handout.facts:
        yield from _left(fact.label, small, width, bold=True)
        for text in re.split("；|; ", fact.text):
            yield from _left(text, body, width, indent=_indent * body)
    yield tickets.rule(width)
    code = list(tickets.code_piece(handout.link, width))
    yield from code
    yield from tickets.text(handout.scan if code else "", small, width)
    yield from tickets.text(handout.closing, small, width)
    yield tickets.rule(width)
    yield from tickets.text(handout.version, small, width, bold=True)
    yield from tickets.text(handout.time, small, width)
    yield from tickets.text(handout.phone, body, width, bold=True)


def _left(
    text: str, size: int, width: int, *, bold: bool = False, indent: float = 0, hanging: float = 0
) -> Iterator[Piece]:
    """Lines from the left (rule 1); `hanging` ems set all lines but the first in."""
    room = width - 2 * tickets.margin - indent - hanging * size
    for n, line in enumerate(FontMeasure().lines(text, size, room, bold=bold) if text else ()):
        x = round(tickets.margin + indent + (hanging * size if n else 0))
        yield Piece(size * tickets.leading, partial(_draw, line, size, bold, x))
    if text:
        yield Piece(_space, lambda *_: None)


def _draw(line: str, size: int, bold: bool, x: int, image: "Image", y: float) -> None:
    mask = painting.mask(line, size, bold=bold)
    image.paste(0, (x, round(painting.top_of_mask(y, size, size * tickets.leading))), mask)
