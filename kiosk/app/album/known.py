"""What a device knows while a page of the album lies open."""

from dataclasses import replace

from kiosk.app.gather import Gatherer
from kiosk.flow.state import Page, State
from kiosk.flow.view import Served, View, Waiting

Shot = tuple[str, tuple[Page, ...], View]


def view_of(gatherer: Gatherer, pages: tuple[Page, ...]) -> View:
    """The device's view of these pages, with people waiting and served (rule 1)."""
    view = gatherer.view(State(pages), None)
    services = view.services
    if not services and view.site:
        services = tuple(
            Waiting(s.id, s.name, open=True, waiting=n * 3 % 8) for n, s in enumerate(view.site.services, 2)
        )
    served = view.served or (Served("a", "A019", 3), Served("b", "B008", 5), Served("c", "C004", 6))
    return replace(view, services=services, served=served, can_seal=True)
