"""Finding by looking: the six sections, the topics and each unit's tree, lists of items."""

from collections.abc import Sequence
from dataclasses import replace

from content_sync.domain.disclosure.catalogue import node_name, tree
from kiosk.flow import lists, sizes, surroundings
from kiosk.flow.actions import Action, Change, GoHome, Open
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.list_row import Entry
from kiosk.flow.pages.finding import Catalogue, Guides, Listing, Section
from kiosk.flow.pages.plain import Help
from kiosk.flow.screens import six
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.view import Row
from kiosk.flow.voices import Opinion, Report

topic_icons = {"money": "money", "people": "people", "things": "things", "cases": "cases"}
_topic_order = ("money", "people", "things", "cases")


def section(sheet: Sheet, page: Section) -> None:
    """One of the six sections; an empty one says where to ask (CAT-12)."""
    surroundings.begin(sheet)
    surroundings.warnings(sheet)
    sheet.title(
        sheet.words(f"section_name.{page.section}"),
        sheet.words(f"section.{page.section}"),
        f"section_name.{page.section}",
    )
    rows = sheet.view.shelf.where("section", page.section)
    bottom = sheet.bottom
    sheet.bottom -= sheet.size.key + 2 * sheet.size.gap
    listed(sheet, rows, page)
    sheet.y, sheet.bottom = bottom - sheet.size.key, bottom
    six.draw(sheet, lambda other: Change(Section(other)), page.section)
    surroundings.finish(sheet)


def catalogue(sheet: Sheet, page: Catalogue) -> None:
    """Money, people, things, cases at once (CAT-06); below them the units, each with its tree."""
    surroundings.begin(sheet)
    surroundings.warnings(sheet)
    if page.unit:
        _tree(sheet, page)
    else:
        sheet.title(sheet.words("open.title"), sheet.words("open.note"), "home.open")
        sheet.reach()
        _topics(sheet)
        counted = _units(sheet)
        if sheet.left_over > 2 * sheet.size.key:
            if not sheet.state.low:
                sheet.heading(sheet.words("open.units"))
            everything = Entry(
                sheet.words("open.all"), Open(Listing()), sheet.words("open.count", n=len(sheet.view.rows)), "contents"
            )
            lists.draw(sheet, [*counted, everything], page.number, lambda n: replace(page, number=n), grows=True)
    surroundings.finish(sheet)


def listing(sheet: Sheet, page: Listing) -> None:
    """Items of a topic, of one node of a unit's tree, of a kind, or those that ask something."""
    surroundings.begin(sheet)
    surroundings.warnings(sheet)
    rows = sheet.view.shelf
    if page.asks and not rows.where("asks", True):
        _nothing_asked(sheet)
        surroundings.finish(sheet)
        return
    if page.topic:
        sheet.title(
            sheet.words("open.topic", topic=sheet.words(f"topic.{page.topic}")),
            sheet.words(f"open.{page.topic}"),
            f"topic.{page.topic}",
        )
        rows = rows.where("topics", page.topic)
    elif page.node:
        sheet.title(node_name(page.node), sheet.view.unit_name(page.unit))
        rows = rows.where("channel", _channel(sheet, page.unit)).where("node", page.node)
    elif page.kind:
        sheet.title(sheet.words(f"area.{page.kind}"))
        rows = rows.where("kind", page.kind)
    elif page.asks:
        sheet.title(sheet.words("poll.list"), sheet.words("poll.list_note"))
        rows = rows.where("asks", True)
    else:
        sheet.title(sheet.words("open.all"))
    listed(sheet, rows, page)
    surroundings.finish(sheet)


def listed(sheet: Sheet, rows: Sequence[Row], page: Section | Guides | Listing) -> None:
    """A list of items; an empty one says where to ask."""
    if rows:
        lists.rows(sheet, rows, page.number, lambda n: replace(page, number=n), grows=True)
    else:
        nothing(sheet, _place(page))


def _place(page: Section | Guides | Listing) -> str:
    """Where nothing was found, as a report names it."""
    parts = [getattr(page, name, "") for name in ("section", "service", "topic", "kind", "unit", "node")]
    return "/".join(part for part in parts if part)


def nothing(sheet: Sheet, place: str = "") -> None:
    """Nothing was put here: to say so is one touch away."""
    words = sheet.words
    lists.nothing(sheet, words("list.empty"), words("list.empty_advice"))
    sheet.reach()
    sheet.to_bottom(sheet.size.key + sheet.size.gap)
    keys: list[tuple[str, Action, str, str]] = [
        (words("report.missing"), Open(Report(place=place, claim="missing")), "speech", "filled"),
        (words("footer.help"), Open(Help()), "help", "plain"),
    ]
    sheet.keys(keys, 2)


def _nothing_asked(sheet: Sheet) -> None:
    """The last questionnaire ended while its way was open; what one has to say can be said all the same."""
    words = sheet.words
    lists.nothing(sheet, words("poll.none"), words("poll.none_advice"), "speech")
    sheet.reach()
    sheet.to_bottom(sheet.size.key + sheet.size.gap)
    keys: list[tuple[str, Action, str, str]] = [
        (words("home.opinion"), Open(Opinion()), "speech", "filled"),
        (words("gone.home"), GoHome(), "home", "plain"),
    ]
    sheet.keys(keys, 2)


def _topics(sheet: Sheet) -> None:
    """Four tiles: any item of a topic is two touches from the first page (CAT-06)."""
    size, gap, low = sheet.size, sheet.size.gap, sheet.state.low
    columns = 4 if low else 2
    high = size.key + (0 if low else 44)
    wide = (sizes.room - gap * (columns - 1)) / columns
    for n, topic in enumerate(_topic_order):
        rect = Rect(sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (high + gap), wide, high)
        label, count = (
            sheet.words("open.topic", topic=sheet.words(f"topic.{topic}")),
            len(sheet.view.shelf.where("topics", topic)),
        )
        if low:
            sheet.key(rect, label, Open(Listing(topic=topic)), icon=topic_icons[topic], stacked=True)
            aside = (rect.w - max(sheet.measure.width(label, size.body, bold=True), size.body * 1.3)) / 2 - 12
            sheet.beside(f"topic.{topic}", Rect(rect.right - aside - 4, rect.y + 6, aside, high - 12), size.body)
            continue
        sheet.add(Box(rect, "card", "rim", rim, radius))
        sheet.touchable(rect, label, Open(Listing(topic=topic)))
        side = round(size.head * 1.5)
        sheet.add(Icon(Rect(rect.x + 32, rect.y + (high - side) / 2, side, side), topic_icons[topic]))
        x, top = rect.x + 32 + side + 28, rect.y + (high - size.head * 1.3 - size.small * 1.5) / 2
        total, note = sheet.words("open.count", n=count), sheet.words(f"open.{topic}_short")
        first = sheet.measure.width(label, size.head, bold=True) + 16 + sheet.measure.width(total, size.small)
        second = x + max(first, sheet.measure.width(note, size.small)) + 16
        right = rect.right - 16
        right -= sheet.beside(f"topic.{topic}", Rect(second, rect.y + 12, right - second, high - 24), size.head)
        sheet.text(label, size.head, x=x, y=top, width=right - x, bold=True, most=1)
        sheet.text(
            total,
            size.small,
            x=x,
            y=top,
            width=right - 12 - x,
            color="soft",
            align="right",
            most=1,
            leading=size.head * 1.3,
        )
        sheet.text(note, size.small, x=x, y=top + size.head * 1.3, width=right + 4 - x, color="soft", most=1)
    sheet.y += -(-4 // columns) * (high + gap) + 4


def _channel(sheet: Sheet, unit: str) -> str:
    channels = sheet.view.county.channels if sheet.view.county else ()
    return next((channel.id for channel in channels if channel.unit == unit), unit)


def _units(sheet: Sheet) -> list[Entry]:
    """The units that sign a followed channel, with how much each has out."""
    county = sheet.view.county
    if county is None:
        return []
    entries = []
    for channel in county.channels:
        if channel.id in sheet.view.held:
            count = len(sheet.view.shelf.where("channel", channel.id))
            note = sheet.words("open.count", n=count)
            entries.append(Entry(sheet.view.unit_name(channel.unit), Open(Catalogue(channel.unit)), note, "hall"))
    return entries


def _tree(sheet: Sheet, page: Catalogue) -> None:
    """A unit's tree with counts; an empty node stays, so that what is missing is seen (CAT-01)."""
    county = sheet.view.county
    unit = next((u for u in county.units if u.id == page.unit), None) if county else None
    sheet.title(unit.name if unit else page.unit, sheet.words("open.tree"))
    channel = _channel(sheet, page.unit)
    rows = sheet.view.shelf.where("channel", channel)
    entries = []
    for node in tree(unit.level) if unit else ():
        count = len(rows.where("node", node.code))
        note = sheet.words("open.count", n=count) if count else sheet.words("open.none")
        entries.append(Entry(node.name, Open(Listing(unit=page.unit, node=node.code)), note))
    if entries:
        lists.draw(sheet, entries, page.number, lambda n: replace(page, number=n))
    else:
        nothing(sheet)
