"""Halls whose boards hide their content."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "blanked",
        sa.Column("site", sa.String(length=40), primary_key=True),
        sa.Column("since", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
    )
