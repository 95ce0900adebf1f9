"""The tables, one module per area, all in one `metadata`. Importing this package declares all of them."""

from display_server.database.tables import content, core, devices, handlings, queue, records, relaying, visitors
from display_server.database.tables.core import metadata

__all__ = ["content", "core", "devices", "handlings", "metadata", "queue", "records", "relaying", "visitors"]
