"""Emergencies that took the fast path, and who audited them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "fast_published",
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("auditor", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("audited_at", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("sound", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("remark", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("item", "version"),
    )
    op.create_index("ix_fast_published_channel", "fast_published", ["channel"])
