"""Hiding the content of a hall's boards: at once, by whoever may, and back only after a second look."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from content_sync.domain.errors import Refused
from display_server.access import Actor
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.core import changes
from display_server.queue import blanking
from tests.display_server import hall
from tests.display_server.world import HandClock, post


@pytest.fixture
def opened(db: Database) -> Database:
    """A founded database with two halls."""
    hall.opened(db)
    with db.write() as connection:
        county.put_site(connection, replace(hall.site, id="liu", unit="liushu", name="柳树村便民服务站"))
    return db


def _since(db: Database, site: str = "hall") -> str:
    with db.read() as connection:
        return blanking.since(connection, site)


def _manager(*units: str, role: str = "manager") -> Actor:
    return Actor("sun", "孙主任", frozenset({role}), frozenset(units or ("*",)), "page")


def test_one_press_hides_and_a_second_look_shows(
    app: Flask, opened: Database, browser: Callable[..., FlaskClient]
) -> None:
    """One form hides the hall; its devices are told; coming back needs the tick, and the answer says so."""
    board, page = hall.caller(app, opened, "b1", "lcd"), browser("sun", "manager")
    assert board.get("/queue").get_json()["blank"] is False
    assert post(page, "/boards/blank", form="/boards", site="hall", reason="内容有误").status_code == 303
    told = board.get("/queue").get_json()
    assert told["blank"] is True
    assert told["blanked"] == _since(opened)
    assert "内容已撤下" in page.get("/boards").text
    refused = post(page, "/boards/hall/show", form="/boards/hall/show")
    assert refused.status_code == 403
    assert "我已核对" in refused.text
    assert _since(opened)
    assert post(page, "/boards/hall/show", form="/boards/hall/show", looked="1").status_code == 303
    assert board.get("/queue").get_json()["blank"] is False


def test_the_hint_names_each_hall_once(opened: Database, clock: HandClock) -> None:
    """All halls in one press: each hall's devices get a hint; pressing again tells nobody and changes no reason."""
    assert blanking.blank(opened, _manager(), ["hall", "liu"], "内容有误") == 2
    first = _since(opened)
    clock.advance(minutes=5)
    assert blanking.blank(opened, _manager(), ["hall", "liu"], "别的") == 0
    assert _since(opened) == first
    with opened.read() as connection:
        rows = connection.execute(select(changes.c.detail).where(changes.c.kind == "queue")).scalars()
        assert [json.loads(detail)["site"] for detail in rows] == ["hall", "liu"]


@pytest.mark.parametrize(
    ("role", "units", "may"),
    [
        ("manager", ("qinghe",), True),
        ("publisher", ("*",), True),
        ("supervisor", ("*",), True),
        ("manager", ("liushu",), False),
        ("clerk", ("*",), False),
        ("editor", ("*",), False),
    ],
)
def test_who_may(opened: Database, role: str, units: tuple[str, ...], may: bool) -> None:
    """Only the roles named, only for their own units, and in one press all halls or none."""
    actor = _manager(*units, role=role)
    if may:
        assert blanking.blank(opened, actor, ["hall"], "") == 1
        return
    with pytest.raises(Refused):
        blanking.blank(opened, actor, ["liu", "hall"], "")
    assert _since(opened, "liu") == _since(opened) == ""
    blanking.blank(opened, _manager(), ["hall"], "")
    with pytest.raises(Refused):
        blanking.show(opened, actor, "hall", looked=True)
    assert _since(opened)


def test_who_may_not_sees_no_page(app: Flask, opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """A clerk finds neither the page nor the confirmation."""
    clerk = browser("li", "clerk")
    assert clerk.get("/boards").status_code == 403
    assert clerk.get("/boards/hall/show").status_code == 403
    assert "撤下" not in clerk.get("/").text
