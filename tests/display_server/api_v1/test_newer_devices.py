"""A device of a later version at this server: what is understood counts, the rest is refused by name and kept there."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from display_server.database.engine import Database
from display_server.database.tables.records import records
from tests.display_server import hall

when = "2026-11-23T09:00:00+08:00"


@pytest.fixture
def kiosk(app: Flask, db: Database) -> hall.Caller:
    """An enrolled kiosk in an open hall."""
    return hall.caller(app, hall.opened(db))


def _record(name: str, **changed: Any) -> dict[str, Any]:
    body = {"about": "hall", "taps": "wait", "text": "", "item": ""}
    return {"id": name, "kind": "opinion", "device": "k1", "made_at": when, "body": body, **changed}


def test_only_what_is_not_understood_is_refused_by_name(kiosk: hall.Caller, db: Database) -> None:
    """Of one batch an unknown kind, an unknown field and a body of another shape are named; the others count."""
    body = _record("r1")["body"]
    batch = [
        _record("r1"),
        _record("r2", kind="poem"),
        _record("r3", weather="fine"),
        _record("r4", body={**body, "strokes": [1, 2]}),
        _record("r5", body={**body, "mood": "calm"}),
    ]
    answer = kiosk.post("/records", batch)
    assert answer.status_code == 200
    assert answer.json["accepted"] == ["r1", "r5"]
    reasons = {part["id"]: part["reason"] for part in answer.json["refused"]}
    assert set(reasons) == {"r2", "r3", "r4"}
    assert "'poem' is unknown" in reasons["r2"]
    with db.read() as connection:
        kept = {row.id: row.body for row in connection.execute(select(records))}
    assert '"mood":"calm"' in kept["r5"]
