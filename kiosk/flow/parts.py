"""What stands together in the body of a screen: the parts two columns are made of (kiosk.flow.columns).

1. Lines and keys that overlap in height are one part, and a hairline belongs to what stands above it.
2. A line down the page ties the parts it runs between, and is itself none.
3. A card, or a screen that may be touched as a whole, is no key: it lies over what it shows.
4. A heading is bold and alone; the first of the largest words of a screen are its title, and head no part of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.flow import sizes
from kiosk.flow.frame import Box, Code, Drawn, Field, Icon, Mark, Picture, Rect, Target, Text

_card_high, _hairline, _inside, _rim = 320.0, 3.0, 14.0, 1.0
_ink_above, _ink_high = 0.08, 0.84  # of an em, as kiosk.flow.laws.ink has it


@dataclass(frozen=True)
class Part:
    """What stands together (rule 1), from `top` to `bottom`: its keys' places across and their least height.

    `blank` is what its keys have above and below their words beyond what a rim needs. `is_picture`: something to look
    at, to scan or to write on is in it; `is_shown`: an attached picture. `is_touched`: a key, a card or a
    sheet to write on begins here. `is_tied`: to the part below it (rule 2). `is_listed`: a row of a list, whose key
    leads on. `is_labelled`: handwriting with its name before it, which begins where other names do.
    """

    top: float
    bottom: float
    keys: tuple[tuple[float, float], ...] = ()
    least: float = 0.0
    blank: tuple[float, float] = (0.0, 0.0)
    is_picture: bool = False
    is_shown: bool = False
    is_heading: bool = False
    is_touched: bool = False
    is_tied: bool = False
    is_listed: bool = False
    is_labelled: bool = False

    @property
    def high(self) -> float:
        """Its height."""
        return self.bottom - self.top


def place_of(mark: Mark) -> Rect:
    """Where a mark stands."""
    if isinstance(mark, Text):
        return Rect(mark.x, mark.y, mark.w, mark.leading * len(mark.lines))
    return mark.rect


def parts(
    marks: Sequence[Mark], rules: Sequence[Mark], keys: Sequence[Target], field: Field | None
) -> tuple[Part, ...]:
    """Rule 1, from above; `rules` are lines down the page, which only tie parts together."""
    rects = [*map(place_of, marks), *(key.rect for key in keys if not is_card(key)), *([field.rect] if field else [])]
    spans: list[tuple[float, float]] = []
    for rect in sorted(rects, key=lambda rect: rect.y):
        below = rect.h <= _hairline and spans and rect.y < spans[-1][1] + _hairline
        if spans and (below or rect.y < spans[-1][1] - 0.5):
            spans[-1] = (spans[-1][0], max(spans[-1][1], rect.bottom))
        else:
            spans.append((rect.y, rect.bottom))
    texts = [mark for mark in marks if isinstance(mark, Text)]
    title = max(texts, key=lambda text: (text.size, -text.y), default=None)
    ends = [(place_of(rule).y, place_of(rule).bottom) for rule in rules]
    return tuple(
        replace(_part(span, marks, keys, field, title), is_tied=any(top < span[1] < bottom for top, bottom in ends))
        for span in spans
    )


def is_card(key: Target) -> bool:
    """Rule 3."""
    return key.rect.h >= _card_high or (key.rect.y <= sizes.header and key.rect.w >= sizes.room)


def _part(
    span: tuple[float, float], marks: Sequence[Mark], keys: Sequence[Target], field: Field | None, title: Text | None
) -> Part:
    top, bottom = span
    own = [mark for mark in marks if top <= place_of(mark).y < bottom]
    own_keys = [key.rect for key in keys if top <= key.rect.y < bottom and not is_card(key)]
    texts = [mark for mark in own if isinstance(mark, Text)]
    is_written_on = bool(field and top <= field.rect.y < bottom)
    is_shown = any(isinstance(mark, Picture) for mark in own)
    is_written = any(isinstance(mark, Drawn) for mark in own)
    return Part(
        top,
        bottom,
        tuple(sorted((rect.x, rect.w) for rect in own_keys)),
        min((rect.h for rect in own_keys), default=0.0),
        _blank(span, own, own_keys),
        is_picture=is_written_on or is_written or is_shown or _is_code(own, own_keys),
        is_touched=is_written_on or any(top <= key.rect.y < bottom for key in keys),
        is_shown=is_shown,
        is_heading=not own_keys and _is_heading(texts, title),
        is_labelled=is_written and any(text.align == "left" for text in texts),
        is_listed=[rect.w for rect in own_keys] == [sizes.room] and _is_listed([m for m in own if isinstance(m, Icon)]),
    )


def _is_heading(texts: Sequence[Text], title: Text | None) -> bool:
    """Rule 4."""
    return bool(texts) and title not in texts and all(text.bold and text.align == "left" for text in texts)


def _is_listed(icons: Sequence[Icon]) -> bool:
    """What it is stands left, that it leads on right; the rows of a table have no icon of their own."""
    return len(icons) > 1 and icons[-1].name == "next"


def _is_code(own: Sequence[Mark], keys: Sequence[Rect]) -> bool:
    """A code alone: without words beside it."""
    return not keys and any(isinstance(m, Code) for m in own) and not any(isinstance(m, Text) for m in own)


def _blank(span: tuple[float, float], own: Sequence[Mark], keys: Sequence[Rect]) -> tuple[float, float]:
    """What a row of keys has above and below its words beyond what a rim needs; nothing where all is no such row."""
    top, bottom = span
    if not keys or any(key.y > top + _rim or key.bottom < bottom - _rim for key in keys):
        return 0.0, 0.0
    inner = [mark for mark in own if not (isinstance(mark, Box) and mark.rect.h >= bottom - top - 2 * _rim)]
    inks = [_ink(mark) for mark in inner]
    first, last = min((ink[0] for ink in inks), default=top), max((ink[1] for ink in inks), default=bottom)
    return max(0.0, first - top - _inside), max(0.0, bottom - last - _inside)


def _ink(mark: Mark) -> tuple[float, float]:
    """From where to where something is drawn."""
    if isinstance(mark, Text):
        top = mark.y + (mark.leading - mark.size) / 2 + _ink_above * mark.size
        return top, top + mark.leading * (len(mark.lines) - 1) + _ink_high * mark.size
    return place_of(mark).y, place_of(mark).bottom
