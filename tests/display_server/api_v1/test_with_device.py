"""The device's own steps against the real interface: what one end says, the other understands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from content_sync.agent.device import Device, read_key
from content_sync.agent.enrol import enrol
from content_sync.domain.errors import Refused
from content_sync.domain.records import Record
from content_sync.ports import Server
from content_sync.publish import Publisher
from content_sync.pull.hints import Hints
from content_sync.push import hall as steps
from content_sync.push import help as calls
from content_sync.push.records import send_records
from content_sync.storage.desk import DeskStore
from content_sync.wire import canonical
from content_sync.wire.news import Known
from display_server.access import Actor
from display_server.cases import enquiries, enquiry_queries
from display_server.config import Config
from display_server.database.engine import Database
from display_server.devices import service as devices
from display_server.queue import blanking, bookings, log, queries, service
from tests.display_server import hall, world


@dataclass(frozen=True)
class Answer:
    """ports.Reply."""

    status: int
    headers: Mapping[str, str]
    value: object
    body: bytes


@dataclass
class Wire:
    """ports.Server over Flask's client; `cut` makes every answer get lost after the server has done its work."""

    client: FlaskClient
    token: str = ""

    def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request, as content_sync.net.http sends it."""
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = body if isinstance(body, bytes) or body is None else canonical.dump(body)
        kind = "application/json" if data is not None else None
        given = {**sent, **(headers or {})}
        answer = self.client.open(f"/api/v1{path}", method=method, data=data, content_type=kind, headers=given)
        names = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, names, answer.get_json(silent=True), answer.data)


@pytest.fixture
def kiosk(app: Flask, db: Database, config: Config, tmp_path: Path) -> tuple[Device, Wire]:
    """A kiosk enrolled with its own program, by a printed code."""
    publisher = Publisher(config.repo, config.keys, config.clock)
    publisher.create_directory()
    hall.opened(db)
    code = devices.add(db, world.shell, "k1", "touch", ["qinghe"], "", publisher.fingerprint())
    wire = Wire(app.test_client())
    found = enrol(tmp_path / "device", "http://127.0.0.1", code, wire, config.ids)
    return found, Wire(app.test_client(), found.token)


@pytest.fixture
def desk(tmp_path: Path, kiosk: object) -> Iterator[DeskStore]:
    """The kiosk's desk.db."""
    store = DeskStore(tmp_path / "device" / "desk.db")
    yield store
    store.close()


def test_press_ticket_lease_and_late_answer(
    kiosk: tuple[Device, Wire], desk: DeskStore, db: Database, config: Config, tmp_path: Path, clock: world.HandClock
) -> None:
    """A press answered online, one printed from the block whose late answer is voided: two tickets in the line."""
    device, wire = kiosk
    server: Server = wire
    now = clock.now()
    steps.refresh_services(desk, server, now)
    steps.lease_numbers(desk, server, now)
    assert desk.block_left("huji", now.date().isoformat()) == 50
    assert desk.block_left("huji", (now + timedelta(days=1)).date().isoformat()) == 50
    desk.press("p1", "huji", "", now)
    assert steps.answer_presses(desk, server, now) == 1
    assert desk.pressed("p1").number == "A001"
    desk.press("p2", "huji", "elder", now)
    wire.call("POST", "/tickets", {"service": "huji", "press": "p2", "priority": "elder"})  # its answer is lost
    assert desk.take_leased("p2", now, config.ids).number == "A601"
    assert send_records(desk, server, device.device, read_key(tmp_path / "device")) == 1
    assert desk.refused_records() == []
    with db.read() as connection:
        rows = queries.listed(connection, "hall", log.stamp(db)[1], ["waiting"])
    assert [(row.number, row.priority) for row in rows] == [("A001", 0), ("A601", 1)]


def test_call_finish_rate(
    kiosk: tuple[Device, Wire], desk: DeskStore, db: Database, tmp_path: Path, clock: world.HandClock
) -> None:
    """The kiosk sees the call, then the invitation; its rating is counted and the invitation gone."""
    device, wire = kiosk
    clerk = Actor("wang", "王丽", frozenset({"clerk"}), frozenset("*"), "page")
    service.sit(db, clerk, "hall", "w1", "刘志勇")
    desk.press("p1", "huji", "", clock.now())
    steps.answer_presses(desk, wire, clock.now())
    found = service.call_next(db, clerk, "hall", "w1")
    assert found
    steps.refresh_queue(desk, wire)
    assert [(call.ticket_number, call.window, call.state) for call in desk.calls()] == [("A001", 1, "called")]
    service.act(db, clerk, "hall", "w1", "finished", found.id)
    steps.refresh_queue(desk, wire)
    (invited,) = desk.invitations()
    body: dict[str, str | int] = {"ticket": invited.ticket, "level": 2, "reasons": "等太久"}
    desk.add_record(Record("r1", "rating", "", clock.now().isoformat(), body))
    assert send_records(desk, wire, device.device, read_key(tmp_path / "device")) == 1
    steps.refresh_queue(desk, wire)
    assert desk.invitations() == []


def test_somebody_is_called_and_comes(
    kiosk: tuple[Device, Wire], desk: DeskStore, db: Database, clock: world.HandClock
) -> None:
    """The bell rings once though the answer was lost, the screen hears who comes by the plate's name, and the end."""
    _, wire = kiosk
    clerk = Actor("wang", "王丽", frozenset({"clerk"}), frozenset("*"), "page")
    service.sit(db, clerk, "hall", "w1", "刘志勇")
    desk.ask_help("p1", "取号", clock.now())
    wire.call("POST", "/help", {"press": "p1", "where": "取号"})  # its answer is lost
    assert calls.tell(desk, wire, clock.now()) == 1
    (call,) = desk.open_help()
    assert call.state == "ringing"
    calls.follow(desk, wire)
    enquiries.take(db, clerk, call.help)
    calls.follow(desk, wire)
    (call,) = desk.open_help()
    assert (call.state, call.by) == ("coming", "刘志勇")
    enquiries.close(db, clerk, call.help, "solved")
    calls.follow(desk, wire)
    assert desk.open_help() == []
    with db.read() as connection:
        assert len(enquiry_queries.closed_at(connection, ["hall"])) == 1


def test_blanked_until_told_otherwise(
    kiosk: tuple[Device, Wire], desk: DeskStore, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The device hears of it with the queue, keeps to it while the server is gone, and hears of its end."""
    _, wire = kiosk
    manager = Actor("sun", "孙主任", frozenset({"manager"}), frozenset("*"), "page")
    blanking.blank(db, manager, ["hall"], "内容有误")
    steps.refresh_queue(desk, wire)
    assert desk.blanked()
    blanking.show(db, manager, "hall", looked=True)
    with monkeypatch.context() as cut:
        cut.setattr(wire, "token", "wrong")
        with pytest.raises(Refused):
            steps.refresh_queue(desk, wire)
    assert desk.blanked()
    steps.refresh_queue(desk, wire)
    assert not desk.blanked()


def test_news_and_head_tell_what_changed(kiosk: tuple[Device, Wire], config: Config) -> None:
    """The news brings the files that lead on, then an empty answer; without it the head is asked, then by its ETag."""
    _, wire = kiosk
    Publisher(config.repo, config.keys, config.clock).create_channel("qinghe")
    root = (config.repo / "qinghe" / "metadata" / "1.root.json").read_bytes()
    first = (config.repo / "_directory" / "metadata" / "1.root.json").read_bytes()
    hints, nothing = Hints(wire), {"_directory": (Known(1), first), "qinghe": (Known(1), root)}
    told = hints.ask(nothing, all_of_them=False)
    assert told.names == {"_directory", "qinghe"}
    assert (
        told.files["qinghe/metadata/timestamp.json"]
        == (config.repo / "qinghe" / "metadata" / "timestamp.json").read_bytes()
    )
    held = {
        "_directory": (Known(1, _newest(config, "_directory")), first),
        "qinghe": (Known(1, _newest(config, "qinghe"), 1), root),
    }
    assert hints.ask(held, all_of_them=False).names == frozenset()
    hints.failed(refused=True)
    assert hints.ask(nothing, all_of_them=True).names == {"_directory", "qinghe"}
    hints.failed(refused=True)
    assert hints.ask(nothing, all_of_them=False).names == {"_directory"}
    wire.token = "wrong"
    with pytest.raises(Refused):
        hints.ask(nothing, all_of_them=False)


def _newest(config: Config, name: str) -> int:
    """The newest version of a repository's targets."""
    return max(int(path.name.split(".")[0]) for path in (config.repo / name / "metadata").glob("*.targets.json"))


def test_a_booking_checked_in_from_the_kiosk(db: Database, kiosk: tuple[Device, Wire], desk: DeskStore) -> None:
    """The digits go up, the number comes down with its service; a wrong code comes back as the hall's own sentence."""
    clock = db.config.clock
    row = {"code": "YY0012", "service": "A", "day": clock.now().date().isoformat(), "time": "09:10"}
    assert bookings.bring(db, world.shell, "hall", [row]).created == 1
    steps.refresh_services(desk, kiosk[1], clock.now())
    for press, code in (("b1", "0012"), ("b2", "9999")):
        desk.press(press, "", 0, clock.now(), code=code)
    steps.answer_presses(desk, kiosk[1], clock.now())
    given, refused = desk.pressed("b1"), desk.pressed("b2")
    assert (given.state, given.number, given.service) == ("answered", "A001", "huji")
    assert (refused.state, refused.reason[:10]) == ("refused", "今天没有这个预约码：")
