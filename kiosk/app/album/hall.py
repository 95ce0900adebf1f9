"""Tickets, a number's position, the bell."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.app.album.known import Shot, view_of
from kiosk.app.gather import Gatherer
from kiosk.flow.pages.hall import PositionOf, TicketOf
from kiosk.flow.pages.plain import Help, Home
from kiosk.flow.pages.reading import Way
from kiosk.flow.view import Helper, Position, Ticket

_basis = "按今天最近办完的12位估算，前面4位，3个窗口开着；只供参考。"
_known = Position("answered", "A023", "huji", "waiting", 4, 0, 6, 19, _basis)
_why = "A023 正在窗口办：不想办了，请跟窗口说一声。"


def shots(gatherer: Gatherer) -> Iterator[Shot]:
    """Every state of a ticket, a position and the bell."""
    view = view_of(gatherer, (Home(),))
    if view.services:
        pages = (Home(), TicketOf(view.services[0].service))
        given = Ticket("given", "a" * 16, "A023", 4)
        yield "ticket", pages, replace(view, ticket=given)
        named = view.services[0].service
        windows = tuple(w.id for w in view.site.windows if named in w.services) if view.site else ()
        yield "ticket-way", (*pages, Way(windows=windows, waits=True)), replace(view, ticket=given)
        yield "ticket-how-long", pages, replace(view, ticket=given, position=_known)
        yield "ticket-sure", (Home(), replace(pages[1], returning=True)), replace(view, ticket=given)
        yield "ticket-back", pages, replace(view, ticket=replace(given, back="done"))
        printing = {"coming": ("printing", "ready"), "printed": ("printed", "low"), "out": ("failed", "out")}
        for name, (paper, printer) in {**printing, "failed": ("dropped", "dead")}.items():
            told = replace(given, paper=paper, again=paper == "printed")
            yield f"ticket-paper-{name}", pages, replace(view, ticket=told, printer=printer)
        yield "ticket-kept", pages, replace(view, ticket=replace(given, back="no", reason=_why))
        yield "ticket-kept-unreached", pages, replace(view, ticket=replace(given, back="no"))
    positions = {
        "": _known,
        "-next": replace(_known, ahead=0),
        "-called": replace(_known, stands="called", window=3),
        "-missed": replace(_known, stands="missed", window=3),
        "-owed": replace(_known, owed=True),
        "-unknown": Position("unknown", "A023"),
        "-unreached": Position("unreached", "A023"),
    }
    for name, position in positions.items():
        yield f"position{name}", (Home(), PositionOf("A023")), replace(view, position=position)
    for name in ("ringing", "coming", "unreached"):
        helper = Helper(name, "周晓梅" if name == "coming" else "")
        yield f"help-{name}", (Home(), Help()), replace(view, helper=helper)
