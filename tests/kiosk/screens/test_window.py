"""The real window, offscreen, in processes of their own: pictures, a nervous hand, an orderly end."""

import json
import os
import shutil
import subprocess
import sys
from array import array
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from content_sync.domain.cases import handwriting
from content_sync.storage.content import ContentStore
from content_sync.wire.county import county_bytes
from tests.kiosk import county, device

pytestmark = [pytest.mark.screen, pytest.mark.process]
_root = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled device folder."""
    return device.make(tmp_path_factory.mktemp("device"))


def _python(*arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    env = os.environ | {"SDL_VIDEODRIVER": "offscreen"} | ({"PATH": path} if path else {})
    return subprocess.run(
        [sys.executable, *arguments], cwd=_root, env=env, capture_output=True, text=True, timeout=400, check=False
    )


@pytest.fixture(scope="module")
def pictures(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every screen, photographed once."""
    out = tmp_path_factory.mktemp("shots")
    done = _python("-m", "kiosk.cli", "shots", "--dir", str(folder), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return out


def test_every_screen_is_a_picture_at_its_real_size(pictures: Path) -> None:
    """Touch 1080×1920, LCD 1920×1080, LED one pixel per lamp; none is one flat colour."""
    sizes = {"touch": (1080, 1920), "lcd": (1920, 1080), "led-192x64": (192, 64), "led-320x32": (320, 32)}
    seen = set()
    for path in pictures.glob("*.png"):
        kind = next(kind for kind in sizes if path.name.startswith(kind))
        seen.add(kind)
        with Image.open(path) as picture:
            assert picture.size == sizes[kind], path.name
            assert any(least < most for least, most in picture.convert("RGB").getextrema()), path.name
    assert seen == set(sizes)
    assert len(list(pictures.glob("touch-*.png"))) >= 40


def test_a_county_s_own_words_are_checked_by_its_own_command(folder: Path, tmp_path: Path) -> None:
    """A hall whose name no font here can draw: one sentence for each picture it is on, and the exit is 1."""
    home = shutil.copytree(folder, tmp_path / "device")
    site, *others = county.county().sites
    with closing(ContentStore(home / "content.db")) as store:
        named = (replace(site, name="政务\U0001f600大厅"), *others)
        store.put_county(county_bytes(replace(county.county(), sites=named)))
    done = _python("-m", "tests.kiosk.screens.lcd_alone", str(home), str(tmp_path / "shots"))
    assert done.returncode == 1
    assert "lcd-night: no font here has \U0001f600 (U+1F600)." in done.stderr.splitlines()
    assert done.stdout.endswith(f"pictures in {tmp_path / 'shots'}\n")


def test_ten_fast_double_taps_press_once_and_sigterm_ends_cleanly(folder: Path, tmp_path: Path) -> None:
    """QUE-01 on the real window: one press in desk.db, the ticket page on the glass, exit code 0."""
    shutil.copytree(folder, tmp_path / "device")
    done = _python("-m", "tests.kiosk.screens.visitor", str(tmp_path / "device"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["1", "ticketof"], done.stderr


def test_a_picture_that_grew_is_the_picture_drawn_from_nothing(folder: Path, tmp_path: Path) -> None:
    """Marks kept from one screen to the next change no pixel, wherever visitors go and however they see it."""
    shutil.copytree(folder, tmp_path / "device")
    done = _python("-m", "tests.kiosk.screens.walker", str(tmp_path / "device"))
    assert done.returncode == 0, done.stderr
    pictures, screens, wrong = done.stdout.split()
    assert wrong == "none"
    assert int(pictures) > 40
    assert int(screens) >= 8


def test_a_page_glides_in_and_a_touch_ends_that() -> None:
    """The first picture is already there, a little aside; a touch, 120 ms or elder view leave no trace of motion."""
    done = _python("-m", "tests.kiosk.screens.glider")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[0] == "none"


def test_a_finger_writes_takes_a_stroke_back_and_sends(folder: Path, tmp_path: Path) -> None:
    """A corner, though the picture changed meanwhile, and a dot stand in the record; what was taken back does not."""
    shutil.copytree(folder, tmp_path / "device")
    done = _python("-m", "tests.kiosk.screens.writer", str(tmp_path / "device"))
    assert done.returncode == 0, done.stderr
    strokes, screen = done.stdout.split()
    corner, dot = handwriting.parse(strokes).strokes
    assert len(corner) == 3
    assert corner[0][0] == corner[1][0]
    assert corner[1][1] == corner[2][1]
    assert corner[2][0] - corner[1][0] == pytest.approx(200 * 1000 / 984, abs=2)
    assert len(dot) == 1
    assert screen == "thanks"


def test_somebody_is_read_to_while_the_window_goes_on(folder: Path, tmp_path: Path) -> None:
    """朗读 on the real window: real speech reaches the sound card, the mark follows it, the window never waits."""
    device = shutil.copytree(folder, tmp_path / "device")
    card, heard = tmp_path / "bin" / "aplay", tmp_path / "heard.raw"
    card.parent.mkdir()
    plays = f"import sys, time\nopen({str(heard)!r}, 'ab').write(sys.stdin.buffer.read())\ntime.sleep(0.3)\n"
    card.write_text(f"#!{sys.executable}\n{plays}")
    card.chmod(0o755)
    done = _python("-m", "tests.kiosk.screens.listener", str(device), path=f"{card.parent}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["marked"], told["is_marked"]) == (3, False), told
    assert told["pause"] < 1_000, told  # some 100 on a quiet machine
    samples = array("h", heard.read_bytes())
    assert len(samples) > 2 * 22_050
    assert max(map(abs, samples)) > 4_000


@pytest.mark.parametrize(
    ("words", "named"),
    [(("touch", "--dir", "/nowhere"), "/nowhere"), (("led", "--dir", ".", "--size", "abc"), "abc")],
)
def test_wrong_words_are_one_sentence(words: tuple[str, ...], named: str) -> None:
    """A wrong --dir or --size names itself and ends with 2; nothing else is printed."""
    done = _python("-m", "kiosk.cli", *words)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
