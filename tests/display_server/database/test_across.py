"""Between processes, too, nobody writes twice while another waits."""

import fcntl
import os
import threading
from contextlib import closing
from pathlib import Path

from display_server.database.across import Across


def _somebody_waits(folder: Path) -> bool:
    file = os.open(folder / "writers.next", os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def test_who_has_just_written_stands_behind_who_waits(tmp_path: Path) -> None:
    """The busy one gives its turn back and wants it again in the same breath: the other one is first."""
    order: list[str] = []
    with closing(Across(tmp_path)) as busy, closing(Across(tmp_path)) as other:

        def write() -> None:
            with other.turn():
                order.append("other")

        command = threading.Thread(target=write)
        with busy.turn():
            command.start()
            while not _somebody_waits(tmp_path):
                threading.Event().wait(0.001)
        with busy.turn():
            order.append("busy")
        command.join()
    assert order == ["other", "busy"]


def test_a_turn_that_fails_is_given_back(tmp_path: Path) -> None:
    """An error inside leaves nothing locked, and closed locks open again."""
    across = Across(tmp_path)
    for _ in range(2):
        try:
            with across.turn():
                raise OSError("full")
        except OSError:
            across.close()
    with across.turn():
        assert not _somebody_waits(tmp_path)
    across.close()
