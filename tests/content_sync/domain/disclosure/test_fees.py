"""A fee list says what may be asked for; whatever is not on it is named, with what the list says instead."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.disclosure.fees import Listed, faults, is_list, listed, places, refusal, unlisted
from content_sync.domain.disclosure.guides import Fee
from content_sync.domain.disclosure.ledgers import Column, Ledger, Row
from content_sync.domain.disclosure.lint import lint
from content_sync.wire.items import item_from_plain
from tests.display_server import texts

columns = (
    Column("收费标准", "money"),
    Column("计费单位", "text"),
    Column("收费依据", "text"),
    Column("缴费地点", "text"),
)
ledger = Ledger(
    "2026年",
    columns,
    (
        Row(1, "居民身份证", (None, None, None, None)),
        Row(2, "换领工本费", (2000, "证", "发改价格〔2003〕2322号", "3号窗口")),
        Row(2, "换领工本费", (4000, "证", "发改价格〔2003〕2322号", "3号窗口")),
        Row(1, "不动产登记费（住宅）", (8000, "件", "发改价格规〔2016〕2559号", "9号窗口")),
    ),
    ("清河县财政局",),
)
_named = {"id": "fees", "channel": "qinghe", "unit": "qinghe"}
item = replace(item_from_plain(texts.plain("ledger", title="清河县收费目录", node="c05") | _named), body=ledger)
known = listed(item)


def test_the_lines_of_a_list() -> None:
    """Lines with an amount are fees, others headings; another ledger, or another node, is no list."""
    assert [(line.name, line.fen, line.place) for line in known] == [
        ("换领工本费", 2000, "3号窗口"),
        ("换领工本费", 4000, "3号窗口"),
        ("不动产登记费（住宅）", 8000, "9号窗口"),
    ]
    assert listed(replace(item, title="去年收费收入")) == listed(replace(item, node="c04")) == ()
    assert not is_list("notice", "c05", "收费目录")
    assert [one for one in lint(item, "county") if one.rule == "HAL-13"] == []


def test_what_is_not_on_it() -> None:
    """Another amount and another name are refused with what stands on the list; width of brackets does not matter."""
    asked = (Fee("换领工本费", 2000), Fee("不动产登记费(住宅)", 8000), Fee("换领工本费", 2500), Fee("复印费", 100))
    assert unlisted(asked, known) == asked[2:]
    assert refusal(asked[:2], known) == ""
    told = refusal(asked, known)
    assert "“换领工本费”25元（目录上是20元或40元）" in told
    assert "“复印费”1元（目录上没有这一项）" in told
    assert refusal(asked, ()) == ""  # nobody published a list
    assert places(asked, known) == ("3号窗口", "9号窗口")


def test_a_list_that_is_not_finished() -> None:
    """A fee without its basis or its place to pay cannot be submitted; the line is named."""
    broken = replace(ledger, rows=(*ledger.rows, Row(2, "复印费", (100, "页", "", None))))
    assert list(faults(broken)) == [(5, "收费目录第5行“复印费”没有写收费依据、缴费地点：请补上。")]
    found = [one for one in lint(replace(item, body=broken), "county") if one.rule == "HAL-13"]
    assert [(one.line, one.blocking) for one in found] == [(5, True)]
    assert next(faults(replace(ledger, columns=columns[1:], rows=())))[0] == 0


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 3)), max_size=6), st.data())
def test_refused_exactly_what_is_not_listed(lines: list[tuple[str, int]], data: st.DataObject) -> None:
    """Law: a fee is asked for if and only if it stands on the list, where there is one."""
    some = [Listed(name, fen, "", "x", "y") for name, fen in lines]
    fee = data.draw(st.builds(Fee, st.sampled_from("甲乙丙"), st.integers(0, 3)))
    assert bool(refusal([fee], some)) == bool(some and (fee.name, fee.fen) not in lines)
