"""How this device is, for whoever looks after it: plain words, one line a thing, what to do beside what is wrong.

1. Each line says well or not by an icon and a word, never by colour alone.
2. What `content-sync status` says beyond that stands on the pages after it: what it means here, and where that is no
   more than a technician's beginning also the command's own words, for a telephone call with the county.
3. The stick and the report afresh are the keys; the way out is the footer's.
"""

from content_sync.domain.disclosure.blocks import Block
from kiosk.flow import lists, sizes, surroundings, text_pages
from kiosk.flow.actions import CarryStick, LookAgain
from kiosk.flow.behind import Health, Problem
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.pages.staff import Staff
from kiosk.flow.screens.staff_lines import Line, lines
from kiosk.flow.sheet import Sheet

_gap = 20.0
_in_a_line = frozenset({"printer", "paper", "speaker", "disk", "clock"})
_technical = frozenset({"store", "record", "desk", "offset"})
_of_none = {"_server": "staff.of_server", "_blobs": "staff.of_files"}  # no channel's own, as content_sync.pull says


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
    """Rule 2."""
    words = sheet.words
    if health.failed:
        return [Block("h2", words("staff.failed")), *(Block("p", one.sentence) for one in health.problems)]
    told = [block for one in health.problems for block in _told(sheet, one)]
    return [Block("h2", words("staff.problems")), *told] if told else []


def _told(sheet: Sheet, problem: Problem) -> tuple[Block, ...]:
    """What it means here; nothing where a line above says it already."""
    kind, _, which = problem.about.partition(":")
    if kind in _in_a_line:
        return ()
    words = sheet.words
    own = Block("li", words("staff.own_words", sentence=problem.sentence))
    if kind == "content":
        key = _of_none.get(which, "staff.of_content")
        return (Block("p", words(key, unit=_unit(sheet, which))), own)
    if kind == "section":
        return (Block("p", words("staff.of_section", section=words(f"section_name.{which}"))),)
    if kind in {"hand", "letters"}:
        return (Block("p", words(f"staff.of_{kind}_{which}")),)
    return (Block("p", words(f"staff.of_{kind}")), own) if kind in _technical else (Block("p", problem.sentence),)


def _unit(sheet: Sheet, channel: str) -> str:
    """Whose channel it is; its own name before anybody said."""
    channels = sheet.view.county.channels if sheet.view.county else ()
    return sheet.view.unit_name(next((one.unit for one in channels if one.id == channel), "")) or channel


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
