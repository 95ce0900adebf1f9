"""What a screen says, sentence by sentence, and the sentence that is being said, marked on it.

1. First what stands there to read, from above: title, then the body; then what can be touched. Header and footer are
   the same everywhere and are not said; nor are lone letters and keys of one character (a keypad).
   A hall has ears: the numbers a visitor tapped into an application are never said.
2. A number that stands alone belongs to what follows it: "3 号窗口", "1 身份证".
3. Marked is exactly what is being said: a wash behind the lines or parts of lines and a line below them; a key gets a
   thick rim. Nothing moves: a marked screen has the places of the unmarked one.
4. On a page that goes on the last sentence is said whole with what of it stands on the next page (`Running.rest`),
   and the keys are not said: the page turns instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.flow import sizes
from kiosk.flow.frame import Box, Frame, Mark, Measure, Rect, Target, Text
from kiosk.flow.speech.sentences import is_apart, spans

_wash, _below, _ring, _inside = 1.3, 5.0, 8.0, 8.0
_washed = {"ink", "soft", "blue"}
_private, _tapped = {"application", "booking", "pad", "progress", "staffpin"}, re.compile(r"[\dXx＊*·● -]+")
_number = re.compile(r"[\d.,–—~ -]{1,12}")


@dataclass(frozen=True)
class Spot:
    """A part of a line: the number of its mark in the frame, of its line there, first and behind-last character."""

    mark: int
    line: int
    first: int
    behind: int


@dataclass(frozen=True)
class Sentence:
    """What is said at once, where it stands, and the key it is written on (None: it stands in the body)."""

    text: str
    spots: tuple[Spot, ...] = ()
    key: Target | None = None


def sentences(frame: Frame, keys: str = "") -> tuple[Sentence, ...]:
    """All of a screen (rule 1); `keys` leads over to what can be touched."""
    ground = _ground(frame)
    marks = [(n, mark) for n, mark in enumerate(frame.marks) if isinstance(mark, Text) and _is_body(mark, ground)]
    targets = [target for target in frame.targets if target.rect.y < ground and target.rect.w < sizes.wide]
    owners = {n: next((t for t in reversed(targets) if _holds(t.rect, mark)), None) for n, mark in marks}
    body = list(_said([(n, mark) for n, mark in marks if owners[n] is None], None))
    if frame.name in _private:
        body = [one for one in body if not _tapped.fullmatch(one.text)]
    if frame.text and frame.text.onward:  # rule 4
        return (*body[:-1], replace(body[-1], text=body[-1].text + frame.text.rest)) if body else ()
    written = [(target, [(n, mark) for n, mark in marks if owners[n] is target]) for target in targets]
    touched = [one for target, of in written if len(target.label) > 1 for one in _said(of, target)]
    lead = [Sentence(keys)] if keys and body and touched else []
    return (*body, *lead, *touched)


def read_on(frame: Frame, found: tuple[Sentence, ...]) -> int:
    """The sentence to go on with after the page before: what began there was said there."""
    text = frame.text
    if text is None:
        return 0
    first = next((n for n, one in enumerate(found) if one.spots and one.spots[0].mark >= text.first), 0)
    return first + 1 if text.is_begun else first


def marked(frame: Frame, sentence: Sentence, measure: Measure) -> Frame:
    """The frame with this sentence marked (rule 3)."""
    behind: dict[int, list[Mark]] = {}
    if sentence.key is not None:
        box = next((n for n, mark in enumerate(frame.marks) if _is_key(mark, sentence.key)), -1)
        if box >= 0:
            behind[box + 1] = [_rimmed(frame.marks[box])]
    for spot in sentence.spots if not behind else ():
        text = frame.marks[spot.mark]
        assert isinstance(text, Text)
        behind.setdefault(spot.mark, []).extend(_under(text, spot, frame.background, measure))
    marks = [each for n, mark in enumerate(frame.marks) for each in (*behind.get(n, ()), mark)]
    return replace(frame, marks=tuple(marks))


def _ground(frame: Frame) -> float:
    """Where the footer begins."""
    boxes = [m.rect for m in frame.marks if isinstance(m, Box) and m.rect.x == 0 and m.rect.w == sizes.wide]
    return next((rect.y for rect in boxes if rect.bottom == frame.height), float(frame.height))


def _is_body(mark: Text, ground: float) -> bool:
    return sizes.header <= mark.y < ground and any(line.strip() for line in mark.lines)


def _holds(rect: Rect, mark: Text) -> bool:
    x, y = mark.x + mark.w / 2, mark.y + mark.leading * len(mark.lines) / 2
    return rect.x <= x <= rect.right and rect.y <= y <= rect.bottom


def _said(marks: list[tuple[int, Text]], key: Target | None) -> Iterator[Sentence]:
    """The sentences of these marks; those on one key are one run (rule 2)."""
    text, places = "", list[tuple[int, int, int]]()
    for number, mark in marks:
        for n, line in enumerate(mark.lines):
            if n and is_apart(text, line):
                text, places = text + " ", [*places, (-1, 0, 0)]
            text += line
            places += [(number, n, at) for at in range(len(line))]
        alone = _number.fullmatch(text) is not None
        if key is None and not alone:
            yield from _cut(text, places, None)
            text, places = "", []
        else:
            text, places = text + ("，" if key else " "), [*places, (-1, 0, 0)]
    if text.strip("， "):
        yield from _cut(text.rstrip("， "), places, key)


def _cut(text: str, places: list[tuple[int, int, int]], key: Target | None) -> Iterator[Sentence]:
    for first, behind in spans(text):
        spots: list[Spot] = []
        for mark, line, at in places[first:behind]:
            if mark < 0:
                continue
            if spots and (spots[-1].mark, spots[-1].line) == (mark, line):
                spots[-1] = replace(spots[-1], behind=at + 1)
            else:
                spots.append(Spot(mark, line, at, at + 1))
        said = text[first:behind].strip()
        if said and not (len(said) == 1 and said.isascii() and said.isalpha()):
            yield Sentence(said, tuple(spots), key)


def _is_key(mark: Mark, target: Target) -> bool:
    return isinstance(mark, Box) and mark.rect == target.rect


def _rimmed(box: Mark) -> Box:
    """The key's own ground with a thick rim of a colour that is seen on it."""
    assert isinstance(box, Box)
    if box.fill != "blue":
        return Box(box.rect, "read", "blue", _ring, box.radius)
    inner = Rect(box.rect.x + _inside, box.rect.y + _inside, box.rect.w - 2 * _inside, box.rect.h - 2 * _inside)
    return Box(inner, "blue", "on_blue", _ring, box.radius)


def _under(text: Text, spot: Spot, ground: str, measure: Measure) -> Iterator[Box]:
    line = text.lines[spot.line]
    wide = measure.width(line, text.size, bold=text.bold)
    slack = {"left": 0.0, "center": 0.5, "right": 1.0}[text.align] * (text.w - wide)
    x = text.x + slack + measure.width(line[: spot.first], text.size, bold=text.bold)
    w = measure.width(line[spot.first : spot.behind], text.size, bold=text.bold)
    top, high = text.y + spot.line * text.leading, min(text.leading, text.size * _wash)
    place = Rect(x, top + (text.leading - high) / 2, w, high)
    if ground == "paper" and text.color in _washed:
        yield Box(place, "read")
    yield Box(Rect(x, place.bottom - _below, w, _below), "blue" if ground == "paper" else "lamp")
