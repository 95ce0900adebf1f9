"""Small whole items for tests; each test changes only what it is about."""

from dataclasses import replace
from typing import Any

from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.guides import Basis, Channel, Fee, Guide, Handler, Limit, Material, Step
from content_sync.domain.disclosure.items import Document, Item, Notice
from content_sync.domain.disclosure.ledgers import Column, Ledger, Row

complete_guide = Guide(
    handler=Handler("县公安局", window="w3"),
    bases=(Basis("中华人民共和国居民身份证法", "第十一条"),),
    conditions=("本县户籍",),
    materials=(Material("户口簿", originals=1),),
    steps=(Step("取号"), Step("拍照"), Step("领证")),
    limits=(Limit("statutory", 60, "day"), Limit("promised", 20, "working_day")),
    result="居民身份证",
    fee_bases=(Basis("发改价格〔2003〕2322号"),),
    fees=(Fee("工本费", 4000, "证"),),
    supervision=(Channel("县政务服务中心", "0000-1234567"),),
)
small_ledger = Ledger(
    period="2026年10月",
    columns=(Column("金额", "money"), Column("经手人", "text")),
    rows=(
        Row(1, "收入", (30_000, None)),
        Row(2, "承包费", (10_000, "王*")),
        Row(2, "转移支付", (20_000, "李*")),
    ),
    signers=("村监委主任",),
)


def item(**changes: Any) -> Item:
    """A publishable notice, with the changes a test is about."""
    notice = Item(
        id="n-1",
        kind="notice",
        channel="qinghe",
        unit="qinghe",
        title="冬季取暖补贴",
        node="c09",
        openness="proactive",
        visibility="public",
        timing="ad_hoc",
        dated="2026-11-20",
        shown_from="2026-11-20T00:00:00+08:00",
        source="县民政局",
        responsible="赵明",
        body=Notice((Block("p", "每户600元。"),)),
    )
    return replace(notice, **changes)


def document(**changes: Any) -> Item:
    """A policy document."""
    return item(**{"id": "d-1", "kind": "document", "body": Document((Block("h1", "一、总则"),)), **changes})
