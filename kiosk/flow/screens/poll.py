"""A questionnaire by taps alone (EVA-03): one question at a time, anonymous, once for each visitor.

1. A tap answers and leads on; 返回 leads back. A question may be passed over; nothing is chosen in advance.
2. Nothing is sent before 送出, and then only what was tapped.
3. Where a panel answers too, whoever has a code says so on the first question, and then answers the same.
"""

from collections.abc import Callable
from dataclasses import replace

from content_sync.domain.disclosure.items import Notice
from content_sync.domain.disclosure.polls import Ask
from content_sync.domain.disclosure.sheets import questions_of
from kiosk.flow import lists, sizes, surroundings
from kiosk.flow.actions import Action, Change, Send
from kiosk.flow.frame import Icon, Rect
from kiosk.flow.screens import gone
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Panel, Poll, tapped

_short = 24


def draw(sheet: Sheet, page: Poll) -> None:
    """The question on the glass, or the last page."""
    asked = questions_of(sheet.view.item[0]) if sheet.view.item else ()
    if not sheet.view.item or not asked:
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet)
    if page.at > len(asked):
        _end(sheet, page, len(asked))
    else:
        _question(sheet, page, asked[page.at - 1], len(asked))
    surroundings.finish(sheet, {item.channel})


def _question(sheet: Sheet, page: Poll, ask: Ask, count: int) -> None:
    words, size = sheet.words, sheet.size
    of = words("poll.of", number=page.at, count=count)
    sheet.text(words("panel.name") + "　" + of if page.code else of, size.body, color="soft", most=1)
    sheet.text(ask.text, size.title if len(ask.text) <= _short else size.head, bold=True, most=5)
    sheet.y += 16
    sheet.reach()
    skip = Rect(sizes.left, sheet.bottom - size.key, sizes.room, size.key)
    given = dict(page.answers).get(page.at)
    keys: list[tuple[str, Action, str, str]] = []
    for option, text in enumerate(ask.options, 1):
        keys.append((text, Change(tapped(page, option)), "", "chosen" if option == given else "plain"))
    _options(sheet, keys, page.number, skip.y - size.gap, lambda n: replace(page, number=n))
    passed = replace(page, at=page.at + 1, number=0)
    if page.at == 1 and _asks_panel(sheet) and not page.code:  # rule 3
        half = (skip.w - size.gap) / 2
        code = Rect(skip.x + half + size.gap, skip.y, half, skip.h)
        skip = Rect(skip.x, skip.y, half, skip.h)
        sheet.key(code, words("panel.open"), Change(Panel(page.item)), icon="pen")
    sheet.key(skip, words("poll.skip"), Change(passed), icon="next")


def _asks_panel(sheet: Sheet) -> bool:
    body = sheet.view.item[0].body if sheet.view.item else None
    return isinstance(body, Notice) and body.panel and sheet.view.can_seal


def _options(
    sheet: Sheet, keys: list[tuple[str, Action, str, str]], number: int, bottom: float, turned: Callable[[int], Poll]
) -> None:
    """In one column where all fit, else in two, else by pages."""
    row = sheet.size.key + sheet.size.gap
    rows = max(1, int((bottom + sheet.size.gap - sheet.y) // row))
    columns = 1 if len(keys) <= rows else 2
    if len(keys) <= rows * columns:
        tall, large = sheet.tall(len(keys), columns, bottom), 0.0
        if columns == 1:  # few options take the room there is
            tall = max(tall, min(sheet.size.key * 2, (bottom - sheet.y) / len(keys) - sheet.size.gap))
            large = sheet.size.head
        sheet.keys(keys, columns, high=tall, size=large)
        return
    here = (rows - 1) * columns
    pages = -(-len(keys) // here)
    number = min(number, pages - 1)
    sheet.keys(keys[number * here : (number + 1) * here], columns)
    sheet.y = bottom - sheet.size.key
    lists.turner(sheet, number, pages, turned)


def _end(sheet: Sheet, page: Poll, count: int) -> None:
    words, size = sheet.words, sheet.size
    answers = len(page.answers)
    done = page.item in sheet.state.polled and not page.code
    send = Rect(sizes.left, sheet.bottom - size.key - 16, sizes.room, size.key + 16)
    if done or not answers:
        sheet.title(words("poll.done") if done else words("poll.empty"), words("poll.back"))
        sheet.settle(send.y)
    else:
        side = round(size.title * 2.4)
        sheet.add(Icon(Rect((sizes.wide - side) / 2, sheet.y, side, side), "check"))
        sheet.y += side + 28
        sheet.text(words("poll.end"), size.title * 1.3, bold=True, align="center", most=1)
        sheet.text(words("poll.answered", number=answers, count=count), size.head, align="center", most=2)
        sheet.y += 16
        nameless = words("panel.nameless") if page.code else words("poll.nameless")
        sheet.text(nameless, size.head, align="center", color="soft", most=3)
        sheet.settle(send.y)
        sheet.key(send, words("poll.send"), Send(), icon="check", look="filled", size=size.head)
