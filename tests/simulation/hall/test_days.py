"""Random days of a hall; many more by `python -m tests.simulation.hall --days 1000`."""

from pathlib import Path

import pytest

from tests.simulation.hall.day import Hall

_days, _steps = 3, 120


@pytest.mark.parametrize("seed", [1, 2])
def test_promises_hold_through_random_days(tmp_path: Path, seed: int) -> None:
    """Double presses, cut lines, lost answers, dying programs, jumping clocks: promises 8 to 11 and 17 hold."""
    hall = Hall(tmp_path, seed)
    for _ in range(_days):
        hall.live(_steps)
    assert hall.tickets > _days * _steps / 20  # a day in which nobody got a ticket would prove nothing
    assert hall.proven > _days
