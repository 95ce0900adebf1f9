"""A sheet to write on with a finger: tap and drag only (N-15). What is on it is drawn back as it was written.

1. A stroke can be taken back, the sheet can be cleared, and leaving keeps it (kiosk.flow.voices rule 1).
2. Nothing is recognised: people read it, so any script and any hand will do.
3. What helps to write it down stands above the sheet, where there is room.
"""

from collections.abc import Callable
from dataclasses import replace

from content_sync.domain import limits
from content_sync.domain.cases.handwriting import Writing, text_of
from kiosk.flow import ladder, sizes, surroundings
from kiosk.flow.actions import Action, Back, Change
from kiosk.flow.frame import Box, Drawn, Field, Rect
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.state import Page
from kiosk.flow.voices import Pad, no_text

Key = tuple[str, Action, str, str]

_nearly_full = 400
_line_units = 200  # a ruled line is so high: a finger writes characters of about this size


def draw(sheet: Sheet, page: Pad) -> None:
    """The sheet, and the keys below it."""
    surroundings.begin(sheet)
    done = (sheet.words("pad.done"), Back(), "check", "filled")
    write(sheet, (f"pad.{page.field}", "pad.note"), page.writing, lambda one: replace(page, writing=one), done)
    surroundings.finish(sheet)


def write(
    sheet: Sheet, said: tuple[str, str], writing: Writing, changed: Callable[[Writing], Page], last: Key,
    most: int = limits.strokes_chars_max,
) -> None:  # fmt: skip
    """The sheet at the bottom of the body. `said`: title and note by key; `last`: the key that leads on."""
    words, size = sheet.words, sheet.size
    kind = "hand" if writing.height < no_text.height else "ask" if said[0].startswith("application") else "text"
    hints = [(words(f"pad.{kind}_{n}"), "") for n in (1, 2, 3)]
    ladder.above(sheet, hints, -1)
    full = len(text_of(writing)) > most - _nearly_full
    sheet.title(words(said[0]), words("pad.full") if full else words(said[1]))
    sheet.reach()
    below = size.key + size.gap
    high = min(sizes.room * writing.height / writing.width, sheet.left_over - below)
    wide = high * writing.width / writing.height
    top = sheet.bottom - below - high
    if not sheet.state.low:
        sheet.y += 16
        ladder.draw(sheet, hints, -1, top - 40)
        top = min(top, sheet.y + 40)
    _paper(sheet, Rect(sizes.left + (sizes.room - wide) / 2, top, wide, high), writing)
    sheet.y = top + high + size.gap
    keys = [last]
    if writing.strokes:
        fewer = replace(writing, strokes=writing.strokes[:-1])
        empty = replace(writing, strokes=())
        keys = [
            (words("pad.clear"), Change(changed(empty)), "", "plain"),
            (words("pad.undo"), Change(changed(fewer)), "erase", "plain"),
            last,
        ]
    sheet.keys(keys, len(keys))


def shown(sheet: Sheet, rect: Rect, writing: Writing) -> None:
    """What was written, to look at; fitted into the rectangle."""
    sheet.add(Box(rect, "card", "line", 3, radius), Drawn(rect, writing))


def _paper(sheet: Sheet, rect: Rect, writing: Writing) -> None:
    sheet.add(Box(rect, "card", "blue", rim, radius))
    step = rect.h * _line_units / writing.height
    lines = int(writing.height / _line_units)
    for n in range(1, lines + 1):
        y = rect.y + min(n * step, rect.h - 24)
        sheet.add(Box(Rect(rect.x + 24, y, rect.w - 48, 2), "line"))
    sheet.write_on(Field(rect, writing.width, writing.height))
    sheet.add(Drawn(rect, writing))
