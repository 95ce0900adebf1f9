"""Killed at any moment of fetching attached files, a device has only whole ones, and goes on where it stopped."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from content_sync.pull.blobs import Blobs
from content_sync.storage.blobs import BlobFolder
from content_sync.storage.content import ContentStore
from tests.content_sync.attaching import attachment, body, file, put
from tests.content_sync.pull.test_blobs import Line
from tests.content_sync.world import County, HandClock

pytestmark = pytest.mark.process
_kills = 8
_files = [file(f"f{number}", 400_000 + number) for number in range(20)]
_fetching = """
import sys
from pathlib import Path
from content_sync.pull.blobs import Blobs
from content_sync.storage.content import ContentStore
from tests.content_sync.pull.test_blobs import Line
from tests.content_sync.world import HandClock
folder, repo = map(Path, sys.argv[1:])
files = Blobs(folder, Line(repo), HandClock(), free=lambda _: 1 << 40)
print("begun", flush=True)
files.step(ContentStore(folder / "content.db"), {})
"""


def test_a_killed_fetch_leaves_whole_files(tmp_path: Path) -> None:
    """Every file under its name is whole after each kill; what had come is not fetched again."""
    county, device = County(tmp_path, "qinghe"), tmp_path / "device"
    put(county, "qinghe", *_files)
    county.publish("qinghe", {f"i{n}": body(f"i{n}", data) for n, data in enumerate(_files)})
    texts = county.device(device)
    texts.step()
    texts.close()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    held, begun = set[str](), 0
    for kill in range(_kills):
        words = [sys.executable, "-c", _fetching, device, county.repo]
        with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"begun\n"
            try:
                child.wait(0.002 + 0.005 * kill)
            except subprocess.TimeoutExpired:
                child.kill()
        folder = BlobFolder(device)
        assert list(folder.odd()) == []
        assert held <= set(folder.held())
        held = set(folder.held())
        begun += any(part.stat().st_size for part in folder.coming.glob("*/*.part"))
    line = Line(county.repo)
    arrived = sum(path.stat().st_size for path in BlobFolder(device).coming.glob("*/*"))
    missing = sum(len(data) for data in _files if attachment(data).sha256 not in held)
    with closing(ContentStore(device / "content.db")) as store:
        assert Blobs(device, line, HandClock(county.clock.at), free=lambda _: 1 << 40).step(store, {}).sentence == ""
    assert line.sent == missing - arrived
    assert set(BlobFolder(device).held()) == {attachment(data).sha256 for data in _files}
