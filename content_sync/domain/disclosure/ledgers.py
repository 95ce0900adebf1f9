"""A ledger (accounts, line by line): village accounts, budgets, relief lists.

1. Amounts are whole fen (1/100 yuan). A row has a level; a deeper row belongs to the nearest shallower row above it.
2. A row with children equals the sum of its direct children in every money column (CAT-10); otherwise the row is named.
3. A ledger whose only rows are totals (总收入/总支出) is refused: 缺少明细 (QLT-03a).
4. Period and signers are stated (CAT-16).
"""

from dataclasses import dataclass
from typing import Literal

from content_sync.domain.money import exact


@dataclass(frozen=True)
class Column:
    """A column after the row's name: text, money in fen, a whole number, or an ISO date."""

    name: str
    type: Literal["text", "money", "number", "date"]


@dataclass(frozen=True)
class Row:
    """One line. `cells` has one value per column; money and numbers are integers, the rest text. None is blank."""

    level: int
    name: str
    cells: tuple[int | str | None, ...]


@dataclass(frozen=True)
class Ledger:
    """The body of an item of kind `ledger`."""

    period: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    signers: tuple[str, ...]
    note: str = ""


def faults(ledger: Ledger) -> tuple[str, ...]:
    """One Chinese sentence per broken rule, with the row's number; empty when the ledger adds up."""
    found = [_shape(ledger, number, row) for number, row in enumerate(ledger.rows, 1)]
    found += [_sum(ledger, number) for number in range(1, len(ledger.rows) + 1)]
    if not any(row.level > 1 for row in ledger.rows):
        found.append("缺少明细：只有合计，没有逐项逐笔的明细行。")  # rule 3
    if not ledger.period or not ledger.signers:
        found.append("缺少期间或签字人。")  # rule 4
    return tuple(sentence for sentence in found if sentence)


def _shape(ledger: Ledger, number: int, row: Row) -> str:
    if len(row.cells) != len(ledger.columns) or row.level < 1:
        return f"第{number}行“{row.name}”的栏数或层级不对。"
    for cell, column in zip(row.cells, ledger.columns, strict=True):
        whole = isinstance(cell, int) and not isinstance(cell, bool)
        if cell is not None and whole != (column.type in ("money", "number")):
            return f"第{number}行“{row.name}”的“{column.name}”类型不对。"
    return ""


def _sum(ledger: Ledger, number: int) -> str:
    row = ledger.rows[number - 1]
    children = []
    for below in ledger.rows[number:]:
        if below.level <= row.level:
            break
        children.append(below)
    if not children:
        return ""
    top = min(child.level for child in children)
    direct = [child for child in children if child.level == top]
    for index, column in enumerate(ledger.columns):
        if column.type != "money" or not all(index < len(r.cells) for r in (row, *direct)):
            continue
        total, parts = row.cells[index], [child.cells[index] for child in direct]
        summed = sum(part for part in parts if isinstance(part, int))
        if total is not None and total != summed:  # rule 2
            stands = f"{exact(total)}元" if isinstance(total, int) else total
            return f"第{number}行“{row.name}”的“{column.name}”是{stands}，下级合计是{exact(summed)}元，对不上。"
    return ""
