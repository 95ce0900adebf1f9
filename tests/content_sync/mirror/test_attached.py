"""A relay's copy of attached files: after the texts, the named ones only, and gone with what named them."""

from pathlib import Path

import pytest

from content_sync.pull.blobs import Blobs
from tests.content_sync.attaching import attachment, body, file, put
from tests.content_sync.mirror.test_mirror import Relay
from tests.content_sync.world import County, HandClock

_photo, _other = file("photo"), file("other", 300_000)


@pytest.fixture
def relay(tmp_path: Path) -> Relay:
    """A relay that took nothing yet, below a county whose channel has two items with files."""
    county = County(tmp_path / "county", "qinghe", "liuhe")
    put(county, "qinghe", _photo, _other)
    county.publish("qinghe", {"a": body("a", _photo), "b": body("b", _other)})
    return Relay(tmp_path, county)


def _names(relay: Relay) -> set[str]:
    folder = relay.repo / "qinghe" / "blobs"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _hashes(*files: bytes) -> set[str]:
    return {attachment(data).sha256 for data in files}


def test_files_follow_the_texts(relay: Relay, tmp_path: Path) -> None:
    """While no file can be had readers have the texts; then every file is here, byte for byte, and asked for once."""
    relay.line.cut = "/blobs/"
    assert "qinghe" in relay.round().changed
    assert _names(relay) == set()
    relay.line.cut = ""
    assert relay.round().failures == {}
    assert _names(relay) == _hashes(_photo, _other)
    asked = len([path for path in relay.line.asked if "/blobs/" in path])
    relay.round()
    assert len([path for path in relay.line.asked if "/blobs/" in path]) == asked
    below = County.__new__(County)
    below.__dict__.update(relay.county.__dict__, repo=relay.repo)
    device = below.device(tmp_path / "device")
    device.step()
    files = Blobs(tmp_path / "device", relay.line, HandClock(relay.county.clock.at), free=lambda _: 1 << 40)
    assert files.step(device.store, {}).fetched == 2


def test_a_lie_is_not_passed_on(relay: Relay) -> None:
    """Another file under the hash is told and not taken; the others come."""
    put(relay.county, "qinghe", _photo).write_bytes(_photo[:-1] + b"?")
    assert attachment(_photo).sha256 in relay.round().failures["qinghe"]
    assert _names(relay) == _hashes(_other)
    put(relay.county, "qinghe", _photo)
    assert relay.round().failures == {}
    assert _names(relay) == _hashes(_photo, _other)


def test_a_withdrawn_file_is_gone_before_the_new_texts_are_here(relay: Relay) -> None:
    """The withdrawal waits for no pack, and its file goes with it; the other one stays."""
    relay.round()
    relay.county.publish("qinghe", {"b": body("b", _other)}, ("a",))
    relay.line.cut = "/packs/"
    relay.round()
    assert _names(relay) == _hashes(_other)


def test_a_file_that_rotted_is_mended_by_a_thorough_look(relay: Relay) -> None:
    """And an edit that drops a file drops it here."""
    relay.round()
    (relay.repo / "qinghe" / "blobs" / attachment(_photo).sha256).write_bytes(_photo[:-1] + b"?")
    assert relay.round(thorough=True).failures == {}
    assert (relay.repo / "qinghe" / "blobs" / attachment(_photo).sha256).read_bytes() == _photo
    relay.county.publish("qinghe", {"a": body("a"), "b": body("b", _other)})
    relay.round()
    assert _names(relay) == _hashes(_other)
