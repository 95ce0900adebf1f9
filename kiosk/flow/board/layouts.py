"""Which zones an LCD board has, and where (OFF-07, GUI-05).

1. Every layout has the feedback zone and the bottom line, in places that nothing else may use; a layout without them
   cannot be made (SUP-02).
2. An emergency takes everything above them; where numbers are called, the newest stay beside it (CAT-17).
3. `hall`: calls and notices. `window`: one window's number and plate. `plates`: who is on duty where. `notices`: no
   calls, for a reading room or a community.
4. A panel that stands upright has the same zones below each other.
5. A zone that would be too small for its text is refused with what to do instead, never squeezed.
"""

from dataclasses import dataclass

from content_sync.domain.county import Site
from content_sync.domain.errors import BadInput
from kiosk.flow.board.lcd_grid import Zone
from kiosk.flow.frame import Rect

names = ("hall", "window", "plates", "notices")
_calls_wide, _feedback_high, _bar_high, _bar_of_two_high = 712.0, 304.0, 108.0, 184.0
_strip_high = 110.0
_least = {  # width, height of the upper part
    "hall": (1600.0, 488.0),
    "window": (1400.0, 420.0),
    "plates": (1400.0, 480.0),
    "notices": (1000.0, 388.0),
    "upright": (1000.0, 1180.0),
}


@dataclass(frozen=True)
class Layout:
    """The zones of a board in design px; `window` is the number of the window it belongs to, 0 for none."""

    name: str
    width: int
    height: int
    feedback: Zone
    bar: Zone
    emergency: Zone
    calls: Zone | None = None
    strip: Zone | None = None
    notice: Zone | None = None
    desk: Zone | None = None
    plates: Zone | None = None
    window: int = 0

    @property
    def parts(self) -> tuple[Zone, ...]:
        """The zones above the feedback zone when there is no emergency."""
        return tuple(zone for zone in (self.calls, self.notice, self.desk, self.plates) if zone)


def usual(site: Site | None) -> str:
    """The layout of a board that was told nothing: a hall with windows calls numbers."""
    return "hall" if site is None or site.services else "notices"


def layout(name: str, width: int = 1920, height: int = 1080, window: int = 0) -> Layout:
    """The layout on a canvas (kiosk.flow.board.sight). Raises BadInput: rule 5, or a window board of no window."""
    if name not in names:
        raise BadInput(f"--layout is {name!r}: there is {', '.join(names)}.")
    if name == "window" and window < 1:
        raise BadInput("A window board needs the number of its window: --window 3.")
    upright = height > width
    bar_high = _bar_high if width >= 1500 else _bar_of_two_high
    upper = height - bar_high - _feedback_high
    least = _least["upright" if upright else name]
    if width < least[0] or upper < least[1]:
        raise BadInput(
            f"The layout {name} has no room on {width}x{height}: choose a larger panel, a shorter --distance,"
            f" or another --layout."
        )
    made = _upright if upright else _across
    return made(name, float(width), float(height), upper, Rect(0, height - bar_high, width, bar_high), window)


def _across(name: str, wide: float, high: float, upper: float, bar: Rect, window: int) -> Layout:
    size, top, below = (int(wide), int(high)), Zone(Rect(0, 0, wide, upper)), Rect(0, upper, wide, _feedback_high)
    if name == "hall":
        calls, left = Rect(0, 0, _calls_wide, bar.y), wide - _calls_wide
        return Layout(
            name, *size, Zone(Rect(_calls_wide, upper, left, _feedback_high)), Zone(bar), top,
            calls=Zone(calls), strip=Zone(Rect(0, upper, _calls_wide, _feedback_high)),
            notice=Zone(Rect(_calls_wide, 0, left, upper)),
        )  # fmt: skip
    if name == "window":
        shorter = Zone(Rect(0, 0, wide, upper - _strip_high))
        strip = Zone(Rect(0, upper - _strip_high, wide, _strip_high))
        return Layout(name, *size, Zone(below), Zone(bar), shorter, strip=strip, desk=top, window=window)
    if name == "plates":
        return Layout(name, *size, Zone(below), Zone(bar), top, plates=top)
    return Layout(name, *size, Zone(below), Zone(bar), top, notice=top)


def _upright(name: str, wide: float, high: float, upper: float, bar: Rect, window: int) -> Layout:
    """Rule 4."""
    size, top, below = (int(wide), int(high)), Zone(Rect(0, 0, wide, upper)), Zone(Rect(0, upper, wide, _feedback_high))
    if name in ("hall", "window"):
        part = 720.0 if name == "hall" else upper
        strip_high = 320.0 if name == "hall" else _strip_high
        strip = Zone(Rect(0, upper - strip_high, wide, strip_high))
        alarm = Zone(Rect(0, 0, wide, upper - strip_high))
        if name == "window":
            return Layout(name, *size, below, Zone(bar), alarm, strip=strip, desk=top, window=window)
        return Layout(
            name, *size, below, Zone(bar), alarm,
            calls=Zone(Rect(0, 0, wide, part)), strip=strip, notice=Zone(Rect(0, part, wide, upper - part)),
        )  # fmt: skip
    if name == "plates":
        return Layout(name, *size, below, Zone(bar), top, plates=top)
    return Layout(name, *size, below, Zone(bar), top, notice=top)
