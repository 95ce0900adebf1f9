"""我要反映 by taps: what about, what exactly, send. A receipt number comes back (事事有回音).

1. Categories are plain words for what people complain of, 办不成事 (N-19) first and largest; several may be chosen in
   one. Which of the nine staff situations each is, domain.cases.complaints knows (ACC-02).
2. Nothing about the person is asked, so nothing about them can leak.
3. What is published wrongly, or not at all, is a report to the supervisor (screens.report).
4. While the office asks the public something (EVA-03), the way to it stands here too: nobody has to come across it.
"""

from dataclasses import replace

from content_sync.domain.cases import complaints
from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Action, Open
from kiosk.flow.frame import Rect
from kiosk.flow.list_row import Entry
from kiosk.flow.lists import draw as draw_list
from kiosk.flow.lists import page_of
from kiosk.flow.pages.finding import Listing
from kiosk.flow.screens import saying
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Opinion, Progress, Report

_drawn: dict[str, tuple[str, tuple[str, ...]]] = {
    "failed": ("steps", ("again", "paper", "pushed", "noanswer", "unclear")),
    "window": ("people", ("rude", "absent", "slow", "refused", "favour")),
    "money": ("money", ("over", "noreceipt", "agent", "unpaid")),
    "content": ("document", ()),
    "place": ("hall", ("queue", "machine", "seat", "toilet", "access")),
    "village": ("home", ("accounts", "land", "relief", "road", "water")),
}
abouts = {about: _drawn[about] for about in complaints.abouts}
_first = "failed"


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
    sheet.title(words("opinion.title"), words("opinion.note"), "home.opinion")
    if sheet.state.low:
        sheet.reach()
        keys: list[tuple[str, Action, str, str]] = [
            (words(f"opinion.{about}"), _opened(page, about), icon, "filled" if about == _first else "plain")
            for about, (icon, _) in abouts.items()
        ]
        keys += _further(sheet)
        columns = 3 if sheet.state.elder else 2
        sheet.keys(keys, columns, high=sheet.tall(len(keys), columns, sheet.bottom))
        return
    first = Rect(sizes.left, sheet.y, sizes.room, sheet.size.key * 1.5)
    told = words(f"opinion.{_first}_note")
    sheet.key(
        first,
        words(f"opinion.{_first}"),
        _opened(page, _first),
        icon="steps",
        note=told,
        look="filled",
        size=sheet.size.title,
    )
    sheet.y = first.bottom + 24
    entries = [
        Entry(words(f"opinion.{about}"), _opened(page, about), words(f"opinion.{about}_note"), icon)
        for about, (icon, _) in abouts.items()
        if about != _first
    ]
    bottom, sheet.bottom = sheet.bottom, sheet.bottom - sheet.size.key - sheet.size.gap
    if sheet.state.elder:  # the words alone, so that all stand on one page
        others = [(one.title, one.action, one.icon, "plain") for one in entries]
        sheet.keys(others, 2, high=sheet.tall(len(others), 2, sheet.bottom))
        entries = []
    draw_list(sheet, entries, 0, lambda _: page, tallest=192, grows=True)
    sheet.bottom, sheet.y = bottom, bottom - sheet.size.key
    further = _further(sheet)
    sheet.keys(further, len(further))


def _further(sheet: Sheet) -> list[tuple[str, Action, str, str]]:
    """How one's own matter stands, and the questionnaires of these days, if there are any (rule 4)."""
    asking = sheet.view.shelf.where("asks", True)
    keys: list[tuple[str, Action, str, str]] = [(sheet.words("progress.open"), Open(Progress()), "search", "plain")]
    if asking:
        page = page_of(asking[0]) if len(asking) == 1 else Listing(asks=True)
        keys.append((sheet.words("poll.open"), Open(page), "check", "plain"))
    return keys


def _taps(sheet: Sheet, page: Opinion) -> None:
    words = sheet.words
    about = sheet.view.item[0] if page.item and sheet.view.item else None
    note = words("opinion.on_item", title=about.plain_title or about.title) if about else words("opinion.several")
    choices = [(tap, words(f"tap.{tap}")) for tap in abouts[page.about][1]]
    saying.taps(sheet, page, choices, words(f"opinion.{page.about}"), note)


def _opened(page: Opinion, about: str) -> Action:
    """Rule 3."""
    return Open(replace(page, about=about)) if abouts[about][1] else Open(Report(page.item))
