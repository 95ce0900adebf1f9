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


def test_an_older_device_shows_the_beginning_of_the_id() -> None:
    """Its visitors find their opinion too."""
    assert receipts.of_record("", "k3f72qxaopqrst") == "K3F72QXA"
    assert receipts.of_record("V05-0012", "k3f72qxaopqrst") == "V05-0012"
