"""The lamps of an LED board and what fits on them.

1. From 64 px of height on a panel has a 16 px head line, and lines of 24 px below it where it is wide enough; lower or
   narrower panels have lines of 16 px.
2. A letter of 16 lamps is read from its height × 250: 40 m at a pitch of 10 mm, 16 m at 4 mm (SCREENS A5).
"""

from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from kiosk.flow import tokens

head, low, _body = (tokens.type_lamps[name] for name in ("head", "low", "body"))
sizes = (tokens.type_lamps["large"], _body, low)
_narrowest, _lowest, _wide = 64, 32, 120


@dataclass(frozen=True)
class Panel:
    """The lamps of a board, in px."""

    width: int
    height: int

    @property
    def has_head(self) -> bool:
        """Rule 1."""
        return self.height >= 64

    @property
    def size(self) -> int:
        """The px of a line of text."""
        return _body if self.has_head and self.width >= _wide else low

    @property
    def rows(self) -> int:
        """How many lines of text stand on a page."""
        return (self.height - (head if self.has_head else 0)) // self.size


def panel(text: str) -> Panel:
    """The panel of "192x64". Raises BadInput."""
    width, _, height = text.partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise BadInput(f"--size is {text!r}: give width x height in lamps, such as 192x64.")
    made = Panel(int(width), int(height))
    most = limits.led_side_px_max
    if not (_narrowest <= made.width <= most and _lowest <= made.height <= most):
        raise BadInput(f"--size is {text!r}: a panel has {_narrowest}x{_lowest} to {most}x{most} lamps.")
    return made
