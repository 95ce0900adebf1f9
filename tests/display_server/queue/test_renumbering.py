"""A letter's numbers go on from a later one: for today, on file, and nothing is missing without a reason."""

import pytest

from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.voids import Void
from display_server.access import Actor, shell
from display_server.database.engine import Database
from display_server.queue import issuing, voids
from display_server.queue.renumbering import renumber
from tests.display_server import hall
from tests.display_server.world import HandClock


def test_from_201_for_the_rest_of_the_day(db: Database, clock: HandClock) -> None:
    """The next ticket is A201, what was passed over has its reason, tomorrow begins at A001."""
    hall.opened(db)
    assert issuing.issue(db, "k1", "hall", "huji", "p1").number == "A001"
    assert renumber(db, shell, "hall", "A", 201) == "A201"
    assert issuing.issue(db, "k1", "hall", "huji", "p2").number == "A201"
    with pytest.raises(Refused, match="A201 已经发出"):
        renumber(db, shell, "hall", "A", 201)
    with db.read() as connection:
        assert voids.of_day(connection, "hall", "2026-11-23") == [Void("A", 2, 200, "renumbered")]
        assert list(voids.faults(connection)) == []
    clock.advance(days=1)
    assert issuing.issue(db, "k1", "hall", "huji", "p3").number == "A001"
    with db.read() as connection:
        assert list(voids.faults(connection)) == []


def test_not_by_a_clerk_and_not_a_foreign_letter(db: Database) -> None:
    """It is the manager's to do, for letters that the hall has."""
    hall.opened(db)
    clerk = Actor("c", "c", frozenset({"clerk"}), frozenset("*"), "page")
    with pytest.raises(Refused, match="没有这个权限"):
        renumber(db, clerk, "hall", "A", 201)
    with pytest.raises(BadInput, match="没有以 Z"):
        renumber(db, shell, "hall", "Z", 201)
