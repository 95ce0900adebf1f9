"""Which refused records wait again (promise 10)."""

import pytest

from content_sync.domain.errors import BadInput
from content_sync.domain.records import waiting_again
from content_sync.wire.records import record_from_plain


def test_what_an_older_server_did_not_know_waits_again_once_a_day() -> None:
    """A server says so in its own words; what it refused for another reason never waits again."""
    with pytest.raises(BadInput) as said:
        record_from_plain({"id": "r1", "kind": "holo", "device": "k1", "made_at": "x", "body": {}})
    refused = {"r1": str(said.value), "r2": "A record has at most 4096 bytes.", "r3": "?"}
    assert waiting_again(refused, "", "2026-11-26") == ("r1",)
    assert waiting_again(refused, "2026-11-25", "2026-11-26") == ("r1",)
    assert waiting_again(refused, "2026-11-26", "2026-11-26") == ()
