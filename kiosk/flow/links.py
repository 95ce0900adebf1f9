"""Addresses that a visitor's phone can open (QUE-02, ARCHITECTURE §3): only public ones, and short enough for a code.

1. An item's page at the county's public address, a guide's with the answers that tell the visitor's case; where that
   is none, the item's own link; else nothing.
2. A ticket's page at the county's public address, else nothing.
3. An attached file at the county's public address, else nothing.
"""

from urllib.parse import urlencode

from content_sync.domain import limits
from content_sync.domain.county import County
from content_sync.domain.disclosure import which
from content_sync.domain.disclosure.addresses import public_address_fault
from content_sync.domain.disclosure.which import Answers


def item_link(item: str, link: str, county: County | None, answers: Answers = ()) -> str:
    """Rule 1: an address, or an empty string."""
    case = f"?{urlencode({'case': which.text_of(answers)}, safe=',')}" if answers else ""
    return _usable(_below(county, f"d/{item}{case}")) or _usable(link)


def online_link(link: str) -> str:
    """Where a thing is done online, when a phone can open it; else an empty string."""
    return _usable(link)


def file_link(item: str, sha256: str, county: County | None) -> str:
    """Rule 3."""
    return _usable(_below(county, f"d/{item}/{sha256}"))


def ticket_link(ticket: str, county: County | None) -> str:
    """Rule 2."""
    return _usable(_below(county, f"t/{ticket}"))


def _below(county: County | None, path: str) -> str:
    return f"{county.public_url.rstrip('/')}/{path}" if county and county.public_url else ""


def _usable(address: str) -> str:
    fits = len(address.encode()) <= limits.qr_bytes_max
    return address if address and fits and not public_address_fault(address) else ""
