"""The scene, made anew for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from display_server.accounts import passwords
from tests.said.scene import Scene


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its smallest."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """A county with its hall."""
    made = Scene(tmp_path)
    yield made
    made.close()
