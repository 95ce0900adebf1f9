"""Draws a frame and reports touches.

1. The frame's design size is scaled to the window as a whole and centred; the rest is filled with its background.
2. What is drawn is what the frame says, in its order, nothing more (frame.py rule 2).
3. A finger sees at once what it holds: the target under it is washed until it lifts. What counts as one press is
   decided by kiosk.flow.press, not here.
4. In the frame's field one finger leaves a line as it goes; lifted, the line is told as a stroke and forgotten here.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from kivy.graphics import BorderImage, Color, InstructionGroup, Rectangle
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex

from content_sync.domain.cases.handwriting import Stroke
from content_sync.domain.disclosure.attachments import Blob
from kiosk.flow import press
from kiosk.flow.frame import Box, Code, Drawn, Frame, Icon, Mark, Picture, Rect, Script, Target, Text
from kiosk.typeset import painting, scripts
from kiosk.widgets.ink import Ink
from kiosk.widgets.pen import Pen, line

_held_wash, _pen_units = 0.14, 9.0


class Painter(Widget):
    """One window's picture.

    `pressed` gets the target one finger pressed and lifted from; `touched` hears where any finger lifted, in design
    pixels.
    """

    def __init__(
        self,
        themes: Mapping[str, Mapping[str, str]],
        pressed: Callable[[Target], None] | None = None,
        touched: Callable[[float, float], None] | None = None,
        wrote: Callable[[Stroke], None] | None = None,
    ) -> None:
        super().__init__()
        self.ink, self.frame = Ink(), Frame("", 1080, 1920, "paper", ())
        self._themes = {
            name: {color: get_color_from_hex(value) for color, value in theme.items()} for name, theme in themes.items()
        }
        self._pressed, self._touched, self._wrote, self._hand = pressed, touched, wrote, press.Hand()
        self._pen = Pen()
        self.pictures: Callable[[Blob], Path | None] = lambda _: None
        self._picture, self._held = InstructionGroup(), InstructionGroup()
        self.canvas.add(self._picture)
        self.canvas.add(self._held)
        self.bind(size=self._again, pos=self._again)

    def show(self, frame: Frame) -> None:
        """Draw this frame; a frame equal to the one on the glass costs nothing."""
        if frame == self.frame:
            return
        if frame.name != self.frame.name:
            self._hand = press.screen_changed(self._hand, monotonic())
        self.frame = frame
        self._again()

    def forget(self) -> None:
        """Drop every texture: nothing a visitor typed stays (OFF-08)."""
        self.ink.forget()
        self.frame = Frame("", self.frame.width, self.frame.height, self.frame.background, ())

    def _again(self, *_: object) -> None:
        """Draw from nothing (rules 1 and 2)."""
        self._picture.clear()
        self._held.clear()
        self._pen.lift()
        frame = self.frame
        self._scale = min(self.width / frame.width, self.height / frame.height) or 1.0
        self._left = self.x + round((self.width - frame.width * self._scale) / 2)
        self._top = self.top - round((self.height - frame.height * self._scale) / 2)
        self._color(frame.background)
        self._picture.add(Rectangle(pos=self.pos, size=self.size))
        for mark in frame.marks:
            self._draw(mark)

    def _draw(self, mark: Mark) -> None:
        if isinstance(mark, Text):
            self._text(mark)
        elif isinstance(mark, Box):
            self._box(mark)
        elif isinstance(mark, Icon):
            side = round(min(mark.rect.w, mark.rect.h) * self._scale)
            x, y, w, h = self._place(mark.rect)
            self._color(mark.color)
            at = (x + (w - side) // 2, y + (h - side) // 2)
            self._picture.add(Rectangle(texture=self.ink.icon(mark.name, side), pos=at, size=(side, side)))
        elif isinstance(mark, Drawn):
            self._drawn(mark)
        elif isinstance(mark, Script):
            self._script(mark)
        elif isinstance(mark, Picture):
            self._attached(mark)
        else:
            self._code(mark)

    def _attached(self, mark: Picture) -> None:
        """An attached file, whole and centred; nothing when it is not here or cannot be drawn."""
        path = self.pictures(mark.blob)
        texture = self.ink.attached(path, mark.part) if path else None
        if texture is None:
            return
        x, y, w, h = self._place(mark.rect)
        fit = min(w / texture.size[0], h / texture.size[1])
        wide, high = max(1, round(texture.size[0] * fit)), max(1, round(texture.size[1] * fit))
        self._color("white")
        at = (x + (w - wide) // 2, y + (h - high) // 2)
        self._picture.add(Rectangle(texture=texture, pos=at, size=(wide, high)))

    def _text(self, text: Text) -> None:
        self._color(text.color)
        for number, words in enumerate(text.lines):
            if not words.strip():
                continue
            texture = self.ink.line(words, text.size, text.bold, self._scale)
            wide, high = texture.size
            slack = {"left": 0.0, "center": 0.5, "right": 1.0}[text.align] * (text.w * self._scale - wide)
            top = painting.top_of_mask(text.y + number * text.leading, text.size, text.leading)
            at = (round(self._left + text.x * self._scale + slack), round(self._top - top * self._scale) - high)
            self._picture.add(Rectangle(texture=texture, pos=at, size=(wide, high)))

    def _script(self, mark: Script) -> None:
        rect = mark.rect
        room = rect.h if scripts.known[mark.language].runs == "down" else rect.w
        texture = self.ink.script(mark.text, mark.language, mark.size, room, self._scale)
        wide, high = texture.size
        self._color(mark.color)
        at = (round(self._left + rect.x * self._scale), round(self._top - rect.y * self._scale) - high)
        self._picture.add(Rectangle(texture=texture, pos=at, size=(wide, high)))

    def _box(self, box: Box) -> None:
        x, y, w, h = self._place(box.rect)
        radius = round(box.radius * self._scale)
        rim = max(1, round(box.rim_width * self._scale)) if box.rim and box.rim_width else 0
        if rim:
            self._rounded(x, y, w, h, box.rim, radius)
        if box.fill or rim:
            color = box.fill or self.frame.background
            self._rounded(x + rim, y + rim, w - 2 * rim, h - 2 * rim, color, radius - rim)

    def _rounded(self, x: int, y: int, w: int, h: int, color: str, radius: int) -> None:
        self._color(color)
        self._picture.add(self._stretched(x, y, w, h, min(radius, w // 2 - 1, h // 2 - 1)))

    def _stretched(self, x: int, y: int, w: int, h: int, corner: int) -> Rectangle:
        if corner < 1:
            return Rectangle(pos=(x, y), size=(w, h))
        return BorderImage(texture=self.ink.corners(corner), border=(corner,) * 4, pos=(x, y), size=(w, h))

    def _code(self, code: Code) -> None:
        texture = self.ink.code(code.payload)
        x, y, w, h = self._place(code.rect)
        module = min(w, h) // texture.size[0]
        side = module * texture.size[0]
        self._color("white")
        self._picture.add(Rectangle(pos=(x, y), size=(w, h)))
        self._picture.add(Color(0, 0, 0, 1))
        at = (x + (w - side) // 2, y + (h - side) // 2)
        self._picture.add(Rectangle(texture=texture, pos=at, size=(side, side)))

    def _drawn(self, drawn: Drawn) -> None:
        self._color(drawn.color)
        sheet, rect = drawn.writing, drawn.rect
        scale = min(rect.w / sheet.width, rect.h / sheet.height)
        for stroke in sheet.strokes:
            points = [(rect.x + x * scale, rect.y + y * scale) for x, y in stroke]
            self._picture.add(line([self._at(*point) for point in points], _pen_units * scale * self._scale))

    def _at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the design in window pixels."""
        return self._left + x * self._scale, self._top - y * self._scale

    @property
    def _colors(self) -> Mapping[str, Sequence[float]]:
        return self._themes[self.frame.theme]

    def _color(self, name: str) -> None:
        self._picture.add(Color(*self._colors[name]))

    def _place(self, rect: Rect) -> tuple[int, int, int, int]:
        """The rectangle in window pixels, both edges on whole ones: x, bottom, width, height."""
        left, right = (round(self._left + x * self._scale) for x in (rect.x, rect.right))
        top, bottom = (round(self._top - y * self._scale) for y in (rect.y, rect.bottom))
        return left, bottom, max(1, right - left), max(1, top - bottom)

    def _point(self, touch: Any) -> tuple[float, float]:
        return (touch.x - self._left) / self._scale, (self._top - touch.y) / self._scale

    def on_touch_down(self, touch: Any) -> bool:
        """Rule 3."""
        self._hand = press.down(self._hand, touch.uid, *self._point(touch), monotonic(), self.frame.targets)
        held = self._hand.held
        self._held.clear()
        if held:
            x, y, w, h = self._place(held.rect)
            self._held.add(Color(*self._colors["ink"][:3], _held_wash))
            self._held.add(self._stretched(x, y, w, h, min(round(16 * self._scale), w // 2 - 1, h // 2 - 1)))
        elif self._hand.finger == touch.uid and self.frame.field:
            self._pen.down(self.frame.field, self._point(touch))
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """Rule 4."""
        if self._hand.finger == touch.uid and self._pen.move(self._point(touch)):
            self._held.clear()
            self._held.add(Color(*self._colors["ink"]))
            self._held.add(line([self._at(*p) for p in self._pen.points], _pen_units * self._pen.scale * self._scale))
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Rule 3: lifting inside the target is the press."""
        self._hand, target = press.up(self._hand, touch.uid, *self._point(touch), monotonic())
        stroke = self._pen.lift() if self._hand.finger is None else ()
        if self._hand.finger is None:
            self._held.clear()
        if self._touched:
            self._touched(*self._point(touch))
        if stroke and self._wrote:
            self._wrote(stroke)
        if target and self._pressed:
            self._pressed(target)
            self._hand = press.answered(self._hand, monotonic())
        return True
