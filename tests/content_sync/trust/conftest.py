"""The scene of the tests about keys."""

from pathlib import Path

import pytest

from tests.content_sync.trust.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Before the rotation."""
    return Scene(tmp_path)
