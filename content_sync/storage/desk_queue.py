"""The queue as last heard: services, calls, windows with their plates, invitations. Each list is replaced whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from content_sync.domain.hall.opening import Standing, holds


@dataclass(frozen=True)
class ServiceState:
    """A service one can take a ticket for; `updated` is the ISO instant the server said so.

    While it gives none, `why` says so to a visitor; at the ISO instant `until` that changes, empty: nobody knows when.
    """

    service: str
    letter: str
    name: str
    open: bool
    waiting: int
    updated: str
    why: str = ""
    until: str = ""


@dataclass(frozen=True)
class Call:
    """A number called to a window. It names no person and no ticket address.

    `call` names this calling, so that a board says it once; `times` counts how often this number has been called now.
    `here`: the visitor stands at the window already; it stays on the board, and is not said any more.
    """

    ticket_number: str
    window: int
    window_name: str
    service: str
    at: str
    state: Literal["called", "missed"]
    call: str = ""
    times: int = 1
    here: bool = False


@dataclass(frozen=True)
class WindowState:
    """A window: open with the plate of who sits there (GUI-05), or paused (暂停服务) with empty words."""

    number: int
    name: str
    state: Literal["open", "paused"]
    staff: str = ""
    post: str = ""
    duties: str = ""
    certificate: str = ""


@dataclass(frozen=True)
class Invitation:
    """A served ticket whose holder may rate, at the window's number."""

    ticket: str
    number: str
    window: int
    at: str


def services(db: Database) -> list[ServiceState]:
    """All services in the server's order."""
    query = "SELECT service, letter, name, open, waiting, updated, why, until FROM services ORDER BY n"
    return [ServiceState(a, b, c, bool(d), *rest) for a, b, c, d, *rest in db.execute(query)]


def why_not(db: Database, service: str, at: datetime) -> str:
    """Why a device that is cut off gives no ticket for a service, of what it heard last; empty when it may."""
    row = db.execute("SELECT open, why, until, updated FROM services WHERE service = ?", [service]).fetchone()
    if row is None:
        return ""
    heard = Standing(bool(row[0]), row[1], row[2])
    return heard.why if holds(heard, row[3], at) else ""


def put_services(db: Database, states: Sequence[ServiceState]) -> None:
    """Replace the services."""
    db.execute("DELETE FROM services")
    db.conn.executemany(
        """INSERT INTO services (service, letter, name, open, waiting, updated, why, until)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [(s.service, s.letter, s.name, int(s.open), s.waiting, s.updated, s.why, s.until) for s in states],
    )


def calls(db: Database) -> list[Call]:
    """Calls, newest first."""
    query = "SELECT ticket_number, window, window_name, service, at, state, call, times, here FROM calls ORDER BY n"
    return [replace(Call(*told), here=bool(here)) for *told, here in db.execute(query)]


def windows(db: Database) -> list[WindowState]:
    """All windows in the hall's order."""
    query = "SELECT number, name, state, staff, post, duties, certificate FROM windows ORDER BY n"
    return [WindowState(*row) for row in db.execute(query)]


def blanked(db: Database) -> str:
    """Since when the content of this device's boards is hidden; empty when it is not."""
    row = db.execute("SELECT since FROM blanked").fetchone()
    return str(row[0]) if row else ""


def invitations(db: Database) -> list[Invitation]:
    """Served and not yet rated, also not on this device a moment ago."""
    query = """SELECT ticket, number, window, at FROM invitations
        WHERE ticket NOT IN (SELECT ticket FROM rated) ORDER BY n"""
    return [Invitation(*row) for row in db.execute(query)]


def put_queue(
    db: Database,
    called: Sequence[Call],
    invited: Sequence[Invitation],
    windows: Sequence[WindowState] = (),
    blanked: str = "",
) -> None:
    """Replace calls (given newest first), invitations and windows, and since when content is hidden ("": it is not)."""
    db.execute("DELETE FROM blanked")
    if blanked:
        db.execute("INSERT INTO blanked VALUES (1, ?)", [blanked])
    db.execute("DELETE FROM windows")
    db.execute("DELETE FROM calls")
    db.execute("DELETE FROM invitations")
    db.conn.executemany(
        """INSERT INTO calls (ticket_number, window, window_name, service, at, state, call, times, here)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [(c.ticket_number, c.window, c.window_name, c.service, c.at, c.state, c.call, c.times, c.here) for c in called],
    )
    db.conn.executemany(
        """INSERT INTO windows (number, name, state, staff, post, duties, certificate)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [(w.number, w.name, w.state, w.staff, w.post, w.duties, w.certificate) for w in windows],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO invitations (ticket, number, window, at) VALUES (?, ?, ?, ?)",
        [(i.ticket, i.number, i.window, i.at) for i in invited],
    )
