"""Steps one below the other, and on which of them something stands: done, now, still to come.

1. A step that is done has a tick, the present one a filled dot; colour is never the only sign. Of a list on which
   nothing stands yet (`at` -1) each has its number.
2. It takes the room there is, up to what a column of a lying panel holds, down to rows that just hold their words;
   where not even those fit it is left out, for the words above it say the same.
"""

from collections.abc import Sequence

from kiosk.flow import sizes
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.sheet import Sheet, rim

_side, _beside, _row_most, _high_most = 56.0, 32.0, 3.2, 760.0


def draw(sheet: Sheet, steps: Sequence[tuple[str, str]], at: int, bottom: float) -> None:
    """(word, note) of each step from the cursor down to `bottom`; `at` is the present one, those before it are done."""
    size, inner = sheet.size, sizes.room - _side - _beside
    words, em = sheet.leading(size.head), size.body
    high = [words + sheet.leading(em) * len(sheet.even(note, em, inner, most=2)) * bool(note) for _, note in steps]
    if sum(high) > bottom - sheet.y:
        em = size.small
        high = [words + sheet.leading(em) * len(sheet.even(note, em, inner, most=2)) * bool(note) for _, note in steps]
    least = sum(high) + (len(steps) - 1) * 16
    if least > bottom - sheet.y:  # rule 2
        steps, high = [(word, "") for word, _ in steps], [words] * len(steps)
        least = sum(high) + (len(steps) - 1) * 12
        if least > bottom - sheet.y:
            return
    gap = (bottom - sheet.y - sum(high)) / len(steps)
    gap = max(12.0, min(gap, words * (_row_most - 1), (_high_most - sum(high)) / len(steps)))
    for n, ((word, note), row) in enumerate(zip(steps, high, strict=True)):
        top, last = sheet.y, n == len(steps) - 1
        dot = Rect(sizes.left, top + (words - _side) / 2, _side, _side)
        if not last:
            sheet.add(Box(Rect(dot.x + _side / 2 - 3, dot.bottom, 6, row + gap - _side), "blue" if n < at else "line"))
        else:
            sheet.add(Box(Rect(dot.x, top, sizes.room, row)))  # not drawn: it keeps word and note in one column
        _dot(sheet, dot, n, at)
        x = dot.right + _beside
        color = "soft" if 0 <= at < n else "ink"
        sheet.text(word, size.head, x=x, y=top, width=inner, bold=n == at, color=color, most=1)
        if note:
            sheet.text(note, em, x=x, y=top + words, width=inner, color="soft", most=2)
        sheet.y = top + row + (0 if last else gap)


def above(sheet: Sheet, steps: Sequence[tuple[str, str]], at: int) -> None:
    """In low view the upper half has nothing to touch: the steps stand there, above the title that comes next."""
    if sheet.state.low:
        title = 2 * sheet.leading(sheet.size.title) + 2 * sheet.leading(sheet.size.body) + 40
        draw(sheet, steps, at, sizes.reach - title)
        sheet.begin_body()


def _dot(sheet: Sheet, dot: Rect, n: int, at: int) -> None:
    """Rule 1."""
    if n < at:
        sheet.add(Box(dot, "blue", radius=_side / 2))
        sheet.add(Icon(Rect(dot.x + 10, dot.y + 10, dot.w - 20, dot.h - 20), "check", "on_blue"))
        return
    sheet.add(Box(dot, "card", "blue" if n == at else "rim", 6 if n == at else rim, _side / 2))
    if n == at:
        inside = Rect(dot.x + 16, dot.y + 16, dot.w - 32, dot.h - 32)
        sheet.add(Box(inside, "blue", radius=inside.w / 2))
    if at < 0:
        small = sheet.size.small
        sheet.add(Text(dot.x, dot.y, dot.w, (str(n + 1),), small, dot.h, "blue", bold=True, align="center"))
