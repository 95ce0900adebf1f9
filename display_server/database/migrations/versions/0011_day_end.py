"""A pause that the end of a day made is not a clerk's."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("queue_paused", sa.Column("reason", sa.String(length=10), nullable=False, server_default=""))
