"""Claims: said by the visitor, checked by the clerk."""

import pytest

from content_sync.domain.errors import BadInput
from content_sync.domain.hall.claims import checked_claim, claims, known_claim, refusal


def test_every_claim_is_itself_and_a_soldier_counts_with_veterans() -> None:
    """The four reasons stand for themselves; who still serves goes first as who once did."""
    assert [checked_claim(claim) for claim in claims] == list(claims)
    assert known_claim("soldier") == checked_claim("soldier") == "veteran"


@pytest.mark.parametrize("said", ["vip", "Elder", " elder", "1", 1, None, ["elder"]])
def test_a_made_up_reason_is_none(said: object) -> None:
    """An invented reason is refused where it can be said again, and counts for nothing on a printed ticket."""
    with pytest.raises(BadInput, match="elder, disabled, pregnant, veteran"):
        checked_claim(said)
    assert known_claim(str(said)) == ""


def test_no_claim_is_no_mistake() -> None:
    """Most people claim nothing."""
    assert checked_claim("") == known_claim("") == ""


def test_the_refusal_is_kind_and_true() -> None:
    """The sentence names the number and says that nobody queues again."""
    assert "A012" in refusal("A012")
    assert "不用重新取号" in refusal("A012")
