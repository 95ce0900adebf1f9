"""The touch kiosk's figures: `python -m tests.bench.kiosk [--quick] [--items N] [--size WxH]`.

Preparing Kivy → first complete screen, touch → next screen drawn (p50, p99), keystroke → results drawn, stroke →
candidates drawn, memory. Speed is measured under Xvfb (start one, set DISPLAY); without a DISPLAY it runs offscreen and
says so: there frames queue, and the figures are of the function, not of the speed. Nothing is asserted; the machine's
load stands beside them, and beside each time that passed the time of the processor (all threads, the software
renderer's too).
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from kiosk.app import scrubbing


def main() -> None:
    """Print one JSON value."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--size", default="1080x1920")
    given = parser.parse_args()
    scrubbing.start_filling()  # as on the glass
    items, visitors = (1_000, 4) if given.quick else (given.items, 60)
    with tempfile.TemporaryDirectory() as place:
        print(json.dumps(_measured(Path(place) / "device", items, visitors, given.size), indent=2))


def _measured(folder: Path, items: int, visitors: int, size: str) -> dict[str, object]:
    from kiosk import bootstrap
    from tests.bench.kiosk_window import KioskWindow, fill, rss_mb, wander

    fill(folder, items)
    wide, high = map(int, size.split("x"))
    offscreen = not os.environ.get("DISPLAY")
    begun = perf_counter()
    bootstrap.prepare(wide, high, offscreen=offscreen)
    window = KioskWindow(folder, glides=True)  # as on the glass
    first = perf_counter() - begun
    touches, keys, worked, of_keys = list[float](), list[float](), list[float](), list[float]()

    def touched(seconds: float) -> None:
        touches.append(seconds)
        worked.append(window.worked)

    chance = random.Random(5)  # the same visitors every time
    before = rss_mb()
    window.read_hands()
    for _ in range(visitors):
        wander(window, chance, 12, touched)
    for letters in ("SFZ", "BT", "YB", "DB", "JH", "ZM") * (1 if visitors < 10 else 5):
        for seconds, processor in _typed(window, letters):
            keys.append(seconds)
            of_keys.append(processor)
    strokes = _written(window)
    window.close()
    return {
        "items": items,
        "window": f"{size} {'offscreen: not for speed' if offscreen else 'Xvfb or a screen'}",
        "load": os.getloadavg()[0],
        "first_screen_seconds": round(first, 2),
        "touch_ms": _quantiles(touches),
        "touch_processor_ms": _quantiles(worked),
        "key_ms": _quantiles(keys),
        "key_processor_ms": _quantiles(of_keys),
        "stroke_ms": _quantiles([seconds for seconds, _ in strokes]),
        "stroke_processor_ms": _quantiles([processor for _, processor in strokes]),
        "rss_mb": [round(before), round(rss_mb())],
    }


def _typed(window: object, letters: str) -> list[tuple[float, float]]:
    """Each letter until its results stand there: seconds that passed, and seconds of the processor."""
    from kiosk.flow.actions import Open
    from kiosk.flow.pages.finding import Search
    from tests.bench.kiosk_window import KioskWindow

    assert isinstance(window, KioskWindow)
    window.visit.act(Open(Search()), window.moment)
    found = []
    for letter in letters:
        key = next((target for target in window.targets if target.label == letter), None)
        if key:
            found.append((window.touch(key), window.worked))
    window.later(3_600)
    return found


def _written(window: object) -> list[tuple[float, float]]:
    """Each stroke of characters drawn for the tests, until what it may be stands there; as `_typed`."""
    from kiosk.flow.actions import Open
    from kiosk.flow.pages.finding import Search, blank
    from tests.bench.kiosk_window import KioskWindow
    from tests.kiosk.devices import written

    assert isinstance(window, KioskWindow)
    found = []
    for strokes in written.characters.values():
        window.visit.act(Open(Search(ink=blank)), window.moment)
        found += [(window.stroke(stroke), window.worked) for stroke in strokes]
    window.later(3_600)
    return found


def _quantiles(seconds: list[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {"n": len(seconds)}
    cuts = statistics.quantiles(seconds, n=100)
    return {"n": len(seconds), "p50": round(cuts[49] * 1000, 1), "p99": round(cuts[98] * 1000, 1)}


if __name__ == "__main__":
    sys.exit(main())
