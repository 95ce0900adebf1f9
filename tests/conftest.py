"""What holds for every test.

1. A busy machine is slow, not wrong: no property fails because an example took long.
2. What collecting the tests read into memory is passed over when garbage is looked for: a kiosk looks for it after
   every visitor, and would turn over all modules of all tests each time.
3. Stories of real processes come first, as many of their files for each worker (xdist gives each an equal share of the
   list to begin with): no long one begins when everything else has ended. The rest stays in the order that chance
   gave it.
4. The machine's uptime stands still in a test's own process: clocks are moved by hand there, and on a busy machine the
   believed time would run ahead of them. Stories of real processes have real clocks, and the real uptime.
"""

import gc
import os
from collections.abc import Iterator
from itertools import chain, groupby

import pytest
from hypothesis import settings

from content_sync.clock import SystemSteady

settings.register_profile("patient", deadline=None)  # rule 1
settings.load_profile("patient")


_long = {"process", "browser", "screen"}
_uptime = SystemSteady().uptime()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Rule 3."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    files = [list(group) for _, group in groupby(items, key=lambda item: item.path)]
    long = [file for file in files if any(mark.name in _long for item in file for mark in item.iter_markers())]
    rest = [item for file in files if file not in long for item in file]
    ordered = list[pytest.Item]()
    for worker in range(workers):
        share, before = (len(items) - len(ordered)) // (workers - worker), len(ordered)
        ordered += chain.from_iterable(long[worker::workers])
        begun = max(0, share - (len(ordered) - before))
        ordered += rest[:begun]
        del rest[:begun]
    items[:] = [*ordered, *rest]


def pytest_collection_finish() -> None:
    """Rule 2."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def standing_uptime(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 4."""
    if not request.node.get_closest_marker("process"):
        monkeypatch.setattr(SystemSteady, "uptime", lambda _: _uptime)


@pytest.fixture
def whole_memory() -> Iterator[None]:
    """For a test that looks for something in all of memory: nothing is passed over."""
    gc.unfreeze()
    yield
    gc.collect()
    gc.freeze()
