"""Steps that wait for the writer are written together: each durable, each on its own, none starved."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Connection, bindparam, func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from content_sync.domain.errors import Refused
from display_server.database.engine import Database
from display_server.database.prepared import Prepared
from display_server.database.tables.core import changes, settings
from display_server.database.turns import Place, Turns

_put = Prepared(settings.insert().values(key=bindparam("key"), value=bindparam("value")))


def _keeping(db: Database, number: int) -> Callable[[Connection], str]:
    def step(connection: Connection) -> str:
        _put.run(connection, key=f"k{number:02}", value="1")
        refused = number % 10 == 0
        db.announce(connection, "queue", {"site": "refused" if refused else "hall"})
        if refused:
            raise Refused(f"no {number}")
        return f"yes {number}"

    return step


def _keys(db: Database) -> set[str]:
    with db.read() as connection:
        return set(connection.execute(select(settings.c.key).where(settings.c.key.like("k%"))).scalars())


def _lined_up(db: Database, pool: ThreadPoolExecutor, steps: int) -> list[Future[str]]:
    """Steps that wait in the line while somebody else writes."""
    asked = [pool.submit(db.submit, _keeping(db, number)) for number in range(steps)]
    while len(db._turns._line) < steps:
        threading.Event().wait(0.001)
    return asked


def test_steps_that_wait_are_written_together_and_fail_alone(db: Database) -> None:
    """Of thirty steps that wait every tenth fails: it alone is undone and unsaid, and tells its own caller only."""
    with ThreadPoolExecutor(30) as pool:
        with db.write():
            asked = _lined_up(db, pool, 30)
        failed = {number for number, one in enumerate(asked) if isinstance(one.exception(), Refused)}
        assert failed == {0, 10, 20}
        assert [one.result() for number, one in enumerate(asked) if number not in failed] == [
            f"yes {number}" for number in range(30) if number not in failed
        ]
    assert _keys(db) == {f"k{number:02}" for number in range(30) if number not in failed}
    with db.read() as connection:
        said = connection.execute(select(changes.c.detail)).scalars().all()
    assert said == ['{"site":"hall"}']  # one transaction said it, once


def test_a_transaction_that_fails_fails_every_step_and_the_next_one_works(
    db: Database,
) -> None:
    """The disk is full in the middle: nobody is told of a success, nothing is there, and the next step works."""
    with db.read() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    with db.write() as connection:
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))

    def swelling(connection: Connection) -> None:
        for number in range(1000):
            _put.run(connection, key=f"k-swollen-{number}", value="1" * 400)

    with pytest.raises(OperationalError, match="full"):
        db.submit(swelling)
    assert _keys(db) == set()
    with db.write() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))
    assert db.submit(_keeping(db, 1)) == "yes 1"
    assert _keys(db) == {"k01"}


def test_a_write_of_its_own_is_not_starved_by_steps(db: Database) -> None:
    """While eight threads submit without a pause, twenty whole transactions come to their turn, and no step is lost."""
    stop, done = threading.Event(), []

    def submitting(worker: int) -> None:
        count = 0
        while not stop.is_set():
            db.submit(partial(_put.run, key=f"k{worker}-{count}", value="1"))
            count += 1
        done.append(count)

    with ThreadPoolExecutor(8) as pool:
        for worker in range(8):
            pool.submit(submitting, worker)
        for number in range(20):
            with db.write() as connection:
                connection.execute(settings.insert().values(key=f"w{number}", value="1"))
        stop.set()
    with db.read() as connection:
        assert connection.execute(select(func.count()).where(settings.c.key.like("k%-%"))).scalar_one() == sum(done)
    assert sum(done) > 0


@pytest.mark.parametrize("inner", ["write", "submit"])
def test_a_write_inside_a_write_is_refused_instead_of_waiting_for_itself(db: Database, inner: str) -> None:
    """A step that forgets to use its connection is told so at once; whatever it began is undone."""

    def nested(connection: Connection) -> None:
        _put.run(connection, key="k-outer", value="1")
        if inner == "submit":
            db.submit(lambda c: None)
        with db.write():
            pass

    with pytest.raises(RuntimeError, match="inside a write"):
        db.submit(nested)
    assert _keys(db) == set()


def test_prepared_statements_answer_like_the_others(db: Database) -> None:
    """Rows by name, fixed and given values, counts of changed rows, and errors by their usual names."""
    found = Prepared(select(settings).where(settings.c.key == bindparam("key"), settings.c.value == "1"))
    listed = Prepared(select(settings.c.key).where(settings.c.key.in_(["k1", "k2"])).order_by(settings.c.key))
    gone = Prepared(settings.delete().where(settings.c.key == bindparam("key")))
    with db.write() as connection:
        _put.run(connection, key="k1", value="1")
        _put.run(connection, key="k2", value="2")
        assert found.first(connection, key="k1").value == "1"
        assert found.first(connection, key="k2") is None
        assert [row.key for row in listed.all(connection)] == ["k1", "k2"]
        assert (listed.scalar(connection), gone.run(connection, key="k1"), gone.run(connection, key="k1")) == (
            "k1",
            1,
            0,
        )
        with pytest.raises(IntegrityError):
            _put.run(connection, key="k2", value="2")
        with pytest.raises(KeyError):
            found.first(connection)


def test_turns_come_in_the_order_of_asking() -> None:
    """Five who wait are let in one after the other, as they came."""
    turns, order = Turns(), []
    turns.take(Place())

    def waiting(number: int) -> None:
        turns.take(Place())
        order.append(number)
        turns.give_back()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=waiting, args=(number,)))
        threads[-1].start()
        while len(turns._line) <= number:
            threading.Event().wait(0.001)
    turns.give_back()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
