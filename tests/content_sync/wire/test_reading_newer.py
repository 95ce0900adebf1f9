"""A device reads what a newer server signed: as much as it can, and never something else (OFF-05)."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.county import County
from content_sync.domain.disclosure import partly
from content_sync.domain.disclosure.items import Document
from content_sync.domain.edition import Edition
from content_sync.domain.errors import BadInput, Outdated
from content_sync.storage.words import body_text
from content_sync.wire import canonical
from content_sync.wire.county import county_bytes, parse_county, read_county
from content_sync.wire.editions import Manifest, edition_custom, pack_items, parse_custom, parse_manifest, unpack_items
from content_sync.wire.items import item_bytes, parse_item, read_item
from tests.content_sync.making import complete_guide, document, item, small_ledger

_kinds = (item(), document(), item(kind="guide", body=complete_guide), item(kind="ledger", body=small_ledger))
_plain = json.loads(item_bytes(item()))
_edition = Edition("qinghe", 3, "2027-03-01T09:00:00+08:00", 2, "0" * 64)


def _texts(body: object) -> list[str]:
    """The paragraphs of the document that a device shows for such an item, without the remark before them."""
    read = read_item(canonical.dump({**_plain, "kind": "poem", "body": body}))
    assert isinstance(read.body, Document)
    assert read.body.blocks[0].text == partly.told
    return [block.text for block in read.body.blocks[1:]]


def test_what_this_program_wrote_is_read_the_same() -> None:
    """For items of today's kinds the device's reading and the strict one are the same item."""
    assert [read_item(item_bytes(one)) for one in _kinds] == list(_kinds)


def test_unknown_fields_are_passed_over() -> None:
    """A field more in the item, its body or a block changes nothing that is drawn, and strict readers name it."""
    newer = {**_plain, "colour": {"of": ["red"]}, "body": {**_plain["body"], "sound": "bell"}}
    newer["body"]["blocks"] = [{**block, "weight": 2} for block in _plain["body"]["blocks"]]
    data = canonical.dump(newer)
    assert read_item(data) == item()
    with pytest.raises(BadInput, match="unknown fields: sound"):
        parse_item(data)


_newer = {
    "an unknown kind": {"kind": "poem"},
    "a higher schema": {"schema": 2},
    "a body that lacks what its kind had": {"body": {"verses": [{"style": "p", "text": "每户600元。"}]}},
    "a block of a new style": {"body": {"blocks": [{"style": "quote", "text": "每户600元。"}]}},
    "a body that is a list": {"body": ["每户600元。"]},
}


@pytest.mark.parametrize("story", _newer)
def test_what_cannot_be_read_is_a_document_of_its_text(story: str) -> None:
    """Title and dates stay; the body is a document that says it is not the whole and holds the text of the body."""
    read = read_item(canonical.dump({**_plain, **_newer[story]}))
    assert (read.kind, read.title, read.shown_from) == ("document", item().title, item().shown_from)
    assert isinstance(read.body, Document)
    assert [block.text for block in read.body.blocks] == [partly.told, "每户600元。"]
    assert body_text(read) == "每户600元。"  # the remark is not searched
    with pytest.raises(BadInput):
        parse_item(canonical.dump({**_plain, **_newer[story]}))


def test_the_text_comes_in_order_without_code_words_and_bare_numbers() -> None:
    """Texts stand as in the bytes; ids, code words, hashes and numbers without a unit would only mislead."""
    body = {
        "a": [{"style": "h1", "text": "一、范围"}, ["甲", ["乙"]], 4_000, None, True],
        "b": {"id": "甲-1", "kind": "red", "hash": "0f" * 32, "phone": "0000-1234567", "say": "Open 9-17"},
        "c": " ",
    }
    assert _texts(body) == ["一、范围", "甲", "乙", "0000-1234567", "Open 9-17"]
    assert _texts(7) == []


def test_no_text_is_lost_and_no_screen_is_flooded() -> None:
    """Ten thousand short texts become as many blocks as a screen can hold, with every word in them."""
    words = [f"第{n}条" for n in range(10_000)]
    blocks = _texts({"articles": words})
    assert len(blocks) < limits.blocks_max
    assert " ".join(blocks).split(" ") == words


_deep = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=4), part, max_size=4),
)


@given(_deep, st.sampled_from(["notice", "guide", "ledger", "poem"]), st.integers(1, 3))
def test_any_body_can_be_read(body: object, kind: str, schema: int) -> None:
    """Whatever a newer body holds, a device shows something and never stumbles."""
    data = canonical.dump({**_plain, "kind": kind, "body": body, "schema": schema})
    assert read_item(data).id == "n-1"


_no_items = {
    "no id": ("id", "not usable as an id"),
    "no title": ("title", "lacks title"),
    "no channel": ("channel", "lacks channel"),
    "no beginning": ("shown_from", "lacks shown_from"),
    "no kind": ("kind", "lacks its kind"),
    "no body": ("body", "lacks its kind or its body"),
}


@pytest.mark.parametrize("story", _no_items)
def test_what_every_item_has_is_demanded(story: str) -> None:
    """Without what every item must have there is nothing to show, also when a newer program says so."""
    lacking, sentence = _no_items[story]
    plain = {name: value for name, value in _plain.items() if name != lacking}
    for more in ({}, {"schema": 2}):
        with pytest.raises(BadInput, match=sentence):
            read_item(canonical.dump({**plain, **more}))


@pytest.mark.parametrize(
    "change", [{"openness": "secret"}, {"visibility": "hall"}, {"shown_until": "soon"}, {"schema": 0}, {"schema": "2"}]
)
def test_an_unknown_limit_on_showing_is_not_guessed(change: dict[str, object]) -> None:
    """Who may see an item, and until when, is understood or the item is refused."""
    with pytest.raises(BadInput):
        read_item(canonical.dump({**_plain, **change}))


def test_a_new_timing_is_the_offices_own_matter() -> None:
    """When an office must publish again is drawn on no screen, so an unknown timing hides nothing."""
    assert read_item(canonical.dump({**_plain, "timing": "hourly"})) == item()


def test_canonical_form_is_demanded_of_newer_items_too() -> None:
    """The same newer item in other bytes is refused: bytes are hashed, so a value has one form."""
    with pytest.raises(BadInput, match="canonical form"):
        read_item(json.dumps({**_plain, "kind": "poem"}, indent=1).encode())


def test_a_pack_of_newer_items_keeps_every_byte() -> None:
    """A device stores what was signed, unknown parts and all."""
    bodies = {
        "n-1": canonical.dump({**_plain, "colour": "red"}),
        "n-2": canonical.dump({**_plain, "id": "n-2", "kind": "x"}),
    }
    assert unpack_items(*pack_items(1, bodies), "qinghe") == bodies


def test_an_edition_may_say_more_than_this_program_knows() -> None:
    """Unknown fields of the signed edition, its manifest and the county are passed over."""
    assert parse_custom("qinghe", {**edition_custom(_edition), "weather": "fine"}) == _edition
    pack, _ = pack_items(1, {})
    manifest = {"base": {**dataclasses.asdict(pack), "dictionary": "x"}, "later": []}
    assert parse_manifest(canonical.dump(manifest), 1) == Manifest(pack)
    county = County("清河县", "", (), (), ())
    newer = canonical.dump({**canonical.load(county_bytes(county), "county"), "anthem": "x"})
    assert read_county(newer) == county
    with pytest.raises(BadInput, match="anthem"):
        parse_county(newer)


def test_an_edition_names_the_reader_it_needs() -> None:
    """A higher reader is refused before anything else of the edition is read; 1 is not written at all."""
    assert "reader" not in edition_custom(_edition)
    assert parse_custom("qinghe", {**edition_custom(_edition), "reader": 1}) == _edition
    for newer in ({**edition_custom(_edition), "reader": 2}, {"reader": 7, "number": "eight"}):
        with pytest.raises(Outdated, match="update the device's program"):
            parse_custom("qinghe", newer)
    for odd in (0, True, "2", None):
        with pytest.raises(BadInput, match="reader"):
            parse_custom("qinghe", {**edition_custom(_edition), "reader": odd})
