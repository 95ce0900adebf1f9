"""Laws of the rotation, over any set of stories, any size of page, any instant."""

from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.catalogue import sections
from kiosk.flow.board import led, led_panel
from kiosk.flow.board.pages import Page
from kiosk.flow.board.playlist import Playlist, Turn, answer_round, at, mixed_round, notice_round, turn
from kiosk.flow.board.stories import Story
from tests.kiosk.flow.board.making import PlainMeasure, now, story

_panel, _measure = led_panel.panel("192x64"), PlainMeasure()
_large = led_panel.panel("1024x256")
_own = (story(item="", hash="", kind="own"),)
_minutes = st.integers(-600, 600).map(lambda minutes: now + timedelta(minutes=minutes))


@st.composite
def _stories(draw: st.DrawFn) -> tuple[Story, ...]:
    made = []
    for number in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from(["notice", "notice", "ledger", "answer", "emergency"]))
        made.append(
            story(
                item=f"i-{number}",
                hash=f"h-{number}",
                kind=kind,
                title=draw(st.text("一二三四五，。", min_size=1, max_size=60)),
                blocks=(Block("p", "天地人和，五谷。" * draw(st.integers(0, 60))),),
                dated=f"2026-11-{draw(st.integers(1, 24)):02d}",
                shown_from=draw(_minutes),
                ends=draw(st.none() | _minutes),
                topics=draw(st.sampled_from([(), ("hot",), ("money",), ("hot", "money"), ("people",)])),
                section=draw(st.sampled_from(["", "", *sections])) if kind == "notice" else "",
            )
        )
    return tuple(made)


def _cut(told: Story) -> tuple[Page, ...]:
    return led.cut(told, _large, _measure, now)


def _round(told: tuple[Story, ...], instant: datetime) -> Playlist:
    return notice_round(told, _cut, instant, limits.led_dwell_seconds_min)


@given(_stories(), st.sampled_from([_panel, _large]))
def test_every_page_fits_its_grid_and_stays_long_enough_to_be_read(
    told: tuple[Story, ...], panel: led_panel.Panel
) -> None:
    """No page holds more than its grid, and it stays at least characters ÷ reading speed seconds (OFF-07)."""

    def cut(one: Story) -> tuple[Page, ...]:
        return led.cut(one, panel, _measure, now)

    for slot in mixed_round(told, (), cut, now, limits.led_dwell_seconds_min).slots:
        assert len(slot.page.lines) <= panel.rows
        assert all(_measure.width(line.text, panel.size) <= panel.width for line in slot.page.lines)
        assert slot.seconds >= slot.page.chars / limits.reading_chars_per_second
        assert slot.seconds >= limits.led_dwell_seconds_min


@given(_stories(), _minutes)
def test_nothing_is_shown_outside_its_time(told: tuple[Story, ...], instant: datetime) -> None:
    """Each story of a round is due at the instant the round was made for (promise 5)."""
    for slot in (*_round(told, instant).slots, *answer_round(told, _cut, instant, 8).slots):
        assert slot.page.story.shown_from <= instant
        assert slot.page.story.ends is None or instant < slot.page.story.ends


@given(_stories())
def test_an_emergency_preempts_everything(told: tuple[Story, ...]) -> None:
    """While an emergency is due, no other story is in the round (CAT-17); the phone alone comes in between (SUP-04)."""
    kinds = {slot.page.story.kind for slot in mixed_round(told, _own, _cut, now, 4).slots}
    due = any(s.kind == "emergency" and s.is_due(now) for s in told)
    assert (kinds == {"emergency", "aside"}) if due else ("emergency" not in kinds)


@given(_stories())
def test_hot_topics_open_the_round_and_keep_their_share(told: tuple[Story, ...]) -> None:
    """Up to the end of any story of the round, hot ones had at least their share of the time (TIM-07)."""
    slots = [slot for slot in _round(told, now).slots if slot.page.story.kind != "emergency"]
    if not any("hot" in slot.page.story.topics for slot in slots):
        return
    assert "hot" in slots[0].page.story.topics
    hot = spent = 0.0
    for slot in slots:
        spent += slot.seconds
        hot += slot.seconds if "hot" in slot.page.story.topics else 0
        if slot.page.number == slot.page.count:
            assert hot * 100 >= limits.hot_share_percent_min * spent - 1e-6


@given(_stories())
def test_every_chosen_story_is_told_whole_and_in_order(told: tuple[Story, ...]) -> None:
    """The pages of a story follow each other, and every due notice comes up in the round."""
    slots = _round(told, now).slots
    for before, after in pairwise(slots):
        if before.page.number < before.page.count:
            assert (after.page.story, after.page.number) == (before.page.story, before.page.number + 1)
    if not any(slot.page.story.kind == "emergency" for slot in slots):
        due = {s.item for s in told if s.kind == "notice" and not s.section and s.is_due(now)}
        assert due <= {slot.page.story.item for slot in slots}


@given(_stories(), st.integers(0, 86_399))
def test_a_restarted_board_and_its_neighbour_agree(told: tuple[Story, ...], second: int) -> None:
    """The page at an instant follows from the list alone: a board that starts then shows what a running one shows."""
    instant = now.replace(hour=0, minute=0, second=0) + timedelta(seconds=second, milliseconds=300)
    made = _round(told, now)
    found = at(made, instant)
    assert turn(None, made, instant).page == (found[0].page if found else None)
    if found:
        slot, began = found
        assert began <= instant < began + timedelta(seconds=slot.seconds + 0.001)


@given(_stories(), st.lists(st.integers(1, 40), min_size=1, max_size=8), st.data())
def test_a_page_is_never_cut_short_unless_it_is_taken_away(
    told: tuple[Story, ...], gaps: list[int], data: st.DataObject
) -> None:
    """When stories come and go, a page that still may be shown stays at least its time (rule 7)."""
    calm = tuple(s for s in told if s.kind != "emergency")
    held, instant = calm, now
    shown: Turn | None = None
    for gap in gaps:
        lists = data.draw(st.lists(st.sampled_from(calm), unique=True)) if calm else []
        held = tuple(lists)
        for _ in range(gap):
            made = _round(held, now)
            following = turn(shown, made, instant)
            if shown and shown.page and following.page != shown.page and shown.since > now:
                still = any(slot.page == shown.page for slot in made.slots)
                least = max(limits.led_dwell_seconds_min, shown.page.chars / limits.reading_chars_per_second)
                assert not still or instant - shown.since >= timedelta(seconds=least - 1)
            shown, instant = following, instant + timedelta(seconds=1)


@given(_stories(), st.integers(0, 60), st.data())
def test_boards_that_fell_out_of_step_find_each_other_again(
    told: tuple[Story, ...], running: int, data: st.DataObject
) -> None:
    """Two pages after something was taken away, a board shows what one shows that started just then (rule 6)."""
    calm = tuple(s for s in told if s.kind != "emergency")
    left = tuple(data.draw(st.lists(st.sampled_from(calm), unique=True))) if calm else ()
    before, after = _round(calm, now), _round(left, now)
    longest = max((slot.seconds for slot in after.slots), default=0)
    shown: Turn | None = None
    instant = now
    for second in range(running + ceil(2 * longest) + 3):
        instant = now + timedelta(seconds=second)
        shown = turn(shown, before if second < running else after, instant)
    assert shown is not None
    assert shown.page == turn(None, after, instant).page


def test_an_ended_page_leaves_at_once_and_an_emergency_begins_with_what_to_do() -> None:
    """What is over is not on the glass one look later; the warning that takes its place starts at its first page."""
    over = story(ends=now + timedelta(seconds=3))
    alarm = story(item="e", hash="e", kind="emergency", shown_from=now + timedelta(seconds=3), summary="门窗留缝。" * 9)
    first = turn(None, _round((over, alarm), now), now)
    assert first.page is not None
    assert first.page.story == over
    later = turn(first, _round((over, alarm), now + timedelta(seconds=3)), now + timedelta(seconds=3))
    assert later.page is not None
    assert (later.page.story, later.page.number) == (alarm, 1)


def test_the_six_sections_and_the_ledgers_are_woven_between_the_notices() -> None:
    """Standing stories appear in the law's order between notices, not after all of them (CAT-12)."""
    notices = tuple(story(item=f"n{n}", hash=f"n{n}", dated=f"2026-11-{n + 10}") for n in range(7))
    standing = tuple(story(item=name, hash=name, section=name) for name in sections)
    order = [slot.page.story for slot in _round(notices + standing, now).slots if slot.page.number == 1]
    assert [s.section for s in order if s.section] == list(sections)
    assert [s.item for s in order if not s.section] == [f"n{n}" for n in reversed(range(7))]
    assert order[0].item == "n6"
    assert any(s.section for s in order[:3])
