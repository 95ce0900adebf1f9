"""Tables every subject leans on: settings, accounts, units, sites, changes and the audit chain."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

settings = Table(
    "settings", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False)
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("display_name", String(80), nullable=False),
    Column("roles", String(200), nullable=False),  # comma-separated
    Column("units", Text, nullable=False),  # comma-separated unit ids; `*` = every unit
    Column("password_hash", Text, nullable=False),
    Column("must_change", Integer, nullable=False),
    Column("one_time_until", String(40), nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("locked_until", String(40), nullable=False, server_default=""),
    Column("session_mark", String(40), nullable=False),  # changes with the password: old sessions end
    Column("active", Integer, nullable=False, server_default="1"),
)

units = Table(
    "units",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("detail", Text, nullable=False),  # canonical JSON of content_sync.domain.county.Unit
)

channels = Table(
    "channels",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("unit", String(40), nullable=False),
)

sites = Table(
    "sites",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("detail", Text, nullable=False),  # canonical JSON of content_sync.domain.county.Site
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("via", String(20), nullable=False),  # page, shell, device
    Column("action", String(40), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_of_subject", "subject", "seq"),
    Index("audit_of_action", "action", "seq"),
)
