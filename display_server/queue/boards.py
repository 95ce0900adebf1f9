"""What devices show of the queue: services with their waiting counts, calls, and who sits at which window (GUI-05)."""

from typing import Any

from sqlalchemy import Connection

from content_sync.domain.county import Site, Window
from display_server.config import Config
from display_server.queue import queries, standing

Plain = dict[str, Any]


def services(config: Config, connection: Connection, site: Site, at: str, day: str) -> list[Plain]:
    """Every service: whether it gives tickets at this instant and why not, until when, and how many wait."""
    waiting, given = queries.waiting(connection, site.id, day), standing.of_services(config, connection, site, at, day)
    return [
        {
            "service": service.id,
            "letter": service.letter,
            "name": service.name,
            "open": given[service.id].open,
            "waiting": waiting.get(service.id, (0, 0))[0],
            "why": given[service.id].why,
            "until": given[service.id].until,
        }
        for service in site.services
    ]


def calls(connection: Connection, site: Site, day: str) -> list[Plain]:
    """Who is asked to which window, and who missed a call, the newest first."""
    windows = {window.id: window for window in site.windows}
    return [
        {
            "number": row.number,
            "window": windows[row.window].number,
            "window_name": windows[row.window].name,
            "service": row.service,
            "at": row.called,
            "state": "missed" if row.state == "missed" else "called",
            "call": f"{row.day}-{row.call}",
            "times": row.times,
            "here": row.state == "serving",
        }
        for row in queries.calls(connection, site.id, day)
        if row.window in windows  # a window that was taken away since has nobody to go to
    ]


def windows(connection: Connection, site: Site) -> list[Plain]:
    """Every window: open with the plate of who sits there, or paused (暂停服务)."""
    seats = queries.taken_seats(connection, site.id)
    return [_window(site, window, seats[window.id].plate if window.id in seats else "") for window in site.windows]


def window_number(site: Site, window_id: str) -> int:
    """The number painted above a window; 0 when it is no more."""
    return next((window.number for window in site.windows if window.id == window_id), 0)


def _window(site: Site, window: Window, plate: str) -> Plain:
    lit = next((p for p in site.staff if plate and p.name == plate), None)
    return {
        "window": window.number,
        "name": window.name,
        "state": "open" if plate else "paused",
        "staff": plate,
        "post": lit.post if lit else "",
        "duties": lit.duties if lit else "",
        "certificate": lit.number if lit else "",
    }
