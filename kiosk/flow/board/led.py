"""The LED board: few characters, whole words per page, no half lines, no scrolling (SCREENS A5, OFF-07).

1. A panel with a head line says there what it is and which page; others put what it is before the title.
2. A story is its title, on pages of its own, then its summary, else its text; a ledger is its figures, one a page. A
   figure whose amount is wider than the panel is left to the touch screen: an amount is never cut or parted.
3. Between the stories stand the supervision phone and as of when the content is true (SUP-04, OFF-05): the phone comes
   round within `limits.led_own_seconds_max` and the story being told, in every state.
4. A call interrupts at once: kiosk.flow.board.led_calls.
5. In quiet hours only the time is lit, small, so that nobody takes the board for broken, and in its turn the phone.
6. Green says what it is, amber is read, red warns. Black is off.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board import led_calls, moments
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.led_panel import Panel, head, low, sizes
from kiosk.flow.board.pages import Line, Page, Room, breaker, fill_all, sentence_ends, shortened
from kiosk.flow.board.stories import Figure, Story
from kiosk.flow.frame import Frame, Mark, Measure, Rect, Target, Text

_pauses = sentence_ends + "，、："  # a page of ten characters ends where one draws breath
_phone = "监督电话"
_wide = 120  # lamps; narrower panels say what it is in short
_states = {"done": "您说的 办好了", "doing": "您说的 正在办", "cannot": "您说的 办不了"}


def cut(story: Story, on: Panel, measure: Measure, now: datetime) -> tuple[Page, ...]:
    """The story's pages on this panel (rule 2)."""
    if not story.item:
        told = _own_pages(story, on, measure)
        return tuple(Page(story, number, len(told), lines=lines) for number, lines in enumerate(told, 1))
    label = "" if on.has_head else _labels(story, now)[-1 if on.width < _wide else 0]
    named = bool(label) and not story.title.startswith(label)
    told = list(_pages((Block("p", f"{label}：{story.title}" if named else story.title),), on, measure))
    if story.kind == "ledger":
        figures = (_figure_lines(figure, on, measure) for figure in (*story.totals, *story.largest))
        told += [lines for lines in figures if lines]
    else:
        told += _pages((Block("p", story.summary),) if story.summary else story.blocks, on, measure)
        told = told[: limits.led_pages_max]
    return tuple(Page(story, number, len(told), lines=lines) for number, lines in enumerate(told, 1))


def own_words(facts: Facts) -> tuple[Story, ...]:
    """Rule 3."""
    as_of = "内容正在核对" if facts.is_blanked else moments.as_of_words(facts.as_of, facts.later)
    what, _, when = as_of.partition(" ")
    words = [(what, when)] if when else [("公开栏", as_of)]
    if facts.phone:
        words.insert(0, (_phone, facts.phone))
    start = datetime.min.replace(tzinfo=facts.now.tzinfo)
    return tuple(Story("", "", "own", label, title, "", "", start) for label, title in words)


def frame(facts: Facts, page: Page | None, on: Panel, measure: Measure) -> Frame:
    """The panel's picture."""
    calls = led_calls.ringing(facts, on, measure, is_emergency=bool(page and page.story.kind == "emergency"))
    if calls:
        marks, targets = tuple(led_calls.marks(calls, on, measure)), tuple(led_calls.targets(calls, on))
        return Frame("led-call", on.width, on.height, "black", marks, targets)
    if facts.is_quiet and (page is None or not page.story.item):
        return Frame("led-night", on.width, on.height, "black", tuple(_night_marks(facts, page, on)), (), facts.state)
    if page is None:
        return Frame("led", on.width, on.height, "black", (), (), facts.state)
    whole = Target(Rect(0, 0, on.width, on.height), page.story.title, None)
    shown = ((page.story.item, page.story.hash),) if page.story.item else facts.state
    return Frame(
        "led", on.width, on.height, "black", tuple(_page_marks(page, facts.later, on, measure)), (whole,), shown
    )


def _night_marks(facts: Facts, page: Page | None, on: Panel) -> Iterator[Mark]:
    """Rule 5."""
    lines: tuple[str, ...] = (moments.clock(facts.now),)
    if page is not None and page.story.label == _phone:
        lines = tuple(line.text for line in page.lines)
        lines = (_phone, *lines) if on.has_head else lines
    yield Text(0, (on.height - low * len(lines)) // 2, on.width, lines, low, low, "green", align="center")


def _own_pages(story: Story, on: Panel, measure: Measure) -> list[tuple[Line, ...]]:
    """Rule 3: a number is parted where one draws breath, or not at all."""
    head, text = [] if on.has_head else [(Line(story.label),)], story.title
    whole = f"{story.label} {text}"
    if head and measure.width(whole, on.size) <= on.width:
        return [(Line(whole),)]
    ways = ((text,), tuple(text.split(" ")), tuple(text.replace("-", "- ").split(" ")))
    for size in (on.size, low):
        for lines in ways:
            if len(lines) <= on.rows and all(measure.width(line, size) <= on.width for line in lines):
                return [*head, tuple(Line(line) for line in lines)]
    return head + list(_pages((Block("p", text),), on, measure))


def _figure_lines(figure: Figure, on: Panel, measure: Measure) -> tuple[Line, ...]:
    """Rule 2; nothing when the amount has no room."""
    whole = f"{figure.name} {figure.amount}"
    if measure.width(whole, on.size) <= on.width:
        return (Line(whole),)
    if measure.width(figure.amount, low) > on.width:
        return ()
    return Line(shortened(figure.name, on.size, on.width, measure)), Line(figure.amount)


def _pages(blocks: Sequence[Block], on: Panel, measure: Measure) -> Iterator[tuple[Line, ...]]:
    if blocks:
        yield from fill_all(
            blocks, Room(on.width, on.rows, _pauses), breaker(measure, on.size), limits.led_pages_max + 1
        )


def _labels(story: Story, now: datetime) -> tuple[str, ...]:
    """What it is, at length and in short."""
    if story.is_public_notice and story.ends:
        left = moments.days_left_words(story.ends, now).replace(" ", "")
        return f"{story.label} {left}", left
    return ("账目" if story.kind == "ledger" else _states.get(story.status, story.label),)


def _page_marks(page: Page, now: datetime, on: Panel, measure: Measure) -> Iterator[Mark]:
    story, y = page.story, 0
    warns = story.kind == "emergency"
    if on.has_head:
        color = "red" if warns or story.is_public_notice else "green"
        turn = f"{page.number}/{page.count}" if page.count > 1 else ""
        free, labels = on.width - measure.width(f" {turn}", head), _labels(story, now)
        label = next((words for words in labels if measure.width(words, head) <= free), labels[-1])
        label = shortened(label, head, free, measure)
        yield Text(0, 0, on.width, (label,), head, head, color)
        if turn:
            yield Text(0, 0, on.width, (turn,), head, head, color, align="right")
        y = head
    lines, high = tuple(line.text for line in page.lines), on.height - y
    size = on.size if all(measure.width(line, on.size) <= on.width for line in lines) else low
    if len(lines) == 1:  # a single line is as large as it may be, in the middle
        size = next((s for s in sizes if s <= high and measure.width(lines[0], s) <= on.width), low)
        y += (high - size) // 2
    yield Text(0, y, on.width, lines, size, size, "red" if warns else "amber")
