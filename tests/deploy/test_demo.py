"""What the demonstration leaves behind: nothing that runs, and nobody else's folder touched."""

import os
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.demo import place
from deploy.demo.processes import DemoError

_patience_seconds = 60
_left_to_the_system_megabytes = 1_000


def test_a_folder_is_emptied_and_has_one_owner(tmp_path: Path) -> None:
    """What an earlier run left is gone; a second demonstration is refused and leaves the first one's files alone."""
    folder = tmp_path / "county" / "hall"
    (folder / "server").mkdir(parents=True)
    with place.own(folder) as mine:
        assert list(mine.iterdir()) == []
        (mine / "server.log").touch()
        with pytest.raises(DemoError, match="another demonstration"), place.own(folder):
            pass
        assert [path.name for path in mine.iterdir()] == ["server.log"]
    with place.own(folder):
        assert list(folder.iterdir()) == []


@pytest.mark.process
def test_a_killed_demonstration_leaves_no_process(tmp_path: Path) -> None:
    """After `kill -9` its processes end by themselves."""
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    script = (
        "import sys, time; from pathlib import Path; from deploy.demo.processes import Processes\n"
        f"processes = Processes(Path({str(tmp_path)!r}))\n"
        f"processes.start('x', 'sh', '-c', 'echo > {begun}; exec sleep 600')\n"
        "print(processes.running['x'].pid, flush=True); time.sleep(600)"
    )
    demonstration = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert demonstration.stdout is not None
    left = os.pidfd_open(int(demonstration.stdout.readline()))
    begun.read_text()  # returns when the process has written into the pipe
    demonstration.send_signal(signal.SIGKILL)
    demonstration.wait()
    demonstration.stdout.close()
    ended, _, _ = select.select([left], [], [], _patience_seconds)
    os.close(left)
    assert ended


@pytest.mark.process
def test_a_whole_hall_starts_from_one_command_in_four_gigabytes(tmp_path: Path) -> None:
    """Server, three kiosks and four boards draw on one machine, within the memory of an old office PC (ORG-05)."""
    command = [sys.executable, "-m", "deploy.demo", "--hall", "--once"]
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = re.fullmatch(r"7 screens have drawn; the hall takes (\d+) MB in 15 roles\.\n", done.stdout)
    assert told, done.stdout
    assert 100 < int(told[1]) < 4_000 - _left_to_the_system_megabytes
