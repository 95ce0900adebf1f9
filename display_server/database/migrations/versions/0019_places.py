"""The newest place that a letter's tickets were given by the server's clock: a clock set back lets nobody in front."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("queue_counters", sa.Column("place", sa.String(length=40), nullable=False, server_default=""))
