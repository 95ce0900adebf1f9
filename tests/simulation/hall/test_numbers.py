"""Numbers through random misfortunes; many more by GONGKAILAN_NUMBERS=500 (histories), each 60 steps long."""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.simulation.hall.numbers import Numbers

_short = "GONGKAILAN_NUMBERS" not in os.environ
_profile = settings(
    max_examples=8 if _short else int(os.environ["GONGKAILAN_NUMBERS"]),
    stateful_step_count=25 if _short else 60,
    deadline=None,
    derandomize=_short,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_numbers_are_unique_and_none_is_lost() -> None:
    """Cut lines, lost answers, double presses, crashes, worn disks and wrong clocks: promise 8 and HAL-15 hold."""
    run_state_machine_as_test(Numbers, settings=_profile)
