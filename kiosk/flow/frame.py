"""A frame: everything a screen shows and everything it lets a finger touch, as plain values.

1. Coordinates are design pixels, origin top left, y downwards: 1080×1920 for touch, 1920×1080 for the LCD board.
2. Marks are drawn in order; a painter adds no wording, no rule and no layout of its own.
3. Targets say what a touch does; a later target lies above an earlier one.
4. Colours are names of the theme (assets/themes), never values; text is already broken into lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from content_sync.domain.cases.handwriting import Writing
from content_sync.domain.disclosure.attachments import Blob

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Rect:
    """A place: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x just right of it."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y just below it."""
        return self.y + self.h


@dataclass(frozen=True)
class Box:
    """A filled and/or rimmed rounded rectangle; an empty colour name is not drawn. A rule is a Box 2 px high."""

    rect: Rect
    fill: str = ""
    rim: str = ""
    rim_width: float = 0
    radius: float = 0


@dataclass(frozen=True)
class Text:
    """Lines of one size, weight and colour; line n's box starts at y + n × leading. `size` is the font's em in px."""

    x: float
    y: float
    w: float
    lines: tuple[str, ...]
    size: float
    leading: float
    color: str = "ink"
    bold: bool = False
    align: Align = "left"


@dataclass(frozen=True)
class Icon:
    """A stroke icon of assets/icons, fitted into the rectangle."""

    rect: Rect
    name: str
    color: str = "blue"


@dataclass(frozen=True)
class Code:
    """A QR code with its quiet zone inside the rectangle, black on white, modules on whole pixels."""

    rect: Rect
    payload: str


@dataclass(frozen=True)
class Drawn:
    """Handwriting, its sheet fitted into the rectangle."""

    rect: Rect
    writing: Writing
    color: str = "ink"


@dataclass(frozen=True)
class Field:
    """A place to write in: what a finger draws there is a stroke in the units of a sheet of this width and height."""

    rect: Rect
    width: int
    height: int


@dataclass(frozen=True)
class Script:
    """A text of another script (Mongolian, Tibetan, Uyghur), from the top left of its rectangle."""

    rect: Rect
    text: str
    language: str
    size: float
    color: str = "ink"


overlap = 0.06  # a piece of a picture takes this share of a side more than an even part


@dataclass(frozen=True)
class Picture:
    """An attached file as it is, fitted into the rectangle and centred.

    `part` 0 is the whole; from 1 on one piece of it, of two columns and so many `rows`.
    """

    rect: Rect
    blob: Blob
    part: int = 0
    rows: int = 2


Mark = Box | Text | Icon | Code | Drawn | Script | Picture


@dataclass(frozen=True)
class Target:
    """A touchable place, the words it is known by, and the action it stands for."""

    rect: Rect
    label: str
    action: object


@dataclass(frozen=True)
class Running:
    """A page of a longer text: its first mark, and whether the sentence that stands first began on the page before.

    `onward` turns to the next page, None on the last one; `rest` is what stands there of this page's last sentence.
    """

    first: int
    is_begun: bool = False
    onward: object | None = None
    rest: str = ""


@dataclass(frozen=True)
class Frame:
    """One complete picture. `shown` lists (item id, body hash) of every item whose text is on it (promise 17).

    `field`: the one place to write in, if there is one. `theme`: whose colours the names mean (assets/themes).
    `text`: where a longer text stands on it, for reading aloud. `depth`: how many pages lie open, 0 where nothing is to
    move (kiosk.flow.motion).
    """

    name: str
    width: int
    height: int
    background: str
    marks: tuple[Mark, ...]
    targets: tuple[Target, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    field: Field | None = None
    theme: str = "day"
    text: Running | None = None
    depth: int = 0


class Measure(Protocol):
    """How wide and how broken text is: given to the flow as an argument, made by kiosk.typeset."""

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The advance width of one line in px."""
        ...

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
        """The text broken into lines no wider than `width`, after Chinese rules (避头尾)."""
        ...

    def extent(self, text: str, language: str, size: float, room: float) -> tuple[float, float]:
        """The width and height of a text of another script whose lines or columns are at most `room` long."""
        ...

    def parts(self, text: str, language: str, size: float, room: float) -> tuple[str, ...]:
        """A text of another script in lines or columns of at most `room`."""
        ...


def hit(targets: Sequence[Target], x: float, y: float) -> Target | None:
    """The topmost target under a point (rule 3)."""
    for target in reversed(targets):
        r = target.rect
        if r.x <= x < r.right and r.y <= y < r.bottom:
            return target
    return None
