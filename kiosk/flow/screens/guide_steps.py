"""怎么办 at a glance: a guide's steps in two columns, where the materials leave room for all of them.

1. The first column is read down, then the second. Where each step is done stands below its name, if that fits for all.
"""

from content_sync.domain.disclosure.guides import Guide, Step
from kiosk.flow import sizes
from kiosk.flow.frame import Box, Rect
from kiosk.flow.sheet import Sheet

_gap, _apart = 32.0, 48.0  # apart: where a lying panel may be cut


def draw(sheet: Sheet, guide: Guide, bottom: float) -> None:
    """The heading and all steps at the cursor; nothing when not all of them fit above `bottom`."""
    size, steps = sheet.size, guide.steps
    rows = -(-len(steps) // 2)
    wide = (sizes.room - _gap) / 2
    inner = wide - round(size.body * 1.45) - 20
    room = bottom - sheet.y - 24 - sheet.leading(size.body) - 14
    if not steps or any(sheet.measure.width(step.name, size.body, bold=True) > inner for step in steps):
        return
    has_places = all(sheet.measure.width(step.place, size.small) <= inner for step in steps)
    tall = [_row(sheet, has_place=has_place) for has_place in ((True, False) if has_places else (False,))]
    least = next((high for high in tall if high * rows <= room), 0.0)
    if not least:
        return
    high = min(room / rows, least + 28)
    sheet.y += 12 + min(_apart, room - high * rows)
    sheet.heading(sheet.words("element.steps"))
    for n, step in enumerate(steps):
        x, y = sizes.left + n // rows * (wide + _gap), sheet.y + n % rows * high
        _step(sheet, Rect(x, y, wide, high), n + 1, step, has_place=least == _row(sheet, has_place=True))
    sheet.y += rows * high


def _row(sheet: Sheet, *, has_place: bool) -> float:
    size = sheet.size
    return round(size.body * 1.45) + (14 + round(size.small * 1.35) if has_place else 8)


def _step(sheet: Sheet, place: Rect, number: int, step: Step, *, has_place: bool) -> None:
    size = sheet.size
    side = round(size.body * 1.45)
    x, width = place.x + side + 20, place.w - side - 20
    sheet.add(Box(Rect(place.x, place.y, side, side), "paper", "ink", 3, side / 2))
    sheet.text(str(number), size.small, x=place.x, y=place.y, width=side, align="center", bold=True, leading=side)
    sheet.text(step.name, size.body, x=x, y=place.y, width=width, most=1, leading=side)
    if has_place and step.place:
        leading = round(size.small * 1.35)
        sheet.text(step.place, size.small, x=x, y=place.y + side, width=width, color="soft", most=1, leading=leading)
