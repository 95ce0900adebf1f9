"""A second language of an item: travels in the signed body, is asked for where it matters, never blocks."""

from dataclasses import replace

from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Second, second_of
from content_sync.domain.disclosure.lint import second_findings
from content_sync.wire import canonical
from content_sync.wire.items import item_bytes, parse_item, read_item
from tests.kiosk import county

_guide = county.items()["qh-dibao"][0]
_document = county.items()["qh-nuan-butie"][0]
_english = Second("en", "Minimum allowance", "Who may ask.", (Block("p", "Bring your papers."),))


def test_a_translation_travels_in_the_signed_body() -> None:
    """What the office wrote is what every device reads, and what is reviewed and hashed."""
    item = replace(_guide, second=(_english,))
    assert parse_item(item_bytes(item)) == read_item(item_bytes(item)) == item
    assert second_of(item, "en") == _english
    assert second_of(item, "mn") is None


def test_items_without_one_keep_their_bytes() -> None:
    """Nothing that was signed before changes its hash."""
    assert b"second" not in item_bytes(_guide)


def test_a_translation_from_a_newer_program_is_passed_over_field_by_field() -> None:
    """A device reads what it knows of it (decision 0010)."""
    plain = canonical.load(item_bytes(replace(_guide, second=(_english,))), "item")
    plain["second"][0]["spoken_by"] = "somebody"
    assert second_of(read_item(canonical.dump(plain)), "en") == _english


def test_what_people_act_on_is_asked_for_in_the_languages_of_the_halls() -> None:
    """A guide lacks Mongolian and is told so, without blocking; a document is not important enough."""
    (finding,) = second_findings(_guide, ("mn",))
    assert (finding.rule, finding.blocking) == ("LNG-01", False)
    assert "蒙古文" in finding.message
    assert second_findings(_document, ("mn",)) == ()
    assert second_findings(replace(_document, topics=("hot",)), ("mn",)) != ()


def test_a_hall_of_one_language_asks_for_nothing() -> None:
    """And neither does one whose language is there."""
    assert second_findings(_guide, ()) == ()
    assert second_findings(replace(_guide, second=(_english,)), ("en",)) == ()
