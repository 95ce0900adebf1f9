"""A kiosk over a filled device folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiosk import device
from tests.kiosk.app.twins import Kiosk


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled device folder, made once."""
    return device.make(tmp_path_factory.mktemp("device"))


@pytest.fixture
def kiosk(template: Path, tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk over its own copy of the folder."""
    for path in template.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    made = Kiosk(tmp_path)
    yield made
    made.close()
