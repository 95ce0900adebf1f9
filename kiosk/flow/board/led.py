"""The LED board: few characters, whole words per page, no half lines, no scrolling (SCREENS A5, OFF-07).

1. From 64 px of height on: a 16 px head line (what it is, which page), below it lines of 24 px. Lower panels have lines
   of 16 px and put what it is before the title.
2. A story is its title, on pages of its own, then its summary, else its text; a ledger is its figures, one a page.
3. Between the stories stand the supervision phone and as of when the content is true (SUP-04, OFF-05).
4. A call interrupts at once and stays for some seconds: one call as large as the panel allows, several one a line.
   While an emergency is shown a call stays shorter: the warning must come back.
5. In quiet hours only the time is lit, small, so that nobody takes the board for broken.
6. Green says what it is, amber is read, red warns. Black is off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.errors import BadInput
from kiosk.flow.board import moments
from kiosk.flow.board.facts import Called, Facts
from kiosk.flow.board.pages import Line, Page, Room, breaker, fill_all, shortened
from kiosk.flow.board.stories import Figure, Story
from kiosk.flow.frame import Frame, Mark, Measure, Rect, Target, Text

_head, _low, _call = 16, 16, 32
_sizes = (32, 24, 16)
_narrowest = 160  # an amount of a thousand million yuan is 150 px wide at 16 px
_states = {"done": "您说的 办好了", "doing": "您说的 正在办", "cannot": "您说的 办不了"}


@dataclass(frozen=True)
class Panel:
    """The lamps of a board, in px."""

    width: int
    height: int

    @property
    def has_head(self) -> bool:
        """Rule 1."""
        return self.height >= 64

    @property
    def size(self) -> int:
        """The px of a line of text."""
        return 24 if self.has_head else _low

    @property
    def rows(self) -> int:
        """How many lines of text stand on a page."""
        return (self.height - (_head if self.has_head else 0)) // self.size


def panel(text: str) -> Panel:
    """The panel of "192x64". Raises BadInput."""
    width, _, height = text.partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise BadInput(f"--size is {text!r}: give width x height in lamps, such as 192x64.")
    made = Panel(int(width), int(height))
    most = limits.led_side_px_max
    if not (_narrowest <= made.width <= most and 32 <= made.height <= most):
        raise BadInput(f"--size is {text!r}: a panel has {_narrowest}x32 to {most}x{most} lamps.")
    return made


def cut(story: Story, on: Panel, measure: Measure, now: datetime) -> tuple[Page, ...]:
    """The story's pages on this panel (rule 2)."""
    label = "" if on.has_head else _label(story, now)
    named = bool(label) and not story.title.startswith(label)
    told = list(_pages((Block("p", f"{label}：{story.title}" if named else story.title),), on, measure))
    if story.kind == "ledger":
        told += [_figure_lines(figure, on, measure) for figure in (*story.totals, *story.largest)]
    else:
        told += _pages((Block("p", story.summary),) if story.summary else story.blocks, on, measure)
        told = told[: limits.led_pages_max]
    return tuple(Page(story, number, len(told), lines=lines) for number, lines in enumerate(told, 1))


def own_words(facts: Facts) -> tuple[Story, ...]:
    """Rule 3."""
    as_of = "内容正在核对" if facts.is_blanked else moments.as_of_words(facts.as_of, facts.later)
    head, _, rest = as_of.partition(" ")
    words = [(head, rest)] if rest else [("公开栏", as_of)]
    if facts.phone:
        words.insert(0, ("监督电话", facts.phone))
    start = datetime.min.replace(tzinfo=facts.now.tzinfo)
    return tuple(Story("", "", "own", label, title, "", "", start) for label, title in words)


def ringing(facts: Facts, *, is_emergency: bool) -> tuple[Called, ...]:
    """The calls that interrupt now, newest first (rule 4)."""
    stay = timedelta(seconds=limits.led_dwell_seconds_min if is_emergency else limits.led_call_seconds)
    return tuple(called for called in facts.called if timedelta() <= facts.now - called.since < stay)


def frame(facts: Facts, page: Page | None, on: Panel, measure: Measure) -> Frame:
    """The panel's picture."""
    calls = ringing(facts, is_emergency=bool(page and page.story.kind == "emergency"))
    if calls:
        marks, targets = tuple(_call_marks(calls, on, measure)), tuple(_call_targets(calls, on))
        return Frame("led-call", on.width, on.height, "black", marks, targets)
    if facts.is_quiet and (page is None or not page.story.item):
        return Frame("led-night", on.width, on.height, "black", tuple(_night_marks(facts, on)), (), facts.state)
    if page is None:
        return Frame("led", on.width, on.height, "black", (), (), facts.state)
    whole = Target(Rect(0, 0, on.width, on.height), page.story.title, None)
    shown = ((page.story.item, page.story.hash),) if page.story.item else facts.state
    return Frame(
        "led", on.width, on.height, "black", tuple(_page_marks(page, facts.later, on, measure)), (whole,), shown
    )


def _night_marks(facts: Facts, on: Panel) -> Iterator[Mark]:
    """Rule 5; a clock that is wrong gives way to the phone."""
    words = moments.clock(facts.now) if facts.is_clock_sound else facts.phone
    yield Text(0, (on.height - _low) // 2, on.width, (words,), _low, _low, "green", align="center")


def _figure_lines(figure: Figure, on: Panel, measure: Measure) -> tuple[Line, ...]:
    whole = f"{figure.name} {figure.amount}"
    if measure.width(whole, on.size) <= on.width:
        return (Line(whole),)
    return Line(shortened(figure.name, on.size, on.width, measure)), Line(figure.amount)


def _pages(blocks: Sequence[Block], on: Panel, measure: Measure) -> Iterator[tuple[Line, ...]]:
    if blocks:
        yield from fill_all(blocks, Room(on.width, on.rows), breaker(measure, on.size), limits.led_pages_max + 1)


def _label(story: Story, now: datetime) -> str:
    if story.is_public_notice and story.ends:
        return f"{story.label} {moments.days_left_words(story.ends, now).replace(' ', '')}"
    return "账目" if story.kind == "ledger" else _states.get(story.status, story.label)


def _page_marks(page: Page, now: datetime, on: Panel, measure: Measure) -> Iterator[Mark]:
    story, y = page.story, 0
    warns = story.kind == "emergency"
    if on.has_head:
        color = "red" if warns or story.is_public_notice else "green"
        yield Text(0, 0, on.width, (_label(story, now),), _head, _head, color)
        if page.count > 1:
            yield Text(0, 0, on.width, (f"{page.number}/{page.count}",), _head, _head, color, align="right")
        y = _head
    lines, high = tuple(line.text for line in page.lines), on.height - y
    size = on.size if all(measure.width(line, on.size) <= on.width for line in lines) else _low
    if len(lines) == 1:  # a single line is as large as it may be, in the middle
        size = next((s for s in _sizes if s <= high and measure.width(lines[0], s) <= on.width), _low)
        y += (high - size) // 2
    yield Text(0, y, on.width, lines, size, size, "red" if warns else "amber")


def _call_marks(calls: Sequence[Called], on: Panel, measure: Measure) -> Iterator[Mark]:
    first = calls[0]
    if len(calls) == 1 and on.has_head:
        y = (on.height - 2 * _call) // 2
        yield Text(0, y, on.width, (first.number,), _call, _call, "amber", align="center")
        yield Text(0, y + _call, on.width, (f"→ {first.window}号窗口",), _call, _call, "green", align="center")
    elif len(calls) == 1:
        words = f"{first.number} → {first.window}号窗口"
        size = next((s for s in _sizes if s <= on.height and measure.width(words, s) <= on.width), on.size)
        yield from _call_line(first, f"→ {first.window}号窗口", (on.height - size) // 2, size, on, measure)
    else:
        if on.has_head:
            yield Text(0, 0, on.width, ("请到窗口",), _head, _head, "green")
        for row, called in enumerate(calls[: on.rows]):
            y = (_head if on.has_head else 0) + row * on.size
            yield from _call_line(called, f"→ {called.window}号", y, on.size, on, measure)


def _call_line(called: Called, goal: str, y: float, size: int, on: Panel, measure: Measure) -> Iterator[Mark]:
    x = measure.width("A0000 ", size)
    yield Text(0, y, on.width, (called.number,), size, size, "amber")
    yield Text(x, y, on.width - x, (goal,), size, size, "green")


def _call_targets(calls: Sequence[Called], on: Panel) -> Iterator[Target]:
    if len(calls) == 1:
        yield Target(Rect(0, 0, on.width, on.height), calls[0].number, None)
        return
    top = _head if on.has_head else 0
    for row, called in enumerate(calls[: on.rows]):
        yield Target(Rect(0, top + row * on.size, on.width, on.size), called.number, None)
