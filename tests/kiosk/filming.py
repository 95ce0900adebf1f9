"""Pages of the film, cut for a state as the kiosk cuts them."""

from dataclasses import replace

from kiosk.flow import film_pages
from kiosk.flow.board.pages import Page
from kiosk.flow.board.stories import Story, story
from kiosk.flow.frame import Measure
from kiosk.flow.screens import idle
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.flow.words import Words
from tests.kiosk import county


def told(item: str) -> Story:
    """A demonstration item as boards tell it."""
    found = story(*county.items()[item][:2], county.county())
    assert found, item
    return found


def pages(which: Story, state: State, view: View, measure: Measure, words: Words) -> tuple[Page, ...]:
    """All its pages."""
    sheet = Sheet("idle", state, view, measure, words)
    return film_pages.cut(sheet, which, idle.head(sheet))


def playing(which: Story, number: int, state: State, view: View, measure: Measure, words: Words) -> View:
    """The view while a page of this story stands there; the last one where it has fewer."""
    found = pages(which, state, view, measure, words)
    return replace(view, film=found[min(number, len(found)) - 1])
