"""`python -m tests.soak --hours N [--items N] [--size WxH]`: random visitors at a real window, and what they leave.

1. A visitor taps whatever can be tapped, writes where one can write, then walks away; ten minutes pass until the next,
   so an hour of the soak is some days of a hall. The hall answers and acknowledges all the while.
2. What the process holds is noted (tests.soak.traces) once a minute, in short runs a hundred times in all.
3. At the end one line says for each number its slope per hour in the second half, with its interval
   (tests.soak.slopes). Nothing is asserted: a person reads it. `--name-growth` also lists the types of Python objects
   that became more.
"""

import argparse
import gc
import json
import os
import random
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic

from kiosk.app import scrubbing
from tests.soak import slopes
from tests.soak.hall import Hall

_notes, _apart_seconds, _between_minutes, _touches_max = 100, 60.0, 10, 25


def main() -> None:
    """Print a line for each note, then the slopes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, required=True)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--name-growth", action="store_true")
    given = parser.parse_args()
    scrubbing.start_filling()  # as on the glass
    wide, high = map(int, given.size.split("x"))
    with tempfile.TemporaryDirectory() as place:
        noted, types = _soak(Path(place) / "device", given.hours * 3600, given.items, (wide, high), given.seed)
    lines = {name: slopes.slope(slopes.late([(at, told[name]) for at, told in noted])) for name in noted[0][1]}
    for name, line in lines.items():
        if line and name != "visitors":
            interval = f"{line.per_hour:+.3f} an hour ({line.low:+.3f} … {line.high:+.3f}), {line.verdict}"
            print(f"{name:>9}: {line.at_end:12,.1f} at the end, {interval}")
    if given.name_growth:
        print(json.dumps(dict((types[1] - types[0]).most_common(12)), ensure_ascii=False))
    print(f"visitors {noted[-1][1]['visitors']:,.0f}, load {os.getloadavg()[0]:.2f}")


def _soak(
    folder: Path, seconds: float, items: int, size: tuple[int, int], seed: int
) -> tuple[list[tuple[float, dict[str, float]]], tuple["Counter[str]", "Counter[str]"]]:
    from kiosk import bootstrap
    from tests.bench.kiosk_window import KioskWindow, fill, wander
    from tests.soak.traces import taken

    fill(folder, items)
    bootstrap.prepare(*size, offscreen=not os.environ.get("DISPLAY"))
    chance = random.Random(seed)  # a run can be done again
    window, hall = KioskWindow(folder), Hall(folder, chance)
    begun, noted, visitors, middle = monotonic(), list[tuple[float, dict[str, float]]](), 0, Counter[str]()
    every = min(_apart_seconds, seconds / _notes)
    while (now := monotonic() - begun) < seconds:
        wander(window, chance, chance.randint(1, _touches_max), lambda _: hall.answer(window.now()))
        window.pass_minutes(_between_minutes)
        hall.turn(window.now())
        visitors += 1
        if not noted or now - noted[-1][0] * 3600 >= every:
            noted.append((now / 3600, {**taken(folder), "visitors": visitors}))
            told = {name: round(value, 1) for name, value in noted[-1][1].items()}
            print(json.dumps({"minutes": round(now / 60, 1), **told}), flush=True)
        if not middle and now > seconds / 2:
            middle = _types()
    end = _types()
    window.close()
    hall.close()
    return noted, (middle, end)


def _types() -> "Counter[str]":
    gc.unfreeze()  # what the kiosk set aside is counted too
    gc.collect()
    return Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())


if __name__ == "__main__":
    main()
