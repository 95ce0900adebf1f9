"""One flipped byte in the tree or in the store: never shown, named, and the old edition stays."""

import shutil
import sqlite3
from subprocess import CompletedProcess

import pytest

from content_sync.storage.content import ContentStore
from deploy.demo.county import DemoCounty
from tests.system.conftest import demo_now, device
from tests.system.forked import forked

pytestmark = pytest.mark.process


def test_a_flipped_byte_in_the_tree_changes_nothing_on_the_device(county: DemoCounty) -> None:
    """A damaged signature or list of a new edition is refused by name; what a device can do without does no harm."""
    tree = county.server / "repo" / "qinghe"
    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    withdraw = ("withdraw", "qh-caigou", "--as", "publisher", "--reason", "写错了单位名称")
    county.processes.run("display-server", "--dir", str(county.server), *withdraw)
    fresh = [path for path in tree.rglob("*") if path.is_file() and path.read_bytes() != before.get(path)]
    assert {path.parent.name for path in fresh} == {"metadata", "targets", "packs"}
    refused = set()
    for number, path in enumerate(fresh):
        whole, other = path.read_bytes(), f"device-{number}"
        shutil.copytree(county.home(device), county.home(other))
        path.write_bytes(_flipped(whole))
        done = _command(county, other, "once")
        path.write_bytes(whole)
        told = (done.returncode, "qinghe" in done.stderr, _held(county, other))
        assert told in ((1, True, 1), (0, False, 2)), path
        if done.returncode:
            refused.add(path.name.removesuffix(".json").split(".")[-1])
        assert _command(county, other, "once").returncode == 0, path
        assert _held(county, other) == 2, path
        assert _command(county, other, "verify").returncode == 0, path
    assert refused == {"timestamp", "snapshot", "targets", "withdrawal", "withdrawn", "edition"}


def test_a_flipped_byte_in_the_store_is_never_shown_and_is_mended(county: DemoCounty) -> None:
    """A changed body is not given to a screen, `verify` names it and exits 1, the next sync fetches the whole text."""
    home = county.home(device)
    with sqlite3.connect(home / "content.db") as database:
        database.execute("UPDATE items SET body = replace(body, '40', '90') WHERE id = 'qh-sfz-buling'")
    content = ContentStore(home / "content.db", readonly=True)
    assert content.item("qh-sfz-buling", demo_now(county)) is None
    verify = _command(county, device, "verify", "--json")
    assert (verify.returncode, '"qh-sfz-buling"' in verify.stdout) == (1, True)
    assert _command(county, device, "once").returncode == 0
    assert _command(county, device, "verify").returncode == 0
    assert content.item("qh-sfz-buling", demo_now(county)) is not None


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def _held(county: DemoCounty, name: str) -> int:
    return ContentStore(county.home(name) / "content.db", readonly=True).held()["qinghe"].number


def _command(county: DemoCounty, name: str, *words: str) -> CompletedProcess[str]:
    return forked(("content-sync", "--dir", str(county.home(name)), *words), county.processes.environment)
