"""The whole album: every shot in the asked look."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from content_sync.ports import Clock
from kiosk.app import tongues
from kiosk.app.album import finding, hall, reading, staff, states, voices, waking
from kiosk.app.album.known import Shot, view_of
from kiosk.app.gather import Gatherer
from kiosk.devices import hand
from kiosk.flow import show
from kiosk.flow.frame import Frame
from kiosk.flow.pages.finding import Guides
from kiosk.flow.pages.plain import Home
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure

_low = (
    "home",
    "guides",
    "search",
    "search-near",
    "search-hits",
    "search-characters",
    "search-characters-more",
    "search-mixed",
    "sight",
)


_aloud = {"home": 6, "guide": 3, "document-text": 4}  # the sentence that is being said


@dataclass(frozen=True)
class Look:
    """How the screens are photographed; `states` are the designed states instead of every screen."""

    language: str = "zh-Hans"
    elder: bool = False
    contrast: bool = False
    states: bool = False
    low: bool = False
    lies: bool = False

    @property
    def suffix(self) -> str:
        """What the pictures' names end in."""
        asked = {"-elder": self.elder, "-contrast": self.contrast, "-low": self.low}
        return "".join(name for name, is_on in asked.items() if is_on)


def frames(directory: Path, site: str, clock: Clock, look: Look) -> Iterator[tuple[str, Frame]]:
    """(name, frame) of every screen, or of every state."""
    gatherer = Gatherer(directory, site, clock, lies=look.lies)
    gatherer.seeking.hand = hand.find()
    measure, words = FontMeasure(), tongues.words(look.language)
    seen = State((), look.elder, look.low, look.contrast, receipt=voices.receipt, language=look.language)
    made = states.shots(gatherer, seen, words) if look.states else _screens(gatherer, seen, words)
    for name, pages, known in made:
        view, state = _signed(known, look.language), replace(seen, pages=pages)
        yield f"touch-{name}{look.suffix}", show.frame(state, view, measure, words)
        if name in _aloud:
            spoken = replace(state, aloud=_aloud[name])
            heard = show.read_aloud(show.frame(spoken, view, measure, words), spoken, measure, words)
            yield f"touch-{name}-aloud{look.suffix}", heard
        if name in _low and not look.low:
            yield f"touch-{name}-low{look.suffix}", show.frame(replace(state, low=True), view, measure, words)
    if look.states:
        home = (Home(),)
        waiting = show.please_wait(replace(seen, pages=home), view_of(gatherer, home), measure, words)
        yield f"touch-wait{look.suffix}", waiting
    gatherer.close()


def _signed(view: View, language: str) -> View:
    """With the signs of a hall whose second language is this one."""
    site = replace(view.site, languages=(language,)) if view.site else None
    return replace(view, **tongues.of_site(site)) if language not in tongues.complete else view


def _zoned(view: View) -> View:
    """Of a hall that presents itself as a 政务公开专区 (N-17)."""
    site = replace(view.site, rules=replace(view.site.rules, zone=True)) if view.site else None
    return replace(view, site=site)


def _screens(gatherer: Gatherer, seen: State, words: Words) -> Iterator[Shot]:
    """Every screen, as a visitor may meet it."""
    home = Home()
    pages = (*finding.plain_pages(), *voices.pages(), *reading.pages(gatherer))
    for name, page in (*pages, *finding.unit_pages(gatherer), *finding.searches(gatherer)):
        yield name, (home, page), view_of(gatherer, (home, page))
    yield from waking.shots(gatherer, seen, words)
    yield "home", (home,), view_of(gatherer, (home,))
    yield "home-areas", (home,), _zoned(view_of(gatherer, (home,)))
    yield "time-runs-out", (home, Guides()), replace(view_of(gatherer, (home,)), idle_left=12)
    yield from hall.shots(gatherer)
    yield from staff.shots(view_of(gatherer, (home,)))
    yield from voices.told(gatherer)
    yield from reading.translations(gatherer, seen.language)
