"""A hall in tests: one site with two services and three windows, devices enrolled, clerks seated."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from nacl.signing import SigningKey
from werkzeug.test import TestResponse

from content_sync.domain.county import Service, Site, StaffPlate, Window
from display_server.database import county
from display_server.database.engine import Database
from display_server.devices import service
from display_server.devices.queries import Device
from tests.display_server import world

key = SigningKey(b"d" * 32)
public_key = b64encode(bytes(key.verify_key)).decode()
site = Site(
    id="hall",
    unit="qinghe",
    name="清河县政务服务大厅",
    phone="0000-1234567",
    services=(Service("huji", "A", "户口和身份证"), Service("shebao", "B", "社保和养老")),
    windows=(
        Window("w1", 1, "户口窗口", "一楼", ("huji",)),
        Window("w2", 2, "身份证窗口", "一楼", ("huji",)),
        Window("w3", 3, "综合窗口", "一楼", ("huji", "shebao")),
    ),
    staff=(StaffPlate("刘志勇", "户籍民警", "受理户口登记", "w1"),),
)


def opened(db: Database) -> Database:
    """The founded database with the hall in it."""
    with db.write() as connection:
        county.put_site(connection, site)
    return db


def device(db: Database, name: str = "k1", kind: str = "touch", key_text: str = public_key) -> tuple[Device, str]:
    """An enrolled device and its token."""
    code = service.add(db, world.shell, name, kind, ["qinghe"], "hall", bytes(16))
    return service.enrol(db, code, key_text)


@dataclass
class Caller:
    """A device that calls the interface with its token."""

    client: FlaskClient
    device: Device
    token: str

    def get(self, path: str, **headers: str) -> TestResponse:
        """GET below /api/v1."""
        return self.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.token}", **headers})

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        """POST JSON below /api/v1."""
        bearer = {"Authorization": f"Bearer {self.token}", **headers}
        return self.client.post(f"/api/v1{path}", json=body, headers=bearer)


def caller(app: Flask, db: Database, name: str = "k1", kind: str = "touch", key_text: str = public_key) -> Caller:
    """A device enrolled in an open hall, with a client of its own."""
    return Caller(app.test_client(), *device(db, name, kind, key_text))
