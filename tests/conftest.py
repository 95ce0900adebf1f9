"""What holds for every test.

1. A busy machine is slow, not wrong: no property fails because an example took long.
2. What collecting the tests read into memory is passed over when garbage is looked for: a kiosk looks for it after
   every visitor, and would turn over all modules of all tests each time.
"""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # rule 1
settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """Rule 2."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def whole_memory() -> Iterator[None]:
    """For a test that looks for something in all of memory: nothing is passed over."""
    gc.unfreeze()
    yield
    gc.collect()
    gc.freeze()
