"""Attachments in item bytes: old bytes stay as they were, liars are refused, what is newer harms nobody."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Attachment, Blob
from content_sync.domain.disclosure.lint import lint
from content_sync.domain.errors import BadInput
from content_sync.wire import canonical
from content_sync.wire.attachments import attached, named_blobs
from content_sync.wire.items import item_bytes, parse_item, read_item
from tests.content_sync.attaching import attachment, body, file
from tests.content_sync.making import item

_photo = attachment(file("photo"))
_plain = json.loads(body("n-1", file("photo")))


def _with(*attachments: object) -> bytes:
    return canonical.dump({**_plain, "attachments": list(attachments)})


def _changed(**changes: object) -> dict[str, object]:
    return {**_plain["attachments"][0], **changes}


def test_an_item_without_attachments_has_its_old_bytes() -> None:
    """The field is left out when it is empty, so no item that was published before has another hash now."""
    assert b"attachments" not in item_bytes(item())
    assert parse_item(item_bytes(item())).attachments == ()


def test_attachments_come_back_as_they_went() -> None:
    """Strict and device readings agree on them, and so does the quick look that no item is made for."""
    form = attachment(file("form"), type="application/pdf", use="form", name="申请表.pdf", pages=2)
    data = item_bytes(item(attachments=(_photo, form)))
    assert parse_item(data).attachments == read_item(data).attachments == attached(data) == (_photo, form)


_refused = {
    "a hash that climbs": (_changed(sha256="../" + "a" * 61), "64 lower-case"),
    "a hash in capitals": (_changed(sha256="A" * 64), "64 lower-case"),
    "a hash with a line break behind it": (_changed(sha256="a" * 64 + "\n"), "64 lower-case"),
    "no length": (_changed(length=0), "length"),
    "a length below nothing": (_changed(length=-1), "length"),
    "a length past all measure": (_changed(length=limits.blob_bytes_max + 1), "length"),
    "a type that nobody draws": (_changed(type="text/html"), "type is 'text/html'"),
    "a use that nobody knows": (_changed(use="wallpaper"), "use is 'wallpaper'"),
    "no name": (_changed(name=""), "name"),
    "a name of blanks": (_changed(name="  "), "name"),
    "a name that is turned around": (_changed(name="表\u202egpj.exe"), "name"),
    "a name of two lines": (_changed(name="一\n二"), "name"),
    "a name without end": (_changed(name="长" * 81), "name"),
    "a width below nothing": (_changed(width=-1), "measures"),
}


@pytest.mark.parametrize("story", _refused)
def test_an_odd_attachment_is_refused_by_an_author_and_passed_over_by_a_device(story: str) -> None:
    """Who writes must mend it; a device shows the item without it, because a newer server may mean something by it."""
    odd, sentence = _refused[story]
    data = _with(odd, *_plain["attachments"])
    with pytest.raises(BadInput, match=sentence):
        parse_item(data)
    assert read_item(data).attachments == attached(data) == (_photo,)


@pytest.mark.parametrize("odd", [7, "x", {}, {"sha256": []}, None, [[]]])
def test_a_list_that_is_none_harms_nobody(odd: object) -> None:
    """Whatever stands in the field, the text of the item is read."""
    data = canonical.dump({**_plain, "attachments": odd})
    assert read_item(data) == dataclasses.replace(item(), attachments=())
    assert attached(data) == ()


def test_an_item_has_a_bounded_number_of_files_and_bytes() -> None:
    """Too many, too much or one twice: refused by name; a device takes what fits and no more."""
    many = [_changed(sha256=f"{number:064x}") for number in range(limits.attachments_max + 1)]
    heavy = [_changed(sha256=f"{number:064x}", length=limits.blob_bytes_max) for number in range(5)]
    for rows, sentence, fits in (
        (many, "40 are allowed", 40),
        (heavy, "bytes together", 4),
        (many[:1] * 2, "twice", 1),
    ):
        with pytest.raises(BadInput, match=sentence):
            parse_item(_with(*rows))
        assert len(attached(_with(*rows))) == fits


def test_a_name_that_tells_of_a_person_is_found() -> None:
    """N-09 holds for the names of files too; a hash that looks like a telephone number is none."""
    number = "1380013" + "8000"
    named = attachment(file("x"), name=f"{number}的身份证.jpg")
    told = [finding.rule for finding in lint(item(attachments=(named,)), "county") if finding.blocking]
    assert told == ["N-09"]
    hashed = dataclasses.replace(_photo, sha256=number + "a" * 53)
    assert not [finding for finding in lint(item(attachments=(hashed,)), "county") if finding.rule == "N-09"]


def test_a_channel_names_each_file_once_in_the_order_of_its_items() -> None:
    """One photo in two items is one file; two lengths of one hash are two claims, of which one is a lie."""
    shared, other = file("shared"), file("other")
    lying = item_bytes(item(id="c", attachments=(attachment(shared, length=7),)))
    named = named_blobs([body("a", shared, other), body("b", shared), item_bytes(item()), lying])
    first = attachment(shared)
    assert named == (first.blob, attachment(other).blob, Blob(first.sha256, 7))


@given(st.text(max_size=60), st.sampled_from(['"attachments":[', '\\"attachments\\":[', "attachments"]))
def test_a_text_about_attachments_is_a_text(text: str, key: str) -> None:
    """Nobody smuggles a file in by writing in a title what the field looks like."""
    data = item_bytes(item(title=f"{text}{key}{{}}]"))
    assert attached(data) == ()


def test_a_file_of_every_item_of_a_large_channel_is_listed_quickly() -> None:
    """10,000 items with a file each: as many names, and no copy of any."""
    bodies = [body(f"i{number}", str(number).encode() * 20) for number in range(10_000)]
    assert len(named_blobs([*bodies, *bodies])) == 10_000


def test_other_bytes_are_no_item() -> None:
    """What cannot be read names nothing: whoever stores it is the one to refuse it."""
    for data in (b"", b'"attachments":[', b'{"attachments":[' * 100_000, b"\xff" + body("a", file("x"))):
        assert attached(data) == ()


def test_an_attachment_knows_its_bytes_and_whether_it_is_drawn() -> None:
    """Pictures are drawn; a PDF is not."""
    assert _photo.blob == Blob(_photo.sha256, 1_000)
    assert [Attachment("a" * 64, 1, kind, "x", "file").is_picture for kind in ("image/png", "application/pdf")] == [
        True,
        False,
    ]
