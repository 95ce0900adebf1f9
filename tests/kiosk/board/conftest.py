from collections.abc import Iterator
from pathlib import Path

import pytest

from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from kiosk.board.reading import Reading
from tests.kiosk.board.making import Device, StandingClock


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    """A device folder before its first edition."""
    made = Device(tmp_path)
    yield made
    made.agent.close()
    made.agents_desk.close()


@pytest.fixture
def clock() -> StandingClock:
    """Stands until moved."""
    return StandingClock()


@pytest.fixture
def reading(device: Device) -> Iterator[Reading]:
    """A board's own connections to the folder."""
    content: ContentStore = device.content()
    desk: DeskStore = device.desk()
    yield Reading(content, desk, "hall")
    content.close()
    desk.close()
