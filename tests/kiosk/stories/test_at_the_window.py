"""B1 and B2 by real touches on the real window, offscreen, a process for each story; all of them run at once."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiosk import device
from tests.kiosk.stories.journeys import somebody_before, stories
from tests.kiosk.stories.telling import told_in

pytestmark = [pytest.mark.screen, pytest.mark.process]
_root = Path(__file__).parents[3]
_standing, _lying = "1080x1920", "1280x800"
_played = [
    ("walk in", "zh-Hans", _standing),
    ("walk in", "en", _lying),
    ("walks away", "zh-Hans", _lying),
    ("elderly", "zh-Hans", _standing),
    ("elderly", "en", _lying),
]


@pytest.fixture(scope="module")
def processes(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[tuple[str, str, str], "subprocess.Popen[str]"]]:
    """One for each story: most of their time they wait until the glass hears again after a touch."""
    place = tmp_path_factory.mktemp("stories")
    template, env = device.make(place / "template"), os.environ | {"SDL_VIDEODRIVER": "offscreen"}
    begun = {}
    for n, played in enumerate(_played):
        shutil.copytree(template, place / str(n))
        words = [sys.executable, "-m", "tests.kiosk.stories.window", str(place / str(n)), *played]
        begun[played] = subprocess.Popen(
            words, cwd=_root, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    yield begun
    for process in begun.values():
        process.kill()
        process.communicate()


@pytest.mark.parametrize("played", _played, ids=" ".join)
def test_the_story_can_be_played(
    processes: dict[tuple[str, str, str], "subprocess.Popen[str]"], played: tuple[str, str, str]
) -> None:
    """Each line is played to the end, by double-delivered taps; no picture on the way breaks a law."""
    said, complaints = processes[played].communicate(timeout=400)
    assert processes[played].returncode == 0, complaints
    told = json.loads(said.splitlines()[-1])
    assert told["wrong"] == [], complaints
    assert told["played"] == len(somebody_before) + len(told_in(stories[played[0]], played[1]))
    assert told["pictures"] > 15
