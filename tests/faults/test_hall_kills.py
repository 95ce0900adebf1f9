"""Killed under load, a hall's server loses no ticket, gives none twice, and leaves none that nobody holds."""

from pathlib import Path

import pytest

from tests.faults.hall_kills import survive

pytestmark = pytest.mark.process
_kills = 3


def test_no_ticket_is_lost_doubled_or_nobodys(tmp_path: Path) -> None:
    """Kill -9 under eight clients; each presses again where its answer was lost, and gets the ticket it had."""
    survived = survive(tmp_path, _kills, seed=4)
    assert survived.again > 0
    assert survived.tickets > 60
