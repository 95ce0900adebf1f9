"""Every code on every shot of kiosk and boards, read from the pixels by a real decoder: the payload, to the byte."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.kiosk import device

pytestmark = [pytest.mark.screen, pytest.mark.process]
_root = Path(__file__).parents[3]
_zbar = "{http://zbar.sourceforge.net/2008/barcode}"
_panels = [
    ("touch", "1080x1920", {"touch-code", "touch-ticket"}),
    ("touch", "1920x1080", {"touch-code", "touch-ticket"}),
    ("touch", "1280x800", {"touch-code", "touch-ticket"}),
    ("lcd", "1920x1080", {"lcd-section", "lcd-notices-section"}),
    ("lcd", "1080x1920", {"lcd-"}),
]


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg is not installed (package zbar-tools)")
@pytest.mark.parametrize(("kind", "size", "known"), _panels)
def test_every_code_can_be_read(kind: str, size: str, known: set[str], tmp_path: Path) -> None:
    """Every language, view and state that shows a code: as many are decoded as stand there, and they say the same."""
    told = _photographed(device.make(tmp_path / "device"), tmp_path, size, kind)
    assert [name for name in known if not any(picture.startswith(name) for picture in told)] == []
    read = _decoded([tmp_path / name for name in told])
    assert {name: read.get(name) for name in told} == {name: sorted(payloads) for name, payloads in told.items()}


def _photographed(folder: Path, out: Path, size: str, kind: str) -> dict[str, list[str]]:
    env = os.environ | {"SDL_VIDEODRIVER": "offscreen"}
    words = [sys.executable, "-m", "tests.kiosk.screens.coded", str(folder), str(out), size, kind]
    done = subprocess.run(words, cwd=_root, env=env, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def _decoded(pictures: list[Path]) -> dict[str, list[str]]:
    """What the decoder finds in each picture."""
    words = ["zbarimg", "--xml", "-Sdisable", "-Sqr.enable", *map(str, pictures)]
    done = subprocess.run(words, capture_output=True, timeout=400, check=False)
    found = {}
    for source in ET.fromstring(done.stdout).iter(f"{_zbar}source"):
        found[Path(source.attrib["href"]).name] = sorted(map(_said, source.iter(f"{_zbar}data")))
    return found


def _said(data: ET.Element) -> str:
    text = data.text or ""
    return base64.b64decode(text).decode() if data.get("format") == "base64" else text
