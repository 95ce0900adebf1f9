"""What the rows of the domain ask of a kiosk as a whole, each told as a story over the demonstration county."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

import kiosk
from content_sync.agent.device import read_device
from content_sync.agent.heartbeat import Heartbeat
from content_sync.agent.reporting import status
from content_sync.clock import SystemClock
from content_sync.domain.disclosure.catalogue import sections, topics, tree
from content_sync.domain.hall.deciding import decided
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.wire import canonical
from display_server.devices import health
from kiosk import config
from kiosk.flow import show
from kiosk.flow.actions import Open
from kiosk.flow.frame import Frame, Text
from kiosk.flow.pages.finding import Area, Catalogue, Guides, Listing, Search, Section
from kiosk.flow.pages.hall import MyNumber, Rate, Services
from kiosk.flow.pages.plain import Apply, Help, Home
from kiosk.flow.reduce import reduce
from kiosk.flow.state import Page, State
from kiosk.flow.voices import Application, Opinion, Progress, Report
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.content_sync.world import Counter, HandClock
from tests.kiosk import county, device
from tests.kiosk.flow import looks

_measure, _words = FontMeasure(), Words(config.wording())


def _frame(*pages: Page, elder: bool = False, low: bool = False, **changed: object) -> Frame:
    view = county.view(**{"can_seal": True, **changed})
    return show.frame(State((Home(), *pages), elder, low), view, _measure, _words)


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


@pytest.mark.parametrize("view", looks.views)
def test_a_hall_may_present_itself_in_the_five_areas_of_a_disclosure_zone(view: str) -> None:
    """N-17: a tile each on the first page, what belongs there two touches away at most, and the six sections stay."""
    site = county.county().sites[0]
    zone = replace(site, rules=decided(site.rules, {"zone": "1"}))
    elder, low = looks.views[view]
    opened = partial(_frame, site=zone, elder=elder, low=low)
    home = _opened(opened())
    topical: set[Page] = {Listing(topic=topic) for topic in topics}  # CAT-06: two touches here, too
    areas: dict[Page, set[Page]] = {
        Area("inquire"): {Search(), Guides(), Catalogue(), Progress(), MyNumber()} | topical,  # 信息查询区
        Apply(): {Application(), Progress(), Search()},  # 依申请接收区
        Area("consult"): {Help(), Progress(), Listing(kind="answer"), Guides()},  # 咨询答复区
        Area("voice"): {Opinion(), Listing(asks=True), Rate(), Report(), Progress()},  # 政民互动区
        Area("reading"): {Listing(kind=kind) for kind in ("notice", "document", "ledger", "answer")} | {Listing()},
    }
    assert set(areas) <= home
    lacking = {page: its - _opened(opened(page)) for page, its in areas.items()}
    assert {page: its for page, its in lacking.items() if its} == {}
    assert {Section(name) for name in sections} <= home
    assert Services() in home
    assert Guides() in _opened(opened(site=replace(zone, services=())))
    listed = {item for item, _ in _frame(Listing(kind="answer"), site=zone).shown}
    assert listed == {row.id for row in county.rows() if row.kind == "answer"}


def test_a_service_hall_has_the_five_areas_within_two_touches_too() -> None:
    """N-17 without the mode: nothing of it is missing from a hall's own six tiles."""
    home = _opened(_frame())
    assert {Search(), Guides(), Catalogue(), Apply(), Help(), Opinion(), Services(), Rate()} <= home
    assert not {page for page in home if isinstance(page, Area)}


def test_no_widget_asks_the_systems_input_method() -> None:
    """N-15: letters, characters and handwriting are the kiosk's own; nothing of Kivy's that takes text is used."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(kiosk.__file__).parent.rglob("*.py"))
    assert not [name for name in ("TextInput", "request_keyboard", "on_textinput", "VKeyboard") if name in code]
