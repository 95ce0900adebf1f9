"""What people and devices are told when something fails."""

import logging
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from content_sync.domain.errors import BadInput, Broken, Refused, Unreachable

KINDS = [
    (BadInput, 400, "bad_input"),
    (Refused, 403, "refused"),
    (Unreachable, 503, "unreachable"),
    (Broken, 500, "broken"),
]


@pytest.mark.parametrize(("kind", "status", "code"), KINDS)
def test_a_sentence_reaches_its_reader(app: Flask, kind: type[Exception], status: int, code: str) -> None:
    """People get a page, devices one JSON shape; both get the sentence."""

    def failing() -> str:
        raise kind("<b>不行</b>。")

    app.add_url_rule("/fails", "fails", failing)
    app.add_url_rule("/api/v1/fails", "api_fails", failing)
    page, data = app.test_client().get("/fails"), app.test_client().get("/api/v1/fails")
    assert (page.status_code, data.status_code) == (status, status)
    assert "&lt;b&gt;不行&lt;/b&gt;。" in page.text
    assert data.json == {"error": {"code": code, "message": "<b>不行</b>。", "detail": ""}}


def test_a_fault_is_logged_without_the_address_or_the_form(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """The log says where in the code; a visitor sees no trace of it."""
    app.testing = False

    def failing(ticket: str) -> str:
        raise KeyError("row")

    app.add_url_rule("/x/<ticket>", "opens_by_address", failing)
    with caplog.at_level(logging.ERROR):
        page = app.test_client().get("/x/secret-ticket?phone=13800000000")
    assert page.status_code == 500
    assert "KeyError" not in page.text
    assert "opens_by_address" in caplog.text
    assert "secret-ticket" not in caplog.text
    assert "13800000000" not in caplog.text


def test_an_unknown_page_and_an_unknown_call_are_told_apart(app: Flask) -> None:
    """404 is a page for people and the error shape for devices."""
    assert "没有找到" in app.test_client().get("/nowhere").text
    answer = app.test_client().get("/api/v1/nowhere").json
    assert answer is not None
    assert set(answer["error"]) == {"code", "message", "detail"}


def test_health_tells_the_truth(app: Flask) -> None:
    """200 while the database answers, an error when it does not."""
    from sqlalchemy import text

    from display_server.web.current import database_key

    assert app.test_client().get("/healthz").status_code == 200
    with app.extensions[database_key].write() as connection:
        connection.execute(text("DROP TABLE settings"))
    assert app.test_client().get("/healthz").status_code == 500


def test_a_lost_visitor_is_led_to_what_is_public(app: Flask, browser: Callable[..., FlaskClient]) -> None:
    """Nobody who has no account is sent to the sign-in page; staff go back to their first page."""
    assert 'class="button" href="/d"' in app.test_client().get("/nowhere").text
    assert 'class="button" href="/"' in browser("ed", "editor").get("/nowhere").text
