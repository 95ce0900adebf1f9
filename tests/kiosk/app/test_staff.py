"""Behind the PIN, over a real device, a real county and real sticks: the knock, the report, 导入 and 带走."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.records import Record
from kiosk import config
from kiosk.app.gather import Gatherer
from kiosk.app.staff import StaffDesk, _health
from kiosk.app.visit import Visit
from kiosk.devices import settings, staff_pin
from kiosk.devices.settings import Parts
from kiosk.flow import actions, knock
from kiosk.flow.pages.finding import Search
from kiosk.flow.pages.plain import Home, Idle
from kiosk.flow.pages.staff import Staff, StaffPin
from kiosk.flow.words import Words
from tests.content_sync.sticks import enrolled, files_of, open_for_records, write
from tests.content_sync.world import County, bodies, start
from tests.kiosk.app.test_visit import _texts
from tests.kiosk.app.twins import Clock, Glass, Ids

_pin = "739164"


class Village:
    """A device of a county with its screen; sticks are folders."""

    def __init__(self, tmp_path: Path) -> None:
        self.county = County(tmp_path / "county", "qinghe", "liuhe")
        open_for_records(self.county)
        self.county.publish("qinghe", bodies(a="冬季取暖补贴"))
        self.device = enrolled(self.county, tmp_path / "k1")
        self.stick = tmp_path / "stick"
        settings.write(self.device.folder, Parts(stick=str(self.stick)))
        staff_pin.put(self.device.folder, _pin)
        self.glass, self.moment = Glass(), 100.0
        clock = Clock()
        clock.time = self.county.clock.now()
        gatherer = Gatherer(self.device.folder, "", clock)
        self.visit = Visit(
            gatherer, self.glass, lambda _: Words(config.wording()), Ids(), StaffDesk(self.device.folder)
        )

    def act(self, action: object) -> None:
        self.visit.act(action, self.moment)

    def knock(self, count: int = limits.staff_knocks, x: float = 60, y: float = 50) -> None:
        for _ in range(count):
            self.moment += 0.3
            self.visit.touched(self.moment, x, y)

    def later(self, seconds: float) -> None:
        self.moment += seconds
        self.visit.tick(self.moment)

    def open(self) -> None:
        self.act(actions.Wake())
        self.knock()
        self.act(actions.TryPin(_pin))

    def press(self, label: str) -> None:
        self.act(next(t.action for t in self.glass.frames[-1].targets if t.label == label))

    def until(self, words: str) -> str:
        """Tick until these words stand on the glass; real processes are at work meanwhile."""
        end = time.monotonic() + 90
        while words not in self.glass.text and time.monotonic() < end:
            self.later(0)
        return self.glass.text


@pytest.mark.parametrize(("about", "failed"), [(["clock", "disk:low"], False), (["clock"], True), ([], True)])
def test_no_problem_is_lost_between_its_sentence_and_what_it_is_about(
    tmp_path: Path, about: list[str], *, failed: bool
) -> None:
    """A report in which the two do not go together is one that could not be had: nothing of it is left out unseen."""
    report = {"channels": {}, "outbox": 0, "clock": "ok", "parts": {}, "problems": ["Set it.", "Free some space."]}
    health = _health([json.dumps({**report, "about": about})], tmp_path)
    assert health.failed == failed
    assert "Free some space." in " ".join(one.sentence for one in health.problems)


@pytest.fixture
def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    """The device's processes live at the county's time."""
    made = Village(tmp_path)
    offset = (made.county.clock.now().timestamp() - time.time()).__round__()
    monkeypatch.setenv("GONGKAILAN_CLOCK_OFFSET", str(offset))
    yield made
    made.visit.end()


def test_no_visitor_finds_it_by_chance(village: Village) -> None:
    """Four taps, slow taps, taps elsewhere: nothing; five on the mark: the PIN; without a PIN set: nothing at all."""
    village.act(actions.Wake())
    village.knock(limits.staff_knocks - 1)
    village.knock(1, x=900)
    village.knock(limits.staff_knocks - 1)
    assert village.visit.state.pages == (Home(),)
    village.moment += limits.staff_knock_seconds
    village.knock(limits.staff_knocks, y=400)
    assert village.visit.state.pages == (Home(),)
    village.knock()
    assert village.visit.state.page == StaffPin()
    assert "工作人员入口" in village.glass.text
    village.act(actions.Finish())
    staff_pin.drop(village.device.folder)
    village.knock()
    assert village.visit.state.pages == (Idle(),)


def test_only_the_right_pin_opens_and_what_a_visitor_left_open_is_gone(village: Village) -> None:
    """Wrong ones say so and then pause; nothing else leads to the report; 返回 leads home, not to a visitor's page."""
    village.act(actions.Open(Search("sfz")))
    village.act(actions.Admitted())
    village.act(actions.CarryStick("import"))
    village.act(actions.TryPin(_pin))
    assert village.visit.state.page == Search("sfz")
    village.knock()
    for _ in range(limits.staff_free_tries):
        village.act(actions.TryPin("000001"))
    assert "请过 30 秒再输" in village.glass.text
    village.act(actions.TryPin(_pin))
    assert village.visit.state.page == StaffPin()
    village.later(limits.staff_pause_seconds)
    village.act(actions.TryPin(_pin))
    assert village.visit.state.pages == (Home(), Staff())


def test_a_pin_left_half_typed_is_gone_with_its_time(village: Village) -> None:
    """OFF-08: neither memory nor any file of the device holds its digits after the time-out."""
    typed = "7391" + "64802"
    village.act(actions.Wake())
    village.knock()
    village.act(actions.Change(StaffPin(typed)))
    village.later(limits.idle_seconds)
    village.later(1)
    assert village.visit.state.pages == (Idle(),)
    assert typed not in _texts(village.visit, village.glass)
    files = [path.read_bytes() for path in village.device.folder.rglob("*") if path.is_file()]
    assert not any(typed.encode() in data for data in files)


def test_the_report_says_what_content_sync_says(village: Village) -> None:
    """Channels, records, clock, disk; the problems in words of this place, each once; leaving forgets it."""
    with closing(village.device.desk()) as desk:
        desk.add_record(Record("r1", "opinion", "", start.isoformat(), {"text": "好"}))
        desk.note_part("printer", "out", start)
        desk.note_part("hand", "none", start)
    village.open()
    text = village.until("还没有收到内容")
    assert "1 条，连上网或插上U盘就送走" in text
    assert "没有纸了，请换纸卷" in text
    village.act(actions.Change(Staff(9)))
    assert "查找里不能用手写" in village.glass.text.replace("\n", "")
    assert "The printer" not in village.glass.text
    village.later(limits.idle_seconds)
    assert village.visit.state.pages == (Idle(),)
    village.act(actions.Open(Staff()))
    assert "正在查看" in village.glass.text


def test_a_stick_brings_content_and_takes_records(village: Village) -> None:
    """导入: the edition is on the screen, the records are sealed on the stick, and the stick may be pulled out."""
    write(village.county, village.stick)
    with closing(village.device.desk()) as desk:
        desk.add_record(Record("r1", "opinion", "", start.isoformat(), {"text": "好"}))
    village.open()
    village.until("还没有收到内容")
    village.press("从U盘导入")
    assert "先不要拔U盘" in village.glass.text
    village.later(limits.idle_seconds + limits.idle_warning_seconds)
    text = village.until("现在可以拔U盘了")
    assert "1 个单位有新的一期" in text
    assert "1 条记录已加密写到U盘上" in text
    assert list(village.stick.rglob("*.sealed"))
    village.press("再来一次")
    assert "一样新" in village.until("现在可以拔U盘了")


def test_records_go_onto_an_empty_stick(village: Village) -> None:
    """带走 needs no bundle once the county's key is known; before that it says what to do first."""
    village.stick.mkdir()
    (village.stick / "holiday.jpg").write_bytes(b"x")
    village.open()
    with closing(village.device.desk()) as desk:
        desk.add_record(Record("r1", "opinion", "", start.isoformat(), {"text": "好"}))
    village.until("还没有收到内容")
    village.press("带走记录")
    assert "请先导入一次县里的内容" in village.until("现在可以拔U盘了")
    write(village.county, village.stick)
    village.act(actions.CarryStick("import"))
    village.until("现在可以拔U盘了")
    shutil.rmtree(village.stick / "gongkailan")
    village.act(actions.CarryStick("export"))
    assert "1 条记录已加密写到U盘上" in village.until("现在可以拔U盘了")


def _other_countys(village: Village, tmp_path: Path) -> None:
    other = County(tmp_path / "other", "donghe", own_keys=True)
    write(other, village.stick)


def _damaged(village: Village, _: Path) -> None:
    write(village.county, village.stick)
    for path in files_of(village.stick):
        if path.suffix == ".zst":
            path.write_bytes(b"x" + path.read_bytes()[1:])


def _empty(village: Village, _: Path) -> None:
    village.stick.mkdir()
    (village.stick / "holiday.jpg").write_bytes(b"x")


_sticks = {
    "没有找到U盘": lambda *_: None,
    "这不是本县的U盘": _other_countys,
    "U盘上的内容坏了": _damaged,
    "U盘上没有要导入的内容": _empty,
}


@pytest.mark.parametrize("said", _sticks)
def test_each_bad_stick_has_its_sentence(village: Village, tmp_path: Path, said: str) -> None:
    """Missing, foreign, damaged, empty: one plain sentence, and nothing on the screen changed."""
    _sticks[said](village, tmp_path)
    village.open()
    village.until("还没有收到内容")
    village.press("从U盘导入")
    assert said in village.until(said)
    assert not village.visit._gatherer.view(village.visit.state, None).has_content


def test_the_knock_counts_taps_near_in_time() -> None:
    """A child that taps the mark all day slowly never opens it."""
    knocks: knock.Knocks = ()
    for n in range(100):
        knocks = knock.tapped(knocks, 60, 50, n * limits.staff_knock_seconds / 3)
        assert not knock.is_open(knocks)
