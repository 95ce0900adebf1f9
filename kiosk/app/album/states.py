"""The designed states (SCREENS A7)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from content_sync.domain import limits
from content_sync.domain.disclosure.items import Item
from kiosk.app.album import waking
from kiosk.app.album.known import Shot, view_of
from kiosk.app.gather import Gatherer
from kiosk.flow.pages.finding import Search, Section
from kiosk.flow.pages.hall import Services, TicketOf
from kiosk.flow.pages.plain import Home, Idle, Unheard
from kiosk.flow.pages.reading import Reader
from kiosk.flow.state import State
from kiosk.flow.view import Edition, Ticket
from kiosk.flow.words import Words

_long_title_chars = 110


def shots(gatherer: Gatherer, seen: State, words: Words) -> Iterator[Shot]:
    """SCREENS A7."""
    home = (Home(),)
    view = view_of(gatherer, home)
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
    yield "unheard", (*home, Unheard()), view
    yield "nobody-at-windows", (*home, Services()), closed
    yield "nothing-found", (*home, Search("xyzxyz")), view
    yield "withdrawn-while-open", (*home, Reader("withdrawn")), replace(view, item=None)
    yield "empty-section", (*home, Section("result")), replace(view, rows=())
    refused = Ticket("refused", reason="今天这项业务的号取完了。")
    yield "full-queue", (*home, TicketOf("")), replace(view, ticket=refused)
    yield from waking.alarmed(gatherer, seen, words)
    yield "nothing-published", (Idle(),), replace(view, rows=())
    yield "blanked", (Idle(),), replace(view, blanked=True)
    for name, hour, minute in (("closing-time", 17, 25), ("night", 23, 5)):
        late = replace(closed, now=view.now.replace(hour=hour, minute=minute))
        yield name, (Idle(),), waking.playing(gatherer, late, seen, words)
    opened = next((row.id for row in view.rows if row.kind == "notice"), "")
    item = view_of(gatherer, (Reader(opened),)).item
    if item:
        yield "very-long-title", (*home, Reader(opened)), replace(view, item=(_long(item[0]), item[1]))


def _long(item: Item) -> Item:
    title = (item.title * _long_title_chars)[:_long_title_chars]
    return replace(item, title=title, plain_title="")
