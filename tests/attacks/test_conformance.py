"""The conformance client keeps the suite's contract: a process of its own against a real HTTP server on 127.0.0.1."""

import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from content_sync.clock import place
from tests.attacks.forging import Forger
from tests.attacks.mirror import Mirror
from tests.content_sync.world import County, HandClock, bodies

pytestmark = pytest.mark.process
_program = Path(__file__).with_name("conformance.py")


class Client:
    """One client: its metadata and its downloads."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.metadata, self.downloads = folder / "metadata", folder / "downloads"
        self.metadata.mkdir()
        self.downloads.mkdir()

    def run(self, *words: str) -> tuple[int, str]:
        """Exit code and stderr of one run."""
        options = ["--metadata-dir", str(self.metadata), "--metadata-url", f"{self.address}/metadata/"]
        done = subprocess.run(
            [sys.executable, str(_program), *options, *words], capture_output=True, text=True, check=False, timeout=60
        )
        return done.returncode, done.stderr

    def download(self, *names: str) -> tuple[int, str]:
        wanted = [word for name in names for word in ("--target-name", name)]
        targets = ["--target-base-url", f"{self.address}/targets/", "--target-dir", str(self.downloads)]
        return self.run(*wanted, *targets, "download")


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A county of today, as the program has no other clock."""
    county = County(tmp_path, "qinghe", clock=HandClock(datetime.now(place)))
    county.publish("qinghe", bodies(a="冬季取暖补贴"))
    return county


def test_the_contract(county: County, tmp_path: Path) -> None:
    """Init asks nobody, refresh keeps unversioned metadata, download takes targets; what is not there is exit 1."""
    with Mirror(county.repo) as mirror:
        client = Client(tmp_path, f"{mirror.address}/repo/qinghe")
        assert client.run("init", str(county.repo / "qinghe" / "metadata" / "1.root.json")) == (0, "")
        assert mirror.asked == []
        assert client.run("refresh") == (0, "")
        names = {"root.json", "timestamp.json", "snapshot.json", "targets.json"}
        assert {path.name for path in client.metadata.glob("*.json")} == names
        assert client.download("edition", "withdrawn.json") == (0, "")
        assert {path.name for path in client.downloads.iterdir()} == {"edition", "withdrawn.json"}
        assert client.download("absent")[0] == 1
    code, sentence = client.run("refresh")
    assert (code, "does not answer" in sentence) == (1, True)


def test_the_refusals(county: County, tmp_path: Path) -> None:
    """A swapped file, a rollback and a forged root are exit 1 with a sentence, and nothing of them is taken."""
    tree = county.repo / "qinghe"
    shutil.copytree(tree, tmp_path / "old")
    county.publish("qinghe", bodies(b="春季造林"))
    with Mirror(county.repo) as mirror:
        client = Client(tmp_path, f"{mirror.address}/repo/qinghe")
        client.run("init", str(tree / "metadata" / "1.root.json"))
        edition = max((tree / "targets").glob("*.edition"), key=lambda path: path.stat().st_mtime_ns)
        edition.write_bytes(b"x" * edition.stat().st_size)
        code, sentence = client.download("edition")
        assert (code, "not what its publisher signed" in sentence) == (1, True)
        assert list(client.downloads.iterdir()) == []
        shutil.rmtree(tree)
        shutil.copytree(tmp_path / "old", tree)
        code, sentence = client.run("refresh")
        assert (code, "New timestamp version" in sentence) == (1, True)
        Forger(tree, tmp_path / "keys" / "qinghe").edit("root", lambda _: None, "root-1")
        code, sentence = client.run("refresh")
        assert (code, "1/2 keys" in sentence) == (1, True)
