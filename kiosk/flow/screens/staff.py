"""How this device is, for whoever looks after it: plain words, one line a thing, what to do beside what is wrong.

1. Each line says well or not by an icon and a word, never by colour alone.
2. What `content-sync status` says beyond that stands on the last page in its own words, for a telephone call with the
   county.
3. The stick and the report afresh are the keys; the way out is the footer's.
"""

from content_sync.domain.disclosure.blocks import Block
from kiosk.flow import lists, sizes, surroundings, text_pages
from kiosk.flow.actions import CarryStick, LookAgain
from kiosk.flow.behind import Health
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.pages.staff import Staff
from kiosk.flow.screens.staff_lines import Line, lines
from kiosk.flow.sheet import Sheet

_gap = 20.0


def draw(sheet: Sheet, page: Staff) -> None:
    """The report and the keys."""
    words, size, health = sheet.words, sheet.size, sheet.view.behind.health
    surroundings.begin(sheet)
    sheet.title(words("staff.title"), words("staff.note"))
    bottom, high = sheet.bottom, 2 * size.key + size.gap
    sheet.bottom = bottom - high - size.gap
    if health is None:
        sheet.text(words("staff.asking"), size.head, color="soft", most=2)
    else:
        _report(sheet, health, page.number)
    sheet.bottom, sheet.y = bottom, bottom - high
    sheet.keys(
        [
            (words("staff.import"), CarryStick("import"), "down", "filled"),
            (words("staff.export"), CarryStick("export"), "up", "plain"),
            (words("staff.again"), LookAgain(), "clock", "plain"),
        ],
        2,
    )
    surroundings.finish(sheet)


def _report(sheet: Sheet, health: Health, number: int) -> None:
    """The lines, as many as fit a page; the problems have the pages after them (rule 2)."""
    told = lines(sheet, health)
    heights = [_high(sheet, line) for line in told]
    problems = _problems(sheet, health)
    single = not problems and sum(heights) <= sheet.left_over
    room = sheet.left_over - (0 if single else sheet.size.key + 16)
    pages = lists.split(heights, room, 0) if told else []
    laid = text_pages.lay(sheet, problems, room).pages if problems else ()
    count = len(pages) + len(laid)
    number = min(number, count - 1)
    if number < len(pages):
        for line in told[slice(*pages[number])]:
            _line(sheet, line)
    else:
        text_pages.draw(sheet, laid[number - len(pages)])
    if count > 1:
        sheet.y = sheet.bottom - sheet.size.key
        lists.turner(sheet, number, count, Staff)


def _problems(sheet: Sheet, health: Health) -> list[Block]:
    if not health.problems:
        return []
    heading = sheet.words("staff.failed" if health.failed else "staff.problems")
    return [Block("h2", heading), *(Block("p", problem) for problem in health.problems)]


def _indent(sheet: Sheet) -> float:
    return round(sheet.size.body * 1.2) + 24


def _broken(sheet: Sheet, line: Line) -> tuple[str, ...]:
    wide = sizes.room - _indent(sheet)
    return sheet.even(line.said, sheet.size.body, wide, bold=not line.well, most=2)


def _high(sheet: Sheet, line: Line) -> float:
    size = sheet.size
    return round(size.small * 1.4) + sheet.leading(size.body) * len(_broken(sheet, line)) + _gap


def _line(sheet: Sheet, line: Line) -> None:
    """Rule 1: what it is small above, how it is below."""
    size, indent = sheet.size, _indent(sheet)
    side, small, color = round(size.body * 1.2), round(size.small * 1.4), "ink" if line.well else "red"
    at = Rect(sizes.left, sheet.y + small + size.body * 0.15, side, side)
    sheet.add(Icon(at, "check" if line.well else "warning", "blue" if line.well else "red"))
    x, wide = sizes.left + indent, sizes.room - indent
    sheet.text(line.name, size.small, x=x, y=sheet.y, width=wide, color="soft", most=1, leading=small)
    leading = sheet.leading(size.body)
    whole = Rect(sizes.left, sheet.y, sizes.room, _high(sheet, line) - _gap / 2)
    sheet.add(Box(whole))  # not drawn: it keeps both and the line below in one column
    sheet.add(Text(x, sheet.y + small, wide, _broken(sheet, line), size.body, leading, color, not line.well))
    sheet.y += _high(sheet, line)
    sheet.add(Box(Rect(sizes.left, sheet.y - _gap / 2, sizes.room, 2), "line"))
