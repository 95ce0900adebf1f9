"""The queue as the device last heard it: services, calls and invitations to rate. Each list is replaced whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database


@dataclass(frozen=True)
class ServiceState:
    """A service one can take a ticket for; `updated` is the ISO instant the server said so."""

    service: str
    letter: str
    name: str
    open: bool
    waiting: int
    updated: str


@dataclass(frozen=True)
class Call:
    """A number called to a window. It names no person and no ticket address."""

    ticket_number: str
    window: int
    window_name: str
    service: str
    at: str
    state: Literal["called", "missed"]


@dataclass(frozen=True)
class Invitation:
    """A served ticket whose holder may rate, at the window's number."""

    ticket: str
    number: str
    window: int
    at: str


def services(db: Database) -> list[ServiceState]:
    """All services in the server's order."""
    query = "SELECT service, letter, name, open, waiting, updated FROM services ORDER BY n"
    return [ServiceState(a, b, c, bool(d), e, f) for a, b, c, d, e, f in db.execute(query)]


def put_services(db: Database, states: Sequence[ServiceState]) -> None:
    """Replace the services."""
    db.execute("DELETE FROM services")
    db.conn.executemany(
        "INSERT INTO services (service, letter, name, open, waiting, updated) VALUES (?, ?, ?, ?, ?, ?)",
        [(s.service, s.letter, s.name, int(s.open), s.waiting, s.updated) for s in states],
    )


def calls(db: Database) -> list[Call]:
    """Calls, newest first."""
    query = "SELECT ticket_number, window, window_name, service, at, state FROM calls ORDER BY n"
    return [Call(*row) for row in db.execute(query)]


def invitations(db: Database) -> list[Invitation]:
    """Served and not yet rated, also not on this device a moment ago."""
    query = """SELECT ticket, number, window, at FROM invitations
        WHERE ticket NOT IN (SELECT ticket FROM rated) ORDER BY n"""
    return [Invitation(*row) for row in db.execute(query)]


def put_queue(db: Database, called: Sequence[Call], invited: Sequence[Invitation]) -> None:
    """Replace calls (given newest first) and invitations."""
    db.execute("DELETE FROM calls")
    db.execute("DELETE FROM invitations")
    db.conn.executemany(
        "INSERT INTO calls (ticket_number, window, window_name, service, at, state) VALUES (?, ?, ?, ?, ?, ?)",
        [(c.ticket_number, c.window, c.window_name, c.service, c.at, c.state) for c in called],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO invitations (ticket, number, window, at) VALUES (?, ?, ?, ?)",
        [(i.ticket, i.number, i.window, i.at) for i in invited],
    )
