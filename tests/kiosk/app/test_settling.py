"""Searches for cycles stay out of touches, and find what a visitor left."""

import gc
import weakref

import pytest

from content_sync.domain.errors import Broken
from content_sync.storage.content import ContentStore
from kiosk.app import scrubbing
from kiosk.app.settling import settle
from kiosk.flow import actions
from tests.kiosk.app.twins import Kiosk

pytestmark = pytest.mark.usefixtures("whole_memory")


class _Knot:
    """Holds itself: given back only by a search."""

    def __init__(self) -> None:
        self.itself = self


def test_what_stands_there_is_not_gone_through_again() -> None:
    """Ten thousand rows are set aside; the search that a touch may meet goes through the visitor's things alone."""
    rows = [[n] for n in range(10_000)]
    settle()
    own = [object(), []]
    searched = len(gc.get_objects())
    assert searched < len(rows) < gc.get_freeze_count()
    assert any(one is own for one in gc.get_objects())


def test_a_visitor_s_knot_is_never_set_aside_for_good() -> None:
    """One left before is gone when everything is set aside; one that was still held then is gone the next time."""
    left = weakref.ref(_Knot())
    held = _Knot()
    settle()
    assert left() is None
    later = weakref.ref(held)
    del held
    settle()
    assert later() is None


def test_a_database_that_fails_keeps_no_memory_from_being_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read cannot be let go of: what the visitor typed is overwritten all the same."""
    done = list[str]()
    monkeypatch.setattr(scrubbing, "scrub", lambda: done.append("scrubbed"))
    rubber = scrubbing.Rubber(_broken)
    rubber.look(0, 100.0, is_idle=True)
    rubber.look(0, 101.0, is_idle=True)
    assert done == ["scrubbed"]


def _broken() -> None:
    raise Broken("the file is gone")


def test_it_happens_while_nobody_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the start and after a visitor, a second after the picture; whoever touches the glass does not wait for it."""
    monkeypatch.setattr(scrubbing, "scrub", lambda: None)
    rubber = scrubbing.Rubber(lambda: None)
    rubber.look(0, 100.0, is_idle=True)
    assert gc.get_freeze_count() == 0
    rubber.look(0, 101.0, is_idle=False)
    assert gc.get_freeze_count() == 0
    rubber.look(0, 102.0, is_idle=True)
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    rubber.look(1, 200.0, is_idle=True)
    assert gc.get_freeze_count() == 0
    rubber.look(1, 201.0, is_idle=True)
    assert gc.get_freeze_count() > 0


def test_the_rows_of_an_edition_at_night_are_set_aside_before_the_morning(kiosk: Kiosk) -> None:
    """Nobody is here: the new rows are read, then set aside, once. While somebody is here nothing is."""
    for _ in range(5):
        kiosk.later(0.02)
    gc.unfreeze()
    for _ in range(5):
        kiosk.later(0.02)
    assert gc.get_freeze_count() == 0
    agent = ContentStore(kiosk.folder / "content.db")
    agent.hide("qinghe", ["qh-tousu"])
    for _ in range(5):
        kiosk.later(0.02)
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    kiosk.act(actions.Wake())
    agent.hide("qinghe", ["qh-dibao"])
    agent.close()
    for _ in range(5):
        kiosk.later(0.02)
    assert gc.get_freeze_count() == 0
