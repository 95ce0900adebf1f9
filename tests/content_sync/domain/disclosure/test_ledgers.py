"""Ledgers add up, line by line, or the row that does not is named."""

from dataclasses import replace

import pytest

from content_sync.domain.disclosure.ledgers import Row, faults
from tests.content_sync.making import small_ledger

_wrong = {
    "a sum that is off by one fen names its row": (
        {"rows": (Row(1, "收入", (30_001, None)), *small_ledger.rows[1:])},
        "第1行“收入”的“金额”是300.01元，下级合计是300.00元，对不上。",
    ),
    "only totals are refused as too coarse": (
        {"rows": (Row(1, "总收入", (5, None)), Row(1, "总支出", (5, None)))},
        "缺少明细：只有合计，没有逐项逐笔的明细行。",
    ),
    "text in a money column is named": (
        {"rows": (*small_ledger.rows, Row(2, "利息", ("0", None)))},
        "第4行“利息”的“金额”类型不对。",
    ),
    "a number in a text column is named": (
        {"rows": (*small_ledger.rows, Row(2, "利息", (0, 7)))},
        "第4行“利息”的“经手人”类型不对。",
    ),
    "a missing cell is named": (
        {"rows": (*small_ledger.rows, Row(2, "利息", (0,)))},
        "第4行“利息”的栏数或层级不对。",
    ),
    "a ledger without signers says so": ({"signers": ()}, "缺少期间或签字人。"),
}


def test_a_ledger_that_adds_up_has_no_fault() -> None:
    """Parents equal the sum of their direct children."""
    assert faults(small_ledger) == ()


@pytest.mark.parametrize("story", _wrong)
def test_a_wrong_ledger_is_named_by_its_row(story: str) -> None:
    """Each broken rule gives one sentence with the row's number (CAT-10, QLT-03a)."""
    changes, sentence = _wrong[story]
    assert sentence in faults(replace(small_ledger, **changes))


def test_a_deep_row_counts_once_in_its_nearest_parent() -> None:
    """Only direct children are summed: grandchildren are already in their own parent."""
    rows = (Row(1, "支出", (9, None)), Row(2, "办公", (9, None)), Row(3, "纸", (4, None)), Row(3, "笔", (5, None)))
    assert faults(replace(small_ledger, rows=rows)) == ()
