"""Evidence of a report: pictures from a letter, put there by supervision, without what a telephone noted (SUP-07)."""

import io
from typing import Any

import pytest

from content_sync.domain.errors import Refused
from display_server.cases import reports as kept
from display_server.database.tables.visitors import report_pictures, reports
from display_server.desk import evidence, forgetting, reporting
from display_server.desk.check import examine
from kiosk.flow.actions import Open
from kiosk.flow.voices import Report
from tests.display_server import pictures, texts, world
from tests.said.scene import Scene


@pytest.fixture
def number(scene: Scene) -> str:
    """A report about a text of the village."""
    untrue = texts.published(scene.db, scene.people, channel="liushu", title="修路账目")
    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.act(Open(Report(untrue)))
    kiosk.touch("这里说得不对", "数字、金额不对", "送出")
    kiosk.send()
    return str(scene.rows(reports)[0].number)


def attach(browser: Any, number: str, data: bytes, origin: str = "12月3日来信") -> Any:
    """The supervisor's form."""
    token = world.token(browser.get(f"/reports/{number}"))
    form = {"csrf_token": token, "origin": origin, "file": (io.BytesIO(data), "赵明家 IMG_2041.jpg")}
    return browser.post(f"/reports/{number}/pictures", data=form, content_type="multipart/form-data")


def test_sup_07_a_letters_photo_is_seen_by_supervision_alone(scene: Scene, number: str) -> None:
    """Shown on the report without place and telephone; the unit is refused everywhere, nothing of it is published."""
    supervisor = scene.browser("jian", "supervisor")
    assert attach(supervisor, number, pictures.photo((1600, 1200))).status_code == 303
    page = supervisor.get(f"/reports/{number}").text
    at = f"/reports/{number}/pictures/1"
    assert f'src="{at}"' in page
    assert "12月3日来信" in page
    shown = supervisor.get(at)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    picture = pictures.opened(shown.data)
    assert dict(picture.getexif()) == {}
    assert not any(word in shown.data for word in (b"Telephone", b"taken at home", "赵明".encode()))
    for role in ("editor", "reviewer", "secrecy", "publisher", "clerk", "manager", "admin"):
        other = scene.browser(f"of-{role}", role, units=("liushu",) if role != "admin" else ("*",))
        assert other.get(at).status_code == 403, role
        token = world.token(other.get("/password"))
        assert other.post(f"{at}/remove", data={"csrf_token": token}).status_code == 403, role
        sent = {"csrf_token": token, "origin": "x", "file": (io.BytesIO(pictures.png()), "x.png")}
        assert other.post(f"/reports/{number}/pictures", data=sent).status_code == 403
    (row,) = scene.rows(report_pictures)
    assert shown.data[100:200] not in row.sealed
    for path in filter(lambda one: one.is_file(), scene.folder.rglob("*")):
        assert shown.data[100:200] not in path.read_bytes(), path  # neither in the database nor in any tree
    assert examine(scene.db).problems == ()


def test_one_attached_by_mistake_is_taken_back_until_it_is_found_out(scene: Scene, number: str) -> None:
    """Then it is gone from the file; afterwards evidence stands, and a later letter may still be added."""
    who = scene.person("jian", "supervisor")
    for color in ("red", "blue"):
        evidence.add(scene.db, who, number, pictures.png(color), "当面交来")
    evidence.remove(scene.db, who, number, 1)
    assert examine(scene.db).problems == ()
    assert evidence.add(scene.db, who, number, pictures.png("green"), "当面交来") == 3
    kept.find(scene.db, who, number, "true", "看了照片", "账目有误，已改正。")
    with pytest.raises(Refused, match="不能再取下"):
        evidence.remove(scene.db, who, number, 2)
    evidence.add(scene.db, who, number, pictures.png("white"), "第二封信")
    with scene.db.read() as connection:
        assert [row.seq for row in kept.pictures_of(connection, number)] == [2, 3, 4]


def test_a_picture_put_in_or_taken_out_of_the_table_is_named_by_the_check(scene: Scene, number: str) -> None:
    """Evidence neither vanishes nor appears unseen, not even with the database in hand (promise 16)."""
    evidence.add(scene.db, scene.person("jian", "supervisor"), number, pictures.png(), "来信")
    (row,) = scene.rows(report_pictures)
    with scene.db.write() as connection:
        connection.execute(report_pictures.update().values(seq=7))
    problems = " ".join(examine(scene.db).problems)
    assert f"Report {number}: its picture 1 is missing" in problems
    assert f"Report {number}: the audit log never saw its picture 7" in problems
    assert row.hash


@pytest.mark.parametrize(
    ("data", "origin", "said"),
    [
        (pictures.pdf, "来信", "只收图片"),
        (b"MZ\x90 a program", "来信", "PNG 或 JPEG"),
        (pictures.png()[:60], "来信", "打不开"),
        (pictures.png(), "  ", "怎么来的"),
        (pictures.png(), "长" * 101, "怎么来的"),
    ],
)
def test_what_is_no_evidence_is_refused_in_a_sentence(
    scene: Scene, number: str, data: bytes, origin: str, said: str
) -> None:
    """Another kind of file, a torn one, one of which nobody says where it is from: what was written stays."""
    page = attach(scene.browser("jian", "supervisor"), number, data, origin)
    assert page.status_code == 403
    assert said in page.text
    assert origin.strip() in page.text
    assert scene.rows(report_pictures) == []


def test_pictures_are_forgotten_with_the_visitors_words(scene: Scene, number: str) -> None:
    """A year after the result is public they are gone; nothing is added to a closed report; `check` knows why."""
    who = scene.person("jian", "supervisor")
    evidence.add(scene.db, who, number, pictures.png(), "来信")
    kept.find(scene.db, who, number, "true", "看了照片", "账目有误，已改正。")
    scene.publish("qinghe", reporting.draft(scene.db, scene.people.editor, number))
    kept.close(scene.db, who, number)
    with pytest.raises(Refused, match="已经办结"):
        evidence.add(scene.db, who, number, pictures.png(), "来信")
    scene.clock.advance(days=400)
    assert [one.family for one in forgetting.forget(scene.db)] == ["report"]
    assert scene.rows(report_pictures) == []
    assert [one for one in examine(scene.db).problems if "icture" in one] == []
