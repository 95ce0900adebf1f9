"""Draws a frame and reports touches.

1. The frame's design size is scaled to the window as a whole and centred; the rest is filled with its background.
2. What is drawn is what the frame says, in its order, nothing more (frame.py rule 2).
3. A finger sees at once what it holds: the target under it is washed until it lifts. What counts as one press is
   decided by kiosk.flow.press, not here.
4. In the frame's field one finger leaves a line as it goes; lifted, the line is told as a stroke and forgotten here.
5. Marks that stand on the next frame too are kept as they are; the others are made anew. The window's ground is cleared
   to the background, which costs less than painting it.
6. Where the next frame lies deeper or less deep, its new marks glide into their places (kiosk.flow.motion); the next
   touch ends that at once, and so does a machine too slow to show it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from kivy.graphics import ClearBuffers, ClearColor, Color, InstructionGroup
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex

from content_sync.domain.cases.handwriting import Stroke
from content_sync.domain.disclosure.attachments import Blob
from kiosk.flow import motion, press
from kiosk.flow.frame import Frame, Mark, Picture, Target
from kiosk.widgets.glide import Glide
from kiosk.widgets.ink import Ink
from kiosk.widgets.marks import Marks, Setting, pen_units
from kiosk.widgets.pen import Pen, line

_held_wash = 0.14


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
        *,
        glides: bool = False,
    ) -> None:
        super().__init__()
        self._glide = Glide() if glides else None
        self.ink, self.frame = Ink(), Frame("", 1080, 1920, "paper", ())
        colors = {
            name: {color: get_color_from_hex(value) for color, value in theme.items()} for name, theme in themes.items()
        }
        self._marks = Marks(self.ink, colors)
        self._standing: list[tuple[Mark, InstructionGroup]] = []
        self._pressed, self._touched, self._wrote, self._hand = pressed, touched, wrote, press.Hand()
        self._pen = Pen()
        self._ground, self._picture, self._held = InstructionGroup(), InstructionGroup(), InstructionGroup()
        for group in (self._ground, self._picture, self._held):
            self.canvas.add(group)
        self.bind(size=self._again, pos=self._again)

    @property
    def pictures(self) -> Callable[[Blob], Path | None]:
        """Where an attached file is, None when it is not here."""
        return self._marks.pictures

    @pictures.setter
    def pictures(self, pictures: Callable[[Blob], Path | None]) -> None:
        self._marks.pictures = pictures

    def show(self, frame: Frame) -> None:
        """Draw this frame; a frame equal to the one on the glass costs nothing."""
        if frame == self.frame:
            return
        if frame.name != self.frame.name:
            self._hand = press.screen_changed(self._hand, monotonic())
        way = motion.way(self.frame, frame) if self._glide else 0
        self.frame = frame
        self._again(way=way)

    def forget(self) -> None:
        """Drop every texture, and what is drawn with one: nothing a visitor typed stays (OFF-08)."""
        self.ink.forget()
        self._picture.clear()
        self._standing = []
        self.frame = Frame("", self.frame.width, self.frame.height, self.frame.background, ())

    def _again(self, *_: object, way: int = 0) -> None:
        """Rules 1, 2, 5 and 6."""
        self._held.clear()
        if self._glide:
            self._glide.end()
        frame = self.frame
        if frame.field != self._pen.field:  # else the line goes on, whatever changes beside it
            self._pen.lift()
        scale = min(self.width / frame.width, self.height / frame.height) or 1.0
        left = self.x + round((self.width - frame.width * scale) / 2)
        top = self.top - round((self.height - frame.height * scale) / 2)
        setting = Setting(scale, left, top, frame.theme, frame.background)
        if setting != self._marks.setting or not self._standing:
            self._marks.setting, self._standing = setting, []
            self._ground.clear()
            self._ground.add(ClearColor(*self._marks.color(frame.background)))
            self._ground.add(ClearBuffers(clear_color=True))
        kept: dict[Mark, list[InstructionGroup]] = {}
        for mark, group in self._standing:
            if not isinstance(mark, Picture):  # its file may have arrived meanwhile
                kept.setdefault(mark, []).append(group)
        old = {id(group) for groups in kept.values() for group in groups}
        self._standing = [
            (mark, kept[mark].pop() if kept.get(mark) else self._marks.group(mark)) for mark in frame.marks
        ]
        self._picture.clear()
        if self._glide and way:
            groups = [(group, id(group) not in old) for _mark, group in self._standing]
            self._glide.begin(self._picture, groups, way, setting.scale)
            return
        for _mark, group in self._standing:
            self._picture.add(group)

    def _point(self, touch: Any) -> tuple[float, float]:
        setting = self._marks.setting
        return (touch.x - setting.left) / setting.scale, (setting.top - touch.y) / setting.scale

    def on_touch_down(self, touch: Any) -> bool:
        """Rules 3 and 6."""
        if self._glide:
            self._glide.end()
        self._hand = press.down(self._hand, touch.uid, *self._point(touch), monotonic(), self.frame.targets)
        held = self._hand.held
        self._held.clear()
        if held:
            self._held.add(Color(*self._marks.color("ink")[:3], _held_wash))
            self._held.add(self._marks.stretched(held.rect, 16))
        elif self._hand.finger == touch.uid and self.frame.field:
            self._pen.down(self.frame.field, self._point(touch))
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """Rule 4."""
        if self._hand.finger == touch.uid and self._pen.move(self._point(touch)):
            self._held.clear()
            setting = self._marks.setting
            self._held.add(Color(*self._marks.color("ink")))
            points = [setting.at(*point) for point in self._pen.points]
            self._held.add(line(points, pen_units * self._pen.scale * setting.scale))
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
