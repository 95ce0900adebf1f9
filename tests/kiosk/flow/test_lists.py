"""Long lists: what is not on the page is not put into words, and that changes nothing of what is."""

from dataclasses import replace

import pytest

from kiosk.app import tongues
from kiosk.flow import lists
from kiosk.flow.frame import Frame
from kiosk.flow.pages.finding import Listing
from kiosk.flow.pages.plain import Home
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import State
from kiosk.flow.view import Row
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county

_measure, _words = FontMeasure(), tongues.words("zh-Hans")


def _sheet(*, elder: bool) -> Sheet:
    return Sheet("listing", State((Home(), Listing()), elder=elder), county.view(), _measure, _words)


def _rows(count: int) -> tuple[Row, ...]:
    known = county.rows()
    long = "，名字很长，一行写不下，要写两行才写得完的一件事"
    return tuple(
        replace(known[n % len(known)], id=f"c{n}", title=f"第{n}件{long * (n % 3)}", plain_title="")
        for n in range(count)
    )


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_list_looks_as_if_every_row_had_been_put_into_words(count: int, *, elder: bool) -> None:
    """Page after page the same marks, the same keys, the same items said to be shown."""
    for number in (0, 1, 3, 99):
        pages: list[Frame] = []
        for is_whole in (True, False):
            sheet = _sheet(elder=elder)
            sheet.bottom = 1500.0
            if is_whole:
                entries = [lists.entry(sheet, row) for row in _rows(count)]
                lists.draw(sheet, entries, number, lambda n: Listing(number=n), grows=True)
            else:
                lists.rows(sheet, _rows(count), number, lambda n: Listing(number=n), grows=True)
            pages.append(sheet.frame())
        assert pages[0] == pages[1]


def test_of_ten_thousand_items_only_a_page_is_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turning a page of all that is published costs what its page costs."""
    worded: list[str] = []
    said = lists.entry
    monkeypatch.setattr(lists, "entry", lambda sheet, row: worded.append(row.id) or said(sheet, row))
    lists.rows(_sheet(elder=False), _rows(10_000), 500, lambda n: Listing(number=n))
    assert 5 <= len(worded) <= 20
