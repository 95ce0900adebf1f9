"""The pad and the display of a window: which browser is one."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "window_screens",
        sa.Column("site", sa.String(length=40), primary_key=True),
        sa.Column("window", sa.String(length=40), primary_key=True),
        sa.Column("kind", sa.String(length=10), primary_key=True),
        sa.Column("code", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("code_until", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("offered_by", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("token", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("paired_at", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("paired_by", sa.String(length=40), nullable=False, server_default=""),
    )
