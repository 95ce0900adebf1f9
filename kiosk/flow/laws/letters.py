"""Whether type can be read: large enough, whole, apart, with a glyph for each character.

1. No type is smaller than the least.
2. Every line's ink lies inside the window, on no other line's and on no code.
3. A line that begins on a key ends on it, within its rim; a label of up to twelve characters stands whole on its key.
4. Every character has a glyph; a second language's words have their own font.
5. What is as large as a figure is never cut short: it is what one came for.
6. No paragraph ends with a lone character on a line of its own.
7. No line is wider than the room its text was given: what is measured thin and drawn bold stands over the edge.
8. No sentence of the screens' own is cut short: whoever cannot read on does not know what to do. Titles may be.
"""

from collections.abc import Callable, Iterator

from kiosk.flow import paragraph
from kiosk.flow.frame import Box, Code, Frame, Measure, Script, Text
from kiosk.flow.laws.ink import Line, meet
from kiosk.flow.words import Words

_short, _a_whole_screen, _inside, _slack = 12, 400.0, 2.0, 3.0


def small(frame: Frame, least: float) -> Iterator[str]:
    """Rule 1."""
    for mark in frame.marks:
        if isinstance(mark, Text) and mark.size < least - 0.01 and "".join(mark.lines).strip():
            yield f"“{mark.lines[0][:20]}” is {mark.size:.0f} px, not {least:.0f}."


def outside(frame: Frame, lines: list[Line]) -> Iterator[str]:
    """Rule 2."""
    for line in lines:
        r = line.rect
        if r.x < 0 or r.right > frame.width + 1 or r.y < 0 or r.bottom > frame.height:
            yield f"“{line.words[:20]}” leaves the window."


def covered(lines: list[Line]) -> Iterator[str]:
    """Rule 2: compared from above, each line only with those that begin before it ends."""
    down = sorted(lines, key=lambda line: line.rect.y)
    for n, one in enumerate(down):
        for other in down[n + 1 :]:
            if other.rect.y >= one.rect.bottom:
                break
            if meet(one.rect, other.rect):
                yield f"“{one.words[:20]}” and “{other.words[:20]}” lie on each other."


def on_codes(frame: Frame, lines: list[Line]) -> Iterator[str]:
    """Rule 2: a code's quiet zone is a part of it."""
    codes = [mark.rect for mark in frame.marks if isinstance(mark, Code)]
    for line in lines:
        if any(meet(line.rect, code) for code in codes):
            yield f"“{line.words[:20]}” lies on a code."


def beside_keys(frame: Frame, lines: list[Line]) -> Iterator[str]:
    """Rule 3."""
    drawn = {mark.rect for mark in frame.marks if isinstance(mark, Box)}
    for target in frame.targets:
        key, inside = target.rect, _inside if target.rect in drawn else -1.0
        if key.h >= _a_whole_screen:
            continue
        on = [line for line in lines if meet(line.rect, key)]
        for line in on:
            r = line.rect
            if r.x < key.x + inside or r.right > key.right - inside or r.y < key.y or r.bottom > key.bottom:
                yield f"“{line.words[:20]}” leaves the key {target.label[:20]}."
        label, written = target.label.replace(" ", ""), "".join(line.words for line in on).replace(" ", "")
        if len(label) <= _short and label not in written:
            yield f"the key {target.label} says “{written[:30]}”."


def strange(frame: Frame, lacking: Callable[[str, str], str]) -> Iterator[str]:
    """Rule 4: `lacking` tells which characters of a text no font has that serves its language."""
    said = "".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines)
    missing = lacking(said, "") + "".join(lacking(m.text, m.language) for m in frame.marks if isinstance(m, Script))
    for char in dict.fromkeys(missing):
        yield f"no font here has {char} (U+{ord(char):04X})."


def shortened(frame: Frame, large: float) -> Iterator[str]:
    """Rule 5."""
    for mark in frame.marks:
        if isinstance(mark, Text) and mark.size >= large and mark.lines[-1].endswith("…") and mark.lines[-1] != "…":
            yield f"“{mark.lines[-1][:20]}” is large and cut short."


def lone(frame: Frame) -> Iterator[str]:
    """Rule 6."""
    for mark in frame.marks:
        if isinstance(mark, Text) and paragraph.is_lone(mark.lines) and mark.align != "center":
            yield f"“{mark.lines[-2][-10:]} / {mark.lines[-1]}” ends with a lone character."


def wide(frame: Frame, measure: Measure) -> Iterator[str]:
    """Rule 7."""
    for mark in frame.marks:
        if not isinstance(mark, Text):
            continue
        for line in mark.lines:
            over = measure.width(line, mark.size, bold=mark.bold) - mark.w
            if over > _slack:
                yield f"“{line[:20]}” is {over:.0f} px wider than its room."


def cut(frame: Frame, words: Words) -> Iterator[str]:
    """Rule 8."""
    for mark in frame.marks:
        if isinstance(mark, Text) and mark.lines and mark.lines[-1].endswith("…"):
            said = " ".join(mark.lines).removesuffix("…")
            if words.is_cut(said):
                yield f"“{said[:40]}…” is cut short."
