"""Kill a device that steps from edition to edition: `python -m tests.faults --kills 200`. Prints what it was on.

With `--hall` it is a hall's server that is killed, while eight clients take tickets (tests.faults.hall_kills).
"""

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults import stepping
from tests.faults.hall_kills import survive
from tests.faults.test_killed_steps import killed, whole_edition


def main() -> None:
    """So many kills at random moments; ends with an error when a mixture is found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--hall", action="store_true")
    wanted, chance, found = asked.parse_args(), random.Random(), Counter[int]()
    with tempfile.TemporaryDirectory() as folder:
        if wanted.hall:
            done = survive(Path(folder), wanted.kills, chance.randrange(1 << 30))
            print(
                f"{done.kills} kills, {done.tickets} tickets, {done.again} pressed again: 0 lost, 0 doubled, 0 ghosts"
            )
            return
        stepping.build(Path(folder))
        for _ in range(wanted.kills):
            killed(Path(folder), chance.uniform(0.01, 1.5))
            found[whole_edition(Path(folder))] += 1
    print(f"{wanted.kills} kills, 0 mixtures; on edition: " + ", ".join(f"{n} ×{found[n]}" for n in sorted(found)))


if __name__ == "__main__":
    main()
