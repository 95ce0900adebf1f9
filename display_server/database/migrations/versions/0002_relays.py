"""Relays: what is mirrored and passed up, the devices behind a relay; a device's name may be the way to it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _mirrored()
    _records()


def _mirrored() -> None:
    op.create_table(
        "mirrored",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), server_default="", nullable=False),
        sa.Column("edition", sa.Integer(), server_default="0", nullable=False),
        sa.Column("items", sa.Integer(), server_default="0", nullable=False),
        sa.Column("as_of", sa.String(length=40), server_default="", nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("looked_at", sa.String(length=40), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("channel"),
    )


def _records() -> None:
    op.create_table(
        "passing",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("record"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "devices_behind",
        sa.Column("way", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("site", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("last_seen", sa.String(length=40), nullable=False),
        sa.Column("heartbeat_at", sa.String(length=40), nullable=False),
        sa.Column("heartbeat", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("way"),
    )
    for table in ("records", "display_log"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                "device", existing_type=sa.String(length=40), type_=sa.String(length=200), existing_nullable=False
            )
