"""The tables, one module per area, all in one `metadata`. Importing this package declares all of them."""

from display_server.database.tables import content, core, devices, queue, records

__all__ = ["content", "core", "devices", "queue", "records"]
