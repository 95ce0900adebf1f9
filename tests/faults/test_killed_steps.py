"""kill -9 in the middle of steps from edition to edition: what is found is one whole edition, every time."""

import os
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes
from tests.content_sync.world import start
from tests.faults import stepping

pytestmark = pytest.mark.process
_kills = 6


def killed(folder: Path, seconds: float) -> None:
    """Let the device step for so long, counted from its first word, and kill it."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "tests.faults.stepping", str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip().isdigit()
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
        else:
            pytest.fail("the device ended by itself")


def whole_edition(folder: Path) -> int:
    """The number of the edition that the store holds, after looking at every byte of it."""
    with closing(ContentStore(folder / "device" / "content.db", readonly=True)) as store:
        number = store.held()["qinghe"].number if store.held() else 0
        found = {row.id: store.item(row.id, start) for row in store.rows(start)}
        assert all(found.values())
        held = {name: item_bytes(one[0]) for name, one in found.items() if one is not None}
        assert held == (stepping.texts(number) if number else {})
        assert store.verify().bad == ()
    return number


def test_a_killed_step_leaves_one_whole_edition(tmp_path: Path) -> None:
    """Deltas, base packs, metadata and search: whatever was being written, it is all there or not at all."""
    chance = random.Random(7)
    stepping.build(tmp_path)
    found = set()
    for _ in range(_kills):
        killed(tmp_path, chance.uniform(0.01, 0.5))
        found.add(whole_edition(tmp_path))
    assert found - {0}
