"""What stands on a paper ticket, as plain sentences; typeset.tickets makes the picture, devices.printer the paper.

1. The number first, then how many are ahead, then where to go: in the order in which people ask.
2. An estimate stands with the words that say how it was made, never alone; without one nothing is promised.
3. A code is printed only where phones reach the ticket's page (QUE-02). The phone for complaints always is (SUP-04).
4. That a ticket goes first is said; for which reason is nobody's business who finds it on the floor.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from content_sync.domain.county import County, Site
from kiosk.flow import links
from kiosk.flow.words import Words

_places_most = 3


@dataclass(frozen=True)
class Taken:
    """A ticket as the kiosk knows it: `ahead` -1 and minutes -1 where nobody has said; no `ticket`, no code."""

    ticket: str
    number: str
    service: str
    at: datetime
    priority: bool = False
    ahead: int = -1
    low: int = -1
    high: int = -1
    basis: str = ""


@dataclass(frozen=True)
class Slip:
    """The sentences; empty ones are not printed. `windows` are numbers and where they are."""

    hall: str
    number: str
    service: str
    priority: str
    ahead: str
    estimate: str
    basis: str
    windows: tuple[tuple[str, str], ...]
    link: str
    scan: str
    closing: str
    time: str
    phone: str


def slip(taken: Taken, site: Site | None, county: County | None, words: Words) -> Slip:
    """The ticket of `taken` at a site."""
    names = {service.id: service.name for service in site.services} if site else {}
    link = links.ticket_link(taken.ticket, county) if taken.ticket else ""
    estimated = taken.ahead > 0 and taken.low >= 0 and bool(taken.basis)
    return Slip(
        hall=site.name if site else "",
        number=taken.number,
        service=names.get(taken.service, ""),
        priority=words("slip.priority") if taken.priority else "",
        ahead=_ahead(taken.ahead, words),
        estimate=words("slip.estimate", low=taken.low, high=taken.high) if estimated else "",
        basis=taken.basis if estimated else "",
        windows=_windows(taken.service, site, words),
        link=link,
        scan=words("slip.scan") if link else "",
        closing=words("slip.closing"),
        time=words("slip.time", time=f"{taken.at:%Y-%m-%d %H:%M}"),
        phone=words("slip.phone", phone=site.phone) if site and site.phone else "",
    )


def trial(at: datetime, site: Site | None, county: County | None, words: Words) -> Slip:
    """What a printer is tried with: everything that a ticket can hold, and no number that anybody waits with."""
    first = site.services[0].id if site and site.services else ""
    taken = Taken("test", "TEST", first, at, priority=True)
    return replace(slip(taken, site, county, words), ahead=words("slip.trial"))


def _ahead(ahead: int, words: Words) -> str:
    if ahead < 0:
        return ""
    return words("ticket.ahead", n=ahead) if ahead else words("ticket.next")


def _windows(service: str, site: Site | None, words: Words) -> tuple[tuple[str, str], ...]:
    """As many places as are easily read; more of them: the numbers alone."""
    places: dict[str, list[str]] = {}
    for window in site.windows if site else ():
        if service in window.services:
            places.setdefault(window.place, []).append(str(window.number))
    if len(places) > _places_most:
        places = {"": [number for numbers in places.values() for number in numbers]}
    return tuple(
        (words("ticket.window", numbers=words("guide.and").join(numbers)), place) for place, numbers in places.items()
    )
