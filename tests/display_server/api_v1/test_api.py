"""The device interface: one error shape, who may ask what, true answers, and a description that cannot lie."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import display_server.api_v1
from content_sync.domain import limits
from content_sync.publish import Publisher
from content_sync.wire import canonical
from display_server.config import Config
from display_server.database.engine import Database
from display_server.devices import service
from tests.display_server import hall, world

text = (Path(display_server.api_v1.__file__).parent / "openapi.yaml").read_text()
description = yaml.safe_load(text)
when = "2026-11-23T09:00:00+08:00"


def valid(value: Any, schema: str) -> None:
    """The value is what the description says."""
    whole = Resource.from_contents(description, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", whole)
    Draft202012Validator({"$ref": f"urn:api#/components/schemas/{schema}"}, registry=registry).validate(value)


@pytest.fixture
def kiosk(app: Flask, db: Database) -> hall.Caller:
    """An enrolled kiosk in an open hall."""
    return hall.caller(app, hall.opened(db))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody without a token."""
    return app.test_client()


def test_every_route_is_described_and_exists(app: Flask) -> None:
    """The description names each route with its method, and nothing else."""
    routes = {
        (rule.rule.removeprefix("/api/v1").translate({ord("<"): "{", ord(">"): "}"}), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api_v1.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in description["paths"].items() for method in methods}
    assert routes == described


def test_answers_are_as_described(kiosk: hall.Caller) -> None:
    """Real answers of every route validate against the description."""
    ticket = kiosk.post("/tickets", {"service": "huji", "press": "p1"}).json
    valid(ticket, "Issued")
    valid(kiosk.post("/leases", {"service": "huji"}).json, "Lease")
    valid(kiosk.get("/head").json, "Head")
    for one in kiosk.get("/services").json:
        valid(one, "Service")
    queue = kiosk.get("/queue").json
    valid(queue, "Queue")
    assert "invitations" in queue
    body = [{"id": "r1", "kind": "opinion", "device": "k1", "made_at": when, "body": {"text": "好"}}]
    valid(kiosk.post("/records", body).json, "Received")
    assert kiosk.client.get("/api/v1/openapi.yaml").text == text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/nothing", 404, "not_found"),
        ("get", "/tickets", 405, "method_not_allowed"),
        ("delete", "/head", 405, "method_not_allowed"),
        ("get", "/head", 401, "no_token"),
        ("post", "/records", 401, "no_token"),
        ("get", "/events", 401, "no_token"),
    ],
)
def test_error_shape_without_token(client: FlaskClient, method: str, path: str, status: int, code: str) -> None:
    """Whatever goes wrong, the answer has the one error shape."""
    answer = getattr(client, method)(f"/api/v1{path}")
    valid(answer.json, "Error")
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("data", "kind", "status", "code"),
    [
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b"{", "application/json", 400, "bad_input"),
        (b"[]", "application/json", 400, "bad_input"),
        (b'{"service":"huji"}', "application/json", 400, "bad_input"),
        (b'{"service":"huji","press":"p1","more":1}', "application/json", 400, "bad_input"),
        (b'{"service":"huji","press":"p1","priority":7}', "application/json", 400, "bad_input"),
        (b'{"service":"huji","press":"p1","priority":true}', "application/json", 400, "bad_input"),
        (b'{"service":"huji","press":"\\ud800"}', "application/json", 400, "bad_input"),
        (b'{"service":"nothing","press":"p1"}', "application/json", 403, "refused"),
        (
            b'{"service":"' + b"x" * limits.api_body_bytes_max + b'"}',
            "application/json",
            413,
            "request_entity_too_large",
        ),
    ],
)
def test_error_shape_of_bodies(kiosk: hall.Caller, data: bytes, kind: str, status: int, code: str) -> None:
    """A body that is too big, of another type, no JSON or of another shape is refused by name, and costs no number."""
    headers = {"Authorization": f"Bearer {kiosk.token}"}
    answer = kiosk.client.post("/api/v1/tickets", data=data, content_type=kind, headers=headers)
    valid(answer.json, "Error")
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert kiosk.post("/tickets", {"service": "huji", "press": "p2"}).json["number"] == "A001"


def test_a_fault_of_the_program(kiosk: hall.Caller, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault is 500 in the same shape, and tells nothing of the inside."""
    monkeypatch.setattr("display_server.queue.boards.calls", lambda *_: 1 / 0)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    answer = kiosk.get("/queue")
    valid(answer.json, "Error")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text


def test_token_table(app: Flask, kiosk: hall.Caller, db: Database) -> None:
    """No token, a wrong one and another scheme are 401; a revoked device is 403 and told so; the right one is 200."""
    client = app.test_client()
    given = [
        (None, 401, "no_token"),
        ("Basic abc", 401, "no_token"),
        ("Bearer ", 401, "no_token"),
        ("Bearer " + kiosk.token[:-1] + "x", 401, "wrong_token"),
        ("Bearer -k1", 401, "wrong_token"),
    ]
    for header, status, code in given:
        answer = client.get("/api/v1/head", headers={"Authorization": header} if header else {})
        assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert kiosk.get("/head").status_code == 200
    service.revoke(db, world.shell, "k1")
    answer = kiosk.get("/head")
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "revoked")


def test_without_a_key_no_records(app: Flask, db: Database) -> None:
    """A device enrolled without a key reads and takes tickets, and sends no records."""
    keyless = hall.caller(app, hall.opened(db), "k1", key_text="")
    assert keyless.post("/tickets", {"service": "huji", "press": "p1"}).status_code == 200
    answer = keyless.post("/records", [])
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "no_key")


def test_signed_batches(kiosk: hall.Caller) -> None:
    """A batch with the device's signature is taken; with a wrong one nothing of it is."""
    from base64 import b64encode

    batch = canonical.dump([{"id": "r1", "kind": "opinion", "device": "k1", "made_at": when, "body": {"text": "好"}}])
    headers = {"Authorization": f"Bearer {kiosk.token}", "Content-Type": "application/json"}
    signature = b64encode(hall.key.sign(batch).signature).decode()
    forged = kiosk.client.post("/api/v1/records", data=batch + b" ", headers={**headers, "X-Signature": signature})
    assert forged.status_code == 400
    valid(forged.json, "Error")
    answer = kiosk.client.post("/api/v1/records", data=batch, headers={**headers, "X-Signature": signature})
    assert answer.json == {"accepted": ["r1"], "refused": []}


def test_same_press_over_the_wire(kiosk: hall.Caller) -> None:
    """A kiosk that lost the answer asks again and gets the same ticket."""
    one, other = (kiosk.post("/tickets", {"service": "huji", "press": "p1", "priority": ""}).json for _ in range(2))
    assert one == other
    assert kiosk.get("/services").json[0] == {
        "service": "huji",
        "letter": "A",
        "name": "户口和身份证",
        "open": True,
        "waiting": 1,
        "why": "",
        "until": "",
    }


def test_head_answers_304(kiosk: hall.Caller) -> None:
    """A poll that knows the newest state costs a 304."""
    first = kiosk.get("/head")
    assert first.json["channels"] == {"qinghe": 0}
    again = kiosk.get("/head", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_boards_get_no_invitations(app: Flask, db: Database) -> None:
    """Which tickets may be rated is for touch devices only."""
    board = hall.caller(app, hall.opened(db), "b1", "lcd")
    assert "invitations" not in board.get("/queue").json


def test_events_without_the_event_process(kiosk: hall.Caller) -> None:
    """Where nobody streams events the device is told to poll."""
    answer = kiosk.get("/events")
    assert answer.status_code == 503
    valid(answer.json, "Error")


@pytest.fixture
def directory(config: Config, db: Database) -> Publisher:
    """The directory repository of the founded folder."""
    publisher = Publisher(config.repo, config.keys, config.clock)
    publisher.create_directory()
    return publisher


def test_enrolment_over_the_wire(client: FlaskClient, db: Database, directory: Publisher) -> None:
    """A printed code gives the device its token, its channels and the directory root it was promised."""
    hall.opened(db)
    code = service.add(db, world.shell, "k1", "touch", ["qinghe", "liushu"], "", directory.fingerprint())
    answer = client.post("/api/v1/enrol", json={"code": code.lower(), "public_key": hall.public_key})
    valid(answer.json, "Enrolled")
    assert answer.json["directory_root"].encode() == directory.directory_root()
    assert answer.json["channels"] == ["qinghe", "liushu"]
    bearer = {"Authorization": f"Bearer {answer.json['token']}"}
    assert client.get("/api/v1/head", headers=bearer).json["channels"] == {"qinghe": 0, "liushu": 0}


def test_a_slip_of_the_finger_spends_no_code(client: FlaskClient, db: Database, directory: Publisher) -> None:
    """A code mistyped in its fingerprint is refused in one sentence; typed right, it still works."""
    hall.opened(db)
    code = service.add(db, world.shell, "k1", "touch", ["qinghe"], "", directory.fingerprint())
    wrong = code[:-4] + ("A" if code[-4] != "A" else "B") + code[-3:]
    answer = client.post("/api/v1/enrol", json={"code": wrong, "public_key": hall.public_key})
    assert (answer.status_code, "还没有用掉" in answer.json["error"]["message"]) == (403, True)
    assert client.post("/api/v1/enrol", json={"code": code, "public_key": hall.public_key}).status_code == 200


def test_guessing_codes_is_slow(client: FlaskClient, directory: Publisher) -> None:
    """Wrong codes from one address are refused, and after some a minute not even looked at."""
    tries = [client.post("/api/v1/enrol", json={"code": "A" * 16}) for _ in range(limits.enrol_tries_per_minute + 1)]
    assert [answer.status_code for answer in tries[:-1]] == [403] * limits.enrol_tries_per_minute
    assert tries[-1].status_code == 429
    valid(tries[-1].json, "Error")
