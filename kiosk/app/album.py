"""Which pages of a device are photographed by `kiosk shots`: every screen, and the designed states of SCREENS A7.

1. Everything shown is the device's own content; only tickets, served numbers and waiting people are made up.
2. A screen that the content has nothing for is left out, not filled with something else.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from content_sync.domain import limits
from content_sync.domain.cases.handwriting import Stroke
from content_sync.domain.disclosure.catalogue import sections
from content_sync.domain.disclosure.items import Item, Notice, second_of
from content_sync.domain.disclosure.polls import Ask
from content_sync.ports import Clock
from kiosk.app import tongues
from kiosk.app.gather import Gatherer
from kiosk.flow import show, typed, voices
from kiosk.flow.behind import Behind, Carrying, Health, Held
from kiosk.flow.frame import Frame
from kiosk.flow.pages.finding import Catalogue, Guides, Listing, Search, Section
from kiosk.flow.pages.hall import Booking, MyNumber, PositionOf, Rate, Services, TicketOf
from kiosk.flow.pages.plain import Apply, Help, Home, Idle, Languages, Thanks
from kiosk.flow.pages.reading import Accounts, CodeOf, Element, Guide, HandoutOf, Reader, Samples, Translated, Way
from kiosk.flow.pages.staff import Staff, StaffPin, Stick
from kiosk.flow.screens import samples
from kiosk.flow.state import Page, State
from kiosk.flow.view import Edition, Helper, Matter, Position, Served, Ticket, View, Waiting
from kiosk.typeset.measuring import FontMeasure

Shot = tuple[str, tuple[Page, ...], View]
_receipt = "3941 0012 7745"
_long_title_chars = 110
_hand: tuple[Stroke, ...] = (  # 王 and 口, as a finger writes them
    *(((80, 60), (240, 56)), ((95, 120), (225, 116)), ((160, 60), (160, 182)), ((70, 186), (250, 180))),
    *(((330, 70), (336, 176)), ((330, 70), (450, 66), (444, 172)), ((336, 172), (446, 168))),
)
_low = (
    "home",
    "guides",
    "search",
    "search-near",
    "search-hits",
    "search-characters",
    "search-characters-more",
    "search-mixed",
)


def frames(
    directory: Path, site: str, clock: Clock, language: str, *, elder: bool, states: bool
) -> Iterator[tuple[str, Frame]]:
    """(name, frame) of every screen, or of every state."""
    gatherer = Gatherer(directory, site, clock)
    measure, words = FontMeasure(), tongues.words(language)
    for name, pages, known in (
        _states(gatherer) if states else (*_screens(gatherer), *_translations(gatherer, language))
    ):
        view = _signed(known, language)
        seen = State(pages, elder=elder, receipt=_receipt, language=language)
        yield f"touch-{name}{'-elder' if elder else ''}", show.frame(seen, view, measure, words)
        if name in _low:
            low = replace(seen, low=True)
            yield f"touch-{name}-low{'-elder' if elder else ''}", show.frame(low, view, measure, words)
    view = _view(gatherer, (Home(),))
    if states:
        yield (
            "touch-wait",
            show.please_wait(State((Home(),), elder=elder, language=language), view, measure, words),
        )
    gatherer.close()


def _signed(view: View, language: str) -> View:
    """With the signs of a hall whose second language is this one."""
    site = replace(view.site, languages=(language,)) if view.site else None
    return replace(view, **tongues.of_site(site)) if language not in tongues.complete else view


def _view(gatherer: Gatherer, pages: tuple[Page, ...]) -> View:
    """The device's view of these pages, with people waiting and served (rule 1)."""
    view = gatherer.view(State(pages), None)
    services = view.services
    if not services and view.site:
        services = tuple(
            Waiting(s.id, s.name, open=True, waiting=n * 3 % 8) for n, s in enumerate(view.site.services, 2)
        )
    served = view.served or (Served("a", "A019", 3), Served("b", "B008", 5), Served("c", "C004", 6))
    return replace(view, services=services, served=served, can_seal=True)


def _screens(gatherer: Gatherer) -> Iterator[Shot]:
    """Every screen, as a visitor may meet it."""
    home = Home()
    for name, page in _plain_pages():
        yield name, (home, page), _view(gatherer, (home, page))
    yield "idle", (Idle(),), _view(gatherer, (Idle(),))
    yield "home", (home,), _view(gatherer, (home,))
    yield "time-runs-out", (home, Guides()), replace(_view(gatherer, (home,)), idle_left=12)
    yield from _tickets(gatherer)
    yield from _staff(_view(gatherer, (home,)))
    yield from _told(gatherer)
    for name, page in (*_item_pages(gatherer), *_unit_pages(gatherer), *_searches(gatherer)):
        yield name, (home, page), _view(gatherer, (home, page))


def _plain_pages() -> Iterator[tuple[str, Page]]:
    yield from ((f"section-{section}", Section(section)) for section in sections)
    yield "guides", Guides()
    yield from ((f"guides-{way}", Guides(way=way)) for way in ("events", "services", "units"))
    yield "guides-errand", Guides(way="events", errand="hardship")
    yield "search-near", Search("家里穷想吃低保")
    yield "catalogue", Catalogue()
    yield "topic-money", Listing(topic="money")
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
    yield from _voices()
    yield "thanks-opinion", Thanks("opinion")
    yield "thanks-report", Thanks("report")
    yield "thanks-rating", Thanks("rating")
    yield "apply", Apply()
    yield "help", Help()
    yield "languages", Languages()


def _voices() -> Iterator[tuple[str, Page]]:
    written = replace(voices.no_text, strokes=_hand)
    yield "opinion", voices.Opinion()
    yield "opinion-what", voices.Opinion("failed", ("paper",))
    yield "opinion-written", voices.Opinion("failed", ("paper",), text=written)
    yield "report", voices.Report()
    yield "report-untrue", voices.Report(claim="untrue", taps=("amount",))
    filled = voices.Application("check", "citizen", text=written, contact="13800138000", form="print")
    filled = replace(filled, name=replace(filled.name, strokes=_hand), id_proof="11010119900307109X")
    for step in (*voices.steps(filled), "address"):
        yield f"application-{step.replace('_', '-')}", replace(filled, step=step)
    yield "thanks-application", Thanks("application")
    yield "progress", voices.Progress("39410012")
    yield "pad", voices.Pad("text", voices.no_text)
    yield "pad-written", voices.Pad("text", written)


def _told(gatherer: Gatherer) -> Iterator[Shot]:
    """A matter by its receipt, and a questionnaire put into a notice of this device (rule 1 but for the questions)."""
    view = _view(gatherer, (Home(),))
    due = (view.now + timedelta(days=12)).date().isoformat()
    matters = {"doing": Matter("answered", "opinion", "doing", due), "unknown": Matter("unknown")}
    for name, matter in matters.items():
        yield f"progress-{name}", (Home(), voices.ProgressOf("394100127745")), replace(view, matter=matter)
    row = next((row.id for row in view.rows if row.kind == "notice"), "")
    found = _view(gatherer, (Reader(row),)).item
    if found and isinstance(found[0].body, Notice):
        options = ("满意", "基本满意", "不满意", "没来办过事")
        asked = replace(found[0], body=replace(found[0].body, questions=(Ask("您对大厅的服务满意吗？", options),)))
        for name, page in {"poll": voices.Poll(row), "poll-end": voices.Poll(row, 2, ((1, 2),))}.items():
            yield name, (Home(), page), replace(view, item=(asked, found[1]))


def _tickets(gatherer: Gatherer) -> Iterator[Shot]:
    view = _view(gatherer, (Home(),))
    if view.services:
        pages = (Home(), TicketOf(view.services[0].service))
        given = Ticket("given", "a" * 16, "A023", 4)
        yield "ticket", pages, replace(view, ticket=given)
        yield "ticket-sure", (Home(), replace(pages[1], returning=True)), replace(view, ticket=given)
        yield "ticket-back", pages, replace(view, ticket=replace(given, back="done"))
        printing = {"coming": ("printing", "ready"), "printed": ("printed", "low"), "out": ("failed", "out")}
        for name, (paper, printer) in {**printing, "failed": ("dropped", "dead")}.items():
            told = replace(given, paper=paper, again=paper == "printed")
            yield f"ticket-paper-{name}", pages, replace(view, ticket=told, printer=printer)
        yield "ticket-kept", pages, replace(view, ticket=replace(given, back="no", reason="已经叫到您了。"))
    basis = "按今天最近办完的12位估算，前面4位，3个窗口开着；只供参考。"
    known = Position("answered", "A023", "huji", "waiting", 4, 0, 6, 19, basis)
    positions = {
        "": known,
        "-next": replace(known, ahead=0),
        "-called": replace(known, stands="called", window=3),
        "-missed": replace(known, stands="missed", window=3),
        "-owed": replace(known, owed=True),
        "-unknown": Position("unknown", "A023"),
        "-unreached": Position("unreached", "A023"),
    }
    for name, position in positions.items():
        yield f"position{name}", (Home(), PositionOf("A023")), replace(view, position=position)
    for name in ("ringing", "coming", "unreached"):
        helper = Helper(name, "周晓梅" if name == "coming" else "")
        yield f"help-{name}", (Home(), Help()), replace(view, helper=helper)


def _staff(view: View) -> Iterator[Shot]:
    """Behind the PIN (rule 1: the report is made up, the content's numbers are the device's)."""
    home = Home()
    held = tuple(Held(name, e.number, e.as_of, 120) for name, e in view.held.items())
    well = Health(held, 12, printer="ready", paper="low", speaker="ready", free=21_400)
    late = tuple(replace(one, as_of=(view.now - timedelta(days=14)).isoformat()) for one in held)
    said = ("The printer has no paper: put in a new roll.", "Record k3f72qxa was refused: its device is not enrolled.")
    ill = Health(late, 112, doubtful=True, printer="out", paper="out", speaker="failing", free=310, problems=said)
    yield "staff-pin", (home, StaffPin("1234")), view
    yield "staff-pin-paused", (home, StaffPin()), replace(view, behind=Behind(wrong=True, pause=60))
    yield "staff", (home, Staff()), replace(view, behind=Behind(health=well))
    yield "staff-ill", (home, Staff()), replace(view, behind=Behind(health=ill))
    yield "staff-ill-2", (home, Staff(1)), replace(view, behind=Behind(health=ill))
    turns = {
        "reading": Carrying("import", done=12_300_000, of=41_000_000),
        "taken": Carrying("import", "over", bundle="taken", records="written", written=112, taken=3),
        "old": Carrying("import", "over", bundle="old", records="written", written=112),
        "foreign": Carrying("import", "over", bundle="foreign"),
        "full": Carrying("export", "over", records="full"),
        "locked": Carrying("export", "over", records="locked"),
        "missing": Carrying("import", "over", bundle="missing"),
    }
    for name, turn in turns.items():
        yield f"stick-{name}", (home, Staff(), Stick()), replace(view, behind=Behind(carrying=turn))


def _item_pages(gatherer: Gatherer) -> Iterator[tuple[str, Page]]:
    """The richest item of each kind."""
    rows = gatherer.view(State(), None).rows
    best = {row.kind: row.id for row in sorted(rows, key=lambda row: getattr(row, "chars", 0))}
    if "guide" in best:
        guide = best["guide"]
        yield "guide", Guide(guide)
        yield "guide-elements", Element(guide)
        yield "guide-materials", Element(guide, "materials")
        yield "guide-steps", Element(guide, "steps")
        yield "guide-handout", HandoutOf(guide)
        yield "guide-way", Way(guide)
        opened = gatherer.view(State((Samples(guide),)), None).item
        if opened and samples.forms(opened[0]):
            yield "guide-samples", Samples(guide)
        yield "code", CodeOf(guide)
    if "ledger" in best:
        yield "accounts", Accounts(best["ledger"])
        yield "accounts-opened", Accounts(best["ledger"], 1)
    for kind in ("notice", "document", "answer", "emergency"):
        if kind in best:
            yield kind, Reader(best[kind])
    if "document" in best:
        yield "document-text", Reader(best["document"], "text", 1)
        yield "document-contents", Reader(best["document"], "text", contents=0)


def _translations(gatherer: Gatherer, language: str) -> Iterator[Shot]:
    """The first guide that somebody translated into the language."""
    for row in gatherer.view(State(), None).rows:
        for name, page in (("guide-with-translation", Guide(row.id)), ("translation", Translated(row.id))):
            pages = (Home(), page)
            view = _view(gatherer, pages)
            if row.kind == "guide" and view.item and second_of(view.item[0], language):
                yield name, pages, view


def _unit_pages(gatherer: Gatherer) -> Iterator[tuple[str, Page]]:
    view = gatherer.view(State(), None)
    channels = view.county.channels if view.county else ()
    for channel in channels:
        if channel.id in view.held:
            yield f"tree-{channel.unit}", Catalogue(channel.unit)


def _searches(gatherer: Gatherer) -> Iterator[tuple[str, Page]]:
    """Letters that find something here; then characters of them."""
    for letters in ("sfz", "bt", "yb", "b", "z"):
        if gatherer.view(State((Search(letters),)), None).hits:
            yield "search-hits", Search(letters)
            yield "search-found", Search(letters, found=True)
            yield "search-characters", Search(letters[0])
            yield "search-characters-more", Search(letters[0], more=1)
            yield "search-mixed", Search(_written(gatherer, letters))
            return


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


def _states(gatherer: Gatherer) -> Iterator[Shot]:
    """SCREENS A7."""
    home = (Home(),)
    view = _view(gatherer, home)
    closed = replace(view, services=tuple(replace(service, open=False) for service in view.services))
    yield "home-fresh", home, view
    yield "first-start", (Idle(),), replace(view, held={}, rows=(), services=())
    for days in (limits.fresh_days_warn, limits.fresh_days_alarm):
        as_of = (view.now - timedelta(days=days, hours=1)).isoformat()
        yield (
            f"stale-{days}-days",
            home,
            replace(view, held={c: Edition(e.number, as_of) for c, e in view.held.items()}),
        )
    yield "doubtful-clock", home, replace(view, doubtful=True)
    yield "nobody-at-windows", (*home, Services()), closed
    yield "nothing-found", (*home, Search("xyzxyz")), view
    yield "withdrawn-while-open", (*home, Reader("withdrawn")), replace(view, item=None)
    yield "empty-section", (*home, Section("result")), replace(view, rows=())
    refused = Ticket("refused", reason="今天这项业务的号取完了。")
    yield "full-queue", (*home, TicketOf("")), replace(view, ticket=refused)
    yield "closing-time", (Idle(),), replace(closed, now=view.now.replace(hour=17, minute=25))
    yield "night", (Idle(),), replace(closed, now=view.now.replace(hour=23, minute=5))
    opened = next((row.id for row in view.rows if row.kind == "notice"), "")
    item = _view(gatherer, (Reader(opened),)).item
    if item:
        yield "very-long-title", (*home, Reader(opened)), replace(view, item=(_long(item[0]), item[1]))


def _long(item: Item) -> Item:
    title = (item.title * _long_title_chars)[:_long_title_chars]
    return replace(item, title=title, plain_title="")
