"""Short commands of a county's shell, each in a process of its own that has read its modules already.

1. A command is a fork of the test's process: it runs what the console script runs, with its own memory, locks and exit
   code, and leaves out the second in which Python reads our modules. Servers and agents are started as they are. No
   test is inside a transaction of its own while a command runs: SQLite would take its locks for the command's.
2. Founding the county is done once: every test begins with a copy of its folder, half an hour later.
"""

import atexit
import gc
import os
import shutil
import sys
import tempfile
import traceback
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

import content_sync.cli
import display_server.cli
from deploy.demo.county import DemoCounty
from deploy.demo.processes import DemoError, Processes

_scripts = {"content-sync": content_sync.cli.main, "display-server": display_server.cli.main}
_earlier_seconds = 1_800
_crashed = 1


class Forked(Processes):
    """The running county; its short commands are forks (rule 1)."""

    def run(self, *command: str) -> str:
        """As Processes.run."""
        if command[0] not in _scripts:
            return super().run(*command)
        done = forked(command, self.environment)
        if done.returncode:
            raise DemoError(f"`{' '.join(command)}` failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout


def forked(command: tuple[str, ...], environment: Mapping[str, str]) -> CompletedProcess[str]:
    """What subprocess.run would give for a console script of ours."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of threads; none of ours runs on
            child = os.fork()
        if child == 0:
            _be(command, environment, out.fileno(), err.fileno())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return CompletedProcess(command, code, out.read(), err.read())


def _be(command: tuple[str, ...], environment: Mapping[str, str], out: int, err: int) -> None:
    """Never returns: what belongs to the test, its open files above all, is left as it is."""
    code: object = _crashed
    try:
        gc.disable()
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        os.environ.clear()
        os.environ.update(environment)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        sys.argv = list(command)
        _scripts[command[0]](list(command[1:]), prog_name=command[0])
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:  # noqa: BLE001  # as Python itself would say it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else _crashed)


def founded(processes: Processes, devices: Mapping[str, str] | None = None) -> DemoCounty:
    """The demonstration county before its server starts (rule 2)."""
    made, passwords = _founded()
    county = DemoCounty(processes, dict(devices)) if devices else DemoCounty(processes)
    shutil.copytree(made, county.server)
    county.passwords = dict(passwords)
    return county


@cache
def _founded() -> tuple[Path, dict[str, str]]:
    """Made once in every process, at an earlier moment of the demonstration."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    processes = Forked(folder)
    offset = float(processes.environment["GONGKAILAN_CLOCK_OFFSET"]) - _earlier_seconds
    processes.environment["GONGKAILAN_CLOCK_OFFSET"] = f"{offset:.0f}"
    county = DemoCounty(processes)
    county.found()
    return county.server, county.passwords
