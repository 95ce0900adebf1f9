"""Screens of a few sentences: thanks, where to apply, first start, please wait, time runs out."""

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow import ladder, sizes, surroundings, text_pages
from kiosk.flow.actions import Action, FetchHelp, Finish, GoHome, Open, PrintReceipt, Stay
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.pages.finding import Search
from kiosk.flow.pages.hall import Services
from kiosk.flow.pages.plain import Apply, Thanks
from kiosk.flow.receipt_slip import printable
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.voices import Application, Opinion, Progress

_with_receipt, _able = frozenset(printable), ("ready", "low")
Key = tuple[str, Action, str, str]


def thanks(sheet: Sheet, page: Thanks) -> None:
    """It was sent; what can be asked about later has a receipt number, the largest thing here.

    A panel's sheet is thanked for without a promise: whether its code was spent the server says, if it is reached.
    """
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    lost, uncounted = _is_lost(sheet, page), page.what == "panel" and sheet.view.uncounted
    what = "unsealed" if lost else "uncounted" if uncounted else page.what
    done = Rect(sizes.left, sheet.bottom - size.key - 16, sizes.room, size.key + 16)
    if what in _with_receipt:
        side = round(size.title * 1.3)
        sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "check"))
        inner = sizes.room - side - 24
        sheet.text(words(f"thanks.{what}"), size.title, x=sizes.left + side + 24, width=inner, bold=True, most=2)
        sheet.y += 24
        _receipt(sheet)
        sheet.y += 40
        steps = [(words(f"thanks.{what}_{n}"), words(f"thanks.{what}_{n}_note")) for n in (1, 2, 3)]
        ladder.draw(sheet, steps, -1, done.y - 24)
    else:
        side = round(size.title * 2.4)
        sheet.add(Icon(Rect((sizes.wide - side) / 2, sheet.y, side, side), "warning" if lost or uncounted else "check"))
        sheet.y += side + 28
        sheet.text(words(f"thanks.{what}"), size.title * 1.3, bold=True, align="center", most=2)
        sheet.y += 16
        sheet.text(words(f"thanks.{what}_note"), size.head, align="center", most=4)
        sheet.settle(done.y)
    may = bool(sheet.state.handout) or sheet.state.handouts < limits.handouts_per_visit_max
    if what in printable and sheet.state.receipt and sheet.view.printer in _able and may:
        _paper(sheet, what, done)
    else:
        sheet.key(done, words("thanks.done"), GoHome(), icon="home", look="filled", size=size.head)
    surroundings.finish(sheet)


def _is_lost(sheet: Sheet, page: Thanks) -> bool:
    """Whether the key to seal it with is gone: then nothing was kept."""
    return (page.what == "application" and not sheet.state.receipt) or (
        page.what == "panel" and not sheet.view.can_seal
    )


def _paper(sheet: Sheet, what: str, row: Rect) -> None:
    """Where a printer prints: the receipt on paper, or how that goes, and the way home."""
    words, size, state = sheet.words, sheet.size, sheet.view.handout
    wide = (row.w - size.gap) / 2
    left, right = Rect(row.x, row.y, wide, row.h), Rect(row.x + wide + size.gap, row.y, wide, row.h)
    if not sheet.state.handout:
        sheet.key(left, words("thanks.print"), PrintReceipt(what), icon="document", look="filled", size=size.head)
        sheet.key(right, words("thanks.done"), GoHome(), icon="home")
        return
    key = {"printed": "thanks.printed", "dropped": "thanks.unprinted"}.get(state, "thanks.printing")
    lines = sheet.broken(words(key), size.body, wide - 16, most=2)
    leading = round(size.body * 1.35)
    top = row.y + (row.h - leading * len(lines)) / 2
    sheet.text(words(key), size.body, x=left.x, y=top, width=wide - 16, bold=True, most=2, leading=leading)
    sheet.key(right, words("thanks.done"), GoHome(), icon="home", look="filled", size=size.head)


def _receipt(sheet: Sheet) -> None:
    """The number on a card, as large as the card is wide."""
    size, receipt = sheet.size, sheet.state.receipt or "…"
    em = size.huge * 0.62
    em = min(em, em * (sizes.room - 64) / sheet.measure.width(receipt, em, bold=True) * 0.98)
    high = sheet.leading(size.body) + em * 1.3 + 40
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, high), "card", "blue", 4, radius))
    sheet.y += 20
    sheet.text(sheet.words("thanks.receipt"), size.body, color="soft", align="center", most=1)
    sheet.text(receipt, em, bold=True, align="center", color="blue", most=1, leading=em * 1.3)
    sheet.y += 20


def apply(sheet: Sheet, page: Apply) -> None:
    """申请公开: where and how, by whom helped; filled in here when it is known for whom it is sealed."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    sheet.title(words("apply.title"), words("apply.note"), "home.apply")
    blocks = (
        Block("h2", words("apply.first")),
        Block("p", words("apply.how")),
        *where(sheet, words("apply.where"), phone=True),
    )
    bottom, sheet.bottom = sheet.bottom, sheet.bottom - 2 * (size.key + size.gap)
    text_pages.paged(sheet, blocks, page.number, Apply)
    sheet.bottom = bottom
    sheet.y = bottom - 2 * size.key - size.gap
    fill: Key = (words("apply.fill"), Open(Application()), "pen", "filled")
    sheet.keys([fill if sheet.view.can_seal else (words("apply.ticket"), Open(Services()), "ticket", "filled")], 1)
    sheet.keys(
        [
            (words("application.clerk"), FetchHelp(), "help", "plain"),
            (words("progress.short"), Open(Progress()), "clock", "plain"),
            (words("apply.search"), Open(Search()), "search", "plain"),
        ],
        3,
    )
    surroundings.finish(sheet)


def where(sheet: Sheet, desk: str, *, phone: bool) -> tuple[Block, ...]:
    """Where a person is found, under the heading `desk`."""
    words, site = sheet.words, sheet.view.site
    if site is None:
        return (Block("h2", desk), Block("p", words("help.anywhere")))
    facts = [(desk, site.help_desk or words("help.anywhere")), (words("help.address"), site.address)]
    facts += [(words("help.hours"), site.hours)] + ([(words("help.phone"), site.phone)] if phone else [])
    return tuple(block for name, text in facts if text for block in (Block("h2", name), Block("p", text)))


def first(sheet: Sheet) -> None:
    """Before any content came: what this is, what can be done meanwhile."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    side = round(size.title * 2.4)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "hall", "rim"))
    sheet.y += side + 40
    sheet.text(words("first.title"), size.title, bold=True, most=3)
    sheet.y += 16
    sheet.text(words("first.note"), size.body, color="soft", most=6)
    sheet.settle(sheet.bottom - size.key)
    keys: list[Key] = []
    if any(service.open for service in sheet.view.services):
        keys.append((words("home.ticket"), Open(Services()), "ticket", "filled"))
    keys.append((words("home.opinion"), Open(Opinion()), "speech", "plain" if keys else "filled"))
    sheet.to_bottom(size.key + 16)
    sheet.keys(keys, len(keys), high=size.key + 16, size=size.head)
    surroundings.finish(sheet)


def wait(sheet: Sheet) -> None:
    """Something went wrong inside; the visitor is told what helps and nothing else (promise 7)."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    side = round(size.title * 2.2)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "clock", "rim"))
    sheet.y += side + 40
    sheet.text(words("wait.title"), size.title, bold=True, most=2)
    sheet.y += 16
    sheet.text(words("wait.note"), size.body, color="soft", most=4)
    sheet.settle(sheet.bottom - size.key)
    sheet.to_bottom(size.key + 16)
    rect = Rect(sizes.left, sheet.y, sizes.room, size.key + 16)
    sheet.key(rect, words("wait.again"), Finish(), icon="home", look="filled", size=size.head)
    surroundings.finish(sheet)


def leaving(sheet: Sheet) -> None:
    """Nobody touched for long: a countdown, and one large key to stay (OFF-08)."""
    words, size, left = sheet.words, sheet.size, sheet.view.idle_left or 0
    surroundings.begin(sheet)
    sheet.text(words("leaving.title"), size.title, bold=True, align="center", most=2)
    sheet.y += 12
    sheet.text(str(left), size.huge, bold=True, align="center", color="blue", leading=size.huge * 1.15)
    sheet.text(words("leaving.note"), size.body, color="soft", align="center", most=3)
    high = 2 * size.key  # as large as a hand that is in a hurry
    sheet.settle(sheet.bottom - size.key - high - 20)
    sheet.to_bottom(size.key + high + 20)
    stay = Rect(sizes.left, sheet.y, sizes.room, high)
    sheet.key(stay, words("leaving.stay"), Stay(), icon="clock", look="filled", size=size.title)
    done = Rect(sizes.left, stay.bottom + 20, sizes.room, size.key)
    sheet.key(done, words("footer.finish"), Finish(), icon="check")
    surroundings.finish(sheet)
