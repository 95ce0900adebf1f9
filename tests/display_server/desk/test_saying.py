"""What visitors say arrives once, sealed where it must be, and is asked about by receipt without a person's data."""

from base64 import b64encode
from typing import Any

import pytest
from flask import Flask

from content_sync.domain import limits
from content_sync.domain.cases.askings import Asking
from content_sync.domain.records import Record
from content_sync.wire.applications import seal
from content_sync.wire.sealed import public_half
from display_server.cases.receipts import is_clashing
from display_server.database.engine import Database
from display_server.database.tables.core import audit
from display_server.database.tables.records import cases, records
from display_server.database.tables.visitors import applications, poll_sheets, receipts, reports
from display_server.desk import reception
from tests.display_server import hall
from tests.display_server.cases import making

seed, when = b"r" * 32, "2026-11-23T08:59:00+08:00"
asking = Asking("citizen", "张三丰", "330102197001011234", "13800138000", "print", "修路的账目")


def record(name: str, kind: str, **body: str | int) -> Record:
    """A record of the kiosk."""
    return Record(name, kind, "k1", when, body)


def applied(name: str = "r1", receipt: str = "1234 5678 9012", what: Asking = asking) -> Record:
    """An application as a kiosk sends it."""
    return record(name, "application", receipt=receipt, sealed=seal(what, public_half(seed)))


@pytest.fixture
def kiosk(app: Flask, db: Database) -> hall.Caller:
    """An enrolled kiosk in an open hall, whose server has a records key."""
    db.config.records_key.write_bytes(seed)
    return hall.caller(app, hall.opened(db))


def rows(db: Database, table: Any) -> list[Any]:
    """Everything in a table."""
    with db.read() as connection:
        return list(connection.execute(table.select()))


def test_each_is_counted_once_in_a_place_of_its_own(db: Database, kiosk: hall.Caller) -> None:
    """Sent three times in two orders, each makes one row, and nothing of it stands among the records."""
    batch = [
        applied(),
        record("r2", "report", receipt="1234 5678 9013", item="notice-1", claim="untrue", taps="wrong", strokes=""),
        record("r3", "answers", poll="notice-2", answers="1:3,2:1"),
        record("r4", "opinion", receipt="1234 5678 9014", about="place", taps="", strokes="rsgo;0a0b0c0d"),
    ]
    for sent in (batch, batch[::-1], batch):
        assert reception.receive(db, kiosk.device, sent).refused == []
    tables = (applications, reports, poll_sheets, cases, receipts)
    assert [len(rows(db, table)) for table in tables] == [1, 1, 1, 1, 3]
    assert {row.kind: row.body for row in rows(db, records) if row.kind != "opinion"} == dict.fromkeys(
        ("application", "report", "answers"), ""
    )
    (case,) = rows(db, cases)
    assert (case.channel, case.receipt, case.strokes) == ("box", "1234 5678 9014", "rsgo;0a0b0c0d")


def test_who_asks_for_what_is_nowhere_in_clear(db: Database, kiosk: hall.Caller) -> None:
    """Neither the file of the database nor its log holds the name, the number or the words (promise 12)."""
    reception.receive(db, kiosk.device, [applied()])
    with db.write() as connection:
        connection.exec_driver_sql("SELECT 1")
    stored = b"".join(path.read_bytes() for path in db.config.home.rglob("*") if path.is_file())
    for text in ("张三丰", "330102197001011234", "13800138000", "8000", "修路的账目"):
        assert text.encode() not in stored.replace(b"0" * 4, b""), text


def test_an_application_that_does_not_open_is_taken_in(db: Database, kiosk: hall.Caller) -> None:
    """Its visitor holds a receipt: it is in the register, and whoever handles it sees that it cannot be read."""
    other = record("r1", "application", receipt="1234 5678 9012", sealed=seal(asking, public_half(b"x" * 32)))
    assert reception.receive(db, kiosk.device, [other]).accepted == ["r1"]
    assert len(rows(db, applications)) == 1


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application", {"receipt": "123456789012"}),
        ("application", {"receipt": "?", "sealed": "x"}),
        ("report", {"receipt": "123456789012", "item": "A B", "claim": "untrue"}),
        ("report", {"receipt": "123456789012", "item": "a", "claim": "bad"}),
        ("report", {"receipt": "123456789012", "item": "a", "claim": "untrue", "strokes": "0" * 8001}),
        ("answers", {"poll": "n-1", "answers": ""}),
        ("answers", {"poll": "", "answers": "1:1"}),
        ("answers", {"poll": "n-1", "answers": "1:1," * 300}),
        ("panel", {}),
        ("panel", {"sealed": "c2VhbGVk"}),
        ("panel", {"sealed": "不是盒子"}),
        ("opinion", {"receipt": "123456789012", "about": "place"}),
        ("opinion", {"receipt": "1" * 50, "about": "place", "taps": "toilet"}),
    ],
)
def test_what_is_none_is_refused_alone(db: Database, kiosk: hall.Caller, kind: str, body: dict[str, str]) -> None:
    """A record that says nothing usable leaves nothing behind, and the rest of its batch stands."""
    good = record("r2", "answers", poll="n-1", answers="1:1")
    received = reception.receive(db, kiosk.device, [record("r1", kind, **body), good])
    assert (received.accepted, [name for name, _ in received.refused]) == (["r2"], ["r1"])
    assert [len(rows(db, table)) for table in (applications, reports, cases, receipts)] == [0, 0, 0, 0]


def test_progress_by_receipt_and_last_four_digits(db: Database, kiosk: hall.Caller) -> None:
    """The step and the date, and nothing else; wrong digits read like no such receipt (APP-08)."""
    reception.receive(db, kiosk.device, [applied()])
    found = kiosk.get("/receipts/123456789012?last4=8000")
    assert found.json == {"kind": "application", "step": "applied", "due": "2026-12-07"}, found.text
    told = [kiosk.get(f"/receipts/1234%205678%209012{query}") for query in ("", "?last4=8001", "?last4=")]
    told.append(kiosk.get("/receipts/999999999999?last4=8000"))
    assert {answer.status_code for answer in told} == {404}
    assert len({answer.text for answer in told}) == 1
    assert kiosk.get("/receipts/xx").status_code == 400


def test_nobody_needs_a_phone(db: Database, kiosk: hall.Caller) -> None:
    """Whoever left no number asks by the receipt alone (APP-10)."""
    reception.receive(db, kiosk.device, [applied(what=Asking("citizen", "李四", "", "柳树村三组", "read", "账目"))])
    assert (kiosk.get("/receipts/123456789012").json or {})["step"] == "applied"


def test_progress_of_an_opinion(db: Database, kiosk: hall.Caller) -> None:
    """Also of one from an older device, by the beginning of its id."""
    old = record("k3f72qxaopqrst", "opinion", about="place", taps="toilet")
    new = record("r2", "opinion", receipt="1234 5678 9012", about="window", taps="paper")
    reception.receive(db, kiosk.device, [old, new])
    assert kiosk.get("/receipts/K3F7 2QXA").json == {"kind": "opinion", "step": "received"}
    assert kiosk.get("/receipts/123456789012").json == {"kind": "opinion", "step": "received", "due": "2026-11-30"}


def test_guessing_digits_is_slow(db: Database, kiosk: hall.Caller) -> None:
    """After some tries a minute a device gets no more answers, right or wrong."""
    reception.receive(db, kiosk.device, [applied()])
    tries = [kiosk.get(f"/receipts/123456789012?last4={n:04}") for n in range(limits.receipt_asks_per_minute + 1)]
    assert [answer.status_code for answer in tries[:-1]] == [404] * limits.receipt_asks_per_minute
    assert tries[-1].status_code == 429
    assert 0 < int(tries[-1].headers["Retry-After"]) <= 60


def test_a_questionnaire_takes_nothing_after_its_end(db: Database, kiosk: hall.Caller) -> None:
    """A sheet filled in before the end counts, also when it comes later; one filled in after it does not."""
    until = "2026-11-23T08:59:30+08:00"
    asks = [{"text": "方便吗？", "options": ["方便", "不方便"]}]
    poll = making.notice(db, "notice-2", shown_until=until, questions=asks)
    late = Record("r2", "answers", "k1", "2026-11-23T08:59:31+08:00", {"poll": poll, "answers": "1:1"})
    received = reception.receive(db, kiosk.device, [record("r1", "answers", poll=poll, answers="1:1"), late])
    assert (received.accepted, [name for name, _ in received.refused]) == (["r1"], ["r2"])


def test_the_audit_log_tells_of_no_person(db: Database, kiosk: hall.Caller) -> None:
    """It says that something came, by its number."""
    reception.receive(db, kiosk.device, [applied()])
    (row,) = [row for row in rows(db, audit) if row.action == "application.open"]
    assert (row.subject, row.detail) == ("application-2026-00001", "box 2026-12-07")
    assert b64encode(seed).decode() not in row.detail


def test_a_stranger_locks_no_receipt_out(db: Database, app: Flask, kiosk: hall.Caller) -> None:
    """Who has no token is refused before anything is counted; another spelling of a receipt is the same receipt."""
    reception.receive(db, kiosk.device, [applied()])
    stranger = hall.Caller(app.test_client(), kiosk.device, "wrong")
    tries = [stranger.get(f"/receipts/123456789012?last4={n:04}") for n in range(limits.digits_tries_per_hour + 1)]
    assert {answer.status_code for answer in tries} == {401}
    assert kiosk.get("/receipts/123456789012?last4=8000").status_code == 200
    others = [hall.caller(app, db, f"k{n}") for n in (2, 3)]
    spelled = ("1234%205678%209012", "1234-5678-9012")
    said = [
        other.get(f"/receipts/{receipt}?last4=0000").status_code
        for other, receipt in zip(others, spelled, strict=True)
        for _ in range(limits.digits_tries_per_hour // 2)
    ]
    assert (said.count(404), said[-1]) == (limits.digits_tries_per_hour - 1, 429)


def test_one_receipt_of_two_tells_nobody_the_other_s_matter(db: Database, app: Flask, kiosk: hall.Caller) -> None:
    """An applicant who asks elsewhere without digits is not told of the opinion with the same receipt."""
    reception.receive(db, kiosk.device, [applied()])
    other = hall.caller(app, db, "k2")
    said = Record("r2", "opinion", "k2", when, {"receipt": "1234 5678 9012", "about": "window", "taps": "paper"})
    assert reception.receive(db, other.device, [said]).refused == []
    third = hall.caller(app, db, "k3")
    told = [third.get(f"/receipts/123456789012{query}").json for query in ("", "?last4=8000", "?last4=0000")]
    assert told == [{"kind": "opinion", "step": "several"}] * 3
    assert kiosk.get("/receipts/123456789012").status_code == 404
    assert (kiosk.get("/receipts/123456789012?last4=8000").json or {})["kind"] == "application"
    assert (other.get("/receipts/123456789012").json or {})["kind"] == "opinion"


def test_a_clerk_does_not_learn_of_a_report_by_its_receipt(db: Database, kiosk: hall.Caller) -> None:
    """That a report of untruth has the receipt of an opinion is supervision's to see."""
    body = {"receipt": "1234 5678 9012", "item": "notice-1", "claim": "untrue", "taps": "wrong", "strokes": ""}
    opinion = record("r2", "opinion", receipt="1234 5678 9012", about="window", taps="paper")
    assert reception.receive(db, kiosk.device, [record("r1", "report", **body), opinion]).refused == []
    with db.read() as connection:
        seen = [is_clashing(connection, "123456789012", with_reports=may) for may in (False, True)]
    assert seen == [False, True]
