"""The demonstration county is data that the rules themselves accept, and it is as rich as a demonstration needs."""

import json
import re
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from content_sync.domain.county import County, unit_of
from content_sync.domain.disclosure import catalogue, fees, guides, ledgers, which, which_faults
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.items import Document, Item, Notice, is_due, is_publishable
from content_sync.domain.disclosure.ledgers import Ledger
from content_sync.domain.disclosure.lint import lint
from content_sync.domain.ids import is_id
from content_sync.wire import shapes
from content_sync.wire.canonical import load
from content_sync.wire.county import county_bytes, parse_county
from content_sync.wire.items import item_bytes, item_from_plain, parse_item

DEMO = Path(__file__).parents[2] / "assets" / "demo"
FILES = sorted(DEMO.glob("items/*/*.json"))
COUNTY = shapes.from_plain(County, load((DEMO / "county.json").read_bytes(), "county.json"), "county")
ITEMS = {path: item_from_plain(load(path.read_bytes(), path.name)) for path in FILES}
NOON = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=8)))
each_item = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def bodies(kind: type) -> list:
    """All bodies of one kind."""
    return [item.body for item in ITEMS.values() if isinstance(item.body, kind)]


def test_the_county_survives_the_wire_unchanged():
    """The county's canonical bytes parse back to the same county."""
    assert parse_county(county_bytes(COUNTY)) == COUNTY


def test_every_name_the_county_uses_exists():
    """Parents, channel owners, site owners, window services and plate windows all name something in the county."""
    units = {unit.id for unit in COUNTY.units}
    assert len(units) == len(COUNTY.units)
    assert {u.parent for u in COUNTY.units if u.parent} | {c.unit for c in COUNTY.channels} <= units
    for site in COUNTY.sites:
        services, windows = {s.id for s in site.services}, {w.id for w in site.windows}
        assert site.unit in units
        assert site.phone == "0000-1234567"
        assert {s for w in site.windows for s in w.services} == services
        assert {plate.window for plate in site.staff if plate.window} <= windows
        assert len({s.letter for s in site.services}) == len(site.services)
        assert len({w.number for w in site.windows}) == len(site.windows)


def test_every_unit_has_its_two_leaders_and_a_phone():
    """ORG-02 and SUP-04: each unit names who answers for all of it, who answers directly, and a phone."""
    assert [u.id for u in COUNTY.units if not (u.leader and u.deputy and u.phone)] == []


@each_item
def test_an_item_is_one_file_of_its_channel_that_keeps_its_bytes(path: Path):
    """A file is named by its id, lies in its channel's folder, is in plain form and survives the wire unchanged."""
    item = ITEMS[path]
    assert (item.channel, item.id) == (path.parent.name, path.stem)
    assert is_id(item.id)
    assert parse_item(item_bytes(item)) == item
    assert json.loads(path.read_text()) == shapes.to_plain(item)
    assert item.initials == ()


@each_item
def test_an_item_may_be_published_by_the_unit_that_says_it(path: Path):
    """An item is public, hangs on its unit's tree, belongs to its unit's channel and is on screen on the demo's day."""
    item = ITEMS[path]
    unit = unit_of(COUNTY, item.unit)
    owner = next(channel.unit for channel in COUNTY.channels if channel.id == item.channel)
    assert unit is not None
    assert owner in (unit.id, unit.parent)
    assert is_publishable(item)
    assert catalogue.has_node(unit.level, item.node)
    assert item.section in {"", *catalogue.sections}
    assert item.topics
    assert set(item.topics) <= set(catalogue.topics)
    assert date(2026, 3, 1) <= date.fromisoformat(item.dated) <= date(2026, 11, 23)
    evening = NOON.replace(hour=20)  # the warning for the night comes at eight
    assert is_due(item.shown_from, item.shown_until, evening if item.kind == "emergency" else NOON)
    assert lint(item, unit.level) == ()


@each_item
def test_an_item_carries_no_real_person_and_no_half_width_punctuation(path: Path):
    """Phones are invented, no identity number stands anywhere, and Chinese text is punctuated in full width."""
    text = path.read_text()
    chinese = json.dumps({**json.loads(text), "second": []}, ensure_ascii=False)
    assert re.findall(r"\d{17}[\dXx]", text) == []
    assert [
        phone
        for phone in re.findall(r"(?<![\d—-])(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9})(?!\d)", text)
        if phone[:5] != "0000-"
    ] == []
    assert re.findall(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", chinese) == []


def test_ids_are_unique_over_all_channels():
    """No id is used twice, so that a link to an id means one item."""
    assert [item_id for item_id, count in Counter(item.id for item in ITEMS.values()).items() if count > 1] == []


def test_guides_are_complete_and_lead_to_a_window_that_serves_them():
    """Every guide has its nine elements, a window that serves it, questions that work, and a place to pay its fees."""
    assert len(bodies(Guide)) >= 10
    for item in ITEMS.values():
        guide = item.body
        if isinstance(guide, Guide):
            assert guides.missing_elements(guide) == (), item.id
            assert item.plain_title, item.id
            assert item.summary, item.id
            assert which_faults.faults(guide) == [], item.id
            assert guide.paying.place or not guide.fees, item.id
            assert leads_somewhere(guide), item.id


def test_several_guides_ask_two_or_three_questions_that_shorten_the_list():
    """B1.5: 低保, 身份证, 建房, 开店 and others; most of their cases need fewer papers than the list."""
    asking = {item.id: item.body for item in ITEMS.values() if isinstance(item.body, Guide) and item.body.which}
    assert {"qh-dibao", "qh-sfz-buling", "lh-zhaijidi", "qh-zhizhao-geti"} <= set(asking)
    for name, guide in asking.items():
        assert 2 <= len(guide.which) <= 3, name
        sizes = [len(which.case_of(guide, answers).materials) for answers in which.combinations(guide)]
        assert sum(size < len(guide.materials) for size in sizes) > len(sizes) / 2, name


def leads_somewhere(guide: Guide) -> bool:
    """Whether the window serves the service at some site, or the guide is handled outside all sites."""
    if not guide.service and not guide.handler.window:
        return True
    return any(
        guide.service in window.services
        for site in COUNTY.sites
        for window in site.windows
        if window.id == guide.handler.window
    )


def test_ledgers_add_up():
    """CAT-10 and QLT-03a: no ledger has a fault, and the village accounts go line by line."""
    assert len(bodies(Ledger)) >= 5
    assert {item.id: ledgers.faults(item.body) for item in ITEMS.values() if isinstance(item.body, Ledger)} == {
        item.id: () for item in ITEMS.values() if isinstance(item.body, Ledger)
    }
    accounts = next(item for item in ITEMS.values() if item.id == "ls-zhang-202610").body
    assert isinstance(accounts, Ledger)
    assert len(accounts.rows) >= 25
    assert {row.level for row in accounts.rows} == {1, 2, 3}


def test_the_catalogue_is_covered():
    """There is enough of each kind, in all channels; the hall's six sections (CAT-12) all have content."""
    kinds = Counter(item.kind for item in ITEMS.values())
    others = sum(kinds[kind] for kind in ("notice", "document", "answer", "emergency"))
    assert others >= 14
    assert kinds["answer"] >= 4
    assert kinds["emergency"] == 1
    assert {item.body.status for item in ITEMS.values() if item.kind == "answer"} == {"done", "doing", "cannot"}
    assert {item.channel for item in ITEMS.values()} == {channel.id for channel in COUNTY.channels}
    assert {i.section for i in ITEMS.values() if i.channel == "qinghe" and i.section} == set(catalogue.sections)
    assert len({item.node for item in ITEMS.values()}) >= 20
    assert max(len(item.title) for item in ITEMS.values()) == 110


def test_public_notices_say_how_long_and_where_to_object():
    """CAT-21: a 公示 has an end and a feedback channel."""
    announced = [i for i in ITEMS.values() if isinstance(i.body, Notice) and i.body.public_notice]
    assert len(announced) >= 3
    assert all(item.shown_until and item.body.feedback for item in announced)


def test_documents_are_long_enough_to_read_and_are_explained():
    """CAT-26: each document has 1,500 to 4,000 characters and an explanation in plain words."""
    assert len(bodies(Document)) >= 2
    for document in bodies(Document):
        assert 1500 <= sum(len(block.text) for block in document.blocks) <= 4000
        assert {"h1", "h2", "p", "li"} == {block.style for block in document.blocks}
        assert document.explanation


def test_most_items_stay_on_screen_until_the_end_of_2027():
    """A demonstration started later than planned still has its content: at most three items end before 2027-12-31."""
    later = datetime(2027, 12, 31, tzinfo=NOON.tzinfo)
    ended: list[Item] = [item for item in ITEMS.values() if not is_due(item.shown_from, item.shown_until, later)]
    assert len(ended) <= 3


def test_every_fee_stands_on_the_fee_list() -> None:
    """HAL-13: nothing is asked for that the county's list does not have, with the same amount and place to pay."""
    known = fees.listed(next(item for item in ITEMS.values() if item.id == "qh-shoufei-mulu"))
    assert len(known) >= 5
    for guide in bodies(Guide):
        assert fees.refusal(fees.of_guide(guide), known) == ""
        if fees.of_guide(guide):
            assert fees.places(fees.of_guide(guide), known) == (guide.paying.place,)
