"""Live for a while: `python -m tests.simulation --minutes 60`. Ends with 1 and a short life when a promise breaks."""

import argparse
import time

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.simulation.test_sync import Life


def main() -> None:
    """Lives of sixty steps, each with another seed, until the time is over."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--steps", type=int, default=60)
    wanted = asked.parse_args()
    end, lives = time.monotonic() + 60 * wanted.minutes, 0
    while time.monotonic() < end:
        lived = settings(
            max_examples=20,
            stateful_step_count=wanted.steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(Life, settings=lived)
        lives += 20
        print(f"{lives} lives of {wanted.steps} steps, {(end - time.monotonic()) / 60:.1f} minutes left", flush=True)


if __name__ == "__main__":
    main()
