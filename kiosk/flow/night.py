"""The idle screen at night: the same picture in dark colours, so that an empty hall is not lit by it.

1. Between `limits.night_from_hour` and `limits.night_to_hour` of the place's own clock, and only while nobody is there;
   white on black is dark as it is.
2. Every pair of colours keeps the contrast the day theme keeps; a filled key gets a rim, for blue ends unseen on night.
"""

from dataclasses import replace
from datetime import datetime

from content_sync.domain import limits
from kiosk.flow import sizes
from kiosk.flow.frame import Box, Frame, Icon, Mark, Script, Text

_text = {"ink": "white", "soft": "mist", "blue": "lamp", "red": "lamp"}
_lines = {"blue": "lamp", "rim": "mist", "red": "lamp", "soft": "mist"}
_fills = {"paper": "night", "card": "night", "line": "rim", "wash": "black", "red": "lamp"}


def is_night(now: datetime) -> bool:
    """Rule 1."""
    return now.hour >= limits.night_from_hour or now.hour < limits.night_to_hour


def darkened(frame: Frame) -> Frame:
    """The frame in night colours."""
    marks = tuple(_dark(mark) for mark in frame.marks)
    return replace(frame, background="night", marks=marks)


def _dark(mark: Mark) -> Mark:
    if isinstance(mark, (Text, Script)):
        return replace(mark, color=_text.get(mark.color, mark.color))
    if isinstance(mark, Icon):
        return replace(mark, color=_lines.get(mark.color, mark.color))
    if isinstance(mark, Box):
        if mark.fill == "blue" and not mark.rim_width:
            return replace(mark, rim="mist", rim_width=sizes.rim)
        return replace(mark, fill=_fills.get(mark.fill, mark.fill), rim=_lines.get(mark.rim, mark.rim))
    return mark
