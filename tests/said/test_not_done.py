"""办不成事 and the nine situations: what a tap files, and what happens when nobody answers (N-19, ACC-02)."""

from display_server.cases import escalating
from display_server.database import audit
from display_server.database.tables.records import cases
from display_server.desk.upkeep import Upkeep
from tests.said.scene import Scene


def test_acc_02_asked_for_more_papers_files_code_four(scene: Scene) -> None:
    """Choosing 要我多交材料 at the kiosk files situation 4, in the record and on the clerk's page."""
    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.touch("我要反映", "办不成事", "要我多交材料", "送出")
    (record,) = [one for one in kiosk.desk.waiting_records(50) if one.kind == "opinion"]
    assert record.body["codes"] == "4"
    kiosk.send()
    number = scene.rows(cases)[0].number
    page = scene.browser("wang", "clerk").get(f"/cases/{number}").text
    assert "工作人员情形第4项：擅自提出额外条件和要求" in page


def test_n_19_what_could_not_be_got_done_and_is_late_is_marked_for_the_leader_once(scene: Scene) -> None:
    """One touch from 我要反映; past its due date the program marks it for the leader, once, and it stands first."""
    kiosk = scene.kiosk("k1")
    for about, tap in (("窗口和工作人员", "态度不好"), ("办不成事", "来回跑了几趟")):
        kiosk.begin()
        kiosk.touch("我要反映", about, tap, "送出")
    kiosk.send()
    assert escalating.escalate(scene.db) == 0
    scene.clock.advance(days=10)
    upkeep = Upkeep(scene.db)
    upkeep.give_cards()
    upkeep.give_cards()
    rows = {row.about: row for row in scene.rows(cases)}
    assert rows["failed"].escalated_at != ""
    assert rows["window"].escalated_at == ""
    with scene.db.read() as connection:
        told = [one.detail for one in audit.of(connection, rows["failed"].number) if one.action == "case.escalate"]
    assert told == ["清河县人民政府"]
    clerk = scene.browser("wang", "clerk")
    assert "1 件“办不成事”超期，待负责人督办" in clerk.get("/").text
    listed = clerk.get("/cases").text
    assert listed.index(rows["failed"].number) < listed.index(rows["window"].number)
    assert "超期，待负责人督办" in clerk.get(f"/cases/{rows['failed'].number}").text
