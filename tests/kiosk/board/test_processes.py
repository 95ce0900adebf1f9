"""The boards as real processes on a real device folder."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from PIL import Image

from content_sync.clock import SystemClock
from tests.content_sync.making import item
from tests.kiosk.board.making import Device

_patience = 30.0


def _soon(test: Callable[[], bool]) -> bool:
    """Whether it becomes true; looks again and again, so that a fast machine does not wait."""
    end = monotonic() + _patience
    while not test():
        if monotonic() > end:
            return False
        Event().wait(0.02)
    return True


@pytest.fixture
def started(device: Device) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `kiosk` with these arguments; ends what a failed test left running."""
    running: list[subprocess.Popen[str]] = []
    device.never_quiet()

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "kiosk.cli", arguments[0], "--dir", str(device.folder), *arguments[1:]]
        environment = {**os.environ, "SDL_VIDEODRIVER": "offscreen"}
        running.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def _on_the_glass(device: Device, label: str) -> bool:
    glass = device.agents_desk.glass()
    return glass is not None and any(target[0] == label for target in glass.targets)


@pytest.mark.process
@pytest.mark.screen
def test_the_lcd_board_draws_a_call_and_ends_when_told(
    device: Device, started: Callable[..., subprocess.Popen[str]]
) -> None:
    """Started before any content it stays up, draws what arrives, and closes its display log (promises 7, 17)."""
    process = started("lcd")
    assert _soon(lambda: _on_the_glass(device, "您说的"))
    device.publish([item(shown_from="2020-01-01T00:00:00+08:00", dated="2020-01-01")], "2020-01-02T00:00:00+08:00")
    device.call(("A012", 3), at=SystemClock().now().isoformat())
    assert _soon(lambda: _on_the_glass(device, "A012"))
    assert _soon(lambda: _on_the_glass(device, "冬季取暖补贴"))
    process.send_signal(signal.SIGTERM)
    assert process.wait(_patience) == 0
    assert [r.body["item"] for r in device.agents_desk.waiting_records(9) if r.kind == "display"] == ["n-1"]


@pytest.mark.process
def test_the_led_board_writes_pictures_and_ends_when_told(
    device: Device, started: Callable[..., subprocess.Popen[str]]
) -> None:
    """Without a display it lights the lamps of `led-current.png`; a call changes them at once."""
    process, current = started("led", "--size", "192x64", "--output", "png"), device.folder / "led" / "led-current.png"
    assert _soon(current.exists)
    quiet = current.read_bytes()
    device.call(("A012", 3), at=SystemClock().now().isoformat())
    assert _soon(lambda: _on_the_glass(device, "A012"))
    assert current.read_bytes() != quiet
    with Image.open(current) as picture:
        assert picture.size == (192, 64)
    process.send_signal(signal.SIGTERM)
    assert process.wait(_patience) == 0


@pytest.mark.process
@pytest.mark.screen
def test_the_led_board_runs_in_a_window(device: Device, started: Callable[..., subprocess.Popen[str]]) -> None:
    """The window's own loop turns while the lamps wait, and it ends when told."""
    process = started("led", "--size", "320x32")
    assert _soon(lambda: _on_the_glass(device, "内容正在送来"))
    device.call(("A012", 3), at=SystemClock().now().isoformat())
    assert _soon(lambda: _on_the_glass(device, "A012"))
    process.send_signal(signal.SIGTERM)
    assert process.wait(_patience) == 0


@pytest.mark.process
@pytest.mark.screen
def test_the_lcd_board_says_its_calls_and_falls_silent_when_it_is_killed(
    device: Device,
    started: Callable[..., subprocess.Popen[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`kiosk lcd` finds espeak-ng and a player by itself; killed in the middle of the bell it leaves no sound."""
    heard, ended = tmp_path / "heard", tmp_path / "ended"
    player = tmp_path / "programs" / "aplay"
    player.parent.mkdir()
    slowly = f"while head -c 2000 | grep -q . ; do echo x >> {heard}; sleep 0.05; done; echo x > {ended}"
    player.write_text(f"#!/bin/sh\n{slowly}\n", encoding="utf-8")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{player.parent}:{os.environ['PATH']}")
    process = started("lcd")
    assert _soon(lambda: device.agents_desk.parts().get("speaker") == "ready")
    device.call(("A012", 3), at=SystemClock().now().isoformat())
    assert _soon(heard.exists)
    process.kill()
    assert _soon(ended.exists)
    assert device.agents_desk.said() == {}


@pytest.mark.process
@pytest.mark.screen
def test_a_board_without_sound_says_so(device: Device, started: Callable[..., subprocess.Popen[str]]) -> None:
    """The second board of a room: the hall page shows that it is meant to be silent."""
    started("lcd", "--no-sound")
    assert _soon(lambda: device.agents_desk.parts().get("speaker") == "silent")


@pytest.mark.process
@pytest.mark.screen
@pytest.mark.parametrize(
    "screen", [["touch"], ["lcd"], ["led", "--size", "192x64", "--output", "png"]], ids=lambda s: s[0]
)
def test_every_screen_looks_at_its_start_whether_all_it_says_can_be_drawn(
    device: Device, started: Callable[..., subprocess.Popen[str]], screen: list[str]
) -> None:
    """N-14: no boxes for characters, on a board as little as on a kiosk; the hall page reads it in the heartbeat."""
    started(*screen)
    assert _soon(lambda: device.agents_desk.parts().get("letters") == "ok")
