"""A screen in the making: type (kiosk.flow.paper) and keys.

1. A key's words shrink to the next smaller size before they break, and break before they end in …; a Latin word is
   set smaller rather than cut.
2. A key is plain, filled (the one thing to do next) or chosen (outline and tick); its rim shows where it ends.
"""

from collections.abc import Sequence

from kiosk.flow import sizes
from kiosk.flow.actions import Action
from kiosk.flow.evenly import evenly
from kiosk.flow.frame import Align, Box, Icon, Rect, Text
from kiosk.flow.paper import Paper

radius, rim = sizes.radius, sizes.rim


class Sheet(Paper):
    """One screen in the making."""

    def key(
        self,
        rect: Rect,
        label: str,
        action: Action,
        *,
        icon: str = "",
        note: str = "",
        look: str = "plain",
        size: float = 0,
        stacked: bool = False,
    ) -> None:
        """A key: `look` is plain, filled (the one thing to do next) or chosen (outline and tick)."""
        filled, chosen = look == "filled", look == "chosen"
        ink = "on_blue" if filled else "ink"
        tone = "on_blue" if filled else "blue"
        self.add(
            Box(
                rect,
                "blue" if filled else "card",
                "blue" if chosen else "" if filled else "rim",
                sizes.chosen if chosen else rim,
                radius,
            )
        )
        self.touchable(rect, label, action)
        icon = "check" if chosen and not stacked else icon
        size = size or self.size.body
        if stacked:
            self._stacked(rect, label, icon, size, ink, tone, bold=chosen or filled)
            return
        side = round(size * 1.15) if icon else 0
        inner = rect.w - 40 - (side + 16 if side else 0)
        bold = filled or chosen or bool(note)
        em = (size, self.size.body, self.size.small)
        whole = [s for s in em if self._is_whole(label, s, inner)]
        fitting = [s for s in whole if len(self.broken(label, s, inner, bold=True)) <= (1 if note else 2)]
        one_line = [s for s in em[:2] if self.measure.width(label, s, bold=True) <= inner]
        size = (one_line or fitting or em[-1:])[0]
        lines = self.broken(label, size, inner, bold=bold, most=2)
        if len(lines) == 2 and len(self.measure.lines(label, size, inner, bold=bold)) == 2:
            lines = evenly(self.measure, label, size, inner, 2, bold=bold)
        notes = self.broken(note, self.size.small, inner, most=2) if note else ()
        self._centred(rect, lines, notes, icon, side, size, ink, tone, bold=bold)

    def _is_whole(self, label: str, size: float, room: float) -> bool:
        """Whether every Latin word stands on one line (rule 1)."""
        return all(self.measure.width(word, size, bold=True) <= room for word in label.split() if word.isascii())

    def _stacked(self, rect: Rect, label: str, icon: str, size: float, ink: str, tone: str, *, bold: bool) -> None:
        side, leading = round(size * 1.3), round(size * 1.3)
        top = rect.y + (rect.h - side - leading - 4) / 2
        self.add(Icon(Rect(rect.x + (rect.w - side) / 2, top, side, side), icon, tone))
        self.text(
            label,
            size,
            x=rect.x,
            y=top + side + 4,
            width=rect.w,
            color=ink,
            bold=bold,
            align="center",
            most=1,
            leading=leading,
        )

    def _centred(
        self, rect: Rect, lines: tuple[str, ...], notes: tuple[str, ...], icon: str, side: float, size: float,
        ink: str, tone: str, *, bold: bool,
    ) -> None:  # fmt: skip
        wide = max(self.measure.width(line, size, bold=bold) for line in lines)
        wide = max([wide, *(self.measure.width(line, self.size.small) for line in notes)])
        x = rect.x + (rect.w - wide - (side + 16 if side else 0)) / 2
        leading, small = round(size * 1.3), round(self.size.small * 1.35)
        top = rect.y + (rect.h - leading * len(lines) - small * len(notes)) / 2
        if side:
            behind = icon == "next"
            at = x + wide + 16 if behind else x
            self.add(Icon(Rect(at, rect.y + (rect.h - side) / 2, side, side), icon, tone))
            x += 0 if behind else side + 16
        align: Align = "left" if side else "center"
        self.add(Text(x, top, wide, lines, size, leading, ink, bold, align))
        if notes:
            color = ink if ink == "on_blue" else "soft"
            self.add(Text(x, top + leading * len(lines), wide, notes, self.size.small, small, color, align=align))

    def tall(self, count: int, columns: int, bottom: float) -> float:
        """How high keys may be that end above `bottom`: half as high again as a key where there is room."""
        rows, gap = -(-count // columns), self.size.gap
        return max(self.size.key, min(self.size.key * 1.5, (bottom - self.y) / rows - gap))

    def keys(
        self, keys: Sequence[tuple[str, Action, str, str]], columns: int, high: float = 0, size: float = 0
    ) -> None:
        """Rows of equal keys at the cursor: (label, action, icon, look)."""
        gap, high = self.size.gap, high or self.size.key
        wide = (sizes.room - gap * (columns - 1)) / columns
        for n, (label, action, icon, look) in enumerate(keys):
            x = sizes.left + (n % columns) * (wide + gap)
            alone = columns == 2 and n % 2 == 0 and n == len(keys) - 1
            rect = Rect(x, self.y + (n // columns) * (high + gap), sizes.room if alone else wide, high)
            self.key(rect, label, action, icon=icon, look=look, size=size)
        self.y += -(-len(keys) // columns) * (high + gap)
