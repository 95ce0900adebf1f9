"""What the line remembers: windows waited for by name, returns, reasons; windows lent, days closed, bookings."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _text("tickets", "target", 40)
    op.add_column("tickets", sa.Column("returns", sa.Integer(), nullable=False, server_default="0"))
    _text("queue_events", "target", 40)
    _text("queue_events", "since", 40)
    _text("queue_events", "reason", 20)
    op.execute("UPDATE queue_events SET since = at WHERE kind = 'requeued'")  # that is where it put them before
    op.execute("UPDATE queue_events SET reason = 'press' WHERE kind = 'voided'")
    _text("queue_seats", "why", 10)
    op.create_table(
        "queue_lent",
        sa.Column("site", sa.String(length=40), primary_key=True),
        sa.Column("window", sa.String(length=40), primary_key=True),
        sa.Column("service", sa.String(length=40), primary_key=True),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=40), nullable=False),
    )
    op.create_table(
        "queue_days",
        sa.Column("site", sa.String(length=40), primary_key=True),
        sa.Column("begun", sa.String(length=10), nullable=False),
    )
    op.create_table(
        "queue_bookings",
        sa.Column("site", sa.String(length=40), primary_key=True),
        sa.Column("day", sa.String(length=10), primary_key=True),
        sa.Column("code", sa.String(length=40), primary_key=True),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ticket", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("imported", sa.String(length=40), nullable=False),
    )


def _text(table: str, name: str, length: int) -> None:
    op.add_column(table, sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
