"""The network is unplugged: what a visitor sees stays, and says as of when it is true (OFF-05, SUP-04)."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from content_sync.domain import limits
from kiosk import config
from kiosk.app.gather import Gatherer
from kiosk.flow import show
from kiosk.flow.frame import Frame, Text
from kiosk.flow.pages.finding import Catalogue, Guides, Listing, Search, Section
from kiosk.flow.pages.hall import Services
from kiosk.flow.pages.plain import Apply, Help, Home
from kiosk.flow.pages.reading import Accounts, CodeOf, Element, Guide, Reader, Way
from kiosk.flow.state import Page, State
from kiosk.flow.view import View
from kiosk.flow.voices import Opinion
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
}
_moment = re.compile(r"内容截至.*|还有 \d+ 天|\d{1,2}月\d{1,2}日 星期. \d{1,2}:\d{2}")


def _seen(gatherer: Gatherer, page: tuple[Page, ...]) -> tuple[View, Frame]:
    state = State((Home(), *page))
    view = gatherer.view(state, None)
    return view, show.frame(state, view, _measure, _words)


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
    _, before = _seen(kiosk.gatherer, _pages[name])
    for cut in (timedelta(hours=1), timedelta(hours=20)):
        kiosk.clock.time = county.now.replace(hour=21) + cut
        _, after = _seen(kiosk.gatherer, _pages[name])
        assert _timeless(after) == _timeless(before)
        said = "\n".join(line for mark in after.marks if isinstance(mark, Text) for line in mark.lines)
        assert re.search(r"内容截至 (今天|昨天) 9:38", said)
        assert "监督电话 0000-1234567" in said
        assert not re.search("网络|断开|连接|离线|错误|失败|故障", said)


def _forget_the_queue(kiosk: Kiosk) -> None:
    """The counts of people are older than they may be told: what a cut does to them is its own story."""
    assert kiosk.clock.time - datetime.fromisoformat(kiosk.agent.services()[0].updated) > timedelta(
        seconds=limits.queue_fresh_seconds
    )


def test_cut_off_no_screen_says_how_many_wait_and_a_number_is_still_to_be_had(kiosk: Kiosk) -> None:
    """Honesty before sameness: a count that nobody renews is not told; everything else of the page stands."""
    kiosk.clock.time = datetime.fromisoformat(kiosk.agent.services()[0].updated) + timedelta(seconds=30)
    view, fresh = _seen(kiosk.gatherer, (Services(),))
    assert any(service.waiting for service in view.services)
    kiosk.clock.time += timedelta(seconds=limits.queue_fresh_seconds)
    view, cut = _seen(kiosk.gatherer, (Services(),))
    assert not any(service.waiting for service in view.services)
    assert [target.action for target in cut.targets] == [target.action for target in fresh.targets]
    said = "\n".join(line for mark in cut.marks if isinstance(mark, Text) for line in mark.lines)
    assert "监督电话 0000-1234567" in said
    assert not re.search("网络|断开|连接|离线|错误|失败|故障", said)
