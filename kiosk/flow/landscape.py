"""A touch screen on a panel that lies: the upright picture's body becomes two columns, what one reads left, keys right.

1. Every screen is laid out once, upright; this is one rule for all of them, so that none can be forgotten.
2. The body is cut between two lines or keys, never through one: where the gap is large and both parts fit their column,
   of about one height. Long paragraphs are cut between lines, a keypad only when there is no choice.
3. What fits nowhere whole (a sheet to write on, a tall picture) is made smaller with its column, as little as possible.
4. Header and footer keep their heights and go over the whole width; the footer's keys stay where they are, always.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kiosk.flow import sizes
from kiosk.flow.frame import Box, Code, Drawn, Frame, Icon, Mark, Picture, Rect, Script, Target, Text

apart = 64.0  # between the columns
wide = 2 * sizes.room + 2 * sizes.left + apart
_shift = sizes.room + apart
_above, _below = 28.0, 16.0
_large_share = 0.6
_whole_lines = 3
_of_a_grid = 3


@dataclass(frozen=True)
class _Move:
    """x and y of a place on the new picture from that on the old one: scaled about its origin, then moved."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    from_x: float = 0.0
    from_y: float = 0.0

    def rect(self, rect: Rect) -> Rect:
        """Where a rectangle goes."""
        x, y = self.x + (rect.x - self.from_x) * self.scale, self.y + (rect.y - self.from_y) * self.scale
        return Rect(x, y, rect.w * self.scale, rect.h * self.scale)


def lying(frame: Frame, width: int, height: int) -> Frame:
    """The upright frame for a panel of this shape."""
    high = round(wide * height / width)
    top = next((b.rect.y for b in frame.marks if isinstance(b, Box) and _is_ground(b.rect, frame)), float(frame.height))
    down = high - frame.height
    head = [_stretched(mark, 0) for mark in frame.marks if _place(mark).y < sizes.header]
    foot = [_footed(mark, down) for mark in frame.marks if _place(mark).y >= top]
    keys = [replace(t, rect=_spread(t.rect, down)) for t in frame.targets if t.rect.y >= top]
    body = replace(
        frame,
        marks=tuple(line for m in frame.marks if sizes.header <= _place(m).y < top for line in _lines(m)),
        targets=tuple(target for target in frame.targets if target.rect.y < top),
    )
    made = _in_columns(body, Rect(0, sizes.header, wide, top + down - sizes.header))
    marks, targets = (*head, *made.marks, *foot), (*made.targets, *keys)
    return replace(made, width=round(wide), height=high, marks=marks, targets=targets)


def _in_columns(body: Frame, room: Rect) -> Frame:
    """The body's marks, keys and field in their new places."""
    keys = [_within(target) for target in body.targets]
    field = body.field
    groups = _groups([*map(_place, body.marks), *(t.rect for t in keys), *([field.rect] if field else [])])
    if not groups:
        return body
    cut = _cut(groups, room.h - _above - _below, [_keys_in(group, keys) for group in groups])
    left, right = _moves(groups, cut, room)
    border, two = groups[cut][1] - 0.5, cut < len(groups) - 1

    def column(y: float) -> _Move:
        return left if y < border or not two else right

    line = Rect(wide / 2 - 1, room.y + _above, 2, room.h - _above - _below)
    between = [Box(line, "line")] if two else []
    targets = [replace(target, rect=column(target.rect.y).rect(target.rect)) for target in keys]
    return replace(
        body,
        marks=(*between, *(_moved(mark, column(_place(mark).y)) for mark in body.marks)),
        targets=tuple(targets),
        field=replace(field, rect=column(field.rect.y).rect(field.rect)) if field else None,
    )


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


def _place(mark: Mark) -> Rect:
    if isinstance(mark, Text):
        return Rect(mark.x, mark.y, mark.w, mark.leading * len(mark.lines))
    return mark.rect


def _lines(mark: Mark) -> list[Mark]:
    """Each line of a long text by itself (rule 2)."""
    if not isinstance(mark, Text) or len(mark.lines) <= _whole_lines:
        return [mark]
    return [replace(mark, y=mark.y + n * mark.leading, lines=(line,)) for n, line in enumerate(mark.lines)]


def _groups(rects: Sequence[Rect]) -> list[tuple[float, float]]:
    """Top and bottom of what stands together, from above; between two of them may be cut."""
    found: list[tuple[float, float]] = []
    for rect in sorted(rects, key=lambda rect: rect.y):
        if found and rect.y < found[-1][1] - 0.5:
            found[-1] = (found[-1][0], max(found[-1][1], rect.bottom))
        else:
            found.append((rect.y, rect.bottom))
    return found


def _keys_in(group: tuple[float, float], keys: Sequence[Target]) -> tuple[float, ...]:
    """Where the keys of a row begin, when it is one of a grid."""
    found = sorted(key.rect.x for key in keys if group[0] <= key.rect.y < group[1])
    return tuple(found) if len(found) >= _of_a_grid else ()


def _cut(groups: Sequence[tuple[float, float]], room: float, rows: Sequence[tuple[float, ...]]) -> int:
    """The last group of the left column (rule 2); all of them when there is only one."""

    def score(n: int) -> tuple[bool, float]:
        left, right = groups[n][1] - groups[0][0], groups[-1][1] - groups[n + 1][0]
        grid = bool(rows[n]) and bool(set(rows[n]) & set(rows[n + 1]))
        gap = -80.0 if grid else min(80.0, groups[n + 1][0] - groups[n][1])
        fits = max(left, right) <= room
        return fits, (8 * gap - abs(left - right)) if fits else -max(left, right)

    return max(range(len(groups) - 1), key=score, default=0)


def _moves(groups: Sequence[tuple[float, float]], cut: int, room: Rect) -> tuple[_Move, _Move]:
    """Where both columns go: from the top; short ones stand in the middle, keys below a short text at the bottom."""
    free = room.h - _above - _below
    left, right = (groups[0][0], groups[cut][1]), (groups[min(cut + 1, len(groups) - 1)][0], groups[-1][1])
    begins = left[0] - sizes.header <= 2 * _above
    if cut == len(groups) - 1:  # one thing alone stands in the middle
        scale = min(1.0, free / (left[1] - left[0]))
        x = (wide - sizes.wide * scale) / 2
        return (_Move(x, room.y + _above + (free - (left[1] - left[0]) * scale) / 2, scale, 0, left[0]),) * 2
    moves = []
    for n, (top, bottom) in enumerate((left, right)):
        scale = min(1.0, free / (bottom - top))
        spare = free - (bottom - top) * scale
        if not begins:
            spare /= 2
        elif n == 0 or bottom - top > _large_share * free:
            spare = 0
        x = sizes.left + n * _shift + (1 - scale) * sizes.room / 2
        moves.append(_Move(x, room.y + _above + spare, scale, sizes.left, top))
    return moves[0], moves[1]


def _moved(part: Mark, move: _Move) -> Mark:
    if isinstance(part, Text):
        place = move.rect(Rect(part.x, part.y, part.w, 0))
        size, leading = part.size * move.scale, part.leading * move.scale
        return replace(part, x=place.x, y=place.y, w=place.w, size=size, leading=leading)
    if isinstance(part, Script):
        return replace(part, rect=move.rect(part.rect), size=part.size * move.scale)
    if isinstance(part, Box):
        return replace(part, rect=move.rect(part.rect), radius=part.radius * move.scale)
    return _at(part, move.rect(part.rect))


def _at(mark: Icon | Code | Drawn | Picture, rect: Rect) -> Mark:
    match mark:
        case Icon():
            return replace(mark, rect=rect)
        case Code():
            return replace(mark, rect=rect)
        case Drawn():
            return replace(mark, rect=rect)
        case Picture():
            return replace(mark, rect=rect)


def _spread(rect: Rect, down: float) -> Rect:
    """A footer key over its share of the whole width (rule 4)."""
    if rect.w >= sizes.wide:
        return Rect(0, rect.y + down, wide, rect.h)
    times = (wide - 2 * sizes.left) / sizes.room
    return Rect(sizes.left + (rect.x - sizes.left) * times, rect.y + down, rect.w * times, rect.h)


def _footed(mark: Mark, down: float) -> Mark:
    if isinstance(mark, Box):
        return replace(mark, rect=_spread(mark.rect, down))
    if isinstance(mark, Text) and mark.align != "center":
        return _stretched(mark, down)
    place = _place(mark)
    over = _spread(place, down)
    if isinstance(mark, Text):
        return replace(mark, x=over.x, y=over.y, w=over.w)
    at = replace(place, x=over.x + (over.w - place.w) / 2, y=over.y)
    return replace(mark, rect=at) if isinstance(mark, Script) else _at(mark, at)


def _stretched(mark: Mark, down: float) -> Mark:
    """Header and last line: what stands left stays, what stands right goes right."""
    place = _place(mark)
    if isinstance(mark, Box) and place.w >= sizes.wide:
        return replace(mark, rect=Rect(0, place.y + down, wide, place.h))
    far = wide - sizes.wide if _is_right(mark, place) else 0.0
    if isinstance(mark, Text):
        return replace(mark, x=mark.x + far, y=mark.y + down)
    at = replace(place, x=place.x + far, y=place.y + down)
    return replace(mark, rect=at) if isinstance(mark, (Box, Script)) else _at(mark, at)


def _is_right(mark: Mark, place: Rect) -> bool:
    if isinstance(mark, Text) and mark.align == "right":
        return True
    return place.x > sizes.wide / 2
