"""All laws of one picture: what is broken, a sentence each.

1. A touch screen upright: the theme's least type and keys, apart as the theme says, the footer's words.
2. On a panel that lies a column is as wide as an upright screen, so type and keys count in the same design px (SCREENS
   A2): a column that is too high may make type smaller down to four fifths of the look's least (22 px, in elder view
   32) and no further, and in every look a key has 120 px in both directions; keys are at least 8 px apart.
3. There everything is smaller, so the millimetres count as well (A2, N-07): a letter is at least arm's length ÷ 250 =
   2.4 mm, in elder view 18 dp = 2.86 mm; a key a fingertip, 10 mm, which is more than elder view's 60 dp = 9.5 mm. A
   panel's size is not known here: it is taken for the smallest sold, 10.1 inches (217 mm wide) of 1280 × 800, 21.5
   inches (476 mm) of 1920 × 1080.
4. A board: the least letter of its canvas; nothing is touched there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kiosk.flow import fitting, sizes
from kiosk.flow.frame import Frame, Measure
from kiosk.flow.laws import contrast, ink, letters, touching
from kiosk.flow.words import Words

Colours = Mapping[str, Mapping[str, str]]
_letter_mm, _elder_letter_mm, _key_mm, _near_px = 2.4, 2.86, 10.0, 8.0
_wide_mm, _small_mm, _small_px = 476.0, 217.0, 1280


@dataclass(frozen=True)
class Judge:
    """What is needed to look: a measure, every theme's colours, and which characters of a text have no glyph."""

    measure: Measure
    colours: Colours
    lacking: Callable[[str, str], str]

    def touch_screen(self, frame: Frame, words: Words, *, elder: bool = False, low: bool = False) -> tuple[str, ...]:
        """Rule 1."""
        size = sizes.elder if elder else sizes.normal
        least = (size.least, size.key_least, sizes.apart)
        high = touching.high(frame) if low else ()
        wide = letters.wide(frame, self.measure)
        return (*self._touched(frame, words, *least), *letters.shortened(frame, size.title + 1), *wide, *high)

    def lying_screen(self, frame: Frame, words: Words, width: int, *, elder: bool = False) -> tuple[str, ...]:
        """Rules 2 and 3, on a panel so many px wide."""
        px = frame.width / (_small_mm if width <= _small_px else _wide_mm)
        least = fitting.least_type * (sizes.elder if elder else sizes.normal).least
        letter = max(least, px * (_elder_letter_mm if elder else _letter_mm))
        key = max(float(sizes.normal.key_least), px * _key_mm)
        return tuple(self._touched(frame, words, letter, key, _near_px))

    def _touched(self, frame: Frame, words: Words, letter: float, key: float, apart: float) -> Iterator[str]:
        lines = self._lines(frame)
        yield from self._seen(frame, lines, letter)
        yield from letters.beside_keys(frame, lines)
        yield from letters.cut(frame, words)
        yield from contrast.edges(frame)
        yield from touching.small(frame, key)
        yield from touching.near(frame, apart)
        yield from _footer(lines, words)

    def board(self, frame: Frame, least: float) -> tuple[str, ...]:
        """Rule 4."""
        return tuple(self._seen(frame, self._lines(frame), least))

    def _lines(self, frame: Frame) -> list[ink.Line]:
        return [line for line in ink.lines(frame, self.measure) if line.words.strip()]

    def _seen(self, frame: Frame, lines: list[ink.Line], least: float) -> Iterator[str]:
        yield from contrast.weak(frame, lines, self.colours[frame.theme])
        yield from letters.small(frame, least)
        yield from letters.outside(frame, lines)
        yield from letters.covered(lines)
        yield from letters.on_codes(frame, lines)
        yield from letters.strange(frame, self.lacking)


def _footer(lines: list[ink.Line], words: Words) -> Iterator[str]:
    """The phone and the moment, or what stands there before anything is known."""
    said = [line.words for line in lines]
    for begin, empty in (
        (words("footer.phone", phone="\0").partition("\0")[0], words("footer.no_phone")),
        (words("footer.as_of", when="\0", number="").partition("\0")[0], words("footer.no_content")),
    ):
        if not any((begin in line or empty in line) and not line.endswith("…") for line in said):
            yield f"“{begin.strip()}” does not stand whole at the foot."
