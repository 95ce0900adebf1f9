"""The LCD board as one frame (SCREENS A5): the zones of its layout, the feedback zone always, a line at the bottom.

1. The feedback zone and the bottom line are drawn in every state, after everything else: nothing covers them (SUP-02).
2. An emergency takes everything above them (CAT-17); where numbers are called, the newest stay in sight.
3. A layout without a notice zone shows no items but emergencies and answers.
4. In quiet hours without an emergency the board is dark: kiosk.flow.board.lcd_night.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from kiosk.flow.board import (
    lcd_bar,
    lcd_calls,
    lcd_desk,
    lcd_emergency,
    lcd_feedback,
    lcd_idle,
    lcd_night,
    lcd_notice,
    lcd_plates,
)
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.layouts import Layout
from kiosk.flow.board.pages import Page
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Frame, Mark, Measure, Target


def cut(story: Story, measure: Measure, layout: Layout) -> tuple[Page, ...]:
    """A story's pages on this board."""
    if story.kind == "emergency":
        return lcd_emergency.cut(story, measure, layout.emergency.room)
    if story.kind == "answer":
        return lcd_feedback.cut(story, measure, layout.feedback.room)
    return lcd_notice.cut(story, measure, layout.notice.room) if layout.notice else ()


def shown(stories: Iterable[Story], facts: Facts, layout: Layout) -> tuple[Story, ...]:
    """The stories that this board may show now (rule 3)."""
    return tuple(s for s in facts.lets(stories) if layout.notice or s.kind in ("emergency", "answer"))


def changes(facts: Facts, layout: Layout, measure: Measure) -> list[datetime]:
    """The instants at which the picture changes by itself, pages of stories apart."""
    moments = [lcd_calls.changes(facts) if layout.calls or layout.desk else None]
    moments.append(lcd_plates.page(facts, measure, layout.plates.room).until if layout.plates else None)
    return [moment for moment in moments if moment]


def frame(facts: Facts, page: Page | None, answer: Page | None, measure: Measure, layout: Layout) -> Frame:
    """The board's picture for one notice page and one answer page, either of which may be missing."""
    if facts.is_quiet and page is None:
        return lcd_night.frame(facts, measure, layout.width, layout.height)  # rule 4
    alarm = page if page and page.story.kind == "emergency" else None
    marks = [
        *(_alarm(alarm, facts, measure, layout) if alarm else _parts(page, facts, measure, layout)),
        *layout.feedback.put(lcd_feedback.marks(answer, facts, measure, layout.feedback.room)),  # rule 1
        *layout.bar.put(lcd_bar.marks(facts, measure, layout.bar.room)),
    ]
    targets = [
        *(_alarm_targets(alarm, facts, layout) if alarm else _part_targets(page, facts, layout)),
        Target(layout.feedback.rect, "您说的", None),
    ]
    items = tuple((told.story.item, told.story.hash) for told in (page, answer) if told)
    name = "lcd" if layout.name == "hall" else f"lcd-{layout.name}"
    return Frame(name, layout.width, layout.height, "night", tuple(marks), tuple(targets), items or facts.state)


def _alarm(page: Page, facts: Facts, measure: Measure, layout: Layout) -> Iterator[Mark]:
    """Rule 2."""
    yield from layout.emergency.put(lcd_emergency.marks(page, facts, measure, layout.emergency.room))
    if layout.strip:
        yield from layout.strip.put(lcd_calls.strip(facts, measure, layout.strip.room, layout.window))


def _parts(page: Page | None, facts: Facts, measure: Measure, layout: Layout) -> Iterator[Mark]:
    if layout.calls:
        yield from layout.calls.put(lcd_calls.marks(facts, measure, layout.calls.room))
    if layout.desk:
        yield from layout.desk.put(lcd_desk.marks(facts, measure, layout.desk.room, layout.window))
    if layout.plates:
        yield from layout.plates.put(lcd_plates.marks(facts, measure, layout.plates.room))
    if layout.notice and page:
        yield from layout.notice.put(lcd_notice.marks(page, facts, measure, layout.notice.room))
    elif layout.notice:
        yield from layout.notice.put(lcd_idle.marks(facts, measure, layout.notice.room))


def _alarm_targets(page: Page, facts: Facts, layout: Layout) -> Iterator[Target]:
    yield Target(layout.emergency.rect, page.story.title, None)
    if layout.strip:
        yield from layout.strip.aim(lcd_calls.strip_targets(facts, layout.strip.room, layout.window))


def _part_targets(page: Page | None, facts: Facts, layout: Layout) -> Iterator[Target]:
    if layout.notice and page:
        yield Target(layout.notice.rect, page.story.title, None)
    if layout.calls:
        yield from layout.calls.aim(lcd_calls.targets(facts, layout.calls.room))
    if layout.desk:
        yield from layout.desk.aim(lcd_desk.targets(facts, layout.desk.room, layout.window))
