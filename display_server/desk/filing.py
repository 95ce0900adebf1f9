"""Records that a relay passes up: filed here, judged where they were made.

1. A record is counted once, by the server where its device is registered: there its ticket enters the line, its rating
   is invited, its case is opened and answered. The servers above file it, once each, under the same id, with the way
   it came: relay/…/device. They open no case and make no ticket of it, but for rule 6.
2. A rating also enters the sums of its hall, with service and day as the relay says; one for each ticket. A relay
   speaks for its own hall and for halls of units below that hall's unit, for no other.
3. The display log is kept under the way of its device, so that a minute of a village's board can be asked for here.
4. Heartbeats are kept as devices.behind says.
5. The first name of a way is the relay that sent the batch; each name is an id.
6. Reports of untruth and applications are handled by the county, which has the key (desk.saying); the relay says of
   which hall and unit they are, within rule 2.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from content_sync.domain import limits
from content_sync.domain.county import County, site_of, unit_of, upwards
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import ratings as rules
from content_sync.domain.ids import is_id
from content_sync.domain.records import Record
from display_server.database import instants, mirrored
from display_server.database.engine import Database
from display_server.database.tables.records import ratings
from display_server.desk.saying import Place
from display_server.devices import behind
from display_server.devices.queries import Device
from display_server.ratings import queries

_chars_max = 40


def is_behind(device: Device, record: Record) -> bool:
    """Whether a record came from behind this relay. Raises Refused for a way that is none (rule 5)."""
    if device.kind != "relay" or record.device == device.id:
        return False
    first, *rest = record.device.split("/")
    if first != device.id or not rest or not all(map(is_id, rest)) or len(record.device) > limits.way_chars_max:
        raise Refused(f"{record.device[:80]!r} is no device behind the relay {device.id}.")
    return True


def note_health(db: Database, connection: Connection, record: Record, made_at: str) -> None:
    """Rule 4."""
    now = instants.text_of(db.config.clock.now())
    behind.note(connection, behind.told(record.device, made_at, record.body, now))


def add_rating(db: Database, connection: Connection, device: Device, record: Record) -> None:
    """Rule 2. Raises BadInput for no rating, Refused for a second one or a hall that is not the relay's."""
    body = record.body
    ticket, site, service, day = (_text(body, name) for name in ("ticket", "site", "service", "day"))
    if not _speaks_for(mirrored.facts(db.config, connection), device.site, site):
        raise Refused(f"The relay {device.id} does not speak for the hall {site!r}.")
    if queries.is_rated(connection, ticket):
        raise Refused("already rated")
    reasons = str(body.get("reasons", ""))
    if len(reasons) > limits.rating_reasons_chars_max:
        raise BadInput(f"reasons has {len(reasons)} characters; {limits.rating_reasons_chars_max} are allowed.")
    values = {"ticket": ticket, "record": record.id, "site": site, "service": service, "day": day, "reasons": reasons}
    connection.execute(ratings.insert().values(**values, level=rules.checked_level(body.get("level"))))


def place_of(db: Database, connection: Connection, device: Device, record: Record) -> Place:
    """Of which hall and unit a visitor's words are that a relay passed up (rule 6). Raises Refused for another's."""
    site, unit = (str(record.body.get(name, "")) for name in ("site", "unit"))
    county = mirrored.facts(db.config, connection)
    relay = site_of(county, device.site) if device.site else None
    own = relay.unit if relay else mirrored.units_of_channels(connection).get(device.channels[0], "")
    if site and not _speaks_for(county, device.site, site):
        raise Refused(f"The relay {device.id} does not speak for the hall {site!r}.")
    if not site:
        return Place("", unit if unit and _is_below(county, own, unit) else own)
    found = site_of(county, site)
    return Place(site, found.unit if found else own)


def _speaks_for(county: County, relays: str, site_id: str) -> bool:
    relay, site = site_of(county, relays) if relays else None, site_of(county, site_id)
    if relay is None or site is None:
        return False
    return site.id == relay.id or _is_below(county, relay.unit, site.unit)


def _is_below(county: County, above: str, unit_id: str) -> bool:
    return unit_of(county, unit_id) is not None and above in upwards(county.units, unit_id)


def _text(body: Mapping[str, str | int], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _chars_max:
        raise BadInput(f"A rating that is passed up names its {name}.")
    return value
