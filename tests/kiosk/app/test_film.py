"""The film over real stores: what turns when, whose share it is, what leaves at once."""

from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from content_sync.domain import limits
from content_sync.domain.hall.rules import TopicShare
from content_sync.storage.content import ContentStore, Row
from content_sync.wire.county import county_bytes
from kiosk.app.visit import Visit
from kiosk.flow import film_pages
from kiosk.flow.actions import Open
from kiosk.flow.board.pages import Page
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Frame, Rect
from kiosk.flow.pages.plain import Home, Idle
from kiosk.flow.sheet import Sheet
from kiosk.flow.shelf import Shelf
from tests.kiosk import county
from tests.kiosk.app.twins import Kiosk


def _store(kiosk: Kiosk) -> ContentStore:
    return ContentStore(kiosk.folder / "content.db")


def _without_emergency(kiosk: Kiosk) -> None:
    store = _store(kiosk)
    store.hide("qinghe", ["qh-dongji-yujing"])
    store.close()


def _film(frame: Frame) -> str:
    """The item whose page stands there."""
    return next((item for item, _ in frame.shown), "")


def test_standing_still_costs_nothing_between_two_pages(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """SCREENS B2: with nobody there the glass is drawn when a page turns or the minute does, and made no oftener."""
    _without_emergency(kiosk)
    kiosk.later(0.02)
    made: list[float] = []
    drawn = Visit._draw

    def counted(visit: Visit, moment: float) -> None:
        made.append(moment)
        drawn(visit, moment)

    monkeypatch.setattr(Visit, "_draw", counted)
    before, seconds = len(kiosk.glass.frames), 600
    turns = set()
    for _ in range(seconds * 4):
        kiosk.later(0.25)
        turns.add(kiosk.glass.frames[-1].shown)
    frames = len(kiosk.glass.frames) - before
    assert frames <= seconds / limits.dwell_seconds_min + seconds / 60 + 1
    assert len(made) <= 2 * frames + 2
    assert len(turns) > 5


def test_ten_thousand_rows_are_read_once_for_lists_and_film(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first picture waits for them once; what an edition takes away is gone from both."""
    read, rows = list[int](), ContentStore.rows

    def counted(store: ContentStore, *when: datetime) -> list[Row]:
        found = rows(store, *when)
        read.append(len(found))
        return found

    monkeypatch.setattr(ContentStore, "rows", counted)
    kiosk.later(0.02)
    assert len(read) == 1
    first = _film(kiosk.glass.frames[-1])
    assert first
    with closing(_store(kiosk)) as store:
        store.hide(county.items()[first][0].channel, [first])
    kiosk.later(0.02)
    assert read[1:] == [read[0] - 1]
    assert _film(kiosk.glass.frames[-1]) not in ("", first)


def test_what_the_film_keeps_to_cut_its_pages_holds_no_rows(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition that is gone is not kept for the length of a film; each page is cut on a sheet without lists."""
    kept, cut = list[Shelf](), film_pages.cut

    def noted(sheet: Sheet, story: Story, room: Rect) -> tuple[Page, ...]:
        kept.append(Shelf.of(sheet.view.rows))
        return cut(sheet, story, room)

    monkeypatch.setattr(film_pages, "cut", noted)
    kiosk.later(0.02)
    assert kiosk.gatherer.view(kiosk.visit.state, None).rows
    assert kept
    assert not any(kept)


def test_a_page_stays_as_long_as_it_takes_to_read(kiosk: Kiosk) -> None:
    """OFF-07: characters ÷ reading speed, never below the minimum."""
    _without_emergency(kiosk)
    stood: Counter[object] = Counter()
    for _ in range(240):
        kiosk.later(1)
        stood[kiosk.glass.frames[-1].targets[-2].label, kiosk.glass.frames[-1].shown] += 1
    assert min(list(stood.values())[1:-1]) >= limits.dwell_seconds_min


def test_the_share_of_a_topic_is_what_the_hall_decided(kiosk: Kiosk) -> None:
    """CAT-06: topic share of rotation is configurable and measured: 人 has more than half, counted on the glass."""
    _without_emergency(kiosk)
    site = county.county().sites[0]
    rules = replace(site.rules, shares=(TopicShare("people", 60), TopicShare("hot", 10)))
    store = _store(kiosk)
    store.put_county(county_bytes(replace(county.county(), sites=(replace(site, rules=rules),))))
    store.close()
    topics = {i: item.topics for i, (item, _, _) in county.items().items()}
    kiosk.later(1)
    kiosk.clock.time = kiosk.clock.time.replace(hour=8, minute=0, second=0) + timedelta(days=1)
    seen: Counter[bool] = Counter()
    for _ in range(3_600):  # two hours: several rounds, each of which hot topics open
        kiosk.later(2)
        seen["people" in topics[_film(kiosk.glass.frames[-1])]] += 1
    assert seen[True] / seen.total() >= 0.59


def test_an_emergency_comes_first_and_alone(kiosk: Kiosk) -> None:
    """CAT-17: while one is due nothing else turns."""
    kiosk.clock.time = kiosk.clock.time.replace(hour=20, minute=30)
    shown = set()
    for _ in range(120):
        kiosk.later(1)
        shown.add(_film(kiosk.glass.frames[-1]))
    assert shown == {"qh-dongji-yujing"}


def test_a_withdrawn_notice_leaves_the_film_at_once(kiosk: Kiosk) -> None:
    """Promise 3: whatever page of whatever notice stands there."""
    _without_emergency(kiosk)
    kiosk.later(1)
    item = _film(kiosk.glass.frames[-1])
    store = _store(kiosk)
    store.hide(county.items()[item][0].channel, [item])
    store.close()
    kiosk.later(0.02)
    for _ in range(1_200):
        kiosk.later(1)
        assert _film(kiosk.glass.frames[-1]) != item


def test_touching_the_film_opens_the_notice_and_its_way_back_is_the_first_page(kiosk: Kiosk) -> None:
    """Who saw it pass need not look for it."""
    _without_emergency(kiosk)
    kiosk.later(1)
    frame = kiosk.glass.frames[-1]
    target = next(t for t in frame.targets if isinstance(t.action, Open) and t.rect.h > 400)
    kiosk.act(target.action)
    assert isinstance(kiosk.visit.state.pages[0], Home)
    assert {item for item, _ in kiosk.glass.frames[-1].shown} == {_film(frame)}


def test_in_the_quiet_hours_only_an_emergency_is_told(kiosk: Kiosk) -> None:
    """OFF-07: at night the hall's kiosk says what can be done here; an emergency lights it all the same."""
    site = county.county().sites[0]
    rules = replace(site.rules, quiet_from="21:00", quiet_to="06:00")
    store = _store(kiosk)
    store.put_county(county_bytes(replace(county.county(), sites=(replace(site, rules=rules),))))
    store.close()
    kiosk.clock.time = kiosk.clock.time.replace(hour=22)
    kiosk.later(60)
    assert _film(kiosk.glass.frames[-1]) == "qh-dongji-yujing"
    _without_emergency(kiosk)
    kiosk.later(60)
    assert kiosk.glass.frames[-1].shown == ()
    assert "办事指南" in kiosk.glass.text


def test_the_film_goes_on_without_its_store(kiosk: Kiosk) -> None:
    """Promise 7: a damaged store makes the first-start screen, never a fault."""
    kiosk.later(1)
    (kiosk.folder / "content.db").write_bytes(b"no database at all" * 400)
    kiosk.later(120)
    assert kiosk.visit.state.pages == (Idle(),)
    assert "请稍候" not in kiosk.glass.text
