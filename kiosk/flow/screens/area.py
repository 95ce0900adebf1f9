"""One area of a 政务公开专区 (`of`, N-17): what one can do there, an entry each, all one touch further.

信息查询 to look up, 咨询答复 to ask and to find answers, 政民互动 to speak up, 阅览 to read. 申请公开 has its own page.
Any item of a topic stays two touches from the first page: the four topics stand below what can be looked up (CAT-06).
"""

from dataclasses import replace

from kiosk.flow import lists, sizes, surroundings
from kiosk.flow.actions import Open
from kiosk.flow.frame import Rect
from kiosk.flow.list_row import Entry
from kiosk.flow.pages.finding import Area, Catalogue, Guides, Listing, Search
from kiosk.flow.pages.hall import MyNumber, Rate
from kiosk.flow.pages.plain import Help
from kiosk.flow.screens import browse
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Opinion, Progress, Report

_read = ("notice", "document", "ledger")  # what one reads at leisure, by kind


def draw(sheet: Sheet, page: Area) -> None:
    """The entries, by pages where large type needs them; in low view keys side by side, all within reach."""
    surroundings.begin(sheet)
    surroundings.warnings(sheet)
    sheet.title(sheet.words(f"home.{page.name}"), sheet.words(f"area.{page.name}"), f"home.{page.name}")
    bottom = sheet.bottom
    if page.name == "inquire":
        sheet.bottom -= sheet.size.key + sheet.size.gap
    entries = of(sheet, page.name)
    if sheet.state.low:
        _keys(sheet, entries)
    else:
        lists.draw(sheet, entries, page.number, lambda n: replace(page, number=n), tallest=192, grows=True)
    if page.name == "inquire":
        sheet.bottom = bottom
        _topics(sheet, bottom - sheet.size.key)
    surroundings.finish(sheet)


def _keys(sheet: Sheet, entries: list[Entry]) -> None:
    sheet.reach()
    keys = [(entry.title, entry.action, entry.icon, "plain") for entry in entries]
    sheet.keys(keys, 2, high=sheet.tall(len(keys), 2, sheet.bottom))


def _topics(sheet: Sheet, y: float) -> None:
    size, gap = sheet.size, sheet.size.gap
    wide = (sizes.room - gap * (len(browse.topic_icons) - 1)) / len(browse.topic_icons)
    for n, (topic, icon) in enumerate(browse.topic_icons.items()):
        place = Rect(sizes.left + n * (wide + gap), y, wide, size.key)
        sheet.key(place, sheet.words(f"topic.{topic}"), Open(Listing(topic=topic)), icon=icon, stacked=True)


def of(sheet: Sheet, name: str) -> list[Entry]:
    """What can be done in this area."""
    words = sheet.words
    progress = Entry(words("progress.open"), Open(Progress()), words("progress.note"), "clock")
    guides = Entry(words("home.guides"), Open(Guides()), words("home.guides_note"), "guide")
    if name == "inquire":
        number = Entry(words("mine.title_short"), Open(MyNumber()), words("mine.note_short"), "ticket")
        return [
            Entry(words("home.search"), Open(Search()), words("home.search_hint"), "search"),
            guides,
            Entry(words("home.open"), Open(Catalogue()), words("home.open_note"), "accounts"),
            progress,
            *([number] if sheet.view.services else []),
        ]
    if name == "consult":
        help_me = Entry(words("footer.help"), Open(Help()), words("area.help_note"), "help")
        return [help_me, progress, _kind(sheet, "answer"), guides]
    if name == "voice":
        return [
            Entry(words("home.opinion"), Open(Opinion()), words("home.opinion_note"), "speech"),
            *_asked(sheet),
            Entry(words("home.rate"), Open(Rate()), words("home.rate_note"), "star"),
            Entry(words("opinion.content"), Open(Report()), words("opinion.content_note"), "document"),
            progress,
        ]
    everything = Entry(words("open.all"), Open(Listing()), _count(sheet, len(sheet.view.rows)), "contents")
    return [*(_kind(sheet, kind) for kind in _read), _kind(sheet, "answer"), everything]


def _kind(sheet: Sheet, kind: str) -> Entry:
    count = len(sheet.view.shelf.where("kind", kind))
    return Entry(sheet.words(f"area.{kind}"), Open(Listing(kind=kind)), _count(sheet, count), lists.kind_icons[kind])


def _count(sheet: Sheet, n: int) -> str:
    return sheet.words("open.count", n=n) if n else sheet.words("open.none")


def _asked(sheet: Sheet) -> list[Entry]:
    """The questionnaires of these days (EVA-03)."""
    count = len(sheet.view.shelf.where("asks", True))
    return [Entry(sheet.words("poll.open"), Open(Listing(asks=True)), _count(sheet, count), "check")] if count else []
