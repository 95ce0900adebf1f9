"""The LCD board as one frame (SCREENS A5): calls left, a notice right, the feedback zone always, a line at the bottom.

1. The feedback zone and the bottom line are drawn in every state, after everything else: nothing covers them (SUP-02).
2. An emergency takes the whole width above them (CAT-17).
3. In quiet hours without an emergency the board is dark: kiosk.flow.board.lcd_night.
4. The bottom line: whom to call, as of when the content is true, the clock (SUP-04, OFF-05); no clock that is wrong.
"""

from collections.abc import Iterator

from kiosk.flow.board import lcd_calls, lcd_emergency, lcd_feedback, lcd_grid, lcd_night, lcd_notice, moments, pages
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.pages import Page
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Box, Frame, Mark, Measure, Rect, Target, Text


def cut(story: Story, measure: Measure) -> tuple[Page, ...]:
    """A story's pages on this board."""
    if story.kind == "emergency":
        return lcd_emergency.cut(story, measure)
    return lcd_feedback.cut(story, measure) if story.kind == "answer" else lcd_notice.cut(story, measure)


def frame(facts: Facts, page: Page | None, answer: Page | None, measure: Measure) -> Frame:
    """The board's picture for one notice page and one answer page, either of which may be missing."""
    if facts.is_quiet and page is None:
        return lcd_night.frame(facts, measure)
    marks = [*_upper(facts, page, measure), *lcd_feedback.marks(answer, facts, measure), *_bottom(facts, measure)]
    shown = tuple((told.story.item, told.story.hash) for told in (page, answer) if told)
    targets = tuple(_targets(facts, page))
    return Frame("lcd", lcd_grid.width, lcd_grid.height, "night", tuple(marks), targets, shown or facts.state)


def _upper(facts: Facts, page: Page | None, measure: Measure) -> Iterator[Mark]:
    if page and page.story.kind == "emergency":  # rule 2
        yield from lcd_emergency.marks(page, facts, measure)
        yield from lcd_calls.strip(facts, measure)
        return
    yield from lcd_calls.marks(facts, measure)
    if page:
        yield from lcd_notice.marks(page, facts, measure)
    else:
        yield from _nothing_due(facts, measure)


def _nothing_due(facts: Facts, measure: Measure) -> Iterator[Mark]:
    zone = lcd_grid.notice
    left, wide = zone.x + lcd_grid.margin, zone.w - 2 * lcd_grid.margin
    yield Box(zone, "paper")
    yield lcd_grid.one(left, 40, wide, moments.weekday(facts.later), color="soft")
    head, words = ("办什么、带什么、去几号窗口", "触摸屏上都能查。不会用，请叫工作人员帮您。")
    if not facts.as_of:
        head, words = ("内容正在送来", "很快就能看到。办事请先问窗口。")
    if facts.is_blanked:
        head, words = ("公开内容正在核对", "核对好就恢复显示。叫号照常，要办的事请问窗口。")
    yield Text(left, 200, wide, (head,), lcd_grid.title, 100, bold=True)
    yield Text(
        left, 320, wide, pages.breaker(measure, lcd_grid.body)(words, wide, False)[:3], lcd_grid.body, 80, "soft"
    )


def _bottom(facts: Facts, measure: Measure) -> Iterator[Mark]:
    """Rule 4."""
    zone = lcd_grid.bar
    y, left, wide = zone.y + 22, 48.0, zone.w - 96
    yield Box(zone, "black")
    phone = f"监督电话 {facts.phone}" if facts.phone else ""
    time = moments.clock(facts.now) if facts.is_clock_sound else ""
    as_of = "内容正在核对" if facts.is_blanked else moments.as_of_words(facts.as_of, facts.later)
    color = "lamp" if moments.is_stale(facts.as_of, facts.later) else "white"
    phone_wide = measure.width(phone, lcd_grid.small)
    middle = Rect(left + phone_wide, y, wide - phone_wide - measure.width(time, lcd_grid.large, bold=True), 65)
    yield lcd_grid.one(left, y, wide, phone, color="white")
    yield lcd_grid.one(middle.x, y, middle.w, as_of, color=color, align="center")
    yield lcd_grid.one(left, y - 5, wide, time, lcd_grid.large, color="white", bold=True, align="right")


def _targets(facts: Facts, page: Page | None) -> Iterator[Target]:
    if page and page.story.kind == "emergency":
        yield Target(lcd_grid.emergency, page.story.title, None)
        yield from lcd_calls.strip_targets(facts)
    else:
        if page:
            yield Target(lcd_grid.notice, page.story.title, None)
        yield from lcd_calls.targets(facts)
    yield Target(lcd_grid.feedback, "您说的", None)
