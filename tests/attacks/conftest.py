"""The scene, for every attack."""

from pathlib import Path

import pytest

from tests.attacks.scene import Scene, built
from tests.content_sync.world import County


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Built once; nobody plays on it."""
    return built(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def scene(stage: County, tmp_path: Path) -> Scene:
    """Before the attack."""
    return Scene(stage, tmp_path)
