"""From a finger to the register: what the kiosk's pages say is taken in by the server as it stands."""

from pathlib import Path

import pytest
from flask import Flask

from content_sync.domain import records
from content_sync.domain.cases.handwriting import Writing
from content_sync.domain.records import Record
from content_sync.wire.sealed import public_half
from display_server import api_v1
from display_server.database.engine import Database
from display_server.desk import reception, saying
from display_server.web.spoken import spoken
from kiosk.app import saying as kiosk_says
from kiosk.flow.screens.report import claims
from kiosk.flow.voices import Application, Opinion, Poll, Report, Said, no_text
from tests.display_server import hall

seed, receipt = b"r" * 32, "3941 0012 7745"
_hand = Writing(no_text.width, no_text.height, (((10, 10), (400, 300)),))


@pytest.mark.parametrize(
    ("page", "step"),
    [
        (Opinion("failed", ("paper",), text=_hand), "received"),
        (Opinion("village", text=_hand), "received"),
        (Report("qh-dibao", claim="untrue", taps=("amount",)), "received"),
        (Report(place="liushu/v04", claim="missing", text=_hand), "received"),
        (Application("check", "citizen", id_proof="11010119900307109X", text=_hand, form="read"), "applied"),
        (Poll("qh-poll", 3, ((1, 2), (2, 1))), None),
    ],
)
def test_what_a_page_says_is_taken_and_found_by_its_receipt(
    app: Flask, db: Database, page: Said, step: str | None
) -> None:
    """Nothing is refused; the receipt leads to its step, a questionnaire to nobody."""
    db.config.records_key.write_bytes(seed)
    kiosk = hall.caller(app, hall.opened(db))
    kind, body = kiosk_says.body_of(page, public_half(seed))
    given = body if kind == "answers" else {"receipt": receipt, **body}
    record = Record("r1", kind, kiosk.device.id, "2026-11-23T08:59:00+08:00", given)
    assert reception.receive(db, kiosk.device, [record]).refused == []
    found = saying.progress(db, receipt, "")
    assert (found or {}).get("step") == step


def test_the_supervisor_reads_the_words_that_stood_on_the_keys() -> None:
    """No code is left among them."""
    for _, taps in claims.values():
        assert not set(spoken(",".join(taps), "report").split("、")) & set(taps)


def test_every_kind_of_record_is_described() -> None:
    """A kind that devices send and the description leaves out would be refused by who reads the description."""
    described = (Path(api_v1.__file__).parent / "openapi.yaml").read_text("utf-8")
    assert f"kind: {{enum: [{', '.join(records.kinds)}]}}" in described
