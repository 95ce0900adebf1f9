"""Requests for help with their first clerk; the audit log by what it is about, to show one matter's whole story."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "enquiries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("site", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("press", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=40), server_default="", nullable=False),
        sa.Column("owner_name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("holder", sa.String(length=40), server_default="", nullable=False),
        sa.Column("holder_name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("taken_at", sa.String(length=40), server_default="", nullable=False),
        sa.Column("closed_at", sa.String(length=40), server_default="", nullable=False),
        sa.Column("outcome", sa.String(length=20), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("device", "press", name="one_enquiry_a_press"),
    )
    op.create_index("enquiries_of_site", "enquiries", ["site", "state", "opened_at"])
    op.create_index("audit_of_subject", "audit", ["subject", "seq"])
