"""Ways to an item: tiles, lists, trees, search."""

from collections.abc import Iterator
from dataclasses import replace

from content_sync.domain.disclosure.catalogue import sections
from kiosk.app.gather import Gatherer
from kiosk.flow import typed
from kiosk.flow.pages.finding import Area, Catalogue, Guides, Listing, Search, Section, blank
from kiosk.flow.pages.hall import Booking, MyNumber, Rate, Services
from kiosk.flow.pages.plain import Apply, Help, Languages, Sight, Thanks
from kiosk.flow.state import Page, State

written = (  # 份, as a finger may write it
    ((180, 90), (140, 210), (70, 320)), ((150, 220), (150, 350), (152, 540)), ((330, 110), (280, 230), (210, 320)),
    ((390, 100), (450, 220), (540, 300)), ((260, 340), (400, 330), (470, 335), (450, 480), (400, 540), (350, 500)),
    ((350, 340), (330, 450), (230, 550)),
)  # fmt: skip


def plain_pages() -> Iterator[tuple[str, Page]]:
    """What needs no item of its own."""
    yield from ((f"section-{section}", Section(section)) for section in sections)
    yield "guides", Guides()
    yield from ((f"guides-{way}", Guides(way=way)) for way in ("events", "services", "units"))
    yield "guides-errand", Guides(way="events", errand="hardship")
    yield "search-near", Search("家里穷想吃低保")
    yield "catalogue", Catalogue()
    yield "topic-money", Listing(topic="money")
    yield "questionnaires", Listing(asks=True)
    yield from ((f"area-{name}", Area(name)) for name in ("inquire", "consult", "voice", "reading"))
    yield "answers", Listing(kind="answer")
    yield "search", Search()
    yield "search-nothing", Search("xyzxyz")
    yield "services", Services()
    yield "services-claim", Services(choosing=True)
    yield "services-claimed", Services("elder")
    yield "my-number", MyNumber()
    yield "my-number-digits", MyNumber("A", "023")
    yield "booking", Booking("0012")
    yield "rate", Rate()
    yield "rate-how", Rate("a", "A019")
    yield "rate-why", Rate("a", "A019", 2, ("slow",))
    yield "thanks-opinion", Thanks("opinion")
    yield "thanks-report", Thanks("report")
    yield "thanks-rating", Thanks("rating")
    yield "apply", Apply()
    yield "help", Help()
    yield "languages", Languages()
    yield "sight", Sight()


def unit_pages(gatherer: Gatherer) -> Iterator[tuple[str, Page]]:
    """Each unit's tree."""
    view = gatherer.view(State(), None)
    channels = view.county.channels if view.county else ()
    for channel in channels:
        if channel.id in view.held:
            yield f"tree-{channel.unit}", Catalogue(channel.unit)


def searches(gatherer: Gatherer) -> Iterator[tuple[str, Page]]:
    """Letters that find something here; then characters of them."""
    for letters in ("sfz", "bt", "yb", "b", "z"):
        if gatherer.view(State((Search(letters),)), None).hits:
            yield "search-hits", Search(letters)
            yield "search-found", Search(letters, found=True)
            yield "search-characters", Search(letters[0])
            yield "search-characters-more", Search(letters[0], more=1)
            yield from _by_hand()
            yield "search-mixed", Search(_written(gatherer, letters))
            return


def _by_hand() -> Iterator[tuple[str, Page]]:
    """The sheet before, with and after ink."""
    yield "search-sheet", Search(ink=blank)
    yield "search-sheet-ink", Search("身", ink=replace(blank, strokes=written))
    yield "search-sheet-hits", Search("身份证", ink=blank)


def _written(gatherer: Gatherer, letters: str) -> str:
    """The letters, all but the last replaced by characters of what they find."""
    row = gatherer.view(State((Search(letters),)), None).hits[0]
    terms = ""
    for letter in letters[:-1]:
        terms += letter
        view = gatherer.view(State((Search(terms),)), None)
        char = next((char for char in view.characters if char in row.title + row.plain_title), "")
        if char:
            terms = typed.with_character(terms, char, joined=char in view.characters[: view.following])
    return terms + letters[-1]
