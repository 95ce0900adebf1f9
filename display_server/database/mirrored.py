"""What a relay mirrors, as its database knows it; empty on any other server.

1. A mirrored channel is in no table of authors: nobody here can write, review or publish in it.
2. The units of the upstream's county are known here as the county describes them, also when this server had one of the
   same id; of its sites only the relay's own is, whose queue works here.
3. Devices may follow what is mirrored, and this server's own channels. An edition is announced in the transaction that
   notes it, so that a relay cut off in between announces it after all.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from content_sync.domain.county import County, site_of
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from display_server.config import Config
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.database.tables.core import channels
from display_server.database.tables.relaying import mirrored

site_setting = "site"


@dataclass(frozen=True)
class Mirrored:
    """A mirrored channel; `problem`: why the last round could not take it."""

    channel: str
    unit: str
    edition: int
    items: int
    as_of: str
    problem: str


def every(connection: Connection) -> list[Mirrored]:
    """The mirrored channels by id, the directory not among them."""
    return [one for one in _rows(connection) if one.channel != directory_channel]


def editions(connection: Connection) -> dict[str, int]:
    """By channel the edition that readers find here; of the directory the version of its facts."""
    return {one.channel: one.edition for one in _rows(connection)}


def problems(connection: Connection) -> dict[str, str]:
    """By channel, and of the directory, why the last round could not take it."""
    return {one.channel: one.problem for one in _rows(connection) if one.problem}


def units_of_channels(connection: Connection) -> dict[str, str]:
    """The unit of each channel that a device of this server may follow (rule 3)."""
    own = {row.id: row.unit for row in connection.execute(select(channels))}
    return {one.channel: one.unit for one in every(connection)} | own


def is_named(config: Config, channel: str) -> bool:
    """Whether the directory of this server's tree names a channel, so that devices can believe it."""
    from content_sync.trust.tree import Tree

    directory = Tree(config.repo / directory_channel)
    return directory.exists() and directory.target(f"{channel}.root.json") is not None


def note(db: Database, connection: Connection, row: Mirrored) -> bool:
    """Keep what is mirrored of a channel now; whether its edition is another one than was noted before (rule 3).

    A state that is new in anything is announced. When its edition is the same it is announced as 0, so that devices
    look too: something may have been withdrawn before its publishers signed the next edition.
    """
    noted = next((one for one in _rows(connection) if one.channel == row.channel), None)
    connection.execute(mirrored.delete().where(mirrored.c.channel == row.channel))
    now = db.config.clock.now().isoformat()
    connection.execute(mirrored.insert().values(**vars(row), looked_at=now))
    held, as_of = (noted.edition, noted.as_of) if noted else (0, "")
    if (row.edition, row.as_of) != (held, as_of):
        told = row.edition if row.edition != held else 0
        db.announce(connection, "edition", {"channel": row.channel, "edition": told})
    return row.edition != held


def put_county(connection: Connection, county: County) -> None:
    """Take in the county as the upstream's directory describes it (rule 2)."""
    for unit in county.units:
        kept.put_unit(connection, unit)
    own = kept.setting(connection, site_setting)
    site = site_of(county, own) if own else None
    if site is not None:
        kept.put_site(connection, site)


def described(config: Config) -> tuple[County | None, str]:
    """The county as the mirrored directory describes it, and what marks these facts; None before the first round."""
    from content_sync.trust.tree import Tree
    from content_sync.wire.county import read_county

    try:
        data = Tree(config.repo / directory_channel).read("county.json")
        return (read_county(data), hashlib.sha256(data).hexdigest()) if data else (None, "")
    except (GongkailanError, FileNotFoundError):
        return None, ""


def facts(config: Config, connection: Connection) -> County:
    """The whole county: as it is kept here, on a relay as its upstream describes it."""
    found = described(config)[0] if config.is_relay else None
    return found or kept.county(connection)


def units_in(county: County) -> Mapping[str, str]:
    """The unit of each channel of a county."""
    return {one.id: one.unit for one in county.channels}


def _rows(connection: Connection) -> list[Mirrored]:
    names = ("channel", "unit", "edition", "items", "as_of", "problem")
    rows = connection.execute(select(mirrored).order_by(mirrored.c.channel))
    return [Mirrored(*(getattr(row, name) for name in names)) for row in rows]
