"""Killed at any moment, writing or taking a stick leaves what was there before or what was to come, whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from content_sync.storage.content import ContentStore
from tests.content_sync.sticks import Kiosk, enrolled, whole, write
from tests.content_sync.world import County, bodies

pytestmark = pytest.mark.process
_kills = 8
_writing = """
import sys
from pathlib import Path
from content_sync.bundle.writing import write_bundle
from tests.content_sync.world import start
out, repo = map(Path, sys.argv[1:])
print("begun", flush=True)
while True:
    write_bundle(out, repo, ["qinghe"], start, lambda *_: None)
"""
_taking = """
import sys
from datetime import datetime
from pathlib import Path
from content_sync.agent.sticks import import_stick
from tests.content_sync.world import HandClock
folder, stick, at, moment = sys.argv[1:]
begun = lambda *_: print("begun", flush=True)
marks = {"copying": (begun, lambda: None), "applying": (lambda *_: None, begun)}[moment]
import_stick(Path(folder), Path(stick), HandClock(datetime.fromisoformat(at)), *marks)
"""


def _killed_after(program: str, seconds: float, *arguments: object) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", program, *map(str, arguments)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()


@pytest.fixture
def county(tmp_path: Path) -> County:
    """One channel with forty items."""
    county = County(tmp_path / "county", "qinghe")
    _publish(county)
    return county


def _publish(county: County) -> None:
    number = county.numbers["qinghe"] + 1
    county.publish("qinghe", bodies(**{f"i{n}": f"第{number}期第{n}条" for n in range(40)}))


def test_a_killed_writer_leaves_a_whole_bundle(county: County, tmp_path: Path) -> None:
    """After the first bundle there is one at every moment; what a killed writer left unfinished goes with the next."""
    stick, root = tmp_path / "stick", county.publisher.directory_root()
    names = [write(county, stick).name]
    for kill in range(8 * _kills):
        if kill >= _kills and names[0] < names[-1]:
            break  # on a busy machine a writer needs longer to write one
        _killed_after(_writing, 0.01 + 0.017 * kill, stick, county.repo)
        names.append(whole(stick, root))
    assert names == sorted(names)
    assert names[0] < names[-1]
    last = write(county, stick).name
    assert [path.name for path in (stick / "gongkailan").iterdir()] == [last]


def test_a_killed_device_shows_one_whole_edition(county: County, tmp_path: Path) -> None:
    """After every kill the edition on screen is the one before or the one on the stick; the next import ends it."""
    stick, device, left = tmp_path / "stick", enrolled(county, tmp_path / "k1"), 0
    write(county, stick)
    device.take(stick)
    for kill in range(_kills):
        before = _edition(device)
        _publish(county)
        write(county, stick)
        moment, seconds = ("copying", "applying")[kill % 2], 0.004 * (kill // 2)
        _killed_after(_taking, seconds, device.folder, stick, county.clock.now().isoformat(), moment)
        left += (device.folder / "stick").exists()
        now = _edition(device)
        assert now in (before, before + 1)
        assert device.take(stick).channels == {"qinghe": (now, before + 1)}
        assert not (device.folder / "stick").exists()
    assert left, "every kill came too late to leave anything"


def _edition(device: Kiosk) -> int:
    """The edition on screen; every item is its own, findable and sound."""
    store = ContentStore(device.folder / "content.db")
    number = store.held()["qinghe"].number
    assert store.verify().bad == ()
    assert {row.title for row in store.rows(device.clock.now())} == {f"第{number}期第{n}条" for n in range(40)}
    store.close()
    return number
