"""What the program must do besides drawing, as values: kiosk.flow.reduce asks for it, kiosk.app does it."""

from dataclasses import dataclass

from kiosk.flow.behind import Carried
from kiosk.flow.voices import Said


@dataclass(frozen=True)
class AskTicket:
    """Write a press down and wait for its number."""

    service: str
    claim: str
    code: str = ""


@dataclass(frozen=True)
class AskPosition:
    """Ask the hall how a number stands."""

    number: str


@dataclass(frozen=True)
class AskReceipt:
    """Ask the hall how the matter of a receipt stands."""

    about: str


@dataclass(frozen=True)
class ReturnTicket:
    """Ask the hall to take the ticket of this press back."""

    press: str


@dataclass(frozen=True)
class PrintTicket:
    """Print a ticket again: of this press, or the one with this number whose paper is not known to have come out."""

    press: str
    number: str


@dataclass(frozen=True)
class PutHandout:
    """Put a notice slip on paper, if the guide is still the one that was shown."""

    item: str
    answers: tuple[str, ...]
    shown: str


@dataclass(frozen=True)
class PutReceipt:
    """Put a receipt on paper."""

    what: str
    receipt: str


@dataclass(frozen=True)
class RingForHelp:
    """Ring the bell at the desk."""

    place: str


@dataclass(frozen=True)
class StoreRating:
    """Put a rating into the outbox."""

    ticket: str
    level: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class StoreSaid:
    """Put what a page says into the outbox."""

    page: Said


@dataclass(frozen=True)
class Wipe:
    """Forget every trace of the visitor: caches, textures, garbage."""


@dataclass(frozen=True)
class JudgePin:
    """Compare these digits with the PIN."""

    digits: str


@dataclass(frozen=True)
class ReadHealth:
    """Ask how the device is."""


@dataclass(frozen=True)
class RunStick:
    """Begin the stick's turn."""

    what: Carried


Effect = (
    AskTicket
    | AskPosition
    | AskReceipt
    | ReturnTicket
    | PrintTicket
    | PutHandout
    | PutReceipt
    | RingForHelp
    | StoreRating
    | StoreSaid
    | Wipe
    | JudgePin
    | ReadHealth
    | RunStick
)
