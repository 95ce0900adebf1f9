"""A photo from an editor's disk to a device's, and away again: real server, real agent."""

import hashlib
from pathlib import Path

import pytest

from content_sync import assets
from content_sync.storage.content import ContentStore
from deploy.demo.county import DemoCounty
from tests.display_server.pictures import photo
from tests.system.conftest import demo_now, device

pytestmark = pytest.mark.process


def _shell(county: DemoCounty, *words: str) -> None:
    county.processes.run("display-server", "--dir", str(county.server), *words)


def _published(county: DemoCounty) -> None:
    for act, who in (("submit", "editor"), ("approve", "reviewer"), ("approve", "secrecy"), ("publish", "publisher")):
        _shell(county, act, "qinghe", "--as", who)


def _blobs(county: DemoCounty) -> dict[str, int]:
    status = county.processes.ask("content-sync", "--dir", str(county.home(device)), "status", "--json")
    return dict(status["blobs"])


def test_a_photo_comes_and_goes(county: DemoCounty, tmp_path: Path) -> None:
    """Attached, published, fetched and verified by the running agent; withdrawn, it leaves server and device."""
    item, file = "qh-caigou", tmp_path / "IMG_1.jpg"
    file.write_bytes(photo((400, 300)))
    words = ("attach", item, str(file), "--as", "editor", "--name", "开标现场", "--json")
    made = county.processes.ask("display-server", "--dir", str(county.server), *words)
    county.start_agent(device)
    _published(county)
    place = county.home(device) / "blobs" / made["sha256"]
    county.processes.wait_for("the photo", place.exists)
    assert hashlib.sha256(place.read_bytes()).hexdigest() == made["sha256"]
    store = ContentStore(county.home(device) / "content.db", readonly=True)
    assert store.attached(item, made["sha256"], demo_now(county)) == place
    county.processes.wait_for("the forms of the demonstration too", lambda: _blobs(county)["wanted"] == 0)
    held = _blobs(county)
    assert held["named"] == held["held"] == 1 + len(list(assets.path("demo").glob("forms/*.png")))
    _shell(county, "withdraw", item, "--as", "publisher", "--reason", "拍到了人")
    assert not (county.server / "repo" / "qinghe" / "blobs" / made["sha256"]).exists()
    county.processes.wait_for("its end", lambda: not place.exists())
    assert store.attached(item, made["sha256"], demo_now(county)) is None
    _shell(county, "check")
