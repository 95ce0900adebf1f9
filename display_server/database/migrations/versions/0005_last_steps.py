"""The last step taken at a window is found without reading the day's log."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    told = sa.column("window") != ""
    fields = ["site", "day", "window", "seq"]
    op.create_index("queue_events_of_window", "queue_events", fields, sqlite_where=told, postgresql_where=told)
