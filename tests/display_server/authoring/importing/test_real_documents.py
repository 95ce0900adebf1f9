import re
import sqlite3
from pathlib import Path

import pytest

from content_sync.domain import text
from content_sync.domain.disclosure.blocks import plain_text
from content_sync.domain.disclosure.items import Document, Item
from content_sync.domain.disclosure.lint import lint
from content_sync.wire.items import item_bytes, item_from_plain
from display_server.authoring.importing.drafts import Draft
from display_server.authoring.importing.index_words import index_words
from display_server.authoring.importing.readers import read_file

shared = Path(__file__).resolve().parents[4].parent / "shared"
pytestmark = pytest.mark.skipif(not shared.is_dir(), reason="the real input in ../shared is not on this machine")
names = sorted(
    path.relative_to(shared).as_posix()
    for path in (*shared.glob("real-documents/*.txt"), *shared.glob("real-data/laws/*.md"))
)
place = {
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


def draft_of(name: str) -> Draft:
    """The one draft of a real text."""
    (draft,) = read_file((shared / name).read_bytes(), name)
    return draft


def item_of(name: str) -> Item:
    """The item of a real text with the caller's fields."""
    return item_from_plain(place | draft_of(name).fields)


def han(value: str) -> str:
    """Only Han characters, folded as for search."""
    return re.sub(r"[^\u3400-\u9fff]", "", text.fold(value))


@pytest.mark.parametrize("name", names)
def test_no_text_is_lost_and_nothing_blocks(name):
    """Every line of the source stands in the item or in a finding, and an editor may submit it at once."""
    draft, item = draft_of(name), item_of(name)
    assert isinstance(item.body, Document)
    kept = han(draft.title + plain_text(item.body.blocks))
    told = han("".join(finding.message for finding in draft.findings))
    lines = (shared / name).read_text("utf-8").split("\n")
    assert [line for line in lines if han(line) not in kept and han(line) not in told] == []
    assert not [finding for finding in (*draft.findings, *lint(item, "county")) if finding.blocking]
    assert item_bytes(item)


def test_the_opinion_keeps_its_points_in_order():
    """All numbered points are there, in order, each a block of its own, in standard characters."""
    item = item_of("real-documents/opinion-2011-zh-hant.txt")
    assert isinstance(item.body, Document)
    points = [int(match.group(1)) for b in item.body.blocks if (match := re.match(r"(\d+)\.", b.text))]
    source = (shared / "real-documents/opinion-2011-zh-hant.txt").read_text("utf-8")
    assert points == [int(n) for n in re.findall(r"(?m)^(\d+)\.", source)] == list(range(1, len(points) + 1))
    assert (item.title, item.dated) == ("关于深化政务公开加强政务服务的意见", "2011-08-01")
    assert [b.text[:2] for b in item.body.blocks if b.style == "h1"] == ["一、", "二、", "三、", "四、"]
    whole = plain_text(item.body.blocks)
    assert "集体讨论" in whole
    assert "覆盖城乡" in whole
    assert not re.search(r"[,;()]", whole)


def test_the_lists_of_what_to_disclose_are_complete():
    """11, 4 and 8 headings stand as points under their own headings."""
    item = item_of("real-documents/disclosure-scope-zh-hant.txt")
    assert isinstance(item.body, Document)
    marks = [b.text.split("）")[0][1:] for b in item.body.blocks if b.style == "li"]
    numbers = "一二三四五六七八九十"
    assert marks == [*numbers, "十一", *numbers[:4], *numbers[:8]]


def test_the_compilation_is_mended_where_pages_were_glued_in():
    """Point 8 is 8 again, broken words are whole, eleven rules are headings, doubtful numbers are left and told."""
    draft = draft_of("real-documents/disclosure-regulations-zh-hans.txt")
    blocks = [(b["style"], b["text"]) for b in draft.fields["body"]["blocks"]]
    texts = [t for _, t in blocks]
    assert ("li", "8、便民措施，服务承诺；") in blocks
    assert any("服务人民群众生产、生活" in t for t in texts)
    assert any(t.startswith("第十七条 行政复议机关应当自受理申请之日起六十日内作出行政复议决定。") for t in texts)
    assert sum(t.startswith("**市") and s == "h1" for s, t in blocks) == 11
    assert ("h1", "**市政府信息公开工作社会评议制度（试行）") in blocks
    assert [t for _, t in blocks if re.match(r"\d+(?![、.\d])", t)] == [t for t in texts if t.startswith("1需完善")]
    assert any("“1”可能是页码，没有删" in f.message for f in draft.findings)


def test_laws_have_their_chapters_and_their_last_revision():
    """Chapters are headings, articles paragraphs, the date that of the last revision, not of coming into force."""
    item = item_of("real-data/laws/gov-information-disclosure-regulations-2019.md")
    assert isinstance(item.body, Document)
    assert [b.text for b in item.body.blocks if b.style == "h1"][:2] == ["第一章 总则", "第二章 公开的主体和范围"]
    assert item.dated == "2019-04-03"
    assert sum(b.text.startswith("第") and b.style == "p" for b in item.body.blocks) == 56


def test_everyday_words_find_the_law():
    """低保, typed as characters or initials, finds the measures on social assistance."""
    item = item_of("real-data/laws/social-assistance-measures-2019.md")
    aliases, letters = index_words(item)
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE t USING fts5(title, aliases, text, initials, tokenize='unicode61')")
    row = (text.index_tokens(item.title), text.index_tokens(" ".join(aliases)), "", text.initials_tokens(letters))
    table.execute("INSERT INTO t VALUES (?, ?, ?, ?)", row)
    for query in ("低保", "db", "五保户"):
        assert table.execute("SELECT 1 FROM t WHERE t MATCH ?", (text.match_expression(query),)).fetchone(), query
    table.close()


def test_a_real_hall_list_becomes_guides():
    """1,135 procedures: every link is usable, two names stand twice, every one lacks elements and says so."""
    drafts = read_file((shared / "real-data/procedures-guangan.json").read_bytes(), "procedures-guangan.json")
    assert len(drafts) == 1_135
    assert all(draft.fields.get("link") and item_from_plain(place | draft.fields) for draft in drafts)
    assert all([f.rule for f in draft.findings if f.blocking] == ["GUI-01"] for draft in drafts)
    assert sum(any("重名" in f.message for f in draft.findings) for draft in drafts) == 4
    assert sum("summary" in draft.fields for draft in drafts) == 1_135 - 615
