"""Killed at any moment, a device shows exactly one whole edition, and no ticket or record is half there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from tests.content_sync.world import start

pytestmark = pytest.mark.process
_kills = 12
_applying = """
import sys
from pathlib import Path
from tests.faults.test_kills import edition
from content_sync.storage.content import ContentStore
store = ContentStore(Path(sys.argv[1]))
store.follow(["qinghe"])
print("begun", flush=True)
while True:
    number = store.held()["qinghe"].number + 1
    store.apply(*edition(number), [f"gone-{number}"])
"""
_pressing = """
import sys
from itertools import count
from pathlib import Path
from content_sync.clock import SystemIds
from content_sync.domain.ids import spelled
from content_sync.storage.desk import Block, DeskStore
from tests.content_sync.world import start
desk, ids = DeskStore(Path(sys.argv[1])), SystemIds()
print("begun", flush=True)
while True:
    press = spelled(ids.random(10))
    desk.press(press, "id", 0, start)
    desk.take_leased(press, start, ids)
"""


def edition(number: int):  # type: ignore[no-untyped-def]  # the arguments of ContentStore.apply
    """Edition `number`: forty items that differ from every other edition's in text, one of them new."""
    from content_sync.domain.edition import Edition, root_of
    from tests.content_sync.world import bodies

    items = bodies(**{f"i{n}": f"第{number}期第{n}条" for n in range(40)}, **{f"new-{number}": "新"})
    return Edition("qinghe", number, start.isoformat(), len(items), root_of(items)), start.isoformat(), items


def _killed_after(program: str, path: Path, seconds: float) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, "-c", program, path], env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()


def test_a_killed_agent_leaves_one_whole_edition(tmp_path: Path) -> None:
    """After every kill the store is the edition it says it is, whole, searchable, and its number only grows."""
    path, before = tmp_path / "content.db", 0
    for kill in range(_kills):
        _killed_after(_applying, path, 0.05 + 0.013 * kill)
        store = ContentStore(path, readonly=True)
        number = store.held()["qinghe"].number
        assert number >= before
        titles = {row.title for row in store.rows(start)}
        expected = {f"第{number}期第{n}条" for n in range(40)} | {"新"}
        assert titles == (expected if number else set())
        store.close()
        store = ContentStore(path)
        assert store.verify().bad == ()
        store.close()
        before = number
    assert before > 0


def test_a_killed_screen_loses_and_doubles_no_number(tmp_path: Path) -> None:
    """Every number that left the block is in exactly one press and in exactly one record."""
    from content_sync.storage.desk import Block

    path = tmp_path / "desk.db"
    desk = DeskStore(path)
    desk.put_block(Block("b", "id", "A", "2027-03-01", 1, 99_000))
    for kill in range(4):
        _killed_after(_pressing, path, 0.05 + 0.017 * kill)
    records = desk.waiting_records(100_000)
    numbers = [record.body["number"] for record in records]
    assert numbers == [f"A{n:03d}" for n in range(1, 99_001 - desk.block_left("id", "2027-03-01"))]
    for record in records[-3:]:
        assert desk.pressed(str(record.body["press"])).number == record.body["number"]
    assert numbers


def test_a_killed_screen_goes_on_in_its_own_series(tmp_path: Path) -> None:
    """Killed again and again without a block or a server, the numbers go on one by one: none lost, none twice."""
    from content_sync.storage.desk import ServiceState

    path = tmp_path / "desk.db"
    desk = DeskStore(path)
    desk.put_services([ServiceState("id", "A", "身份证", True, 0, start.isoformat())])
    named = desk.desk_id()
    desk.put_series("K")
    for kill in range(4):
        _killed_after(_pressing, path, 0.05 + 0.017 * kill)
    numbers = [record.body["number"] for record in desk.waiting_records(100_000)]
    assert numbers == [f"AK{n:03d}" for n in range(1, len(numbers) + 1)]
    assert numbers
    assert (desk.desk_id(), desk.series()) == (named, "K")
