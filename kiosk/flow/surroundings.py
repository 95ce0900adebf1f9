"""What surrounds the body of every touch screen: header, warnings about the content's age, footer (SCREENS A3).

1. The header has nothing to touch: it is too high for many.
2. The footer is the same on every screen, also on empty and error ones: keys, the supervision phone (SUP-04), and as of
   when the content is true (OFF-05): of an item's own channel, else of the oldest channel drawn (promise 6).
3. Content older than 3 days says so, older than 30 days says it in red; a doubtful clock says so too.
4. Two columns of a panel that lies hold more than one upright in large view: a page that would leave something out for
   want of room is laid out so much higher, `for_two`.
"""

from content_sync.domain import limits
from kiosk.flow import dates, footer, sizes
from kiosk.flow.board import moments
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.sheet import Sheet
from kiosk.flow.view import Edition

_key_top = 16
_two_hold = 160  # more than one upright in large view, on the flattest panel
column_end = sizes.header + 828.0  # of a column on the flattest panel in large view, before blanks are taken


def begin(sheet: Sheet, *, for_two: bool = False) -> None:
    """Header and the footer's keys; the body lies between them (rule 4)."""
    view, size = sheet.view, sheet.size
    if for_two and view.lies and sheet.state.elder and not sheet.state.low:
        sheet.high += _two_hold
    sheet.add(Box(Rect(sizes.left, 28, 18, 56), "red"))
    when = sheet.words("header.when", day=dates.weekday(sheet.words, view.now), clock=moments.clock(view.now))
    when_size = size.small
    wide = sheet.measure.width(when, when_size)
    name = view.site.name if view.site else sheet.words("header.no_site")
    room = sizes.room - 38 - 24 - wide
    name_size = next((s for s in (size.head, size.body) if sheet.measure.width(name, s, bold=True) <= room), size.small)
    sheet.text(name, name_size, x=sizes.left + 38, y=0, width=room, bold=True, most=1, leading=sizes.header)
    if sheet.name != "idle":  # there the clock is the largest thing
        x = sizes.left + sizes.room - wide
        sheet.text(when, when_size, x=x, y=0, width=wide, color="soft", align="right", leading=sizes.header)
    sheet.add(Box(Rect(0, sizes.header - 2, sizes.wide, 2), "line"))
    top = sheet.high - _footer_high(sheet)
    sheet.bottom = top - 16
    sheet.add(Box(Rect(0, top, sizes.wide, sheet.high - top), "card"), Box(Rect(0, top, sizes.wide, 2), "line"))
    footer.keys(sheet, top + _key_top)
    sheet.begin_body()


def _footer_high(sheet: Sheet) -> float:
    lines = 2 if sheet.state.elder else 1
    return _key_top + sheet.size.key + 10 + lines * _info_leading(sheet) + 10


def _info_leading(sheet: Sheet) -> float:
    return round(sheet.size.small * 1.4)


def finish(sheet: Sheet, channels: set[str] | None = None) -> None:
    """Phone and as-of line (rule 2)."""
    view, words, size = sheet.view, sheet.words, sheet.size
    leading = _info_leading(sheet)
    y = sheet.high - 10 - leading
    phone = words("footer.phone", phone=view.site.phone) if view.site else words("footer.no_phone")
    as_of = as_of_words(sheet, channels if channels is not None else sheet.channels)
    if sheet.state.elder:
        sheet.text(phone, size.small, y=y - leading, color="soft", most=1, leading=leading)
        sheet.text(as_of, size.small, y=y, color="soft", most=1, leading=leading)
        return
    sheet.text(phone, size.small, y=y, color="soft", most=1, leading=leading)
    sheet.text(as_of, size.small, y=y, color="soft", align="right", most=1, leading=leading)


def oldest(sheet: Sheet, channels: set[str]) -> Edition | None:
    """The edition whose moment counts for this screen (rule 2)."""
    held = [
        e for channel, e in sheet.view.held.items() if e.number and e.as_of and (not channels or channel in channels)
    ]
    return min(held, key=lambda edition: edition.as_of, default=None)


def as_of_words(sheet: Sheet, channels: set[str]) -> str:
    """内容截至 今天 9:38 · 第 318 期."""
    edition = oldest(sheet, channels)
    if edition is None:
        return sheet.words("footer.no_content")
    return sheet.words("footer.as_of", when=_moment(sheet, edition.as_of), number=edition.number)


def _moment(sheet: Sheet, as_of: str) -> str:
    from datetime import datetime

    now = sheet.view.now
    then = datetime.fromisoformat(as_of).astimezone(now.tzinfo)
    days = (now.date() - then.date()).days
    clock = moments.clock(then)
    if days <= 0:
        return sheet.words("moment.today", clock=clock)
    if days == 1:
        return sheet.words("moment.yesterday", clock=clock)
    return sheet.words("moment.day", day=dates.day(sheet.words, then.date().isoformat(), now), clock=clock)


def warnings(sheet: Sheet, channels: set[str] | None = None) -> None:
    """Rule 3, at the top of the body."""
    view, words = sheet.view, sheet.words
    edition = oldest(sheet, channels if channels is not None else set())
    days = moments.age_days(edition.as_of, view.now) if edition else 0
    if days >= limits.fresh_days_alarm:  # old content misleads more than a wrong clock
        _banner(sheet, words("warn.alarm", days=days), alarm=True)
    elif view.doubtful:
        _banner(sheet, words("warn.clock"), alarm=True)
    elif days >= limits.fresh_days_warn:
        _banner(sheet, words("warn.stale", days=days), alarm=False)


def _banner(sheet: Sheet, text: str, *, alarm: bool) -> None:
    size, pad = sheet.size.small, 20.0
    side = round(size * 1.3)
    inner = sizes.room - 2 * pad - side - 20
    lines = sheet.even(text, size, inner, most=3)
    leading = round(size * 1.4)
    high = leading * len(lines) + 2 * 14
    color = "red" if alarm else "rim"
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, high), "card", color, 4 if alarm else 2, 12))
    sheet.add(
        Icon(Rect(sizes.left + pad, sheet.y + (high - side) / 2, side, side), "warning", "red" if alarm else "soft")
    )
    x, ink = sizes.left + pad + side + 20, "red" if alarm else "ink"
    sheet.add(Text(x, sheet.y + 14, inner, lines, size, leading, ink))
    sheet.y += high + 20
