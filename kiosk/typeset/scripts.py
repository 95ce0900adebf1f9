"""Mongolian, Tibetan and Uyghur as pictures of ink: shaped by raqm inside Pillow, no Kivy (SCREENS B3).

1. Letters change with their neighbours, so a run is shaped as a whole, never character by character. A run is what one
   font has; what the script's font lacks (digits, hanzi, brackets) is set in the Chinese face.
2. Mongolian is written in columns from left to right: a run is shaped lying, and the finished strip turned a quarter
   clockwise. Uyghur runs from the right. Tibetan runs as Latin does, and may break after its own mark U+0F0B too.
3. A line or column breaks at spaces. A narrow space U+202F joins a Mongolian suffix to its word and never breaks; a
   vowel separator U+180E stays inside its word. A word that is longer than the room is set all the same: to break it
   would change its letters. Whoever places it asks `extent` first.
4. A language is offered only where raqm and its font are there; otherwise nobody sees a box (N-14).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.typeset import coverage, fonts

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_folder = Path("/usr/share/fonts/truetype/noto")


@dataclass(frozen=True)
class Script:
    """How a language is written: its font, where it runs, its OpenType language, how tall a line is per em."""

    font: str
    runs: str
    tag: str
    leading: float


known: dict[str, Script] = {
    "mn": Script("NotoSansMongolian-Regular.ttf", "down", "mn", 1.1),
    "bo": Script("NotoSerifTibetan-Regular.ttf", "right", "bo", 1.7),
    "ug": Script("NotoNaskhArabic-Regular.ttf", "left", "ug", 1.7),
}
_parts = {"bo": re.compile(r"[^ \u0f0b]*\u0f0b+|[^ \u0f0b]+| +"), "": re.compile(r"[^ ]+| +")}


def font(language: str) -> Path:
    """The file of a language's font; it need not be there."""
    return _folder / known[language].font


@lru_cache
def is_ready(language: str) -> bool:
    """Rule 4."""
    from PIL import features

    return language in known and bool(features.check("raqm")) and font(language).is_file()


def lines(text: str, language: str, size: float, room: float) -> tuple[str, ...]:
    """Rule 3: the text in lines (columns) of at most `room` px, longer only where one word is."""
    found: list[str] = []
    line = ""
    for part in _parts.get(language, _parts[""]).findall(text):
        if line and _long((line + part).rstrip(), language, size) > room:
            found.append(line.rstrip())
            line = ""
        line = (line + part).lstrip()
    return (*found, line.rstrip()) if line.rstrip() else tuple(found)


def extent(text: str, language: str, size: float, room: float) -> tuple[float, float]:
    """How wide and high the picture of a text is whose lines (columns) are at most `room` px long."""
    broken = lines(text, language, size, room)
    along = max((_long(line, language, size) for line in broken), default=0.0)
    across = len(broken) * round(size * known[language].leading)
    return (across, along) if known[language].runs == "down" else (along, across)


def picture(text: str, language: str, size: float, room: float, scale: float = 1.0) -> "Image":
    """The text as an "L" image, 255 where the ink is; broken at size 1, so that a scaled picture breaks alike."""
    from PIL import Image

    script = known[language]
    em, high = max(1, round(size * scale)), round(size * script.leading * scale)
    strips = [_strip(line, language, em, high) for line in lines(text, language, size, room)]
    long = max((strip.width for strip in strips), default=1)
    made = Image.new("L", (long, max(1, high * len(strips))))
    for n, strip in enumerate(strips):
        left = long - strip.width if script.runs == "left" else 0
        # turned clockwise the first row becomes the rightmost column: Mongolian begins with the leftmost (rule 2)
        row = len(strips) - 1 - n if script.runs == "down" else n
        made.paste(strip, (left, row * high))
    return made.transpose(Image.Transpose.ROTATE_270) if script.runs == "down" else made


def _runs(line: str, language: str) -> Iterator[tuple[str, bool]]:
    """Rule 1: (text, whether it is set in the script's own font), in the order of writing."""
    own = coverage.characters(font(language))
    held, is_own = "", True
    for char in line:
        has = ord(char) in own or char in "\u202f\u180e \u200c\u200d"
        if held and has != is_own:
            yield held, is_own
            held = ""
        held, is_own = held + char, has
    if held:
        yield held, is_own


def _long(line: str, language: str, size: float) -> float:
    return sum(_advance(run, is_own, language, max(1, round(size))) for run, is_own in _runs(line, language))


def _advance(run: str, is_own: bool, language: str, em: int) -> float:
    script = known[language]
    if not is_own:
        return float(fonts.face(em).getlength(run))
    return float(_face(language, em).getlength(run, direction=_direction(script), language=script.tag))


def _strip(line: str, language: str, em: int, high: int) -> "Image":
    """One line lying, its base line where all runs stand on it."""
    from PIL import Image, ImageDraw

    script, runs = known[language], list(_runs(line, language))
    wide = [_advance(run, is_own, language, em) for run, is_own in runs]
    image = Image.new("L", (max(1, ceil(sum(wide))), high))
    draw, base = ImageDraw.Draw(image), round(high / 2 + em * _drop(script))
    at = sum(wide) if script.runs == "left" else 0.0
    for (run, is_own), long in zip(runs, wide, strict=True):
        x = at - long if script.runs == "left" else at
        if is_own:
            face = _face(language, em)
            draw.text((x, base), run, 255, face, anchor="ls", direction=_direction(script), language=script.tag)
        else:
            draw.text((x, base), run, 255, fonts.face(em), anchor="ls")
        at += -long if script.runs == "left" else long
    return image


def _drop(script: Script) -> float:
    """How far below the middle of its line the base line stands, in ems."""
    return {"down": 0.3, "right": 0.1, "left": 0.2}[script.runs]


def _direction(script: Script) -> str:
    return "rtl" if script.runs == "left" else "ltr"


@lru_cache(maxsize=16)
def _face(language: str, em: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(font(language)), em, layout_engine=ImageFont.Layout.RAQM)
