"""Figures as a CSV file that the office's spreadsheet opens by a double click.

1. UTF-8 with a byte order mark and lines ended by CRLF: without the mark spreadsheets take Chinese for rubbish.
2. A text that begins like a formula gets an apostrophe before it: what a service is called must never be run.
3. Numbers are written as numbers; what is not known stays empty.
"""

import csv
import io
from collections.abc import Iterable, Sequence

_mark = "\ufeff"
_formula = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(head: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """The bytes of the file (rules 1 to 3)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(one) for one in head])
    writer.writerows([_cell(one) for one in row] for row in rows)
    return (_mark + text.getvalue()).encode()


def _cell(value: str | float | None) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_formula) else value  # rule 2
    return round(value, 1) if isinstance(value, float) else value
