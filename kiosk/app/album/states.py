"""The designed states (SCREENS A7)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from content_sync.domain import limits
from content_sync.domain.disclosure.items import Item
from content_sync.domain.hall.opening import DayOff
from kiosk.app.album import waking
from kiosk.app.album.known import Shot, view_of
from kiosk.app.gather import Gatherer
from kiosk.flow.behind import Behind, Health, Held
from kiosk.flow.pages.finding import Guides, Search, Section
from kiosk.flow.pages.hall import Services, TicketOf
from kiosk.flow.pages.plain import Home, Idle, NoRoom, Unheard
from kiosk.flow.pages.reading import Reader
from kiosk.flow.pages.staff import Staff
from kiosk.flow.state import State
from kiosk.flow.view import Edition, Ticket, View
from kiosk.flow.words import Words

_long_title_chars = 110


def shots(gatherer: Gatherer, seen: State, words: Words) -> Iterator[Shot]:
    """SCREENS A7."""
    home = (Home(),)
    view = _fresh(view_of(gatherer, home))
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
    yield from _cut_off(view, gatherer, seen, words)
    yield "time-runs-out", (*home, Guides()), replace(view, idle_left=24)
    yield from _of_the_machine(view)
    yield "nobody-at-windows", (*home, Services()), closed
    off = DayOff("国庆节", (view.now + timedelta(days=4)).replace(hour=8, minute=30))
    yield "public-holiday", (*home, Services()), replace(closed, day_off=off)
    yield "nothing-found", (*home, Search("xyzxyz")), view
    yield "withdrawn-while-open", (*home, Reader("withdrawn")), replace(view, item=None)
    yield "empty-section", (*home, Section("result")), replace(view, rows=())
    refused = Ticket("refused", reason="今天这项业务的号取完了。")
    yield "full-queue", (*home, TicketOf("")), replace(view, ticket=refused)
    yield from waking.alarmed(gatherer, view, seen, words)
    yield "nothing-published", (Idle(),), replace(view, rows=())
    yield "blanked", (Idle(),), replace(view, blanked=True)
    for name, hour, minute in (("closing-time", 17, 25), ("night", 23, 5)):
        late = replace(closed, now=view.now.replace(hour=hour, minute=minute))
        yield name, (Idle(),), waking.playing(gatherer, late, seen, words)
    opened = next((row.id for row in view.rows if row.kind == "notice"), "")
    item = view_of(gatherer, (Reader(opened),)).item
    if item:
        yield "very-long-title", (*home, Reader(opened)), replace(view, item=(_long(item[0]), item[1]))


def _of_the_machine(view: View) -> Iterator[Shot]:
    """No paper, no room."""
    home = (Home(),)
    printed = Ticket("given", "a" * 16, "A023", 4, paper="failed")
    yield "printer-empty", (*home, TicketOf("")), replace(view, ticket=printed, printer="out")
    full = Behind(health=Health(_held(view), 112, printer="ready", paper="ok", speaker="ready", free=40))
    yield "disk-full", (*home, Staff(9)), replace(view, behind=full)
    yield "disk-full-visitor", (*home, Services(), NoRoom()), view


def _fresh(view: View) -> View:
    """As a device that hears of its county every minute."""
    as_of = (view.now - timedelta(minutes=3)).isoformat()
    return replace(view, held={c: Edition(e.number, as_of) for c, e in view.held.items()})


def _held(view: View) -> tuple[Held, ...]:
    return tuple(Held(name, e.number, e.as_of, 120) for name, e in view.held.items())


def _cut_off(view: View, gatherer: Gatherer, seen: State, words: Words) -> Iterator[Shot]:
    """The network is cut since this morning: as of when it is true, and nothing of people who wait (OFF-05)."""
    as_of = (view.now - timedelta(hours=5)).isoformat()
    unknown = tuple(replace(service, waiting=None) for service in view.services)
    cut = replace(view, held={c: Edition(e.number, as_of) for c, e in view.held.items()}, services=unknown)
    yield "network-cut", (Idle(),), waking.playing(gatherer, cut, seen, words)
    yield "network-cut-home", (Home(),), cut
    yield "network-cut-tickets", (Home(), Services()), cut


def _long(item: Item) -> Item:
    title = (item.title * _long_title_chars)[:_long_title_chars]
    return replace(item, title=title, plain_title="")
