import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from content_sync.wire.items import item_bytes, item_from_plain
from display_server.authoring.importing.readers import read_file

rest = {
    "id": "a-1",
    "channel": "county",
    "unit": "county",
    "node": "c01",
    "openness": "proactive",
    "visibility": "public",
    "timing": "ad_hoc",
    "dated": "2026-01-01",
    "shown_from": "2026-01-01T00:00:00+08:00",
    "source": "县政府",
    "responsible": "张三",
}
procedure = {"department": "区民政局", "main_item": "未分类", "name": "低保申请", "link": "http://www.gov.cn/a"}


def as_json(value: object) -> bytes:
    """UTF-8 JSON."""
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_usual_encoding_is_read_and_an_unusual_one_is_told(encoding):
    """Old office programs write other encodings; the text is the same, and anything but UTF-8 is told."""
    (draft,) = read_file("关于公开的通知\n\n请各单位认真执行。".encode(encoding), "甲.txt")
    assert (draft.kind, draft.title) == ("notice", "关于公开的通知")
    assert draft.fields["body"] == {"blocks": [{"style": "p", "text": "请各单位认真执行。"}]}
    assert any(f.rule == "A15.7-encoding" for f in draft.findings) != encoding.startswith("utf-8")


def test_a_broken_character_in_utf8_is_a_lost_character_not_another_encoding():
    """One cut character does not turn a whole text into another script."""
    data = ("关于公开的办法\n\n" + "请各单位认真执行。" * 60).encode()
    (draft,) = read_file(data.replace("认真".encode(), "认真".encode()[:4], 1), "甲.txt")
    assert [f.rule for f in draft.findings if f.rule in ("A15.7-lost", "A15.7-encoding")] == ["A15.7-lost"]


@pytest.mark.parametrize(
    ("title", "asked", "kind", "body"),
    [
        ("关于公开的办法", "", "document", {"blocks"}),
        ("低保名单公示", "", "notice", {"blocks", "public_notice"}),
        ("停水公告", "", "notice", {"blocks"}),
        ("停水公告", "document", "document", {"blocks"}),
        ("关于修路的答复", "answer", "answer", {"question", "status", "reply"}),
    ],
)
def test_the_title_or_the_caller_decides_the_kind(title, asked, kind, body):
    """A 公示 becomes a notice that will ask for its end; every draft is a well-formed item with the caller's fields."""
    (draft,) = read_file(f"{title}\n\n内容，完整。".encode(), "甲.md", asked)
    assert (draft.kind, set(draft.fields["body"])) == (kind, body)
    assert item_from_plain(rest | draft.fields).title == title


@pytest.mark.parametrize(
    ("data", "name", "kind", "said"),
    [
        (b"x", "a.exe", "", "txt、md、json"),
        (b"x", "a", "", "txt、md、json"),
        (b"PK\x03\x04...", "a.txt", "", "不是纯文本"),
        (bytes(range(256)) * 4, "a.txt", "", "编码"),
        (b"", "a.txt", "", "没有文字"),
        ("甲。".encode(), "a.txt", "guide", "办事指南"),
        (b" " * (limits.import_bytes_max + 1), "a.txt", "", "分成几份"),
        (b'{"a": ', "a.json", "", "第1行"),
        (b"[" * 100_000, "a.json", "", "JSON"),
        (b"[]", "a.json", "", "列表"),
        (b"3", "a.json", "", "列表"),
        (b'[{"name": "\\ud800"}]', "a.json", "", "半个字"),
        (as_json([procedure] * (limits.import_items_max + 1)), "a.json", "", "最多"),
        (as_json([procedure | {"name": 3}]), "a.json", "", "第1件"),
        (as_json([procedure, procedure | {"name": ""}]), "a.json", "", "第2件"),
        (as_json([procedure]), "a.json", "document", "类型"),
        (as_json([{"kind": "guide"}]), "a.json", "", "第1件"),
        (as_json({"kind": "poem", "title": "甲", "body": {}}), "a.json", "", "第1件"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_sentence(data, name, kind, said):
    """Every refusal names what is wrong; nothing of the file is imported."""
    with pytest.raises(BadInput) as caught:
        read_file(data, name, kind)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_list_of_procedures_becomes_guides_that_say_what_they_lack():
    """Department, summary and link are taken; missing elements block; equal names are told on both."""
    other = procedure | {"main_item": "社会救助", "link": "http://10.0.0.1/a"}
    first, second, third = read_file(as_json([procedure, other, procedure | {"name": "A" * 9}]), "a.json")
    assert first.fields == {
        "kind": "guide",
        "title": "低保申请",
        "body": {"handler": {"name": "区民政局"}},
        "link": "http://www.gov.cn/a",
    }
    assert (second.fields["summary"], "link" in second.fields, second.source_line) == ("社会救助", False, 2)
    assert [(f.rule, f.blocking) for f in second.findings] == [
        ("GUI-01", True),
        ("QUE-02", False),
        ("A15.7-repeated", False),
    ]
    assert "监督渠道" in first.findings[0].message
    assert "办理主体" not in first.findings[0].message
    assert [f.rule for f in third.findings] == ["GUI-01"]


def test_items_in_our_own_form_are_taken_without_their_place():
    """Id, channel and unit belong to whoever imports; one item or a list is fine, and its text is checked."""
    plain = rest | {"kind": "notice", "title": "停水", "body": {"blocks": [{"style": "p", "text": "电话13800138000"}]}}
    (draft,) = read_file(as_json(plain), "a.json")
    assert set(draft.fields) == set(plain) - {"id", "channel", "unit"}
    assert [(f.rule, f.blocking) for f in draft.findings] == [("N-09", True)]
    assert len(read_file(as_json([plain, plain]), "a.json")) == 2


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(str.encode),
        st.text("一、第条章（）1.\n #<>&;-，。年月日3", max_size=200).map(str.encode),
    ),
    st.sampled_from(["a.txt", "a.md", "a.json"]),
)
def test_whatever_comes_is_a_well_formed_draft_or_a_refusal(data, name):
    """No bytes crash the importer, and every draft fits an item."""
    try:
        drafts = read_file(data, name)
    except BadInput:
        return
    for draft in drafts:
        assert item_bytes(item_from_plain(rest | draft.fields))
