"""`python -m tests.soak --hours N [--items N]`: random visitors at a real window for hours, and what they leave behind.

Once a minute memory, open files, threads and Python's objects are noted; at the end each one's slope per hour stands
there, of the second half of the run (the first warms the caches). Nothing is asserted: a person reads the slopes.
"""

import argparse
import gc
import json
import os
import random
import tempfile
import threading
from pathlib import Path
from time import monotonic

_every_seconds = 60.0


def main() -> None:
    """Print a line a minute, then the slopes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, required=True)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        _soak(Path(place) / "device", given.hours * 3600, given.items, given.seed)


def _soak(folder: Path, seconds: float, items: int, seed: int) -> None:
    from kiosk import bootstrap
    from tests.bench.kiosk_window import KioskWindow, fill, wander

    fill(folder, items)
    bootstrap.prepare(1080, 1920, offscreen=not os.environ.get("DISPLAY"))
    window, chance = KioskWindow(folder), random.Random(seed)  # a run can be done again
    begun, noted, visitors = monotonic(), list[tuple[float, dict[str, float]]](), 0
    every = min(_every_seconds, seconds / 20)
    while (now := monotonic() - begun) < seconds:
        wander(window, chance, chance.randint(1, 25), lambda _: None)
        visitors += 1
        if not noted or now - noted[-1][0] >= every:
            noted.append((now, _state()))
            print(json.dumps({"minutes": round(now / 60, 1), "visitors": visitors, **noted[-1][1]}), flush=True)
    window.close()
    late = noted[len(noted) // 2 :]
    slopes = {name: round(_slope([(at / 3600, found[name]) for at, found in late]), 2) for name in noted[0][1]}
    print(json.dumps({"visitors": visitors, "slope_per_hour": slopes, "load": os.getloadavg()[0]}))


def _state() -> dict[str, float]:
    from tests.bench.kiosk_window import rss_mb

    gc.collect()
    return {
        "rss_mb": round(rss_mb(), 1),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "threads": threading.active_count(),
        "objects": len(gc.get_objects()),
    }


def _slope(points: list[tuple[float, float]]) -> float:
    """Least squares; 0 for fewer than two points."""
    if len(points) < 2:
        return 0.0
    x, y = (sum(point[n] for point in points) / len(points) for n in (0, 1))
    below = sum((at - x) ** 2 for at, _ in points)
    return sum((at - x) * (found - y) for at, found in points) / below if below else 0.0


if __name__ == "__main__":
    main()
