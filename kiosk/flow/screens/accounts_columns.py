"""Which columns of a ledger stand as columns.

1. As many number columns as leave room for names stand as columns of one size, money first; the rest of a line's cells
   stand below its name, each with its column's name.
"""

from dataclasses import dataclass

from content_sync.domain.disclosure.ledgers import Ledger
from content_sync.domain.money import exact
from kiosk.flow import dates, sizes
from kiosk.flow.sheet import Sheet

_name_min, _arrow = 0.36, 44.0


@dataclass(frozen=True)
class Columns:
    """Which columns stand as columns, how wide each is, and the sizes their numbers and the names are set in."""

    which: tuple[int, ...]
    widths: tuple[float, ...]
    size: float
    name: float

    @property
    def right(self) -> float:
        """What they and the arrow behind them take."""
        return sum(self.widths) + _arrow


def chosen(sheet: Sheet, ledger: Ledger, names: float, ems: tuple[float, ...]) -> Columns:
    """Rule 1: the columns for names of one size and the first of the numbers' sizes that fits."""
    kinds = [column.type for column in ledger.columns]
    numeric = [n for n, kind in enumerate(kinds) if kind == "money"] + [
        n for n, kind in enumerate(kinds) if kind == "number"
    ]
    size, measure = sheet.size, sheet.measure
    for count in range(min(3, len(numeric)), 0, -1):
        which = tuple(sorted(numeric[:count]))
        for em in ems:
            texts = [[cell(sheet, ledger, index, n) for index in range(len(ledger.rows))] for n in which]
            widths = tuple(
                max(
                    measure.width(ledger.columns[n].name, size.small),
                    *(measure.width(t, em, bold=True) for t in column),
                )
                + 30
                for n, column in zip(which, texts, strict=True)
            )
            if count == 1 or sum(widths) + _arrow <= sizes.room * (1 - _name_min):
                return Columns(which, widths, em, names)
    return Columns((), (), size.body, names)


def cell(sheet: Sheet, ledger: Ledger, index: int, n: int) -> str:
    """One cell as a visitor reads it."""
    value, kind = ledger.rows[index].cells[n], ledger.columns[n].type
    if value is None:
        return "—"
    if isinstance(value, int):
        return exact(value) if kind == "money" else f"{value:,}"
    return dates.day(sheet.words, value, sheet.view.now) if kind == "date" else value
