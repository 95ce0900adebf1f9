"""The network is unplugged: what a visitor sees stays, and says as of when it is true (OFF-05, SUP-04)."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from content_sync.domain import limits
from content_sync.storage.desk import Position
from kiosk import config
from kiosk.app.gather import Gatherer
from kiosk.flow import show
from kiosk.flow.frame import Frame, Text
from kiosk.flow.pages.finding import Catalogue, Guides, Listing, Search, Section
from kiosk.flow.pages.hall import PositionOf, Services, TicketOf
from kiosk.flow.pages.plain import Apply, Help, Home
from kiosk.flow.pages.reading import Accounts, CodeOf, Element, Guide, HandoutOf, Reader, Way
from kiosk.flow.state import Page, State
from kiosk.flow.view import View
from kiosk.flow.voices import Opinion, ProgressOf
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county
from tests.kiosk.app.twins import Kiosk

_measure, _words = FontMeasure(), Words(config.wording())
_pages: dict[str, tuple[Page, ...]] = {
    "home": (),
    "guides": (Guides(),),
    "guide": (Guide("qh-sfz-buling"),),
    "materials": (Element("qh-sfz-buling", "materials"),),
    "way": (Way("qh-sfz-buling"),),
    "search": (Search("sfz"),),
    "open": (Catalogue(),),
    "village": (Catalogue("liushu"),),
    "money": (Listing(topic="money"),),
    "section": (Section("complaint"),),
    "notice": (Reader("qh-zhengdi-gongshi"),),
    "accounts": (Accounts("ls-zhang-202610"),),
    "code": (CodeOf("qh-dibao"),),
    "opinion": (Opinion(),),
    "apply": (Apply(),),
    "help": (Help(),),
    "services": (Services(),),
    "ticketof": (TicketOf("huji"),),
    "positionof": (PositionOf("A023"),),
    "progressof": (ProgressOf("394100127745"),),
}
_fault = re.compile("网络|断开|断网|连接|连不上|离线|错误|失败|故障|系统|服务器")
_moment = re.compile(r"内容截至.*|还有 \d+ 天|\d{1,2}月\d{1,2}日 星期. \d{1,2}:\d{2}")


def _seen(gatherer: Gatherer, state: State) -> tuple[View, Frame]:
    view = gatherer.view(state, None)
    return view, show.frame(state, view, _measure, _words)


def _asked(kiosk: Kiosk, name: str) -> State:
    """A visitor on this page; whom the hall answers has its answer: a number given, a place, a matter that is done."""
    state, now = State((Home(), *_pages[name])), kiosk.gatherer.now()
    if name == "ticketof":
        kiosk.agent.press("a-press", "huji", 0, now)
        kiosk.agent.answer("a-press", "t" * 16, "A023", -1)
        return replace(state, press="a-press")
    if name == "positionof":
        kiosk.agent.ask("an-ask", "position", "A023", now)
        kiosk.agent.decide("an-ask", "answered", Position("A023", "huji", "missed", 0, 3))
    elif name == "progressof":
        kiosk.agent.ask("an-ask", "receipt", "394100127745", now)
        kiosk.agent.decide("an-ask", "answered", Position("2026-12-15", "opinion", "doing"))
    return replace(state, asked="an-ask")


def _said(frame: Frame) -> str:
    return "\n".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines)


def _timeless(frame: Frame) -> tuple[object, ...]:
    """Everything on the screen but its clock, the days that a calendar counts, and its as-of line."""
    marks = (replace(m, lines=tuple(map(_without, m.lines)), x=0) if isinstance(m, Text) else m for m in frame.marks)
    return (*marks, *frame.targets, frame.shown)


def _without(line: str) -> str:
    return _moment.sub("", line)


@pytest.mark.parametrize("name", _pages)
def test_unplugging_the_network_changes_no_page_but_its_as_of_line(kiosk: Kiosk, name: str) -> None:
    """OFF-05: after an hour and after a day without a word from anybody, mark for mark; no word of a fault."""
    kiosk.clock.time = kiosk.clock.time.replace(hour=21)  # once every notice of the day is due
    _forget_the_queue(kiosk)
    state = _asked(kiosk, name)
    _, before = _seen(kiosk.gatherer, state)
    assert not _fault.search(_said(before))
    for cut in (timedelta(hours=1), timedelta(hours=20)):
        kiosk.clock.time = county.now.replace(hour=21) + cut
        _, after = _seen(kiosk.gatherer, state)
        assert _timeless(after) == _timeless(before)
        assert re.search(r"内容截至 (今天|昨天) 9:38", _said(after))
        assert "监督电话 0000-1234567" in _said(after)
        assert not _fault.search(_said(after))


@pytest.mark.parametrize("name", ["positionof", "progressof"])
def test_a_question_nobody_answers_is_given_up_in_words_of_no_fault(kiosk: Kiosk, name: str) -> None:
    """Asked while cut off: first it is being looked up, then it cannot be now, and a way on stands there."""
    kind, about = {"positionof": ("position", "A023"), "progressof": ("receipt", "394100127745")}[name]
    kiosk.agent.ask("an-ask", kind, about, kiosk.gatherer.now())  # type: ignore[arg-type]  # one of the kinds
    state = State((Home(), *_pages[name]), asked="an-ask")
    _, asking = _seen(kiosk.gatherer, state)
    kiosk.agent.decide("an-ask", "unreached")
    _, given_up = _seen(kiosk.gatherer, state)
    assert "正在查" in _said(asking)
    assert "现在查不到" in _said(given_up)
    assert "工作人员" in _said(given_up).replace("\n", "")
    assert not _fault.search(_said(asking) + _said(given_up))


@pytest.mark.parametrize("printer", ["out", "dead"])
def test_what_is_said_of_an_empty_printer_is_true_without_a_network(kiosk: Kiosk, printer: str) -> None:
    """No heartbeat has left, so nobody was told: the page asks the visitor to tell them."""
    kiosk.agent.note_part("printer", printer, kiosk.gatherer.now())
    said = _said(_seen(kiosk.gatherer, State((Home(), HandoutOf("qh-dibao"))))[1]).replace("\n", "")
    assert "工作人员" in said
    assert "已经告诉" not in said
    assert not _fault.search(said)


def _forget_the_queue(kiosk: Kiosk) -> None:
    """The counts of people are older than they may be told: what a cut does to them is its own story."""
    assert kiosk.clock.time - datetime.fromisoformat(kiosk.agent.services()[0].updated) > timedelta(
        seconds=limits.queue_fresh_seconds
    )


def test_cut_off_no_screen_says_how_many_wait_and_a_number_is_still_to_be_had(kiosk: Kiosk) -> None:
    """Honesty before sameness: a count that nobody renews is not told; everything else of the page stands."""
    kiosk.clock.time = datetime.fromisoformat(kiosk.agent.services()[0].updated) + timedelta(seconds=30)
    state = State((Home(), Services()))
    view, fresh = _seen(kiosk.gatherer, state)
    assert any(service.waiting for service in view.services)
    kiosk.clock.time += timedelta(seconds=limits.queue_fresh_seconds)
    view, cut = _seen(kiosk.gatherer, state)
    assert not any(service.waiting for service in view.services)
    assert [target.action for target in cut.targets] == [target.action for target in fresh.targets]
    for frame in (fresh, cut):
        assert "监督电话 0000-1234567" in _said(frame)
        assert not _fault.search(_said(frame))
