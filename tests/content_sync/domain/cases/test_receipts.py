"""A receipt is found again however it was copied down."""

import pytest

from content_sync.domain.cases import receipts
from content_sync.domain.errors import BadInput


@pytest.mark.parametrize("text", ["V05-0012", "v05 0012", " V050012 ", "V05·0012"])
def test_spaces_lines_and_case_do_not_matter(text: str) -> None:
    """People copy it by hand."""
    assert receipts.folded(text) == "V050012"


@pytest.mark.parametrize("text", ["", "V05", "V05_0012", "回执0012", "A" * 40, "V05%0012"])
def test_what_is_no_receipt(text: str) -> None:
    """It is said at once, before anybody looks it up."""
    with pytest.raises(BadInput):
        receipts.folded(text)
