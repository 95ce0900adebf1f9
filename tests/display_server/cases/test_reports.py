"""A report of untruth is the supervisor's alone, and closes only when its result is published (SUP-07)."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from content_sync.domain.errors import Refused
from display_server.access import Actor
from display_server.cases import reports
from display_server.cases.reports import Told
from display_server.database.engine import Database
from display_server.database.tables.content import published
from display_server.desk import reporting
from tests.display_server import hall, pages
from tests.display_server.cases import making


def someone(*roles: str, units: str = "*") -> Actor:
    """An account of these roles."""
    return Actor("-".join(roles), "某人", frozenset(roles), frozenset({units}), "page")


@pytest.fixture
def number(db: Database) -> str:
    """A report about a text of the village."""
    making.notice(hall.opened(db), "notice-1", channel="liushu")
    told = Told("r1", "1234 5678 9012", "hall", "liushu", "notice-1", "untrue", "wrong", "账上写的路没有修", "")
    with db.write() as connection:
        return reports.open_report(db, connection, told)


@pytest.mark.parametrize(
    "roles",
    [
        ("editor",),
        ("reviewer",),
        ("secrecy",),
        ("publisher",),
        ("clerk",),
        ("manager",),
        ("admin",),
        ("supervisor", "editor"),
    ],
)
def test_nobody_else_sees_it(db: Database, number: str, roles: tuple[str, ...]) -> None:
    """Neither those who write and publish, nor the hall, nor the administrator, nor a supervisor who also writes."""
    with pytest.raises(Refused):
        reports.visible(db, someone(*roles), number)
    if roles != ("supervisor", "editor"):
        with pytest.raises(Refused):
            reports.listed(db, someone(*roles))
    else:
        assert reports.listed(db, someone(*roles)) == []


def test_another_units_supervisor_does_not_see_it(db: Database, number: str) -> None:
    """A report reads like none to a supervisor of another unit."""
    with pytest.raises(Refused, match="没有编号"):
        reports.visible(db, someone("supervisor", units="qinghe"), number)


def test_it_closes_only_with_a_published_result(db: Database, number: str) -> None:
    """Found, drafted by the county's editor without the visitor's words, published, and only then closed."""
    supervisor, editor = someone("supervisor"), someone("editor", units="qinghe")
    reports.take(db, supervisor, number)
    with pytest.raises(Refused, match="先写明"):
        reports.close(db, supervisor, number)
    with pytest.raises(Refused, match="请写明"):
        reports.find(db, supervisor, number, "true", "看了现场", " ")
    reports.find(db, supervisor, number, "true", "看了现场，路没有修。", "账目有误，已责成改正。")
    with pytest.raises(Refused, match="还没有公开"):
        reports.close(db, supervisor, number)
    (row,) = reporting.waiting(db, editor)
    assert "路没有修" not in str(tuple(row))
    assert reporting.waiting(db, someone("editor", units="liushu")) == []
    item = reporting.draft(db, editor, number)
    with pytest.raises(Refused, match="已经做成"):
        reporting.draft(db, editor, number)
    with pytest.raises(Refused, match="还没有公开"):
        reports.close(db, supervisor, number)
    with db.write() as connection:
        connection.execute(published.insert().values(item=item, version=1, hash="a" * 64, channel="qinghe", edition=1))
    reports.close(db, supervisor, number)
    assert reports.visible(db, supervisor, number).state == "closed"


def test_the_pages(db: Database, number: str, browser: Callable[..., FlaskClient]) -> None:
    """The supervisor takes it and writes the result; an editor finds neither the page nor its name in the bar."""
    page = browser("jian", "supervisor")
    assert "柳树村村民委员会" in page.get("/reports").text
    assert pages.fill(page, f"/reports/{number}", "csrf_token", to=f"/reports/{number}/take").status_code == 303
    refused = pages.fill(page, f"/reports/{number}", "result", to=f"/reports/{number}/find", reasons="看了现场")
    assert (refused.status_code, "看了现场" in refused.text) == (403, True)
    given = {"finding": "true", "reasons": "看了现场", "result": "已改正。"}
    assert pages.fill(page, f"/reports/{number}", "result", to=f"/reports/{number}/find", **given).status_code == 303
    assert "等待公开" in page.get(f"/reports/{number}").text
    editor = browser("bian", "editor")
    assert (editor.get("/reports").status_code, "不实举报" in editor.get("/").text) == (403, False)
    assert "已改正。" in editor.get("/answers").text
