"""A touch screen on a panel that lies: the upright picture's body becomes two columns, what one reads left, keys right.

1. Every screen is laid out once, upright; this is one rule for all of them, so that none can be forgotten.
2. Where the body is cut, and what is made smaller when a column is too high: kiosk.flow.columns.
3. Header and footer go over the whole width; the footer's keys stay where they are, always. Its two lines of large view
   become one, which has room for both: the body has what that saves.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from kiosk.flow import columns, parts, sizes
from kiosk.flow.frame import Box, Frame, Mark, Rect, Script, Target, Text
from kiosk.flow.moving import moved, placed
from kiosk.flow.parts import place_of

apart = 64.0  # between the columns
wide = 2 * sizes.room + 2 * sizes.left + apart
_above, _below = 28.0, 16.0
_whole_lines = 3
_rule_wide, _rule_high = 8.0, 60.0


def lying(frame: Frame, width: int, height: int) -> Frame:
    """The upright frame for a panel of this shape."""
    high = round(wide * height / width)
    top = next((b.rect.y for b in frame.marks if isinstance(b, Box) and _is_ground(b.rect, frame)), float(frame.height))
    head = [_stretched(mark, 0) for mark in frame.marks if place_of(mark).y < sizes.header]
    below, saved = _in_one_line([mark for mark in frame.marks if place_of(mark).y >= top])
    down = high - frame.height + saved
    foot = [_footed(mark, down) for mark in below]
    keys = [replace(t, rect=_spread(t.rect, down)) for t in frame.targets if t.rect.y >= top]
    body = replace(
        frame,
        marks=tuple(line for m in frame.marks if sizes.header <= place_of(m).y < top for line in _lines(m)),
        targets=tuple(target for target in frame.targets if target.rect.y < top),
    )
    is_elder = any(key.rect.h >= sizes.elder.key for key in keys)
    finger = (sizes.elder if is_elder else sizes.normal).key_least
    made = _in_columns(body, Rect(0, sizes.header, wide, top + down - sizes.header), finger)
    marks, targets = (*head, *made.marks, *foot), (*made.targets, *keys)
    return replace(made, width=round(wide), height=high, marks=marks, targets=targets)


def _in_columns(body: Frame, room: Rect, finger: float) -> Frame:
    """The body's marks, keys and field in their new places; no key gives blank of its own below `finger`."""
    keys = [_within(target) for target in body.targets]
    field, rules = body.field, [mark for mark in body.marks if _is_rule(mark)]
    marks = [mark for mark in body.marks if not _is_rule(mark)]
    found = parts.parts(marks, rules, keys, field)
    if not found:
        return body
    free = Rect(sizes.left, room.y + _above, sizes.room, room.h - _above - _below)
    laid = columns.laid(found, free, apart, finger)
    line = Rect(wide / 2 - 1, free.y, 2, free.h)
    between = [Box(line, "line" if body.background == "paper" else "rim")] if laid.are_two else []
    targets = [
        replace(t, rect=laid.over(t.rect) if parts.is_card(t) else laid.move(t.rect.y).rect(t.rect)) for t in keys
    ]
    return replace(
        body,
        marks=(
            *between,
            *(piece for rule in rules if isinstance(rule, Box) for piece in laid.pieces(rule)),
            *(moved(mark, laid.move(place_of(mark).y)) for mark in marks),
        ),
        targets=tuple(targets),
        field=replace(field, rect=laid.move(field.rect.y).rect(field.rect)) if field else None,
    )


def _is_rule(mark: Mark) -> bool:
    """A line down the page: it binds nothing together, and is parted with what it stands beside."""
    return isinstance(mark, Box) and mark.rect.w <= _rule_wide and mark.rect.h > _rule_high and not mark.rim


def _in_one_line(foot: list[Mark]) -> tuple[list[Mark], float]:
    """The footer with its last two lines side by side, and what that saves (rule 3)."""
    lines = [mark for mark in foot if isinstance(mark, Text) and mark.align == "left" and mark.w >= sizes.room]
    if len(lines) != 2:
        return foot, 0.0
    last, saved = lines[1], lines[1].leading
    other: dict[int, Mark] = {id(last): replace(last, y=last.y - saved, align="right")}
    ground = foot[0]
    if isinstance(ground, Box):
        other[id(ground)] = replace(ground, rect=replace(ground.rect, h=ground.rect.h - saved))
    return [other.get(id(mark), mark) for mark in foot], saved


def _within(target: Target) -> Target:
    """A key over the whole width is one over its column."""
    if target.rect.w < sizes.wide:
        return target
    return replace(target, rect=replace(target.rect, x=float(sizes.left), w=float(sizes.room)))


def staged(width: int, height: int) -> Callable[[Frame], Frame]:
    """How frames become a window's: as they are when it stands, in two columns when it lies."""
    return (lambda frame: lying(frame, width, height)) if width > height else (lambda frame: frame)


def _is_ground(rect: Rect, frame: Frame) -> bool:
    """The ground the footer stands on."""
    return rect.x == 0 and rect.w == sizes.wide and rect.bottom == frame.height


def _lines(mark: Mark) -> list[Mark]:
    """Pieces of a long text, so that it can be cut between lines: never behind the first or before the last one."""
    if not isinstance(mark, Text) or len(mark.lines) <= _whole_lines:
        return [mark]
    ends = [0, *range(2, len(mark.lines) - 1), len(mark.lines)]
    return [
        replace(mark, y=mark.y + first * mark.leading, lines=mark.lines[first:end]) for first, end in pairwise(ends)
    ]


def _spread(rect: Rect, down: float) -> Rect:
    """A footer key over its share of the whole width (rule 3)."""
    if rect.w >= sizes.wide:
        return Rect(0, rect.y + down, wide, rect.h)
    times = (wide - 2 * sizes.left) / sizes.room
    return Rect(sizes.left + (rect.x - sizes.left) * times, rect.y + down, rect.w * times, rect.h)


def _footed(mark: Mark, down: float) -> Mark:
    if isinstance(mark, Box):
        return replace(mark, rect=_spread(mark.rect, down))
    if isinstance(mark, Text) and mark.align != "center":
        return _stretched(mark, down)
    place = place_of(mark)
    over = _spread(place, down)
    if isinstance(mark, Text):
        return replace(mark, x=over.x, y=over.y, w=over.w)
    at = replace(place, x=over.x + (over.w - place.w) / 2, y=over.y)
    return replace(mark, rect=at) if isinstance(mark, Script) else placed(mark, at)


def _stretched(mark: Mark, down: float) -> Mark:
    """Header and last line: what stands left stays, what stands right goes right."""
    place = place_of(mark)
    if isinstance(mark, Box) and place.w >= sizes.wide:
        return replace(mark, rect=Rect(0, place.y + down, wide, place.h))
    far = wide - sizes.wide if _is_right(mark, place) else 0.0
    if isinstance(mark, Text):
        return replace(mark, x=mark.x + far, y=mark.y + down)
    at = replace(place, x=place.x + far, y=place.y + down)
    return replace(mark, rect=at) if isinstance(mark, (Box, Script)) else placed(mark, at)


def _is_right(mark: Mark, place: Rect) -> bool:
    if isinstance(mark, Text) and mark.align == "right":
        return True
    return place.x > sizes.wide / 2
