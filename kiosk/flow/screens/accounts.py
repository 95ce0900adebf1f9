"""A ledger line by line: the top level first, each row with lines below it opens them; sums stand right, in 元."""

from dataclasses import replace

from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.ledgers import Ledger
from content_sync.domain.money import exact
from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Open
from kiosk.flow.frame import Rect
from kiosk.flow.pages.reading import Accounts, CodeOf
from kiosk.flow.screens import accounts_table, gone
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Report


def draw(sheet: Sheet, page: Accounts) -> None:
    """The direct lines of the opened row."""
    if sheet.view.item is None or not isinstance(sheet.view.item[0].body, Ledger):
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    ledger = sheet.view.item[0].body
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    shown = page if page.row < len(ledger.rows) else replace(page, row=-1)
    _head(sheet, item, ledger, shown)
    if sheet.state.low and sheet.state.elder:  # the lower half holds few rows: one key alone, between those that turn
        wrong = (sheet.words("accounts.wrong"), Open(Report(item.id)))
        accounts_table.draw(sheet, ledger, shown, sheet.bottom, wrong)
    else:
        accounts_table.draw(sheet, ledger, shown, sheet.bottom - sheet.size.key - sheet.size.gap)
        _actions(sheet, item)
    surroundings.finish(sheet, {item.channel})


def _head(sheet: Sheet, item: Item, ledger: Ledger, page: Accounts) -> None:
    size, words = sheet.size, sheet.words
    title = item.plain_title or item.title
    if page.row < 0:
        sheet.text(title, size.title if len(title) < 16 else size.head, bold=True, most=3)
        sheet.y += 4
        sheet.text(item.title, size.small, color="soft", most=2)
        signers = sheet.words("guide.and").join(ledger.signers)
        sheet.text(words("accounts.period", period=ledger.period, signers=signers), size.small, color="soft", most=4)
    else:
        row, above = ledger.rows[page.row], accounts_table.parent(ledger, page.row)
        under = f"{title} › {ledger.rows[above].name}" if above >= 0 else title
        sheet.text(under, size.body, color="soft", most=2)
        sheet.text(row.name, size.title if len(row.name) < 14 else size.head, bold=True, most=2)
        _sum(sheet, ledger, page.row)
    sheet.y += 14


def _sum(sheet: Sheet, ledger: Ledger, index: int) -> None:
    """What the opened row comes to: the biggest thing here."""
    money = next((n for n, column in enumerate(ledger.columns) if column.type == "money"), -1)
    value = ledger.rows[index].cells[money] if money >= 0 else None
    if not isinstance(value, int):
        return
    text, high = exact(value), sheet.leading(sheet.size.title)
    wide = sheet.measure.width(text, sheet.size.title, bold=True)
    sheet.text(text, sheet.size.title, y=sheet.y + 4, bold=True, color="blue", most=1)
    unit = sheet.words("guide.yuan")
    sheet.text(unit, sheet.size.body, x=sizes.left + wide + 12, y=sheet.y + 12, width=200, color="blue", leading=high)
    sheet.y += high + 4


def _actions(sheet: Sheet, item: Item) -> None:
    words, gap = sheet.words, sheet.size.gap
    wide, y = (sizes.room - gap) / 2, sheet.bottom - sheet.size.key
    code = Rect(sizes.left, y, wide, sheet.size.key)
    sheet.key(code, words("item.code"), Open(CodeOf(item.id)), icon="code")
    wrong = Rect(sizes.left + wide + gap, y, wide, sheet.size.key)
    sheet.key(wrong, words("accounts.wrong"), Open(Report(item.id)), icon="speech")
