"""“My number, how many ahead”, and giving a ticket back: by its id, its number, the press (QUE-01)."""

import pytest
from flask import Flask

from display_server.database.engine import Database
from display_server.queue import issuing, queries, service
from tests.display_server import hall, world
from tests.display_server.api_v1.test_api import valid
from tests.display_server.world import HandClock


@pytest.fixture
def kiosk(app: Flask, db: Database) -> hall.Caller:
    """An enrolled kiosk in an open hall."""
    return hall.caller(app, hall.opened(db))


def taken(kiosk: hall.Caller, press: str, **more: str) -> dict[str, str]:
    """A ticket for the first service."""
    answer = kiosk.post("/tickets", {"service": "huji", "press": press, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json
    return found


def test_where_my_number_stands(kiosk: hall.Caller, db: Database) -> None:
    """By number and by id the same answer: how many are ahead, then at which window; never who or why."""
    taken(kiosk, "p1")
    mine = taken(kiosk, "p2", claim="elder")
    taken(kiosk, "p3")
    by_number, by_id = kiosk.get("/tickets/A002").json, kiosk.get(f"/tickets/{mine['ticket']}").json
    valid(by_number, "Position")
    assert by_number == by_id
    assert set(by_number) == {"number", "service", "state", "ahead", "window", "wait"}
    assert (by_number["state"], by_number["ahead"], by_number["window"]) == ("waiting", 0, 0)
    assert kiosk.get("/tickets/A003").json["ahead"] == 2
    clerk = world.add(db, "clerk", "clerk")
    service.sit(db, clerk, "hall", "w1", clerk.display_name)
    service.call_next(db, clerk, "hall", "w1")
    assert kiosk.get("/tickets/A002").json | {"wait": None} == {
        "number": "A002",
        "service": "huji",
        "state": "called",
        "ahead": 0,
        "window": 1,
        "wait": None,
    }


@pytest.mark.parametrize("which", ["A999", "A1", "B001", "nothing", "A001 ", "%2e%2e", "a001"])
def test_numbers_that_are_not(kiosk: hall.Caller, which: str) -> None:
    """What is no number of today here is told so kindly, in the one error shape."""
    taken(kiosk, "p1")
    answer = kiosk.get(f"/tickets/{which}")
    valid(answer.json, "Error")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "no_ticket")


def test_a_number_is_of_today(kiosk: hall.Caller, clock: HandClock) -> None:
    """Yesterday's number and yesterday's id say nothing today."""
    mine = taken(kiosk, "p1")
    clock.advance(days=1)
    assert {kiosk.get(f"/tickets/{which}").status_code for which in ("A001", mine["ticket"])} == {404}
    assert kiosk.post("/tickets/cancel", {"ticket": mine["ticket"]}).status_code == 404


def test_the_claim_stays_with_the_ticket(kiosk: hall.Caller, db: Database) -> None:
    """What was claimed is kept for the clerk's eyes; old kiosks that only say 1, or a word, still go first."""
    asks = [{"claim": "elder"}, {"priority": 1}, {"priority": "disabled"}, {}]
    for n, ask in enumerate(asks):
        kiosk.post("/tickets", {"service": "huji", "press": f"p{n}", **ask})
    with db.read() as connection:
        rows = [queries.by_press(connection, "k1", f"p{n}") for n in range(4)]
    assert [(row.claim, row.priority) for row in rows] == [("elder", 1), ("", 1), ("disabled", 1), ("", 0)]
    assert kiosk.post("/tickets", {"service": "huji", "press": "p9", "claim": "请 让 我"}).status_code == 400


def test_giving_a_ticket_back(kiosk: hall.Caller, db: Database) -> None:
    """By id or by press the ticket leaves the line, once and for all; asking again says the same; others move up."""
    first, second = taken(kiosk, "p1"), taken(kiosk, "p2")
    answer = kiosk.post("/tickets/cancel", {"press": "p1"})
    valid(answer.json, "Position")
    assert answer.json["state"] == "cancelled"
    assert kiosk.post("/tickets/cancel", {"ticket": first["ticket"]}).json == answer.json
    assert kiosk.get("/tickets/A002").json["ahead"] == 0
    assert taken(kiosk, "p1")["ticket"] == first["ticket"]
    assert taken(kiosk, "p3")["number"] == "A003"
    with db.read() as connection:
        kinds = [
            event.kind for event in queries.log(connection, "hall", "2026-11-23") if event.ticket == first["ticket"]
        ]
    assert kinds == ["issued", "cancelled"]
    assert second["number"] == "A002"


def test_what_cannot_be_given_back(kiosk: hall.Caller, app: Flask, db: Database) -> None:
    """Not while it is served, nor afterwards; not by another kiosk's press; a called one may still go home."""
    first, _ = taken(kiosk, "p1"), taken(kiosk, "p2")
    other = hall.caller(app, db, "k2")
    for body in ({"press": "p1"}, {"ticket": "nothing"}, {}):
        assert other.post("/tickets/cancel", body).status_code == 404
    clerk = world.add(db, "clerk", "clerk")
    service.sit(db, clerk, "hall", "w1", clerk.display_name)
    service.call_next(db, clerk, "hall", "w1")
    service.act(db, clerk, "hall", "w1", "serving", first["ticket"])
    refused = kiosk.post("/tickets/cancel", {"press": "p1"})
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "refused")
    service.call_next(db, clerk, "hall", "w1")
    assert kiosk.post("/tickets/cancel", {"press": "p2"}).json["state"] == "cancelled"
    service.call_next(db, clerk, "hall", "w1")  # the window is free again
    with db.read() as connection:
        assert queries.current(connection, "hall", "2026-11-23", "w1") is None
    issuing.issue(db, "k1", "hall", "huji", "p3")
