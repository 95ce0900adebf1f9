"""What the rows of the domain ask of a kiosk as a whole, each told as a story over the demonstration county."""

from datetime import timedelta
from pathlib import Path

import pytest

import kiosk
from content_sync.agent.device import read_device
from content_sync.agent.heartbeat import Heartbeat
from content_sync.agent.reporting import status
from content_sync.clock import SystemClock
from content_sync.domain.disclosure.catalogue import sections, tree
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.wire import canonical
from display_server.devices import health
from kiosk import config
from kiosk.flow import show
from kiosk.flow.actions import Open
from kiosk.flow.frame import Frame, Text
from kiosk.flow.pages.finding import Catalogue, Guides, Listing, Search, Section
from kiosk.flow.pages.plain import Apply, Help, Home
from kiosk.flow.reduce import reduce
from kiosk.flow.state import Page, State
from kiosk.flow.voices import Opinion, Progress
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.content_sync.world import Counter, HandClock
from tests.kiosk import county, device

_measure, _words = FontMeasure(), Words(config.wording())


def _frame(*pages: Page) -> Frame:
    return show.frame(State((Home(), *pages)), county.view(), _measure, _words)


def _opened(frame: Frame) -> set[Page]:
    """The pages one touch away."""
    return {target.action.page for target in frame.targets if isinstance(target.action, Open)}


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    """A fresh hall kiosk after its first sync."""
    folder = device.make(tmp_path / "hall")
    plain = {"server": "http://127.0.0.1:1", "device": "k1", "token": "t", "site": "qinghe-hall", "kind": "touch"}
    channels = [channel.id for channel in county.county().channels]
    (folder / "device.json").write_bytes(canonical.dump({**plain, "channels": channels}))
    return folder


def test_an_empty_section_is_reported_with_the_next_heartbeat(hall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CAT-12: with all six filled nothing is said; one that lost its last item is named, on device and server."""
    offset = round((county.now - SystemClock().now()).total_seconds())
    monkeypatch.setenv("GONGKAILAN_CLOCK_OFFSET", str(offset))
    clock = HandClock(county.now)
    desk, beats = DeskStore(hall / "desk.db", Counter()), Heartbeat(hall, read_device(hall), clock, Counter())
    beats.beat(desk, 0, live=True)
    assert "empty" not in desk.waiting_records(9)[-1].body
    store = ContentStore(hall / "content.db")
    store.hide("qinghe", [i for i, (item, _, _) in county.items().items() if item.section == "result"])
    store.close()
    beats.beat(desk, 400, live=True)
    said = desk.waiting_records(9)[-1].body
    assert said["empty"] == "result"
    assert any("办事结果" in problem for problem in status(hall, SystemClock())["problems"])

    class Row:
        state, last_seen, public_key = "enrolled", county.now.isoformat(), "k"
        heartbeat = canonical.dump(dict(said)).decode()

    assert "“办事结果”没有内容" in health.problems(Row(), county.now + timedelta(minutes=1))  # type: ignore[arg-type]


def test_a_village_office_without_services_owes_no_six_sections(hall: Path) -> None:
    """CAT-12 binds service halls; a reading room is not told what it need not have."""
    plain = canonical.load((hall / "device.json").read_bytes(), "device.json")
    (hall / "device.json").write_bytes(canonical.dump({**plain, "site": "nowhere"}))
    beats = Heartbeat(hall, read_device(hall), HandClock(county.now), Counter())
    desk = DeskStore(hall / "desk.db", Counter())
    beats.beat(desk, 0, live=True)
    assert "empty" not in desk.waiting_records(9)[-1].body


def test_the_six_sections_stand_on_a_fresh_hall_kiosk_without_turning_a_page() -> None:
    """CAT-12: all six on the first page, each one touch away."""
    assert {Section(name) for name in sections} <= _opened(_frame())


def test_a_village_has_all_nine_rural_headings_and_money_is_two_touches_away() -> None:
    """CAT-06: the village's tree on the glass names the nine; 政务公开, then 钱, and its items stand there."""
    frame = _frame(Catalogue("liushu"))
    said = "".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines)
    names = [node.name for node in tree("village")]
    assert len(names) == 9
    assert [name for name in names if name not in said] == []
    first = next(t for t in _frame().targets if isinstance(t.action, Open) and t.action.page == Catalogue())
    opened, _ = reduce(State((Home(),)), first.action)  # type: ignore[arg-type]  # a target carries any object
    catalogue = show.frame(opened, county.view(), _measure, _words)
    assert Listing(topic="money") in _opened(catalogue)
    money = {row.id for row in county.rows() if "money" in row.topics}
    listed = {item for item, _ in _frame(Catalogue(), Listing(topic="money")).shown}
    assert listed
    assert listed <= money


def test_the_five_areas_of_a_disclosure_zone_are_at_most_two_touches_away() -> None:
    """N-17: to look up, to apply, to be advised and answered, to speak up, to read."""
    home = _opened(_frame())
    areas: dict[str, set[Page]] = {
        "信息查询区": {Search(), Guides(), Catalogue()},
        "依申请接收区": {Apply()},
        "咨询答复区": {Help()},
        "政民互动区": {Opinion()},
        "阅览区": {Section(name) for name in sections},
    }
    assert [name for name, pages in areas.items() if not pages <= home] == []
    assert Progress() in _opened(_frame(Opinion())) | _opened(_frame(Apply()))


def test_no_widget_asks_the_systems_input_method() -> None:
    """N-15: letters, characters and handwriting are the kiosk's own; nothing of Kivy's that takes text is used."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(kiosk.__file__).parent.rglob("*.py"))
    assert not [name for name in ("TextInput", "request_keyboard", "on_textinput", "VKeyboard") if name in code]
