"""A key pressed twice does its work once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from content_sync.domain.errors import Refused
from display_server.database.engine import Database
from display_server.queue import log, queries, repeats, service
from tests.display_server import hall
from tests.display_server.queue.test_windows import seated, take


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
