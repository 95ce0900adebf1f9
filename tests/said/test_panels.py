"""代表评议: the panel beside the public, by codes of nobody in particular, counted apart, across cut lines (EVA-03)."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure import panels as rules
from content_sync.domain.disclosure.items import Item
from content_sync.domain.errors import Refused
from content_sync.domain.records import Record
from content_sync.wire import panels as seals
from content_sync.wire.items import parse_item
from content_sync.wire.sealed import public_half
from display_server.access import Actor
from display_server.cases import panels, questionnaires
from display_server.database import content
from display_server.database.tables.records import records
from display_server.database.tables.relaying import passing
from display_server.database.tables.visitors import panel_codes, panel_refusals, panel_sheets, poll_sheets
from display_server.desk import paneling, polling, reception, records_key
from display_server.devices import queries as devices
from kiosk.flow.actions import Open
from kiosk.flow.pages.reading import Reader
from tests.display_server import pages, relays, texts, world
from tests.said.scene import Kiosk, Scene

_asks = {"questions": [{"text": "您对大厅的服务满意吗？", "options": ["满意", "基本满意", "不满意"]}], "panel": True}
_seats = {"supervisor": 2, "deputy": 2, "adviser": 1, "media": 1, "masses": 2}


@pytest.fixture
def poll(scene: Scene) -> str:
    """A published questionnaire with a panel."""
    body = texts.plain("notice")["body"] | _asks
    until = "2026-11-24T09:00:00+08:00"
    return texts.published(scene.db, scene.people, title="大厅服务问卷", body=body, shown_until=until)


def codes(scene: Scene, poll: str) -> list[str]:
    """What the supervisor prints."""
    supervisor = scene.browser("jian", "supervisor")
    form = {group: str(number) for group, number in _seats.items()}
    page = supervisor.post(f"/panels/{poll}/codes", data=form | {"csrf_token": world.token(supervisor.get("/panels"))})
    assert page.status_code == 200
    found = re.findall(r"\d{4} \d{4} \d{4}", page.text)
    assert len(found) == sum(_seats.values())
    assert not any(code in supervisor.get("/panels").text for code in found)  # this once
    return [rules.folded(code) for code in found]


def answer(kiosk: Kiosk, poll: str, code: str, option: str) -> None:
    """A panel member at a kiosk: taps only."""
    kiosk.begin()
    kiosk.act(Open(Reader(poll)))
    kiosk.touch("来答问卷", "我有评议码", *code, "开始答", option, "送出问卷")
    assert "答卷收下了" in kiosk.glass.text
    assert "没用过，就算一份" in kiosk.glass.text.replace("\n", "")  # no promise


def sheets_waiting(kiosk: Kiosk) -> list[Record]:
    """A panel's sheets in the outbox."""
    return [record for record in kiosk.desk.waiting_records(10) if record.kind == "panel"]


def test_eva_03_a_panel_stands_beside_the_public_and_is_never_mixed_with_it(scene: Scene, poll: str) -> None:
    """Two of the public, five of eight members, at two kiosks and in the office: each counted once, in its own row."""
    one, two = scene.kiosk("k1"), scene.kiosk("k2")
    _everybody_answers(scene, poll, one, two)
    assert sorted(row.answers for row in scene.rows(poll_sheets)) == ["1:1", "1:3"]
    assert sorted(row.answers for row in scene.rows(panel_sheets)) == ["1:2", "1:3", "1:3", "1:3", "1:3"]
    assert len(scene.rows(panel_codes)) == sum(_seats.values()) - 5
    scene.clock.advance(days=2)
    (over,) = polling.waiting(scene.db, scene.people.editor)
    assert (over.sheets, over.panel) == (2, 5)
    made = polling.draft(scene.db, scene.people.editor, poll)
    scene.publish("qinghe", made)
    one.pull()
    one.begin()
    one.act(Open(Reader(made)))
    text = one.glass.text.replace("\n", "")
    assert "监督员 2 人、人大代表 2 人、政协委员 1 人、媒体 1 人、群众代表 2 人" in text
    assert text.index("不满意：1 人，占 50%") < text.index("代表评议满意：0 人") < text.index("不满意：4 人，占 80%")


def test_of_a_panel_that_hardly_answered_only_the_number_is_told(scene: Scene, poll: str) -> None:
    """One member of eight answers: neither the draft nor the page of codes lets anybody see how, or that it was now."""
    printed = codes(scene, poll)
    clerk, supervisor = scene.browser("chuang", "clerk"), scene.browser("jian2", "supervisor")
    before = _read(clerk)
    paneling.answer(scene.db, poll, printed[0], {1: 3})
    assert "收回 1 份" in supervisor.get("/panels").text
    assert _read(clerk) == before
    scene.clock.advance(days=2)
    made = polling.draft(scene.db, scene.people.editor, poll)
    with scene.db.read() as connection:
        told = [block["text"] for block in content.draft(connection, made)["body"]["blocks"]]
    assert any("收回 1 份" in line for line in told)
    assert "不满意：0 人" in told  # of the public
    assert not any(line == "代表评议" or "1 人" in line for line in told[1:] if "监督员" not in line)


def _everybody_answers(scene: Scene, poll: str, one: Kiosk, two: Kiosk) -> None:
    printed = codes(scene, poll)
    for option in ("满意", "不满意"):
        one.begin()
        one.act(Open(Reader(poll)))
        one.touch("来答问卷", option, "送出问卷")
    answer(one, poll, printed[0], "不满意")
    answer(two, poll, printed[1], "不满意")
    answer(two, poll, printed[1], "满意")  # cut off, nobody here knows that it is spent
    assert "您答过了" not in two.glass.text
    clerk = scene.browser("chuang", "clerk")
    told = {"code": rules.spelled(printed[2]), "q1": "2"}
    assert pages.fill(clerk, f"/panels/{poll}", "code", **told).status_code == 303
    again = pages.fill(clerk, f"/panels/{poll}", "code", **told)
    assert again.status_code == 403
    assert "已经用过" in again.text
    assert 'value="2" checked' in again.text  # nothing that was chosen is lost
    for code in printed[3:5]:
        paneling.answer(scene.db, poll, code, {1: 3})
    one.send()
    two.send()
    one.send()


def test_nothing_that_is_stored_leads_from_a_code_to_an_answer(scene: Scene, poll: str) -> None:
    """Not on the kiosk and not on the server: no code, no hash, no record stands beside the answer."""
    printed = codes(scene, poll)
    kiosk = scene.kiosk("k1")
    hashes = {row.hash for row in scene.rows(panel_codes)}
    answer(kiosk, poll, printed[0], "满意")
    (waiting,) = sheets_waiting(kiosk)
    assert set(waiting.body) == {"sealed"}
    kiosk.send()
    assert len(hashes - {row.hash for row in scene.rows(panel_codes)}) == 1
    (sheet,) = scene.rows(panel_sheets)
    assert set(sheet._mapping) == {"name", "poll", "answers"}
    assert sheet.name != waiting.id
    (record,) = [row for row in scene.rows(records) if row.kind == "panel"]
    assert record.body == ""
    for file in filter(lambda path: path.is_file() and ".db" in path.name, scene.folder.rglob("*")):
        assert printed[0].encode() not in file.read_bytes(), file


def test_a_sheet_sent_again_and_again_counts_once(scene: Scene, poll: str) -> None:
    """The line is cut after the server took it; the kiosk sends it thrice; another kiosk brings the same code late."""
    printed = codes(scene, poll)
    kiosk, other = scene.kiosk("k1"), scene.kiosk("k2")
    answer(kiosk, poll, printed[0], "满意")
    (record,) = sheets_waiting(kiosk)
    with scene.db.read() as connection:
        row = devices.by_id(connection, "k1")
    assert row is not None
    device = devices.as_device(row)
    mine = Record(record.id, record.kind, "k1", record.made_at, record.body)
    for _ in range(3):
        assert reception.receive(scene.db, device, [mine]).accepted == [record.id]
    kiosk.send()
    answer(other, poll, printed[0], "不满意")
    other.send()
    assert [row.answers for row in scene.rows(panel_sheets)] == ["1:1"]
    with scene.db.read() as connection:
        assert list(panels.faults(connection)) == []
    with scene.db.write() as connection:
        connection.execute(panel_sheets.insert().values(name="put-in", poll=poll, answers="1:1"))
    with scene.db.read() as connection:
        assert "put in" in " ".join(panels.faults(connection))


def test_a_spent_code_is_told_to_who_stands_there_while_the_kiosk_is_connected(scene: Scene, poll: str) -> None:
    """Thanked without a promise; when the server has answered, the page says that it does not count; nobody else's."""
    code, kiosk = codes(scene, poll)[0], scene.kiosk("k1")
    answer(kiosk, poll, code, "满意")
    kiosk.send()
    kiosk.later(1)
    assert "答卷收下了" in kiosk.glass.text
    answer(kiosk, poll, code, "不满意")
    kiosk.send()
    kiosk.later(1)
    assert "这一份没有算" in kiosk.glass.text
    assert "收下了" not in kiosk.glass.text
    kiosk.begin()
    kiosk.act(Open(Reader(poll)))
    kiosk.touch("来答问卷", "满意", "送出问卷")
    assert "没有算" not in kiosk.glass.text


def test_a_wrong_code_is_told_at_the_kiosk_and_late_answers_do_not_count(scene: Scene, poll: str) -> None:
    """A slip of the finger leads nowhere; what was filled in after the end is refused when it arrives."""
    printed = codes(scene, poll)
    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.act(Open(Reader(poll)))
    wrong = printed[0][:-1] + str((int(printed[0][-1]) + 1) % 10)
    kiosk.touch("来答问卷", "我有评议码", *wrong)
    assert "这个码不对" in kiosk.glass.text
    assert "开始答" not in kiosk.glass.text
    answer(kiosk, poll, printed[0], "满意")
    scene.clock.advance(days=2)
    kiosk.send()
    assert [row.answers for row in scene.rows(panel_sheets)] == ["1:1"]  # filled in in time, arrived late
    with pytest.raises(Refused, match="不收代表的答卷"):
        paneling.answer(scene.db, poll, printed[1], {1: 1})


def test_a_sheet_that_does_not_fit_spends_no_code(scene: Scene, poll: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers not offered, from an earlier edition or a forged page, or none, or at the very end: the slip holds."""
    code = codes(scene, poll)[0]
    sealed = seals.seal(seals.Sheet(poll, code, "1:9"), public_half(records_key.seed(scene.db.config)))
    scene.kiosk("k1")
    with scene.db.read() as connection:
        row = devices.by_id(connection, "k1")
    assert row is not None
    made = Record("r1", "panel", "k1", scene.clock.now().isoformat(), {"sealed": sealed})
    assert reception.receive(scene.db, devices.as_device(row), [made]).refused
    for answers in ({0: 1}, {1: 0}, {1: 4}, {2: 1}):
        with pytest.raises(Refused, match="和现在的问卷对不上"):
            paneling.answer(scene.db, poll, code, answers)
    with pytest.raises(Refused, match="至少选一题"):
        paneling.answer(scene.db, poll, code, {})
    monkeypatch.setattr(paneling, "asked", lambda *_: _over(scene, poll))
    with pytest.raises(Refused, match="刚刚截止"):
        paneling.answer(scene.db, poll, code, {1: 1})
    monkeypatch.undo()
    assert scene.rows(panel_sheets) == []
    paneling.answer(scene.db, poll, code, {1: 1})


def _over(scene: Scene, poll: str) -> Item:
    """The questionnaire, whose end comes between the look at it and the sheet."""
    with scene.db.read() as connection:
        row = questionnaires.shown(connection, poll)
    assert row is not None
    return replace(parse_item(row.body), shown_until=scene.clock.now().isoformat())


def test_codes_are_supervisions_and_made_anew_only_before_the_first_sheet(scene: Scene, poll: str) -> None:
    """An editor of the judged unit makes none; new codes end the old ones; after a sheet there are no new ones."""
    with pytest.raises(Refused, match="监察"):
        paneling.make(scene.db, scene.people.editor, poll, _seats)
    old = codes(scene, poll)
    (seen,) = paneling.running(scene.db)
    new = paneling.make(scene.db, scene.person("jian", "supervisor"), poll, _seats, seen.made_at)
    with pytest.raises(Refused, match="已经用过"):
        paneling.answer(scene.db, poll, old[0], {1: 1})
    paneling.answer(scene.db, poll, new[0], {1: 1})
    with pytest.raises(Refused, match="不能重做"):
        paneling.make(scene.db, scene.person("jian", "supervisor"), poll, _seats, paneling.running(scene.db)[0].made_at)


def test_a_page_of_codes_that_is_loaded_again_voids_nothing(scene: Scene, poll: str) -> None:
    """The supervisor reloads the printed page: the slips still hold; who wants others is told of sheets under way."""
    supervisor = scene.browser("jian", "supervisor")
    form = _form(supervisor.get("/panels").text)
    page = supervisor.post(f"/panels/{poll}/codes", data=form)
    slip = re.findall(r"\d{4} \d{4} \d{4}", page.text)[0]
    scene.clock.advance(minutes=5)
    again = supervisor.post(f"/panels/{poll}/codes", data=form)
    assert again.status_code == 403
    assert "那一次的码有效" in again.text
    assert "断网的触摸屏里可能已经有答卷" in again.text
    paneling.answer(scene.db, poll, slip, {1: 1})


def test_a_sheet_whose_code_was_voided_under_way_is_counted_as_refused(scene: Scene, poll: str) -> None:
    """A kiosk cut off holds a sheet while codes are made anew: it does not count, and supervision sees so."""
    supervisor, kiosk = scene.browser("jian", "supervisor"), scene.kiosk("k1")
    page = supervisor.post(f"/panels/{poll}/codes", data=_form(supervisor.get("/panels").text))
    answer(kiosk, poll, rules.folded(re.findall(r"\d{4} \d{4} \d{4}", page.text)[0]), "满意")
    (record,) = sheets_waiting(kiosk)
    scene.clock.advance(minutes=5)
    assert supervisor.post(f"/panels/{poll}/codes", data=_form(supervisor.get("/panels").text)).status_code == 200
    with scene.db.read() as connection:
        row = devices.by_id(connection, "k1")
    assert row is not None
    sent = Record(record.id, record.kind, "k1", record.made_at, record.body)
    for _ in range(2):
        assert reception.receive(scene.db, devices.as_device(row), [sent]).refused
    assert "另有 1 份没算" in supervisor.get("/panels").text
    assert "没算" not in scene.browser("chuang", "clerk").get("/panels").text
    scene.clock.advance(days=2)
    assert polling.waiting(scene.db, scene.people.editor)[0].refused == 1


def test_whoever_tries_codes_out_is_stopped_and_the_office_still_takes_them(
    scene: Scene, poll: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stolen kiosk guesses: after so many none of its sheets is looked at, everybody is told where to answer."""
    monkeypatch.setattr(limits, "panel_refusals_max", 3)
    good, clerk, supervisor = codes(scene, poll)[0], scene.browser("chuang", "clerk"), scene.browser("j2", "supervisor")
    assert "现在不收" not in _read(clerk)
    refused = [one for n in range(5) if (one := _send(scene, poll, f"r{n}", rules.code_of(poll, bytes([n]) * 8)))]
    assert len(refused) == 5
    assert _send(scene, poll, "honest", good)
    assert len(scene.rows(panel_refusals)) == limits.panel_refusals_max  # no list grows
    page = supervisor.get("/panels").text
    assert "另有 6 份没算" in page  # the honest one stays known too
    assert "像是有人在试评议码" in page
    assert "答过的也请" in _read(clerk)
    assert "像是有人" not in _read(clerk)
    paneling.answer(scene.db, poll, good, {1: 1})


def test_guesses_under_one_record_are_guesses_each(scene: Scene, poll: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thief sends every try under the same record id; a box that is sent again is no second try."""
    monkeypatch.setattr(limits, "panel_refusals_max", 3)
    good, public = codes(scene, poll)[0], public_half(records_key.seed(scene.db.config))
    box = seals.seal(seals.Sheet(poll, rules.code_of(poll, b"12345678"), "1:1"), public)
    for _ in range(4):
        assert _send(scene, poll, "r1", box=box)
    assert paneling.running(scene.db)[0].refused == 1
    for n in range(2):
        assert _send(scene, poll, "r1", rules.code_of(poll, bytes([n]) * 8))
    assert _send(scene, poll, "r2", good)
    assert scene.rows(panel_sheets) == []


def test_new_codes_are_taken_at_the_kiosks_again(scene: Scene, poll: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was guessed before new codes were made helps nobody find them; its number stays known."""
    monkeypatch.setattr(limits, "panel_refusals_max", 2)
    supervisor = scene.browser("jian", "supervisor")
    supervisor.post(f"/panels/{poll}/codes", data=_form(supervisor.get("/panels").text))
    for n in range(3):
        assert _send(scene, poll, f"r{n}", rules.code_of(poll, bytes([n]) * 8))
    page = supervisor.get("/panels").text
    assert "触摸屏会重新收" in page
    scene.clock.advance(minutes=5)
    made = supervisor.post(f"/panels/{poll}/codes", data=_form(page))
    code = rules.folded(re.findall(r"\d{4} \d{4} \d{4}", made.text)[0])
    assert "现在不收" not in supervisor.get("/panels").text
    assert _send(scene, poll, "new", code) == ""
    assert [row.answers for row in scene.rows(panel_sheets)] == ["1:1"]
    assert "另有 3 份没算" in supervisor.get("/panels").text


def _send(scene: Scene, poll: str, record: str, code: str = "", box: str = "") -> str:
    """A sheet as the kiosk `k1` sends it; why it was refused, or empty."""
    with scene.db.read() as connection:
        row = devices.by_id(connection, "k1")
    if row is None:
        scene.kiosk("k1")
        return _send(scene, poll, record, code, box)
    box = box or seals.seal(seals.Sheet(poll, code, "1:1"), public_half(records_key.seed(scene.db.config)))
    made = Record(record, "panel", "k1", scene.clock.now().isoformat(), {"sealed": box})
    return "".join(reason for _, reason in reception.receive(scene.db, devices.as_device(row), [made]).refused)


def test_wrong_codes_in_the_office_are_counted_and_supervision_is_told(
    scene: Scene, poll: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is started anew or another account goes on: the number stays; a slip of the finger is none of it."""
    monkeypatch.setattr(limits, "panel_wrong_codes_told", 2)
    good, supervisor = codes(scene, poll)[0], scene.browser("jian2", "supervisor")
    before = _read(scene.browser("chuang", "clerk"))
    for chance in (b"12345678", b"23456789"):
        assert "用办公室的账号在试" not in supervisor.get("/panels").text
        with pytest.raises(Refused, match="不是这份问卷的"):
            paneling.answer(scene.db, poll, rules.code_of(poll, chance), {1: 1})
    with pytest.raises(Refused, match="对照纸条"):
        paneling.answer(scene.db, poll, "1" * 11, {1: 1})
    page = supervisor.get("/panels").text
    assert "评议码不对 2 次" in page
    assert "用办公室的账号在试" in page
    assert _read(scene.browser("chuang2", "clerk")).replace("chuang2", "chuang") == before
    paneling.answer(scene.db, poll, good, {1: 1})


def test_an_account_tries_no_codes_out_in_the_office(scene: Scene, poll: str) -> None:
    """So many wrong codes an hour; then the sheet stands there as it was filled in, with the true wait."""
    printed = codes(scene, poll)
    clerk, colleague = scene.browser("chuang", "clerk"), scene.browser("li", "clerk")
    at, wrong = f"/panels/{poll}", {"q1": "2", "code": rules.code_of(poll, b"12345678")}
    most = limits.panel_tries_per_hour
    token = {"csrf_token": world.token(clerk.get(at))}
    for slip in ({"q1": "2", "code": "123"}, {"code": printed[0]}):  # of the finger: no tries
        assert [clerk.post(at, data=slip | token).status_code for _ in range(most)] == [400] * most
    assert [clerk.post(at, data=wrong | token).status_code for _ in range(most)] == [403] * most
    held = clerk.post(at, data={"code": printed[0], "q1": "2"} | token)
    assert held.status_code == 429
    assert 'value="2" checked' in held.text
    assert printed[0] in held.text
    left = int(held.headers["Retry-After"])
    assert 60 < left <= 3600
    assert f"请过 {-(-left // 60)} 分钟再交" in held.text
    assert pages.fill(colleague, at, "code", code=printed[0], q1="1").status_code == 303


def _read(person: Any) -> str:
    """The page of panels without its token, which holds the second it was signed in."""
    page = person.get("/panels")
    return str(page.text.replace(world.token(page), ""))


def _form(page: str) -> dict[str, str]:
    """The form of codes as a browser sends it, two members of each group."""
    hidden = dict(re.findall(r'name="(csrf_token|seen)"[^>]* value="([^"]*)"', page))
    return hidden | dict.fromkeys(rules.groups, "2")


@pytest.mark.parametrize("role", ["editor", "reviewer", "secrecy", "legal", "publisher"])
def test_a_supervisor_who_also_works_for_the_judged_unit_makes_no_codes(scene: Scene, poll: str, role: str) -> None:
    """Whoever writes, reviews or publishes there holds no slips, also with a second role."""
    both = Actor("jian", "监察", frozenset({"supervisor", role}), frozenset({"*"}), "page")
    with pytest.raises(Refused, match="不由被评议的单位"):
        paneling.make(scene.db, both, poll, _seats)
    assert scene.rows(panel_codes) == []
    assert 'action="/panels/' not in scene.browser("liang", "supervisor", role).get("/panels").text
    assert 'action="/panels/' in scene.browser("jian", "supervisor").get("/panels").text


def test_a_village_members_sheet_rests_nowhere_on_the_way(tmp_path: Path) -> None:
    """From a relay's kiosk it goes up as a box that the relay cannot open, and is counted by the county alone."""
    clock = world.HandClock()
    county = relays.county(tmp_path, clock)
    county.db.config.keys.chmod(0o700)
    records_key.ensure(county.db.config)
    body = texts.plain("notice")["body"] | _asks
    until = "2026-11-24T09:00:00+08:00"
    poll = texts.published(county.db, texts.people(), title="大厅服务问卷", body=body, shown_until=until)
    code = paneling.make(county.db, texts.person("jian", "supervisor"), poll, _seats)[0]
    village = relays.relay(county, "village", site="liushu-office")
    sealed = seals.seal(seals.Sheet(poll, code, "1:3"), public_half(records_key.seed(county.db.config)))
    made = Record("r1", "panel", "k1", clock.now().isoformat(), {"sealed": sealed})
    assert reception.receive(village.db, village.kiosk("k1").device, [made]).refused == []
    assert village.passing().step(0.0, live=False) == 1
    assert [row.answers for row in county.rows(panel_sheets)] == ["1:3"]
    assert village.rows(panel_sheets) == village.rows(passing) == []
    assert [row.body for row in village.rows(records)] == [""]
    assert paneling.running(village.db) == []
    for server in (county, village):
        server.db.close()
