"""Saying something by taps: several may be chosen, a few words in one's own hand may stand beside them, then send.

1. A tap or a word is enough; neither is demanded beside the other.
2. What was written is shown above the keys, as drawn, where there is room.
3. Choices are one below the other, so that they are read; in large view on a panel that lies two by two where they
   would else be parted between its columns.
"""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.flow import sizes
from kiosk.flow.actions import Action, Change, Open, Send
from kiosk.flow.frame import Rect
from kiosk.flow.screens import pad
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Opinion, Pad, Report

_thumb = 0.36  # of the sheet's own height
_rows_lying = 3


def taps(sheet: Sheet, page: Opinion | Report, choices: Sequence[tuple[str, str]], title: str, note: str) -> None:
    """Keys for (code, words), the pad, and the key that sends."""
    size = sheet.size
    sheet.title(title, note)
    sheet.reach()
    keys: list[tuple[str, Action, str, str]] = []
    for tap, words in choices:
        has = tap in page.taps
        chosen = tuple(t for t in page.taps if t != tap) if has else (*page.taps, tap)
        keys.append((words, Change(replace(page, taps=chosen)), "", "chosen" if has else "plain"))
    bottom = sheet.bottom - size.key - 16 - size.gap
    columns = (3 if sheet.state.elder else 2) if sheet.state.low else _columns_lying(sheet, len(keys))
    picture = (
        sizes.room * page.text.height / page.text.width * _thumb if page.text.strokes and not sheet.state.low else 0
    )
    high = sheet.tall(len(keys), columns, bottom - picture)
    sheet.keys(keys, columns, high=high, size=size.head if columns == 1 else 0)
    room = bottom - sheet.y
    if picture and room > size.key:  # rule 2
        high = min(picture, room)
        wide = high * page.text.width / page.text.height
        pad.shown(sheet, Rect(sizes.left + (sizes.room - wide) / 2, sheet.y, wide, high), page.text)
    _last(sheet, page)


def _columns_lying(sheet: Sheet, count: int) -> int:
    """Rule 3."""
    return 2 if sheet.view.lies and sheet.state.elder and count > _rows_lying else 1


def _last(sheet: Sheet, page: Opinion | Report) -> None:
    words, size = sheet.words, sheet.size
    high, wide = size.key + 16, 400.0
    write = Rect(sizes.left, sheet.bottom - high, wide, high)
    label = words("pad.more") if page.text.strokes else words("pad.open")
    sheet.key(write, label, Open(Pad("text", page.text)), icon="pen")
    send = Rect(write.right + size.gap, write.y, sizes.room - wide - size.gap, high)
    if page.taps or page.text.strokes:  # rule 1
        sheet.key(send, words("opinion.send"), Send(), icon="check", look="filled", size=size.head)
    else:
        lines = sheet.even(words("opinion.choose_one"), size.body, send.w, most=2)
        top = send.y + (high - len(lines) * round(size.body * 1.4)) / 2
        sheet.text(
            words("opinion.choose_one"), size.body, x=send.x, y=top, width=send.w, color="soft", align="center", most=2,
            leading=round(size.body * 1.4),
        )  # fmt: skip
