"""Item bytes: one value, one form, and nothing unknown is let in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.errors import BadInput
from content_sync.wire import canonical
from content_sync.wire.items import item_bytes, parse_item
from tests.content_sync.making import complete_guide, document, item, small_ledger

_plain = json.loads(item_bytes(item()))
_block = {"style": "p", "text": "每户600元。"}


def test_every_kind_comes_back_as_it_went() -> None:
    """Parsing the canonical bytes of an item gives the same item."""
    kinds = (item(), document(), item(kind="guide", body=complete_guide), item(kind="ledger", body=small_ledger))
    assert [parse_item(item_bytes(one)) for one in kinds] == list(kinds)


@given(st.text(max_size=40), st.text(max_size=40))
def test_equal_items_have_equal_bytes(title: str, summary: str) -> None:
    """Bytes are stable: parsing and writing again changes nothing, whatever the text (promise 4)."""
    data = item_bytes(item(title=title, summary=summary))
    assert item_bytes(parse_item(data)) == data


_refused = {
    "an unknown field": ({**_plain, "colour": "red"}, "colour"),
    "a missing field": ({k: v for k, v in _plain.items() if k != "node"}, "node"),
    "an unknown kind": ({**_plain, "kind": "poem"}, "kind"),
    "a kind that is a list": ({**_plain, "kind": []}, "kind"),
    "a higher schema": ({**_plain, "schema": 2}, "schema"),
    "an id that climbs": ({**_plain, "id": "../x"}, "not usable as an id"),
    "an id of 41 characters": ({**_plain, "id": "a" * 41}, "not usable as an id"),
    "a number for a title": ({**_plain, "title": 7}, "title"),
    "true for a number": ({**_plain, "version": True}, "version"),
    "a date that is none": ({**_plain, "dated": "2026-02-30"}, "date"),
    "a date in another spelling": ({**_plain, "dated": "20261120"}, "not written as"),
    "a week for a date": ({**_plain, "dated": "2026-W48-1"}, "not written as"),
    "an end that no clock of the place can tell": ({**_plain, "shown_until": "9999-12-31T23:59:59-12:00"}, "date"),
    "a beginning before all calendars": ({**_plain, "shown_from": "0001-01-01T00:00:00+14:00"}, "date"),
    "a beginning before the place had one time": ({**_plain, "shown_from": "1900-12-31T00:00:00+08:00"}, "before 1901"),
    "an instant without a zone": ({**_plain, "shown_from": "2026-11-20T00:00:00"}, "time zone"),
    "a body of another kind": ({**_plain, "body": {"handler": {"name": "x"}}}, "body"),
    "a block of another style": (
        {**_plain, "body": {"blocks": [_block, {**_block, "style": "x"}]}},
        r"n-1\.body\.blocks\[1\]\.style is 'x'",
    ),
    "a text that is none": ({**_plain, "topics": ["a", "b", 7]}, r"n-1\.topics\[2\] is int, not str"),
    "a text without end": ({**_plain, "source": "满" * 60_001}, r"n-1\.source has 60001 characters"),
    "a list without end": ({**_plain, "topics": ["a"] * 3_001}, r"n-1\.topics has 3001 entries"),
    "no body": ({k: v for k, v in _plain.items() if k != "body"}, "body"),
    "a list": ([], "schema"),
}


@pytest.mark.parametrize("story", _refused)
def test_what_is_not_an_item_is_refused_by_its_place(story: str) -> None:
    """Each refusal names the place that is wrong."""
    value, place = _refused[story]
    with pytest.raises(BadInput, match=place):
        parse_item(canonical.dump(value))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"a":1.5}',
        b'{"a":NaN}',
        b'{"a":1,"a":2}',
        json.dumps(_plain, indent=1).encode(),
    ],
)
def test_bytes_that_are_not_canonical_json_are_refused(data: bytes) -> None:
    """Broken, deep, fractional, doubled or merely re-spaced JSON is refused, never half read."""
    with pytest.raises(BadInput):
        parse_item(data)
