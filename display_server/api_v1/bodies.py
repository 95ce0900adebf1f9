"""Request bodies: bounded, declared as JSON, strictly of the shape asked for."""

from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from content_sync.wire import canonical, shapes

_T = TypeVar("_T")


@dataclass(frozen=True)
class EnrolAsk:
    """POST /enrol."""

    code: str
    public_key: str = ""


@dataclass(frozen=True)
class TicketAsk:
    """POST /tickets."""

    service: str
    press: str
    claim: str = ""
    priority: int | str = 0


@dataclass(frozen=True)
class CancelAsk:
    """POST /tickets/cancel: the ticket's id, or the press of this device that it was given for."""

    ticket: str = ""
    press: str = ""


@dataclass(frozen=True)
class CheckinAsk:
    """POST /checkin: the code of a booking, whole or its last characters."""

    code: str
    press: str
    claim: str = ""


@dataclass(frozen=True)
class LeaseAsk:
    """POST /leases."""

    service: str
    day: str = ""


@dataclass(frozen=True)
class ReturnAsk:
    """POST /leases/return: a block of a day that is over, and the number that would have been printed next."""

    block: str
    next: int


@dataclass(frozen=True)
class SeriesAsk:
    """POST /series: which desk of the device asks."""

    desk: str


@dataclass(frozen=True)
class HelpAsk:
    """POST /help."""

    press: str
    where: str = ""


def raw(bytes_max: int) -> bytes:
    """The body's bytes. :raise 413: more than `bytes_max`. :raise 415: not declared as JSON."""
    request.max_content_length = bytes_max
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("The body must be application/json.")
    return request.get_data()


def asked(shape: type[_T]) -> _T:
    """The body as one of the shapes above. Raises BadInput naming what is wrong with it."""
    return parsed(shape, raw(limits.api_body_bytes_max))


def parsed(shape: type[_T], data: bytes) -> _T:
    """Bytes as one of the shapes above. Raises BadInput naming what is wrong with them."""
    if len(data) > limits.api_body_bytes_max:
        raise BadInput("The body is too long.")
    value: Any = canonical.load(data, "The body")
    return shapes.from_plain(shape, value, "body")
