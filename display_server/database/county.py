"""The county as the database holds it: units, channels, sites and the settings of this server."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from content_sync.domain.county import ChannelOf, County, Site, Unit
from content_sync.domain.disclosure.glossary import OwnTerm
from content_sync.wire import canonical, shapes
from display_server.database.tables.core import channels, settings, sites, units

_terms = "terms"  # the setting that holds the words this county explains


def setting(connection: Connection, key: str) -> str:
    """A setting of this server (name, public_url, role), or an empty text."""
    return connection.execute(select(settings.c.value).where(settings.c.key == key)).scalar() or ""


def put_setting(connection: Connection, key: str, value: str) -> None:
    """Replace a setting."""
    connection.execute(settings.delete().where(settings.c.key == key))
    connection.execute(settings.insert().values(key=key, value=value))


def county(connection: Connection) -> County:
    """Everything devices know of the county; ids in order, so that the same facts make the same bytes."""
    site_rows = connection.execute(select(sites.c.detail).order_by(sites.c.id)).scalars()
    channel_rows = connection.execute(select(channels).order_by(channels.c.id))
    return County(
        name=setting(connection, "name"),
        public_url=setting(connection, "public_url"),
        units=all_units(connection),
        channels=tuple(ChannelOf(row.id, row.unit) for row in channel_rows),
        sites=tuple(shapes.from_plain(Site, canonical.load(row.encode(), "site"), "site") for row in site_rows),
        terms=_terms_of(setting(connection, _terms)),
    )


def all_units(connection: Connection) -> tuple[Unit, ...]:
    """The units, by id."""
    rows = connection.execute(select(units.c.detail).order_by(units.c.id)).scalars()
    return tuple(shapes.from_plain(Unit, canonical.load(row.encode(), "unit"), "unit") for row in rows)


def put_unit(connection: Connection, unit: Unit) -> None:
    """Add or replace a unit."""
    connection.execute(units.delete().where(units.c.id == unit.id))
    connection.execute(units.insert().values(id=unit.id, detail=_text(unit)))


def put_site(connection: Connection, site: Site) -> None:
    """Add or replace a site with its services, windows and staff plates."""
    connection.execute(sites.delete().where(sites.c.id == site.id))
    connection.execute(sites.insert().values(id=site.id, detail=_text(site)))


def put_terms(connection: Connection, terms: Sequence[OwnTerm]) -> None:
    """Replace the words that this county explains."""
    put_setting(connection, _terms, canonical.dump([shapes.to_plain(one) for one in terms]).decode())


def put_channel(connection: Connection, channel: ChannelOf) -> None:
    """Add a channel."""
    connection.execute(channels.insert().values(id=channel.id, unit=channel.unit))


def _terms_of(kept: str) -> tuple[OwnTerm, ...]:
    plain = canonical.load(kept.encode(), "terms") if kept else []
    return tuple(shapes.from_plain(OwnTerm, one, "terms") for one in plain)


def _text(part: Unit | Site) -> str:
    return canonical.dump(shapes.to_plain(part)).decode()
