"""事事有回音: an opinion from the finger to the board, and what its visitor says of the answer (SUP-01, SUP-02)."""

import pytest

from content_sync.domain.errors import Refused
from display_server.cases import by_hand, service
from display_server.cases.by_hand import Written
from display_server.database.tables.records import cases
from display_server.desk import answering
from tests.display_server import pages
from tests.said.scene import Kiosk, Scene


def _said(kiosk: Kiosk) -> str:
    """A visitor complains by three touches; the receipt on the glass."""
    kiosk.begin()
    kiosk.touch("我要反映", "办不成事", "要我多交材料", "送出")
    assert kiosk.receipt in kiosk.glass.text
    return kiosk.receipt


def _answered(scene: Scene, number: str, who: str = "wang") -> None:
    """Answered, made a text of, and published."""
    service.answer(scene.db, scene.person(who, "clerk"), number, "done", "那份材料不用再交了。")
    item = answering.draft(scene.db, scene.people.editor, number)
    scene.publish("qinghe", item)


def test_sup_01_box_phone_and_visit_land_in_one_register(scene: Scene) -> None:
    """A kiosk's box, a call, a visit, a letter: one list, one series of numbers, a code for each channel."""
    kiosk, page = scene.kiosk("k1"), scene.browser("wang", "clerk")
    _said(kiosk)
    assert kiosk.send() >= 1
    for n, channel in enumerate(("phone", "visit", "letter")):
        given = {"channel": channel, "text": f"窗口没有人 {n}", "about": "window"}
        assert pages.fill(page, "/cases/new", "contact", **given).status_code == 303
    rows = sorted(scene.rows(cases), key=lambda row: row.number)
    assert [row.channel for row in rows] == ["box", "phone", "visit", "letter"]
    assert [row.number[-3:] for row in rows] == ["001", "002", "003", "004"]
    assert len({row.receipt for row in rows}) == 4
    listed = page.get("/cases").text
    assert all(words in listed for words in ("大厅触摸屏", "投诉电话", "走访、接待", "信函"))


def test_sup_02_closed_only_by_a_public_answer_that_rotates_on_that_board(scene: Scene) -> None:
    """Said at the kiosk of the hall, answered, published: only then is it closed, and the hall's board shows it."""
    kiosk, board = scene.kiosk("k1"), scene.kiosk("lcd1", "lcd")
    receipt = _said(kiosk)
    kiosk.send()
    (row,) = scene.rows(cases)
    assert (row.device, row.due != "") == ("k1", True)
    assert "收到了" in kiosk.look_up(receipt)
    clerk = scene.person("wang", "clerk")
    with pytest.raises(Refused, match="没有答复"):
        service.answer(scene.db, clerk, row.number, "done", " ")
    service.answer(scene.db, clerk, row.number, "done", "那份材料不用再交了。")
    (row,) = scene.rows(cases)
    assert (row.handler, row.closed_at) == ("wang", "")
    item = answering.draft(scene.db, scene.people.editor, row.number)
    assert scene.rows(cases)[0].closed_at == ""
    scene.publish("qinghe", item)
    (row,) = scene.rows(cases)
    assert row.closed_at != ""
    board.pull()
    (story,) = [story for story in board.stories() if story.item == item]
    assert "那份材料不用再交了。" in str(story)
    assert story.number == f"尾号 {receipt[-4:]}"  # its visitor knows it; nobody else can judge by it
    for one in scene.folder.rglob("content.db"):
        assert receipt.encode() not in one.read_bytes()
    kiosk.pull()
    assert "办好了" in kiosk.look_up(receipt)
    kiosk.touch("看公开的答复")
    assert "那份材料不用再交了。" in kiosk.glass.text
    assert f"尾号 {receipt[-4:]}" in kiosk.glass.text
    assert receipt not in kiosk.glass.text
    assert receipt not in scene.server.app.test_client().get(f"/d/{item}").text


def test_sup_02_what_no_rule_gives_a_limit_gets_one_from_who_takes_it(scene: Scene) -> None:
    """An opinion about the hall has no limit in law: nobody has it in hand without a date, which is never changed."""
    number = by_hand.write_down(
        scene.db, scene.person("wang", "clerk"), Written("a" * 26, "hall", "visit", "place", "没水")
    )
    page = scene.browser("li", "clerk")
    refused = pages.fill(page, f"/cases/{number}", "answer", state="doing", due="")
    assert (refused.status_code, "请定一个答复日期" in refused.text) == (403, True)
    for wrong in ("2026-11-01", "2027-11-01", "明天"):
        assert pages.fill(page, f"/cases/{number}", "answer", state="doing", due=wrong).status_code == 403
    assert pages.fill(page, f"/cases/{number}", "answer", state="doing", due="2026-12-01").status_code == 303
    (row,) = scene.rows(cases)
    assert (row.handler, row.due) == ("li", "2026-12-01")
    pages.fill(page, f"/cases/{number}", "answer", state="doing", answer="再等等", due="2026-12-30")
    assert scene.rows(cases)[0].due == "2026-12-01"


def test_sup_02_satisfied_is_said_once_and_counted(scene: Scene) -> None:
    """By the receipt alone, at any kiosk; a second judgement changes nothing."""
    first, second = scene.kiosk("k1"), scene.kiosk("k2")
    receipt = _said(first)
    first.send()
    assert "这个答复，您满意吗？" not in first.look_up(receipt)
    _answered(scene, scene.rows(cases)[0].number)
    assert "这个答复，您满意吗？" in second.look_up(receipt)
    second.touch("满意")
    second.send()
    assert scene.rows(cases)[0].verdict == "satisfied"
    first.begin()
    assert "您满意吗" not in first.look_up(receipt)
    assert "您说了满意" in first.glass.text
    listed = scene.browser("jian", "supervisor").get("/cases").text
    assert "满意 <strong>1</strong> 件，不满意 <strong>0</strong> 件" in listed


def test_sup_02_not_satisfied_opens_one_more_for_somebody_else(scene: Scene) -> None:
    """The same receipt leads to the new one; the first clerk cannot answer again; a second 不满意 goes on a list."""
    kiosk = scene.kiosk("k1")
    receipt = _said(kiosk)
    kiosk.send()
    first = scene.rows(cases)[0].number
    _answered(scene, first)
    kiosk.look_up(receipt)
    kiosk.touch("不满意")
    assert "换人再办" in kiosk.glass.text
    kiosk.send()
    (after,) = [row for row in scene.rows(cases) if row.follows]
    assert (after.follows, after.due != "") == (first, True)
    assert "收到了" in kiosk.look_up(receipt)
    with pytest.raises(Refused, match="由别人"):
        service.answer(scene.db, scene.person("wang", "clerk"), after.number, "done", "还是那样。")
    _answered(scene, after.number, "zhao")
    kiosk.look_up(receipt)
    kiosk.touch("不满意")
    kiosk.send()
    assert len(scene.rows(cases)) == 2
    assert "负责人当面和您谈" in kiosk.look_up(receipt)  # nobody takes it up a third time, and it says so
    assert "两次不满意" in scene.browser("jian", "supervisor").get("/cases").text
