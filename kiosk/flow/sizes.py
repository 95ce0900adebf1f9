"""The few sizes everything is set in (SCREENS A2), in design pixels of a 1080 wide screen.

1. Body is never below 28 px, in elder view never below 40 px; elder view is 1.4 times as large.
2. What one touches is at least 120 px in both directions, in elder view 144 px, and at least 12 px apart.
3. In low view everything one touches lies in the lower half.
"""

from dataclasses import dataclass

wide, high, left = 1080, 1920, 48
room = wide - 2 * left
header, reach = 112, 960


@dataclass(frozen=True)
class Sizes:
    """Type sizes, line heights as multiples, and the height of a key."""

    small: float
    body: float
    head: float
    title: float
    huge: float
    line: float
    key: float
    gap: float


normal = Sizes(small=30, body=36, head=46, title=64, huge=240, line=1.5, key=124, gap=16)
elder = Sizes(small=42, body=50, head=62, title=84, huge=280, line=1.6, key=148, gap=16)
