from dataclasses import replace

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.guides import Basis, Channel, Guide, Handler, Limit, Step
from content_sync.domain.disclosure.items import Document, Item, Notice
from content_sync.domain.disclosure.ledgers import Column, Ledger, Row
from content_sync.domain.disclosure.lint import lint

body = Document(blocks=(Block("p", "为做好政务公开，制定本办法。"),), explanation=(Block("p", "一句话说明。"),))
good = Item(
    id="a-1",
    kind="document",
    channel="county",
    unit="county",
    title="政务公开办法",
    node="c01",
    openness="proactive",
    visibility="public",
    timing="ad_hoc",
    dated="2026-01-05",
    shown_from="2026-01-05T09:00:00+08:00",
    source="县政府办",
    responsible="张主任",
    body=body,
)
guide = Guide(
    handler=Handler("公安局", phone="13800138000"),
    bases=(Basis("户口登记条例"),),
    conditions=("本县居民",),
    steps=(Step("申请"),),
    limits=(Limit("promised", 1, "working_day"),),
    result="户口簿",
    free=True,
    supervision=(Channel("督查室", "13900139000"),),
)
ledger = Ledger("2026年1月", (Column("金额", "money"),), (Row(1, "支出", (300,)), Row(2, "水电", (300,))), ("张三",))


def document(text: str) -> Document:
    """A document of one paragraph."""
    return replace(body, blocks=(Block("p", text),))


def test_a_complete_item_has_no_finding():
    """An item that breaks no rule is passed in silence, also with an office mobile in a phone field."""
    assert lint(good, "county") == ()
    assert lint(replace(good, kind="guide", node="c07", body=guide), "county") == ()
    assert lint(replace(good, kind="ledger", node="c04", body=ledger), "county") == ()


@pytest.mark.parametrize(
    ("change", "rule", "blocking"),
    [
        ({"title": " "}, "QLT-07", True),
        ({"title": "办" * (limits.title_chars_max + 1)}, "QLT-07", True),
        ({"node": "t01"}, "CAT-01", True),
        ({"node": ""}, "CAT-01", True),
        ({"openness": "on_application"}, "CAT-14", False),
        ({"visibility": "internal"}, "CAT-14", False),
        ({"link": "http://192.168.1.2/a"}, "QUE-02", True),
        ({"link": "https://www.gov.cn/" + "a" * limits.qr_bytes_max}, "QUE-02", False),
        ({"body": replace(body, explanation=())}, "CAT-26", False),
        ({"body": document("联系13800138000")}, "N-09", True),
        ({"body": document("证号11010519491231002X")}, "N-09", True),
        ({"summary": "账号4111111111111111"}, "N-09", True),
        ({"body": document("讨論情況")}, "N-08", True),
        ({"kind": "guide", "body": replace(guide, result="", supervision=())}, "GUI-01", True),
        ({"kind": "guide", "body": replace(guide, handler=Handler("甲", phone="11010519491231002X"))}, "N-09", True),
        ({"kind": "ledger", "body": replace(ledger, rows=(Row(1, "总支出", (300,)),))}, "QLT-03a", True),
        ({"kind": "ledger", "body": replace(ledger, rows=(Row(1, "支", (300,)), Row(2, "水", (1,))))}, "CAT-10", True),
        ({"kind": "ledger", "body": replace(ledger, signers=())}, "CAT-16", True),
    ],
)
def test_each_rule_is_named_with_what_to_do(change, rule, blocking):
    """Every broken rule gives one finding that names its row and whether it blocks."""
    (finding,) = lint(replace(good, **change), "county")
    assert (finding.rule, finding.blocking) == (rule, blocking)
    assert finding.message.endswith("。")


def test_a_public_notice_needs_an_end_and_a_way_to_answer():
    """A 公示 without end and feedback has two blocking findings, and none with both; the feedback may be a mobile."""
    notice = Notice(body.blocks, public_notice=True)
    assert [f.rule for f in lint(replace(good, kind="notice", body=notice), "county")] == ["CAT-21", "CAT-21"]
    complete = replace(notice, feedback="请拨打13800138000")
    assert not lint(replace(good, kind="notice", body=complete, shown_until="2026-01-20T00:00:00+08:00"), "county")


def test_a_finding_names_the_block_it_is_in_and_blocking_ones_come_first():
    """An editor is led to the paragraph, and sees first what stops the submission."""
    two = Document((Block("p", "讨論"), Block("p", "电话13800138000")))
    found = lint(replace(good, body=two), "county")
    assert [(f.rule, f.line) for f in found] == [("N-09", 2), ("N-08", 1), ("CAT-26", 0)]


def test_characters_of_both_scripts_are_not_called_traditional():
    """乾隆 and 狼藉 are written the same in Simplified."""
    assert lint(replace(good, body=document("乾隆年间，一片狼藉，登高瞭望。")), "county") == ()
