"""What the terms find: beside the keys they are typed with, or on a page of its own.

1. As many results as fit stand beside the keys; one more key opens all of them.
2. What says only a part of it stands under 您是不是要找. Where nothing does, a person and browsing are one touch away.
"""

from dataclasses import replace

from kiosk.flow import lists, sizes, typed
from kiosk.flow.actions import Action, Change, Open
from kiosk.flow.frame import Rect
from kiosk.flow.pages.finding import Guides, Search
from kiosk.flow.pages.plain import Help
from kiosk.flow.sheet import Sheet


def beside_keys(sheet: Sheet, page: Search) -> None:
    """From the cursor down to the bottom."""
    if sheet.view.hits:
        _hits(sheet, page)
    else:
        _not_found(sheet, page)


def alone(sheet: Sheet, page: Search) -> None:
    """All results without the keys; near matches alone where there are none."""
    words, view, gap = sheet.words, sheet.view, sheet.size.gap
    bottom, sheet.bottom = sheet.bottom, sheet.bottom - sheet.size.key - gap
    if view.hits:
        sheet.title(words("search.found", n=len(view.hits)), typed.shown(page.terms))
    elif view.near:
        sheet.title(words("search.near"), words("search.near_note"))
    else:
        lists.nothing(sheet, words("search.nothing", terms=typed.shown(page.terms)), words("search.nothing_advice"))
        sheet.reach()
        sheet.to_bottom(sheet.size.key + gap)
        _ways_on(sheet)
    entries = [lists.entry(sheet, row) for row in view.hits or view.near]
    if entries:
        lists.draw(sheet, entries, page.number, lambda n: replace(page, number=n), grows=True)
    sheet.bottom = bottom
    rect = Rect(sizes.left, bottom - sheet.size.key, sizes.room, sheet.size.key)
    sheet.key(
        rect,
        words("search.letters" if page.ink is None else "search.hand_on"),
        Change(replace(page, found=False)),
        icon="search",
    )


def _not_found(sheet: Sheet, page: Search) -> None:
    """Rule 2."""
    words, size = sheet.words, sheet.size
    if sheet.view.near:
        _near(sheet, page, sheet.bottom - size.key - size.gap)
    else:
        sheet.text(words("search.nothing", terms=typed.shown(page.terms)), size.head, bold=True, most=2)
        sheet.y += 8
        sheet.text(_advised(sheet), size.body, color="soft", most=4)
        sheet.y += 20
    _ways_on(sheet)


def _advised(sheet: Sheet) -> str:
    """What to try, in full where it leaves the keys their room, else in short: never cut."""
    words, size = sheet.words, sheet.size
    room = sheet.left_over - 20 - size.key - size.gap
    lines = sheet.broken(words("search.nothing_advice"), size.body, sizes.room)
    is_short = len(lines) > 4 or len(lines) * sheet.leading(size.body) > room
    return words("search.nothing_short" if is_short else "search.nothing_advice")


def _near(sheet: Sheet, page: Search, bottom: float) -> None:
    """As many near matches as fit above `bottom`, at least one."""
    words, size = sheet.words, sheet.size
    sheet.heading(words("search.near"))
    entries = [lists.entry(sheet, row) for row in sheet.view.near]
    fitting = lists.split(lists.heights(sheet, entries), bottom - sheet.y, 12)[0][1]
    before, sheet.bottom = sheet.bottom, bottom
    lists.draw(sheet, entries[:fitting], 0, lambda _: page)
    sheet.bottom = before
    sheet.y += size.gap - 12


def _ways_on(sheet: Sheet) -> None:
    words = sheet.words
    keys: list[tuple[str, Action, str, str]] = [
        (words("search.browse"), Open(Guides()), "guide", "plain"),
        (words("search.ask"), Open(Help()), "help", "plain"),
    ]
    sheet.keys(keys, 2)


def _hits(sheet: Sheet, page: Search) -> None:
    """Rule 1."""
    words, size = sheet.words, sheet.size
    hits = sheet.view.hits
    entries = [lists.entry(sheet, row) for row in hits]
    tall = lists.heights(sheet, entries)
    first = lists.split(tall, sheet.left_over, 12)[0][1]
    if first < len(entries):
        first = lists.split(tall, sheet.left_over - size.key - 12, 12)[0][1]
        entries = [one._replace(more="") for one in entries]  # the room is the key's
    lists.draw(sheet, entries[:first], 0, lambda _: page)
    if first == len(entries) and sheet.view.near and sheet.left_over >= 2 * size.key + size.body * 2:
        _near(sheet, page, sheet.bottom)
    if first == len(entries) and sheet.left_over >= size.key + size.gap:
        sheet.y += 12
        _ways_on(sheet)
    if first < len(entries) and sheet.left_over >= size.key:
        rect = Rect(sizes.left, sheet.y, sizes.room, size.key)
        sheet.key(rect, words("search.all", n=len(hits)), Change(replace(page, found=True)), icon="contents")
