"""Pages of the hall: tickets, a number's position, a booking, a rating."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Services:
    """What a ticket can be taken for; `claim` is why the visitor says they go first, asked for while `choosing`."""

    claim: str = ""
    choosing: bool = False
    number: int = 0


@dataclass(frozen=True)
class TicketOf:
    """The ticket of the last press; `returning` asks whether it is really given back.

    `item` and `answers` are the guide it was taken from and the visitor's case, empty when it was not.
    """

    service: str
    returning: bool = False
    item: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class MyNumber:
    """A number being tapped, to ask how it stands: `letter`, then `digits`.

    A kiosk's own series has two letters; while `second` is set, the second one is asked for.
    """

    letter: str = ""
    digits: str = ""
    second: bool = False


@dataclass(frozen=True)
class Booking:
    """The code of a booking being tapped: its last digits, or all of it."""

    digits: str = ""


@dataclass(frozen=True)
class PositionOf:
    """How this number stands, as the hall says."""

    number: str


@dataclass(frozen=True)
class Rate:
    """Which ticket, how well, why: nothing is chosen in advance (promise 11)."""

    ticket: str = ""
    shown: str = ""
    level: int = 0
    reasons: tuple[str, ...] = ()
    number: int = 0
