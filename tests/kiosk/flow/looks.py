"""Every page of `pages.every()` in every look, drawn once for all who look at it."""

from dataclasses import replace
from functools import cache

from kiosk.app import tongues
from kiosk.app.judging import judge
from kiosk.flow import show
from kiosk.flow.frame import Frame
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import filming
from tests.kiosk.flow import pages

measure = FontMeasure()
judging = judge(measure)
views = {"normal": (False, False), "elder": (True, False), "low": (False, True), "elder low": (True, True)}
looks = [*views, *(f"{view}, {language}" for language in ("en", "mn") for view in views)]
_lie_otherwise = ("idle", "home", "guide", "opinion", "report", "search")
_every, _films = cache(pages.every), pages.films()


def state(name: str, look: str) -> tuple[State, View]:
    """What a page's visitor has done and what the kiosk knows, in a look such as `elder low, en`."""
    stack, view = _every()[name]
    seen, _, language = look.partition(", ")
    elder, low = views[seen]
    if language == "mn" and view.site:
        view = replace(view, **tongues.of_site(replace(view.site, languages=("mn",))))
    language = language if language in view.languages else "zh-Hans"
    return State(stack, elder, low, press="p", receipt="3941 0012 7745", language=language), view


@cache
def drawn(look: str) -> dict[str, Frame]:
    """Every page's frame in one look."""
    return {name: _frame(name, look) for name in _every()}


def drawn_to_lie(look: str) -> dict[str, Frame]:
    """Every page's frame as a panel that lies needs it: six screens and the card of terms are laid out for it."""
    own = [n for n, one in drawn(look).items() if one.name in _lie_otherwise or "explained" in n]
    return drawn(look) | {name: _frame(name, look, lies=True) for name in own}


def _frame(name: str, look: str, *, lies: bool = False) -> Frame:
    seen, view = state(name, look)
    view = replace(view, lies=lies)
    if name in _films:
        view = filming.playing(*_films[name], seen, view, measure, tongues.words(seen.language))
    return show.frame(seen, view, measure, tongues.words(seen.language))
