"""The last look at an application before it is sealed: what was said, numbers masked, handwriting as it was drawn."""

from content_sync.domain.cases.handwriting import Writing
from kiosk.flow import sizes
from kiosk.flow.actions import Send
from kiosk.flow.frame import Rect
from kiosk.flow.screens import digits, pad
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Application

_label = 0.24  # of the width


def draw(sheet: Sheet, page: Application) -> None:
    """Everything that goes into the envelope, and the key that closes it."""
    words, size = sheet.words, sheet.size
    low = sheet.state.low
    sheet.title(words("application.check"), "" if low and sheet.state.elder else words("application.check_note"))
    send = Rect(sizes.left, sheet.bottom - size.key - 16, sizes.room, size.key + 16)
    bottom = send.y - 24
    said = [("kind", words(f"kind.{page.kind}")), ("form", words(f"form.{page.form}"))]
    said += [(name, digits.masked(text, 4)) for name, text in (("id", page.id_proof), ("phone", page.contact)) if text]
    for name, text in said:
        _named(sheet, name)
        x, y = sizes.left + sizes.room * _label, sheet.y
        sheet.text(text, size.body, x=x, y=y, width=sizes.room * (1 - _label), bold=True, most=1)
        sheet.y += sheet.leading(size.body)
    sheet.y += 8
    drawn = [(name, getattr(page, name)) for name in ("name", "address", "text") if getattr(page, name).strokes]
    _pictures(sheet, drawn, bottom)
    sheet.key(send, words("application.send"), Send(), icon="check", look="filled", size=size.head)


def _named(sheet: Sheet, name: str) -> None:
    sheet.text(sheet.words(f"application.is_{name}"), sheet.size.body, y=sheet.y, color="soft", most=1)


def _pictures(sheet: Sheet, drawn: list[tuple[str, Writing]], bottom: float) -> None:
    """All sheets at one scale, as large as there is room."""
    room, gap = sizes.room * (1 - _label), 12.0
    units = sum(writing.height for _, writing in drawn)
    free = bottom - sheet.y - gap * max(0, len(drawn) - 1)
    scale = min(room / 1_000, free / units if units else 1.0)
    for name, writing in drawn:
        _named(sheet, name)
        high = writing.height * scale
        x = sizes.left + sizes.room * _label
        pad.shown(sheet, Rect(x, sheet.y, writing.width * scale, high), writing)
        sheet.y += high + gap
