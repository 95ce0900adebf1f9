"""The touch kiosk beside Chromium, in one run: `python -m tests.bench.kiosk_beside [--quick] [--items N] [--size WxH]`.

1. Both draw on one Xvfb (or DISPLAY, if set) without a GPU, one after the other; the load stands below the table.
2. A touch counts from the finger's lift. The kiosk has done when the picture is swapped and a pixel was read back, the
   browser when its second animation frame begins: what is still queued behind that is in the kiosk's figure alone.
3. The browser shows a page that has all texts already (tests.bench.kiosk_html); the kiosk also asks its stores, hashes
   the item and notes what was shown. What only the kiosk does (search) has no figure beside it.
   Under load the browser's many processes get a larger share of the machine: the processors' time stands below each.
4. The kiosk turns pages and does not scroll: its cost per frame of scrolling is the cost of turning a page, once.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from kiosk.app import scrubbing

if TYPE_CHECKING:
    from kiosk.flow.frame import Frame
    from tests.bench.kiosk_window import KioskWindow

_kinds = {"tiles": "home ↔ tiles", "list": "turn a page of the list", "document": "turn a page of 40,000 characters"}
_visit_touches = 12


def main() -> None:
    """Print the table, or one JSON value."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    scrubbing.start_filling()  # as on the glass
    items, times = (1_000, 12) if given.quick else (given.items, 100)
    with tempfile.TemporaryDirectory() as place, _display(given.size):
        told = _both(Path(place) / "device", items, times, given.size)
    print(json.dumps(told, indent=2) if given.json else _table(told))


def _both(folder: Path, items: int, times: int, size: str) -> dict[str, Any]:
    from tests.bench import kiosk_chromium
    from tests.bench.kiosk_window import fill

    fill(folder, items)
    starts = [_start(folder, size) for _ in range(3)]
    ours, frames = _ours(folder, times, size)
    wide, high = map(int, size.split("x"))
    theirs = kiosk_chromium.measured(frames, (wide, high), times)
    return {
        "items": items,
        "size": size,
        "load": [round(one, 1) for one in os.getloadavg()],
        "kiosk": {"start": statistics.median(starts), **ours},
        "chromium": theirs,
    }


def _start(folder: Path, size: str) -> float:
    began = monotonic()
    words = [sys.executable, "-m", "tests.bench.kiosk_start", str(folder), size]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONMALLOC"}  # it starts itself anew
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True, timeout=120)
    return float(done.stdout.split()[0]) - began


def _ours(folder: Path, times: int, size: str) -> tuple[dict[str, Any], dict[str, list["Frame"]]]:
    from kiosk import bootstrap
    from tests.bench.kiosk_chromium import pss_mb
    from tests.bench.kiosk_window import KioskWindow, wander

    wide, high = map(int, size.split("x"))
    bootstrap.prepare(wide, high, offscreen=not os.environ.get("DISPLAY"))
    window = KioskWindow(folder)
    touches, spent, frames = {}, {}, {}
    for kind in _kinds:
        touches[kind], spent[kind], frames[kind] = _turned(window, kind, times)
    anything, of_anything, chance = list[float](), list[float](), random.Random(5)  # the same visitors every time

    def touched(seconds: float) -> None:
        anything.append(seconds)
        of_anything.append(window.worked)

    for _ in range(max(2, times // 5)):
        wander(window, chance, _visit_touches, touched)
    words = ("SFZ", "BT", "YB", "DB", "JH", "ZM") * max(1, times // 20)
    keys, of_keys = zip(*(told for letters in words for told in _typed(window, letters)), strict=True)
    told = {"touches": touches, "spent": spent, "anything": anything, "of_anything": of_anything}
    told |= {"keys": keys, "of_keys": of_keys, "pss_mb": pss_mb(os.getpid())}
    window.close()
    return told, frames


def _turned(window: "KioskWindow", kind: str, times: int) -> tuple[list[float], float, list["Frame"]]:
    """Seconds of each touch, what the processor worked for one of them, and the frames that were touched through."""
    from kiosk.flow import actions
    from kiosk.flow.pages.finding import Listing
    from kiosk.flow.pages.plain import Home
    from kiosk.flow.pages.reading import Reader
    from tests.bench.kiosk_window import long_id

    window.visit.act(actions.Finish(), window.moment)
    window.visit.act(actions.Wake(), window.moment)
    opened = {"tiles": Home(), "list": Listing(), "document": Reader(long_id)}[kind]
    if kind != "tiles":
        window.visit.act(actions.Open(opened), window.moment)
    window.draw()
    there, back = ("办事指南", "首页") if kind == "tiles" else ("下一页", "上一页")
    seconds, worked, frames = list[float](), 0.0, [window.painter.frame]
    for n in range(times):
        onward = there if kind != "tiles" or n % 2 == 0 else back
        key = next((t for t in window.targets if t.label == onward), None)
        key = key or next(t for t in window.targets if t.label == back)
        seconds.append(window.touch(key))
        worked += window.worked / times
        frames.append(window.painter.frame)
    return seconds, worked, frames[:20] if kind != "tiles" else frames[:2]


def _typed(window: "KioskWindow", letters: str) -> Iterator[tuple[float, float]]:
    """Each letter until its results stand there: seconds that passed, and seconds of the processor."""
    from kiosk.flow.actions import Open
    from kiosk.flow.pages.finding import Search

    window.visit.act(Open(Search()), window.moment)
    for letter in letters:
        key = next((target for target in window.targets if target.label == letter), None)
        if key:
            yield window.touch(key), window.worked
    window.later(3_600)


@contextmanager
def _display(size: str) -> Iterator[None]:
    """Rule 1."""
    if os.environ.get("DISPLAY"):
        yield
        return
    read, write = os.pipe()
    screen = [*("Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp")]
    server = subprocess.Popen(screen, pass_fds=[write], stderr=subprocess.DEVNULL)
    try:
        os.environ["DISPLAY"] = f":{os.read(read, 16).decode().strip()}"
        yield
    finally:
        server.terminate()


def _table(told: dict[str, Any]) -> str:
    ours, theirs = told["kiosk"], told["chromium"]

    def beside(read: Callable[[dict[str, Any]], str]) -> tuple[str, str]:
        return read(ours), read(theirs) if theirs else "–"

    rows = [("start to the first picture", *beside(lambda one: f"{one['start']:.2f} s"))]
    for kind, name in _kinds.items():
        rows.append((f"touch → drawn: {name}", *beside(lambda one, kind=kind: _quantiles(one["touches"][kind]))))
        spent = beside(lambda one, kind=kind: f"{one['spent'][kind] * 1000:.0f} ms")
        rows.append(("· processor, all processes, one touch", *spent))
    rows += [
        ("touch → drawn: any key of any screen", _quantiles(ours["anything"]), "–"),
        ("· processor, all threads", _quantiles(ours["of_anything"]), "–"),
        ("letter → results", _quantiles(ours["keys"]), "–"),
        ("· processor, all threads", _quantiles(ours["of_keys"]), "–"),
        ("memory, all processes (PSS)", *beside(lambda one: f"{one['pss_mb']:.0f} MB")),
    ]
    lines = ["| | kiosk | Chromium |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
    return "\n".join([*lines, f"\n{told['items']:,} items, {told['size']}, load {told['load']}"])


def _quantiles(seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"p50 {cuts[49] * 1000:.0f}, p99 {cuts[98] * 1000:.0f} ms (n={len(seconds)})"


if __name__ == "__main__":
    main()
