"""申请公开: without a network, without a phone, without a keyboard, without a purpose (APP-01, APP-08, APP-10)."""

import json
import re

import pytest

from content_sync import assets
from content_sync.domain.cases import applications as rules
from content_sync.domain.cases import askings
from display_server.database.tables.records import cases, records
from display_server.database.tables.visitors import applications, receipts
from display_server.desk import applications as desk
from display_server.desk import forgetting
from display_server.desk.check import examine
from kiosk.flow import actions
from tests.display_server import pages
from tests.said.scene import Kiosk, Scene

_line = ((123, 77), (871, 163))


def _applies(kiosk: Kiosk, phone: str = "") -> str:
    """By taps and one's own hand alone; the receipt on the glass."""
    kiosk.begin()
    kiosk.touch("申请公开", "在这里填申请", "我个人")
    kiosk.act(actions.Wrote(_line))
    kiosk.touch("下一步", "没带着")
    kiosk.touch(*phone, "下一步") if phone else kiosk.touch("没有电话")
    if not phone:
        kiosk.act(actions.Wrote(_line))
        kiosk.touch("下一步")
    kiosk.act(actions.Wrote(_line))
    kiosk.touch("下一步", "打印出来", "封好送出")
    assert kiosk.receipt in kiosk.glass.text
    return kiosk.receipt


def test_app_01_receipts_of_three_cut_off_kiosks_are_unique_after_they_sync(scene: Scene) -> None:
    """Three kiosks without a network take eight applications each; synced in any order, every receipt finds its own."""
    kiosks = [scene.kiosk(f"k{n}") for n in range(3)]
    for one in kiosks:
        one.line.lost = ["before"] * 50
    given = [(one, _applies(one)) for _ in range(8) for one in kiosks]
    for one in reversed(kiosks):
        one.line.lost = []
        one.send()
    assert len({receipt for _, receipt in given}) == 24
    rows = scene.rows(applications)
    assert len({row.number for row in rows}) == len({row.receipt for row in rows}) == 24
    for one, receipt in given[:3]:
        assert "申请收到了" in one.look_up(receipt)


def test_app_01_two_kiosks_with_one_receipt_tell_nobody_another_s_matter(scene: Scene) -> None:
    """The clash that chance allows, made: each kiosk tells of its own, a third sends both to the desk."""
    first, second, third = (scene.kiosk(f"k{n}") for n in range(3))
    receipt = _opinion(first, "村里的事", "村账不清楚")
    _opinion(second, "大厅的设施", "排队太乱")
    (record,) = [one for one in second.desk.waiting_records(50) if one.kind == "opinion"]
    second.desk.acknowledge([record.id])
    second.desk.add_record(type(record)(record.id, "opinion", "", record.made_at, {**record.body, "receipt": receipt}))
    for one in (first, second):
        one.send()
    mine = next(row.number for row in scene.rows(cases) if row.device == "k0")
    clerk = scene.browser("wang", "clerk")
    pages.fill(clerk, f"/cases/{mine}", "answer", state="doing", due="2026-12-01")
    assert "正在办" in first.look_up(receipt)
    assert "收到了" in second.look_up(receipt)
    assert "请到服务台查" in third.look_up(receipt)
    assert "回执重号" in clerk.get(f"/cases/{mine}").text


def test_app_08_a_visitor_sees_the_step_and_no_personal_data(scene: Scene) -> None:
    """Five states by receipt and last four digits at any kiosk; wrong digits read like no such receipt."""
    kiosk, clerk = scene.kiosk("k1"), scene.person("wang", "clerk")
    receipt = _applies(kiosk, "13872659041")
    kiosk.send()
    number = scene.rows(applications)[0].number
    assert "没有查到" in kiosk.look_up(receipt)
    assert "没有查到" in kiosk.look_up(receipt, "9042")
    steps: list[tuple[str, dict[str, str]]] = [
        ("accept", {}),
        ("reply", {"kind": "available", "available.ways": "到一楼领取"}),
        ("deliver", {"form": "print"}),
        ("archive", {}),
    ]
    seen = [kiosk.look_up(receipt, "9041")]
    for name, said in steps:
        desk.step(scene.db, clerk, number, name, said)
        seen.append(kiosk.look_up(receipt, "9041"))
    for words, glass in zip(("申请收到了", "受理了", "答复好了", "已经给您了", "办完了"), seen, strict=True):
        assert words in glass
        assert not any(secret in glass for secret in ("9041", "13872659041", "一楼领取", "wang"))
    assert list(rules.states) == ["applied", "accepted", "replied", "delivered", "archived"]
    assert b"9041" not in (kiosk.folder / "desk.db").read_bytes()
    log = kiosk.folder / "desk.db-wal"
    assert not log.exists() or b"last4=9041" not in log.read_bytes()


def test_app_08_whoever_must_add_something_is_told_so_and_not_that_all_goes_on(scene: Scene) -> None:
    """补正 and 中止 by the receipt: no day that would not hold, and what there is to do; then it goes on."""
    kiosk, clerk = scene.kiosk("k1"), scene.person("wang", "clerk")
    receipt = _applies(kiosk)
    kiosk.send()
    number = scene.rows(applications)[0].number
    steps = {
        "ask": ("要您补一点", {"what": "请写明是哪一年的账"}),
        "accept": ("受理了", {}),
        "pause": ("先停一停", {"cause": "force", "why": "洪水"}),
        "resume": ("受理了", {}),
    }
    for name, (words, said) in steps.items():
        desk.step(scene.db, clerk, number, name, said)
        glass = kiosk.look_up(receipt)
        assert words in glass
        assert ("最晚" in glass) == (name in {"accept", "resume"})
        assert not any(secret in glass for secret in ("哪一年", "洪水", "wang"))


def test_app_10_no_threshold(scene: Scene) -> None:
    """Filled in with taps and one handwritten description; no field and no screen asks what it is wanted for."""
    kiosk = scene.kiosk("k1")
    _applies(kiosk)
    kiosk.send()
    assert len(scene.rows(applications)) == 1
    assert set(askings.Asking.__dataclass_fields__) == {
        *("kind", "name", "id_proof", "contact", "form", "text", "strokes")
    }
    words = json.loads(assets.path("i18n/zh-Hans.json").read_text("utf-8"))
    asked = {key: said for key, said in words.items() if key.startswith("application.")}
    assert {key for key, said in asked.items() if "用途" in said} == {"application.told_1"}  # 不问用途
    page = scene.browser("wang", "clerk").get("/applications/new").text
    assert not re.search(r'name="[^"]*(purpose|use|reason)', page)


@pytest.mark.parametrize("how", ["row", "box", "state"])
def test_an_application_changed_in_the_table_is_named_by_the_check(scene: Scene, how: str) -> None:
    """Taken out, emptied, or moved on by hand: the audit log knows better (promise 16)."""
    kiosk = scene.kiosk("k1")
    _applies(kiosk)
    kiosk.send()
    assert examine(scene.db).problems == ()
    with scene.db.write() as connection:
        if how == "row":
            connection.execute(applications.delete())
        else:
            changed = {"sealed": ""} if how == "box" else {"state": "archived"}
            connection.execute(applications.update().values(**changed))
    assert any(one.startswith("Application 2026-00001") for one in examine(scene.db).problems)


def test_what_names_a_person_is_gone_when_it_was_kept_long_enough(scene: Scene) -> None:
    """By the profile's days after the end, never before it; the register stays, the check agrees, the file is clean."""
    kiosk, clerk = scene.kiosk("k1"), scene.person("wang", "clerk")
    _applies(kiosk, "13872659041")
    kiosk.send()
    number = scene.rows(applications)[0].number
    sealed = scene.rows(applications)[0].sealed
    scene.clock.advance(days=2000)
    assert forgetting.due(scene.db) == []  # it has not ended
    scene.clock.advance(days=-2000)
    for name, said in (
        ("accept", {}),
        ("reply", {"kind": "available", "available.ways": "到一楼领取"}),
        ("deliver", {"form": "print"}),
        ("archive", {}),
    ):
        desk.step(scene.db, clerk, number, name, said)
    scene.clock.advance(days=730)
    assert forgetting.forget(scene.db) == []
    scene.clock.advance(days=1)
    assert [one.number for one in forgetting.due(scene.db)] == [number]
    assert [one.number for one in forgetting.forget(scene.db)] == [number]
    (row,) = scene.rows(applications)
    assert (row.sealed, row.last4, row.state, row.forgotten_at != "") == ("", "", "archived", True)
    assert desk.letters_of(scene.db, number) != []
    assert not [one for one in examine(scene.db).problems if "pplication" in one]
    assert forgetting.forget(scene.db) == []
    for path in scene.db.config.database_path.parent.glob(f"{scene.db.config.database_path.name}*"):
        assert sealed[:60].encode() not in path.read_bytes()  # neither the file nor its log
    page = scene.browser("li", "clerk")
    assert "到保存期限" in page.get(f"/applications/{number}").text
    assert (
        pages.fill(page, f"/applications/{number}", "csrf_token", to=f"/applications/{number}/open").status_code == 403
    )


def test_an_opinion_s_own_words_go_and_its_answer_stays(scene: Scene) -> None:
    """Text, handwriting and contact, also the copy among the records; number, taps and answer stay."""
    from display_server.cases import service
    from display_server.desk import answering

    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.touch("我要反映", "办不成事", "要我多交材料", "写几句")
    kiosk.act(actions.Wrote(_line))
    kiosk.touch("写好了", "送出")
    kiosk.send()
    (row,) = scene.rows(cases)
    assert row.strokes
    service.answer(scene.db, scene.person("wang", "clerk"), row.number, "done", "不用再交了。")
    scene.publish("qinghe", answering.draft(scene.db, scene.people.editor, row.number))
    scene.clock.advance(days=366)
    assert [one.number for one in forgetting.forget(scene.db)] == [row.number]
    (after,) = scene.rows(cases)
    assert (after.strokes, after.text, after.contact) == ("", "", "")
    assert (after.taps, after.answer) == ("paper", "不用再交了。")
    assert [one.body for one in scene.rows(records) if one.id == row.record] == [""]
    assert len(scene.rows(receipts)) == 1
    assert not [one for one in examine(scene.db).problems if "Case" in one]


def _opinion(kiosk: Kiosk, about: str, tap: str) -> str:
    kiosk.begin()
    kiosk.touch("我要反映", about, tap, "送出")
    return kiosk.receipt
