"""Two windows want the one who waits in the same moment: one of them gets the ticket, for the other nobody waits.

Ten thousand rounds by `python -m tests.bench.queue --only race`.
"""

from display_server.database.engine import Database
from tests.bench.racing import race
from tests.display_server import hall

_rounds = 15


def test_two_windows_never_get_the_same_ticket(db: Database) -> None:
    """Each window has its own connection to the database, as another process would; somebody wins every round."""
    hall.opened(db)
    raced = race(db.config, "hall", _rounds, "huji")
    assert (raced.both, raced.none, sum(raced.wins)) == (0, 0, _rounds)
