"""Draws the demonstration's forms (GUI-02, N-12), blank and filled in as an example, from assets/demo/forms/forms.json.

`python -m deploy.demo.forms` writes them beside that file, where they are committed: whoever founds a demonstration
needs no font. They are our own work and carry no emblem, seal or real person.

1. A sheet of A4 at 150 dots per inch. What is printed on it is at least 29 px: enlarged on a kiosk that is 40 px.
2. What somebody wrote is blue, larger and bold, and the example says on itself what it is.
"""

import json
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageDraw

from content_sync import assets
from kiosk.typeset import fonts
from kiosk.typeset.measuring import FontMeasure

_wide, _high, _margin = 1240, 1754, 84
_title, _label, _written, _note = 54, 30, 36, 29
_row, _line, _pad = 92, 56, 18
_white, _ink, _rule, _blue, _red = "#FFFFFF", "#1C1B1A", "#75695C", "#0B4F8A", "#A61B1B"
_colours = 16


class Sheet:
    """One form on paper; `filled` is the example."""

    def __init__(self, form: dict[str, Any], *, filled: bool) -> None:
        self._form, self._filled = form, filled
        self._image = Image.new("RGB", (_wide, _high), _white)
        self._draw, self._measure, self._y = ImageDraw.Draw(self._image), FontMeasure(), _margin

    def drawn(self) -> Image.Image:
        """The whole sheet, in few colours."""
        form = self._form
        self._head()
        for row in form["rows"]:
            self._cells(row)
        for label, lines, written in form["areas"]:
            self._area(label, lines, written)
        self._y += 24
        for text in form["says"]:
            self._text(_margin, text, _label)
        self._y += 24
        for label, written in form["signs"]:
            self._sign(label, written)
        self._notes(form["notes"])
        return self._image.quantize(_colours, dither=Image.Dither.NONE)

    def _head(self) -> None:
        if self._filled:  # rule 2
            told = "填好的样子：照着填，名字、地址写您自己的"
            wide = self._measure.width(told, _label, bold=True) + 2 * _pad
            box = (_wide - _margin - wide, 28, _wide - _margin, 28 + _line)
            self._draw.rectangle(box, outline=_red, width=3)
            self._words(box[0] + _pad, 28 + 8, told, _label, _red, bold=True)
        title = self._form["title"]
        self._y = _margin + 24
        self._words((_wide - self._measure.width(title, _title, bold=True)) / 2, self._y, title, _title, bold=True)
        self._y += 100
        if self._form["to"]:
            self._text(_margin, self._form["to"], _label)

    def _cells(self, row: Sequence[Sequence[Any]]) -> None:
        room, whole = _wide - 2 * _margin, sum(share for *_, share in row)
        x: float = _margin
        for label, written, share in row:
            wide = room * share / whole
            self._draw.rectangle((x, self._y, x + wide, self._y + _row), outline=_rule, width=2)
            self._words(x + _pad, self._y + 24, label, _label)
            at = x + _pad + self._measure.width(label, _label) + _pad
            self._draw.line((at - _pad / 2, self._y + 12, at - _pad / 2, self._y + _row - 12), fill=_rule, width=1)
            if self._filled:
                size = _written if self._measure.width(written, _written, bold=True) <= x + wide - at - 8 else _label
                self._words(at + 4, self._y + 22, written, size, _blue, bold=True)
            x += wide
        self._y += _row

    def _area(self, label: str, lines: int, written: str) -> None:
        high = lines * _line * 0.8 + 24
        self._draw.rectangle((_margin, self._y, _wide - _margin, self._y + high), outline=_rule, width=2)
        self._words(_margin + _pad, self._y + 12, label, _label)
        if self._filled:
            room = _wide - 2 * _margin - 2 * _pad
            for n, line in enumerate(self._measure.lines(written, _written, room, bold=True) if written else ()):
                self._words(_margin + _pad, self._y + 56 + n * 50, line, _written, _blue, bold=True)
        self._y += round(high)

    def _sign(self, label: str, written: str) -> None:
        at = _margin + 420
        self._words(_margin, self._y + 6, f"{label}：", _label)
        self._draw.line((at, self._y + _line, at + 420, self._y + _line), fill=_ink, width=2)
        if self._filled:
            self._words(at + _pad, self._y, written, _written, _blue, bold=True)
        self._y += _line + 18

    def _notes(self, notes: Sequence[str]) -> None:
        self._y = max(self._y + 12, _high - _margin - 44 * len(notes))
        for text in notes:
            self._words(_margin, self._y, f"· {text}", _note)
            self._y += 44

    def _text(self, x: float, text: str, size: int) -> None:
        for line in self._measure.lines(text, size, _wide - 2 * _margin):
            self._words(x, self._y, line, size)
            self._y += _line

    def _words(self, x: float, y: float, text: str, size: int, color: str = _ink, *, bold: bool = False) -> None:
        self._draw.text((round(x), round(y + 0.94 * size)), text, color, fonts.face(size, bold), anchor="ls")


def main() -> None:
    """Draw all of them again."""
    folder = assets.path("demo") / "forms"
    for form in json.loads((folder / "forms.json").read_text("utf-8")):
        for kind, filled in (("filled", True), ("blank", False)):
            path = folder / f"{form['item']}-{kind}.png"
            Sheet(form, filled=filled).drawn().save(path, optimize=True)
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
