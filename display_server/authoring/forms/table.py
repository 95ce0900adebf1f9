"""Accounts in a text box: a table as it is pasted from a spreadsheet.

1. Cells are parted by tabs, lines are rows. The first line names the columns, the first cell of it the rows.
2. A column name ends in `[元]`, `[数]` or `[日期]` to say what it holds; a name with （元） holds money too.
3. Each `>` before a row's name puts it one level deeper. Money is written in yuan and kept in fen.
4. A cell that cannot be read is named by its row and column; nothing is guessed.
"""

from typing import Any

from content_sync.domain.disclosure.ledgers import Column, Ledger
from content_sync.domain.errors import BadInput
from content_sync.domain.money import fen_of, typed

_marks = {"money": "[元]", "number": "[数]", "date": "[日期]", "text": ""}
_head = "项目"


def text_of(ledger: Ledger) -> str:
    """The rows and columns as lines to edit."""
    lines = ["\t".join((_head, *(column.name + _marks[column.type] for column in ledger.columns)))]
    for row in ledger.rows:
        pairs = zip(row.cells, ledger.columns, strict=False)
        cells = (_text(cell, c) for cell, c in pairs)
        lines.append("\t".join((">" * (row.level - 1) + row.name, *(cell.replace("\t", " ") for cell in cells))))
    return "\n".join(lines)


def table_of(text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The plain columns and rows of edited lines. Raises BadInput naming the cell (rule 4)."""
    lines = [line.split("\t") for line in text.splitlines() if line.strip()]
    if not lines:
        return [], []
    columns = [_column(name.strip()) for name in lines[0][1:]]
    return columns, [_row(cells, columns, number) for number, cells in enumerate(lines[1:], 1)]


def _text(cell: int | str | None, column: Column) -> str:
    if column.type == "money" and isinstance(cell, int):
        return typed(cell)
    return "" if cell is None else str(cell)


def _column(name: str) -> dict[str, Any]:
    for kind, mark in _marks.items():
        if mark and name.endswith(mark):
            return {"name": name.removesuffix(mark), "type": kind}
    return {"name": name, "type": "money" if "（元）" in name or "(元)" in name else "text"}


def _row(cells: list[str], columns: list[dict[str, Any]], number: int) -> dict[str, Any]:
    name = cells[0].strip()
    bare = name.lstrip(">＞").strip()
    found = [*cells[1:], *([""] * (len(columns) - len(cells) + 1))]
    if len(found) > len(columns) and any(cell.strip() for cell in found[len(columns) :]):
        raise BadInput(f"第{number}行“{bare}”比标题行多出了栏。")
    values = [_cell(found[i].strip(), column, number, bare) for i, column in enumerate(columns)]
    return {"level": len(name) - len(name.lstrip(">＞")) + 1, "name": bare, "cells": values}


def _cell(text: str, column: dict[str, Any], number: int, name: str) -> int | str | None:
    if not text:
        return None
    try:
        if column["type"] == "money":
            return fen_of(text)
        return int(text.replace(",", "")) if column["type"] == "number" else text
    except ValueError as error:
        raise BadInput(f"第{number}行“{name}”的“{column['name']}”写的是“{text}”，不是数字。") from error
