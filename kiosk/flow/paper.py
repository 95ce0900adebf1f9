"""Setting type on a screen: a cursor that goes down the page and leaves marks behind.

1. A paper is used once, inside one pure function, and becomes a frame.
2. Text that does not fit the lines it is given ends in …; the lines of a title, and of a sentence of two to five
   lines, are of about one length (evenly.py).
3. In low view, what was laid out before `reach` moves down to meet the keys (sizes.py rule 3).
4. Words of a hall's second language stand behind or below the Chinese ones and are never larger (LNG-01, N-08).
"""

from dataclasses import replace

from kiosk.flow import paragraph, sizes
from kiosk.flow.actions import Action
from kiosk.flow.evenly import evenly
from kiosk.flow.frame import Align, Box, Code, Field, Frame, Mark, Measure, Rect, Running, Script, Target, Text
from kiosk.flow.pages.plain import Idle
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.flow.words import Words

_second_least, _title_high = 28, 168


class Paper:
    """Type and marks of one screen, `high` as a whole; `y` is the cursor.

    `bottom` is the first line that is not the body's any more.
    """

    def __init__(self, name: str, state: State, view: View, measure: Measure, words: Words) -> None:
        self.name, self.state, self.view, self.measure, self.words = name, state, view, measure, words
        self.size = sizes.elder if state.elder else sizes.normal
        self.high = sizes.high
        self.y, self.bottom = float(sizes.header + 28), float(self.high)
        self.background = "paper"
        self.channels: set[str] = set()
        self._marks: list[Mark] = []
        self._targets: list[Target] = []
        self._shown: list[tuple[str, str]] = []
        self._head = 0
        self._field: Field | None = None
        self._text: Running | None = None

    @property
    def left_over(self) -> float:
        """The height between the cursor and the bottom."""
        return self.bottom - self.y

    def add(self, *marks: Mark) -> None:
        """Leave marks."""
        self._marks += marks

    def showing(self, item: str, body: str, channel: str) -> None:
        """Say that an item's text is on this screen (promises 6 and 17)."""
        self._shown.append((item, body))
        self.channels.add(channel)

    def leading(self, size: float) -> float:
        """The line height of a size; titles sit tighter."""
        return round(size * (1.3 if size >= self.size.head else self.size.line))

    def broken(self, text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> tuple[str, ...]:
        """The text's lines, at most `most` of them (rule 2)."""
        lines = paragraph.lines(self.measure, text, size, width, bold=bold)
        if size >= self.size.head and 1 < len(lines) <= (most or 4):
            return evenly(self.measure, text, size, width, len(lines), bold=bold)
        if not most or len(lines) <= most:
            return lines
        last = lines[most - 1]
        while last and self.measure.width(last + "…", size, bold=bold) > width:
            last = last[:-1]
        return (*lines[: most - 1], last + "…")

    def even(self, text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> tuple[str, ...]:
        """The text's lines, of about one length: no lone character on the last one."""
        lines = self.broken(text, size, width, bold=bold, most=most)
        if len(lines) < 2 or "".join("".join(lines).split()) != "".join(text.split()):
            return lines  # cut
        if "\n" in text:
            return tuple(line for part in text.split("\n") for line in self.even(part, size, width, bold=bold))
        return evenly(self.measure, text, size, width, len(lines), bold=bold)

    def text(
        self,
        text: str,
        size: float,
        *,
        x: float = sizes.left,
        y: float | None = None,
        width: float = sizes.room,
        color: str = "ink",
        bold: bool = False,
        align: Align = "left",
        most: int = 0,
        leading: float = 0,
    ) -> float:
        """Set text at a place, or at the cursor and move it; returns the height."""
        leading = leading or self.leading(size)
        breaks = self.even if align == "center" or 1 < most <= 5 else self.broken
        lines = breaks(text, size, width, bold=bold, most=most)
        high = leading * len(lines)
        self.add(Text(x, self.y if y is None else y, width, lines, size, leading, color, bold, align))
        if y is None:
            self.y += high
        return high

    def title(self, text: str, note: str = "", key: str = "") -> None:
        """The screen's name and one line of what to do; with a `key`, the second language's name at the right."""
        top, width = self.y, float(sizes.room)
        if key:
            width -= self.beside(
                key, Rect(sizes.left + sizes.room / 2, top, sizes.room / 2, _title_high), self.size.body
            )
            width -= 24 if width < sizes.room else 0
        self.text(text, self.size.title, width=width, bold=True, most=3)
        if note:
            self.y += 6
            self.text(note, self.size.body, width=width, color="soft", most=2)
        self.y = max(self.y, top + _title_high) if width < sizes.room else self.y
        self.y += 20

    def beside(self, key: str, place: Rect, most: float, *, color: str = "ink") -> float:
        """The second language's word for `key` at the right of a place, at most `most` px per em (rule 4).

        Returns the width it takes; 0 where the hall has none, or the place no room for it.
        """
        view, word = self.view, self.view.beside.get(key, "")
        sizes_of = [size for size in (self.size.head, self.size.body, self.size.small, _second_least) if size <= most]
        for size in sizes_of if word else ():
            wide, high = self.measure.extent(word, view.second, size, place.h)
            if wide <= place.w and high <= place.h:
                at = Rect(place.right - wide, place.y + (place.h - high) / 2, wide, high)
                self.add(Script(at, word, view.second, size, color))
                return wide
        return 0.0

    def heading(self, text: str, note: str = "") -> None:
        """A part's name with a hairline below; the note stands right."""
        size = self.size.body
        high = self.leading(size)
        self.text(text, size, y=self.y, bold=True)
        if note:
            free = sizes.room - self.measure.width(text, size, bold=True) - 24
            x = sizes.left + sizes.room - free
            self.text(
                note, self.size.small, x=x, y=self.y, width=free, color="soft", align="right", most=1, leading=high
            )
        self.y += high
        self.add(Box(Rect(sizes.left, self.y, sizes.room, 2), "line"))
        self.y += 12

    def touchable(self, rect: Rect, label: str, action: Action) -> None:
        """Make a place touchable."""
        self._targets.append(Target(rect, label, action))

    def write_on(self, field: Field) -> None:
        """Make a place to write in."""
        self._field = field

    def read_on(self, *, is_begun: bool = False, onward: Action | None = None, rest: str = "") -> None:
        """Say that a page of a longer text begins here (frame.Running)."""
        self._text = Running(len(self._marks), is_begun, onward, rest)

    def to_bottom(self, high: float) -> None:
        """Put the cursor where what is `high` ends at the bottom: the one thing to do next lies near the hand."""
        self.y = max(self.y, self.bottom - high)

    def code(self, payload: str, side: float, *, x: float, y: float) -> None:
        """A code to scan."""
        self.add(Code(Rect(x, y, side, side), payload))

    def begin_body(self) -> None:
        """What comes next, up to `reach`, is what low view moves down."""
        self._head = len(self._marks)

    def reach(self, top: float = sizes.reach) -> None:
        """From here on, at `top` in low view, there is something to touch (rule 3)."""
        if not self.state.low or self.y >= top:
            return
        down = top - self.y
        self._marks[self._head :] = [_moved(mark, down) for mark in self._marks[self._head :]]
        self.y = float(top)

    def settle(self, bottom: float, share: float = 0.4) -> None:
        """Let what was laid out since `begin_body` stand a little above the middle of the room down to `bottom`."""
        down = max(0.0, round((bottom - self.y) * share))
        self._marks[self._head :] = [_moved(mark, down) for mark in self._marks[self._head :]]
        self.y += down

    def frame(self) -> Frame:
        """The finished screen."""
        shown = tuple(dict.fromkeys(self._shown))
        marks, targets = tuple(self._marks), tuple(self._targets)
        theme = "contrast" if self.state.contrast else "day"
        size = (sizes.wide, self.high)
        depth = 0 if self.state.elder or isinstance(self.state.page, Idle) else len(self.state.pages)
        return Frame(self.name, *size, self.background, marks, targets, shown, self._field, theme, self._text, depth)


def _moved(mark: Mark, down: float) -> Mark:
    if isinstance(mark, Text):
        return replace(mark, y=mark.y + down)
    return replace(mark, rect=replace(mark.rect, y=mark.rect.y + down))
