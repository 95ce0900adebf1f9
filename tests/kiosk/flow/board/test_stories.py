"""An item as a board tells it."""

from content_sync.domain.county import ChannelOf, County, Unit
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Answer, Document, Emergency, Notice
from content_sync.domain.disclosure.ledgers import Column, Ledger, Row
from kiosk.flow.board import codes
from kiosk.flow.board.stories import story
from tests.content_sync.making import complete_guide, item

_county = County(
    "清河县", "https://www.qinghe.example", (Unit("mz", "清河县民政局", "county"),), (ChannelOf("qinghe", "mz"),), ()
)


def test_a_ledger_tells_its_totals_and_three_largest_entries_in_full() -> None:
    """Totals are the top rows, entries the deepest ones; a balance is no entry, no amount is rounded (CAT-16)."""
    rows = (
        Row(1, "上月结余", (8_641_235,)),
        Row(1, "收入", (6_000,)),
        Row(2, "甲", (1_000,)),
        Row(2, "乙", (2_000,)),
        Row(3, "丙", (2_000,)),
        Row(2, "丁", (3_000,)),
        Row(2, "戊", (100,)),
    )
    body = Ledger("2026年10月", (Column("金额", "money"),), rows, ("王*",))
    told = story(item(kind="ledger", body=body), "h", _county)
    assert told is not None
    assert [(f.name, f.amount) for f in told.totals] == [("上月结余", "86,412.35元"), ("收入", "60元")]
    assert [f.name for f in told.largest] == ["丁", "丙", "甲"]


def test_a_public_notice_ends_with_where_to_object() -> None:
    """The feedback channel is part of what the board says (CAT-21)."""
    body = Notice((Block("p", "拟任"),), public_notice=True, feedback="电话0000-1")
    told = story(item(body=body, shown_until="2026-12-01T00:00:00+08:00"), "h", _county)
    assert told is not None
    assert told.is_public_notice
    assert told.blocks[-1].text == "有意见：电话0000-1"


def test_an_emergency_tells_first_what_to_do() -> None:
    """Precautions come before progress, measures and findings (CAT-17)."""
    told = story(item(kind="emergency", body=Emergency("red", "洪水", "上涨", "转移", "往高处走")), "h", _county)
    assert told is not None
    assert [b.text for b in told.blocks][:4] == ["请您这样做", "往高处走", "现在的情况", "上涨"]


def test_boards_leave_guides_and_documents_to_the_touch_screen_unless_they_are_a_section() -> None:
    """A guide is told only for one of the six sections, a document then by its explanation (CAT-12)."""
    assert story(item(kind="guide", body=complete_guide), "h", _county) is None
    explained = Document((Block("p", "第一条"),), explanation=(Block("p", "白话"),))
    told = story(item(kind="document", section="commitment", body=explained), "h", _county)
    assert told is not None
    assert (told.label, [b.text for b in told.blocks]) == ("服务承诺", ["白话"])


def test_an_answer_asks_in_plain_words() -> None:
    """The question stands where the plain title is missing."""
    body = Answer("二楼没有饮水机", "cannot", (Block("p", "没有水管。"),), "43")
    told = story(item(kind="answer", body=body, plain_title=""), "h", _county)
    assert told is not None
    assert (told.title, told.status, told.number) == ("二楼没有饮水机", "cannot", "43")


def test_only_a_public_https_address_gets_a_code_and_a_big_enough_one() -> None:
    """No public address, no code; a module is 8 px and the quiet zone belongs to it (B7)."""
    assert codes.payload(item(), _county) == "https://www.qinghe.example/d/n-1"
    assert codes.payload(item(link="http://x.example/1"), None) == ""
    assert codes.payload(item(link="https://x.example/1"), None) == "https://x.example/1"
    assert codes.side("https://www.qinghe.example/d/n-1") == (29 + 8) * 8
    assert codes.side("") == codes.side("https://" + "a" * 300) == 0
