"""What names a person goes when all that hangs on it has ended, a little at a time, and nothing before."""

import pytest

from content_sync.domain import limits
from display_server.cases import queries, verdicts
from display_server.cases.service import Opening, open_case
from display_server.database.engine import Database
from display_server.database.tables.handlings import handlings
from display_server.database.tables.records import cases, records
from display_server.database.tables.relaying import passing
from display_server.desk import forgetting
from display_server.desk.check import examine
from tests.display_server import hall, world
from tests.display_server.cases import making

long_ago = "2025-01-01T09:00:00+08:00"


def closed(db: Database, record: str) -> str:
    """An opinion in words, closed long ago; its number."""
    with db.write() as connection:
        number = open_case(db, connection, Opening(record, "opinion", "hall", "qinghe", "place", "toilet", "没有水"))
        ended = cases.update().where(cases.c.number == number)
        connection.execute(ended.values(state="done", closed_at=long_ago))
    return number


def followed(db: Database, number: str) -> str:
    """Its visitor was not satisfied; the number of the case that follows."""
    with db.write() as connection:
        return verdicts.judge(db, connection, f"v-{number}", queries.by_number(connection, number), "unsatisfied")


def words(db: Database) -> dict[str, str]:
    """The words of every case that is there."""
    with db.read() as connection:
        return {row.number: row.text for row in connection.execute(cases.select())}


def test_words_stay_while_what_follows_is_in_hand(db: Database, clock: world.HandClock) -> None:
    """Somebody else answers an unsatisfied visitor and needs the words; both go a year after the later end."""
    hall.opened(db)
    number = closed(db, "r1")
    after = followed(db, number)
    assert forgetting.forget(db) == []
    with db.write() as connection:
        ended = cases.update().where(cases.c.number == after)
        connection.execute(ended.values(state="done", closed_at=clock.now().isoformat()))
    clock.advance(days=365)
    assert forgetting.forget(db) == []
    clock.advance(days=1)
    assert [(one.number, one.until) for one in forgetting.forget(db)] == [(number, "2027-11-23"), (after, "2027-11-23")]
    assert set(words(db).values()) == {""}


def test_a_window_s_applicant_goes_two_years_after_the_end(db: Database, clock: world.HandClock) -> None:
    """Name and phone of a case that is over; number, title and papers stay, and the check is content."""
    making.opened(db)
    over, running = making.taken(db, 1, kind="instant", contact="0000-7654321"), making.taken(db, 2)
    with db.write() as connection:
        ended = handlings.update().where(handlings.c.id == over)
        connection.execute(ended.values(state="done", closed_at=clock.now().isoformat()))
    clock.advance(days=730)
    assert forgetting.due(db) == []
    clock.advance(days=1)
    before = examine(db).problems
    assert [(one.family, one.number) for one in forgetting.forget(db)] == [("handling", over)]
    assert forgetting.forget(db) == []
    row = making.row(db, over)
    assert (row.applicant, row.contact, row.title) == ("", "", "办理guide-1")
    assert making.row(db, running).applicant == "张三"
    assert examine(db).problems == before


def test_what_an_upstream_refused_goes_and_what_waits_stays(db: Database) -> None:
    """A relay keeps the whole record of what was refused above: it goes a year after it came, which the log says."""
    hall.opened(db)
    kinds = {"r1": "application", "r2": "application", "r3": "opinion", "r4": "display"}
    with db.write() as connection:
        for name, kind in kinds.items():
            values = {"id": name, "device": "k1", "kind": kind, "made_at": long_ago, "received_at": long_ago}
            connection.execute(records.insert().values(**values, body="{}"))
            refused = "" if name == "r2" else "No."
            connection.execute(passing.insert().values(record=name, data="{}", refused=refused))
    found = forgetting.forget(db)
    assert [(one.family, one.number, one.until) for one in found] == [
        ("record", "r1", "2026-01-01"),
        ("record", "r3", "2026-01-01"),
    ]
    with db.read() as connection:
        assert [row.record for row in connection.execute(passing.select())] == ["r2", "r4"]
    assert forgetting.forget(db) == []


def test_each_is_looked_at_again_when_its_turn_comes(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two writes a visitor says 不满意, and another process forgets: neither is forgotten a second time."""
    hall.opened(db)
    monkeypatch.setattr(limits, "forgotten_at_once_max", 2)
    numbers = [closed(db, f"r{n}") for n in range(5)]
    found = forgetting.due(db)
    assert [one.number for one in found] == numbers
    after = followed(db, numbers[3])
    monkeypatch.setattr(forgetting, "due", lambda _: found)
    assert [one.number for one in forgetting.forget(db)] == [*numbers[:3], numbers[4]]
    assert [number for number, text in words(db).items() if text] == [numbers[3], after]
    assert forgetting.forget(db) == []
