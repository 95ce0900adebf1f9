"""What people came for, alone on its line and as large as the line allows."""

from kiosk.flow import sizes
from kiosk.flow.sheet import Sheet

_slack = 0.98  # letters are set on whole pixels: a width does not shrink quite as its type does


def draw(sheet: Sheet, text: str, most: float, *, least: float = 0.0, line: float = 1.2) -> None:
    """`text` in type of `most` px or smaller, not under `least`, at the cursor; `line`: its height as a multiple."""
    whole = sheet.measure.width(text, most, bold=True)
    em = max(least, min(most, most * sizes.room / whole * _slack))
    sheet.text(text, em, bold=True, align="center", color="blue", most=1, leading=em * line)
