"""The few sizes everything is set in (SCREENS A2), in design pixels of a 1080 wide screen: the theme's (tokens.py).

1. Body is never below 28 px, in elder view never below 40 px; elder view is 1.4 times as large.
2. What one touches is at least 120 px in both directions, in elder view 144 px, and at least 12 px apart.
3. In low view everything one touches lies in the lower half.
"""

from dataclasses import dataclass

from kiosk.flow import tokens

wide, high, left = (tokens.spacing_canvas[name] for name in ("wide", "high", "margin"))
room = wide - 2 * left
header, reach = tokens.spacing_canvas["header"], tokens.spacing_canvas["reach"]
apart, radius, rim, chosen = (tokens.spacing_all[name] for name in ("apart", "radius", "rim", "chosen"))


@dataclass(frozen=True)
class Sizes:
    """Type sizes, line heights as multiples, and the height of a key; `least` is the smallest type, `key_least` key."""

    small: float
    body: float
    head: float
    title: float
    huge: float
    line: float
    least: float
    key: float
    key_least: float
    gap: float = tokens.spacing_all["gap"]


normal = Sizes(**tokens.type_normal, **tokens.spacing_normal)
elder = Sizes(**tokens.type_elder, **tokens.spacing_elder)
