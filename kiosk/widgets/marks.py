"""One mark of a frame → what the graphics card draws for it.

1. A mark's group begins with its own colour and depends on nothing around it: equal marks in an equal setting are drawn
   by equal groups, so one that still stands on the next frame is not made again.
2. A box with a rim is one stretched picture, rim and fill together: a software renderer pays for every pixel drawn.
3. Both edges of a mark stand on whole pixels.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kivy.graphics import BorderImage, Color, InstructionGroup, Rectangle

from content_sync.domain.disclosure.attachments import Blob
from kiosk.flow.frame import Box, Code, Drawn, Icon, Mark, Picture, Rect, Script, Text
from kiosk.typeset import painting, scripts
from kiosk.widgets.ink import Ink
from kiosk.widgets.pen import line

pen_units = 9.0
_white = (1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Setting:
    """Where and how a frame stands in the window: window pixels of its left and top edge, and its colours' names."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    theme: str = "day"
    background: str = "paper"

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the design in window pixels."""
        return self.left + x * self.scale, self.top - y * self.scale

    def place(self, rect: Rect) -> tuple[int, int, int, int]:
        """The rectangle in window pixels: x, bottom, width, height (rule 3)."""
        left, right = (round(self.left + x * self.scale) for x in (rect.x, rect.right))
        top, bottom = (round(self.top - y * self.scale) for y in (rect.y, rect.bottom))
        return left, bottom, max(1, right - left), max(1, top - bottom)


class Marks:
    """Makes groups of instructions. `pictures` says where an attached file is, None when it is not here."""

    def __init__(self, ink: Ink, themes: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
        self.pictures: Callable[[Blob], Path | None] = lambda _: None
        self.setting = Setting()
        self._ink, self._themes = ink, themes

    def color(self, name: str) -> Sequence[float]:
        """What a name means in the setting's theme."""
        return self._themes[self.setting.theme][name]

    def stretched(self, rect: Rect, radius: float) -> Rectangle:
        """A rounded rectangle, in the colour that was set before it."""
        x, y, w, h = self.setting.place(rect)
        return self._rounded(x, y, w, h, round(radius * self.setting.scale))

    def group(self, mark: Mark) -> InstructionGroup:
        """Rule 1."""
        group = InstructionGroup()
        if isinstance(mark, Text):
            self._text(group, mark)
        elif isinstance(mark, Box):
            self._box(group, mark)
        elif isinstance(mark, Icon):
            side = round(min(mark.rect.w, mark.rect.h) * self.setting.scale)
            x, y, w, h = self.setting.place(mark.rect)
            group.add(Color(*self.color(mark.color)))
            at = (x + (w - side) // 2, y + (h - side) // 2)
            group.add(Rectangle(texture=self._ink.icon(mark.name, side), pos=at, size=(side, side)))
        elif isinstance(mark, Drawn):
            self._drawn(group, mark)
        elif isinstance(mark, Script):
            self._script(group, mark)
        elif isinstance(mark, Picture):
            self._attached(group, mark)
        else:
            self._code(group, mark)
        return group

    def _attached(self, group: InstructionGroup, mark: Picture) -> None:
        """An attached file, whole and centred; nothing when it is not here or cannot be drawn."""
        path = self.pictures(mark.blob)
        texture = self._ink.attached(path, mark.part, mark.rows) if path else None
        if texture is None:
            return
        x, y, w, h = self.setting.place(mark.rect)
        fit = min(w / texture.size[0], h / texture.size[1])
        wide, high = max(1, round(texture.size[0] * fit)), max(1, round(texture.size[1] * fit))
        group.add(Color(*_white))
        at = (x + (w - wide) // 2, y + (h - high) // 2)
        group.add(Rectangle(texture=texture, pos=at, size=(wide, high)))

    def _text(self, group: InstructionGroup, text: Text) -> None:
        scale = self.setting.scale
        group.add(Color(*self.color(text.color)))
        for number, words in enumerate(text.lines):
            if not words.strip():
                continue
            texture = self._ink.line(words, text.size, text.bold, scale)
            wide, high = texture.size
            slack = {"left": 0.0, "center": 0.5, "right": 1.0}[text.align] * (text.w * scale - wide)
            top = painting.top_of_mask(text.y + number * text.leading, text.size, text.leading)
            x, y = self.setting.at(text.x, top)
            group.add(Rectangle(texture=texture, pos=(round(x + slack), round(y) - high), size=(wide, high)))

    def _script(self, group: InstructionGroup, mark: Script) -> None:
        rect = mark.rect
        room = rect.h if scripts.known[mark.language].runs == "down" else rect.w
        texture = self._ink.script(mark.text, mark.language, mark.size, room, self.setting.scale)
        wide, high = texture.size
        x, y = self.setting.at(rect.x, rect.y)
        group.add(Color(*self.color(mark.color)))
        group.add(Rectangle(texture=texture, pos=(round(x), round(y) - high), size=(wide, high)))

    def _box(self, group: InstructionGroup, box: Box) -> None:
        """Rule 2."""
        x, y, w, h = self.setting.place(box.rect)
        radius = round(box.radius * self.setting.scale)
        if not (box.rim and box.rim_width):
            if box.fill:
                group.add(Color(*self.color(box.fill)))
                group.add(self._rounded(x, y, w, h, radius))
            return
        rim = max(1, round(box.rim_width * self.setting.scale))
        colors = tuple(self.color(box.rim)), tuple(self.color(box.fill or self.setting.background))
        corner = max(1, rim, min(radius, w // 2 - 1, h // 2 - 1))
        if 2 * corner + 2 > min(w, h):  # too slim to be stretched: one over the other
            for color, inset in zip(colors, (0, rim), strict=True):
                group.add(Color(*color))
                group.add(Rectangle(pos=(x + inset, y + inset), size=(max(1, w - 2 * inset), max(1, h - 2 * inset))))
            return
        group.add(Color(*_white))
        texture = self._ink.rimmed(corner, min(corner, radius), rim, *colors)
        group.add(BorderImage(texture=texture, border=(corner,) * 4, pos=(x, y), size=(w, h)))

    def _rounded(self, x: int, y: int, w: int, h: int, radius: int) -> Rectangle:
        corner = min(radius, w // 2 - 1, h // 2 - 1)
        if corner < 1:
            return Rectangle(pos=(x, y), size=(w, h))
        return BorderImage(texture=self._ink.corners(corner), border=(corner,) * 4, pos=(x, y), size=(w, h))

    def _code(self, group: InstructionGroup, code: Code) -> None:
        texture = self._ink.code(code.payload)
        x, y, w, h = self.setting.place(code.rect)
        side = min(w, h) // texture.size[0] * texture.size[0]
        group.add(Color(*_white))
        group.add(Rectangle(pos=(x, y), size=(w, h)))
        group.add(Color(0, 0, 0, 1))
        at = (x + (w - side) // 2, y + (h - side) // 2)
        group.add(Rectangle(texture=texture, pos=at, size=(side, side)))

    def _drawn(self, group: InstructionGroup, drawn: Drawn) -> None:
        group.add(Color(*self.color(drawn.color)))
        sheet, rect = drawn.writing, drawn.rect
        scale = min(rect.w / sheet.width, rect.h / sheet.height)
        for stroke in sheet.strokes:
            points = [self.setting.at(rect.x + x * scale, rect.y + y * scale) for x, y in stroke]
            group.add(line(points, pen_units * scale * self.setting.scale))
