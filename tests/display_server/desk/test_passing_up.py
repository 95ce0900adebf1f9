"""Records go up over relays, each on file once at every server, counted once at its own (promise 10)."""

import atexit
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_sync.domain.county import Site, Unit
from content_sync.domain.errors import GongkailanError
from content_sync.domain.hall.queue import Event
from content_sync.domain.records import Record, kinds
from display_server.config import Config
from display_server.database import county as kept
from display_server.database.tables.devices import devices
from display_server.database.tables.records import cases, display_log, ratings, records
from display_server.database.tables.relaying import devices_behind, passing
from display_server.database.tables.visitors import applications, poll_sheets, reports
from display_server.desk import asking_above, reception, saying
from display_server.devices.queries import Device, shown_at
from display_server.publishing.service import publisher
from display_server.queue import issuing, log, queries
from tests.display_server import relays, world
from tests.display_server.relays import Server

when = "2026-11-23T09:00:00+08:00"


@dataclass
class Chain:
    """County, township, village."""

    county: Server
    town: Server
    village: Server
    kiosk: Device


def chain(folder: Path, clock: world.HandClock) -> Chain:
    """Three servers, and a kiosk in the village's office: a copy of those that were founded once in this process."""
    stage, kiosk, given = _founded()
    copytree(stage, folder, dirs_exist_ok=True)
    county, town, village = (
        relays.opened(Config(folder / name, clock, world.CountedIds(count))) for name, count in given.items()
    )
    return Chain(county, town.below(county), village.below(town), kiosk)


@cache
def _founded() -> tuple[Path, Device, dict[str, int]]:
    """Their folder, the kiosk, and how much chance each server has used."""
    folder, clock = Path(mkdtemp()), world.HandClock()
    atexit.register(rmtree, folder, ignore_errors=True)
    county = relays.county(folder, clock)
    with county.db.write() as connection:
        kept.put_unit(connection, Unit("liuhe", "六合镇", "township", parent="qinghe"))
        kept.put_unit(connection, Unit("liushu", "柳树村村民委员会", "village", parent="liuhe"))
        kept.put_site(connection, Site("town-hall", "liuhe", "六合镇便民服务中心", "0000-1"))
        publisher(county.db).put_county(kept.county(connection))
    town = relays.relay(county, "town", site="town-hall")
    village = relays.relay(town, "village", site="liushu-office")
    kiosk = village.kiosk("kiosk-1").device
    given = {}
    for server in (county, town, village):
        assert isinstance(server.db.config.ids, world.CountedIds)
        given[server.db.config.home.name] = server.db.config.ids.given
        server.close()
    return folder, kiosk, given


@pytest.fixture
def servers(tmp_path: Path, clock: world.HandClock) -> Iterator[Chain]:
    """The chain."""
    made = chain(tmp_path, clock)
    yield made
    for server in (made.county, made.town, made.village):
        server.db.close()


def record(record_id: str, kind: str, device: str = "kiosk-1", **body: str | int) -> Record:
    """A record of the kiosk."""
    return Record(record_id, kind, device, when, body)


def served(village: Server) -> str:
    """A ticket of the village that was called and finished."""
    ticket = issuing.issue(village.db, "kiosk-1", "liushu-office", "daiban", "p1").ticket
    with village.db.write() as connection:
        for kind in ("called", "finished"):
            at, _ = log.stamp(village.db)
            row = queries.by_id(connection, ticket)
            log.move(village.db, connection, row, Event(ticket, kind, at, window="w1"), "clerk")
    return ticket


def said(made: Chain) -> list[Record]:
    """One record of each kind that is kept."""
    lease = issuing.lease(made.village.db, "kiosk-1", "liushu-office", "daiban")
    leased = {"press": "p9", "ticket": "t9", "service": "daiban", "number": "A601", "day": lease.day}
    return [
        record("r-ticket", "ticket", **leased, priority="", issued=when, leased=1),
        record("r-bad", "rating", ticket=served(made.village), level=1, reasons="等太久"),
        record("r-opinion", "opinion", about="hall", taps="wait", text="路灯不亮", item=""),
        record("r-display", "display", item="notice-1", hash="a" * 64, screen="home", start=when, end=when),
    ]


def step(server: Server) -> int:
    """Pass up what waits, as far as the line lets it."""
    try:
        return server.passing().step(0.0, live=True)
    except GongkailanError:
        return 0


def test_two_hops_file_everything_once_and_judge_nothing_twice(servers: Chain) -> None:
    """The village counts: line, rating, cases. Township and county file the same records with the way they came."""
    batch = said(servers)
    assert reception.receive(servers.village.db, servers.kiosk, batch).refused == []
    assert step(servers.village) == len(batch)
    assert step(servers.town) == len(batch)
    ids = [one.id for one in batch]
    for server, way in (
        (servers.village, "kiosk-1"),
        (servers.town, "village/kiosk-1"),
        (servers.county, "town/village/kiosk-1"),
    ):
        assert sorted((row.id, row.device) for row in server.rows(records)) == sorted((one, way) for one in ids)
        assert [(row.site, row.service, row.level) for row in server.rows(ratings)] == [("liushu-office", "daiban", 1)]
        assert [(row.device, row.item) for row in server.rows(display_log)] == [(way, "notice-1")]
        assert len(server.rows(passing)) == 0
    assert len(servers.village.rows(cases)) == 2
    assert servers.town.rows(cases) == servers.county.rows(cases) == []
    assert (len(servers.town.rows(records)), len(servers.county.rows(records))) == (4, 4)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(["before", "after", ""]), max_size=10), st.permutations(range(4)))
def test_lost_answers_double_nothing(lost: list[str], order: list[int]) -> None:
    """Whatever answers get lost on either hop, in the end each record is on file once everywhere."""
    with TemporaryDirectory() as folder:
        made = chain(Path(folder), world.HandClock())
        batch = said(made)
        for server in (made.village, made.town):
            assert server.line is not None
            server.line.lost = list(lost)
        for number in order:
            reception.receive(made.village.db, made.kiosk, [batch[number], batch[number]])
            step(made.village)
            step(made.town)
        for _ in range(len(lost) + 1):
            step(made.village)
            step(made.town)
        for server in (made.village, made.town, made.county):
            assert sorted(row.id for row in server.rows(records)) == sorted(one.id for one in batch)
            assert len(server.rows(ratings)) == len(server.rows(display_log)) == 1
            assert server.rows(passing) == []
            server.db.close()


def test_counting_and_waiting_are_one_transaction(servers: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relay that dies between counting a record and letting it wait has done neither."""

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    opinion = record("r1", "opinion", about="hall", taps="wait", text="", item="")
    with monkeypatch.context() as patch:
        patch.setattr("display_server.devices.passing.add", dies)
        with pytest.raises(KeyboardInterrupt):
            reception.receive(servers.village.db, servers.kiosk, [opinion])
    assert servers.village.rows(records) == servers.village.rows(cases) == servers.village.rows(passing) == []
    reception.receive(servers.village.db, servers.kiosk, [opinion])
    assert len(servers.village.rows(cases)) == len(servers.village.rows(passing)) == 1


def test_two_kiosks_of_one_name_stay_two(servers: Chain) -> None:
    """`kiosk-1` of the village and `kiosk-1` of the township are two at the county, each with its own minutes."""
    other = servers.town.kiosk("kiosk-1").device
    shown = {"screen": "home", "start": "2026-11-23T08:00:00+08:00", "end": when}
    below = record("r1", "display", item="below", hash="a" * 64, **shown)
    above = record("r2", "display", item="above", hash="b" * 64, **shown)
    reception.receive(servers.village.db, servers.kiosk, [below])
    reception.receive(servers.town.db, other, [above])
    step(servers.village)
    step(servers.town)
    with servers.county.db.read() as connection:
        at = "2026-11-23T08:30:00+08:00"
        found = {way: [row.item for row in shown_at(connection, way, at)] for way in _ways}
    assert found == {"town/kiosk-1": ["above"], "town/village/kiosk-1": ["below"]}


_ways = ("town/kiosk-1", "town/village/kiosk-1")


def test_how_devices_are_is_known_two_hops_above(servers: Chain, clock: world.HandClock) -> None:
    """Heartbeats of the kiosk, the village's box and the township's reach the county; only the newest word stands."""
    beat = record("h1", "heartbeat", editions="qinghe:1", as_of="", problems=2, clock="ok", outbox=0)
    reception.receive(servers.village.db, servers.kiosk, [beat])
    step(servers.village)
    step(servers.town)
    found = {row.way: row for row in servers.county.rows(devices_behind)}
    assert set(found) == {"town/village", "town/village/kiosk-1"}
    assert '"problems":2' in found["town/village/kiosk-1"].heartbeat
    assert found["town/village/kiosk-1"].kind == "touch"
    [town] = [row for row in servers.county.rows(devices) if row.id == "town"]
    assert '"editions":"liushu:0,qinghe:0"' in town.heartbeat
    clock.advance(minutes=1)
    later = Record("h2", "heartbeat", "kiosk-1", clock.now().isoformat(), {**beat.body, "problems": 0})
    reception.receive(servers.village.db, servers.kiosk, [later])
    step(servers.village)
    step(servers.town)
    found = {row.way: row for row in servers.county.rows(devices_behind)}
    assert '"problems":0' in found["town/village/kiosk-1"].heartbeat


def _relay(made: Chain) -> Device:
    """The township as the county knows it."""
    return Device("town", "relay", "town-hall", ("qinghe",), "")


_rated = {"ticket": "t1", "level": 3, "reasons": "", "service": "daiban", "day": "2026-11-23"}
_lies: dict[str, tuple[Record, str]] = {
    "of a device of the county": (record("x1", "display", "k1"), "no device behind"),
    "of another relay's device": (record("x1", "display", "other/k1"), "no device behind"),
    "with a way out": (record("x1", "display", "town/../k1"), "no device behind"),
    "with an empty way": (record("x1", "display", "town/"), "no device behind"),
    "with an endless way": (record("x1", "display", "town" + "/k1" * 80), "no device behind"),
    "a rating of the county's hall": (record("x1", "rating", "town/k1", **_rated, site="hall"), "does not speak"),
    "a rating of no hall": (record("x1", "rating", "town/k1", **_rated, site="none"), "does not speak"),
    "a rating without a day": (record("x1", "rating", "town/k1", site="town-hall", ticket="t", service="s"), "its day"),
    "a rating beyond the scale": (
        record("x1", "rating", "town/k1", **{**_rated, "level": 9}, site="town-hall"),
        "level",
    ),
    "a display log that ends before it began": (
        record("x1", "display", "town/k1", screen="", item="", hash="", start=when, end="2026-11-23T08:00:00+08:00"),
        "before it",
    ),
}


@pytest.mark.parametrize("story", _lies)
def test_a_relay_speaks_for_what_is_behind_it_and_for_nothing_else(servers: Chain, story: str) -> None:
    """What a relay says in others' names is refused by its id and leaves nothing; the rest of its batch stands."""
    lie, reason = _lies[story]
    good = record("ok", "opinion", "town/k1", about="hall", taps="wait", text="", item="", site="town-hall")
    received = reception.receive(servers.county.db, _relay(servers), [lie, good])
    assert received.accepted == ["ok"]
    [(refused, said_why)] = received.refused
    assert (refused, reason in said_why) == ("x1", True), said_why
    assert [row.id for row in servers.county.rows(records)] == ["ok"]


def test_a_rating_counts_once_above_also_under_two_ids(servers: Chain) -> None:
    """A ticket has one rating in the county's sums, whatever a relay sends; the same record again is accepted."""
    first = record("x1", "rating", "town/k1", **_rated, site="liushu-office")
    again = record("x2", "rating", "town/k1", **_rated, site="liushu-office")
    assert reception.receive(servers.county.db, _relay(servers), [first, first]).accepted == ["x1", "x1"]
    assert reception.receive(servers.county.db, _relay(servers), [again]).refused == [("x2", "already rated")]
    assert len(servers.county.rows(ratings)) == 1


def test_what_the_upstream_refuses_stays_on_file_and_stops_nothing(servers: Chain) -> None:
    """A refused record is kept with the reason and not sent again; what comes after it goes up."""
    taken = record("r1", "opinion", about="hall", taps="wait", text="", item="")
    with servers.town.db.write() as connection:
        values = {"id": "r1", "device": "somebody", "kind": "opinion", "made_at": when, "received_at": when}
        connection.execute(records.insert().values(**values, body=""))
    reception.receive(servers.village.db, servers.kiosk, [taken, record("r2", **_opinion)])
    assert step(servers.village) == 2
    assert [(row.record, "Another device" in row.refused) for row in servers.village.rows(passing)] == [("r1", True)]
    assert {row.id for row in servers.town.rows(records)} == {"r1", "r2"}
    assert step(servers.village) == 0


def test_what_an_older_upstream_does_not_know_waits_again_once_a_day(
    servers: Chain, clock: world.HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relay of today below a township of last year: what that does not know goes up once it is made new."""
    reception.receive(servers.village.db, servers.kiosk, [record("r1", "panel", sealed="x"), record("r2", **_opinion)])
    known = kinds
    monkeypatch.setattr("content_sync.domain.records.kinds", tuple(one for one in known if one != "panel"))
    tries = [step(servers.village) for _ in range(3)]
    clock.advance(days=1)
    tries += [step(servers.village) for _ in range(3)]
    assert tries == [2, 1, 0, 1, 0, 0]  # on the first day it waits again at the second look
    assert [(row.record, "unknown" in row.refused) for row in servers.village.rows(passing)] == [("r1", True)]
    monkeypatch.setattr("content_sync.domain.records.kinds", known)
    assert step(servers.village) == 0
    clock.advance(days=1)
    assert step(servers.village) == 1
    assert {row.id for row in servers.town.rows(records)} == {"r1", "r2"}
    assert servers.village.rows(passing) == []


_opinion: dict[str, str] = {"kind": "opinion", "about": "hall", "taps": "wait", "text": "", "item": ""}


def test_a_clock_ahead_claims_nothing_beyond_the_moment_it_arrived(servers: Chain, clock: world.HandClock) -> None:
    """A device behind says that it was seen in 2099: the county keeps the present."""
    body = {"kind": "touch", "site": "", "state": "enrolled", "last_seen": "2099-01-01T00:00:00+08:00"}
    beat = Record("h1", "heartbeat", "town/k1", when, body)
    reception.receive(servers.county.db, _relay(servers), [beat])
    [row] = servers.county.rows(devices_behind)
    assert datetime.fromisoformat(row.last_seen) == clock.now()


def test_what_is_for_the_county_rests_nowhere_on_the_way(servers: Chain) -> None:
    """A report and an application are opened by the county, for the village; the village keeps no word of them."""
    report = {
        "receipt": "1111 2222 3333",
        "item": "",
        "claim": "missing",
        "taps": "old",
        "text": "村账不实",
        "strokes": "",
    }
    sheet = record("r3", "answers", poll="poll-1", answers="1:2")
    sealed = record("r2", "application", receipt="1111 2222 3334", sealed="c2VhbGVk")
    batch = [record("r1", "report", **report), sealed, sheet]
    assert reception.receive(servers.village.db, servers.kiosk, batch).refused == []
    assert saying.progress(servers.village.db, "111122223333", "") == {"kind": "report", "step": "passed"}
    assert step(servers.village) == step(servers.town) == len(batch)
    for server in (servers.village, servers.town):
        assert server.rows(reports) == server.rows(applications) == server.rows(passing) == []
        assert [row.body for row in server.rows(records)] == [""] * len(batch)
    [told], [asked] = servers.county.rows(reports), servers.county.rows(applications)
    assert (told.site, told.unit, told.text) == ("liushu-office", "liushu", "村账不实")
    assert (asked.site, asked.unit, asked.sealed) == ("liushu-office", "liushu", "c2VhbGVk")
    assert saying.progress(servers.county.db, "111122223334", "") == {
        "kind": "application",
        "step": "applied",
        "due": "2026-12-07",
    }
    assert [len(server.rows(poll_sheets)) for server in (servers.village, servers.town, servers.county)] == [1, 1, 1]


def test_an_opinion_where_there_is_no_hall(tmp_path: Path, clock: world.HandClock) -> None:
    """A kiosk of a relay without a hall: what is said there is the county's to answer, and blocks no batch."""
    county = relays.county(tmp_path, clock)
    town = relays.relay(county, "town")
    kiosk = town.kiosk("kiosk-1").device
    assert kiosk.site == ""
    said = record("o1", "opinion", about="窗口", text="没有人")
    assert reception.receive(town.db, kiosk, [said]).accepted == ["o1"]
    assert [row.unit for row in town.rows(cases)] == ["qinghe"]
    for server in (county, town):
        server.db.close()


@pytest.mark.parametrize(("lost", "step_told"), [([], "applied"), (["before"], "passed"), (["after"], "passed")])
def test_a_village_visitor_learns_how_far_the_county_is(servers: Chain, lost: list[str], step_told: str) -> None:
    """The relay asks above; cut off, it says what it knows. What the county does not know, nobody knows."""
    sealed = record("r2", "application", receipt="1111 2222 3334", sealed="c2VhbGVk")
    assert (
        reception.receive(servers.town.db, servers.town.kiosk("k").device, [replace(sealed, device="k")]).refused == []
    )
    known = saying.progress(servers.town.db, "111122223334", "")
    assert known == {"kind": "application", "step": "passed"}
    assert step(servers.town) == 1
    assert servers.town.line is not None
    servers.town.line.lost = lost
    told = asking_above.progress(servers.town.line, "1111 2222 3334", "8000", known)
    assert (told or {})["step"] == step_told
    if not lost:
        assert asking_above.progress(servers.town.line, "999999999999", "", known) is None
        assert asking_above.progress(servers.town.line, "?", "", known) == known
