"""Tables of enrolled devices and their printed codes. Secrets are kept as SHA-256 only: each is 80 bits or more."""

from sqlalchemy import Column, Integer, String, Table, Text

from display_server.database.tables.core import metadata

devices = Table(
    "devices",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(10), nullable=False),  # touch, lcd, led
    Column("site", String(40), nullable=False),
    Column("channels", Text, nullable=False),  # comma-separated
    Column("state", String(10), nullable=False),  # added, enrolled, revoked
    Column("token_hash", String(64), nullable=False, unique=True),  # `-<id>` until enrolled
    Column("public_key", String(64), nullable=False, server_default=""),  # base64 Ed25519; empty: sends no records
    Column("added_at", String(40), nullable=False),
    Column("enrolled_at", String(40), nullable=False, server_default=""),
    Column("last_seen", String(40), nullable=False, server_default=""),
    Column("heartbeat_at", String(40), nullable=False, server_default=""),
    Column("heartbeat", Text, nullable=False, server_default=""),  # canonical JSON of the newest one's body
)

enrol_codes = Table(
    "enrol_codes",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("device", String(40), nullable=False, index=True),
    Column("expires_at", String(40), nullable=False),
    Column("used", Integer, nullable=False, server_default="0"),
)
