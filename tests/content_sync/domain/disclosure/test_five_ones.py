"""五个一 (GUI-02): what a procedure is to have, and what it lacks."""

from dataclasses import replace

import pytest

from content_sync.domain.disclosure import five_ones
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.items import Item
from tests.content_sync.attaching import attachment
from tests.kiosk import county


def _of(item: Item, public: str = "https://www.qinghe.example") -> dict[str, bool]:
    assert isinstance(item.body, Guide)
    return five_ones.held(item, item.body, public)


_whole = county.items()["qh-sfz-buling"][0]
_formed = replace(_whole, attachments=(attachment(b"form", use="form", name="申请表.jpg"),))


def test_a_procedure_without_a_sample_has_four_of_five() -> None:
    """The acceptance of GUI-02; a photo is no form."""
    photo = replace(_whole, attachments=(attachment(b"photo"),))
    for item in (_whole, photo):
        assert [name for name, has in _of(item).items() if not has] == ["sample"]
    assert all(_of(_formed).values())


@pytest.mark.parametrize("public", ["", "http://10.0.0.5", "http://localhost"])
def test_an_address_that_no_phone_reaches_is_no_platform(public: str) -> None:
    """QUE-02: only public addresses count, the county's or the item's own."""
    assert not _of(replace(_formed, link=""), public)["online"]
    assert _of(replace(_formed, link="https://zwfw.example.gov.cn/x"), public)["online"]


def test_a_guide_that_lacks_an_element_is_none() -> None:
    """指南 is one with all nine elements."""
    assert isinstance(_formed.body, Guide)
    assert not _of(replace(_formed, body=replace(_formed.body, bases=())))["guide"]
