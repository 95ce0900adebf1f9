"""A questionnaire: by taps, without a name, across power cuts of the kiosk and of the server (EVA-03)."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from content_sync.storage.desk import DeskStore
from deploy.demo.county import DemoCounty
from deploy.demo.processes import Processes
from display_server.database.tables.visitors import poll_sheets
from display_server.desk import polling
from tests.display_server import pages, texts
from tests.said.scene import Scene

_asks = {"questions": [{"text": "您对大厅的服务满意吗？", "options": ["满意", "基本满意", "不满意"]}]}
_sheets = 50


def test_eva_03_asked_at_the_kiosk_counted_once_and_published_after_review(scene: Scene) -> None:
    """Taps only, one sheet a visitor; when it is over the counts become a draft, and a notice after review."""
    body = texts.plain("notice")["body"] | _asks
    until = "2026-11-24T09:00:00+08:00"
    poll = texts.published(scene.db, scene.people, title="大厅服务问卷", body=body, shown_until=until)
    kiosk = scene.kiosk("k1")
    for n in range(3):
        kiosk.begin()
        kiosk.touch("我要反映", "来答问卷", "来答问卷", ("满意", "满意", "不满意")[n], "送出问卷")
        assert "问卷收到了" in kiosk.glass.text
        assert kiosk.receipt == ""  # nothing to be told apart by
    kiosk.send()
    assert sorted(row.answers for row in scene.rows(poll_sheets)) == ["1:1", "1:1", "1:3"]
    scene.clock.advance(days=2)
    kiosk.begin()
    kiosk.touch("我要反映")
    assert "来答问卷" not in kiosk.glass.text
    editor = scene.browser("bian", "editor")
    assert "大厅服务问卷" in editor.get("/answers").text
    assert pages.fill(editor, "/answers", "csrf_token", to=f"/answers/polls/{poll}").status_code == 303
    assert polling.waiting(scene.db, scene.people.editor) == []
    with scene.db.read() as connection:
        made = connection.exec_driver_sql("SELECT item FROM poll_results").scalar_one()
    scene.publish("qinghe", made)
    kiosk.pull()
    kiosk.begin()
    kiosk.act(_open(made))
    assert "满意：2 人，占 67%" in kiosk.glass.text.replace("\n", "")


def _open(item: str) -> object:
    from kiosk.flow.actions import Open
    from kiosk.flow.pages.reading import Reader

    return Open(Reader(item))


@pytest.mark.process
def test_eva_03_fifty_sheets_through_kills_of_the_kiosk_its_agent_and_the_server(tmp_path: Path) -> None:
    """Fifty answer at a cut-off kiosk which is killed often, as agent and server are then: each counts once."""
    processes = Processes(tmp_path)
    county = DemoCounty(processes)
    try:
        county.found()
        county.start_server()
        county.enrol("touch-1")
        folder = county.home("touch-1")
        thanked, kiosk_kills = _answered_and_killed(folder, processes)
        _sent_and_killed(folder, county)
        processes.run("content-sync", "--dir", str(folder), "once")
        with sqlite3.connect(f"file:{tmp_path / 'server' / 'gongkailan.db'}?mode=ro", uri=True) as database:
            counted = [record for (record,) in database.execute("SELECT record FROM poll_sheets")]
        assert len(counted) == len(set(counted))
        assert set(thanked) <= set(counted)
        assert len(counted) <= len(thanked) + kiosk_kills  # stored, but killed before the thanks: at most one a kill
        desk = DeskStore(folder / "desk.db")
        assert [record for record in desk.waiting_records(200) if record.kind == "answers"] == []
        desk.close()
    finally:
        processes.end()


def _answered_and_killed(folder: Path, processes: Processes) -> tuple[list[str], int]:
    """At least fifty sheets that were thanked for, and how many kills it took."""
    thanked, kills = list[str](), 0
    while len(thanked) < _sheets:
        command = [sys.executable, "-m", "tests.said.answering", str(folder)]
        with subprocess.Popen(command, env=processes.environment, stdout=subprocess.PIPE, text=True) as kiosk:
            assert kiosk.stdout
            for _ in range(7):
                thanked.append(kiosk.stdout.readline().strip())
            kiosk.kill()
            thanked += [line.strip() for line in kiosk.stdout if line.endswith("\n")]
        kills += 1
    assert all(thanked)
    return thanked, kills


def _sent_and_killed(folder: Path, county: DemoCounty) -> None:
    """Each time the agent is killed a little later in its work; every other time the whole server with it."""
    processes = county.processes
    command = [sys.executable, "-m", "content_sync.cli", "--dir", str(folder), "once"]
    for turn in range(6):
        with subprocess.Popen(command, env=processes.environment, stdout=subprocess.DEVNULL, stderr=-3) as agent:
            with suppress(subprocess.TimeoutExpired):
                agent.wait(0.5 + turn * 0.3)
            agent.kill()
        if turn % 2:
            server = processes.running.pop("server")
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            county.start_server()
