"""Guides: nine elements, and only what a situation needs."""

from dataclasses import replace

import pytest

from content_sync.domain.disclosure.guides import Handler, Material, materials_for, missing_elements
from tests.content_sync.making import complete_guide

_nothing = {
    "办理主体": {"handler": Handler("")},
    "办理依据": {"bases": ()},
    "办理条件": {"conditions": ()},
    "办理程序": {"steps": ()},
    "办理时限": {"limits": ()},
    "办事结果": {"result": ""},
    "收费依据": {"fee_bases": ()},
    "收费标准": {"fees": ()},
    "监督渠道": {"supervision": ()},
}


def test_a_complete_guide_lacks_nothing() -> None:
    """A guide with its nine elements has none missing (GUI-01)."""
    assert missing_elements(complete_guide) == ()


@pytest.mark.parametrize("name", _nothing)
def test_each_of_the_nine_elements_is_named_when_it_is_missing(name: str) -> None:
    """A guide that lacks one element names exactly that one."""
    assert missing_elements(replace(complete_guide, **_nothing[name])) == (name,)


def test_no_fee_is_said_explicitly() -> None:
    """An explicit “no fee” stands for fee basis and fee standard; silence does not."""
    assert missing_elements(replace(complete_guide, free=True, fees=(), fee_bases=())) == ()
    assert missing_elements(replace(complete_guide, fees=(), fee_bases=())) == ("收费依据", "收费标准")


def test_a_situation_shows_only_its_own_materials() -> None:
    """Materials of another situation are left out; those of every situation stay."""
    always, lost = Material("户口簿"), Material("挂失说明", situations=("lost",))
    guide = replace(complete_guide, materials=(always, lost))
    assert materials_for(guide, "lost") == (always, lost)
    assert materials_for(guide, "expired") == (always,)
    assert materials_for(guide, "") == (always, lost)
