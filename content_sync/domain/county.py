"""The county as every device knows it: units, sites, services, windows, staff plates and the public address.

It travels as one signed target of the directory repository, so that a kiosk without a network still knows its hall.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from content_sync.domain.calendar import Table
from content_sync.domain.disclosure.catalogue import Level
from content_sync.domain.disclosure.glossary import OwnTerm
from content_sync.domain.hall.floors import Floor, Standing
from content_sync.domain.hall.rules import HallRules, usual


@dataclass(frozen=True)
class Unit:
    """公开主体: whoever publishes. `leader` answers for all of it, `deputy` directly (ORG-02)."""

    id: str
    name: str
    level: Level
    parent: str = ""
    phone: str = ""
    leader: str = ""
    deputy: str = ""


@dataclass(frozen=True)
class ChannelOf:
    """A channel and the unit that signs it."""

    id: str
    unit: str


@dataclass(frozen=True)
class Service:
    """What a ticket is taken for. `letter` starts its numbers; `capacity` bounds its tickets of a day, 0 does not."""

    id: str
    letter: str
    name: str
    hint: str = ""
    capacity: int = 0


@dataclass(frozen=True)
class Window:
    """A window: `number` is painted above it; it serves the services named."""

    id: str
    number: int
    name: str
    place: str
    services: tuple[str, ...]


@dataclass(frozen=True)
class StaffPlate:
    """职责权限公示牌 (GUI-05): who sits at a window and what for."""

    name: str
    post: str
    duties: str
    window: str = ""
    number: str = ""


@dataclass(frozen=True)
class Site:
    """A hall or an office. `phone` is the supervision phone that stands on every screen (SUP-04).

    `languages` besides Chinese that signs, titles and important items stand in (LNG-01), the first one on signs: mn.
    `floors` are its map and `kiosks` where its kiosks stand on it (GUI-04); none where nobody drew one.
    """

    id: str
    unit: str
    name: str
    phone: str
    address: str = ""
    hours: str = ""
    help_desk: str = ""
    services: tuple[Service, ...] = ()
    windows: tuple[Window, ...] = ()
    staff: tuple[StaffPlate, ...] = ()
    rules: HallRules = usual
    languages: tuple[str, ...] = ()
    floors: tuple[Floor, ...] = ()
    kiosks: tuple[Standing, ...] = ()


@dataclass(frozen=True)
class County:
    """Everything above. `public_url` is empty where phones cannot reach the server: no code has a link (QUE-02).

    `calendar`: holiday tables that its operator added to those a program comes with. `terms`: words that the county
    explains itself, before the program does (disclosure.glossary).
    """

    name: str
    public_url: str
    units: tuple[Unit, ...]
    channels: tuple[ChannelOf, ...]
    sites: tuple[Site, ...]
    calendar: tuple[Table, ...] = ()
    terms: tuple[OwnTerm, ...] = ()


def unit_of(county: County, unit: str) -> Unit | None:
    """The unit with this id."""
    return next((u for u in county.units if u.id == unit), None)


def upwards(units: Iterable[Unit], unit: str) -> tuple[str, ...]:
    """The unit itself and those above it by id, the nearest first."""
    parents, found = {one.id: one.parent for one in units}, [unit]
    while (above := parents.get(found[-1], "")) in parents and above not in found:
        found.append(above)
    return tuple(found)


def shown_at(county: County, site: str) -> County:
    """The county as a site shows it: without an address for phones where the site wants no codes (LNG-02)."""
    found = site_of(county, site)
    return replace(county, public_url="") if found and not found.rules.codes else county


def site_of(county: County, site: str) -> Site | None:
    """The site with this id; the first one when `site` is empty."""
    return next((s for s in county.sites if not site or s.id == site), None)
