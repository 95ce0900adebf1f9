"""Random days for a while: `python -m tests.simulation.hall --days 1000`. Ends with 1 and a seed when one breaks."""

import argparse
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.simulation.hall.day import Hall

_days_each = 5


def main() -> None:
    """Halls of five days each, every one with the next seed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--days", type=int, default=100)
    asked.add_argument("--steps", type=int, default=150)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    wanted = asked.parse_args()
    tickets, began = 0, time.monotonic()
    for number in range(-(-wanted.days // _days_each)):
        seed = wanted.seed + number
        with tempfile.TemporaryDirectory() as folder:
            hall = Hall(Path(folder), seed)
            try:
                for _ in range(_days_each):
                    hall.live(wanted.steps)
            except AssertionError:
                traceback.print_exc()
                print(f"seed {seed} breaks after: {', '.join(hall.told[-30:])}")
                sys.exit(1)
        tickets += hall.tickets
        days = (number + 1) * _days_each
        print(f"{days} days, {tickets} tickets, {(time.monotonic() - began) / days:.1f} s a day", flush=True)


if __name__ == "__main__":
    main()
