"""Tables of relays: what a relay mirrors and passes up, and what an upstream knows of the devices behind its relays."""

from sqlalchemy import Column, Integer, String, Table, Text

from display_server.database.tables.core import metadata

mirrored = Table(
    "mirrored",
    metadata,
    Column("channel", String(40), primary_key=True),  # `_directory` too
    Column("unit", String(40), nullable=False, server_default=""),
    Column("edition", Integer, nullable=False, server_default="0"),
    Column("items", Integer, nullable=False, server_default="0"),
    Column("as_of", String(40), nullable=False, server_default=""),  # signed; empty before the first round
    Column("problem", Text, nullable=False, server_default=""),  # why the last round could not take it
    Column("looked_at", String(40), nullable=False, server_default=""),
)

passing = Table(
    "passing",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("record", String(40), nullable=False, unique=True),
    Column("data", Text, nullable=False),  # canonical JSON of the record, its device as known here
    Column("refused", Text, nullable=False, server_default=""),  # why the upstream did not take it; empty: waits
    sqlite_autoincrement=True,
)

devices_behind = Table(
    "devices_behind",
    metadata,
    Column("way", String(200), primary_key=True),  # relay/…/device
    Column("kind", String(10), nullable=False),
    Column("site", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("last_seen", String(40), nullable=False),
    Column("heartbeat_at", String(40), nullable=False),
    Column("heartbeat", Text, nullable=False),
)
