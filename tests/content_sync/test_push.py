"""Sending: each record once whatever is lost on the way; presses, leases and the queue (promises 8 and 10)."""

import base64
import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unreachable, Unverified
from content_sync.domain.records import Record
from content_sync.net.http import Reply
from content_sync.push import hall
from content_sync.push.records import send_records
from content_sync.receive import check_batch
from content_sync.storage.desk import DeskStore
from tests.content_sync.world import Counter, Hall, start

_seed = b"s" * 32
_key = bytes(SigningKey(_seed).verify_key)


def _opinion(name: str) -> Record:
    return Record(name, "opinion", "", start.isoformat(), {"about": "window", "taps": "慢", "text": "", "item": ""})


@pytest.fixture
def desk(tmp_path: Path) -> DeskStore:
    """An empty desk."""
    return DeskStore(tmp_path / "desk.db", Counter())


@given(
    st.lists(st.one_of(st.sampled_from(["add", "send", "again"]), st.sampled_from(["before", "after"])), max_size=25)
)
def test_each_record_is_counted_once(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    """Lost requests, lost answers and restarts in any order: in the end each record is at the server exactly once."""
    path, server, added = tmp_path_factory.mktemp("desk") / "desk.db", Hall(), 0
    desk = DeskStore(path)
    for step in [*steps, "send"]:
        if step == "add":
            desk.add_record(_opinion(f"r{added}"))
            added += 1
        elif step == "again":
            desk.close()
            desk = DeskStore(path)
        else:
            server.lost = [step] if step != "send" else []
            try:
                send_records(desk, server, "k1", _seed)
            except Unreachable:
                assert server.lost == []
            server.lost = []
    assert server.counted == len(server.records) == added
    assert desk.outbox_size() == 0
    desk.close()


def test_a_batch_is_signed_and_named(desk: DeskStore) -> None:
    """What arrives is signed over its exact bytes by this device, in true order and within the server's bounds."""
    sent: list[tuple[bytes, str]] = []

    class Listening(Hall):
        def call(self, method, path, body=None, headers=None):  # type: ignore[no-untyped-def]  # as in Hall
            sent.append((body, headers["X-Signature"]))
            return super().call(method, path, body, headers)

    for n in range(limits.record_batch_max + 1):
        desk.add_record(_opinion(f"r{n}"))
    server = Listening(refused={"r7"})
    assert send_records(desk, server, "k1", _seed) == limits.record_batch_max
    assert desk.refused_records() == [("r7", "no")]
    records = [record for data, signature in sent for record in check_batch(data, _key, signature)]
    assert [record.id for record in records] == [f"r{n}" for n in range(limits.record_batch_max + 1)]
    assert {record.device for record in records} == {"k1"}
    assert len(sent) == 2


def test_a_server_that_takes_nothing_is_not_asked_for_ever(desk: DeskStore) -> None:
    """When an answer mentions no record of the batch, sending ends and the records wait."""

    class Deaf(Hall):
        def _reply(self, method, path, body, headers):  # type: ignore[no-untyped-def]  # as in Hall
            return super()._reply(method, path, [], headers)

    desk.add_record(_opinion("r"))
    assert send_records(desk, Deaf(), "k1", _seed) == 0
    assert desk.outbox_size() == 1


def test_a_record_that_an_older_server_does_not_know_is_tried_once_a_day(desk: DeskStore) -> None:
    """The hall's server is of last year: a panel's sheet is sent daily, and counts once that server is made new."""

    class Older(Hall):
        is_new = False

        def _reply(self, method, path, body, headers):  # type: ignore[no-untyped-def]  # as in Hall
            if self.is_new:
                return super()._reply(method, path, body, headers)
            reason = "Record kind 'panel' is unknown; it may be ticket, rating, opinion."
            return Reply(200, {}, {"accepted": [], "refused": [{"id": one["id"], "reason": reason} for one in body]})

    server = Older()
    desk.add_record(Record("r", "panel", "", start.isoformat(), {"sealed": "x"}))
    desk.add_record(_opinion("bad"))
    desk.refuse_record("bad", "no")
    for day in range(3):
        server.is_new = day == 2
        for hour in range(2):
            desk.wait_again(start + timedelta(days=day, hours=hour))
            assert send_records(desk, server, "k1", _seed) == (server.is_new and not hour)
    assert len(server.calls) == 1 + 1 + 1 + 1  # at first, and once on each day
    assert desk.refused_records() == [("bad", "no")]
    assert set(server.records) == {"r"}


_batch = json.dumps([{"id": "r", "kind": "opinion", "device": "k1", "made_at": "x", "body": {}}, {"id": "s"}]).encode()
_signed = base64.b64encode(SigningKey(_seed).sign(_batch).signature).decode()


def test_a_bad_record_does_not_refuse_its_neighbours() -> None:
    """Each record stands for itself, with or without a signature."""
    good, (name, reason) = check_batch(_batch, _key, _signed)
    assert (good.id, name) == ("r", "s")
    assert "exactly" in reason
    assert len(check_batch(_batch, None, None)) == 2


@pytest.mark.parametrize(
    ("data", "key", "signature", "error"),
    [
        (_batch + b" ", _key, _signed, Unverified),
        (_batch, bytes(SigningKey(b"o" * 32).verify_key), _signed, Unverified),
        (_batch, _key, "not base64!", Unverified),
        (_batch, b"", _signed, Unverified),
        (_batch, None, _signed, Unverified),
        (b"{}", _key, None, BadInput),
        (b"[" * 100_000, _key, None, BadInput),
        (b"[" + b"0," * limits.record_batch_max + b"0]", _key, None, BadInput),
        (b" " * (limits.request_bytes_max + 1), _key, None, BadInput),
    ],
)
def test_a_bad_batch_is_refused_whole(data: bytes, key: bytes | None, signature: str | None, error: type) -> None:
    """A wrong signature, a wrong shape or too much of it gives nothing."""
    with pytest.raises(error):
        check_batch(data, key, signature)


def test_presses_are_answered_once(desk: DeskStore) -> None:
    """A lost answer is asked for again and is the same ticket; a refusal carries the server's sentence."""
    server = Hall(lost=["after"], refused={"tax"})
    desk.press("p", "id", 0, start)
    with pytest.raises(Unreachable):
        hall.answer_presses(desk, server, start)
    assert desk.pressed("p").state == "waiting"
    desk.press("q", "tax", 0, start)
    assert hall.answer_presses(desk, server, start) == 1
    assert (desk.pressed("p").number, desk.pressed("p").ahead) == ("A001", 0)
    assert desk.pressed("q").reason == "现在暂停取号。"
    assert len(server.tickets) == 1


def test_a_press_of_long_ago_makes_no_ticket(desk: DeskStore) -> None:
    """When the network comes back after the visitor left, the press is refused instead of filling the line."""
    server = Hall()
    desk.press("p", "id", 0, start)
    hall.answer_presses(desk, server, start + timedelta(seconds=limits.press_seconds_max + 1))
    assert desk.pressed("p").state == "refused"
    assert server.tickets == {}


def test_the_hall_is_as_the_server_says(desk: DeskStore) -> None:
    """Services and calls are replaced; numbers are leased for today and tomorrow until enough are left."""
    server = Hall()
    hall.refresh_services(desk, server, start)
    hall.refresh_queue(desk, server)
    hall.lease_numbers(desk, server, start)
    hall.lease_numbers(desk, server, start)
    assert [(service.service, service.waiting) for service in desk.services()] == [("id", 3)]
    assert [(call.ticket_number, call.window, call.state) for call in desk.calls()] == [("A001", 3, "called")]
    assert [desk.block_left("id", day) for day in ("2027-03-01", "2027-03-02")] == [limits.lease_numbers] * 2
    assert server.leased == 2 * limits.lease_numbers


@pytest.mark.parametrize("value", [None, "x", 7, {"calls": 7}, {"calls": [7]}, {"calls": [{"number": 1}]}])
def test_an_answer_of_another_shape_changes_nothing(desk: DeskStore, value: object) -> None:
    """A queue that cannot be read leaves the one before on the board."""
    hall.refresh_queue(desk, Hall())

    class Strange(Hall):
        def _reply(self, method, path, body, headers):  # type: ignore[no-untyped-def]  # as in Hall
            reply = super()._reply(method, path, body, headers)
            return type(reply)(200, {}, value)

    with pytest.raises(Unreachable):
        hall.refresh_queue(desk, Strange())
    assert len(desk.calls()) == 1
