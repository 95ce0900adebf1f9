"""Tables of authoring, review and publishing.

1. Whether a text is a draft, submitted, published or withdrawn is derived, never stored twice: `items.submitted` names
   the version under review (0 = the working text was changed since), `published` what the newest edition holds.
2. `versions` and `decisions` are append-only: an edit makes a new version and leaves the old decisions on file.
3. `attached` follows the texts; of a submitted version it is as append-only as the version.
4. A row of `editions` is written before its tree (`done` 0, `plan` says what it will hold) and finished after it.
"""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from display_server.database.tables.core import metadata

items = Table(
    "items",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("channel", String(40), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("authors", Text, nullable=False),  # comma-separated accounts that wrote this text, the first one first
    Column("draft", Text, nullable=False),  # canonical JSON of the working text, without what submission adds
    Column("submitted", Integer, nullable=False),  # the version under review or published; 0 = a draft
    Column("updated_at", String(40), nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("item", String(40), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),  # the canonical bytes, made once
    Column("kind", String(20), nullable=False),  # this and the next four are read out of the body, for lists
    Column("title", Text, nullable=False),
    Column("dated", String(10), nullable=False),
    Column("shown_from", String(40), nullable=False),
    Column("shown_until", String(40), nullable=False),
    Column("needs", String(80), nullable=False),  # comma-separated review kinds
    Column("authors", Text, nullable=False),
    Column("submitted_by", String(40), nullable=False),
    Column("submitted_at", String(40), nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("item", String(40), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("account", String(40), nullable=False),
    Column("passed", Integer, nullable=False),
    Column("ticks", String(200), nullable=False),  # comma-separated
    Column("comment", Text, nullable=False),
    Column("at", String(40), nullable=False),
    sqlite_autoincrement=True,
)

# Which files texts name; the files themselves lie in the folder `blobs`, each under its hash.
attached = Table(
    "attached",
    metadata,
    Column("item", String(40), primary_key=True),
    Column("version", Integer, primary_key=True),  # a submitted version; 0 = the working text
    Column("sha256", String(64), primary_key=True, index=True),
    Column("length", Integer, nullable=False),
)

# What an import was unsure of. What the checker says of a text is never stored: it is asked again each time.
findings = Table(
    "findings",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("item", String(40), nullable=False, index=True),
    Column("rule", String(40), nullable=False),
    Column("message", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("blocking", Integer, nullable=False),
    Column("resolved_by", String(40), nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

editions = Table(
    "editions",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("time", String(40), nullable=False),
    Column("root", String(64), nullable=False),
    Column("items", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("account", String(40), nullable=False),
    Column("via", String(20), nullable=False),
    Column("plan", Text, nullable=False),  # canonical JSON: what it adds and removes
    Column("done", Integer, nullable=False),
)

published = Table(
    "published",
    metadata,
    Column("item", String(40), primary_key=True),
    Column("channel", String(40), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("edition", Integer, nullable=False),  # the edition that brought this version
)

# Emergencies that took the fast path, and who audited them afterwards (CAT-17).
fast_published = Table(
    "fast_published",
    metadata,
    Column("item", String(40), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("channel", String(40), nullable=False, index=True),
    Column("account", String(40), nullable=False),
    Column("at", String(40), nullable=False),
    Column("auditor", String(40), nullable=False, server_default=""),  # empty: nobody has audited it yet
    Column("audited_at", String(40), nullable=False, server_default=""),
    Column("sound", Integer, nullable=False, server_default="0"),
    Column("remark", Text, nullable=False, server_default=""),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("item", String(40), primary_key=True),
    Column("channel", String(40), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("account", String(40), nullable=False),
    Column("at", String(40), nullable=False),
)
