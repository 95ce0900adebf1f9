"""Which calling of a ticket was the last, how often it was called, and why it goes first."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("tickets", sa.Column("claim", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("call", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("tickets", sa.Column("times", sa.Integer(), nullable=False, server_default="0"))
