"""A sealed picture is shown as it was attached, or not at all, and the sentence says which it was."""

import hashlib
from types import SimpleNamespace
from typing import Any

import pytest

from content_sync.domain.errors import Refused
from content_sync.wire import boxes
from content_sync.wire.sealed import public_half
from display_server.config import Config
from display_server.desk import sealed_pictures

_seed, _picture = bytes(range(32)), b"\x89PNG a picture"


def _row(data: bytes, sealed: bytes | None = None) -> Any:
    public = public_half(_seed)
    return SimpleNamespace(sealed=sealed or boxes.seal_bytes(data, public), hash=hashlib.sha256(_picture).hexdigest())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (None, "没有这一页。"),
        (_row(_picture, b"not a box"), "这一页打不开：可能已损坏，请重新附上。"),
        (_row(b"\x89PNG another"), "这一页和附上的时候不一样了：请联系系统管理员。"),
    ],
    ids=["taken back", "damaged", "exchanged"],
)
def test_what_is_not_as_it_was_attached_is_not_shown(config: Config, row: Any, said: str) -> None:
    """Damage is never shown as an empty picture; an exchange together with its hash is found by `check`, by the log."""
    config.records_key.parent.mkdir(parents=True, exist_ok=True)
    config.records_key.write_bytes(_seed)
    assert sealed_pictures.opened(config, _row(_picture), "这一页") == _picture
    with pytest.raises(Refused, match=said):
        sealed_pictures.opened(config, row, "这一页")
