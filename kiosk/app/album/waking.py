"""The idle screen: its film by day, and what stands in its place."""

from collections.abc import Iterator
from dataclasses import replace

from content_sync.domain.disclosure.blocks import Block
from kiosk.app.album.known import Shot, view_of
from kiosk.app.film import Film
from kiosk.app.gather import Gatherer
from kiosk.flow import film_pages
from kiosk.flow.board.pages import Page
from kiosk.flow.board.stories import Story
from kiosk.flow.pages.plain import Idle
from kiosk.flow.screens import idle
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure

_pages = (Idle(),)
_told = (
    Block("h2", "请您这样做"),
    Block("p", "睡觉前看炉子、看烟囱，门窗留条缝。头晕、恶心、没力气，马上开窗、到屋外，打120。"),
    Block("p", "不在屋里、车里烧炭。出门防滑，老人少出门，桥面、坡道慢行。"),
    Block("h2", "现在的情况"),
    Block("p", "道路结冰黄色预警。未来三天最低气温零下9度，有小到中雪。"),
)


def shots(gatherer: Gatherer, seen: State, words: Words) -> Iterator[Shot]:
    """A page of each kind that the film has."""
    view, state = view_of(gatherer, _pages), replace(seen, pages=_pages)
    made = Film(gatherer.board, FontMeasure())
    yield "idle", _pages, replace(view, film=made.page(state, view, words))
    pages = made.round(view.now) if made.until else ()
    kinds: dict[str, Page | None] = {
        "whole": next((p for p in pages if p.count == 1), None),
        "long": next((p for p in pages if p.count > 1 and p.number == 2 and p.lines and not p.lines[0].right), None),
        "end": next((p for p in pages if p.has_code), None),
        "money": next((p for p in pages if p.lines and p.lines[0].right), None),
        "public-notice": next((p for p in pages if p.story.is_public_notice and p.number == 1), None),
        "section": next((p for p in pages if p.story.section and p.number == 1), None),
    }
    for name, page in kinds.items():
        if page:
            yield f"idle-{name}", _pages, replace(view, film=page)


def playing(gatherer: Gatherer, view: View, seen: State, words: Words) -> View:
    """The view with the page that stands there then."""
    state = replace(seen, pages=_pages)
    return replace(view, film=Film(gatherer.board, FontMeasure()).page(state, view, words))


def alarmed(gatherer: Gatherer, view: View, seen: State, words: Words) -> Iterator[Shot]:
    """An emergency in its room (SCREENS A7)."""
    state = replace(seen, pages=_pages)
    row = next((row for row in view.rows if row.kind == "notice"), None)
    found = gatherer.board.stories(view.now)
    if row is None or not found:
        return
    view = replace(view, rows=(replace(row, kind="emergency"), *view.rows[1:]))  # type: ignore[type-var]  # a dataclass
    title = "黄色预警：防煤气中毒，防路滑"
    told = replace(
        found[0],
        is_public_notice=False,
        item=row.id,
        kind="emergency",
        label="黄色预警",
        title=title,
    )
    pages = _cut(
        replace(told, unit="县应急管理局", section="", blocks=_told, totals=(), largest=()), state, view, words
    )
    yield "emergency", _pages, replace(view, film=pages[0])


def _cut(story: Story, state: State, view: View, words: Words) -> tuple[Page, ...]:
    sheet = Sheet("idle", state, view, FontMeasure(), words)
    return film_pages.cut(sheet, story, idle.head(sheet))
