"""What the words with dots below them mean: a card over the lower part of the page, each word with one sentence.

1. One touch shows all of a page's words: who stumbles over one need not hit it with the finger.
2. The card stands low, where a hand reaches; above it the text stays as far as there is room. Nothing lies under it.
3. A page marks only as many words as its card can explain; on a panel that lies the card stands in one column.
"""

from collections.abc import Sequence

from kiosk.flow import sizes
from kiosk.flow.actions import Action
from kiosk.flow.board.pages import breaker
from kiosk.flow.frame import Box, Rect, Text
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.terms import Term

_pad, _between, _share, _lying_most = 28.0, 16.0, 0.82, 780.0


def fitting(sheet: Sheet, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Rule 3."""
    room = (sheet.bottom - sizes.header) * _share
    room = min(room, _lying_most) if sheet.view.lies else room
    return next((tuple(terms[:n]) for n in range(len(terms), 0, -1) if height(sheet, terms[:n]) <= room), ())


def height(sheet: Sheet, terms: Sequence[Term]) -> float:
    """What the card takes."""
    return 2 * _pad + sum(_high(sheet, term) + _between for term in terms) + sheet.size.key


def draw(sheet: Sheet, terms: Sequence[Term], closed: Action) -> None:
    """The card, its lower edge at the bottom of the body."""
    size, high = sheet.size, height(sheet, terms)
    card = Rect(sizes.left, sheet.bottom - high, sizes.room, high)
    sheet.add(Box(card, "card", "blue", 4, radius))
    x, width, y = card.x + _pad, card.w - 2 * _pad, card.y + _pad
    for term in terms:
        y += sheet.text(term.word, size.body, x=x, y=y, width=width, color="blue", bold=True, most=1)
        lines = _lines(sheet, term, width)
        sheet.add(Text(x, y, width, lines, size.body, sheet.leading(size.body)))
        y += sheet.leading(size.body) * len(lines) + _between
    rect = Rect(x, card.bottom - _pad - size.key, width, size.key)
    sheet.key(rect, sheet.words("terms.close"), closed, icon="check", look="filled", size=size.head)


def _lines(sheet: Sheet, term: Term, width: float) -> tuple[str, ...]:
    return breaker(sheet.measure, sheet.size.body)(term.meaning, width, False)


def _high(sheet: Sheet, term: Term) -> float:
    size, width = sheet.size, sizes.room - 2 * _pad
    lines = _lines(sheet, term, width)
    return sheet.leading(size.body) + sheet.leading(size.body) * len(lines)
