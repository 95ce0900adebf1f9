"""A key pressed twice does its work once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient

from content_sync.domain.errors import Refused
from display_server.database.engine import Database
from display_server.queue import desk_state, log, queries, repeats, service
from tests.display_server import hall
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import post


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def seen(db: Database, window: str) -> int:
    """What a page of this window carries now."""
    _, day = log.stamp(db)
    with db.read() as connection:
        last = repeats.last_step(connection, "hall", day, window)
    return last.seq if last else 0


def states(db: Database) -> list[str]:
    """The state of every ticket, by number."""
    _, day = log.stamp(db)
    with db.read() as connection:
        every = ["waiting", "called", "serving", "held", "missed", "finished"]
        return [row.state for row in sorted(queries.listed(connection, "hall", day, every), key=lambda row: row.number)]


def test_a_double_click_calls_one_person(opened: Database) -> None:
    """Eight equal requests at once call one ticket; seven are told that it is done."""
    take(opened, "p1", "p2", "p3")
    (clerk,) = seated(opened, "w1")
    page, start = seen(opened, "w1"), threading.Barrier(8)

    def press(_: int) -> str:
        start.wait()
        try:
            found = service.call_next(opened, clerk, "hall", "w1", page)
        except repeats.DoneAlready:
            return "done already"
        return found.number if found else "nobody"

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(press, range(8))) == ["A001", *["done already"] * 7]
    assert states(opened) == ["called", "waiting", "waiting"]


def test_finish_and_next_sent_again_serves_one_more_only(opened: Database) -> None:
    """A form of “finish and call the next” whose answer got lost is sent again: one is finished, one is called."""
    first, *_ = take(opened, "p1", "p2", "p3")
    (clerk,) = seated(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1", seen(opened, "w1"))
    service.act(opened, clerk, "hall", "w1", "serving", first, seen=seen(opened, "w1"))
    page = seen(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1", page)
    with pytest.raises(repeats.DoneAlready):
        service.call_next(opened, clerk, "hall", "w1", page)
    assert states(opened) == ["finished", "called", "waiting"]


def test_the_last_one_finished_twice(opened: Database) -> None:
    """“Finish and call the next” with nobody waiting ends with an idle window; sent again it calls nobody who came."""
    (first,) = take(opened, "p1")
    (clerk,) = seated(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1")
    service.act(opened, clerk, "hall", "w1", "serving", first)
    page = seen(opened, "w1")
    assert service.call_next(opened, clerk, "hall", "w1", page) is None
    take(opened, "p2")
    with pytest.raises(repeats.DoneAlready):
        service.call_next(opened, clerk, "hall", "w1", page)
    assert states(opened) == ["finished", "waiting"]


@pytest.mark.parametrize("kind", ["recalled", "missed", "held", "finished", "transferred"])
def test_every_step_once(opened: Database, kind: str) -> None:
    """A step sent twice is logged once."""
    (ticket,) = take(opened, "p1")
    (clerk,) = seated(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1")
    page = seen(opened, "w1")
    service.act(opened, clerk, "hall", "w1", kind, ticket, "shebao", seen=page)
    with pytest.raises(repeats.DoneAlready):
        service.act(opened, clerk, "hall", "w1", kind, ticket, "shebao", seen=page)
    _, day = log.stamp(opened)
    with opened.read() as connection:
        assert [event.kind for event in queries.log(connection, "hall", day)] == ["issued", "called", kind]


def _next(db: Database, clerk: object, page: int) -> object:
    return service.call_next(db, clerk, "hall", "w1", page)  # type: ignore[arg-type]


def _missed(db: Database, clerk: object, page: int) -> object:
    ticket = queries.current
    with db.read() as connection:
        current = ticket(connection, "hall", log.stamp(db)[1], "w1")
    return service.act(db, clerk, "hall", "w1", "missed", current.id, seen=page)  # type: ignore[arg-type, union-attr]


@pytest.mark.parametrize("step", [_next, _missed])
def test_an_old_page_moves_nobody(opened: Database, step: Callable[[Database, object, int], object]) -> None:
    """A tab left open since this morning asks for something: nothing is done, and the clerk is told to look again."""
    first, _ = take(opened, "p1", "p2")
    (clerk,) = seated(opened, "w1")
    page = seen(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1")
    service.act(opened, clerk, "hall", "w1", "serving", first)
    with pytest.raises(Refused, match="没有照办") as refused:
        step(opened, clerk, page)
    assert not isinstance(refused.value, repeats.DoneAlready)
    assert states(opened) == ["serving", "waiting"]


def test_a_page_never_claims_to_have_seen_more_than_it_shows(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step taken while the page was being read: the page is behind, and its key does nothing."""
    take(opened, "p1", "p2")
    (clerk,) = seated(opened, "w1")
    called = service.call_next(opened, clerk, "hall", "w1")
    assert called
    listed = queries.listed

    def meanwhile(*asked: Any) -> Any:
        found = listed(*asked)
        monkeypatch.undo()
        service.act(opened, clerk, "hall", "w1", "missed", called.id)
        return found

    monkeypatch.setattr(queries, "listed", meanwhile)
    with opened.read() as connection:
        page = desk_state.of(connection, clerk, "hall", "w1", *log.stamp(opened))
    assert page.current  # it shows the one who is gone
    with pytest.raises(Refused):
        service.call_next(opened, clerk, "hall", "w1", page.seen)


def test_a_step_that_no_log_has(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """A number with 5,000 digits is no step of a window."""
    page = browser("wang", "clerk")
    take(opened, "p1")
    post(page, "/desk/hall/w1/sit", form="/desk/hall/w1", plate="wang")
    assert post(page, "/desk/hall/w1/next", form="/desk/hall/w1", seen="9" * 5_000).status_code == 303
    assert states(opened) == ["waiting"]
