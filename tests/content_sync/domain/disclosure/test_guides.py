"""Guides: nine elements."""

from dataclasses import replace

import pytest

from content_sync.domain.disclosure.guides import Handler, missing_elements
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
