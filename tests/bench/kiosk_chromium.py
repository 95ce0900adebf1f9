"""Chromium showing the same screens: start to first paint, touch to next paint, memory of all its processes.

The browser is Debian's, in kiosk mode on the same display, without a GPU like the kiosk; a fresh profile, nothing but
one local page. It paints when it says so (two animation frames after the touch): what a screen shows comes later.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.flow.frame import Frame
from tests.bench import kiosk_html

_flags = (
    *("--kiosk", "--no-first-run", "--no-sandbox", "--disable-extensions", "--disable-sync", "--disable-gpu"),
    *("--disable-background-networking", "--disable-component-update", "--password-store=basic"),
    *("--remote-debugging-port=0", "--touch-events=enabled", "--force-device-scale-factor=1"),
)
_patience_seconds = 30.0


def measured(frames: dict[str, list[Frame]], size: tuple[int, int], times: int) -> dict[str, Any] | None:
    """Seconds to the first paint, and by kind of frames (two or more each) the seconds of every touch; PSS in MB."""
    program = shutil.which("chromium")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        flat = [frame for kind in frames.values() for frame in kind]
        page = kiosk_html.page(flat, Path(place) / "kiosk.html")
        profile = Path(place) / "profile"
        window = (f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}", "--window-position=0,0")
        began = time.time()
        process = subprocess.Popen([program, *_flags, *window, page.as_uri()], stderr=subprocess.DEVNULL)
        try:
            browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{_port(profile)}")
            tab = browser.contexts[0].pages[0]
            first = _first_paint(tab) - began
            touches, spent, at = {}, {}, 0
            for kind, its in frames.items():
                before = processor_seconds(process.pid)
                touches[kind] = _touched(tab, range(at, at + len(its)), times, size)
                spent[kind] = (processor_seconds(process.pid) - before) / times
                at += len(its)
            memory = pss_mb(process.pid)
            browser.close()
        finally:
            process.kill()
            process.wait()
            time.sleep(1)  # its children let go of the profile
    return {"start": first, "touches": touches, "spent": spent, "pss_mb": memory}


def _port(profile: Path) -> str:
    given_up = time.monotonic() + _patience_seconds
    while time.monotonic() < given_up:
        try:
            return (profile / "DevToolsActivePort").read_text(encoding="ascii").splitlines()[0]
        except (OSError, IndexError):
            time.sleep(0.02)
    raise TimeoutError("Chromium did not start.")


def _first_paint(tab: Any) -> float:
    """Seconds since the epoch of the first contentful paint."""
    told = "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"
    tab.wait_for_function(f"{told} > 0")
    return float(tab.evaluate(f"performance.timeOrigin + {told}")) / 1000


def _touched(tab: Any, numbers: range, times: int, size: tuple[int, int]) -> list[float]:
    """One touch after the other, each when the picture before it was painted."""
    tab.evaluate("took.length = 0")
    for n in range(times):
        tab.evaluate(f"next = {numbers[n % len(numbers)]}")
        tab.mouse.click(size[0] / 2, size[1] - 20)
        tab.wait_for_function(f"took.length > {n}")
    return [float(one) / 1000 for one in tab.evaluate("took")]


def pss_mb(pid: int) -> float:
    """The memory of a process and all that it started, every shared page counted once among those who share it."""
    found = 0.0
    for one in _family(pid):
        with suppress(OSError):
            text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            found += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1000
    return found


def processor_seconds(pid: int) -> float:
    """What the same processes have used of the processors since they began, by the kernel's clock ticks."""
    found = 0.0
    for one in _family(pid):
        with suppress(OSError):
            user, system = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
            found += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return found


def _family(pid: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError):
            parent = int(path.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(path.parent.name))
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        yield one
