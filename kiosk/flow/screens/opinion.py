"""我要反映 by taps alone: what about, what exactly, send. A receipt number comes back (事事有回音).

1. Categories are plain words for what people complain of; several may be chosen in one.
2. Nothing about the person is asked, so nothing about them can leak.
"""

from dataclasses import replace

from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Action, Change, Open, SendOpinion
from kiosk.flow.frame import Rect
from kiosk.flow.list_row import Entry
from kiosk.flow.lists import draw as draw_list
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import Opinion

abouts: dict[str, tuple[str, tuple[str, ...]]] = {
    "window": ("people", ("rude", "absent", "slow", "refused", "favour")),
    "failed": ("steps", ("again", "paper", "pushed", "noanswer", "unclear")),
    "money": ("money", ("over", "noreceipt", "agent", "unpaid")),
    "content": ("document", ("wrong", "old", "missing", "unreadable")),
    "place": ("hall", ("queue", "machine", "seat", "toilet", "access")),
    "village": ("home", ("accounts", "land", "relief", "road", "water")),
}


def draw(sheet: Sheet, page: Opinion) -> None:
    """Two steps: about what, then what exactly."""
    surroundings.begin(sheet)
    if page.about:
        _taps(sheet, page)
    else:
        _about(sheet, page)
    surroundings.finish(sheet)


def _about(sheet: Sheet, page: Opinion) -> None:
    words = sheet.words
    sheet.title(words("opinion.title"), words("opinion.note"))
    if sheet.state.low:
        sheet.reach()
        keys: list[tuple[str, Action, str, str]] = [
            (words(f"opinion.{about}"), Open(replace(page, about=about)), icon, "plain")
            for about, (icon, _) in abouts.items()
        ]
        sheet.keys(keys, 2, high=sheet.tall(len(keys), 2, sheet.bottom))
        return
    entries = [
        Entry(words(f"opinion.{about}"), Open(replace(page, about=about)), words(f"opinion.{about}_note"), icon)
        for about, (icon, _) in abouts.items()
    ]
    draw_list(sheet, entries, 0, lambda _: page, tallest=192, grows=True)


def _taps(sheet: Sheet, page: Opinion) -> None:
    words, size = sheet.words, sheet.size
    about = sheet.view.item[0] if page.item and sheet.view.item else None
    note = words("opinion.on_item", title=about.plain_title or about.title) if about else words("opinion.several")
    sheet.title(words(f"opinion.{page.about}"), note)
    sheet.reach()
    keys: list[tuple[str, Action, str, str]] = []
    for tap in abouts[page.about][1]:
        has = tap in page.taps
        taps = tuple(t for t in page.taps if t != tap) if has else (*page.taps, tap)
        keys.append((words(f"tap.{tap}"), Change(replace(page, taps=taps)), "", "chosen" if has else "plain"))
    send = Rect(sizes.left, sheet.bottom - size.key - 16, sizes.room, size.key + 16)
    columns = (3 if sheet.state.elder else 2) if sheet.state.low else 1
    sheet.keys(keys, columns, high=sheet.tall(len(keys), columns, send.y), size=size.head if columns == 1 else 0)
    if page.taps:
        sheet.key(
            send,
            words("opinion.send"),
            SendOpinion(page.about, page.taps, page.item),
            icon="check",
            look="filled",
            size=size.head,
        )
    else:
        sheet.text(
            words("opinion.choose_one"), size.body, y=send.y, color="soft", align="center", most=1, leading=send.h
        )
