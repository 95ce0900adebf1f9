"""Kill a device that steps from edition to edition: `python -m tests.faults --kills 200`. Prints what it was on."""

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults import stepping
from tests.faults.test_killed_steps import killed, whole_edition


def main() -> None:
    """So many kills at random moments; ends with an error when a mixture is found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    wanted, chance, found = asked.parse_args(), random.Random(), Counter[int]()
    with tempfile.TemporaryDirectory() as folder:
        stepping.build(Path(folder))
        for _ in range(wanted.kills):
            killed(Path(folder), chance.uniform(0.01, 1.5))
            found[whole_edition(Path(folder))] += 1
    print(f"{wanted.kills} kills, 0 mixtures; on edition: " + ", ".join(f"{n} ×{found[n]}" for n in sorted(found)))


if __name__ == "__main__":
    main()
