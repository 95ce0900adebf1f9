"""What devices are told of the county: `county.json`, signed where the directory is signed.

1. It is what the database holds, and the holiday tables that the operator added.
2. Every change signs it anew in its own transaction, and relays are told at once (desk.structure, desk.adopting).
3. What a program of before told otherwise is signed anew when this one begins to serve (desk.upkeep).
"""

import dataclasses

from sqlalchemy import Connection

from content_sync.domain.county import County
from content_sync.domain.ids import directory_channel
from display_server.config import Config
from display_server.database import calendars
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.publishing.service import publisher


def is_signed_here(config: Config) -> bool:
    """Whether this server signs the directory."""
    return (config.keys / directory_channel).is_dir()


def sign(db: Database, connection: Connection) -> None:
    """Sign the county as it is kept here, and tell devices and relays of it (rules 1 and 2)."""
    publisher(db).put_county(_told(db, connection))
    db.announce(connection, "edition", {"channel": directory_channel, "edition": 0})


def make_true(db: Database) -> None:
    """Sign the county anew where devices are told something else than is kept here (rule 3)."""
    if not is_signed_here(db.config):
        return
    with db.write() as connection:
        if not publisher(db).tells(_told(db, connection)):
            sign(db, connection)


def _told(db: Database, connection: Connection) -> County:
    return dataclasses.replace(kept.county(connection), calendar=calendars.own(db.config))
