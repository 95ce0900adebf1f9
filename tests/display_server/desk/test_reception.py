"""Records are counted exactly once, in any order, however often (promise 10); bad ratings open one case."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from content_sync.domain.errors import Refused
from content_sync.domain.hall.queue import Event
from content_sync.domain.records import Record
from display_server.config import Config
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.devices import devices
from display_server.database.tables.records import cases, display_log, ratings, records
from display_server.desk import finishing, reception
from display_server.devices import service
from display_server.devices.queries import Device, shown_at
from display_server.queue import issuing, log, queries
from tests.display_server import hall, world

when = "2026-11-23T09:00:00+08:00"


@pytest.fixture
def kiosk(db: Database) -> Device:
    """An enrolled kiosk in an open hall."""
    return hall.device(hall.opened(db))[0]


def record(record_id: str, kind: str, device: str = "k1", **body: str | int) -> Record:
    """A record of the kiosk."""
    return Record(record_id, kind, device, when, body)


def served(db: Database, press: str) -> str:
    """A ticket that was called and finished."""
    ticket = issuing.issue(db, "k1", "hall", "huji", press).ticket
    with db.write() as connection:
        for kind in ("called", "finished"):
            at, _ = log.stamp(db)
            row = queries.by_id(connection, ticket)
            log.move(db, connection, row, Event(ticket, kind, at, window="w1"), "clerk")
    return ticket


def count(db: Database, table: Any) -> int:
    """How many rows a table holds."""
    with db.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def batch_for(db: Database) -> list[Record]:
    """One record of each counted kind, and a second rating of the same ticket by another record."""
    ticket, lease = served(db, "p1"), issuing.lease(db, "k1", "hall", "huji")
    leased = {"press": "p9", "ticket": "t9", "service": "huji", "number": "A601", "day": lease.day}
    return [
        record("r-ticket", "ticket", **leased, priority="", issued=when, leased=1),
        record("r-bad", "rating", ticket=ticket, level=1, reasons="等太久"),
        record("r-opinion", "opinion", about="大厅", taps="看不懂", text="字太小", item=""),
        record("r-display", "display", item="notice-1", hash="a" * 64, screen="home", start=when, end=when),
        record("r-heartbeat", "heartbeat", disk=1),
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_resent_in_any_order_counts_once(data: st.DataObject) -> None:
    """Whatever order and repetition a bad line makes of a batch, each record counts once and is accepted each time."""
    with TemporaryDirectory() as folder:
        db = world.founded(Config(Path(folder) / "server", world.HandClock(), world.CountedIds()))
        try:
            device = hall.device(hall.opened(db))[0]
            batch = batch_for(db)
            sent = data.draw(st.lists(st.sampled_from(batch), max_size=12)) + data.draw(st.permutations(batch))
            while sent:
                size = data.draw(st.integers(1, len(sent)))
                received = reception.receive(db, device, sent[:size])
                assert received == reception.Received([one.id for one in sent[:size]], [])
                sent = sent[size:]
            assert [count(db, table) for table in (records, ratings, cases, display_log)] == [4, 1, 2, 1]
        finally:
            db.close()


def test_why_a_ticket_goes_first_is_in_no_record(db: Database, kiosk: Device) -> None:
    """The clerk of today reads it with the ticket; the record that brought it holds no reason."""
    lease = issuing.lease(db, "k1", "hall", "huji")
    leased = {"press": "p9", "ticket": "t9", "service": "huji", "number": "A601", "day": lease.day, "leased": 1}
    brought = record("r1", "ticket", **leased, priority="elder", claim="elder", issued=when)
    assert reception.receive(db, kiosk, [brought]).accepted == ["r1"]
    with db.read() as connection:
        assert queries.by_id(connection, "t9").claim == "elder"
        (kept,) = connection.execute(select(records.c.body)).scalars()
    assert "elder" not in kept
    assert "priority" not in kept


def test_one_rating_for_each_ticket(db: Database, kiosk: Device) -> None:
    """A second rating of a ticket is refused, also in the same batch, and opens no second case (EVA-05)."""
    ticket = served(db, "p1")
    twice = [record("r1", "rating", ticket=ticket, level=2), record("r2", "rating", ticket=ticket, level=5)]
    assert reception.receive(db, kiosk, twice) == reception.Received(["r1"], [("r2", "already rated")])
    assert (count(db, ratings), count(db, cases)) == (1, 1)


def test_walking_away_stores_nothing(db: Database, kiosk: Device, clock: world.HandClock) -> None:
    """A finished ticket is invited for half an hour; without a rating nothing is stored and no case opens."""
    ticket = served(db, "p1")
    with db.read() as connection:
        assert [row.id for row in finishing.invitations(db, connection, "hall")] == [ticket]
        clock.advance(minutes=31)
        assert finishing.invitations(db, connection, "hall") == []
    assert (count(db, ratings), count(db, cases)) == (0, 0)


def test_a_rated_ticket_is_invited_no_more(db: Database, kiosk: Device) -> None:
    """After its rating a ticket leaves the invitations at once."""
    ticket = served(db, "p1")
    reception.receive(db, kiosk, [record("r1", "rating", ticket=ticket, level=5)])
    with db.read() as connection:
        assert finishing.invitations(db, connection, "hall") == []
    assert count(db, cases) == 0


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (record("r1", "rating", ticket="nobody", level=5), "unknown ticket"),
        (record("r1", "rating", ticket="nobody", level=9), "level"),
        (record("r1", "rating", ticket="nobody", level="5"), "level"),
        (record("r1", "opinion", about="大厅", taps="", text="  "), "a tap or a word"),
        (record("r1", "opinion", text="长" * 501), "500"),
        (record("r1", "display", item="i", hash="a" * 65, screen="home", start=when, end=when), "display record"),
        (record("r1", "display", item="i", hash="a", screen="home", start=when, end="never"), "instant"),
        (record("r1", "opinion", device="k2", text="好"), "device k2"),
        (Record("r1", "opinion", "k1", "9:00", {"text": "好"}), "made_at"),
    ],
)
def test_refused_alone(db: Database, kiosk: Device, bad: Record, reason: str) -> None:
    """A bad record is refused with its reason; the good ones around it count, and nothing of it stays."""
    around = [record("a", "opinion", text="好"), bad, record("b", "opinion", text="好"), ("c", "not a record")]
    received = reception.receive(db, kiosk, around)
    assert received.accepted == ["a", "b"]
    assert received.refused[0][0] == "r1"
    assert reason in received.refused[0][1]
    assert received.refused[1] == ("c", "not a record")
    assert (count(db, records), count(db, cases)) == (2, 2)


def test_what_was_half_done_is_undone(db: Database, kiosk: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is refused after something of it was written leaves nothing, and can be sent again."""
    ticket = served(db, "p1")

    def refuse(*_: object) -> str:
        raise Refused("no room")

    with monkeypatch.context() as patched:
        patched.setattr(finishing, "open_case", refuse)
        received = reception.receive(db, kiosk, [record("r1", "rating", ticket=ticket, level=1)])
    assert received.refused == [("r1", "no room")]
    assert (count(db, ratings), count(db, records)) == (0, 0)
    assert reception.receive(db, kiosk, [record("r1", "rating", ticket=ticket, level=1)]).accepted == ["r1"]
    assert (count(db, ratings), count(db, cases)) == (1, 1)


def test_an_id_of_another_device_is_no_repetition(db: Database, kiosk: Device) -> None:
    """The same id from two devices: the second is refused aloud, never swallowed as known."""
    other = hall.device(db, "k2")[0]
    assert reception.receive(db, kiosk, [record("r1", "opinion", text="好")]).accepted == ["r1"]
    received = reception.receive(db, other, [record("r1", "opinion", device="k2", text="坏")])
    assert [one for one, _ in received.refused] == ["r1"]


def test_only_the_newest_heartbeat_stays(db: Database, kiosk: Device, clock: world.HandClock) -> None:
    """An older heartbeat that arrives late changes nothing."""
    clock.advance(minutes=9)
    for minute, disk in ((5, 50), (1, 10)):
        beat = Record(f"h{minute}", "heartbeat", "k1", f"2026-11-23T09:0{minute}:00+08:00", {"disk": disk})
        assert reception.receive(db, kiosk, [beat]).accepted == [beat.id]
    with db.read() as connection:
        assert connection.execute(select(devices.c.heartbeat)).scalar() == '{"disk":50}'


def test_a_clock_that_ran_ahead_silences_no_device(db: Database, kiosk: Device, clock: world.HandClock) -> None:
    """A heartbeat of the year 2099 counts as made when it arrived; the next honest one replaces it."""
    reception.receive(db, kiosk, [Record("h1", "heartbeat", "k1", "2099-01-01T00:00:00+08:00", {"disk": 1})])
    clock.advance(minutes=5)
    reception.receive(db, kiosk, [Record("h2", "heartbeat", "k1", clock.now().isoformat(), {"disk": 2})])
    with db.read() as connection:
        kept = connection.execute(select(devices.c.heartbeat, devices.c.heartbeat_at)).one()
    assert tuple(kept) == ('{"disk":2}', "2026-11-23T09:05:00+08:00")


def test_nothing_is_known_of_a_board_in_the_future(db: Database, kiosk: Device, clock: world.HandClock) -> None:
    """A board that claims to show an item until 2099 has shown it until its report arrived (promise 17)."""
    start = clock.now().isoformat()
    clock.advance(minutes=2)
    claimed = {"item": "n", "hash": "a" * 64, "screen": "lcd", "start": start, "end": "2099-01-01T00:00:00+08:00"}
    reception.receive(db, kiosk, [record("d1", "display", **claimed)])
    with db.read() as connection:
        known = [bool(shown_at(connection, "k1", at)) for at in (start, "2026-11-23T09:02:00+08:00", "2030-01-01")]
    assert known == [True, False, False]


def test_a_ticket_is_rated_at_its_own_site(db: Database, kiosk: Device) -> None:
    """A device of another site learns nothing of the ticket and rates nothing."""
    ticket = served(db, "p1")
    with db.write() as connection:
        county.put_site(connection, replace(hall.site, id="office"))
    stranger = service.enrol(
        db, service.add(db, world.shell, "k9", "touch", ["qinghe"], "office", bytes(16)), hall.public_key
    )[0]
    received = reception.receive(db, stranger, [record("r1", "rating", device="k9", ticket=ticket, level=1)])
    assert received.refused == [("r1", "unknown ticket")]
    assert reception.receive(db, kiosk, [record("r2", "rating", ticket=ticket, level=5)]).accepted == ["r2"]


def test_what_was_on_a_board_at_a_minute(db: Database, kiosk: Device, clock: world.HandClock) -> None:
    """For a past minute the server says which hash was shown; for one nobody reported, that it does not know."""
    start = clock.now()
    for nth in range(2):
        begin, end = ((start + timedelta(minutes=n)).isoformat() for n in (nth, nth + 1))
        clock.advance(minutes=1)
        shown = {"item": f"notice-{nth}", "hash": str(nth) * 64, "screen": "lcd", "start": begin, "end": end}
        reception.receive(db, kiosk, [record(f"d{nth}", "display", **shown)])
    with db.read() as connection:
        hashes = [
            [row.hash[0] for row in shown_at(connection, "k1", (start + timedelta(seconds=n)).isoformat())]
            for n in (0, 59, 60, 119, 120)
        ]
    assert hashes == [["0"], ["0"], ["1"], ["1"], []]


def test_case_numbers_of_a_day(db: Database, kiosk: Device) -> None:
    """Cases are numbered by their day, in the order in which they came."""
    reception.receive(db, kiosk, [record(f"r{n}", "opinion", text="好") for n in range(3)])
    with db.read() as connection:
        numbers = connection.execute(select(cases.c.number).order_by(cases.c.number)).scalars().all()
    assert numbers == ["20261123-001", "20261123-002", "20261123-003"]


def test_a_record_of_a_doubtful_clock_is_kept_and_tells_of_no_minute(db: Database, kiosk: Device) -> None:
    """An opinion made in 2099 counts and speaks of no future; a display record of then claims no minute of a board."""
    late = "2099-01-01T00:00:00+08:00"
    shown = {"screen": "touch", "item": "a", "hash": "0" * 64, "start": when, "end": when, "clock": "doubtful"}
    batch = [
        replace(record("r1", "opinion", about="hall", taps="wait", clock="doubtful"), made_at=late),
        replace(record("r2", "display", **shown), made_at=late),
    ]
    assert reception.receive(db, kiosk, batch).accepted == ["r1", "r2"]
    with db.read() as connection:
        kept = {row.id: row for row in connection.execute(select(records))}
        assert connection.execute(select(func.count()).select_from(display_log)).scalar_one() == 0
    assert all(row.made_at == row.received_at and "doubtful" in row.body for row in kept.values())


def test_a_claim_reaches_the_line_and_nobody_else(db: Database) -> None:
    """Why a printed ticket goes first is with the ticket for its day, not in the stored record that travels on."""
    hall.opened(db)
    kiosk, _ = hall.device(db)
    lease = issuing.lease(db, "k1", "hall", "huji")
    body = {"press": "p9", "ticket": "t9", "service": "huji", "number": "A601", "day": lease.day, "issued": when}
    assert reception.receive(db, kiosk, [record("r1", "ticket", **body, priority=1, claim="elder")]).accepted == ["r1"]
    with db.read() as connection:
        assert queries.by_id(connection, "t9").claim == "elder"
        [(stored,)] = connection.execute(select(records.c.body)).all()
    assert "elder" not in stored


def test_a_blanked_minute_is_known_as_such(db: Database, kiosk: Device, clock: world.HandClock) -> None:
    """A board whose content was hidden showed no item, and the server knows that (promise 17)."""
    start = clock.now()
    clock.advance(minutes=2)
    hidden = {"item": "", "hash": "blank", "screen": "lcd", "start": start.isoformat(), "end": clock.now().isoformat()}
    assert reception.receive(db, kiosk, [record("d1", "display", **hidden)]).accepted == ["d1"]
    with db.read() as connection:
        (row,) = shown_at(connection, "k1", (start + timedelta(minutes=1)).isoformat())
    assert (row.item, row.hash) == ("", "blank")
