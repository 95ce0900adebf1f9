"""不公开、假公开: from the key below a text to a published finding; the unit never learns who (SUP-07)."""

from display_server.database.tables.visitors import reports
from display_server.desk.check import examine
from kiosk.flow.actions import Open
from kiosk.flow.pages.finding import Listing, Search, Section
from tests.display_server import pages, texts
from tests.said.scene import Scene


def test_sup_07_the_unit_neither_sees_nor_deletes_and_the_result_is_public(scene: Scene) -> None:
    """Reported at the kiosk from the village's own text; the supervisor finds, the county publishes, then it closes."""
    untrue = texts.published(scene.db, scene.people, channel="liushu", title="修路账目")
    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.act(_report(untrue))
    kiosk.touch("这里说得不对", "数字、金额不对", "送出")
    receipt = kiosk.receipt
    assert "已送监督人员" in kiosk.glass.text
    kiosk.send()
    (row,) = scene.rows(reports)
    assert (row.unit, row.item) == ("liushu", untrue)
    at, supervisor = f"/reports/{row.number}", scene.browser("jian", "supervisor")
    _nobody_else_sees(scene, row.number)
    assert pages.fill(supervisor, at, "csrf_token", to=f"{at}/take").status_code == 303
    assert "正在办" in kiosk.look_up(receipt)
    given = {"finding": "true", "reasons": "看了现场", "result": "账目有误，已改正。"}
    assert pages.fill(supervisor, at, "result", to=f"{at}/find", **given).status_code == 303
    assert pages.fill(supervisor, at, "csrf_token", to=f"{at}/close").status_code == 403
    editor = scene.browser("bian", "editor", units=("qinghe",))
    assert pages.fill(editor, "/answers", "csrf_token", to=f"/answers/reports/{row.number}").status_code == 303
    scene.publish("qinghe", scene.rows(reports)[0].result_item)
    assert pages.fill(supervisor, at, "csrf_token", to=f"{at}/close").status_code == 303
    kiosk.pull()
    assert "结果公开了" in kiosk.look_up(receipt)
    kiosk.touch("看公开的答复")
    assert "账目有误，已改正。" in kiosk.glass.text


def test_what_is_missing_is_told_to_the_supervisor_of_the_unit_that_lacks_it(scene: Scene) -> None:
    """An empty heading of the village, then a unit named from 我要反映: the village's own supervisor reads where."""
    kiosk, supervisor = scene.kiosk("k1"), scene.browser("jian", "supervisor", units=("liushu",))
    kiosk.begin()
    kiosk.act(Open(Listing(unit="liushu", node="v02")))
    kiosk.touch("该公开的没公开", "一直没公开", "送出")
    kiosk.begin()
    kiosk.touch("我要反映", "公开的内容不对", "该公开的没公开", "柳树村村民委员会", "公开得太晚", "送出")
    kiosk.send()
    first, second = scene.rows(reports)
    assert (first.unit, second.unit) == ("liushu", "liushu")
    assert "柳树村村民委员会 · 农民负担" in supervisor.get(f"/reports/{first.number}").text
    assert "在“柳树村村民委员会”里没有找到" in supervisor.get(f"/reports/{second.number}").text


def test_an_empty_section_asks_whose_it_is(scene: Scene) -> None:
    """办事结果 is everybody's heading: the report names the unit that the visitor means, and the section."""
    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.act(Open(Section("result")))
    kiosk.touch("该公开的没公开", "柳树村村民委员会", "一直没公开", "送出")
    kiosk.send()
    (row,) = scene.rows(reports)
    assert (row.unit, row.text) == ("liushu", "在“柳树村村民委员会 · 办事结果”里没有找到。")


def test_what_is_untrue_is_found_before_it_is_reported(scene: Scene) -> None:
    """From 我要反映 nothing is open yet: the key leads to the search, and no report about nothing is made."""
    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.touch("我要反映", "公开的内容不对", "这里说得不对")
    assert isinstance(kiosk.visit.state.page, Search)


def test_a_report_taken_out_of_the_table_is_named_by_the_check(scene: Scene) -> None:
    """Nobody deletes one unseen: neither the row nor its state, not even with the database in hand (promise 16)."""
    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.act(_report(scene.notice))
    kiosk.touch("该公开的没公开", "一直没公开", "送出")
    kiosk.send()
    (row,) = scene.rows(reports)
    with scene.db.write() as connection:
        connection.execute(reports.update().values(state="closed"))
    assert f"Report {row.number} is closed, and the audit log left it open." in examine(scene.db).problems
    with scene.db.write() as connection:
        connection.execute(reports.delete())
    assert any(f"Report {row.number} is missing" in one for one in examine(scene.db).problems)


def _nobody_else_sees(scene: Scene, number: str) -> None:
    """Neither the list nor the page nor its name, by address or by form; not the publishing unit, not the hall."""
    for role in ("editor", "reviewer", "secrecy", "publisher", "clerk", "manager", "admin"):
        page = scene.browser(f"of-{role}", role, units=("liushu",) if role != "admin" else ("*",))
        for address in ("/reports", f"/reports/{number}"):
            assert page.get(address).status_code == 403, (role, address)
        assert _post(page, f"/reports/{number}/close") == 403, role
        assert number not in page.get("/").text + (page.get("/answers").text if role == "editor" else "")


def _report(item: str) -> object:
    from kiosk.flow.actions import Open
    from kiosk.flow.voices import Report

    return Open(Report(item))


def _post(page: object, address: str) -> int:
    """A form sent without a page to take it from, with a token of another page."""
    from tests.display_server import world

    token = world.token(page.get("/password"))  # type: ignore[attr-defined]  # a browser of the scene
    answer = page.post(address, data={"csrf_token": token})  # type: ignore[attr-defined]  # see above
    return int(answer.status_code)
